/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * getis-ord-local: hot and cold spots, regions among high values and among low ones.
 */
#include "analyses/list.h"
#include "analyses/local_areas.h"

static const okrug_role value_roles[] = {OKRUG_SPATIAL_VALUE_ROLES(OKRUG_DOMAIN_ANY)};
static const okrug_role link_roles[] = {OKRUG_REGION_LINK_ROLES};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    {"weights", OKRUG_SHAPE_TIDY, true, false, link_roles, OKRUG_COUNT_OF(link_roles)},
};

enum { GI_STAR };
#define GETIS_ORD_LOCAL_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                 \
    OKRUG_SPATIAL_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                       \
    CHOICE(among, "among", "with-self|others")                                                                         \
    REAL(fdr, "fdr", 0.05, 0, 1, SHARE)

typedef struct {
    OKRUG_PARAMETER_FIELDS(GETIS_ORD_LOCAL_PARAMETERS)
} getis_ord_local_parameters;
#define OKRUG_PARAMETERS getis_ord_local_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(GETIS_ORD_LOCAL_PARAMETERS)};

static const okrug_output_column area_columns[] = {OKRUG_AREAS_COLUMNS(
    "G_i* = sum_j w_ij x_j / sum_j x_j, i among the j; with --among others G_i, without i in either sum",
    "(statistic - expectation) / sqrt(variance) (Ord and Getis 1995)", "high: z above 0, low: not")};
static const okrug_output outputs[] = {{"areas", area_columns, OKRUG_COUNT_OF(area_columns)}};

static const char *const references[] = {
    "Getis, A., Ord, J. K. (1992). The analysis of spatial association by use of distance statistics. Geographical "
    "Analysis 24(3).",
    "Ord, J. K., Getis, A. (1995). Local spatial autocorrelation statistics: distributional issues and an "
    "application. Geographical Analysis 27(4).",
    "Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical "
    "Society B 57(1).",
    NULL,
};

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const getis_ord_local_parameters *p = job->parameters;
    const okrug_areas_request request = {
        .with_self = p->among == GI_STAR, .options = OKRUG_SPATIAL_OPTIONS(p), .fdr = p->fdr};
    return okrug_local_areas(ctx, job, &request, &outputs[0], result);
}

static const okrug_grain grain[] = {OKRUG_SPATIAL_GRAIN};

OKRUG_ANALYSIS_WITH_GRAIN(getis_ord_local, "getis-ord-local",
                          "O(links + permutations * most links + regions * log permutations)");
