/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shape of a study file, checked as a whole before anything is read or computed, so that what follows may rely on
 * it.
 */
#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

#include "engine/import.h"
#include "engine/study.h"

static const okrug_node_kind scalar = OKRUG_NODE_SCALAR;
static const okrug_node_kind map = OKRUG_NODE_MAP;

static void note(okrug_status *status, okrug_status one) {
    *status = one == OKRUG_OK ? *status : one;
}

static okrug_status need_text(okrug_ctx *ctx, const okrug_node *node, const char *key) {
    if (okrug_node_text(node, key) != NULL) {
        return OKRUG_OK;
    }
    const okrug_node *there = okrug_node_get(node, key);
    return okrug_node_unexpected(ctx, there == NULL ? node : there, key, "text");
}

static okrug_status need_id(okrug_ctx *ctx, const okrug_node *node, const char *key) {
    OKRUG_TRY(need_text(ctx, node, key));
    const okrug_node *id = okrug_node_get(node, key);
    return okrug_id_check(ctx, OKRUG_BAD_INPUT, &(okrug_place){.file = id->file, .line = id->line}, id->text);
}

/* Datasets and steps share their names: a step reads either by "#name". */
static okrug_status check_unique(okrug_ctx *ctx, const okrug_node *node, okrug_words *ids) {
    const okrug_node *id = okrug_node_get(node, "id");
    int32_t before = okrug_words_count(ids);
    int32_t word = okrug_words_add(ids, id->text, strlen(id->text));
    if (word >= 0 && word < before) {
        okrug_place place = {.file = id->file, .line = id->line};
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "id-repeated", &place, "id", id->text, (char *)NULL);
    }
    return word < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
}

/* A list of mappings, each with an id and the texts in `keys`. */
static okrug_status check_parts(okrug_ctx *ctx, const okrug_node *root, const char *key, const char *const *keys,
                                okrug_words *ids) {
    OKRUG_TRY(okrug_node_check(ctx, root, key, OKRUG_NODE_LIST, &map));
    const okrug_node *list = okrug_node_get(root, key);
    okrug_status status = OKRUG_OK;
    for (const okrug_node *node = list == NULL ? NULL : list->child; node != NULL; node = node->next) {
        okrug_status id = need_id(ctx, node, "id");
        note(&status, id == OKRUG_OK ? check_unique(ctx, node, ids) : id);
        for (int k = 0; keys[k] != NULL; k++) {
            note(&status, need_text(ctx, node, keys[k]));
        }
    }
    return status;
}

static okrug_status check_top(okrug_ctx *ctx, const okrug_node *node) {
    const okrug_node *top = okrug_node_get(node, "top");
    double value = 0.0;
    if (top == NULL || (top->kind == OKRUG_NODE_SCALAR && okrug_number_read(top->text, strlen(top->text), &value) &&
                        value >= 1.0 && value <= 1e9 && value == (double)(int64_t)value)) {
        return OKRUG_OK;
    }
    return okrug_node_unexpected(ctx, top, "top", "whole-number");
}

/* A text that is one for all languages or one for each. */
static okrug_status check_words(okrug_ctx *ctx, const okrug_node *node, const char *key) {
    const okrug_node *words = okrug_node_get(node, key);
    return words == NULL || words->kind == OKRUG_NODE_SCALAR
               ? OKRUG_OK
               : okrug_node_check(ctx, node, key, OKRUG_NODE_MAP, &scalar);
}

/* What each kind of figure must name, besides its kind. */
static okrug_status check_figure(okrug_ctx *ctx, const okrug_node *finding) {
    static const char *const known[] = {"kind",   "title",    "axis",     "label",  "value",     "low",   "high",
                                        "region", "category", "position", "series", "reference", "scale", NULL};
    static const char *const kinds[] = {"dots", "bars", "lines", "map", NULL};
    static const char *const needs[][3] = {{"label", "value"}, {"label", "value"}, {"position", "value"}, {"region"}};
    const okrug_node *node = okrug_node_get(finding, "figure");
    if (node == NULL) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_node_check_keys(ctx, node, known));
    const char *kind = okrug_node_text(node, "kind");
    if (kind == NULL || !okrug_text_is_one_of(kind, kinds)) {
        return okrug_node_unexpected(ctx, node, "kind", "figure-kind");
    }
    okrug_status status = check_words(ctx, node, "title");
    note(&status, check_words(ctx, node, "axis"));
    for (const okrug_node *part = node->child; part != NULL; part = part->next) {
        bool words = strcmp(part->key, "title") == 0 || strcmp(part->key, "axis") == 0;
        note(&status, words ? OKRUG_OK : okrug_node_check(ctx, node, part->key, OKRUG_NODE_SCALAR, NULL));
    }
    for (int k = 0; kinds[k] != NULL; k++) {
        for (int i = 0; strcmp(kind, kinds[k]) == 0 && i < 3 && needs[k][i] != NULL; i++) {
            note(&status, need_text(ctx, node, needs[k][i]));
        }
    }
    if (strcmp(kind, "map") == 0 && okrug_node_text(node, "category") == NULL) {
        note(&status, need_text(ctx, node, "value"));
    }
    return status;
}

static okrug_status check_descriptions(okrug_ctx *ctx, const okrug_node *root) {
    const okrug_node *list = okrug_node_get(root, "datasets");
    okrug_status status = OKRUG_OK;
    for (const okrug_node *node = list == NULL ? NULL : list->child; node != NULL; node = node->next) {
        for (int i = 0; okrug_description_options[i] != NULL; i++) {
            note(&status, check_words(ctx, node, okrug_description_options[i]));
        }
    }
    return status;
}

static okrug_status check_sort(okrug_ctx *ctx, const okrug_node *node) {
    const okrug_node *sort = okrug_node_get(node, "sort");
    return sort == NULL || sort->kind == OKRUG_NODE_SCALAR
               ? OKRUG_OK
               : okrug_node_check(ctx, node, "sort", OKRUG_NODE_LIST, &scalar);
}

static okrug_status check_finding(okrug_ctx *ctx, const okrug_node *node) {
    static const char *const known[] = {"title", "text",   "step", "table", "where",  "columns",
                                        "sort",  "labels", "each", "top",   "figure", NULL};
    okrug_status status = okrug_node_check_keys(ctx, node, known);
    note(&status, need_text(ctx, node, "step"));
    note(&status, need_text(ctx, node, "table"));
    note(&status, check_words(ctx, node, "title"));
    note(&status, check_words(ctx, node, "text"));
    note(&status, check_figure(ctx, node));
    note(&status, okrug_node_check(ctx, node, "where", OKRUG_NODE_MAP, &scalar));
    note(&status, okrug_node_get(node, "columns") == NULL
                      ? okrug_node_unexpected(ctx, node, "columns", "list")
                      : okrug_node_check(ctx, node, "columns", OKRUG_NODE_LIST, &scalar));
    note(&status, okrug_node_check(ctx, node, "labels", OKRUG_NODE_MAP, &scalar));
    note(&status, okrug_node_check(ctx, node, "each", OKRUG_NODE_SCALAR, NULL));
    note(&status, check_sort(ctx, node));
    note(&status, check_top(ctx, node));
    return status;
}

okrug_status okrug_study_check(okrug_ctx *ctx, const okrug_node *root) {
    static const char *const known[] = {"study", "title", "text", "datasets", "steps", "page", "findings", NULL};
    static const char *const dataset_keys[] = {"kind", "file", NULL};
    static const char *const step_keys[] = {"run", "input", NULL};
    okrug_words *ids = okrug_words_new();
    if (ids == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_node_check_keys(ctx, root, known);
    note(&status, need_id(ctx, root, "study"));
    okrug_status datasets = check_parts(ctx, root, "datasets", dataset_keys, ids);
    note(&status, datasets == OKRUG_OK ? check_descriptions(ctx, root) : datasets);
    note(&status, check_parts(ctx, root, "steps", step_keys, ids));
    okrug_words_free(ids);
    note(&status, okrug_node_check(ctx, root, "page", OKRUG_NODE_MAP, NULL));
    okrug_status findings = okrug_node_check(ctx, root, "findings", OKRUG_NODE_LIST, &map);
    note(&status, findings);
    const okrug_node *list = findings == OKRUG_OK ? okrug_node_get(root, "findings") : NULL;
    for (const okrug_node *node = list == NULL ? NULL : list->child; node != NULL; node = node->next) {
        note(&status, check_finding(ctx, node));
    }
    return status;
}
