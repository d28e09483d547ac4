/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Imports as a server does them: bytes that were uploaded, into a store that is open.
 */
#include <stdlib.h>
#include <unistd.h>

#include "engine/engine.h"
#include "store/store.h"
#include "testing.h"
#include "workbook_testing.h"

typedef struct {
    okrug_ctx *ctx;
    okrug_catalogue *catalogue;
    okrug_store *store;
    workbook book;
    char path[40];
} fixture;

static int begin(void **state) {
    fixture *f = calloc(1, sizeof *f);
    okrug_buffer rows = {0};
    strcpy(f->path, "/tmp/okrug-import-XXXXXX");
    int file = mkstemp(f->path);
    close(file);
    unlink(f->path);
    f->ctx = okrug_ctx_new(NULL);
    f->catalogue = okrug_catalogue_new("en");
    f->book = xlsx_begin();
    XLSX_ROW(&rows, 1, "A=Регион", "B=Число");
    XLSX_ROW(&rows, 2, "A=007", "B=#1.5");
    xlsx_sheet(&f->book, "один", rows.bytes);
    XLSX_ROW(&rows, 3, "A=008", "B=#2.5");
    xlsx_sheet(&f->book, "два", rows.bytes);
    xlsx_end(&f->book);
    okrug_buffer_free(&rows);
    *state = f;
    return okrug_store_create(f->ctx, f->path) != OKRUG_OK ||
           okrug_store_open(f->ctx, f->path, OKRUG_STORE_WRITE, &f->store) != OKRUG_OK;
}

static int end(void **state) {
    fixture *f = *state;
    okrug_store_close(f->store);
    okrug_catalogue_free(f->catalogue);
    okrug_ctx_free(f->ctx);
    workbook_free(&f->book);
    unlink(f->path);
    free(f);
    return 0;
}

static const okrug_option maps[] = {{"map", "region=Регион"}, {"map", "value=Число"}};

static okrug_import_request request_of(const fixture *f, const char *part, int options) {
    return (okrug_import_request){.kind = "values",
                                  .file = "book.xlsx",
                                  .id = "jobs",
                                  .options = {maps, options},
                                  .part = part,
                                  .bytes = f->book.bytes.bytes,
                                  .length = f->book.bytes.length};
}

static int64_t rows_of(const fixture *f, const char *id) {
    okrug_dataset *dataset = NULL;
    assert_int_equal(okrug_store_get(f->ctx, f->store, id, &dataset), OKRUG_OK);
    int64_t rows = dataset->table[0]->rows;
    okrug_dataset_free(dataset);
    return rows;
}

static void test_into_a_store(void **state) {
    fixture *f = *state;
    okrug_import_request request = request_of(f, "один", 2);
    assert_int_equal(okrug_import_into(f->ctx, f->store, &request, false, f->catalogue, NULL, NULL), OKRUG_OK);
    assert_int_equal(rows_of(f, "jobs"), 1);
    request = request_of(f, "два", 0); /* what was remembered is enough */
    assert_int_equal(okrug_import_into(f->ctx, f->store, &request, false, f->catalogue, NULL, NULL), OKRUG_EXISTS);
    assert_string_equal(okrug_message_at(f->ctx, 0)->code, "dataset-exists");
    assert_int_equal(rows_of(f, "jobs"), 1);
    assert_int_equal(okrug_import_into(f->ctx, f->store, &request, true, f->catalogue, NULL, NULL), OKRUG_OK);
    assert_int_equal(rows_of(f, "jobs"), 2);
    okrug_messages_clear(f->ctx);
    request.no_remembered = true;
    assert_int_equal(okrug_import_into(f->ctx, f->store, &request, true, f->catalogue, NULL, NULL), OKRUG_BAD_INPUT);
    assert_int_equal(rows_of(f, "jobs"), 2);
    /* Nothing is left open: the store takes the next change. */
    assert_int_equal(okrug_store_remove(f->ctx, f->store, "jobs"), OKRUG_OK);
}

static void test_preview(void **state) {
    fixture *f = *state;
    okrug_buffer out = {0};
    okrug_import_request request = request_of(f, "два", 2);
    assert_int_equal(okrug_import_preview(f->ctx, NULL, &request, f->catalogue, 1, &out), OKRUG_OK);
    assert_non_null(strstr(out.bytes, "\"part\":\"два\""));
    assert_non_null(strstr(out.bytes, "{\"header\":\"Регион\",\"role\":\"region\",\"suggested\":null,\"type\":\"text\","
                                      "\"sample\":[\"007\",\"008\"]}"));
    assert_non_null(strstr(out.bytes, "\"faults\":[],\"warnings\":[],\"preview\":{\"table\":\"input\",\"rows\":1,"));
    okrug_buffer_clear(&out);
    request.part = NULL; /* a fault of the file is part of the answer */
    assert_int_equal(okrug_import_preview(f->ctx, NULL, &request, f->catalogue, 1, &out), OKRUG_OK);
    assert_non_null(strstr(out.bytes, "\"code\":\"several-parts\",\"file\":\"book.xlsx\""));
    okrug_buffer_clear(&out);
    request.kind = "nonsense"; /* a fault of the request is not */
    assert_int_equal(okrug_import_preview(f->ctx, NULL, &request, f->catalogue, 1, &out), OKRUG_BAD_USAGE);
    okrug_buffer_free(&out);
}

static void test_parts_and_kinds(void **state) {
    fixture *f = *state;
    okrug_buffer out = {0};
    assert_int_equal(okrug_file_parts(f->ctx, "book.xlsx", f->book.bytes.bytes, f->book.bytes.length, &out), OKRUG_OK);
    assert_string_equal(out.bytes, "[{\"name\":\"один\",\"kind\":\"sheet\",\"rows\":2},"
                                   "{\"name\":\"два\",\"kind\":\"sheet\",\"rows\":3}]");
    okrug_buffer_clear(&out);
    assert_int_equal(okrug_file_parts(f->ctx, "a.csv", "a\n", 2, &out), OKRUG_OK);
    assert_string_equal(out.bytes, "[{\"name\":\"\",\"kind\":\"file\",\"rows\":null}]");
    okrug_buffer_clear(&out);
    okrug_describe_kinds(&out);
    assert_non_null(strstr(out.bytes,
                           "{\"id\":\"neighbours\",\"about\":\"regions\",\"shape\":\"tidy\",\"roles\":[{\"name\":\"a\","
                           "\"type\":\"text\",\"need\":\"key\",\"domain\":\"any\",\"unit\":\"\"}"));
    okrug_buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_into_a_store, begin, end),
        cmocka_unit_test_setup_teardown(test_preview, begin, end),
        cmocka_unit_test_setup_teardown(test_parts_and_kinds, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
