/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of the store share: a place for a workspace, whatever kind of store it is of, and the comparison of
 * two datasets. A second kind of store is added to the suite in store_place_new.
 */
#ifndef OKRUG_TESTS_SUPPORT_STORE_TESTING_H
#define OKRUG_TESTS_SUPPORT_STORE_TESTING_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <okrug/dataset.h>

#include "store/store.h"
#include "testing.h"

typedef struct {
    char folder[64];
    char location[128];
    okrug_ctx *ctx;
    okrug_store *store; /* open for writing */
} store_place;

/* An empty folder and in it a name, with a space and Cyrillic letters, that nothing has yet. */
static inline store_place *store_place_new(void) {
    store_place *place = calloc(1, sizeof *place);
    assert_non_null(place);
    const char *parent = getenv("TMPDIR");
    snprintf(place->folder, sizeof place->folder, "%s/okrug-test-XXXXXX", parent != NULL ? parent : P_tmpdir);
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->location, sizeof place->location, "%s/округ 1.okrug", place->folder);
    place->ctx = okrug_ctx_new(NULL);
    assert_non_null(place->ctx);
    return place;
}

static inline void store_place_free(store_place *place) {
    okrug_store_close(place->store);
    okrug_ctx_free(place->ctx);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    assert_int_equal(system(command), 0);
    free(place);
}

static inline void store_place_open(store_place *place, okrug_store_mode mode) {
    okrug_store_close(place->store);
    assert_int_equal(okrug_store_open(place->ctx, place->location, mode, &place->store), OKRUG_OK);
}

/* For cmocka: a new workspace, open for writing. */
static inline int store_setup(void **state) {
    store_place *place = store_place_new();
    assert_int_equal(okrug_store_create(place->ctx, place->location), OKRUG_OK);
    store_place_open(place, OKRUG_STORE_WRITE);
    *state = place;
    return 0;
}

static inline int store_teardown(void **state) {
    store_place_free(*state);
    return 0;
}

/* The code of the last message, "" where there is none. */
static inline const char *store_last_code(const store_place *place) {
    int64_t count = okrug_messages(place->ctx);
    return count > 0 ? okrug_message_at(place->ctx, count - 1)->code : "";
}

static inline void store_assert_text(const char *a, const char *b) {
    if (a == NULL || b == NULL) {
        assert_ptr_equal(a, b);
    } else {
        assert_string_equal(a, b);
    }
}

static inline void store_assert_same_column(const okrug_column *a, const okrug_column *b, int64_t rows) {
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->unit, b->unit);
    store_assert_text(a->header, b->header);
    for (int64_t r = 0; r < rows; r++) {
        assert_int_equal(okrug_reason_at(a, r), okrug_reason_at(b, r));
        if (a->type == OKRUG_NUMBER) {
            if (okrug_reason_at(a, r) == OKRUG_PRESENT) {
                assert_same_double(a->number[r], b->number[r]);
            }
        } else {
            store_assert_text(okrug_text_at(a, r), okrug_text_at(b, r));
        }
    }
}

static inline void store_assert_same_table(const okrug_table *a, const okrug_table *b) {
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->rows, b->rows);
    assert_int_equal(a->columns, b->columns);
    store_assert_text(a->file, b->file);
    for (int64_t r = 0; r < a->rows; r++) {
        assert_int_equal(a->line != NULL ? a->line[r] : 0, b->line != NULL ? b->line[r] : 0);
    }
    for (int c = 0; c < a->columns; c++) {
        store_assert_same_column(&a->column[c], &b->column[c], a->rows);
    }
}

static inline void store_assert_same(const okrug_dataset *a, const okrug_dataset *b) {
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->kind, b->kind);
    store_assert_text(a->provenance, b->provenance);
    assert_int_equal(a->tables, b->tables);
    for (int t = 0; t < a->tables; t++) {
        store_assert_same_table(a->table[t], b->table[t]);
    }
}

/* Puts the dataset, takes it back after closing and opening the workspace, compares, and frees what came back. */
static inline void store_assert_keeps(store_place *place, const okrug_dataset *dataset) {
    okrug_dataset *back = NULL;
    assert_int_equal(okrug_store_put(place->ctx, place->store, dataset), OKRUG_OK);
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(okrug_store_get(place->ctx, place->store, dataset->id, &back), OKRUG_OK);
    store_assert_same(dataset, back);
    okrug_dataset_free(back);
    store_place_open(place, OKRUG_STORE_WRITE);
}

static inline void store_set_text(okrug_table *table, int column, int64_t row, const char *text) {
    assert_int_equal(okrug_set_text(table, column, row, text, strlen(text)), OKRUG_OK);
}

/* Regions, industries and values; the value of row r is r / 8. */
static inline okrug_dataset *store_values(const char *id, int64_t rows) {
    okrug_dataset *dataset = okrug_dataset_new(id, "values");
    okrug_table *table = okrug_dataset_add_table(dataset, id);
    okrug_table_add_column(table, "region", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "industry", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "value", OKRUG_NUMBER, OKRUG_UNIT_PERSON);
    assert_int_equal(okrug_table_reserve(table, rows), OKRUG_OK);
    for (int64_t r = 0; r < rows; r++) {
        char text[32];
        okrug_table_add_row(table, r + 2);
        snprintf(text, sizeof text, "%08ld", (long)(r / 100));
        store_set_text(table, 0, r, text);
        snprintf(text, sizeof text, "%02ld.%ld", (long)(r % 100), (long)(r % 7));
        store_set_text(table, 1, r, text);
        assert_int_equal(okrug_set_number(table, 2, r, (double)r / 8.0), OKRUG_OK);
    }
    return dataset;
}

/* Puts store_values of that many rows. */
static inline okrug_status store_put_values(store_place *place, const char *id, int64_t rows) {
    okrug_dataset *dataset = store_values(id, rows);
    okrug_status status = okrug_store_put(place->ctx, place->store, dataset);
    okrug_dataset_free(dataset);
    return status;
}

/* Rows of the dataset's first table; -1: no such dataset. */
static inline int64_t store_rows(store_place *place, const char *id) {
    okrug_dataset *dataset = NULL;
    okrug_status status = okrug_store_get(place->ctx, place->store, id, &dataset);
    int64_t rows = status == OKRUG_OK ? dataset->table[0]->rows : -1;
    assert_true(status == OKRUG_OK || status == OKRUG_NOT_FOUND);
    okrug_dataset_free(dataset);
    return rows;
}

#endif
