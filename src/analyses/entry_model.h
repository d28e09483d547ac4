/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How likely a region is to get an industry that it lacks, learnt from two periods: logistic regressions of entry on
 * density, and on what needs no density, to see what density adds.
 */
#ifndef OKRUG_ANALYSES_ENTRY_MODEL_H
#define OKRUG_ANALYSES_ENTRY_MODEL_H

#include <okrug/logit.h>

#include "analyses/two_dates.h"

typedef enum { OKRUG_ENTRY_DENSITY, OKRUG_ENTRY_BASELINE, OKRUG_ENTRY_FULL, OKRUG_ENTRY_MODELS } okrug_entry_kind;
typedef enum { OKRUG_EFFECTS_NONE, OKRUG_EFFECTS_INDUSTRY, OKRUG_EFFECTS_REGION, OKRUG_EFFECTS_BOTH } okrug_effects;

enum { OKRUG_ENTRY_TERMS = 3 };
typedef struct {
    okrug_logit_fit fit;
    int terms;
    const char *term[OKRUG_ENTRY_TERMS]; /* "density", "ubiquity", "diversity" */
    double estimate[OKRUG_ENTRY_TERMS], error[OKRUG_ENTRY_TERMS];
    double intercept, intercept_error; /* NaN where there are effects */
    double *industry_effect, *region_effect;
    double auc;      /* of the rows it was fitted to */
    double auc_held; /* of five parts, each with the model of the other four; NaN where one of them has no estimate */
} okrug_entry_fit;

typedef struct {
    okrug_two_dates dates;
    okrug_effects effects;
    okrug_entry_fit model[OKRUG_ENTRY_MODELS];
} okrug_entry_models;

/* The rows are the pairs of a region and an industry that both periods know, in regions and industries that have
 * anything in both, where the region lacked the industry in the first period and it is related to some other; y is
 * whether the region has it in the second. density (of the first period) is a share; ubiquity the share of regions that
 * have the industry, diversity the share of industries that the region has. Those that an effect holds already are left
 * out of the baseline. In scratch memory. As okrug_two_dates_read. */
okrug_status okrug_entry_models_fit(okrug_ctx *ctx, const okrug_table *table, const char *from, const char *to, int by,
                                    double threshold, okrug_effects effects, okrug_entry_models *out);

/* By the model of density, for places in `dates`; NaN where it says nothing. */
double okrug_entry_probability(const okrug_entry_models *models, int64_t region, int64_t industry, double density);

#endif
