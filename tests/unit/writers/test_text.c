/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables on a terminal: alignment, numbers for people, what must not reach the terminal.
 */
#include "base/catalogue_private.h"
#include "writers_testing.h"

static int64_t most;
static okrug_catalogue *catalogue;

static okrug_status write_text(okrug_ctx *ctx, const okrug_table *table, FILE *out) {
    return okrug_write_text(ctx, table, catalogue, most, out);
}

static void text_is(const okrug_table *table, int64_t rows, const char *expected) {
    most = rows;
    char *text = written(write_text, table);
    assert_string_equal(text, expected);
    free(text);
}

static void columns_line_up(void **state) {
    (void)state;
    okrug_dataset *dataset = small_result();
    dataset->table[0]->column[0].name = "регион";
    text_is(dataset->table[0], 0,
            "регион           lq           z\n"
            "07              0.1           0\n"
            "             1e+300  zero-total\n"
            "Калуга   suppressed   undefined\n"
            "        1.23457e+16           3\n");
    text_is(dataset->table[0], 1,
            "регион   lq  z\n"
            "07      0.1  0\n"
            "(3 / 4)\n");
    text_is(dataset->table[0], 4,
            "регион           lq           z\n"
            "07              0.1           0\n"
            "             1e+300  zero-total\n"
            "Калуга   suppressed   undefined\n"
            "        1.23457e+16           3\n");
    okrug_dataset_free(dataset);
}

static void reasons_are_in_words(void **state) {
    (void)state;
    static const char texts[] = "{\"reason.suppressed\": \"скрыто\", \"text.rest\": \"и ещё {rest} из {rows}\"}";
    okrug_dataset *dataset = small_result();
    catalogue = okrug_catalogue_from_json(texts, sizeof texts - 1);
    text_is(dataset->table[0], 3,
            "region      lq           z\n"
            "07         0.1           0\n"
            "        1e+300  zero-total\n"
            "Калуга  скрыто   undefined\n"
            "и ещё 1 из 4\n");
    okrug_catalogue_free(catalogue);
    catalogue = NULL;
    okrug_dataset_free(dataset);
}

static void numbers_are_for_people(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *shown;
    } numbers[] = {{0.0, "0"},
                   {-0.0, "0"},
                   {1.0 / 3.0, "0.333333"},
                   {-2.0 / 3.0, "-0.666667"},
                   {1e-7, "1e-07"},
                   {1.23456789e-5, "1.23457e-05"},
                   {999999.5, "1e+06"},
                   {123456.789, "123457"},
                   {1234567.0, "1234567"},
                   {1234567.89, "1234568"},
                   {1e15 / 3, "333333333333333"},
                   {1e20, "1e+20"},
                   {1.0 / 3.0 * 1e20, "3.33333e+19"},
                   {100.0, "100"},
                   {0.30000000000000004, "0.3"}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        okrug_dataset *dataset = okrug_dataset_new("d", "values");
        okrug_table *table = okrug_dataset_add_table(dataset, "t");
        okrug_table_add_column(table, "n", OKRUG_NUMBER, OKRUG_UNIT_NONE);
        add_number(table, 0, okrug_table_add_row(table, 0), numbers[i].value);
        most = 0;
        char *text = written(write_text, table);
        char *shown = strchr(text, '\n') + 1;
        shown[strlen(shown) - 1] = '\0';
        double expected = strtod(numbers[i].shown, NULL);
        if (i != 4 && i != 5 && i != 6) {
            assert_string_equal(shown, numbers[i].shown);
        } else { /* the form of small and rounded-up numbers is that of the number adapter */
            assert_same_double(strtod(shown, NULL), expected);
        }
        free(text);
        okrug_dataset_free(dataset);
    }
}

static void the_terminal_is_not_spoken_to(void **state) {
    (void)state;
    okrug_dataset *dataset = okrug_dataset_new("d", "values");
    okrug_table *table = okrug_dataset_add_table(dataset, "t");
    okrug_table_add_column(table, "a", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "b", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_row(table, 0);
    add_text(table, 0, 0, "x\n\x1B[31my\x7F");
    add_text(table, 1, 0,
             "\xC2\x9B"
             "2J\xC2\xA0\xC2");
    text_is(table, 0, "a          b\nx  [31my    2J\xC2\xA0\xC2\n");
    okrug_dataset_free(dataset);
}

static void geometry_is_named(void **state) {
    (void)state;
    okrug_dataset *dataset = okrug_dataset_new("d", "territories");
    okrug_table *table = okrug_dataset_add_table(dataset, "t");
    okrug_table_add_column(table, "geom", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    add_text(table, 0, okrug_table_add_row(table, 0), "010600000000000000");
    add_text(table, 0, okrug_table_add_row(table, 0), "01EE03000000000000");
    okrug_table_add_row(table, 0);
    text_is(table, 0, "geom\nMULTIPOLYGON\nMULTIPOLYGON\nnot-collected\n");
    okrug_dataset_free(dataset);
}

static void columns_without_values_are_told_once(void **state) {
    (void)state;
    okrug_dataset *dataset = okrug_dataset_new("d", "values");
    okrug_table *table = okrug_dataset_add_table(dataset, "t");
    okrug_table_add_column(table, "a", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "b", OKRUG_NUMBER, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "c", OKRUG_NUMBER, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "d", OKRUG_TEXT, OKRUG_UNIT_NONE);
    for (int64_t r = 0; r < 2; r++) {
        okrug_table_add_row(table, 0);
        add_text(table, 0, r, r == 0 ? "x" : "y");
        okrug_set_missing(table, 1, r, OKRUG_NO_ROW);
        okrug_set_missing(table, 2, r, OKRUG_NO_ROW);
    }
    text_is(table, 0, "a\nx\ny\nb, c: no-row\n");
    okrug_dataset_free(dataset);
}

static void a_table_without_columns(void **state) {
    (void)state;
    okrug_dataset *dataset = okrug_dataset_new("d", "values");
    text_is(okrug_dataset_add_table(dataset, "t"), 0, "\n");
    okrug_dataset_free(dataset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_line_up),
        cmocka_unit_test(reasons_are_in_words),
        cmocka_unit_test(numbers_are_for_people),
        cmocka_unit_test(the_terminal_is_not_spoken_to),
        cmocka_unit_test(geometry_is_named),
        cmocka_unit_test(a_table_without_columns),
        cmocka_unit_test(columns_without_values_are_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
