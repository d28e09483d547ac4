/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Supply and use tables at basic prices, without imports: what the four models start from, and what was assumed on the
 * way.
 */
#ifndef OKRUG_ANALYSES_SUPPLY_CASE_H
#define OKRUG_ANALYSES_SUPPLY_CASE_H

#include "analyses/supply_tables.h"

typedef struct {
    okrug_supply_tables tables;                          /* `use` at basic prices, without imports */
    double *purchasers, *margin, *tax, *imports, *share; /* products */
    double *taxes_paid, *imports_bought;                 /* users */
    bool has_margin, has_tax, has_import;
} okrug_supply_case;

/* Reads the tables, takes margins, taxes and imports out of use, and warns of what was shared out in proportion and of
 * what does not balance. OKRUG_BAD_INPUT besides what okrug_supply_tables_read says: "valuation-without-use",
 * "imports-exceed-use". */
okrug_status okrug_supply_case_read(okrug_ctx *ctx, const okrug_supply_request *request, okrug_supply_case *d);

#endif
