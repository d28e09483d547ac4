/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of the SQLite store ask of its file as another program sees it.
 */
#ifndef OKRUG_TESTS_SUPPORT_SQLITE_TESTING_H
#define OKRUG_TESTS_SUPPORT_SQLITE_TESTING_H

#include <dirent.h>
#include <sqlite3.h>

#include "store_testing.h"

/* One text from the file; to be freed with free(). */
static inline char *sqlite_ask(const char *file, const char *sql) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    char *copy = strdup(text != NULL ? text : "NULL");
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return copy;
}

static inline void sqlite_assert(const char *file, const char *sql, const char *expected) {
    char *answer = sqlite_ask(file, sql);
    assert_string_equal(answer, expected);
    free(answer);
}

static inline void sqlite_do(const char *file, const char *sql) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static inline int sqlite_files_in(const char *folder) {
    DIR *directory = opendir(folder);
    int count = -2; /* . and .. */
    while (readdir(directory) != NULL) {
        count++;
    }
    closedir(directory);
    return count;
}

/* An outline of region 29 in the dataset "outlines". */
static inline void sqlite_put_outline(store_place *place) {
    okrug_dataset *dataset = okrug_dataset_new("outlines", "boundaries");
    okrug_table *table = okrug_dataset_add_table(dataset, "outlines");
    okrug_table_add_column(table, "region", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "shape", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    okrug_table_add_row(table, 0);
    store_set_text(table, 0, 0, "29");
    store_set_text(table, 1, 0, "010100000000000000002042400000000000404B40");
    assert_int_equal(okrug_store_put(place->ctx, place->store, dataset), OKRUG_OK);
    okrug_dataset_free(dataset);
}

#endif
