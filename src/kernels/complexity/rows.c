/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums of rows on several threads, and standardising.
 */
#include <math.h>
#include <stdbool.h>

#include <okrug/numeric.h>

#include "rows.h"

typedef struct {
    int64_t rows, columns;
    const double *a;
    bool off_diagonal;
    double *sum;
} row_sums;

/* Four sums side by side: one alone would wait for itself at every term. */
static double sum_between(const double *x, int64_t from, int64_t to) {
    double sum[4] = {0.0, 0.0, 0.0, 0.0};
    for (; from + 4 <= to; from += 4) {
        sum[0] += x[from];
        sum[1] += x[from + 1];
        sum[2] += x[from + 2];
        sum[3] += x[from + 3];
    }
    for (; from < to; from++) {
        sum[0] += x[from];
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static okrug_status sum_tile(void *user, int64_t tile) {
    const row_sums *s = user;
    int64_t from = tile * OKRUG_ROWS, to = from + OKRUG_ROWS < s->rows ? from + OKRUG_ROWS : s->rows;
    for (int64_t i = from; i < to; i++) {
        const double *row = s->a + i * s->columns;
        s->sum[i] = s->off_diagonal ? sum_between(row, 0, i) + sum_between(row, i + 1, s->columns)
                                    : sum_between(row, 0, s->columns);
    }
    return OKRUG_OK;
}

okrug_status okrug_row_sums(okrug_ctx *ctx, int64_t rows, int64_t columns, const double *a, bool off_diagonal,
                            double *sum) {
    row_sums s = {rows, columns, a, off_diagonal, sum};
    return okrug_parallel(ctx, (rows + OKRUG_ROWS - 1) / OKRUG_ROWS, sum_tile, &s);
}

bool okrug_standardise(int64_t n, double *x, double *mean, double *deviation) {
    okrug_sum sum = {0}, squares = {0};
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
        if (!isnan(x[i])) {
            okrug_sum_add(&sum, x[i]);
            count++;
        }
    }
    double centre = count > 0 ? okrug_sum_value(&sum) / (double)count : 0.0, largest = 0.0;
    for (int64_t i = 0; i < n; i++) {
        if (!isnan(x[i])) {
            double difference = x[i] - centre;
            okrug_sum_add(&squares, difference * difference);
            largest = fmax(largest, fabs(x[i]));
        }
    }
    double spread = count > 0 ? sqrt(okrug_sum_value(&squares) / (double)count) : 0.0;
    bool varies = spread > 1e-12 * largest;
    for (int64_t i = 0; i < n; i++) {
        x[i] = varies ? (x[i] - centre) / spread : (double)NAN;
    }
    if (mean != NULL) {
        *mean = centre;
    }
    if (deviation != NULL) {
        *deviation = spread;
    }
    return varies;
}
