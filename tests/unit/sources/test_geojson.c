/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GeoJSON: features to rows, geometries to well-known binary, and what is refused.
 */
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>

#define FEATURE(properties, geometry) "{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":" geometry "}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define POINT "{\"type\":\"Point\",\"coordinates\":[1,2]}"
#define SQUARE "[[0,0],[1,0],[1,1],[0,1],[0,0]]"

static okrug_source_request everything(void) {
    return (okrug_source_request){.path = "in.geojson"};
}

static void test_properties(void **state) {
    (void)state;
    reading made = read_text(
        everything(),
        COLLECTION("{\"type\":\"Feature\",\"id\":7,\"properties\":{\"code\":\"0010\",\"n\":2.0,\"name\":\"Калуга\"},"
                   "\"geometry\":" POINT
                   "}," FEATURE("{\"n\":1825,\"x\":0.5,\"flag\":true,\"name\":null,\"list\":[1,\"a\"]}", "null")));
    assert_int_equal(made.status, OKRUG_OK);
    assert_string_equal(made.understood.format, "geojson");
    assert_int_equal(made.table->rows, 2);
    assert_text(&made, "code", 0, "0010");
    assert_text(&made, "n", 0, "2");
    assert_text(&made, "n", 1, "1825");
    assert_text(&made, "x", 1, "0.5");
    assert_text(&made, "flag", 1, "true");
    assert_text(&made, "list", 1, "[1,\"a\"]");
    assert_text(&made, "name", 0, "Калуга");
    assert_missing(&made, "name", 1, OKRUG_NOT_COLLECTED);
    assert_missing(&made, "code", 1, OKRUG_NOT_COLLECTED);
    assert_text(&made, "id", 0, "7");
    assert_missing(&made, "id", 1, OKRUG_NOT_COLLECTED);
    assert_int_equal(column_of(&made, "geometry")->type, OKRUG_GEOMETRY);
    assert_text(&made, "geometry", 0, "0101000000000000000000F03F0000000000000040");
    assert_missing(&made, "geometry", 1, OKRUG_NOT_COLLECTED);
    assert_string_equal(made.table->column[made.table->columns - 1].name, "geometry");
    done(&made);
}

static void test_roles(void **state) {
    (void)state;
    okrug_wanted wanted[] = {
        region_value[0], region_value[1], {.role = {.name = "shape", .type = OKRUG_GEOMETRY, .need = OKRUG_REQUIRED}}};
    wanted[0].header = "oktmo";
    okrug_source_request request = {
        .path = "in", .format = "geojson", .wanted = wanted, .wanted_count = 3, .decimal = ','};
    /* A typed number keeps its dot whatever mark is given for those in texts. */
    reading made = read_text(request, COLLECTION(FEATURE("{\"oktmo\":29601000,\"value\":1.234}", POINT) "," FEATURE(
                                          "{\"oktmo\":\"02\",\"value\":\"1,5\"}", POINT)));
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "region", 0, "29601000");
    assert_number(&made, "value", 0, 1.234);
    assert_number(&made, "value", 1, 1.5);
    assert_text(&made, "shape", 0, "0101000000000000000000F03F0000000000000040");
    done(&made);
    made = read_text(request, COLLECTION(FEATURE("{\"oktmo\":1,\"value\":1}",
                                                 POINT) "," FEATURE("{\"oktmo\":\"\",\"value\":-1}", POINT)));
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 2);
    assert_argument(assert_message(&made, 0, "empty-key", 0, "oktmo"), "feature", "2");
    assert_argument(assert_message(&made, 1, "out-of-domain", 0, "value"), "feature", "2");
    done(&made);
    made = read_text(request, COLLECTION(FEATURE("{\"name\":1}", POINT)));
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_argument(assert_message(&made, 0, "missing-column", 0, NULL), "columns", "name, geometry");
    done(&made);
}

static void test_polygons(void **state) {
    (void)state;
    reading made = read_text(
        everything(),
        COLLECTION(
            FEATURE("{}", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0,5],[1,0,5],[1,1,5],[0,0,5]]]}") "," FEATURE(
                "null", "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],[" SQUARE "," SQUARE "]]}")));
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "geometry", 0,
                "01030000000100000004000000"
                "00000000000000000000000000000000"
                "000000000000F03F0000000000000000"
                "000000000000F03F000000000000F03F"
                "00000000000000000000000000000000");
    const char *multi = okrug_text_at(column_of(&made, "geometry"), 1);
    assert_int_equal(strlen(multi), 2 * (9 + 2 * 9 + 3 * (4 + 5 * 16)));
    assert_memory_equal(multi, "010600000002000000010300000001000000", 36);
    done(&made);
}

static void assert_flaw(const char *geometry, const char *code) {
    char text[1000];
    snprintf(text, sizeof text,
             "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE(
                 "{}", POINT) ",{\"type\":"
                              "\"Feature\",\"properties\":{},\"geometry\":%s}]}",
             geometry);
    reading made = read_text(everything(), text);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 1);
    assert_argument(assert_message(&made, 0, code, 0, "geometry"), "feature", "2");
    done(&made);
}

static void test_bad_geometries(void **state) {
    (void)state;
    assert_flaw("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[0,0]]]}", "ring-too-short");
    assert_flaw("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}", "ring-not-closed");
    assert_flaw("{\"type\":\"Polygon\",\"coordinates\":[]}", "geometry-empty");
    assert_flaw("{\"type\":\"Polygon\",\"coordinates\":[7]}", "ring-too-short");
    assert_flaw("{\"type\":\"MultiPolygon\",\"coordinates\":[]}", "geometry-empty");
    assert_flaw("{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[1,0],[1,\"a\"],[0,0]]]]}", "bad-position");
    assert_flaw("{\"type\":\"Point\",\"coordinates\":[181,0]}", "coordinate-out-of-range");
    assert_flaw("{\"type\":\"Point\",\"coordinates\":[0,-91]}", "coordinate-out-of-range");
    assert_flaw("{\"type\":\"Point\",\"coordinates\":[1]}", "bad-position");
    assert_flaw("{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}", "geometry-type");
    assert_flaw("\"POINT (1 2)\"", "geometry-type");
}

static void test_bad_files(void **state) {
    (void)state;
    assert_refused(everything(), "", "empty-file", 0);
    assert_refused(everything(), "{\"type\":\n\"FeatureCollection\",\n\"features\":[}", "bad-json", 3);
    assert_refused(everything(), "{\"type\":\"FeatureCollection\"}", "not-geojson", 0);
    assert_refused(everything(), "[1]", "not-geojson", 0);
    assert_refused(everything(), "{\"a\":1,\"a\":2}", "bad-json", 1);
    assert_refused(everything(), COLLECTION("{\"type\":\"Point\"}"), "not-a-feature", 0);
    assert_refused(everything(), COLLECTION(FEATURE("{\"a\":1e999}", POINT)), "bad-json", 1);
    char deep[100];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    assert_refused(everything(), deep, "json-too-deep", 1);
}

static void test_brackets_in_texts_are_no_depth(void **state) {
    (void)state;
    reading made = read_text(everything(),
                             COLLECTION(FEATURE("{\"a\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ \\\" {{\"}", POINT)));
    assert_int_equal(made.status, OKRUG_OK);
    done(&made);
}

static void test_windows_1251(void **state) {
    (void)state;
    reading made = read_text(everything(), COLLECTION(FEATURE("{\"n\":\"\xCC\xEE\xF1\xEA\xE2\xE0\"}", POINT)));
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "n", 0, "Москва");
    done(&made);
}

static void test_other_coordinate_system(void **state) {
    (void)state;
    reading made = read_text(everything(), "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{"
                                           "\"name\":\"urn:ogc:def:crs:EPSG::4267\"}},\"features\":[]}");
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, 0);
    assert_argument(assert_message(&made, 0, "crs-not-wgs84", 0, NULL), "crs", "urn:ogc:def:crs:EPSG::4267");
    done(&made);
}

static void test_header(void **state) {
    (void)state;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_words *words = okrug_words_new();
    okrug_source_request request = everything();
    request.bytes = COLLECTION(FEATURE("{\"b\":1}", POINT) "," FEATURE("{\"a\":1,\"b\":2}", POINT));
    request.length = strlen(request.bytes);
    assert_int_equal(okrug_source_header(ctx, &request, words), OKRUG_OK);
    assert_int_equal(okrug_words_count(words), 3);
    assert_string_equal(okrug_words_text(words, 0), "b");
    assert_string_equal(okrug_words_text(words, 1), "a");
    assert_string_equal(okrug_words_text(words, 2), "geometry");
    okrug_words_free(words);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_properties),   cmocka_unit_test(test_roles),
        cmocka_unit_test(test_polygons),     cmocka_unit_test(test_bad_geometries),
        cmocka_unit_test(test_bad_files),    cmocka_unit_test(test_brackets_in_texts_are_no_depth),
        cmocka_unit_test(test_windows_1251), cmocka_unit_test(test_other_coordinate_system),
        cmocka_unit_test(test_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
