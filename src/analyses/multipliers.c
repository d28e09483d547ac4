/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * multipliers: what a unit of final demand for an industry sets off in all of them, open (type I) and closed by
 * households (type II).
 */
#include <math.h>
#include <string.h>

#include <okrug/inputoutput.h>

#include "analyses/io_table.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role employment_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_PERSON},
};
enum { INPUT, CONCORDANCE, EMPLOYMENT };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_IO_INPUT,
    [CONCORDANCE] = OKRUG_CONCORDANCE_INPUT,
    [EMPLOYMENT] = {"employment", OKRUG_SHAPE_TIDY, false, true, employment_roles, OKRUG_COUNT_OF(employment_roles)},
};

#define MULTIPLIERS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    OKRUG_IO_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                            \
    TEXTS(income, "income")                                                                                            \
    TEXTS(tax, "tax")                                                                                                  \
    TEXT(households, "households")                                                                                     \
    REAL(household_income, "household-income", 0, 0, 1e300, OWN)

typedef struct {
    OKRUG_PARAMETER_FIELDS(MULTIPLIERS_PARAMETERS)
} multipliers_parameters;
#define OKRUG_PARAMETERS multipliers_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(MULTIPLIERS_PARAMETERS)};

/* What is counted, in the order of the columns; open ones first, then the closed. */
enum { OUTPUT, VALUE_ADDED, INCOME, PERSONS, TAX, MEASURES };
#define MEASURE_COLUMNS(suffix, inverse)                                                                               \
    {"output" suffix, OKRUG_NUMBER, OKRUG_UNIT_RATIO, "1' " inverse},                                                  \
        {"value_added" suffix, OKRUG_NUMBER, OKRUG_UNIT_RATIO, "v' " inverse ", v_j = value added_j / x_j"},           \
        {"income" suffix, OKRUG_NUMBER, OKRUG_UNIT_RATIO, "h' " inverse ", h_j = income_j / x_j"},                     \
        {"employment" suffix, OKRUG_NUMBER, OKRUG_UNIT_PERSON_PER_MONEY, "l' " inverse ", l_j = employment_j / x_j"},  \
    {                                                                                                                  \
        "tax" suffix, OKRUG_NUMBER, OKRUG_UNIT_RATIO, "t' " inverse ", t_j = tax_j / x_j"                              \
    }
static const okrug_output_column industry_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    MEASURE_COLUMNS("", "L, L = (I - A)^-1"),
    MEASURE_COLUMNS("_ii", "L + (. L k)(h' L) / (1 - h_hh - h' L k)"),
};
static const okrug_output_column ratio_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value_added", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(v' L)_j / v_j"},
    {"income", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(h' L)_j / h_j"},
    {"employment", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(l' L)_j / l_j"},
    {"tax", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(t' L)_j / t_j"},
    {"value_added_ii", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "value_added_ii / v_j"},
    {"income_ii", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "income_ii / h_j"},
    {"employment_ii", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "employment_ii / l_j"},
    {"tax_ii", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "tax_ii / t_j"},
};
static const okrug_output outputs[] = {
    {"industries", industry_columns, OKRUG_COUNT_OF(industry_columns)},
    {"ratios", ratio_columns, OKRUG_COUNT_OF(ratio_columns)},
};

static const char *const references[] = {
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University Press.",
    "Leontief, W. (1936). Quantitative input and output relations in the economic system of the United States. Review "
    "of Economics and Statistics 18(3).",
    NULL,
};

/* Coefficients (MEASURES x n) and multipliers, with what the table lacks. */
typedef struct {
    bool there[MEASURES];
    double *coefficient;
    double *open;
    double *closed;
    okrug_reason closed_reason; /* PRESENT: the closed ones were computed */
} effects;

/* Employment by industry from a file, in persons: every industry must be in it. */
static okrug_status employment_from_file(okrug_ctx *ctx, const okrug_table *table, const okrug_io *io, double *vector) {
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *value = okrug_table_column(table, "value");
    double factor = okrug_unit_count_factor(value->unit);
    double *by_word = OKRUG_SCRATCH(ctx, okrug_words_count(industry->words), double);
    if (by_word == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < table->rows; r++) {
        by_word[industry->word[r]] = okrug_reason_at(value, r) == OKRUG_PRESENT ? value->number[r] : NAN;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < io->n; i++) {
        int32_t word = okrug_words_find(industry->words, io->code[i], strlen(io->code[i]));
        if (word < 0 || isnan(by_word[word])) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-employment", &(okrug_place){.file = table->file}, "code",
                                io->code[i], (char *)NULL);
            continue;
        }
        vector[i] = by_word[word] * (factor > 0.0 ? factor : 1.0);
    }
    return status;
}

static okrug_status read_measure(okrug_ctx *ctx, const okrug_io *io, const okrug_texts *names, int measure,
                                 effects *e) {
    if (names->count == 0) {
        return OKRUG_OK;
    }
    e->there[measure] = true;
    return okrug_io_vector(ctx, io, names, e->coefficient + measure * io->n);
}

static okrug_status read_coefficients(okrug_ctx *ctx, const okrug_job *job, const okrug_io *io, effects *e) {
    const multipliers_parameters *p = job->parameters;
    int64_t n = io->n;
    e->coefficient = OKRUG_SCRATCH_ZERO(ctx, MEASURES * n, double);
    if (e->coefficient == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_texts persons = {job->text[EMPLOYMENT] != NULL, &job->text[EMPLOYMENT]};
    OKRUG_TRY(read_measure(ctx, io, &p->value_added, VALUE_ADDED, e));
    OKRUG_TRY(read_measure(ctx, io, &p->income, INCOME, e));
    OKRUG_TRY(read_measure(ctx, io, &p->tax, TAX, e));
    OKRUG_TRY(read_measure(ctx, io, &persons, PERSONS, e));
    if (job->input[EMPLOYMENT] != NULL) {
        e->there[PERSONS] = true;
        OKRUG_TRY(employment_from_file(ctx, job->input[EMPLOYMENT], io, e->coefficient + PERSONS * n));
    }
    e->there[OUTPUT] = true;
    for (int64_t j = 0; j < n; j++) {
        for (int m = OUTPUT; m < MEASURES; m++) {
            double *c = &e->coefficient[m * n + j];
            *c = m == OUTPUT ? 1.0 : io->output[j] == 0.0 ? 0.0 : *c / io->output[j];
        }
    }
    return OKRUG_OK;
}

/* Household income and spending from the named rows and the consumption column. */
static okrug_status close_by_households(okrug_ctx *ctx, const multipliers_parameters *p, const okrug_io *io,
                                        effects *e) {
    int64_t n = io->n;
    e->closed_reason = OKRUG_NO_ROW;
    if (p->households == NULL || !e->there[INCOME]) {
        return OKRUG_OK;
    }
    double *spending = OKRUG_SCRATCH(ctx, n, double);
    double *closed = OKRUG_SCRATCH(ctx, MEASURES * n, double);
    if (spending == NULL || closed == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_io_vector(ctx, io, &(okrug_texts){1, &p->households}, spending));
    double own = 0.0;
    for (int i = 0; i < p->income.count; i++) {
        double cell = 0.0;
        OKRUG_TRY(okrug_io_cell(ctx, io, p->income.text[i], p->households, &cell));
        own += cell;
    }
    double income = p->household_income;
    if (income == 0.0) {
        income = own;
        for (int64_t j = 0; j < n; j++) {
            income += e->coefficient[INCOME * n + j] * io->output[j];
        }
    }
    e->closed_reason = income > 0.0 ? OKRUG_PRESENT : OKRUG_ZERO_TOTAL;
    if (income <= 0.0) {
        return OKRUG_OK;
    }
    for (int64_t i = 0; i < n; i++) {
        spending[i] /= income;
    }
    okrug_households households = {.income = e->coefficient + INCOME * n, .consumption = spending, .own = own / income};
    okrug_close_multipliers(n, MEASURES, &households, e->open, e->open + INCOME * n, closed);
    e->closed = closed;
    if (isnan(closed[0])) {
        e->closed_reason = OKRUG_UNDEFINED;
        okrug_warn(ctx, "households-overspend", NULL, (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status write_industry(const okrug_io *io, const effects *e, int64_t j, okrug_table *industries,
                                   okrug_table *ratios) {
    OKRUG_TRY(okrug_result_text(industries, 0, j, io->code[j]));
    OKRUG_TRY(okrug_result_text(ratios, 0, j, io->code[j]));
    for (int m = OUTPUT; m < MEASURES; m++) {
        int64_t at = m * io->n + j;
        okrug_reason none = e->there[m] ? OKRUG_PRESENT : OKRUG_NO_ROW;
        okrug_reason none_closed = none != OKRUG_PRESENT ? none : e->closed_reason;
        double open = none == OKRUG_PRESENT ? e->open[at] : NAN;
        double closed = none_closed == OKRUG_PRESENT ? e->closed[at] : NAN;
        OKRUG_TRY(okrug_set_number_or(industries, 1 + m, j, open, none == OKRUG_PRESENT ? OKRUG_UNDEFINED : none));
        OKRUG_TRY(okrug_set_number_or(industries, 1 + MEASURES + m, j, closed,
                                      none_closed == OKRUG_PRESENT ? OKRUG_UNDEFINED : none_closed));
        if (m == OUTPUT) {
            continue;
        }
        double own = e->coefficient[at];
        OKRUG_TRY(okrug_set_number_or(ratios, m, j, own == 0.0 ? NAN : open / own,
                                      none != OKRUG_PRESENT ? none : OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(ratios, MEASURES - 1 + m, j, own == 0.0 ? NAN : closed / own,
                                      none_closed != OKRUG_PRESENT ? none_closed : OKRUG_ZERO_TOTAL));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const multipliers_parameters *p = job->parameters;
    okrug_texts households = {p->households != NULL, &p->households};
    okrug_texts persons = {job->text[EMPLOYMENT] != NULL, &job->text[EMPLOYMENT]};
    okrug_texts primary[] = {p->value_added, p->income, p->tax, persons};
    okrug_io_request request = {OKRUG_IO_REQUEST(job, p, primary), .demand = &households, .demand_count = 1};
    okrug_io io = {0};
    effects e = {0};
    OKRUG_TRY(okrug_io_read(ctx, &request, &io));
    OKRUG_TRY(read_coefficients(ctx, job, &io, &e));
    double *a = OKRUG_SCRATCH(ctx, io.n * io.n, double);
    e.open = OKRUG_SCRATCH(ctx, MEASURES * io.n, double);
    if (a == NULL || e.open == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_technical_coefficients(io.n, io.flow, io.output, a);
    OKRUG_TRY(okrug_multipliers(ctx, io.n, a, MEASURES, e.coefficient, e.open));
    OKRUG_TRY(close_by_households(ctx, p, &io, &e));
    okrug_table *industries = NULL;
    okrug_table *ratios = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[0], OKRUG_UNIT_NONE, io.n, &industries));
    OKRUG_TRY(okrug_result_table(result, &outputs[1], OKRUG_UNIT_NONE, io.n, &ratios));
    for (int64_t j = 0; j < io.n; j++) {
        OKRUG_TRY(write_industry(&io, &e, j, industries, ratios));
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(multipliers, "multipliers", "O(industries^3)", "exact");
