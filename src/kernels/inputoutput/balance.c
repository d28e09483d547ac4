/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RAS and GRAS: one pass over the table for each round.
 *
 * A pass takes a row while it is in the nearest cache: its sum with the columns' factors gives the row's factor, and
 * with that the row is added to the columns' sums. How far the rows were off before is known on the way, so whether it
 * has converged costs nothing.
 */
#include <math.h>
#include <string.h>

#include <okrug/balance.h>
#include <okrug/numeric.h>

#include "balance_rows.h"

/* Rows of a tile, which sums its part of every column; the parts are added up in the order of the tiles. Without
 * negative cells four rows are taken together, so that factors and sums of columns are loaded once for all of them:
 * the arithmetic is the same. */
enum { TILE = 64, LANES = 8 };

typedef struct {
    const okrug_balance_problem *problem;
    const double *r, *s, *t; /* t = 1 / s, or 0 where s is */
    double *next_r;
    double *row_off;             /* rows: deviation with the factors before */
    double *positive, *negative; /* tiles x columns: sums of columns */
} pass;

typedef struct {
    double positive, negative; /* both >= 0 */
} sums;

/* The factor that brings positive f - negative / f to the total; 0: nothing does but that the cells vanish. */
static double factor_for(double total, sums of) {
    if (of.positive > 0.0 && of.negative > 0.0) {
        double root = sqrt(total * total + 4.0 * of.positive * of.negative);
        return total >= 0.0 ? (total + root) / (2.0 * of.positive) : 2.0 * of.negative / (root - total);
    }
    if (of.positive > 0.0 && total > 0.0) {
        return total / of.positive;
    }
    return of.negative > 0.0 && total < 0.0 ? of.negative / -total : 0.0;
}

static double inverse_or_0(double factor) {
    return factor > 0.0 ? 1.0 / factor : 0.0;
}

static double deviation_of(double total, sums of, double factor) {
    double positive = of.positive * factor, negative = of.negative * inverse_or_0(factor);
    double scale = fmax(fabs(total), positive + negative);
    double off = fabs(positive - negative - total) / scale;
    return scale == 0.0 ? 0.0 : isnan(off) ? INFINITY : off;
}

static double added_up(const double *lane) {
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

static sums signed_row_sums(int64_t n, const double *a, const double *s, const double *t) {
    double positive[LANES] = {0}, negative[LANES] = {0};
    int64_t j = 0;
    for (; j + LANES <= n; j += LANES) {
        for (int k = 0; k < LANES; k++) {
            double up = a[j + k] > 0.0 ? a[j + k] : 0.0;
            positive[k] += up * s[j + k];
            negative[k] += (up - a[j + k]) * t[j + k];
        }
    }
    for (; j < n; j++) {
        double up = a[j] > 0.0 ? a[j] : 0.0;
        positive[j % LANES] += up * s[j];
        negative[j % LANES] += (up - a[j]) * t[j];
    }
    return (sums){added_up(positive), added_up(negative)};
}

static void add_row(int64_t n, const double *a, double factor, double *positive) {
    for (int64_t j = 0; j < n; j++) {
        positive[j] += a[j] * factor;
    }
}

static void add_signed_row(int64_t n, const double *a, double factor, double *positive, double *negative) {
    double inverse = inverse_or_0(factor);
    for (int64_t j = 0; j < n; j++) {
        double up = a[j] > 0.0 ? a[j] : 0.0;
        positive[j] += up * factor;
        negative[j] += (up - a[j]) * inverse;
    }
}

/* The sums of four rows, and with their new factors the rows added to the columns. */
static void take_rows(const pass *p, int64_t first, double *positive) {
    const okrug_balance_problem *problem = p->problem;
    int64_t n = problem->columns;
    const double *a = problem->seed + first * n;
    double r[OKRUG_BALANCE_ABREAST];
    for (int k = 0; k < OKRUG_BALANCE_ABREAST; k++) {
        sums of = {okrug_balance_row_sum(n, a + k * n, p->s), 0.0};
        p->row_off[first + k] = deviation_of(problem->row_total[first + k], of, p->r[first + k]);
        r[k] = p->next_r[first + k] = factor_for(problem->row_total[first + k], of);
    }
    okrug_balance_add_rows(n, a, r, positive);
}

static void take_row(const pass *p, int64_t i, double *positive, double *negative) {
    const okrug_balance_problem *problem = p->problem;
    int64_t n = problem->columns;
    const double *a = problem->seed + i * n;
    sums of =
        problem->has_negative ? signed_row_sums(n, a, p->s, p->t) : (sums){okrug_balance_row_sum(n, a, p->s), 0.0};
    p->row_off[i] = deviation_of(problem->row_total[i], of, p->r[i]);
    p->next_r[i] = factor_for(problem->row_total[i], of);
    if (problem->has_negative) {
        add_signed_row(n, a, p->next_r[i], positive, negative);
    } else {
        add_row(n, a, p->next_r[i], positive);
    }
}

static okrug_status pass_tile(void *user, int64_t tile) {
    const pass *p = user;
    const okrug_balance_problem *problem = p->problem;
    int64_t n = problem->columns, i = tile * TILE;
    int64_t end = i + TILE < problem->rows ? i + TILE : problem->rows;
    double *positive = p->positive + tile * n, *negative = p->negative;
    memset(positive, 0, (size_t)n * sizeof *positive);
    if (problem->has_negative) {
        negative += tile * n;
        memset(negative, 0, (size_t)n * sizeof *negative);
    }
    for (; !problem->has_negative && i + OKRUG_BALANCE_ABREAST <= end; i += OKRUG_BALANCE_ABREAST) {
        take_rows(p, i, positive);
    }
    for (; i < end; i++) {
        take_row(p, i, positive, negative);
    }
    return OKRUG_OK;
}

/* The parts of all tiles into the first. */
static void add_tiles(int64_t tiles, int64_t n, double *part) {
    for (int64_t tile = 1; tile < tiles; tile++) {
        for (int64_t j = 0; j < n; j++) {
            part[j] += part[tile * n + j];
        }
    }
}

/* New factors of columns; how far the columns are off with them, which is 0 unless no factor would do. */
static double fit_columns(const pass *p, int64_t tiles, double *s, double *t) {
    const okrug_balance_problem *problem = p->problem;
    int64_t n = problem->columns;
    double off = 0.0;
    add_tiles(tiles, n, p->positive);
    if (problem->has_negative) {
        add_tiles(tiles, n, p->negative);
    }
    for (int64_t j = 0; j < n; j++) {
        sums of = {p->positive[j], problem->has_negative ? p->negative[j] : 0.0};
        s[j] = factor_for(problem->column_total[j], of);
        t[j] = inverse_or_0(s[j]);
        off = fmax(off, deviation_of(problem->column_total[j], of, s[j]));
    }
    return off;
}

static double largest(int64_t n, const double *values) {
    double most = 0.0;
    for (int64_t i = 0; i < n; i++) {
        most = fmax(most, values[i]);
    }
    return most;
}

static okrug_status rounds(okrug_ctx *ctx, double tolerance, int64_t most, pass *p, double *t,
                           okrug_balance_state *state) {
    const okrug_balance_problem *problem = p->problem;
    int64_t m = problem->rows, n = problem->columns, tiles = (m + TILE - 1) / TILE;
    double columns_off = state->rounds > 0 ? state->deviation : INFINITY;
    for (int64_t j = 0; j < n; j++) {
        t[j] = inverse_or_0(state->s[j]);
    }
    for (;;) {
        OKRUG_TRY(okrug_parallel(ctx, tiles, pass_tile, p));
        double off = state->rounds > 0 ? fmax(columns_off, largest(m, p->row_off)) : INFINITY;
        state->deviation = off;
        state->converged = off <= tolerance;
        if (state->converged || state->rounds >= most || (state->rounds > 0 && isinf(off))) {
            return OKRUG_OK;
        }
        memcpy(state->r, p->next_r, (size_t)m * sizeof *state->r);
        columns_off = fit_columns(p, tiles, state->s, t);
        state->rounds++;
        okrug_progress(ctx, "task.balancing", (double)state->rounds, (double)most);
        OKRUG_TRY(okrug_check_cancel(ctx));
    }
}

okrug_status okrug_balance(okrug_ctx *ctx, const okrug_balance_problem *problem, double tolerance, int64_t most,
                           okrug_balance_state *state) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t m = problem->rows, n = problem->columns, tiles = (m + TILE - 1) / TILE;
    double *t = OKRUG_SCRATCH(ctx, n + 1, double);
    if (state->rounds == 0) {
        memset(state->r, 0, (size_t)m * sizeof *state->r);
    }
    pass p = {.problem = problem,
              .r = state->r,
              .s = state->s,
              .t = t,
              .next_r = OKRUG_SCRATCH(ctx, m + 1, double),
              .row_off = OKRUG_SCRATCH(ctx, m + 1, double),
              .positive = OKRUG_SCRATCH(ctx, tiles * n + 1, double),
              .negative = OKRUG_SCRATCH(ctx, (problem->has_negative ? tiles * n : 0) + 1, double)};
    bool there = t != NULL && p.next_r != NULL && p.row_off != NULL && p.positive != NULL && p.negative != NULL;
    okrug_status status = there ? rounds(ctx, tolerance, most, &p, t, state) : OKRUG_NO_MEMORY;
    okrug_scratch_reset(ctx, mark);
    return status;
}

void okrug_balanced(const okrug_balance_problem *problem, const okrug_balance_state *state, double *x) {
    int64_t n = problem->columns;
    for (int64_t i = 0; i < problem->rows; i++) {
        for (int64_t j = 0; j < n; j++) {
            double cell = problem->seed[i * n + j], factor = state->r[i] * state->s[j];
            x[i * n + j] = cell > 0.0 ? cell * factor : cell < 0.0 ? cell * inverse_or_0(factor) : 0.0;
        }
    }
}

void okrug_balance_normalise(const okrug_balance_problem *problem, okrug_balance_state *state) {
    okrug_sum weight = {0}, weighted = {0};
    int64_t n = problem->columns;
    for (int64_t i = 0; i < problem->rows; i++) {
        for (int64_t j = 0; j < n; j++) {
            double cell = fabs(problem->seed[i * n + j]);
            okrug_sum_add(&weight, cell);
            okrug_sum_add(&weighted, cell * state->s[j]);
        }
    }
    double mean = okrug_sum_value(&weighted) / okrug_sum_value(&weight);
    if (!(mean > 0.0) || isinf(mean)) { /* everything vanished, or there was nothing */
        return;
    }
    for (int64_t i = 0; i < problem->rows; i++) {
        state->r[i] *= mean;
    }
    for (int64_t j = 0; j < n; j++) {
        state->s[j] /= mean;
    }
}
