/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parameters that take several values in turn (--vary delta=0.15 --vary delta=0.25): every combination is run on the
 * same inputs, and the tables are put one under another, with columns in front that say what a row was computed with.
 */
#ifndef OKRUG_ENGINE_VARY_H
#define OKRUG_ENGINE_VARY_H

#include "engine/engine_private.h"

enum { OKRUG_VARIANTS_MOST = 10000 };

typedef struct {
    const okrug_parameter *parameter;
    const char **value; /* as given; "@INPUT.ROLE": each value of that column, in its order */
    int64_t count;
} okrug_varied;

typedef struct {
    okrug_varied *list;
    int count; /* 0: nothing varies */
} okrug_variation;

/* Takes one option "PARAMETER=VALUE"; `most` is how many options there are. Scratch memory. OKRUG_BAD_USAGE where there
 * is no such parameter, it takes a list itself, or the value is not of its kind. */
okrug_status okrug_variation_take(okrug_ctx *ctx, okrug_variation *variation, const okrug_analysis *analysis,
                                  const okrug_option *option, int most);

/* Puts the values of columns in the place of "@INPUT.ROLE". `table` is per input of the descriptor, NULL where absent.
 * OKRUG_BAD_USAGE for columns that are not there, values that do not do, and more than OKRUG_VARIANTS_MOST
 * combinations.
 */
okrug_status okrug_variation_resolve(okrug_ctx *ctx, okrug_variation *variation, const okrug_analysis *analysis,
                                     const okrug_table *const *table);

/* Runs the analysis, once for each combination, the last parameter changing fastest. A warning that all of them give is
 * kept once. A combination that fails fails all, and is named. */
okrug_status okrug_variation_run(okrug_ctx *ctx, const okrug_variation *variation, const okrug_analysis *analysis,
                                 const okrug_job *job, okrug_dataset *result);

#endif
