/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapefiles and GeoPackage layers: coordinates come to WGS84, Cyrillic texts whatever they are written in.
 */
#include <unistd.h>

#include "dataset/wkb.h"
#include "layer_testing.h"
#include "reading.h"
#include "workbook_testing.h"

/* Of EPSG:3857: longitude is x / R, latitude 2 atan(exp(y / R)) - 90 degrees, R = 6378137. */
static const drawn web_mercator[] = {
    {"07", "Калуга", 1234.5, "POINT (4036292.2 7260405.3)"},
    {"29701000", "Обнинск", -1, "POLYGON ((0 0,111319.490793 0,111319.490793 111325.142866,0 0))"},
};

static const okrug_wanted wanted[] = {
    {.role = {.name = "region", .type = OKRUG_TEXT, .need = OKRUG_KEY}},
    {.role = {.name = "name", .type = OKRUG_TEXT, .need = OKRUG_OPTIONAL}},
    {.role = {.name = "value", .type = OKRUG_NUMBER, .need = OKRUG_OPTIONAL}},
    {.role = {.name = "geometry", .type = OKRUG_GEOMETRY, .need = OKRUG_REQUIRED}},
};

static char folder[] = "/tmp/okrug-layers-XXXXXX";
static char path[200];

static const char *in_folder(const char *name) {
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static reading read_file(const char *file, const char *part) {
    reading made = {.ctx = okrug_ctx_new(NULL), .dataset = okrug_dataset_new("test", "boundaries")};
    okrug_source_request request = {.path = file, .part = part, .wanted = wanted, .wanted_count = 4};
    made.status = okrug_source_read(made.ctx, &request, made.dataset, "input", &made.understood, &made.table);
    assert_int_equal(made.status == OKRUG_OK, made.table != NULL);
    return made;
}

static void take_point(void *user, const okrug_wkb_part *part, const double *position) {
    (void)part;
    memcpy(user, position, 2 * sizeof(double));
}

/* The last point of the row's geometry. */
static void assert_ends_at(const reading *made, int64_t row, double lon, double lat) {
    okrug_buffer bytes = {0};
    double last[2] = {0};
    okrug_wkb_visitor visitor = {.user = last, .point = take_point};
    assert_true(okrug_hexadecimal_decode(okrug_text_at(column_of(made, "geometry"), row), &bytes));
    assert_true(okrug_wkb_walk((const uint8_t *)bytes.bytes, bytes.length, &visitor));
    okrug_buffer_free(&bytes);
    assert_true(fabs(last[0] - lon) < 1e-5);
    assert_true(fabs(last[1] - lat) < 1e-5);
}

static void assert_as_drawn(const reading *made) {
    assert_int_equal(made->status, OKRUG_OK);
    assert_int_equal(made->table->rows, 2);
    assert_text(made, "region", 0, "07");
    assert_text(made, "region", 1, "29701000");
    assert_text(made, "name", 0, "Калуга");
    assert_number(made, "value", 0, 1234.5);
    assert_missing(made, "value", 1, OKRUG_NOT_COLLECTED);
    assert_int_equal(strlen(made->understood.sha256), 64);
}

static void test_geopackage(void **state) {
    (void)state;
    const char *file = in_folder("layers.gpkg");
    void *dataset = draw_layer(NULL, "GPKG", file, "районы", 3857, NULL, web_mercator, 2);
    draw_layer(dataset, "GPKG", file, "second", 4326, NULL, web_mercator, 0);
    drawn_close(dataset);
    reading made = read_file(file, "районы");
    assert_as_drawn(&made);
    assert_ends_at(&made, 0, 36.2586297, 54.4738071);
    assert_ends_at(&made, 1, 0, 0);
    assert_string_equal(made.understood.part, "районы");
    done(&made);
    made = read_file(file, NULL); /* the second has no rows */
    assert_as_drawn(&made);
    done(&made);
    made = read_file(file, "third");
    assert_int_equal(made.status, OKRUG_NOT_FOUND);
    assert_argument(assert_message(&made, 0, "unknown-part", 0, NULL), "known", "районы, second");
    done(&made);
}

static void draw_shapefile(const char *name, const char *encoding, int epsg, const drawn *features) {
    drawn_close(draw_layer(NULL, "ESRI Shapefile", in_folder(name), "layer", epsg, encoding, features, 1));
}

static void test_encodings(void **state) {
    (void)state;
    static const struct {
        const char *name;
        const char *encoding;
        bool told; /* by the .cpg file and the code in the .dbf */
    } cases[] = {
        {"a.shp", "CP1251", true}, {"b.shp", "CP1251", false}, {"c.shp", "UTF-8", true}, {"d.shp", "UTF-8", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char beside[220];
        draw_shapefile(cases[i].name, cases[i].encoding, 3857, web_mercator);
        if (!cases[i].told) {
            snprintf(beside, sizeof beside, "%s/%c.cpg", folder, cases[i].name[0]);
            unlink(beside);
            snprintf(beside, sizeof beside, "%s/%c.dbf", folder, cases[i].name[0]);
            FILE *dbf = fopen(beside, "r+b");
            assert_non_null(dbf);
            fseek(dbf, 29, SEEK_SET);
            fputc(0x57, dbf);
            fclose(dbf);
        }
        reading made = read_file(in_folder(cases[i].name), NULL);
        assert_int_equal(made.status, OKRUG_OK);
        assert_text(&made, "name", 0, "Калуга");
        assert_text(&made, "region", 0, "07");
        assert_number(&made, "value", 0, 1234.5);
        assert_ends_at(&made, 0, 36.2586297, 54.4738071);
        done(&made);
    }
}

static void test_coordinates(void **state) {
    (void)state;
    static const drawn near = {"07", "x", 1, "POINT (36 54)"};
    static const drawn line = {"07", "x", 1, "LINESTRING (36 54,37 54)"};
    draw_shapefile("plain.shp", "UTF-8", 0, &near);
    reading made = read_file(in_folder("plain.shp"), NULL);
    assert_int_equal(made.status, OKRUG_OK);
    assert_argument(assert_message(&made, 0, "prj-missing", 0, NULL), "missing", "plain.prj");
    assert_ends_at(&made, 0, 36, 54);
    done(&made);
    draw_shapefile("far.shp", "UTF-8", 0, web_mercator);
    made = read_file(in_folder("far.shp"), NULL);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_argument(assert_message(&made, 0, "coordinate-out-of-range", 0, "geometry"), "feature", "1");
    done(&made);
    draw_shapefile("line.shp", "UTF-8", 4326, &line);
    made = read_file(in_folder("line.shp"), NULL);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_argument(assert_message(&made, 0, "geometry-type", 0, "geometry"), "found", "LINESTRING");
    done(&made);
}

static void test_zipped(void **state) {
    (void)state;
    static const char *const endings[] = {"shp", "shx", "dbf", "prj", "cpg"};
    workbook zip = {0};
    draw_shapefile("in.shp", "CP1251", 3857, web_mercator);
    for (int i = 0; i < 5; i++) {
        char name[40];
        char bytes[8192];
        snprintf(name, sizeof name, "in.%s", endings[i]);
        FILE *in = fopen(in_folder(name), "rb");
        assert_non_null(in);
        size_t length = fread(bytes, 1, sizeof bytes, in);
        fclose(in);
        assert_true(length < sizeof bytes);
        snprintf(name, sizeof name, "районы/граница.%s", endings[i]);
        zip_bytes(&zip, name, bytes, length);
    }
    zip_member(&zip, "readme.txt", "x");
    zip_end(&zip);
    FILE *out = fopen(in_folder("in.zip"), "wb");
    assert_non_null(out);
    fwrite(zip.bytes.bytes, 1, zip.bytes.length, out);
    fclose(out);
    reading made = read_file(in_folder("in.zip"), NULL);
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "name", 0, "Калуга");
    assert_ends_at(&made, 0, 36.2586297, 54.4738071);
    assert_string_equal(made.understood.format, "shapefile");
    done(&made);
    okrug_source_request request = {
        .path = "in.zip", .bytes = zip.bytes.bytes, .length = zip.bytes.length, .wanted = wanted, .wanted_count = 4};
    made = read_bytes(request, zip.bytes.bytes, zip.bytes.length); /* as uploaded */
    assert_text(&made, "name", 0, "Калуга");
    done(&made);
    workbook_free(&zip);
    assert_refused((okrug_source_request){.path = "book.zip"}, "PK\5\6", "archive-damaged", 0);
}

static void test_missing_parts(void **state) {
    (void)state;
    static const char *const taken[] = {"part.prj", "part.dbf", "part.shx"};
    static const char *const missing[] = {NULL, "part.dbf, part.prj", "part.shx, part.dbf, part.prj"};
    draw_shapefile("part.shp", "UTF-8", 4326, &(drawn){"07", "x", 1, "POINT (36 54)"});
    for (int i = 0; i < 3; i++) {
        unlink(in_folder(taken[i]));
        reading made = read_file(in_folder("part.shp"), NULL);
        assert_int_equal(made.status, i == 0 ? OKRUG_OK : OKRUG_BAD_INPUT);
        assert_int_equal(okrug_messages(made.ctx), 1);
        if (i > 0) {
            assert_argument(assert_message(&made, 0, "shapefile-incomplete", 0, NULL), "missing", missing[i]);
        }
        done(&made);
    }
    workbook zip = {0};
    zip_member(&zip, "data/border.shp", "x");
    zip_member(&zip, "data/border.DBF", "x");
    zip_end(&zip);
    okrug_source_request request = {.path = "in.zip", .wanted = wanted, .wanted_count = 4};
    reading made = read_bytes(request, zip.bytes.bytes, zip.bytes.length);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_argument(assert_message(&made, 0, "shapefile-incomplete", 0, NULL), "missing", "border.shx, border.prj");
    done(&made);
    made = read_bytes((okrug_source_request){.path = "alone.shp"}, "x", 1); /* as uploaded */
    assert_argument(assert_message(&made, 0, "shapefile-incomplete", 0, NULL), "missing",
                    "alone.shx, alone.dbf, alone.prj");
    done(&made);
    workbook_free(&zip);
}

static void test_no_file(void **state) {
    (void)state;
    reading made = read_file(in_folder("absent.gpkg"), NULL);
    assert_int_equal(made.status, OKRUG_READ_FAILED);
    assert_message(&made, 0, "cannot-open", 0, NULL);
    done(&made);
    FILE *out = fopen(in_folder("text.gpkg"), "wb");
    fputs("this is no database", out);
    fclose(out);
    made = read_file(in_folder("text.gpkg"), NULL);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_message(&made, 0, "format-unreadable", 0, NULL);
    done(&made);
}

static void test_no_library(void **state) {
    (void)state;
    setenv("OKRUG_GDAL", "/nonexistent/libgdal.so", 1);
    reading made = read_file(in_folder("layers.gpkg"), NULL);
    unsetenv("OKRUG_GDAL");
    assert_int_equal(made.status, OKRUG_READ_FAILED);
    assert_message(&made, 0, "no-gdal", 0, NULL);
    done(&made);
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
    (void)state;
    char command[240];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_geopackage), cmocka_unit_test(test_encodings),     cmocka_unit_test(test_coordinates),
        cmocka_unit_test(test_zipped),     cmocka_unit_test(test_missing_parts), cmocka_unit_test(test_no_file),
        cmocka_unit_test(test_no_library),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
