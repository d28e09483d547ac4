/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Local statistics: one row for each region, industry and period, in the order of the input.
 */
#include "analyses/local_areas.h"

#include <math.h>

#include "analyses/result.h"

enum {
    REGION,
    VALUE,
    STATISTIC,
    Z,
    P,
    Q,
    QUADRANT,
    CLUSTER,
    EXPECTATION,
    VARIANCE,
    P_NORMAL,
    NEIGHBOURS,
    ALTERNATIVE,
    INDUSTRY,
    PERIOD
};

/* A mean is this exact, relative to its size. */
static const double ROUNDING = 1e-15;

/* What is found for the regions of one group. */
typedef struct {
    okrug_local_results found;
    double *p, *q;
    int64_t *at_least, *at_most;
    double mean;
    bool varies;
} areas;

static okrug_status compute(okrug_ctx *ctx, const okrug_neighbourhood_group *group, const okrug_areas_request *request,
                            areas *a) {
    int64_t n = group->n;
    a->found = (okrug_local_results){OKRUG_SCRATCH(ctx, n, double), OKRUG_SCRATCH(ctx, n, double),
                                     OKRUG_SCRATCH(ctx, n, double), OKRUG_SCRATCH(ctx, n, double),
                                     OKRUG_SCRATCH(ctx, n, double)};
    a->p = OKRUG_SCRATCH(ctx, n, double);
    a->q = OKRUG_SCRATCH(ctx, n, double);
    a->at_least = OKRUG_SCRATCH(ctx, n, int64_t);
    a->at_most = OKRUG_SCRATCH(ctx, n, int64_t);
    if (a->found.value == NULL || a->found.expectation == NULL || a->found.variance == NULL || a->found.z == NULL ||
        a->found.lag == NULL || a->p == NULL || a->q == NULL || a->at_least == NULL || a->at_most == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(request->moran ? okrug_local_moran(ctx, &group->weights, group->x, &a->found)
                             : okrug_getis_ord_local(ctx, &group->weights, group->self, group->x, &a->found));
    a->mean = n == 0 ? 0.0 : okrug_sum_of(group->x, n, 1) / (double)n;
    a->varies = false;
    for (int64_t i = 1; i < n; i++) {
        a->varies = a->varies || group->x[i] != group->x[0];
    }
    if (request->options.permutations > 0 && a->varies) {
        OKRUG_TRY(okrug_local_permute(ctx, &group->weights, group->x, request->options.permutations,
                                      (uint64_t)request->options.seed, a->at_least, a->at_most));
    }
    okrug_alternative alternative = (okrug_alternative)request->options.alternative;
    for (int64_t i = 0; i < n; i++) {
        double away = group->x[i] - a->mean;
        bool below = request->moran && away < 0.0; /* the more alike, the lower the neighbours */
        /* I_i is 0 whatever the neighbours are. */
        bool level = request->moran && fabs(away) <= ROUNDING * fmax(fabs(group->x[i]), fabs(a->mean));
        int64_t least = below ? a->at_most[i] : a->at_least[i];
        int64_t most = below ? a->at_least[i] : a->at_most[i];
        if (!a->varies || group->links[i] == 0) {
            a->p[i] = NAN;
        } else if (request->options.permutations == 0) {
            a->p[i] = okrug_normal_p(alternative, a->found.z[i]);
        } else {
            a->p[i] = okrug_permutation_p(alternative, level ? request->options.permutations : least,
                                          level ? request->options.permutations : most, request->options.permutations);
        }
    }
    return okrug_false_discovery(ctx, n, a->p, a->q);
}

/* HH, HL, LH, LL: the region's own value, then its neighbours'; of G high or low: what it lies among. */
static const char *quadrant_of(const okrug_neighbourhood_group *group, const okrug_areas_request *request,
                               const areas *a, int64_t i) {
    bool high_around = a->found.lag[i] > 0.0;
    if (!request->moran) {
        return high_around ? "high" : "low";
    }
    bool high = group->x[i] > a->mean;
    return high ? (high_around ? "HH" : "HL") : high_around ? "LH" : "LL";
}

static okrug_status write_numbers(const okrug_neighbourhood_group *group, const okrug_areas_request *request,
                                  const areas *a, int64_t i, okrug_table *table, int64_t row) {
    bool island = group->links[i] == 0;
    okrug_reason none = island ? OKRUG_NO_NEIGHBOURS : !a->varies ? OKRUG_CONSTANT : OKRUG_UNDEFINED;
    const char *quadrant = island || !a->varies ? NULL : quadrant_of(group, request, a, i);
    OKRUG_TRY(okrug_set_number(table, VALUE, row, group->x[i]));
    OKRUG_TRY(okrug_set_number_or(table, STATISTIC, row, a->found.value[i], none));
    OKRUG_TRY(okrug_set_number_or(table, Z, row, a->found.z[i], none));
    OKRUG_TRY(okrug_set_number_or(table, P, row, a->p[i], none));
    OKRUG_TRY(okrug_set_number_or(table, Q, row, a->q[i], none));
    OKRUG_TRY(okrug_set_number_or(table, EXPECTATION, row, a->found.expectation[i], none));
    OKRUG_TRY(okrug_set_number_or(table, VARIANCE, row, a->found.variance[i], none));
    OKRUG_TRY(okrug_set_number_or(
        table, P_NORMAL, row, okrug_normal_p((okrug_alternative)request->options.alternative, a->found.z[i]), none));
    OKRUG_TRY(okrug_set_number(table, NEIGHBOURS, row, (double)group->links[i]));
    if (quadrant == NULL) {
        OKRUG_TRY(okrug_set_missing(table, QUADRANT, row, none));
        return okrug_set_missing(table, CLUSTER, row, none);
    }
    OKRUG_TRY(okrug_result_text(table, QUADRANT, row, quadrant));
    return okrug_result_text(table, CLUSTER, row, a->q[i] <= request->fdr ? quadrant : "");
}

static okrug_status write_group(const okrug_table *input, const okrug_neighbourhood_group *group,
                                const okrug_areas_request *request, const areas *a, okrug_table *table) {
    const okrug_column *region = okrug_table_column(input, "region");
    const okrug_column *value = okrug_table_column(input, "value");
    for (int64_t k = 0; k < group->rows; k++) {
        int64_t from = group->row[k];
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, REGION, row, okrug_text_at(region, from)));
        OKRUG_TRY(okrug_result_text(table, ALTERNATIVE, row, okrug_alternative_codes[request->options.alternative]));
        OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, group->industry));
        OKRUG_TRY(okrug_result_text(table, PERIOD, row, group->period));
        if (group->used[k] >= 0) {
            OKRUG_TRY(write_numbers(group, request, a, group->used[k], table, row));
            continue;
        }
        for (int column = VALUE; column <= NEIGHBOURS; column++) {
            OKRUG_TRY(okrug_set_missing(table, column, row, okrug_reason_at(value, from)));
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_local_areas(okrug_ctx *ctx, const okrug_job *job, const okrug_areas_request *request,
                               const okrug_output *output, okrug_dataset *result) {
    okrug_neighbourhood all;
    okrug_table *table = NULL;
    int64_t missing = 0;
    int64_t islands = 0;
    OKRUG_TRY(okrug_neighbourhood_read(ctx, job->input[0], job->input[1], request->options.links, &all));
    if (all.selves > 0 && !request->with_self) {
        okrug_warn(ctx, "self-links", &(okrug_place){.file = job->input[1]->file}, "count",
                   okrug_text_integer(ctx, all.selves), (char *)NULL);
    }
    OKRUG_TRY(okrug_result_table(result, output, okrug_table_column(job->input[0], "value")->unit, 0, &table));
    OKRUG_TRY(okrug_table_reserve(table, job->input[0]->rows));
    for (int64_t g = 0; g < all.groups; g++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        okrug_neighbourhood_group group;
        areas a;
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(okrug_neighbourhood_group_read(ctx, &all, g, request->options.style, request->with_self, &group));
        OKRUG_TRY(compute(ctx, &group, request, &a));
        OKRUG_TRY(write_group(job->input[0], &group, request, &a, table));
        missing += group.missing;
        islands += group.missing > 0 ? group.islands : 0;
        okrug_scratch_reset(ctx, mark);
    }
    okrug_neighbourhood_warn(ctx, job->input[0], missing, islands);
    return OKRUG_OK;
}
