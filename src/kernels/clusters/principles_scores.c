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

/* What two members have in common (or with itself: its square) among those outside the set. */
typedef struct {
    const double *all; /* products over everybody */
    const double *flow;
    int64_t n, down, across; /* flow[s * down + i * across] is what passes between member s and i */
    const bool *service;     /* NULL: all count */
    bool wanted;
} shared_part;

static double shared(const shared_part *part, int64_t k, const int64_t *member, int64_t i, int64_t j) {
    double within = 0.0;
    for (int64_t s = 0; s < k; s++) {
        const double *from = part->flow + member[s] * part->down;
        if (part->service == NULL || part->service[member[s]] == part->wanted) {
            within += from[i * part->across] * from[j * part->across];
        }
    }
    double all = part->all[i * part->n + j], outside = all - within;
    return outside > all * 1e-12 ? outside : 0.0; /* below: what rounding left */
}

static double mean_cosine(const shared_part *part, int64_t k, const int64_t *member, double *norm) {
    okrug_sum sum = {0};
    for (int64_t a = 0; a < k; a++) {
        norm[a] = sqrt(shared(part, k, member, member[a], member[a]));
    }
    for (int64_t a = 0; a < k; a++) {
        for (int64_t b = a + 1; b < k; b++) {
            if (norm[a] > 0.0 && norm[b] > 0.0) {
                okrug_sum_add(&sum, fmin(1.0, shared(part, k, member, member[a], member[b]) / norm[a] / norm[b]));
            }
        }
    }
    return okrug_sum_value(&sum) / ((double)k * (double)(k - 1) / 2.0);
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

static okrug_status chain(okrug_ctx *ctx, const okrug_flow_frame *frame, int64_t k, const int64_t *member,
                          okrug_principle_scores *scores) {
    double *within = OKRUG_SCRATCH(ctx, k * k, double), *level = OKRUG_SCRATCH(ctx, k, double);
    if (within == NULL || level == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_sum inside = {0}, bought = {0};
    for (int64_t a = 0; a < k; a++) {
        for (int64_t b = 0; b < k; b++) {
            within[a * k + b] = frame->flows.flow[member[a] * frame->flows.n + member[b]];
            okrug_sum_add(&inside, within[a * k + b]);
        }
        okrug_sum_add(&bought, frame->bought[member[a]]);
    }
    double all = okrug_sum_value(&bought);
    scores->internal = all > 0.0 ? fmin(1.0, okrug_sum_value(&inside) / all) : 0.0;
    OKRUG_TRY(okrug_trophic_levels(ctx, k, within, level, &scores->trophic));
    const okrug_trophic *t = &scores->trophic;
    double score = scores->internal * (1.0 - t->incoherence) * t->span / (double)(k - 1);
    scores->score[OKRUG_TECHNOLOGICAL_CHAIN] = score > 0.0 ? score : 0.0; /* NaN where nothing flows */
    return OKRUG_OK;
}

okrug_status okrug_principle_scores_of(okrug_ctx *ctx, const okrug_flow_frame *frame, int64_t k, const int64_t *member,
                                       okrug_principle_scores *scores) {
    const okrug_flows *f = &frame->flows;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *work = OKRUG_SCRATCH(ctx, k > f->groups ? k : f->groups, double);
    okrug_status status = work == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        const shared_part goods = {frame->goods, f->flow, f->n, f->n, 1, f->service, false};
        const shared_part services = {frame->services, f->flow, f->n, f->n, 1, f->service, true};
        const shared_part buyers = {frame->buyers, f->flow, f->n, 1, f->n, NULL, false};
        scores->score[OKRUG_COMMON_SUPPLIERS] = mean_cosine(&goods, k, member, work);
        scores->score[OKRUG_COMMON_MARKET] = mean_cosine(&buyers, k, member, work);
        scores->score[OKRUG_COMMON_PRODUCT] = largest_group(frame, k, member, work);
        double common = mean_cosine(&services, k, member, work);
        status = chain(ctx, frame, k, member, scores);
        scores->score[OKRUG_COMMON_SERVICES] = common * (1.0 - scores->internal);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
