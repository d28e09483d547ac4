/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plants of the industries of a panel, or classes of their size where plants are not known.
 */
#ifndef OKRUG_ANALYSES_PLANTS_H
#define OKRUG_ANALYSES_PLANTS_H

#include <okrug/plants.h>

#include "analyses/panel.h"

/* One row a plant. Nothing but its name (where there is one) tells it from another one of the same size. */
#define OKRUG_PLANT_ROLES                                                                                              \
    {"industry", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                       \
        {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},                            \
        {"region", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                     \
        {"period", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                   \
        "plant", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE                                         \
    }
/* How many plants have a size from `least` to `most` (no text: no upper bound), and what they have together. */
#define OKRUG_SIZE_CLASS_ROLES                                                                                         \
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                            \
        {"region", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                 \
        {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},                                 \
        {"least", OKRUG_NUMBER, OKRUG_KEY, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},                                 \
        {"most", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},                             \
        {"plants", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_COUNT}, {                       \
        "value", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN                               \
    }

/* Each is an array of the panel's industries. */
typedef struct {
    okrug_plant_sizes sizes; /* herfindahl and fourth are NaN where plants are not known */
    double *least, *most;    /* of H: both are H where plants are known; NaN where nothing is */
    double *count;           /* plants, or those of the classes; NaN where neither is known */
    uint8_t *reason;         /* okrug_reason why H is not known */
    uint8_t *bound_reason;   /* why there are no bounds of it */
} okrug_plant_structure;

/* Nothing is known of any plant. Scratch memory. */
okrug_status okrug_plant_structure_new(okrug_ctx *ctx, int64_t industries, okrug_plant_structure *out);

/* From rows of plants. Warns of plants without an industry and of industries whose plants sum to another value than the
 * panel has. BAD_INPUT "plants-of-several-periods", "plant-repeated". O(plants log plants). */
okrug_status okrug_plants_read(okrug_ctx *ctx, const okrug_table *plants, const okrug_panel *panel,
                               okrug_plant_structure *out);

/* For industries without plants, from rows of size classes: bounds. Where rows name regions, plants of a region sum to
 * what the panel has there, else to the industry's total. Warns of industries in which no sizes agree with that.
 * BAD_INPUT "plants-of-several-periods", "size-class-empty". O(rows log rows). */
okrug_status okrug_size_classes_read(okrug_ctx *ctx, const okrug_table *classes, const okrug_panel *panel,
                                     okrug_plant_structure *out);

/* Whether a row of a second input speaks of the panel's period; rows without a period speak of all. */
bool okrug_row_of_period(const okrug_column *period, int64_t row, const char *of);
/* BAD_INPUT "plants-of-several-periods" where the table has several periods and the panel none. */
okrug_status okrug_one_period_of(okrug_ctx *ctx, const okrug_table *table, const okrug_panel *panel, const char *input);
/* For each word of a column its place among `count` codes; -1: not there. Scratch memory. */
okrug_status okrug_places_of(okrug_ctx *ctx, const okrug_column *column, int64_t count, const char *const *code,
                             int64_t **out);

#endif
