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

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)}};

enum { PROXIMITY, COSINE, JACCARD, ASSOCIATION, PROBABILITY };
#define RELATEDNESS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    CHOICE(measure, "measure", "proximity|cosine|jaccard|association|probability")                                     \
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
    "Balland, P.-A. (2017). EconGeo: computing key indicators of the spatial distribution of economic activities.",
    NULL,
};

static okrug_status write_pairs(const okrug_panel *panel, const double *related, okrug_table *table) {
    int64_t n = panel->industries;
    for (int64_t a = 0; a < n; a++) {
        for (int64_t b = a + 1; b < n; b++) {
            int64_t row = okrug_table_add_row(table, 0);
            if (row < 0) {
                return OKRUG_NO_MEMORY;
            }
            OKRUG_TRY(okrug_result_text(table, 0, row, panel->industry[a]));
            OKRUG_TRY(okrug_result_text(table, 1, row, panel->industry[b]));
            OKRUG_TRY(okrug_set_number_or(table, 2, row, related[a * n + b], OKRUG_UNDEFINED));
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

static okrug_status one_period(okrug_ctx *ctx, const okrug_panel *panel, const relatedness_parameters *p,
                               okrug_table *pairs, okrug_table *densities) {
    int64_t n = panel->industries;
    double *presence = OKRUG_SCRATCH(ctx, panel->regions * n, double);
    double *density = OKRUG_SCRATCH(ctx, panel->regions * n, double);
    double *related = OKRUG_SCRATCH(ctx, n * n, double);
    if (presence == NULL || density == NULL || related == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_presence_of(ctx, panel, p->presence, p->threshold, presence));
    if (p->measure == PROXIMITY) {
        OKRUG_TRY(okrug_proximity(ctx, panel->regions, n, presence, related));
    } else {
        OKRUG_TRY(okrug_cooccurrence(ctx, panel->regions, n, presence, related));
        OKRUG_TRY(okrug_relatedness(ctx, n, related, kernel_measure[p->measure], related));
    }
    OKRUG_TRY(okrug_density(ctx, panel->regions, n, presence, related, 100.0, density));
    OKRUG_TRY(write_pairs(panel, related, pairs));
    return write_density(panel, density, densities);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    okrug_panels panels = {0};
    okrug_table *pairs = NULL;
    okrug_table *density = NULL;
    OKRUG_TRY(okrug_panels_read(ctx, job->input[0], &panels));
    OKRUG_TRY(okrug_result_table(result, &outputs[0], OKRUG_UNIT_NONE, 0, &pairs));
    OKRUG_TRY(okrug_result_table(result, &outputs[1], OKRUG_UNIT_NONE, 0, &density));
    int64_t missing = 0;
    for (int64_t k = 0; k < panels.count; k++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(one_period(ctx, &panels.panel[k], job->parameters, pairs, density));
        missing += panels.panel[k].missing;
        okrug_scratch_reset(ctx, mark);
    }
    if (missing > 0) {
        okrug_warn(ctx, "missing-as-absent", &(okrug_place){.file = job->input[0]->file}, "count",
                   okrug_text_integer(ctx, missing), (char *)NULL);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS(relatedness, "relatedness", "O(regions * industries^2)");
