/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kinds of data that can be imported: the roles of their columns.
 */
#include "engine/kinds.h"

#include <string.h>

#include <okrug/dated.h>

#define VALID                                                                                                          \
    OKRUG_TEXT_ROLE("since", OPTIONAL, DATE), OKRUG_TEXT_ROLE("until", OPTIONAL, DATE) /* both days are within */

static const okrug_role values_roles[] = {
    OKRUG_TEXT_ROLE("region", KEY, ANY),
    OKRUG_TEXT_ROLE("industry", KEY_OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("period", KEY_OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("value", REQUIRED, NOT_NEGATIVE, NONE),
};

static const okrug_role territories_roles[] = {
    OKRUG_TEXT_ROLE("region", KEY, ANY),
    OKRUG_TEXT_ROLE("name", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("lat", REQUIRED, LATITUDE, DEGREE),
    OKRUG_NUMBER_ROLE("lon", REQUIRED, LONGITUDE, DEGREE),
    OKRUG_NUMBER_ROLE("area_km2", OPTIONAL, NOT_NEGATIVE, KM2),
    OKRUG_NUMBER_ROLE("population", OPTIONAL, NOT_NEGATIVE, PERSON),
};

static const okrug_role boundaries_roles[] = {
    OKRUG_TEXT_ROLE("region", KEY, ANY),
    {"geometry", OKRUG_GEOMETRY, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};

static const okrug_role neighbours_roles[] = {
    OKRUG_TEXT_ROLE("a", KEY, ANY),
    OKRUG_TEXT_ROLE("b", KEY, ANY),
    OKRUG_NUMBER_ROLE("weight", OPTIONAL, NOT_NEGATIVE, NONE),
    OKRUG_NUMBER_ROLE("records", OPTIONAL, POSITIVE, NONE),
};

/* One code may go to several, each with its share. */
static const okrug_role concordance_roles[] = {
    OKRUG_TEXT_ROLE("from", KEY, ANY),
    OKRUG_TEXT_ROLE("to", KEY, ANY),
    OKRUG_NUMBER_ROLE("share", OPTIONAL, SHARE, SHARE),
};

/* From that period on the territory `from` is, or with its share goes to, `to`. */
static const okrug_role reforms_roles[] = {
    OKRUG_TEXT_ROLE("from", KEY, ANY),
    OKRUG_TEXT_ROLE("to", KEY, ANY),
    OKRUG_TEXT_ROLE("period", KEY_OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("share", OPTIONAL, SHARE, SHARE),
};

static const okrug_role labels_roles[] = {
    OKRUG_TEXT_ROLE("dimension", KEY, ANY),
    OKRUG_TEXT_ROLE("code", KEY, ANY),
    OKRUG_TEXT_ROLE("en", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("ru", REQUIRED, ANY),
};

/* `firm` is any code that other tables know the firm by, as a rule its INN. `precision` says what the place is that of:
 * plant, address (of registration), settlement, municipality. */
static const okrug_role firms_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("name", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("inn", OPTIONAL, INN),
    OKRUG_TEXT_ROLE("ogrn", OPTIONAL, OGRN),
    OKRUG_TEXT_ROLE("kpp", OPTIONAL, KPP),
    OKRUG_TEXT_ROLE("legal_form", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("category", OPTIONAL, ANY), /* micro, small, medium, large */
    OKRUG_TEXT_ROLE("region", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("industry", OPTIONAL, ANY),   /* the main one */
    OKRUG_TEXT_ROLE("activities", OPTIONAL, ANY), /* the others, with spaces between */
    OKRUG_TEXT_ROLE("settlement", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("address", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("lat", OPTIONAL, LATITUDE, DEGREE),
    OKRUG_NUMBER_ROLE("lon", OPTIONAL, LONGITUDE, DEGREE),
    OKRUG_TEXT_ROLE("precision", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("employees", OPTIONAL, NOT_NEGATIVE, PERSON),
    VALID,
    OKRUG_TEXT_ROLE("synthetic", OPTIONAL, YES_NO), /* made, not real */
};

static const okrug_role firm_accounts_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("period", KEY_OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("revenue", OPTIONAL, NOT_NEGATIVE, RUB), /* without VAT */
    OKRUG_NUMBER_ROLE("exports", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_NUMBER_ROLE("cost", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_NUMBER_ROLE("wages", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_NUMBER_ROLE("profit", OPTIONAL, ANY, RUB),
    OKRUG_NUMBER_ROLE("assets", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_NUMBER_ROLE("research", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_NUMBER_ROLE("employees", OPTIONAL, NOT_NEGATIVE, PERSON),
    OKRUG_NUMBER_ROLE("workplaces", OPTIONAL, NOT_NEGATIVE, PERSON),
    OKRUG_NUMBER_ROLE("productive_workplaces", OPTIONAL, NOT_NEGATIVE, PERSON),
};

static const okrug_role contracts_roles[] = {
    OKRUG_TEXT_ROLE("contract", KEY, ANY),
    OKRUG_TEXT_ROLE("supplier", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("buyer", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("product", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("kind", OPTIONAL, CONTRACT_KIND),
    OKRUG_TEXT_ROLE("date", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("until", OPTIONAL, DATE),
    OKRUG_NUMBER_ROLE("amount", REQUIRED, NOT_NEGATIVE, RUB),
    OKRUG_TEXT_ROLE("vat", OPTIONAL, VAT),
    OKRUG_TEXT_ROLE("source", OPTIONAL, ANY),
};

static const okrug_role products_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("product", KEY, ANY),
    OKRUG_TEXT_ROLE("name", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("registry_number", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("output", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_TEXT_ROLE("end_product", OPTIONAL, YES_NO),
};

static const okrug_role equipment_roles[] = {
    OKRUG_TEXT_ROLE("equipment", KEY, ANY),
    OKRUG_TEXT_ROLE("firm", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("operation", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("name", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("count", OPTIONAL, NOT_NEGATIVE, COUNT),
    OKRUG_NUMBER_ROLE("hours", OPTIONAL, NOT_NEGATIVE, HOUR), /* that it can work in a month */
    OKRUG_NUMBER_ROLE("idle_hours", OPTIONAL, NOT_NEGATIVE, HOUR),
    OKRUG_NUMBER_ROLE("year", OPTIONAL, POSITIVE, NONE), /* of make */
};

/* People as numbers by occupation: no person is named. */
static const okrug_role staff_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("occupation", KEY, ANY),
    OKRUG_NUMBER_ROLE("people", OPTIONAL, NOT_NEGATIVE, PERSON),
    OKRUG_NUMBER_ROLE("vacancies", OPTIONAL, NOT_NEGATIVE, PERSON),
    OKRUG_NUMBER_ROLE("retiring", OPTIONAL, NOT_NEGATIVE, PERSON), /* within five years */
};

/* Regions and activities: beginnings of codes with spaces between. */
static const okrug_role districts_roles[] = {
    OKRUG_TEXT_ROLE("district", KEY, ANY),
    OKRUG_TEXT_ROLE("title", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("regions", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("activities", REQUIRED, ANY),
};

static const okrug_role clusters_roles[] = {
    OKRUG_TEXT_ROLE("cluster", KEY, ANY),
    OKRUG_TEXT_ROLE("name", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("region", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("organisation", OPTIONAL, ANY), /* the specialised one, a firm's code */
    OKRUG_TEXT_ROLE("goals", OPTIONAL, ANY),
    VALID,
};

/* `role`: maker (of an end product), supplier, service, investor, organisation and what else a register knows. */
static const okrug_role participants_roles[] = {
    OKRUG_TEXT_ROLE("cluster", KEY, ANY),
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("role", OPTIONAL, ANY),
    VALID,
    OKRUG_TEXT_ROLE("producing", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("organises_production", OPTIONAL,
                    YES_NO),                                /* within the cluster; of those that do not yet produce */
    OKRUG_TEXT_ROLE("special_territory", OPTIONAL, YES_NO), /* monotown, geostrategic, with a programme of its own */
    OKRUG_TEXT_ROLE("special_contract", OPTIONAL,
                    YES_NO), /* investor in, or drawn into, a special investment contract */
};

/* `kind`: university, college, research, technology, financial, non-profit and what else a register knows. */
static const okrug_role facilities_roles[] = {
    OKRUG_TEXT_ROLE("facility", KEY, ANY),
    OKRUG_TEXT_ROLE("cluster", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("kind", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("name", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("region", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("lat", OPTIONAL, LATITUDE, DEGREE),
    OKRUG_NUMBER_ROLE("lon", OPTIONAL, LONGITUDE, DEGREE),
    VALID,
};

static const okrug_role projects_roles[] = {
    OKRUG_TEXT_ROLE("project", KEY, ANY),
    OKRUG_TEXT_ROLE("cluster", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("name", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("firm", OPTIONAL, ANY), /* the initiator */
    OKRUG_TEXT_ROLE("product", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("start", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("finish", OPTIONAL, DATE),
    OKRUG_NUMBER_ROLE("budget", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_NUMBER_ROLE("own_funds", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_NUMBER_ROLE("jobs", OPTIONAL, NOT_NEGATIVE, PERSON),
    OKRUG_TEXT_ROLE("stage", OPTIONAL, ANY),
};

static const okrug_role milestones_roles[] = {
    OKRUG_TEXT_ROLE("project", KEY, ANY),    OKRUG_TEXT_ROLE("milestone", KEY, ANY),
    OKRUG_TEXT_ROLE("name", OPTIONAL, ANY),  OKRUG_TEXT_ROLE("due", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("done", OPTIONAL, DATE),
};

static const okrug_role spending_roles[] = {
    OKRUG_TEXT_ROLE("project", KEY, ANY),     OKRUG_TEXT_ROLE("entry", KEY, ANY),
    OKRUG_TEXT_ROLE("date", OPTIONAL, DATE),  OKRUG_NUMBER_ROLE("amount", REQUIRED, NOT_NEGATIVE, RUB),
    OKRUG_TEXT_ROLE("source", OPTIONAL, ANY), /* own, loan, subsidy, other */
};

static const okrug_role obligations_roles[] = {
    OKRUG_TEXT_ROLE("obligation", KEY, ANY),   OKRUG_TEXT_ROLE("project", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("cluster", OPTIONAL, ANY), OKRUG_TEXT_ROLE("party", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("name", REQUIRED, ANY),    OKRUG_TEXT_ROLE("due", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("done", OPTIONAL, DATE),   OKRUG_NUMBER_ROLE("amount", OPTIONAL, NOT_NEGATIVE, NONE),
};

/* What a cluster, one of its projects or a firm needs. `kind`: that of a facility, or area, power, gas, water, heat,
 * roads, communication, equipment and what else a register knows; of equipment `operation` says which. `obligation`:
 * that by which somebody has promised it. */
static const okrug_role needs_roles[] = {
    OKRUG_TEXT_ROLE("need", KEY, ANY),
    OKRUG_TEXT_ROLE("project", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("cluster", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("firm", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("kind", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("operation", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("name", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("quantity", OPTIONAL, NOT_NEGATIVE, NONE),
    OKRUG_TEXT_ROLE("measure", OPTIONAL, ANY), /* of the quantity: "kW", "m2" */
    OKRUG_TEXT_ROLE("due", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("done", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("obligation", OPTIONAL, ANY),
};

/* What could make a cluster eligible, and what that would cost: as `repair` asks for it. */
static const okrug_role candidates_roles[] = {
    OKRUG_TEXT_ROLE("candidate", KEY, ANY),
    OKRUG_TEXT_ROLE("cluster", OPTIONAL, ANY), /* blank: any */
    OKRUG_TEXT_ROLE("what", REQUIRED, CANDIDATE),
    OKRUG_NUMBER_ROLE("cost", REQUIRED, NOT_NEGATIVE, RUB),
    OKRUG_TEXT_ROLE("firm", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("role", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("producing", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("organises_production", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("special_territory", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("special_contract", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("kind", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("supplier", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("buyer", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("product", OPTIONAL, OKPD),
    OKRUG_NUMBER_ROLE("amount", OPTIONAL, NOT_NEGATIVE, RUB),
};

const okrug_kind okrug_kinds[] = {
    {"values", "regions", OKRUG_SHAPE_TIDY, values_roles, OKRUG_COUNT_OF(values_roles)},
    {"territories", "regions", OKRUG_SHAPE_TIDY, territories_roles, OKRUG_COUNT_OF(territories_roles)},
    {"boundaries", "regions", OKRUG_SHAPE_TIDY, boundaries_roles, OKRUG_COUNT_OF(boundaries_roles)},
    {"neighbours", "regions", OKRUG_SHAPE_TIDY, neighbours_roles, OKRUG_COUNT_OF(neighbours_roles)},
    {"input-output", "regions", OKRUG_SHAPE_INPUT_OUTPUT, NULL, 0},
    {"concordance", "regions", OKRUG_SHAPE_TIDY, concordance_roles, OKRUG_COUNT_OF(concordance_roles)},
    {"reforms", "regions", OKRUG_SHAPE_TIDY, reforms_roles, OKRUG_COUNT_OF(reforms_roles)},
    {"labels", "regions", OKRUG_SHAPE_TIDY, labels_roles, OKRUG_COUNT_OF(labels_roles)},
    {"firms", "firms", OKRUG_SHAPE_TIDY, firms_roles, OKRUG_COUNT_OF(firms_roles)},
    {"firm-accounts", "firms", OKRUG_SHAPE_TIDY, firm_accounts_roles, OKRUG_COUNT_OF(firm_accounts_roles)},
    {"contracts", "firms", OKRUG_SHAPE_TIDY, contracts_roles, OKRUG_COUNT_OF(contracts_roles)},
    {"products", "firms", OKRUG_SHAPE_TIDY, products_roles, OKRUG_COUNT_OF(products_roles)},
    {"equipment", "firms", OKRUG_SHAPE_TIDY, equipment_roles, OKRUG_COUNT_OF(equipment_roles)},
    {"staff", "firms", OKRUG_SHAPE_TIDY, staff_roles, OKRUG_COUNT_OF(staff_roles)},
    {"districts", "firms", OKRUG_SHAPE_TIDY, districts_roles, OKRUG_COUNT_OF(districts_roles)},
    {"clusters", "registry", OKRUG_SHAPE_TIDY, clusters_roles, OKRUG_COUNT_OF(clusters_roles)},
    {"participants", "registry", OKRUG_SHAPE_TIDY, participants_roles, OKRUG_COUNT_OF(participants_roles)},
    {"facilities", "registry", OKRUG_SHAPE_TIDY, facilities_roles, OKRUG_COUNT_OF(facilities_roles)},
    {"projects", "registry", OKRUG_SHAPE_TIDY, projects_roles, OKRUG_COUNT_OF(projects_roles)},
    {"milestones", "registry", OKRUG_SHAPE_TIDY, milestones_roles, OKRUG_COUNT_OF(milestones_roles)},
    {"spending", "registry", OKRUG_SHAPE_TIDY, spending_roles, OKRUG_COUNT_OF(spending_roles)},
    {"obligations", "registry", OKRUG_SHAPE_TIDY, obligations_roles, OKRUG_COUNT_OF(obligations_roles)},
    {"needs", "registry", OKRUG_SHAPE_TIDY, needs_roles, OKRUG_COUNT_OF(needs_roles)},
    {"candidates", "registry", OKRUG_SHAPE_TIDY, candidates_roles, OKRUG_COUNT_OF(candidates_roles)},
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

okrug_status okrug_kind_named(okrug_ctx *ctx, const char *id, const okrug_kind **kind) {
    const char *known = "";
    *kind = okrug_kind_find(id);
    if (*kind != NULL) {
        return OKRUG_OK;
    }
    for (int i = 0; i < okrug_kind_count; i++) {
        known = okrug_text_listed(ctx, known, okrug_kinds[i].id);
    }
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-kind", NULL, "kind", id, "known", known, (char *)NULL);
}

okrug_status okrug_kind_check_dates(okrug_ctx *ctx, const okrug_kind *kind, const okrug_table *table) {
    const char *until = NULL, *since = NULL;
    for (int i = 0; i < kind->role_count; i++) {
        const char *name = kind->roles[i].name;
        until = strcmp(name, "until") == 0 ? name : until;
        since = strcmp(name, "since") == 0 || strcmp(name, "date") == 0 ? name : since;
    }
    if (until == NULL || since == NULL) {
        return OKRUG_OK;
    }
    return okrug_dated_check(ctx, table, okrug_table_column(table, since), okrug_table_column(table, until));
}
