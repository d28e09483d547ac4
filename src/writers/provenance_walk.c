/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Provenance as a list of paths and values, for writers that have rows and no nesting.
 */
#include <jansson.h>

#include "writers/provenance_walk.h"

enum { DEEPEST = 32 };

typedef struct {
    okrug_provenance_fn *take;
    void *user;
    okrug_buffer path;
    bool failed;
} walk;

static void take_plain(walk *w, const json_t *value) {
    okrug_buffer text = {0};
    if (json_is_string(value)) {
        okrug_buffer_add_text(&text, json_string_value(value));
    } else if (json_is_integer(value)) {
        okrug_buffer_add_integer(&text, json_integer_value(value));
    } else if (json_is_real(value)) {
        okrug_buffer_add_number(&text, json_real_value(value));
    } else {
        okrug_buffer_add_text(&text, json_is_true(value) ? "true" : json_is_false(value) ? "false" : "");
    }
    w->failed = w->failed || text.failed || w->path.failed;
    if (!w->failed) {
        w->take(w->user, w->path.bytes != NULL ? w->path.bytes : "", text.bytes != NULL ? text.bytes : "");
    }
    okrug_buffer_free(&text);
}

/* As deep as the JSON is nested, which is bounded. */
static void visit(walk *w, const json_t *value, int depth) { /* NOLINT(misc-no-recursion) */
    size_t before = w->path.length;
    const char *key = NULL;
    json_t *child = NULL;
    if (depth > DEEPEST || (!json_is_object(value) && !json_is_array(value))) {
        take_plain(w, value);
        return;
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, child) {
        okrug_buffer_add_format(&w->path, "%s%s", before > 0 ? "." : "", key);
        visit(w, child, depth + 1);
        w->path.length = before;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        okrug_buffer_add_format(&w->path, "%s%zu", before > 0 ? "." : "", i + 1);
        visit(w, json_array_get(value, i), depth + 1);
        w->path.length = before;
    }
}

okrug_status okrug_provenance_walk(const char *provenance, okrug_provenance_fn *take, void *user) {
    walk w = {.take = take, .user = user};
    json_t *parsed = json_loads(provenance, 0, NULL);
    if (parsed != NULL) {
        visit(&w, parsed, 0);
    }
    json_decref(parsed);
    okrug_buffer_free(&w.path);
    return w.failed ? OKRUG_NO_MEMORY : OKRUG_OK;
}
