/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for spatial statistics of any map.
 */
#include <okrug/spatial.h>

#include "matrices.h"

enum { MAPS = 6, MOST = 80 };

/* Random links, not symmetric, of equal weights by row on even maps; every ninth place is an island. */
typedef struct {
    int64_t n;
    int64_t ptr[MOST + 1];
    int32_t col[MOST * MOST];
    double val[MOST * MOST];
    double x[MOST];
    okrug_csr w;
} map;

static void draw_map(uint64_t seed, map *m) {
    m->n = 20 + (int64_t)seed * 10;
    int64_t links = 0;
    m->ptr[0] = 0;
    for (int64_t i = 0; i < m->n; i++) {
        for (int64_t j = 0; j < m->n; j++) {
            if (i != j && i % 9 != 4 && testing_uniform(seed, (uint64_t)(i * MOST + j), 0, 1) < 5.0 / (double)m->n) {
                m->col[links] = (int32_t)j;
                m->val[links] = seed % 2 == 0 ? 0.25 : testing_uniform(seed + 50, (uint64_t)links, 0.1, 2.0);
                links++;
            }
        }
        m->ptr[i + 1] = links;
        m->x[i] = testing_uniform(seed + 100, (uint64_t)i, 1.0, 5.0);
    }
    m->w = (okrug_csr){.n = m->n, .nnz = links, .ptr = m->ptr, .col = m->col, .val = m->val};
}

typedef struct {
    double value[MOST], expectation[MOST], variance[MOST], z[MOST], lag[MOST];
    int64_t at_least[MOST], at_most[MOST];
} found;

static void compute(okrug_ctx *ctx, const map *m, found *f) {
    const okrug_local_results r = {f->value, f->expectation, f->variance, f->z, f->lag};
    assert_ok(okrug_local_moran(ctx, &m->w, m->x, &r));
    assert_ok(okrug_local_permute(ctx, &m->w, m->x, 499, 3, f->at_least, f->at_most));
}

static map one, other;
static found first, second;

static void test_local_adds_up(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        okrug_global_result global;
        okrug_weight_sums sums;
        draw_map(seed, &one);
        compute(ctx, &one, &first);
        assert_ok(okrug_global(ctx, OKRUG_MORAN, OKRUG_RANDOMISATION, &one.w, one.x, &global));
        assert_ok(okrug_weight_sums_of(ctx, &one.w, &sums));
        double total = 0.0;
        for (int64_t i = 0; i < one.n; i++) {
            total += isnan(first.value[i]) ? 0.0 : first.value[i];
        }
        assert_near(total, sums.s0 * global.value, 1e-12);
    }
    okrug_ctx_free(ctx);
}

/* Another number for each place: every place keeps its own. */
static void test_order_of_places(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        okrug_global_result before, after;
        draw_map(seed, &one);
        int64_t *order = testing_permutation(seed, one.n);
        int64_t *place = testing_permutation(seed, one.n);
        for (int64_t i = 0; i < one.n; i++) {
            place[order[i]] = i;
        }
        other.n = one.n;
        int64_t links = 0;
        for (int64_t i = 0; i < one.n; i++) {
            int64_t from = order[i];
            other.x[i] = one.x[from];
            for (int64_t j = 0; j < one.n; j++) { /* so that columns rise */
                for (int64_t l = one.ptr[from]; l < one.ptr[from + 1]; l++) {
                    if (place[one.col[l]] == j) {
                        other.col[links] = (int32_t)j;
                        other.val[links++] = one.val[l];
                    }
                }
            }
            other.ptr[i + 1] = links;
        }
        other.w = (okrug_csr){.n = one.n, .nnz = links, .ptr = other.ptr, .col = other.col, .val = other.val};
        compute(ctx, &one, &first);
        compute(ctx, &other, &second);
        for (int s = OKRUG_MORAN; s <= OKRUG_GETIS_ORD_G; s++) {
            assert_ok(okrug_global(ctx, (okrug_global_statistic)s, OKRUG_RANDOMISATION, &one.w, one.x, &before));
            assert_ok(okrug_global(ctx, (okrug_global_statistic)s, OKRUG_RANDOMISATION, &other.w, other.x, &after));
            assert_near(after.value, before.value, 1e-12);
            assert_near(after.z, before.z, 1e-10);
        }
        for (int64_t i = 0; i < one.n; i++) {
            assert_int_equal(isnan(second.value[i]), isnan(first.value[order[i]]));
            if (!isnan(second.value[i])) {
                assert_near(second.value[i], first.value[order[i]], 1e-12);
                assert_near(second.z[i], first.z[order[i]], 1e-10);
            }
        }
        free(order);
        free(place);
    }
    okrug_ctx_free(ctx);
}

/* Another unit and another zero change neither I, C, z nor the counts of draws. */
static void test_scale_and_shift(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        draw_map(seed, &one);
        draw_map(seed, &other);
        for (int64_t i = 0; i < one.n; i++) {
            other.x[i] = 1000.0 * one.x[i] - 70.0;
        }
        compute(ctx, &one, &first);
        compute(ctx, &other, &second);
        for (int64_t i = 0; i < one.n; i++) {
            assert_int_equal(second.at_least[i], first.at_least[i]);
            assert_int_equal(second.at_most[i], first.at_most[i]);
            if (!isnan(first.value[i])) {
                assert_near(second.value[i], first.value[i], 1e-11);
                assert_near(second.z[i], first.z[i], 1e-10);
            }
        }
        for (int s = OKRUG_MORAN; s <= OKRUG_GEARY; s++) {
            okrug_permuted before, after;
            assert_ok(okrug_global_permute(ctx, (okrug_global_statistic)s, &one.w, one.x, 199, 5, &before));
            assert_ok(okrug_global_permute(ctx, (okrug_global_statistic)s, &other.w, other.x, 199, 5, &after));
            assert_int_equal(after.at_least, before.at_least);
            assert_near(after.mean, before.mean, 1e-11);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_threads_and_seeds(void **state) {
    (void)state;
    draw_map(5, &one);
    okrug_permuted with_one, permuted;
    for (int threads = 1; threads <= 4; threads++) {
        okrug_ctx *ctx = testing_context(threads);
        compute(ctx, &one, threads == 1 ? &first : &second);
        assert_ok(okrug_global_permute(ctx, OKRUG_MORAN, &one.w, one.x, 777, 5, &permuted));
        if (threads == 1) {
            with_one = permuted;
        } else {
            assert_memory_equal(first.at_least, second.at_least, sizeof(int64_t) * (size_t)one.n);
            assert_memory_equal(first.at_most, second.at_most, sizeof(int64_t) * (size_t)one.n);
            assert_same_double(permuted.mean, with_one.mean);
            assert_same_double(permuted.variance, with_one.variance);
        }
        okrug_ctx_free(ctx);
    }
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_global_permute(ctx, OKRUG_MORAN, &one.w, one.x, 777, 6, &permuted));
    assert_true(permuted.mean != with_one.mean);
    okrug_ctx_free(ctx);
}

/* Weights that are equal but for rounding are compared draw by draw, equal ones by their sorted sums: with as many
 * draws, few or not a multiple of anything, both count the same. */
static void test_equal_but_for_rounding(void **state) {
    (void)state;
    static const int64_t permutations[] = {1, 7, 31, 33, 499, 5003};
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 2; seed <= MAPS; seed += 2) {
        draw_map(seed, &one);
        draw_map(seed, &other);
        for (int64_t l = 0; l < other.w.nnz; l += 3) {
            other.val[l] *= 1.0 + 1e-15;
        }
        for (size_t p = 0; p < sizeof permutations / sizeof(permutations[0]); p++) {
            assert_ok(okrug_local_permute(ctx, &one.w, one.x, permutations[p], 3, first.at_least, first.at_most));
            assert_ok(okrug_local_permute(ctx, &other.w, one.x, permutations[p], 3, second.at_least, second.at_most));
            assert_memory_equal(first.at_least, second.at_least, sizeof(int64_t) * (size_t)one.n);
            assert_memory_equal(first.at_most, second.at_most, sizeof(int64_t) * (size_t)one.n);
        }
    }
    okrug_ctx_free(ctx);
}

/* Draws have the mean and the variance that the formulas say. */
static void test_draws_follow_the_moments(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        draw_map(seed, &one);
        for (int s = OKRUG_MORAN; s <= OKRUG_GETIS_ORD_G; s++) {
            okrug_global_result formula;
            okrug_permuted draws;
            assert_ok(okrug_global(ctx, (okrug_global_statistic)s, OKRUG_RANDOMISATION, &one.w, one.x, &formula));
            assert_ok(okrug_global_permute(ctx, (okrug_global_statistic)s, &one.w, one.x, 20000, seed, &draws));
            assert_true(fabs(draws.mean - formula.expectation) < 4.5 * sqrt(formula.variance / 20000.0));
            assert_near(draws.variance / formula.variance, 1.0, 0.06);
        }
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_local_adds_up),          cmocka_unit_test(test_order_of_places),
        cmocka_unit_test(test_scale_and_shift),        cmocka_unit_test(test_threads_and_seeds),
        cmocka_unit_test(test_equal_but_for_rounding), cmocka_unit_test(test_draws_follow_the_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
