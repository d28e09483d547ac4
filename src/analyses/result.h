/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Output tables made from their descriptions, and cells set by column name's place in it.
 */
#ifndef OKRUG_ANALYSES_RESULT_H
#define OKRUG_ANALYSES_RESULT_H

#include "analyses/analysis.h"

/* Whether that column of `output` is asked for. Where only some are (okrug_dataset.wanted), so are the keys of their
 * tables: the first column, and those that have no formula. */
bool okrug_result_wants(const okrug_dataset *result, const okrug_output *output, int column);
/* For a table that is made with some options only, before anything is computed: OKRUG_BAD_USAGE ("column-not-made")
 * where a column of it is asked for and it is not `made` this time. */
okrug_status okrug_result_makes(okrug_ctx *ctx, const okrug_dataset *result, const okrug_output *output, bool made);
/* Adds the table that `output` describes, with `rows` rows of missing cells. Columns of unit OWN get `own`.
 * Columns that are not wanted are left out: to set their cells does nothing. */
okrug_status okrug_result_table(okrug_dataset *result, const okrug_output *output, okrug_unit own, int64_t rows,
                                okrug_table **table);
/* The column at that place, of the keys of rows first .. first + count - 1: those of `from` in the rows that `row`
 * names. Where they are all rows of both (row NULL), the columns have them in common. `from` NULL, or a cell of it that
 * has no text: missing. */
okrug_status okrug_result_keys(okrug_ctx *ctx, okrug_table *table, int place, int64_t first, int64_t count,
                               const okrug_column *from, const int64_t *row);
/* Text; NULL is a missing cell. */
okrug_status okrug_result_text(okrug_table *table, int column, int64_t row, const char *text);

#endif
