/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Import: a file -> a dataset of some kind with its provenance, and what was understood of the file, for people.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/engine_private.h"
#include "engine/kinds.h"
#include "engine/yaml.h"

/* Options of import that describe the data rather than the file's form. */
static const char *const description_options[] = {"title", "source", "licence", "note", NULL};

static okrug_status import_reading(okrug_ctx *ctx, const okrug_options *options, okrug_reading *reading) {
    okrug_status status = OKRUG_OK;
    *reading = (okrug_reading){.keep_others = true};
    for (int i = 0; i < options->count; i++) {
        bool taken = false;
        okrug_status one = okrug_reading_take(ctx, reading, NULL, &options->option[i], options->count, &taken);
        if (one == OKRUG_OK && !taken && !okrug_text_is_one_of(options->option[i].name, description_options)) {
            one = okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-import-option", NULL, "option", options->option[i].name,
                             (char *)NULL);
        }
        status = one == OKRUG_OK ? status : one;
    }
    return status;
}

static okrug_status unknown_kind(okrug_ctx *ctx, const char *kind) {
    const char *known = "";
    for (int i = 0; i < okrug_kind_count; i++) {
        known = okrug_text_listed(ctx, known, okrug_kinds[i].id);
    }
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-kind", NULL, "kind", kind, "known", known, (char *)NULL);
}

/* "data/employment.csv.gz" -> "employment" */
static const char *stem(okrug_ctx *ctx, const char *file) {
    const char *name = okrug_base_name(file);
    size_t length = strcspn(name, ".");
    return okrug_text(ctx, "%.*s", (int)(length == 0 ? strlen(name) : length), name);
}

static const char *id_of(okrug_ctx *ctx, const okrug_import_request *request) {
    return request->id == NULL ? stem(ctx, request->file) : request->id;
}

/* ---- Provenance ---- */

static void write_maps(const char *key, const okrug_binding *list, int count, okrug_json *json) {
    if (count == 0) {
        return;
    }
    okrug_json_key(json, key);
    okrug_json_object(json);
    for (int i = 0; i < count; i++) {
        okrug_json_member(json, list[i].name, list[i].text);
    }
    okrug_json_object_end(json);
}

static okrug_status attach(const okrug_import_request *request, const okrug_reading *reading,
                           const okrug_loaded *loaded, okrug_dataset *dataset) {
    okrug_buffer text = {0};
    okrug_json json = okrug_json_to(&text, 0);
    char delimiter[2] = {loaded->understood.delimiter, '\0'};
    char decimal[2] = {loaded->understood.style.decimal, '\0'};
    okrug_json_object(&json);
    for (int i = 0; description_options[i] != NULL; i++) {
        const okrug_node *node = okrug_node_get(request->description, description_options[i]);
        if (node != NULL) {
            okrug_json_key(&json, description_options[i]);
            okrug_node_json(node, &json);
        }
    }
    for (int i = 0; i < request->options.count; i++) {
        if (okrug_text_is_one_of(request->options.option[i].name, description_options)) {
            okrug_json_member(&json, request->options.option[i].name, request->options.option[i].value);
        }
    }
    okrug_json_member(&json, "kind", request->kind);
    okrug_json_member(&json, "file", loaded->file);
    okrug_json_member(&json, "sha256", loaded->understood.sha256);
    okrug_json_member(&json, "format", loaded->understood.format);
    okrug_json_member(&json, "encoding", loaded->understood.encoding);
    okrug_json_member(&json, "delimiter", delimiter[0] == '\t' ? "tab" : delimiter);
    okrug_json_member(&json, "decimal", decimal);
    okrug_json_key(&json, "rows");
    okrug_json_integer(&json, loaded->table->rows);
    write_maps("map", reading->map, reading->maps, &json);
    write_maps("where", reading->where, reading->wheres, &json);
    write_maps("read_as", reading->form, reading->forms, &json);
    if (reading->unit_given) {
        okrug_json_member(&json, "unit", okrug_unit_code(reading->unit));
    }
    if (reading->blank != OKRUG_PRESENT) {
        okrug_json_member(&json, "blank", okrug_reason_code(reading->blank));
    }
    okrug_json_object_end(&json);
    okrug_status status = okrug_buffer_status(&text);
    if (status == OKRUG_OK) {
        dataset->provenance = okrug_dataset_keep(dataset, text.bytes);
        status = dataset->provenance == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    okrug_buffer_free(&text);
    return status;
}

/* ---- What was understood ---- */

static const char *text_of(const okrug_catalogue *catalogue, const char *key) {
    const char *text = okrug_catalogue_text(catalogue, key);
    return text == NULL ? key : text;
}

static void add_line(const okrug_catalogue *catalogue, const char *key, const char *value, okrug_buffer *out) {
    okrug_buffer_add_format(out, "  %s: %s\n", text_of(catalogue, key), value);
}

static void add_column(okrug_ctx *ctx, const okrug_catalogue *catalogue, const okrug_table *table, int c,
                       okrug_buffer *out) {
    const okrug_column *column = &table->column[c];
    int64_t missing = 0;
    const char *examples = "";
    int shown = 0;
    for (int64_t r = 0; r < table->rows; r++) {
        if (okrug_reason_at(column, r) != OKRUG_PRESENT) {
            missing++;
        } else if (shown < 4) {
            const char *cell = column->type == OKRUG_NUMBER     ? okrug_text_number(ctx, column->number[r])
                               : column->type == OKRUG_GEOMETRY ? "geometry"
                                                                : okrug_text_at(column, r);
            examples = okrug_text(ctx, "%s%s%.40s", examples, shown == 0 ? "" : " | ", cell);
            shown++;
        }
    }
    bool same = column->header == NULL || strcmp(column->header, column->name) == 0;
    okrug_buffer_add_format(out, "    %s%s%s  [%s%s%s]  %s", same ? column->name : column->header, same ? "" : " -> ",
                            same ? "" : column->name,
                            text_of(catalogue, column->type == OKRUG_NUMBER ? "type.number" : "type.text"),
                            column->unit == OKRUG_UNIT_NONE ? "" : ", ", okrug_unit_code(column->unit), examples);
    if (missing > 0) {
        okrug_buffer_add_format(out, "  (%s: %lld)", text_of(catalogue, "understood.missing"), (long long)missing);
    }
    okrug_buffer_add_text(out, "\n");
}

/* Marks that stood for missing numbers: "…" ×3 → not-collected. What counts as 0 is said. */
static void add_marks(okrug_ctx *ctx, const okrug_catalogue *catalogue, const okrug_understood *understood,
                      okrug_buffer *out) {
    const char *list = "";
    for (int i = 0; i < OKRUG_MARKS_MET && understood->mark[i].count > 0; i++) {
        const okrug_mark_met *mark = &understood->mark[i];
        bool zero = mark->reason == OKRUG_STRUCTURAL_ZERO;
        list = okrug_text(ctx, "%s%s%s ×%lld → %s%s%s%s", list, i == 0 ? "" : ", ", mark->text, (long long)mark->count,
                          okrug_reason_code(mark->reason), zero ? " (" : "",
                          zero ? text_of(catalogue, "understood.zero") : "", zero ? ")" : "");
    }
    if (list[0] != '\0') {
        add_line(catalogue, "understood.marks", list, out);
    }
}

static void report(okrug_ctx *ctx, const okrug_catalogue *catalogue, const char *file, const char *kind,
                   const okrug_loaded *loaded, bool filtered, okrug_buffer *out) {
    const okrug_understood *understood = &loaded->understood;
    okrug_buffer_add_format(out, "%s\n", file);
    add_line(catalogue, "understood.kind", kind, out);
    add_line(catalogue, "understood.format",
             okrug_text(ctx, "%s%s%s", understood->format, understood->compression[0] == '\0' ? "" : ", ",
                        understood->compression),
             out);
    add_line(catalogue, "understood.encoding",
             okrug_text(ctx, "%s%s", understood->encoding, understood->bom ? " (BOM)" : ""), out);
    if (understood->delimiter != 0) {
        add_line(catalogue, "understood.delimiter",
                 understood->delimiter == '\t' ? text_of(catalogue, "understood.tab")
                                               : okrug_text(ctx, "%c", understood->delimiter),
                 out);
        add_line(catalogue, "understood.header-row", okrug_text_integer(ctx, understood->header_row), out);
    }
    if (understood->style.decimal != 0) {
        add_line(catalogue, "understood.decimal", okrug_text(ctx, "%c", understood->style.decimal), out);
    }
    add_line(catalogue, "understood.rows-read", okrug_text_integer(ctx, understood->rows_read), out);
    if (filtered) {
        add_line(catalogue, "understood.rows-kept", okrug_text_integer(ctx, understood->rows_kept), out);
    }
    if (understood->blank_cells > 0) {
        add_line(catalogue, "understood.blank", okrug_text_integer(ctx, understood->blank_cells), out);
    }
    add_marks(ctx, catalogue, understood, out);
    if (loaded->table != NULL) {
        okrug_buffer_add_format(out, "  %s:\n", text_of(catalogue, "understood.columns"));
        for (int c = 0; c < loaded->table->columns; c++) {
            add_column(ctx, catalogue, loaded->table, c, out);
        }
    }
}

/* ---- Import ---- */

/* The dataset of one file: its only table is named like it. */
static okrug_status finish(okrug_ctx *ctx, const okrug_import_request *request, const okrug_reading *reading,
                           okrug_loaded *loaded, okrug_dataset **dataset) {
    okrug_dataset *made = loaded->dataset;
    made->id = okrug_dataset_keep(made, id_of(ctx, request));
    made->kind = okrug_dataset_keep(made, request->kind);
    loaded->table->name = made->id;
    if (made->id == NULL || made->kind == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(attach(request, reading, loaded, made));
    *dataset = made;
    loaded->dataset = NULL;
    return OKRUG_OK;
}

okrug_status okrug_import_read(okrug_ctx *ctx, const okrug_import_request *request, const okrug_catalogue *catalogue,
                               okrug_buffer *understood, okrug_dataset **dataset) {
    const okrug_kind *kind = okrug_kind_find(request->kind);
    if (kind == NULL) {
        return unknown_kind(ctx, request->kind);
    }
    OKRUG_TRY(okrug_id_check(ctx, OKRUG_BAD_USAGE, NULL, id_of(ctx, request)));
    okrug_reading reading = {0};
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = import_reading(ctx, &request->options, &reading);
    if (status == OKRUG_OK) {
        okrug_input input = {.name = "input",
                             .shape = kind->shape,
                             .required = true,
                             .roles = kind->roles,
                             .role_count = kind->role_count};
        okrug_loaded loaded = {0};
        status = okrug_load(ctx, request->file, request->folder, NULL, &input, &reading, &loaded);
        if (understood != NULL && loaded.understood.format[0] != '\0') {
            report(ctx, catalogue, request->file, request->kind, &loaded, reading.wheres > 0, understood);
        }
        if (status == OKRUG_OK) {
            status = finish(ctx, request, &reading, &loaded, dataset);
        }
        okrug_loaded_free(&loaded);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* Two files of one name in two folders would be one dataset, and the first would be gone without a word. */
static okrug_status check_ids(okrug_ctx *ctx, const okrug_import_request *requests, int count) {
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < count; i++) {
        const char *id = id_of(ctx, &requests[i]);
        for (int k = 0; k < i; k++) {
            if (strcmp(id, id_of(ctx, &requests[k])) == 0) {
                status = okrug_fail(ctx, OKRUG_BAD_INPUT, "id-repeated", &(okrug_place){.file = requests[i].file}, "id",
                                    id, (char *)NULL);
                break;
            }
        }
    }
    return status;
}

static okrug_status keep(okrug_ctx *ctx, const char *workspace, okrug_dataset *const *read, int count, bool replace) {
    okrug_store *store = NULL;
    OKRUG_TRY(okrug_store_open(ctx, workspace, OKRUG_STORE_WRITE, &store));
    okrug_status status = okrug_import_keep(ctx, store, read, count, replace, NULL);
    okrug_store_close(store);
    return status;
}

okrug_status okrug_import(okrug_ctx *ctx, const char *workspace, const okrug_import_request *requests, int count,
                          bool replace, const okrug_catalogue *catalogue, okrug_buffer *understood) {
    /* Everything is read before the workspace is touched, so that every fault of every file is told at once. */
    okrug_status status = check_ids(ctx, requests, count);
    okrug_dataset **read = calloc((size_t)count + 1, sizeof(okrug_dataset *));
    if (read == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < count; i++) {
        okrug_status one = okrug_import_read(ctx, &requests[i], catalogue, understood, &read[i]);
        status = one == OKRUG_OK ? status : one;
    }
    if (status == OKRUG_OK && workspace != NULL) {
        status = keep(ctx, workspace, read, count, replace);
    }
    for (int i = 0; i < count; i++) {
        okrug_dataset_free(read[i]);
    }
    free(read);
    return status;
}
