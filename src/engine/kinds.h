/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kinds of data that can be imported: the roles of their columns.
 */
#ifndef OKRUG_ENGINE_KINDS_H
#define OKRUG_ENGINE_KINDS_H

#include "analyses/analysis.h"

typedef struct {
    const char *id;    /* "values" */
    const char *about; /* what it is data about, under which people find it: "regions", "firms", "registry" */
    okrug_shape shape; /* INPUT_OUTPUT: every column is kept as it is */
    const okrug_role *roles;
    int role_count;
} okrug_kind;

extern const okrug_kind okrug_kinds[];
extern const int okrug_kind_count;
const okrug_kind *okrug_kind_find(const char *id);                                      /* NULL: none */
okrug_status okrug_kind_named(okrug_ctx *ctx, const char *id, const okrug_kind **kind); /* BAD_USAGE "unknown-kind" */
/* Rows of that kind that end before they begin: BAD_INPUT, a fault for each ("dated-backwards"). No analysis can judge
 * by them. */
okrug_status okrug_kind_check_dates(okrug_ctx *ctx, const okrug_kind *kind, const okrug_table *table);

#endif
