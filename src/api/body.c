/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the bodies of requests.
 */
#include "api/body.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef enum { TEXT, LIST, OBJECT, TRUTH } expected;

static okrug_status wrong_type(okrug_ctx *ctx, const char *member, expected kind) {
    static const char *const names[] = {"text", "list", "mapping", "true-or-false"};
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "body-type", NULL, "member", member, "expected", names[kind], (char *)NULL);
}

/* Brackets that are open at once, outside texts: counted before anything is built from them. */
static bool too_deep(const char *bytes, size_t length) {
    int depth = 0;
    bool text = false;
    for (size_t i = 0; i < length && depth <= OKRUG_BODY_DEPTH; i++) {
        if (text && bytes[i] == '\\') {
            i++; /* what follows is part of the text, whatever it is */
        } else if (text) {
            text = bytes[i] != '"';
        } else {
            text = bytes[i] == '"';
            depth += bytes[i] == '{' || bytes[i] == '[';
            depth -= bytes[i] == '}' || bytes[i] == ']';
        }
    }
    return depth > OKRUG_BODY_DEPTH;
}

static okrug_status parse(okrug_ctx *ctx, const char *bytes, size_t length, json_t **root) {
    if (too_deep(bytes, length)) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "body-too-deep", NULL, "limit",
                          okrug_text_integer(ctx, OKRUG_BODY_DEPTH), (char *)NULL);
    }
    json_error_t error;
    *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (*root == NULL) {
        return json_error_code(&error) == json_error_out_of_memory
                   ? OKRUG_NO_MEMORY
                   : okrug_fail(ctx, OKRUG_BAD_USAGE, "body-syntax", &(okrug_place){.line = error.line}, "position",
                                okrug_text_integer(ctx, error.column), (char *)NULL);
    }
    if (!json_is_object(*root)) {
        json_decref(*root);
        *root = NULL;
        return wrong_type(ctx, "body", OBJECT);
    }
    return OKRUG_OK;
}

static const char *path_of(okrug_ctx *ctx, const char *parent, const char *key) {
    return parent[0] == '\0' ? okrug_text(ctx, "%s", key) : okrug_text(ctx, "%s.%s", parent, key);
}

/* A fault for every member that is not in `known`, which NULL ends. */
static okrug_status check_members(okrug_ctx *ctx, json_t *object, const char *parent, const char *const *known) {
    okrug_status status = OKRUG_OK;
    const char *names = "";
    for (int i = 0; known[i] != NULL; i++) {
        names = okrug_text_listed(ctx, names, known[i]);
    }
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(object, key, value) {
        if (!okrug_text_is_one_of(key, known)) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "body-unknown", NULL, "member", path_of(ctx, parent, key),
                                "known", names, (char *)NULL);
        }
    }
    return status;
}

/* The text of a member, kept by the context. An optional one may be absent or null, and is NULL then. */
static okrug_status take_text(okrug_ctx *ctx, json_t *object, const char *parent, const char *key, bool required,
                              const char **text) {
    json_t *value = json_object_get(object, key);
    *text = NULL;
    if (value == NULL && required) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "body-missing", NULL, "member", path_of(ctx, parent, key),
                          (char *)NULL);
    }
    if (value == NULL || (json_is_null(value) && !required)) {
        return OKRUG_OK;
    }
    if (!json_is_string(value)) {
        return wrong_type(ctx, path_of(ctx, parent, key), TEXT);
    }
    *text = okrug_text(ctx, "%s", json_string_value(value));
    return OKRUG_OK;
}

/* `empty`: the value may be null. */
static okrug_status take_option(okrug_ctx *ctx, json_t *item, const char *list, int i, bool empty,
                                okrug_option *option) {
    static const char *const known[] = {"name", "value", NULL};
    const char *path = okrug_text(ctx, "%s[%d]", list, i);
    if (!json_is_object(item)) {
        return wrong_type(ctx, path, OBJECT);
    }
    okrug_status members = check_members(ctx, item, path, known);
    okrug_status name = take_text(ctx, item, path, "name", true, &option->name);
    bool is_null = empty && json_is_null(json_object_get(item, "value"));
    okrug_status value = take_text(ctx, item, path, "value", !is_null, &option->value);
    return members != OKRUG_OK ? members : name != OKRUG_OK ? name : value;
}

static okrug_status take_list(okrug_ctx *ctx, json_t *object, const char *key, bool empty, okrug_options *options) {
    json_t *list = json_object_get(object, key);
    *options = (okrug_options){0};
    if (list == NULL) {
        return OKRUG_OK;
    }
    if (!json_is_array(list)) {
        return wrong_type(ctx, key, LIST);
    }
    if (json_array_size(list) > OKRUG_BODY_OPTIONS) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "too-many-options", NULL, (char *)NULL);
    }
    int count = (int)json_array_size(list);
    okrug_option *option = OKRUG_SCRATCH_ZERO(ctx, count, okrug_option);
    okrug_status status = option == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int i = 0; option != NULL && i < count; i++) {
        okrug_status one = take_option(ctx, json_array_get(list, (size_t)i), key, i, empty, &option[i]);
        status = one == OKRUG_OK ? status : one;
    }
    *options = (okrug_options){option, option == NULL ? 0 : count};
    return status;
}

static okrug_status take_options(okrug_ctx *ctx, json_t *object, okrug_options *options) {
    return take_list(ctx, object, "options", false, options);
}

okrug_status okrug_body_job(okrug_ctx *ctx, const char *bytes, size_t length, okrug_job_request *request) {
    static const char *const known[] = {"analysis", "input", "options", "id", NULL};
    json_t *root = NULL;
    *request = (okrug_job_request){0};
    OKRUG_TRY(parse(ctx, bytes, length, &root));
    okrug_status each[] = {
        check_members(ctx, root, "", known), take_text(ctx, root, "", "analysis", true, &request->analysis),
        take_text(ctx, root, "", "input", true, &request->input), take_options(ctx, root, &request->options),
        take_text(ctx, root, "", "id", false, &request->id)};
    json_decref(root);
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        OKRUG_TRY(each[i]);
    }
    return OKRUG_OK;
}

static okrug_status take_truth(okrug_ctx *ctx, json_t *object, const char *key, bool otherwise, bool *truth) {
    json_t *value = json_object_get(object, key);
    *truth = value == NULL ? otherwise : json_is_true(value);
    return value == NULL || json_is_boolean(value) ? OKRUG_OK : wrong_type(ctx, key, TRUTH);
}

/* What a preview and an import have in common. `known` are the members it may have. */
static okrug_status take_import(okrug_ctx *ctx, const char *bytes, size_t length, const char *const *known, bool final,
                                okrug_import_body *request) {
    json_t *root = NULL;
    *request = (okrug_import_body){0};
    OKRUG_TRY(parse(ctx, bytes, length, &root));
    okrug_status each[] = {check_members(ctx, root, "", known),
                           take_text(ctx, root, "", "upload", true, &request->upload),
                           take_text(ctx, root, "", "part", false, &request->part),
                           take_text(ctx, root, "", "kind", true, &request->kind),
                           take_text(ctx, root, "", "id", final, &request->id),
                           take_options(ctx, root, &request->options),
                           take_truth(ctx, root, "remembered", true, &request->remembered),
                           final ? take_truth(ctx, root, "replace", false, &request->replace)
                                 : take_text(ctx, root, "", "language", false, &request->language)};
    json_decref(root);
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        OKRUG_TRY(each[i]);
    }
    return OKRUG_OK;
}

okrug_status okrug_body_preview(okrug_ctx *ctx, const char *bytes, size_t length, okrug_import_body *request) {
    static const char *const known[] = {"upload", "part", "kind", "id", "options", "remembered", "language", NULL};
    return take_import(ctx, bytes, length, known, false, request);
}

okrug_status okrug_body_import(okrug_ctx *ctx, const char *bytes, size_t length, okrug_import_body *request) {
    static const char *const known[] = {"upload", "part", "kind", "id", "options", "remembered", "replace", NULL};
    return take_import(ctx, bytes, length, known, true, request);
}

okrug_status okrug_body_merge(okrug_ctx *ctx, const char *bytes, size_t length, okrug_merge_request *request) {
    static const char *const known[] = {"keep", "drop", NULL};
    json_t *root = NULL;
    *request = (okrug_merge_request){0};
    OKRUG_TRY(parse(ctx, bytes, length, &root));
    okrug_status each[] = {check_members(ctx, root, "", known), take_text(ctx, root, "", "keep", true, &request->keep),
                           take_text(ctx, root, "", "drop", true, &request->drop)};
    json_decref(root);
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        OKRUG_TRY(each[i]);
    }
    return OKRUG_OK;
}

okrug_status okrug_body_row(okrug_ctx *ctx, const char *bytes, size_t length, bool remove, okrug_row_request *request) {
    static const char *const known[] = {"values", "kind", NULL}, *const of_key[] = {"values", NULL};
    json_t *root = NULL;
    *request = (okrug_row_request){.remove = remove};
    OKRUG_TRY(parse(ctx, bytes, length, &root));
    bool there = json_object_get(root, "values") != NULL;
    okrug_status each[] = {
        check_members(ctx, root, "", remove ? of_key : known), take_text(ctx, root, "", "kind", false, &request->kind),
        there ? take_list(ctx, root, "values", !remove, &request->values)
              : okrug_fail(ctx, OKRUG_BAD_USAGE, "body-missing", NULL, "member", "values", (char *)NULL)};
    json_decref(root);
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        OKRUG_TRY(each[i]);
    }
    return OKRUG_OK;
}
