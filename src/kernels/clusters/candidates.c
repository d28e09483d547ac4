/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All candidate partitions, each made and scored in a tile of its own, and k-means repeated with other seeds.
 */
#include <okrug/clusters.h>
#include <okrug/linalg.h>

enum { AT_A_TIME = 32 }; /* tiles that have memory at the same time */

typedef struct {
    const okrug_candidates_input *in;
    const double *gram;
    const okrug_merges *merges;
    int64_t first;              /* of the batch, within the matrix */
    okrug_candidate *candidate; /* of the matrix */
    int32_t *group;
    double *work;    /* AT_A_TIME x room */
    int32_t *parent; /* AT_A_TIME x 2 n */
    int64_t room;
} batch;

static int64_t numbers_of_groups(const okrug_candidates_input *in) {
    return in->most - in->least + 1;
}

int64_t okrug_candidates_count(const okrug_candidates_input *in) {
    return in->matrices * ((in->ward ? 1 : 0) + (in->k_means ? 1 : 0)) * numbers_of_groups(in);
}

static okrug_status one(void *user, int64_t tile) {
    const batch *b = user;
    const okrug_candidates_input *in = b->in;
    int64_t place = b->first + tile, n = in->n;
    okrug_candidate *c = &b->candidate[place];
    int32_t *group = b->group + place * n;
    double *work = b->work + tile * b->room;
    int64_t found = c->groups;
    if (c->method == OKRUG_BY_WARD) {
        okrug_ward_cut(n, b->merges, c->groups, b->parent + tile * 2 * n, group);
    } else {
        const okrug_k_means_options options = {c->groups, in->restarts, in->rounds, in->seed};
        double within = 0.0;
        okrug_k_means_in(n, b->gram, &options, work, group, &within);
        found = okrug_groups_number(n, c->groups, b->parent + tile * 2 * n, group);
    }
    c->groups = found; /* fewer where points coincide */
    c->scores = (okrug_validation){0.0, 0.0, 0.0};
    for (int64_t j = 0; j < in->judges; j++) {
        okrug_validation of = okrug_validate_in(n, in->judge[j], found, group, work);
        c->scores.cluster += of.cluster / (double)in->judges;
        c->scores.industry += of.industry / (double)in->judges;
        c->scores.margin += of.margin / (double)in->judges;
    }
    c->score = (c->scores.cluster + c->scores.industry) / 2.0;
    return OKRUG_OK;
}

static okrug_status of_matrix(okrug_ctx *ctx, batch *b, int64_t matrix, int64_t each, double *gram, double *distance,
                              int64_t *ints) {
    const okrug_candidates_input *in = b->in;
    OKRUG_TRY(okrug_gram(ctx, OKRUG_PLAIN, in->n, in->n, in->matrix[matrix], gram));
    if (in->ward) {
        okrug_ward_in(in->n, gram, distance, ints, b->merges);
    }
    for (int64_t k = 0; k < each; k++) {
        bool ward = in->ward && k < numbers_of_groups(in);
        b->candidate[k] = (okrug_candidate){.method = ward ? OKRUG_BY_WARD : OKRUG_BY_K_MEANS,
                                            .matrix = matrix,
                                            .groups = in->least + k % numbers_of_groups(in)};
    }
    for (b->first = 0; b->first < each; b->first += AT_A_TIME) {
        int64_t left = each - b->first;
        OKRUG_TRY(okrug_parallel(ctx, left < AT_A_TIME ? left : AT_A_TIME, one, b));
        okrug_progress(ctx, "task.candidates", (double)(matrix * each + b->first), (double)(in->matrices * each));
    }
    return OKRUG_OK;
}

okrug_status okrug_candidates(okrug_ctx *ctx, const okrug_candidates_input *in, okrug_candidate *candidate,
                              int32_t *group) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t n = in->n, each = in->matrices > 0 ? okrug_candidates_count(in) / in->matrices : 0;
    int64_t means = okrug_k_means_work(n, in->most), scores = okrug_validation_work(n, in->most);
    double *gram = OKRUG_SCRATCH(ctx, n * n, double);
    double *distance = OKRUG_SCRATCH(ctx, n * n + 8, double);
    int64_t *ints = OKRUG_SCRATCH(ctx, 4 * n, int64_t);
    okrug_merges merges = {OKRUG_SCRATCH(ctx, n, int32_t), OKRUG_SCRATCH(ctx, n, int32_t),
                           OKRUG_SCRATCH(ctx, n, double)};
    batch b = {.in = in, .gram = gram, .merges = &merges, .room = means > scores ? means : scores};
    b.work = OKRUG_SCRATCH(ctx, AT_A_TIME * b.room, double);
    b.parent = OKRUG_SCRATCH(ctx, AT_A_TIME * 2 * n, int32_t);
    if (gram == NULL || distance == NULL || ints == NULL || merges.a == NULL || merges.b == NULL ||
        merges.height == NULL || b.work == NULL || b.parent == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t m = 0; m < in->matrices; m++) {
        b.candidate = candidate + m * each;
        b.group = group + m * each * n;
        OKRUG_TRY(of_matrix(ctx, &b, m, each, gram, distance, ints));
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

typedef struct {
    int64_t n, first, room;
    const double *gram;
    const okrug_k_means_options *options;
    double *work;
    int32_t *group;
} repeats;

static okrug_status repeat(void *user, int64_t tile) {
    const repeats *r = user;
    okrug_k_means_options options = *r->options;
    double within = 0.0;
    options.seed += (uint64_t)(r->first + tile);
    okrug_k_means_in(r->n, r->gram, &options, r->work + tile * r->room, r->group + (r->first + tile) * r->n, &within);
    return OKRUG_OK;
}

okrug_status okrug_k_means_repeated(okrug_ctx *ctx, int64_t n, const double *z, const okrug_k_means_options *options,
                                    int64_t seeds, int32_t *group) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *gram = OKRUG_SCRATCH(ctx, n * n, double);
    repeats r = {
        .n = n, .room = okrug_k_means_work(n, options->groups), .gram = gram, .options = options, .group = group};
    r.work = OKRUG_SCRATCH(ctx, AT_A_TIME * r.room, double);
    if (gram == NULL || r.work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_gram(ctx, OKRUG_PLAIN, n, n, z, gram));
    for (r.first = 0; r.first < seeds; r.first += AT_A_TIME) {
        int64_t left = seeds - r.first;
        OKRUG_TRY(okrug_parallel(ctx, left < AT_A_TIME ? left : AT_A_TIME, repeat, &r));
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
