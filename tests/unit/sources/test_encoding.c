/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the text is written in, told by the bytes however late they tell it, or given.
 */
#include "reading.h"

#include <stdlib.h>

static void assert_moscow(okrug_source_request request, const void *bytes, size_t length, const char *encoding,
                          bool bom) {
    reading made = read_bytes(request, bytes, length);
    assert_int_equal(made.status, OKRUG_OK);
    assert_string_equal(made.understood.encoding, encoding);
    assert_int_equal(made.understood.bom, bom);
    assert_int_equal(made.table->rows, 1);
    assert_text(&made, "region", 0, "Москва");
    assert_number(&made, "value", 0, 5);
    done(&made);
}

static void test_utf8(void **state) {
    (void)state;
    static const char text[] = "\xEF\xBB\xBFregion;value\nМосква;5\n";
    assert_moscow(wanting_region_value(), text, sizeof text - 1, "UTF-8", true);
    assert_moscow(wanting_region_value(), text + 3, sizeof text - 4, "UTF-8", false);
    okrug_source_request request = wanting_region_value();
    request.encoding = "utf8";
    assert_moscow(request, text, sizeof text - 1, "UTF-8", true);
    assert_moscow(request, text + 3, sizeof text - 4, "utf8", false);
}

static void test_utf16(void **state) {
    (void)state;
    static const uint16_t text[] = u"\xFEFFregion;value\nМосква;5\n";
    enum { UNITS = sizeof text / sizeof text[0] - 1 };
    char little[2 * UNITS];
    char big[2 * UNITS];
    for (size_t i = 0; i < UNITS; i++) {
        little[2 * i] = big[2 * i + 1] = (char)(unsigned char)(text[i] & 0xFF);
        little[2 * i + 1] = big[2 * i] = (char)(unsigned char)(text[i] >> 8);
    }
    assert_moscow(wanting_region_value(), little, sizeof little, "UTF-16LE", true);
    assert_moscow(wanting_region_value(), big, sizeof big, "UTF-16BE", true);
    okrug_source_request request = wanting_region_value();
    request.encoding = "UTF-16LE";
    assert_moscow(request, little, sizeof little, "UTF-16LE", true);
    assert_moscow(request, little + 2, sizeof little - 2, "UTF-16LE", false);
    /* Half a character at the end. */
    reading made = read_bytes(wanting_region_value(), little, sizeof little - 1);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_message(&made, 0, "bad-encoding", 2, NULL);
    done(&made);
}

#define MOSCOW_1251 "\xCC\xEE\xF1\xEA\xE2\xE0"

static void test_windows_1251(void **state) {
    (void)state;
    static const char text[] = "region;value\n" MOSCOW_1251 ";5\n";
    assert_moscow(wanting_region_value(), text, sizeof text - 1, "windows-1251", false);
    okrug_source_request request = wanting_region_value();
    request.encoding = "cp1251";
    assert_moscow(request, text, sizeof text - 1, "cp1251", false);
    request.encoding = "KOI8-R";
    static const char koi8[] = "region;value\n\xED\xCF\xD3\xCB\xD7\xC1;5\n";
    assert_moscow(request, koi8, sizeof koi8 - 1, "KOI8-R", false);
}

/* `lines` lines of ASCII, then `last`. */
static char *long_text(int lines, const char *line, const char *last, size_t *length) {
    static const char header[] = "region;value\n";
    size_t size = strlen(line);
    char *text = malloc(sizeof header + (size_t)lines * size + strlen(last));
    assert_non_null(text);
    memcpy(text, header, sizeof header - 1);
    *length = sizeof header - 1;
    for (int i = 0; i < lines; i++) {
        memcpy(text + *length, line, size);
        *length += size;
    }
    memcpy(text + *length, last, strlen(last));
    *length += strlen(last);
    return text;
}

static void test_first_sign_after_megabytes(void **state) {
    (void)state;
    size_t length;
    enum { LINES = 200000 };
    char *text = long_text(LINES, "abcdef;1234\n", MOSCOW_1251 ";5\n", &length);
    reading made = read_bytes(wanting_region_value(), text, length);
    assert_int_equal(made.status, OKRUG_OK);
    assert_string_equal(made.understood.encoding, "windows-1251");
    assert_int_equal(made.table->rows, LINES + 1);
    assert_int_equal(made.understood.rows_read, LINES + 1);
    assert_text(&made, "region", LINES, "Москва");
    done(&made);
    free(text);
}

/* A fault that comes before the encoding is known shows its text as it is in the end. */
static void test_fault_before_the_first_sign(void **state) {
    (void)state;
    size_t length;
    char *text = long_text(100000, "abcdef;1234\n", "x;" MOSCOW_1251 "\n", &length);
    text[20] = 'z';
    reading made = read_bytes(wanting_region_value(), text, length);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 2);
    assert_argument(assert_message(&made, 0, "not-a-number", 2, "value"), "value", "z234");
    assert_argument(assert_message(&made, 1, "not-a-number", 100002, "value"), "value", "Москва");
    done(&made);
    free(text);
}

static void test_damaged_utf8_is_not_guessed_at(void **state) {
    (void)state;
    size_t length;
    char *text = long_text(50, "Москва;1\n", "\xD0;5\n", &length);
    reading made = read_bytes(wanting_region_value(), text, length);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 1);
    assert_argument(assert_message(&made, 0, "bad-encoding", 52, NULL), "encoding", "UTF-8");
    done(&made);
    free(text);
}

static void test_characters_across_blocks(void **state) {
    (void)state;
    /* Lines of 19 bytes put a character of two bytes across every border of blocks sooner or later. */
    size_t length;
    char *text = long_text(100000, "Москва-А;1\n", "", &length);
    reading made = read_bytes(wanting_region_value(), text, length);
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(okrug_words_count(column_of(&made, "region")->words), 1);
    assert_int_equal(made.table->rows, 100000);
    done(&made);
    free(text);
}

static void test_given_encoding_is_kept_to(void **state) {
    (void)state;
    okrug_source_request request = wanting_region_value();
    request.encoding = "UTF-8";
    assert_refused(request, "region;value\na;1\n" MOSCOW_1251 ";5\n", "bad-encoding", 3);
    request.encoding = "no-such-thing";
    reading made = read_text(request, "region;value\na;1\n");
    assert_int_equal(made.status, OKRUG_BAD_USAGE);
    assert_message(&made, 0, "unknown-encoding", 0, NULL);
    done(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_utf16),
        cmocka_unit_test(test_windows_1251),
        cmocka_unit_test(test_first_sign_after_megabytes),
        cmocka_unit_test(test_fault_before_the_first_sign),
        cmocka_unit_test(test_damaged_utf8_is_not_guessed_at),
        cmocka_unit_test(test_characters_across_blocks),
        cmocka_unit_test(test_given_encoding_is_kept_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
