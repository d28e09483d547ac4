/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A supply table, a use table and the totals that they are to have, read and found to fit each other.
 */
#ifndef OKRUG_ANALYSES_SUPPLY_UPDATE_CASE_H
#define OKRUG_ANALYSES_SUPPLY_UPDATE_CASE_H

#include <okrug/supply_use_update.h>

#include "analyses/analysis.h"

/* What imports are called among the suppliers where a table tells them apart. */
#define OKRUG_IMPORTS_CODE "imports"

typedef struct {
    const okrug_table *supply, *use;
    const okrug_table *imports; /* NULL: not told apart */
    const okrug_table *supply_totals;
    const okrug_table *use_totals;  /* NULL: none but by value added */
    const okrug_table *value_added; /* NULL: none; totals of industries, whose use is then output less value added */
    const char *labels;
    okrug_texts leave_out; /* rows and columns */
} okrug_supply_update_request;

typedef struct {
    okrug_supply_use_update tables;
    const char **product, **user, **supplier;
    int64_t *output_of; /* of each user: which supplier it is, or -1 */
} okrug_supply_update_case;

/* Products are the rows that both tables have; every column takes part unless it is left out. Scratch memory. Warns of
 * rows of one table only, of base tables that do not balance and of imports above use. OKRUG_BAD_INPUT: every bad cell;
 * every code without a total, or with two, and every total without its column; "supply-use-totals-differ";
 * "total-of-empty", "product-not-used", "product-not-supplied" (each). */
okrug_status okrug_supply_update_read(okrug_ctx *ctx, const okrug_supply_update_request *request,
                                      okrug_supply_update_case *c);

#endif
