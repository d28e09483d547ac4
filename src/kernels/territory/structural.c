/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Regions with like conditions: indicators made comparable, and the distance between regions in them.
 */
#include <math.h>

#include <okrug/numeric.h>
#include <okrug/territory.h>

enum { ROOTS = 4, ROWS = 16 };

/* ---- Indicators ---- */

static double root_of(double x, int root) {
    return root == 1 ? x : root == 2 ? sqrt(x) : root == 3 ? cbrt(x) : sqrt(sqrt(x));
}

/* Central moments of the roots. Where all values are equal the deviation is exactly 0, whatever the mean's rounding. */
static okrug_indicator_scale moments(int64_t n, const double *x, int64_t stride, int root) {
    okrug_sum sum = {0};
    okrug_sum square = {0};
    okrug_sum cube = {0};
    bool equal = true;
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&sum, root_of(x[i * stride], root));
        equal = equal && x[i * stride] == x[0];
    }
    double mean = okrug_sum_value(&sum) / (double)n;
    if (equal) {
        return (okrug_indicator_scale){root, (double)NAN, root_of(x[0], root), 0.0};
    }
    for (int64_t i = 0; i < n; i++) {
        double d = root_of(x[i * stride], root) - mean;
        okrug_sum_add(&square, d * d);
        okrug_sum_add(&cube, d * d * d);
    }
    double variance = okrug_sum_value(&square) / (double)n;
    double deviation = sqrt(variance);
    double skewness = okrug_sum_value(&cube) / (double)n / (variance * deviation);
    double sample = sqrt((double)n * (double)(n - 1)) / (double)(n - 2); /* no number for two values */
    return (okrug_indicator_scale){root, n < 3 ? (double)NAN : skewness * sample, mean, deviation};
}

okrug_indicator_scale okrug_indicator_rescale(int64_t n, double *x, int64_t stride, double bound, bool standard) {
    okrug_indicator_scale best = moments(n, x, stride, 1);
    double least = x[0];
    for (int64_t i = 1; i < n; i++) {
        least = fmin(least, x[i * stride]);
    }
    if (fabs(best.skewness) > bound && least >= 0.0) {
        for (int root = 2; root <= ROOTS; root++) {
            okrug_indicator_scale other = moments(n, x, stride, root);
            best = fabs(other.skewness) < fabs(best.skewness) ? other : best;
        }
    }
    for (int64_t i = 0; i < n; i++) {
        double value = root_of(x[i * stride], best.root);
        if (standard) {
            value = best.deviation == 0.0 ? 0.0 : (value - best.mean) / best.deviation;
        }
        x[i * stride] = value;
    }
    return best;
}

/* ---- Nearest ---- */

typedef struct {
    int64_t n, m, k;
    const double *z, *weight;
    int64_t *neighbour;
    double *distance;
} search;

static double between(const search *s, int64_t a, int64_t b) {
    okrug_sum sum = {0};
    for (int64_t j = 0; j < s->m; j++) {
        double d = s->z[a * s->m + j] - s->z[b * s->m + j];
        okrug_sum_add(&sum, s->weight[j] * (d * d));
    }
    return okrug_sum_value(&sum);
}

static void nearest_of(const search *s, int64_t me) {
    int64_t *neighbour = s->neighbour + me * s->k;
    double *distance = s->distance + me * s->k;
    int64_t held = 0;
    for (int64_t other = 0; other < s->n; other++) {
        double d = other == me ? 0.0 : between(s, me, other);
        if (other == me || (held == s->k && !(held > 0 && d < distance[held - 1]))) {
            continue;
        }
        int64_t at = held < s->k ? held++ : held - 1;
        for (; at > 0 && distance[at - 1] > d; at--) {
            distance[at] = distance[at - 1];
            neighbour[at] = neighbour[at - 1];
        }
        distance[at] = d;
        neighbour[at] = other;
    }
    for (; held < s->k; held++) {
        neighbour[held] = -1;
        distance[held] = (double)NAN;
    }
}

static okrug_status nearest_of_some(void *user, int64_t tile) {
    const search *s = user;
    for (int64_t r = tile * ROWS; r < (tile + 1) * ROWS && r < s->n; r++) {
        nearest_of(s, r);
    }
    return OKRUG_OK;
}

okrug_status okrug_structural_nearest(okrug_ctx *ctx, int64_t n, int64_t m, const double *z, const double *weight,
                                      int64_t k, int64_t *neighbour, double *distance) {
    search s = {n, m, k, z, weight, neighbour, distance};
    return okrug_parallel(ctx, k == 0 ? 0 : (n + ROWS - 1) / ROWS, nearest_of_some, &s);
}
