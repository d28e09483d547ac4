/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Candidates, the choice among them, and what chance would give.
 */
#include "analyses/cluster_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/numeric.h>

enum {
    DRAWS_OF = 0x6C61626C,  /* which method draws */
    LEIDEN_RESOLUTIONS = 37 /* 2^(k/4) from 1/2 on: more groups the higher */
};

/* ---- Matrices and their averages ---- */

static okrug_status add_average(okrug_ctx *ctx, const okrug_similarities *of, int count, const int *members,
                                okrug_cluster_search *out) {
    const double *z[OKRUG_SIMILARITY_KINDS];
    const char *name = NULL;
    for (int m = 0; m < count; m++) {
        const char *code = okrug_similarity_codes[of->kind[members[m]]];
        z[m] = of->z[members[m]];
        name = name == NULL ? code : okrug_text(ctx, "%s+%s", name, code);
    }
    double *mean = count == 1 ? NULL : OKRUG_SCRATCH(ctx, of->n * of->n, double);
    if (count > 1 && mean == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (count > 1) {
        okrug_average_pairs(of->n, count, z, mean);
    }
    out->matrix[out->matrices] = name;
    out->z[out->matrices++] = count == 1 ? z[0] : mean;
    return OKRUG_OK;
}

static okrug_status make_averages(okrug_ctx *ctx, const okrug_similarities *of, okrug_cluster_search *out) {
    int m = of->matrices;
    int all[OKRUG_SIMILARITY_KINDS] = {0};
    for (int a = 0; a < m; a++) {
        all[a] = a;
        OKRUG_TRY(add_average(ctx, of, 1, &a, out));
    }
    for (int a = 0; a < m; a++) {
        for (int b = a + 1; m > 2 && b < m; b++) {
            OKRUG_TRY(add_average(ctx, of, 2, (const int[]){a, b}, out));
        }
    }
    return m > 1 ? add_average(ctx, of, m, all, out) : OKRUG_OK;
}

/* ---- Candidates ---- */

static okrug_validation judge(const okrug_similarities *of, int64_t groups, const int32_t *group, double *work) {
    okrug_validation mean = {0.0, 0.0, 0.0};
    for (int m = 0; m < of->matrices; m++) {
        okrug_validation v = okrug_validate_in(of->n, of->z[m], groups, group, work);
        mean.cluster += v.cluster / of->matrices;
        mean.industry += v.industry / of->matrices;
        mean.margin += v.margin / of->matrices;
    }
    return mean;
}

/* Those of one matrix whose number of groups is asked for; group: LEIDEN_RESOLUTIONS x n. */
static okrug_status leiden_candidates(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_plan *plan,
                                      int64_t matrix, const double *z, int32_t *group, okrug_cluster_search *out) {
    double resolution[LEIDEN_RESOLUTIONS];
    uint64_t seed[LEIDEN_RESOLUTIONS];
    int64_t groups[LEIDEN_RESOLUTIONS];
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *work = OKRUG_SCRATCH(ctx, okrug_validation_work(of->n, plan->most), double);
    if (work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int k = 0; k < LEIDEN_RESOLUTIONS; k++) {
        resolution[k] = 0.5 * pow(2.0, k / 4.0);
        seed[k] = plan->seed;
    }
    OKRUG_TRY(okrug_leiden_partitions(ctx, of->n, z, plan->links, OKRUG_LEIDEN_ROUNDS, LEIDEN_RESOLUTIONS, resolution,
                                      seed, group, groups));
    for (int k = 0; k < LEIDEN_RESOLUTIONS; k++) {
        if (groups[k] < plan->least || groups[k] > plan->most) {
            continue;
        }
        const int32_t *found = group + k * of->n;
        okrug_validation v = judge(of, groups[k], found, work);
        out->candidate[out->candidates++] = (okrug_cluster_candidate){
            .of = {OKRUG_BY_LEIDEN, matrix, groups[k], v, (v.cluster + v.industry) / 2.0}, resolution[k], found};
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

static okrug_status make_candidates(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_plan *plan,
                                    okrug_cluster_search *out) {
    int64_t n = of->n;
    const okrug_candidates_input in = {.n = n,
                                       .matrices = out->matrices,
                                       .matrix = out->z,
                                       .judges = of->matrices,
                                       .judge = (const double *const *)of->z,
                                       .ward = plan->ward,
                                       .k_means = plan->k_means,
                                       .least = plan->least,
                                       .most = plan->most,
                                       .restarts = plan->restarts,
                                       .rounds = plan->rounds,
                                       .seed = plan->seed};
    int64_t count = okrug_candidates_count(&in);
    int64_t room = count + (plan->leiden ? out->matrices * LEIDEN_RESOLUTIONS : 0);
    okrug_candidate *made = OKRUG_SCRATCH(ctx, count + 1, okrug_candidate);
    int32_t *group = OKRUG_SCRATCH(ctx, room * n, int32_t);
    out->candidate = OKRUG_SCRATCH(ctx, room + 1, okrug_cluster_candidate);
    if (made == NULL || group == NULL || out->candidate == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (count > 0) {
        OKRUG_TRY(okrug_candidates(ctx, &in, made, group));
    }
    for (; out->candidates < count; out->candidates++) {
        out->candidate[out->candidates] = (okrug_cluster_candidate){
            .of = made[out->candidates], .resolution = (double)NAN, .group = group + out->candidates * n};
    }
    for (int64_t m = 0; plan->leiden && m < out->matrices; m++) {
        int32_t *room_of = group + (count + m * LEIDEN_RESOLUTIONS) * n;
        OKRUG_TRY(leiden_candidates(ctx, of, plan, m, out->z[m], room_of, out));
    }
    return OKRUG_OK;
}

/* ---- Chance ---- */

void okrug_labels_shuffle(int64_t n, uint64_t seed, int64_t draw, int32_t *label) {
    for (int64_t i = n - 1; i > 0; i--) {
        double u[2];
        okrug_random_uniform(
            (okrug_random_key){.seed = seed, .unit = (uint64_t)i, .analysis = DRAWS_OF, .draw = (uint32_t)draw}, u);
        int64_t j = (int64_t)(u[0] * (double)(i + 1));
        int32_t held = label[i];
        label[i] = label[j];
        label[j] = held;
    }
}

typedef struct {
    const okrug_similarities *of;
    const okrug_cluster_search *search;
    uint64_t seed;
    int64_t first, room;
    double *work;   /* AT_A_TIME x room */
    int32_t *label; /* AT_A_TIME x n */
    double *score;
} lots;

enum { AT_A_TIME = 32 };

static okrug_status by_lot(void *user, int64_t tile) {
    const lots *l = user;
    int32_t *label = l->label + tile * l->of->n;
    memcpy(label, l->search->group, (size_t)l->of->n * sizeof *label);
    okrug_labels_shuffle(l->of->n, l->seed, l->first + tile, label);
    okrug_validation v = judge(l->of, l->search->groups, label, l->work + tile * l->room);
    l->score[l->first + tile] = (v.cluster + v.industry) / 2.0;
    return OKRUG_OK;
}

static int rising(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static okrug_status null_scores(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_plan *plan,
                                okrug_cluster_search *out) {
    out->null_mean = out->null_high = (double)NAN;
    if (plan->permutations == 0 || out->groups < 2) {
        return OKRUG_OK;
    }
    lots l = {.of = of, .search = out, .seed = plan->seed, .room = okrug_validation_work(of->n, out->groups)};
    l.work = OKRUG_SCRATCH(ctx, AT_A_TIME * l.room, double);
    l.label = OKRUG_SCRATCH(ctx, AT_A_TIME * of->n, int32_t);
    l.score = OKRUG_SCRATCH(ctx, plan->permutations, double);
    if (l.work == NULL || l.label == NULL || l.score == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (l.first = 0; l.first < plan->permutations; l.first += AT_A_TIME) {
        int64_t left = plan->permutations - l.first;
        OKRUG_TRY(okrug_parallel(ctx, left < AT_A_TIME ? left : AT_A_TIME, by_lot, &l));
    }
    out->null_mean = okrug_sum_of(l.score, plan->permutations, 1) / (double)plan->permutations;
    qsort(l.score, (size_t)plan->permutations, sizeof *l.score, rising);
    out->null_high = l.score[(int64_t)(0.95 * (double)(plan->permutations - 1))];
    return OKRUG_OK;
}

/* ---- The choice ---- */

static okrug_status put_right(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_plan *plan,
                              okrug_cluster_search *out) {
    const okrug_cluster_candidate *best = &out->candidate[out->chosen];
    int64_t n = of->n;
    out->groups = best->of.groups;
    out->group = OKRUG_SCRATCH(ctx, n, int32_t);
    out->came = OKRUG_SCRATCH(ctx, n, int64_t);
    int32_t *origin = OKRUG_SCRATCH(ctx, out->groups, int32_t);
    double *work = OKRUG_SCRATCH(ctx, okrug_validation_work(n, out->groups), double);
    if (out->group == NULL || out->came == NULL || origin == NULL || work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(out->group, best->group, (size_t)n * sizeof *out->group);
    OKRUG_TRY(
        okrug_reassign(ctx, n, of->similarity, plan->reassignments, &out->groups, out->group, origin, &out->left));
    for (int64_t i = 0; i < n; i++) {
        out->came[i] = -1;
        for (int64_t g = 0; g < out->groups; g++) {
            out->came[i] = origin[g] == best->group[i] ? g : out->came[i];
        }
        out->moved += out->came[i] != out->group[i];
    }
    out->scores = judge(of, out->groups, out->group, work);
    return OKRUG_OK;
}

/* Of equal scores, which few clusters have easily, that with the wider margin. */
static bool is_better(const okrug_candidate *a, const okrug_candidate *b) {
    double difference = a->score - b->score;
    return fabs(difference) > 1e-12 ? difference > 0.0 : a->scores.margin > b->scores.margin;
}

okrug_status okrug_clusters_search(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_plan *plan,
                                   const char *file, okrug_cluster_search *out) {
    okrug_place place = {.file = file};
    *out = (okrug_cluster_search){.chosen = -1};
    if (plan->least > plan->most || 2 * plan->most > of->n) { /* two industries a cluster at least, on average */
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "too-many-groups", &place, "least",
                          okrug_text_integer(ctx, plan->least), "most", okrug_text_integer(ctx, plan->most),
                          "industries", okrug_text_integer(ctx, of->n), (char *)NULL);
    }
    OKRUG_TRY(make_averages(ctx, of, out));
    bool differ = false;
    for (int m = 0; m < of->matrices; m++) {
        differ = differ || of->summary[m].deviation > 0.0;
    }
    if (!differ) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "pairs-all-alike", &place, (char *)NULL);
    }
    OKRUG_TRY(make_candidates(ctx, of, plan, out));
    for (int64_t c = 0; c < out->candidates; c++) {
        if (isfinite(out->candidate[c].of.score) &&
            (out->chosen < 0 || is_better(&out->candidate[c].of, &out->candidate[out->chosen].of))) {
            out->chosen = c;
        }
    }
    if (out->chosen < 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-candidates", &place, "least", okrug_text_integer(ctx, plan->least),
                          "most", okrug_text_integer(ctx, plan->most), (char *)NULL);
    }
    OKRUG_TRY(put_right(ctx, of, plan, out));
    return null_scores(ctx, of, plan, out);
}
