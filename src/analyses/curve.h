/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A function of distance beside what chance gives: the first table of the analyses of points, and its envelope.
 */
#ifndef OKRUG_ANALYSES_CURVE_H
#define OKRUG_ANALYSES_CURVE_H

#include "analyses/plant_points.h"

/* Parameters that all of them share. */
#define OKRUG_CURVE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    TEXT(industry, "industry")                                                                                         \
    INTEGER(simulations, "simulations", 999, 0, 99999, COUNT)                                                          \
    OKRUG_SEED_PARAMETER(INTEGER)                                                                                      \
    REAL(level, "level", 0.95, 0.5, 0.9999, SHARE)                                                                     \
    REAL(range, "range", 0, 0, 1e12, NONE)                                                                             \
    INTEGER(steps, "steps", 100, 1, 2000, COUNT)                                                                       \
    CHOICE(shared, "shared-places", "grain|exact")

typedef struct {
    const char *industry;
    int64_t simulations, seed;
    double level, range;
    int64_t steps;
    bool exact;
} okrug_curve_options;
#define OKRUG_CURVE_OPTIONS(p)                                                                                         \
    ((okrug_curve_options){(p)->industry, (p)->simulations, (p)->seed, (p)->level, (p)->range, (p)->steps,             \
                           (p)->shared == 1})

enum {
    OKRUG_CURVE_DISTANCE,
    OKRUG_CURVE_OBSERVED,
    OKRUG_CURVE_LO_LOCAL,
    OKRUG_CURVE_HI_LOCAL,
    OKRUG_CURVE_LO_GLOBAL,
    OKRUG_CURVE_HI_GLOBAL,
    OKRUG_CURVE_LO_LENGTH,
    OKRUG_CURVE_HI_LENGTH,
    OKRUG_CURVE_EXPECTED
};
#define OKRUG_CURVE_COLUMNS(formula)                                                                                   \
    {"distance", OKRUG_NUMBER, OKRUG_UNIT_OWN, "of the coordinates; km where they are latitude and longitude"},        \
        {"observed", OKRUG_NUMBER, OKRUG_UNIT_RATIO, formula},                                                         \
        {"lo_local", OKRUG_NUMBER, OKRUG_UNIT_RATIO,                                                                   \
         "k-th least of the simulated at this distance, k = (1 - level) (simulations + 1) / 2"},                       \
        {"hi_local", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "k-th greatest"},                                                 \
        {"lo_global", OKRUG_NUMBER, OKRUG_UNIT_RATIO,                                                                  \
         "k-th least, k the greatest with which at most 1 - level of the simulated curves leave the band anywhere"},   \
        {"hi_global", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "k-th greatest, the same k"},                                    \
        {"lo_length", OKRUG_NUMBER, OKRUG_UNIT_RATIO,                                                                  \
         "least of the curves without the 1 - level most extreme by rank length"},                                     \
        {"hi_length", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "greatest of them"}, {                                           \
        "expected", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "mean of the simulated"                                            \
    }

typedef struct {
    int64_t count;
    double *distance;
    double *observed; /* NaN: missing */
    uint8_t *reason;  /* okrug_reason of each distance; OKRUG_PRESENT: there is an observed value */
    int64_t simulations;
    double *simulated; /* simulations x count; NaN: missing */
    okrug_reason none; /* why there is no envelope anywhere; OKRUG_PRESENT: there is one */
} okrug_curve;

/* What all distances together say. */
typedef struct {
    double p, local_share, global_share;
    double gamma, psi; /* area of the curve above the global band; where there is none, below it */
    bool by_chance; /* the global band is that of all simulated curves, which any curve leaves more often than is said;
                       and by p it is none of the extreme */
} okrug_curve_verdict;

#define OKRUG_VERDICT_COLUMNS                                                                                          \
    {"simulations", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "--simulations"},                                                  \
        {"null_hypothesis", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},                                                        \
        {"p", OKRUG_NUMBER, OKRUG_UNIT_SHARE,                                                                          \
         "of the curve by extreme rank length: (curves at least as extreme, itself included) / (simulations + 1)"},    \
        {"local_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "of simulated curves that leave the local band somewhere"},    \
        {"global_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "of simulated curves that leave the global band somewhere"},  \
        {"verdict", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},                                                                \
        {"gamma", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum over distances of max(observed - hi_global, 0) step"}, {        \
        "psi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "0 where gamma > 0, else the sum of max(lo_global - observed, 0) step"  \
    }
#define OKRUG_PLACES_COLUMNS                                                                                           \
    {"places", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "different coordinates among all sites"},                               \
        {"sharing", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "sites that share their coordinates with another"},                \
        {"largest_place", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "sites at the fullest place"}, {                             \
        "grain", OKRUG_NUMBER, OKRUG_UNIT_OWN,                                                                         \
            "median, over sharing sites, of the distance to the nearest other place; 0: not applied"                   \
    }

/* Simulations that can tell a band of that level, or none: OKRUG_BAD_USAGE "simulations-few". */
okrug_status okrug_curve_check(okrug_ctx *ctx, const okrug_curve_options *options);
/* Distances from 0 to the range (else the median distance between sites), even steps apart, marked where they are below
 * the grain. OKRUG_BAD_INPUT: "range-below-grain"; OKRUG_BAD_USAGE: "range-globe". Scratch memory of the context. */
okrug_status okrug_curve_make(okrug_ctx *ctx, const okrug_plant_points *plants, const okrug_curve_options *options,
                              int64_t simulations, okrug_curve *curve);
/* Adds the table: judges over the distances at which the observed and all simulated curves have a value. */
okrug_status okrug_curve_write(okrug_ctx *ctx, const okrug_curve *curve, double level, const okrug_output *output,
                               okrug_unit unit, okrug_dataset *result, okrug_curve_verdict *verdict);
/* Cells of OKRUG_VERDICT_COLUMNS and OKRUG_PLACES_COLUMNS, the first being `column`. */
okrug_status okrug_verdict_write(const okrug_curve *curve, const okrug_curve_verdict *verdict, const char *hypothesis,
                                 okrug_table *table, int column);
okrug_status okrug_places_write(const okrug_plant_points *plants, okrug_table *table, int column);

#endif
