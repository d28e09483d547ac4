/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constant-market-share analysis: the change of one's sales, split into what would have come had one kept one's share
 * of each market, and what shares gained or lost.
 *
 * Amounts are finite and not negative; a matrix of industries by destinations is row-major (one destination: markets
 * that are not told apart). Sums are compensated and in a fixed order. No result is infinite.
 */
#ifndef OKRUG_MARKET_SHARE_H
#define OKRUG_MARKET_SHARE_H

#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

typedef struct {
    int64_t industries, destinations;
    const double *start, *end;               /* industries x destinations: X_kj, one's own sales */
    const double *market_start, *market_end; /* the same: V_kj, all sales there, one's own among them */
} okrug_market_input;

/* With g, g_k, g_kj the growth of all markets together, of the industry's, and of the industry's at the destination:
 *
 *   world = X_kj g   commodity = X_kj (g_k - g)   market = X_kj (g_kj - g_k)   competitiveness = X_kj' - X_kj (1 +
 * g_kj)
 *
 * Their sum is X_kj' - X_kj. Where X_kj = 0 the first three are 0 and all that came is competitiveness. Where X_kj > 0
 * and a market had nothing (which cannot be, had it been counted alike), the parts that need its growth are NaN and
 * `unsplit` is what they would have been together; the parts that are there still sum to the change. */
typedef struct {
    double *world, *commodity, *market, *competitiveness, *unsplit; /* industries x destinations */
    double *growth;                                                 /* industries: g_k; NaN where there is none */
    double all;                                                     /* g; NaN where there is none */
} okrug_market_results;

/* OKRUG_CANCELLED. O(industries x destinations). Sources: Tyszynski (1951); Leamer and Stern (1970), chapter 7.
 * Test: tests/unit/kernels/test_market_share.c. */
okrug_status okrug_market_share(okrug_ctx *ctx, const okrug_market_input *input, okrug_market_results *results);

#endif
