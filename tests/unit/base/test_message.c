/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Faults, warnings and the texts made for them.
 */
#include <okrug/context.h>

#include <float.h>

#include "testing.h"

static okrug_ctx *ctx;

static int setup(void **state) {
    (void)state;
    ctx = okrug_ctx_new(NULL);
    return ctx != NULL ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    okrug_ctx_free(ctx);
    return 0;
}

static void test_a_fault_is_copied_whole(void **state) {
    (void)state;
    char file[] = "rows.csv";
    char value[] = "12,x";
    okrug_place place = {.file = file, .line = 7, .column = "value"};
    okrug_status status =
        okrug_fail(ctx, OKRUG_BAD_INPUT, "not-a-number", &place, "value", value, "expected", "a number", (char *)NULL);
    memset(file, 'z', strlen(file));
    memset(value, 'z', strlen(value));
    assert_int_equal(status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(ctx), 1);
    assert_int_equal(okrug_faults(ctx), 1);
    const okrug_message *message = okrug_message_at(ctx, 0);
    assert_int_equal(message->severity, OKRUG_FAULT);
    assert_string_equal(message->code, "not-a-number");
    assert_string_equal(message->place.file, "rows.csv");
    assert_int_equal(message->place.line, 7);
    assert_string_equal(message->place.column, "value");
    assert_int_equal(message->arguments, 2);
    assert_string_equal(message->name[0], "value");
    assert_string_equal(message->value[0], "12,x");
    assert_string_equal(message->name[1], "expected");
    assert_string_equal(message->value[1], "a number");
}

static void test_a_message_without_place_or_arguments(void **state) {
    (void)state;
    okrug_warn(ctx, "slow", NULL, (char *)NULL);
    const okrug_message *message = okrug_message_at(ctx, 0);
    assert_int_equal(message->severity, OKRUG_WARNING);
    assert_null(message->place.file);
    assert_null(message->place.column);
    assert_int_equal(message->place.line, 0);
    assert_int_equal(message->arguments, 0);
    assert_int_equal(okrug_faults(ctx), 0);
    assert_int_equal(okrug_messages(ctx), 1);
}

static void test_a_list_says_whether_it_is_whole(void **state) {
    (void)state;
    const char *names = okrug_text_listed(ctx, okrug_text_listed(ctx, "", "a"), "b");
    assert_string_equal(okrug_text_curtailed(ctx, names, 2, 2), "a, b");
    assert_string_equal(okrug_text_curtailed(ctx, names, 2, 3), "a, b …");
    assert_string_equal(okrug_text_curtailed(ctx, "a", 2, 1), "a");
}

static void test_arguments_past_the_room_are_left_out(void **state) {
    (void)state;
    okrug_warn(ctx, "many", NULL, "a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6", "g", "7", (char *)NULL);
    assert_int_equal(okrug_message_at(ctx, 0)->arguments, OKRUG_MESSAGE_ARGUMENTS);
    assert_string_equal(okrug_message_at(ctx, 0)->value[5], "6");
}

static void test_a_missing_value_is_an_empty_text(void **state) {
    (void)state;
    okrug_warn(ctx, "empty", NULL, "value", (char *)NULL, "after", "x", (char *)NULL);
    assert_string_equal(okrug_message_at(ctx, 0)->value[0], "");
    assert_string_equal(okrug_message_at(ctx, 0)->value[1], "x");
}

static void test_messages_stay_where_they_are(void **state) {
    (void)state;
    okrug_warn(ctx, "first", NULL, (char *)NULL);
    const okrug_message *first = okrug_message_at(ctx, 0);
    for (int i = 0; i < 1000; i++) {
        okrug_warn(ctx, "later", NULL, "i", okrug_text_integer(ctx, i), (char *)NULL);
    }
    assert_ptr_equal(okrug_message_at(ctx, 0), first);
    assert_string_equal(first->code, "first");
    assert_string_equal(okrug_message_at(ctx, 1000)->value[0], "999");
}

static void test_past_ten_thousand_they_are_counted_only(void **state) {
    (void)state;
    for (int i = 0; i < 10050; i++) {
        if (i % 2 == 0) {
            (void)okrug_fail(ctx, OKRUG_BAD_INPUT, "bad", NULL, (char *)NULL);
        } else {
            okrug_warn(ctx, "odd", NULL, (char *)NULL);
        }
    }
    assert_int_equal(okrug_messages(ctx), 10000);
    assert_int_equal(okrug_messages_dropped(ctx), 50);
    assert_int_equal(okrug_faults(ctx), 5025);
    okrug_messages_clear(ctx);
    assert_int_equal(okrug_messages(ctx), 0);
    assert_int_equal(okrug_messages_dropped(ctx), 0);
    assert_int_equal(okrug_faults(ctx), 0);
    okrug_warn(ctx, "anew", NULL, (char *)NULL);
    assert_string_equal(okrug_message_at(ctx, 0)->code, "anew");
}

static void test_texts_outlive_the_messages(void **state) {
    (void)state;
    const char *text = okrug_text(ctx, "%s-%d", "part", 3);
    okrug_warn(ctx, "one", NULL, (char *)NULL);
    okrug_messages_clear(ctx);
    assert_string_equal(text, "part-3");
}

static void test_texts_of_any_length(void **state) {
    (void)state;
    for (int length = 250; length < 262; length++) {
        const char *text = okrug_text(ctx, "%*d", length, 7);
        assert_int_equal(strlen(text), length);
        assert_int_equal(text[length - 1], '7');
    }
    assert_int_equal(strlen(okrug_text(ctx, "%100000d", 1)), 100000);
    assert_string_equal(okrug_text(ctx, "%s", ""), "");
}

static void test_numbers_as_texts(void **state) {
    (void)state;
    assert_string_equal(okrug_text_number(ctx, 0.1), "0.1");
    assert_string_equal(okrug_text_number(ctx, -DBL_MAX), "-1.7976931348623157e+308");
    assert_string_equal(okrug_text_integer(ctx, INT64_MIN), "-9223372036854775808");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_fault_is_copied_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_message_without_place_or_arguments, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_list_says_whether_it_is_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(test_arguments_past_the_room_are_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_missing_value_is_an_empty_text, setup, teardown),
        cmocka_unit_test_setup_teardown(test_messages_stay_where_they_are, setup, teardown),
        cmocka_unit_test_setup_teardown(test_past_ten_thousand_they_are_counted_only, setup, teardown),
        cmocka_unit_test_setup_teardown(test_texts_outlive_the_messages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_texts_of_any_length, setup, teardown),
        cmocka_unit_test_setup_teardown(test_numbers_as_texts, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
