/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random numbers for invented things.
 */
#include "generator/draws.h"

draws draws_of(uint64_t seed, draw_subject subject, uint64_t unit) {
    return (draws){.key = {.seed = seed, .unit = unit, .analysis = (uint32_t)subject}};
}

double draw_uniform(draws *d) {
    if (d->left == 0) {
        okrug_random_uniform(d->key, d->u);
        d->key.draw++;
        d->left = 2;
    }
    return d->u[2 - d->left--];
}

int64_t draw_below(draws *d, int64_t count) {
    int64_t i = (int64_t)(draw_uniform(d) * (double)count);
    return i < count ? i : count - 1;
}

double draw_normal(draws *d) {
    double sum = -6.0;
    for (int i = 0; i < 12; i++) {
        sum += draw_uniform(d);
    }
    return sum;
}

double draw_exponential_of(double x) {
    /* A tenth power of two less, the series converges to the last digit in 14 terms. */
    enum { HALVINGS = 10, TERMS = 14 };
    double small = x / (1 << HALVINGS);
    double sum = 1.0;
    for (int i = TERMS; i > 0; i--) {
        sum = 1.0 + sum * small / i;
    }
    for (int i = 0; i < HALVINGS; i++) {
        sum *= sum;
    }
    return sum;
}

double draw_around(draws *d, double middle, double spread) {
    return middle * draw_exponential_of(spread * draw_normal(d));
}
