/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The choice of BLAS kernels, in a program that begins as ours do: what it finds afterwards is settled.
 */
#include <okrug/linalg.h>

#include "matrices.h"

static char **arguments;

static void test_core_has_a_name(void **state) {
    (void)state;
    assert_non_null(okrug_blas_core());
    assert_true(strlen(okrug_blas_core()) > 0);
}

static void test_nothing_better_is_left_unless_the_user_chose(void **state) {
    (void)state;
    if (getenv("OPENBLAS_CORETYPE") == NULL) {
        assert_null(okrug_blas_better_core());
    }
}

static void test_it_starts_anew_once_only(void **state) {
    (void)state;
    assert_int_equal(setenv("OPENBLAS_CORETYPE", okrug_blas_core(), 1), 0);
    okrug_blas_use_right_core(arguments); /* returns: what is set is left alone */
}

int main(int argc, char **argv) {
    (void)argc;
    arguments = argv;
    okrug_blas_use_right_core(argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_core_has_a_name),
        cmocka_unit_test(test_nothing_better_is_left_unless_the_user_chose),
        cmocka_unit_test(test_it_starts_anew_once_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
