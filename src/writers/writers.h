/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writers: a table or a result -> CSV, JSON, GeoJSON, HTML, XLSX, or text aligned for a terminal; reports are in
 * report.h. The same table gives the same bytes: nothing of the day, the machine or the locale gets in.
 */
#ifndef OKRUG_WRITERS_WRITERS_H
#define OKRUG_WRITERS_WRITERS_H

#include <stdio.h>

#include <okrug/catalogue.h>
#include <okrug/dataset.h>

/* Every writer returns OKRUG_WRITE_FAILED (fault "cannot-write") when the stream fails. */

/* RFC 4180, UTF-8, LF, dot; quotes only where they are needed; the last column is `reason` (unless the table has one).
 */
okrug_status okrug_write_csv(okrug_ctx *ctx, const okrug_table *table, FILE *out);

/* The profiles of CSV: what every program reads, as above, and what Excel opens by a double click where the decimal
 * mark is a comma (byte-order mark, semicolons, CRLF; texts that would run as formulas begin with a tab). The numbers
 * are the same, with all their digits. */
typedef enum { OKRUG_CSV_MACHINE, OKRUG_CSV_EXCEL_RU } okrug_csv_profile;

bool okrug_csv_profile_find(const char *name, okrug_csv_profile *profile); /* "machine", "excel-ru" */
okrug_status okrug_write_csv_as(okrug_ctx *ctx, const okrug_table *table, okrug_csv_profile profile, FILE *out);

/* {"table", "rows", "columns": [{"name", "type", "unit", "values": [...], "reasons": [...]}]}: arrays by column, null
 * where a cell is missing; "reasons" (codes, "" where present) only in columns that have missing cells. */
okrug_status okrug_write_json(okrug_ctx *ctx, const okrug_table *table, FILE *out);

/* A FeatureCollection: the geometry column (null geometry where there is none), all other columns as properties. */
okrug_status okrug_write_geojson(okrug_ctx *ctx, const okrug_table *table, FILE *out);

/* One page that stands alone: title, every table of the result, units, reasons in words, provenance. */
okrug_status okrug_write_html(okrug_ctx *ctx, const okrug_dataset *dataset, const okrug_catalogue *catalogue,
                              FILE *out);

/* A workbook: a sheet per table (codes as text, numbers with all their digits, missing cells empty with the column
 * `reason`), one of columns with their units, one of provenance. OKRUG_BAD_INPUT where a table or a text is larger than
 * the format allows ("xlsx-too-large", "xlsx-cell-too-long"); a geometry is told by its kind only. */
okrug_status okrug_write_xlsx(okrug_ctx *ctx, const okrug_dataset *dataset, const okrug_catalogue *catalogue,
                              okrug_buffer *out);

/* Aligned columns for a terminal, numbers to six significant digits, missing cells as their reason; at most `most`
 * rows (0: all), the rest counted in a last line. */
okrug_status okrug_write_text(okrug_ctx *ctx, const okrug_table *table, const okrug_catalogue *catalogue, int64_t most,
                              FILE *out);

/* DIR/TABLE.csv for every table and DIR/provenance.json; makes DIR (and its parents). Each file is written beside its
 * place, flushed to the disk and then renamed: after a failure the old file is there or the new one, never half. */
okrug_status okrug_write_directory(okrug_ctx *ctx, const okrug_dataset *dataset, const char *directory);
okrug_status okrug_write_directory_as(okrug_ctx *ctx, const okrug_dataset *dataset, okrug_csv_profile profile,
                                      const char *directory);

/* `text` as a whole file, the same way. */
okrug_status okrug_write_file(okrug_ctx *ctx, const char *path, const char *text, size_t length);

#endif
