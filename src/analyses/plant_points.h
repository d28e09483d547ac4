/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plants as points, and the industry that is studied among them: what the analyses of distances read.
 */
#ifndef OKRUG_ANALYSES_PLANT_POINTS_H
#define OKRUG_ANALYSES_PLANT_POINTS_H

#include <okrug/points.h>

#include "analyses/analysis.h"

/* What a place is that of: "plant", or something else, of which nothing is told by distances. Without the column all
 * are taken for plants, and where the rows are firms that is said. */
#define OKRUG_PRECISION_ROLE                                                                                           \
    {"precision", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                    \
        "firm", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                          \
    }
/* x and y in a plane, or latitude and longitude. */
#define OKRUG_PLANT_POINT_ROLES                                                                                        \
    OKRUG_PRECISION_ROLE, {"x", OKRUG_NUMBER, OKRUG_ONE_OF, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                        \
        {"y", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                        \
        {"lat", OKRUG_NUMBER, OKRUG_ONE_OF, OKRUG_DOMAIN_LATITUDE, OKRUG_UNIT_DEGREE},                                 \
        {"lon", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_LONGITUDE, OKRUG_UNIT_DEGREE}, {                            \
        "industry", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                      \
    }

/* Beyond this many points of the industry pairs are not measured one by one; the bandwidth is then found from the
 * distances between so many of them. */
enum { OKRUG_PLANT_POINTS_MOST = 300000, OKRUG_BANDWIDTH_POINTS = 20000 };

typedef struct {
    const okrug_table *table;
    const char *name;     /* the industry; NULL: the input has but one */
    okrug_points sites;   /* every plant whose own place is known */
    int32_t *word;        /* of each site: its industry's number; -1: none said */
    double *weight;       /* of each site; NULL: every plant counts as one */
    okrug_points members; /* of the industry */
    double *member_weight;
    int32_t *member;                   /* which sites they are */
    int32_t industry;                  /* its number; -1: all are members */
    okrug_shared_places shared;        /* of all sites */
    okrug_shared_places member_shared; /* of the industry's */
    double grain;                      /* distances below it are not told apart; 0: all are */
    okrug_unit unit;                   /* of distances */
} okrug_plant_points;

/* The share of points at shared places from which on these are no coincidence. */
extern const double OKRUG_SHARING_MATTERS;

/* Reads the plants; leaves out, counted, those without a place or, with `weighted`, without a weight
 * ("plants-without-place", "plants-without-weight"), and places that are not those of plants ("places-of-no-plants").
 * With `exact` shared places set no grain. OKRUG_BAD_INPUT: "missing-column", "no-rows", "no-place-of-a-plant",
 * "industry-needed", "no-such-industry". Scratch memory of the context. */
okrug_status okrug_plant_points_read(okrug_ctx *ctx, const okrug_table *table, const char *industry, bool weighted,
                                     bool exact, okrug_plant_points *plants);

/* The number of that industry, -1 without one: "no-such-industry". */
okrug_status okrug_plant_points_industry(okrug_ctx *ctx, const okrug_table *table, const char *industry, int32_t *word);

/* The bandwidth that is wanted, else (0) the rule's for the industry's distances: "bandwidth-needed". */
okrug_status okrug_plant_points_bandwidth(okrug_ctx *ctx, const okrug_plant_points *plants, double wanted,
                                          double *bandwidth);
/* OKRUG_BAD_USAGE "bandwidth-narrow". */
okrug_status okrug_plant_points_narrow(okrug_ctx *ctx, double bandwidth, double range);

#endif
