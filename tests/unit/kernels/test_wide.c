/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums and quotients side by side: however wide the vectors, the bytes are the same, and right.
 */
#include "kernels/concentration/wide.h"

#include <okrug/numeric.h>

#include "matrices.h"

enum { MOST = 70 };

/* Next to sums that cancel a plain sum would be wrong in every digit. */
static void test_sums(void **state) {
    (void)state;
    double *x = testing_matrix(1, MOST, -1.0, 1.0);
    for (int i = 0; i < MOST; i += 3) {
        x[i] *= 1e15;
    }
    for (int64_t n = 0; n <= MOST; n++) {
        double expected = okrug_sum_of(x, n, 1), first = okrug_wide_by(2)->sum(n, x);
        assert_near(first, expected, 1e-15);
        for (int lanes = 4; lanes <= 8; lanes *= 2) {
            const okrug_wide *wide = okrug_wide_by(lanes);
            assert_true(wide == NULL || wide->sum(n, x) == first);
        }
        assert_same_double(okrug_widest()->sum(n, x), first);
    }
    free(x);
}

static void test_columns(void **state) {
    (void)state;
    enum { ROWS = 37, COLUMNS = OKRUG_WIDE_COLUMNS + 5 };
    double *x = testing_matrix(2, ROWS * COLUMNS, -1.0, 1.0);
    for (int i = 0; i < ROWS * COLUMNS; i += 3) {
        x[i] *= 1e15;
    }
    for (int lanes = 2; lanes <= 8; lanes *= 2) {
        const okrug_wide *wide = okrug_wide_by(lanes);
        double sum[OKRUG_WIDE_COLUMNS] = {0}, compensation[OKRUG_WIDE_COLUMNS] = {0};
        if (wide != NULL) {
            wide->add_columns(20, COLUMNS, x + 3, sum, compensation);
            wide->add_columns(ROWS - 20, COLUMNS, x + 3 + 20 * COLUMNS, sum, compensation);
            for (int i = 0; i < OKRUG_WIDE_COLUMNS; i++) {
                assert_same_double(sum[i] + compensation[i], okrug_sum_of(x + 3 + i, ROWS, COLUMNS));
            }
        }
    }
    free(x);
}

static void test_quotients(void **state) {
    (void)state;
    double *value = testing_matrix(3, MOST, 0.0, 9.0), *share = testing_matrix(4, MOST, .01, .9);
    share[5] = share[MOST - 1] = (double)NAN;
    double total = 17.3, threshold = value[11] / total / share[11]; /* the threshold itself counts */
    for (int lanes = 2; lanes <= 8; lanes *= 2) {
        const okrug_wide *wide = okrug_wide_by(lanes);
        double lq[MOST], reached[MOST];
        if (wide != NULL) {
            wide->quotients(MOST, value, total, share, threshold, lq, reached);
            for (int i = 0; i < MOST; i++) {
                double expected = value[i] / total / share[i];
                assert_same_double(lq[i], expected);
                assert_same_double(reached[i], expected >= threshold ? 1.0 : 0.0);
            }
            assert_same_double(reached[11], 1.0);
        }
    }
    free(value);
    free(share);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_quotients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
