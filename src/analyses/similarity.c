/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * similarity: which industries go together by where they are, what they buy of each other and whom they employ.
 */
#include "analyses/list.h"
#include "analyses/result.h"
#include "analyses/similarity_matrices.h"

static const okrug_input inputs[] = {OKRUG_SIMILARITY_INPUT_ROWS};

#define SIMILARITY_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS) OKRUG_SIMILARITY_PARAMETERS(CHOICE, TEXTS)

typedef struct {
    OKRUG_PARAMETER_FIELDS(SIMILARITY_PARAMETERS)
} similarity_parameters;
#define OKRUG_PARAMETERS similarity_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(SIMILARITY_PARAMETERS)};

static const okrug_grain grain[] = {OKRUG_SIMILARITY_GRAIN_ROWS};

enum { INDUSTRY_A, INDUSTRY_B, SIMILARITY, FIRST_MATRIX };
static const okrug_output_column pair_columns[] = {
    [INDUSTRY_A] = {"industry_a", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [INDUSTRY_B] = {"industry_b", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [SIMILARITY] = {"similarity", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "mean over matrices of (M_ab - mean M) / sd M"},
    [FIRST_MATRIX +
        OKRUG_SIMILARITY_LC_EMPLOYMENT] = {"lc_employment", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "corr_r(E_ra, E_rb)"},
    [FIRST_MATRIX + OKRUG_SIMILARITY_LC_ESTABLISHMENTS] = {"lc_establishments", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                                                           "corr_r(N_ra, N_rb)"},
    [FIRST_MATRIX + OKRUG_SIMILARITY_COAGGLOMERATION] = {"coagglomeration", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
                                                         "sum_r (s_ra - x_r) (s_rb - x_r) / (1 - sum_r x_r^2)"},
    [FIRST_MATRIX + OKRUG_SIMILARITY_INPUT_OUTPUT] = {"input_output", OKRUG_NUMBER, OKRUG_UNIT_SHARE,
                                                      "max(z_ab / z_a., z_ab / z_.b, z_ba / z_b., z_ba / z_.a)"},
    [FIRST_MATRIX + OKRUG_SIMILARITY_OCCUPATIONS] = {"occupations", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                                                     "corr_o(l_oa / l_a, l_ob / l_b)"},
};
enum { MATRIX, MEAN, DEVIATION, PAIRS, UNDEFINED_PAIRS };
static const okrug_output_column matrix_columns[] = {
    [MATRIX] = {"matrix", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [MEAN] = {"mean", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "mean of M_ab over pairs"},
    [DEVIATION] = {"deviation", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "sqrt(mean of (M_ab - mean M)^2)"},
    [PAIRS] = {"pairs", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "pairs a < b with a value"},
    [UNDEFINED_PAIRS] = {"undefined_pairs", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "pairs without: they count as the mean"},
};
enum { INDUSTRY, BY_MATRIX, WHY };
static const okrug_output_column left_out_columns[] = {
    [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [BY_MATRIX] = {"matrix", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [WHY] = {"why", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output outputs[] = {
    {"pairs", pair_columns, OKRUG_COUNT_OF(pair_columns)},
    {"matrices", matrix_columns, OKRUG_COUNT_OF(matrix_columns)},
    {"left_out", left_out_columns, OKRUG_COUNT_OF(left_out_columns)},
};

static const char *const references[] = {
    "Delgado, M., Porter, M. E., Stern, S. (2016). Defining clusters of related industries. Journal of Economic "
    "Geography 16(1).",
    "Ellison, G., Glaeser, E. L., Kerr, W. R. (2010). What causes industry agglomeration? Evidence from "
    "coagglomeration patterns. American Economic Review 100(3).",
    NULL,
};

static okrug_status write_pairs(okrug_ctx *ctx, const okrug_similarities *of, okrug_table *table) {
    int64_t n = of->n;
    OKRUG_TRY(okrug_table_reserve(table, n * (n - 1) / 2));
    for (int64_t a = 0; a < n; a++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        for (int64_t b = a + 1; b < n; b++) {
            int64_t row = okrug_table_add_row(table, 0);
            if (row < 0) {
                return OKRUG_NO_MEMORY;
            }
            OKRUG_TRY(okrug_result_text(table, INDUSTRY_A, row, of->industry[a]));
            OKRUG_TRY(okrug_result_text(table, INDUSTRY_B, row, of->industry[b]));
            OKRUG_TRY(okrug_set_number(table, SIMILARITY, row, of->similarity[a * n + b]));
            for (int kind = 0; kind < OKRUG_SIMILARITY_KINDS; kind++) {
                OKRUG_TRY(of->raw[kind] == NULL
                              ? okrug_set_missing(table, FIRST_MATRIX + kind, row, OKRUG_NOT_COLLECTED)
                              : okrug_set_number_or(table, FIRST_MATRIX + kind, row, of->raw[kind][a * n + b],
                                                    OKRUG_UNDEFINED));
            }
        }
    }
    return OKRUG_OK;
}

static okrug_status write_matrices(const okrug_similarities *of, okrug_table *table) {
    for (int m = 0; m < of->matrices; m++) {
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        const okrug_pair_summary *s = &of->summary[m];
        OKRUG_TRY(okrug_result_text(table, MATRIX, row, okrug_similarity_codes[of->kind[m]]));
        OKRUG_TRY(okrug_set_number_or(table, MEAN, row, s->mean, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, DEVIATION, row, s->deviation, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number(table, PAIRS, row, (double)s->pairs));
        OKRUG_TRY(okrug_set_number(table, UNDEFINED_PAIRS, row, (double)s->undefined));
    }
    return OKRUG_OK;
}

static okrug_status write_left_out(const okrug_similarities *of, okrug_table *table) {
    for (int64_t k = 0; k < of->left_out; k++) {
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, of->out[k].industry));
        OKRUG_TRY(okrug_result_text(table, BY_MATRIX, row, okrug_similarity_codes[of->out[k].kind]));
        OKRUG_TRY(okrug_result_text(table, WHY, row, okrug_reason_code(of->out[k].reason)));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const similarity_parameters *p = job->parameters;
    okrug_similarities of = {0};
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    OKRUG_TRY(okrug_similarities_make(ctx, job, grain, &p->matrix, p->coagglomeration_of, &of));
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, 0, &table[t]));
    }
    OKRUG_TRY(write_pairs(ctx, &of, table[0]));
    OKRUG_TRY(write_matrices(&of, table[1]));
    return write_left_out(&of, table[2]);
}

OKRUG_ANALYSIS_WITH_GRAIN(similarity, "similarity", "O(industries^2 * regions)");
