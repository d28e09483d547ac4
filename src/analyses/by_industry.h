/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns of a second input, put in the order of the industries of an input-output table.
 */
#ifndef OKRUG_ANALYSES_BY_INDUSTRY_H
#define OKRUG_ANALYSES_BY_INDUSTRY_H

#include "analyses/io_table.h"

/* place (rows of the table): which of `count` codes the row's text in `column` is; -1: none. A code that is none is a
 * fault for each row ("not-an-industry") where `strict`. Scratch memory. */
okrug_status okrug_by_industry(okrug_ctx *ctx, const okrug_table *table, const char *column, const char *const *code,
                               int64_t count, bool strict, int64_t **place);
/* The number of a cell; `otherwise` where the column is not there or the cell is missing. */
double okrug_cell_or(const okrug_table *table, const char *column, int64_t row, double otherwise);

#endif
