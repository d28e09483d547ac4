/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ghosh: where the output of an industry goes, through all its buyers, and how its costs come through in their prices.
 */
#include <math.h>

#include <okrug/inputoutput.h>

#include "analyses/io_asked.h"
#include "analyses/list.h"
#include "analyses/result.h"

enum { INPUT, CONCORDANCE };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_IO_INPUT,
    [CONCORDANCE] = OKRUG_CONCORDANCE_INPUT,
};

#define GHOSH_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                           \
    OKRUG_IO_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                            \
    TEXTS(only, "only")

typedef struct {
    OKRUG_PARAMETER_FIELDS(GHOSH_PARAMETERS)
} ghosh_parameters;
#define OKRUG_PARAMETERS ghosh_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(GHOSH_PARAMETERS)};

static const okrug_output_column industry_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"direct", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(B 1)_i, b_ij = z_ij / x_i"},
    {"input_multiplier", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(G 1)_i, G = (I - B)^-1"},
    {"primary_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "v_i / x_i, v_i = x_i - sum_k z_ki"},
    {"price_level", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "v_i (G 1)_i / sum x"},
};
static const okrug_output_column pair_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"allocation", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "g_ij"},
    {"price", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "v_i g_ij / x_j; sum over i: 1"},
};
enum { INDUSTRIES, PAIRS };
static const okrug_output outputs[] = {
    [INDUSTRIES] = {"industries", industry_columns, OKRUG_COUNT_OF(industry_columns)},
    [PAIRS] = {"pairs", pair_columns, OKRUG_COUNT_OF(pair_columns)},
};

static const char *const references[] = {
    "Ghosh, A. (1958). Input-output approach in an allocation system. Economica 25(97).",
    "Dietzenbacher, E. (1997). In vindication of the Ghosh model: a reinterpretation as a price model. Journal of "
    "Regional Science 37(4).",
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University Press.",
    NULL,
};

/* What an industry does not buy from industries: wages, profits, taxes, imports. */
static okrug_status primary_inputs(okrug_ctx *ctx, const okrug_io *io, double **primary) {
    double *v = OKRUG_SCRATCH(ctx, io->n, double);
    *primary = v;
    if (v == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t j = 0; j < io->n; j++) {
        v[j] = io->output[j];
    }
    for (int64_t i = 0; i < io->n; i++) {
        for (int64_t j = 0; j < io->n; j++) {
            v[j] -= io->flow[i * io->n + j];
        }
    }
    return OKRUG_OK;
}

static okrug_status write_industries(const okrug_io *io, const double *primary, const double *sum,
                                     okrug_dataset *result) {
    double all = 0.0;
    for (int64_t i = 0; i < io->n; i++) {
        all += io->output[i];
    }
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[INDUSTRIES], OKRUG_UNIT_NONE, io->n, &table));
    for (int64_t i = 0; i < io->n; i++) {
        double delivered = 0.0, x = io->output[i];
        for (int64_t j = 0; j < io->n; j++) {
            delivered += io->flow[i * io->n + j];
        }
        const double numbers[] = {x == 0.0 ? NAN : delivered / x, sum[i], x == 0.0 ? NAN : primary[i] / x,
                                  all == 0.0 ? NAN : primary[i] * sum[i] / all};
        OKRUG_TRY(okrug_result_text(table, 0, i, io->code[i]));
        for (int c = 0; c < OKRUG_COUNT_OF(numbers); c++) {
            OKRUG_TRY(okrug_set_number_or(table, 1 + c, i, numbers[c], OKRUG_ZERO_TOTAL));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_pairs(const okrug_io *io, const okrug_io_asked *asked, const double *primary, const double *g,
                                okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[PAIRS], OKRUG_UNIT_NONE, asked->count * io->n, &table));
    for (int64_t k = 0; k < asked->count; k++) {
        int64_t i = asked->which[k];
        for (int64_t j = 0; j < io->n; j++) {
            int64_t row = k * io->n + j;
            double price = io->output[j] == 0.0 ? NAN : primary[i] * g[row] / io->output[j];
            OKRUG_TRY(okrug_result_text(table, 0, row, io->code[i]));
            OKRUG_TRY(okrug_result_text(table, 1, row, io->code[j]));
            OKRUG_TRY(okrug_set_number_or(table, 2, row, g[row], OKRUG_UNDEFINED));
            OKRUG_TRY(okrug_set_number_or(table, 3, row, price, OKRUG_ZERO_TOTAL));
        }
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const ghosh_parameters *p = job->parameters;
    okrug_texts primary[] = {p->value_added};
    okrug_io_request request = {OKRUG_IO_REQUEST(job, p, primary)};
    okrug_io io = {0};
    OKRUG_TRY(okrug_io_read(ctx, &request, &io));
    okrug_io_asked asked;
    OKRUG_TRY(okrug_io_need_names(ctx, &io, p->only.count > 0));
    OKRUG_TRY(okrug_io_read_asked(ctx, &io, &p->only, &asked));
    double *costs = NULL;
    OKRUG_TRY(primary_inputs(ctx, &io, &costs));
    double *b = OKRUG_SCRATCH(ctx, io.n * io.n, double);
    double *sum = OKRUG_SCRATCH(ctx, io.n, double);
    double *g = OKRUG_SCRATCH(ctx, asked.count * io.n, double);
    if (b == NULL || sum == NULL || g == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_allocation_coefficients(io.n, io.flow, io.output, b);
    const okrug_inverse_parts parts = {.row_sum = sum, .rows = asked.count, .row = asked.which, .of_rows = g};
    OKRUG_TRY(okrug_leontief_parts(ctx, io.n, b, &parts));
    OKRUG_TRY(write_industries(&io, costs, sum, result));
    return write_pairs(&io, &asked, costs, g, result);
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(ghosh, "ghosh", "O(industries^3)", "exact");
