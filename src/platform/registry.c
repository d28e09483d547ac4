/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The registry as JSON and for people.
 */
#include "platform/registry.h"

#include <string.h>

#include "platform/tables.h"

static okrug_status tell(okrug_ctx *ctx, okrug_store *store, const okrug_registry_request *request, okrug_registry *r) {
    OKRUG_TRY(okrug_registry_open(ctx, store, request, r));
    return request->cluster != NULL ? okrug_registry_tell_card(r, request->cluster) : okrug_registry_tell_list(r);
}

/* Columns that are yes or no. */
static bool is_truth(const char *column) {
    return strcmp(column, "late") == 0 || strcmp(column, "in_force") == 0 || strcmp(column, "synthetic") == 0;
}

static void describe_row(const okrug_table *table, int64_t row, okrug_json *json) {
    okrug_json_object(json);
    for (int c = 0; c < table->columns; c++) {
        const okrug_column *column = &table->column[c];
        okrug_json_key(json, column->name);
        if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
            okrug_json_null(json);
        } else if (column->type == OKRUG_NUMBER) {
            okrug_json_number(json, column->number[row]);
        } else if (is_truth(column->name)) {
            okrug_json_bool(json, strcmp(okrug_text_at(column, row), "yes") == 0);
        } else {
            okrug_json_text(json, okrug_text_at(column, row));
        }
    }
    okrug_json_object_end(json);
}

/* Tables of one row by what they are are objects, all others are lists. */
static void describe_table(const okrug_table *table, okrug_json *json) {
    bool one = strcmp(table->name, "cluster") == 0 || strcmp(table->name, "contracts") == 0;
    okrug_json_key(json, table->name);
    if (one) {
        describe_row(table, 0, json);
        return;
    }
    okrug_json_array(json);
    for (int64_t row = 0; row < table->rows; row++) {
        describe_row(table, row, json);
    }
    okrug_json_array_end(json);
}

okrug_status okrug_registry_describe(okrug_ctx *ctx, okrug_store *store, const okrug_registry_request *request,
                                     okrug_buffer *out) {
    okrug_registry r;
    okrug_status status = tell(ctx, store, request, &r);
    if (status == OKRUG_OK) {
        okrug_json json = okrug_json_to(out, 0);
        okrug_json_object(&json);
        okrug_json_member(&json, "date", r.date);
        for (int t = 0; t < r.told->tables; t++) {
            describe_table(r.told->table[t], &json);
        }
        okrug_json_key(&json, "datasets");
        okrug_json_object(&json);
        for (int kind = 0; kind < OKRUG_REGISTRY_KIND_COUNT; kind++) {
            if (r.id[kind] != NULL) {
                okrug_json_member(&json, okrug_registry_kind_ids[kind], r.id[kind]);
            }
        }
        okrug_json_object_end(&json);
        okrug_json_object_end(&json);
        status = okrug_buffer_status(out);
    }
    okrug_registry_close(&r);
    return status;
}

static const char *text_of(const okrug_catalogue *catalogue, const char *key) {
    const char *text = okrug_catalogue_text(catalogue, key);
    return text != NULL ? text : key;
}

/* What is missing in words, a line each. */
static void print_missing(okrug_ctx *ctx, const okrug_table *table, const okrug_catalogue *catalogue, FILE *out) {
    for (int64_t row = 0; row < table->rows; row++) {
        const char *what = okrug_text_at(okrug_table_column(table, "what"), row);
        const char *of = okrug_text_at(okrug_table_column(table, "of"), row);
        double count = okrug_table_column(table, "count")->number[row];
        fprintf(out, "- %s", text_of(catalogue, okrug_text(ctx, "registry.missing.%s", what)));
        if (of != NULL) {
            fprintf(out, ": %s%s", of, count > 1.0 ? " …" : "");
        }
        fprintf(out, count > 1.0 ? " (%.0f)\n" : "\n", count);
    }
}

okrug_status okrug_registry_print(okrug_ctx *ctx, okrug_store *store, const okrug_registry_request *request,
                                  const okrug_catalogue *catalogue, FILE *out) {
    okrug_registry r;
    okrug_status status = tell(ctx, store, request, &r);
    for (int t = 0; status == OKRUG_OK && t < r.told->tables; t++) {
        const okrug_table *table = r.told->table[t];
        if (table->rows == 0) {
            continue; /* what is missing says so */
        }
        fprintf(out, "%s%s, %s\n", t > 0 ? "\n" : "",
                text_of(catalogue, okrug_text(ctx, "registry.table.%s", table->name)), r.date);
        if (strcmp(table->name, "missing") == 0) {
            print_missing(ctx, table, catalogue, out);
        } else {
            status = okrug_table_print(ctx, table, catalogue, 0, out);
        }
    }
    okrug_registry_close(&r);
    return status;
}
