/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text options -> the typed struct of an analysis, its inputs and how to read them.
 */
#ifndef OKRUG_ENGINE_PARAMETERS_H
#define OKRUG_ENGINE_PARAMETERS_H

#include "engine/engine_private.h"

typedef struct {
    void *parameters;        /* the analysis's own struct */
    const char **input_spec; /* per input of the descriptor: what it was given as; NULL: absent */
    okrug_reading reading;
} okrug_plan;

/* Scratch memory of the context. BAD_USAGE with every fault: unknown options (with the nearest name), values that are
 * no number or outside their range, choices that are not offered, an option given twice. */
okrug_status okrug_plan_options(okrug_ctx *ctx, const okrug_analysis *analysis, const okrug_options *options,
                                okrug_plan *plan);

#endif
