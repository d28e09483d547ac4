/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The registry of clusters, read from a workspace's datasets of the kinds clusters, participants, firms, facilities,
 * projects, milestones, spending, obligations, needs, equipment, contracts. Of each kind that dataset counts which is
 * called as the kind, else the only one of it.
 */
#ifndef OKRUG_PLATFORM_REGISTRY_H
#define OKRUG_PLATFORM_REGISTRY_H

#include <stdio.h>

#include "engine/engine.h"

typedef struct {
    const char *cluster; /* NULL: the list of all */
    const char *date;    /* as of which day; NULL: today (UTC) */
    /* Of an application, which takes kinds that cards do not: which of several datasets is meant. NULL: a card. */
    const okrug_options *chosen;
} okrug_registry_request;

/* The list: {"date", "clusters": [{"cluster", "name", "region", "organisation", "participants", "facilities",
 * "projects", "late"}], "datasets": {KIND: ID}}; counts as of the date, of late milestones and obligations together.
 *
 * A card: {"date", "cluster": {...}, "participants": [...], "facilities": [...], "projects": [...], "milestones":
 * [...], "spending": [...], "obligations": [...], "needs": [...], "contracts": {...}, "cooperation": [...], "missing":
 * [...], "datasets": {...}}; the shapes are in schemas/openapi.json (RegistryCard). In it are the participants and
 * facilities in force on that day (from `since` to `until`, both included), contracts among these participants that
 * were made by then, and what was spent and done by then.
 *
 * OKRUG_NOT_FOUND ("no-clusters", "no-cluster"), OKRUG_BAD_USAGE ("bad-option-value" for the date, "several-of-kind").
 * Cost: a pass over each of the tables, within SQLite; memory for the rows that are told. */
okrug_status okrug_registry_describe(okrug_ctx *ctx, okrug_store *store, const okrug_registry_request *request,
                                     okrug_buffer *out);
/* The same as tables for people. */
okrug_status okrug_registry_print(okrug_ctx *ctx, okrug_store *store, const okrug_registry_request *request,
                                  const okrug_catalogue *catalogue, FILE *out);

#endif
