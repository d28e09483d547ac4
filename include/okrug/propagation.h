/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a shock spreads through an economy: at once (inoperability) and day by day with stocks (ARIO).
 */
#ifndef OKRUG_PROPAGATION_H
#define OKRUG_PROPAGATION_H

#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- Inoperability -------------------------------------------------------------------------------------------- */

/* q (n) = (I - A*)^-1 c with A*_ij = z_ij / x_i: the share of each industry's normal output that is not wanted or not
 * made where a share c (n) of its output falls out of final demand (Santos and Haimes 2004). Linear, without time,
 * stocks or substitutes; not capped. Faults as in inputoutput.h. O(n^3); scratch: 2 n^2 numbers.
 * Test: A* = [[0,.6],[.4,0]], c = (0,.5): .3947368, .6578947. */
okrug_status okrug_inoperability(okrug_ctx *ctx, int64_t n, const double *z, const double *x, const double *c,
                                 double *q);

/* ---- ARIO ----------------------------------------------------------------------------------------------------- */

/* The adaptive regional input-output model (Hallegatte 2008, 2013), in daily steps, in the form of BoARIO's
 * documentation (Juhel 2024). Amounts are per day. */
typedef struct {
    int64_t n;              /* industries */
    int64_t products;       /* kinds of input that do not replace each other; n where `product` is NULL */
    const int32_t *product; /* n: the product of each industry; NULL: its own */
    const double *flow;     /* n x n, >= 0 */
    const double *demand;   /* n: final demand; output is the row of flow and this, summed in that order */
} okrug_ario_economy;

typedef struct {
    const double *stock_days; /* products: days of normal use that buyers hold; INFINITY: never short (services) */
    double needed;            /* psi: the share of the stock wanted below which production falls */
    double restoration_days;  /* in which a gap in a stock is to be filled */
    double most;              /* alpha_max: greatest production as a multiple of the normal; >= 1 */
    double adaptation_days;   /* tau: in which overproduction builds up and fades */
    double rebuild_days;
} okrug_ario_rules;

/* What is lost at the beginning of the first day: a share of each industry's capacity for so many days, then coming
 * back evenly over so many more; and capital that comes back as it is rebuilt. */
typedef struct {
    const double *share;    /* n: 0 to 1 */
    const double *duration; /* n: days */
    const double *recovery; /* n: days; 0: at once */
    const double *damage;   /* n: money; NULL: none */
    const double *capital;  /* n: money; used where there is damage */
    const double *rebuild;  /* n: shares of those who rebuild, summing to 1; used where there is damage */
} okrug_ario_shock;

/* Each day, in order: capacity alpha (1 - lost) x; wanted = min(demand, capacity), where demand is yesterday's orders,
 * final demand and rebuilding; made = wanted min(1, stock / (psi days wanted)) over all inputs; deliveries in
 * proportion to what each buyer asked for; stocks; orders = gap / restoration + use; alpha moves to its greatest in
 * proportion to the share of demand not met (where above 1e-9), else back to 1. Final demand not met is lost.
 *
 * made (days x n): per day. cover (days x n): days that the scarcest input lasts at the normal pace, after deliveries;
 * NaN where nothing can run short; NULL: not wanted. unmet (n): final demand not met in all days.
 * Stocks never fall below 0: where psi days are less than 1, a day's use is needed. Without a shock nothing changes.
 * `memory`: okrug_ario_memory() numbers; the function takes no scratch memory and adds no messages, so several may run
 * at the same time (okrug_parallel). OKRUG_CANCELLED. O(days n^2). */
int64_t okrug_ario_memory(const okrug_ario_economy *economy);
okrug_status okrug_ario(const okrug_ctx *ctx, const okrug_ario_economy *economy, const okrug_ario_rules *rules,
                        const okrug_ario_shock *shock, int64_t days, double *memory, double *made, double *cover,
                        double *unmet);

#endif
