/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Options of imports, remembered by the workspace for the next file of that kind with the same header, whatever the
 * order of its columns. Kept as one document: {"mappings": [{"kind", "header", "options": [{"name", "value"}]}]}, the
 * newest first; "header" is the hash of the distinct texts of the header.
 */
#include <stdlib.h>
#include <string.h>

#include <okrug/hash.h>

#include "engine/import.h"
#include "engine/yaml.h"

enum { MAPPINGS_MAX = 200 };
static const char DOCUMENT[] = "import-mappings";

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static okrug_status sign(okrug_ctx *ctx, const okrug_words *header, char text[OKRUG_HASH_TEXT]) {
    int32_t count = okrug_words_count(header);
    const char **list = OKRUG_SCRATCH(ctx, count, const char *);
    okrug_hash *hash = okrug_hash_new();
    if (list == NULL || hash == NULL) {
        okrug_hash_free(hash);
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < count; w++) {
        list[w] = okrug_words_text(header, w);
    }
    qsort(list, (size_t)count, sizeof *list, by_text);
    for (int32_t w = 0; w < count; w++) {
        okrug_hash_add(hash, list[w], strlen(list[w]) + 1);
    }
    okrug_hash_finish(hash, text);
    okrug_hash_free(hash);
    return OKRUG_OK;
}

/* The document as a tree; NULL: there is none. One that cannot be read is as good as none: it holds only conveniences.
 */
static okrug_status read_document(okrug_ctx *ctx, okrug_ctx *quiet, okrug_store *store, const okrug_node **list) {
    char *text = NULL;
    okrug_node *root = NULL;
    *list = NULL;
    OKRUG_TRY(okrug_store_get_document(ctx, store, DOCUMENT, &text));
    if (text != NULL && okrug_yaml_parse(quiet, DOCUMENT, text, &root) == OKRUG_OK) {
        *list = okrug_node_get(root, "mappings");
    }
    free(text);
    return OKRUG_OK;
}

/* ---- Finding ---- */

static okrug_status take_options(okrug_ctx *ctx, const okrug_node *list, okrug_options *options) {
    int count = 0;
    for (const okrug_node *node = list == NULL ? NULL : list->child; node != NULL; node = node->next) {
        count++;
    }
    okrug_option *made = OKRUG_SCRATCH(ctx, count, okrug_option);
    if (made == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *options = (okrug_options){made, 0};
    for (const okrug_node *node = list == NULL ? NULL : list->child; node != NULL; node = node->next) {
        const char *name = okrug_node_text(node, "name");
        const char *value = okrug_node_text(node, "value");
        if (name != NULL && value != NULL) {
            made[options->count++] = (okrug_option){okrug_text(ctx, "%s", name), okrug_text(ctx, "%s", value)};
        }
    }
    return OKRUG_OK;
}

/* The headers that the file was found to have: there is one for each way of finding it, not for each mapping. */
typedef struct {
    int count;
    struct {
        const char *form; /* the options that the header depends on */
        char header[OKRUG_HASH_TEXT];
    } known[8];
} headers;

static const char *form_of(okrug_ctx *ctx, const okrug_options *options) {
    static const char *const form[] = {"header-row", "encoding", "delimiter", NULL};
    const char *text = "";
    for (int i = 0; i < options->count; i++) {
        if (okrug_text_is_one_of(options->option[i].name, form)) {
            text = okrug_text(ctx, "%s %s=%s", text, options->option[i].name, options->option[i].value);
        }
    }
    return text;
}

/* The hash of the file's header, read with these options; "" where it cannot be read so. */
static okrug_status find_header(okrug_ctx *ctx, okrug_ctx *quiet, const okrug_import_request *request,
                                const okrug_options *options, headers *seen, const char **header) {
    const char *form = form_of(quiet, options);
    for (int i = 0; i < seen->count; i++) {
        if (strcmp(seen->known[i].form, form) == 0) {
            *header = seen->known[i].header;
            return OKRUG_OK;
        }
    }
    *header = "";
    okrug_words *words = okrug_words_new();
    if (words == NULL || seen->count == (int)(sizeof seen->known / sizeof seen->known[0])) {
        okrug_words_free(words);
        return words == NULL ? OKRUG_NO_MEMORY : OKRUG_OK; /* so many ways were tried that it is a strange file */
    }
    char *text = seen->known[seen->count].header;
    okrug_reading reading;
    okrug_status status = OKRUG_OK;
    text[0] = '\0';
    if (okrug_import_reading(quiet, request, options, &reading) == OKRUG_OK &&
        okrug_load_plain(quiet, request->file, request->folder, &reading, words, NULL, NULL) == OKRUG_OK) {
        status = sign(ctx, words, text);
    }
    seen->known[seen->count++].form = form;
    *header = text;
    okrug_words_free(words);
    return status;
}

okrug_status okrug_remember_find(okrug_ctx *ctx, okrug_store *store, const okrug_import_request *request,
                                 okrug_options *options, bool *found) {
    *found = false;
    if (strcmp(request->file, "-") == 0) {
        return OKRUG_OK; /* can be read only once */
    }
    okrug_ctx *quiet = okrug_ctx_new(NULL);
    if (quiet == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_node *list = NULL;
    headers seen = {0};
    okrug_status status = read_document(ctx, quiet, store, &list);
    for (const okrug_node *node = list == NULL ? NULL : list->child; status == OKRUG_OK && node != NULL && !*found;
         node = node->next) {
        const char *kind = okrug_node_text(node, "kind");
        const char *header = okrug_node_text(node, "header");
        okrug_options remembered = {0};
        if (kind == NULL || header == NULL || strcmp(kind, request->kind) != 0) {
            continue;
        }
        status = take_options(ctx, okrug_node_get(node, "options"), &remembered);
        const char *own = "";
        if (status == OKRUG_OK) {
            status = find_header(ctx, quiet, request, &remembered, &seen, &own);
        }
        if (status == OKRUG_OK && strcmp(own, header) == 0) {
            *options = remembered;
            *found = true;
        }
    }
    okrug_ctx_free(quiet);
    return status;
}

/* ---- Keeping ---- */

static okrug_status header_of(okrug_ctx *ctx, const okrug_table *table, char text[OKRUG_HASH_TEXT]) {
    okrug_words *words = okrug_words_new();
    okrug_status status = words == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int c = 0; status == OKRUG_OK && c < table->columns; c++) {
        const okrug_column *column = &table->column[c];
        const char *header = column->header == NULL ? column->name : column->header;
        status = okrug_words_add(words, header, strlen(header)) < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    if (status == OKRUG_OK) {
        status = sign(ctx, words, text);
    }
    okrug_words_free(words);
    return status;
}

static void write_mapping(const char *kind, const char *header, const okrug_options *options, okrug_json *json) {
    okrug_json_object(json);
    okrug_json_member(json, "kind", kind);
    okrug_json_member(json, "header", header);
    okrug_json_key(json, "options");
    okrug_json_array(json);
    for (int i = 0; i < options->count; i++) {
        okrug_json_object(json);
        okrug_json_member(json, "name", options->option[i].name);
        okrug_json_member(json, "value", options->option[i].value);
        okrug_json_object_end(json);
    }
    okrug_json_array_end(json);
    okrug_json_object_end(json);
}

static bool is_of(const okrug_node *node, const char *kind, const char *header) {
    const char *own_kind = okrug_node_text(node, "kind");
    const char *own_header = okrug_node_text(node, "header");
    return own_kind != NULL && own_header != NULL && strcmp(own_kind, kind) == 0 && strcmp(own_header, header) == 0;
}

okrug_status okrug_remember_keep(okrug_ctx *ctx, okrug_store *store, const okrug_importing *importing) {
    const char *kind = importing->request->kind;
    char header[OKRUG_HASH_TEXT];
    OKRUG_TRY(header_of(ctx, importing->loaded.table, header));
    okrug_ctx *quiet = okrug_ctx_new(NULL);
    if (quiet == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_node *list = NULL;
    okrug_status status = read_document(ctx, quiet, store, &list);
    okrug_buffer text = {0};
    okrug_json json = okrug_json_to(&text, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "mappings");
    okrug_json_array(&json);
    int64_t known = 0;
    bool was_there = false;
    if (importing->options.count > 0) {
        write_mapping(kind, header, &importing->options, &json);
        known++;
    }
    for (const okrug_node *node = list == NULL ? NULL : list->child; node != NULL && known < MAPPINGS_MAX;
         node = node->next) {
        if (is_of(node, kind, header)) {
            was_there = true;
        } else {
            okrug_node_json(node, &json);
            known++;
        }
    }
    okrug_json_array_end(&json);
    okrug_json_object_end(&json);
    status = status == OKRUG_OK ? okrug_buffer_status(&text) : status;
    if (status == OKRUG_OK && (importing->options.count > 0 || was_there)) {
        status = okrug_store_set_document(ctx, store, DOCUMENT, text.bytes);
    }
    okrug_buffer_free(&text);
    okrug_ctx_free(quiet);
    return status;
}
