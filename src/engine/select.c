/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns by name -> those of the descriptor, and what is left of a result.
 */
#include "engine/select.h"

#include <string.h>

static bool is_name(const char *name, const char *text, size_t length) {
    return strlen(name) == length && strncmp(name, text, length) == 0;
}

/* The column that text[0..length) names; false: none. */
static bool find(const okrug_analysis *analysis, const char *text, size_t length, okrug_asked_column *found) {
    const char *dot = memchr(text, '.', length);
    const char *column = dot == NULL ? text : dot + 1;
    for (int t = 0; t < analysis->output_count; t++) {
        const okrug_output *output = &analysis->outputs[t];
        bool here = dot == NULL ? t == 0 : is_name(output->name, text, (size_t)(dot - text));
        for (int c = 0; here && c < output->column_count; c++) {
            if (is_name(output->columns[c].name, column, (size_t)(text + length - column))) {
                *found = (okrug_asked_column){output->name, output->columns[c].name};
                return true;
            }
        }
    }
    return false;
}

static okrug_status no_such_column(okrug_ctx *ctx, const okrug_analysis *analysis, const char *name) {
    const char *known = "";
    for (int t = 0; t < analysis->output_count; t++) {
        const okrug_output *output = &analysis->outputs[t];
        for (int c = 0; c < output->column_count; c++) {
            const char *column = output->columns[c].name;
            known = okrug_text_listed(ctx, known, t == 0 ? column : okrug_text(ctx, "%s.%s", output->name, column));
        }
    }
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "no-such-column", NULL, "name", name, "analysis", analysis->id, "known",
                      known, (char *)NULL);
}

static bool is_wanted(const okrug_selection *selection, const char *table, const char *column) {
    for (int i = 0; i < selection->count; i++) {
        if (strcmp(selection->list[i].table, table) == 0 && strcmp(selection->list[i].column, column) == 0) {
            return true;
        }
    }
    return false;
}

okrug_status okrug_selection_take(okrug_ctx *ctx, okrug_selection *selection, const okrug_analysis *analysis,
                                  const okrug_option *option) {
    int more = 1;
    for (const char *at = option->value; *at != '\0'; at++) {
        more += *at == ',';
    }
    okrug_asked_column *list = OKRUG_SCRATCH(ctx, selection->count + more, okrug_asked_column);
    if (list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (selection->count > 0) {
        memcpy(list, selection->list, (size_t)selection->count * sizeof *list);
    }
    selection->list = list;
    okrug_status status = OKRUG_OK;
    for (const char *at = option->value; more > 0; more--) {
        const char *start = at + strspn(at, " ");
        size_t length = strcspn(start, ",");
        at = start + length + 1;
        while (length > 0 && start[length - 1] == ' ') {
            length--;
        }
        okrug_asked_column found;
        if (!find(analysis, start, length, &found)) {
            status = no_such_column(ctx, analysis, okrug_text(ctx, "%.*s", (int)length, start));
        } else if (!is_wanted(selection, found.table, found.column)) {
            selection->list[selection->count++] = found;
        }
    }
    return status;
}

okrug_status okrug_selection_close(okrug_ctx *ctx, const okrug_selection *selection, const okrug_analysis *analysis,
                                   okrug_dataset *result) {
    result->wanted = NULL;
    result->wanted_count = 0;
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < selection->count; i++) {
        const okrug_asked_column *one = &selection->list[i];
        if (okrug_dataset_table(result, one->table) == NULL) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "column-not-made", NULL, "table", one->table, "name", one->column,
                                "analysis", analysis->id, (char *)NULL);
        }
    }
    if (selection->count > 0) {
        okrug_dataset_drop_empty(result);
    }
    return status;
}

void okrug_selection_describe(const okrug_selection *selection, const okrug_analysis *analysis, okrug_json *json) {
    okrug_buffer name = {0};
    okrug_json_array(json);
    for (int t = 0; t < analysis->output_count; t++) {
        const okrug_output *output = &analysis->outputs[t];
        for (int c = 0; c < output->column_count; c++) {
            if (is_wanted(selection, output->name, output->columns[c].name)) {
                okrug_buffer_clear(&name);
                okrug_buffer_add_format(&name, "%s.%s", output->name, output->columns[c].name);
                okrug_json_text(json, name.failed ? NULL : name.bytes);
            }
        }
    }
    okrug_json_array_end(json);
    okrug_buffer_free(&name);
}
