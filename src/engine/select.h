/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns of a result that are asked for (--columns lq,lo): the rest is not made (decision 44).
 */
#ifndef OKRUG_ENGINE_SELECT_H
#define OKRUG_ENGINE_SELECT_H

#include "engine/engine_private.h"

typedef struct {
    okrug_asked_column *list; /* with the descriptor's own names */
    int count;                /* 0: all columns */
} okrug_selection;

/* Takes one option "NAME,NAME...": columns of the analysis's first table, or TABLE.NAME of any. Scratch memory.
 * OKRUG_BAD_USAGE ("no-such-column") for a name that the analysis does not give. */
okrug_status okrug_selection_take(okrug_ctx *ctx, okrug_selection *selection, const okrug_analysis *analysis,
                                  const okrug_option *option);

/* Drops the tables of which nothing is asked. OKRUG_BAD_USAGE ("column-not-made") where a column was asked of a table
 * that the analysis did not make this time. */
okrug_status okrug_selection_close(okrug_ctx *ctx, const okrug_selection *selection, const okrug_analysis *analysis,
                                   okrug_dataset *result);

/* ["quotients.lq", ...], in the descriptor's order whatever the order in which they were asked for. */
void okrug_selection_describe(const okrug_selection *selection, const okrug_analysis *analysis, okrug_json *json);

#endif
