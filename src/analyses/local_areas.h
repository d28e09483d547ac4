/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table that local Moran's I and Getis and Ord's G_i give: a row for each region, industry and period.
 */
#ifndef OKRUG_ANALYSES_LOCAL_AREAS_H
#define OKRUG_ANALYSES_LOCAL_AREAS_H

#include "analyses/neighbours.h"

#define OKRUG_AREAS_COLUMNS(statistic_formula, z_formula, quadrant_formula)                                            \
    {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_i"},                     \
        {"statistic", OKRUG_NUMBER, OKRUG_UNIT_INDEX, statistic_formula},                                              \
        {"z", OKRUG_NUMBER, OKRUG_UNIT_INDEX, z_formula},                                                              \
        {"p", OKRUG_NUMBER, OKRUG_UNIT_SHARE,                                                                          \
         "(draws beyond + 1) / (--permutations + 1), two-sided: twice the smaller tail's; p_normal without draws"},    \
        {"q", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "min over p_j >= p_i of p_j m / rank_j (Benjamini and Hochberg)"},       \
        {"quadrant", OKRUG_TEXT, OKRUG_UNIT_NONE, quadrant_formula},                                                   \
        {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, "the quadrant where q <= --fdr"},                                     \
        {"expectation", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "of the statistic, the region's own value given"},             \
        {"variance", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "of the statistic, the region's own value given"},                \
        {"p_normal", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "P of a standard normal variable beyond z"},                      \
        {"neighbours", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "regions with a value that it is linked to"},                   \
        {"alternative", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {         \
        "period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL                                                                    \
    }

typedef struct {
    bool moran;     /* else Getis and Ord */
    bool with_self; /* G*, not G */
    okrug_spatial_options options;
    double fdr;
} okrug_areas_request;

okrug_status okrug_local_areas(okrug_ctx *ctx, const okrug_job *job, const okrug_areas_request *request,
                               const okrug_output *output, okrug_dataset *result);

#endif
