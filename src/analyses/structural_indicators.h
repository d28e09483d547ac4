/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which indicators make regions comparable, how each is scaled and what each weighs.
 */
#ifndef OKRUG_ANALYSES_STRUCTURAL_INDICATORS_H
#define OKRUG_ANALYSES_STRUCTURAL_INDICATORS_H

#include "analyses/cube.h"

#define OKRUG_STRUCTURAL_INDICATOR_ROLES                                                                               \
    {"indicator", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                           \
        {"group", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                      \
        {"weight", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE}, {                        \
        "scale", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                         \
    }

typedef struct {
    int64_t count;
    int64_t *thing;     /* of each: its place among the cube's things */
    const char **group; /* NULL: none */
    double *weight;     /* within its group, as given; 1 where nothing is said */
    bool *as_given;     /* not to be standardised */
    int64_t outcome;    /* the place of the indicator whose value is compared; -1: none was named */
} okrug_structural_indicators;

/* Those that `list` names (NULL: all of the cube but the outcome), in scratch memory. OKRUG_BAD_INPUT:
 * "no-indicator" for each that the cube lacks and for the outcome; "unknown-scale" where the scale is neither
 * `standard` nor `given`; "no-weight" where weights are missing. */
okrug_status okrug_structural_indicators_read(okrug_ctx *ctx, const okrug_table *input, const okrug_table *list,
                                              const okrug_cube *cube, const char *outcome,
                                              okrug_structural_indicators *out);

/* weight (count) of each in the distance, where `counts` says which are in: groups weigh the same, an indicator in its
 * group as its weight says; they add up to 1, or are 0 where nothing weighs. */
void okrug_structural_weights(const okrug_structural_indicators *indicators, const bool *counts, double *weight);

#endif
