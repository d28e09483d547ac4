/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Five scores of a set of industries, one for each principle that may hold it together. Cosines leave the set itself
 * out: products of columns over all suppliers are made once, and what members supply is taken off for each set.
 */
#include <math.h>
#include <string.h>

#include <okrug/linalg.h>
#include <okrug/numeric.h>
#include <okrug/principles.h>

okrug_status okrug_flow_frame_make(okrug_ctx *ctx, const okrug_flows *flows, okrug_flow_frame *frame) {
    int64_t n = flows->n;
    double *part = OKRUG_SCRATCH(ctx, n * n + 1, double);
    *frame = (okrug_flow_frame){.flows = *flows,
                                .goods = OKRUG_SCRATCH(ctx, n * n + 1, double),
                                .services = OKRUG_SCRATCH(ctx, n * n + 1, double),
                                .buyers = OKRUG_SCRATCH(ctx, n * n + 1, double),
                                .bought = OKRUG_SCRATCH(ctx, n + 1, double),
                                .sold = OKRUG_SCRATCH(ctx, n + 1, double)};
    if (part == NULL || frame->goods == NULL || frame->services == NULL || frame->buyers == NULL ||
        frame->bought == NULL || frame->sold == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int kind = 0; kind < 2; kind++) {
        for (int64_t i = 0; i < n; i++) {
            size_t row = (size_t)n * sizeof *part;
            if (flows->service[i] == (kind == 1)) {
                memcpy(part + i * n, flows->flow + i * n, row);
            } else {
                memset(part + i * n, 0, row);
            }
        }
        OKRUG_TRY(okrug_gram(ctx, OKRUG_TRANSPOSED, n, n, part, kind == 1 ? frame->services : frame->goods));
    }
    OKRUG_TRY(okrug_gram(ctx, OKRUG_PLAIN, n, n, flows->flow, frame->buyers));
    for (int64_t i = 0; i < n; i++) {
        frame->bought[i] = okrug_sum_of(flows->flow + i, n, n);
        frame->sold[i] = okrug_sum_of(flows->flow + i * n, n, 1);
    }
    return OKRUG_OK;
}

/* The members among themselves. */
typedef struct {
    int64_t k;
    const int64_t *member;
    double *within;  /* k x k: flows */
    double *product; /* k x k: what two members buy of, or sell to, members */
    double *norm;    /* k */
    int64_t *some;   /* k */
} inner;

/* Products of columns over those members whose service-ness is `wanted`, or (`of_rows`) of rows over all members. Most
 * flows are 0, and only the others are multiplied. */
static void multiply_within(const inner *in, const bool *service, bool wanted, bool of_rows) {
    int64_t k = in->k, down = of_rows ? 1 : k, across = of_rows ? k : 1;
    memset(in->product, 0, (size_t)(k * k) * sizeof *in->product);
    for (int64_t s = 0; s < k; s++) {
        const double *from = in->within + s * down;
        int64_t count = 0;
        if (!of_rows && service[in->member[s]] != wanted) {
            continue;
        }
        for (int64_t a = 0; a < k; a++) {
            in->some[count] = a;
            count += from[a * across] != 0.0;
        }
        for (int64_t x = 0; x < count; x++) {
            for (int64_t y = x; y < count; y++) {
                in->product[in->some[x] * k + in->some[y]] += from[in->some[x] * across] * from[in->some[y] * across];
            }
        }
    }
}

/* all (n x n): products over everybody. What is left without the members, a <= b. */
static double outside(const inner *in, const double *all, int64_t n, int64_t a, int64_t b) {
    double total = all[in->member[a] * n + in->member[b]], left = total - in->product[a * in->k + b];
    return left > total * 1e-12 ? left : 0.0; /* below: what rounding left */
}

static double mean_cosine(const inner *in, const double *all, int64_t n) {
    okrug_sum sum = {0};
    for (int64_t a = 0; a < in->k; a++) {
        in->norm[a] = sqrt(outside(in, all, n, a, a));
    }
    for (int64_t a = 0; a < in->k; a++) {
        for (int64_t b = a + 1; b < in->k; b++) {
            if (in->norm[a] > 0.0 && in->norm[b] > 0.0) {
                okrug_sum_add(&sum, fmin(1.0, outside(in, all, n, a, b) / in->norm[a] / in->norm[b]));
            }
        }
    }
    return okrug_sum_value(&sum) / ((double)in->k * (double)(in->k - 1) / 2.0);
}

static double largest_group(const okrug_flow_frame *frame, int64_t k, const int64_t *member, double *of_group) {
    double all = 0.0, most = 0.0;
    for (int64_t a = 0; a < k; a++) {
        of_group[frame->flows.group[member[a]]] = 0.0;
    }
    for (int64_t a = 0; a < k; a++) {
        double *sum = &of_group[frame->flows.group[member[a]]];
        *sum += frame->sold[member[a]];
        all += frame->sold[member[a]];
        most = fmax(most, *sum);
    }
    return all > 0.0 ? fmin(1.0, most / all) : 0.0;
}

static okrug_status chain(okrug_ctx *ctx, const okrug_flow_frame *frame, const inner *in,
                          okrug_principle_scores *scores) {
    okrug_sum inside = {0}, bought = {0};
    for (int64_t x = 0; x < in->k * in->k; x++) {
        okrug_sum_add(&inside, in->within[x]);
    }
    for (int64_t a = 0; a < in->k; a++) {
        okrug_sum_add(&bought, frame->bought[in->member[a]]);
    }
    double all = okrug_sum_value(&bought);
    scores->internal = all > 0.0 ? fmin(1.0, okrug_sum_value(&inside) / all) : 0.0;
    OKRUG_TRY(okrug_trophic_levels(ctx, in->k, in->within, in->norm, &scores->trophic));
    const okrug_trophic *t = &scores->trophic;
    double score = scores->internal * (1.0 - t->incoherence) * t->span / (double)(in->k - 1);
    scores->score[OKRUG_TECHNOLOGICAL_CHAIN] = score > 0.0 ? score : 0.0; /* NaN where nothing flows */
    return OKRUG_OK;
}

static okrug_status score(okrug_ctx *ctx, const okrug_flow_frame *frame, const inner *in, double *of_group,
                          okrug_principle_scores *scores) {
    const okrug_flows *f = &frame->flows;
    for (int64_t x = 0; x < in->k * in->k; x++) {
        in->within[x] = f->flow[in->member[x / in->k] * f->n + in->member[x % in->k]];
    }
    multiply_within(in, f->service, false, false);
    scores->score[OKRUG_COMMON_SUPPLIERS] = mean_cosine(in, frame->goods, f->n);
    multiply_within(in, f->service, true, false);
    double common = mean_cosine(in, frame->services, f->n);
    multiply_within(in, NULL, false, true);
    scores->score[OKRUG_COMMON_MARKET] = mean_cosine(in, frame->buyers, f->n);
    scores->score[OKRUG_COMMON_PRODUCT] = largest_group(frame, in->k, in->member, of_group);
    OKRUG_TRY(chain(ctx, frame, in, scores));
    scores->score[OKRUG_COMMON_SERVICES] = common * (1.0 - scores->internal);
    return OKRUG_OK;
}

okrug_status okrug_principle_scores_of(okrug_ctx *ctx, const okrug_flow_frame *frame, int64_t k, const int64_t *member,
                                       okrug_principle_scores *scores) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    const inner in = {k,
                      member,
                      OKRUG_SCRATCH(ctx, k * k, double),
                      OKRUG_SCRATCH(ctx, k * k, double),
                      OKRUG_SCRATCH(ctx, k, double),
                      OKRUG_SCRATCH(ctx, k + 1, int64_t)};
    double *of_group = OKRUG_SCRATCH(ctx, frame->flows.groups, double);
    bool room = in.within != NULL && in.product != NULL && in.norm != NULL && in.some != NULL && of_group != NULL;
    okrug_status status = room ? score(ctx, frame, &in, of_group, scores) : OKRUG_NO_MEMORY;
    okrug_scratch_reset(ctx, mark);
    return status;
}
