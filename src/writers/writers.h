/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writers: a table or a result -> CSV, JSON, GeoJSON, HTML, or text aligned for a terminal. The same table gives the
 * same bytes: nothing of the day, the machine or the locale gets in.
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

/* {"table", "rows", "columns": [{"name", "type", "unit", "values": [...], "reasons": [...]}]}: arrays by column, null
 * where a cell is missing; "reasons" (codes, "" where present) only in columns that have missing cells. */
okrug_status okrug_write_json(okrug_ctx *ctx, const okrug_table *table, FILE *out);

/* A FeatureCollection: the geometry column (null geometry where there is none), all other columns as properties. */
okrug_status okrug_write_geojson(okrug_ctx *ctx, const okrug_table *table, FILE *out);

/* One page that stands alone: title, every table of the result, units, reasons in words, provenance. */
okrug_status okrug_write_html(okrug_ctx *ctx, const okrug_dataset *dataset, const okrug_catalogue *catalogue,
                              FILE *out);

/* Aligned columns for a terminal, numbers to six significant digits, missing cells as their reason; at most `most`
 * rows (0: all), the rest counted in a last line. */
okrug_status okrug_write_text(okrug_ctx *ctx, const okrug_table *table, const okrug_catalogue *catalogue, int64_t most,
                              FILE *out);

/* DIR/TABLE.csv for every table and DIR/provenance.json; makes DIR (and its parents). Each file is written beside its
 * place, flushed to the disk and then renamed: after a failure the old file is there or the new one, never half. */
okrug_status okrug_write_directory(okrug_ctx *ctx, const okrug_dataset *dataset, const char *directory);

/* `text` as a whole file, the same way. */
okrug_status okrug_write_file(okrug_ctx *ctx, const char *path, const char *text, size_t length);

#endif
