/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every allocation of datasets, tables, cells and words fails in turn; what was there before stays whole.
 */
#include <okrug/dataset.h>

#include <stdio.h>

#include "failing_allocator.h"
#include "testing.h"

static okrug_status words_work(void *user) {
    (void)user;
    okrug_words *words = okrug_words_new();
    if (words == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    char text[32];
    int32_t added = 0;
    for (int i = 0; i < 500 && status == OKRUG_OK; i++) {
        int length = snprintf(text, sizeof text, "word %d", i);
        if (okrug_words_add(words, text, (size_t)length) < 0) {
            status = OKRUG_NO_MEMORY;
            assert_int_equal(okrug_words_find(words, text, (size_t)length), -1);
        } else {
            added++;
        }
    }
    assert_int_equal(okrug_words_count(words), added);
    for (int32_t i = 0; i < added; i++) {
        int length = snprintf(text, sizeof text, "word %d", i);
        assert_int_equal(okrug_words_find(words, text, (size_t)length), i);
    }
    okrug_words_free(words);
    return status;
}

static void test_words(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(words_work, NULL) >= 10);
}

static okrug_status fill_rows(okrug_table *table, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        int64_t row = okrug_table_add_row(table, i);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_set_text(table, 0, row, "Калуга", strlen("Калуга")));
        OKRUG_TRY(okrug_set_number(table, 1, row, (double)row));
    }
    return OKRUG_OK;
}

static okrug_status fill_dataset(okrug_dataset *dataset) {
    okrug_table *table = okrug_dataset_add_table(dataset, "rows");
    if (table == NULL || okrug_table_add_column(table, "region", OKRUG_TEXT, OKRUG_UNIT_NONE) < 0 ||
        okrug_table_add_column(table, "value", OKRUG_NUMBER, OKRUG_UNIT_PERSON) < 0) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = fill_rows(table, 200);
    /* Rows that were filled before a failure are as they were. */
    for (int64_t r = 0; r + 1 < table->rows; r++) {
        assert_true(table->column[1].number[r] == (double)r);
        assert_string_equal(okrug_text_at(&table->column[0], r), "Калуга");
    }
    OKRUG_TRY(status);
    if (okrug_table_add_column(table, "late", OKRUG_NUMBER, OKRUG_UNIT_RATIO) < 0 ||
        okrug_table_add_column(table, "place", OKRUG_GEOMETRY, OKRUG_UNIT_NONE) < 0 ||
        okrug_dataset_add_table(dataset, "more") == NULL || okrug_dataset_keep(dataset, "text") == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_set_missing(table, 2, 0, OKRUG_SUPPRESSED));
    return okrug_table_reserve(table, 1000);
}

/* A result that has columns in common with `from`, and none of others. */
static okrug_status share_columns(const okrug_table *from, okrug_dataset *result) {
    okrug_table *table = okrug_dataset_add_table(result, "shared");
    if (table == NULL || okrug_table_add_column(table, "region", OKRUG_TEXT, OKRUG_UNIT_NONE) < 0 ||
        okrug_table_leave_out_column(table) < 0 ||
        okrug_table_add_column(table, "value", OKRUG_NUMBER, OKRUG_UNIT_PERSON) < 0 ||
        okrug_table_add_column(table, "note", OKRUG_TEXT, OKRUG_UNIT_NONE) < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_table_add_rows_to_fill(table, from->rows));
    OKRUG_TRY(okrug_table_share_column(table, 0, &from->column[0]));
    OKRUG_TRY(okrug_table_begin_reasons(table, 2));
    OKRUG_TRY(okrug_table_set_all_missing(table, 2, OKRUG_UNDEFINED));
    return okrug_table_set_all_text(table, 3, "note");
}

static okrug_status sharing_work(void *user) {
    (void)user;
    okrug_dataset *one = okrug_dataset_new("one", "values"), *other = okrug_dataset_new("other", "result");
    okrug_status status = one == NULL || other == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    okrug_table *from = status == OKRUG_OK ? okrug_dataset_add_table(one, "rows") : NULL;
    if (from == NULL || okrug_table_add_column(from, "region", OKRUG_TEXT, OKRUG_UNIT_NONE) < 0 ||
        okrug_table_add_column(from, "value", OKRUG_NUMBER, OKRUG_UNIT_PERSON) < 0) {
        status = OKRUG_NO_MEMORY;
    }
    status = status == OKRUG_OK ? fill_rows(from, 200) : status;
    status = status == OKRUG_OK ? share_columns(from, other) : status;
    okrug_dataset_free(one);
    okrug_dataset_free(other);
    return status;
}

static void test_sharing(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(sharing_work, NULL) >= 10);
}

static okrug_status dataset_work(void *user) {
    (void)user;
    okrug_dataset *dataset = okrug_dataset_new("id", "values");
    if (dataset == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = fill_dataset(dataset);
    okrug_dataset_free(dataset);
    return status;
}

static void test_datasets(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(dataset_work, NULL) >= 20);
}

/* Names too long for the room that is left, so that each copy is an allocation of its own. */
static okrug_status long_names_work(void *user) {
    (void)user;
    static char name[3000];
    memset(name, 'n', sizeof name - 1);
    okrug_dataset *dataset = okrug_dataset_new(name, name);
    okrug_table *table = dataset != NULL ? okrug_dataset_add_table(dataset, name) : NULL;
    int column = table != NULL ? okrug_table_add_column(table, name, OKRUG_TEXT, OKRUG_UNIT_NONE) : -1;
    okrug_dataset_free(dataset);
    return column >= 0 ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static void test_long_names(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(long_names_work, NULL) >= 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sharing),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_datasets),
        cmocka_unit_test(test_long_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
