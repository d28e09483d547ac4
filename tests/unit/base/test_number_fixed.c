/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers with fixed decimals, as readers of both languages write them.
 */
#include "testing.h"

#include <okrug/number.h>

static void is(double value, int decimals, const char *russian, const char *english) {
    char text[OKRUG_FIXED_TEXT];
    assert_int_equal(okrug_number_fixed(value, decimals, ",", "\xC2\xA0", text), strlen(russian));
    assert_string_equal(text, russian);
    assert_int_equal(okrug_number_fixed(value, decimals, ".", ",", text), strlen(english));
    assert_string_equal(text, english);
}

static void marks_and_rounding(void **state) {
    (void)state;
    is(1.62995, 2, "1,63", "1.63");
    is(0.0, 0, "0", "0");
    is(999.0, 0, "999", "999");
    is(1255.0, 0,
       "1\xC2\xA0"
       "255",
       "1,255");
    is(1234567.891, 1,
       "1\xC2\xA0"
       "234\xC2\xA0"
       "567,9",
       "1,234,567.9");
    is(999.999, 2,
       "1\xC2\xA0"
       "000,00",
       "1,000.00");
    is(0.5, 0, "0", "0"); /* a half goes to the even neighbour */
    is(1.5, 0, "2", "2");
}

static void signs(void **state) {
    (void)state;
    is(-12.5, 1,
       "\xE2\x88\x92"
       "12,5",
       "\xE2\x88\x92"
       "12.5");
    is(-0.001, 2, "0,00", "0.00");
    is(-0.0, 0, "0", "0");
}

static void very_large(void **state) {
    (void)state;
    is(999999999999999.0, 0,
       "999\xC2\xA0"
       "999\xC2\xA0"
       "999\xC2\xA0"
       "999\xC2\xA0"
       "999",
       "999,999,999,999,999");
    is(1e300, 2, "1e+300", "1e+300");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(marks_and_rounding), cmocka_unit_test(signs),
                                       cmocka_unit_test(very_large)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
