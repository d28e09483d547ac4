/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for Getis and Ord's local statistics on any map.
 */
#include <okrug/spatial.h>

#include "matrices.h"

enum { MAPS = 8, MOST = 90 };

/* Random links, not symmetric, of random weights; every ninth place is an island. */
typedef struct {
    int64_t n, ptr[MOST + 1];
    int32_t col[MOST * MOST];
    double val[MOST * MOST], x[MOST], self[MOST];
    okrug_csr w;
} map;

typedef struct {
    double value[MOST], expectation[MOST], variance[MOST], z[MOST], lag[MOST];
} found;

static void draw(uint64_t seed, map *m) {
    m->n = 10 + (int64_t)seed * 10;
    int64_t links = 0;
    m->ptr[0] = 0;
    for (int64_t i = 0; i < m->n; i++) {
        for (int64_t j = 0; j < m->n; j++) {
            if (i != j && i % 9 != 4 && testing_uniform(seed, (uint64_t)(i * MOST + j), 0, 1) < 6.0 / (double)m->n) {
                m->col[links] = (int32_t)j;
                m->val[links++] = testing_uniform(seed + 50, (uint64_t)(i * MOST + j), 0.1, 2.0);
            }
        }
        m->ptr[i + 1] = links;
        m->x[i] = testing_uniform(seed + 100, (uint64_t)i, 1.0, 5.0);
        m->self[i] = testing_uniform(seed + 150, (uint64_t)i, 0.1, 2.0);
    }
    m->w = (okrug_csr){.n = m->n, .nnz = links, .ptr = m->ptr, .col = m->col, .val = m->val};
}

static void compute(okrug_ctx *ctx, const map *m, bool star, found *f) {
    const okrug_local_results r = {f->value, f->expectation, f->variance, f->z, f->lag};
    assert_ok(okrug_getis_ord_local(ctx, &m->w, star ? m->self : NULL, m->x, &r));
}

static map one, other;
static found first, second;

/* What stands at a place beside the others, summed by its own value, is what the whole map's G counts. */
static void test_local_sums_to_global(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        okrug_global_result global;
        double total = 0.0, sum = 0.0, products = 0.0;
        draw(seed, &one);
        compute(ctx, &one, false, &first);
        assert_ok(okrug_global(ctx, OKRUG_GETIS_ORD_G, OKRUG_RANDOMISATION, &one.w, one.x, &global));
        for (int64_t i = 0; i < one.n; i++) {
            total += one.x[i];
        }
        for (int64_t i = 0; i < one.n; i++) {
            sum += isnan(first.value[i]) ? 0.0 : first.value[i] * (total - one.x[i]) * one.x[i];
            products += (total - one.x[i]) * one.x[i];
            assert_int_equal(isnan(first.value[i]), one.ptr[i] == one.ptr[i + 1]);
        }
        assert_near(sum, global.value * products, 1e-11);
    }
    okrug_ctx_free(ctx);
}

/* G* is G with the place itself among its neighbours. */
static void test_star_adds_the_place_itself(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        double total = 0.0;
        draw(seed, &one);
        compute(ctx, &one, false, &first);
        compute(ctx, &one, true, &second);
        for (int64_t i = 0; i < one.n; i++) {
            total += one.x[i];
        }
        for (int64_t i = 0; i < one.n; i++) {
            if (!isnan(first.value[i])) {
                assert_near(second.value[i] * total, first.value[i] * (total - one.x[i]) + one.self[i] * one.x[i],
                            1e-12);
                assert_near(first.z[i] * sqrt(first.variance[i]), first.value[i] - first.expectation[i], 1e-12);
                assert_near(second.z[i] * sqrt(second.variance[i]), second.value[i] - second.expectation[i], 1e-12);
            }
        }
    }
    okrug_ctx_free(ctx);
}

/* Given the value of a place, all orders of the others' are as likely: the mean and the variance of G over every one
 * that a single neighbour can have are those of the formula. */
static void test_moments_of_one_neighbour(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        double others = 0.0, mean = 0.0, squares = 0.0;
        draw(seed, &one);
        one.n = 10;
        one.ptr[0] = 0;
        for (int64_t i = 0; i < one.n; i++) {
            one.ptr[i + 1] = 1;
            others += i == 0 ? 0.0 : one.x[i];
        }
        one.val[0] = 1.0;
        one.w = (okrug_csr){.n = one.n, .nnz = 1, .ptr = one.ptr, .col = one.col, .val = one.val};
        for (int64_t j = 1; j < one.n; j++) {
            one.col[0] = (int32_t)j;
            compute(ctx, &one, false, &first);
            assert_near(first.value[0], one.x[j] / others, 1e-14);
            mean += first.value[0] / (double)(one.n - 1);
            squares += first.value[0] * first.value[0] / (double)(one.n - 1);
        }
        assert_near(first.expectation[0], mean, 1e-13);
        assert_near(first.variance[0], squares - mean * mean, 1e-13);
    }
    okrug_ctx_free(ctx);
}

/* Of G* the place's own value is drawn too: every two values that the place and its neighbour can have. */
static void test_moments_of_a_place_and_one_neighbour(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        double total = 0.0, mean = 0.0, squares = 0.0;
        draw(seed, &one);
        one.n = 10;
        one.ptr[0] = 0;
        for (int64_t i = 0; i < one.n; i++) {
            one.ptr[i + 1] = 1;
            total += one.x[i];
        }
        one.col[0] = 1;
        one.w = (okrug_csr){.n = one.n, .nnz = 1, .ptr = one.ptr, .col = one.col, .val = one.val};
        compute(ctx, &one, true, &first);
        double pairs = (double)(one.n * (one.n - 1));
        for (int64_t a = 0; a < one.n; a++) {
            for (int64_t b = 0; b < one.n; b++) {
                double value = (one.self[0] * one.x[a] + one.val[0] * one.x[b]) / total;
                mean += a == b ? 0.0 : value / pairs;
                squares += a == b ? 0.0 : value * value / pairs;
            }
        }
        assert_near(first.expectation[0], mean, 1e-13);
        assert_near(first.variance[0], squares - mean * mean, 1e-13);
    }
    okrug_ctx_free(ctx);
}

/* Another unit changes neither G nor z; another zero changes G, and z not at all; another unit of the weights is one of
 * G. */
static void test_units(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        for (int star = 0; star < 2; star++) {
            draw(seed, &one);
            compute(ctx, &one, star, &first);
            for (int64_t i = 0; i < one.n; i++) {
                one.x[i] *= 1000.0;
                one.self[i] *= 3.0;
            }
            for (int64_t l = 0; l < one.w.nnz; l++) {
                one.val[l] *= 3.0;
            }
            compute(ctx, &one, star, &second);
            for (int64_t i = 0; i < one.n; i++) {
                assert_true(isnan(first.z[i]) == isnan(second.z[i]));
                if (!isnan(first.z[i])) {
                    assert_near(second.value[i], 3.0 * first.value[i], 1e-12);
                    assert_near(second.z[i], first.z[i], 1e-10);
                }
                one.x[i] += 500.0;
            }
            compute(ctx, &one, star, &second);
            for (int64_t i = 0; i < one.n; i++) {
                if (!isnan(first.z[i])) {
                    assert_near(second.z[i], first.z[i], 1e-10);
                }
            }
        }
    }
    okrug_ctx_free(ctx);
}

/* Another number for each place: every place keeps its own. */
static void test_order_of_places(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= MAPS; seed++) {
        draw(seed, &one);
        int64_t *order = testing_permutation(seed, one.n);
        int64_t links = 0;
        other.n = one.n;
        other.ptr[0] = 0;
        for (int64_t i = 0; i < one.n; i++) {
            int64_t from = order[i];
            other.x[i] = one.x[from];
            other.self[i] = one.self[from];
            for (int64_t j = 0; j < one.n; j++) { /* so that columns rise */
                for (int64_t l = one.ptr[from]; l < one.ptr[from + 1]; l++) {
                    if (one.col[l] == order[j]) {
                        other.col[links] = (int32_t)j;
                        other.val[links++] = one.val[l];
                    }
                }
            }
            other.ptr[i + 1] = links;
        }
        other.w = (okrug_csr){.n = one.n, .nnz = links, .ptr = other.ptr, .col = other.col, .val = other.val};
        for (int star = 0; star < 2; star++) {
            compute(ctx, &one, star, &first);
            compute(ctx, &other, star, &second);
            for (int64_t i = 0; i < one.n; i++) {
                assert_true(isnan(second.value[i]) == isnan(first.value[order[i]]));
                if (!isnan(second.value[i])) {
                    assert_near(second.value[i], first.value[order[i]], 1e-12);
                    assert_near(second.z[i], first.z[order[i]], 1e-10);
                }
            }
        }
        free(order);
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_local_sums_to_global),
        cmocka_unit_test(test_star_adds_the_place_itself),
        cmocka_unit_test(test_moments_of_one_neighbour),
        cmocka_unit_test(test_moments_of_a_place_and_one_neighbour),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_order_of_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
