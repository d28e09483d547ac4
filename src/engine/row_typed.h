/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts for the cells of a row -> the row, typed and checked by the roles of its kind.
 */
#ifndef OKRUG_ENGINE_ROW_TYPED_H
#define OKRUG_ENGINE_ROW_TYPED_H

#include "engine/kinds.h"
#include "engine/rows.h"

typedef struct {
    okrug_dataset *dataset; /* one table with one row: a column for each value that is given */
    const char *const *key; /* the columns that tell rows apart */
    int key_count;
} okrug_typed_row;

/* `table` is where the row goes: its columns beside those of the kind are texts, and an optional key counts where it
 * has one. `whole`: the cells that the kind requires must be there. Every fault is told. Free row->dataset, also after
 * a failure. */
okrug_status okrug_row_type(okrug_ctx *ctx, const okrug_kind *kind, const okrug_table *table,
                            const okrug_row_request *request, bool whole, okrug_typed_row *row);

#endif
