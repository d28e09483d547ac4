/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Doubly constrained gravity, with friction given or found from a mean haul.
 */
#include <math.h>

#include <okrug/interregional.h>
#include <okrug/numeric.h>

enum { DOUBLINGS = 60, BISECTIONS = 200 };

/* f(c) up to a factor per origin, which the balancing takes up: the cheapest destination has 1, so that strong friction
 * does not make all of a row 0. */
static void decay(const okrug_gravity *g, double friction, double *f) {
    int64_t n = g->regions;
    for (int64_t r = 0; r < n; r++) {
        const double *cost = g->cost + r * n;
        double least = (double)INFINITY;
        for (int64_t s = 0; s < n; s++) {
            least = g->destination[s] > 0.0 && cost[s] < least ? cost[s] : least;
        }
        for (int64_t s = 0; s < n; s++) {
            double value = 0.0;
            if (isfinite(cost[s]) && g->destination[s] > 0.0) {
                value = g->decay == OKRUG_DECAY_POWER ? pow(cost[s] / least, -friction)
                                                      : exp(-friction * (cost[s] - least));
            }
            f[r * n + s] = value;
        }
    }
}

/* Factors: a of rows, b of columns. Rows end exact; the error is that of columns. */
static void balance(const okrug_gravity *g, const double *f, double *a, double *b, okrug_gravity_result *result) {
    int64_t n = g->regions;
    double all = okrug_sum_of(g->origin, n, 1);
    for (int64_t r = 0; r < n; r++) {
        a[r] = g->origin[r];
    }
    result->error = 0.0;
    for (result->iterations = 0; result->iterations < OKRUG_GRAVITY_ITERATIONS && all > 0.0; result->iterations++) {
        double error = 0.0;
        for (int64_t s = 0; s < n; s++) {
            double sum = 0.0;
            for (int64_t r = 0; r < n; r++) {
                sum += a[r] * f[r * n + s];
            }
            double off = result->iterations == 0 ? INFINITY : fabs(sum * b[s] - g->destination[s]);
            error = off > error ? off : error;
            b[s] = sum > 0.0 ? g->destination[s] / sum : 0.0;
        }
        result->error = error / all;
        if (result->error <= 1e-13) {
            break;
        }
        for (int64_t r = 0; r < n; r++) {
            double sum = 0.0;
            for (int64_t s = 0; s < n; s++) {
                sum += f[r * n + s] * b[s];
            }
            a[r] = sum > 0.0 ? g->origin[r] / sum : 0.0;
        }
    }
}

void okrug_gravity_trade(const okrug_gravity *gravity, double friction, double *work, double *trade,
                         okrug_gravity_result *result) {
    int64_t n = gravity->regions;
    double *a = work, *b = work + n;
    okrug_sum sum = {0}, hauled = {0};
    for (int64_t s = 0; s < n; s++) {
        b[s] = 0.0;
    }
    decay(gravity, friction, trade);
    balance(gravity, trade, a, b, result);
    double worst = 0.0, all = okrug_sum_of(gravity->origin, n, 1);
    for (int64_t r = 0; r < n; r++) {
        double sold = 0.0;
        for (int64_t s = 0; s < n; s++) {
            double *t = &trade[r * n + s];
            *t = a[r] * *t * b[s];
            sold += *t;
            okrug_sum_add(&sum, *t);
            if (*t > 0.0) {
                okrug_sum_add(&hauled, *t * gravity->cost[r * n + s]);
            }
        }
        double off = fabs(sold - gravity->origin[r]);
        worst = off > worst ? off : worst;
    }
    if (all > 0.0) {
        result->error = worst / all > result->error ? worst / all : result->error;
    }
    double traded = okrug_sum_value(&sum);
    result->friction = friction;
    result->mean_haul = traded > 0.0 ? okrug_sum_value(&hauled) / traded : (double)NAN;
}

okrug_status okrug_gravity_fit(const okrug_gravity *gravity, double haul, double *work, double *trade,
                               okrug_gravity_result *result) {
    okrug_gravity_trade(gravity, 0.0, work, trade, result);
    if (isnan(result->mean_haul) || fabs(result->mean_haul - haul) <= 1e-10 * haul) {
        return OKRUG_OK;
    }
    if (result->mean_haul < haul) {
        return OKRUG_NO_SOLUTION;
    }
    double low = 0.0, high = gravity->decay == OKRUG_DECAY_POWER ? 1.0 : 1.0 / haul;
    int doubling = 0;
    for (; doubling < DOUBLINGS; doubling++) {
        okrug_gravity_trade(gravity, high, work, trade, result);
        if (!(result->mean_haul > haul) || result->error > 1e-6) {
            break; /* bracketed, or too strong to be balanced any more */
        }
        low = high;
        high *= 2.0;
    }
    for (int k = 0; k < BISECTIONS && high - low > 1e-15 * high; k++) {
        double middle = low + .5 * (high - low);
        okrug_gravity_trade(gravity, middle, work, trade, result);
        if (fabs(result->mean_haul - haul) <= 1e-10 * haul && result->error <= 1e-9) {
            return OKRUG_OK;
        }
        if (result->mean_haul > haul && result->error <= 1e-6) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return OKRUG_NO_SOLUTION;
}
