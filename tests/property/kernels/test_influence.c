/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts of the inverse, linkages of those asked for, propagation lengths and influence, beside the whole inverse.
 */
#include <string.h>

#include <okrug/inputoutput.h>
#include <okrug/linalg.h>

#include "matrices.h"

enum { SEEDS = 4, N = 41, CELLS = N * N, ASKED = 3 };
static const int64_t which[ASKED] = {2, 17, 40};

typedef struct {
    double z[CELLS], x[N], a[CELLS], l[CELLS], g[CELLS];
} economy;

static void draw(okrug_ctx *ctx, uint64_t seed, economy *e) {
    for (uint64_t i = 0; i < N; i++) {
        e->x[i] = 20.0 + testing_uniform(seed, CELLS + i, 1.0, 30.0);
    }
    for (uint64_t cell = 0; cell < CELLS; cell++) {
        double u = testing_uniform(seed, cell, 0.0, 1.0);
        e->z[cell] = u < .5 ? 0.0 : u;
    }
    okrug_technical_coefficients(N, e->z, e->x, e->a);
    assert_ok(okrug_leontief_inverse(ctx, N, e->a, e->l));
    okrug_allocation_coefficients(N, e->z, e->x, e->g);
    assert_ok(okrug_leontief_inverse(ctx, N, e->g, e->g));
}

static void test_parts_are_of_the_inverse(void **state) {
    (void)state;
    static economy e;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        double column_sum[N], row_sum[N], columns[N * ASKED], rows[N * ASKED];
        draw(ctx, seed, &e);
        const okrug_inverse_parts parts = {column_sum, row_sum, ASKED, which, columns, ASKED, which, rows};
        assert_ok(okrug_leontief_parts(ctx, N, e.a, &parts));
        for (int i = 0; i < N; i++) {
            assert_near(column_sum[i], okrug_sum_of(e.l + i, N, N), 1e-12);
            assert_near(row_sum[i], okrug_sum_of(e.l + i * N, N, 1), 1e-12);
            for (int k = 0; k < ASKED; k++) {
                assert_near(columns[i * ASKED + k], e.l[i * N + which[k]], 1e-13);
                assert_near(rows[k * N + i], e.l[which[k] * N + i], 1e-13);
            }
        }
    }
    okrug_ctx_free(ctx);
}

static double variation(const double *values, int stride) {
    double mean = okrug_sum_of(values, N, stride) / N, squares = 0.0;
    for (int i = 0; i < N; i++) {
        squares += (values[i * stride] - mean) * (values[i * stride] - mean);
    }
    return sqrt(squares / (N - 1)) / mean;
}

static void linkages(okrug_ctx *ctx, const economy *e, const bool *asked, double *out) {
    const okrug_linkage_results results = {out,         out + N,     out + 2 * N, out + 3 * N,
                                           out + 4 * N, out + 5 * N, out + 6 * N};
    assert_ok(okrug_linkages(ctx, N, e->z, e->x, NULL, asked, &results));
}

static void test_linkages_beside_both_inverses(void **state) {
    (void)state;
    static economy e;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        double all[7 * N], some[7 * N];
        bool asked[N] = {false};
        draw(ctx, seed, &e);
        if (seed == SEEDS) { /* delivers, and yet produces nothing: L and G part ways */
            e.x[5] = 0.0;
            okrug_technical_coefficients(N, e.z, e.x, e.a);
            assert_ok(okrug_leontief_inverse(ctx, N, e.a, e.l));
            okrug_allocation_coefficients(N, e.z, e.x, e.g);
            assert_ok(okrug_leontief_inverse(ctx, N, e.g, e.g));
        }
        linkages(ctx, &e, NULL, all);
        double forward = okrug_sum_of(e.g, CELLS, 1) / N;
        for (int i = 0; i < N; i++) {
            assert_near(all[N + i], okrug_sum_of(e.g + i * N, N, 1) / forward, 1e-12);
            assert_near(all[5 * N + i], variation(e.l + i, N), 1e-11);
            assert_near(all[6 * N + i], variation(e.g + i * N, 1), 1e-11);
        }
        for (int k = 0; k < ASKED; k++) {
            asked[which[k]] = true;
        }
        linkages(ctx, &e, asked, some);
        for (int cell = 0; cell < 7 * N; cell++) {
            bool needs_inverse = cell / N == 2 || cell / N == 3 || cell / N > 4;
            if (needs_inverse && !asked[cell % N]) {
                assert_nan(some[cell]);
            } else if (!isnan(all[cell])) {
                assert_near(some[cell], all[cell], 1e-12);
            }
        }
    }
    okrug_ctx_free(ctx);
}

/* (A + 2 A^2 + 3 A^3 + ...) / (A + A^2 + A^3 + ...), summed until nothing comes any more. */
static void test_lengths_are_of_the_series(void **state) {
    (void)state;
    static economy e;
    static double power[CELLS], next[CELLS], sum[CELLS], weighted[CELLS];
    okrug_ctx *ctx = testing_context(2);
    draw(ctx, 1, &e);
    memcpy(power, e.a, sizeof power);
    memset(sum, 0, sizeof sum);
    memset(weighted, 0, sizeof weighted);
    for (int step = 1; step <= 400; step++) {
        for (int cell = 0; cell < CELLS; cell++) {
            sum[cell] += power[cell];
            weighted[cell] += step * power[cell];
        }
        assert_ok(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, N, N, N, power, e.a, next));
        memcpy(power, next, sizeof power);
    }
    double size[N * ASKED], length[N * ASKED];
    assert_ok(okrug_propagation_lengths(ctx, N, e.a, ASKED, which, size, length));
    for (int cell = 0; cell < N * ASKED; cell++) {
        int64_t at = cell / ASKED * N + which[cell % ASKED];
        assert_near(size[cell], sum[at], 1e-12);
        assert_near(length[cell], weighted[at] / sum[at], 1e-9);
        assert_true(length[cell] >= 1.0);
    }
    okrug_ctx_free(ctx);
}

/* Intensities are the sums of fields, and a field is what a small change does. */
static void test_influence(void **state) {
    (void)state;
    static economy e;
    static double moved[CELLS], inverse[CELLS];
    okrug_ctx *ctx = testing_context(2);
    draw(ctx, 2, &e);
    double column_sum[N], row_sum[N];
    const okrug_inverse_parts parts = {.column_sum = column_sum, .row_sum = row_sum};
    assert_ok(okrug_leontief_parts(ctx, N, e.a, &parts));
    okrug_influence_cell top[CELLS + 1];
    assert_int_equal(okrug_influence_top(N, column_sum, row_sum, CELLS + 1, top), CELLS);
    okrug_influence_cell few[10];
    assert_int_equal(okrug_influence_top(N, column_sum, row_sum, 10, few), 10);
    assert_memory_equal(few, top, sizeof few);
    assert_int_equal(okrug_influence_top(N, column_sum, row_sum, 0, few), 0);
    for (int k = 1; k < CELLS; k++) {
        assert_true(top[k - 1].intensity >= top[k].intensity);
    }
    memcpy(moved, e.a, sizeof moved);
    const double change = 1e-7;
    moved[few[0].row * N + few[0].column] += change;
    assert_ok(okrug_leontief_inverse(ctx, N, moved, inverse));
    double whole = (okrug_sum_of(inverse, CELLS, 1) - okrug_sum_of(e.l, CELLS, 1)) / change;
    assert_near(whole, few[0].intensity, 1e-5);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_are_of_the_inverse),
        cmocka_unit_test(test_linkages_beside_both_inverses),
        cmocka_unit_test(test_lengths_are_of_the_series),
        cmocka_unit_test(test_influence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
