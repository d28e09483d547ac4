/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FILE, "-", WORKSPACE#dataset or #dataset -> a table typed by the roles of an input.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/engine_private.h"

const char *okrug_path(okrug_ctx *ctx, const char *folder, const char *file) {
    if (folder == NULL || folder[0] == '\0' || file[0] == '/' || strcmp(file, "-") == 0) {
        return file;
    }
    return okrug_text(ctx, "%s/%s", folder, file);
}

bool okrug_is_file(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && !S_ISDIR(about.st_mode);
}

bool okrug_is_folder(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

okrug_status okrug_output_check(okrug_ctx *ctx, const char *output, const char *input) {
    struct stat to;
    struct stat from;
    size_t length = strlen(input);
    if (stat(output, &to) != 0 || !S_ISREG(to.st_mode)) {
        return OKRUG_OK;
    }
    do { /* FILE, FILE#PART or WORKSPACE#DATASET, where names of files may have the sign in them too */
        const char *path = okrug_text(ctx, "%.*s", (int)length, input);
        if (stat(path, &from) == 0 && from.st_dev == to.st_dev && from.st_ino == to.st_ino) {
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "output-is-input", NULL, "file", output, (char *)NULL);
        }
        while (length > 0 && input[--length] != '#') {
        }
    } while (length > 0);
    return OKRUG_OK;
}

const char *okrug_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* The header that is mapped to a role of that input; NULL: none. */
static const char *mapped(const okrug_reading *reading, const char *input, const char *role) {
    for (int i = 0; i < reading->maps; i++) {
        if (strcmp(reading->map[i].input, input) == 0 && strcmp(reading->map[i].name, role) == 0) {
            return reading->map[i].text;
        }
    }
    return NULL;
}

/* Every --map of that input must name one of its roles (or the status column). */
static okrug_status check_maps(okrug_ctx *ctx, const okrug_input *input, const okrug_reading *reading) {
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < reading->maps; i++) {
        const okrug_binding *map = &reading->map[i];
        bool known = strcmp(map->input, input->name) != 0 || strcmp(map->name, "status") == 0;
        const char *roles = "";
        for (int r = 0; r < input->role_count; r++) {
            known = known || strcmp(map->name, input->roles[r].name) == 0;
            roles = okrug_text_listed(ctx, roles, input->roles[r].name);
        }
        if (!known) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-role", NULL, "role", map->name, "input", input->name,
                                "roles", roles, (char *)NULL);
        }
    }
    return status;
}

static okrug_status wanted_columns(okrug_ctx *ctx, const okrug_input *input, const okrug_reading *reading,
                                   okrug_wanted **out, int *count) {
    *count = input->role_count;
    *out = OKRUG_SCRATCH(ctx, input->role_count + 1, okrug_wanted);
    if (*out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (okrug_wants_mark(input, reading)) {
        (*out)[(*count)++] =
            (okrug_wanted){.role = {.name = okrug_mark_name, .type = OKRUG_TEXT, .need = OKRUG_OPTIONAL}};
    }
    for (int i = 0; i < input->role_count; i++) {
        okrug_wanted *wanted = &(*out)[i];
        *wanted = (okrug_wanted){.role = input->roles[i], .header = mapped(reading, input->name, input->roles[i].name)};
        if (wanted->header != NULL && wanted->role.need == OKRUG_OPTIONAL) {
            wanted->role.need = OKRUG_REQUIRED; /* what was mapped must be there */
        }
        if (reading->unit_given && wanted->role.type == OKRUG_NUMBER && strcmp(input->name, "input") == 0) {
            wanted->role.unit = reading->unit;
        }
    }
    return OKRUG_OK;
}

static okrug_status where_tests(okrug_ctx *ctx, const okrug_input *input, const okrug_reading *reading,
                                okrug_where **out, int *count) {
    *out = OKRUG_SCRATCH(ctx, reading->wheres, okrug_where);
    if (*out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *count = 0;
    for (int i = 0; i < reading->wheres; i++) {
        if (strcmp(reading->where[i].input, input->name) == 0) {
            okrug_where where = okrug_where_named(ctx, reading->where[i].name, reading->where[i].text);
            if (where.column == NULL) {
                return OKRUG_NO_MEMORY;
            }
            (*out)[(*count)++] = where;
        }
    }
    return OKRUG_OK;
}

static bool in_header(const void *header, const char *name) {
    return okrug_words_find(header, name, strlen(name)) >= 0;
}

static bool in_table(const void *table, const char *name) {
    return okrug_bind_source(table, name) != NULL;
}

/* True if all columns that are roles of an input-output table in long form are there. */
static bool is_long(const okrug_source_request *request, bool there(const void *where, const char *name),
                    const void *where) {
    for (int i = 0; i < request->wanted_count; i++) {
        const okrug_wanted *wanted = &request->wanted[i];
        if (!there(where, wanted->header == NULL ? wanted->role.name : wanted->header)) {
            return false;
        }
    }
    return true;
}

/* Wide or long: the header says. Standard input can be read once only, so all of it is kept for the rows. */
static okrug_status choose_layout(okrug_ctx *ctx, okrug_source_request *request, void **kept) {
    if (strcmp(request->path, "-") == 0) {
        OKRUG_TRY(okrug_source_standard_input(ctx, OKRUG_STANDARD_INPUT_MOST, kept, &request->length));
        request->bytes = *kept;
    }
    okrug_words *header = okrug_words_new();
    if (header == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_source_header(ctx, request, header);
    if (status == OKRUG_OK && !is_long(request, in_header, header)) {
        request->wanted_count = 0; /* wide: every column as text */
    }
    okrug_words_free(header);
    return status;
}

/* Whether cells of files of that format are numbers or texts, each for itself. */
static bool is_typed(const char *format) {
    return strcmp(format, "xlsx") == 0 || strcmp(format, "ods") == 0;
}

/* The same of a dataset: the provenance of what was imported names the format of its file. */
static bool was_typed(const char *provenance) {
    return provenance != NULL &&
           (strstr(provenance, "\"format\":\"xlsx\"") != NULL || strstr(provenance, "\"format\":\"ods\"") != NULL);
}

static okrug_status load_file(okrug_ctx *ctx, const okrug_input *input, okrug_source_request *request,
                              okrug_loaded *loaded) {
    void *kept = NULL;
    okrug_status status = OKRUG_OK;
    if (input->shape == OKRUG_SHAPE_INPUT_OUTPUT) {
        status = choose_layout(ctx, request, &kept);
    }
    if (status == OKRUG_OK) {
        status = okrug_source_read(ctx, request, loaded->dataset, input->name, &loaded->understood, &loaded->table);
    }
    free(kept);
    OKRUG_TRY(status);
    loaded->table->decimal = request->decimal;
    loaded->table->typed = is_typed(loaded->understood.format);
    loaded->file = okrug_base_name(request->path);
    return OKRUG_OK;
}

/* Wide: every column as it is. */
static okrug_status want_all(okrug_ctx *ctx, const okrug_table *source, okrug_source_request *request) {
    okrug_wanted *wanted = OKRUG_SCRATCH(ctx, source->columns, okrug_wanted);
    if (wanted == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int c = 0; c < source->columns; c++) {
        const okrug_column *column = &source->column[c];
        wanted[c] = (okrug_wanted){
            .role = {.name = column->name, .type = column->type, .need = OKRUG_OPTIONAL, .unit = column->unit}};
    }
    request->wanted = wanted;
    request->wanted_count = source->columns;
    return OKRUG_OK;
}

/* "dataset" or "dataset/table" of an open store. */
static okrug_status load_dataset(okrug_ctx *ctx, okrug_store *store, const char *name, const okrug_input *input,
                                 okrug_source_request *request, okrug_loaded *loaded) {
    const char *slash = strchr(name, '/');
    const char *id = slash == NULL ? name : okrug_text(ctx, "%.*s", (int)(slash - name), name);
    okrug_dataset *kept = NULL;
    OKRUG_TRY(okrug_need_dataset(ctx, store, name));
    OKRUG_TRY(slash == NULL ? okrug_store_get(ctx, store, id, &kept)
                            : okrug_store_get_table(ctx, store, id, slash + 1, &kept));
    loaded->from = okrug_text(ctx, "%s", name);
    loaded->provenance = kept->provenance == NULL ? NULL : okrug_text(ctx, "%s", kept->provenance);
    if (kept->tables == 0) {
        okrug_dataset_free(kept);
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = name}, (char *)NULL);
    }
    okrug_table *source = kept->table[0];
    for (int c = 0; c < source->columns; c++) {
        const okrug_column *column = &source->column[c];
        loaded->unit_known = loaded->unit_known || (column->type == OKRUG_NUMBER && column->unit != OKRUG_UNIT_NONE);
    }
    okrug_status status = OKRUG_OK;
    if (input->shape == OKRUG_SHAPE_INPUT_OUTPUT && !is_long(request, in_table, source)) {
        status = want_all(ctx, source, request);
    }
    if (status == OKRUG_OK) {
        status = okrug_bind(ctx, source, request, loaded->dataset, input->name, &loaded->table);
    }
    if (status == OKRUG_OK) {
        loaded->table->decimal = request->decimal;
        loaded->table->typed = was_typed(loaded->provenance);
    }
    okrug_dataset_free(kept);
    return status;
}

/* Whether a file in GeoPackage layout is a workspace, whose datasets say more than its layers. */
static bool is_workspace(const char *path) {
    okrug_store *store = NULL;
    okrug_ctx *quiet = okrug_ctx_new(NULL);
    okrug_status status = quiet == NULL ? OKRUG_NO_MEMORY : okrug_store_open(quiet, path, OKRUG_STORE_READ, &store);
    okrug_store_close(store);
    okrug_ctx_free(quiet);
    return status == OKRUG_OK || status == OKRUG_LOCKED || status == OKRUG_NEWER;
}

bool okrug_is_part(okrug_ctx *ctx, const char *folder, const char *spec, const char **file, const char **part) {
    /* Names of files and of sheets may both have the sign in them: the file is the shortest that is there. */
    for (const char *hash = strchr(spec, '#'); hash != NULL; hash = strchr(hash + 1, '#')) {
        const char *path = okrug_path(ctx, folder, okrug_text(ctx, "%.*s", (int)(hash - spec), spec));
        if (hash == spec || !okrug_is_file(path)) {
            continue;
        }
        if (!okrug_source_has_parts(path) || is_workspace(path)) {
            return false;
        }
        *file = path;
        *part = hash + 1;
        return true;
    }
    return false;
}

static okrug_status load_from(okrug_ctx *ctx, const char *spec, const char *folder, okrug_store *store,
                              const okrug_input *input, okrug_source_request *request, okrug_loaded *loaded) {
    const char *hash = strchr(spec, '#');
    request->path = okrug_path(ctx, folder, spec);
    bool of_store = hash == spec && store != NULL; /* whatever files there are */
    if (hash == NULL || request->bytes != NULL || request->part != NULL ||
        (!of_store &&
         (okrug_is_file(request->path) || okrug_is_part(ctx, folder, spec, &request->path, &request->part)))) {
        if (hash == NULL && request->bytes == NULL) {
            OKRUG_TRY(okrug_need_file(ctx, store, spec, request->path));
        }
        return load_file(ctx, input, request, loaded);
    }
    if (hash != spec) {
        okrug_store *other = NULL;
        const char *location = okrug_path(ctx, folder, okrug_text(ctx, "%.*s", (int)(hash - spec), spec));
        OKRUG_TRY(okrug_store_open(ctx, location, OKRUG_STORE_READ, &other));
        okrug_status status = load_dataset(ctx, other, hash + 1, input, request, loaded);
        okrug_store_close(other);
        return status;
    }
    if (store == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "no-workspace", NULL, "input", spec, (char *)NULL);
    }
    return load_dataset(ctx, store, hash + 1, input, request, loaded);
}

/* Nothing that is asked for is there, as a rule for a slip in the code: an empty answer would hide it. */
static okrug_status none_left(okrug_ctx *ctx, const okrug_source_request *request) {
    const char *conditions = "";
    for (int i = 0; i < request->where_count; i++) {
        const okrug_where *where = &request->where[i];
        conditions = okrug_text_listed(
            ctx, conditions, okrug_text(ctx, "%s%s%s", where->column, where->begins ? "^=" : "=", where->text));
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-such-rows", &(okrug_place){.file = request->path}, "conditions",
                      conditions, (char *)NULL);
}

/* A wide input-output table given where rows from, to, value are expected: only who reads it as such can tell its
 * totals and primary inputs from industries. */
static void hint_at_wide(okrug_ctx *ctx, const okrug_input *input, int64_t first_message) {
    static const char *const flows[] = {"from", "to", "value"};
    bool expected = input->shape == OKRUG_SHAPE_TIDY && input->role_count >= OKRUG_COUNT_OF(flows);
    int missing = 0;
    for (int i = 0; expected && i < OKRUG_COUNT_OF(flows); i++) {
        expected = strcmp(input->roles[i].name, flows[i]) == 0;
    }
    for (int64_t m = first_message; expected && m < okrug_messages(ctx); m++) {
        const okrug_message *message = okrug_message_at(ctx, m);
        bool column = strcmp(message->code, "missing-column") == 0 && message->arguments > 0;
        missing +=
            column && okrug_text_is_one_of(message->value[0], (const char *const[]){"from", "to", "value", NULL});
    }
    if (missing == OKRUG_COUNT_OF(flows)) {
        okrug_warn(ctx, "flows-as-rows", NULL, "input", input->name, (char *)NULL);
    }
}

okrug_status okrug_load(okrug_ctx *ctx, const char *spec, const char *folder, okrug_store *store,
                        const okrug_input *input, const okrug_reading *reading, okrug_loaded *loaded) {
    *loaded = (okrug_loaded){.name = input->name};
    OKRUG_TRY(check_maps(ctx, input, reading));
    okrug_wanted *wanted = NULL;
    okrug_where *where = NULL;
    int tests = 0, columns = 0;
    OKRUG_TRY(wanted_columns(ctx, input, reading, &wanted, &columns));
    OKRUG_TRY(where_tests(ctx, input, reading, &where, &tests));
    okrug_reading own = okrug_reading_of(reading, input->name);
    const char *status_column = mapped(reading, input->name, "status");
    bool shared_text = own.suppressed == NULL && status_column != NULL; /* one text says so in every status column */
    okrug_source_request request = {.header_row = own.header_row,
                                    .header_last = own.header_last,
                                    .encoding = own.encoding,
                                    .delimiter = own.delimiter,
                                    .decimal = own.decimal,
                                    .blank = own.blank,
                                    .suppressed = shared_text ? reading->suppressed : own.suppressed,
                                    .status = status_column,
                                    .wanted = wanted,
                                    .wanted_count = columns,
                                    .keep_others = reading->keep_others,
                                    .where = where,
                                    .where_count = tests};
    if (strcmp(input->name, "input") == 0) {
        request.part = reading->part;
        request.bytes = reading->bytes;
        request.length = reading->length;
    }
    loaded->dataset = okrug_dataset_new(input->name, "input");
    if (loaded->dataset == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t first_message = okrug_messages(ctx);
    okrug_status status = load_from(ctx, spec, folder, store, input, &request, loaded);
    if (status == OKRUG_BAD_INPUT) {
        hint_at_wide(ctx, input, first_message);
    }
    if (status == OKRUG_OK && tests > 0 && loaded->table->rows == 0) {
        status = none_left(ctx, &request);
    }
    if (status == OKRUG_OK) {
        loaded->synthetic = okrug_is_synthetic(loaded);
        status = okrug_table_unique(ctx, loaded->table, input->roles, input->role_count);
    }
    if (status == OKRUG_OK) {
        status = okrug_codes_check(ctx, input, loaded->table);
    }
    if (status != OKRUG_OK) {
        okrug_loaded_free(loaded);
    }
    return status;
}

okrug_status okrug_load_carried(okrug_ctx *ctx, const char *file, const void *bytes, size_t length,
                                const okrug_input *input, okrug_loaded *loaded) {
    okrug_wanted *wanted = NULL;
    int columns = 0;
    *loaded = (okrug_loaded){.name = input->name};
    OKRUG_TRY(wanted_columns(ctx, input, &(okrug_reading){0}, &wanted, &columns));
    okrug_source_request request = {.path = file,
                                    .bytes = bytes,
                                    .length = length,
                                    .delimiter = ',',
                                    .decimal = '.',
                                    .wanted = wanted,
                                    .wanted_count = columns};
    loaded->dataset = okrug_dataset_new(input->name, "input");
    okrug_status status = loaded->dataset == NULL ? OKRUG_NO_MEMORY : load_file(ctx, input, &request, loaded);
    if (status == OKRUG_OK) {
        status = okrug_table_unique(ctx, loaded->table, input->roles, input->role_count);
    }
    if (status != OKRUG_OK) {
        okrug_loaded_free(loaded);
    }
    return status;
}

okrug_status okrug_load_plain(okrug_ctx *ctx, const char *spec, const char *folder, const okrug_reading *reading,
                              okrug_words *header, okrug_dataset *dataset, okrug_table **table) {
    okrug_source_request request = {.path = okrug_path(ctx, folder, spec),
                                    .part = reading->part,
                                    .bytes = reading->bytes,
                                    .length = reading->length,
                                    .header_row = reading->header_row,
                                    .header_last = reading->header_last,
                                    .encoding = reading->encoding,
                                    .delimiter = reading->delimiter};
    okrug_understood understood;
    if (request.part == NULL && request.bytes == NULL && !okrug_is_file(request.path)) {
        okrug_is_part(ctx, folder, spec, &request.path, &request.part);
    }
    return header != NULL ? okrug_source_header(ctx, &request, header)
                          : okrug_source_read(ctx, &request, dataset, "preview", &understood, table);
}

void okrug_loaded_free(okrug_loaded *loaded) {
    okrug_dataset_free(loaded->dataset);
    loaded->dataset = NULL;
    loaded->table = NULL;
}
