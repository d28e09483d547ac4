/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an import would do, as JSON for a form: what was understood, what is wrong, what may be meant.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/import.h"
#include "writers/writers.h"

enum { CODES = 1000 };

/* ---- What was understood ---- */

static void write_understood(const okrug_importing *importing, okrug_json *json) {
    const okrug_understood *understood = &importing->loaded.understood;
    char delimiter[2] = {understood->delimiter, '\0'};
    char decimal[2] = {understood->style.decimal, '\0'};
    okrug_json_key(json, "understood");
    if (understood->format[0] == '\0') {
        okrug_json_null(json);
        return;
    }
    okrug_json_object(json);
    okrug_json_member(json, "file", okrug_base_name(importing->request->file));
    okrug_json_member(json, "kind", importing->request->kind);
    okrug_json_member(json, "id", importing->id);
    okrug_json_member(json, "format", understood->format);
    okrug_json_member(json, "part", understood->part[0] == '\0' ? NULL : understood->part);
    okrug_json_member(json, "compression", understood->compression);
    okrug_json_member(json, "encoding", understood->encoding);
    okrug_json_key(json, "bom");
    okrug_json_bool(json, understood->bom);
    okrug_json_member(json, "delimiter", understood->delimiter == '\t' ? "tab" : delimiter);
    okrug_json_member(json, "decimal", decimal);
    const struct {
        const char *name;
        int64_t value;
    } counts[] = {{"header_row", understood->header_row},
                  {"header_last", understood->header_last},
                  {"rows_read", understood->rows_read},
                  {"rows_kept", understood->rows_kept},
                  {"blank_cells", understood->blank_cells},
                  {"missing_marks", understood->missing_marks},
                  {"suppressed_cells", understood->suppressed_cells}};
    for (int i = 0; i < OKRUG_COUNT_OF(counts); i++) {
        okrug_json_key(json, counts[i].name);
        okrug_json_integer(json, counts[i].value);
    }
    okrug_json_key(json, "marks");
    okrug_json_array(json);
    for (int i = 0; i < OKRUG_MARKS_MET && understood->mark[i].count > 0; i++) {
        okrug_json_object(json);
        okrug_json_member(json, "text", understood->mark[i].text);
        okrug_json_member(json, "reason", okrug_reason_code(understood->mark[i].reason));
        okrug_json_key(json, "count");
        okrug_json_integer(json, understood->mark[i].count);
        okrug_json_object_end(json);
    }
    okrug_json_array_end(json);
    okrug_json_member(json, "sha256", understood->sha256);
    okrug_json_object_end(json);
}

static okrug_status write_report(okrug_ctx *ctx, const okrug_importing *importing, const okrug_catalogue *catalogue,
                                 okrug_json *json) {
    okrug_buffer text = {0};
    okrug_import_request request = *importing->request;
    okrug_importing told = *importing;
    request.file = okrug_base_name(request.file); /* in which folder of which machine concerns no form */
    told.request = &request;
    okrug_import_report(ctx, catalogue, &told, &text);
    okrug_json_key(json, "report");
    okrug_json_array(json);
    for (const char *line = text.bytes; line != NULL && *line != '\0';) {
        size_t length = strcspn(line, "\n");
        okrug_json_text_n(json, line, length);
        line += length + (line[length] == '\n');
    }
    okrug_json_array_end(json);
    okrug_status status = okrug_buffer_status(&text);
    okrug_buffer_free(&text);
    return status;
}

/* ---- The rest ---- */

static void write_options(const okrug_importing *importing, okrug_json *json) {
    okrug_json_key(json, "remembered");
    okrug_json_bool(json, importing->remembered);
    okrug_json_key(json, "options");
    okrug_json_array(json);
    for (int i = 0; i < importing->options.count; i++) {
        okrug_json_object(json);
        okrug_json_member(json, "name", importing->options.option[i].name);
        okrug_json_member(json, "value", importing->options.option[i].value);
        okrug_json_object_end(json);
    }
    okrug_json_array_end(json);
}

static void write_messages(okrug_ctx *ctx, const okrug_catalogue *catalogue, const char *key, okrug_severity severity,
                           int64_t first, okrug_json *json) {
    okrug_json_key(json, key);
    okrug_json_array(json);
    for (int64_t i = first; i < okrug_messages(ctx); i++) {
        okrug_message message = *okrug_message_at(ctx, i);
        if (message.severity == severity) {
            okrug_message_without_folders(&message);
            okrug_describe_message_with_text(&message, catalogue, json);
        }
    }
    okrug_json_array_end(json);
}

static void write_codes(const char *key, const char *const *list, int64_t count, okrug_json *json) {
    okrug_json_key(json, key);
    okrug_json_array(json);
    for (int64_t i = 0; i < count && i < CODES; i++) {
        okrug_json_text(json, list[i]);
    }
    okrug_json_array_end(json);
}

static void write_join(const okrug_join *join, okrug_json *json) {
    okrug_json_key(json, "join");
    if (join->with == NULL) {
        okrug_json_null(json);
        return;
    }
    okrug_json_object(json);
    okrug_json_member(json, "with", join->with);
    okrug_json_key(json, "matched");
    okrug_json_integer(json, join->matched);
    okrug_json_key(json, "only_here_count");
    okrug_json_integer(json, join->here);
    okrug_json_key(json, "only_there_count");
    okrug_json_integer(json, join->there);
    write_codes("only_here", join->only_here, join->here, json);
    write_codes("only_there", join->only_there, join->there, json);
    okrug_json_key(json, "near");
    okrug_json_array(json);
    for (int64_t i = 0; i < join->nears; i++) {
        okrug_json_object(json);
        okrug_json_member(json, "here", join->near[i].here);
        okrug_json_member(json, "there", join->near[i].there);
        okrug_json_member(json, "why", join->near[i].why);
        okrug_json_object_end(json);
    }
    okrug_json_array_end(json);
    okrug_json_object_end(json);
}

/* The first rows; geometries are not shown as digits. */
static okrug_status write_table(okrug_ctx *ctx, const okrug_table *table, int64_t rows, okrug_json *json) {
    okrug_json_key(json, "preview");
    if (table == NULL) {
        okrug_json_null(json);
        return OKRUG_OK;
    }
    okrug_table first = *table;
    first.rows = table->rows < rows ? table->rows : rows;
    first.column = OKRUG_SCRATCH(ctx, table->columns, okrug_column);
    if (first.column == NULL) {
        return OKRUG_NO_MEMORY;
    }
    first.columns = 0;
    for (int c = 0; c < table->columns; c++) {
        if (table->column[c].type != OKRUG_GEOMETRY) {
            first.column[first.columns++] = table->column[c];
        }
    }
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_write_json(ctx, &first, out);
    if (fclose(out) != 0 && status == OKRUG_OK) {
        status = OKRUG_NO_MEMORY;
    }
    if (status == OKRUG_OK) {
        bytes[strcspn(bytes, "\n")] = '\0';
        okrug_json_raw(json, bytes);
    }
    free(bytes);
    return status;
}

static okrug_status write_preview(okrug_ctx *ctx, const okrug_importing *importing, const okrug_catalogue *catalogue,
                                  int64_t rows, int64_t first, okrug_buffer *out) {
    okrug_json json = okrug_json_to(out, 0);
    okrug_ctx *quiet = okrug_ctx_new(NULL);
    okrug_dataset *plain = okrug_dataset_new("plain", "preview");
    okrug_table *table = NULL;
    okrug_status status = quiet == NULL || plain == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    okrug_json_object(&json);
    write_understood(importing, &json);
    if (status == OKRUG_OK) {
        status = write_report(ctx, importing, catalogue, &json);
    }
    if (status == OKRUG_OK) {
        status = okrug_preview_columns(importing, quiet, plain, &table, &json);
    }
    if (status == OKRUG_OK) {
        status = okrug_preview_top(importing, quiet, table != NULL, &json);
    }
    write_options(importing, &json);
    write_messages(ctx, catalogue, "faults", OKRUG_FAULT, first, &json);
    write_messages(ctx, catalogue, "warnings", OKRUG_WARNING, first, &json);
    if (status == OKRUG_OK) {
        status = write_table(ctx, importing->loaded.table != NULL ? importing->loaded.table : table, rows, &json);
    }
    write_join(&importing->join, &json);
    okrug_json_object_end(&json);
    okrug_dataset_free(plain);
    okrug_ctx_free(quiet);
    return status == OKRUG_OK ? okrug_buffer_status(out) : status;
}

okrug_status okrug_import_preview(okrug_ctx *ctx, okrug_store *store, const okrug_import_request *request,
                                  const okrug_catalogue *catalogue, int64_t rows, okrug_buffer *out) {
    okrug_importing importing = {0};
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t first = okrug_messages(ctx);
    okrug_status status = okrug_import_load(ctx, store, request, OKRUG_REGISTER_LOOK, &importing);
    bool of_file = status == OKRUG_OK || status == OKRUG_BAD_INPUT || status == OKRUG_NOT_FOUND;
    if (of_file) {
        status = write_preview(ctx, &importing, catalogue, rows, first, out);
    }
    okrug_loaded_free(&importing.loaded);
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_import_previews(okrug_ctx *ctx, const char *workspace, const okrug_import_request *requests,
                                   int count, const okrug_catalogue *catalogue, int64_t rows, okrug_buffer *out) {
    okrug_ctx *quiet = okrug_ctx_new(NULL);
    okrug_store *store = okrug_import_look_into(workspace, quiet);
    okrug_status status = OKRUG_OK;
    okrug_buffer_add_text(out, "{\"files\":[");
    for (int i = 0; status == OKRUG_OK && i < count; i++) {
        okrug_buffer_add_text(out, i == 0 ? "" : ",");
        status = okrug_import_preview(ctx, store, &requests[i], catalogue, rows, out);
    }
    okrug_buffer_add_text(out, "]}");
    okrug_store_close(store);
    okrug_ctx_free(quiet);
    return status == OKRUG_OK ? okrug_buffer_status(out) : status;
}

/* ---- Parts ---- */

okrug_status okrug_file_parts(okrug_ctx *ctx, const char *file, const void *bytes, size_t length, okrug_buffer *out) {
    okrug_source_request request = {.path = file, .bytes = bytes, .length = length};
    okrug_part *parts = NULL;
    int count = 0;
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_register_shape shape = OKRUG_REGISTER_NONE;
    okrug_status status = bytes == NULL ? okrug_register_find(ctx, file, &shape) : OKRUG_OK;
    okrug_part whole = {.name = "", .kind = "file", .rows = -1};
    if (status == OKRUG_OK && shape != OKRUG_REGISTER_NONE) {
        parts = &whole;
        count = 1;
    } else if (status == OKRUG_OK) {
        status = okrug_source_parts(ctx, &request, &parts, &count);
    }
    okrug_json json = okrug_json_to(out, 0);
    okrug_json_array(&json);
    for (int i = 0; status == OKRUG_OK && i < count; i++) {
        okrug_json_object(&json);
        okrug_json_member(&json, "name", parts[i].name);
        okrug_json_member(&json, "kind", parts[i].kind);
        okrug_json_key(&json, "rows");
        if (parts[i].rows < 0) {
            okrug_json_null(&json);
        } else {
            okrug_json_integer(&json, parts[i].rows);
        }
        okrug_json_object_end(&json);
    }
    okrug_json_array_end(&json);
    okrug_scratch_reset(ctx, mark);
    return status == OKRUG_OK ? okrug_buffer_status(out) : status;
}
