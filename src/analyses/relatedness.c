/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * relatedness: which industries go together in the same regions, and how much of what is related to an industry each
 * region has.
 */
#include <math.h>

#include <okrug/complexity.h>

#include "analyses/list.h"
#include "analyses/presence.h"
#include "analyses/result.h"

/* What is called a region may be any entity that has several things, such as a patent with its fields; then a row may
 * be all there is to say. */
static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)}};

enum { PROXIMITY, COSINE, JACCARD, ASSOCIATION, PROBABILITY, CORRELATION };
enum { COUNTING_FULL, COUNTING_FRACTIONAL };
enum { DENSITY_REGIONS, DENSITY_NONE };
#define RELATEDNESS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    CHOICE(measure, "measure", "proximity|cosine|jaccard|association|probability|correlation")                         \
    CHOICE(counting, "counting", "full|fractional")                                                                    \
    CHOICE(density, "density", "regions|none")                                                                         \
    OKRUG_PRESENCE_PARAMETERS(REAL, CHOICE)

typedef struct {
    OKRUG_PARAMETER_FIELDS(RELATEDNESS_PARAMETERS)
} relatedness_parameters;
#define OKRUG_PARAMETERS relatedness_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(RELATEDNESS_PARAMETERS)};
static const okrug_relatedness_measure kernel_measure[] = {
    [COSINE] = OKRUG_RELATEDNESS_COSINE,
    [JACCARD] = OKRUG_RELATEDNESS_JACCARD,
    [ASSOCIATION] = OKRUG_RELATEDNESS_ASSOCIATION,
    [PROBABILITY] = OKRUG_RELATEDNESS_PROBABILITY,
};

static const okrug_output_column pair_columns[] = {
    {"industry_a", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"industry_b", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"proximity", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "proximity: C_ab / max(k_a, k_b); others by --measure"},
    {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output_column density_columns[] = {
    {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"density", OKRUG_NUMBER, OKRUG_UNIT_PERCENT, "100 sum_q M_cq R_qp / sum_q R_qp, q != p"},
    {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output outputs[] = {
    {"pairs", pair_columns, OKRUG_COUNT_OF(pair_columns)},
    {"density", density_columns, OKRUG_COUNT_OF(density_columns)},
};

static const char *const references[] = {
    "Hidalgo, C. A., Klinger, B., Barabási, A.-L., Hausmann, R. (2007). The product space conditions the development "
    "of nations. Science 317.",
    "van Eck, N. J., Waltman, L. (2009). How to normalize cooccurrence data? JASIST 60(8).",
    "Perianes-Rodriguez, A., Waltman, L., van Eck, N. J. (2016). Constructing bibliometric networks: a comparison "
    "between full and fractional counting. Journal of Informetrics 10(4).",
    "Balland, P.-A. (2017). EconGeo: computing key indicators of the spatial distribution of economic activities.",
    NULL,
};

static const okrug_grain grain[] = {OKRUG_PRESENCE_GRAIN};

static okrug_status write_pairs(const okrug_panel *panel, const double *related, okrug_reason none,
                                okrug_table *table) {
    int64_t n = panel->industries;
    for (int64_t a = 0; a < n; a++) {
        for (int64_t b = a + 1; b < n; b++) {
            int64_t row = okrug_table_add_row(table, 0);
            if (row < 0) {
                return OKRUG_NO_MEMORY;
            }
            OKRUG_TRY(okrug_result_text(table, 0, row, panel->industry[a]));
            OKRUG_TRY(okrug_result_text(table, 1, row, panel->industry[b]));
            OKRUG_TRY(okrug_set_number_or(table, 2, row, related[a * n + b], none));
            OKRUG_TRY(okrug_result_text(table, 3, row, panel->period));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_density(const okrug_panel *panel, const double *density, okrug_table *table) {
    for (int64_t c = 0; c < panel->regions * panel->industries; c++) {
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, 0, row, panel->region[c / panel->industries]));
        OKRUG_TRY(okrug_result_text(table, 1, row, panel->industry[c % panel->industries]));
        OKRUG_TRY(okrug_set_number_or(table, 2, row, density[c], OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_result_text(table, 3, row, panel->period));
    }
    return OKRUG_OK;
}

static okrug_status relate(okrug_ctx *ctx, const okrug_panel *panel, const relatedness_parameters *p,
                           const double *presence, double *related) {
    int64_t regions = panel->regions, n = panel->industries;
    if (p->measure == PROXIMITY) {
        return okrug_proximity(ctx, regions, n, presence, related);
    }
    OKRUG_TRY(p->counting == COUNTING_FRACTIONAL ? okrug_cooccurrence_fractional(ctx, regions, n, presence, related)
                                                 : okrug_cooccurrence(ctx, regions, n, presence, related));
    return p->measure == CORRELATION ? okrug_presence_correlation(ctx, regions, n, related, related)
                                     : okrug_relatedness(ctx, n, related, kernel_measure[p->measure], related);
}

static okrug_status one_period(okrug_ctx *ctx, const okrug_panel *panel, const relatedness_parameters *p,
                               okrug_table *pairs, okrug_table *densities) {
    int64_t n = panel->industries;
    double *presence = OKRUG_SCRATCH(ctx, panel->regions * n, double);
    double *related = OKRUG_SCRATCH(ctx, n * n, double);
    if (presence == NULL || related == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_presence_of(ctx, panel, p->presence, p->threshold, presence));
    OKRUG_TRY(relate(ctx, panel, p, presence, related));
    OKRUG_TRY(write_pairs(panel, related, p->measure == CORRELATION ? OKRUG_CONSTANT : OKRUG_UNDEFINED, pairs));
    if (p->density == DENSITY_NONE) {
        return OKRUG_OK;
    }
    double *density = OKRUG_SCRATCH(ctx, panel->regions * n, double);
    if (density == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < n * n; cell++) {
        related[cell] = related[cell] > 0.0 ? related[cell] : 0.0; /* NaN too: what repels does not lead anywhere */
    }
    OKRUG_TRY(okrug_density(ctx, panel->regions, n, presence, related, 100.0, density));
    return write_density(panel, density, densities);
}

static okrug_status check_options(okrug_ctx *ctx, const okrug_table *input, const relatedness_parameters *p) {
    if (p->presence == OKRUG_PRESENCE_RCA && okrug_table_column(input, "value") == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "presence-needs-value", &(okrug_place){.file = input->file},
                          (char *)NULL);
    }
    if (p->counting == COUNTING_FRACTIONAL && (p->measure == PROXIMITY || p->measure == CORRELATION)) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "counting-needs-sums", NULL, (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    okrug_panels panels = {0};
    int64_t first_message = okrug_messages(ctx);
    okrug_table *pairs = NULL;
    okrug_table *density = NULL;
    OKRUG_TRY(check_options(ctx, job->input[0], job->parameters));
    OKRUG_TRY(okrug_panels_read(ctx, job->input[0], &panels));
    OKRUG_TRY(okrug_result_table(result, &outputs[0], OKRUG_UNIT_NONE, 0, &pairs));
    OKRUG_TRY(okrug_result_table(result, &outputs[1], OKRUG_UNIT_NONE, 0, &density));
    for (int64_t k = 0; k < panels.count; k++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(okrug_presence_need(ctx, &panels.panel[k], grain, job->input[0]->file));
        OKRUG_TRY(one_period(ctx, &panels.panel[k], job->parameters, pairs, density));
        okrug_scratch_reset(ctx, mark);
    }
    okrug_messages_unrepeat(ctx, first_message);
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(relatedness, "relatedness", "O(regions * industries^2)");
