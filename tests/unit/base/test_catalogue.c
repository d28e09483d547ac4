/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Catalogues: texts, filled placeholders, messages with their places. Fixtures of its own, so that the product's texts
 * can change.
 */
#include "base/catalogue_private.h"

#include "testing.h"

static const char fixture[] = "{\"message.bad-cell\": \"{value} is bad; expected {expected}\","
                              "\"message.rate\": \"{source}, {confidence}\", \"confidence.likely\": \"вероятно\","
                              "\"message.place-column\": \"столбец «{column}»: \","
                              "\"message.plain\": \"nothing to fill\","
                              "\"title\": \"Заголовок\", \"number\": 5}";

static okrug_catalogue *catalogue;
static okrug_buffer out;

static int setup(void **state) {
    (void)state;
    catalogue = okrug_catalogue_from_json(fixture, strlen(fixture));
    out = (okrug_buffer){0};
    return catalogue != NULL ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    okrug_buffer_free(&out);
    okrug_catalogue_free(catalogue);
    return 0;
}

static void test_texts_by_key(void **state) {
    (void)state;
    assert_string_equal(okrug_catalogue_text(catalogue, "title"), "Заголовок");
    assert_null(okrug_catalogue_text(catalogue, "absent"));
    assert_null(okrug_catalogue_text(catalogue, "number"));
    assert_null(okrug_catalogue_text(catalogue, ""));
}

static void test_what_is_no_catalogue_is_refused(void **state) {
    (void)state;
    static const char *const refused[] = {
        "", "[]", "5", "{", "{\"a\":\"b\",}", "{\"a\":\"b\"} x", "{\"a\":\"1\",\"a\":\"2\"}"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_null(okrug_catalogue_from_json(refused[i], strlen(refused[i])));
    }
}

static void test_both_languages_are_inside(void **state) {
    (void)state;
    static const char *const languages[] = {"en", "ru", "de", "", NULL};
    for (int i = 0; i < 5; i++) {
        okrug_catalogue *embedded = okrug_catalogue_new(languages[i]);
        assert_non_null(embedded);
        assert_null(okrug_catalogue_text(embedded, "no such key"));
        okrug_catalogue_free(embedded);
    }
    okrug_catalogue_free(NULL);
}

static void assert_filled(const char *text, const char *expected) {
    okrug_buffer_clear(&out);
    okrug_catalogue_fill(text, 2, (const char *[]){"a", "long-name"}, (const char *[]){"1", "{a}"}, &out);
    assert_string_equal(out.length > 0 ? out.bytes : "", expected);
}

static void test_placeholders(void **state) {
    (void)state;
    assert_filled("", "");
    assert_filled("plain", "plain");
    assert_filled("{a}", "1");
    assert_filled("x{a}{a}y", "x11y");
    assert_filled("{long-name}", "{a}");
    assert_filled("{unknown} {a}", "{unknown} 1");
    assert_filled("{a", "{a");
    assert_filled("{", "{");
    assert_filled("{}", "{}");
    assert_filled("{{a}}", "{1}");
    assert_filled("}{a", "}{a");
}

static const char *said(const okrug_message *message) {
    okrug_buffer_clear(&out);
    okrug_catalogue_message(catalogue, message, &out);
    assert_int_equal(okrug_buffer_status(&out), OKRUG_OK);
    return out.bytes;
}

static void test_messages(void **state) {
    (void)state;
    okrug_message message = {.code = "bad-cell",
                             .place = {.file = "a.csv", .line = 3, .column = "value"},
                             .arguments = 2,
                             .name = {"value", "expected"},
                             .value = {"x", "a number"}};
    assert_string_equal(said(&message), "a.csv:3: столбец «value»: x is bad; expected a number");
    message.place.column = NULL;
    assert_string_equal(said(&message), "a.csv:3: x is bad; expected a number");
    message.place.line = 0;
    assert_string_equal(said(&message), "a.csv: x is bad; expected a number");
    message.place.file = NULL;
    assert_string_equal(said(&message), "x is bad; expected a number");
    message.code = "plain";
    assert_string_equal(said(&message), "nothing to fill");
}

static void test_what_is_there_in_russian_too(void **state) {
    (void)state;
    okrug_message message = {.code = "rate",
                             .arguments = 3,
                             .name = {"source", "source_ru", "confidence"},
                             .value = {"the Code", "Кодекс", "likely"}};
    assert_string_equal(said(&message), "the Code, вероятно");
    catalogue->russian = true;
    assert_string_equal(said(&message), "Кодекс, вероятно");
    message.value[1] = "";
    assert_string_equal(said(&message), "the Code, вероятно");
    message.value[2] = "hardly";
    assert_string_equal(said(&message), "the Code, hardly");
}

static void test_an_unknown_code_still_tells_what_it_has(void **state) {
    (void)state;
    okrug_message message = {.code = "new-code",
                             .arguments = 2,
                             .name = {"value", "other"},
                             .value = {"x", "%s"},
                             .place = {.file = "a.csv"}};
    assert_string_equal(said(&message), "a.csv: new-code (value: x, other: %s)");
    message.arguments = 0;
    assert_string_equal(said(&message), "a.csv: new-code");
}

static void test_without_a_text_for_the_column_there_is_a_plain_one(void **state) {
    (void)state;
    okrug_catalogue *empty = okrug_catalogue_from_json("{}", 2);
    okrug_message message = {.code = "c", .place = {.column = "x"}};
    okrug_catalogue_message(empty, &message, &out);
    assert_string_equal(out.bytes, "x: c");
    okrug_catalogue_free(empty);
}

static const char *counted(const okrug_catalogue *texts, const char *count) {
    return okrug_catalogue_counted(texts, "f", 1, (const char *[]){"count"}, &count);
}

static void test_forms_for_numbers(void **state) {
    (void)state;
    static const char forms[] = "{\"f\": \"any\", \"f.one\": \"one\", \"f.few\": \"few\", \"f.many\": \"many\", "
                                "\"only\": \"only\"}";
    okrug_catalogue *texts = okrug_catalogue_from_json(forms, strlen(forms));
    assert_non_null(texts);
    assert_string_equal(counted(texts, "1"), "one");
    assert_string_equal(counted(texts, "21"), "any"); /* English, which has no "other" here */
    assert_string_equal(counted(texts, "0"), "any");
    texts->russian = true;
    static const char *const expected[][2] = {{"0", "many"},  {"1", "one"},    {"2", "few"},    {"4", "few"},
                                              {"5", "many"},  {"11", "many"},  {"12", "many"},  {"21", "one"},
                                              {"22", "few"},  {"111", "many"}, {"114", "many"}, {"1001", "one"},
                                              {"1.5", "any"}, {"", "any"},     {"-1", "any"},   {"many", "any"}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_string_equal(counted(texts, expected[i][0]), expected[i][1]);
    }
    assert_string_equal(okrug_catalogue_counted(texts, "f", 0, NULL, NULL), "any");
    const char *one = "1";
    assert_string_equal(okrug_catalogue_counted(texts, "only", 1, (const char *[]){"count"}, &one), "only");
    assert_null(okrug_catalogue_counted(texts, "absent", 1, (const char *[]){"count"}, &one));
    okrug_catalogue_free(texts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_texts_by_key, setup, teardown),
        cmocka_unit_test(test_what_is_no_catalogue_is_refused),
        cmocka_unit_test(test_both_languages_are_inside),
        cmocka_unit_test_setup_teardown(test_placeholders, setup, teardown),
        cmocka_unit_test_setup_teardown(test_messages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_there_in_russian_too, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_unknown_code_still_tells_what_it_has, setup, teardown),
        cmocka_unit_test_setup_teardown(test_without_a_text_for_the_column_there_is_a_plain_one, setup, teardown),
        cmocka_unit_test(test_forms_for_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
