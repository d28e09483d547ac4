/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of blocks that a report is, and the texts of its cells.
 */
#include "writers/report_private.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

#include "writers/stream.h"

okrug_report *okrug_report_new(const okrug_report_start *start) {
    okrug_report *report = calloc(1, sizeof *report);
    if (report == NULL) {
        return NULL;
    }
    report->start = *start;
    report->start.title = okrug_report_keep(report, start->title);
    report->start.date = start->date == NULL ? NULL : okrug_report_keep(report, start->date);
    report->start.mark = start->mark == NULL ? NULL : okrug_report_keep(report, start->mark);
    report->numerals = (okrug_numerals){.decimal = okrug_report_text(report, "html.decimal", 0, NULL, NULL),
                                        .thousands = okrug_report_text(report, "report.thousands", 0, NULL, NULL)};
    return report;
}

void okrug_report_free(okrug_report *report) {
    if (report == NULL) {
        return;
    }
    for (okrug_owned *owned = report->owned; owned != NULL; owned = owned->next) {
        okrug_dataset_free(owned->dataset);
    }
    okrug_chunk_free(report->memory);
    free(report);
}

okrug_status okrug_report_status(const okrug_report *report) {
    return report == NULL || report->failed ? OKRUG_NO_MEMORY : OKRUG_OK;
}

void okrug_report_name(okrug_report *report, const char *title, const char *mark) {
    report->start.title = okrug_report_keep(report, title);
    report->start.mark = mark == NULL ? NULL : okrug_report_keep(report, mark);
}

void *okrug_report_take(okrug_report *report, size_t size) {
    void *memory = okrug_chunk_take(&report->memory, size > 0 ? size : 1);
    report->failed = report->failed || memory == NULL;
    if (memory != NULL) {
        memset(memory, 0, size);
    }
    return memory;
}

const char *okrug_report_keep(okrug_report *report, const char *text) {
    const char *kept = okrug_chunk_text(&report->memory, text, strlen(text));
    report->failed = report->failed || kept == NULL;
    return kept != NULL ? kept : "";
}

const char *okrug_report_format(okrug_report *report, const char *format, ...) {
    va_list arguments;
    char *text = NULL;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        report->failed = true;
        return "";
    }
    const char *kept = okrug_report_keep(report, text);
    free(text);
    return kept;
}

void okrug_report_own(okrug_report *report, okrug_dataset *dataset) {
    okrug_owned *owned = okrug_report_take(report, sizeof *owned);
    if (owned == NULL) {
        okrug_dataset_free(dataset);
        return;
    }
    *owned = (okrug_owned){dataset, report->owned};
    report->owned = owned;
}

const char *okrug_report_text(okrug_report *report, const char *key, int arguments, const char *const *name,
                              const char *const *value) {
    const char *text = okrug_catalogue_counted(report->start.catalogue, key, arguments, name, value);
    if (text == NULL || arguments == 0) {
        return okrug_report_keep(report, text != NULL ? text : key);
    }
    okrug_buffer filled = {0};
    okrug_catalogue_fill(text, arguments, name, value, &filled);
    const char *kept = okrug_report_keep(report, filled.bytes != NULL ? filled.bytes : "");
    report->failed = report->failed || filled.failed;
    okrug_buffer_free(&filled);
    return kept;
}

const char *okrug_report_found(const okrug_report *report, const char *key) {
    return okrug_catalogue_text(report->start.catalogue, key);
}

void okrug_report_tell(okrug_report *report, okrug_told **list, const char *text) {
    while (*list != NULL) {
        if (strcmp((*list)->text, text) == 0) {
            return;
        }
        list = &(*list)->next;
    }
    okrug_told *told = okrug_report_take(report, sizeof *told);
    if (told != NULL) {
        told->text = okrug_report_keep(report, text);
        *list = told;
    }
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

static okrug_block *add_block(okrug_report *report, okrug_block_kind kind) {
    okrug_block *block = okrug_report_take(report, sizeof *block);
    if (block == NULL) {
        return NULL;
    }
    block->kind = kind;
    if (report->last == NULL) {
        report->first = block;
    } else {
        report->last->next = block;
    }
    report->last = block;
    return block;
}

void okrug_report_add(okrug_report *report, okrug_block_kind kind, const char *text) {
    okrug_block *block = add_block(report, kind);
    if (block == NULL) {
        return;
    }
    block->text = okrug_report_keep(report, text != NULL ? text : "");
    if (kind == OKRUG_BLOCK_HEADING) {
        block->number = ++report->headings;
    }
}

static const char *caption(okrug_report *report, const char *key, int number, const char *title) {
    const char *name[] = {"number", "title"};
    const char *value[] = {okrug_report_format(report, "%d", number), title};
    return okrug_report_text(report, key, 2, name, value);
}

void okrug_report_add_table(okrug_report *report, const okrug_report_table *table) {
    okrug_block *block = add_block(report, OKRUG_BLOCK_TABLE);
    if (block != NULL) {
        block->table = *table;
        block->number = ++report->tables;
        block->text = caption(report, "report.table", block->number, table->title);
    }
}

void okrug_report_add_figure(okrug_report *report, const okrug_report_figure *figure) {
    okrug_block *block = add_block(report, OKRUG_BLOCK_FIGURE);
    if (block != NULL) {
        block->figure = *figure;
        block->number = ++report->figures;
        block->text = caption(report, "report.figure", block->number, figure->title);
    }
}

/* ---- Numbers and cells ------------------------------------------------------------------------------------------- */

okrug_numerals okrug_report_numerals(const okrug_report *report) {
    return report->numerals;
}

const char *okrug_report_number(okrug_report *report, double value, int decimals) {
    char text[OKRUG_FIXED_TEXT];
    okrug_number_fixed(value, decimals, report->numerals.decimal, report->numerals.thousands, text);
    return okrug_report_keep(report, text);
}

static int compare_sizes(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

int okrug_report_decimals(const okrug_table *table, int column) {
    const okrug_column *c = &table->column[column];
    if (c->type != OKRUG_NUMBER || table->rows == 0) {
        return 0;
    }
    double *sizes = calloc((size_t)table->rows, sizeof *sizes);
    if (sizes == NULL) {
        return 2;
    }
    int64_t count = 0;
    bool whole = true;
    for (int64_t r = 0; r < table->rows; r++) {
        if (okrug_reason_at(c, r) == OKRUG_PRESENT && c->number[r] != 0.0) {
            sizes[count++] = fabs(c->number[r]);
            whole = whole && c->number[r] == nearbyint(c->number[r]);
        }
    }
    qsort(sizes, (size_t)count, sizeof *sizes, compare_sizes);
    double middle = count > 0 ? sizes[count / 2] : 0.0;
    double largest = count > 0 ? sizes[count - 1] : 0.0;
    free(sizes);
    if (whole || middle == 0.0) {
        return 0;
    }
    int decimals = 2 - (int)floor(log10(middle));
    int most = largest >= 1.0 ? 2 : 6; /* beside whole numbers a third decimal is noise */
    return decimals < 0 ? 0 : decimals > most ? most : decimals;
}

const char *okrug_report_word(const okrug_report *report, const char *column, const char *code) {
    char key[96];
    int length = snprintf(key, sizeof key, "report.word.%s.%s", column, code);
    const char *words = length < (int)sizeof key ? okrug_report_found(report, key) : NULL;
    return words != NULL ? words : code;
}

const char *okrug_report_cell(const okrug_report *report, const okrug_report_table *table, int column, int64_t row,
                              char *text) {
    const okrug_report_column *told = &table->column[column];
    const okrug_column *from = &table->table->column[told->column];
    if (okrug_reason_at(from, row) != OKRUG_PRESENT) {
        return okrug_reason_at(from, row) == table->blank ? "" : from->type == OKRUG_NUMBER ? "\xE2\x80\x93" : "";
    }
    if (from->type == OKRUG_NUMBER) {
        okrug_number_fixed(from->number[row], told->decimals, report->numerals.decimal, report->numerals.thousands,
                           text);
        return text;
    }
    const char *word = okrug_text_at(from, row);
    return from->type == OKRUG_GEOMETRY ? okrug_shown_geometry(word) : okrug_report_word(report, from->name, word);
}

void okrug_report_missing(const okrug_report *report, const okrug_report_table *table, okrug_buffer *out) {
    bool seen[OKRUG_REASONS_COUNT] = {false};
    okrug_buffer list = {0};
    for (int c = 0; c < table->columns; c++) {
        const okrug_column *from = &table->table->column[table->column[c].column];
        for (int64_t r = 0; from->type == OKRUG_NUMBER && r < table->table->rows; r++) {
            okrug_reason reason = okrug_reason_at(from, r);
            if (reason != OKRUG_PRESENT && reason != table->blank && !seen[reason]) {
                const char *code = okrug_reason_code(reason);
                seen[reason] = true;
                okrug_buffer_add_text(&list, list.length > 0 ? "; " : "");
                okrug_buffer_add_text(&list, okrug_shown_text(report->start.catalogue, "reason.", code, code));
            }
        }
    }
    if (list.bytes != NULL) {
        const char *text = okrug_shown_text(report->start.catalogue, "report.missing", "", "{reasons}");
        okrug_catalogue_fill(text, 1, (const char *[]){"reasons"}, (const char *[]){list.bytes}, out);
    }
    out->failed = out->failed || list.failed;
    okrug_buffer_free(&list);
}

/* ---- Figures ----------------------------------------------------------------------------------------------------- */

int64_t okrug_figure_part(const okrug_fonts *fonts, const okrug_rows_chart *whole, const okrug_part_room *room,
                          int64_t done, okrug_rows_chart *part) {
    *part = *whole;
    part->all = whole->row;
    part->all_rows = whole->rows;
    part->widths = room->widths;
    part->row = whole->row + done;
    part->rows = whole->rows - done;
    part->rows = okrug_rows_fit(fonts, part, room->width, room->height);
    return done + part->rows;
}

double okrug_figure_height(const okrug_fonts *fonts, const okrug_report_figure *figure, double width) {
    switch (figure->kind) {
    case OKRUG_FIGURE_ROWS:
        return okrug_rows_height(fonts, figure->rows, width);
    case OKRUG_FIGURE_LINES:
        return okrug_lines_height(fonts, figure->lines, width);
    case OKRUG_FIGURE_NETWORK:
        return okrug_network_height(fonts, figure->network, width);
    case OKRUG_FIGURE_PANELS:
        return okrug_panels_height(fonts, figure->panels, width);
    case OKRUG_FIGURE_MAP:
        break;
    }
    return okrug_map_height(fonts, figure->map, width);
}

okrug_status okrug_figure_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_report_figure *figure, double x,
                               double y, double width) {
    switch (figure->kind) {
    case OKRUG_FIGURE_ROWS:
        return okrug_rows_draw(ctx, canvas, figure->rows, x, y, width);
    case OKRUG_FIGURE_LINES:
        return okrug_lines_draw(ctx, canvas, figure->lines, x, y, width);
    case OKRUG_FIGURE_NETWORK:
        return okrug_network_draw(ctx, canvas, figure->network, x, y, width);
    case OKRUG_FIGURE_PANELS:
        return okrug_panels_draw(ctx, canvas, figure->panels, x, y, width);
    case OKRUG_FIGURE_MAP:
        break;
    }
    return okrug_map_draw(ctx, canvas, figure->map, x, y, width);
}
