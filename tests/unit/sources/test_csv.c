/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Delimited text: how it is cut into rows, which line each row is on, and what is refused.
 */
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>

static void assert_two_rows(const char *text, char delimiter) {
    reading made = read_text(wanting_region_value(), text);
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.understood.delimiter, delimiter);
    assert_int_equal(made.table->rows, 2);
    assert_text(&made, "region", 0, "01001");
    assert_number(&made, "value", 0, 5);
    assert_text(&made, "region", 1, "10-2-3");
    assert_number(&made, "value", 1, 7);
    assert_int_equal(made.table->line[0], 2);
    assert_int_equal(made.table->line[1], 3);
    done(&made);
}

static void test_delimiters(void **state) {
    (void)state;
    assert_two_rows("region;value\n01001;5\n10-2-3;7\n", ';');
    assert_two_rows("region,value\n01001,5\n10-2-3,7\n", ',');
    assert_two_rows("region\tvalue\n01001\t5\n10-2-3\t7\n", '\t');
    assert_two_rows("region;note, in full;value\n01001;a, b;5\n10-2-3;c, d;7\n", ';');
    assert_two_rows("\"region\",\"a;b\",\"value\"\n01001,\"x;y\",5\n10-2-3,z,7\n", ',');
}

static void test_delimiter_that_is_also_a_decimal_mark(void **state) {
    (void)state;
    /* Cut at the comma every row has as many fields too. */
    reading made = read_text(wanting_region_value(), "region, name;value\na;1,5\nb;2,5\n");
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(made.understood.delimiter, ';');
    done(&made);
    made = read_text((okrug_source_request){.path = "in.csv"}, "value\n1,5\n2,5\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->columns, 1);
    assert_text(&made, "value", 1, "2,5");
    done(&made);
    /* One ragged row does not make the file one of single columns. */
    made = read_text(wanting_region_value(), "region;value\na;1\nb\nc;3\n");
    assert_int_equal(okrug_messages(made.ctx), 1);
    assert_message(&made, 0, "ragged-row", 3, NULL);
    done(&made);
}

static void test_line_ends(void **state) {
    (void)state;
    assert_two_rows("region;value\r\n01001;5\r\n10-2-3;7\r\n", ';');
    assert_two_rows("region;value\r01001;5\r10-2-3;7\r", ';');
    assert_two_rows("region;value\n01001;5\n10-2-3;7", ';');
    assert_two_rows("region ; value \n 01001 ;5 \n\xC2\xA0"
                    "10-2-3\xC2\xA0; 7\n",
                    ';');
}

static void test_tabs_keep_empty_cells(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region\tx\tvalue\n1\t\t5\n2\ta\t\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_number(&made, "value", 0, 5);
    assert_missing(&made, "value", 1, OKRUG_NOT_COLLECTED);
    assert_int_equal(made.understood.blank_cells, 1);
    done(&made);
}

static void test_blank_lines_count_but_are_no_rows(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "\n\r\n  \nregion;value\n\n;\na;1\r\n\r\nb;2\n\n\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.understood.header_row, 4);
    assert_int_equal(made.table->rows, 2);
    assert_int_equal(made.table->line[0], 7);
    assert_int_equal(made.table->line[1], 9);
    assert_int_equal(made.understood.rows_read, 2);
    done(&made);
}

static void test_quotes(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region;note;value\n"
                                                     "\"a;b\";\"one\ntwo\r\nthree\";1\n"
                                                     "\"say \"\"a\"\"\";;2\n"
                                                     "OOO \"C\";;3\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "region", 0, "a;b");
    assert_text(&made, "region", 1, "say \"a\"");
    assert_text(&made, "region", 2, "OOO \"C\"");
    assert_int_equal(made.table->line[0], 2);
    assert_int_equal(made.table->line[1], 5);
    assert_int_equal(made.table->line[2], 6);
    done(&made);
}

static void test_line_of_a_fault_after_quoted_breaks(void **state) {
    (void)state;
    assert_refused(wanting_region_value(), "region;note;value\na;\"x\n\ny\";1\nb;z;bad\n", "not-a-number", 5);
}

static void test_header_row_and_sep(void **state) {
    (void)state;
    okrug_source_request request = wanting_region_value();
    request.header_row = 3;
    reading made = read_text(request, "Table 1, in \"persons\nsource: x,y,z\nregion;value\na;1\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.understood.header_row, 3);
    assert_int_equal(made.table->line[0], 4);
    done(&made);
    made = read_text(wanting_region_value(), "sep=,\r\nregion,value\r\na,1\r\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.understood.delimiter, ',');
    assert_int_equal(made.table->line[0], 3);
    done(&made);
    request.header_row = 9;
    assert_refused(request, "region;value\n", "no-header-row", 0);
}

static void test_header_of_several_lines(void **state) {
    (void)state;
    okrug_wanted wanted[] = {region_value[0], region_value[1]};
    wanted[0].header = "Code";
    wanted[1].header = "Jobs 2022 men";
    okrug_source_request request = {
        .path = "in.csv", .wanted = wanted, .wanted_count = 2, .keep_others = true, .header_row = 2, .header_last = 4};
    /* Jobs stands over three columns, 2022 over two of them; a name that stands alone is over none. */
    reading made = read_text(request, "A title;;;;\nCode;Jobs;;;Note\n;2022;;2023;\n;men;women;all;\na;1;2;3;x\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.understood.header_row, 2);
    assert_int_equal(made.understood.header_last, 4);
    assert_int_equal(made.table->rows, 1);
    assert_int_equal(made.table->line[0], 5);
    assert_number(&made, "value", 0, 1);
    assert_text(&made, "Jobs 2022 women", 0, "2");
    assert_text(&made, "Jobs 2023 all", 0, "3");
    assert_text(&made, "Note", 0, "x");
    done(&made);
    assert_refused(request, "A title;;;;\nCode;Jobs;;;Note\n", "no-header-row", 0);
    assert_refused(request, "A title;;;;\nCode;Jobs\n;2022;x\n;men\na;1\n", "ragged-row", 3);
    /* The last of the lines is within a row of the header. */
    assert_refused(request, "t;t\nCode;Jobs\n\"\n\n2022\";x\n;men\na;1\n", "no-header-row", 6);
}

static void test_a_header_that_goes_on_is_told_of(void **state) {
    (void)state;
    okrug_source_request request = wanting_region_value();
    reading made = read_text(request, "region;value;Address;\n;;Street;House\na;1;b;c\n");
    assert_int_equal(made.status, OKRUG_BAD_INPUT); /* a key is empty */
    const okrug_message *last = okrug_message_at(made.ctx, okrug_messages(made.ctx) - 1);
    assert_string_equal(last->code, "header-goes-on");
    assert_string_equal(argument_of(last, "rows"), "1-2");
    done(&made);
    /* A first row with a number, or with all that is named, is no header. */
    made = read_text(request, "region;value;note;\na;1;b;c\nb;;b;c\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(okrug_messages(made.ctx), 0);
    done(&made);
}

static void test_mapped_columns_and_others(void **state) {
    (void)state;
    okrug_wanted wanted[] = {region_value[1], region_value[0]};
    wanted[0].header = "emp";
    okrug_source_request request = {.path = "in.csv", .wanted = wanted, .wanted_count = 2, .keep_others = true};
    reading made = read_text(request, "x;region;value;emp;x;\na;01;text;4;b;c\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->columns, 6);
    assert_string_equal(made.table->column[0].name, "value");
    assert_string_equal(made.table->column[0].header, "emp");
    assert_string_equal(made.table->column[1].name, "region");
    assert_null(made.table->column[1].header);
    assert_number(&made, "value", 0, 4);
    assert_text(&made, "x", 0, "a");
    assert_text(&made, "value#3", 0, "text");
    assert_text(&made, "x#5", 0, "b");
    assert_text(&made, "#6", 0, "c");
    assert_string_equal(made.table->file, "in.csv");
    done(&made);
}

static void test_every_column_as_text(void **state) {
    (void)state;
    okrug_source_request request = {.path = "in.csv"};
    reading made = read_text(request, "\"\",06-07,b\n0010,1.50,\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->columns, 3);
    assert_text(&made, "", 0, "0010");
    assert_text(&made, "06-07", 0, "1.50");
    assert_missing(&made, "b", 0, OKRUG_NOT_COLLECTED);
    done(&made);
    assert_refused(request, "a,b,a\n1,2,3\n", "duplicate-column", 1);
}

static void test_where(void **state) {
    (void)state;
    const okrug_where where[] = {{"kind", "05", false}, {"year", "2023", false}};
    okrug_source_request request = wanting_region_value();
    request.where = where;
    request.where_count = 2;
    /* Cells of rows that are not kept are not read, so they cannot be bad. */
    reading made = read_text(request, "kind;year;region;value\n05;2023;a;1\n5;2023;b;bad\n05;2024;;2\n 05 ;2023;c;3\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, 2);
    assert_text(&made, "region", 1, "c");
    assert_int_equal(made.table->line[1], 5);
    assert_int_equal(made.understood.rows_read, 4);
    assert_int_equal(made.understood.rows_kept, 2);
    done(&made);
    made = read_text(request, "year;region;value\n2023;a;1\n");
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_argument(assert_message(&made, 0, "no-column", 1, NULL), "wanted", "kind");
    done(&made);
}

static void test_every_fault_is_named(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region;value\na;1\nb;x1\n;2\nc;3;4\nd\ne;-5\nf;1e999\n");
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 6);
    assert_argument(assert_message(&made, 0, "not-a-number", 3, "value"), "value", "x1");
    assert_message(&made, 1, "empty-key", 4, "region");
    const okrug_message *ragged = assert_message(&made, 2, "ragged-row", 5, NULL);
    assert_argument(ragged, "found", "3");
    assert_argument(ragged, "expected", "2");
    assert_message(&made, 3, "ragged-row", 6, NULL);
    const okrug_message *negative = assert_message(&made, 4, "out-of-domain", 7, "value");
    assert_argument(negative, "value", "-5");
    assert_argument(negative, "expected", "not-negative");
    assert_message(&made, 5, "not-a-number", 8, "value");
    assert_string_equal(okrug_message_at(made.ctx, 0)->place.file, "in.csv");
    done(&made);
}

static void test_faults_without_end_are_counted(void **state) {
    (void)state;
    enum { ROWS = 12000 };
    char *text = malloc(ROWS * 4 + 20);
    assert_non_null(text);
    size_t length = (size_t)sprintf(text, "region;value\n");
    for (int i = 0; i < ROWS; i++) {
        memcpy(text + length, "a;b\n", 4);
        length += 4;
    }
    reading made = read_bytes(wanting_region_value(), text, length);
    free(text);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_faults(made.ctx), ROWS);
    done(&made);
}

static void test_columns_that_are_not_there(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "area;emp\n1;2\n");
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 2);
    const okrug_message *message = assert_message(&made, 0, "missing-column", 1, NULL);
    assert_argument(message, "wanted", "region");
    assert_argument(message, "columns", "area, emp");
    done(&made);

    okrug_wanted optional = {.role = {.name = "period", .type = OKRUG_TEXT, .need = OKRUG_KEY_OPTIONAL}};
    okrug_source_request request = {.path = "in.csv", .wanted = &optional, .wanted_count = 1};
    made = read_text(request, "area;emp\n1;2\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->columns, 0);
    done(&made);
    optional.header = "year"; /* but one that is mapped must be there */
    assert_refused(request, "area;emp\n1;2\n", "missing-column", 1);

    okrug_wanted either[] = {{.role = {.name = "value", .type = OKRUG_NUMBER, .need = OKRUG_ONE_OF}},
                             {.role = {.name = "share", .type = OKRUG_NUMBER, .need = OKRUG_ONE_OF}}};
    request.wanted = either;
    request.wanted_count = 2;
    assert_refused(request, "area;emp\n1;2\n", "missing-one-of", 1);
    made = read_text(request, "area;share\n1;0.5\n");
    assert_int_equal(made.status, OKRUG_OK);
    done(&made);
}

static void test_wanted_name_twice(void **state) {
    (void)state;
    assert_refused(wanting_region_value(), "region;value;value\na;1;2\n", "duplicate-column", 1);
    reading made = read_text(wanting_region_value(), "region;value;other;other\na;1;2;3\n");
    assert_int_equal(made.status, OKRUG_OK);
    done(&made);
}

static void test_broken_off(void **state) {
    (void)state;
    assert_refused(wanting_region_value(), "region;value\na;1\n\"b;2\nc;3\n", "unclosed-quote", 3);
    assert_refused(wanting_region_value(), "", "empty-file", 0);
    assert_refused(wanting_region_value(), "\n\n ;\n", "empty-file", 0);
    reading made = read_bytes(wanting_region_value(), "region;value\na;1\nb;\0\n", 21);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_message(&made, 0, "nul-byte", 3, NULL);
    done(&made);
}

static void test_header_only(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region;value");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, 0);
    assert_int_equal(made.table->columns, 2);
    done(&made);
}

static void test_quote_that_swallows_lines_is_suspected(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region;value\na;1\n\"b;2\nc;3\n\"d\";4\ne;5\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(okrug_messages(made.ctx), 1);
    assert_message(&made, 0, "suspect-quote", 3, NULL);
    done(&made);
}

static void test_limits(void **state) {
    (void)state;
    enum { LONG = 3 * 1024 * 1024 };
    char *text = malloc(LONG + 1);
    assert_non_null(text);
    memset(text, 'a', LONG);
    text[LONG] = '\0';
    memcpy(text, "region;value\n\"", 14);
    assert_refused(wanting_region_value(), text, "cell-too-long", 2);
    for (int i = 0; i < 10001; i++) {
        text[2 * i] = 'a';
        text[2 * i + 1] = ';';
    }
    text[20002] = '\0';
    assert_refused(wanting_region_value(), text, "too-many-columns", 1);
    free(text);
}

static void test_files_and_standard_names(void **state) {
    (void)state;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_dataset *dataset = okrug_dataset_new("test", "values");
    okrug_source_request request = wanting_region_value();
    okrug_understood understood;
    okrug_table *table;
    request.path = "/nowhere/at/all.csv";
    assert_int_equal(okrug_source_read(ctx, &request, dataset, "t", &understood, &table), OKRUG_READ_FAILED);
    assert_string_equal(okrug_message_at(ctx, 0)->code, "cannot-open");
    request.path = "/";
    assert_int_equal(okrug_source_read(ctx, &request, dataset, "t", &understood, &table), OKRUG_READ_FAILED);
    assert_string_equal(okrug_message_at(ctx, 1)->code, "cannot-read");
    request.format = "dbf";
    assert_int_equal(okrug_source_read(ctx, &request, dataset, "t", &understood, &table), OKRUG_BAD_USAGE);
    okrug_dataset_free(dataset);
    okrug_ctx_free(ctx);
}

static void test_header_alone(void **state) {
    (void)state;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_words *words = okrug_words_new();
    static const char text[] = "\xD0\xE5\xE3\xE8\xEE\xED; 2023 ;\"a;b\"\n\"never closed";
    okrug_source_request request = {.path = "in.csv", .bytes = text, .length = sizeof text - 1};
    assert_int_equal(okrug_source_header(ctx, &request, words), OKRUG_OK);
    assert_int_equal(okrug_words_count(words), 3);
    assert_string_equal(okrug_words_text(words, 0), "Регион");
    assert_string_equal(okrug_words_text(words, 1), "2023");
    assert_string_equal(okrug_words_text(words, 2), "a;b");
    okrug_words_free(words);
    okrug_ctx_free(ctx);
}

static void test_cancelled(void **state) {
    (void)state;
    atomic_bool cancel = true;
    const okrug_ctx_options options = {.threads = 1, .cancel = &cancel};
    okrug_ctx *ctx = okrug_ctx_new(&options);
    okrug_dataset *dataset = okrug_dataset_new("test", "values");
    okrug_source_request request = wanting_region_value();
    okrug_understood understood;
    okrug_table *table;
    request.bytes = "region;value\na;1\n";
    request.length = strlen(request.bytes);
    assert_int_equal(okrug_source_read(ctx, &request, dataset, "t", &understood, &table), OKRUG_CANCELLED);
    assert_int_equal(dataset->tables, 0);
    okrug_dataset_free(dataset);
    okrug_ctx_free(ctx);
}

static void test_title_above_the_header(void **state) {
    (void)state;
    const char *const texts[] = {"Jobs, by region\n\nregion;value\na;1\n", "Jobs;\n\nregion;value\na;1\n",
                                 "Jobs\n\nregion\tvalue\na\t1\n", "Jobs\nof all\nregion,value\na,1\n",
                                 "Jobs;;\n\nterritory;year;number\na;1;2\n" /* no name is known yet */};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        reading made = read_text(wanting_region_value(), texts[i]);
        assert_int_equal(made.status, OKRUG_BAD_INPUT);
        int64_t last = okrug_messages(made.ctx) - 1;
        assert_argument(assert_message(&made, (int)last, "header-elsewhere", 3, NULL), "line", "3");
        done(&made);
    }
    /* A row of data that has the name of a column is no header. */
    assert_refused(wanting_region_value(), "region;jobs\nvalue;1\n", "missing-column", 1);
}

static void test_codes_that_look_alike(void **state) {
    (void)state;
    reading made = read_text(wanting_region_value(), "region;value\nА1;1\nB;1\nA1;1\nВ;2\nO;1\n0;1\n");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(okrug_messages(made.ctx), 1);
    const okrug_message *message = assert_message(&made, 0, "codes-look-alike", 4, "region");
    assert_argument(message, "first", "А1");
    assert_argument(message, "second", "A1");
    assert_argument(message, "line", "2");
    assert_argument(message, "count", "2");
    done(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_delimiters),
        cmocka_unit_test(test_delimiter_that_is_also_a_decimal_mark),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_tabs_keep_empty_cells),
        cmocka_unit_test(test_blank_lines_count_but_are_no_rows),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_line_of_a_fault_after_quoted_breaks),
        cmocka_unit_test(test_header_row_and_sep),
        cmocka_unit_test(test_header_of_several_lines),
        cmocka_unit_test(test_a_header_that_goes_on_is_told_of),
        cmocka_unit_test(test_mapped_columns_and_others),
        cmocka_unit_test(test_every_column_as_text),
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_every_fault_is_named),
        cmocka_unit_test(test_faults_without_end_are_counted),
        cmocka_unit_test(test_columns_that_are_not_there),
        cmocka_unit_test(test_wanted_name_twice),
        cmocka_unit_test(test_broken_off),
        cmocka_unit_test(test_header_only),
        cmocka_unit_test(test_quote_that_swallows_lines_is_suspected),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_files_and_standard_names),
        cmocka_unit_test(test_header_alone),
        cmocka_unit_test(test_cancelled),
        cmocka_unit_test(test_title_above_the_header),
        cmocka_unit_test(test_codes_that_look_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
