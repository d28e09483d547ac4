/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Satellite accounts (emissions, water, persons) beside an input-output table, and the categories of final demand that
 * they are led back to.
 */
#ifndef OKRUG_ANALYSES_SATELLITE_CASE_H
#define OKRUG_ANALYSES_SATELLITE_CASE_H

#include "analyses/io_table.h"

#define OKRUG_SATELLITE_ROLES                                                                                          \
    {"account", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                             \
        {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                        \
        {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_OWN}, {                                   \
        "unit", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                          \
    }

typedef struct {
    okrug_io_request io;
    const okrug_table *satellites;
    const okrug_table *imports; /* imported part of flows and final demand, laid out as the table; NULL: not known */
} okrug_satellite_request;

typedef struct {
    okrug_io io;
    int64_t n, accounts, categories;
    const char **account, **unit; /* accounts; a unit is NULL where none is given */
    const char **category;
    double *value;         /* accounts x n: as given */
    double *direct;        /* accounts x categories: used by final demand itself (fuel of households) */
    double *demand;        /* categories x n: of home production */
    double *import_flow;   /* n x n; NULL: imports are not known */
    double *import_demand; /* categories x n; NULL likewise */
} okrug_satellite_case;

/* Scratch memory. OKRUG_BAD_INPUT besides what okrug_io_read says: "not-an-industry" (neither industry nor category),
 * "unit-differs", "no-final-demand". */
okrug_status okrug_satellite_case_read(okrug_ctx *ctx, const okrug_satellite_request *request,
                                       okrug_satellite_case *out);

#endif
