/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Validation scores of a partition. Everything comes from the sums of each industry's similarities to the members of
 * each group, which are made by adding whole rows.
 */
#include <math.h>
#include <string.h>

#include <okrug/clusters.h>

typedef struct {
    int64_t n, groups;
    double *sums;    /* groups x n: similarities of i to the members of g, itself not among them */
    double *between; /* groups: sums of a row of clusters, then BCRs */
    double *top;     /* the largest BCRs, falling */
    double *count;   /* groups */
} sums;

int64_t okrug_validation_work(int64_t n, int64_t groups) {
    return groups * n + 3 * groups + 3;
}

static sums sum_up(int64_t n, const double *s, int64_t groups, const int32_t *group, double *work) {
    sums k = {n, groups, work, work + groups * n, work + groups * n + groups, work + groups * n + 2 * groups};
    memset(k.sums, 0, (size_t)(groups * n) * sizeof *k.sums);
    memset(k.count, 0, (size_t)groups * sizeof *k.count);
    for (int64_t j = 0; j < n; j++) {
        double *sum = k.sums + group[j] * n;
        const double *row = s + j * n;
        double own = sum[j]; /* the diagonal is left out */
        for (int64_t i = 0; i < n; i++) {
            sum[i] += row[i];
        }
        sum[j] = own;
        k.count[group[j]] += 1.0;
    }
    return k;
}

/* What is asked of a list of BCRs. */
typedef struct {
    double mean, high; /* high: the 95th percentile */
    double largest;
    int64_t which;
} summary;

/* Of between[g] over all groups but `own`. NaN where there is no other. */
static summary summarise(const sums *k, int64_t own) {
    int64_t others = k->groups - 1;
    if (others == 0) {
        return (summary){(double)NAN, (double)NAN, (double)NAN, -1};
    }
    double place = 0.95 * (double)(others - 1);
    int64_t below = (int64_t)place;
    int64_t needed = others - below; /* order statistics `below` and the next, counted from the top */
    int64_t found = 0;
    summary out = {.which = -1, .largest = -(double)INFINITY};
    double sum = 0.0;
    for (int64_t g = 0; g < k->groups; g++) {
        if (g == own) {
            continue;
        }
        double v = k->between[g];
        sum += v;
        if (v > out.largest) {
            out.largest = v;
            out.which = g;
        }
        if (found == needed && v <= k->top[found - 1]) {
            continue;
        }
        int64_t at = found < needed ? found++ : found - 1;
        for (; at > 0 && k->top[at - 1] < v; at--) {
            k->top[at] = k->top[at - 1];
        }
        k->top[at] = v;
    }
    double part = place - (double)below;
    out.mean = sum / (double)others;
    out.high = k->top[needed - 1];
    if (needed > 1) {
        out.high += part * (k->top[needed - 2] - out.high);
    }
    return out;
}

/* BCRs of one industry with every group. */
static summary of_industry(const sums *k, int64_t i, int64_t own) {
    for (int64_t g = 0; g < k->groups; g++) {
        k->between[g] = k->sums[g * k->n + i] / k->count[g];
    }
    return summarise(k, own);
}

/* WCR of one cluster into `within`, and what its BCRs with the others come to. */
static summary of_cluster(const sums *k, const int32_t *group, int64_t own, double *within) {
    memset(k->between, 0, (size_t)k->groups * sizeof *k->between);
    for (int64_t i = 0; i < k->n; i++) {
        k->between[group[i]] += k->sums[own * k->n + i];
    }
    double m = k->count[own];
    *within = m > 1.5 ? k->between[own] / (m * (m - 1.0)) : (double)NAN;
    for (int64_t g = 0; g < k->groups; g++) {
        k->between[g] /= m * k->count[g];
    }
    return summarise(k, own);
}

static double own_similarity(const sums *k, int64_t i, int64_t own) {
    double others = k->count[own] - 1.0;
    return others > 0.5 ? k->sums[own * k->n + i] / others : (double)NAN;
}

/* NaN is above nothing. */
static double passed(double within, const summary *others) {
    return (within > others->mean ? 0.5 : 0.0) + (within > others->high ? 0.5 : 0.0);
}

okrug_validation okrug_validate_in(int64_t n, const double *s, int64_t groups, const int32_t *group, double *work) {
    if (groups < 2) {
        return (okrug_validation){(double)NAN, (double)NAN, (double)NAN};
    }
    sums k = sum_up(n, s, groups, group, work);
    double clusters = 0.0, industries = 0.0, margin = 0.0;
    for (int64_t g = 0; g < groups; g++) {
        double within = 0.0;
        summary others = of_cluster(&k, group, g, &within);
        clusters += passed(within, &others);
    }
    for (int64_t i = 0; i < n; i++) {
        if (k.count[group[i]] > 1.5) {
            summary others = of_industry(&k, i, group[i]);
            double own = own_similarity(&k, i, group[i]);
            industries += passed(own, &others);
            margin += own - others.largest;
        }
    }
    return (okrug_validation){clusters / (double)groups, industries / (double)n, margin / (double)n};
}

okrug_status okrug_score_partition(okrug_ctx *ctx, int64_t n, const double *s, int64_t groups, const int32_t *group,
                                   const okrug_partition_scores *scores) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *work = OKRUG_SCRATCH(ctx, okrug_validation_work(n, groups), double);
    if (work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    sums k = sum_up(n, s, groups, group, work);
    for (int64_t g = 0; g < groups; g++) {
        double within = 0.0;
        summary others = of_cluster(&k, group, g, &within);
        if (scores->within != NULL) {
            scores->within[g] = within;
        }
        if (scores->between != NULL) {
            scores->between[g] = others.mean;
        }
        if (scores->valid != NULL) {
            scores->valid[g] = within > others.mean && within > others.high;
        }
    }
    for (int64_t i = 0; i < n; i++) {
        summary others = of_industry(&k, i, group[i]);
        if (scores->own != NULL) {
            scores->own[i] = own_similarity(&k, i, group[i]);
        }
        if (scores->other != NULL) {
            scores->other[i] = others.largest;
        }
        if (scores->which != NULL) {
            scores->which[i] = (int32_t)others.which;
        }
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
