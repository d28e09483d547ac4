/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statuses: names, classes and codes.
 */
#include <okrug/status.h>

#include "testing.h"

static void test_names_are_those_of_the_list(void **state) {
    (void)state;
    assert_string_equal(okrug_status_name(OKRUG_OK), "OK");
    assert_string_equal(okrug_status_name(OKRUG_BAD_INPUT), "BAD_INPUT");
    assert_string_equal(okrug_status_name(OKRUG_DEFECT), "DEFECT");
    assert_string_equal(okrug_status_name((okrug_status)1000), "UNKNOWN");
    assert_string_equal(okrug_status_name((okrug_status)-1), "UNKNOWN");
}

static void test_exit_codes_are_those_promised(void **state) {
    (void)state;
    static const struct {
        okrug_status status;
        int exit_code;
    } promised[] = {
        {OKRUG_OK, 0},          {OKRUG_BAD_USAGE, 2},     {OKRUG_NOT_FOUND, 2},   {OKRUG_BAD_INPUT, 3},
        {OKRUG_NO_SOLUTION, 4}, {OKRUG_NOT_CONVERGED, 4}, {OKRUG_READ_FAILED, 5}, {OKRUG_WRITE_FAILED, 5},
        {OKRUG_NO_MEMORY, 5},   {OKRUG_LOCKED, 6},        {OKRUG_NEWER, 6},       {OKRUG_CANCELLED, 130},
        {OKRUG_DEFECT, 70},
    };
    for (size_t i = 0; i < sizeof promised / sizeof promised[0]; i++) {
        assert_int_equal(okrug_status_exit_code(promised[i].status), promised[i].exit_code);
    }
}

static void test_http_codes_follow_the_class(void **state) {
    (void)state;
    assert_int_equal(okrug_status_http_code(OKRUG_OK), 200);
    assert_int_equal(okrug_status_http_code(OKRUG_NOT_FOUND), 400);
    assert_int_equal(okrug_status_http_code(OKRUG_BAD_INPUT), 422);
    assert_int_equal(okrug_status_http_code(OKRUG_LOCKED), 409);
}

static void test_an_unknown_status_is_a_defect(void **state) {
    (void)state;
    assert_int_equal(okrug_status_class((okrug_status)1000), OKRUG_CLASS_DEFECT);
    assert_int_equal(okrug_status_exit_code((okrug_status)1000), 70);
    assert_int_equal(okrug_status_http_code((okrug_status)1000), 500);
}

static int calls;

static okrug_status answer(okrug_status status) {
    calls++;
    return status;
}

static okrug_status two_steps(okrug_status first, okrug_status second) {
    OKRUG_TRY(answer(first));
    OKRUG_TRY(answer(second));
    return OKRUG_OK;
}

static void test_try_leaves_at_the_first_failure(void **state) {
    (void)state;
    calls = 0;
    assert_int_equal(two_steps(OKRUG_OK, OKRUG_OK), OKRUG_OK);
    assert_int_equal(calls, 2);
    assert_int_equal(two_steps(OKRUG_BAD_INPUT, OKRUG_LOCKED), OKRUG_BAD_INPUT);
    assert_int_equal(calls, 3);
    assert_int_equal(two_steps(OKRUG_OK, OKRUG_LOCKED), OKRUG_LOCKED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_those_of_the_list),     cmocka_unit_test(test_exit_codes_are_those_promised),
        cmocka_unit_test(test_http_codes_follow_the_class),     cmocka_unit_test(test_an_unknown_status_is_a_defect),
        cmocka_unit_test(test_try_leaves_at_the_first_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
