/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A result as one HTML page that stands alone: no scripts, nothing fetched, so that it can be sent and kept.
 */
#include "writers/html.h"

#include <string.h>

#include <okrug/number.h>

void okrug_html_raw(okrug_html *html, const char *markup) {
    okrug_buffer_add_text(&html->stream.text, markup);
}

static const char *escape_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "\xEF\xBF\xBD"; /* control characters have no place in HTML */
    }
}

static bool is_plain(char c) {
    unsigned char u = (unsigned char)c;
    return (u >= 0x20 && u != 0x7F && c != '&' && c != '<' && c != '>' && c != '"') || c == '\n' || c == '\t';
}

void okrug_html_text(okrug_html *html, const char *text) {
    while (*text != '\0') {
        size_t plain = 0;
        while (text[plain] != '\0' && is_plain(text[plain])) {
            plain++;
        }
        okrug_buffer_add(&html->stream.text, text, plain);
        text += plain;
        if (*text != '\0') {
            okrug_html_raw(html, escape_of(*text));
            text++;
        }
    }
}

void okrug_html_key(okrug_html *html, const char *key, const char *english) {
    okrug_html_text(html, okrug_shown_text(html->catalogue, key, "", english));
}

static void shown_number(okrug_html *html, const char *digits) {
    const char *dot = strchr(digits, '.');
    if (dot == NULL) {
        okrug_html_raw(html, digits);
        return;
    }
    okrug_buffer_add(&html->stream.text, digits, (size_t)(dot - digits));
    okrug_html_text(html, html->decimal);
    okrug_html_raw(html, dot + 1);
}

/* A number for people; the exact one, where it differs, is what the pointer shows. */
static void add_number(okrug_html *html, double value) {
    char exact[OKRUG_NUMBER_TEXT];
    char shown[OKRUG_NUMBER_TEXT];
    okrug_number_write(value, exact);
    okrug_shown_number(value, shown);
    okrug_html_raw(html, "<td class=\"number\"");
    if (strcmp(exact, shown) != 0) {
        okrug_html_raw(html, " title=\"");
        okrug_html_raw(html, exact);
        okrug_html_raw(html, "\"");
    }
    okrug_html_raw(html, ">");
    shown_number(html, shown);
    okrug_html_raw(html, "</td>");
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

static void add_heading(okrug_html *html, const okrug_column *column) {
    okrug_html_raw(html, column->type == OKRUG_NUMBER ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
    okrug_html_text(html, column->name);
    const char *code = okrug_unit_code(column->unit);
    if (code[0] != '\0') {
        okrug_html_raw(html, " <span class=\"unit\">");
        okrug_html_text(html, okrug_shown_text(html->catalogue, "unit.", code, code));
        okrug_html_raw(html, "</span>");
    }
    okrug_html_raw(html, "</th>");
}

static void add_cell(okrug_html *html, const okrug_column *column, int64_t row, bool names_row) {
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        okrug_html_raw(html, column->type == OKRUG_NUMBER ? "<td class=\"missing number\">" : "<td class=\"missing\">");
        okrug_html_text(html, okrug_shown_reason(html->catalogue, column, row));
        okrug_html_raw(html, "</td>");
        return;
    }
    if (column->type == OKRUG_NUMBER) {
        add_number(html, column->number[row]);
        return;
    }
    const char *text = okrug_text_at(column, row);
    okrug_html_raw(html, names_row ? "<th scope=\"row\">" : "<td>");
    okrug_html_text(html, column->type == OKRUG_GEOMETRY ? okrug_shown_geometry(text) : text);
    okrug_html_raw(html, names_row ? "</th>" : "</td>");
}

/* "Table 2 – regions (41 rows)" */
static void add_caption(okrug_html *html, const okrug_table *table, int number) {
    char place[OKRUG_NUMBER_TEXT];
    char rows[OKRUG_NUMBER_TEXT];
    okrug_integer_write(number, place);
    okrug_integer_write(table->rows, rows);
    const char *name[] = {"number", "name", "rows"};
    const char *value[] = {place, table->name, rows};
    okrug_buffer text = {0};
    okrug_catalogue_fill(okrug_shown_text(html->catalogue, "html.table", "", "Table {number} – {name} (rows: {rows})"),
                         3, name, value, &text);
    okrug_html_raw(html, "<caption>");
    okrug_html_text(html, text.bytes != NULL ? text.bytes : table->name);
    okrug_html_raw(html, "</caption>");
    html->stream.text.failed = html->stream.text.failed || text.failed;
    okrug_buffer_free(&text);
}

/* What the columns mean, where the catalogue says it. */
static void add_columns_explained(okrug_html *html, const okrug_table *table) {
    bool any = false;
    for (int c = 0; c < table->columns; c++) {
        const char *name = table->column[c].name;
        const char *text = okrug_shown_text(html->catalogue, "column.", name, NULL);
        if (text != NULL) {
            okrug_html_raw(html, any ? "<dt>" : "<dl>\n<dt>");
            okrug_html_text(html, name);
            okrug_html_raw(html, "</dt><dd>");
            okrug_html_text(html, text);
            okrug_html_raw(html, "</dd>\n");
            any = true;
        }
    }
    okrug_html_raw(html, any ? "</dl>\n" : "");
}

static okrug_status add_table(okrug_html *html, const okrug_table *table, int number) {
    /* The box scrolls where the table is wide; keyboards must be able to reach it for that. */
    okrug_html_raw(html, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
    okrug_html_text(html, table->name);
    okrug_html_raw(html, "\">\n<table>\n");
    add_caption(html, table, number);
    okrug_html_raw(html, "\n<thead><tr>");
    for (int c = 0; c < table->columns; c++) {
        add_heading(html, &table->column[c]);
    }
    okrug_html_raw(html, "</tr></thead>\n<tbody>\n");
    for (int64_t r = 0; r < table->rows; r++) {
        okrug_html_raw(html, "<tr>");
        for (int c = 0; c < table->columns; c++) {
            add_cell(html, &table->column[c], r, c == 0);
        }
        okrug_html_raw(html, "</tr>\n");
        OKRUG_TRY(okrug_stream_step(&html->stream));
    }
    okrug_html_raw(html, "</tbody>\n</table>\n</div>\n");
    add_columns_explained(html, table);
    return OKRUG_OK;
}

/* ---- The page ---------------------------------------------------------------------------------------------------- */

static void add_title(okrug_html *html, const okrug_dataset *dataset) {
    okrug_html_text(html, okrug_shown_text(html->catalogue, "analysis.", dataset->id, dataset->id));
}

static okrug_status add_page(okrug_html *html, const okrug_dataset *dataset) {
    okrug_html_raw(html, "<!DOCTYPE html>\n<html lang=\"");
    okrug_html_key(html, "html.lang", "en");
    okrug_html_raw(html, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    add_title(html, dataset);
    okrug_html_raw(html, "</title>\n<style>\n");
    okrug_html_raw(html, okrug_html_style);
    okrug_html_raw(html, "</style>\n</head>\n<body>\n<main>\n<h1>");
    add_title(html, dataset);
    okrug_html_raw(html, "</h1>\n");
    for (int t = 0; t < dataset->tables; t++) {
        OKRUG_TRY(add_table(html, dataset->table[t], t + 1));
    }
    if (dataset->provenance != NULL) {
        okrug_html_provenance(html, dataset->provenance);
    }
    okrug_html_raw(html, "</main>\n</body>\n</html>\n");
    return OKRUG_OK;
}

okrug_status okrug_write_html(okrug_ctx *ctx, const okrug_dataset *dataset, const okrug_catalogue *catalogue,
                              FILE *out) {
    okrug_html html = {.stream = {.ctx = ctx, .file = out}, .catalogue = catalogue};
    html.decimal = okrug_shown_text(catalogue, "html.decimal", "", ".");
    okrug_status status = add_page(&html, dataset);
    return okrug_stream_end(&html.stream, status);
}
