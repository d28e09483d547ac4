/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Correlations of all pairs of columns by matrix products, over the rows in which both are known.
 */
#include <math.h>

#include <okrug/clusters.h>
#include <okrug/linalg.h>
#include <okrug/numeric.h>

/* A variance that is no more than this share of the column's own is rounding. */
static const double least_variance = 1e-12;
enum { LEAST_ROWS = 3 };

static bool is_known(const bool *known, int64_t cell) {
    return known == NULL || known[cell];
}

/* x: each column less its mean, by its standard deviation, over the rows in which it is known, 0 elsewhere. varies:
 * whether it has one. */
static void standardise(int64_t rows, int64_t things, const double *value, const bool *known, double *x, bool *varies) {
    for (int64_t i = 0; i < things; i++) {
        okrug_sum sum = {0}, squares = {0};
        int64_t count = 0;
        double least = 0.0, most = 0.0;
        for (int64_t r = 0; r < rows; r++) {
            int64_t cell = r * things + i;
            if (is_known(known, cell)) {
                okrug_sum_add(&sum, value[cell]);
                least = count == 0 ? value[cell] : fmin(least, value[cell]);
                most = count == 0 ? value[cell] : fmax(most, value[cell]);
                count++;
            }
        }
        double mean = count > 0 ? okrug_sum_value(&sum) / (double)count : 0.0;
        for (int64_t r = 0; r < rows; r++) {
            int64_t cell = r * things + i;
            double d = is_known(known, cell) ? value[cell] - mean : 0.0;
            okrug_sum_add(&squares, d * d);
        }
        double deviation = count > 0 ? sqrt(okrug_sum_value(&squares) / (double)count) : 0.0;
        varies[i] = least < most && deviation > 0.0;
        for (int64_t r = 0; r < rows; r++) {
            int64_t cell = r * things + i;
            x[cell] = varies[i] && is_known(known, cell) ? (value[cell] - mean) / deviation : 0.0;
        }
    }
}

static double within_one(double r) {
    return fmax(-1.0, fmin(1.0, r));
}

/* With every row known: the product of the standardised columns. */
static okrug_status all_known(okrug_ctx *ctx, int64_t rows, int64_t things, const double *x, const bool *varies,
                              double *correlation) {
    OKRUG_TRY(okrug_gram(ctx, OKRUG_TRANSPOSED, things, rows, x, correlation));
    for (int64_t i = 0; i < things; i++) {
        for (int64_t j = 0; j < things; j++) {
            bool there = varies[i] && varies[j] && rows >= LEAST_ROWS;
            double *cell = &correlation[i * things + j];
            *cell = !there ? (double)NAN : i == j ? 1.0 : within_one(*cell / (double)rows);
        }
    }
    return OKRUG_OK;
}

typedef struct {
    double *count, *sum, *squares; /* things x things: of i over the rows in which j is known too */
} shared;

static double correlate(const shared *over, int64_t things, int64_t i, int64_t j, double product) {
    int64_t ij = i * things + j, ji = j * things + i;
    double n = over->count[ij];
    if (n < LEAST_ROWS) {
        return (double)NAN;
    }
    double of_i = over->squares[ij] - over->sum[ij] * over->sum[ij] / n;
    double of_j = over->squares[ji] - over->sum[ji] * over->sum[ji] / n;
    double least = least_variance * n;
    double together = product - over->sum[ij] * over->sum[ji] / n;
    return of_i > least && of_j > least ? within_one(together / sqrt(of_i * of_j)) : (double)NAN;
}

static okrug_status some_known(okrug_ctx *ctx, int64_t rows, int64_t things, double *x, const bool *known,
                               const bool *varies, double *correlation) {
    int64_t cells = rows * things;
    double *there = OKRUG_SCRATCH(ctx, cells + 1, double);
    shared over = {OKRUG_SCRATCH(ctx, things * things + 1, double), OKRUG_SCRATCH(ctx, things * things + 1, double),
                   OKRUG_SCRATCH(ctx, things * things + 1, double)};
    if (there == NULL || over.count == NULL || over.sum == NULL || over.squares == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t c = 0; c < cells; c++) {
        there[c] = known[c] ? 1.0 : 0.0;
    }
    OKRUG_TRY(okrug_gram(ctx, OKRUG_TRANSPOSED, things, rows, there, over.count));
    OKRUG_TRY(okrug_gram(ctx, OKRUG_TRANSPOSED, things, rows, x, correlation));
    OKRUG_TRY(okrug_multiply(ctx, OKRUG_TRANSPOSED, OKRUG_PLAIN, things, things, rows, x, there, over.sum));
    for (int64_t c = 0; c < cells; c++) {
        x[c] *= x[c];
    }
    OKRUG_TRY(okrug_multiply(ctx, OKRUG_TRANSPOSED, OKRUG_PLAIN, things, things, rows, x, there, over.squares));
    for (int64_t i = 0; i < things; i++) {
        for (int64_t j = i; j < things; j++) {
            bool both = varies[i] && varies[j];
            double r = both ? correlate(&over, things, i, j, correlation[i * things + j]) : (double)NAN;
            correlation[i * things + j] = correlation[j * things + i] = i == j && !isnan(r) ? 1.0 : r;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_profile_correlation(okrug_ctx *ctx, int64_t rows, int64_t things, const double *value,
                                       const bool *known, double *correlation) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *x = OKRUG_SCRATCH(ctx, rows * things + 1, double);
    bool *varies = OKRUG_SCRATCH(ctx, things + 1, bool);
    if (x == NULL || varies == NULL) {
        return OKRUG_NO_MEMORY;
    }
    bool all = true;
    for (int64_t c = 0; known != NULL && c < rows * things; c++) {
        all = all && known[c];
    }
    standardise(rows, things, value, known, x, varies);
    okrug_status status = all ? all_known(ctx, rows, things, x, varies, correlation)
                              : some_known(ctx, rows, things, x, known, varies, correlation);
    okrug_scratch_reset(ctx, mark);
    return status;
}
