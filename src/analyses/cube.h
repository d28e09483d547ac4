/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tidy table (region, perhaps indicator, perhaps period, value) as one dense block over time.
 */
#ifndef OKRUG_ANALYSES_CUBE_H
#define OKRUG_ANALYSES_CUBE_H

#include "analyses/analysis.h"

typedef struct {
    int64_t periods, regions, things;
    const char **period; /* in the order of time (periods.h); one NULL where the table has none */
    const char **region; /* in the order in which rows first name them */
    const char **thing;  /* likewise; one NULL where the table has no such column */
    double *value;       /* periods x regions x things; 0 where missing */
    uint8_t *reason;     /* the same shape: okrug_reason; NO_ROW where there is no row. A structural zero is a 0 */
    int64_t missing;     /* cells without a value, those without a row included */
    int64_t *cell;       /* rows of the table: where each went */
    double gap;          /* between periods that are numbers and evenly spaced; NaN where they are not */
} okrug_cube;

#define OKRUG_CUBE_AT(cube, period, region, thing) (((period) * (cube)->regions + (region)) * (cube)->things + (thing))

/* `thing`: the role that names what is measured; NULL: one thing. OKRUG_BAD_INPUT ("no-rows"; "empty-key" for rows
 * without a period where others have one). Scratch memory. Cost: O(rows) and a block of the size said. */
okrug_status okrug_cube_read(okrug_ctx *ctx, const okrug_table *table, const char *thing, okrug_cube *cube);

#endif
