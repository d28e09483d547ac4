/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What goes into a workspace comes out of it: numbers bit for bit, texts, reasons, units, lines, names of any kind.
 */
#include <float.h>

#include "store_testing.h"

static void numbers_come_back_bit_for_bit(void **state) {
    store_place *place = *state;
    static const double numbers[] = {0.0,
                                     -0.0,
                                     1.0,
                                     -1.0,
                                     0.1,
                                     1.0 / 3.0,
                                     DBL_MAX,
                                     -DBL_MAX,
                                     DBL_MIN,
                                     5e-324,
                                     -5e-324,
                                     1e-310,
                                     1e300,
                                     9007199254740993.0,
                                     9223372036854775808.0,
                                     1e15,
                                     123456789.125,
                                     -281474976710656.0};
    okrug_dataset *dataset = okrug_dataset_new("numbers", "values");
    okrug_table *table = okrug_dataset_add_table(dataset, "numbers");
    okrug_table_add_column(table, "a", OKRUG_NUMBER, OKRUG_UNIT_OWN);
    okrug_table_add_column(table, "b", OKRUG_NUMBER, OKRUG_UNIT_RATIO);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int64_t row = okrug_table_add_row(table, 0);
        assert_int_equal(okrug_set_number(table, 0, row, numbers[i]), OKRUG_OK);
        assert_int_equal(okrug_set_number(table, 1, row, -numbers[i]), OKRUG_OK);
    }
    for (uint64_t i = 0; i < 3000; i++) {
        uint64_t bits = testing_random(7, i) & ~(UINT64_C(1) << 62); /* finite */
        double value;
        memcpy(&value, &bits, sizeof value);
        int64_t row = okrug_table_add_row(table, 0);
        assert_int_equal(okrug_set_number(table, 0, row, value), OKRUG_OK);
        assert_int_equal(okrug_set_number(table, 1, row, i % 2 == 0 ? -0.0 : 0.0), OKRUG_OK);
    }
    store_assert_keeps(place, dataset);
    okrug_dataset_free(dataset);
}

static void reasons_come_back(void **state) {
    store_place *place = *state;
    okrug_dataset *dataset = okrug_dataset_new("reasons", "result");
    okrug_table *table = okrug_dataset_add_table(dataset, "all of them");
    okrug_table_add_column(table, "number", OKRUG_NUMBER, OKRUG_UNIT_COUNT);
    okrug_table_add_column(table, "text", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "other; with: marks", OKRUG_NUMBER, OKRUG_UNIT_INDEX);
    for (int reason = 1; reason < OKRUG_REASONS_COUNT; reason++) {
        int64_t row = okrug_table_add_row(table, 0);
        assert_int_equal(okrug_set_missing(table, 0, row, (okrug_reason)reason), OKRUG_OK);
        assert_int_equal(okrug_set_missing(table, 1, row, (okrug_reason)reason), OKRUG_OK);
        if (reason % 2 == 0) {
            assert_int_equal(okrug_set_number(table, 2, row, 1.5), OKRUG_OK);
        }
    }
    int64_t row = okrug_table_add_row(table, 0);
    assert_int_equal(okrug_set_number(table, 0, row, 2.0), OKRUG_OK);
    store_set_text(table, 1, row, ""); /* an empty text is not a missing one */
    store_assert_keeps(place, dataset);
    okrug_dataset_free(dataset);
}

static void units_headers_and_provenance_come_back(void **state) {
    store_place *place = *state;
    okrug_dataset *dataset = okrug_dataset_new("units", "values");
    dataset->provenance = "{\"file\": \"данные.csv\", \"note\": \"it's \\\"quoted\\\"\"}";
    okrug_table *table = okrug_dataset_add_table(dataset, "units");
    table->file = "data/данные 'x'.csv";
    for (int unit = 0; unit < OKRUG_UNITS_COUNT; unit++) {
        char name[16];
        snprintf(name, sizeof name, "c%d", unit);
        int c = okrug_table_add_column(table, name, OKRUG_NUMBER, (okrug_unit)unit);
        table->column[c].header = unit % 2 == 0 ? NULL : "Численность, чел.";
    }
    okrug_table_add_row(table, 2);
    store_assert_keeps(place, dataset);
    okrug_dataset_free(dataset);
}

static void lines_come_back(void **state) {
    store_place *place = *state;
    okrug_dataset *dataset = okrug_dataset_new("lines", "values");
    okrug_table *table = okrug_dataset_add_table(dataset, "lines");
    okrug_table_add_column(table, "a", OKRUG_TEXT, OKRUG_UNIT_NONE);
    static const int64_t odd[] = {2, 1, 0, 5, 1000000000000, 3, INT64_MAX, 1, INT64_MAX, 0, 77};
    for (int64_t r = 0; r < 9000; r++) { /* more than two blocks */
        okrug_table_add_row(table, r < 11 ? odd[r] : r * 3);
    }
    store_assert_keeps(place, dataset);
    okrug_dataset_free(dataset);
}

static void texts_come_back_exactly(void **state) {
    store_place *place = *state;
    static const char *const texts[] = {"07",
                                        "0012",
                                        "1e5",
                                        " lead",
                                        "trail ",
                                        "a\nb\r\nc",
                                        "\"q\"",
                                        "it's",
                                        ";--",
                                        "Калуга",
                                        "\xF0\x9F\x98\x80",
                                        "1.0",
                                        "NULL",
                                        "\t",
                                        "-0",
                                        "e\xCC\x81",
                                        "\x7F",
                                        "00000000000000000001",
                                        ",",
                                        "\\",
                                        "%s"};
    okrug_dataset *dataset = okrug_dataset_new("texts", "values");
    okrug_table *table = okrug_dataset_add_table(dataset, "texts");
    okrug_table_add_column(table, "code", OKRUG_TEXT, OKRUG_UNIT_NONE);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        store_set_text(table, 0, okrug_table_add_row(table, 0), texts[i]);
    }
    store_assert_keeps(place, dataset);
    okrug_dataset_free(dataset);
}

static void empty_things_come_back(void **state) {
    store_place *place = *state;
    okrug_dataset *none = okrug_dataset_new("no tables", "result");
    store_assert_keeps(place, none);
    okrug_dataset_free(none);

    okrug_dataset *dataset = okrug_dataset_new("empty", "result");
    okrug_table *rows = okrug_dataset_add_table(dataset, "rows without columns");
    okrug_table_add_row(rows, 0);
    okrug_table_add_row(rows, 9);
    okrug_table *columns = okrug_dataset_add_table(dataset, "columns without rows");
    okrug_table_add_column(columns, "a", OKRUG_NUMBER, OKRUG_UNIT_NONE);
    okrug_table_add_column(columns, "b", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(columns, "c", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    okrug_dataset_add_table(dataset, "");
    store_assert_keeps(place, dataset);
    okrug_dataset_free(dataset);
}

static void any_name_will_do(void **state) {
    store_place *place = *state;
    static const char *const names[] = {"fid",   "FID", "geom",   "Geom", "reason", "REASON",  "rowid",   "Value",
                                        "value", "",    "a\"b",   "a b",  "select", "доля",    "Доля",    "a;b:c",
                                        "fid_2", "oid", "column", "[x]",  "`y`",    "value_2", "_rowid_", "'z'"};
    static const char *const ids[] = {"with space",
                                      "\"quotes\" 'both'",
                                      "занятость",
                                      "sqlite_master",
                                      "okrug_dataset",
                                      "gpkg_contents",
                                      "Занятость",
                                      "VALUES",
                                      "values",
                                      "select",
                                      "a/b",
                                      "a__b",
                                      "a",
                                      "SQLite_x",
                                      "rtree_x_geom",
                                      "",
                                      "semi;colon--"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        okrug_dataset *dataset = okrug_dataset_new(ids[i], i % 2 == 0 ? "values" : "result");
        for (int t = 0; t < 3; t++) {
            okrug_table *table = okrug_dataset_add_table(dataset, t == 0 ? "b" : t == 1 ? "B" : "b");
            for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
                okrug_table_add_column(table, names[n], n % 3 == 0 ? OKRUG_NUMBER : OKRUG_TEXT, OKRUG_UNIT_NONE);
            }
            int64_t row = okrug_table_add_row(table, 0);
            store_set_text(table, 1, row, "text");
            assert_int_equal(okrug_set_number(table, 0, row, (double)i), OKRUG_OK);
            assert_int_equal(okrug_set_missing(table, 4, row, OKRUG_SUPPRESSED), OKRUG_OK);
        }
        store_assert_keeps(place, dataset);
        okrug_dataset_free(dataset);
    }
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) { /* none took another's table */
        assert_int_equal(store_rows(place, ids[i]), 1);
        assert_int_equal(okrug_store_remove(place->ctx, place->store, ids[i]), OKRUG_OK);
    }
}

static void geometry_comes_back(void **state) {
    store_place *place = *state;
    static const char *const shapes[] = {
        /* POINT (36.25 54.5) */
        "010100000000000000002042400000000000404B40",
        /* POINT EMPTY */
        "0101000000000000000000F87F000000000000F87F",
        /* POINT Z (1 2 3) */
        "01E9030000000000000000F03F00000000000000400000000000000840",
        /* LINESTRING (0 0, 1 1) */
        "01020000000200000000000000000000000000000000000000000000000000F03F000000000000F03F",
        /* POLYGON ((0 0, 1 0, 0 1, 0 0)) */
        "0103000000010000000400000000000000000000000000000000000000000000000000F03F000000000000000000000000000000000000"
        "00000000F03F00000000000000000000000000000000",
        /* GEOMETRYCOLLECTION EMPTY */
        "010700000000000000",
        /* GEOMETRYCOLLECTION (POINT (36.25 54.5)) */
        "010700000001000000010100000000000000002042400000000000404B40"};
    okrug_dataset *dataset = okrug_dataset_new("shapes", "territories");
    okrug_table *table = okrug_dataset_add_table(dataset, "shapes");
    okrug_table_add_column(table, "code", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "outline", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "geom", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        int64_t row = okrug_table_add_row(table, 0);
        store_set_text(table, 1, row, shapes[i]);
        if (i % 2 == 0) {
            store_set_text(table, 2, row, shapes[0]);
        }
    }
    okrug_table_add_row(table, 0); /* no geometry at all */
    store_assert_keeps(place, dataset);
    okrug_dataset_free(dataset);
}

static void a_bad_geometry_is_refused(void **state) {
    store_place *place = *state;
    static const char *const shapes[] = {"",
                                         "0",
                                         "zz",
                                         "0101",
                                         "01010000000000000000002042400000000000404B4000", /* a byte too many */
                                         "000000000140422000000000004048400000000000",
                                         "0109000000FFFFFFFF",
                                         "0102000000FFFFFFFF"};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        okrug_dataset *dataset = okrug_dataset_new("shapes", "territories");
        okrug_table *table = okrug_dataset_add_table(dataset, "shapes");
        okrug_table_add_column(table, "geom", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
        store_set_text(table, 0, okrug_table_add_row(table, 12), shapes[i]);
        assert_int_equal(okrug_store_put(place->ctx, place->store, dataset), OKRUG_BAD_INPUT);
        assert_string_equal(store_last_code(place), "not-a-geometry");
        okrug_dataset_free(dataset);
    }
    assert_int_equal(store_rows(place, "shapes"), -1);
}

static void a_table_that_is_too_wide_is_refused(void **state) {
    store_place *place = *state;
    okrug_dataset *dataset = okrug_dataset_new("wide", "values");
    okrug_table *table = okrug_dataset_add_table(dataset, "wide");
    for (int c = 0; c < 40000; c++) {
        okrug_table_add_column(table, "x", OKRUG_NUMBER, OKRUG_UNIT_NONE);
    }
    assert_int_equal(okrug_store_put(place->ctx, place->store, dataset), OKRUG_BAD_INPUT);
    assert_string_equal(store_last_code(place), "too-many-columns");
    okrug_dataset_free(dataset);
    assert_int_equal(store_rows(place, "wide"), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_come_back_bit_for_bit, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(reasons_come_back, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(units_headers_and_provenance_come_back, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(lines_come_back, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(texts_come_back_exactly, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(empty_things_come_back, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(any_name_will_do, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(geometry_comes_back, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(a_bad_geometry_is_refused, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(a_table_that_is_too_wide_is_refused, store_setup, store_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
