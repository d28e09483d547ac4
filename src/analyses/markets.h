/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One's own sales beside all sales on each market, at one date or two: from one table in which one's own region is one
 * among all, or from a table of one's own and another of the markets.
 */
#ifndef OKRUG_ANALYSES_MARKETS_H
#define OKRUG_ANALYSES_MARKETS_H

#include <okrug/dataset.h>
#include <okrug/role.h>

enum { OKRUG_MARKET_LAST = 1 }; /* of dates: the later one, and the only one where there is one */

typedef struct {
    const char *period[2]; /* NULL: none; [0] is NULL where there is one date */
    bool two;
    int64_t industries, destinations;
    const char **industry, **destination; /* destination: one NULL where they are not told apart */
    double *own[2], *market[2];           /* industries x destinations; 0 where there is no row, and in both dates where
                                             one's own cell is missing in one; [0] is all 0 where there is one date */
    uint8_t *reason;                      /* the same: why a cell is left out; PRESENT: it is in */
    uint8_t *listed;                 /* the same: a row of one's own or of the market names it at one of the dates */
    double *largest_other;           /* industries: at the last date, the sales of the largest other region over all
                                        destinations; NULL where other regions are not known */
    int64_t missing, missing_market; /* own cells left out; cells of others that are missing and count as 0 */
} okrug_markets;

/* `market` may be NULL: then `input` must have regions, and all of them together are the market. `region`: one's own;
 * may be NULL where the input has no regions or one. In scratch memory. OKRUG_BAD_INPUT ("no-region",
 * "region-not-named", "market-needed", "destinations-in-one", "no-period", "two-periods-needed", "empty-key"). O(rows +
 * cells). */
okrug_status okrug_markets_read(okrug_ctx *ctx, const okrug_table *input, const okrug_table *market, const char *region,
                                const char *from, const char *to, okrug_markets *out);

#endif
