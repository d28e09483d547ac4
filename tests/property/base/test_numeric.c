/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums: as near as extended precision, exact for integers in any order. Random numbers: spread as uniform ones are.
 */
#include <okrug/numeric.h>

#include <float.h>
#include <math.h>

#include "testing.h"

enum { TERMS = 10000 };

/* Terms of very different sizes and of both signs. */
static void draw_terms(uint64_t seed, double *x) {
    for (uint64_t i = 0; i < TERMS; i++) {
        uint64_t bits = testing_random(seed, i);
        double term = ldexp((double)(bits >> 11), (int)(bits % 40) - 60);
        x[i] = bits >> 10 & 1 ? -term : term;
    }
}

static void test_sums_are_as_near_as_extended_precision(void **state) {
    (void)state;
    static double x[TERMS];
    for (uint64_t seed = 0; seed < 20; seed++) {
        draw_terms(seed, x);
        long double exact = 0;
        long double size = 0;
        for (int i = 0; i < TERMS; i++) {
            exact += x[i];
            size += fabsl(x[i]);
        }
        /* Rounding of the result, second-order terms of Neumaier's bound, and the extended sum's own error. */
        long double bound = fabsl(exact) * DBL_EPSILON + (long double)TERMS * TERMS * DBL_EPSILON * DBL_EPSILON * size +
                            TERMS * LDBL_EPSILON * size;
        assert_true(fabsl((long double)okrug_sum_of(x, TERMS, 1) - exact) <= bound);
    }
}

static void shuffle(uint64_t seed, double *x) {
    for (uint64_t i = TERMS - 1; i > 0; i--) {
        uint64_t j = testing_random(seed, i) % (i + 1);
        double swapped = x[i];
        x[i] = x[j];
        x[j] = swapped;
    }
}

static void test_integers_sum_exactly_in_any_order(void **state) {
    (void)state;
    static double x[TERMS];
    int64_t exact = 0;
    for (uint64_t i = 0; i < TERMS; i++) {
        int64_t term = (int64_t)(testing_random(100, i) >> 24) - (INT64_C(1) << 39);
        exact += term;
        x[i] = (double)term;
    }
    for (uint64_t seed = 0; seed < 20; seed++) {
        shuffle(seed, x);
        assert_same_double(okrug_sum_of(x, TERMS, 1), (double)exact);
    }
}

static void test_a_sum_and_its_negative_cancel(void **state) {
    (void)state;
    static double x[2 * TERMS];
    draw_terms(7, x);
    for (int i = 0; i < TERMS; i++) {
        x[TERMS + i] = -x[i];
    }
    double size = 0;
    for (int i = 0; i < TERMS; i++) {
        size += fabs(x[i]);
    }
    assert_true(fabs(okrug_sum_of(x, 2 * (int64_t)TERMS, 1)) <= 1e-24 * size);
}

static void test_scaling_by_a_power_of_two_scales_the_sum(void **state) {
    (void)state;
    static double x[TERMS];
    draw_terms(9, x);
    double sum = okrug_sum_of(x, TERMS, 1);
    for (int i = 0; i < TERMS; i++) {
        x[i] *= 0x1p30;
    }
    assert_same_double(okrug_sum_of(x, TERMS, 1), sum * 0x1p30);
}

static void test_uniform_numbers_fill_the_interval(void **state) {
    (void)state;
    enum { DRAWS = 100000, CELLS = 100 };
    int64_t cell[CELLS] = {0};
    okrug_sum sum = {0};
    okrug_sum product = {0};
    for (uint64_t i = 0; i < DRAWS; i++) {
        double u[2];
        okrug_random_uniform((okrug_random_key){.seed = 11, .unit = i, .analysis = 3}, u);
        for (int j = 0; j < 2; j++) {
            assert_true(u[j] >= 0 && u[j] < 1);
            cell[(int)(u[j] * CELLS)]++;
            okrug_sum_add(&sum, u[j]);
        }
        okrug_sum_add(&product, (u[0] - 0.5) * (u[1] - 0.5));
    }
    double expected = 2.0 * DRAWS / CELLS;
    double chi_square = 0;
    for (int i = 0; i < CELLS; i++) {
        chi_square += ((double)cell[i] - expected) * ((double)cell[i] - expected) / expected;
    }
    /* 99 degrees of freedom: beyond these bounds lies less than one run in a million on either side. */
    assert_true(chi_square > 45 && chi_square < 180);
    assert_true(fabs(okrug_sum_value(&sum) / (2 * DRAWS) - 0.5) < 5 * sqrt(1.0 / 12 / (2 * DRAWS)));
    assert_true(fabs(okrug_sum_value(&product) / DRAWS) < 5 * (1.0 / 12) / sqrt(DRAWS));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums_are_as_near_as_extended_precision),
        cmocka_unit_test(test_integers_sum_exactly_in_any_order),
        cmocka_unit_test(test_a_sum_and_its_negative_cancel),
        cmocka_unit_test(test_scaling_by_a_power_of_two_scales_the_sum),
        cmocka_unit_test(test_uniform_numbers_fill_the_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
