/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV and JSON: the exact bytes of small tables.
 */
#include "writers_testing.h"

static void csv_is(const okrug_table *table, const char *expected) {
    char *text = written(okrug_write_csv, table);
    assert_string_equal(text, expected);
    free(text);
}

static void json_is(const okrug_table *table, const char *expected) {
    char *text = written(okrug_write_json, table);
    assert_string_equal(text, expected);
    free(text);
}

static void numbers_texts_and_reasons(void **state) {
    (void)state;
    okrug_dataset *dataset = small_result();
    csv_is(dataset->table[0], "region,lq,z,reason\n"
                              "07,0.1,-0,\n"
                              ",1e+300,,z:zero-total\n"
                              "Калуга,,,lq:suppressed;z:undefined\n"
                              ",12345678901234568,3,\n");
    json_is(dataset->table[0],
            "{\"table\":\"quotients\",\"rows\":4,\"columns\":["
            "{\"name\":\"region\",\"type\":\"text\",\"unit\":\"\",\"values\":[\"07\",null,\"Калуга\",\"\"],"
            "\"reasons\":[\"\",\"not-collected\",\"\",\"\"]},"
            "{\"name\":\"lq\",\"type\":\"number\",\"unit\":\"ratio\",\"values\":[0.1,1e+300,null,12345678901234568],"
            "\"reasons\":[\"\",\"\",\"suppressed\",\"\"]},"
            "{\"name\":\"z\",\"type\":\"number\",\"unit\":\"\",\"values\":[-0,null,null,3],"
            "\"reasons\":[\"\",\"zero-total\",\"undefined\",\"\"]}]}\n");
    okrug_dataset_free(dataset);
}

static void quotes_only_where_needed(void **state) {
    (void)state;
    okrug_dataset *dataset = okrug_dataset_new("d", "values");
    okrug_table *table = okrug_dataset_add_table(dataset, "t \"1\"");
    okrug_table_add_column(table, "a,b", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "a;b", OKRUG_TEXT, OKRUG_UNIT_NONE);
    static const char *const texts[] = {"a,b", "say \"hi\"", "two\nlines", "\r", " a ", "'q'", "a;b", "=1+1", "\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        add_text(table, 0, okrug_table_add_row(table, 0), texts[i]);
    }
    csv_is(table,
           "\"a,b\",a;b,reason\n\"a,b\",,\n\"say \"\"hi\"\"\",,\n\"two\nlines\",,\n\"\r\",,\n a ,,\n'q',,\na;b,,\n"
           "=1+1,,\n\"\"\"\",,\n");
    char *json = written(okrug_write_json, table);
    assert_non_null(strstr(json, "{\"table\":\"t \\\"1\\\"\",\"rows\":9,"));
    assert_non_null(strstr(json, "\"values\":[\"a,b\",\"say \\\"hi\\\"\",\"two\\nlines\",\"\\r\",\" a \","));
    free(json);
    okrug_dataset_free(dataset);
}

static okrug_status excel(okrug_ctx *ctx, const okrug_table *table, FILE *out) {
    return okrug_write_csv_as(ctx, table, OKRUG_CSV_EXCEL_RU, out);
}

static void the_profile_of_russian_excel(void **state) {
    (void)state;
    okrug_dataset *dataset = small_result();
    add_text(dataset->table[0], 0, 3, "a;b,c");
    char *text = written(excel, dataset->table[0]);
    assert_string_equal(text, "\xEF\xBB\xBFregion;lq;z;reason\r\n"
                              "07;0,1;-0;\r\n"
                              ";1e+300;;z:zero-total\r\n"
                              "Калуга;;;\"lq:suppressed;z:undefined\"\r\n"
                              "\"a;b,c\";12345678901234568;3;\r\n");
    free(text);
    okrug_dataset_free(dataset);
    okrug_csv_profile profile = OKRUG_CSV_MACHINE;
    assert_true(okrug_csv_profile_find("excel-ru", &profile) && profile == OKRUG_CSV_EXCEL_RU);
    assert_true(okrug_csv_profile_find("machine", &profile) && profile == OKRUG_CSV_MACHINE);
    assert_false(okrug_csv_profile_find("excel", &profile));
}

static void a_reason_column_of_its_own_is_kept(void **state) {
    (void)state;
    okrug_dataset *dataset = okrug_dataset_new("d", "values");
    okrug_table *table = okrug_dataset_add_table(dataset, "t");
    okrug_table_add_column(table, "reason", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_row(table, 0);
    add_text(table, 0, okrug_table_add_row(table, 0), "because");
    csv_is(table, "reason\n\"\"\nbecause\n"); /* no blank line: readers would drop it */
    okrug_dataset_free(dataset);
}

static void empty_tables(void **state) {
    (void)state;
    okrug_dataset *dataset = okrug_dataset_new("d", "values");
    okrug_table *table = okrug_dataset_add_table(dataset, "none");
    csv_is(table, "reason\n");
    json_is(table, "{\"table\":\"none\",\"rows\":0,\"columns\":[]}\n");
    okrug_table_add_row(table, 0);
    csv_is(table, "reason\n\"\"\n");
    okrug_table_add_column(table, "a", OKRUG_NUMBER, OKRUG_UNIT_PERSON);
    csv_is(table, "a,reason\n,a:not-collected\n");
    okrug_dataset_free(dataset);
}

/* More than one piece of the buffer. */
static void long_tables(void **state) {
    (void)state;
    okrug_dataset *dataset = okrug_dataset_new("d", "values");
    okrug_table *table = okrug_dataset_add_table(dataset, "long");
    okrug_table_add_column(table, "n", OKRUG_NUMBER, OKRUG_UNIT_COUNT);
    for (int r = 0; r < 50000; r++) {
        okrug_table_add_row(table, 0);
        assert_int_equal(okrug_set_number(table, 0, r, r), OKRUG_OK);
    }
    char *text = written(okrug_write_csv, table);
    const char *at = strchr(text, '\n') + 1;
    for (int r = 0; r < 50000; r++) {
        char *end = NULL;
        assert_int_equal(strtol(at, &end, 10), r);
        assert_memory_equal(end, ",\n", 2);
        at = end + 2;
    }
    assert_int_equal(*at, '\0');
    free(text);
    okrug_dataset_free(dataset);
}

static void a_stream_that_fails_is_told(void **state) {
    (void)state;
    okrug_dataset *dataset = small_result();
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    writer *const writers[] = {okrug_write_csv, okrug_write_json, okrug_write_geojson};
    for (int i = 0; i < 3; i++) {
        FILE *full = fopen("/dev/full", "w");
        assert_non_null(full);
        assert_int_equal(writers[i](ctx, dataset->table[0], full), OKRUG_WRITE_FAILED);
        assert_string_equal(okrug_message_at(ctx, i)->code, "cannot-write");
        fclose(full);
    }
    okrug_ctx_free(ctx);
    okrug_dataset_free(dataset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_texts_and_reasons),
        cmocka_unit_test(quotes_only_where_needed),
        cmocka_unit_test(the_profile_of_russian_excel),
        cmocka_unit_test(a_reason_column_of_its_own_is_kept),
        cmocka_unit_test(empty_tables),
        cmocka_unit_test(long_tables),
        cmocka_unit_test(a_stream_that_fails_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
