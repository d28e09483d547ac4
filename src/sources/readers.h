/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The readers of each format, as sources.c calls them.
 */
#ifndef OKRUG_SOURCES_READERS_H
#define OKRUG_SOURCES_READERS_H

#include "sources/encoding.h"
#include "sources/ogr.h"
#include "sources/rows.h"
#include "sources/workbook.h"

/* Read everything that the decoder gives. With `header` the names of the columns go there and no rows are read. Faults
 * go through the rows (okrug_rows_report); what is returned is only what ends the reading. */
okrug_status okrug_csv_read(okrug_rows *rows, okrug_input *input, okrug_decoder *decoder, okrug_words *header);
okrug_status okrug_geojson_read(okrug_rows *rows, okrug_input *input, okrug_decoder *decoder, okrug_words *header);

/* The sheet or layer that was chosen; as above. */
okrug_status okrug_sheet_read(okrug_rows *rows, const okrug_workbook *workbook, okrug_words *header);
okrug_status okrug_layer_read(okrug_rows *rows, const okrug_workbook *workbook, okrug_words *header);
/* GAL, or with `gwt` GWT. */
okrug_status okrug_neighbours_read(okrug_rows *rows, okrug_input *input, okrug_decoder *decoder, bool gwt,
                                   okrug_words *header);

/* A trouble of the decoder, as a fault at that line, where faults may be reported already. */
okrug_status okrug_decoder_fail(okrug_rows *rows, const okrug_decoder *decoder, int64_t line);

/* Reports how far the input is, and tells whether to go on. */
okrug_status okrug_reading_goes_on(okrug_rows *rows, const okrug_input *input);

/* May the header be a title, and the real header a line below? */
typedef enum {
    OKRUG_HEADER_CERTAIN,
    OKRUG_HEADER_LACKING, /* columns are missing */
    OKRUG_HEADER_TITLE    /* it has one text only, and names no column */
} okrug_header_doubt;

okrug_header_doubt okrug_header_doubtful(const okrug_rows *rows, const okrug_cell *header, int fields);
/* Is this line more likely to be the header? `named`: of the wanted columns, how many the header names. */
bool okrug_header_likely(const okrug_rows *rows, const okrug_cell *cells, int fields, int named,
                         okrug_header_doubt doubt);

/* A warning where codes of a text column look alike but are not the same, as by a Latin and a Cyrillic letter. */
okrug_status okrug_lookalikes_warn(okrug_ctx *ctx, const char *file, const okrug_table *table,
                                   const okrug_column *column);

/* The delimiter that cuts text[0..length), the beginning of a file, into rows of equal length. `whole`: it is the whole
 * file. OKRUG_NO_MEMORY. */
okrug_status okrug_delimiter_detect(const char *text, size_t length, bool whole, char *delimiter);

#endif
