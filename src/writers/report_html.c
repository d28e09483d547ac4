/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A report as one HTML page that stands alone: no scripts, nothing fetched, figures as SVG inside it.
 */
#include <string.h>

#include <okrug/number.h>

#include "writers/html.h"
#include "writers/report_private.h"

typedef struct {
    okrug_html html;
    okrug_ctx *ctx;
    const okrug_report *report;
    const okrug_fonts *fonts;
    bool list; /* inside <ul> */
} page;

static const double figure_width = 620.0;

/* Bold comes and goes inside a text. */
static void add_words(okrug_html *html, const char *text) {
    bool bold = false;
    for (;;) {
        const char *end = strchr(text, OKRUG_STRONG[0]);
        okrug_buffer part = {0};
        okrug_buffer_add(&part, text, end != NULL ? (size_t)(end - text) : strlen(text));
        okrug_html_text(html, part.bytes != NULL ? part.bytes : "");
        html->stream.text.failed = html->stream.text.failed || part.failed;
        okrug_buffer_free(&part);
        if (end == NULL) {
            break;
        }
        bold = !bold;
        okrug_html_raw(html, bold ? "<strong>" : "</strong>");
        text = end + 1;
    }
    okrug_html_raw(html, bold ? "</strong>" : "");
}

static void add_element(okrug_html *html, const char *open, const char *text, const char *close) {
    okrug_html_raw(html, open);
    add_words(html, text);
    okrug_html_raw(html, close);
}

static void add_heading(page *p, const okrug_block *block) {
    okrug_buffer_add_format(&p->html.stream.text, "<h2 id=\"part-%d\">%d&ensp;", block->number, block->number);
    add_words(&p->html, block->text);
    okrug_html_raw(&p->html, "</h2>\n");
}

static void add_contents(page *p) {
    okrug_html_raw(&p->html, "<nav><h2>");
    okrug_html_key(&p->html, "report.contents", "Contents");
    okrug_html_raw(&p->html, "</h2>\n<ol>\n");
    for (const okrug_block *block = p->report->first; block != NULL; block = block->next) {
        if (block->kind == OKRUG_BLOCK_HEADING) {
            okrug_buffer_add_format(&p->html.stream.text, "<li><a href=\"#part-%d\">", block->number);
            add_words(&p->html, block->text);
            okrug_html_raw(&p->html, "</a></li>\n");
        }
    }
    okrug_html_raw(&p->html, "</ol></nav>\n");
}

static void add_approval(page *p) {
    static const char *const keys[] = {"report.approve", "report.approve-post", "report.approve-name",
                                       "report.approve-date"};
    okrug_html_raw(&p->html, "<div class=\"approval\">");
    for (int i = 0; i < 4; i++) {
        okrug_html_raw(&p->html, i == 0 ? "<p><strong>" : "<p>");
        okrug_html_key(&p->html, keys[i], keys[i]);
        okrug_html_raw(&p->html, i == 0 ? "</strong></p>" : "</p>");
    }
    okrug_html_raw(&p->html, "</div>\n");
}

static void add_cell(page *p, const okrug_report_table *table, int c, int64_t row) {
    const okrug_column *column = &table->table->column[table->column[c].column];
    char text[OKRUG_FIXED_TEXT];
    const char *cell = okrug_report_cell(p->report, table, c, row, text);
    okrug_html *html = &p->html;
    bool number = column->type == OKRUG_NUMBER;
    okrug_html_raw(html, number ? "<td class=\"number\"" : c == 0 ? "<th scope=\"row\"" : "<td");
    if (number && okrug_reason_at(column, row) == OKRUG_PRESENT) { /* all digits under the pointer */
        okrug_html_raw(html, " title=\"");
        okrug_buffer_add_number(&html->stream.text, column->number[row]);
        okrug_html_raw(html, "\"");
    }
    okrug_html_raw(html, ">");
    okrug_html_text(html, cell);
    okrug_html_raw(html, !number && c == 0 ? "</th>" : "</td>");
}

static void add_source(page *p, const char *source) {
    if (source != NULL) {
        add_element(&p->html, "<p class=\"note\">", source, "</p>\n");
    }
}

static void add_table(page *p, const okrug_block *block) {
    const okrug_report_table *table = &block->table;
    okrug_html *html = &p->html;
    okrug_html_raw(html, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
    okrug_html_text(html, block->text);
    add_element(html, "\">\n<table>\n<caption>", block->text, "</caption>\n<thead><tr>");
    for (int c = 0; c < table->columns; c++) {
        bool number = table->table->column[table->column[c].column].type == OKRUG_NUMBER;
        add_element(html, number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">",
                    table->column[c].heading, "</th>");
    }
    okrug_html_raw(html, "</tr></thead>\n<tbody>\n");
    for (int64_t r = 0; r < table->table->rows; r++) {
        okrug_html_raw(html, "<tr>");
        for (int c = 0; c < table->columns; c++) {
            add_cell(p, table, c, r);
        }
        okrug_html_raw(html, "</tr>\n");
    }
    okrug_html_raw(html, "</tbody>\n</table>\n</div>\n");
    okrug_buffer missing = {0};
    okrug_report_missing(p->report, table, &missing);
    add_source(p, missing.bytes);
    html->stream.text.failed = html->stream.text.failed || missing.failed;
    okrug_buffer_free(&missing);
    add_source(p, table->source);
}

/* Below a figure that stands alone; nothing where `mark` is NULL. */
static const double mark_height = 16.0;

static void draw_mark(okrug_canvas *canvas, double x, double y, const char *mark) {
    okrug_lettering lettering = {.size = 8.5, .colour = OKRUG_ABOVE, .bold = true, .align = OKRUG_ALIGN_MIDDLE};
    if (mark != NULL) {
        okrug_draw_text(canvas, x + figure_width / 2.0, y + 12.0, mark, &lettering);
    }
}

static okrug_status svg_of(okrug_ctx *ctx, const okrug_fonts *fonts, const okrug_block *block, const char *mark,
                           okrug_buffer *out) {
    char prefix[24];
    snprintf(prefix, sizeof prefix, "figure-%d", block->number);
    double height = okrug_figure_height(fonts, &block->figure, figure_width);
    okrug_canvas *canvas =
        okrug_canvas_svg(fonts, figure_width, height + (mark != NULL ? mark_height : 0.0), prefix, block->text);
    if (canvas == NULL) {
        return OKRUG_NO_MEMORY;
    }
    draw_mark(canvas, 0.0, height, mark);
    okrug_status status = okrug_figure_draw(ctx, canvas, &block->figure, 0.0, 0.0, figure_width);
    okrug_status finished = okrug_canvas_finish(canvas, out);
    return status == OKRUG_OK ? finished : status;
}

static okrug_status add_figure(page *p, const okrug_block *block) {
    okrug_html_raw(&p->html, "<figure>\n");
    OKRUG_TRY(svg_of(p->ctx, p->fonts, block, NULL, &p->html.stream.text));
    add_element(&p->html, "<figcaption>", block->text, "</figcaption>\n");
    add_source(p, block->figure.source);
    okrug_html_raw(&p->html, "</figure>\n");
    return OKRUG_OK;
}

/* What opens and closes the texts of each kind. */
static const char *const elements[][2] = {
    [OKRUG_BLOCK_KICKER] = {"<p class=\"kicker\">", "</p>\n"},
    [OKRUG_BLOCK_TITLE] = {"<h1>", "</h1>\n"},
    [OKRUG_BLOCK_LEAD] = {"<p class=\"lead\">", "</p>\n"},
    [OKRUG_BLOCK_CARD] = {"<h2 class=\"card\">", "</h2>\n"},
    [OKRUG_BLOCK_SUBHEADING] = {"<h3>", "</h3>\n"},
    [OKRUG_BLOCK_TEXT] = {"<p>", "</p>\n"},
    [OKRUG_BLOCK_NOTE] = {"<p class=\"note\">", "</p>\n"},
    [OKRUG_BLOCK_ITEM] = {"<li>", "</li>\n"},
};

static okrug_status add_block(page *p, const okrug_block *block) {
    bool item = block->kind == OKRUG_BLOCK_ITEM;
    okrug_html_raw(&p->html, item == p->list ? "" : item ? "<ul>\n" : "</ul>\n");
    p->list = item;
    switch (block->kind) {
    case OKRUG_BLOCK_APPROVAL:
        add_approval(p);
        return OKRUG_OK;
    case OKRUG_BLOCK_HEADING:
        add_heading(p, block);
        return OKRUG_OK;
    case OKRUG_BLOCK_CONTENTS:
        add_contents(p);
        return OKRUG_OK;
    case OKRUG_BLOCK_BREAK:
        okrug_html_raw(&p->html, "<div class=\"break\"></div>\n");
        return OKRUG_OK;
    case OKRUG_BLOCK_TABLE:
        add_table(p, block);
        return OKRUG_OK;
    case OKRUG_BLOCK_FIGURE:
        return add_figure(p, block);
    default:
        add_element(&p->html, elements[block->kind][0], block->text, elements[block->kind][1]);
        return OKRUG_OK;
    }
}

static okrug_status add_page(page *p) {
    okrug_html *html = &p->html;
    okrug_html_raw(html, "<!DOCTYPE html>\n<html lang=\"");
    okrug_html_key(html, "html.lang", "en");
    okrug_html_raw(html, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    okrug_html_text(html, p->report->start.title);
    okrug_html_raw(html, "</title>\n<style>\n");
    okrug_html_raw(html, okrug_html_style);
    okrug_html_raw(html, okrug_html_report_style);
    okrug_html_raw(html, "</style>\n</head>\n<body>\n");
    if (p->report->start.mark != NULL) {
        add_element(html, "<p class=\"mark\">", p->report->start.mark, "</p>\n");
    }
    okrug_html_raw(html, "<main>\n");
    double total = 0.0;
    double done = 0.0;
    for (const okrug_block *block = p->report->first; block != NULL; block = block->next) {
        total += 1.0;
    }
    for (const okrug_block *block = p->report->first; block != NULL; block = block->next) {
        OKRUG_TRY(okrug_check_cancel(p->ctx));
        OKRUG_TRY(add_block(p, block));
        okrug_progress(p->ctx, "task.report", ++done, total);
    }
    okrug_html_raw(html, p->list ? "</ul>\n" : "");
    okrug_html_raw(html, "</main>\n</body>\n</html>\n");
    return okrug_buffer_status(&html->stream.text);
}

okrug_status okrug_report_html(okrug_ctx *ctx, const okrug_report *report, okrug_buffer *out) {
    OKRUG_TRY(okrug_report_status(report));
    okrug_fonts *fonts = NULL;
    OKRUG_TRY(okrug_fonts_new(ctx, &fonts));
    page p = {.ctx = ctx, .report = report, .fonts = fonts, .html = {.catalogue = report->start.catalogue}};
    okrug_status status = add_page(&p);
    okrug_fonts_free(fonts);
    if (status == OKRUG_OK) {
        *out = p.html.stream.text;
    } else {
        okrug_buffer_free(&p.html.stream.text);
    }
    return status;
}

/* ---- One figure -------------------------------------------------------------------------------------------------- */

static okrug_status png_of(okrug_ctx *ctx, const okrug_fonts *fonts, const okrug_block *block, const char *mark,
                           okrug_buffer *out) {
    static const double margin = 12.0;
    double height = okrug_figure_height(fonts, &block->figure, figure_width) + (mark != NULL ? mark_height : 0.0);
    static const double scale = 300.0 / 72.0;
    static const double pixels_most = 32767.0; /* cairo's */
    if ((height + 2.0 * margin) * scale > pixels_most) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "figure-too-tall", NULL, "number",
                          okrug_text_integer(ctx, block->number), (char *)NULL);
    }
    okrug_canvas *canvas = okrug_canvas_png(fonts, figure_width + 2.0 * margin, height + 2.0 * margin, scale);
    if (canvas == NULL) {
        return OKRUG_NO_MEMORY;
    }
    draw_mark(canvas, margin, height - mark_height + margin, mark);
    okrug_status status = okrug_figure_draw(ctx, canvas, &block->figure, margin, margin, figure_width);
    okrug_status finished = okrug_canvas_finish(canvas, out);
    return status == OKRUG_OK ? finished : status;
}

okrug_status okrug_report_figure_alone(okrug_ctx *ctx, const okrug_report *report, int number, bool png,
                                       okrug_buffer *out) {
    OKRUG_TRY(okrug_report_status(report));
    const okrug_block *block = report->first;
    while (block != NULL && (block->kind != OKRUG_BLOCK_FIGURE || block->number != number)) {
        block = block->next;
    }
    if (block == NULL) {
        return okrug_fail(ctx, OKRUG_NOT_FOUND, "no-figure", NULL, "number", okrug_text_integer(ctx, number), "figures",
                          okrug_text_integer(ctx, report->figures), (char *)NULL);
    }
    okrug_fonts *fonts = NULL;
    OKRUG_TRY(okrug_fonts_new(ctx, &fonts));
    okrug_status status =
        png ? png_of(ctx, fonts, block, report->start.mark, out) : svg_of(ctx, fonts, block, report->start.mark, out);
    okrug_fonts_free(fonts);
    return status;
}
