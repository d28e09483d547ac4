/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * getis-ord-g: do high values, or low ones, lie together?
 */
#include "analyses/global_summary.h"
#include "analyses/list.h"

static const okrug_role value_roles[] = {OKRUG_SPATIAL_VALUE_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE)};
static const okrug_role link_roles[] = {OKRUG_REGION_LINK_ROLES};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    {"weights", OKRUG_SHAPE_TIDY, true, false, link_roles, OKRUG_COUNT_OF(link_roles)},
};

#define GETIS_ORD_G_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    OKRUG_SPATIAL_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)

typedef struct {
    OKRUG_PARAMETER_FIELDS(GETIS_ORD_G_PARAMETERS)
} getis_ord_g_parameters;
#define OKRUG_PARAMETERS getis_ord_g_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(GETIS_ORD_G_PARAMETERS)};

static const okrug_output_column summary_columns[] = {OKRUG_SUMMARY_COLUMNS(
    "sum_ij w_ij x_i x_j / sum_{i != j} x_i x_j", "S0 / (n (n - 1))", "(value - expectation) / sqrt(variance)")};
static const okrug_output outputs[] = {{"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)}};

static const char *const references[] = {
    "Getis, A., Ord, J. K. (1992). The analysis of spatial association by use of distance statistics. Geographical "
    "Analysis 24(3).",
    NULL,
};

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const getis_ord_g_parameters *p = job->parameters;
    const okrug_summary_request request = {.statistic = OKRUG_GETIS_ORD_G,
                                           .assumption = OKRUG_RANDOMISATION,
                                           .code = "getis-ord-g",
                                           .options = OKRUG_SPATIAL_OPTIONS(p)};
    return okrug_global_summary(ctx, job, &request, &outputs[0], result);
}

static const okrug_grain grain[] = {OKRUG_SPATIAL_GRAIN};

OKRUG_ANALYSIS_WITH_GRAIN(getis_ord_g, "getis-ord-g", "O(permutations * (regions + links))");
