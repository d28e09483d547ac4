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
#define OFFICIAL(name, domain)                                                                                         \
    { name, OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_##domain, OKRUG_UNIT_NONE }
#define VALID OFFICIAL("since", DATE), OFFICIAL("until", DATE) /* both days are within */

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

/* `firm` is any code that other tables know the firm by, as a rule its INN. `precision` says what the place is that of:
 * plant, address (of registration), settlement, municipality. */
static const okrug_role firms_roles[] = {
    CODE("firm", OKRUG_KEY),
    CODE("name", OKRUG_REQUIRED),
    OFFICIAL("inn", INN),
    OFFICIAL("ogrn", OGRN),
    OFFICIAL("kpp", KPP),
    CODE("legal_form", OKRUG_OPTIONAL),
    CODE("category", OKRUG_OPTIONAL), /* micro, small, medium, large */
    CODE("region", OKRUG_OPTIONAL),
    CODE("industry", OKRUG_OPTIONAL),   /* the main one */
    CODE("activities", OKRUG_OPTIONAL), /* the others, with spaces between */
    CODE("settlement", OKRUG_OPTIONAL),
    CODE("address", OKRUG_OPTIONAL),
    AMOUNT("lat", OKRUG_OPTIONAL, LATITUDE, DEGREE),
    AMOUNT("lon", OKRUG_OPTIONAL, LONGITUDE, DEGREE),
    CODE("precision", OKRUG_OPTIONAL),
    AMOUNT("employees", OKRUG_OPTIONAL, NOT_NEGATIVE, PERSON),
    VALID,
    OFFICIAL("synthetic", YES_NO), /* made, not real */
};

static const okrug_role firm_accounts_roles[] = {
    CODE("firm", OKRUG_KEY),
    CODE("period", OKRUG_KEY_OPTIONAL),
    AMOUNT("revenue", OKRUG_OPTIONAL, NOT_NEGATIVE, RUB), /* without VAT */
    AMOUNT("exports", OKRUG_OPTIONAL, NOT_NEGATIVE, RUB),
    AMOUNT("cost", OKRUG_OPTIONAL, NOT_NEGATIVE, RUB),
    AMOUNT("wages", OKRUG_OPTIONAL, NOT_NEGATIVE, RUB),
    AMOUNT("profit", OKRUG_OPTIONAL, ANY, RUB),
    AMOUNT("assets", OKRUG_OPTIONAL, NOT_NEGATIVE, RUB),
    AMOUNT("research", OKRUG_OPTIONAL, NOT_NEGATIVE, RUB),
    AMOUNT("employees", OKRUG_OPTIONAL, NOT_NEGATIVE, PERSON),
    AMOUNT("workplaces", OKRUG_OPTIONAL, NOT_NEGATIVE, PERSON),
    AMOUNT("productive_workplaces", OKRUG_OPTIONAL, NOT_NEGATIVE, PERSON),
};

/* `kind`: supply, works, services, import-substitution, special-investment. `vat`: included, excluded. */
static const okrug_role contracts_roles[] = {
    CODE("contract", OKRUG_KEY),   CODE("supplier", OKRUG_REQUIRED),
    CODE("buyer", OKRUG_REQUIRED), CODE("product", OKRUG_OPTIONAL),
    CODE("kind", OKRUG_OPTIONAL),  OFFICIAL("date", DATE),
    OFFICIAL("until", DATE),       AMOUNT("amount", OKRUG_REQUIRED, NOT_NEGATIVE, RUB),
    CODE("vat", OKRUG_OPTIONAL),   CODE("source", OKRUG_OPTIONAL),
};

static const okrug_role products_roles[] = {
    CODE("firm", OKRUG_KEY),
    CODE("product", OKRUG_KEY),
    CODE("name", OKRUG_OPTIONAL),
    CODE("registry_number", OKRUG_OPTIONAL),
    AMOUNT("output", OKRUG_OPTIONAL, NOT_NEGATIVE, RUB),
    OFFICIAL("end_product", YES_NO),
};

static const okrug_role equipment_roles[] = {
    CODE("equipment", OKRUG_KEY),
    CODE("firm", OKRUG_REQUIRED),
    CODE("operation", OKRUG_OPTIONAL),
    CODE("name", OKRUG_OPTIONAL),
    AMOUNT("count", OKRUG_OPTIONAL, NOT_NEGATIVE, COUNT),
    AMOUNT("hours", OKRUG_OPTIONAL, NOT_NEGATIVE, HOUR), /* that it can work in a month */
    AMOUNT("idle_hours", OKRUG_OPTIONAL, NOT_NEGATIVE, HOUR),
    AMOUNT("year", OKRUG_OPTIONAL, POSITIVE, NONE), /* of make */
};

/* People as numbers by occupation: no person is named. */
static const okrug_role staff_roles[] = {
    CODE("firm", OKRUG_KEY),
    CODE("occupation", OKRUG_KEY),
    AMOUNT("people", OKRUG_OPTIONAL, NOT_NEGATIVE, PERSON),
    AMOUNT("vacancies", OKRUG_OPTIONAL, NOT_NEGATIVE, PERSON),
    AMOUNT("retiring", OKRUG_OPTIONAL, NOT_NEGATIVE, PERSON), /* within five years */
};

static const okrug_role clusters_roles[] = {
    CODE("cluster", OKRUG_KEY),     CODE("name", OKRUG_REQUIRED),
    CODE("region", OKRUG_OPTIONAL), CODE("organisation", OKRUG_OPTIONAL), /* the specialised one, a firm's code */
    CODE("goals", OKRUG_OPTIONAL),  VALID,
};

/* `role`: maker (of an end product), supplier, service, investor, organisation and what else a register knows. */
static const okrug_role participants_roles[] = {
    CODE("cluster", OKRUG_KEY),
    CODE("firm", OKRUG_KEY),
    CODE("role", OKRUG_OPTIONAL),
    VALID,
    OFFICIAL("producing", YES_NO),
    OFFICIAL("organises_production", YES_NO), /* within the cluster; of those that do not yet produce */
    OFFICIAL("special_territory", YES_NO),    /* monotown, geostrategic, with a programme of its own */
    OFFICIAL("special_contract", YES_NO),     /* investor in, or drawn into, a special investment contract */
};

/* `kind`: university, college, research, technology, financial, non-profit and what else a register knows. */
static const okrug_role facilities_roles[] = {
    CODE("facility", OKRUG_KEY),
    CODE("cluster", OKRUG_OPTIONAL),
    CODE("kind", OKRUG_REQUIRED),
    CODE("name", OKRUG_OPTIONAL),
    CODE("region", OKRUG_OPTIONAL),
    AMOUNT("lat", OKRUG_OPTIONAL, LATITUDE, DEGREE),
    AMOUNT("lon", OKRUG_OPTIONAL, LONGITUDE, DEGREE),
    VALID,
};

static const okrug_role projects_roles[] = {
    CODE("project", OKRUG_KEY),
    CODE("cluster", OKRUG_OPTIONAL),
    CODE("name", OKRUG_REQUIRED),
    CODE("firm", OKRUG_OPTIONAL), /* the initiator */
    CODE("product", OKRUG_OPTIONAL),
    OFFICIAL("start", DATE),
    OFFICIAL("finish", DATE),
    AMOUNT("budget", OKRUG_OPTIONAL, NOT_NEGATIVE, RUB),
    AMOUNT("own_funds", OKRUG_OPTIONAL, NOT_NEGATIVE, RUB),
    AMOUNT("jobs", OKRUG_OPTIONAL, NOT_NEGATIVE, PERSON),
    CODE("stage", OKRUG_OPTIONAL),
};

static const okrug_role milestones_roles[] = {
    CODE("project", OKRUG_KEY), CODE("milestone", OKRUG_KEY), CODE("name", OKRUG_OPTIONAL),
    OFFICIAL("due", DATE),      OFFICIAL("done", DATE),
};

static const okrug_role spending_roles[] = {
    CODE("project", OKRUG_KEY),     CODE("entry", OKRUG_KEY),
    OFFICIAL("date", DATE),         AMOUNT("amount", OKRUG_REQUIRED, NOT_NEGATIVE, RUB),
    CODE("source", OKRUG_OPTIONAL), /* own, loan, subsidy, other */
};

static const okrug_role obligations_roles[] = {
    CODE("obligation", OKRUG_KEY),   CODE("project", OKRUG_OPTIONAL),
    CODE("cluster", OKRUG_OPTIONAL), CODE("party", OKRUG_REQUIRED),
    CODE("name", OKRUG_REQUIRED),    OFFICIAL("due", DATE),
    OFFICIAL("done", DATE),          AMOUNT("amount", OKRUG_OPTIONAL, NOT_NEGATIVE, NONE),
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
    {"clusters", "registry", OKRUG_SHAPE_TIDY, clusters_roles, OKRUG_COUNT_OF(clusters_roles)},
    {"participants", "registry", OKRUG_SHAPE_TIDY, participants_roles, OKRUG_COUNT_OF(participants_roles)},
    {"facilities", "registry", OKRUG_SHAPE_TIDY, facilities_roles, OKRUG_COUNT_OF(facilities_roles)},
    {"projects", "registry", OKRUG_SHAPE_TIDY, projects_roles, OKRUG_COUNT_OF(projects_roles)},
    {"milestones", "registry", OKRUG_SHAPE_TIDY, milestones_roles, OKRUG_COUNT_OF(milestones_roles)},
    {"spending", "registry", OKRUG_SHAPE_TIDY, spending_roles, OKRUG_COUNT_OF(spending_roles)},
    {"obligations", "registry", OKRUG_SHAPE_TIDY, obligations_roles, OKRUG_COUNT_OF(obligations_roles)},
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
