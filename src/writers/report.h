/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A report as a list of blocks, the same for PDF, HTML, DOCX and XLSX: who makes it says what is told, the writers say
 * how it looks. Blocks are added in order; like a buffer, a report remembers that memory was short: add on, ask once.
 */
#ifndef OKRUG_WRITERS_REPORT_H
#define OKRUG_WRITERS_REPORT_H

#include <okrug/catalogue.h>
#include <okrug/dataset.h>

#include "drawing/figures.h"

typedef struct okrug_report okrug_report;

typedef struct {
    const char *title;
    const char *language;             /* "en" or "ru" */
    const char *date;                 /* "2026-11-22", of the report; NULL: none is told */
    const char *version;              /* of okrug */
    const char *mark;                 /* on every page, "Synthetic data"; NULL: none */
    const okrug_catalogue *catalogue; /* lives as long as the report */
} okrug_report_start;

okrug_report *okrug_report_new(const okrug_report_start *start); /* NULL: memory is short */
void okrug_report_free(okrug_report *report);                    /* NULL is allowed */
okrug_status okrug_report_status(const okrug_report *report);    /* OKRUG_OK or OKRUG_NO_MEMORY */
/* Title and mark in place of those that it was begun with; the mark may be NULL. */
void okrug_report_name(okrug_report *report, const char *title, const char *mark);

/* Memory that lives as long as the report, for what blocks point to; NULL when memory is short. */
void *okrug_report_take(okrug_report *report, size_t size);
const char *okrug_report_keep(okrug_report *report, const char *text);
const char *okrug_report_format(okrug_report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The dataset is freed with the report. */
void okrug_report_own(okrug_report *report, okrug_dataset *dataset);

/* ---- Blocks ----------------------------------------------------------------------------------------------------- */

typedef enum {
    OKRUG_BLOCK_APPROVAL, /* the block for approval at the top of Russian reports */
    OKRUG_BLOCK_KICKER,
    OKRUG_BLOCK_TITLE,
    OKRUG_BLOCK_LEAD,
    OKRUG_BLOCK_CARD,    /* a heading of the first page, in no contents */
    OKRUG_BLOCK_HEADING, /* numbered, in the contents */
    OKRUG_BLOCK_SUBHEADING,
    OKRUG_BLOCK_TEXT,
    OKRUG_BLOCK_NOTE,
    OKRUG_BLOCK_ITEM,
    OKRUG_BLOCK_CONTENTS,
    OKRUG_BLOCK_BREAK, /* what follows starts a page */
    OKRUG_BLOCK_TABLE,
    OKRUG_BLOCK_FIGURE
} okrug_block_kind;

/* A column of a table that is told. */
typedef struct {
    int column;          /* of the okrug_table */
    const char *heading; /* with its unit */
    int decimals;        /* of numbers; okrug_report_decimals */
} okrug_report_column;

typedef struct {
    const char *title;
    const char *source; /* below the table; NULL: none */
    const okrug_table *table;
    const okrug_report_column *column;
    int columns;
    int heads;          /* columns at the left that name a row: a workbook keeps them in sight */
    okrug_reason blank; /* cells that are missing for this reason stay blank and are not explained; 0: none */
} okrug_report_table;

typedef enum {
    OKRUG_FIGURE_ROWS,
    OKRUG_FIGURE_LINES,
    OKRUG_FIGURE_MAP,
    OKRUG_FIGURE_NETWORK,
    OKRUG_FIGURE_PANELS
} okrug_figure_kind;

typedef struct {
    const char *title;
    const char *source;
    okrug_figure_kind kind;
    union {
        const okrug_rows_chart *rows;
        const okrug_lines_chart *lines;
        const okrug_map *map;
        const okrug_network *network;
        const okrug_panels *panels;
    };
} okrug_report_figure;

/* Texts may hold OKRUG_STRONG. They are copied. */
void okrug_report_add(okrug_report *report, okrug_block_kind kind, const char *text);
void okrug_report_add_table(okrug_report *report, const okrug_report_table *table);
void okrug_report_add_figure(okrug_report *report, const okrug_report_figure *figure);

/* How a step of the study was made: a subheading and sentences, from its provenance (JSON). Its files, warnings and
 * references are gathered, and told once by okrug_report_add_lists. */
void okrug_report_add_provenance(okrug_report *report, const char *id, const char *provenance);
void okrug_report_add_lists(okrug_report *report);
/* Data that are told as they are: their file is gathered too. */
void okrug_report_add_data(okrug_report *report, const char *id, const char *provenance);
/* The text `source` of the first input that has one, and the code of its unit; NULL: there is none. Kept in the report.
 */
const char *okrug_report_source(okrug_report *report, const char *provenance);
const char *okrug_report_unit(okrug_report *report, const char *provenance);

/* Decimals that show three significant digits of the middle value of a column, but no more than two where values reach
 * 1; 0 where all are whole. */
int okrug_report_decimals(const okrug_table *table, int column);
okrug_numerals okrug_report_numerals(const okrug_report *report);
/* The value with that many decimals as the reader writes it; NULL: memory is short. */
const char *okrug_report_number(okrug_report *report, double value, int decimals);
/* The text of a key in the reader's language, with arguments as okrug_catalogue_fill takes them; the key where there is
 * none. */
const char *okrug_report_text(okrug_report *report, const char *key, int arguments, const char *const *name,
                              const char *const *value);

/* The text of a key; NULL where the catalogue has none. */
const char *okrug_report_found(const okrug_report *report, const char *key);

/* ---- Out -------------------------------------------------------------------------------------------------------- */

/* A4, margins of 30, 15, 20 and 20 mm. OKRUG_READ_FAILED ("no-fonts"). */
okrug_status okrug_report_pdf(okrug_ctx *ctx, const okrug_report *report, okrug_buffer *out);
/* One page that stands alone, with its figures as SVG. */
okrug_status okrug_report_html(okrug_ctx *ctx, const okrug_report *report, okrug_buffer *out);
/* A document for word processors: A4 with the same margins, contents as a field, tables as tables, figures as PNG with
 * their captions as alternative texts. The same report gives the same bytes. */
okrug_status okrug_report_docx(okrug_ctx *ctx, const okrug_report *report, okrug_buffer *out);
/* A sheet of the answer, one of all text, a sheet per table with all digits and per network with its picture, and those
 * of `more` (whole results) after them. OKRUG_READ_FAILED ("no-fonts") where there is a network. */
okrug_status okrug_report_xlsx(okrug_ctx *ctx, const okrug_report *report, const okrug_dataset *const *more, int count,
                               okrug_buffer *out);
/* Figure `number` (from 1) alone, as SVG or PNG (300 dots per inch). OKRUG_NOT_FOUND ("no-figure"). */
okrug_status okrug_report_figure_alone(okrug_ctx *ctx, const okrug_report *report, int number, bool png,
                                       okrug_buffer *out);

#endif
