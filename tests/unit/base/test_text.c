/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Growing text and the JSON writer.
 */
#include <okrug/text.h>

#include <math.h>

#include "testing.h"

static void test_a_buffer_grows(void **state) {
    (void)state;
    okrug_buffer buffer = {0};
    assert_null(buffer.bytes);
    for (int i = 0; i < 10000; i++) {
        okrug_buffer_add(&buffer, "abc", 3);
    }
    okrug_buffer_add_text(&buffer, "!");
    assert_int_equal(buffer.length, 30001);
    assert_int_equal(strlen(buffer.bytes), 30001);
    assert_int_equal(okrug_buffer_status(&buffer), OKRUG_OK);
    size_t capacity = buffer.capacity;
    okrug_buffer_clear(&buffer);
    assert_int_equal(buffer.length, 0);
    assert_string_equal(buffer.bytes, "");
    assert_int_equal(buffer.capacity, capacity);
    okrug_buffer_free(&buffer);
    assert_null(buffer.bytes);
    okrug_buffer_free(&buffer);
}

static void test_a_buffer_takes_all_kinds(void **state) {
    (void)state;
    okrug_buffer buffer = {0};
    okrug_buffer_add(&buffer, NULL, 0);
    assert_string_equal(buffer.bytes, "");
    okrug_buffer_add_format(&buffer, "%s=%d;", "a", 5);
    okrug_buffer_add_number(&buffer, 0.1);
    okrug_buffer_add_text(&buffer, ";");
    okrug_buffer_add_integer(&buffer, -7);
    okrug_buffer_add_format(&buffer, "%300d", 1);
    assert_int_equal(buffer.length, 10 + 300);
    assert_memory_equal(buffer.bytes, "a=5;0.1;-7", 10);
    okrug_buffer_free(&buffer);
}

static void test_a_length_past_all_memory_fails_and_stays_failed(void **state) {
    (void)state;
    okrug_buffer buffer = {0};
    okrug_buffer_add_text(&buffer, "kept");
    okrug_buffer_add(&buffer, "x", SIZE_MAX / 2);
    okrug_buffer_add_text(&buffer, "after");
    assert_int_equal(okrug_buffer_status(&buffer), OKRUG_NO_MEMORY);
    assert_string_equal(buffer.bytes, "kept");
    okrug_buffer_clear(&buffer);
    assert_int_equal(okrug_buffer_status(&buffer), OKRUG_OK);
    okrug_buffer_free(&buffer);
}

static void write_sample(okrug_json *json) {
    okrug_json_object(json);
    okrug_json_key(json, "numbers");
    okrug_json_array(json);
    okrug_json_number(json, 1.5);
    okrug_json_integer(json, INT64_MAX);
    okrug_json_number(json, NAN);
    okrug_json_number(json, INFINITY);
    okrug_json_array_end(json);
    okrug_json_key(json, "empty");
    okrug_json_array(json);
    okrug_json_array_end(json);
    okrug_json_key(json, "none");
    okrug_json_object(json);
    okrug_json_object_end(json);
    okrug_json_key(json, "text");
    okrug_json_text(json, NULL);
    okrug_json_key(json, "yes");
    okrug_json_bool(json, true);
    okrug_json_key(json, "no");
    okrug_json_bool(json, false);
    okrug_json_key(json, "raw");
    okrug_json_raw(json, "{\"a\":1}");
    okrug_json_object_end(json);
}

static void test_compact_json(void **state) {
    (void)state;
    okrug_buffer buffer = {0};
    okrug_json json = okrug_json_to(&buffer, 0);
    write_sample(&json);
    assert_string_equal(buffer.bytes, "{\"numbers\":[1.5,9223372036854775807,null,null],\"empty\":[],\"none\":{},"
                                      "\"text\":null,\"yes\":true,\"no\":false,\"raw\":{\"a\":1}}");
    okrug_buffer_free(&buffer);
}

static void test_json_for_people(void **state) {
    (void)state;
    okrug_buffer buffer = {0};
    okrug_json json = okrug_json_to(&buffer, 1);
    write_sample(&json);
    assert_string_equal(buffer.bytes,
                        "{\n  \"numbers\": [\n    1.5,\n    9223372036854775807,\n    null,\n    null\n  ],\n"
                        "  \"empty\": [],\n  \"none\": {},\n  \"text\": null,\n  \"yes\": true,\n"
                        "  \"no\": false,\n  \"raw\": {\"a\":1}\n}");
    okrug_buffer_free(&buffer);
}

static void assert_quoted(const char *text, size_t length, const char *expected) {
    okrug_buffer buffer = {0};
    okrug_json json = okrug_json_to(&buffer, 0);
    okrug_json_text_n(&json, text, length);
    assert_string_equal(buffer.bytes, expected);
    okrug_buffer_free(&buffer);
}

static void test_escapes(void **state) {
    (void)state;
    assert_quoted("", 0, "\"\"");
    assert_quoted("a\"b\\c/d", 7, "\"a\\\"b\\\\c/d\"");
    assert_quoted("\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"");
    assert_quoted("\x01\x1F\x7F", 3, "\"\\u0001\\u001f\x7F\"");
    assert_quoted("a\0b", 3, "\"a\\u0000b\"");
    assert_quoted("округ", strlen("округ"), "\"округ\"");
    okrug_buffer buffer = {0};
    okrug_json json = okrug_json_to(&buffer, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "a\n");
    okrug_json_null(&json);
    okrug_json_object_end(&json);
    assert_string_equal(buffer.bytes, "{\"a\\n\":null}");
    okrug_buffer_free(&buffer);
}

/* Whatever bytes come in, what goes out is UTF-8: each byte that is none becomes U+FFFD. */
static void test_bytes_that_are_no_utf8(void **state) {
    (void)state;
#define GONE "\xEF\xBF\xBD"
    assert_quoted("x\xFF", 2, "\"x" GONE "\"");
    assert_quoted("\xC3", 1, "\"" GONE "\"");                            /* cut short */
    assert_quoted("\xC3\"", 2, "\"" GONE "\\\"\"");                      /* what follows stays */
    assert_quoted("\xC0\x80", 2, "\"" GONE GONE "\"");                   /* overlong */
    assert_quoted("\xE0\x80\x80", 3, "\"" GONE GONE GONE "\"");          /* overlong */
    assert_quoted("\xED\xA0\x80", 3, "\"" GONE GONE GONE "\"");          /* surrogate */
    assert_quoted("\xF4\x90\x80\x80", 4, "\"" GONE GONE GONE GONE "\""); /* beyond U+10FFFF */
    assert_quoted("\xEE\x80\x80\xF4\x8F\xBF\xBF\xC2\x80", 9, "\"\xEE\x80\x80\xF4\x8F\xBF\xBF\xC2\x80\"");
    assert_quoted("\xF0\x9F\x98\x80", 4, "\"\xF0\x9F\x98\x80\"");
#undef GONE
}

static void test_nesting_has_an_end(void **state) {
    (void)state;
    okrug_buffer buffer = {0};
    okrug_json json = okrug_json_to(&buffer, 0);
    for (int i = 0; i < 62; i++) {
        okrug_json_array(&json);
        okrug_json_integer(&json, i);
    }
    assert_int_equal(okrug_buffer_status(&buffer), OKRUG_OK);
    okrug_json deeper = json;
    for (int i = 0; i < 62; i++) {
        okrug_json_array_end(&json);
    }
    assert_int_equal(okrug_buffer_status(&buffer), OKRUG_OK);
    assert_memory_equal(buffer.bytes, "[0,[1,[2,", 9);
    assert_memory_equal(buffer.bytes + buffer.length - 3, "]]]", 4);
    okrug_json_array(&deeper);
    assert_int_not_equal(okrug_buffer_status(&buffer), OKRUG_OK);
    okrug_buffer_free(&buffer);
}

static void test_closing_more_than_was_opened_fails(void **state) {
    (void)state;
    okrug_buffer buffer = {0};
    okrug_json json = okrug_json_to(&buffer, 0);
    okrug_json_object_end(&json);
    assert_int_not_equal(okrug_buffer_status(&buffer), OKRUG_OK);
    okrug_buffer_free(&buffer);
}

static void test_compact_json_laid_out(void **state) {
    (void)state;
    okrug_buffer buffer = {0};
    okrug_json_layout("{\"a\":[1,{}],\"b\":\"{x:\\\",[\\\\\",\"c\":[],\"d\":{\"e\":null}}", &buffer);
    assert_string_equal(buffer.bytes, "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": \"{x:\\\",[\\\\\",\n  \"c\": [],\n"
                                      "  \"d\": {\n    \"e\": null\n  }\n}\n");
    okrug_buffer_free(&buffer);
}

static void test_cut_after_whole_characters(void **state) {
    (void)state;
    static const char text[] = "aяю€𝄞"; /* of 1, 2, 2, 3 and 4 bytes */
    static const size_t whole[] = {0, 1, 1, 3, 3, 5, 5, 5, 8, 8, 8, 8, 12, 12};
    for (size_t most = 0; most < sizeof whole / sizeof whole[0]; most++) {
        assert_int_equal(okrug_text_cut(text, strlen(text), most), whole[most]);
    }
    assert_int_equal(okrug_text_cut("яя", 2, 3), 2); /* no byte behind the length is looked at */
    char room[6];
    okrug_text_copy(room, sizeof room, "aяюб");
    assert_string_equal(room, "aяю");
    okrug_text_copy(room, sizeof room, "яюб");
    assert_string_equal(room, "яю");
    okrug_text_copy(room, 1, "я");
    assert_string_equal(room, "");
}

static void test_how_a_name_ends(void **state) {
    (void)state;
    assert_true(okrug_name_ends("plants.xlsx", ".xlsx") && okrug_name_ends("PLANTS.XLSX", ".xlsx"));
    assert_false(okrug_name_ends(".xlsx", ".xlsx") || okrug_name_ends("xlsx", ".xlsx") || okrug_name_ends("", ".xlsx"));
    assert_true(okrug_name_ends_n("areas.json.gz", strlen("areas.json"), ".json"));
    assert_false(okrug_name_ends_n("areas.json.gz", strlen("areas.jso"), ".json"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_how_a_name_ends),
        cmocka_unit_test(test_a_buffer_grows),
        cmocka_unit_test(test_a_buffer_takes_all_kinds),
        cmocka_unit_test(test_a_length_past_all_memory_fails_and_stays_failed),
        cmocka_unit_test(test_compact_json),
        cmocka_unit_test(test_json_for_people),
        cmocka_unit_test(test_compact_json_laid_out),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_bytes_that_are_no_utf8),
        cmocka_unit_test(test_nesting_has_an_end),
        cmocka_unit_test(test_closing_more_than_was_opened_fails),
        cmocka_unit_test(test_cut_after_whole_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
