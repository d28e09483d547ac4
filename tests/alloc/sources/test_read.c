/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every allocation of a read fails in turn: it says so, leaves no table and leaks nothing.
 */
#include "failing_allocator.h"
#include "reading.h"
#include "workbook_testing.h"

static okrug_status read_once(void *user) {
    const okrug_source_request *request = user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_dataset *dataset = okrug_dataset_new("test", "values");
    okrug_status status = OKRUG_NO_MEMORY;
    if (ctx != NULL && dataset != NULL) {
        okrug_understood understood;
        okrug_table *table;
        status = okrug_source_read(ctx, request, dataset, "input", &understood, &table);
        assert_int_equal(dataset->tables, status == OKRUG_OK ? 1 : 0);
        assert_int_equal(okrug_faults(ctx) > 0, status != OKRUG_OK);
        if (status == OKRUG_OK) {
            okrug_role roles[] = {region_value[0].role, region_value[1].role};
            status = okrug_table_unique(ctx, table, roles, 2);
        }
    }
    okrug_dataset_free(dataset);
    okrug_ctx_free(ctx);
    return status;
}

static void walk(okrug_source_request request, const char *text) {
    request.bytes = text;
    request.length = strlen(text);
    assert_true(failing_allocator_walk(read_once, &request) >= 10);
}

static void test_csv(void **state) {
    (void)state;
    const okrug_where where[] = {{"kind", "1", false}};
    okrug_source_request request = wanting_region_value();
    request.keep_others = true;
    request.where = where;
    request.where_count = 1;
    walk(request, "kind;region;value;x;x;\n1;a;2;x;;\n1;\"b\nc\";3;y;z;z\n");
}

static void test_header_of_two_lines(void **state) {
    (void)state;
    okrug_wanted wanted[] = {region_value[0], region_value[1]};
    wanted[1].header = "Jobs men";
    okrug_source_request request = {
        .path = "in.csv", .wanted = wanted, .wanted_count = 2, .header_row = 1, .header_last = 2};
    walk(request, "region;Jobs;\n;men;women\na;2;3\n");
}

static void test_attempts(void **state) {
    (void)state;
    walk(wanting_region_value(), "region,value\n\xCC,\"0,5\"\nb,2\nc,\"1,5\"\n");
}

static void test_geojson(void **state) {
    (void)state;
    okrug_source_request request = {.path = "in.geojson"};
    walk(request, "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":1,\"properties\":{\"a\":"
                  "\"x\",\"b\":1.5,\"c\":[1]},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}]}");
}

static void test_workbook(void **state) {
    (void)state;
    okrug_buffer rows = {0};
    workbook book = xlsx_begin();
    XLSX_ROW(&rows, 1, "A=region", "B=value", "C=note");
    XLSX_ROW(&rows, 2, "A=a", "B=0,5", "C=x");
    XLSX_ROW(&rows, 3, "A=#4.0101E7", "B=#1.5");
    xlsx_sheet(&book, "a", rows.bytes);
    xlsx_end(&book);
    okrug_source_request request = wanting_region_value();
    request.path = "in.xlsx";
    request.keep_others = true;
    request.bytes = book.bytes.bytes;
    request.length = book.bytes.length;
    assert_true(failing_allocator_walk(read_once, &request) >= 10);
    okrug_wanted wanted[] = {region_value[0], region_value[1]};
    wanted[0].header = "region a";
    wanted[1].header = "value 0,5";
    request.wanted = wanted;
    request.header_row = 1;
    request.header_last = 2;
    assert_true(failing_allocator_walk(read_once, &request) >= 10);
    workbook_free(&book);
    okrug_buffer_free(&rows);
}

static void test_neighbours(void **state) {
    (void)state;
    walk((okrug_source_request){.path = "in.gal"}, "2\n0 1\n1\n1 1\n0\n");
    walk((okrug_source_request){.path = "in.gwt"}, "0 2 f k\na b 1\nb a 2\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),      cmocka_unit_test(test_header_of_two_lines),
        cmocka_unit_test(test_attempts), cmocka_unit_test(test_geojson),
        cmocka_unit_test(test_workbook), cmocka_unit_test(test_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
