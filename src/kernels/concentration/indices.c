/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Indices of one distribution against another: Herfindahl, Krugman, Theil, Gini.
 */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/concentration.h>
#include <okrug/numeric.h>

double okrug_herfindahl(int64_t n, const double *x) {
    double total = okrug_sum_of(x, n, 1);
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        double share = x[i] / total;
        okrug_sum_add(&sum, share * share);
    }
    return total > 0.0 ? okrug_sum_value(&sum) : (double)NAN;
}

double okrug_herfindahl_normalised(int64_t n, double h) {
    double equal = 1.0 / (double)n;
    return n > 1 ? (h - equal) / (1.0 - equal) : (double)NAN;
}

double okrug_krugman(int64_t n, const double *x, const double *p) {
    double total = okrug_sum_of(x, n, 1), total_p = okrug_sum_of(p, n, 1);
    if (!(total > 0.0 && total_p > 0.0)) {
        return (double)NAN;
    }
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&sum, fabs(x[i] / total - p[i] / total_p));
    }
    return fmin(okrug_sum_value(&sum), 2.0); /* rounded shares may sum to a little above 1 */
}

double okrug_theil(int64_t n, const double *x, const double *p) {
    double total = okrug_sum_of(x, n, 1);
    double total_p = p != NULL ? okrug_sum_of(p, n, 1) : (double)n;
    if (!(total > 0.0 && total_p > 0.0)) {
        return (double)NAN;
    }
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        double share = x[i] / total, reference = (p != NULL ? p[i] : 1.0) / total_p;
        if (share > 0.0) {
            if (!(reference > 0.0)) {
                return (double)NAN;
            }
            /* The differences of shares sum to 0, and with its own no term is below 0: rounding cannot make the index
             * of near equals negative. */
            double term = share * log(share / reference) - (share - reference);
            okrug_sum_add(&sum, term > 0.0 ? term : 0.0);
        } else {
            okrug_sum_add(&sum, reference);
        }
    }
    return okrug_sum_value(&sum);
}

void okrug_theil_split(int64_t n, const double *x, const double *p, int64_t groups, const int64_t *group, double *work,
                       double *between, double *within) {
    double total = okrug_sum_of(x, n, 1), total_p = okrug_sum_of(p, n, 1);
    double *own = work, *reference = work + groups;
    for (int64_t g = 0; g < groups; g++) {
        own[g] = reference[g] = 0.0;
    }
    for (int64_t i = 0; i < n; i++) {
        own[group[i]] += x[i] / total;
        reference[group[i]] += p[i] / total_p;
    }
    *between = okrug_theil(groups, own, reference);
    *within = (double)NAN;
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        double share = x[i] / total, expected = p[i] / total_p * own[group[i]] / reference[group[i]];
        if (share > 0.0) {
            if (!(expected > 0.0)) {
                return;
            }
            double term = share * log(share / expected) - (share - expected); /* as in okrug_theil */
            okrug_sum_add(&sum, term > 0.0 ? term : 0.0);
        } else {
            okrug_sum_add(&sum, expected > 0.0 ? expected : 0.0); /* NaN where the group has no reference at all */
        }
    }
    *within = total > 0.0 && total_p > 0.0 ? okrug_sum_value(&sum) : (double)NAN;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts n numbers that are not negative, whose bits are then in the same order as they: digit after digit, from the
 * last. spare: n. Below some hundreds of numbers comparing them is faster. */
static void sort(double *number, int64_t n, double *spare) {
    enum { DIGITS = 6, BITS = 11, VALUES = 1 << BITS, FEW = 256 };
    if (n < FEW) {
        qsort(number, (size_t)n, sizeof *number, ascending);
        return;
    }
    uint32_t count[DIGITS][VALUES] = {{0}};
    for (int64_t k = 0; k < n; k++) {
        uint64_t bits;
        memcpy(&bits, &number[k], sizeof bits);
        for (int d = 0; d < DIGITS; d++) {
            count[d][bits >> d * BITS & (VALUES - 1)]++;
        }
    }
    double *from = number, *to = spare;
    for (int d = 0; d < DIGITS; d++) {
        uint32_t before = 0;
        bool same = false;
        for (int v = 0; v < VALUES; v++) {
            uint32_t here = count[d][v];
            same = same || here == (uint32_t)n;
            count[d][v] = before;
            before += here;
        }
        if (same) {
            continue; /* all have that digit */
        }
        for (int64_t k = 0; k < n; k++) {
            uint64_t bits;
            memcpy(&bits, &from[k], sizeof bits);
            to[count[d][bits >> d * BITS & (VALUES - 1)]++] = from[k];
        }
        double *other = from;
        from = to;
        to = other;
    }
    if (from != number) {
        memcpy(number, from, (size_t)n * sizeof *number);
    }
}

/* item: n values and room for as many, or with stride 2 pairs of value and weight. */
static double gini_of(double *item, int64_t n, int64_t stride) {
    okrug_sum weights = {0};
    okrug_sum amounts = {0};
    for (int64_t k = 0; k < n; k++) {
        double weight = stride == 2 ? item[2 * k + 1] : 1.0;
        okrug_sum_add(&weights, weight);
        okrug_sum_add(&amounts, weight * item[stride * k]);
    }
    double total = okrug_sum_value(&weights);
    double amount = okrug_sum_value(&amounts);
    if (!(total > 0.0 && amount > 0.0)) {
        return (double)NAN;
    }
    if (stride == 1 && n <= UINT32_MAX) {
        sort(item, n, item + n);
    } else {
        qsort(item, (size_t)n, (size_t)stride * sizeof *item, ascending);
    }
    okrug_sum below = {0};
    okrug_sum sum = {0};
    for (int64_t k = 0; k + 1 < n; k++) {
        okrug_sum_add(&below, stride == 2 ? item[2 * k + 1] : 1.0);
        double share = okrug_sum_value(&below) / total;
        okrug_sum_add(&sum, share * fmax(0.0, 1.0 - share) * (item[stride * (k + 1)] - item[stride * k]));
    }
    return okrug_sum_value(&sum) / (amount / total);
}

double okrug_gini_in(int64_t n, const double *y, const double *weight, double *work) {
    int64_t count = 0;
    for (int64_t k = 0; k < n; k++) {
        if (weight[k] > 0.0) {
            work[2 * count] = y[k];
            work[2 * count++ + 1] = weight[k];
        }
    }
    return gini_of(work, count, 2);
}

double okrug_locational_gini_in(int64_t n, const double *x, const double *p, double *work) {
    double total = okrug_sum_of(x, n, 1), total_p = okrug_sum_of(p, n, 1);
    if (!(total > 0.0 && total_p > 0.0)) {
        return (double)NAN;
    }
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
        if (p[i] > 0.0) {
            work[count++] = x[i] / total / (p[i] / total_p) + 0.0; /* -0 is 0 */
        } else if (x[i] > 0.0) {
            return (double)NAN;
        }
    }
    return gini_of(work, count, 1);
}

okrug_status okrug_locational_gini(okrug_ctx *ctx, int64_t n, const double *x, const double *p, double *gini) {
    *gini = (double)NAN;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *ratio = OKRUG_SCRATCH(ctx, 2 * n, double);
    if (ratio == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *gini = okrug_locational_gini_in(n, x, p, ratio);
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
