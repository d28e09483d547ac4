/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An economy, a shock and rules of behaviour, as okrug_ario takes them: from a table of a year and second inputs.
 */
#ifndef OKRUG_ANALYSES_SHOCK_CASE_H
#define OKRUG_ANALYSES_SHOCK_CASE_H

#include <okrug/propagation.h>

#include "analyses/io_table.h"

/* Who is hit: a share of capacity, for so many days and coming back over so many more, or damage in money. */
#define OKRUG_SHOCK_ROLES                                                                                              \
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                            \
        {"share", OKRUG_NUMBER, OKRUG_ONE_OF, OKRUG_DOMAIN_SHARE, OKRUG_UNIT_SHARE},                                   \
        {"damage", OKRUG_NUMBER, OKRUG_ONE_OF, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},                             \
        {"duration", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE}, {                      \
        "recovery", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE                           \
    }
/* Days of stock by product; an empty cell: never short. */
#define OKRUG_STOCK_ROLES                                                                                              \
    {"product", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                           \
        "days", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_POSITIVE, OKRUG_UNIT_NONE                                   \
    }

#define OKRUG_SHOCK_PARAMETERS(REAL, TEXTS)                                                                            \
    REAL(recovery_days, "recovery-days", 60, 0, 36500, NONE)                                                           \
    REAL(inventory_days, "inventory-days", 90, 0.01, 36500, NONE)                                                      \
    REAL(inventory_needed, "inventory-needed", 0.8, 0.01, 1, SHARE)                                                    \
    REAL(restoration_days, "restoration-days", 60, 1, 36500, NONE)                                                     \
    REAL(overproduction, "overproduction", 1.25, 1, 10, RATIO)                                                         \
    REAL(overproduction_days, "overproduction-days", 365, 1, 36500, NONE)                                              \
    REAL(capital_ratio, "capital-ratio", 4, 0.01, 100, RATIO)                                                          \
    REAL(rebuild_days, "rebuild-days", 60, 1, 36500, NONE)                                                             \
    TEXTS(rebuild, "rebuild")

typedef struct {
    double recovery_days, inventory_days, inventory_needed, restoration_days, overproduction, overproduction_days,
        capital_ratio, rebuild_days;
    okrug_texts rebuild; /* industries that rebuild, in proportion to their output */
} okrug_shock_options;
#define OKRUG_SHOCK_OPTIONS(p)                                                                                         \
    ((okrug_shock_options){(p)->recovery_days, (p)->inventory_days, (p)->inventory_needed, (p)->restoration_days,      \
                           (p)->overproduction, (p)->overproduction_days, (p)->capital_ratio, (p)->rebuild_days,       \
                           (p)->rebuild})

typedef struct {
    okrug_io_request io;
    okrug_texts value_added;
    const okrug_table *shock, *inventories, *products; /* the last two may be NULL */
    okrug_shock_options options;
} okrug_shock_request;

typedef struct {
    okrug_io io;         /* flows and output per day */
    double *value_added; /* n: per unit of output; NULL: not named */
    double *normal;      /* n: output per day, as okrug_ario begins with */
    okrug_ario_economy economy;
    okrug_ario_rules rules;
    okrug_ario_shock shock;
} okrug_shock_case;

/* Scratch memory. OKRUG_BAD_INPUT besides what okrug_io_read says: "not-an-industry", "negative-flow" (each cell),
 * "no-product" (an industry that --products lacks), "damage-exceeds-capital". OKRUG_BAD_USAGE: "missing-option" where
 * damage is given without --value-added or --rebuild. */
okrug_status okrug_shock_case_read(okrug_ctx *ctx, const okrug_shock_request *request, okrug_shock_case *out);

#endif
