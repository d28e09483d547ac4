/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables of the DOCX writer: headings that come again on every page, rows that no page parts, columns as wide as what
 * they hold needs, measured in letters.
 */
#include <math.h>
#include <string.h>

#include <okrug/number.h>

#include "writers/report_docx.h"
#include "writers/stream.h"

/* Lengths are in twentieths of a point. */
static const double text_width = 9355.0;
static const double padding = 140.0; /* of a cell, left and right */
static const double letter = 108.0;  /* an average one of 10 points */
enum { SMALL = 16 };                 /* size in half points where the columns are many */

typedef struct {
    double least; /* what parts no word */
    double wide;  /* what it would like */
} need;

static bool is_number(const okrug_report_table *table, int c) {
    return table->table->column[table->column[c].column].type == OKRUG_NUMBER;
}

static double letters(const char *text, size_t length) {
    double count = 0.0;
    for (size_t i = 0; i < length; i++) {
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return count;
}

static double longest_word(const char *text) {
    double longest = 0.0;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        longest = fmax(longest, letters(text, length));
        text += length + (text[length] == ' ');
    }
    return longest;
}

static need need_of(const okrug_docx *docx, const okrug_report_table *table, int c) {
    static const double longest = 60.0;      /* letters that a column asks room for */
    static const double longest_part = 30.0; /* of a word that is not parted */
    char text[OKRUG_FIXED_TEXT];
    need n = {.least = longest_word(table->column[c].heading)};
    n.wide = n.least;
    for (int64_t r = 0; r < table->table->rows; r++) {
        const char *cell = okrug_report_cell(docx->report, table, c, r, text);
        double all = letters(cell, strlen(cell));
        n.least = fmax(n.least, fmin(is_number(table, c) ? all : longest_word(cell), longest_part));
        n.wide = fmax(n.wide, fmin(all, longest));
    }
    n.wide = fmax(n.wide, n.least);
    return n;
}

/* The widths, as the PDF sets them: the least each, and its part of what is left. Whether letters must be small. */
static bool set_widths(const okrug_docx *docx, const okrug_report_table *table, need *needs, double *width) {
    double least = 0.0;
    double wide = 0.0;
    for (int c = 0; c < table->columns; c++) {
        need n = need_of(docx, table, c);
        needs[c] = (need){n.least * letter + padding, n.wide * letter + padding};
        least += needs[c].least;
        wide += needs[c].wide;
    }
    for (int c = 0; c < table->columns; c++) {
        width[c] = least > text_width ? needs[c].least * text_width / least
                   : wide <= text_width
                       ? needs[c].wide * text_width / wide
                       : needs[c].least + (needs[c].wide - needs[c].least) * (text_width - least) / (wide - least);
    }
    return least > text_width;
}

static void add_cell(okrug_buffer *out, const char *style, const char *text, double width, bool right, bool small) {
    char look[64] = "";
    if (small) {
        snprintf(look, sizeof look, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", SMALL, SMALL);
    }
    okrug_buffer_add_format(out,
                            "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle "
                            "w:val=\"%s\"/>%s</w:pPr>",
                            (int)lround(width), style, right ? "<w:jc w:val=\"right\"/>" : "");
    okrug_docx_words(out, text, look);
    okrug_buffer_add_text(out, "</w:p></w:tc>");
}

static void add_rows(okrug_docx *docx, const okrug_report_table *table, const double *width, bool small) {
    okrug_buffer *out = &docx->body;
    char text[OKRUG_FIXED_TEXT];
    for (int64_t r = -1; r < table->table->rows; r++) {
        okrug_buffer_add_format(out, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", r < 0 ? "<w:tblHeader/>" : "");
        for (int c = 0; c < table->columns; c++) {
            add_cell(out, r < 0 ? "TableHead" : "TableText",
                     r < 0 ? table->column[c].heading : okrug_report_cell(docx->report, table, c, r, text), width[c],
                     is_number(table, c), small);
        }
        okrug_buffer_add_text(out, "</w:tr>\n");
    }
}

void okrug_docx_table(okrug_docx *docx, const okrug_block *block) {
    const okrug_report_table *table = &block->table;
    okrug_buffer *out = &docx->body;
    if (table->columns == 0) {
        return;
    }
    okrug_mark mark = okrug_scratch_mark(docx->ctx);
    double *width = OKRUG_SCRATCH(docx->ctx, table->columns, double);
    need *needs = OKRUG_SCRATCH(docx->ctx, table->columns, need);
    if (width == NULL || needs == NULL) {
        out->failed = true;
        return;
    }
    bool small = set_widths(docx, table, needs, width);
    okrug_docx_paragraph(out, "TableCaption", block->text);
    okrug_buffer_add_text(out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"ReportTable\"/><w:tblW w:w=\"9355\" "
                               "w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" "
                               "w:firstRow=\"1\"/></w:tblPr><w:tblGrid>");
    for (int c = 0; c < table->columns; c++) {
        okrug_buffer_add_format(out, "<w:gridCol w:w=\"%d\"/>", (int)lround(width[c]));
    }
    okrug_buffer_add_text(out, "</w:tblGrid>\n");
    add_rows(docx, table, width, small);
    okrug_buffer_add_text(out, "</w:tbl>\n");
    okrug_buffer missing = {0};
    okrug_report_missing(docx->report, table, &missing);
    if (missing.length > 0) {
        okrug_docx_paragraph(out, "Note", missing.bytes);
    }
    out->failed = out->failed || missing.failed;
    okrug_buffer_free(&missing);
    /* A table needs a paragraph after it, or the next one would grow together with it. */
    okrug_docx_paragraph(out, "Note", table->source != NULL ? table->source : "");
    okrug_scratch_reset(docx->ctx, mark);
}
