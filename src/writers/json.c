/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table as JSON, by columns.
 */
#include "writers/stream.h"

static bool has_missing(const okrug_table *table, const okrug_column *column) {
    for (int64_t r = 0; column->reason != NULL && r < table->rows; r++) {
        if (column->reason[r] != OKRUG_PRESENT) {
            return true;
        }
    }
    return false;
}

static void add_value(okrug_json *json, const okrug_column *column, int64_t row) {
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        okrug_json_null(json);
    } else if (column->type == OKRUG_NUMBER) {
        okrug_json_number(json, column->number[row]);
    } else {
        okrug_json_text(json, okrug_text_at(column, row));
    }
}

static okrug_status add_arrays(okrug_stream *stream, okrug_json *json, const okrug_table *table,
                               const okrug_column *column) {
    okrug_json_key(json, "values");
    okrug_json_array(json);
    for (int64_t r = 0; r < table->rows; r++) {
        add_value(json, column, r);
        OKRUG_TRY(okrug_stream_step(stream));
    }
    okrug_json_array_end(json);
    if (!has_missing(table, column)) {
        return OKRUG_OK;
    }
    okrug_json_key(json, "reasons");
    okrug_json_array(json);
    for (int64_t r = 0; r < table->rows; r++) {
        okrug_json_text(json, okrug_reason_code(okrug_reason_at(column, r)));
        OKRUG_TRY(okrug_stream_step(stream));
    }
    okrug_json_array_end(json);
    return OKRUG_OK;
}

static okrug_status add_columns(okrug_stream *stream, okrug_json *json, const okrug_table *table) {
    for (int c = 0; c < table->columns; c++) {
        const okrug_column *column = &table->column[c];
        okrug_json_object(json);
        okrug_json_key(json, "name");
        okrug_json_text(json, column->name);
        okrug_json_key(json, "type");
        okrug_json_text(json, okrug_type_code(column->type));
        okrug_json_key(json, "unit");
        okrug_json_text(json, okrug_unit_code(column->unit));
        OKRUG_TRY(add_arrays(stream, json, table, column));
        okrug_json_object_end(json);
    }
    return OKRUG_OK;
}

okrug_status okrug_write_json(okrug_ctx *ctx, const okrug_table *table, FILE *out) {
    okrug_stream stream = {.ctx = ctx, .file = out};
    okrug_json json = okrug_json_to(&stream.text, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "table");
    okrug_json_text(&json, table->name);
    okrug_json_key(&json, "rows");
    okrug_json_integer(&json, table->rows);
    okrug_json_key(&json, "columns");
    okrug_json_array(&json);
    okrug_status status = add_columns(&stream, &json, table);
    okrug_json_array_end(&json);
    okrug_json_object_end(&json);
    okrug_buffer_add(&stream.text, "\n", 1);
    return okrug_stream_end(&stream, status);
}
