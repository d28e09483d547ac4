/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables that run over pages: columns as wide as what they hold needs, names broken into lines where they must be, the
 * heading again on every page.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <okrug/number.h>
#include <okrug/text.h>

#include "writers/report_pdf.h"
#include "writers/stream.h"

static const double spacing = 1.25;
static const double padding = 8.0; /* between columns */
static const double above = 3.0;   /* in a row, and below */

typedef struct {
    okrug_pages *pages;
    const okrug_block *block;
    const okrug_report_table *table;
    double *left; /* of each column */
    double *width;
    double *wide;  /* what it would like */
    double *least; /* what parts no word */
    okrug_lettering body, head;
} layout;

static bool is_number(const okrug_report_table *table, int c) {
    return table->table->column[table->column[c].column].type == OKRUG_NUMBER;
}

/* The width of the widest word; where a line may be broken inside it does not matter. */
static double widest_word(const okrug_fonts *fonts, const okrug_lettering *lettering, const char *text) {
    double widest = 0.0;
    char word[256];
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        size_t shown = okrug_text_cut(text, length, sizeof word - 1);
        memcpy(word, text, shown);
        word[shown] = '\0';
        widest = fmax(widest, okrug_text_width(fonts, lettering, word));
        text += length + (text[length] == ' ');
    }
    return widest;
}

/* What each column wants and what is the least that parts no word. */
static void measure_columns(layout *l) {
    const okrug_report_table *table = l->table;
    const okrug_fonts *fonts = l->pages->fonts;
    char text[OKRUG_FIXED_TEXT];
    for (int c = 0; c < table->columns; c++) {
        double heading = okrug_text_width(fonts, &l->head, table->column[c].heading);
        l->least[c] = widest_word(fonts, &l->head, table->column[c].heading);
        l->wide[c] = 0.0;
        for (int64_t r = 0; r < table->table->rows; r++) {
            const char *cell = okrug_report_cell(l->pages->report, table, c, r, text);
            l->wide[c] = fmax(l->wide[c], okrug_text_width(fonts, &l->body, cell));
            l->least[c] = fmax(l->least[c], is_number(table, c) ? l->wide[c] : widest_word(fonts, &l->body, cell));
        }
        /* Headings break into some lines rather than widen their columns. */
        l->wide[c] = fmax(fmax(l->wide[c], l->least[c]), fmin(heading, is_number(table, c) ? 66.0 : 120.0)) + 1.0;
        l->least[c] += 1.0;
    }
}

/* All get what they want where the page is wide enough, and the widest column of words the rest, or all a part of it
 * where there are only numbers. Else each gets the
 * least and its part of what is left; where not even that fits, words and numbers break. */
static void set_widths(layout *l) {
    const okrug_report_table *table = l->table;
    double available = l->pages->width - padding * (table->columns - 1);
    double wanted = 0.0;
    double least = 0.0;
    int widest = -1;
    for (int size = 10; size == 10 || (size == 8 && least > available); size -= 2) { /* smaller where it must be */
        l->body = (okrug_lettering){.size = size, .colour = OKRUG_INK};
        l->head = (okrug_lettering){.size = size - 0.5, .colour = OKRUG_MUTED};
        measure_columns(l);
        wanted = 0.0;
        least = 0.0;
        for (int c = 0; c < table->columns; c++) {
            wanted += l->wide[c];
            least += l->least[c];
        }
    }
    for (int c = 0; c < table->columns; c++) {
        widest = is_number(table, c) || (widest >= 0 && l->wide[widest] >= l->wide[c]) ? widest : c;
    }
    double at = l->pages->left;
    for (int c = 0; c < table->columns; c++) {
        double rest = widest < 0 ? (available - wanted) / table->columns : c == widest ? available - wanted : 0.0;
        double part = wanted <= available ? l->wide[c] + rest
                      : least <= available
                          ? l->least[c] + (l->wide[c] - l->least[c]) * (available - least) / (wanted - least)
                          : l->least[c] * available / least;
        l->width[c] = fmax(part, 8.0);
        l->left[c] = at;
        at += l->width[c] + padding;
    }
}

/* A row of cells, or the headings (row -1); only measured where nothing is drawn. Its height in `height`. */
static okrug_status row_of_cells(layout *l, int64_t row, bool drawn, double *height) {
    const okrug_report_table *table = l->table;
    char text[OKRUG_FIXED_TEXT];
    *height = 0.0;
    for (int c = 0; c < table->columns; c++) {
        okrug_lettering lettering = row < 0 ? l->head : l->body;
        lettering.align = is_number(table, c) ? OKRUG_ALIGN_END : OKRUG_ALIGN_START;
        const char *cell =
            row < 0 ? table->column[c].heading : okrug_report_cell(l->pages->report, table, c, row, text);
        okrug_paragraph *paragraph =
            okrug_paragraph_new(l->pages->fonts, &lettering, cell, l->width[c] + 0.5, 0.0, spacing);
        if (paragraph == NULL) {
            return OKRUG_NO_MEMORY;
        }
        *height = fmax(*height, okrug_paragraph_height(paragraph));
        if (drawn && l->pages->canvas != NULL) {
            double x = l->left[c] + (is_number(table, c) ? l->width[c] : 0.0);
            okrug_draw_paragraph(l->pages->canvas, x, l->pages->y + above, paragraph, 0,
                                 okrug_paragraph_lines(paragraph));
        }
        okrug_paragraph_free(paragraph);
    }
    *height += 2.0 * above;
    return OKRUG_OK;
}

static void rule(layout *l, double width, uint32_t colour) {
    okrug_pages *pages = l->pages;
    if (pages->canvas != NULL) {
        okrug_draw_line(pages->canvas, (double[]){pages->left, pages->y},
                        (double[]){pages->left + pages->width, pages->y}, width, colour, 0.0);
    }
}

static okrug_status headings(layout *l) {
    double height = 0.0;
    rule(l, 0.8, OKRUG_INK);
    OKRUG_TRY(row_of_cells(l, -1, true, &height));
    l->pages->y += height;
    rule(l, 0.8, OKRUG_INK);
    return OKRUG_OK;
}

static okrug_status continue_table(layout *l) {
    char number[16];
    snprintf(number, sizeof number, "%d", l->block->number);
    const char *text =
        okrug_shown_text(l->pages->report->start.catalogue, "report.table-continued", "", "Table {number}");
    okrug_buffer filled = {0};
    rule(l, 0.8, OKRUG_INK);
    okrug_pages_new_page(l->pages);
    okrug_catalogue_fill(text, 1, (const char *[]){"number"}, (const char *[]){number}, &filled);
    okrug_status status = okrug_buffer_status(&filled);
    if (status == OKRUG_OK) {
        status = okrug_pages_note(l->pages, filled.bytes, OKRUG_ALIGN_START, 10.0, true);
    }
    okrug_buffer_free(&filled);
    OKRUG_TRY(status);
    return headings(l);
}

static okrug_status rows(layout *l) {
    int64_t count = l->table->table->rows;
    double height = 0.0;
    for (int64_t r = 0; r < count; r++) {
        OKRUG_TRY(okrug_check_cancel(l->pages->ctx));
        OKRUG_TRY(row_of_cells(l, r, false, &height));
        /* The last row brings the source with it. */
        double need = height + (r == count - 1 && l->table->source != NULL ? 30.0 : 0.0);
        if (l->pages->y + need > l->pages->bottom && r > 0) {
            OKRUG_TRY(continue_table(l));
        } else if (r > 0) {
            rule(l, 0.5, OKRUG_RULE);
        }
        OKRUG_TRY(row_of_cells(l, r, true, &height));
        l->pages->y += height;
    }
    rule(l, 0.8, OKRUG_INK);
    l->pages->y += 5.0;
    return OKRUG_OK;
}

static okrug_status notes(layout *l) {
    okrug_buffer missing = {0};
    okrug_report_missing(l->pages->report, l->table, &missing);
    okrug_status status = missing.failed ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK && missing.length > 0) {
        status = okrug_pages_note(l->pages, missing.bytes, OKRUG_ALIGN_START, 9.5, false);
    }
    okrug_buffer_free(&missing);
    if (status == OKRUG_OK && l->table->source != NULL) {
        status = okrug_pages_note(l->pages, l->table->source, OKRUG_ALIGN_START, 9.5, false);
    }
    l->pages->y += 10.0;
    return status;
}

/* The height of all of it, as far as it matters. */
static okrug_status measure(layout *l, double *whole) {
    *whole = 80.0; /* caption, notes and the space around them */
    for (int64_t r = -1; r < l->table->table->rows && *whole < l->pages->bottom; r++) {
        double height = 0.0;
        OKRUG_TRY(row_of_cells(l, r, false, &height));
        *whole += height;
    }
    return OKRUG_OK;
}

okrug_status okrug_pages_table(okrug_pages *pages, const okrug_block *block) {
    layout l = {.pages = pages, .block = block, .table = &block->table};
    if (block->table.columns == 0) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(pages->ctx);
    double *numbers = OKRUG_SCRATCH_ZERO(pages->ctx, 4 * (int64_t)block->table.columns, double);
    if (numbers == NULL) {
        return OKRUG_NO_MEMORY;
    }
    l.left = numbers;
    l.width = numbers + block->table.columns;
    l.wide = l.width + block->table.columns;
    l.least = l.wide + block->table.columns;
    set_widths(&l);
    pages->y += pages->y > pages->top ? 6.0 : 0.0;
    double whole = 0.0;
    okrug_status status = measure(&l, &whole);
    /* A short table stays whole; of a long one caption, headings and some rows stay together. */
    okrug_pages_need(pages, whole < 0.4 * (pages->bottom - pages->top) ? whole : 130.0);
    status = status != OKRUG_OK ? status : okrug_pages_note(pages, block->text, OKRUG_ALIGN_START, 11.0, true);
    status = status == OKRUG_OK ? headings(&l) : status;
    status = status == OKRUG_OK ? rows(&l) : status;
    status = status == OKRUG_OK ? notes(&l) : status;
    okrug_scratch_reset(pages->ctx, mark);
    return status;
}
