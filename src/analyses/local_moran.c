/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * local-moran: which regions are like their neighbours, and which stand out among them.
 */
#include "analyses/list.h"
#include "analyses/local_areas.h"

static const okrug_role value_roles[] = {OKRUG_SPATIAL_VALUE_ROLES(OKRUG_DOMAIN_ANY)};
static const okrug_role link_roles[] = {OKRUG_REGION_LINK_ROLES};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    {"weights", OKRUG_SHAPE_TIDY, true, false, link_roles, OKRUG_COUNT_OF(link_roles)},
};

#define LOCAL_MORAN_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    OKRUG_SPATIAL_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                       \
    REAL(fdr, "fdr", 0.05, 0, 1, SHARE)

typedef struct {
    OKRUG_PARAMETER_FIELDS(LOCAL_MORAN_PARAMETERS)
} local_moran_parameters;
#define OKRUG_PARAMETERS local_moran_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(LOCAL_MORAN_PARAMETERS)};

static const okrug_output_column area_columns[] = {OKRUG_AREAS_COLUMNS(
    "I_i = z_i sum_j w_ij z_j / m2, z = x - mean, m2 = sum z^2 / n", "(statistic - expectation) / sqrt(variance)",
    "H or L: x_i above the mean or not; then the same of its neighbours' sum_j w_ij z_j")};
static const okrug_output outputs[] = {{"areas", area_columns, OKRUG_COUNT_OF(area_columns)}};

static const char *const references[] = {
    "Anselin, L. (1995). Local indicators of spatial association: LISA. Geographical Analysis 27(2).",
    "Sokal, R. R., Oden, N. L., Thomson, B. A. (1998). Local spatial autocorrelation in a biological model. "
    "Geographical Analysis 30(4).",
    "Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical "
    "Society B 57(1).",
    NULL,
};

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const local_moran_parameters *p = job->parameters;
    const okrug_areas_request request = {.moran = true, .options = OKRUG_SPATIAL_OPTIONS(p), .fdr = p->fdr};
    return okrug_local_areas(ctx, job, &request, &outputs[0], result);
}

static const okrug_grain grain[] = {OKRUG_SPATIAL_GRAIN};

OKRUG_ANALYSIS_WITH_GRAIN(local_moran, "local-moran",
                          "O(links + permutations * most links + regions * log permutations)");
