/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * linkages: how strongly an industry pulls its suppliers and pushes its buyers, what would be lost without it, and how
 * far it stands from final use.
 */
#include <math.h>
#include <string.h>

#include <okrug/inputoutput.h>

#include "analyses/io_asked.h"
#include "analyses/list.h"
#include "analyses/result.h"

enum { INPUT, CONCORDANCE };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_IO_INPUT,
    [CONCORDANCE] = OKRUG_CONCORDANCE_INPUT,
};

#define LINKAGES_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                        \
    OKRUG_IO_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                            \
    TEXTS(exports, "exports")                                                                                          \
    TEXTS(imports, "imports")                                                                                          \
    TEXTS(inventory, "inventory")                                                                                      \
    TEXTS(only, "only")

typedef struct {
    OKRUG_PARAMETER_FIELDS(LINKAGES_PARAMETERS)
} linkages_parameters;
#define OKRUG_PARAMETERS linkages_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(LINKAGES_PARAMETERS)};

enum {
    INDUSTRY,
    BACKWARD,
    FORWARD,
    EXTRACTION_TOTAL,
    EXTRACTION_BACKWARD,
    UPSTREAMNESS,
    KEY,
    ROLE,
    BACKWARD_VARIATION,
    FORWARD_VARIATION
};
static const okrug_output_column columns[] = {
    [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [BACKWARD] = {"backward", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "n (1' L)_j / (1' L 1)"},
    [FORWARD] = {"forward", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "n (G 1)_i / (1' G 1)"},
    [EXTRACTION_TOTAL] = {"extraction_total", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_j (1' L)_j / l_jj"},
    [EXTRACTION_BACKWARD] = {"extraction_backward", OKRUG_NUMBER, OKRUG_UNIT_OWN, "x_j ((1' L)_j - 1) / l_jj"},
    [UPSTREAMNESS] = {"upstreamness", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                      "(I - D)^-1 1, d_ij = z_ij / (x_i - exports_i + imports_i - inventory_i)"},
    [KEY] = {"key", OKRUG_TEXT, OKRUG_UNIT_NONE, "backward > 1 and forward > 1"},
    [ROLE] = {"role", OKRUG_TEXT, OKRUG_UNIT_NONE, "backward, forward > 1: key; one of them: its name; none: weak"},
    [BACKWARD_VARIATION] = {"backward_variation", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                            "sqrt(sum_i (l_ij - m_j / n)^2 / (n - 1)) / (m_j / n), m = 1' L"},
    [FORWARD_VARIATION] = {"forward_variation", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                           "sqrt(sum_j (g_ij - g_i / n)^2 / (n - 1)) / (g_i / n), g = G 1"},
};
static const okrug_output outputs[] = {{"industries", columns, OKRUG_COUNT_OF(columns)}};

static const okrug_grain grain[] = {{"industries", 2, OKRUG_UNIT_COUNT}};

static const char *const references[] = {
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University Press.",
    "Rasmussen, P. N. (1956). Studies in Inter-sectoral Relations. North-Holland.",
    "Antràs, P., Chor, D., Fally, T., Hillberry, R. (2012). Measuring the upstreamness of production and trade flows. "
    "American Economic Review 102(3).",
    NULL,
};

static okrug_status optional_vector(okrug_ctx *ctx, const okrug_io *io, const okrug_texts *names,
                                    const double **vector) {
    *vector = NULL;
    if (names->count == 0) {
        return OKRUG_OK;
    }
    double *read = OKRUG_SCRATCH(ctx, io->n, double);
    *vector = read;
    return read == NULL ? OKRUG_NO_MEMORY : okrug_io_vector(ctx, io, names, read);
}

static const char *role_of(double backward, double forward) {
    if (backward > 1.0) {
        return forward > 1.0 ? "key" : "backward";
    }
    return forward > 1.0 ? "forward" : "weak";
}

/* `left_out`: what needs the industry's column and row of the inverse was not asked for. */
static okrug_status write_industry(const okrug_io *io, const okrug_linkage_results *found, bool left_out, int64_t j,
                                   okrug_table *table) {
    const struct {
        int column;
        const double *values;
        bool needs_inverse;
    } numbers[] = {{BACKWARD, found->backward, false},
                   {FORWARD, found->forward, false},
                   {EXTRACTION_TOTAL, found->extraction_total, true},
                   {EXTRACTION_BACKWARD, found->extraction_backward, true},
                   {UPSTREAMNESS, found->upstreamness, false},
                   {BACKWARD_VARIATION, found->backward_variation, true},
                   {FORWARD_VARIATION, found->forward_variation, true}};
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, j, io->code[j]));
    for (int c = 0; c < OKRUG_COUNT_OF(numbers); c++) {
        OKRUG_TRY(okrug_set_number_or(table, numbers[c].column, j, numbers[c].values[j],
                                      left_out && numbers[c].needs_inverse ? OKRUG_NOT_APPLICABLE : OKRUG_UNDEFINED));
    }
    if (isnan(found->backward[j]) || isnan(found->forward[j])) {
        return OKRUG_OK;
    }
    const char *role = role_of(found->backward[j], found->forward[j]);
    OKRUG_TRY(okrug_result_text(table, ROLE, j, role));
    return okrug_result_text(table, KEY, j, role[0] == 'k' ? "yes" : "no");
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const linkages_parameters *p = job->parameters;
    okrug_texts primary[] = {p->value_added};
    okrug_texts demand[] = {p->exports, p->imports, p->inventory};
    okrug_io_request request = {OKRUG_IO_REQUEST(job, p, primary), .demand = demand,
                                .demand_count = OKRUG_COUNT_OF(demand)};
    if (p->imports.count > 0 && p->output == NULL) {
        /* Whether imports are in the row with their sign or not at all cannot be told from the table. */
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "missing-option", NULL, "option", "output", (char *)NULL);
    }
    okrug_io io = {0};
    OKRUG_TRY(okrug_io_read(ctx, &request, &io));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[0], (double)io.n, &(okrug_place){.file = request.table->file}));
    okrug_open_economy trade = {0};
    OKRUG_TRY(optional_vector(ctx, &io, &p->exports, &trade.exports));
    OKRUG_TRY(optional_vector(ctx, &io, &p->imports, &trade.imports));
    OKRUG_TRY(optional_vector(ctx, &io, &p->inventory, &trade.inventory));
    okrug_io_asked asked;
    OKRUG_TRY(okrug_io_read_asked(ctx, &io, &p->only, &asked));
    bool some = asked.named || io.n > OKRUG_IO_WHOLE;
    if (!asked.named && some) {
        okrug_warn(ctx, "linkages-need-names", &(okrug_place){.file = request.table->file}, "count",
                   okrug_text_integer(ctx, io.n), "most", okrug_text_integer(ctx, OKRUG_IO_WHOLE), (char *)NULL);
        memset(asked.marked, 0, (size_t)io.n * sizeof *asked.marked);
    }
    double *numbers = OKRUG_SCRATCH(ctx, 7 * io.n, double);
    if (numbers == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_linkage_results found = {.backward = numbers,
                                   .forward = numbers + io.n,
                                   .extraction_total = numbers + 2 * io.n,
                                   .extraction_backward = numbers + 3 * io.n,
                                   .upstreamness = numbers + 4 * io.n,
                                   .backward_variation = numbers + 5 * io.n,
                                   .forward_variation = numbers + 6 * io.n};
    bool open = trade.exports != NULL || trade.imports != NULL || trade.inventory != NULL;
    OKRUG_TRY(okrug_linkages(ctx, io.n, io.flow, io.output, open ? &trade : NULL, some ? asked.marked : NULL, &found));
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[0], OKRUG_UNIT_NONE, io.n, &table));
    for (int64_t j = 0; j < io.n; j++) {
        OKRUG_TRY(write_industry(&io, &found, some && !asked.marked[j], j, table));
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(linkages, "linkages", "O(industries^3)");
