/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers to text and back: shortest forms, what is refused, and no locale.
 */
#include <okrug/number.h>

#include <float.h>
#include <locale.h>
#include <math.h>

#include "testing.h"

static void assert_written(double value, const char *expected) {
    char text[OKRUG_NUMBER_TEXT];
    size_t length = okrug_number_write(value, text);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static void test_shortest_forms(void **state) {
    (void)state;
    assert_written(0.0, "0");
    assert_written(-0.0, "-0");
    assert_written(0.1, "0.1");
    assert_written(0.1 + 0.2, "0.30000000000000004");
    assert_written(1.0 / 3.0, "0.3333333333333333");
    assert_written(-12.5, "-12.5");
    assert_written(1e300, "1e+300");
    assert_written(5e-324, "5e-324");
    assert_written(DBL_MAX, "1.7976931348623157e+308");
    assert_written(DBL_MIN, "2.2250738585072014e-308");
}

static void test_integers_have_no_exponent_up_to_two_to_53(void **state) {
    (void)state;
    assert_written(1e6, "1000000");
    assert_written(-1e15, "-1000000000000000");
    assert_written(9007199254740992.0, "9007199254740992");
    assert_written(-9007199254740992.0, "-9007199254740992");
    assert_written(1e22, "1e+22");
}

static void test_integers(void **state) {
    (void)state;
    char text[OKRUG_NUMBER_TEXT];
    assert_int_equal(okrug_integer_write(0, text), 1);
    assert_string_equal(text, "0");
    assert_int_equal(okrug_integer_write(INT64_MIN, text), 20);
    assert_string_equal(text, "-9223372036854775808");
    okrug_integer_write(INT64_MAX, text);
    assert_string_equal(text, "9223372036854775807");
}

static void assert_read(const char *text, double expected) {
    double value = NAN;
    assert_true(okrug_number_read(text, strlen(text), &value));
    assert_same_double(value, expected);
}

static void test_plain_numbers_are_read(void **state) {
    (void)state;
    assert_read("0", 0.0);
    assert_read("-0", -0.0);
    assert_read("-12.5", -12.5);
    assert_read("1e3", 1000);
    assert_read("1E-3", 0.001);
    assert_read("1e+3", 1000);
    assert_read("007", 7);
    assert_read(".5", 0.5);
    assert_read("9007199254740993", 9007199254740992.0);
    assert_read("2.2250738585072011e-308", 2.2250738585072011e-308);
    char written_out[] = "17976931348623157" /* and 292 zeros */
                         "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                         "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                         "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                         "0000000000000000000000";
    assert_int_equal(strlen(written_out), 309);
    assert_read(written_out, DBL_MAX);
    written_out[0] = '2';
    double value;
    assert_false(okrug_number_read(written_out, strlen(written_out), &value));
}

static void test_what_is_no_number_is_refused(void **state) {
    (void)state;
    static const char *const refused[] = {
        "",   " ",  "-",     "+1",     " 1",     "1 ",  "1,5",   "1.5.2", "0x10", "inf",      "-inf",   "nan",   "NaN",
        "1e", "e5", "1e400", "1e-400", "-1e400", "--1", "1_000", "1f",    ".",    "INFINITY", "nan(1)", "1 000", "१२"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        double value = 42;
        if (okrug_number_read(refused[i], strlen(refused[i]), &value)) {
            fail_msg("\"%s\" was read as %g", refused[i], value);
        }
        assert_true(value == 42);
    }
}

static void test_the_length_is_kept_to(void **state) {
    (void)state;
    double value;
    assert_true(okrug_number_read("123456", 3, &value));
    assert_true(value == 123);
    assert_false(okrug_number_read("12\0 34", 6, &value));
}

static void test_no_locale_changes_it(void **state) {
    (void)state;
    /* Any locale with a decimal comma will do; where the machine has none there is nothing to be misled by. */
    static const char *const commas[] = {"ru_RU.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8"};
    for (int i = 0; i < 3 && setlocale(LC_ALL, commas[i]) == NULL; i++) {
    }
    assert_written(1.5, "1.5");
    assert_read("1.5", 1.5);
    setlocale(LC_ALL, "C");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shortest_forms),
        cmocka_unit_test(test_integers_have_no_exponent_up_to_two_to_53),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_plain_numbers_are_read),
        cmocka_unit_test(test_what_is_no_number_is_refused),
        cmocka_unit_test(test_the_length_is_kept_to),
        cmocka_unit_test(test_no_locale_changes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
