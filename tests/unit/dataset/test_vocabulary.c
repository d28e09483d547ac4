/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes of reasons and units, there and back.
 */
#include <okrug/dataset.h>

#include "testing.h"

static void test_reasons_there_and_back(void **state) {
    (void)state;
    for (int i = 0; i < OKRUG_REASONS_COUNT; i++) {
        okrug_reason found = OKRUG_REASONS_COUNT;
        assert_true(okrug_reason_find(okrug_reason_code((okrug_reason)i), &found));
        assert_int_equal(found, i);
    }
    assert_string_equal(okrug_reason_code(OKRUG_PRESENT), "");
    assert_string_equal(okrug_reason_code(OKRUG_ZERO_TOTAL), "zero-total");
    okrug_reason found = OKRUG_CONSTANT;
    assert_false(okrug_reason_find("Suppressed", &found));
    assert_int_equal(found, OKRUG_CONSTANT);
}

static void test_units_there_and_back(void **state) {
    (void)state;
    for (int i = 0; i < OKRUG_UNITS_COUNT; i++) {
        okrug_unit found = OKRUG_UNITS_COUNT;
        assert_true(okrug_unit_find(okrug_unit_code((okrug_unit)i), &found));
        assert_int_equal(found, i);
    }
    okrug_unit found = OKRUG_UNIT_KM2;
    assert_false(okrug_unit_find("persons", &found));
    assert_int_equal(found, OKRUG_UNIT_KM2);
}

static void test_only_counts_have_a_factor(void **state) {
    (void)state;
    assert_same_double(okrug_unit_count_factor(OKRUG_UNIT_PERSON), 1.0);
    assert_same_double(okrug_unit_count_factor(OKRUG_UNIT_THOUSAND_PERSONS), 1000.0);
    assert_same_double(okrug_unit_count_factor(OKRUG_UNIT_RUB), 0.0);
    assert_same_double(okrug_unit_count_factor(OKRUG_UNIT_SHARE), 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reasons_there_and_back),
        cmocka_unit_test(test_units_there_and_back),
        cmocka_unit_test(test_only_counts_have_a_factor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
