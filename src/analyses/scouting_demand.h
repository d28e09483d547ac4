/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many people of each occupation the members of a cluster and its projects will need.
 */
#ifndef OKRUG_ANALYSES_SCOUTING_DEMAND_H
#define OKRUG_ANALYSES_SCOUTING_DEMAND_H

#include "analyses/scouting_case.h"

typedef struct {
    const okrug_table *firms, *staff, *projects, *occupations; /* but for the first: or NULL */
} okrug_demand_tables;

/* Fills both tables: demand (cluster, occupation, people, vacancies, retiring, project_jobs, to_train) and project_jobs
 * (project, cluster, occupation, jobs). Warns of projects whose jobs cannot be split ("jobs-not-split"). */
okrug_status okrug_scouting_demand(okrug_ctx *ctx, const okrug_demand_tables *tables, const okrug_scouting *s,
                                   okrug_table *demand, okrug_table *jobs);

#endif
