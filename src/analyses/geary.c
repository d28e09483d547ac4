/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * geary: how much near regions differ. Below 1 they differ less than any two.
 */
#include "analyses/global_summary.h"
#include "analyses/list.h"

static const okrug_role value_roles[] = {OKRUG_SPATIAL_VALUE_ROLES(OKRUG_DOMAIN_ANY)};
static const okrug_role link_roles[] = {OKRUG_REGION_LINK_ROLES};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    {"weights", OKRUG_SHAPE_TIDY, true, false, link_roles, OKRUG_COUNT_OF(link_roles)},
};

#define GEARY_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                           \
    OKRUG_SPATIAL_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                       \
    CHOICE(assumption, "assumption", "randomisation|normality")

typedef struct {
    OKRUG_PARAMETER_FIELDS(GEARY_PARAMETERS)
} geary_parameters;
#define OKRUG_PARAMETERS geary_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(GEARY_PARAMETERS)};

static const okrug_output_column summary_columns[] = {
    OKRUG_SUMMARY_COLUMNS("(n - 1) sum_ij w_ij (x_i - x_j)^2 / (2 S0 sum_i z_i^2)", "1",
                          "(expectation - value) / sqrt(variance): positive where near regions are alike")};
static const okrug_output outputs[] = {{"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)}};

static const char *const references[] = {
    "Geary, R. C. (1954). The contiguity ratio and statistical mapping. The Incorporated Statistician 5.",
    "Cliff, A. D., Ord, J. K. (1981). Spatial processes: models and applications. Pion.",
    NULL,
};

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const geary_parameters *p = job->parameters;
    const okrug_summary_request request = {.statistic = OKRUG_GEARY,
                                           .assumption = p->assumption == 0 ? OKRUG_RANDOMISATION : OKRUG_NORMALITY,
                                           .code = "geary",
                                           .options = OKRUG_SPATIAL_OPTIONS(p)};
    return okrug_global_summary(ctx, job, &request, &outputs[0], result);
}

static const okrug_grain grain[] = {OKRUG_SPATIAL_GRAIN};

OKRUG_ANALYSIS_WITH_GRAIN(geary, "geary", "O(permutations * (regions + links))");
