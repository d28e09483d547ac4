/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libfyaml: events -> a tree with places.
 */
#include "engine/yaml.h"

#include <stdio.h>
#include <string.h>

#include <libfyaml.h>

enum { MOST_DEPTH = 32 };

typedef struct {
    okrug_ctx *ctx;
    const char *file;
    struct fy_parser *parser;
    okrug_node *root;
    okrug_node *open[MOST_DEPTH]; /* containers we are in */
    okrug_node *last[MOST_DEPTH]; /* last child of each */
    const char *key[MOST_DEPTH];  /* key that waits for its value */
    int depth;
} builder;

static okrug_status fault(builder *b, const char *code, int64_t line, const char *name, const char *value) {
    okrug_place place = {.file = b->file, .line = line};
    return okrug_fail(b->ctx, OKRUG_BAD_INPUT, code, &place, name, value, (char *)NULL);
}

static int64_t token_line(struct fy_token *token) {
    const struct fy_mark *mark = token == NULL ? NULL : fy_token_start_mark(token);
    return mark == NULL ? 0 : mark->line + 1;
}

static const char *copy_text(okrug_ctx *ctx, struct fy_token *token) {
    size_t length = 0;
    const char *text = fy_token_get_text(token, &length);
    return okrug_text(ctx, "%.*s", (int)length, text == NULL ? "" : text);
}

static okrug_status add(builder *b, okrug_node_kind kind, const char *text, int64_t line, okrug_node **out) {
    okrug_node *node = OKRUG_SCRATCH_ZERO(b->ctx, 1, okrug_node);
    if (node == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *node = (okrug_node){.kind = kind, .text = text, .line = line, .file = b->file};
    *out = node;
    if (b->depth == 0) {
        if (b->root == NULL) {
            b->root = node;
        }
        return OKRUG_OK;
    }
    int d = b->depth - 1;
    node->key = b->key[d];
    b->key[d] = NULL;
    for (const okrug_node *other = b->open[d]->child; node->key != NULL && other != NULL; other = other->next) {
        if (strcmp(other->key, node->key) == 0) {
            return fault(b, "yaml-duplicate-key", line, "key", node->key);
        }
    }
    if (b->last[d] == NULL) {
        b->open[d]->child = node;
    } else {
        b->last[d]->next = node;
    }
    b->last[d] = node;
    return OKRUG_OK;
}

static bool waits_for_key(const builder *b) {
    return b->depth > 0 && b->open[b->depth - 1]->kind == OKRUG_NODE_MAP && b->key[b->depth - 1] == NULL;
}

static okrug_status open_container(builder *b, okrug_node_kind kind, struct fy_token *token) {
    int64_t line = token_line(token);
    if (waits_for_key(b)) {
        return fault(b, "yaml-key", line, "expected", "text");
    }
    if (b->depth == MOST_DEPTH) {
        return fault(b, "yaml-syntax", line, "reason", "nesting");
    }
    okrug_node *node = NULL;
    OKRUG_TRY(add(b, kind, NULL, line, &node));
    b->open[b->depth] = node;
    b->last[b->depth] = NULL;
    b->key[b->depth] = NULL;
    b->depth++;
    return OKRUG_OK;
}

static okrug_status take_scalar(builder *b, const struct fy_event *event) {
    int64_t line = token_line(event->scalar.value);
    if (event->scalar.anchor != NULL) {
        return fault(b, "yaml-alias", line, "name", copy_text(b->ctx, event->scalar.anchor));
    }
    const char *text = copy_text(b->ctx, event->scalar.value);
    if (waits_for_key(b)) {
        b->key[b->depth - 1] = text;
        return OKRUG_OK;
    }
    okrug_node *node = NULL;
    return add(b, OKRUG_NODE_SCALAR, text, line, &node);
}

static okrug_status take_event(builder *b, const struct fy_event *event) {
    switch (event->type) {
    case FYET_SCALAR:
        return take_scalar(b, event);
    case FYET_ALIAS:
        return fault(b, "yaml-alias", token_line(event->alias.anchor), "name", copy_text(b->ctx, event->alias.anchor));
    case FYET_MAPPING_START:
        if (event->mapping_start.anchor != NULL) {
            return fault(b, "yaml-alias", token_line(event->mapping_start.anchor), "name", "&");
        }
        return open_container(b, OKRUG_NODE_MAP, event->mapping_start.mapping_start);
    case FYET_SEQUENCE_START:
        if (event->sequence_start.anchor != NULL) {
            return fault(b, "yaml-alias", token_line(event->sequence_start.anchor), "name", "&");
        }
        return open_container(b, OKRUG_NODE_LIST, event->sequence_start.sequence_start);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        b->depth--;
        return OKRUG_OK;
    default:
        return OKRUG_OK;
    }
}

static okrug_status syntax_fault(builder *b, struct fy_diag *diag) {
    void *previous = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &previous);
    okrug_place place = {.file = b->file, .line = error == NULL ? 0 : error->line};
    return okrug_fail(b->ctx, OKRUG_BAD_INPUT, "yaml-syntax", &place, "reason",
                      error == NULL || error->msg == NULL ? "?" : error->msg, (char *)NULL);
}

static okrug_status parse(builder *b, FILE *in, struct fy_diag *diag) {
    if (fy_parser_set_input_fp(b->parser, b->file, in) != 0) {
        return okrug_fail(b->ctx, OKRUG_READ_FAILED, "cannot-read", &(okrug_place){.file = b->file}, "reason", "YAML",
                          (char *)NULL);
    }
    okrug_status status = OKRUG_OK;
    bool ended = false;
    while (status == OKRUG_OK && !ended) {
        struct fy_event *event = fy_parser_parse(b->parser);
        if (event == NULL) {
            break;
        }
        ended = event->type == FYET_STREAM_END;
        status = take_event(b, event);
        fy_parser_event_free(b->parser, event);
    }
    if (status == OKRUG_OK && (!ended || fy_parser_get_stream_error(b->parser))) {
        status = syntax_fault(b, diag);
    }
    if (status == OKRUG_OK && (b->root == NULL || b->root->kind != OKRUG_NODE_MAP)) {
        status = fault(b, "yaml-syntax", 1, "reason", "no mapping");
    }
    return status;
}

static okrug_status read_stream(okrug_ctx *ctx, const char *name, FILE *in, okrug_node **root) {
    builder b = {.ctx = ctx, .file = okrug_text(ctx, "%s", name)};
    struct fy_diag_cfg diag_cfg = {0};
    fy_diag_cfg_default(&diag_cfg);
    struct fy_diag *diag = fy_diag_create(&diag_cfg);
    okrug_status status = OKRUG_NO_MEMORY;
    if (diag != NULL) {
        fy_diag_set_collect_errors(diag, true);
        struct fy_parse_cfg cfg = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG, .diag = diag};
        b.parser = fy_parser_create(&cfg);
        if (b.parser != NULL) {
            status = parse(&b, in, diag);
            fy_parser_destroy(b.parser);
        }
        fy_diag_destroy(diag);
    }
    fclose(in);
    *root = b.root;
    return status;
}

okrug_status okrug_yaml_read(okrug_ctx *ctx, const char *path, okrug_node **root) {
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        return okrug_fail(ctx, OKRUG_READ_FAILED, "no-file", &(okrug_place){.file = path}, (char *)NULL);
    }
    return read_stream(ctx, path, in, root);
}

okrug_status okrug_yaml_parse(okrug_ctx *ctx, const char *name, const char *text, okrug_node **root) {
    /* Opened for reading, the stream does not write to the text; the interface knows no const. */
    FILE *in = fmemopen((char *)(uintptr_t)text, strlen(text), "rb");
    return in == NULL ? OKRUG_NO_MEMORY : read_stream(ctx, name, in, root);
}

const okrug_node *okrug_node_get(const okrug_node *map, const char *key) {
    if (map == NULL || map->kind != OKRUG_NODE_MAP) {
        return NULL;
    }
    for (const okrug_node *child = map->child; child != NULL; child = child->next) {
        if (strcmp(child->key, key) == 0) {
            return child;
        }
    }
    return NULL;
}

const char *okrug_node_text(const okrug_node *map, const char *key) {
    const okrug_node *node = okrug_node_get(map, key);
    return node == NULL || node->kind != OKRUG_NODE_SCALAR ? NULL : node->text;
}

okrug_status okrug_node_unexpected(okrug_ctx *ctx, const okrug_node *node, const char *key, const char *expected) {
    okrug_place place = {.file = node->file, .line = node->line};
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "yaml-expected", &place, "key", key, "expected", expected, (char *)NULL);
}

static const char *kind_name(okrug_node_kind kind) {
    return kind == OKRUG_NODE_SCALAR ? "text" : kind == OKRUG_NODE_LIST ? "list" : "mapping";
}

okrug_status okrug_node_check(okrug_ctx *ctx, const okrug_node *map, const char *key, okrug_node_kind kind,
                              const okrug_node_kind *of) {
    const okrug_node *node = okrug_node_get(map, key);
    if (node == NULL) {
        return OKRUG_OK;
    }
    if (node->kind != kind) {
        return okrug_node_unexpected(ctx, node, key, kind_name(kind));
    }
    okrug_status status = OKRUG_OK;
    for (const okrug_node *child = node->child; of != NULL && child != NULL; child = child->next) {
        if (child->kind != *of) {
            status = okrug_node_unexpected(ctx, child, child->key == NULL ? key : child->key, kind_name(*of));
        }
    }
    return status;
}

okrug_status okrug_node_check_keys(okrug_ctx *ctx, const okrug_node *map, const char *const *known) {
    okrug_status status = OKRUG_OK;
    if (map->kind != OKRUG_NODE_MAP) {
        return okrug_node_unexpected(ctx, map, map->key == NULL ? "" : map->key, "mapping");
    }
    const char *list = "";
    for (int k = 0; known[k] != NULL; k++) {
        list = okrug_text_listed(ctx, list, known[k]);
    }
    for (const okrug_node *child = map->child; child != NULL; child = child->next) {
        if (!okrug_text_is_one_of(child->key, known)) {
            okrug_place place = {.file = child->file, .line = child->line};
            status =
                okrug_fail(ctx, OKRUG_BAD_INPUT, "unknown-key", &place, "key", child->key, "known", list, (char *)NULL);
        }
    }
    return status;
}

void okrug_node_json(const okrug_node *node, okrug_json *json) {
    if (node->kind == OKRUG_NODE_SCALAR) {
        okrug_json_text(json, node->text);
        return;
    }
    bool map = node->kind == OKRUG_NODE_MAP;
    map ? okrug_json_object(json) : okrug_json_array(json);
    for (const okrug_node *child = node->child; child != NULL; child = child->next) {
        if (map) {
            okrug_json_key(json, child->key);
        }
        okrug_node_json(child, json);
    }
    map ? okrug_json_object_end(json) : okrug_json_array_end(json);
}
