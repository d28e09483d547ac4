/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inputs of status and repair: columns as the kinds of the same names have them.
 */
#include "analyses/evidence.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyses/dated.h"

#define TEXT OKRUG_EVIDENCE_TEXT
#define AMOUNT OKRUG_EVIDENCE_AMOUNT

/* Without firms it is a group found in aggregate data: region, industry or cluster, and its location quotient. */
static const okrug_role participant_roles[] = {
    TEXT("cluster", OKRUG_KEY_OPTIONAL, ANY),
    TEXT("firm", OKRUG_KEY_OPTIONAL, ANY),
    TEXT("region", OKRUG_KEY_OPTIONAL, ANY),
    TEXT("industry", OKRUG_KEY_OPTIONAL, ANY),
    TEXT("role", OKRUG_OPTIONAL, ANY),
    TEXT("since", OKRUG_OPTIONAL, DATE),
    TEXT("until", OKRUG_OPTIONAL, DATE),
    TEXT("producing", OKRUG_OPTIONAL, YES_NO),
    TEXT("organises_production", OKRUG_OPTIONAL, YES_NO),
    TEXT("special_territory", OKRUG_OPTIONAL, YES_NO),
    TEXT("special_contract", OKRUG_OPTIONAL, YES_NO),
};
static const okrug_role contract_roles[] = {
    TEXT("contract", OKRUG_KEY, ANY),     TEXT("supplier", OKRUG_REQUIRED, ANY), TEXT("buyer", OKRUG_REQUIRED, ANY),
    TEXT("product", OKRUG_OPTIONAL, ANY), TEXT("kind", OKRUG_OPTIONAL, ANY),     TEXT("date", OKRUG_OPTIONAL, DATE),
    TEXT("until", OKRUG_OPTIONAL, DATE),  AMOUNT("amount", OKRUG_REQUIRED, RUB), TEXT("vat", OKRUG_OPTIONAL, ANY),
};
static const okrug_role firm_roles[] = {
    TEXT("firm", OKRUG_KEY, ANY),
    TEXT("region", OKRUG_OPTIONAL, ANY),
    TEXT("precision", OKRUG_OPTIONAL, ANY),
};
static const okrug_role account_roles[] = {
    TEXT("firm", OKRUG_KEY, ANY),
    TEXT("period", OKRUG_KEY_OPTIONAL, ANY),
    AMOUNT("revenue", OKRUG_OPTIONAL, RUB),
    AMOUNT("workplaces", OKRUG_OPTIONAL, PERSON),
    AMOUNT("productive_workplaces", OKRUG_OPTIONAL, PERSON),
};
static const okrug_role product_roles[] = {
    TEXT("firm", OKRUG_KEY, ANY),
    TEXT("product", OKRUG_KEY, ANY),
    TEXT("end_product", OKRUG_OPTIONAL, YES_NO),
};
static const okrug_role facility_roles[] = {
    TEXT("facility", OKRUG_KEY, ANY),    TEXT("cluster", OKRUG_OPTIONAL, ANY), TEXT("kind", OKRUG_REQUIRED, ANY),
    TEXT("since", OKRUG_OPTIONAL, DATE), TEXT("until", OKRUG_OPTIONAL, DATE),
};
static const okrug_role fact_roles[] = {
    TEXT("cluster", OKRUG_KEY_OPTIONAL, ANY),
    TEXT("fact", OKRUG_KEY, ANY),
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};
static const okrug_role rule_roles[] = {
    TEXT("rule", OKRUG_KEY, ANY),
    TEXT("set", OKRUG_OPTIONAL, ANY),
    TEXT("criterion", OKRUG_REQUIRED, ANY),
    TEXT("title_en", OKRUG_OPTIONAL, ANY),
    TEXT("title_ru", OKRUG_OPTIONAL, ANY),
    TEXT("measure", OKRUG_REQUIRED, ANY),
    TEXT("of", OKRUG_OPTIONAL, ANY),
    TEXT("compare", OKRUG_REQUIRED, ANY),
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    TEXT("when_measure", OKRUG_OPTIONAL, ANY),
    TEXT("when_compare", OKRUG_OPTIONAL, ANY),
    {"when_value", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    TEXT("decided_to", OKRUG_OPTIONAL, DATE),
    TEXT("effective_from", OKRUG_OPTIONAL, DATE),
    TEXT("effective_to", OKRUG_OPTIONAL, DATE),
    TEXT("clause", OKRUG_OPTIONAL, ANY),
    TEXT("source", OKRUG_OPTIONAL, ANY),
    TEXT("retrieved", OKRUG_OPTIONAL, DATE),
    TEXT("confidence", OKRUG_OPTIONAL, ANY),
    TEXT("note", OKRUG_OPTIONAL, ANY),
};

static const okrug_role candidate_roles[] = {
    TEXT("candidate", OKRUG_KEY, ANY),
    TEXT("what", OKRUG_REQUIRED, ANY),
    AMOUNT("cost", OKRUG_REQUIRED, RUB),
    TEXT("firm", OKRUG_OPTIONAL, ANY),
    TEXT("role", OKRUG_OPTIONAL, ANY),
    TEXT("producing", OKRUG_OPTIONAL, YES_NO),
    TEXT("organises_production", OKRUG_OPTIONAL, YES_NO),
    TEXT("special_territory", OKRUG_OPTIONAL, YES_NO),
    TEXT("special_contract", OKRUG_OPTIONAL, YES_NO),
    TEXT("supplier", OKRUG_OPTIONAL, ANY),
    TEXT("buyer", OKRUG_OPTIONAL, ANY),
    TEXT("product", OKRUG_OPTIONAL, ANY),
    AMOUNT("amount", OKRUG_OPTIONAL, RUB),
    TEXT("kind", OKRUG_OPTIONAL, ANY),
};

#define INPUT(name, required, roles)                                                                                   \
    { name, OKRUG_SHAPE_TIDY, required, false, roles, OKRUG_COUNT_OF(roles) }
const okrug_input okrug_evidence_input[OKRUG_EVIDENCE_INPUTS] = {
    [OKRUG_OF_PARTICIPANTS] = INPUT("input", true, participant_roles),
    [OKRUG_OF_CONTRACTS] = INPUT("contracts", false, contract_roles),
    [OKRUG_OF_FIRMS] = INPUT("firms", false, firm_roles),
    [OKRUG_OF_ACCOUNTS] = INPUT("accounts", false, account_roles),
    [OKRUG_OF_PRODUCTS] = INPUT("products", false, product_roles),
    [OKRUG_OF_FACILITIES] = INPUT("facilities", false, facility_roles),
    [OKRUG_OF_FACTS] = INPUT("facts", false, fact_roles),
    [OKRUG_OF_RULES] = INPUT("rules", false, rule_roles),
};

const okrug_input okrug_repair_input[OKRUG_REPAIR_INPUTS] = {
    [OKRUG_OF_PARTICIPANTS] = INPUT("input", true, participant_roles),
    [OKRUG_OF_CONTRACTS] = INPUT("contracts", true, contract_roles),
    [OKRUG_OF_FIRMS] = INPUT("firms", false, firm_roles),
    [OKRUG_OF_ACCOUNTS] = INPUT("accounts", true, account_roles),
    [OKRUG_OF_PRODUCTS] = INPUT("products", false, product_roles),
    [OKRUG_OF_FACILITIES] = INPUT("facilities", false, facility_roles),
    [OKRUG_OF_FACTS] = INPUT("facts", false, fact_roles),
    [OKRUG_OF_RULES] = INPUT("rules", false, rule_roles),
    [OKRUG_REPAIR_CANDIDATES] = INPUT("candidates", false, candidate_roles),
};

const char *const okrug_evidence_sets[] = {"ru-779", "eccp", "us-clusters"};

static bool is_year(const char *text) {
    for (int i = 0; i < 4; i++) {
        if (!isdigit((unsigned char)text[i])) {
            return false;
        }
    }
    return text[4] == '\0';
}

okrug_status okrug_evidence_take_time(okrug_ctx *ctx, const char *date, const char *period, okrug_evidence_time *out) {
    if (date == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "status-date-needed", NULL, (char *)NULL);
    }
    if (period != NULL && !is_year(period)) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-year", NULL, "value", period, (char *)NULL);
    }
    OKRUG_TRY(okrug_date_take(ctx, "date", date, &out->date));
    out->year = period != NULL ? period : okrug_text(ctx, "%04ld", strtol(out->date, NULL, 10) - 1);
    out->first = okrug_text(ctx, "%s-01-01", out->year);
    out->last = okrug_text(ctx, "%s-12-31", out->year);
    return OKRUG_OK;
}
