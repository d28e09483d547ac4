/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Import: a file -> a dataset of some kind with its provenance, and what was understood of the file, for people.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/import.h"
#include "engine/yaml.h"

/* Options of import that describe the data rather than the file's form. */
const char *const okrug_description_options[] = {"title", "source", "licence", "note", NULL};

okrug_status okrug_import_reading(okrug_ctx *ctx, const okrug_import_request *request, const okrug_options *options,
                                  okrug_reading *reading) {
    okrug_status status = OKRUG_OK;
    *reading =
        (okrug_reading){.keep_others = true, .part = request->part, .bytes = request->bytes, .length = request->length};
    for (int i = 0; i < options->count; i++) {
        bool taken = false;
        okrug_status one = okrug_reading_take(ctx, reading, NULL, &options->option[i], options->count, &taken);
        if (one == OKRUG_OK && !taken && !okrug_text_is_one_of(options->option[i].name, okrug_description_options)) {
            one = okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-import-option", NULL, "option", options->option[i].name,
                             (char *)NULL);
        }
        status = one == OKRUG_OK ? status : one;
    }
    return status;
}

/* "data/employment.csv.gz" -> "employment" */
static const char *stem(okrug_ctx *ctx, const char *file) {
    const char *name = okrug_base_name(file);
    size_t length = strcspn(name, ".");
    return okrug_text(ctx, "%.*s", (int)(length == 0 ? strlen(name) : length), name);
}

static const char *id_of(okrug_ctx *ctx, const okrug_import_request *request) {
    const char *file = request->file;
    const char *part = NULL;
    if (request->id != NULL) {
        return request->id;
    }
    okrug_is_part(ctx, request->folder, request->file, &file, &part);
    return stem(ctx, file);
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

void okrug_import_describe(const okrug_import_request *request, okrug_json *json) {
    for (int i = 0; okrug_description_options[i] != NULL; i++) {
        const okrug_node *node = okrug_node_get(request->description, okrug_description_options[i]);
        if (node != NULL) {
            okrug_json_key(json, okrug_description_options[i]);
            okrug_node_json(node, json);
        }
    }
    for (int i = 0; i < request->options.count; i++) {
        if (okrug_text_is_one_of(request->options.option[i].name, okrug_description_options)) {
            okrug_json_member(json, request->options.option[i].name, request->options.option[i].value);
        }
    }
}

static okrug_status attach(const okrug_import_request *request, const okrug_reading *reading,
                           const okrug_loaded *loaded, okrug_dataset *dataset) {
    okrug_buffer text = {0};
    okrug_json json = okrug_json_to(&text, 0);
    char delimiter[2] = {loaded->understood.delimiter, '\0'};
    char decimal[2] = {loaded->understood.style.decimal, '\0'};
    okrug_json_object(&json);
    okrug_import_describe(request, &json);
    okrug_json_member(&json, "kind", request->kind);
    okrug_json_member(&json, "file", loaded->file);
    okrug_json_member(&json, "sha256", loaded->understood.sha256);
    okrug_json_member(&json, "format", loaded->understood.format);
    if (loaded->understood.part[0] != '\0') {
        okrug_json_member(&json, "part", loaded->understood.part);
    }
    okrug_json_member(&json, "encoding", loaded->understood.encoding);
    okrug_json_member(&json, "delimiter", delimiter[0] == '\t' ? "tab" : delimiter);
    okrug_json_member(&json, "decimal", decimal);
    okrug_json_key(&json, "rows");
    okrug_json_integer(&json, loaded->table->rows);
    if (loaded->synthetic) {
        okrug_json_key(&json, "synthetic");
        okrug_json_bool(&json, true);
    }
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
    return okrug_provenance_keep(dataset, &text);
}

/* ---- Reading ---- */

/* Those of the request that say how to read; none: those that were remembered, if they may be used. */
static okrug_status choose_options(okrug_ctx *ctx, okrug_store *store, okrug_importing *importing) {
    const okrug_options *given = &importing->request->options;
    okrug_option *own = OKRUG_SCRATCH(ctx, given->count, okrug_option);
    if (own == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int count = 0;
    for (int i = 0; i < given->count; i++) {
        if (!okrug_text_is_one_of(given->option[i].name, okrug_description_options)) {
            own[count++] = given->option[i];
        }
    }
    importing->options = (okrug_options){own, count};
    if (store == NULL || count > 0 || importing->request->no_remembered) {
        return OKRUG_OK;
    }
    return okrug_remember_find(ctx, store, importing->request, &importing->options, &importing->remembered);
}

static okrug_status prepare(okrug_ctx *ctx, const okrug_import_request *request, okrug_importing *importing) {
    *importing = (okrug_importing){.request = request, .id = id_of(ctx, request)};
    OKRUG_TRY(okrug_kind_named(ctx, request->kind, &importing->kind));
    return okrug_id_check(ctx, OKRUG_BAD_USAGE, NULL, importing->id);
}

okrug_status okrug_import_load(okrug_ctx *ctx, okrug_store *store, const okrug_import_request *request, int64_t most,
                               okrug_importing *importing) {
    okrug_register_shape shape = OKRUG_REGISTER_NONE;
    OKRUG_TRY(prepare(ctx, request, importing));
    OKRUG_TRY(okrug_import_register_find(ctx, request, &shape));
    if (shape != OKRUG_REGISTER_NONE) {
        return okrug_import_register_load(ctx, importing, shape, most);
    }
    bool products = false;
    OKRUG_TRY(okrug_import_products_find(ctx, importing, &products));
    if (products) {
        return okrug_import_products_load(ctx, importing);
    }
    OKRUG_TRY(choose_options(ctx, store, importing));
    OKRUG_TRY(okrug_import_reading(ctx, request, &importing->options, &importing->reading));
    okrug_input input = {.name = "input",
                         .shape = importing->kind->shape,
                         .required = true,
                         .roles = importing->kind->roles,
                         .role_count = importing->kind->role_count};
    okrug_status status =
        okrug_load(ctx, request->file, request->folder, NULL, &input, &importing->reading, &importing->loaded);
    if (status == OKRUG_OK) {
        status = okrug_kind_check_dates(ctx, importing->kind, importing->loaded.table);
    }
    if (store != NULL && (status == OKRUG_OK || status == OKRUG_BAD_INPUT)) {
        okrug_status joined = okrug_join_find(ctx, store, importing, &importing->join);
        status = joined == OKRUG_OK ? status : joined;
    }
    return status;
}

/* The dataset of one file: its only table is named like it. */
static okrug_status finish(okrug_importing *importing, okrug_dataset **dataset) {
    okrug_loaded *loaded = &importing->loaded;
    okrug_dataset *made = loaded->dataset;
    made->id = okrug_dataset_keep(made, importing->id);
    made->kind = okrug_dataset_keep(made, importing->request->kind);
    loaded->table->name = made->id;
    if (made->id == NULL || made->kind == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(attach(importing->request, &importing->reading, loaded, made));
    *dataset = made;
    loaded->dataset = NULL;
    return OKRUG_OK;
}

static okrug_status read_one(okrug_ctx *ctx, okrug_store *store, const okrug_import_request *request, int64_t most,
                             const okrug_catalogue *catalogue, okrug_buffer *understood, okrug_importing *importing,
                             okrug_dataset **dataset) {
    okrug_status status = okrug_import_load(ctx, store, request, most, importing);
    if (understood != NULL) {
        okrug_import_report(ctx, catalogue, importing, understood);
    }
    return status == OKRUG_OK && importing->loaded.dataset != NULL ? finish(importing, dataset) : status;
}

okrug_status okrug_import_read(okrug_ctx *ctx, const okrug_import_request *request, const okrug_catalogue *catalogue,
                               okrug_buffer *understood, okrug_dataset **dataset) {
    okrug_importing importing = {0};
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = read_one(ctx, NULL, request, 0, catalogue, understood, &importing, dataset);
    okrug_loaded_free(&importing.loaded);
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* ---- Keeping ---- */

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

static okrug_status keep_register(okrug_ctx *ctx, okrug_store *store, const okrug_import_request *request,
                                  okrug_register_shape shape, bool replace, const okrug_catalogue *catalogue,
                                  okrug_buffer *understood, int64_t *change) {
    okrug_importing importing = {0};
    OKRUG_TRY(prepare(ctx, request, &importing));
    okrug_status status = okrug_import_register_keep(ctx, store, &importing, shape, replace, change);
    if (understood != NULL) {
        okrug_import_report(ctx, catalogue, &importing, understood);
    }
    okrug_loaded_free(&importing.loaded);
    return status;
}

okrug_status okrug_import_into(okrug_ctx *ctx, okrug_store *store, const okrug_import_request *request, bool replace,
                               const okrug_catalogue *catalogue, okrug_buffer *understood, int64_t *change) {
    okrug_importing importing = {0};
    okrug_dataset *read = NULL;
    okrug_register_shape shape = OKRUG_REGISTER_NONE;
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = okrug_import_register_find(ctx, request, &shape);
    if (status == OKRUG_OK && shape != OKRUG_REGISTER_NONE) {
        status = keep_register(ctx, store, request, shape, replace, catalogue, understood, change);
    } else if (status == OKRUG_OK) {
        status = read_one(ctx, store, request, 0, catalogue, understood, &importing, &read);
    }
    if (status == OKRUG_OK && shape == OKRUG_REGISTER_NONE) {
        status = okrug_import_keep_all(ctx, store, &read, &importing, 1, replace, change);
    }
    okrug_dataset_free(read);
    okrug_loaded_free(&importing.loaded);
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_store *okrug_import_look_into(const char *workspace, okrug_ctx *quiet) {
    okrug_store *store = NULL;
    if (workspace != NULL && quiet != NULL && okrug_is_file(workspace)) {
        okrug_store_open(quiet, workspace, OKRUG_STORE_READ, &store);
    }
    return store;
}

/* What importing several files is about. */
typedef struct {
    okrug_ctx *ctx;
    okrug_store *store;
    const okrug_import_request *requests;
    int count;
    bool dry_run, replace;
    const okrug_catalogue *catalogue;
    okrug_buffer *understood;
    okrug_import_request *table; /* those that are no registers, and what was read of them */
    okrug_importing *importing;
    okrug_dataset **read;
    int tables;
    okrug_register_shape *shape; /* of each request */
} batch;

static okrug_status read_tables(batch *b) {
    okrug_status status = check_ids(b->ctx, b->requests, b->count);
    for (int i = 0; i < b->count; i++) {
        okrug_status one = okrug_import_register_find(b->ctx, &b->requests[i], &b->shape[i]);
        if (one == OKRUG_OK && (b->dry_run || b->shape[i] == OKRUG_REGISTER_NONE)) {
            int at = b->tables++;
            b->table[at] = b->requests[i];
            one = read_one(b->ctx, b->store, &b->table[at], OKRUG_REGISTER_LOOK, b->catalogue, b->understood,
                           &b->importing[at], &b->read[at]);
        }
        status = one == OKRUG_OK ? status : one;
    }
    return status;
}

/* A register is a change of its own: it does not fit into memory beside others. */
static okrug_status keep_batch(batch *b) {
    okrug_status status = OKRUG_OK;
    if (b->tables > 0) {
        status = okrug_import_keep_all(b->ctx, b->store, b->read, b->importing, b->tables, b->replace, NULL);
    }
    for (int i = 0; i < b->count && status == OKRUG_OK; i++) {
        if (b->shape[i] != OKRUG_REGISTER_NONE) {
            status = keep_register(b->ctx, b->store, &b->requests[i], b->shape[i], b->replace, b->catalogue,
                                   b->understood, NULL);
        }
    }
    return status;
}

/* Every table is read before the workspace is changed, so that every fault of every file is told at once. */
static okrug_status import_all(batch *b) {
    okrug_mark mark = okrug_scratch_mark(b->ctx);
    b->table = calloc((size_t)b->count + 1, sizeof *b->table);
    b->read = calloc((size_t)b->count + 1, sizeof(okrug_dataset *));
    b->importing = calloc((size_t)b->count + 1, sizeof *b->importing);
    b->shape = calloc((size_t)b->count + 1, sizeof *b->shape);
    bool room = b->table != NULL && b->read != NULL && b->importing != NULL && b->shape != NULL;
    okrug_status status = room ? read_tables(b) : OKRUG_NO_MEMORY;
    if (status == OKRUG_OK && !b->dry_run) {
        status = keep_batch(b);
    }
    for (int i = 0; i < b->tables; i++) {
        okrug_dataset_free(b->read[i]);
        okrug_loaded_free(&b->importing[i].loaded);
    }
    free(b->table);
    free(b->read);
    free(b->importing);
    free(b->shape);
    okrug_scratch_reset(b->ctx, mark);
    return status;
}

okrug_status okrug_import(okrug_ctx *ctx, const char *workspace, bool dry_run, const okrug_import_request *requests,
                          int count, bool replace, const okrug_catalogue *catalogue, okrug_buffer *understood) {
    okrug_ctx *quiet = dry_run ? okrug_ctx_new(NULL) : NULL;
    okrug_store *store = dry_run ? okrug_import_look_into(workspace, quiet) : NULL;
    /* A workspace that cannot be written to is told before long files are read. */
    okrug_status status = dry_run ? OKRUG_OK : okrug_store_open(ctx, workspace, OKRUG_STORE_WRITE, &store);
    if (status == OKRUG_OK) {
        batch all = {ctx, store, requests, count, dry_run, replace, catalogue, understood, NULL, NULL, NULL, 0, NULL};
        status = import_all(&all);
    }
    okrug_store_close(store);
    okrug_ctx_free(quiet);
    return status;
}
