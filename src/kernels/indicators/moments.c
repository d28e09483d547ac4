/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Moments, ranks and ordinal patterns.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/indicators.h>
#include <okrug/numeric.h>

okrug_moments okrug_moments_of(const double *x, int64_t n, int64_t stride) {
    double none = (double)NAN;
    okrug_moments s = {.mean = okrug_sum_of(x, n, stride) / (double)n, .skewness = none, .kurtosis = none};
    okrug_sum power[3] = {0};
    s.least = s.most = x[0];
    for (int64_t i = 0; i < n; i++) {
        s.least = fmin(s.least, x[i * stride]);
        s.most = fmax(s.most, x[i * stride]);
    }
    if (s.least == s.most) {
        s.mean = s.least;
        return s;
    }
    double unit = s.most - s.least; /* so that no power overflows */
    for (int64_t i = 0; i < n; i++) {
        double z = (x[i * stride] - s.mean) / unit;
        okrug_sum_add(&power[0], z * z);
        okrug_sum_add(&power[1], z * z * z);
        okrug_sum_add(&power[2], z * z * z * z);
    }
    double count = (double)n;
    double m2 = okrug_sum_value(&power[0]) / count;
    double m3 = okrug_sum_value(&power[1]) / count;
    double m4 = okrug_sum_value(&power[2]) / count;
    s.deviation = sqrt(m2) * unit;
    if (n > 2) {
        s.skewness = m3 / (m2 * sqrt(m2)) * sqrt(count * (count - 1.0)) / (count - 2.0);
    }
    if (n > 3) {
        s.kurtosis = (count - 1.0) / ((count - 2.0) * (count - 3.0)) * ((count + 1.0) * (m4 / (m2 * m2) - 3.0) + 6.0);
    }
    return s;
}

typedef struct {
    double value;
    int64_t place;
} ranked;

static int by_value(const void *left, const void *right) {
    const ranked *a = left;
    const ranked *b = right;
    return a->value != b->value ? (a->value > b->value) - (a->value < b->value)
                                : (a->place > b->place) - (a->place < b->place);
}

okrug_status okrug_ranks(okrug_ctx *ctx, const double *x, int64_t n, int64_t stride, double *rank) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    ranked *list = OKRUG_SCRATCH(ctx, n, ranked);
    if (list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        list[i] = (ranked){x[i * stride], i};
    }
    qsort(list, (size_t)n, sizeof *list, by_value);
    for (int64_t from = 0; from < n;) {
        int64_t to = from + 1;
        while (to < n && list[to].value == list[from].value) {
            to++;
        }
        for (int64_t k = from; k < to; k++) {
            rank[list[k].place * stride] = (double)(from + to + 1) / 2.0;
        }
        from = to;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

void okrug_pattern_code(const double *x, int64_t m, double band, char *code) {
    for (int64_t s = 0; s < m; s++) {
        for (int64_t j = s + 1; j < m; j++) {
            double lead = x[s] - x[j];
            *code++ = lead < -band ? '1' : lead > band ? '2' : '0';
        }
    }
    *code = '\0';
}
