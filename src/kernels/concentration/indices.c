/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Indices of one distribution against another: Herfindahl, Krugman, Theil, Gini.
 */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

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
            okrug_sum_add(&sum, fmax(0.0, share * log(share / reference) - (share - reference)));
        } else {
            okrug_sum_add(&sum, reference);
        }
    }
    return okrug_sum_value(&sum);
}

typedef struct {
    double y, weight;
} weighted;

static int ascending(const void *a, const void *b) {
    double x = ((const weighted *)a)->y, y = ((const weighted *)b)->y;
    return (x > y) - (x < y);
}

static double gini_of(weighted *item, int64_t n) {
    okrug_sum weights = {0};
    okrug_sum amounts = {0};
    for (int64_t k = 0; k < n; k++) {
        okrug_sum_add(&weights, item[k].weight);
        okrug_sum_add(&amounts, item[k].weight * item[k].y);
    }
    double total = okrug_sum_value(&weights);
    double amount = okrug_sum_value(&amounts);
    if (!(total > 0.0 && amount > 0.0)) {
        return (double)NAN;
    }
    qsort(item, (size_t)n, sizeof *item, ascending);
    okrug_sum below = {0};
    okrug_sum sum = {0};
    for (int64_t k = 0; k + 1 < n; k++) {
        okrug_sum_add(&below, item[k].weight);
        double share = okrug_sum_value(&below) / total;
        okrug_sum_add(&sum, share * fmax(0.0, 1.0 - share) * (item[k + 1].y - item[k].y));
    }
    return okrug_sum_value(&sum) / (amount / total);
}

okrug_status okrug_gini(okrug_ctx *ctx, int64_t n, const double *y, const double *weight, double *gini) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    weighted *item = OKRUG_SCRATCH(ctx, n, weighted);
    if (item == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t count = 0;
    for (int64_t k = 0; k < n; k++) {
        double w = weight == NULL ? 1.0 : weight[k];
        if (w > 0.0) {
            item[count++] = (weighted){y[k], w};
        }
    }
    *gini = gini_of(item, count);
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

okrug_status okrug_locational_gini(okrug_ctx *ctx, int64_t n, const double *x, const double *p, double *gini) {
    *gini = (double)NAN;
    double total = okrug_sum_of(x, n, 1), total_p = okrug_sum_of(p, n, 1);
    if (!(total > 0.0 && total_p > 0.0)) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *ratio = OKRUG_SCRATCH(ctx, n, double);
    if (ratio == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t count = 0;
    bool defined = true;
    for (int64_t i = 0; i < n; i++) {
        if (p[i] > 0.0) {
            ratio[count++] = x[i] / total / (p[i] / total_p);
        } else if (x[i] > 0.0) {
            defined = false;
        }
    }
    okrug_status status = defined ? okrug_gini(ctx, count, ratio, NULL, gini) : OKRUG_OK;
    okrug_scratch_reset(ctx, mark);
    return status;
}
