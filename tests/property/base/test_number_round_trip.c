/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every double comes back from its text with the same bytes, and no shorter text would do.
 */
#include <okrug/number.h>

#include <math.h>
#include <stdio.h>

#include "testing.h"

static void assert_round_trip(double value) {
    char text[OKRUG_NUMBER_TEXT];
    size_t length = okrug_number_write(value, text);
    assert_true(length < OKRUG_NUMBER_TEXT && length == strlen(text));
    double back = 0;
    if (!okrug_number_read(text, length, &back) || testing_bits(back) != testing_bits(value)) {
        fail_msg("%a was written as %s", value, text);
    }
    back = 0;
    if (!okrug_number_read_styled(text, length, (okrug_number_style){.decimal = '.'}, &back) ||
        testing_bits(back) != testing_bits(value)) {
        fail_msg("%a was written as %s, which the styled reader reads as %a", value, text, back);
    }
}

static double from_bits(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void test_random_bit_patterns(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 200000; i++) {
        double value = from_bits(testing_random(1, i));
        if (isfinite(value)) {
            assert_round_trip(value);
        }
    }
}

static void test_subnormals_powers_and_their_neighbours(void **state) {
    (void)state;
    for (int exponent = -1074; exponent <= 1023; exponent++) {
        double power = ldexp(1.0, exponent);
        assert_round_trip(power);
        assert_round_trip(-power);
        assert_round_trip(nextafter(power, 0));
        assert_round_trip(nextafter(power, 1e308));
    }
    for (uint64_t i = 0; i < 10000; i++) {
        assert_round_trip(from_bits(testing_random(2, i) >> 12));
    }
}

/* Digits of the significand as written, without zeros at its ends. */
static int digits_of(const char *text) {
    int digits = 0;
    int zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text >= '0' && *text <= '9' && (digits > 0 || *text != '0')) {
            digits++;
            zeros = *text == '0' ? zeros + 1 : 0;
        }
    }
    return digits - zeros;
}

static void test_no_shorter_text_would_do(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 50000; i++) {
        double value = from_bits(testing_random(3, i));
        char text[OKRUG_NUMBER_TEXT];
        char shorter[64];
        if (!isfinite(value)) {
            continue;
        }
        okrug_number_write(value, text);
        if (fabs(value) > 0x1p53 && strchr(text, 'e') == NULL) {
            continue; /* all digits of a large integer, which is shorter than the exponent would be */
        }
        int digits = digits_of(text);
        assert_in_range(digits, 1, 17);
        if (digits > 1) {
            double back = 0;
            snprintf(shorter, sizeof shorter, "%.*e", digits - 2, value);
            assert_false(okrug_number_read(shorter, strlen(shorter), &back) && back == value);
        }
    }
}

static void test_integers_are_their_digits(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 50000; i++) {
        int64_t integer = (int64_t)(testing_random(4, i) >> (11 + i % 53));
        integer = i % 2 != 0 ? -integer : integer;
        char text[OKRUG_NUMBER_TEXT];
        char expected[OKRUG_NUMBER_TEXT];
        snprintf(expected, sizeof expected, "%lld", (long long)integer);
        okrug_integer_write(integer, text);
        assert_string_equal(text, expected);
        okrug_number_write((double)integer, text);
        assert_string_equal(text, expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_bit_patterns),
        cmocka_unit_test(test_subnormals_powers_and_their_neighbours),
        cmocka_unit_test(test_no_shorter_text_would_do),
        cmocka_unit_test(test_integers_are_their_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
