/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as people write them: decimal commas, groups of three, spaces of every kind, the minus sign.
 */
#include <okrug/number.h>

#include "testing.h"

#define NBSP "\xC2\xA0"
#define NARROW "\xE2\x80\xAF" /* U+202F */
#define THIN "\xE2\x80\x89"   /* U+2009 */
#define MINUS "\xE2\x88\x92"  /* U+2212 */

static const okrug_number_style russian = {.decimal = ',', .thousands = 0};
static const okrug_number_style german = {.decimal = ',', .thousands = '.'};
static const okrug_number_style english = {.decimal = '.', .thousands = ','};
static const okrug_number_style plain = {.decimal = '.', .thousands = 0};

static void assert_read(const char *text, okrug_number_style style, double expected) {
    double value = -1;
    if (!okrug_number_read_styled(text, strlen(text), style, &value)) {
        fail_msg("\"%s\" was refused", text);
    }
    assert_same_double(value, expected);
}

static void assert_refused(const char *text, okrug_number_style style) {
    double value = 42;
    if (okrug_number_read_styled(text, strlen(text), style, &value)) {
        fail_msg("\"%s\" was read as %g", text, value);
    }
    assert_true(value == 42);
}

static void test_the_decimal_mark_is_that_of_the_style(void **state) {
    (void)state;
    assert_read("12,5", russian, 12.5);
    assert_read("12.5", plain, 12.5);
    assert_refused("12.5", russian);
    assert_refused("12,5", plain);
    assert_read(",5", russian, 0.5);
    assert_read("5,", russian, 5);
    assert_refused(",", russian);
    assert_refused("1,2,3", russian);
}

static void test_spaces_between_groups_of_three(void **state) {
    (void)state;
    assert_read("1 234", russian, 1234);
    assert_read("1" NBSP "234" NBSP "567,89", russian, 1234567.89);
    assert_read("12" NARROW "345", russian, 12345);
    assert_read("123" THIN "456", plain, 123456);
    assert_read("-1 234,5", russian, -1234.5);
    assert_read("1 234 567", english, 1234567);
}

static void test_other_groups_are_refused(void **state) {
    (void)state;
    static const char *const refused[] = {"1 23",     "12 34",     "1234 567", "1 2345", "1  234",     "1 234 5",
                                          "1 234 ,5", "1,234 567", "1 ,5",     " 1 23 ", "1" NBSP "2", "1 - 2"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_refused(refused[i], russian);
    }
}

static void test_the_mark_of_thousands(void **state) {
    (void)state;
    assert_read("1.234.567,5", german, 1234567.5);
    assert_read("1,234.5", english, 1234.5);
    assert_read("1.500", german, 1500);
    assert_read("1500", german, 1500);
    assert_refused("1.5", german);
    assert_refused("1234.567", german);
    assert_refused("1.234 567", german);
    assert_refused("1 234.567", german);
    assert_refused(".234", german);
    assert_refused("1,23", english);
    /* A mark cannot be both. */
    assert_read("1,500", (okrug_number_style){.decimal = ',', .thousands = ','}, 1.5);
}

static void test_signs(void **state) {
    (void)state;
    assert_read(MINUS "5,5", russian, -5.5);
    assert_read("+5", russian, 5);
    assert_read("-0", russian, -0.0);
    assert_refused("- 5", russian);
    assert_refused("--5", russian);
    assert_refused("+-5", russian);
    assert_refused("5-", russian);
    assert_refused(MINUS, russian);
    assert_refused("\xE2\x88", russian);
}

static void test_surrounding_spaces_are_trimmed(void **state) {
    (void)state;
    assert_read("  7 ", russian, 7);
    assert_read("\t7\r\n", russian, 7);
    assert_read(NBSP NARROW THIN "7,5" THIN NARROW NBSP, russian, 7.5);
    assert_refused("", russian);
    assert_refused("   ", russian);
    assert_refused(NBSP, russian);
}

static void test_exponents(void **state) {
    (void)state;
    assert_read("1,5e3", russian, 1500);
    assert_read("1.5E-3", plain, 0.0015);
    assert_refused("1e", plain);
    assert_refused("e3", plain);
    assert_refused("1e400", plain);
    assert_refused("1e1,5", russian);
}

static void test_words_and_codes_are_refused(void **state) {
    (void)state;
    assert_refused("нет", russian);
    assert_refused("…", russian);
    assert_refused("-", russian);
    assert_refused("10-2-3", russian);
    assert_refused("01.11", russian);
    assert_refused("5 %", russian);
    assert_refused("inf", plain);
    assert_refused("nan", plain);
    assert_refused("0x1F", plain);
}

static void test_long_texts_end_somewhere(void **state) {
    (void)state;
    char digits[2000];
    memset(digits, '0', sizeof digits);
    double value = 42;
    assert_true(okrug_number_read_styled(digits, 300, plain, &value));
    assert_true(value == 0);
    assert_false(okrug_number_read_styled(digits, sizeof digits, plain, &value));
    memset(digits, ' ', sizeof digits);
    digits[1000] = '7';
    assert_true(okrug_number_read_styled(digits, sizeof digits, plain, &value));
    assert_true(value == 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_decimal_mark_is_that_of_the_style),
        cmocka_unit_test(test_spaces_between_groups_of_three),
        cmocka_unit_test(test_other_groups_are_refused),
        cmocka_unit_test(test_the_mark_of_thousands),
        cmocka_unit_test(test_signs),
        cmocka_unit_test(test_surrounding_spaces_are_trimmed),
        cmocka_unit_test(test_exponents),
        cmocka_unit_test(test_words_and_codes_are_refused),
        cmocka_unit_test(test_long_texts_end_somewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
