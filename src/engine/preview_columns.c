/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file as it is, for the preview of an import: its columns with samples and what they may be, or its first rows.
 */
#include <string.h>

#include "engine/import.h"

enum { SAMPLES = 5, TOP_ROWS = 8 };

/* The column of the imported table that came from that column of the file. */
static const okrug_column *bound_to(const okrug_importing *importing, const char *header) {
    const okrug_table *table = importing->loaded.table;
    for (int r = 0; table != NULL && r < importing->kind->role_count; r++) {
        const okrug_column *column = okrug_table_column(table, importing->kind->roles[r].name);
        const char *own = column == NULL ? NULL : column->header == NULL ? column->name : column->header;
        if (own != NULL && strcmp(own, header) == 0) {
            return column;
        }
    }
    return NULL;
}

/* The role that the options give to that header, also where reading failed. */
static const char *mapped_to(const okrug_importing *importing, const char *header) {
    const okrug_reading *reading = &importing->reading;
    for (int i = 0; i < reading->maps; i++) {
        if (strcmp(reading->map[i].text, header) == 0) {
            return reading->map[i].name;
        }
    }
    for (int r = 0; r < importing->kind->role_count; r++) {
        bool elsewhere = false;
        for (int i = 0; i < reading->maps; i++) {
            elsewhere = elsewhere || strcmp(reading->map[i].name, importing->kind->roles[r].name) == 0;
        }
        if (!elsewhere && strcmp(importing->kind->roles[r].name, header) == 0) {
            return header;
        }
    }
    return NULL;
}

static void write_column(const okrug_importing *importing, const char *header, const okrug_column *source, int64_t rows,
                         okrug_json *json) {
    const okrug_column *column = bound_to(importing, header);
    const char *role = column != NULL ? column->name : mapped_to(importing, header);
    okrug_json_object(json);
    okrug_json_member(json, "header", header);
    okrug_json_member(json, "role", role);
    okrug_json_member(json, "suggested", role != NULL ? NULL : okrug_suggest_role(importing->kind, header));
    okrug_json_member(json, "type",
                      okrug_type_code(column != NULL   ? column->type
                                      : source == NULL ? OKRUG_TEXT
                                                       : source->type));
    okrug_json_key(json, "sample");
    okrug_json_array(json);
    int shown = 0;
    for (int64_t r = 0; source != NULL && r < rows && shown < SAMPLES; r++) {
        const char *text = okrug_text_at(source, r);
        if (text != NULL && text[0] != '\0') {
            okrug_json_text(json, source->type == OKRUG_GEOMETRY ? "geometry" : text);
            shown++;
        }
    }
    okrug_json_array_end(json);
    okrug_json_object_end(json);
}

okrug_status okrug_preview_columns(const okrug_importing *importing, okrug_ctx *quiet, okrug_dataset *plain,
                                   okrug_table **table, okrug_json *json) {
    const okrug_import_request *request = importing->request;
    okrug_words *header = okrug_words_new();
    if (header == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *table = NULL;
    if (okrug_load_plain(quiet, request->file, request->folder, &importing->reading, NULL, plain, table) != OKRUG_OK) {
        *table = NULL;
        okrug_load_plain(quiet, request->file, request->folder, &importing->reading, header, NULL, NULL);
    }
    okrug_json_key(json, "columns");
    okrug_json_array(json);
    for (int c = 0; *table != NULL && c < (*table)->columns; c++) {
        const okrug_column *column = &(*table)->column[c];
        write_column(importing, column->header == NULL ? column->name : column->header, column, (*table)->rows, json);
    }
    for (int32_t w = 0; w < okrug_words_count(header); w++) {
        write_column(importing, okrug_words_text(header, w), NULL, 0, json);
    }
    okrug_json_array_end(json);
    okrug_words_free(header);
    return OKRUG_OK;
}

okrug_status okrug_preview_top(const okrug_importing *importing, okrug_ctx *quiet, bool is_table, okrug_json *json) {
    const okrug_import_request *request = importing->request;
    okrug_reading reading = importing->reading;
    reading.header_last = 0; /* each row by itself */
    bool opened = importing->loaded.understood.header_row > 0;
    okrug_json_key(json, "top");
    okrug_json_array(json);
    for (reading.header_row = 1; opened && !is_table && reading.header_row <= TOP_ROWS; reading.header_row++) {
        okrug_words *texts = okrug_words_new();
        if (texts == NULL) {
            return OKRUG_NO_MEMORY;
        }
        okrug_load_plain(quiet, request->file, request->folder, &reading, texts, NULL, NULL);
        okrug_json_object(json);
        okrug_json_key(json, "row");
        okrug_json_integer(json, reading.header_row);
        okrug_json_key(json, "texts");
        okrug_json_array(json);
        for (int32_t w = 0; w < okrug_words_count(texts); w++) {
            if (okrug_words_text(texts, w)[0] != '\0') {
                okrug_json_text(json, okrug_words_text(texts, w));
            }
        }
        okrug_json_array_end(json);
        okrug_json_object_end(json);
        okrug_words_free(texts);
    }
    okrug_json_array_end(json);
    return OKRUG_OK;
}
