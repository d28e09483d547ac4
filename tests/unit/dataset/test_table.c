/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Datasets, tables and cells: growing, missing cells and their reasons, what is refused.
 */
#include <okrug/dataset.h>

#include <math.h>
#include <stdio.h>

#include "testing.h"

static okrug_dataset *dataset;
static okrug_table *table;
static int region;
static int value;

static int setup(void **state) {
    (void)state;
    dataset = okrug_dataset_new("employment", "values");
    table = dataset != NULL ? okrug_dataset_add_table(dataset, "rows") : NULL;
    if (table == NULL) {
        return -1;
    }
    region = okrug_table_add_column(table, "region", OKRUG_TEXT, OKRUG_UNIT_NONE);
    value = okrug_table_add_column(table, "value", OKRUG_NUMBER, OKRUG_UNIT_PERSON);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    okrug_dataset_free(dataset);
    return 0;
}

static void test_names_are_copied(void **state) {
    (void)state;
    char id[] = "id";
    char name[] = "name";
    okrug_dataset *made = okrug_dataset_new(id, "result");
    okrug_table *one = okrug_dataset_add_table(made, name);
    int column = okrug_table_add_column(one, name, OKRUG_TEXT, OKRUG_UNIT_NONE);
    id[0] = name[0] = 'x';
    assert_string_equal(made->id, "id");
    assert_string_equal(made->kind, "result");
    assert_null(made->provenance);
    assert_string_equal(one->name, "name");
    assert_string_equal(one->column[column].name, "name");
    assert_null(one->column[column].header);
    assert_null(one->file);
    assert_ptr_equal(one->dataset, made);
    okrug_dataset_free(made);
    okrug_dataset_free(NULL);
}

static void test_tables_by_name_stay_where_they_are(void **state) {
    (void)state;
    char name[16];
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "t%d", i);
        assert_non_null(okrug_dataset_add_table(dataset, name));
    }
    assert_int_equal(dataset->tables, 101);
    assert_ptr_equal(okrug_dataset_table(dataset, "rows"), table);
    assert_string_equal(okrug_dataset_table(dataset, "t99")->name, "t99");
    assert_null(okrug_dataset_table(dataset, "t100"));
}

static void test_columns_by_name(void **state) {
    (void)state;
    assert_int_equal(region, 0);
    assert_int_equal(value, 1);
    char name[16];
    for (int i = 2; i < 300; i++) {
        snprintf(name, sizeof name, "c%d", i);
        assert_int_equal(okrug_table_add_column(table, name, OKRUG_NUMBER, OKRUG_UNIT_RATIO), i);
    }
    assert_int_equal(table->columns, 300);
    assert_int_equal(okrug_table_column(table, "value")->unit, OKRUG_UNIT_PERSON);
    assert_string_equal(okrug_table_column(table, "c299")->name, "c299");
    assert_null(okrug_table_column(table, "c300"));
}

static void assert_missing(okrug_reason reason, int64_t row) {
    assert_int_equal(okrug_reason_at(&table->column[value], row), reason);
    assert_true(isnan(table->column[value].number[row]));
}

static void test_a_new_row_is_missing_everywhere(void **state) {
    (void)state;
    assert_int_equal(okrug_table_add_row(table, 0), 0);
    assert_int_equal(table->rows, 1);
    assert_null(table->line);
    assert_missing(OKRUG_NOT_COLLECTED, 0);
    assert_int_equal(okrug_reason_at(&table->column[region], 0), OKRUG_NOT_COLLECTED);
    assert_null(okrug_text_at(&table->column[region], 0));
    assert_int_equal(table->column[region].word[0], -1);
}

static void test_cells_are_set_and_emptied(void **state) {
    (void)state;
    okrug_table_add_row(table, 2);
    assert_int_equal(okrug_set_text(table, region, 0, "29401xyz", 5), OKRUG_OK);
    assert_string_equal(okrug_text_at(&table->column[region], 0), "29401");
    assert_int_equal(okrug_reason_at(&table->column[region], 0), OKRUG_PRESENT);
    assert_int_equal(okrug_set_number(table, value, 0, -0.0), OKRUG_OK);
    assert_same_double(table->column[value].number[0], -0.0);
    assert_int_equal(okrug_reason_at(&table->column[value], 0), OKRUG_PRESENT);
    assert_int_equal(okrug_set_missing(table, value, 0, OKRUG_SUPPRESSED), OKRUG_OK);
    assert_missing(OKRUG_SUPPRESSED, 0);
    assert_int_equal(okrug_set_missing(table, region, 0, OKRUG_NO_ROW), OKRUG_OK);
    assert_null(okrug_text_at(&table->column[region], 0));
}

static void test_a_number_or_a_reason(void **state) {
    (void)state;
    okrug_table_add_row(table, 0);
    assert_int_equal(okrug_set_number_or(table, value, 0, 5, OKRUG_ZERO_TOTAL), OKRUG_OK);
    assert_true(table->column[value].number[0] == 5);
    assert_int_equal(okrug_set_number_or(table, value, 0, INFINITY, OKRUG_ZERO_TOTAL), OKRUG_OK);
    assert_missing(OKRUG_ZERO_TOTAL, 0);
    assert_int_equal(okrug_set_number_or(table, value, 0, NAN, OKRUG_UNDEFINED), OKRUG_OK);
    assert_missing(OKRUG_UNDEFINED, 0);
}

static void test_misuse_is_a_defect_and_changes_nothing(void **state) {
    (void)state;
    okrug_table_add_row(table, 0);
    okrug_set_number(table, value, 0, 7);
    assert_int_equal(okrug_set_number(table, value, 0, NAN), OKRUG_DEFECT);
    assert_int_equal(okrug_set_number(table, value, 0, INFINITY), OKRUG_DEFECT);
    assert_int_equal(okrug_set_number(table, value, 1, 1), OKRUG_DEFECT);
    assert_int_equal(okrug_set_number(table, value, -1, 1), OKRUG_DEFECT);
    assert_int_equal(okrug_set_number(table, 2, 0, 1), OKRUG_DEFECT);
    assert_int_equal(okrug_set_number(table, -1, 0, 1), OKRUG_DEFECT);
    assert_int_equal(okrug_set_number(table, region, 0, 1), OKRUG_DEFECT);
    assert_int_equal(okrug_set_text(table, value, 0, "1", 1), OKRUG_DEFECT);
    assert_int_equal(okrug_set_missing(table, value, 0, OKRUG_PRESENT), OKRUG_DEFECT);
    assert_int_equal(okrug_set_missing(table, value, 0, OKRUG_REASONS_COUNT), OKRUG_DEFECT);
    assert_true(table->column[value].number[0] == 7);
}

static void test_a_column_added_to_rows_is_missing(void **state) {
    (void)state;
    for (int i = 0; i < 100; i++) {
        okrug_table_add_row(table, 0);
    }
    int late = okrug_table_add_column(table, "late", OKRUG_TEXT, OKRUG_UNIT_NONE);
    for (int64_t r = 0; r < 100; r++) {
        assert_int_equal(okrug_reason_at(&table->column[late], r), OKRUG_NOT_COLLECTED);
        assert_null(okrug_text_at(&table->column[late], r));
    }
    assert_int_equal(okrug_table_add_row(table, 0), 100);
    assert_int_equal(okrug_set_text(table, late, 100, "x", 1), OKRUG_OK);
}

static void test_lines_begin_where_the_first_is_known(void **state) {
    (void)state;
    okrug_table_add_row(table, 0);
    okrug_table_add_row(table, 0);
    okrug_table_add_row(table, 17);
    okrug_table_add_row(table, 0);
    static const int32_t expected[] = {0, 0, 17, 0};
    assert_memory_equal(table->line, expected, sizeof expected);
    for (int32_t r = 4; r < 10000; r++) {
        okrug_table_add_row(table, r);
    }
    assert_memory_equal(table->line, expected, sizeof expected);
    assert_int_equal(table->line[9999], 9999);
}

static void test_geometry_is_a_text(void **state) {
    (void)state;
    int place = okrug_table_add_column(table, "place", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    okrug_table_add_row(table, 0);
    assert_int_equal(okrug_set_text(table, place, 0, "0101", 4), OKRUG_OK);
    assert_string_equal(okrug_text_at(&table->column[place], 0), "0101");
    assert_int_equal(okrug_set_number(table, place, 0, 1), OKRUG_DEFECT);
}

static void test_reserved_rows_are_not_there_yet(void **state) {
    (void)state;
    assert_int_equal(okrug_table_reserve(table, 1000), OKRUG_OK);
    assert_int_equal(table->rows, 0);
    const double *before = table->column[value].number;
    for (int64_t r = 0; r < 1000; r++) {
        assert_int_equal(okrug_table_add_row(table, 0), r);
        assert_int_equal(okrug_set_number(table, value, r, (double)r), OKRUG_OK);
    }
    assert_ptr_equal(table->column[value].number, before);
    assert_int_equal(okrug_table_reserve(table, 5), OKRUG_OK);
    assert_int_equal(okrug_table_reserve(table, INT64_MAX), OKRUG_NO_MEMORY);
    for (int64_t r = 0; r < 1000; r++) {
        assert_true(table->column[value].number[r] == (double)r);
    }
}

static void test_rows_grow_and_keep_their_cells(void **state) {
    (void)state;
    char text[16];
    for (int64_t r = 0; r < 20000; r++) {
        okrug_table_add_row(table, r + 2);
        int length = snprintf(text, sizeof text, "%d", (int)(r % 100));
        assert_int_equal(okrug_set_text(table, region, r, text, (size_t)length), OKRUG_OK);
        if (r % 3 != 0) {
            okrug_set_number(table, value, r, (double)r / 2);
        }
    }
    for (int64_t r = 0; r < 20000; r++) {
        assert_int_equal(table->column[region].word[r], r % 100);
        if (r % 3 != 0) {
            assert_true(table->column[value].number[r] == (double)r / 2);
        } else {
            assert_missing(OKRUG_NOT_COLLECTED, r);
        }
    }
    assert_int_equal(okrug_words_count(table->column[region].words), 100);
}

static void test_left_out_columns_keep_the_places_of_others(void **state) {
    (void)state;
    okrug_dataset *own = okrug_dataset_new("id", "result");
    okrug_table *rows_of = okrug_dataset_add_table(own, "rows");
    assert_int_equal(okrug_table_add_column(rows_of, "a", OKRUG_TEXT, OKRUG_UNIT_NONE), 0);
    assert_int_equal(okrug_table_leave_out_column(rows_of), 1);
    assert_int_equal(okrug_table_leave_out_column(rows_of), 2);
    assert_int_equal(okrug_table_add_column(rows_of, "d", OKRUG_NUMBER, OKRUG_UNIT_RATIO), 3);
    assert_int_equal(rows_of->columns, 2);
    assert_int_equal(okrug_table_add_row(rows_of, 0), 0);
    for (int place = 1; place <= 2; place++) {
        assert_null(okrug_table_column_at(rows_of, place));
        assert_int_equal(okrug_set_text(rows_of, place, 0, "x", 1), OKRUG_OK);
        assert_int_equal(okrug_set_number(rows_of, place, 0, 1.0), OKRUG_OK);
        assert_int_equal(okrug_set_missing(rows_of, place, 0, OKRUG_UNDEFINED), OKRUG_OK);
    }
    assert_int_equal(okrug_set_text(rows_of, 0, 0, "x", 1), OKRUG_OK);
    assert_int_equal(okrug_set_number(rows_of, 3, 0, 4.0), OKRUG_OK);
    assert_ptr_equal(okrug_table_column_at(rows_of, 3), okrug_table_column(rows_of, "d"));
    assert_string_equal(okrug_text_at(&rows_of->column[0], 0), "x");
    assert_true(rows_of->column[1].number[0] == 4.0);
    assert_int_equal(okrug_set_number(rows_of, 4, 0, 4.0), OKRUG_DEFECT);
    assert_int_equal(okrug_table_leave_out_column(okrug_dataset_add_table(own, "none")), 0);
    okrug_dataset_drop_empty(own);
    assert_int_equal(own->tables, 1);
    assert_ptr_equal(own->table[0], rows_of);
    okrug_dataset_free(own);
}

static void test_shared_columns_outlive_each_other(void **state) {
    (void)state;
    okrug_dataset *one = okrug_dataset_new("one", "values"), *other = okrug_dataset_new("other", "result");
    okrug_table *from = okrug_dataset_add_table(one, "from"), *to = okrug_dataset_add_table(other, "to");
    okrug_table_add_column(from, "code", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(to, "code", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(to, "x", OKRUG_NUMBER, OKRUG_UNIT_RATIO);
    okrug_table_add_column(to, "note", OKRUG_TEXT, OKRUG_UNIT_NONE);
    assert_int_equal(okrug_table_add_rows_to_fill(from, 3), OKRUG_OK);
    assert_int_equal(okrug_table_set_all_text(from, 0, "a"), OKRUG_OK);
    assert_int_equal(okrug_set_text(from, 0, 1, "b", 1), OKRUG_OK);
    assert_int_equal(okrug_set_missing(from, 0, 2, OKRUG_NOT_COLLECTED), OKRUG_OK);
    assert_int_equal(okrug_table_add_rows_to_fill(to, 3), OKRUG_OK);
    assert_int_equal(okrug_table_share_column(to, 1, &from->column[0]), OKRUG_DEFECT);
    assert_int_equal(okrug_table_share_column(to, 0, &from->column[0]), OKRUG_OK);
    assert_ptr_equal(to->column[0].word, from->column[0].word);
    /* Neither table may change what the other has. */
    assert_int_equal(okrug_set_text(from, 0, 0, "c", 1), OKRUG_DEFECT);
    assert_int_equal(okrug_set_missing(to, 0, 0, OKRUG_UNDEFINED), OKRUG_DEFECT);
    assert_int_equal(okrug_table_set_all_text(to, 0, "c"), OKRUG_DEFECT);
    assert_int_equal(okrug_table_set_all_missing(to, 0, OKRUG_UNDEFINED), OKRUG_DEFECT);
    assert_int_equal(okrug_table_reserve(to, 100), OKRUG_DEFECT);
    assert_int_equal(okrug_table_set_all_missing(to, 1, OKRUG_UNDEFINED), OKRUG_OK);
    assert_int_equal(okrug_table_set_all_missing(to, 2, OKRUG_NOT_COLLECTED), OKRUG_OK);
    assert_int_equal(okrug_table_set_all_text(to, 2, "n"), OKRUG_OK);
    assert_int_equal(okrug_table_set_all_text(to, 1, "n"), OKRUG_DEFECT);
    okrug_dataset_free(one);
    assert_string_equal(okrug_text_at(&to->column[0], 1), "b");
    assert_int_equal(okrug_reason_at(&to->column[0], 2), OKRUG_NOT_COLLECTED);
    assert_int_equal(okrug_reason_at(&to->column[1], 0), OKRUG_UNDEFINED);
    assert_string_equal(okrug_text_at(&to->column[2], 2), "n");
    assert_int_equal(okrug_reason_at(&to->column[2], 2), OKRUG_PRESENT);
    assert_int_equal(okrug_table_reserve(to, 100), OKRUG_OK); /* they are its own by now */
    assert_int_equal(okrug_set_text(to, 0, 0, "c", 1), OKRUG_OK);
    okrug_dataset_free(other);
}

static void test_rows_to_fill_are_there(void **state) {
    (void)state;
    okrug_dataset *own = okrug_dataset_new("id", "result");
    okrug_table *rows_of = okrug_dataset_add_table(own, "rows");
    okrug_table_add_column(rows_of, "x", OKRUG_NUMBER, OKRUG_UNIT_RATIO);
    assert_int_equal(okrug_table_add_row(rows_of, 7), 0);
    assert_int_equal(okrug_table_add_rows_to_fill(rows_of, 1000), OKRUG_OK);
    assert_int_equal(rows_of->rows, 1001);
    for (int64_t r = 1; r < rows_of->rows; r++) {
        assert_int_equal(okrug_set_number(rows_of, 0, r, (double)r), OKRUG_OK);
    }
    assert_int_equal(okrug_reason_at(&rows_of->column[0], 0), OKRUG_NOT_COLLECTED);
    assert_int_equal(okrug_reason_at(&rows_of->column[0], 1000), OKRUG_PRESENT);
    assert_int_equal(rows_of->line[0], 7);
    assert_int_equal(rows_of->line[1000], 0);
    okrug_dataset_free(own);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static void cells_by_the_name_of_their_column(void **state) {
    (void)state;
    okrug_dataset *own = okrug_dataset_new("d", "values");
    okrug_table *cells = okrug_dataset_add_table(own, "t");
    okrug_table_add_column(cells, "name", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(cells, "value", OKRUG_NUMBER, OKRUG_UNIT_NONE);
    int64_t first = okrug_table_add_row(cells, 7);
    int64_t second = okrug_table_add_row(cells, 9);
    assert_int_equal(okrug_set_text(cells, 0, first, "x", 1), OKRUG_OK);
    assert_int_equal(okrug_set_number(cells, 1, first, 2.5), OKRUG_OK);
    assert_string_equal(okrug_table_text(cells, "name", first), "x");
    assert_true(okrug_table_number(cells, "value", first) == 2.5);
    assert_true(okrug_number_at(&cells->column[1], first) == 2.5);
    assert_null(okrug_table_text(cells, "name", second));
    assert_true(isnan(okrug_table_number(cells, "value", second)));
    assert_null(okrug_table_text(cells, "value", first)); /* no column of texts */
    assert_true(isnan(okrug_table_number(cells, "name", first)));
    assert_null(okrug_table_text(cells, "none", first));
    assert_true(isnan(okrug_number_at(NULL, first)));
    okrug_place place = okrug_table_place(cells, second, "value");
    assert_int_equal(place.line, 9);
    assert_string_equal(place.column, "value");
    okrug_dataset_free(own);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_by_the_name_of_their_column),
        cmocka_unit_test(test_left_out_columns_keep_the_places_of_others),
        cmocka_unit_test(test_shared_columns_outlive_each_other),
        cmocka_unit_test(test_rows_to_fill_are_there),
        cmocka_unit_test(test_names_are_copied),
        TEST(test_tables_by_name_stay_where_they_are),
        TEST(test_columns_by_name),
        TEST(test_a_new_row_is_missing_everywhere),
        TEST(test_cells_are_set_and_emptied),
        TEST(test_a_number_or_a_reason),
        TEST(test_misuse_is_a_defect_and_changes_nothing),
        TEST(test_a_column_added_to_rows_is_missing),
        TEST(test_lines_begin_where_the_first_is_known),
        TEST(test_geometry_is_a_text),
        TEST(test_reserved_rows_are_not_there_yet),
        TEST(test_rows_grow_and_keep_their_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
