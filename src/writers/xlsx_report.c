/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A report as a workbook: the answer, all its text, a sheet per table, networks as pictures, and whole results behind.
 * What other figures draw stands in the tables; a network has no table of its own.
 */
#include <stdio.h>
#include <string.h>

#include <okrug/text.h>

#include "writers/report_private.h"
#include "writers/stream.h"
#include "writers/xlsx_sheets.h"

static const char *word_of(const okrug_book *b, const char *key, const char *otherwise) {
    return okrug_shown_text(b->catalogue, "xlsx.", key, otherwise);
}

/* ---- Text -------------------------------------------------------------------------------------------------------- */

typedef struct {
    okrug_book *b;
    lxw_worksheet *sheet;
    lxw_row_t row;
} text_sheet;

/* Bold has no place inside a cell's text here; what no cell holds goes on in the next. */
static okrug_status write_line(text_sheet *t, const char *number, const char *text, bool bold) {
    enum { MOST = 32000 };
    okrug_buffer plain = {0};
    okrug_buffer_add_text(&plain, number);
    for (; *text != '\0'; text++) {
        okrug_buffer_add(&plain, text, *text != OKRUG_STRONG[0]);
    }
    okrug_status status = okrug_buffer_status(&plain);
    size_t done = 0;
    while (status == OKRUG_OK && done < plain.length) {
        char *at = plain.bytes + done;
        size_t length =
            plain.length - done > MOST ? okrug_text_cut(at, plain.length - done, MOST) : plain.length - done;
        char next = at[length];
        at[length] = '\0';
        worksheet_write_string(t->sheet, t->row++, 0, at, bold ? t->b->bold : t->b->wrapped);
        at[length] = next;
        done += length;
    }
    okrug_buffer_free(&plain);
    return status;
}

static okrug_status begin_text(okrug_book *b, const char *name, text_sheet *t) {
    char own[SHEET_NAME];
    *t = (text_sheet){.b = b};
    OKRUG_TRY(okrug_book_sheet(b, name, &t->sheet, own));
    worksheet_set_column(t->sheet, 0, 0, 110, NULL);
    return OKRUG_OK;
}

/* All texts before the contents, then the list of tables. */
static okrug_status add_answer(okrug_book *b, const okrug_report *report, const okrug_block **rest) {
    text_sheet t;
    OKRUG_TRY(begin_text(b, word_of(b, "answer", "Answer"), &t));
    const okrug_block *block = report->first;
    for (; block != NULL && block->kind != OKRUG_BLOCK_CONTENTS; block = block->next) {
        bool bold = block->kind == OKRUG_BLOCK_TITLE || block->kind == OKRUG_BLOCK_CARD;
        if (block->text != NULL && block->text[0] != '\0') {
            OKRUG_TRY(write_line(&t, "", block->text, bold));
        }
    }
    *rest = block;
    t.row++;
    for (; block != NULL; block = block->next) {
        if (block->kind == OKRUG_BLOCK_TABLE) {
            OKRUG_TRY(write_line(&t, "", block->text, false));
            OKRUG_TRY(write_line(&t, "", block->table.source != NULL ? block->table.source : "", false));
        }
    }
    return OKRUG_OK;
}

/* Everything after the contents, in its order; tables and figures by their captions. */
static okrug_status add_text(okrug_book *b, const okrug_block *block) {
    text_sheet t;
    if (block == NULL) {
        return OKRUG_OK;
    }
    OKRUG_TRY(begin_text(b, word_of(b, "text", "Text"), &t));
    for (; block != NULL; block = block->next) {
        bool heading = block->kind == OKRUG_BLOCK_HEADING;
        if (block->text == NULL || block->text[0] == '\0') {
            continue;
        }
        t.row += heading && t.row > 0;
        char number[16] = "";
        if (heading) {
            snprintf(number, sizeof number, "%d ", block->number);
        }
        OKRUG_TRY(write_line(&t, number, block->text, heading || block->kind == OKRUG_BLOCK_SUBHEADING));
    }
    return OKRUG_OK;
}

/* ---- Pictures ---------------------------------------------------------------------------------------------------- */

static okrug_status add_picture(okrug_book *b, const okrug_report *report, const okrug_block *block) {
    static const double dots = 96.0 / 300.0; /* of a screen, of the picture */
    okrug_buffer png = {0};
    okrug_buffer caption = {0}; /* the library's type is not const */
    text_sheet t;
    char name[SHEET_NAME];
    snprintf(name, sizeof name, "%s %d", word_of(b, "figure", "Figure"), block->number);
    okrug_status status = okrug_report_figure_alone(b->ctx, report, block->number, true, &png);
    status = status == OKRUG_OK ? begin_text(b, name, &t) : status;
    status = status == OKRUG_OK ? write_line(&t, "", block->text, true) : status;
    status =
        status == OKRUG_OK && block->figure.source != NULL ? write_line(&t, "", block->figure.source, false) : status;
    okrug_buffer_add(&caption, block->text, strlen(block->text) + 1);
    status = status == OKRUG_OK ? okrug_buffer_status(&caption) : status;
    if (status == OKRUG_OK) {
        lxw_image_options options = {.x_scale = dots, .y_scale = dots, .description = caption.bytes};
        lxw_error error = worksheet_insert_image_buffer_opt(t.sheet, t.row + 1, 0, (const unsigned char *)png.bytes,
                                                            png.length, &options);
        status = error == LXW_NO_ERROR ? OKRUG_OK
                                       : okrug_fail(b->ctx, OKRUG_WRITE_FAILED, "cannot-write", NULL, "cause",
                                                    lxw_strerror(error), (char *)NULL);
    }
    okrug_buffer_free(&png);
    okrug_buffer_free(&caption);
    return status;
}

/* ---- The workbook ------------------------------------------------------------------------------------------------ */

static okrug_status add_parts(okrug_book *b, const okrug_report *report) {
    for (const okrug_block *block = report->first; block != NULL; block = block->next) {
        if (block->kind == OKRUG_BLOCK_TABLE) {
            char name[SHEET_NAME];
            snprintf(name, sizeof name, "%s %d", word_of(b, "table", "Table"), block->number);
            OKRUG_TRY(okrug_sheet_table(b, name, block->table.table, &block->table));
        }
        if (block->kind == OKRUG_BLOCK_FIGURE && block->figure.kind == OKRUG_FIGURE_NETWORK) {
            OKRUG_TRY(add_picture(b, report, block));
        }
    }
    return OKRUG_OK;
}

static okrug_status fill(okrug_book *b, const okrug_report *report, const okrug_dataset *const *more, int count) {
    const okrug_block *rest = NULL;
    OKRUG_TRY(add_answer(b, report, &rest));
    OKRUG_TRY(add_text(b, rest));
    OKRUG_TRY(add_parts(b, report));
    for (int i = 0; i < count; i++) {
        OKRUG_TRY(okrug_check_cancel(b->ctx));
        okrug_progress(b->ctx, "task.report", i, count);
        for (int t = 0; t < more[i]->tables; t++) {
            const okrug_table *table = more[i]->table[t];
            OKRUG_TRY(okrug_sheet_table(b, okrug_text(b->ctx, "%s %s", more[i]->id, table->name), table, NULL));
        }
    }
    okrug_progress(b->ctx, "task.report", 1.0, 1.0);
    OKRUG_TRY(okrug_sheet_columns(b));
    okrug_provenance_sheet p;
    OKRUG_TRY(okrug_sheet_provenance(b, &p));
    for (const okrug_origin *origin = report->origins; origin != NULL; origin = origin->next) {
        OKRUG_TRY(okrug_sheet_origin(&p, origin->id, origin->provenance));
    }
    return OKRUG_OK;
}

okrug_status okrug_report_xlsx(okrug_ctx *ctx, const okrug_report *report, const okrug_dataset *const *more, int count,
                               okrug_buffer *out) {
    OKRUG_TRY(okrug_report_status(report));
    okrug_book b = {.ctx = ctx, .catalogue = report->start.catalogue, .report = report, .descriptor = -1};
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = okrug_book_open(&b);
    status = status == OKRUG_OK ? fill(&b, report, more, count) : status;
    status = okrug_book_close(&b, status, out);
    okrug_scratch_reset(ctx, mark);
    return status;
}
