/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the markets of one period are, how far apart, and how large.
 */
#ifndef OKRUG_ANALYSES_MARKET_PLACES_H
#define OKRUG_ANALYSES_MARKET_PLACES_H

#include <okrug/numeric.h>

#include "analyses/panel.h"

typedef struct {
    const okrug_table *input;     /* region, period, value, perhaps lat, lon and area_km2 */
    const okrug_table *places;    /* region, lat, lon, perhaps area_km2; NULL: in the input */
    const okrug_table *distances; /* links whose weights are kilometres; NULL: great circles */
} okrug_market_tables;

/* What a region's distance to itself is. */
enum { OKRUG_OWN_AREA, OKRUG_OWN_GIVEN, OKRUG_OWN_NONE };

typedef struct {
    int64_t n;
    int64_t *region;    /* n: places in the panel; regions without a place are left out */
    double *mass;       /* n: 0 where it is not known */
    uint8_t *reason;    /* n: okrug_reason of the mass */
    double *lon, *lat;  /* n; NULL where distances are given */
    okrug_csr distance; /* n x n, where they are */
    double *own;        /* n: kilometres; NaN: none */
    uint8_t *no_own;    /* n: why, where one was asked for */
    int64_t unplaced, missing;
    const char *first_unplaced;
} okrug_market_places;

/* 2/3 sqrt(area / pi) for OWN_AREA; for OWN_GIVEN that of a link of a region with itself, else `own_distance` where it
 * is above 0. OKRUG_BAD_INPUT: "missing-column" without lat and lon, "area-needed", "own-distance-needed",
 * "column-and-input" where both tables say where regions are, and what okrug_region_links_read and
 * okrug_rows_of_regions say. Scratch memory. */
okrug_status okrug_market_places_read(okrug_ctx *ctx, const okrug_market_tables *tables, const okrug_panel *panel,
                                      int own, double own_distance, okrug_market_places *out);

#endif
