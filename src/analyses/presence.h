/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who has what: the step that complexity, fitness, relatedness and opportunities begin with, and what they all say of
 * the table it is made from.
 */
#ifndef OKRUG_ANALYSES_PRESENCE_H
#define OKRUG_ANALYSES_PRESENCE_H

#include "analyses/analysis.h"
#include "analyses/panel.h"

/* When a region has an industry: `threshold`, and `presence` with the choices below. */
#define OKRUG_THRESHOLD_PARAMETER(REAL) REAL(threshold, "threshold", 1, 1e-9, 1e9, RATIO)
#define OKRUG_PRESENCE_PARAMETERS(REAL, CHOICE)                                                                        \
    CHOICE(presence, "presence", "rca|value") OKRUG_THRESHOLD_PARAMETER(REAL)
enum { OKRUG_PRESENCE_RCA, OKRUG_PRESENCE_VALUE };

/* The grain of methods that order regions and industries by who has what, as the rows of `grain`. */
#define OKRUG_PRESENCE_GRAIN                                                                                           \
    {"regions", 3, OKRUG_UNIT_COUNT}, {"industries", 3, OKRUG_UNIT_COUNT}, {                                           \
        "known-share", 0.8, OKRUG_UNIT_SHARE                                                                           \
    }

/* Below so many regions or industries such an order can be had and says little: the warning "small-table". */
enum { OKRUG_PRESENCE_FEW = 20 };

/* OKRUG_BAD_INPUT where the period is below the three rows of OKRUG_PRESENCE_GRAIN; warns of small tables
 * ("small-table") and of missing cells ("missing-as-absent"). `file` is for the place. */
okrug_status okrug_presence_need(okrug_ctx *ctx, const okrug_panel *panel, const okrug_grain *grain, const char *file);

/* presence (regions x industries): 1 where the region is specialised in the industry or, by VALUE, where the value
 * reaches the threshold, else 0. */
okrug_status okrug_presence_of(okrug_ctx *ctx, const okrug_panel *panel, int by, double threshold, double *presence);

#endif
