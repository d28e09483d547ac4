/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the writers of reports share: the blocks as they are kept.
 */
#ifndef OKRUG_WRITERS_REPORT_PRIVATE_H
#define OKRUG_WRITERS_REPORT_PRIVATE_H

#include <okrug/chunk.h>

#include "writers/report.h"

typedef struct okrug_block {
    okrug_block_kind kind;
    const char *text;           /* of tables and figures: the caption, "Table 1 – …" */
    int number;                 /* of headings, tables and figures, each from 1 */
    okrug_report_table table;   /* OKRUG_BLOCK_TABLE */
    okrug_report_figure figure; /* OKRUG_BLOCK_FIGURE */
    struct okrug_block *next;
} okrug_block;

/* A dataset that goes with the report. */
typedef struct okrug_owned {
    okrug_dataset *dataset;
    struct okrug_owned *next;
} okrug_owned;

/* Texts told once however often they come. */
typedef struct okrug_told {
    const char *text;
    struct okrug_told *next;
} okrug_told;

/* The provenance of one step. */
typedef struct okrug_origin {
    const char *id;
    const char *provenance;
    struct okrug_origin *next;
} okrug_origin;

struct okrug_report {
    okrug_report_start start;
    okrug_chunk *memory;
    bool failed;
    okrug_block *first, *last;
    okrug_owned *owned;
    okrug_told *files;
    okrug_told *warnings;
    okrug_told *references;
    okrug_origin *origins; /* in order */
    int headings, tables, figures;
    okrug_numerals numerals;
};

/* A code of a closed list in words: "report.word.COLUMN.CODE"; any other text as it is. */
const char *okrug_report_word(const okrug_report *report, const char *column, const char *code);
/* What a cell says: `text` of at least OKRUG_FIXED_TEXT bytes is used for numbers. A dash where it is missing. */
const char *okrug_report_cell(const okrug_report *report, const okrug_report_table *table, int column, int64_t row,
                              char *text);
/* Why cells of the table are missing, as a sentence in `out`; nothing where none is. */
void okrug_report_missing(const okrug_report *report, const okrug_report_table *table, okrug_buffer *out);
/* Adds the text unless it is in the list; at the end. */
void okrug_report_tell(okrug_report *report, okrug_told **list, const char *text);

/* Rows that are more than a page holds come in parts on one scale. */
typedef struct {
    double width, height; /* of a page */
    const double *widths; /* of okrug_rows_widths */
} okrug_part_room;

/* The part from row `done` on; the row that the next one begins with. */
int64_t okrug_figure_part(const okrug_fonts *fonts, const okrug_rows_chart *whole, const okrug_part_room *room,
                          int64_t done, okrug_rows_chart *part);
double okrug_figure_height(const okrug_fonts *fonts, const okrug_report_figure *figure, double width);
okrug_status okrug_figure_draw(okrug_ctx *ctx, okrug_canvas *canvas, const okrug_report_figure *figure, double x,
                               double y, double width);

#endif
