/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Places by score, and which choice moves them.
 */
#include <math.h>

#include <okrug/indicators.h>
#include <okrug/numeric.h>

okrug_status okrug_places(okrug_ctx *ctx, int64_t n, const double *score, double *place) {
    double scale = 0.0;
    for (int64_t r = 0; r < n; r++) {
        scale = fmax(scale, fabs(score[r]));
    }
    for (int64_t r = 0; r < n; r++) {
        place[r] = scale > 0.0 ? -rint(score[r] / scale * 1e12) : 0.0;
    }
    return okrug_ranks(ctx, place, n, 1, place);
}

typedef struct {
    int64_t combinations, levels, step; /* of the choice: how many, and how far apart in the list */
} spread;

/* Sum over combinations of the squared deviation of y from `mean`. */
static double squares(int64_t count, const double *y, int64_t stride, double mean) {
    okrug_sum sum = {0};
    for (int64_t c = 0; c < count; c++) {
        double d = y[c * stride] - mean;
        okrug_sum_add(&sum, d * d);
    }
    return okrug_sum_value(&sum);
}

/* What goes with the choice alone: combinations x variance of the means of its levels. */
static double between(const spread *s, const double *y, int64_t stride, double mean) {
    okrug_sum sum = {0};
    for (int64_t level = 0; level < s->levels; level++) {
        okrug_sum own = {0};
        for (int64_t c = 0; c < s->combinations; c++) {
            if (c / s->step % s->levels == level) {
                okrug_sum_add(&own, y[c * stride]);
            }
        }
        double share = (double)s->combinations / (double)s->levels;
        double d = okrug_sum_value(&own) / share - mean;
        okrug_sum_add(&sum, share * d * d);
    }
    return okrug_sum_value(&sum);
}

/* What is left when all other choices are held: within the levels of this one. */
static double within(const spread *s, const double *y, int64_t stride) {
    okrug_sum sum = {0};
    for (int64_t c = 0; c < s->combinations; c++) {
        if (c / s->step % s->levels == 0) {
            double mean = okrug_sum_of(y + c * stride, s->levels, s->step * stride) / (double)s->levels;
            okrug_sum_add(&sum, squares(s->levels, y + c * stride, s->step * stride, mean));
        }
    }
    return okrug_sum_value(&sum);
}

void okrug_place_shares(int64_t n, int choices, const int64_t *levels, const double *place, double *alone,
                        double *total) {
    spread s = {.combinations = 1, .step = 1};
    okrug_sum all = {0};
    for (int c = 0; c < choices; c++) {
        s.combinations *= levels[c];
    }
    for (int64_t r = 0; r < n; r++) {
        double mean = okrug_sum_of(place + r, s.combinations, n) / (double)s.combinations;
        okrug_sum_add(&all, squares(s.combinations, place + r, n, mean));
    }
    double varies = okrug_sum_value(&all);
    for (int c = choices - 1; c >= 0; c--) {
        okrug_sum first = {0};
        okrug_sum whole = {0};
        s.levels = levels[c];
        for (int64_t r = 0; r < n; r++) {
            double mean = okrug_sum_of(place + r, s.combinations, n) / (double)s.combinations;
            okrug_sum_add(&first, between(&s, place + r, n, mean));
            okrug_sum_add(&whole, within(&s, place + r, n));
        }
        alone[c] = varies > 0.0 ? okrug_sum_value(&first) / varies : (double)NAN;
        total[c] = varies > 0.0 ? okrug_sum_value(&whole) / varies : (double)NAN;
        s.step *= levels[c];
    }
}
