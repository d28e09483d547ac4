/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The charts of findings: rows of a finding as dots with ranges, as bars, or as lines over periods. Maps are in
 * report_map.c.
 */
#include "engine/report_make.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

static const okrug_column *column_of(const okrug_table *table, const okrug_node *figure, const char *role) {
    const char *name = okrug_node_text(figure, role);
    return name == NULL ? NULL : okrug_table_column(table, name);
}

static double number_at(const okrug_column *column, int64_t row) {
    return column == NULL || column->type != OKRUG_NUMBER || okrug_reason_at(column, row) != OKRUG_PRESENT
               ? NAN
               : column->number[row];
}

static const char *word_at(const okrug_column *column, int64_t row) {
    const char *text = column == NULL || column->type == OKRUG_NUMBER ? NULL : okrug_text_at(column, row);
    return text == NULL ? "\xE2\x80\x93" : text;
}

static double reference_of(const okrug_node *figure) {
    const char *text = okrug_node_text(figure, "reference");
    double value = NAN;
    return text != NULL && okrug_number_read(text, strlen(text), &value) ? value : NAN;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static okrug_tone tone_of(double value, double low, double high, double reference) {
    bool range = isfinite(low) && isfinite(high);
    if (!isfinite(value) || (!range && !isfinite(reference))) {
        return OKRUG_TONE_PLAIN;
    }
    if (!isfinite(reference)) {
        return OKRUG_TONE_BAND;
    }
    if (!range) {
        return OKRUG_TONE_PLAIN;
    }
    return low > reference ? OKRUG_TONE_ABOVE : high < reference ? OKRUG_TONE_BELOW : OKRUG_TONE_AROUND;
}

static const char *row_text(okrug_making *m, const okrug_row *row, int decimals) {
    if (!isfinite(row->value)) {
        return "\xE2\x80\x93";
    }
    const char *value = okrug_report_number(m->report, row->value, decimals);
    return isfinite(row->low) && isfinite(row->high)
               ? okrug_report_format(m->report, "%s (%s)", value, okrug_making_range(m, row->low, row->high, decimals))
               : value;
}

static const char **legend_of(okrug_making *m, const okrug_row *rows, int64_t count, double reference) {
    static const char *const keys[] = {NULL, "report.legend.above", "report.legend.below", "report.legend.around",
                                       "report.legend.band"};
    const char **legend = okrug_report_take(m->report, sizeof keys);
    for (int64_t r = 0; legend != NULL && r < count; r++) {
        int tone = (int)rows[r].tone;
        if (keys[tone] != NULL && legend[tone] == NULL) {
            const char *at = isfinite(reference)
                                 ? okrug_report_number(m->report, reference, reference == nearbyint(reference) ? 0 : 2)
                                 : "";
            legend[tone] = okrug_making_text(m, keys[tone], "reference", at, NULL, NULL);
        }
    }
    return legend;
}

static const char *axis_of(okrug_making *m, const okrug_node *figure, const okrug_column *value) {
    const char *own = okrug_making_words(m, okrug_node_get(figure, "axis"));
    const char *key = okrug_report_format(m->report, "web.field.%s", value->name);
    const char *found = own == NULL ? okrug_report_found(m->report, key) : own;
    return found == NULL ? value->name : found;
}

static okrug_status rows_chart(okrug_making *m, const okrug_node *figure, const okrug_table *names, bool bars,
                               okrug_report_figure *out) {
    const okrug_column *value = column_of(names, figure, "value");
    const okrug_column *label = column_of(names, figure, "label");
    int decimals = okrug_report_decimals(names, (int)(value - names->column));
    okrug_rows_chart *chart = okrug_report_take(m->report, sizeof *chart);
    okrug_row *rows = okrug_report_take(m->report, (size_t)names->rows * sizeof *rows);
    if (chart == NULL || rows == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double reference = reference_of(figure);
    for (int64_t r = 0; r < names->rows; r++) {
        rows[r] = (okrug_row){.label = word_at(label, r),
                              .value = number_at(value, r),
                              .low = number_at(column_of(names, figure, "low"), r),
                              .high = number_at(column_of(names, figure, "high"), r)};
        rows[r].tone = tone_of(rows[r].value, rows[r].low, rows[r].high, reference);
        rows[r].text = row_text(m, &rows[r], decimals);
    }
    const char *scale = okrug_node_text(figure, "scale");
    *chart = (okrug_rows_chart){.row = rows,
                                .rows = names->rows,
                                .kind = bars ? OKRUG_ROWS_BARS : OKRUG_ROWS_DOTS,
                                .logarithmic = scale != NULL && strcmp(scale, "logarithmic") == 0,
                                .reference = reference,
                                .axis = axis_of(m, figure, value),
                                .legend = legend_of(m, rows, names->rows, reference),
                                .numerals = okrug_report_numerals(m->report)};
    out->kind = OKRUG_FIGURE_ROWS;
    out->rows = chart;
    return okrug_report_status(m->report);
}

/* ---- Lines ------------------------------------------------------------------------------------------------------- */

static int compare_words(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The distinct words of a column in order; scratch memory of the report. */
static const char **distinct(okrug_making *m, const okrug_column *column, int64_t rows, bool sorted, int64_t *count) {
    const char **list = okrug_report_take(m->report, (size_t)rows * sizeof *list);
    *count = 0;
    for (int64_t r = 0; list != NULL && r < rows; r++) {
        const char *word = word_at(column, r);
        bool there = false;
        for (int64_t i = 0; i < *count && !there; i++) {
            there = strcmp(list[i], word) == 0;
        }
        if (!there) {
            list[(*count)++] = word;
        }
    }
    if (list != NULL && sorted) {
        qsort(list, (size_t)*count, sizeof *list, compare_words);
    }
    return list;
}

static int64_t place_of(const char *const *list, int64_t count, const char *word) {
    for (int64_t i = 0; i < count; i++) {
        if (strcmp(list[i], word) == 0) {
            return i;
        }
    }
    return 0;
}

static okrug_status lines_chart(okrug_making *m, const okrug_node *figure, const okrug_table *names,
                                okrug_report_figure *out) {
    const okrug_column *value = column_of(names, figure, "value");
    const okrug_column *position = column_of(names, figure, "position");
    const okrug_column *series = column_of(names, figure, "series");
    int64_t positions = 0;
    int64_t count = 0;
    const char **places = distinct(m, position, names->rows, true, &positions);
    const char **lines = distinct(m, series, names->rows, false, &count);
    okrug_lines_chart *chart = okrug_report_take(m->report, sizeof *chart);
    okrug_series *list = okrug_report_take(m->report, (size_t)count * sizeof *list);
    double *y = okrug_report_take(m->report, (size_t)(count * positions) * sizeof *y);
    double *at = okrug_report_take(m->report, (size_t)positions * sizeof *at);
    OKRUG_TRY(okrug_report_status(m->report));
    for (int64_t i = 0; i < count * positions; i++) {
        y[i] = NAN;
    }
    bool numbers = true; /* years stand where they are, other periods one after the other */
    for (int64_t p = 0; p < positions; p++) {
        numbers = okrug_number_read(places[p], strlen(places[p]), &at[p]) && numbers;
    }
    for (int64_t p = 0; p < positions && !numbers; p++) {
        at[p] = (double)p;
    }
    for (int64_t r = 0; r < names->rows; r++) {
        int64_t line = place_of(lines, count, word_at(series, r));
        y[line * positions + place_of(places, positions, word_at(position, r))] = number_at(value, r);
    }
    for (int64_t s = 0; s < count; s++) {
        list[s] = (okrug_series){.name = series == NULL ? "" : lines[s], .y = &y[s * positions]};
    }
    *chart = (okrug_lines_chart){.position = places,
                                 .at = at,
                                 .positions = positions,
                                 .series = list,
                                 .count = count,
                                 .axis = axis_of(m, figure, value),
                                 .numerals = okrug_report_numerals(m->report)};
    out->kind = OKRUG_FIGURE_LINES;
    out->lines = chart;
    return OKRUG_OK;
}

/* ---- The figure -------------------------------------------------------------------------------------------------- */

okrug_status okrug_making_figure(okrug_making *m, const okrug_node *finding, const okrug_table *codes,
                                 const okrug_table *names, const char *title, const char *source) {
    const okrug_node *node = okrug_node_get(finding, "figure");
    const char *kind = okrug_node_text(node, "kind");
    const char *own = okrug_making_words(m, okrug_node_get(node, "title"));
    okrug_report_figure figure = {.title = own != NULL ? own : title, .source = source};
    if (names->rows == 0) {
        return OKRUG_OK; /* the part says that there are no rows */
    }
    const okrug_column *value = column_of(names, node, "value");
    if (strcmp(kind, "map") != 0 && (value == NULL || value->type != OKRUG_NUMBER)) {
        const char *wanted = okrug_node_text(node, "value");
        return okrug_fail(m->ctx, OKRUG_BAD_INPUT, "column-of-text",
                          &(okrug_place){.file = node->file, .line = node->line}, "column",
                          wanted == NULL ? "value" : wanted, (char *)NULL);
    }
    if (strcmp(kind, "map") == 0) {
        OKRUG_TRY(okrug_making_map(m, finding, codes, names, &figure));
    } else if (strcmp(kind, "lines") == 0) {
        OKRUG_TRY(lines_chart(m, node, names, &figure));
    } else {
        OKRUG_TRY(rows_chart(m, node, names, strcmp(kind, "bars") == 0, &figure));
    }
    okrug_report_add_figure(m->report, &figure);
    return okrug_report_status(m->report);
}
