/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a study asks to be shown: rows of its results chosen, sorted and labelled.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/study.h"

typedef struct {
    okrug_ctx *ctx;
    const okrug_table *table;
    const okrug_table *labels; /* may be NULL */
    const char *language;
    const okrug_node *node;
} finding;

static const char *title_of(const finding *f) {
    const okrug_node *title = okrug_node_get(f->node, "title");
    const char *text = okrug_node_text(title, f->language);
    return text != NULL ? text : okrug_node_text(title, "en") != NULL ? okrug_node_text(title, "en") : "";
}

/* The name of a code of that dimension; the code itself where there is none. */
static const char *label_of(const finding *f, const char *dimension, const char *code) {
    const okrug_column *dimensions = f->labels == NULL ? NULL : okrug_table_column(f->labels, "dimension");
    const okrug_column *codes = f->labels == NULL ? NULL : okrug_table_column(f->labels, "code");
    const okrug_column *names = f->labels == NULL ? NULL : okrug_table_column(f->labels, f->language);
    if (dimension == NULL || dimensions == NULL || codes == NULL || names == NULL) {
        return code;
    }
    for (int64_t r = 0; r < f->labels->rows; r++) {
        const char *d = okrug_text_at(dimensions, r);
        const char *c = okrug_text_at(codes, r);
        const char *name = okrug_text_at(names, r);
        if (d != NULL && c != NULL && name != NULL && strcmp(d, dimension) == 0 && strcmp(c, code) == 0) {
            return name;
        }
    }
    return code;
}

static bool passes(const finding *f, int64_t row) {
    const okrug_node *where = okrug_node_get(f->node, "where");
    for (const okrug_node *test = where == NULL ? NULL : where->child; test != NULL; test = test->next) {
        const okrug_column *column = okrug_table_column(f->table, test->key);
        const char *text = column == NULL || column->type == OKRUG_NUMBER ? NULL : okrug_text_at(column, row);
        if (text == NULL || strcmp(text, test->text) != 0) {
            return false;
        }
    }
    return true;
}

/* One row and what it is sorted by: the place of its group first, then the value, then the row. */
typedef struct {
    int64_t group;
    double key;
    int64_t row;
} entry;

static int compare(const void *left, const void *right) {
    const entry *a = left;
    const entry *b = right;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

static okrug_status choose_rows(const finding *f, entry **out, int64_t *count) {
    const char *sort = okrug_node_text(f->node, "sort");
    const char *each = okrug_node_text(f->node, "each");
    bool down = sort != NULL && sort[0] == '-';
    const okrug_column *by = sort == NULL ? NULL : okrug_table_column(f->table, sort + down);
    const okrug_column *group = each == NULL ? NULL : okrug_table_column(f->table, each);
    entry *list = OKRUG_SCRATCH(f->ctx, f->table->rows, entry);
    if (list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *count = 0;
    for (int64_t r = 0; r < f->table->rows; r++) {
        if (!passes(f, r) || (by != NULL && okrug_reason_at(by, r) != OKRUG_PRESENT)) {
            continue;
        }
        double key = by == NULL || by->type != OKRUG_NUMBER ? 0.0 : by->number[r];
        list[(*count)++] = (entry){group == NULL ? 0 : group->word[r], down ? -key : key, r};
    }
    qsort(list, (size_t)*count, sizeof *list, compare);
    const char *top_text = okrug_node_text(f->node, "top");
    int64_t top = top_text == NULL ? *count : strtoll(top_text, NULL, 10);
    int64_t kept = 0;
    int64_t in_group = 0;
    for (int64_t i = 0; i < *count; i++) {
        in_group = i > 0 && list[i].group == list[i - 1].group ? in_group + 1 : 0;
        if (in_group < top) {
            list[kept++] = list[i];
        }
    }
    *count = kept;
    *out = list;
    return OKRUG_OK;
}

static okrug_status copy_cell(const finding *f, const okrug_column *from, const char *dimension, int64_t row,
                              okrug_table *to, int column, int64_t at) {
    if (okrug_reason_at(from, row) != OKRUG_PRESENT) {
        return okrug_set_missing(to, column, at, okrug_reason_at(from, row));
    }
    if (from->type == OKRUG_NUMBER) {
        return okrug_set_number(to, column, at, from->number[row]);
    }
    const char *text = label_of(f, dimension, okrug_text_at(from, row));
    return okrug_set_text(to, column, at, text, strlen(text));
}

static okrug_status fill(const finding *f, okrug_dataset *findings) {
    okrug_table *to = okrug_dataset_add_table(findings, title_of(f));
    const okrug_node *columns = okrug_node_get(f->node, "columns");
    entry *rows = NULL;
    int64_t count = 0;
    if (to == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(choose_rows(f, &rows, &count));
    for (int64_t i = 0; i < count; i++) {
        if (okrug_table_add_row(to, 0) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (const okrug_node *name = columns == NULL ? NULL : columns->child; name != NULL; name = name->next) {
        const okrug_column *from = name->text == NULL ? NULL : okrug_table_column(f->table, name->text);
        if (from == NULL) {
            okrug_place place = {.file = name->file, .line = name->line};
            return okrug_fail(f->ctx, OKRUG_BAD_INPUT, "missing-column", &place, "wanted",
                              name->text == NULL ? "" : name->text, "columns", f->table->name, (char *)NULL);
        }
        int column = okrug_table_add_column(to, from->name, from->type, from->unit);
        if (column < 0) {
            return OKRUG_NO_MEMORY;
        }
        const char *dimension = okrug_node_text(okrug_node_get(f->node, "labels"), from->name);
        for (int64_t i = 0; i < count; i++) {
            OKRUG_TRY(copy_cell(f, from, dimension, rows[i].row, to, column, i));
        }
    }
    return OKRUG_OK;
}

static okrug_status one_finding(okrug_ctx *ctx, okrug_store *store, const okrug_node *node, const okrug_table *labels,
                                const char *language, okrug_dataset *findings) {
    static const char *const known[] = {"title", "step",   "table", "where", "columns",
                                        "sort",  "labels", "each",  "top",   NULL};
    OKRUG_TRY(okrug_node_check_keys(ctx, node, known));
    const char *step = okrug_node_text(node, "step");
    const char *table = okrug_node_text(node, "table");
    if (step == NULL || table == NULL) {
        okrug_place place = {.file = node->file, .line = node->line};
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "yaml-expected", &place, "key", "step, table", "expected", "text",
                          (char *)NULL);
    }
    okrug_dataset *result = NULL;
    OKRUG_TRY(okrug_store_get_table(ctx, store, step, table, &result));
    finding f = {.ctx = ctx, .table = result->table[0], .labels = labels, .language = language, .node = node};
    okrug_status status = fill(&f, findings);
    okrug_dataset_free(result);
    return status;
}

okrug_status okrug_study_findings(okrug_ctx *ctx, okrug_store *store, const okrug_node *list, const char *labels,
                                  const char *language, okrug_dataset **findings) {
    okrug_dataset *names = NULL;
    if (labels != NULL) {
        OKRUG_TRY(okrug_store_get(ctx, store, labels, &names));
    }
    okrug_dataset *made = okrug_dataset_new("findings", "findings");
    okrug_status status = made == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (const okrug_node *node = list->child; status == OKRUG_OK && node != NULL; node = node->next) {
        status = one_finding(ctx, store, node, names == NULL ? NULL : names->table[0], language, made);
    }
    okrug_dataset_free(names);
    if (status != OKRUG_OK) {
        okrug_dataset_free(made);
        return status;
    }
    *findings = made;
    return OKRUG_OK;
}
