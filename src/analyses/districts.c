/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * districts: one industry's district in several regions, or districts of several industries, side by side: how large,
 * how concentrated, how productive, how firmly tied together, and which links one has that another lacks.
 */
#include <math.h>

#include <okrug/concentration.h>
#include <okrug/dated.h>

#include "analyses/districts_case.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role firm_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("region", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("industry", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("name", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("category", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("address", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("precision", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("employees", OPTIONAL, NOT_NEGATIVE, PERSON),
    OKRUG_TEXT_ROLE("since", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("until", OPTIONAL, DATE),
    OKRUG_TEXT_ROLE("synthetic", OPTIONAL, YES_NO),
};
static const okrug_role district_roles[] = {
    OKRUG_TEXT_ROLE("district", KEY, ANY),
    OKRUG_TEXT_ROLE("title", OPTIONAL, ANY),
    OKRUG_TEXT_ROLE("regions", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("activities", REQUIRED, ANY),
};
static const okrug_role account_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("period", KEY_OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("revenue", REQUIRED, NOT_NEGATIVE, RUB),
    OKRUG_NUMBER_ROLE("employees", OPTIONAL, NOT_NEGATIVE, PERSON),
};
static const okrug_role contract_roles[] = {
    OKRUG_TEXT_ROLE("contract", KEY, ANY),
    OKRUG_TEXT_ROLE("supplier", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("buyer", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("product", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("amount", REQUIRED, NOT_NEGATIVE, RUB),
    OKRUG_TEXT_ROLE("vat", OPTIONAL, ANY),
};
static const okrug_role equipment_roles[] = {
    OKRUG_TEXT_ROLE("equipment", KEY, ANY),
    OKRUG_TEXT_ROLE("firm", REQUIRED, ANY),
    OKRUG_TEXT_ROLE("operation", OPTIONAL, ANY),
    OKRUG_NUMBER_ROLE("count", OPTIONAL, NOT_NEGATIVE, COUNT),
    OKRUG_NUMBER_ROLE("hours", OPTIONAL, NOT_NEGATIVE, HOUR),
    OKRUG_NUMBER_ROLE("idle_hours", OPTIONAL, NOT_NEGATIVE, HOUR),
};
static const okrug_role staff_roles[] = {
    OKRUG_TEXT_ROLE("firm", KEY, ANY),
    OKRUG_TEXT_ROLE("occupation", KEY, ANY),
    OKRUG_NUMBER_ROLE("people", OPTIONAL, NOT_NEGATIVE, PERSON),
    OKRUG_NUMBER_ROLE("vacancies", OPTIONAL, NOT_NEGATIVE, PERSON),
};
enum { INPUT, DISTRICTS_TABLE, ACCOUNTS, CONTRACTS, EQUIPMENT, STAFF };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_TIDY_INPUT("input", true, firm_roles),
    [DISTRICTS_TABLE] = OKRUG_TIDY_INPUT("districts", false, district_roles),
    [ACCOUNTS] = OKRUG_TIDY_INPUT("accounts", false, account_roles),
    [CONTRACTS] = OKRUG_TIDY_INPUT("contracts", false, contract_roles),
    [EQUIPMENT] = OKRUG_TIDY_INPUT("equipment", false, equipment_roles),
    [STAFF] = OKRUG_TIDY_INPUT("staff", false, staff_roles),
};

#define DISTRICTS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                       \
    TEXTS(regions, "regions")                                                                                          \
    TEXTS(activities, "activities")                                                                                    \
    INTEGER(digits, "digits", 4, 0, 20, COUNT)                                                                         \
    INTEGER(purchases, "purchases", 10, 0, 100000, COUNT)                                                              \
    TEXT(period, "accounts-period")                                                                                    \
    TEXT(date, "date")

typedef struct {
    OKRUG_PARAMETER_FIELDS(DISTRICTS_PARAMETERS)
} districts_parameters;
#define OKRUG_PARAMETERS districts_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(DISTRICTS_PARAMETERS)};

enum { DISTRICT, TITLE, REGIONS, ACTIVITIES, FIRST };
enum { NEAREST = FIRST + OKRUG_DISTRICT_COUNT, DISTANCE, SYNTHETIC };
static const okrug_output_column district_columns[] = {
    [DISTRICT] = {"district", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [TITLE] = {"title", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [REGIONS] = {"regions", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [ACTIVITIES] = {"activities", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
#define OKRUG_X(name, code, unit, compared, formula)                                                                   \
    [FIRST + OKRUG_DISTRICT_##name] = {code, OKRUG_NUMBER, OKRUG_UNIT_##unit, formula},
    OKRUG_DISTRICT_INDICATORS(OKRUG_X)
#undef OKRUG_X
        [NEAREST] = {"nearest", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [DISTANCE] = {"distance", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                  "sum_a |s_Da - s_Ea|, shares of activities in employment: 0 to 2"},
    [SYNTHETIC] = {"synthetic", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum { DISTRICTS, INDICATORS, STRUCTURE, MISSING, PURCHASES, BASE };
static const okrug_output outputs[] = {
    [DISTRICTS] = {"districts", district_columns, OKRUG_COUNT_OF(district_columns)},
    [INDICATORS] = {"indicators", okrug_districts_indicator_columns, OKRUG_DISTRICTS_INDICATOR_COLUMNS},
    [STRUCTURE] = {"activities", okrug_districts_activity_columns, OKRUG_DISTRICTS_ACTIVITY_COLUMNS},
    [MISSING] = {"missing", okrug_districts_missing_columns, OKRUG_DISTRICTS_MISSING_COLUMNS},
    [PURCHASES] = {"purchases", okrug_districts_purchase_columns, OKRUG_DISTRICTS_PURCHASE_COLUMNS},
    [BASE] = {"base", okrug_districts_base_columns, OKRUG_DISTRICTS_BASE_COLUMNS},
};
static const char *const references[] = {
    "Becattini, G. (1990). The Marshallian industrial district as a socio-economic notion. In: Pyke, F., Becattini, "
    "G., "
    "Sengenberger, W. (eds). Industrial Districts and Inter-firm Co-operation in Italy. ILO, Geneva.",
    "Krugman, P. (1991). Geography and Trade. MIT Press.",
    "Wasserman, S., Faust, K. (1994). Social Network Analysis: Methods and Applications. Cambridge University Press.",
    NULL,
};
static const okrug_grain grain[] = {{"districts", 2, OKRUG_UNIT_COUNT}};

/* The district whose activities are most alike, by shares of employment. */
static double nearest_to(const okrug_districts *of, int64_t k, const okrug_district **nearest) {
    double least = (double)NAN;
    *nearest = NULL;
    for (int64_t j = 0; j < of->count; j++) {
        double distance =
            j == k ? (double)NAN : okrug_krugman(of->activities, of->district[k].shares_of, of->district[j].shares_of);
        if (!isnan(distance) && (*nearest == NULL || distance < least)) {
            least = distance;
            *nearest = &of->district[j];
        }
    }
    return least;
}

static bool has_made(const okrug_districts *of, const okrug_district *d) {
    const okrug_column *synthetic = okrug_table_column(of->asked->firms, "synthetic");
    for (int64_t k = 0; synthetic != NULL && k < d->members; k++) {
        const char *text = okrug_text_at(synthetic, d->member[k]);
        if (text != NULL && text[0] == 'y') {
            return true;
        }
    }
    return false;
}

static okrug_status write_districts(const okrug_districts *of, okrug_table *table) {
    for (int64_t k = 0; k < of->count; k++) {
        const okrug_district *d = &of->district[k], *nearest = NULL;
        double distance = nearest_to(of, k, &nearest);
        OKRUG_TRY(okrug_result_text(table, DISTRICT, k, d->code));
        OKRUG_TRY(okrug_result_text(table, TITLE, k, d->title));
        OKRUG_TRY(okrug_result_text(table, REGIONS, k, d->regions));
        OKRUG_TRY(okrug_result_text(table, ACTIVITIES, k, d->activities));
        for (int i = 0; i < OKRUG_DISTRICT_COUNT; i++) {
            OKRUG_TRY(okrug_set_number_or(table, FIRST + i, k, d->value[i], d->none[i]));
        }
        OKRUG_TRY(okrug_result_text(table, NEAREST, k, nearest == NULL ? NULL : nearest->code));
        OKRUG_TRY(okrug_set_number_or(table, DISTANCE, k, distance, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_result_text(table, SYNTHETIC, k, has_made(of, d) ? "yes" : "no"));
    }
    return OKRUG_OK;
}

/* ---- What the reader has to know ---- */

static void tell_count(okrug_ctx *ctx, const okrug_table *table, const char *code, int64_t count) {
    if (count > 0) {
        okrug_warn(ctx, code, &(okrug_place){.file = table->file}, "count", okrug_text_integer(ctx, count),
                   (char *)NULL);
    }
}

/* Amounts with VAT and without it do not add up to anything. */
static bool mixes_vat(const okrug_table *contracts) {
    const okrug_column *vat = contracts == NULL ? NULL : okrug_table_column(contracts, "vat");
    bool mixed = false;
    for (int64_t row = 1; vat != NULL && row < contracts->rows; row++) {
        mixed = mixed || vat->word[row] != vat->word[0];
    }
    return mixed;
}

static void tell(okrug_ctx *ctx, const okrug_districts *of, const okrug_district_trade *trade) {
    const okrug_table *firms = of->asked->firms;
    tell_count(ctx, firms, "firms-without-region", of->without_region);
    tell_count(ctx, firms, "firms-without-industry", of->without_industry);
    tell_count(ctx, firms, "districts-employees-unknown", of->unknown);
    tell_count(ctx, firms, "firms-synthetic", of->made);
    if (mixes_vat(of->asked->contracts)) {
        okrug_warn(ctx, "contracts-mix-vat", &(okrug_place){.file = of->asked->contracts->file}, (char *)NULL);
    }
    for (int64_t k = 0; k < of->count; k++) {
        const okrug_district *d = &of->district[k];
        if (d->members == 0) {
            okrug_warn(ctx, "district-empty", &(okrug_place){.file = firms->file}, "district", d->code, (char *)NULL);
        }
        if (trade[k].unclear > 0) {
            okrug_warn(ctx, "district-purchases-unclear", &(okrug_place){.file = of->asked->contracts->file},
                       "district", d->code, "count", okrug_text_integer(ctx, trade[k].unclear), (char *)NULL);
        }
    }
}

static okrug_status compute(okrug_ctx *ctx, const districts_parameters *p, okrug_districts *of, okrug_dataset *result) {
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    OKRUG_TRY(okrug_grain_need(ctx, grain, (double)of->count, &(okrug_place){.file = of->asked->firms->file}));
    okrug_district_trade *trade = OKRUG_SCRATCH_ZERO(ctx, of->count + 1, okrug_district_trade);
    if (trade == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_districts_measure(ctx, of));
    OKRUG_TRY(okrug_districts_trade(ctx, of, trade));
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        int64_t rows = t == DISTRICTS ? of->count : t == BASE ? 1 : 0;
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, rows, &table[t]));
    }
    OKRUG_TRY(okrug_districts_write_missing(ctx, of, trade, table[MISSING]));
    OKRUG_TRY(write_districts(of, table[DISTRICTS]));
    OKRUG_TRY(okrug_districts_write_indicators(ctx, of, table[INDICATORS]));
    OKRUG_TRY(okrug_districts_write_activities(ctx, of, table[STRUCTURE]));
    OKRUG_TRY(okrug_districts_write_purchases(of, trade, p->purchases, table[PURCHASES]));
    OKRUG_TRY(okrug_districts_write_base(of, table[BASE]));
    tell(ctx, of, trade);
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const districts_parameters *p = job->parameters;
    okrug_districts_asked asked = {.firms = job->input[INPUT],
                                   .accounts = job->input[ACCOUNTS],
                                   .contracts = job->input[CONTRACTS],
                                   .equipment = job->input[EQUIPMENT],
                                   .staff = job->input[STAFF],
                                   .districts = job->input[DISTRICTS_TABLE],
                                   .regions = p->regions,
                                   .activities = p->activities,
                                   .period = p->period,
                                   .digits = p->digits};
    okrug_districts of = {0};
    if (p->date != NULL) {
        OKRUG_TRY(okrug_date_take(ctx, "date", p->date, &asked.date));
    }
    okrug_status status = okrug_districts_read(ctx, &asked, &of);
    if (status == OKRUG_OK) {
        status = compute(ctx, p, &of, result);
    }
    okrug_districts_free(&of);
    return status;
}

OKRUG_ANALYSIS_WITH_GRAIN(districts, "districts", "O(districts (firms activities + contracts log contracts))");
