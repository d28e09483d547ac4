/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statistics of the whole map: one row for each industry and period.
 */
#include "analyses/global_summary.h"

#include <math.h>

#include "analyses/result.h"

enum {
    STATISTIC,
    VALUE,
    EXPECTATION,
    VARIANCE,
    Z,
    P_NORMAL,
    P_PERMUTATION,
    ALTERNATIVE,
    PERMUTATION_MEAN,
    PERMUTATION_VARIANCE,
    REGIONS,
    ISLANDS,
    LINKS,
    INDUSTRY,
    PERIOD
};

/* Why there is no statistic. */
static okrug_reason why(const okrug_neighbourhood_group *group) {
    bool varies = false;
    for (int64_t i = 1; i < group->n; i++) {
        varies = varies || group->x[i] != group->x[0];
    }
    return group->weights.nnz == 0 ? OKRUG_NO_NEIGHBOURS : !varies ? OKRUG_CONSTANT : OKRUG_UNDEFINED;
}

static okrug_status write_row(const okrug_summary_request *request, const okrug_neighbourhood_group *group,
                              const okrug_global_result *found, const okrug_permuted *permuted, okrug_table *table) {
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    okrug_alternative alternative = (okrug_alternative)request->options.alternative;
    okrug_reason none = why(group);
    okrug_reason no_draws = request->options.permutations == 0 ? OKRUG_NOT_APPLICABLE : none;
    bool drawn = !isnan(permuted->mean);
    OKRUG_TRY(okrug_result_text(table, STATISTIC, row, request->code));
    OKRUG_TRY(okrug_set_number_or(table, VALUE, row, found->value, none));
    OKRUG_TRY(okrug_set_number_or(table, EXPECTATION, row, found->expectation, none));
    OKRUG_TRY(okrug_set_number_or(table, VARIANCE, row, found->variance, none));
    OKRUG_TRY(okrug_set_number_or(table, Z, row, found->z, none));
    OKRUG_TRY(okrug_set_number_or(table, P_NORMAL, row, okrug_normal_p(alternative, found->z), none));
    double p = okrug_permutation_p(alternative, drawn ? permuted->at_least : -1, permuted->at_most,
                                   request->options.permutations);
    OKRUG_TRY(okrug_set_number_or(table, P_PERMUTATION, row, p, no_draws));
    OKRUG_TRY(okrug_result_text(table, ALTERNATIVE, row, okrug_alternative_codes[alternative]));
    OKRUG_TRY(okrug_set_number_or(table, PERMUTATION_MEAN, row, permuted->mean, no_draws));
    OKRUG_TRY(okrug_set_number_or(table, PERMUTATION_VARIANCE, row, permuted->variance,
                                  drawn ? OKRUG_NOT_APPLICABLE : no_draws));
    OKRUG_TRY(okrug_set_number(table, REGIONS, row, (double)group->n));
    OKRUG_TRY(okrug_set_number(table, ISLANDS, row, (double)group->islands));
    OKRUG_TRY(okrug_set_number(table, LINKS, row, (double)group->weights.nnz));
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, group->industry));
    return okrug_result_text(table, PERIOD, row, group->period);
}

okrug_status okrug_global_summary(okrug_ctx *ctx, const okrug_job *job, const okrug_summary_request *request,
                                  const okrug_output *output, okrug_dataset *result) {
    okrug_neighbourhood all;
    okrug_table *table = NULL;
    int64_t missing = 0;
    int64_t islands = 0;
    OKRUG_TRY(okrug_neighbourhood_read(ctx, job->input[0], job->input[1], request->options.links, &all));
    if (all.selves > 0) {
        okrug_warn(ctx, "self-links", &(okrug_place){.file = job->input[1]->file}, "count",
                   okrug_text_integer(ctx, all.selves), (char *)NULL);
    }
    OKRUG_TRY(okrug_result_table(result, output, OKRUG_UNIT_NONE, 0, &table));
    for (int64_t g = 0; g < all.groups; g++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        okrug_neighbourhood_group group;
        okrug_global_result found;
        okrug_permuted permuted;
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_progress(ctx, "task.permuting", (double)g, (double)all.groups);
        OKRUG_TRY(okrug_neighbourhood_group_read(ctx, &all, g, request->options.style, false, &group));
        OKRUG_TRY(okrug_global(ctx, request->statistic, request->assumption, &group.weights, group.x, &found));
        OKRUG_TRY(okrug_global_permute(ctx, request->statistic, &group.weights, group.x, request->options.permutations,
                                       (uint64_t)request->options.seed, &permuted));
        OKRUG_TRY(write_row(request, &group, &found, &permuted, table));
        missing += group.missing;
        islands += group.missing > 0 ? group.islands : 0;
        okrug_scratch_reset(ctx, mark);
    }
    okrug_neighbourhood_warn(ctx, job->input[0], missing, islands);
    return OKRUG_OK;
}
