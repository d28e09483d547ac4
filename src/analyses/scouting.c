/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * scouting: who could join a cluster or take the place of what its members buy outside, and whom it will have to train.
 */
#include <math.h>

#include "analyses/list.h"
#include "analyses/result.h"
#include "analyses/scouting_demand.h"
#include "analyses/scouting_search.h"
#include "analyses/scouting_told.h"
#include "analyses/support_case.h"

static const okrug_role participant_roles[] = {
    OKRUG_TEXT_ROLE("cluster", KEY, ANY),
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("since", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("until", OPTIONAL, DATE),
};
static const okrug_role firm_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("name", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("region", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("industry", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("lat", OPTIONAL, LATITUDE, DEGREE),
    OKRUG_NUMBER_ROLE("lon", OPTIONAL, LONGITUDE, DEGREE),
    OKRUG_TEXT_ROLE("since", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("until", OPTIONAL, DATE),
};
static const okrug_role contract_roles[] = {
    OKRUG_TEXT_ROLE("contract", KEY, ANY),
    OKRUG_TEXT_ROLE("supplier", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("buyer", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("product", REQUIRED, ANY),
    OKRUG_NUMBER_ROLE("amount", REQUIRED, NOT_NEGATIVE, RUB),
    OKRUG_TEXT_ROLE("vat", OPTIONAL, ANY),
};
static const okrug_role product_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("product", KEY, ANY),
    OKRUG_NUMBER_ROLE("output", OPTIONAL, NOT_NEGATIVE, RUB),
};
static const okrug_role account_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("period", KEY_OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("revenue", REQUIRED, NOT_NEGATIVE, RUB),
};
static const okrug_role staff_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("occupation", KEY, ANY),
    OKRUG_NUMBER_ROLE("people", OPTIONAL, NOT_NEGATIVE, PERSON),
    OKRUG_NUMBER_ROLE("vacancies", OPTIONAL, NOT_NEGATIVE, PERSON),
    OKRUG_NUMBER_ROLE("retiring", OPTIONAL, NOT_NEGATIVE, PERSON),
};
static const okrug_role project_roles[] = {
    OKRUG_TEXT_ROLE("project", KEY, ANY),
    OKRUG_TEXT_ROLE("cluster", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("firm", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("industry", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("jobs", REQUIRED, NOT_NEGATIVE, PERSON),
};
static const okrug_role occupation_roles[] = {
    OKRUG_TEXT_ROLE("industry", KEY, ANY),
    OKRUG_TEXT_ROLE("occupation", KEY, ANY),
    OKRUG_NUMBER_ROLE("share", REQUIRED, NOT_NEGATIVE, NONE),
};
enum { INPUT, FIRMS, CONTRACTS, PRODUCTS, ACCOUNTS, STAFF, PROJECTS, OCCUPATIONS };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_TIDY_INPUT("input", true, participant_roles),
    [FIRMS] = OKRUG_TIDY_INPUT("firms", true, firm_roles),
    [CONTRACTS] = OKRUG_TIDY_INPUT("contracts", true, contract_roles),
    [PRODUCTS] = OKRUG_TIDY_INPUT("products", true, product_roles),
    [ACCOUNTS] = OKRUG_TIDY_INPUT("accounts", false, account_roles),
    [STAFF] = OKRUG_TIDY_INPUT("staff", false, staff_roles),
    [PROJECTS] = OKRUG_TIDY_INPUT("projects", false, project_roles),
    [OCCUPATIONS] = OKRUG_TIDY_INPUT("occupations", false, occupation_roles),
};

#define SCOUTING_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                        \
    TEXT(region, "region")                                                                                             \
    TEXT(date, "date")                                                                                                 \
    INTEGER(digits, "digits", 4, 1, 9, COUNT)                                                                          \
    INTEGER(candidates, "candidates", 10, 1, 100000, COUNT)

typedef struct {
    OKRUG_PARAMETER_FIELDS(SCOUTING_PARAMETERS)
} scouting_parameters;
#define OKRUG_PARAMETERS scouting_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(SCOUTING_PARAMETERS)};

enum {
    C_CLUSTER,
    C_BUYER,
    C_PRODUCT,
    C_CANDIDATE,
    C_WAY,
    C_DIGITS,
    C_EXACT,
    C_OWN,
    C_SIZE,
    C_SIZE_FROM,
    C_FIT,
    C_DISTANCE,
    C_CONTRACTS,
    C_RANK,
    C_NAME,
    C_REGION
};
static const okrug_output_column candidate_columns[] = {
    [C_CLUSTER] = {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_BUYER] = {"buyer", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_PRODUCT] = {"product", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_CANDIDATE] = {"candidate", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_WAY] = {"way", OKRUG_TEXT, OKRUG_UNIT_NONE,
               "inside: a member; join: supplies it already; replace: another firm"},
    [C_DIGITS] = {"digits", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "with which both codes begin"},
    [C_EXACT] = {"exact", OKRUG_TEXT, OKRUG_UNIT_NONE, "the codes are the same"},
    [C_OWN] = {"own_product", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_SIZE] = {"size", OKRUG_NUMBER, OKRUG_UNIT_RUB, "output of that product, else revenue"},
    [C_SIZE_FROM] = {"size_from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_FIT] = {"fit", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "min(1, size / purchase)"},
    [C_DISTANCE] = {"distance", OKRUG_NUMBER, OKRUG_UNIT_KM, "great circle to the buyer"},
    [C_CONTRACTS] = {"contracts", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "with members, either way"},
    [C_RANK] = {"rank", OKRUG_NUMBER, OKRUG_UNIT_RANK, "by exact, digits, fit, contracts, distance"},
    [C_NAME] = {"name", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum { P_CLUSTER, P_BUYER, P_PRODUCT, P_AMOUNT, P_CONTRACTS, P_SUPPLIERS, P_CANDIDATES };
static const okrug_output_column purchase_columns[] = {
    [P_CLUSTER] = {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [P_BUYER] = {"buyer", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [P_PRODUCT] = {"product", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [P_AMOUNT] = {"amount", OKRUG_NUMBER, OKRUG_UNIT_RUB, "sum over contracts with firms outside the cluster"},
    [P_CONTRACTS] = {"contracts", OKRUG_NUMBER, OKRUG_UNIT_COUNT, NULL},
    [P_SUPPLIERS] = {"suppliers", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "outside the cluster"},
    [P_CANDIDATES] = {"candidates", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "found, those not shown too"},
};
static const okrug_output_column demand_columns[] = {
    {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"occupation", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"people", OKRUG_NUMBER, OKRUG_UNIT_PERSON, "sum over members"},
    {"vacancies", OKRUG_NUMBER, OKRUG_UNIT_PERSON, "sum over members"},
    {"retiring", OKRUG_NUMBER, OKRUG_UNIT_PERSON, "sum over members, within five years"},
    {"project_jobs", OKRUG_NUMBER, OKRUG_UNIT_PERSON, "sum of jobs x share of the occupation"},
    {"to_train", OKRUG_NUMBER, OKRUG_UNIT_PERSON, "vacancies + retiring + project_jobs, as far as known"},
};
static const okrug_output_column job_columns[] = {
    {"project", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"occupation", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"jobs", OKRUG_NUMBER, OKRUG_UNIT_PERSON, "jobs x share / sum of shares"},
};
enum { CANDIDATES, PURCHASES, DEMAND, JOBS };
static const okrug_output outputs[] = {
    [CANDIDATES] = {"candidates", candidate_columns, OKRUG_COUNT_OF(candidate_columns)},
    [PURCHASES] = {"purchases", purchase_columns, OKRUG_COUNT_OF(purchase_columns)},
    [DEMAND] = {"demand", demand_columns, OKRUG_COUNT_OF(demand_columns)},
    [JOBS] = {"project-jobs", job_columns, OKRUG_COUNT_OF(job_columns)},
};

static const char *const references[] = {
    "Porter, M. E. (1998). Clusters and the new economics of competition. Harvard Business Review 76(6).",
    "OK 034-2014 (KPES 2008). All-Russian classification of products by kinds of economic activity (OKPD2).",
    NULL,
};

/* ---- Rows ---- */

static const char *way_of(const okrug_scouting_search *q, const okrug_purchase *purchase, int32_t firm) {
    if (okrug_scouting_is_member(q->s, firm, purchase->cluster)) {
        return "inside";
    }
    for (int64_t k = 0; k < purchase->suppliers; k++) {
        if (q->s->supplier[purchase->first_supplier + k] == firm) {
            return "join";
        }
    }
    return "replace";
}

static okrug_status write_head(const okrug_scouting_search *q, const okrug_purchase *purchase, okrug_table *table,
                               int64_t row) {
    OKRUG_TRY(okrug_result_text(table, 0, row, okrug_words_text(q->s->name, purchase->cluster)));
    OKRUG_TRY(okrug_result_text(table, 1, row, okrug_words_text(q->s->code, purchase->buyer)));
    return okrug_result_text(table, 2, row, purchase->product);
}

static okrug_status write_candidate(const okrug_scouting_search *q, const okrug_purchase *purchase, int64_t k,
                                    okrug_table *table) {
    const okrug_scouting_candidate *c = &q->found[k];
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    bool sized = !isnan(c->size);
    OKRUG_TRY(write_head(q, purchase, table, row));
    OKRUG_TRY(okrug_result_text(table, C_CANDIDATE, row, okrug_words_text(q->s->code, c->firm)));
    OKRUG_TRY(okrug_result_text(table, C_WAY, row, way_of(q, purchase, c->firm)));
    OKRUG_TRY(okrug_set_number(table, C_DIGITS, row, c->digits));
    OKRUG_TRY(okrug_result_text(table, C_EXACT, row, c->exact ? "yes" : "no"));
    OKRUG_TRY(okrug_result_text(table, C_OWN, row, c->product));
    OKRUG_TRY(okrug_set_number_or(table, C_SIZE, row, c->size, OKRUG_NO_ROW));
    OKRUG_TRY(okrug_result_text(table, C_SIZE_FROM, row, !sized ? NULL : c->from_output ? "output" : "revenue"));
    OKRUG_TRY(okrug_set_number_or(table, C_FIT, row, c->fit, sized ? OKRUG_ZERO_TOTAL : OKRUG_NO_ROW));
    OKRUG_TRY(okrug_set_number_or(table, C_DISTANCE, row, c->distance, OKRUG_NO_ROW));
    OKRUG_TRY(okrug_set_number(table, C_CONTRACTS, row, (double)c->contracts));
    OKRUG_TRY(okrug_set_number(table, C_RANK, row, (double)k + 1.0));
    OKRUG_TRY(okrug_result_text(table, C_NAME, row, okrug_scouting_word(q, c->firm, "name")));
    return okrug_result_text(table, C_REGION, row, okrug_scouting_word(q, c->firm, "region"));
}

static okrug_status write_purchase(const okrug_scouting_search *q, const okrug_purchase *purchase, int64_t row,
                                   okrug_table *table) {
    OKRUG_TRY(write_head(q, purchase, table, row));
    OKRUG_TRY(okrug_set_number(table, P_AMOUNT, row, purchase->amount));
    OKRUG_TRY(okrug_set_number(table, P_CONTRACTS, row, (double)purchase->contracts));
    OKRUG_TRY(okrug_set_number(table, P_SUPPLIERS, row, (double)purchase->suppliers));
    return okrug_set_number(table, P_CANDIDATES, row, (double)q->count);
}

static okrug_status scout(okrug_ctx *ctx, okrug_scouting_search *q, int64_t most, okrug_table *candidates,
                          okrug_table *purchases) {
    OKRUG_TRY(okrug_scouting_place(ctx, q));
    for (int64_t i = 0; i < q->s->purchases; i++) {
        okrug_progress(ctx, "task.scouting", (double)i, (double)q->s->purchases);
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_scouting_find(q, i);
        OKRUG_TRY(write_purchase(q, &q->s->purchase[i], i, purchases));
        for (int64_t k = 0; k < q->count && k < most; k++) {
            OKRUG_TRY(write_candidate(q, &q->s->purchase[i], k, candidates));
        }
    }
    return OKRUG_OK;
}

static okrug_status compute(okrug_ctx *ctx, const okrug_job *job, const char *day, okrug_scouting *s,
                            okrug_dataset *result) {
    const okrug_scouting_tables tables = {job->input[INPUT],    job->input[FIRMS],    job->input[CONTRACTS],
                                          job->input[PRODUCTS], job->input[ACCOUNTS], day};
    const okrug_demand_tables people = {job->input[FIRMS], job->input[STAFF], job->input[PROJECTS],
                                        job->input[OCCUPATIONS]};
    OKRUG_TRY(okrug_scouting_read(ctx, &tables, s));
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    for (int k = 0; k < OKRUG_COUNT_OF(outputs); k++) {
        OKRUG_TRY(
            okrug_result_table(result, &outputs[k], OKRUG_UNIT_NONE, k == PURCHASES ? s->purchases : 0, &table[k]));
    }
    okrug_scouting_tell(ctx, &tables, s);
    const scouting_parameters *p = job->parameters;
    okrug_scouting_search q = {.s = s, .firms = job->input[FIRMS], .region = p->region, .digits = p->digits};
    OKRUG_TRY(scout(ctx, &q, p->candidates, table[CANDIDATES], table[PURCHASES]));
    return okrug_scouting_demand(ctx, &people, s, table[DEMAND], table[JOBS]);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const scouting_parameters *p = job->parameters;
    char day[OKRUG_DOMAIN_TEXT];
    if (p->date != NULL) {
        OKRUG_TRY(okrug_day_of(ctx, p->date, day));
    }
    for (int k = INPUT; k <= FIRMS; k++) {
        if (job->input[k]->rows == 0) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = job->input[k]->file},
                              (char *)NULL);
        }
    }
    okrug_scouting s = {0};
    okrug_status status = compute(ctx, job, p->date == NULL ? NULL : day, &s, result);
    okrug_scouting_free(&s);
    return status;
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(scouting, "scouting",
                             "O(firms + contracts log contracts + purchases * makers of the like)", "each-alone");
