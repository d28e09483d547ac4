/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Official registers of firms into a workspace: in pieces, so that any size fits, and so that an import that was killed
 * goes on where it was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/import.h"

/* The row that tells records apart. */
static const char KEY[] = "firm";

okrug_status okrug_import_register_find(okrug_ctx *ctx, const okrug_import_request *request,
                                        okrug_register_shape *shape) {
    const char *path = okrug_path(ctx, request->folder, request->file);
    *shape = OKRUG_REGISTER_NONE;
    bool may_be = strcmp(request->kind, "firms") == 0 && request->bytes == NULL && request->part == NULL &&
                  strcmp(path, "-") != 0 && okrug_is_file(path);
    return may_be ? okrug_register_find(ctx, path, shape) : OKRUG_OK;
}

/* A register has its columns; --where is all that can be said of them. */
static okrug_status check_options(okrug_ctx *ctx, okrug_importing *importing) {
    const okrug_options *options = &importing->request->options;
    okrug_status status = okrug_import_reading(ctx, importing->request, options, &importing->reading);
    for (int i = 0; status == OKRUG_OK && i < options->count; i++) {
        const char *name = options->option[i].name;
        if (strcmp(name, "where") != 0 && !okrug_text_is_one_of(name, okrug_description_options)) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "register-option", NULL, "option", name, (char *)NULL);
        }
    }
    return status;
}

static okrug_status prepare(okrug_ctx *ctx, okrug_importing *importing, okrug_register_shape shape,
                            okrug_register_request *request) {
    OKRUG_TRY(check_options(ctx, importing));
    const okrug_reading *reading = &importing->reading;
    okrug_where *where = OKRUG_SCRATCH(ctx, reading->wheres, okrug_where);
    if (where == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < reading->wheres; i++) {
        where[i] = okrug_where_named(ctx, reading->where[i].name, reading->where[i].text);
        if (where[i].column == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    *request = (okrug_register_request){.path = okrug_path(ctx, importing->request->folder, importing->request->file),
                                        .shape = shape,
                                        .where = where,
                                        .where_count = reading->wheres};
    okrug_loaded *loaded = &importing->loaded;
    loaded->file = okrug_base_name(request->path);
    snprintf(loaded->understood.format, sizeof loaded->understood.format, "%s", okrug_register_code(shape));
    snprintf(loaded->understood.encoding, sizeof loaded->understood.encoding, "XML");
    return OKRUG_OK;
}

/* An empty dataset with the register's columns. */
static okrug_status make_dataset(okrug_importing *importing, okrug_register_shape shape, const char *path,
                                 okrug_dataset **dataset, okrug_table **table) {
    *table = NULL;
    *dataset = okrug_dataset_new(importing->id, importing->request->kind);
    if (*dataset != NULL) {
        *table = okrug_dataset_add_table(*dataset, importing->id);
    }
    if (*table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    (*table)->file = okrug_dataset_keep(*dataset, path);
    return (*table)->file == NULL ? OKRUG_NO_MEMORY : okrug_register_columns(shape, *table);
}

/* What is not in the register, and what was not taken from it. */
static void tell(okrug_ctx *ctx, const char *file, okrug_register_shape shape, const okrug_register_state *state,
                 int64_t repeated) {
    okrug_place place = {.file = file};
    if (state->damaged > 0) {
        okrug_warn(ctx, "register-damaged", &place, "count", okrug_text_integer(ctx, state->damaged), (char *)NULL);
    }
    if (state->without_code > 0) {
        okrug_warn(ctx, "register-without-code", &place, "count", okrug_text_integer(ctx, state->without_code),
                   (char *)NULL);
    }
    if (state->bad_codes > 0) {
        okrug_warn(ctx, "register-bad-codes", &place, "count", okrug_text_integer(ctx, state->bad_codes), (char *)NULL);
    }
    if (repeated > 0) {
        okrug_warn(ctx, "register-repeated", &place, "count", okrug_text_integer(ctx, repeated), (char *)NULL);
    }
    if (state->persons > 0) {
        okrug_warn(ctx, "register-persons", &place, "count", okrug_text_integer(ctx, state->persons), (char *)NULL);
    }
    if (state->synthetic > 0) {
        okrug_warn(ctx, "register-synthetic", &place, "count", okrug_text_integer(ctx, state->synthetic), (char *)NULL);
    }
    if (shape == OKRUG_REGISTER_SME) {
        okrug_warn(ctx, "register-limits-sme", &place, (char *)NULL);
    } else {
        okrug_warn(ctx, "register-limits-egrul", &place, (char *)NULL);
    }
}

/* ---- Into memory ------------------------------------------------------------------------------------------------- */

typedef struct {
    okrug_table *table;
    int64_t repeated;
} collecting;

static okrug_status collect(void *user, const okrug_table *batch, const okrug_register_state *state) {
    collecting *to = user;
    (void)state;
    const okrug_column *key = okrug_table_column(batch, KEY);
    const okrug_column *there = okrug_table_column(to->table, KEY);
    for (int64_t r = 0; r < batch->rows; r++) {
        const char *code = okrug_text_at(key, r);
        if (okrug_words_find(there->words, code, strlen(code)) >= 0) {
            to->repeated++;
            continue;
        }
        int64_t row = okrug_table_add_row(to->table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        for (int c = 0; c < batch->columns; c++) {
            OKRUG_TRY(okrug_set_cell(to->table, c, row, &batch->column[c], r));
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_import_register_load(okrug_ctx *ctx, okrug_importing *importing, okrug_register_shape shape,
                                        int64_t most) {
    okrug_register_request request;
    okrug_register_state state;
    okrug_loaded *loaded = &importing->loaded;
    OKRUG_TRY(prepare(ctx, importing, shape, &request));
    request.most = most;
    okrug_status status = make_dataset(importing, shape, request.path, &loaded->dataset, &loaded->table);
    if (status == OKRUG_OK) {
        collecting to = {.table = loaded->table};
        status = okrug_register_read(ctx, &request, collect, &to, &state);
        loaded->understood.rows_read = state.read;
        loaded->understood.rows_kept = state.kept;
        if (status == OKRUG_OK) {
            tell(ctx, request.path, shape, &state, to.repeated);
        }
        if (status == OKRUG_OK && most > 0 && state.read >= most) {
            okrug_warn(ctx, "register-looked-at", &(okrug_place){.file = request.path}, "count",
                       okrug_text_integer(ctx, most), (char *)NULL);
        } else if (status == OKRUG_OK) {
            status = okrug_register_hash(ctx, request.path, loaded->understood.sha256);
        }
    }
    if (status != OKRUG_OK) {
        okrug_loaded_free(loaded);
    }
    return status;
}

/* ---- Into the store ---------------------------------------------------------------------------------------------- */

typedef struct {
    okrug_ctx *ctx;
    okrug_store *store;
    const char *id;
    const char *signature;
    char before[512]; /* the state that the store has */
} keeping;

static okrug_status keep_batch(void *user, const okrug_table *batch, const okrug_register_state *state) {
    keeping *k = user;
    okrug_mark mark = okrug_scratch_mark(k->ctx);
    const char *now = okrug_register_state_text(k->ctx, k->signature, state);
    okrug_status status = okrug_store_gather_add(k->ctx, k->store, k->id, batch, k->before, now);
    if (status == OKRUG_OK) {
        snprintf(k->before, sizeof k->before, "%s", now);
    }
    okrug_scratch_reset(k->ctx, mark);
    return status;
}

/* Goes on with what is there, or begins. */
static okrug_status start(keeping *k, const okrug_import_request *request, const okrug_dataset *dataset,
                          const char *path, okrug_register_state *from) {
    char *found = NULL;
    okrug_place place = {.file = path};
    OKRUG_TRY(okrug_store_gather_find(k->ctx, k->store, k->id, &found));
    bool goes_on = found != NULL && !request->again && okrug_register_state_of(found, k->signature, from);
    if (goes_on) {
        snprintf(k->before, sizeof k->before, "%s", found);
        okrug_warn(k->ctx, "register-resumed", &place, "count", okrug_text_integer(k->ctx, from->read), (char *)NULL);
        free(found);
        return OKRUG_OK;
    }
    if (found != NULL) {
        okrug_warn(k->ctx, "register-thrown-away", &place, "id", k->id, (char *)NULL);
    }
    free(found);
    *from = (okrug_register_state){0};
    snprintf(k->before, sizeof k->before, "%s", okrug_register_state_text(k->ctx, k->signature, from));
    return okrug_store_gather_begin(k->ctx, k->store, dataset, k->before);
}

static okrug_status attach(const okrug_importing *importing, const okrug_register_state *state, int64_t repeated,
                           okrug_dataset *dataset) {
    okrug_buffer text = {0};
    okrug_json json = okrug_json_to(&text, 0);
    const okrug_loaded *loaded = &importing->loaded;
    okrug_json_object(&json);
    okrug_import_describe(importing->request, &json);
    okrug_json_member(&json, "kind", importing->request->kind);
    okrug_json_member(&json, "file", loaded->file);
    okrug_json_member(&json, "sha256", loaded->understood.sha256);
    okrug_json_member(&json, "format", loaded->understood.format);
    okrug_json_key(&json, "rows");
    okrug_json_integer(&json, state->kept - repeated);
    okrug_json_key(&json, "register");
    okrug_json_object(&json);
#define OKRUG_X(name)                                                                                                  \
    okrug_json_key(&json, #name);                                                                                      \
    okrug_json_integer(&json, state->name);
    OKRUG_REGISTER_COUNTS(OKRUG_X)
#undef OKRUG_X
    okrug_json_key(&json, "repeated");
    okrug_json_integer(&json, repeated);
    okrug_json_object_end(&json);
    if (importing->reading.wheres > 0) {
        okrug_json_key(&json, "where");
        okrug_json_object(&json);
        for (int i = 0; i < importing->reading.wheres; i++) {
            okrug_json_member(&json, importing->reading.where[i].name, importing->reading.where[i].text);
        }
        okrug_json_object_end(&json);
    }
    okrug_json_object_end(&json);
    return okrug_provenance_keep(dataset, &text);
}

/* In sight at once, or not at all. */
static okrug_status show(keeping *k, okrug_importing *importing, const okrug_register_state *state, bool replace,
                         okrug_dataset *dataset, int64_t *repeated, int64_t *change) {
    OKRUG_TRY(okrug_store_begin(k->ctx, k->store));
    okrug_status status = replace ? OKRUG_OK : okrug_import_check_free(k->ctx, k->store, &dataset, 1);
    if (status == OKRUG_OK) {
        status = okrug_store_name_change(k->ctx, k->store, "import", k->id, change);
    }
    if (status == OKRUG_OK) {
        status = okrug_store_gather_once(k->ctx, k->store, k->id, KEY, repeated);
    }
    if (status == OKRUG_OK) {
        status = attach(importing, state, *repeated, dataset);
    }
    if (status == OKRUG_OK) {
        status = okrug_store_gather_end(k->ctx, k->store, dataset);
    }
    if (status == OKRUG_OK) {
        status = okrug_import_note(k->ctx, k->store, dataset);
    }
    if (status == OKRUG_OK) {
        return okrug_store_commit(k->ctx, k->store);
    }
    okrug_store_rollback(k->store);
    return status;
}

static okrug_status keep(okrug_ctx *ctx, okrug_store *store, okrug_importing *importing,
                         okrug_register_request *request, bool replace, okrug_dataset *dataset, int64_t *change) {
    char signature[OKRUG_HASH_TEXT];
    okrug_register_state state;
    okrug_understood *understood = &importing->loaded.understood;
    keeping k = {.ctx = ctx, .store = store, .id = importing->id, .signature = signature};
    if (!replace) { /* told before long files are read */
        OKRUG_TRY(okrug_import_check_free(ctx, store, &dataset, 1));
    }
    OKRUG_TRY(okrug_register_sign(ctx, request, signature));
    OKRUG_TRY(start(&k, importing->request, dataset, request->path, &request->from));
    okrug_status status = okrug_register_read(ctx, request, keep_batch, &k, &state);
    if (status == OKRUG_BAD_INPUT || status == OKRUG_BAD_USAGE) { /* to go on would fail again */
        okrug_status dropped = okrug_store_gather_drop(ctx, store, k.id);
        status = dropped == OKRUG_OK ? status : dropped;
    }
    OKRUG_TRY(status);
    OKRUG_TRY(okrug_register_hash(ctx, request->path, understood->sha256));
    int64_t repeated = 0;
    OKRUG_TRY(show(&k, importing, &state, replace, dataset, &repeated, change));
    understood->rows_read = state.read;
    understood->rows_kept = state.kept - repeated;
    tell(ctx, request->path, request->shape, &state, repeated);
    return OKRUG_OK;
}

okrug_status okrug_import_register_keep(okrug_ctx *ctx, okrug_store *store, okrug_importing *importing,
                                        okrug_register_shape shape, bool replace, int64_t *change) {
    okrug_register_request request;
    okrug_dataset *dataset = NULL;
    okrug_table *table = NULL;
    OKRUG_TRY(prepare(ctx, importing, shape, &request));
    okrug_status status = make_dataset(importing, shape, request.path, &dataset, &table);
    if (status == OKRUG_OK) {
        status = keep(ctx, store, importing, &request, replace, dataset, change);
    }
    okrug_dataset_free(dataset);
    return status;
}
