/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * inoperability: what share of every industry stands still where part of the demand for some falls away.
 */
#include <math.h>

#include <okrug/propagation.h>

#include "analyses/by_industry.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role shock_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_SHARE, OKRUG_UNIT_SHARE},
};
enum { INPUT, SHOCK, CONCORDANCE };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_IO_INPUT,
    [SHOCK] = {"shock", OKRUG_SHAPE_TIDY, true, false, shock_roles, OKRUG_COUNT_OF(shock_roles)},
    [CONCORDANCE] = OKRUG_CONCORDANCE_INPUT,
};

typedef struct {
    OKRUG_PARAMETER_FIELDS(OKRUG_IO_PARAMETERS)
} inoperability_parameters;
#define OKRUG_PARAMETERS inoperability_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(OKRUG_IO_PARAMETERS)};

static const okrug_output_column columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"shock", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "c_i: final demand lost, as a share of x_i"},
    {"inoperability", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "q = (I - A*)^-1 c, a*_ij = z_ij / x_i"},
    {"loss", OKRUG_NUMBER, OKRUG_UNIT_OWN, "q_i x_i"},
    {"indirect", OKRUG_NUMBER, OKRUG_UNIT_OWN, "(q_i - c_i) x_i"},
};
static const okrug_output outputs[] = {{"industries", columns, OKRUG_COUNT_OF(columns)}};

static const char *const references[] = {
    "Santos, J. R., Haimes, Y. Y. (2004). Modeling the demand reduction input-output (I-O) inoperability due to "
    "terrorism "
    "of interconnected infrastructures. Risk Analysis 24(6).",
    "Dietzenbacher, E., Miller, R. E. (2015). Reflections on the inoperability input-output model. Economic Systems "
    "Research 27(4).",
    NULL,
};

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const inoperability_parameters *p = job->parameters;
    okrug_texts primary[] = {p->value_added};
    okrug_io_request request = {OKRUG_IO_REQUEST(job, p, primary)};
    okrug_io io = {0};
    int64_t *place = NULL;
    OKRUG_TRY(okrug_io_read(ctx, &request, &io));
    OKRUG_TRY(okrug_by_industry(ctx, job->input[SHOCK], "industry", io.code, io.n, true, &place));
    double *c = OKRUG_SCRATCH_ZERO(ctx, io.n, double);
    double *q = OKRUG_SCRATCH(ctx, io.n, double);
    if (c == NULL || q == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < job->input[SHOCK]->rows; r++) {
        c[place[r]] = okrug_cell_or(job->input[SHOCK], "value", r, 0.0);
    }
    OKRUG_TRY(okrug_inoperability(ctx, io.n, io.flow, io.output, c, q));
    int64_t above = 0;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[0], OKRUG_UNIT_NONE, io.n, &table));
    for (int64_t i = 0; i < io.n; i++) {
        double numbers[] = {c[i], q[i], q[i] * io.output[i], (q[i] - c[i]) * io.output[i]};
        above += q[i] > 1.0;
        OKRUG_TRY(okrug_result_text(table, 0, i, io.code[i]));
        for (int k = 0; k < OKRUG_COUNT_OF(numbers); k++) {
            OKRUG_TRY(okrug_set_number_or(table, 1 + k, i, numbers[k], OKRUG_UNDEFINED));
        }
    }
    if (above > 0) {
        okrug_warn(ctx, "inoperability-above-1", NULL, "count", okrug_text_integer(ctx, above), (char *)NULL);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(inoperability, "inoperability", "O(industries^3)", "exact");
