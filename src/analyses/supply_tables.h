/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A supply table and a use table that go together, with what is known of valuation and imports: which codes are
 * products, industries, categories of final demand and primary inputs, and their numbers.
 */
#ifndef OKRUG_ANALYSES_SUPPLY_TABLES_H
#define OKRUG_ANALYSES_SUPPLY_TABLES_H

#include "analyses/analysis.h"

typedef struct {
    const okrug_table *supply, *use;
    const okrug_table *margins, *taxes, *imports; /* cell by cell, laid out as the use table; NULL: not given */
    const char *labels;
    okrug_texts final_demand;                                /* columns of the use table; none: every other one */
    okrug_texts value_added;                                 /* rows of the use table */
    okrug_texts margin_columns, tax_columns, import_columns; /* of the supply table */
    okrug_texts exports, untaxed;                            /* users that imports, taxes do not reach */
    okrug_texts leave_out;                                   /* totals, in rows or columns */
} okrug_supply_request;

typedef struct {
    int64_t products, industries, categories, primaries, users; /* users: industries, then categories */
    const char **product, **industry, **category, **primary;
    double *supply;               /* products x industries */
    double *use;                  /* products x users: as given */
    double *primary_use;          /* primaries x users */
    int64_t margin_kinds;         /* 0: none named */
    double *margin_totals;        /* kinds x products */
    double *tax_totals;           /* products; NULL: none named */
    double *import_totals;        /* products; NULL: none named */
    double *margin_cells;         /* products x users; NULL: no such table */
    double *tax_cells;            /* products x users; NULL: no such table */
    double *import_cells;         /* products x users; NULL: no such table */
    bool *is_export, *is_untaxed; /* users; NULL: none named */
} okrug_supply_tables;

/* Products are the rows, industries the columns that both tables have and no option names; other rows and columns are
 * left out, with a warning that lists them. Scratch memory. OKRUG_BAD_INPUT: every bad cell, "code-repeated",
 * "no-products", "no-common-industries", "negative-supply" (each cell), "no-supply", "no-row-or-column" (a name that is
 * nowhere); OKRUG_BAD_USAGE: "column-and-input" where a total and its table are both given. */
okrug_status okrug_supply_tables_read(okrug_ctx *ctx, const okrug_supply_request *request, okrug_supply_tables *tables);

#endif
