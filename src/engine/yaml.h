/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A study file as a tree of nodes with their places. Scalars stay text; there are no aliases.
 */
#ifndef OKRUG_ENGINE_YAML_H
#define OKRUG_ENGINE_YAML_H

#include <okrug/context.h>
#include <okrug/text.h>

typedef enum { OKRUG_NODE_SCALAR, OKRUG_NODE_MAP, OKRUG_NODE_LIST } okrug_node_kind;

typedef struct okrug_node {
    okrug_node_kind kind;
    const char *key;  /* in a map; NULL elsewhere */
    const char *text; /* of a scalar */
    int64_t line;     /* from 1 */
    const char *file;
    struct okrug_node *child; /* the first */
    struct okrug_node *next;  /* sibling */
} okrug_node;

/* Scratch memory of the context. OKRUG_READ_FAILED, or OKRUG_BAD_INPUT with line and column: "yaml-syntax",
 * "yaml-alias", "yaml-duplicate-key", "yaml-key". */
okrug_status okrug_yaml_read(okrug_ctx *ctx, const char *path, okrug_node **root);

/* A text in memory, JSON too (it is YAML); `name` stands for the file in messages. */
okrug_status okrug_yaml_parse(okrug_ctx *ctx, const char *name, const char *text, okrug_node **root);

const okrug_node *okrug_node_get(const okrug_node *map, const char *key); /* NULL: none, or `map` is NULL or no map */
const char *okrug_node_text(const okrug_node *map, const char *key);      /* of a scalar; NULL: none */
/* The fault that a node is not what it should be: "text", "list", "mapping", ... (expected.* of i18n). */
okrug_status okrug_node_unexpected(okrug_ctx *ctx, const okrug_node *node, const char *key, const char *expected);
/* The node of that key, checked to be of that kind, its children too where `of` is given (a list of texts, a mapping of
 * texts ...); OKRUG_OK where there is none. */
okrug_status okrug_node_check(okrug_ctx *ctx, const okrug_node *map, const char *key, okrug_node_kind kind,
                              const okrug_node_kind *of);
/* A fault for every key of the map that is not in `known` (ended by NULL). */
okrug_status okrug_node_check_keys(okrug_ctx *ctx, const okrug_node *map, const char *const *known);
/* The tree as JSON; scalars as strings. */
void okrug_node_json(const okrug_node *node, okrug_json *json);

#endif
