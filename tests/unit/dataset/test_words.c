/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words: numbered as they come, one number for one text, a million of them.
 */
#include <okrug/dataset.h>

#include <stdio.h>

#include "testing.h"

static int32_t add(okrug_words *words, const char *text) {
    return okrug_words_add(words, text, strlen(text));
}

static void test_numbers_follow_the_order_of_coming(void **state) {
    (void)state;
    okrug_words *words = okrug_words_new();
    assert_non_null(words);
    assert_int_equal(okrug_words_count(words), 0);
    assert_int_equal(add(words, "Калуга"), 0);
    assert_int_equal(add(words, "Тула"), 1);
    assert_int_equal(add(words, "Калуга"), 0);
    assert_int_equal(add(words, ""), 2);
    assert_int_equal(add(words, "Орёл"), 3);
    assert_int_equal(add(words, "Орел"), 4);
    assert_int_equal(okrug_words_count(words), 5);
    assert_string_equal(okrug_words_text(words, 1), "Тула");
    assert_string_equal(okrug_words_text(words, 2), "");
    assert_null(okrug_words_text(words, -1));
    okrug_words_free(words);
    okrug_words_free(NULL);
}

static void test_finding_adds_nothing(void **state) {
    (void)state;
    okrug_words *words = okrug_words_new();
    assert_int_equal(okrug_words_find(words, "a", 1), -1);
    assert_int_equal(okrug_words_find(words, "", 0), -1);
    add(words, "a");
    assert_int_equal(okrug_words_find(words, "a", 1), 0);
    assert_int_equal(okrug_words_find(words, "b", 1), -1);
    assert_int_equal(okrug_words_count(words), 1);
    okrug_words_free(words);
}

static void test_length_and_zeros_tell_words_apart(void **state) {
    (void)state;
    okrug_words *words = okrug_words_new();
    static const char zeros[20] = {0};
    for (int32_t length = 0; length <= 20; length++) {
        assert_int_equal(okrug_words_add(words, zeros, (size_t)length), length);
    }
    assert_int_equal(okrug_words_add(words, "abcd", 3), 21);
    assert_int_equal(okrug_words_add(words, "abc", 3), 21);
    assert_string_equal(okrug_words_text(words, 21), "abc");
    assert_int_equal(add(words, "007"), 22);
    assert_int_equal(add(words, "7"), 23);
    okrug_words_free(words);
}

static void test_a_million_distinct(void **state) {
    (void)state;
    enum { WORDS = 1000000 };
    okrug_words *words = okrug_words_new();
    const char *first = NULL;
    char text[32];
    for (int round = 0; round < 2; round++) {
        for (int32_t i = 0; i < WORDS; i++) {
            int length = snprintf(text, sizeof text, "%d-%x", i, (unsigned)i * 7U);
            int32_t word = okrug_words_add(words, text, (size_t)length);
            if (word != i) {
                fail_msg("\"%s\" got %d", text, word);
            }
            if (i == 0) {
                assert_true(first == NULL || first == okrug_words_text(words, 0));
                first = okrug_words_text(words, 0);
            }
        }
        assert_int_equal(okrug_words_count(words), WORDS);
    }
    assert_string_equal(first, "0-0");
    assert_string_equal(okrug_words_text(words, WORDS - 1), "999999-6acfb9");
    okrug_words_free(words);
}

static void test_a_very_long_word(void **state) {
    (void)state;
    enum { LENGTH = 5000000 };
    static char text[LENGTH];
    memset(text, 'x', sizeof text);
    okrug_words *words = okrug_words_new();
    assert_int_equal(okrug_words_add(words, text, LENGTH), 0);
    text[LENGTH - 1] = 'y';
    assert_int_equal(okrug_words_add(words, text, LENGTH), 1);
    assert_int_equal(strlen(okrug_words_text(words, 0)), LENGTH);
    okrug_words_free(words);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_follow_the_order_of_coming),
        cmocka_unit_test(test_finding_adds_nothing),
        cmocka_unit_test(test_length_and_zeros_tell_words_apart),
        cmocka_unit_test(test_a_million_distinct),
        cmocka_unit_test(test_a_very_long_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
