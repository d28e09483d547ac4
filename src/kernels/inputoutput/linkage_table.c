/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All linkages of a table from one factorisation: L and G are the same matrix in other units, G = x^-1 L x.
 */
#include <math.h>
#include <string.h>

#include <okrug/inputoutput.h>
#include <okrug/linalg.h>

#include "leontief.h"

/* What is known of L: all of it, or the columns and rows that were asked for. */
typedef struct {
    int64_t count;         /* columns, and rows, that are there */
    const int64_t *which;  /* NULL: all, in their order */
    const double *columns; /* n x count */
    const double *rows;    /* count x n */
} known;

typedef struct {
    int64_t n;
    const double *z, *x;
    const bool *asked;
    const okrug_linkage_results *results;
    bool backward, forward; /* what is to be written */
    const double *unit;     /* G is the inverse in these units: x; NULL: it is the inverse itself */
} work;

/* From sums and sums of squares: cells of one sign spread so unevenly that nothing is lost in the difference. */
static double variation(int64_t n, double sum, double squares) {
    double mean = sum / (double)n, variance = (squares - sum * mean) / ((double)n - 1.0);
    return n > 1 && mean != 0.0 ? sqrt(fmax(variance, 0.0)) / mean : (double)NAN;
}

static int64_t place(const known *k, int64_t at) {
    return k->which == NULL ? at : k->which[at];
}

static okrug_status backward_variation(okrug_ctx *ctx, const work *w, const known *k) {
    double *sum = OKRUG_SCRATCH_ZERO(ctx, k->count + 1, double);
    double *squares = OKRUG_SCRATCH_ZERO(ctx, k->count + 1, double);
    if (sum == NULL || squares == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < w->n; i++) {
        for (int64_t c = 0; c < k->count; c++) {
            double l = k->columns[i * k->count + c];
            sum[c] += l;
            squares[c] += l * l;
        }
    }
    for (int64_t c = 0; c < k->count; c++) {
        w->results->backward_variation[place(k, c)] = variation(w->n, sum[c], squares[c]);
    }
    return OKRUG_OK;
}

/* Of the rows of G; an industry without output delivers nothing, and has 1 on the diagonal alone. */
static void forward_variation(const work *w, const known *k) {
    for (int64_t r = 0; r < k->count; r++) {
        int64_t i = place(k, r);
        bool delivers = w->unit == NULL || w->unit[i] > 0.0;
        double sum = 0.0, squares = 0.0;
        for (int64_t j = 0; j < w->n; j++) {
            double g = k->rows[r * w->n + j] * (w->unit == NULL || !delivers ? 1.0 : w->unit[j] / w->unit[i]);
            g = delivers ? g : i == j;
            sum += g;
            squares += g * g;
        }
        w->results->forward_variation[i] = variation(w->n, sum, squares);
    }
}

static okrug_status solve_asked(okrug_ctx *ctx, const work *w, const okrug_leontief *leontief, known *k) {
    int64_t n = w->n;
    int64_t *which = OKRUG_SCRATCH(ctx, n + 1, int64_t);
    if (which == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t j = 0; j < n; j++) {
        if (w->asked[j]) {
            which[k->count++] = j;
        }
    }
    double *columns = OKRUG_SCRATCH(ctx, n * k->count + 1, double);
    double *rows = OKRUG_SCRATCH(ctx, n * k->count + 1, double);
    if (columns == NULL || rows == NULL) {
        return OKRUG_NO_MEMORY;
    }
    k->which = which;
    k->columns = columns;
    k->rows = rows;
    const okrug_inverse_parts parts = {
        .columns = k->count, .column = which, .of_columns = columns, .rows = k->count, .row = which, .of_rows = rows};
    return okrug_leontief_solve_parts(ctx, n, leontief, &parts);
}

static okrug_status write_backward(okrug_ctx *ctx, const work *w, const okrug_leontief *leontief, const known *k) {
    double *diagonal = OKRUG_SCRATCH(ctx, w->n + 1, double);
    if (diagonal == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t j = 0; j < w->n; j++) {
        diagonal[j] = (double)NAN;
    }
    for (int64_t c = 0; c < k->count; c++) {
        diagonal[place(k, c)] = k->columns[place(k, c) * k->count + c];
    }
    okrug_rasmussen(w->n, leontief->column_sum, w->results->backward);
    okrug_extraction(w->n, w->x, leontief->column_sum, diagonal, w->results->extraction_total,
                     w->results->extraction_backward);
    return w->results->backward_variation != NULL ? backward_variation(ctx, w, k) : OKRUG_OK;
}

/* G 1 = x^-1 L x. */
static okrug_status write_forward(okrug_ctx *ctx, const work *w, const okrug_leontief *leontief, const known *k) {
    double *sum = w->results->upstreamness;
    for (int64_t i = 0; i < w->n; i++) {
        sum[i] = w->unit == NULL ? 1.0 : w->unit[i];
    }
    OKRUG_TRY(okrug_lu_solve(ctx, w->n, leontief->lu, leontief->pivot, 1, sum));
    for (int64_t i = 0; w->unit != NULL && i < w->n; i++) {
        sum[i] = w->unit[i] > 0.0 ? sum[i] / w->unit[i] : 1.0;
    }
    okrug_rasmussen(w->n, sum, w->results->forward);
    if (w->results->forward_variation != NULL) {
        forward_variation(w, k);
    }
    return OKRUG_OK;
}

static okrug_status solve(okrug_ctx *ctx, const work *w) {
    int64_t n = w->n;
    double *a = OKRUG_SCRATCH(ctx, n * n + 1, double);
    if (a == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (w->backward) {
        okrug_technical_coefficients(n, w->z, w->x, a);
    } else {
        okrug_allocation_coefficients(n, w->z, w->x, a);
    }
    okrug_leontief leontief;
    OKRUG_TRY(okrug_leontief_factor(ctx, n, a, &leontief));
    known k = {.count = w->asked == NULL ? n : 0, .columns = a, .rows = a};
    OKRUG_TRY(w->asked == NULL ? okrug_lu_inverse(ctx, n, leontief.lu, leontief.pivot, a)
                               : solve_asked(ctx, w, &leontief, &k));
    OKRUG_TRY(w->backward ? write_backward(ctx, w, &leontief, &k) : OKRUG_OK);
    return w->forward ? write_forward(ctx, w, &leontief, &k) : OKRUG_OK;
}

/* Whether an industry without output delivers or buys something all the same: it is a share of the other side then, but
 * none of its own, so that A and B are not the same matrix in other units. */
static bool trades_without_output(int64_t n, const double *z, const double *x) {
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; !(x[i] > 0.0) && j < n; j++) {
            if (z[i * n + j] != 0.0 || z[j * n + i] != 0.0) {
                return true;
            }
        }
    }
    return false;
}

static void clear(int64_t n, double *values) {
    for (int64_t i = 0; values != NULL && i < n; i++) {
        values[i] = (double)NAN;
    }
}

okrug_status okrug_linkages(okrug_ctx *ctx, int64_t n, const double *z, const double *x,
                            const okrug_open_economy *trade, const bool *asked, const okrug_linkage_results *results) {
    bool two = trades_without_output(n, z, x);
    work w = {n, z, x, asked, results, true, !two, x};
    clear(n, results->backward_variation);
    clear(n, results->forward_variation);
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = solve(ctx, &w);
    okrug_scratch_reset(ctx, mark);
    if (status == OKRUG_OK && two) {
        w.backward = false;
        w.forward = true;
        w.unit = NULL;
        status = solve(ctx, &w);
        okrug_scratch_reset(ctx, mark);
    }
    for (int64_t i = 0; status == OKRUG_OK && i < n; i++) {
        results->upstreamness[i] = x[i] > 0.0 ? results->upstreamness[i] : (double)NAN;
    }
    return status == OKRUG_OK && trade != NULL ? okrug_upstreamness(ctx, n, z, x, trade, results->upstreamness)
                                               : status;
}
