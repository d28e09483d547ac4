/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * propagation-length: how many steps it takes on average until what one industry needs reaches another.
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

#define PROPAGATION_LENGTH_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                              \
    OKRUG_IO_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                            \
    TEXTS(only, "only")

typedef struct {
    OKRUG_PARAMETER_FIELDS(PROPAGATION_LENGTH_PARAMETERS)
} propagation_length_parameters;
#define OKRUG_PARAMETERS propagation_length_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(PROPAGATION_LENGTH_PARAMETERS)};

static const okrug_output_column length_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"length", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "h_ij / (L - I)_ij, H = L (L - I), L = (I - A)^-1"},
    {"size", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(L - I)_ij"},
};
static const okrug_output_column industry_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"backward", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "mean over i of length_ij"},
    {"backward_weighted", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(1' H)_j / (1' (L - I))_j"},
    {"forward", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "mean over j of length_ij"},
};
enum { LENGTHS, INDUSTRIES };
static const okrug_output outputs[] = {
    [LENGTHS] = {"lengths", length_columns, OKRUG_COUNT_OF(length_columns)},
    [INDUSTRIES] = {"industries", industry_columns, OKRUG_COUNT_OF(industry_columns)},
};

static const char *const references[] = {
    "Dietzenbacher, E., Romero Luna, I., Bosma, N. S. (2005). Using average propagation lengths to identify production "
    "chains in the Andalusian economy. Estudios de Economía Aplicada 23(2).",
    "Dietzenbacher, E., Romero, I. (2007). Production chains in an interregional framework: identification by means of "
    "average propagation lengths. International Regional Science Review 30(4).",
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University Press.",
    NULL,
};

/* What is summed over a row or column of lengths. */
typedef struct {
    double length, size, weighted;
    int64_t count;
} sums;

static void add(sums *to, double length, double size) {
    if (!isnan(length)) {
        to->length += length;
        to->size += size;
        to->weighted += length * size;
        to->count++;
    }
}

static double mean_of(const sums *s) {
    return s->count == 0 ? NAN : s->length / (double)s->count;
}

static okrug_status write_lengths(const okrug_io *io, const okrug_io_asked *asked, const double *size,
                                  const double *length, okrug_dataset *result) {
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[LENGTHS], OKRUG_UNIT_NONE, asked->count * io->n, &table));
    for (int64_t i = 0; i < io->n; i++) {
        for (int64_t k = 0; k < asked->count; k++) {
            int64_t row = i * asked->count + k;
            OKRUG_TRY(okrug_result_text(table, 0, row, io->code[i]));
            OKRUG_TRY(okrug_result_text(table, 1, row, io->code[asked->which[k]]));
            OKRUG_TRY(okrug_set_number_or(table, 2, row, length[row], OKRUG_DISCONNECTED));
            OKRUG_TRY(okrug_set_number_or(table, 3, row, isnan(length[row]) ? 0.0 : size[row], OKRUG_UNDEFINED));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_industries(okrug_ctx *ctx, const okrug_io *io, const okrug_io_asked *asked,
                                     const double *size, const double *length, okrug_dataset *result) {
    sums *of_column = OKRUG_SCRATCH_ZERO(ctx, io->n, sums);
    sums *of_row = OKRUG_SCRATCH_ZERO(ctx, io->n, sums);
    if (of_column == NULL || of_row == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < io->n * asked->count; cell++) {
        add(&of_row[cell / asked->count], length[cell], size[cell]);
        add(&of_column[asked->which[cell % asked->count]], length[cell], size[cell]);
    }
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[INDUSTRIES], OKRUG_UNIT_NONE, io->n, &table));
    for (int64_t j = 0; j < io->n; j++) {
        okrug_reason none = asked->marked[j] ? OKRUG_DISCONNECTED : OKRUG_NOT_APPLICABLE;
        const sums *column = &of_column[j];
        double weighted = column->size == 0.0 ? NAN : column->weighted / column->size;
        OKRUG_TRY(okrug_result_text(table, 0, j, io->code[j]));
        OKRUG_TRY(okrug_set_number_or(table, 1, j, mean_of(column), none));
        OKRUG_TRY(okrug_set_number_or(table, 2, j, weighted, none));
        OKRUG_TRY(okrug_set_number_or(table, 3, j, asked->named ? NAN : mean_of(&of_row[j]),
                                      asked->named ? OKRUG_NOT_APPLICABLE : OKRUG_DISCONNECTED));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const propagation_length_parameters *p = job->parameters;
    okrug_texts primary[] = {p->value_added};
    okrug_io_request request = {OKRUG_IO_REQUEST(job, p, primary)};
    okrug_io io = {0};
    OKRUG_TRY(okrug_io_read(ctx, &request, &io));
    okrug_io_asked asked;
    OKRUG_TRY(okrug_io_need_names(ctx, &io, p->only.count > 0));
    OKRUG_TRY(okrug_io_read_asked(ctx, &io, &p->only, &asked));
    double *size = OKRUG_SCRATCH(ctx, asked.count * io.n, double);
    double *length = OKRUG_SCRATCH(ctx, asked.count * io.n, double);
    if (size == NULL || length == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_technical_coefficients(io.n, io.flow, io.output, io.flow); /* the flows are not needed any more */
    OKRUG_TRY(okrug_propagation_lengths(ctx, io.n, io.flow, asked.count, asked.which, size, length));
    OKRUG_TRY(write_lengths(&io, &asked, size, length, result));
    return write_industries(ctx, &io, &asked, size, length, result);
}

OKRUG_ANALYSIS_WITHOUT_GRAIN(propagation_length, "propagation-length", "O(industries^3)", "exact");
