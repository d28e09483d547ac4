/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a loan below the market's rate gives, and the best combination of support as a programme with whole numbers:
 * the amount of an option is within its bounds if it is taken and 0 if not.
 */
#include <okrug/support.h>

#include <okrug/optimise.h>

#include <math.h>
#include <string.h>

double okrug_owed_years(double years, double discount, okrug_repayment repayment) {
    okrug_sum sum = {0};
    for (int64_t year = 0; (double)year < years; year++) {
        double before = (double)year;
        double part = fmin(1.0, years - before);
        double owed = repayment == OKRUG_REPAID_IN_PARTS ? 1.0 - before / years : 1.0;
        okrug_sum_add(&sum, owed * part * pow(1.0 + discount, -(before + part)));
    }
    return okrug_sum_value(&sum);
}

/* The programme's arrays: columns are amounts, then what is taken; rows the limits, two for each option, one more. */
typedef struct {
    double *val, *row_least, *row_most, *cost, *upper;
    int64_t *ptr;
    int32_t *col;
    uint8_t *whole;
    double *x;
    int64_t rows, entries;
} arrays;

static okrug_status make_room(okrug_ctx *ctx, const okrug_support_choice *c, arrays *a) {
    int64_t rows = c->limit.n + 2 * c->options + 1, entries = c->limit.nnz + 5 * c->options;
    a->val = OKRUG_SCRATCH(ctx, entries, double);
    a->col = OKRUG_SCRATCH(ctx, entries, int32_t);
    a->ptr = OKRUG_SCRATCH(ctx, rows + 1, int64_t);
    a->row_least = OKRUG_SCRATCH(ctx, rows, double);
    a->row_most = OKRUG_SCRATCH(ctx, rows, double);
    a->cost = OKRUG_SCRATCH_ZERO(ctx, 2 * c->options, double);
    a->upper = OKRUG_SCRATCH(ctx, 2 * c->options, double);
    a->whole = OKRUG_SCRATCH_ZERO(ctx, 2 * c->options, uint8_t);
    a->x = OKRUG_SCRATCH(ctx, 2 * c->options, double);
    bool all = a->val != NULL && a->col != NULL && a->ptr != NULL && a->row_least != NULL && a->row_most != NULL &&
               a->cost != NULL && a->upper != NULL && a->whole != NULL && a->x != NULL;
    return all ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static void put(arrays *a, int64_t column, double value) {
    a->col[a->entries] = (int32_t)column;
    a->val[a->entries++] = value;
}

static void end_row(arrays *a, double least, double most) {
    a->row_least[a->rows] = least;
    a->row_most[a->rows++] = most;
    a->ptr[a->rows] = a->entries;
}

static void fill(const okrug_support_choice *c, const bool *without, arrays *a) {
    int64_t n = c->options;
    const double none = (double)NAN;
    a->ptr[0] = 0;
    for (int64_t i = 0; i < c->limit.n; i++) {
        for (int64_t k = c->limit.ptr[i]; k < c->limit.ptr[i + 1]; k++) {
            put(a, c->limit.col[k], c->limit.val == NULL ? 1.0 : c->limit.val[k]);
        }
        end_row(a, none, c->limit_most[i]);
    }
    int64_t named = 0;
    for (int64_t j = 0; j < n; j++) {
        a->cost[j] = -c->benefit[j];
        a->upper[j] = c->most[j];
        a->upper[n + j] = 1.0;
        a->whole[n + j] = 1;
        put(a, j, 1.0);
        put(a, n + j, -c->most[j]);
        end_row(a, none, 0.0);
        put(a, j, 1.0);
        put(a, n + j, -c->least[j]);
        end_row(a, 0.0, none);
        named += without != NULL && without[j];
    }
    for (int64_t j = 0; without != NULL && j < n; j++) {
        if (without[j]) {
            put(a, n + j, 1.0);
        }
    }
    if (without != NULL) {
        end_row(a, none, (double)named - 1.0);
    }
}

okrug_status okrug_support_choose(okrug_ctx *ctx, const okrug_support_choice *choice, const bool *without,
                                  int64_t nodes, okrug_support_best *best) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    arrays a = {0};
    okrug_status status = make_room(ctx, choice, &a);
    if (status == OKRUG_OK) {
        fill(choice, without, &a);
        const okrug_mixed_programme programme = {
            .columns = 2 * choice->options,
            .matrix = {.n = a.rows, .nnz = a.entries, .ptr = a.ptr, .col = a.col, .val = a.val},
            .least = a.row_least,
            .most = a.row_most,
            .cost = a.cost,
            .upper = a.upper,
            .whole = a.whole,
        };
        okrug_mixed_end end = {.cost = 0.0};
        status = okrug_mixed_least(ctx, &programme, nodes, a.x, &end);
        best->proof = (okrug_support_proof){0.0 - end.cost, 0.0 - end.bound, end.nodes, end.optimal};
    }
    for (int64_t j = 0; status == OKRUG_OK && j < choice->options; j++) {
        best->taken[j] = a.x[choice->options + j] > 0.0 && a.x[j] > 0.0;
        best->amount[j] = best->taken[j] ? a.x[j] : 0.0;
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
