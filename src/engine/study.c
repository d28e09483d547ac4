/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs a study file: datasets in, steps run, everything kept in the workspace, all in one transaction.
 */
#include "engine/study.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "writers/writers.h"

typedef struct {
    const okrug_study_request *request;
    const char *language;
    const okrug_node *root;
    const char *folder; /* of the study file */
    okrug_store *store;
    okrug_dataset *before; /* what the store held: okrug_store_list */
    okrug_study_outcome *outcome;
} study;

static const char *folder_of(okrug_ctx *ctx, const char *file) {
    const char *slash = strrchr(file, '/');
    return slash == NULL ? NULL : okrug_text(ctx, "%.*s", (int)(slash - file), file);
}

/* ---- Options ---- */

static int64_t children(const okrug_node *node) {
    int64_t count = 0;
    for (const okrug_node *child = node->child; child != NULL; child = child->next) {
        count += child->kind == OKRUG_NODE_SCALAR ? 1 : children(child);
    }
    return count;
}

/* "vary: {delta: [0.15, 0.25]}" is --vary delta=0.15 --vary delta=0.25. */
static okrug_status add_values(okrug_ctx *ctx, const char *option, const okrug_node *values, okrug_option *list,
                               int *count) {
    for (const okrug_node *value = values->child; value != NULL; value = value->next) {
        if (value->kind != OKRUG_NODE_SCALAR) {
            return okrug_node_unexpected(ctx, value, values->key, "text");
        }
        list[(*count)++] = (okrug_option){option, okrug_text(ctx, "%s=%s", values->key, value->text)};
    }
    return OKRUG_OK;
}

okrug_status okrug_study_options(okrug_ctx *ctx, const okrug_node *map, const char *const *skip,
                                 okrug_options *options) {
    okrug_option *list = OKRUG_SCRATCH(ctx, children(map), okrug_option);
    if (list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int count = 0;
    for (const okrug_node *entry = map->child; entry != NULL; entry = entry->next) {
        if (okrug_text_is_one_of(entry->key, skip)) {
            continue;
        }
        if (entry->kind == OKRUG_NODE_SCALAR) {
            list[count++] = (okrug_option){entry->key, entry->text};
            continue;
        }
        for (const okrug_node *item = entry->child; item != NULL; item = item->next) {
            if (item->kind == OKRUG_NODE_LIST && item->key != NULL) {
                OKRUG_TRY(add_values(ctx, entry->key, item, list, &count));
                continue;
            }
            if (item->kind != OKRUG_NODE_SCALAR) {
                return okrug_node_unexpected(ctx, item, entry->key, "text");
            }
            const char *text = item->key == NULL ? item->text : okrug_text(ctx, "%s=%s", item->key, item->text);
            list[count++] = (okrug_option){entry->key, text};
        }
    }
    *options = (okrug_options){list, count};
    return OKRUG_OK;
}

/* ---- Parts ---- */

static okrug_status failed_at(okrug_ctx *ctx, okrug_status status, const okrug_node *node, const char *id) {
    okrug_place place = {.file = node->file, .line = node->line};
    return okrug_fail(ctx, status, "step-failed", &place, "step", id, (char *)NULL);
}

static okrug_status import_dataset(okrug_ctx *ctx, const study *s, const okrug_node *node) {
    static const char *const own[] = {"id", "kind", "file", "title", "source", "licence", "note", NULL};
    okrug_import_request request = {.id = okrug_node_text(node, "id"),
                                    .kind = okrug_node_text(node, "kind"),
                                    .file = okrug_node_text(node, "file"),
                                    .folder = s->folder,
                                    .description = node};
    OKRUG_TRY(okrug_study_options(ctx, node, own, &request.options));
    okrug_dataset *dataset = NULL;
    okrug_status status = okrug_import_read(ctx, &request, NULL, NULL, &dataset);
    if (status == OKRUG_OK) {
        status = okrug_store_put(ctx, s->store, dataset);
    }
    okrug_dataset_free(dataset);
    return status == OKRUG_OK ? OKRUG_OK : failed_at(ctx, status, node, request.id);
}

static okrug_status keep_result(okrug_ctx *ctx, const study *s, const char *id, okrug_dataset *result) {
    result->id = okrug_dataset_keep(result, id);
    if (result->id == NULL) {
        return OKRUG_NO_MEMORY;
    }
    return okrug_store_put(ctx, s->store, result);
}

/* The provenance of what the workspace had under that id; NULL: nothing. */
static const char *known_before(const study *s, const char *id) {
    const okrug_table *list = s->before->table[0];
    const okrug_column *ids = okrug_table_column(list, "id");
    for (int64_t row = 0; row < list->rows && !s->request->again; row++) {
        if (strcmp(okrug_text_at(ids, row), id) == 0) {
            return okrug_text_at(okrug_table_column(list, "provenance"), row);
        }
    }
    return NULL;
}

static okrug_status run_step(okrug_ctx *ctx, const study *s, const okrug_node *node) {
    static const char *const own[] = {"id", "run", "input", NULL};
    const char *id = okrug_node_text(node, "id");
    okrug_request request = {.analysis = okrug_node_text(node, "run"),
                             .input = okrug_node_text(node, "input"),
                             .folder = s->folder,
                             .store = s->store};
    OKRUG_TRY(okrug_study_options(ctx, node, own, &request.options));
    okrug_dataset *result = NULL;
    okrug_status status = okrug_run_anew(ctx, &request, known_before(s, id), &result);
    s->outcome->steps++;
    if (status == OKRUG_OK && result == NULL) {
        s->outcome->unchanged++;
        return OKRUG_OK;
    }
    if (status == OKRUG_OK) {
        status = keep_result(ctx, s, id, result);
    }
    okrug_dataset_free(result);
    return status == OKRUG_OK ? OKRUG_OK : failed_at(ctx, status, node, id);
}

/* Those members of the study that it has. */
static void write_parts(const study *s, const char *const *parts, okrug_json *json) {
    for (int i = 0; parts[i] != NULL; i++) {
        const okrug_node *node = okrug_node_get(s->root, parts[i]);
        if (node != NULL) {
            okrug_json_key(json, parts[i]);
            okrug_node_json(node, json);
        }
    }
}

/* Frees the text. */
static okrug_status keep_document(okrug_ctx *ctx, const study *s, const char *name, okrug_buffer *text) {
    okrug_status status = okrug_buffer_status(text);
    if (status == OKRUG_OK) {
        status = okrug_store_set_document(ctx, s->store, name, text->bytes);
    }
    okrug_buffer_free(text);
    return status;
}

/* {"study", "title", "page"}: what the page is made from. */
static okrug_status keep_page(okrug_ctx *ctx, const study *s) {
    static const char *const parts[] = {"study", "title", "text", "page", NULL};
    okrug_buffer text = {0};
    okrug_json json = okrug_json_to(&text, 0);
    okrug_json_object(&json);
    write_parts(s, parts, &json);
    okrug_json_object_end(&json);
    return keep_document(ctx, s, "study", &text);
}

/* {"study", "title", "text", "page", "findings", "steps"}: what a report is made from. Steps are told by their names.
 */
static okrug_status keep_report(okrug_ctx *ctx, const study *s) {
    static const char *const parts[] = {"study", "title", "text", "page", "findings", NULL};
    okrug_buffer text = {0};
    okrug_json json = okrug_json_to(&text, 0);
    okrug_json_object(&json);
    write_parts(s, parts, &json);
    okrug_json_key(&json, "steps");
    okrug_json_array(&json);
    const okrug_node *steps = okrug_node_get(s->root, "steps");
    for (const okrug_node *node = steps == NULL ? NULL : steps->child; node != NULL; node = node->next) {
        okrug_json_text(&json, okrug_node_text(node, "id"));
    }
    okrug_json_array_end(&json);
    okrug_json_object_end(&json);
    return keep_document(ctx, s, "report", &text);
}

static int64_t count_of(const okrug_node *list) {
    int64_t count = 0;
    for (const okrug_node *child = list == NULL ? NULL : list->child; child != NULL; child = child->next) {
        count++;
    }
    return count;
}

static okrug_status run_parts(okrug_ctx *ctx, const study *s) {
    const okrug_node *datasets = okrug_node_get(s->root, "datasets");
    const okrug_node *steps = okrug_node_get(s->root, "steps");
    double total = (double)(count_of(datasets) + count_of(steps));
    double done = 0;
    okrug_status status = OKRUG_OK;
    for (const okrug_node *node = datasets == NULL ? NULL : datasets->child; node != NULL; node = node->next) {
        okrug_progress(ctx, "task.study", done++, total);
        okrug_status one = import_dataset(ctx, s, node);
        if (one == OKRUG_CANCELLED) {
            return one;
        }
        status = one == OKRUG_OK ? status : one; /* every bad file is told before the study is given up */
    }
    OKRUG_TRY(status);
    for (const okrug_node *node = steps == NULL ? NULL : steps->child; node != NULL; node = node->next) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_progress(ctx, "task.study", done++, total);
        OKRUG_TRY(run_step(ctx, s, node));
    }
    okrug_progress(ctx, "task.study", total, total);
    OKRUG_TRY(keep_page(ctx, s));
    return keep_report(ctx, s);
}

/* Tables of all steps, once nothing but the disk can fail any more: a study that failed leaves no folders behind. */
static okrug_status write_steps(okrug_ctx *ctx, const study *s) {
    const okrug_node *steps = okrug_node_get(s->root, "steps");
    for (const okrug_node *node = steps == NULL ? NULL : steps->child; node != NULL; node = node->next) {
        const char *id = okrug_node_text(node, "id");
        okrug_dataset *result = NULL;
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(okrug_store_get(ctx, s->store, id, &result));
        okrug_status status =
            okrug_write_directory_as(ctx, result, s->request->profile, okrug_path(ctx, s->request->directory, id));
        okrug_dataset_free(result);
        OKRUG_TRY(status);
    }
    return OKRUG_OK;
}

static okrug_status run_in_store(okrug_ctx *ctx, study *s) {
    OKRUG_TRY(okrug_store_list(ctx, s->store, &s->before));
    OKRUG_TRY(okrug_store_begin(ctx, s->store));
    OKRUG_TRY(okrug_store_name_change(ctx, s->store, "study", okrug_node_text(s->root, "study"), NULL));
    OKRUG_TRY(run_parts(ctx, s));
    const okrug_node *list = okrug_node_get(s->root, "findings");
    if (list != NULL) {
        const char *labels = okrug_node_text(okrug_node_get(s->root, "page"), "labels");
        OKRUG_TRY(okrug_study_findings(ctx, s->store, list, labels, s->language, &s->outcome->findings));
    }
    if (s->request->directory != NULL) {
        OKRUG_TRY(write_steps(ctx, s));
    }
    return okrug_store_commit(ctx, s->store);
}

okrug_status okrug_study_run(okrug_ctx *ctx, const okrug_study_request *request, const char *language,
                             okrug_study_outcome *outcome) {
    study s = {.request = request, .language = language, .folder = folder_of(ctx, request->file), .outcome = outcome};
    okrug_node *root = NULL;
    *outcome = (okrug_study_outcome){0};
    OKRUG_TRY(okrug_yaml_read(ctx, request->file, &root));
    s.root = root;
    OKRUG_TRY(okrug_study_check(ctx, root));
    const char *workspace =
        request->workspace == NULL ? okrug_text(ctx, "%s.okrug", okrug_node_text(root, "study")) : request->workspace;
    bool made = !okrug_is_file(workspace);
    if (made) {
        OKRUG_TRY(okrug_store_create(ctx, workspace));
    }
    okrug_status status = okrug_store_open(ctx, workspace, OKRUG_STORE_WRITE, &s.store);
    if (status == OKRUG_OK) {
        status = run_in_store(ctx, &s);
        okrug_dataset_free(s.before);
        okrug_store_close(s.store);
    }
    if (status != OKRUG_OK) {
        okrug_dataset_free(outcome->findings);
        outcome->findings = NULL;
    }
    if (status != OKRUG_OK && made) {
        unlink(workspace);
    }
    return status;
}
