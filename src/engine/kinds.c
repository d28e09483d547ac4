/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kinds of data that can be imported: the roles of their columns.
 */
#include "engine/kinds.h"

#include <string.h>

#define CODE(name, need)                                                                                               \
    { name, OKRUG_TEXT, need, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE }
#define AMOUNT(name, need, domain, unit)                                                                               \
    { name, OKRUG_NUMBER, need, OKRUG_DOMAIN_##domain, OKRUG_UNIT_##unit }

static const okrug_role values_roles[] = {
    CODE("region", OKRUG_KEY),
    CODE("industry", OKRUG_KEY_OPTIONAL),
    CODE("period", OKRUG_KEY_OPTIONAL),
    AMOUNT("value", OKRUG_REQUIRED, NOT_NEGATIVE, NONE),
};

static const okrug_role territories_roles[] = {
    CODE("region", OKRUG_KEY),
    CODE("name", OKRUG_OPTIONAL),
    AMOUNT("lat", OKRUG_REQUIRED, LATITUDE, DEGREE),
    AMOUNT("lon", OKRUG_REQUIRED, LONGITUDE, DEGREE),
    AMOUNT("area_km2", OKRUG_OPTIONAL, NOT_NEGATIVE, KM2),
    AMOUNT("population", OKRUG_OPTIONAL, NOT_NEGATIVE, PERSON),
};

static const okrug_role boundaries_roles[] = {
    CODE("region", OKRUG_KEY),
    {"geometry", OKRUG_GEOMETRY, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};

static const okrug_role neighbours_roles[] = {
    CODE("a", OKRUG_KEY),
    CODE("b", OKRUG_KEY),
    AMOUNT("weight", OKRUG_OPTIONAL, NOT_NEGATIVE, NONE),
    AMOUNT("records", OKRUG_OPTIONAL, POSITIVE, NONE),
};

/* One code may go to several, each with its share. */
static const okrug_role concordance_roles[] = {
    CODE("from", OKRUG_KEY),
    CODE("to", OKRUG_KEY),
    AMOUNT("share", OKRUG_OPTIONAL, SHARE, SHARE),
};

/* From that period on the territory `from` is, or with its share goes to, `to`. */
static const okrug_role reforms_roles[] = {
    CODE("from", OKRUG_KEY),
    CODE("to", OKRUG_KEY),
    CODE("period", OKRUG_KEY_OPTIONAL),
    AMOUNT("share", OKRUG_OPTIONAL, SHARE, SHARE),
};

static const okrug_role labels_roles[] = {
    CODE("dimension", OKRUG_KEY),
    CODE("code", OKRUG_KEY),
    CODE("en", OKRUG_REQUIRED),
    CODE("ru", OKRUG_REQUIRED),
};

const okrug_kind okrug_kinds[] = {
    {"values", OKRUG_SHAPE_TIDY, values_roles, OKRUG_COUNT_OF(values_roles)},
    {"territories", OKRUG_SHAPE_TIDY, territories_roles, OKRUG_COUNT_OF(territories_roles)},
    {"boundaries", OKRUG_SHAPE_TIDY, boundaries_roles, OKRUG_COUNT_OF(boundaries_roles)},
    {"neighbours", OKRUG_SHAPE_TIDY, neighbours_roles, OKRUG_COUNT_OF(neighbours_roles)},
    {"input-output", OKRUG_SHAPE_INPUT_OUTPUT, NULL, 0},
    {"concordance", OKRUG_SHAPE_TIDY, concordance_roles, OKRUG_COUNT_OF(concordance_roles)},
    {"reforms", OKRUG_SHAPE_TIDY, reforms_roles, OKRUG_COUNT_OF(reforms_roles)},
    {"labels", OKRUG_SHAPE_TIDY, labels_roles, OKRUG_COUNT_OF(labels_roles)},
};
const int okrug_kind_count = OKRUG_COUNT_OF(okrug_kinds);

const okrug_kind *okrug_kind_find(const char *id) {
    for (int i = 0; i < okrug_kind_count; i++) {
        if (strcmp(okrug_kinds[i].id, id) == 0) {
            return &okrug_kinds[i];
        }
    }
    return NULL;
}
