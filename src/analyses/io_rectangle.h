/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells of a sheet whose rows and columns are different things, by their codes.
 */
#ifndef OKRUG_ANALYSES_IO_RECTANGLE_H
#define OKRUG_ANALYSES_IO_RECTANGLE_H

#include "analyses/io_sheet.h"

/* For each of `count` codes its place in `among`, or -1 (an empty code has none). A code looked for that `among` has
 * twice is a fault of `sheet` ("code-repeated"). Scratch memory. */
okrug_status okrug_io_places(okrug_ctx *ctx, const okrug_io_sheet *sheet, const char *const *code, int64_t count,
                             const char *const *among, int64_t among_count, int64_t **place);
/* cells (row_count x column_count) of the sheet; codes that it lacks, and empty cells, are 0. Scratch memory.
 * BAD_INPUT: every bad cell. */
okrug_status okrug_io_rectangle(okrug_ctx *ctx, okrug_io_sheet *sheet, const char *const *rows, int64_t row_count,
                                const char *const *columns, int64_t column_count, double **cells);

#endif
