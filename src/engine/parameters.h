/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text options -> the typed struct of an analysis, its inputs and how to read them.
 */
#ifndef OKRUG_ENGINE_PARAMETERS_H
#define OKRUG_ENGINE_PARAMETERS_H

#include "engine/engine_private.h"
#include "engine/select.h"
#include "engine/vary.h"

typedef struct {
    void *parameters;        /* the analysis's own struct */
    const char **input_spec; /* per input of the descriptor: what it was given as; NULL: absent */
    okrug_reading reading;
    okrug_variation variation;
    okrug_selection selection;
} okrug_plan;

/* NULL: the analysis has none of that name. */
const okrug_parameter *okrug_parameter_find(const okrug_analysis *analysis, const char *name);

/* Reads the option's value into its field of `parameters`. `most`: room for a parameter that is a list (scratch
 * memory). OKRUG_BAD_USAGE where it is no such value. */
okrug_status okrug_parameter_take(okrug_ctx *ctx, const okrug_parameter *parameter, const okrug_option *option,
                                  int most, void *parameters);

/* Scratch memory of the context. BAD_USAGE with every fault: unknown options (with the nearest name), values that are
 * no number or outside their range, choices that are not offered, an option given twice. */
okrug_status okrug_plan_options(okrug_ctx *ctx, const okrug_analysis *analysis, const okrug_options *options,
                                okrug_plan *plan);

/* Whether `known`, the provenance of an earlier result (may be NULL), names the same causes. */
bool okrug_provenance_is_known(const char *known, const okrug_analysis *analysis, const okrug_plan *plan,
                               const okrug_loaded *inputs, const char *const *texts);

/* Provenance of a result as JSON, kept in it. */
okrug_status okrug_provenance_attach(okrug_ctx *ctx, const okrug_analysis *analysis, const okrug_plan *plan,
                                     const okrug_loaded *inputs, const char *const *texts, int64_t first_message,
                                     okrug_dataset *result);

#endif
