/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inputs of status and repair: columns as the kinds of the same names have them.
 */
#include "analyses/evidence.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/dated.h>

/* Without firms it is a group found in aggregate data: region, industry or cluster, and its location quotient. */
static const okrug_role participant_roles[] = {
    OKRUG_TEXT_ROLE("cluster", KEY_OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("firm", KEY_OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("region", KEY_OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("industry", KEY_OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("role", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("since", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("until", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("producing", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("organises_production", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("special_territory", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("special_contract", OPTIONAL, YES_NO),
};
static const okrug_role contract_roles[] = {
    OKRUG_TEXT_ROLE("contract", KEY, ANY),    OKRUG_TEXT_ROLE("supplier", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("buyer", REQUIRED, ANY),  OKRUG_TEXT_ROLE("product", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("kind", OPTIONAL, ANY),   OKRUG_TEXT_ROLE("date", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("until", OPTIONAL, DATE), OKRUG_NUMBER_ROLE("amount", REQUIRED, NOT_NEGATIVE, RUB),
    OKRUG_TEXT_ROLE("vat", OPTIONAL, ANY),
};
static const okrug_role firm_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("region", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("precision", OPTIONAL, ANY),
};
static const okrug_role account_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("period", KEY_OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("revenue", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_NUMBER_ROLE("workplaces", OPTIONAL, NOT_NEGATIVE, PERSON),
    OKRUG_NUMBER_ROLE("productive_workplaces", OPTIONAL, NOT_NEGATIVE, PERSON),
};
static const okrug_role product_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("product", KEY, ANY),
    OKRUG_TEXT_ROLE("end_product", OPTIONAL, YES_NO),
};
static const okrug_role facility_roles[] = {
    OKRUG_TEXT_ROLE("facility", KEY, ANY),    OKRUG_TEXT_ROLE("cluster", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("kind", REQUIRED, ANY),   OKRUG_TEXT_ROLE("since", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("until", OPTIONAL, DATE),
};
static const okrug_role fact_roles[] = {
    OKRUG_TEXT_ROLE("cluster", KEY_OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("fact", KEY, ANY),
    OKRUG_NUMBER_ROLE("value", REQUIRED, ANY, NONE),
};
static const okrug_role rule_roles[] = {
    OKRUG_TEXT_ROLE("rule", KEY, ANY),
    OKRUG_TEXT_ROLE("set", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("criterion", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("title_en", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("title_ru", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("measure", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("of", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("compare", REQUIRED, ANY),
    OKRUG_NUMBER_ROLE("value", REQUIRED, ANY, NONE),
    OKRUG_TEXT_ROLE("when_measure", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("when_compare", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("when_value", OPTIONAL, ANY, NONE),
    OKRUG_TEXT_ROLE("decided_to", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("effective_from", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("effective_to", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("clause", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("clause_ru", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("source", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("source_ru", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("retrieved", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("confidence", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("note", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("note_ru", OPTIONAL, ANY),
};

static const okrug_role candidate_roles[] = {
    OKRUG_TEXT_ROLE("candidate", KEY, ANY),
    OKRUG_TEXT_ROLE("cluster", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("what", REQUIRED, ANY),
    OKRUG_NUMBER_ROLE("cost", REQUIRED, NOT_NEGATIVE, RUB),
    OKRUG_TEXT_ROLE("firm", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("role", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("producing", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("organises_production", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("special_territory", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("special_contract", OPTIONAL, YES_NO),
    OKRUG_TEXT_ROLE("supplier", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("buyer", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("product", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("amount", OPTIONAL, NOT_NEGATIVE, RUB),
    OKRUG_TEXT_ROLE("kind", OPTIONAL, ANY),
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
