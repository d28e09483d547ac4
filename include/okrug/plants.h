/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Industries whose plants are known: concentration beyond that of production in few plants, what remains of it where
 * only size classes are published, and coagglomeration of industries.
 *
 * Arrays are row-major; `value` is regions x industries, e.g. employment. Sizes and values are finite and not negative.
 * A result that has no value is NaN; none is infinite. Sums are compensated and in a fixed order.
 */
#ifndef OKRUG_PLANTS_H
#define OKRUG_PLANTS_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- Plants ---------------------------------------------------------------------------------------------------- */

/* Each is an array of `industries`. With z_k a plant's share of the plants of its industry: */
typedef struct {
    int64_t *plants;    /* how many have a size above 0 */
    double *total;      /* of their sizes */
    double *herfindahl; /* sum_k z_k^2: 1, exactly, for one plant. NaN where there is none */
    double *fourth;     /* sum_k z_k^4 */
} okrug_plant_sizes;

/* size and industry (0 .. industries - 1; -1: of none of them) are those of each plant. O(plants + industries). */
okrug_status okrug_plant_sizes_of(okrug_ctx *ctx, int64_t plants, const double *size, const int64_t *industry,
                                  int64_t industries, const okrug_plant_sizes *sizes);

/* Each is an array of `industries`; with s the industry's shares of regions, x those of the reference, X_k = sum x^k.
 */
typedef struct {
    double *raw;      /* G = sum (s_r - x_r)^2 */
    double *excess;   /* sum s_r^2 - X_2 */
    double *expected; /* (1 - X_2) H: the mean of G where plants choose regions at random, by x */
    double *variance; /* of G in that case: 2 [H^2 (X_2 - 2 X_3 + X_2^2) - sum z^4 (X_2 - 4 X_3 + 3 X_2^2)] */
} okrug_plant_concentration;

/* `reference` (regions, amounts) may be NULL: the sums of the rows. herfindahl and fourth: industries, see above; NaN
 * where they are not known (expected and variance are NaN then). *scale is 1 - X_2: NaN where the reference is empty.
 * Ellison and Glaeser (1997). O(regions x industries). */
okrug_status okrug_plant_concentration_of(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                          const double *reference, const double *herfindahl, const double *fourth,
                                          const okrug_plant_concentration *results, double *scale);

/* (measure / scale - h) / (1 - h): Ellison and Glaeser's gamma with G, Maurel and Sedillot's with sum s^2 - X_2 for the
 * measure. 0 where plants choose at random; NaN for h = 1 and for scale = 0. Test: plants 200, 650, 12000, 100, 50 |
 * 16000, 13000, 1500, 1500 | 25000 in regions of 500000, 400000, 100000: .05990628 and -.4357626. */
double okrug_beyond_plants(double measure, double scale, double h);

/* ---- Size classes ---------------------------------------------------------------------------------------------- */

/* Plants of one industry, or of one industry in one region, by class of size. */
typedef struct {
    int64_t classes;
    const double *least, *most; /* of a plant's size; most may be infinite */
    const double *plants;       /* how many */
    const double *total;        /* of the class; NaN where it is not known */
} okrug_size_classes;

/* What the sum of squares of the sizes can be where all sizes sum to `total` (after Schmalensee 1977). *least is
 * reached: equal plants, as far as the classes let them. *most is reached where totals of classes are known; else it
 * may be above what can be reached by (most - least)^2 / 4 of one plant of one class. False (and NaN) where no sizes
 * agree with classes and total. work: classes numbers. O(classes^2). */
bool okrug_size_class_squares(const okrug_size_classes *classes, double total, double *work, double *least,
                              double *most);

/* ---- Coagglomeration ------------------------------------------------------------------------------------------- */

/* coefficient (industries x industries, symmetric): sum_r (s_ri - x_r) (s_rj - x_r) / (1 - X_2), by Ellison, Glaeser
 * and Kerr (2010); NaN in the rows and columns of industries without value, and everywhere for 1 - X_2 = 0. The
 * diagonal is G / (1 - X_2): concentration with that of plants. `reference` as above. One matrix product:
 * O(industries^2 regions). Test: (10 + 30, 20, 0) and (40, 25, 25) in a, b, c against thirds: .0833333. */
okrug_status okrug_coagglomeration(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                   const double *reference, double *coefficient);

/* coefficient (groups) of groups of industries (group: industries, 0 .. groups - 1; -1: of none), by Ellison and
 * Glaeser (1997): with w the industries' shares of the group, G that of its pooled distribution, gamma_i and H_i of
 * each,
 *
 *   [G / (1 - X_2) - sum w^2 H - sum gamma w^2 (1 - H)] / (1 - sum w^2)
 *
 * in which H cancels (gamma (1 - H) + H = G_i / (1 - X_2)), so that plants need not be known. It is the mean of the
 * pairs' coefficients weighted by w_i w_j. NaN with fewer than two industries that have a value. O(regions x
 * industries). */
okrug_status okrug_group_coagglomeration(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                         const double *reference, int64_t groups, const int64_t *group,
                                         double *coefficient);

#endif
