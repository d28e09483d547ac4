/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Industries that are more like another cluster than their own go there.
 */
#include <string.h>

#include <okrug/clusters.h>

typedef struct {
    double *own, *other;
    int32_t *which;
} outliers;

static bool is_outlier(const outliers *of, int64_t i) {
    return of->which[i] >= 0 && of->own[i] < of->other[i]; /* false where own is NaN: alone */
}

static okrug_status find(okrug_ctx *ctx, int64_t n, const double *s, int64_t groups, const int32_t *group,
                         const outliers *of, int64_t *count) {
    const okrug_partition_scores scores = {.own = of->own, .other = of->other, .which = of->which};
    OKRUG_TRY(okrug_score_partition(ctx, n, s, groups, group, &scores));
    *count = 0;
    for (int64_t i = 0; i < n; i++) {
        *count += is_outlier(of, i);
    }
    return OKRUG_OK;
}

/* Numbers the groups that have members anew, in the order that they had; origin goes with them. */
static int64_t close_gaps(int64_t n, int64_t groups, int32_t *number, int32_t *group, int32_t *origin) {
    memset(number, 0, (size_t)groups * sizeof *number);
    for (int64_t i = 0; i < n; i++) {
        number[group[i]] = 1;
    }
    int32_t count = 0;
    for (int64_t g = 0; g < groups; g++) {
        if (number[g] > 0) {
            origin[count] = origin[g];
            number[g] = count++;
        }
    }
    for (int64_t i = 0; i < n; i++) {
        group[i] = number[group[i]];
    }
    return count;
}

okrug_status okrug_reassign(okrug_ctx *ctx, int64_t n, const double *s, int64_t rounds, int64_t *groups, int32_t *group,
                            int32_t *origin, int64_t *left) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    outliers of = {OKRUG_SCRATCH(ctx, n + 1, double), OKRUG_SCRATCH(ctx, n + 1, double),
                   OKRUG_SCRATCH(ctx, n + 1, int32_t)};
    int32_t *before = OKRUG_SCRATCH(ctx, n + 1, int32_t);
    int32_t *number = OKRUG_SCRATCH(ctx, *groups + 1, int32_t);
    int32_t *origin_before = OKRUG_SCRATCH(ctx, *groups + 1, int32_t);
    if (of.own == NULL || of.other == NULL || of.which == NULL || before == NULL || number == NULL ||
        origin_before == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t g = 0; g < *groups; g++) {
        origin[g] = (int32_t)g;
    }
    OKRUG_TRY(find(ctx, n, s, *groups, group, &of, left));
    for (int64_t round = 0; round<rounds && * left> 0; round++) {
        int64_t groups_before = *groups, now = 0;
        OKRUG_TRY(okrug_check_cancel(ctx));
        memcpy(before, group, (size_t)n * sizeof *group);
        memcpy(origin_before, origin, (size_t)groups_before * sizeof *origin);
        for (int64_t i = 0; i < n; i++) {
            group[i] = is_outlier(&of, i) ? of.which[i] : group[i];
        }
        *groups = close_gaps(n, *groups, number, group, origin);
        OKRUG_TRY(find(ctx, n, s, *groups, group, &of, &now));
        if (now >= *left) {
            memcpy(group, before, (size_t)n * sizeof *group);
            memcpy(origin, origin_before, (size_t)groups_before * sizeof *origin);
            *groups = groups_before;
            break;
        }
        *left = now;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
