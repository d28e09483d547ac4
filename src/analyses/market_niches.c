/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * market-niches: what share one has of each market, how the market grows, what is imported that could be made, and
 * which part of one's growth came with the markets.
 */
#include <math.h>
#include <string.h>

#include <okrug/market_share.h>
#include <okrug/numeric.h>

#include "analyses/list.h"
#include "analyses/markets.h"
#include "analyses/result.h"

static const okrug_role input_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"destination", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
static const okrug_role market_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"destination", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
static const okrug_role balance_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"output", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
    {"imports", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
    {"exports", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
enum { INPUT, MARKET, BALANCE };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, input_roles, OKRUG_COUNT_OF(input_roles)},
    [MARKET] = {"market", OKRUG_SHAPE_TIDY, false, false, market_roles, OKRUG_COUNT_OF(market_roles)},
    [BALANCE] = {"balance", OKRUG_SHAPE_TIDY, false, false, balance_roles, OKRUG_COUNT_OF(balance_roles)},
};

enum { RELATIVE_MEAN, RELATIVE_LEADER };
#define MARKET_NICHES_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                   \
    TEXT(region, "region")                                                                                             \
    CHOICE(relative, "relative", "mean|leader")                                                                        \
    TEXT(from, "from")                                                                                                 \
    TEXT(to, "to")

typedef struct {
    OKRUG_PARAMETER_FIELDS(MARKET_NICHES_PARAMETERS)
} market_niches_parameters;
#define OKRUG_PARAMETERS market_niches_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(MARKET_NICHES_PARAMETERS)};

enum { INDUSTRY, SHARE, GROWTH, GAP, CLASS, RELATIVE, BEFORE, IMPORT_SHARE, OWN, ALL, PERIOD };
static const okrug_output_column niche_columns[] = {
    [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [SHARE] = {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "x_k / X_k"},
    [GROWTH] = {"growth", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "g_k = X_k' / X_k - 1"},
    [GAP] = {"import_gap", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "(use - output) / use, use = output + imports - exports"},
    [CLASS] = {"class", OKRUG_TEXT, OKRUG_UNIT_NONE,
               "star, cash-cow: relative share >= 1; star, question-mark: g_k >= g of all markets"},
    [RELATIVE] = {"relative_share", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                  "mean: (x_k / X_k) / (x / X); leader: x_k / max of others"},
    [BEFORE] = {"share_before", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "x_k / X_k in the first period"},
    [IMPORT_SHARE] = {"import_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "imports / use"},
    [OWN] = {"own", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_k"},
    [ALL] = {"market", OKRUG_NUMBER, OKRUG_UNIT_OWN, "X_k"},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum { PARTS = 5 };
enum { C_INDUSTRY, C_DESTINATION, C_WORLD, C_TOTAL = C_WORLD + PARTS, C_START, C_END };
static const okrug_output_column component_columns[] = {
    [C_INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_DESTINATION] = {"destination", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_WORLD] = {"world", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_kj g"},
    {"commodity", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_kj (g_k - g)"},
    {"market", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_kj (g_kj - g_k)"},
    {"competitiveness", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_kj' - x_kj (1 + g_kj)"},
    {"unsplit", OKRUG_NUMBER, OKRUG_UNIT_OWN, "what is left where g_k or g_kj does not exist"},
    [C_TOTAL] = {"total", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_kj' - x_kj"},
    [C_START] = {"start", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_kj"},
    [C_END] = {"end", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_kj'"},
};
enum { T_FROM, T_TO, T_WORLD, T_TOTAL = T_WORLD + PARTS, T_START, T_END, T_GROWTH, T_MISSING };
static const okrug_output_column total_columns[] = {
    [T_FROM] = {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [T_TO] = {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [T_WORLD] = {"world", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_kj"},
    {"commodity", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_kj"},
    {"market", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_kj"},
    {"competitiveness", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_kj"},
    {"unsplit", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_kj"},
    [T_TOTAL] = {"total", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x' - x"},
    [T_START] = {"start", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x"},
    [T_END] = {"end", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x'"},
    [T_GROWTH] = {"growth", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "g = X' / X - 1"},
    [T_MISSING] = {"missing", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "own cells not known in one of the periods"},
};
enum { NICHES, COMPONENTS, TOTALS, TABLES };
static const okrug_output outputs[] = {
    [NICHES] = {"niches", niche_columns, OKRUG_COUNT_OF(niche_columns)},
    [COMPONENTS] = {"components", component_columns, OKRUG_COUNT_OF(component_columns)},
    [TOTALS] = {"totals", total_columns, OKRUG_COUNT_OF(total_columns)},
};

static const char *const references[] = {
    "Tyszynski, H. (1951). World trade in manufactured commodities, 1899-1950. The Manchester School 19(3).",
    "Leamer, E. E., Stern, R. M. (1970). Quantitative International Economics. Allyn and Bacon.",
    "Henderson, B. D. (1970). The product portfolio. Boston Consulting Group.",
    NULL,
};
enum { GRAIN_INDUSTRIES, GRAIN_KNOWN, GRAIN_REGIONS };
static const okrug_grain grain[] = {
    [GRAIN_INDUSTRIES] = {"industries", 2, OKRUG_UNIT_COUNT},
    [GRAIN_KNOWN] = {"known-share", 0.8, OKRUG_UNIT_SHARE},
    [GRAIN_REGIONS] = {"regions-without-market", 2, OKRUG_UNIT_COUNT}, /* or one's own sales are the market */
};

/* ---- What is known of each industry ----------------------------------------------------------------------------- */

typedef struct {
    okrug_markets markets;
    okrug_market_results split;
    double *own[2], *market[2]; /* industries: over all destinations */
    double all_own, all_market; /* at the last date */
    bool *listed;
    double *gap, *import_share; /* industries; NaN without */
    okrug_reason *no_gap;
    int64_t above;
} state;

static okrug_status allocate(okrug_ctx *ctx, state *s) {
    int64_t n = s->markets.industries, cells = n * s->markets.destinations;
    double **of_cells[PARTS] = {&s->split.world, &s->split.commodity, &s->split.market, &s->split.competitiveness,
                                &s->split.unsplit};
    double **of_industries[] = {&s->own[0],       &s->own[1], &s->market[0],   &s->market[1],
                                &s->split.growth, &s->gap,    &s->import_share};
    bool failed = false;
    for (int k = 0; k < PARTS; k++) {
        failed = (*of_cells[k] = OKRUG_SCRATCH(ctx, cells, double)) == NULL || failed;
    }
    for (int k = 0; k < OKRUG_COUNT_OF(of_industries); k++) {
        failed = (*of_industries[k] = OKRUG_SCRATCH(ctx, n, double)) == NULL || failed;
    }
    s->listed = OKRUG_SCRATCH_ZERO(ctx, n, bool);
    s->no_gap = OKRUG_SCRATCH(ctx, n, okrug_reason);
    return failed || s->listed == NULL || s->no_gap == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static void sum_industries(state *s) {
    const okrug_markets *m = &s->markets;
    for (int64_t i = 0; i < m->industries; i++) {
        for (int date = 0; date < 2; date++) {
            s->own[date][i] = okrug_sum_of(m->own[date] + i * m->destinations, m->destinations, 1);
            s->market[date][i] = okrug_sum_of(m->market[date] + i * m->destinations, m->destinations, 1);
        }
        for (int64_t j = 0; j < m->destinations; j++) {
            s->listed[i] = s->listed[i] || m->listed[i * m->destinations + j];
        }
        s->above += s->own[OKRUG_MARKET_LAST][i] > s->market[OKRUG_MARKET_LAST][i];
    }
    s->all_own = okrug_sum_of(s->own[OKRUG_MARKET_LAST], m->industries, 1);
    s->all_market = okrug_sum_of(s->market[OKRUG_MARKET_LAST], m->industries, 1);
}

static okrug_status need_grain(okrug_ctx *ctx, const state *s, const char *file) {
    const okrug_place place = {.file = file};
    const okrug_markets *m = &s->markets;
    double industries = 0.0, cells = 0.0;
    for (int64_t cell = 0; cell < m->industries * m->destinations; cell++) {
        cells += m->listed[cell];
    }
    for (int64_t i = 0; i < m->industries; i++) {
        industries += s->listed[i];
    }
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_INDUSTRIES], industries, &place));
    return okrug_grain_need(ctx, &grain[GRAIN_KNOWN], cells > 0.0 ? 1.0 - (double)m->missing / cells : 0.0, &place);
}

static int64_t find_industry(const okrug_markets *m, const char *code) {
    for (int64_t i = 0; i < m->industries; i++) {
        if (strcmp(m->industry[i], code) == 0) {
            return i;
        }
    }
    return -1;
}

static okrug_status read_balance(okrug_ctx *ctx, const okrug_table *table, state *s) {
    for (int64_t i = 0; i < s->markets.industries; i++) {
        s->gap[i] = s->import_share[i] = (double)NAN;
        s->no_gap[i] = OKRUG_NO_ROW;
    }
    if (table == NULL) {
        return OKRUG_OK;
    }
    const okrug_column *industry = okrug_table_column(table, "industry"), *period = okrug_table_column(table, "period");
    const okrug_column *part[3] = {okrug_table_column(table, "output"), okrug_table_column(table, "imports"),
                                   okrug_table_column(table, "exports")};
    const char *wanted = s->markets.period[OKRUG_MARKET_LAST];
    if (period != NULL && wanted == NULL && okrug_words_count(period->words) > 1) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "balance-periods", &(okrug_place){.file = table->file}, (char *)NULL);
    }
    for (int64_t row = 0; row < table->rows; row++) {
        int64_t i = find_industry(&s->markets, okrug_text_at(industry, row));
        const char *when = period == NULL ? NULL : okrug_text_at(period, row);
        if (i < 0 || (wanted != NULL && when != NULL && strcmp(when, wanted) != 0)) {
            continue;
        }
        okrug_reason missing = OKRUG_PRESENT;
        double amount[3];
        for (int k = 0; k < 3; k++) {
            okrug_reason reason = okrug_reason_at(part[k], row);
            bool known = reason == OKRUG_PRESENT || reason == OKRUG_STRUCTURAL_ZERO;
            missing = known ? missing : reason;
            amount[k] = reason == OKRUG_PRESENT ? part[k]->number[row] : 0.0;
        }
        double use = amount[0] + amount[1] - amount[2];
        bool some = missing == OKRUG_PRESENT && use > 0.0;
        s->gap[i] = some ? (use - amount[0]) / use : (double)NAN;
        s->import_share[i] = some ? amount[1] / use : (double)NAN;
        s->no_gap[i] = missing == OKRUG_PRESENT ? OKRUG_UNDEFINED : missing;
    }
    return OKRUG_OK;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static const char *class_of(double relative, bool alone, double growth, double all) {
    if ((isnan(relative) && !alone) || isnan(growth) || isnan(all)) {
        return NULL;
    }
    bool large = alone || relative >= 1.0;
    return growth >= all ? (large ? "star" : "question-mark") : large ? "cash-cow" : "dog";
}

static okrug_status write_niche(const state *s, const market_niches_parameters *p, okrug_table *table, int64_t i) {
    const okrug_markets *m = &s->markets;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    double own = s->own[OKRUG_MARKET_LAST][i], market = s->market[OKRUG_MARKET_LAST][i];
    double share = market > 0.0 ? own / market : (double)NAN;
    double mean = s->all_own > 0.0 ? s->all_own / s->all_market : (double)NAN;
    bool leader = p->relative == RELATIVE_LEADER;
    bool alone = leader && m->largest_other[i] == 0.0 && own > 0.0;
    double relative = !leader ? share / mean : m->largest_other[i] > 0.0 ? own / m->largest_other[i] : (double)NAN;
    double growth = m->two ? s->split.growth[i] : (double)NAN;
    okrug_reason no_growth = m->two ? OKRUG_ZERO_TOTAL : OKRUG_NO_ROW;
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, m->industry[i]));
    OKRUG_TRY(okrug_set_number_or(table, SHARE, row, share, OKRUG_ZERO_TOTAL));
    OKRUG_TRY(okrug_set_number_or(table, GROWTH, row, growth, no_growth));
    OKRUG_TRY(okrug_set_number_or(table, GAP, row, s->gap[i], s->no_gap[i]));
    OKRUG_TRY(okrug_result_text(table, CLASS, row, class_of(relative, alone, growth, s->split.all)));
    OKRUG_TRY(okrug_set_number_or(table, RELATIVE, row, relative, OKRUG_ZERO_TOTAL));
    OKRUG_TRY(okrug_set_number_or(
        table, BEFORE, row, m->two && s->market[0][i] > 0.0 ? s->own[0][i] / s->market[0][i] : (double)NAN, no_growth));
    OKRUG_TRY(okrug_set_number_or(table, IMPORT_SHARE, row, s->import_share[i], s->no_gap[i]));
    OKRUG_TRY(okrug_set_number_or(table, OWN, row, own, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(table, ALL, row, market, OKRUG_UNDEFINED));
    return okrug_result_text(table, PERIOD, row, m->period[OKRUG_MARKET_LAST]);
}

static okrug_status write_component(const state *s, okrug_table *table, int64_t cell) {
    const okrug_markets *m = &s->markets;
    const double *const part[PARTS] = {s->split.world, s->split.commodity, s->split.market, s->split.competitiveness,
                                       s->split.unsplit};
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    okrug_reason missing = (okrug_reason)m->reason[cell];
    bool known = missing == OKRUG_PRESENT;
    double start = known ? m->own[0][cell] : (double)NAN, end = known ? m->own[1][cell] : (double)NAN;
    OKRUG_TRY(okrug_result_text(table, C_INDUSTRY, row, m->industry[cell / m->destinations]));
    OKRUG_TRY(okrug_result_text(table, C_DESTINATION, row, m->destination[cell % m->destinations]));
    for (int k = 0; k < PARTS; k++) {
        OKRUG_TRY(okrug_set_number_or(table, C_WORLD + k, row, known ? part[k][cell] : (double)NAN,
                                      known ? OKRUG_ZERO_TOTAL : missing));
    }
    OKRUG_TRY(okrug_set_number_or(table, C_TOTAL, row, end - start, missing));
    OKRUG_TRY(okrug_set_number_or(table, C_START, row, start, missing));
    return okrug_set_number_or(table, C_END, row, end, missing);
}

static okrug_status write_totals(const state *s, okrug_table *table) {
    const okrug_markets *m = &s->markets;
    const double *const part[PARTS] = {s->split.world, s->split.commodity, s->split.market, s->split.competitiveness,
                                       s->split.unsplit};
    int64_t cells = m->industries * m->destinations;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    for (int k = 0; k < PARTS; k++) {
        okrug_sum sum = {0};
        for (int64_t cell = 0; cell < cells; cell++) {
            if (!isnan(part[k][cell])) { /* what has no part is in unsplit */
                okrug_sum_add(&sum, part[k][cell]);
            }
        }
        OKRUG_TRY(okrug_set_number_or(table, T_WORLD + k, row, okrug_sum_value(&sum), OKRUG_UNDEFINED));
    }
    double start = okrug_sum_of(m->own[0], cells, 1), end = okrug_sum_of(m->own[1], cells, 1);
    OKRUG_TRY(okrug_result_text(table, T_FROM, row, m->period[0]));
    OKRUG_TRY(okrug_result_text(table, T_TO, row, m->period[1]));
    OKRUG_TRY(okrug_set_number_or(table, T_TOTAL, row, end - start, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(table, T_START, row, start, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(table, T_END, row, end, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(table, T_GROWTH, row, s->split.all, OKRUG_ZERO_TOTAL));
    return okrug_set_number(table, T_MISSING, row, (double)m->missing);
}

static void say(okrug_ctx *ctx, const state *s, const okrug_table *input) {
    const okrug_place place = {.file = input->file};
    if (!s->markets.two) {
        okrug_warn(ctx, "niches-one-period", &place, (char *)NULL);
    }
    if (s->above > 0) {
        okrug_warn(ctx, "own-above-market", &place, "count", okrug_text_integer(ctx, s->above), (char *)NULL);
    }
    if (s->markets.missing > 0) {
        okrug_warn(ctx, "niches-missing", &place, "count", okrug_text_integer(ctx, s->markets.missing), (char *)NULL);
    }
    if (s->markets.missing_market > 0) {
        okrug_warn(ctx, "market-missing", &place, "count", okrug_text_integer(ctx, s->markets.missing_market),
                   (char *)NULL);
    }
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const market_niches_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    state s = {0};
    okrug_table *table[TABLES];
    OKRUG_TRY(okrug_markets_read(ctx, input, job->input[MARKET], p->region, p->from, p->to, &s.markets));
    const okrug_markets *m = &s.markets;
    if (p->relative == RELATIVE_LEADER && m->largest_other == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "leader-needs-regions", NULL, (char *)NULL);
    }
    OKRUG_TRY(allocate(ctx, &s));
    sum_industries(&s);
    if (job->input[MARKET] == NULL) {
        OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_REGIONS],
                                   (double)okrug_words_count(okrug_table_column(input, "region")->words),
                                   &(okrug_place){.file = input->file}));
    }
    OKRUG_TRY(need_grain(ctx, &s, input->file));
    OKRUG_TRY(read_balance(ctx, job->input[BALANCE], &s));
    const okrug_market_input two = {m->industries, m->destinations, m->own[0], m->own[1], m->market[0], m->market[1]};
    OKRUG_TRY(okrug_market_share(ctx, &two, &s.split));
    for (int t = 0; t < TABLES; t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], okrug_table_column(input, "value")->unit, 0, &table[t]));
    }
    for (int64_t i = 0; i < m->industries; i++) {
        if (s.listed[i]) {
            OKRUG_TRY(write_niche(&s, p, table[NICHES], i));
        }
    }
    for (int64_t cell = 0; m->two && cell < m->industries * m->destinations; cell++) {
        if (m->reason[cell] != OKRUG_PRESENT || m->own[0][cell] > 0.0 || m->own[1][cell] > 0.0) {
            OKRUG_TRY(write_component(&s, table[COMPONENTS], cell));
        }
    }
    if (m->two) {
        OKRUG_TRY(write_totals(&s, table[TOTALS]));
    }
    say(ctx, &s, input);
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(market_niches, "market-niches", "O(industries * destinations)");
