/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages of rows and the history of rows, asked for by texts.
 */
#include "engine/rows.h"

#include <math.h>
#include <string.h>

#include <okrug/number.h>

#include "sources/sources.h"
#include "store/rows.h"
#include "writers/writers.h"

enum { LIMIT = 100, LIMIT_MOST = 10000 };

static okrug_status bad_value(okrug_ctx *ctx, const char *option, const char *value, const char *expected) {
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", option, "value", value, "expected",
                      expected, (char *)NULL);
}

static okrug_status read_whole(okrug_ctx *ctx, const char *option, const char *text, double most, const char *expected,
                               int64_t *value) {
    double read = 0.0;
    if (text == NULL) {
        return OKRUG_OK;
    }
    if (!okrug_number_read(text, strlen(text), &read) || !(read >= 0.0 && read <= most) || floor(read) != read) {
        return bad_value(ctx, option, text, expected);
    }
    *value = (int64_t)read;
    return OKRUG_OK;
}

okrug_status okrug_row_condition(okrug_ctx *ctx, const char *text, okrug_option *condition) {
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-condition", NULL, "text", text, (char *)NULL);
    }
    *condition = (okrug_option){okrug_text(ctx, "%.*s", (int)(equals - text), text), equals + 1};
    return condition->name[0] != '\0' ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static okrug_status read_wheres(okrug_ctx *ctx, const okrug_rows_request *request,
                                okrug_row_where where[OKRUG_ROWS_WHERES]) {
    if (request->wheres > OKRUG_ROWS_WHERES) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "too-many-row-conditions", NULL, "most",
                          okrug_text_integer(ctx, OKRUG_ROWS_WHERES), (char *)NULL);
    }
    for (int i = 0; i < request->wheres; i++) {
        okrug_option condition = {NULL, NULL};
        OKRUG_TRY(okrug_row_condition(ctx, request->where[i], &condition));
        okrug_where named = okrug_where_named(ctx, condition.name, condition.value);
        if (named.column == NULL) {
            return OKRUG_NO_MEMORY;
        }
        where[i] = (okrug_row_where){.column = named.column, .text = named.text, .begins = named.begins};
    }
    return OKRUG_OK;
}

/* `limit`: what whoever asks calls it. */
static okrug_status read_request(okrug_ctx *ctx, const okrug_rows_request *request, const char *limit,
                                 okrug_row_where where[OKRUG_ROWS_WHERES], okrug_row_query *query) {
    *query = (okrug_row_query){.dataset = request->dataset,
                               .table = request->table,
                               .where = where,
                               .where_count = request->wheres,
                               .search = request->search,
                               .order = request->order,
                               .limit = LIMIT};
    OKRUG_TRY(read_wheres(ctx, request, where));
    OKRUG_TRY(read_whole(ctx, "offset", request->offset, 1e12, "0, 1, 2 …", &query->offset));
    OKRUG_TRY(read_whole(ctx, limit, request->limit, LIMIT_MOST, "0 … 10000", &query->limit));
    if (request->descending != NULL) {
        query->descending = strcmp(request->descending, "true") == 0;
        if (!query->descending && strcmp(request->descending, "false") != 0) {
            return bad_value(ctx, "descending", request->descending, "true, false");
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_workspace_rows(okrug_ctx *ctx, okrug_store *store, const okrug_rows_request *request, FILE *out) {
    okrug_row_where where[OKRUG_ROWS_WHERES] = {0};
    okrug_row_query query;
    okrug_dataset *page = NULL;
    int64_t total = 0;
    OKRUG_TRY(read_request(ctx, request, "limit", where, &query));
    for (int i = 0; i < query.where_count; i++) { /* "period=" is a row without a period, as in its history */
        where[i].text = where[i].text[0] == '\0' && !where[i].begins ? NULL : where[i].text;
    }
    OKRUG_TRY(okrug_store_find_rows(ctx, store, &query, &page, &total));
    fprintf(out, "{\"total\":%lld,\"table\":", (long long)total);
    okrug_status status = okrug_write_json(ctx, page->table[0], out);
    fputs("}", out);
    okrug_dataset_free(page);
    return status;
}

/* ---- History ----------------------------------------------------------------------------------------------------- */

/* The history with its times as people and programs read them. */
static okrug_status history_of(okrug_ctx *ctx, okrug_store *store, const okrug_rows_request *request,
                               okrug_dataset **history, const okrug_table **shown) {
    okrug_row_where where[OKRUG_ROWS_WHERES] = {0};
    okrug_row_query query;
    OKRUG_TRY(read_request(ctx, request, "most", where, &query));
    for (int i = 0; i < query.where_count; i++) {
        if (where[i].begins) { /* rows have their history under their whole key */
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-condition", NULL, "text", request->where[i], (char *)NULL);
        }
    }
    OKRUG_TRY(okrug_store_history(ctx, store, query.dataset, where, query.where_count, query.limit, history));
    const okrug_table *told = (*history)->table[0];
    okrug_table *table = okrug_dataset_add_table(*history, told->name);
    if (table == NULL || okrug_table_reserve(table, told->rows) != OKRUG_OK) {
        return OKRUG_NO_MEMORY;
    }
    for (int c = 0; c < told->columns; c++) {
        const okrug_column *column = &told->column[c];
        bool time = strcmp(column->name, "time") == 0;
        if (okrug_table_add_column(table, column->name, time ? OKRUG_TEXT : column->type, column->unit) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (int64_t row = 0; row < told->rows; row++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        if (okrug_table_add_row(table, 0) < 0) {
            return OKRUG_NO_MEMORY;
        }
        for (int c = 0; c < told->columns; c++) {
            const okrug_column *column = &told->column[c];
            if (table->column[c].type == column->type) {
                OKRUG_TRY(okrug_set_cell(table, c, row, column, row));
                continue;
            }
            const char *time = okrug_time_text(ctx, column->number[row]);
            OKRUG_TRY(okrug_set_text(table, c, row, time, strlen(time)));
        }
        okrug_scratch_reset(ctx, mark);
    }
    *shown = table;
    return OKRUG_OK;
}

okrug_status okrug_workspace_history(okrug_ctx *ctx, okrug_store *store, const okrug_rows_request *request, FILE *out) {
    okrug_dataset *history = NULL;
    const okrug_table *shown = NULL;
    okrug_status status = history_of(ctx, store, request, &history, &shown);
    if (status == OKRUG_OK) {
        fputs("{\"history\":", out);
        status = okrug_write_json(ctx, shown, out);
        fputs("}", out);
    }
    okrug_dataset_free(history);
    return status;
}

okrug_status okrug_workspace_history_print(okrug_ctx *ctx, okrug_store *store, const okrug_rows_request *request,
                                           okrug_format format, const okrug_catalogue *catalogue, FILE *out) {
    okrug_dataset *history = NULL;
    const okrug_table *shown = NULL;
    okrug_status status = history_of(ctx, store, request, &history, &shown);
    if (status == OKRUG_OK) {
        status = format == OKRUG_FORMAT_CSV    ? okrug_write_csv(ctx, shown, out)
                 : format == OKRUG_FORMAT_JSON ? okrug_write_json(ctx, shown, out)
                                               : okrug_write_text(ctx, shown, catalogue, 0, out);
    }
    okrug_dataset_free(history);
    return status;
}
