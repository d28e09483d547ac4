/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The choice of BLAS kernels, in a program that begins as ours do: what it finds afterwards is settled.
 */
#include <okrug/linalg.h>

#include "matrices.h"

static void test_core_has_a_name(void **state) {
    (void)state;
    assert_non_null(okrug_blas_core());
    assert_true(strlen(okrug_blas_core()) > 0);
}

/* Debian's OpenBLAS is made for all of them. */
static void test_the_right_core_is_in_use(void **state) {
    (void)state;
    const char *chosen = getenv("OPENBLAS_CORETYPE");
    if (okrug_blas_right_core() != NULL && chosen != NULL && strcmp(chosen, okrug_blas_right_core()) == 0) {
        assert_string_equal(okrug_blas_core(), okrug_blas_right_core());
    }
}

static void test_what_the_user_chose_is_left_alone(void **state) {
    (void)state;
    assert_int_equal(setenv("OPENBLAS_CORETYPE", "Prescott", 1), 0);
    okrug_blas_use_right_core();
    assert_string_equal(getenv("OPENBLAS_CORETYPE"), "Prescott");
}

int main(void) {
    okrug_blas_use_right_core();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_core_has_a_name),
        cmocka_unit_test(test_the_right_core_is_in_use),
        cmocka_unit_test(test_what_the_user_chose_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
