/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Data that come with the program and stand in for an input that was not given.
 */
#ifndef OKRUG_ENGINE_SHIPPED_H
#define OKRUG_ENGINE_SHIPPED_H

#include "engine/engine_private.h"

typedef struct {
    const char *file; /* its name; NULL: none */
    const char *bytes;
    size_t length;
} okrug_shipped;

okrug_shipped okrug_shipped_find(const char *name);

/* What stands in for that input (see okrug_analysis.shipped); no file: nothing does. */
okrug_shipped okrug_shipped_for(okrug_ctx *ctx, const okrug_analysis *analysis, int input, const void *parameters);

#endif
