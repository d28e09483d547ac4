/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is said of each indicator of a composite: which way is better, its weight and its group.
 */
#ifndef OKRUG_ANALYSES_COMPOSITE_PLAN_H
#define OKRUG_ANALYSES_COMPOSITE_PLAN_H

#include "analyses/cube.h"

#define OKRUG_COMPOSITE_PLAN_ROLES                                                                                     \
    {"indicator", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                           \
        {"direction", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                  \
        {"weight", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE}, {                        \
        "group", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                         \
    }

/* In the order of the cube's things. */
typedef struct {
    bool *higher;       /* higher is better */
    const char **group; /* NULL: none */
    double *equal;      /* sum 1: groups weigh the same, and so do the indicators of one */
    double *given;      /* sum 1; NULL: no weights were given */
} okrug_composite_plan;

/* `table` may be NULL: higher is better in all, with a warning ("directions-assumed"). OKRUG_BAD_INPUT:
 * "indicator-not-described" and "indicator-without-values" (each named), "bad-direction", "weight-missing",
 * "weights-of-nothing". Scratch memory. */
okrug_status okrug_composite_plan_read(okrug_ctx *ctx, const okrug_table *table, const okrug_cube *cube,
                                       const char *file, okrug_composite_plan *plan);

#endif
