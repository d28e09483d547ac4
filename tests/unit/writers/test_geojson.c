/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GeoJSON: every kind of geometry, and tables without one.
 */
#include "writers_testing.h"

#define ONE "000000000000F03F"
#define TWO "0000000000000040"
#define ZERO "0000000000000000"
#define NAN_ "000000000000F87F"

static const struct {
    const char *digits;
    const char *geometry;
} shapes[] = {
    {"0101000000" ONE TWO, "{\"type\":\"Point\",\"coordinates\":[1,2]}"},
    {"01E9030000" ONE TWO ONE, "{\"type\":\"Point\",\"coordinates\":[1,2,1]}"},
    {"01D1070000" ONE TWO ONE, "{\"type\":\"Point\",\"coordinates\":[1,2]}"}, /* a measure */
    {"0101000000" NAN_ NAN_, "{\"type\":\"Point\",\"coordinates\":[]}"},
    {"010200000002000000" ZERO ZERO ONE TWO, "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,2]]}"},
    {"01030000000100000004000000" ZERO ZERO ONE ZERO ZERO ONE ZERO ZERO,
     "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[0,1],[0,0]]]}"},
    {"010300000000000000", "{\"type\":\"Polygon\",\"coordinates\":[]}"},
    {"010400000002000000"
     "0101000000" ONE TWO "0101000000" TWO ONE,
     "{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],[2,1]]}"},
    {"010500000001000000"
     "010200000002000000" ZERO ZERO ONE TWO,
     "{\"type\":\"MultiLineString\",\"coordinates\":[[[0,0],[1,2]]]}"},
    {"010600000001000000"
     "01030000000100000004000000" ZERO ZERO ONE ZERO ZERO ONE ZERO ZERO,
     "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[1,0],[0,1],[0,0]]]]}"},
    {"010700000002000000"
     "0101000000" ONE TWO "010700000001000000"
     "010400000001000000"
     "0101000000" TWO ONE,
     "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,2]},"
     "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"MultiPoint\",\"coordinates\":[[2,1]]}]}]}"},
};

static void every_geometry(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        okrug_dataset *dataset = okrug_dataset_new("d", "territories");
        okrug_table *table = okrug_dataset_add_table(dataset, "t");
        okrug_table_add_column(table, "code", OKRUG_TEXT, OKRUG_UNIT_NONE);
        okrug_table_add_column(table, "geom", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
        okrug_table_add_column(table, "area", OKRUG_NUMBER, OKRUG_UNIT_KM2);
        okrug_table_add_row(table, 0);
        add_text(table, 0, 0, "29\"4");
        add_text(table, 1, 0, shapes[i].digits);
        char expected[1024];
        snprintf(expected, sizeof expected,
                 "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":%s,"
                 "\"properties\":{\"code\":\"29\\\"4\",\"area\":null,\"reason\":\"area:not-collected\"}}]}\n",
                 shapes[i].geometry);
        char *text = written(okrug_write_geojson, table);
        assert_string_equal(text, expected);
        free(text);
        okrug_dataset_free(dataset);
    }
}

static void no_geometry(void **state) {
    (void)state;
    okrug_dataset *dataset = small_result();
    dataset->table[0]->rows = 1;
    char *text = written(okrug_write_geojson, dataset->table[0]);
    assert_string_equal(text, "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":null,"
                              "\"properties\":{\"region\":\"07\",\"lq\":0.1,\"z\":-0,\"reason\":\"\"}}]}\n");
    free(text);
    okrug_dataset_free(dataset);
}

static void a_bad_geometry_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "01",
                                      "0x",
                                      "01010000",
                                      "0101000000" ONE,
                                      "0002000000",
                                      "0103000000FFFFFFFF",
                                      "010800000000000000",
                                      "010400000001000000010200000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        okrug_dataset *dataset = okrug_dataset_new("d", "territories");
        okrug_table *table = okrug_dataset_add_table(dataset, "t");
        okrug_ctx *ctx = okrug_ctx_new(NULL);
        FILE *out = fopen("/dev/null", "w");
        okrug_table_add_column(table, "geom", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
        add_text(table, 0, okrug_table_add_row(table, 17), bad[i]);
        assert_int_equal(okrug_write_geojson(ctx, table, out), OKRUG_BAD_INPUT);
        assert_string_equal(okrug_message_at(ctx, 0)->code, "not-a-geometry");
        assert_int_equal(okrug_message_at(ctx, 0)->place.line, 17);
        fclose(out);
        okrug_ctx_free(ctx);
        okrug_dataset_free(dataset);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_geometry), cmocka_unit_test(no_geometry),
                                       cmocka_unit_test(a_bad_geometry_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
