/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words against a plain list: the same numbers for any sequence of texts. Reasons of random rows, there and back.
 */
#include <okrug/dataset.h>

#include <stdlib.h>

#include "testing.h"

static void test_words_are_a_list_without_repeats(void **state) {
    (void)state;
    enum { MOST = 400, LONGEST = 24 };
    for (uint64_t seed = 0; seed < 20; seed++) {
        okrug_words *words = okrug_words_new();
        char known[MOST][LONGEST];
        size_t length[MOST];
        int32_t count = 0;
        for (uint64_t i = 0; i < MOST; i++) {
            /* Few letters and any length, so that texts repeat and begin alike; bytes of zero among them. */
            uint64_t bits = testing_random(seed, i);
            char text[LONGEST];
            size_t wanted = bits % (seed + 2);
            for (size_t j = 0; j < wanted; j++) {
                text[j] = (char)(bits >> (8 + j) & 1);
            }
            int32_t expected = 0;
            while (expected < count && (length[expected] != wanted || memcmp(known[expected], text, wanted) != 0)) {
                expected++;
            }
            assert_int_equal(okrug_words_find(words, text, wanted), expected < count ? expected : -1);
            assert_int_equal(okrug_words_add(words, text, wanted), expected);
            if (expected == count) {
                memcpy(known[count], text, wanted);
                length[count++] = wanted;
            }
            assert_int_equal(okrug_words_count(words), count);
        }
        for (int32_t i = 0; i < count; i++) {
            assert_memory_equal(okrug_words_text(words, i), known[i], length[i]);
            assert_int_equal(okrug_words_text(words, i)[length[i]], '\0');
        }
        okrug_words_free(words);
    }
}

static void test_reasons_of_a_row_come_back(void **state) {
    (void)state;
    enum { COLUMNS = 6 };
    static const char *const names[COLUMNS] = {"a", "ab", "a:b", "доля", "a;ab", "constant"};
    okrug_dataset *dataset = okrug_dataset_new("d", "result");
    okrug_table *table = okrug_dataset_add_table(dataset, "t");
    for (int c = 0; c < COLUMNS; c++) {
        okrug_table_add_column(table, names[c], OKRUG_NUMBER, OKRUG_UNIT_RATIO);
    }
    okrug_table_add_row(table, 0);
    okrug_table_add_row(table, 0);
    char *text = malloc(okrug_reason_text_size(table));
    char *again = malloc(okrug_reason_text_size(table));
    for (uint64_t i = 0; i < 5000; i++) {
        uint64_t bits = testing_random(17, i);
        for (int c = 0; c < COLUMNS; c++, bits >>= 8) {
            okrug_set_number(table, c, 0, 1);
            okrug_set_number(table, c, 1, 1);
            int reason = (int)(bits % 256 % OKRUG_REASONS_COUNT);
            if (reason != OKRUG_PRESENT) {
                okrug_set_missing(table, c, 0, (okrug_reason)reason);
            }
        }
        okrug_reason_text(table, 0, text);
        assert_true(okrug_reason_text_apply(table, 1, text));
        okrug_reason_text(table, 1, again);
        assert_string_equal(text, again);
        for (int c = 0; c < COLUMNS; c++) {
            assert_int_equal(okrug_reason_at(&table->column[c], 0), okrug_reason_at(&table->column[c], 1));
        }
    }
    free(text);
    free(again);
    okrug_dataset_free(dataset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_are_a_list_without_repeats),
        cmocka_unit_test(test_reasons_of_a_row_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
