/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of the generator, each a file of its own.
 */
#ifndef OKRUG_GENERATOR_TABLES_H
#define OKRUG_GENERATOR_TABLES_H

#include "generator/firms.h"
#include "generator/out.h"

typedef okrug_status generator_table(const generator_world *world, generator_out *out);

generator_table generator_firms, generator_accounts, generator_contracts, generator_products, generator_equipment,
    generator_staff, generator_clusters, generator_participants, generator_facilities, generator_projects,
    generator_milestones, generator_spending, generator_obligations, generator_needs, generator_activity_names;

/* Calls `write` for each firm. */
typedef void generator_firm_writer(const generator_world *world, const generator_firm *firm, generator_out *out);
okrug_status generator_each_firm(const generator_world *world, generator_out *out, generator_firm_writer *write);

/* The firms at a glance, for tables that join them. Scratch memory. */
typedef struct {
    int64_t count;
    const uint8_t *activity;
    const uint8_t *place;
    const int32_t *employees;
    const int16_t *cluster; /* -1: none */
    /* Firms of activity a, the largest first: order[start[a]] ... order[start[a + 1] - 1]. */
    const int64_t *start;
    const int32_t *order;
} generator_index;
okrug_status generator_index_of(const generator_world *world, okrug_ctx *ctx, generator_index *index);

/* The clusters of the request: cluster c is of chain c + 1. */
int generator_cluster_count(const generator_world *world);
void generator_cluster_code(const generator_world *world, int cluster, char code[24]); /* "SYN-40-1" */
/* A day so many after 2022-01-01, YYYY-MM-DD. */
void generator_day(int64_t days, char text[16]);
/* What the firm's products are: a choice of those of its activity; the number of them. */
int generator_products_of(const generator_world *world, const generator_firm *firm);
/* Its revenue in that year, without VAT, roubles. */
int64_t generator_revenue(const generator_world *world, const generator_firm *firm, int year);

okrug_status generator_check(okrug_ctx *ctx, const okrug_generator_request *request);

enum { GENERATOR_FIRST_YEAR = 2023, GENERATOR_YEARS = 3 };

#endif
