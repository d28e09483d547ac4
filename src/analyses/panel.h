/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tidy table (region, industry, period, value) as one dense matrix per period.
 */
#ifndef OKRUG_ANALYSES_PANEL_H
#define OKRUG_ANALYSES_PANEL_H

#include <okrug/dataset.h>
#include <okrug/role.h>

/* The roles of such a table, in the order in which its columns are found. `unit` is what values are taken for where
 * nothing says what they are. */
#define OKRUG_PANEL_ROLES(domain, unit)                                                                                \
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                              \
        {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                        \
        {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                               \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, domain, unit                                                            \
    }

/* One period. Regions and industries come in the order in which the rows first name them in that period. */
typedef struct {
    const char *period; /* NULL: the table has none */
    int64_t regions, industries;
    const char **region;   /* regions codes */
    const char **industry; /* industries codes; one NULL where the table has no such column */
    double *value;         /* regions x industries; 0 where there is no row or the cell is missing; 1 for each row
                              where the table has no values */
    uint8_t *reason;       /* the same shape: okrug_reason; PRESENT where there is no row (an absent pair is a zero) */
    int64_t missing;       /* how many cells are missing, structural zeros not counted */
    int64_t rows;          /* rows of the table in this period */
    const int64_t *row;    /* their numbers, in the order of the table; NULL: all of them */
    int64_t *cell;         /* the cell of each: region * industries + industry */
    const int32_t *region_at, *industry_at; /* the place of each word of those columns; -1: not in this period. NULL
                                               where there is no such column */
} okrug_panel;

typedef struct {
    int64_t count;
    okrug_panel *panel;
} okrug_panels;

/* Everything is scratch memory of the context. OKRUG_BAD_INPUT ("no-rows") for an empty table. Cost: O(rows) and
 * regions x industries doubles a period. */
okrug_status okrug_panels_read(okrug_ctx *ctx, const okrug_table *table, okrug_panels *panels);
/* The same for those who do not ask for the cells of rows: `cell` is NULL, and so is `row` where the table has no
 * periods. */
okrug_status okrug_panels_read_values(okrug_ctx *ctx, const okrug_table *table, okrug_panels *panels);
/* Of the period that has most; what a grain is held against where each period stands for itself. */
int64_t okrug_panels_most_regions(const okrug_panels *panels);
int64_t okrug_panels_most_industries(const okrug_panels *panels);
/* Warns where there is but one region in all periods, and so nothing that regions could differ by: "region-alone". */
void okrug_panels_warn_alone(okrug_ctx *ctx, const okrug_panels *panels, const okrug_table *table);

#endif
