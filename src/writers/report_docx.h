/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document for word processors as it is written: what the files of the DOCX writer share.
 */
#ifndef OKRUG_WRITERS_REPORT_DOCX_H
#define OKRUG_WRITERS_REPORT_DOCX_H

#include "writers/report_private.h"
#include "writers/zip.h"

typedef struct {
    okrug_ctx *ctx;
    const okrug_report *report;
    const okrug_fonts *fonts; /* NULL until the first figure */
    okrug_zip *zip;
    okrug_buffer body;    /* of word/document.xml */
    okrug_buffer figures; /* their relationships */
    int pictures;
} okrug_docx;

/* Text with what XML would take for markup escaped; control characters, which XML cannot hold, are left out. */
void okrug_docx_text(okrug_buffer *out, const char *text);
/* A run of text; bold comes and goes inside it. `look` is what goes into w:rPr ("" as the style says). */
void okrug_docx_words(okrug_buffer *out, const char *text, const char *look);
/* A paragraph of that style. */
void okrug_docx_paragraph(okrug_buffer *out, const char *style, const char *text);

void okrug_docx_table(okrug_docx *docx, const okrug_block *block);

#endif
