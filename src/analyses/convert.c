/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * convert: values of one classification and of the territories of their day in another classification and the
 * territories of today, and what got lost on the way.
 */
#include <math.h>
#include <string.h>

#include <okrug/number.h>
#include <okrug/numeric.h>

#include "analyses/convert_pieces.h"
#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"industry", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
static const okrug_role concordance_roles[] = {OKRUG_SHARED_CONCORDANCE_ROLES};
static const okrug_role reform_roles[] = {OKRUG_REFORM_ROLES};
enum { INPUT, CONCORDANCE, REFORMS };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [CONCORDANCE] = {"concordance", OKRUG_SHAPE_TIDY, false, false, concordance_roles,
                     OKRUG_COUNT_OF(concordance_roles)},
    [REFORMS] = {"reforms", OKRUG_SHAPE_TIDY, false, false, reform_roles, OKRUG_COUNT_OF(reform_roles)},
};

enum { UNMAPPED_LEAVE, UNMAPPED_KEEP };
enum { SHARES_GIVEN, SHARES_RESCALED };
#define CONVERT_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                         \
    CHOICE(unmapped, "unmapped", "leave|keep")                                                                         \
    CHOICE(shares, "shares", "given|rescaled")

typedef struct {
    OKRUG_PARAMETER_FIELDS(CONVERT_PARAMETERS)
} convert_parameters;
#define OKRUG_PARAMETERS convert_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(CONVERT_PARAMETERS)};

enum { REGION, INDUSTRY, PERIOD, VALUE, AT_LEAST, PARTS, MISSING };
static const okrug_output_column value_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum over old r, i of E_ri share_r share_i"},
    [AT_LEAST] = {"at_least", OKRUG_NUMBER, OKRUG_UNIT_OWN, "the same over the cells that are known"},
    [PARTS] = {"parts", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "old cells in it"},
    [MISSING] = {"missing", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "those of them that are not known"},
};
enum { L_DIMENSION, L_CODE, L_PERIOD, L_PROBLEM, L_CELLS, L_MISSING, L_VALUE, L_LOST, L_SHARE };
static const okrug_output_column leak_columns[] = {
    [L_DIMENSION] = {"dimension", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [L_CODE] = {"code", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [L_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [L_PROBLEM] = {"problem", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [L_CELLS] = {"cells", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "cells concerned"},
    [L_MISSING] = {"missing", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "those of them that are not known"},
    [L_VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "what these cells have"},
    [L_LOST] = {"lost", OKRUG_NUMBER, OKRUG_UNIT_OWN, "what of it is not in the result; below 0: what is there twice"},
    [L_SHARE] = {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "lost / sum of the period before"},
};
enum { P_PERIOD, P_BEFORE, P_AFTER, P_LOST };
static const okrug_output_column period_columns[] = {
    [P_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [P_BEFORE] = {"before", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum of the known cells of the input"},
    [P_AFTER] = {"after", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum of at_least"},
    [P_LOST] = {"lost", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum of lost; before = after + lost"},
};
enum { VALUES, LEAKAGE, PERIODS };
static const okrug_output outputs[] = {
    [VALUES] = {"values", value_columns, OKRUG_COUNT_OF(value_columns)},
    [LEAKAGE] = {"leakage", leak_columns, OKRUG_COUNT_OF(leak_columns)},
    [PERIODS] = {"periods", period_columns, OKRUG_COUNT_OF(period_columns)},
};

static const char *const references[] = {
    "Flowerdew, R., Green, M. (1994). Areal interpolation and types of data. In: Spatial analysis and GIS. Taylor and "
    "Francis.",
    NULL,
};

enum { NAMED = 5 };

/* Sums of one period; the last is that of rows without one. */
typedef struct {
    okrug_sum before, after, lost;
    bool there;
} totals;

static totals *of_period(totals *all, int32_t periods, int32_t word) {
    return &all[word < 0 ? periods : word];
}

/* ---- Rows ---- */

/* The pieces of one cell: first .. end of the list. Withheld parts make a withheld sum, whatever else is missing. */
static okrug_status write_cell(const okrug_conversion *c, int64_t first, int64_t end, const okrug_column *period,
                               totals *total, okrug_table *table) {
    const okrug_piece *cell = &c->piece[first];
    okrug_sum sum = {0};
    okrug_reason reason = OKRUG_PRESENT;
    int64_t missing = 0;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t p = first; p < end; p++) {
        okrug_reason this = (okrug_reason)c->piece[p].reason;
        okrug_sum_add(&sum, c->piece[p].value);
        okrug_sum_add(&total->after, c->piece[p].value);
        missing += this != OKRUG_PRESENT;
        reason = reason == OKRUG_PRESENT || this == OKRUG_SUPPRESSED ? this : reason;
    }
    double known = okrug_sum_value(&sum);
    OKRUG_TRY(okrug_result_text(table, REGION, row, okrug_words_text(c->regions, cell->region)));
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, okrug_words_text(c->industries, cell->industry)));
    OKRUG_TRY(
        okrug_result_text(table, PERIOD, row, cell->period < 0 ? NULL : okrug_words_text(period->words, cell->period)));
    OKRUG_TRY(okrug_set_number_or(table, VALUE, row, missing > 0 ? (double)NAN : known, reason));
    OKRUG_TRY(okrug_set_number(table, AT_LEAST, row, known));
    OKRUG_TRY(okrug_set_number(table, PARTS, row, (double)(end - first)));
    return okrug_set_number(table, MISSING, row, (double)missing);
}

static okrug_status write_values(const okrug_conversion *c, const okrug_column *period, totals *all, int32_t periods,
                                 okrug_table *table) {
    for (int64_t first = 0, end = 0; first < c->pieces; first = end) {
        const okrug_piece *cell = &c->piece[first];
        for (end = first; end < c->pieces && c->piece[end].region == cell->region &&
                          c->piece[end].industry == cell->industry && c->piece[end].period == cell->period;) {
            end++;
        }
        OKRUG_TRY(write_cell(c, first, end, period, of_period(all, periods, cell->period), table));
    }
    return OKRUG_OK;
}

static okrug_status write_leaks(const okrug_conversion *c, const okrug_column *period, totals *all, int32_t periods,
                                okrug_table *table) {
    const okrug_column *column[] = {[OKRUG_LEAK_OF_INDUSTRY] = okrug_table_column(c->input, "industry"),
                                    [OKRUG_LEAK_OF_REGION] = okrug_table_column(c->input, "region")};
    for (int64_t i = 0; i < c->leaks; i++) {
        const okrug_leak *leak = &c->leak[i];
        totals *total = of_period(all, periods, leak->period);
        double before = okrug_sum_value(&total->before);
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        okrug_sum_add(&total->lost, leak->lost);
        OKRUG_TRY(okrug_result_text(table, L_DIMENSION, row,
                                    leak->dimension == OKRUG_LEAK_OF_REGION ? "region" : "industry"));
        OKRUG_TRY(okrug_result_text(table, L_CODE, row, okrug_words_text(column[leak->dimension]->words, leak->code)));
        OKRUG_TRY(okrug_result_text(table, L_PERIOD, row,
                                    leak->period < 0 ? NULL : okrug_words_text(period->words, leak->period)));
        OKRUG_TRY(okrug_result_text(table, L_PROBLEM, row, okrug_leak_codes[leak->problem]));
        OKRUG_TRY(okrug_set_number(table, L_CELLS, row, (double)leak->cells));
        OKRUG_TRY(okrug_set_number(table, L_MISSING, row, (double)leak->missing));
        OKRUG_TRY(okrug_set_number(table, L_VALUE, row, leak->value));
        OKRUG_TRY(okrug_set_number(table, L_LOST, row, leak->lost));
        OKRUG_TRY(okrug_set_number_or(table, L_SHARE, row, before > 0.0 ? leak->lost / before : (double)NAN,
                                      OKRUG_ZERO_TOTAL));
    }
    return OKRUG_OK;
}

static okrug_status write_periods(const okrug_column *period, const totals *all, int32_t periods, okrug_table *table) {
    for (int32_t k = 0; k <= periods; k++) {
        if (!all[k].there) {
            continue;
        }
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, P_PERIOD, row, k == periods ? NULL : okrug_words_text(period->words, k)));
        OKRUG_TRY(okrug_set_number(table, P_BEFORE, row, okrug_sum_value(&all[k].before)));
        OKRUG_TRY(okrug_set_number(table, P_AFTER, row, okrug_sum_value(&all[k].after)));
        OKRUG_TRY(okrug_set_number(table, P_LOST, row, okrug_sum_value(&all[k].lost)));
    }
    return OKRUG_OK;
}

/* ---- What is told ---- */

/* A warning where codes have this problem, which names the first of them. */
static void tell(okrug_ctx *ctx, const okrug_conversion *c, const char *code, int problem) {
    const char *names = "";
    int64_t codes = 0;
    okrug_sum lost = {0};
    for (int64_t i = 0; i < c->leaks; i++) {
        const okrug_leak *leak = &c->leak[i];
        const char *column = leak->dimension == OKRUG_LEAK_OF_REGION ? "region" : "industry";
        if (leak->problem != problem) {
            continue;
        }
        okrug_sum_add(&lost, leak->lost);
        bool again = i > 0 && leak[-1].problem == problem && leak[-1].code == leak->code &&
                     leak[-1].dimension == leak->dimension;
        if (!again && codes++ < NAMED) {
            names = okrug_text_listed(ctx, names,
                                      okrug_words_text(okrug_table_column(c->input, column)->words, leak->code));
        }
    }
    if (codes > 0) {
        okrug_warn(ctx, code, &(okrug_place){.file = c->input->file}, "count", okrug_text_integer(ctx, codes), "codes",
                   codes > NAMED ? okrug_text(ctx, "%s, …", names) : names, "lost",
                   okrug_text_number(ctx, okrug_sum_value(&lost)), (char *)NULL);
    }
}

static void tell_all(okrug_ctx *ctx, const okrug_conversion *c) {
    tell(ctx, c, "codes-unmapped", OKRUG_LEAK_UNMAPPED);
    tell(ctx, c, "codes-kept", OKRUG_LEAK_KEPT);
    tell(ctx, c, "codes-incomplete", OKRUG_LEAK_INCOMPLETE);
    tell(ctx, c, "codes-excess", OKRUG_LEAK_EXCESS);
    tell(ctx, c, "codes-late", OKRUG_LEAK_LATE);
    tell(ctx, c, "codes-double", OKRUG_LEAK_DOUBLE);
}

/* ---- All ---- */

static okrug_status check(okrug_ctx *ctx, const okrug_job *job) {
    const okrug_table *input = job->input[INPUT];
    const okrug_place place = {.file = input->file};
    if (input->rows == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &place, (char *)NULL);
    }
    if (job->input[CONCORDANCE] == NULL && job->input[REFORMS] == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "nothing-to-convert", NULL, (char *)NULL);
    }
    if (job->input[CONCORDANCE] != NULL && okrug_table_column(input, "industry") == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "missing-column", &place, "wanted", "industry", "columns",
                          okrug_table_column_names(ctx, input), (char *)NULL);
    }
    return OKRUG_OK;
}

/* Sums of values are numbers, however they are put together. */
static okrug_status check_values(okrug_ctx *ctx, const okrug_table *input) {
    const okrug_column *value = okrug_table_column(input, "value");
    double sum = 0.0;
    for (int64_t row = 0; row < input->rows; row++) {
        sum += okrug_reason_at(value, row) == OKRUG_PRESENT ? fabs(value->number[row]) : 0.0;
    }
    return isfinite(sum) ? OKRUG_OK
                         : okrug_fail(ctx, OKRUG_BAD_INPUT, "values-too-large", &(okrug_place){.file = input->file},
                                      (char *)NULL);
}

static bool periods_are_numbers(const okrug_column *period) {
    for (int32_t w = 0; period != NULL && w < okrug_words_count(period->words); w++) {
        const char *text = okrug_words_text(period->words, w);
        double number = 0.0;
        if (!okrug_number_read(text, strlen(text), &number)) {
            return false;
        }
    }
    return true;
}

static okrug_status convert(okrug_ctx *ctx, const okrug_job *job, okrug_conversion *c, okrug_dataset *result) {
    const okrug_column *period = okrug_table_column(c->input, "period");
    const okrug_column *value = okrug_table_column(c->input, "value");
    int32_t periods = period == NULL ? 0 : okrug_words_count(period->words);
    totals *all = OKRUG_SCRATCH_ZERO(ctx, periods + 1, totals);
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    if (all == NULL || c->regions == NULL || c->industries == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_conversion_make(ctx, c));
    if (c->pieces == 0) {
        bool by_industry = job->input[CONCORDANCE] != NULL;
        const okrug_table *map = by_industry ? job->input[CONCORDANCE] : job->input[REFORMS];
        const okrug_column *code = okrug_table_column(c->input, by_industry ? "industry" : "region");
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "nothing-converted",
                          &(okrug_place){.file = map == NULL ? NULL : map->file}, "code", okrug_text_at(code, 0),
                          (char *)NULL);
    }
    for (int64_t row = 0; row < c->input->rows; row++) {
        totals *total = of_period(all, periods, period == NULL ? -1 : period->word[row]);
        total->there = true;
        okrug_sum_add(&total->before, okrug_reason_at(value, row) == OKRUG_PRESENT ? value->number[row] : 0.0);
    }
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], value->unit, 0, &table[t]));
    }
    OKRUG_TRY(write_values(c, period, all, periods, table[VALUES]));
    OKRUG_TRY(write_leaks(c, period, all, periods, table[LEAKAGE]));
    tell_all(ctx, c);
    return write_periods(period, all, periods, table[PERIODS]);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const convert_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    bool rescaled = p->shares == SHARES_RESCALED;
    okrug_code_map concordance = {0};
    okrug_code_map reforms = {0};
    OKRUG_TRY(check(ctx, job));
    OKRUG_TRY(check_values(ctx, input));
    bool numbers = periods_are_numbers(okrug_table_column(input, "period"));
    okrug_conversion c = {.input = input, .keep = p->unmapped == UNMAPPED_KEEP};
    if (job->input[CONCORDANCE] != NULL) {
        OKRUG_TRY(okrug_code_map_read(ctx, job->input[CONCORDANCE], rescaled, numbers, &concordance));
        c.concordance = &concordance;
    }
    if (job->input[REFORMS] != NULL) {
        OKRUG_TRY(okrug_code_map_read(ctx, job->input[REFORMS], rescaled, numbers, &reforms));
        c.reforms = &reforms;
    }
    c.regions = okrug_words_new();
    c.industries = okrug_words_new();
    okrug_status status = convert(ctx, job, &c, result);
    okrug_words_free(c.regions);
    okrug_words_free(c.industries);
    return status;
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(convert, "convert", "O(rows * parts * log(rows))", "exact");
