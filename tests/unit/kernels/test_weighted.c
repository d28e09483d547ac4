/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Weighted sums of draws: however wide the vectors, the counts are those of one sum after the other.
 */
#include "kernels/spatial/weighted.h"

#include "matrices.h"

enum { LINKS = 7, STRIDE = 130 };

/* The sum of draw 5 is the one observed, to the last bit: a product that is not rounded before it is added moves it. */
static void test_any_width(void **state) {
    (void)state;
    double *value = testing_matrix(1, LINKS * STRIDE, -1, 1), *weight = testing_matrix(2, LINKS, 0.1, 3);
    for (int64_t draws = 0; draws <= STRIDE; draws++) {
        double sum[STRIDE] = {0};
        okrug_tally plain;
        for (int64_t d = 0; d < STRIDE; d++) {
            for (int64_t j = 0; j < LINKS; j++) {
                double product = weight[j] * value[j * STRIDE + d];
                sum[d] += product;
            }
        }
        plain = (okrug_tally){.low = sum[5], .high = sum[5], .at_least = 3, .at_most = 4};
        okrug_tally best = plain;
        for (int64_t d = 0; d < draws; d++) {
            plain.at_least += sum[d] >= sum[5];
            plain.at_most += sum[d] <= sum[5];
        }
        assert_true(draws < 6 || plain.at_least + plain.at_most == draws + 8);
        for (int lanes = 2; lanes <= 8; lanes *= 2) {
            okrug_tally tally = best;
            if (okrug_tally_weighted_by(lanes, &tally, LINKS, weight, value, STRIDE, draws)) {
                assert_int_equal(tally.at_least, plain.at_least);
                assert_int_equal(tally.at_most, plain.at_most);
            } else {
                assert_true(lanes > 2);
            }
        }
        okrug_tally_weighted(&best, LINKS, weight, value, STRIDE, draws);
        assert_int_equal(best.at_least, plain.at_least);
        assert_int_equal(best.at_most, plain.at_most);
    }
    free(value);
    free(weight);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_width)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
