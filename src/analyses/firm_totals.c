/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * firm-totals: firms of a register added up to a table of regions by industries, which other analyses take as it is,
 * with what such a sum does not show: employees nobody told, and firms that share an address of registration.
 */
#include <math.h>
#include <string.h>

#include <okrug/dated.h>
#include <okrug/numeric.h>

#include "analyses/code_cut.h"
#include "analyses/list.h"
#include "analyses/register_doubles.h"
#include "analyses/result.h"

static const okrug_role firm_roles[] = {
    {"firm", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"region", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"industry", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"inn", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_INN, OKRUG_UNIT_NONE},
    {"kpp", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_KPP, OKRUG_UNIT_NONE},
    {"category", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"address", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"precision", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"employees", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_PERSON},
    {"since", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_DATE, OKRUG_UNIT_NONE},
    {"until", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_DATE, OKRUG_UNIT_NONE},
    {"synthetic", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_YES_NO, OKRUG_UNIT_NONE},
};
static const okrug_input inputs[] = {{"input", OKRUG_SHAPE_TIDY, true, false, firm_roles, OKRUG_COUNT_OF(firm_roles)}};

enum { LEFT_OUT, WITHHELD };
#define FIRM_TOTALS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    INTEGER(digits, "digits", 0, 0, 20, COUNT)                                                                         \
    CHOICE(unknown, "unknown", "left-out|withheld")                                                                    \
    TEXT(date, "date")

typedef struct {
    OKRUG_PARAMETER_FIELDS(FIRM_TOTALS_PARAMETERS)
} firm_totals_parameters;
#define OKRUG_PARAMETERS firm_totals_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(FIRM_TOTALS_PARAMETERS)};

enum { REGION, INDUSTRY, VALUE, FIRMS, UNKNOWN, SHARED, SYNTHETIC };
static const okrug_output_column total_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_PERSON, "sum of employees that are known"},
    [FIRMS] = {"firms", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "firms of the cell"},
    [UNKNOWN] = {"unknown", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "firms whose employees are not known"},
    [SHARED] = {"shared", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                "firms at an address that other firms of the register, there on the day, have too"},
    [SYNTHETIC] = {"synthetic", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum {
    S_FIRMS,
    S_PLACED,
    S_NO_REGION,
    S_NO_INDUSTRY,
    S_OUT_OF_DATE,
    S_UNKNOWN,
    S_EMPLOYEES,
    S_SHARED,
    S_PLANTS,
    S_MADE,
    S_SAME_INN
};
static const okrug_output_column summary_columns[] = {
    [S_FIRMS] = {"firms", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "rows of the register"},
    [S_PLACED] = {"counted", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "firms in the totals"},
    [S_NO_REGION] = {"without_region", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "firms without a region"},
    [S_NO_INDUSTRY] = {"without_industry", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                       "firms with a region and without an industry"},
    [S_OUT_OF_DATE] = {"out_of_date", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "firms that were not there on the day"},
    [S_UNKNOWN] = {"unknown", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "counted firms whose employees are not known"},
    [S_EMPLOYEES] = {"employees", OKRUG_NUMBER, OKRUG_UNIT_PERSON, "sum over counted firms"},
    [S_SHARED] = {"shared", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "counted firms at a shared address"},
    [S_PLANTS] = {"plants", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "counted firms whose place is that of a plant"},
    [S_MADE] = {"synthetic", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "counted firms that are made, not real"},
    [S_SAME_INN] = {"same_inn", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "counted firms whose INN other counted firms have too"},
};
enum { TOTALS, SUMMARY, TABLES };
static const okrug_output outputs[] = {
    [TOTALS] = {"totals", total_columns, OKRUG_COUNT_OF(total_columns)},
    [SUMMARY] = {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
};
static const char *const references[] = {
    "Federal Tax Service of Russia. Unified register of small and medium-sized enterprises: description of open data.",
    NULL,
};

typedef struct {
    okrug_sum employees;
    int64_t firms, known, shared;
    bool synthetic;
} cell;

typedef struct {
    const okrug_table *table;
    const okrug_column *region, *industry, *category, *precision, *employees, *since, *until, *synthetic;
    okrug_words *cut;        /* industries by their first digits */
    int32_t *short_of;       /* of each word of the industries */
    bool *there, *shared;    /* rows: on the day; at an address, more than a settlement, of several such */
    bool *counted, *doubled; /* rows: in the totals; with an INN of several such */
    int64_t *place;          /* of each word of the regions: which row of cells; -1: not met yet */
    int64_t regions, industries;
    const char **name; /* regions */
    cell *cells;
    double count[OKRUG_COUNT_OF(summary_columns)];
} register_sum;

static bool is(const okrug_column *column, int64_t row, const char *text) {
    const char *at = column == NULL ? NULL : okrug_text_at(column, row);
    return at != NULL && strcmp(at, text) == 0;
}

/* Both days are within; a day that is not told is no bound. */
static bool there_on(const register_sum *sum, int64_t row, const char *date) {
    return date == NULL || okrug_dated_holds(sum->since, sum->until, row, date);
}

static okrug_status prepare(okrug_ctx *ctx, const char *date, register_sum *sum) {
    int32_t regions = okrug_words_count(sum->region->words);
    int64_t rows = sum->table->rows;
    sum->place = OKRUG_SCRATCH(ctx, regions + 1, int64_t);
    sum->name = OKRUG_SCRATCH(ctx, regions + 1, const char *);
    sum->there = OKRUG_SCRATCH(ctx, rows + 1, bool);
    sum->shared = OKRUG_SCRATCH(ctx, rows + 1, bool);
    sum->counted = OKRUG_SCRATCH_ZERO(ctx, rows + 1, bool);
    sum->doubled = OKRUG_SCRATCH(ctx, rows + 1, bool);
    sum->cells = OKRUG_SCRATCH_ZERO(ctx, regions * sum->industries + 1, cell);
    if (sum->place == NULL || sum->name == NULL || sum->cells == NULL || sum->there == NULL || sum->shared == NULL ||
        sum->counted == NULL || sum->doubled == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(sum->place, -1, ((size_t)regions + 1) * sizeof *sum->place);
    bool *addressed = OKRUG_SCRATCH(ctx, rows + 1, bool);
    if (addressed == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < rows; row++) {
        sum->there[row] = there_on(sum, row, date);
        addressed[row] = sum->there[row] && !is(sum->precision, row, "settlement");
    }
    return okrug_register_same_address(ctx, sum->table, addressed, sum->shared);
}

static void add_firm(register_sum *sum, int64_t row) {
    int64_t *place = &sum->place[sum->region->word[row]];
    if (*place < 0) {
        sum->name[sum->regions] = okrug_text_at(sum->region, row);
        *place = sum->regions++;
    }
    cell *to = &sum->cells[*place * sum->industries + sum->short_of[sum->industry->word[row]]];
    bool known = sum->employees != NULL && okrug_reason_at(sum->employees, row) == OKRUG_PRESENT;
    bool shared = sum->shared[row];
    sum->counted[row] = true;
    to->firms++;
    to->known += known;
    to->shared += shared;
    to->synthetic = to->synthetic || is(sum->synthetic, row, "yes");
    if (known) {
        okrug_sum_add(&to->employees, sum->employees->number[row]);
    }
    sum->count[S_PLACED] += 1.0;
    sum->count[S_UNKNOWN] += known ? 0.0 : 1.0;
    sum->count[S_SHARED] += shared ? 1.0 : 0.0;
    sum->count[S_PLANTS] += is(sum->precision, row, "plant") ? 1.0 : 0.0;
    sum->count[S_MADE] += is(sum->synthetic, row, "yes") ? 1.0 : 0.0;
}

static void add_firms(register_sum *sum) {
    sum->count[S_FIRMS] = (double)sum->table->rows;
    for (int64_t row = 0; row < sum->table->rows; row++) {
        if (sum->region->word[row] < 0) {
            sum->count[S_NO_REGION] += 1.0;
        } else if (sum->industry->word[row] < 0) {
            sum->count[S_NO_INDUSTRY] += 1.0;
        } else if (!sum->there[row]) {
            sum->count[S_OUT_OF_DATE] += 1.0;
        } else {
            add_firm(sum, row);
        }
    }
}

static okrug_status write_cells(register_sum *sum, int unknown, okrug_table *table) {
    for (int64_t k = 0; k < sum->regions * sum->industries; k++) {
        const cell *from = &sum->cells[k];
        int64_t row = from->firms == 0 ? 0 : okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        if (from->firms == 0) {
            continue;
        }
        bool told = unknown == WITHHELD ? from->known == from->firms : from->known > 0;
        double value = okrug_sum_value(&from->employees);
        sum->count[S_EMPLOYEES] += value;
        OKRUG_TRY(okrug_result_text(table, REGION, row, sum->name[k / sum->industries]));
        OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, okrug_words_text(sum->cut, (int32_t)(k % sum->industries))));
        OKRUG_TRY(okrug_set_number_or(table, VALUE, row, told ? value : (double)NAN, OKRUG_NOT_COLLECTED));
        OKRUG_TRY(okrug_set_number(table, FIRMS, row, (double)from->firms));
        OKRUG_TRY(okrug_set_number(table, UNKNOWN, row, (double)(from->firms - from->known)));
        OKRUG_TRY(okrug_set_number(table, SHARED, row, (double)from->shared));
        OKRUG_TRY(okrug_result_text(table, SYNTHETIC, row, from->synthetic ? "yes" : "no"));
    }
    return OKRUG_OK;
}

/* Two rows of one firm are two firms in every total: they are told of, not put right. */
static okrug_status find_doubles(okrug_ctx *ctx, register_sum *sum) {
    int64_t first = -1;
    OKRUG_TRY(okrug_register_same_inn(ctx, sum->table, sum->counted, sum->doubled));
    for (int64_t row = 0; row < sum->table->rows; row++) {
        sum->count[S_SAME_INN] += sum->doubled[row] ? 1.0 : 0.0;
        first = first < 0 && sum->doubled[row] ? row : first;
    }
    if (first >= 0) {
        okrug_place place = okrug_table_place(sum->table, first, "inn");
        okrug_warn(ctx, "firms-share-inn", &place, "count", okrug_text_number(ctx, sum->count[S_SAME_INN]),
                   (char *)NULL);
    }
    return OKRUG_OK;
}

/* Whether it tells sizes of firms, and none of those that were counted is a large one. */
static bool lacks_large(const register_sum *sum) {
    bool any = false;
    for (int64_t row = 0; sum->category != NULL && row < sum->table->rows; row++) {
        const char *size = sum->counted[row] ? okrug_text_at(sum->category, row) : NULL;
        if (size != NULL && strcmp(size, "large") == 0) {
            return false;
        }
        any = any || size != NULL;
    }
    return any;
}

static void tell(okrug_ctx *ctx, const register_sum *sum) {
    const okrug_place place = {.file = sum->table->file};
    const double *count = sum->count;
    okrug_dated_warn(ctx, sum->table);
    if (count[S_NO_REGION] > 0.0) {
        okrug_warn(ctx, "firms-without-region", &place, "count", okrug_text_number(ctx, count[S_NO_REGION]),
                   (char *)NULL);
    }
    if (count[S_NO_INDUSTRY] > 0.0) {
        okrug_warn(ctx, "firms-without-industry", &place, "count", okrug_text_number(ctx, count[S_NO_INDUSTRY]),
                   (char *)NULL);
    }
    if (count[S_UNKNOWN] > 0.0) {
        okrug_warn(ctx, "firms-without-employees", &place, "count", okrug_text_number(ctx, count[S_UNKNOWN]),
                   (char *)NULL);
    }
    if (count[S_SHARED] > 0.0) {
        okrug_warn(ctx, "firms-share-address", &place, "count", okrug_text_number(ctx, count[S_SHARED]), (char *)NULL);
    }
    if (lacks_large(sum)) {
        okrug_warn(ctx, "firms-without-large", &place, (char *)NULL);
    }
    if (count[S_MADE] > 0.0) {
        okrug_warn(ctx, "firms-synthetic", &place, "count", okrug_text_number(ctx, count[S_MADE]), (char *)NULL);
    }
}

static okrug_status add_up(okrug_ctx *ctx, const firm_totals_parameters *p, register_sum *sum, okrug_dataset *result) {
    okrug_table *table[TABLES];
    OKRUG_TRY(okrug_code_cut_words(ctx, sum->industry->words, p->digits, sum->cut, &sum->short_of));
    sum->industries = okrug_words_count(sum->cut);
    OKRUG_TRY(prepare(ctx, p->date, sum));
    add_firms(sum);
    if (sum->regions == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-firms-to-count", &(okrug_place){.file = sum->table->file},
                          (char *)NULL);
    }
    for (int t = 0; t < TABLES; t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, t == SUMMARY, &table[t]));
    }
    OKRUG_TRY(find_doubles(ctx, sum));
    OKRUG_TRY(write_cells(sum, p->unknown, table[TOTALS]));
    for (int k = 0; k < OKRUG_COUNT_OF(summary_columns); k++) {
        OKRUG_TRY(okrug_set_number(table[SUMMARY], k, 0, sum->count[k]));
    }
    tell(ctx, sum);
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const firm_totals_parameters *p = job->parameters;
    const okrug_table *table = job->input[0];
    size_t length = p->date == NULL ? 0 : strlen(p->date);
    char buffer[OKRUG_DOMAIN_TEXT];
    firm_totals_parameters asked = *p;
    if (p->date != NULL) {
        const char *day = okrug_domain_text(OKRUG_DOMAIN_DATE, p->date, &length, buffer);
        asked.date = day == NULL ? NULL : okrug_text(ctx, "%.*s", (int)length, day);
        if (day == NULL) {
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "not-a-date", NULL, "text", p->date, (char *)NULL);
        }
    }
    register_sum sum = {.table = table,
                        .region = okrug_table_column(table, "region"),
                        .industry = okrug_table_column(table, "industry"),
                        .category = okrug_table_column(table, "category"),
                        .precision = okrug_table_column(table, "precision"),
                        .employees = okrug_table_column(table, "employees"),
                        .since = okrug_table_column(table, "since"),
                        .until = okrug_table_column(table, "until"),
                        .synthetic = okrug_table_column(table, "synthetic"),
                        .cut = okrug_words_new()};
    okrug_status status = sum.cut == NULL ? okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL)
                                          : add_up(ctx, &asked, &sum, result);
    okrug_words_free(sum.cut);
    return status;
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(firm_totals, "firm-totals", "O(firms + regions * industries)", "exact");
