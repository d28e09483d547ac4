/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constant-market-share analysis.
 */
#include <math.h>

#include <okrug/market_share.h>
#include <okrug/numeric.h>

static double growth_of(double start, double end) {
    return start > 0.0 ? end / start - 1.0 : (double)NAN;
}

static void split(const okrug_market_input *in, const okrug_market_results *out, int64_t k, int64_t cell) {
    double x = in->start[cell], change = in->end[cell] - x;
    double g = out->all, own = out->growth[k], there = growth_of(in->market_start[cell], in->market_end[cell]);
    if (x == 0.0) {
        out->world[cell] = out->commodity[cell] = out->market[cell] = out->unsplit[cell] = 0.0;
        out->competitiveness[cell] = change;
        return;
    }
    out->world[cell] = x * g;
    out->commodity[cell] = x * (own - g);
    out->market[cell] = x * (there - own);
    out->competitiveness[cell] = in->end[cell] - x * (1.0 + there);
    out->unsplit[cell] = !isnan(there) ? 0.0 : isnan(g) ? change : isnan(own) ? change - x * g : change - x * own;
}

okrug_status okrug_market_share(okrug_ctx *ctx, const okrug_market_input *input, okrug_market_results *results) {
    const okrug_market_input *in = input;
    okrug_market_results *out = results;
    okrug_sum all_start = {0}, all_end = {0};
    for (int64_t k = 0; k < in->industries; k++) {
        double start = okrug_sum_of(in->market_start + k * in->destinations, in->destinations, 1);
        double end = okrug_sum_of(in->market_end + k * in->destinations, in->destinations, 1);
        out->growth[k] = growth_of(start, end);
        okrug_sum_add(&all_start, start);
        okrug_sum_add(&all_end, end);
    }
    out->all = growth_of(okrug_sum_value(&all_start), okrug_sum_value(&all_end));
    for (int64_t cell = 0; cell < in->industries * in->destinations; cell++) {
        split(in, out, cell / in->destinations, cell);
    }
    return okrug_check_cancel(ctx);
}
