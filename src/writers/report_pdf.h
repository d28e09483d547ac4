/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages as they fill: what the files of the PDF writer share.
 */
#ifndef OKRUG_WRITERS_REPORT_PDF_H
#define OKRUG_WRITERS_REPORT_PDF_H

#include "writers/report_private.h"

typedef struct {
    int page;
    double y;
} okrug_heading_place;

typedef struct {
    okrug_ctx *ctx;
    const okrug_report *report;
    const okrug_fonts *fonts;
    okrug_canvas *canvas; /* NULL: only laid out */
    double left, width, top, bottom;
    double y;
    int page;
    int mark_page; /* where the last text began */
    double mark_y;
    okrug_heading_place *headings; /* of all headings, known after the first time */
} okrug_pages;

void okrug_pages_new_page(okrug_pages *pages);
/* A new page unless so much fits on this one. */
void okrug_pages_need(okrug_pages *pages, double height);
/* A small text over the whole width; `keep`: in ink, a caption. */
okrug_status okrug_pages_note(okrug_pages *pages, const char *text, okrug_align align, double size, bool keep);

okrug_status okrug_pages_table(okrug_pages *pages, const okrug_block *block);

#endif
