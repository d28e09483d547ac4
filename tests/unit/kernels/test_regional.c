/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Regional quotients against values worked out by hand, and where they have none.
 */
#include <okrug/inputoutput.h>

#include "matrices.h"

static const double region[3] = {30.0, 20.0, 50.0}, nation[3] = {200.0, 300.0, 500.0}; /* SLQ 1.5, 2/3, 1 */

static void test_slq(void **state) {
    (void)state;
    static const double expected[9] = {1, 1, 1, 2.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0, 1, 1, 1};
    double q[9];
    okrug_regional_quotients(3, region, nation, OKRUG_REGIONAL_SLQ, .3, 1.0, q);
    assert_all_near(9, q, expected, 1e-15);
}

static void test_cilq(void **state) {
    (void)state;
    static const double capped[9] = {1, 1, 1, 4.0 / 9.0, 2.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0, 1, 1};
    static const double free_of_cap[9] = {1.5, 2.25, 1.5, 4.0 / 9.0, 2.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0, 1.5, 1};
    double q[9];
    okrug_regional_quotients(3, region, nation, OKRUG_REGIONAL_CILQ, .3, 1.0, q);
    assert_all_near(9, q, capped, 1e-15);
    okrug_regional_quotients(3, region, nation, OKRUG_REGIONAL_CILQ, .3, (double)INFINITY, q);
    assert_all_near(9, q, free_of_cap, 1e-15);
}

static void test_flq_and_aflq(void **state) {
    (void)state;
    static const double flq[3] = {.82715216, 1.0, .82715216}, aflq[3] = {1.09343568, 1.24072824, .82715216};
    double q[9];
    okrug_regional_quotients(3, region, nation, OKRUG_REGIONAL_FLQ, .3, 1.0, q);
    assert_all_near(3, q, flq, 5e-9);
    assert_near(q[8], .5514348, 5e-8); /* lambda itself */
    okrug_regional_quotients(3, region, nation, OKRUG_REGIONAL_AFLQ, .3, (double)INFINITY, q);
    assert_all_near(3, q, aflq, 5e-9);
    okrug_regional_quotients(3, region, nation, OKRUG_REGIONAL_AFLQ, .3, 1.0, q);
    assert_near(q[0], 1.0, 0.0);
    assert_near(q[2], aflq[2], 5e-9);
}

static void test_absent_industries(void **state) {
    (void)state;
    static const double here[3] = {1.0, 0.0, 1.0}, there[3] = {1.0, 1.0, 0.0};
    double q[9];
    okrug_regional_quotients(3, here, there, OKRUG_REGIONAL_CILQ, .3, 1.0, q);
    assert_nan(q[1]);              /* the buyer is not in the region */
    assert_same_double(q[3], 0.0); /* the seller is not */
    assert_same_double(q[4], 0.0); /* nor to itself */
    assert_nan(q[2]);              /* the buyer is not in the nation */
    for (int j = 0; j < 3; j++) {
        assert_nan(q[6 + j]); /* the seller is not in the nation */
    }
    static const double nobody[3] = {0.0, 0.0, 0.0};
    okrug_regional_quotients(3, nobody, there, OKRUG_REGIONAL_SLQ, .3, 1.0, q);
    for (int cell = 0; cell < 9; cell++) {
        assert_nan(q[cell]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slq),
        cmocka_unit_test(test_cilq),
        cmocka_unit_test(test_flq_and_aflq),
        cmocka_unit_test(test_absent_industries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
