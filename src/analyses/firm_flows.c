/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * firm-flows: contracts between firms of a register added up to flows between industries, which `clusters` takes as
 * they are, with what such a sum does not show: deals with firms that the register does not have.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/numeric.h>

#include "analyses/code_cut.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role contract_roles[] = {
    {"contract", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"supplier", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"buyer", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"date", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_DATE, OKRUG_UNIT_NONE},
    {"amount", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_RUB},
    {"vat", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"synthetic", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_YES_NO, OKRUG_UNIT_NONE},
};
static const okrug_role firm_roles[] = {
    {"firm", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"industry", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"synthetic", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_YES_NO, OKRUG_UNIT_NONE},
};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, contract_roles, OKRUG_COUNT_OF(contract_roles)},
    {"firms", OKRUG_SHAPE_TIDY, true, false, firm_roles, OKRUG_COUNT_OF(firm_roles)},
};

#define FIRM_FLOWS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                      \
    INTEGER(digits, "digits", 0, 0, 20, COUNT)                                                                         \
    TEXT(from, "from")                                                                                                 \
    TEXT(to, "to")

typedef struct {
    OKRUG_PARAMETER_FIELDS(FIRM_FLOWS_PARAMETERS)
} firm_flows_parameters;
#define OKRUG_PARAMETERS firm_flows_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(FIRM_FLOWS_PARAMETERS)};

enum { FROM, TO, VALUE, CONTRACTS, UNKNOWN, SYNTHETIC };
static const okrug_output_column flow_columns[] = {
    [FROM] = {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [TO] = {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_RUB, "sum of amounts that are known"},
    [CONTRACTS] = {"contracts", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "contracts of the cell"},
    [UNKNOWN] = {"unknown", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "contracts whose amount is not known"},
    [SYNTHETIC] = {"synthetic", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum { O_INDUSTRY, O_SIDE, O_VALUE, O_CONTRACTS, O_UNKNOWN, O_SYNTHETIC };
static const okrug_output_column outside_columns[] = {
    [O_INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [O_SIDE] = {"side", OKRUG_TEXT, OKRUG_UNIT_NONE, "bought from, sold to: firms that are not in --firms"},
    [O_VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_RUB, "sum of amounts that are known"},
    [O_CONTRACTS] = {"contracts", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "contracts of the cell"},
    [O_UNKNOWN] = {"unknown", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "contracts whose amount is not known"},
    [O_SYNTHETIC] = {"synthetic", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum {
    S_CONTRACTS,
    S_COUNTED,
    S_BOUGHT,
    S_SOLD,
    S_NEITHER,
    S_NO_INDUSTRY,
    S_ITSELF,
    S_OUT_OF_DATE,
    S_UNKNOWN,
    S_VALUE,
    S_MADE
};
static const okrug_output_column summary_columns[] = {
    [S_CONTRACTS] = {"contracts", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "rows of the first table"},
    [S_COUNTED] = {"counted", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "contracts in the flows"},
    [S_BOUGHT] = {"bought_outside", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "contracts whose supplier is not in --firms"},
    [S_SOLD] = {"sold_outside", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "contracts whose buyer is not in --firms"},
    [S_NEITHER] = {"neither", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "contracts with neither party in --firms"},
    [S_NO_INDUSTRY] = {"without_industry", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                       "contracts of a firm whose industry is not known"},
    [S_ITSELF] = {"with_itself", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "contracts of a firm with itself"},
    [S_OUT_OF_DATE] = {"out_of_date", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                       "contracts outside the time asked for, or without a date"},
    [S_UNKNOWN] = {"unknown", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "counted contracts whose amount is not known"},
    [S_VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_RUB, "sum over counted contracts"},
    [S_MADE] = {"synthetic", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "contracts in the flows and outside that are made up"},
};
enum { FLOWS, OUTSIDE, SUMMARY, TABLES };
static const okrug_output outputs[] = {
    [FLOWS] = {"flows", flow_columns, OKRUG_COUNT_OF(flow_columns)},
    [OUTSIDE] = {"outside", outside_columns, OKRUG_COUNT_OF(outside_columns)},
    [SUMMARY] = {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
};
static const char *const references[] = {
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University "
    "Press: transactions between industries by the industry of the establishment.",
    NULL,
};

/* What a party of a contract is: an industry (0 and up), or one of these. */
enum { NOT_ON_LIST = -1, NOT_PLACED = -2 };

/* A contract in the cell (a, b): flows have two industries; what is outside has one, and the side. */
typedef struct {
    int64_t a, b, row;
} entry;

typedef struct {
    const okrug_table *contracts, *firms;
    const okrug_column *amount, *date, *synthetic;
    okrug_words *cut;   /* industries by their first digits */
    int32_t *seller_of; /* of each word of the suppliers: row of the firm, or -1 */
    int32_t *buyer_of;
    int32_t *industry; /* of each row of the firms */
    entry *flow, *outside;
    int64_t flows, outsides;
    double count[OKRUG_COUNT_OF(summary_columns)];
} contract_sum;

static okrug_status place_firms(okrug_ctx *ctx, int64_t digits, contract_sum *sum) {
    const okrug_column *industry = okrug_table_column(sum->firms, "industry");
    sum->industry = OKRUG_SCRATCH(ctx, sum->firms->rows + 1, int32_t);
    if (sum->industry == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < sum->firms->rows; row++) {
        const char *code = okrug_text_at(industry, row);
        sum->industry[row] = code == NULL ? NOT_PLACED : okrug_words_add(sum->cut, code, okrug_code_cut(code, digits));
        if (code != NULL && sum->industry[row] < 0) {
            return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
        }
    }
    return OKRUG_OK;
}

/* Row of the firm that each word of a column of the contracts names. */
static okrug_status find_firms(okrug_ctx *ctx, const contract_sum *sum, const char *party, int32_t **found) {
    const okrug_column *firm = okrug_table_column(sum->firms, "firm");
    const okrug_words *named = okrug_table_column(sum->contracts, party)->words;
    int32_t *row_of = OKRUG_SCRATCH(ctx, okrug_words_count(firm->words) + 1, int32_t);
    *found = OKRUG_SCRATCH(ctx, okrug_words_count(named) + 1, int32_t);
    if (row_of == NULL || *found == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(row_of, -1, ((size_t)okrug_words_count(firm->words) + 1) * sizeof *row_of);
    for (int64_t row = 0; row < sum->firms->rows; row++) {
        row_of[firm->word[row]] = (int32_t)row;
    }
    for (int32_t w = 0; w < okrug_words_count(named); w++) {
        const char *code = okrug_words_text(named, w);
        int32_t word = okrug_words_find(firm->words, code, strlen(code));
        (*found)[w] = word < 0 ? -1 : row_of[word];
    }
    return OKRUG_OK;
}

/* A time of which only the year or the month is told stands for all its days. */
static bool within(const char *date, const char *from, const char *to) {
    return date != NULL && (from == NULL || strncmp(date, from, strlen(from)) >= 0) &&
           (to == NULL || strncmp(date, to, strlen(to)) <= 0);
}

static bool is_yes(const okrug_column *column, int64_t row) {
    const char *text = column == NULL ? NULL : okrug_text_at(column, row);
    return text != NULL && strcmp(text, "yes") == 0;
}

static void sort_contract(contract_sum *sum, int64_t row) {
    int32_t seller_word = okrug_table_column(sum->contracts, "supplier")->word[row];
    int32_t buyer_word = okrug_table_column(sum->contracts, "buyer")->word[row];
    int32_t seller = seller_word < 0 ? -1 : sum->seller_of[seller_word];
    int32_t buyer = buyer_word < 0 ? -1 : sum->buyer_of[buyer_word];
    int64_t from = seller < 0 ? NOT_ON_LIST : sum->industry[seller];
    int64_t to = buyer < 0 ? NOT_ON_LIST : sum->industry[buyer];
    if (seller < 0 && buyer < 0) {
        sum->count[S_NEITHER] += 1.0;
    } else if (seller == buyer) {
        sum->count[S_ITSELF] += 1.0;
    } else if (from == NOT_PLACED || to == NOT_PLACED) {
        sum->count[S_NO_INDUSTRY] += 1.0;
    } else if (from == NOT_ON_LIST) {
        sum->count[S_BOUGHT] += 1.0;
        sum->outside[sum->outsides++] = (entry){to, 0, row};
    } else if (to == NOT_ON_LIST) {
        sum->count[S_SOLD] += 1.0;
        sum->outside[sum->outsides++] = (entry){from, 1, row};
    } else {
        sum->count[S_COUNTED] += 1.0;
        sum->flow[sum->flows++] = (entry){from, to, row};
    }
}

static int by_cell(const void *left, const void *right) {
    const entry *x = left, *y = right;
    int64_t a = x->a != y->a ? x->a - y->a : x->b != y->b ? x->b - y->b : x->row - y->row;
    return a < 0 ? -1 : a > 0;
}

static okrug_status sort_contracts(okrug_ctx *ctx, const char *from, const char *to, contract_sum *sum) {
    int64_t rows = sum->contracts->rows;
    sum->flow = OKRUG_SCRATCH(ctx, rows + 1, entry);
    sum->outside = OKRUG_SCRATCH(ctx, rows + 1, entry);
    if (sum->flow == NULL || sum->outside == NULL) {
        return OKRUG_NO_MEMORY;
    }
    sum->count[S_CONTRACTS] = (double)rows;
    for (int64_t row = 0; row < rows; row++) {
        const char *date = sum->date == NULL ? NULL : okrug_text_at(sum->date, row);
        if ((from != NULL || to != NULL) && !within(date, from, to)) {
            sum->count[S_OUT_OF_DATE] += 1.0;
        } else {
            sort_contract(sum, row);
        }
    }
    qsort(sum->flow, (size_t)sum->flows, sizeof *sum->flow, by_cell);
    qsort(sum->outside, (size_t)sum->outsides, sizeof *sum->outside, by_cell);
    return OKRUG_OK;
}

/* One row for each cell of the sorted entries. Both tables have the same columns behind their two codes. */
static okrug_status write_cells(contract_sum *sum, const entry *all, int64_t count, bool flows, okrug_table *table) {
    const okrug_column *firm_made = okrug_table_column(sum->firms, "synthetic");
    const okrug_column *seller = okrug_table_column(sum->contracts, "supplier");
    const okrug_column *buyer = okrug_table_column(sum->contracts, "buyer");
    for (int64_t first = 0, next; first < count; first = next) {
        okrug_sum value = {0};
        int64_t unknown = 0, made = 0;
        for (next = first; next < count && all[next].a == all[first].a && all[next].b == all[first].b; next++) {
            int64_t row = all[next].row;
            int32_t from = seller->word[row] < 0 ? -1 : sum->seller_of[seller->word[row]];
            int32_t to = buyer->word[row] < 0 ? -1 : sum->buyer_of[buyer->word[row]];
            made += is_yes(sum->synthetic, row) || (from >= 0 && is_yes(firm_made, from)) ||
                    (to >= 0 && is_yes(firm_made, to));
            okrug_reason reason = okrug_reason_at(sum->amount, row);
            unknown += reason != OKRUG_PRESENT && reason != OKRUG_STRUCTURAL_ZERO;
            if (reason == OKRUG_PRESENT) {
                okrug_sum_add(&value, sum->amount->number[row]);
            }
        }
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        bool told = unknown < next - first;
        sum->count[S_MADE] += (double)made;
        if (flows) {
            sum->count[S_UNKNOWN] += (double)unknown;
            sum->count[S_VALUE] += okrug_sum_value(&value);
        }
        const char *second = flows               ? okrug_words_text(sum->cut, (int32_t)all[first].b)
                             : all[first].b == 0 ? "bought"
                                                 : "sold";
        OKRUG_TRY(okrug_result_text(table, FROM, row, okrug_words_text(sum->cut, (int32_t)all[first].a)));
        OKRUG_TRY(okrug_result_text(table, TO, row, second));
        OKRUG_TRY(
            okrug_set_number_or(table, VALUE, row, told ? okrug_sum_value(&value) : (double)NAN, OKRUG_NOT_COLLECTED));
        OKRUG_TRY(okrug_set_number(table, CONTRACTS, row, (double)(next - first)));
        OKRUG_TRY(okrug_set_number(table, UNKNOWN, row, (double)unknown));
        OKRUG_TRY(okrug_result_text(table, SYNTHETIC, row, made > 0 ? "yes" : "no"));
    }
    return OKRUG_OK;
}

/* Amounts with VAT and without it do not add up to anything. */
static bool mixes_vat(const contract_sum *sum) {
    const okrug_column *vat = okrug_table_column(sum->contracts, "vat");
    int32_t first = -1;
    bool mixed = false;
    for (int64_t k = 0; vat != NULL && k < sum->flows; k++) {
        int32_t word = vat->word[sum->flow[k].row];
        mixed = mixed || (k > 0 && word != first);
        first = k == 0 ? word : first;
    }
    return mixed;
}

static void tell_count(okrug_ctx *ctx, const contract_sum *sum, int counter, const char *code) {
    if (sum->count[counter] > 0.0) {
        okrug_warn(ctx, code, &(okrug_place){.file = sum->contracts->file}, "count",
                   okrug_text_number(ctx, sum->count[counter]), (char *)NULL);
    }
}

static void tell(okrug_ctx *ctx, const contract_sum *sum) {
    tell_count(ctx, sum, S_BOUGHT, "contracts-bought-outside");
    tell_count(ctx, sum, S_SOLD, "contracts-sold-outside");
    tell_count(ctx, sum, S_NEITHER, "contracts-of-neither");
    tell_count(ctx, sum, S_NO_INDUSTRY, "contracts-without-industry");
    tell_count(ctx, sum, S_ITSELF, "contracts-with-itself");
    tell_count(ctx, sum, S_OUT_OF_DATE, "contracts-out-of-date");
    tell_count(ctx, sum, S_UNKNOWN, "contracts-without-amount");
    tell_count(ctx, sum, S_MADE, "contracts-synthetic");
    if (mixes_vat(sum)) {
        okrug_warn(ctx, "contracts-mix-vat", &(okrug_place){.file = sum->contracts->file}, (char *)NULL);
    }
}

static okrug_status add_up(okrug_ctx *ctx, const firm_flows_parameters *p, contract_sum *sum, okrug_dataset *result) {
    okrug_table *table[TABLES];
    OKRUG_TRY(place_firms(ctx, p->digits, sum));
    OKRUG_TRY(find_firms(ctx, sum, "supplier", &sum->seller_of));
    OKRUG_TRY(find_firms(ctx, sum, "buyer", &sum->buyer_of));
    OKRUG_TRY(sort_contracts(ctx, p->from, p->to, sum));
    if (sum->flows + sum->outsides == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-contracts-to-count", &(okrug_place){.file = sum->contracts->file},
                          (char *)NULL);
    }
    for (int t = 0; t < TABLES; t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, t == SUMMARY, &table[t]));
    }
    OKRUG_TRY(write_cells(sum, sum->flow, sum->flows, true, table[FLOWS]));
    OKRUG_TRY(write_cells(sum, sum->outside, sum->outsides, false, table[OUTSIDE]));
    for (int k = 0; k < OKRUG_COUNT_OF(summary_columns); k++) {
        OKRUG_TRY(okrug_set_number(table[SUMMARY], k, 0, sum->count[k]));
    }
    tell(ctx, sum);
    return OKRUG_OK;
}

/* YYYY, YYYY-MM or YYYY-MM-DD. */
static okrug_status need_time(okrug_ctx *ctx, const char *text) {
    static const char rest[] = "0000-01-01";
    size_t length = text == NULL ? 0 : strlen(text), whole = sizeof rest - 1;
    if (text == NULL) {
        return OKRUG_OK;
    }
    if (length == 4 || length == 7 || length == whole) {
        char buffer[OKRUG_DOMAIN_TEXT];
        const char *day = okrug_text(ctx, "%s%s", text, rest + length);
        const char *same = okrug_domain_text(OKRUG_DOMAIN_DATE, day, &whole, buffer);
        if (same != NULL && strncmp(same, day, sizeof rest - 1) == 0) {
            return OKRUG_OK;
        }
    }
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "not-a-time", NULL, "text", text, (char *)NULL);
}

/* As texts, as far as both are told: 2024 and 2024-11 are not one after the other. */
static okrug_status need_order(okrug_ctx *ctx, const char *from, const char *to) {
    size_t first = from == NULL ? 0 : strlen(from), last = to == NULL ? 0 : strlen(to);
    return strncmp(first == 0 ? "" : from, last == 0 ? "" : to, first < last ? first : last) <= 0
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_USAGE, "times-reversed", NULL, "from", from, "to", to, (char *)NULL);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const firm_flows_parameters *p = job->parameters;
    const okrug_table *contracts = job->input[0];
    OKRUG_TRY(need_time(ctx, p->from));
    OKRUG_TRY(need_time(ctx, p->to));
    OKRUG_TRY(need_order(ctx, p->from, p->to));
    contract_sum sum = {.contracts = contracts,
                        .firms = job->input[1],
                        .amount = okrug_table_column(contracts, "amount"),
                        .date = okrug_table_column(contracts, "date"),
                        .synthetic = okrug_table_column(contracts, "synthetic"),
                        .cut = okrug_words_new()};
    okrug_status status = sum.cut == NULL ? okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL)
                                          : add_up(ctx, p, &sum, result);
    okrug_words_free(sum.cut);
    return status;
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(firm_flows, "firm-flows", "O(firms + contracts log(contracts))", "exact");
