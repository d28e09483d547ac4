/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Single rows of the datasets of a workspace, as texts: found, recorded, removed, and what was done to them.
 */
#ifndef OKRUG_ENGINE_ROWS_H
#define OKRUG_ENGINE_ROWS_H

#include "engine/engine.h"

enum { OKRUG_ROWS_WHERES = 32 };

typedef struct {
    const char *dataset;      /* of the history: NULL for all */
    const char *table;        /* NULL: the first */
    const char *const *where; /* "column=text", OKRUG_ROWS_WHERES at most */
    int wheres;
    const char *search;     /* words that the texts of a row have together; NULL: any */
    const char *order;      /* a column; NULL: as they came */
    const char *descending; /* "true" or "false"; NULL: false */
    const char *offset;     /* NULL: 0 */
    const char *limit;      /* 0 to 10000; NULL: 100 */
} okrug_rows_request;

/* {"total": N, "table": as okrug_workspace_table gives it}. OKRUG_NOT_FOUND ("no-dataset", "no-table"), OKRUG_BAD_USAGE
 * ("no-column", "bad-option-value", "bad-condition", "too-many-row-conditions"). */
okrug_status okrug_workspace_rows(okrug_ctx *ctx, okrug_store *store, const okrug_rows_request *request, FILE *out);

typedef struct {
    const char *dataset;
    const char *kind;     /* makes the dataset where it is not there; NULL: it must be there */
    okrug_options values; /* columns and texts; a value of NULL or "" empties the cell */
    bool remove;          /* the row of that key goes */
} okrug_row_request;

/* Adds the row, or changes the one that has its key: what is not given stays. One change "edit" of the workspace,
 * whose number `change` gets, 0 where all was so already; the dataset's provenance tells how often it was edited, and
 * its hash of the edits is another after each. OKRUG_BAD_INPUT with a fault for each value that cannot be taken;
 * OKRUG_BAD_USAGE: "rows-of-result", "rows-without-key", "rows-with-geometry", "kind-differs", "unknown-kind",
 * "bad-id", "no-column", "column-repeated"; OKRUG_NOT_FOUND: "no-dataset", "no-such-row". Cost: a pass over the table.
 */
okrug_status okrug_row_record(okrug_ctx *ctx, okrug_store *store, const okrug_row_request *request, int64_t *change);

typedef struct {
    const char *dataset;     /* of kind firms */
    const char *keep, *drop; /* codes of firms */
} okrug_merge_request;

typedef struct {
    int64_t change;
    int64_t rows; /* of other tables, that named the one that is gone */
} okrug_merge_done;

/* Makes two rows of firms one: the kept row fills its blanks (but since and until, and a place only as a whole) from
 * the other, which goes if it is there, and tables of all kinds that name the other name the kept one. One change
 * "merge". Warnings: "merge-differs" (what both rows have, and not the same), "merge-elsewhere" (another table of firms
 * has the code too). OKRUG_BAD_INPUT, and nothing is done, with a fault for each row that stands in the way:
 * "merge-collides", "merge-with-itself"; OKRUG_BAD_USAGE: "kind-differs", "merge-same", "rows-with-geometry";
 * OKRUG_NOT_FOUND: "no-dataset", "no-such-row". Cost: a few passes over the tables. */
okrug_status okrug_firms_merge(okrug_ctx *ctx, okrug_store *store, const okrug_merge_request *request,
                               okrug_merge_done *done);

/* {"history": table}, newest first, a row for each cell: (change, time, state, what, dataset, table, row, column,
 * before, after). Of the request: dataset, where (cells of the row's key), limit. */
okrug_status okrug_workspace_history(okrug_ctx *ctx, okrug_store *store, const okrug_rows_request *request, FILE *out);
okrug_status okrug_workspace_history_print(okrug_ctx *ctx, okrug_store *store, const okrug_rows_request *request,
                                           okrug_format format, const okrug_catalogue *catalogue, FILE *out);

/* "COLUMN=TEXT" taken apart; OKRUG_BAD_USAGE ("bad-condition"). */
okrug_status okrug_row_condition(okrug_ctx *ctx, const char *text, okrug_option *condition);

/* 2026-11-22T07:02:55.123456Z of microseconds since 1970; "" where there is no such time. */
const char *okrug_time_text(okrug_ctx *ctx, double microseconds);

#endif
