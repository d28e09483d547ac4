/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A part of the report for each finding of the study: what it says, its figure over all rows that it chose from, its
 * table.
 */
#include "engine/report_make.h"

#include <stdio.h>
#include <string.h>

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* Units that a heading tells; the others say nothing that the name does not. */
static bool told(okrug_unit unit) {
    return unit != OKRUG_UNIT_NONE && unit != OKRUG_UNIT_RATIO && unit != OKRUG_UNIT_INDEX && unit != OKRUG_UNIT_RANK;
}

static const char *heading_of(okrug_making *m, const okrug_node *finding, const okrug_column *column,
                              const char *provenance) {
    const char *dimension = okrug_node_text(okrug_node_get(finding, "labels"), column->name);
    char key[128];
    const char *text = NULL;
    if (dimension != NULL) {
        snprintf(key, sizeof key, "report.dimension.%s", dimension);
        text = okrug_report_found(m->report, key);
    }
    if (text == NULL) {
        snprintf(key, sizeof key, "web.field.%s", column->name);
        text = okrug_report_found(m->report, key);
    }
    text = text != NULL ? text : column->name;
    const char *unit = okrug_unit_code(column->unit);
    if (column->unit == OKRUG_UNIT_OWN) {
        unit = okrug_report_unit(m->report, provenance);
    }
    if (!told(column->unit) || unit == NULL) {
        return text;
    }
    snprintf(key, sizeof key, "unit.%s", unit);
    const char *words = okrug_report_found(m->report, key);
    return okrug_report_format(m->report, "%s, %s", text, words != NULL ? words : unit);
}

static okrug_status add_table(okrug_making *m, const okrug_node *finding, const okrug_table *table,
                              const char *provenance) {
    okrug_report_column *columns = okrug_report_take(m->report, (size_t)table->columns * sizeof *columns);
    if (columns == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int count = 0;
    for (int c = 0; c < table->columns; c++) {
        if (table->column[c].type != OKRUG_GEOMETRY) {
            columns[count++] = (okrug_report_column){.column = c,
                                                     .heading = heading_of(m, finding, &table->column[c], provenance),
                                                     .decimals = okrug_report_decimals(table, c)};
        }
    }
    okrug_report_table block = {.title = table->name,
                                .source = okrug_making_source(m, provenance),
                                .table = table,
                                .column = columns,
                                .columns = count};
    okrug_report_add_table(m->report, &block);
    return OKRUG_OK;
}

/* ---- The rows of the figure -------------------------------------------------------------------------------------- */

static const char *const figure_columns[] = {"label",    "value",    "low",    "high", "region",
                                             "category", "position", "series", NULL};

/* The finding as one that asks for the columns of its figure, and for all rows where the table has only the top of
 * them. Scratch memory. */
static okrug_status ask_for_figure(okrug_making *m, const okrug_node *finding, const okrug_node *figure,
                                   okrug_node **asked) {
    enum { MOST = 12 };
    okrug_node *nodes = OKRUG_SCRATCH_ZERO(m->ctx, 2 + 2 * MOST, okrug_node);
    if (nodes == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_node *root = &nodes[0];
    okrug_node *columns = &nodes[1];
    okrug_node *next = &nodes[2];
    *root = (okrug_node){.kind = OKRUG_NODE_MAP, .file = finding->file, .line = finding->line};
    *columns = (okrug_node){.kind = OKRUG_NODE_LIST, .key = "columns", .file = figure->file, .line = figure->line};
    okrug_node **end = &columns->child;
    for (int i = 0; figure_columns[i] != NULL; i++) {
        const okrug_node *node = okrug_node_get(figure, figure_columns[i]);
        bool there = node == NULL || node->kind != OKRUG_NODE_SCALAR;
        for (const okrug_node *other = columns->child; other != NULL && !there; other = other->next) {
            there = strcmp(other->text, node->text) == 0;
        }
        if (!there) {
            *next = *node;
            next->key = NULL;
            next->next = NULL;
            *end = next;
            end = &next->next;
            next++;
        }
    }
    static const char *const kept[] = {"step", "table", "where", "sort", "labels", "each", "title", "top", NULL};
    end = &root->child;
    for (int i = 0; kept[i] != NULL; i++) {
        const okrug_node *node = okrug_node_get(finding, kept[i]);
        bool top = strcmp(kept[i], "top") == 0 && okrug_node_get(finding, "each") == NULL;
        if (node != NULL && !top) {
            *next = *node;
            next->next = NULL;
            *end = next;
            end = &next->next;
            next++;
        }
    }
    *end = columns;
    *asked = root;
    return OKRUG_OK;
}

static okrug_status add_figure(okrug_making *m, const okrug_node *finding, const char *title, const char *source) {
    const okrug_node *figure = okrug_node_get(finding, "figure");
    if (figure == NULL) {
        return OKRUG_OK;
    }
    okrug_node *asked = NULL;
    okrug_dataset *codes = NULL;
    okrug_dataset *names = NULL;
    OKRUG_TRY(ask_for_figure(m, finding, figure, &asked));
    const okrug_node list = {.kind = OKRUG_NODE_LIST, .child = asked};
    OKRUG_TRY(okrug_study_findings(m->ctx, m->store, &list, NULL, m->language, &codes));
    okrug_report_own(m->report, codes);
    OKRUG_TRY(okrug_report_status(m->report));
    const char *labels = okrug_node_text(m->page, "labels");
    OKRUG_TRY(okrug_study_findings(m->ctx, m->store, &list, labels, m->language, &names));
    okrug_report_own(m->report, names);
    OKRUG_TRY(okrug_report_status(m->report));
    return okrug_making_figure(m, finding, codes->table[0], names->table[0], title, source);
}

/* ---- Parts ------------------------------------------------------------------------------------------------------- */

static okrug_status add_finding(okrug_making *m, const okrug_node *finding, const okrug_table *table) {
    const okrug_table *step = NULL;
    OKRUG_TRY(okrug_making_table(m, okrug_node_text(finding, "step"), NULL, &step));
    const char *provenance = step == NULL ? NULL : step->dataset->provenance;
    okrug_report_add(m->report, OKRUG_BLOCK_HEADING, table->name);
    const char *text = okrug_making_words(m, okrug_node_get(finding, "text"));
    if (text != NULL) {
        okrug_report_add(m->report, OKRUG_BLOCK_TEXT, text);
    }
    OKRUG_TRY(add_figure(m, finding, table->name, okrug_making_source(m, provenance)));
    if (table->rows == 0) {
        okrug_report_add(m->report, OKRUG_BLOCK_TEXT, okrug_making_text(m, "report.no-rows", NULL, NULL, NULL, NULL));
        return OKRUG_OK;
    }
    return add_table(m, finding, table, provenance);
}

okrug_status okrug_making_findings(okrug_making *m) {
    const okrug_node *list = okrug_node_get(m->study, "findings");
    if (list == NULL) {
        return OKRUG_OK;
    }
    okrug_dataset *findings = NULL;
    const char *labels = okrug_node_text(m->page, "labels");
    OKRUG_TRY(okrug_study_findings(m->ctx, m->store, list, labels, m->language, &findings));
    okrug_report_own(m->report, findings);
    OKRUG_TRY(okrug_report_status(m->report));
    int t = 0;
    for (const okrug_node *finding = list->child; finding != NULL; finding = finding->next) {
        OKRUG_TRY(okrug_check_cancel(m->ctx));
        OKRUG_TRY(add_finding(m, finding, findings->table[t++]));
    }
    return OKRUG_OK;
}
