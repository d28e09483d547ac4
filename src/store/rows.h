/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Single rows of datasets in the workspace: found page by page, added, changed and removed, with the history of each.
 */
#ifndef OKRUG_STORE_ROWS_H
#define OKRUG_STORE_ROWS_H

#include "store/store.h"

typedef struct {
    const char *column;
    const char *text;       /* numbers are compared as numbers; NULL: the cell is empty */
    const char *const *any; /* in place of `text`: one of these texts, of a column of texts; NULL: `text` */
    int64_t any_count;
    bool begins; /* the cell begins with `text`; of a column of texts */
} okrug_row_where;

typedef struct {
    const char *dataset;
    const char *table; /* NULL: the first */
    const okrug_row_where *where;
    int where_count;
    const char *search; /* texts that have all its words in them, whatever the case, ё or е; NULL: all rows */
    const char *order;  /* a column; NULL: as they came */
    bool descending;    /* missing cells come last either way */
    int64_t offset;
    int64_t limit; /* -1: all */
} okrug_row_query;

/* A dataset with one table, that of the query, with the rows of the page (without the lines of their file); `total` is
 * how many match, NULL: not asked. OKRUG_NOT_FOUND: "no-dataset", "no-table"; OKRUG_BAD_USAGE: "no-column",
 * "begins-with-number", "too-many-row-conditions" (32 at most). Cost: a pass over the table, and one more for the
 * total. */
okrug_status okrug_store_find_rows(okrug_ctx *ctx, okrug_store *store, const okrug_row_query *query,
                                   okrug_dataset **page, int64_t *total);

typedef struct {
    const char *dataset;
    const char *table;      /* NULL: the first */
    const char *const *key; /* the columns that tell its rows apart */
    int key_count;
    const okrug_table *row; /* one row with the key, parts of which may be blank, not all; of its other columns each
                             * cell takes the place of what was there */
    bool remove;            /* the row with that key goes */
    const char *provenance; /* of the dataset from then on; NULL: as before */
} okrug_row_edit;

/* Adds the row, or changes the one that has its key. A change "edit" of the dataset; `change` gets its number, 0 where
 * all was so already. OKRUG_NOT_FOUND: "no-dataset", "no-table", "no-such-row"; OKRUG_BAD_USAGE: "no-column" where the
 * table lacks one, "rows-with-geometry". */
okrug_status okrug_store_edit_row(okrug_ctx *ctx, okrug_store *store, const okrug_row_edit *edit, int64_t *change);

typedef struct {
    const char *dataset; /* its first table */
    const char *column;  /* of texts */
    const char *from, *to;
    const char *const *key; /* the columns that tell its rows apart */
    int key_count;
    const char *provenance; /* of the dataset from then on; NULL: as before */
} okrug_recoding;

/* Every cell `from` of the column becomes `to`, in `rows` rows; each has its history, and where the column is of the
 * key one under either key. That keys stay apart is the caller's to see to. Of a change "edit", unless it has a name.
 * OKRUG_NOT_FOUND: "no-dataset"; OKRUG_BAD_USAGE: "no-column", "rows-with-geometry". Cost: two passes over the table,
 * and the rows that have the text in memory. */
okrug_status okrug_store_recode(okrug_ctx *ctx, okrug_store *store, const okrug_recoding *recoding, int64_t *rows);

/* Compares the first table of a dataset that was put in this transaction, which has a named change, with the one that
 * it took the place of, by these columns of their keys, and notes in the history each row that came, went or changed;
 * where they are more than `most`, or the tables of two kinds, none ("history-of-too-many", a warning). Cost: a join of
 * the two, and at most `most` rows in memory. */
okrug_status okrug_store_note_replaced(okrug_ctx *ctx, okrug_store *store, const char *id, const char *const *key,
                                       int key_count, int64_t most);

/* A dataset with one table "history" (change, time, state, what, dataset, table, row, column, before, after), newest
 * first, a row for each cell: what was done to rows of the dataset, of all where it is NULL; only to rows whose key has
 * `where_count` such cells. Numbers are in their shortest text, missing cells have their reason; `row`
 * is the key, "region=01, period=2024". */
okrug_status okrug_store_history(okrug_ctx *ctx, okrug_store *store, const char *dataset, const okrug_row_where *where,
                                 int where_count, int64_t most, okrug_dataset **history);

#endif
