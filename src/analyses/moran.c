/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * moran: are near regions alike? One number for the whole map.
 */
#include "analyses/global_summary.h"
#include "analyses/list.h"

static const okrug_role value_roles[] = {OKRUG_SPATIAL_VALUE_ROLES(OKRUG_DOMAIN_ANY)};
static const okrug_role link_roles[] = {OKRUG_REGION_LINK_ROLES};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    {"weights", OKRUG_SHAPE_TIDY, true, false, link_roles, OKRUG_COUNT_OF(link_roles)},
};

#define MORAN_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                           \
    OKRUG_SPATIAL_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                       \
    CHOICE(assumption, "assumption", "randomisation|normality")

typedef struct {
    OKRUG_PARAMETER_FIELDS(MORAN_PARAMETERS)
} moran_parameters;
#define OKRUG_PARAMETERS moran_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(MORAN_PARAMETERS)};

static const okrug_output_column summary_columns[] = {
    OKRUG_SUMMARY_COLUMNS("(n / S0) sum_ij w_ij z_i z_j / sum_i z_i^2, z = x - mean", "-1 / (n - 1)",
                          "(value - expectation) / sqrt(variance)")};
static const okrug_output outputs[] = {{"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)}};

static const char *const references[] = {
    "Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37.",
    "Cliff, A. D., Ord, J. K. (1981). Spatial processes: models and applications. Pion.",
    NULL,
};

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const moran_parameters *p = job->parameters;
    const okrug_summary_request request = {.statistic = OKRUG_MORAN,
                                           .assumption = p->assumption == 0 ? OKRUG_RANDOMISATION : OKRUG_NORMALITY,
                                           .code = "moran",
                                           .options = OKRUG_SPATIAL_OPTIONS(p)};
    return okrug_global_summary(ctx, job, &request, &outputs[0], result);
}

static const okrug_grain grain[] = {OKRUG_SPATIAL_GRAIN};

OKRUG_ANALYSIS_WITH_GRAIN(moran, "moran", "O(permutations * (regions + links))");
