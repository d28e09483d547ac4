/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Axes with round numbers on them.
 */
#include "drawing/figures.h"

#include <math.h>

static okrug_scale over_powers(double low, double high) {
    okrug_scale scale = {.logarithmic = true, .decimals = -1};
    double first = floor(log2(low) + 1e-9);
    double last = ceil(log2(high) - 1e-9);
    last = last > first ? last : first + 1.0;
    double step = ceil((last - first + 1.0) / OKRUG_TICKS);
    first = floor(first / step) * step; /* 1 is a tick whatever the step */
    last = ceil(last / step) * step;
    scale.low = exp2(first);
    scale.high = exp2(last);
    int64_t count = (int64_t)((last - first) / step) + 1;
    for (int64_t i = 0; i < count && scale.ticks < OKRUG_TICKS; i++) {
        scale.tick[scale.ticks++] = exp2(first + (double)i * step);
    }
    return scale;
}

static double round_step(double range) {
    double rough = range / 6.0;
    double power = pow(10.0, floor(log10(rough)));
    double times = rough / power;
    return power * (times <= 1.0 ? 1.0 : times <= 2.0 ? 2.0 : times <= 5.0 ? 5.0 : 10.0);
}

okrug_scale okrug_scale_over(double low, double high, bool logarithmic) {
    if (logarithmic && low > 0.0) {
        return over_powers(low, high);
    }
    okrug_scale scale = {.low = low, .high = high};
    if (!(high > low)) {
        scale.low = low - 1.0;
        scale.high = low + 1.0;
    }
    double step = round_step(scale.high - scale.low);
    int64_t first = (int64_t)floor(scale.low / step + 1e-9);
    int64_t last = (int64_t)ceil(scale.high / step - 1e-9);
    scale.low = (double)first * step;
    scale.high = (double)last * step;
    for (int64_t i = first; i <= last && scale.ticks < OKRUG_TICKS; i++) {
        scale.tick[scale.ticks++] = (double)i * step;
    }
    scale.decimals = step >= 1.0 ? 0 : (int)ceil(-log10(step) - 1e-9);
    return scale;
}

double okrug_scale_at(const okrug_scale *scale, double value) {
    return scale->logarithmic ? log(value / scale->low) / log(scale->high / scale->low)
                              : (value - scale->low) / (scale->high - scale->low);
}
