/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How regions fell and rose beside their nation.
 */
#include <math.h>

#include <okrug/numeric.h>
#include <okrug/territory.h>

bool okrug_largest_fall(int64_t n, const double *x, int64_t *peak, int64_t *trough) {
    int64_t highest = 0;
    double worst = 1.0;
    for (int64_t t = 1; t < n; t++) {
        if (x[t] / x[highest] < worst) {
            worst = x[t] / x[highest];
            *peak = highest;
            *trough = t;
        }
        highest = x[t] > x[highest] ? t : highest;
    }
    return worst < 1.0;
}

static double change_of(double from, double to) {
    return from > 0.0 ? to / from - 1.0 : (double)NAN;
}

okrug_status okrug_phases(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *from, const double *to,
                          okrug_phase *phase) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *change = OKRUG_SCRATCH(ctx, industries, double);
    if (change == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_sum start = {0};
    okrug_sum end = {0};
    for (int64_t i = 0; i < industries; i++) {
        double before = okrug_sum_of(from + i, regions, industries);
        double after = okrug_sum_of(to + i, regions, industries);
        okrug_sum_add(&start, before);
        okrug_sum_add(&end, after);
        change[i] = change_of(before, after);
    }
    double nation = change_of(okrug_sum_value(&start), okrug_sum_value(&end));
    for (int64_t r = 0; r < regions; r++) {
        const double *ours = from + r * industries;
        double before = okrug_sum_of(ours, industries, 1);
        double own = change_of(before, okrug_sum_of(to + r * industries, industries, 1));
        okrug_sum mix = {0};
        for (int64_t i = 0; i < industries && before > 0.0; i++) {
            okrug_sum_add(&mix, isnan(change[i]) ? 0.0 : ours[i] / before * (change[i] - nation));
        }
        double brought = before > 0.0 ? okrug_sum_value(&mix) : (double)NAN;
        bool moved = nation != 0.0 && !isnan(nation);
        phase[r] = (okrug_phase){.change = own,
                                 .nation = nation,
                                 .mix = brought,
                                 .own = own - nation - brought,
                                 .beta = moved ? own / nation : (double)NAN,
                                 .index = moved ? (own - nation) / fabs(nation) : (double)NAN};
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
