/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A report on A4: blocks flow down the pages. It is laid out twice, the first time without a canvas, so that the
 * contents know the pages of the headings. Tables are in report_pdf_table.c.
 */
#include "writers/report_pdf.h"

#include <math.h>
#include <string.h>

#include "writers/stream.h"

static const double mm = 72.0 / 25.4;

/* How texts of each kind look. Spaces are above and below, in points. */
typedef struct {
    okrug_lettering lettering;
    double spacing, above, below, indent, left;
    double keep; /* so much must fit below it on the same page */
} style;

static const style styles[] = {
    [OKRUG_BLOCK_KICKER] = {{.size = 11, .colour = OKRUG_MUTED}, 1.3, 0, 4, 0, 0, 60},
    [OKRUG_BLOCK_TITLE] = {{.size = 24, .colour = OKRUG_INK, .bold = true}, 1.2, 0, 10, 0, 0, 60},
    [OKRUG_BLOCK_LEAD] = {{.size = 13, .colour = OKRUG_INK}, 1.4, 0, 6, 0, 0, 0},
    [OKRUG_BLOCK_CARD] = {{.size = 12, .colour = OKRUG_INK, .bold = true}, 1.3, 12, 3, 0, 0, 40},
    [OKRUG_BLOCK_HEADING] = {{.size = 15, .colour = OKRUG_INK, .bold = true}, 1.25, 20, 8, 0, 0, 90},
    [OKRUG_BLOCK_SUBHEADING] = {{.size = 12, .colour = OKRUG_INK, .bold = true}, 1.3, 12, 4, 0, 0, 50},
    [OKRUG_BLOCK_TEXT] = {{.size = 12, .colour = OKRUG_INK}, 1.5, 0, 6, 35.43, 0, 0},
    [OKRUG_BLOCK_NOTE] = {{.size = 9.5, .colour = OKRUG_MUTED}, 1.35, 2, 6, 0, 0, 0},
    [OKRUG_BLOCK_ITEM] = {{.size = 11, .colour = OKRUG_INK}, 1.35, 0, 2.5, 0, 14, 0},
};

void okrug_pages_new_page(okrug_pages *pages) {
    if (pages->page > 1 && pages->canvas != NULL) { /* the first page has no number */
        okrug_lettering lettering = {.size = 10, .colour = OKRUG_MUTED, .align = OKRUG_ALIGN_MIDDLE};
        char number[16];
        snprintf(number, sizeof number, "%d", pages->page);
        okrug_draw_text(pages->canvas, pages->left + pages->width / 2.0, pages->bottom + 11.0 * mm, number, &lettering);
    }
    if (pages->report->start.mark != NULL && pages->canvas != NULL) {
        okrug_lettering lettering = {.size = 9, .colour = OKRUG_ABOVE, .bold = true, .align = OKRUG_ALIGN_MIDDLE};
        okrug_draw_text(pages->canvas, pages->left + pages->width / 2.0, 11.0 * mm, pages->report->start.mark,
                        &lettering);
    }
    if (pages->canvas != NULL) {
        okrug_pdf_end_page(pages->canvas);
    }
    pages->page++;
    pages->y = pages->top;
}

void okrug_pages_need(okrug_pages *pages, double height) {
    if (pages->y + height > pages->bottom && pages->y > pages->top) {
        okrug_pages_new_page(pages);
    }
}

/* Lines from page to page; never one line alone on either. */
static void flow(okrug_pages *pages, const okrug_paragraph *paragraph, double x) {
    int lines = okrug_paragraph_lines(paragraph);
    double height = okrug_paragraph_line_height(paragraph);
    int done = 0;
    while (done < lines) {
        int fit = (int)floor((pages->bottom - pages->y) / height + 1e-6);
        int rest = lines - done;
        int take = rest < fit ? rest : fit;
        if (take < rest && rest - take == 1) {
            take--;
        }
        if (take < rest && take < 2) {
            take = 0;
        }
        if (take <= 0 && pages->y <= pages->top) {
            take = 1; /* a page that holds not even that would never end */
        }
        if (pages->canvas != NULL && take > 0) {
            okrug_draw_paragraph(pages->canvas, x, pages->y, paragraph, done, take);
        }
        pages->y += take * height;
        done += take > 0 ? take : 0;
        if (done < lines) {
            okrug_pages_new_page(pages);
        }
    }
}

static okrug_status add_words(okrug_pages *pages, const char *text, const style *s, double width) {
    okrug_paragraph *paragraph =
        okrug_paragraph_new(pages->fonts, &s->lettering, text, width - s->left, s->indent, s->spacing);
    if (paragraph == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double lines = okrug_paragraph_lines(paragraph);
    double first = okrug_paragraph_line_height(paragraph) * (s->keep > 0.0 ? lines : fmin(lines, 2.0));
    pages->y += pages->y > pages->top ? s->above : 0.0;
    okrug_pages_need(pages, first + s->keep);
    pages->mark_page = pages->page;
    pages->mark_y = pages->y;
    flow(pages, paragraph, pages->left + s->left);
    pages->y += s->below;
    okrug_paragraph_free(paragraph);
    return OKRUG_OK;
}

okrug_status okrug_pages_note(okrug_pages *pages, const char *text, okrug_align align, double size, bool keep) {
    style s = styles[OKRUG_BLOCK_NOTE];
    s.lettering.size = size;
    s.lettering.align = align;
    s.lettering.colour = keep ? OKRUG_INK : OKRUG_MUTED;
    s.above = 0.0;
    s.below = 3.0;
    okrug_paragraph *paragraph = okrug_paragraph_new(pages->fonts, &s.lettering, text, pages->width, 0.0, s.spacing);
    if (paragraph == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double x = align == OKRUG_ALIGN_MIDDLE ? pages->left + pages->width / 2.0 : pages->left;
    flow(pages, paragraph, x);
    pages->y += s.below;
    okrug_paragraph_free(paragraph);
    return OKRUG_OK;
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

static const char *text_of(const okrug_pages *pages, const char *key) {
    return okrug_shown_text(pages->report->start.catalogue, key, "", key);
}

/* At the right, with room to sign: who approves is written by hand. */
static void add_approval(okrug_pages *pages) {
    static const char *const keys[] = {"report.approve", "report.approve-post", "report.approve-name",
                                       "report.approve-date"};
    okrug_lettering lettering = {.size = 10.5, .colour = OKRUG_INK};
    double x = pages->left + pages->width * 0.56;
    for (int i = 0; i < 4; i++) {
        lettering.bold = i == 0;
        if (pages->canvas != NULL) {
            okrug_draw_text(pages->canvas, x, pages->y + 11.0, text_of(pages, keys[i]), &lettering);
        }
        pages->y += i == 0 ? 19.0 : 20.0;
    }
    pages->y += 12.0;
}

static okrug_status add_heading(okrug_pages *pages, const okrug_block *block) {
    okrug_buffer text = {0};
    okrug_buffer_add_format(&text, "%d  %s", block->number, block->text);
    okrug_status status = okrug_buffer_status(&text);
    if (status == OKRUG_OK) {
        status = add_words(pages, text.bytes, &styles[OKRUG_BLOCK_HEADING], pages->width);
    }
    if (status == OKRUG_OK) {
        okrug_heading_place *place = &pages->headings[block->number - 1];
        *place = (okrug_heading_place){pages->mark_page, pages->mark_y};
        if (pages->canvas != NULL) {
            okrug_pdf_outline(pages->canvas, 1, text.bytes, place->page, place->y);
        }
    }
    okrug_buffer_free(&text);
    return status;
}

static okrug_status add_entry(okrug_pages *pages, const okrug_block *block) {
    okrug_lettering lettering = {.size = 11.5, .colour = OKRUG_INK};
    okrug_buffer text = {0};
    okrug_buffer_add_format(&text, "%d  %s", block->number, block->text);
    okrug_paragraph *entry =
        text.failed ? NULL : okrug_paragraph_new(pages->fonts, &lettering, text.bytes, pages->width - 40.0, -16.0, 1.3);
    okrug_buffer_free(&text);
    if (entry == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double height = okrug_paragraph_height(entry);
    okrug_pages_need(pages, height);
    const okrug_heading_place *place = &pages->headings[block->number - 1];
    if (pages->canvas != NULL) {
        char number[16];
        snprintf(number, sizeof number, "%d", place->page);
        okrug_draw_paragraph(pages->canvas, pages->left, pages->y, entry, 0, okrug_paragraph_lines(entry));
        lettering.align = OKRUG_ALIGN_END;
        okrug_draw_text(pages->canvas, pages->left + pages->width, pages->y + height - 4.0, number, &lettering);
        const double box[4] = {pages->left, pages->y, pages->width, height};
        okrug_pdf_link(pages->canvas, box, place->page, place->y);
    }
    pages->y += height + 4.0;
    okrug_paragraph_free(entry);
    return OKRUG_OK;
}

static okrug_status add_contents(okrug_pages *pages) {
    OKRUG_TRY(add_words(pages, text_of(pages, "report.contents"), &styles[OKRUG_BLOCK_HEADING], pages->width));
    for (const okrug_block *block = pages->report->first; block != NULL; block = block->next) {
        if (block->kind == OKRUG_BLOCK_HEADING) {
            OKRUG_TRY(add_entry(pages, block));
        }
    }
    return OKRUG_OK;
}

static okrug_status draw_figure(okrug_pages *pages, const okrug_report_figure *figure) {
    double height = okrug_figure_height(pages->fonts, figure, pages->width);
    okrug_pages_need(pages, fmin(height + 60.0, pages->bottom - pages->top));
    if (pages->canvas != NULL) {
        OKRUG_TRY(okrug_figure_draw(pages->ctx, pages->canvas, figure, pages->left, pages->y, pages->width));
    }
    pages->y += height + 8.0;
    return OKRUG_OK;
}

/* Rows that are more than a page holds. */
static okrug_status draw_parts(okrug_pages *pages, const okrug_rows_chart *whole) {
    double widths[2];
    okrug_part_room room = {.width = pages->width, .height = pages->bottom - pages->top - 60.0, .widths = widths};
    okrug_rows_widths(pages->fonts, whole, widths);
    for (int64_t done = 0; done < whole->rows;) {
        okrug_rows_chart part;
        okrug_report_figure figure = {.kind = OKRUG_FIGURE_ROWS, .rows = &part};
        done = okrug_figure_part(pages->fonts, whole, &room, done, &part);
        OKRUG_TRY(okrug_check_cancel(pages->ctx));
        OKRUG_TRY(draw_figure(pages, &figure));
    }
    return OKRUG_OK;
}

static okrug_status add_figure(okrug_pages *pages, const okrug_block *block) {
    double height = okrug_figure_height(pages->fonts, &block->figure, pages->width);
    bool parts = block->figure.kind == OKRUG_FIGURE_ROWS && height + 60.0 > pages->bottom - pages->top;
    OKRUG_TRY(parts ? draw_parts(pages, block->figure.rows) : draw_figure(pages, &block->figure));
    OKRUG_TRY(okrug_pages_note(pages, block->text, OKRUG_ALIGN_MIDDLE, 11.0, true));
    if (block->figure.source != NULL) {
        OKRUG_TRY(okrug_pages_note(pages, block->figure.source, OKRUG_ALIGN_START, 9.5, false));
    }
    pages->y += 10.0;
    return OKRUG_OK;
}

/* A dash hangs before the text. */
static okrug_status add_item(okrug_pages *pages, const okrug_block *block) {
    const style *s = &styles[OKRUG_BLOCK_ITEM];
    OKRUG_TRY(add_words(pages, block->text, s, pages->width));
    if (pages->canvas != NULL && pages->mark_page == pages->page) {
        double base = pages->mark_y + s->lettering.size * (s->spacing / 2.0 + 0.35);
        okrug_draw_text(pages->canvas, pages->left + 2.0, base, "\xE2\x80\x93", &s->lettering);
    }
    return OKRUG_OK;
}

static okrug_status add_block(okrug_pages *pages, const okrug_block *block) {
    switch (block->kind) {
    case OKRUG_BLOCK_APPROVAL:
        add_approval(pages);
        return OKRUG_OK;
    case OKRUG_BLOCK_HEADING:
        return add_heading(pages, block);
    case OKRUG_BLOCK_CONTENTS:
        return add_contents(pages);
    case OKRUG_BLOCK_BREAK:
        okrug_pages_new_page(pages);
        return OKRUG_OK;
    case OKRUG_BLOCK_TABLE:
        return okrug_pages_table(pages, block);
    case OKRUG_BLOCK_FIGURE:
        return add_figure(pages, block);
    case OKRUG_BLOCK_ITEM:
        return add_item(pages, block);
    default:
        return add_words(pages, block->text, &styles[block->kind], pages->width);
    }
}

static double height_of(const okrug_pages *pages, const okrug_block *figure) {
    return fmin(okrug_figure_height(pages->fonts, &figure->figure, pages->width) + 60.0, pages->bottom - pages->top);
}

/* A figure that must go to the next page lets the table after it fill this one, if much of it is left. */
static bool table_first(const okrug_pages *pages, const okrug_block *block) {
    double left = pages->bottom - pages->y;
    return block->kind == OKRUG_BLOCK_FIGURE && block->next != NULL && block->next->kind == OKRUG_BLOCK_TABLE &&
           left > 150.0 && height_of(pages, block) > left;
}

static okrug_status lay_out(okrug_pages *pages) {
    double done = 0.0;
    double total = 0.0;
    for (const okrug_block *block = pages->report->first; block != NULL; block = block->next) {
        total += 1.0;
    }
    pages->page = 1;
    pages->y = pages->top;
    for (const okrug_block *block = pages->report->first; block != NULL; block = block->next) {
        OKRUG_TRY(okrug_check_cancel(pages->ctx));
        if (table_first(pages, block)) {
            OKRUG_TRY(add_block(pages, block->next));
            OKRUG_TRY(add_block(pages, block));
            block = block->next;
        } else {
            OKRUG_TRY(add_block(pages, block));
        }
        if (pages->canvas != NULL) {
            okrug_progress(pages->ctx, "task.report", ++done, total);
        }
    }
    okrug_pages_new_page(pages);
    return OKRUG_OK;
}

static okrug_status draw(okrug_pages *pages, okrug_buffer *out) {
    const okrug_report_start *start = &pages->report->start;
    const double width = 210.0 * mm;
    const double height = 297.0 * mm;
    pages->left = 30.0 * mm;
    pages->width = width - 45.0 * mm;
    pages->top = 20.0 * mm;
    pages->bottom = height - 20.0 * mm;
    pages->headings = OKRUG_SCRATCH_ZERO(pages->ctx, pages->report->headings + 1, okrug_heading_place);
    if (pages->headings == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(lay_out(pages));
    okrug_pdf_request request = {.title = start->title, .date = start->date, .width = width, .height = height};
    pages->canvas = okrug_canvas_pdf(pages->fonts, &request);
    if (pages->canvas == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = lay_out(pages);
    okrug_status finished = okrug_canvas_finish(pages->canvas, out);
    return status == OKRUG_OK ? finished : status;
}

okrug_status okrug_report_pdf(okrug_ctx *ctx, const okrug_report *report, okrug_buffer *out) {
    OKRUG_TRY(okrug_report_status(report));
    okrug_pages pages = {.ctx = ctx, .report = report};
    okrug_fonts *fonts = NULL;
    OKRUG_TRY(okrug_fonts_new(ctx, &fonts));
    pages.fonts = fonts;
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = draw(&pages, out);
    okrug_scratch_reset(ctx, mark);
    okrug_fonts_free(fonts);
    return status;
}
