/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a workspace holds, as JSON, for rooms that see no store.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/engine_private.h"
#include "writers/writers.h"

okrug_status okrug_workspace_init(okrug_ctx *ctx, const char *location) {
    return okrug_store_create(ctx, location);
}

okrug_status okrug_workspace_serve(okrug_ctx *ctx, const char *location, okrug_store **store) {
    return okrug_store_open(ctx, location, OKRUG_STORE_SERVE, store);
}

okrug_status okrug_workspace_serve_beside(okrug_ctx *ctx, const char *location, okrug_store *other,
                                          okrug_store **store) {
    OKRUG_TRY(okrug_workspace_serve(ctx, location, store));
    return other != NULL ? okrug_store_take_turns(*store, other) : OKRUG_OK;
}

void okrug_workspace_close(okrug_store *store) {
    okrug_store_close(store);
}

/* One dataset, whose rows in the list start at `row`; returns the row after its last. */
static int64_t describe_dataset(const okrug_table *list, int64_t row, okrug_json *json) {
    const okrug_column *ids = okrug_table_column(list, "id");
    const okrug_column *tables = okrug_table_column(list, "table");
    const okrug_column *rows = okrug_table_column(list, "rows");
    const okrug_column *columns = okrug_table_column(list, "columns");
    const char *provenance = okrug_text_at(okrug_table_column(list, "provenance"), row);
    int32_t id = ids->word[row];
    okrug_json_object(json);
    okrug_json_member(json, "id", okrug_text_at(ids, row));
    okrug_json_member(json, "kind", okrug_text_at(okrug_table_column(list, "kind"), row));
    okrug_json_key(json, "tables");
    okrug_json_array(json);
    int64_t next = row;
    for (; next < list->rows && ids->word[next] == id; next++) {
        if (okrug_text_at(tables, next) == NULL) {
            continue; /* a dataset without tables */
        }
        okrug_json_object(json);
        okrug_json_member(json, "name", okrug_text_at(tables, next));
        okrug_json_key(json, "rows");
        okrug_json_number(json, rows->number[next]);
        okrug_json_key(json, "columns");
        okrug_json_raw(json, okrug_text_at(columns, next));
        okrug_json_object_end(json);
    }
    okrug_json_array_end(json);
    okrug_json_key(json, "provenance");
    okrug_json_raw(json, provenance == NULL || provenance[0] == '\0' ? "null" : provenance);
    okrug_json_object_end(json);
    return next;
}

static okrug_status describe_all(const okrug_table *list, okrug_buffer *out) {
    okrug_json json = okrug_json_to(out, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "datasets");
    okrug_json_array(&json);
    for (int64_t row = 0; row < list->rows;) {
        row = describe_dataset(list, row, &json);
    }
    okrug_json_array_end(&json);
    okrug_json_object_end(&json);
    return okrug_buffer_status(out);
}

static okrug_status describe_one(okrug_ctx *ctx, const okrug_table *list, const char *id, okrug_buffer *out) {
    const okrug_column *ids = okrug_table_column(list, "id");
    for (int64_t row = 0; row < list->rows; row++) {
        if (strcmp(okrug_text_at(ids, row), id) == 0) {
            okrug_json json = okrug_json_to(out, 0);
            describe_dataset(list, row, &json);
            return okrug_buffer_status(out);
        }
    }
    return okrug_fail(ctx, OKRUG_NOT_FOUND, "no-such-dataset", NULL, "id", id, (char *)NULL);
}

okrug_status okrug_workspace_datasets(okrug_ctx *ctx, okrug_store *store, const char *id, okrug_buffer *out) {
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_list(ctx, store, &list));
    okrug_status status = id == NULL ? describe_all(list->table[0], out) : describe_one(ctx, list->table[0], id, out);
    okrug_dataset_free(list);
    return status;
}

okrug_status okrug_workspace_table(okrug_ctx *ctx, okrug_store *store, const char *id, const char *table, FILE *out) {
    okrug_dataset *dataset = NULL;
    OKRUG_TRY(okrug_store_get_table(ctx, store, id, table, &dataset));
    okrug_status status = okrug_write_json(ctx, dataset->table[0], out);
    okrug_dataset_free(dataset);
    return status;
}

static bool has_geometry(const okrug_table *table) {
    for (int c = 0; c < table->columns; c++) {
        if (table->column[c].type == OKRUG_GEOMETRY) {
            return true;
        }
    }
    return false;
}

okrug_status okrug_workspace_features(okrug_ctx *ctx, okrug_store *store, const char *id, FILE *out) {
    okrug_dataset *dataset = NULL;
    OKRUG_TRY(okrug_store_get(ctx, store, id, &dataset));
    okrug_status status = OKRUG_NOT_FOUND;
    for (int t = 0; status == OKRUG_NOT_FOUND && t < dataset->tables; t++) {
        if (has_geometry(dataset->table[t])) {
            status = okrug_write_geojson(ctx, dataset->table[t], out);
        }
    }
    okrug_dataset_free(dataset);
    return status == OKRUG_NOT_FOUND ? okrug_fail(ctx, status, "no-geometry", NULL, "id", id, (char *)NULL) : status;
}

okrug_status okrug_workspace_study(okrug_ctx *ctx, okrug_store *store, okrug_buffer *out) {
    char *text = NULL;
    OKRUG_TRY(okrug_store_get_document(ctx, store, "study", &text));
    if (text == NULL) {
        return okrug_fail(ctx, OKRUG_NOT_FOUND, "no-study", NULL, (char *)NULL);
    }
    okrug_buffer_add_text(out, text);
    free(text);
    return okrug_buffer_status(out);
}
