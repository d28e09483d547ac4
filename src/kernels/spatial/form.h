/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The quadratic form that Moran's I, Geary's C and Getis and Ord's G have in common.
 */
#ifndef OKRUG_KERNELS_SPATIAL_FORM_H
#define OKRUG_KERNELS_SPATIAL_FORM_H

#include <math.h>

#include <okrug/spatial.h>

/* The statistic is scale * sum_i v_i (d_i v_i + s sum_j w_ij v_j). */
typedef struct {
    double *v; /* deviations from the mean, or for G the values; scaled (see below) */
    double *d; /* n; of places, not of values: stays when values move. 0 but for Geary's */
    double s;
    double scale;
    okrug_csr w;  /* the weights over 2^exponent, so that their squares have a number */
    int exponent; /* Moran's and Geary's do not depend on it; G is 2^exponent times what is found with w */
    bool varies;  /* false: there is no statistic */
} okrug_quadratic;

/* The exponent of the largest of `count` weights where it is so far from 1 that squares, or sums over all links, might
 * have no number: over 2^exponent they are at most 1. Else, and for NULL (all 1), it is 0. */
int okrug_weights_exponent(int64_t count, const double *val);
/* value times 2^exponent, NaN where that has no number: too large, or so small that only 0 is left. */
static inline double okrug_scaled_back(double value, int exponent) {
    double there = ldexp(value, exponent);
    return !isfinite(there) || (there == 0.0 && value != 0.0) ? NAN : there;
}

/* Scratch memory of the context: 2 n numbers, and for weights far from 1 a copy of them. */
okrug_status okrug_spatial_form(okrug_ctx *ctx, okrug_global_statistic statistic, const okrug_csr *w, const double *x,
                                okrug_quadratic *form);
/* x over the power of two that brings the largest near 1: exact, and squares and fourth powers of no unit overflow or
 * vanish. False where x is constant. */
bool okrug_spatial_scale(int64_t n, const double *x, double *scaled);
/* z = x so scaled less its mean, which is also so scaled; false where x is constant. */
bool okrug_spatial_centre(int64_t n, const double *x, double *z, double *mean);

/* Which random numbers: the third word of the counter. */
enum { OKRUG_DRAWS_GLOBAL = 0x53500001, OKRUG_DRAWS_LOCAL = 0x53500002 };

/* A stream of whole numbers for one permutation. */
typedef struct {
    okrug_random_key key;
    uint32_t word[4];
    int left;
} okrug_draws;

static inline okrug_draws okrug_draws_begin(uint64_t seed, uint32_t method, int64_t permutation) {
    return (okrug_draws){.key = {.seed = seed, .unit = (uint64_t)permutation, .analysis = method}};
}

static inline uint32_t okrug_draws_word(okrug_draws *draws) {
    if (draws->left == 0) {
        okrug_random_bits(draws->key, draws->word);
        draws->key.draw++;
        draws->left = 4;
    }
    return draws->word[4 - draws->left--];
}

/* A whole number in [0, below), each as likely: the high word of a product; where its low word falls into the part that
 * would make some numbers likelier, another is drawn (Lemire 2019). 0 < below < 2^32. */
static inline int64_t okrug_draws_next(okrug_draws *draws, int64_t below) {
    uint32_t range = (uint32_t)below;
    uint64_t product = (uint64_t)okrug_draws_word(draws) * range;
    if ((uint32_t)product < range) {
        uint32_t uneven = (uint32_t)(-range) % range;
        while ((uint32_t)product < uneven) {
            product = (uint64_t)okrug_draws_word(draws) * range;
        }
    }
    return (int64_t)(product >> 32);
}

#endif
