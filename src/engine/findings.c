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
    if (title != NULL && title->kind == OKRUG_NODE_SCALAR) {
        return title->text;
    }
    const char *text = okrug_node_text(title, f->language);
    text = text != NULL ? text : okrug_node_text(title, "en");
    return text != NULL ? text : f->table->name;
}

/* NULL: none of that name, or it holds no text; a study may name any dataset as its labels. */
static const okrug_column *text_column(const okrug_table *table, const char *name) {
    const okrug_column *column = table == NULL ? NULL : okrug_table_column(table, name);
    return column == NULL || column->type == OKRUG_NUMBER ? NULL : column;
}

const char *okrug_study_label(const okrug_table *labels, const char *dimension, const char *code,
                              const char *language) {
    const okrug_column *dimensions = text_column(labels, "dimension");
    const okrug_column *codes = text_column(labels, "code");
    const okrug_column *names = text_column(labels, language);
    if (labels == NULL || dimension == NULL || dimensions == NULL || codes == NULL || names == NULL) {
        return code;
    }
    for (int64_t r = 0; r < labels->rows; r++) {
        const char *d = okrug_text_at(dimensions, r);
        const char *c = okrug_text_at(codes, r);
        const char *name = okrug_text_at(names, r);
        if (d != NULL && c != NULL && name != NULL && strcmp(d, dimension) == 0 && strcmp(c, code) == 0) {
            return name;
        }
    }
    return code;
}

/* ---- Columns ---- */

static okrug_status no_column(const finding *f, const okrug_node *node, const char *name) {
    okrug_place place = {.file = node->file, .line = node->line};
    return okrug_fail(f->ctx, OKRUG_BAD_INPUT, "no-column", &place, "wanted", name, "columns",
                      okrug_table_column_names(f->ctx, f->table), (char *)NULL);
}

/* The column of that name, which must hold numbers (sorting) or codes (choosing and grouping rows). */
static okrug_status find_column(const finding *f, const okrug_node *node, const char *name, bool number,
                                const okrug_column **column) {
    *column = okrug_table_column(f->table, name);
    if (*column == NULL) {
        return no_column(f, node, name);
    }
    if (((*column)->type == OKRUG_NUMBER) != number) {
        okrug_place place = {.file = node->file, .line = node->line};
        return okrug_fail(f->ctx, OKRUG_BAD_INPUT, number ? "column-of-text" : "column-of-numbers", &place, "column",
                          name, (char *)NULL);
    }
    return OKRUG_OK;
}

/* ---- Rows ---- */

typedef struct {
    const okrug_column *column;
    const char *text;
} test;

typedef struct {
    const okrug_column *column;
    double sign; /* -1: the greatest first */
} sort_key;

/* What a finding asks of the rows. */
typedef struct {
    test *where;
    int tests;
    sort_key *sort;
    int keys;
    const okrug_column *group; /* NULL: all rows are one group */
    int64_t top;               /* rows of each group */
} choice;

static int count_children(const okrug_node *node) {
    int count = 0;
    for (const okrug_node *child = node == NULL ? NULL : node->child; child != NULL; child = child->next) {
        count++;
    }
    return count;
}

static okrug_status read_sort_key(const finding *f, const okrug_node *node, choice *asked) {
    bool down = node->text[0] == '-';
    sort_key *key = &asked->sort[asked->keys++];
    key->sign = down ? -1.0 : 1.0;
    return find_column(f, node, node->text + down, true, &key->column);
}

static okrug_status read_choice(const finding *f, choice *asked) {
    const okrug_node *where = okrug_node_get(f->node, "where");
    const okrug_node *sort = okrug_node_get(f->node, "sort");
    const okrug_node *each = okrug_node_get(f->node, "each");
    const char *top = okrug_node_text(f->node, "top");
    asked->where = OKRUG_SCRATCH(f->ctx, count_children(where), test);
    asked->sort = OKRUG_SCRATCH(f->ctx, count_children(sort) + 1, sort_key);
    if (asked->where == NULL || asked->sort == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (const okrug_node *node = where == NULL ? NULL : where->child; node != NULL; node = node->next) {
        test *next = &asked->where[asked->tests++];
        next->text = node->text;
        okrug_status one = find_column(f, node, node->key, false, &next->column);
        status = one == OKRUG_OK ? status : one;
    }
    bool list = sort != NULL && sort->kind == OKRUG_NODE_LIST;
    for (const okrug_node *node = list ? sort->child : sort; node != NULL; node = list ? node->next : NULL) {
        okrug_status one = read_sort_key(f, node, asked);
        status = one == OKRUG_OK ? status : one;
    }
    if (each != NULL) {
        okrug_status one = find_column(f, each, each->text, false, &asked->group);
        status = one == OKRUG_OK ? status : one;
    }
    asked->top = top == NULL ? f->table->rows : strtoll(top, NULL, 10);
    return status;
}

static bool passes(const choice *asked, int64_t row) {
    for (int i = 0; i < asked->tests; i++) {
        const char *text = okrug_text_at(asked->where[i].column, row);
        if (text == NULL || strcmp(text, asked->where[i].text) != 0) {
            return false;
        }
    }
    for (int k = 0; k < asked->keys; k++) {
        if (okrug_reason_at(asked->sort[k].column, row) != OKRUG_PRESENT) {
            return false;
        }
    }
    return true;
}

/* One row and what it is sorted by: the place of its group first, then the keys, then the row. */
typedef struct {
    const choice *choice;
    int64_t group;
    int64_t row;
} entry;

static int compare(const void *left, const void *right) {
    const entry *a = left;
    const entry *b = right;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    for (int k = 0; k < a->choice->keys; k++) {
        const sort_key *key = &a->choice->sort[k];
        double x = key->sign * key->column->number[a->row];
        double y = key->sign * key->column->number[b->row];
        if (x != y) {
            return x < y ? -1 : 1;
        }
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

static okrug_status choose_rows(const finding *f, entry **out, int64_t *count) {
    choice *asked = OKRUG_SCRATCH_ZERO(f->ctx, 1, choice);
    entry *list = OKRUG_SCRATCH(f->ctx, f->table->rows, entry);
    if (asked == NULL || list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(read_choice(f, asked));
    int64_t passing = 0;
    for (int64_t r = 0; r < f->table->rows; r++) {
        if (passes(asked, r)) {
            list[passing++] = (entry){asked, asked->group == NULL ? 0 : asked->group->word[r], r};
        }
    }
    qsort(list, (size_t)passing, sizeof *list, compare);
    int64_t kept = 0;
    int64_t in_group = 0;
    int64_t group = -2; /* of no row: a missing code is -1 */
    for (int64_t i = 0; i < passing; i++) {
        in_group = list[i].group == group ? in_group + 1 : 0;
        group = list[i].group;
        if (in_group < asked->top) {
            list[kept++] = list[i];
        }
    }
    *count = kept;
    *out = list;
    return OKRUG_OK;
}

/* ---- The table ---- */

static okrug_status copy_cell(const finding *f, const okrug_column *from, const char *dimension, int64_t row,
                              okrug_table *to, int column, int64_t at) {
    if (okrug_reason_at(from, row) != OKRUG_PRESENT) {
        return okrug_set_missing(to, column, at, okrug_reason_at(from, row));
    }
    if (from->type == OKRUG_NUMBER) {
        return okrug_set_number(to, column, at, from->number[row]);
    }
    const char *text = okrug_study_label(f->labels, dimension, okrug_text_at(from, row), f->language);
    return okrug_set_text(to, column, at, text, strlen(text));
}

/* The columns that the figure of the finding names; it is drawn in reports, but told to be wrong now. */
static okrug_status check_figure(const finding *f) {
    static const char *const roles[] = {"label", "value", "low", "high", "region", "category", "position", "series"};
    const okrug_node *figure = okrug_node_get(f->node, "figure");
    okrug_status status = OKRUG_OK;
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        const okrug_node *node = okrug_node_get(figure, roles[i]);
        const okrug_column *column = NULL;
        bool number = i >= 1 && i <= 3;
        okrug_status one = node == NULL ? OKRUG_OK : find_column(f, node, node->text, number, &column);
        status = one == OKRUG_OK ? status : one;
    }
    return status;
}

static okrug_status fill(const finding *f, okrug_dataset *findings) {
    okrug_table *to = okrug_dataset_add_table(findings, title_of(f));
    const okrug_node *columns = okrug_node_get(f->node, "columns");
    entry *rows = NULL;
    int64_t count = 0;
    if (to == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = choose_rows(f, &rows, &count);
    okrug_status figure = check_figure(f);
    status = status == OKRUG_OK ? figure : status;
    for (int64_t i = 0; i < count; i++) {
        if (okrug_table_add_row(to, 0) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (const okrug_node *name = columns == NULL ? NULL : columns->child; name != NULL; name = name->next) {
        const okrug_column *from = okrug_table_column(f->table, name->text);
        if (from == NULL) {
            status = no_column(f, name, name->text);
            continue;
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
    return status;
}

static okrug_status one_finding(okrug_ctx *ctx, okrug_store *store, const okrug_node *node, const okrug_table *labels,
                                const char *language, okrug_dataset *findings) {
    const char *step = okrug_node_text(node, "step");
    okrug_dataset *result = NULL;
    const char *table = okrug_node_text(node, "table");
    okrug_status found = okrug_store_get_table(ctx, store, step, table, &result);
    if (found != OKRUG_OK) {
        okrug_place place = {.file = node->file, .line = node->line};
        return okrug_fail(ctx, found, "finding-failed", &place, "step", step, "table", table, (char *)NULL);
    }
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
    const okrug_table *words = names == NULL || names->tables == 0 ? NULL : names->table[0];
    for (const okrug_node *node = list->child; made != NULL && node != NULL; node = node->next) {
        okrug_status one = one_finding(ctx, store, node, words, language, made);
        status = one == OKRUG_OK ? status : one;
    }
    okrug_dataset_free(names);
    if (status != OKRUG_OK) {
        okrug_dataset_free(made);
        return status;
    }
    *findings = made;
    return OKRUG_OK;
}
