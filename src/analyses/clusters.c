/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * clusters: what each region has of each cluster, how strong that is beside other regions, by which principles the
 * cluster belongs together, whether it has an innovation core, and where neighbours hold it together.
 */
#include "analyses/clusters_cells.h"
#include "analyses/clusters_flows.h"
#include "analyses/clusters_strength.h"
#include "analyses/clusters_tables.h"
#include "analyses/clusters_years.h"
#include "analyses/list.h"
#include "analyses/region_links.h"
#include "analyses/result.h"
#include "analyses/two_dates.h"
#include "analyses/withheld.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_PERSON)};
static const okrug_role definition_roles[] = {OKRUG_CLUSTER_DEFINITION_ROLES};
static const okrug_role amount_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_role count_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_COUNT)};
static const okrug_role reference_roles[] = {OKRUG_REFERENCE_ROLES};
static const okrug_role region_total_roles[] = {OKRUG_REGION_TOTAL_ROLES};
static const okrug_role institution_roles[] = {OKRUG_INSTITUTION_ROLES};
static const okrug_role patent_roles[] = {OKRUG_PATENT_ROLES};
static const okrug_role complexity_roles[] = {OKRUG_PRODUCT_COMPLEXITY_ROLES};
static const okrug_role flow_roles[] = {OKRUG_CLUSTER_FLOW_ROLES};
static const okrug_role weight_roles[] = {OKRUG_REGION_LINK_ROLES};
enum {
    INPUT,
    DEFINITIONS,
    REFERENCE,
    REGION_TOTAL,
    WAGES,
    VALUE_ADDED,
    ESTABLISHMENTS,
    INSTITUTIONS,
    PATENTS,
    COMPLEXITY,
    FLOWS,
    WEIGHTS
};
#define SECOND(name, required, roles)                                                                                  \
    { name, OKRUG_SHAPE_TIDY, required, false, roles, OKRUG_COUNT_OF(roles) }
static const okrug_input inputs[] = {
    [INPUT] = SECOND("input", true, value_roles),
    [DEFINITIONS] = SECOND("definitions", true, definition_roles),
    [REFERENCE] = SECOND("reference", false, reference_roles),
    [REGION_TOTAL] = SECOND("region-total", false, region_total_roles),
    [WAGES] = SECOND("wages", false, amount_roles),
    [VALUE_ADDED] = SECOND("value-added", false, amount_roles),
    [ESTABLISHMENTS] = SECOND("establishments", false, count_roles),
    [INSTITUTIONS] = SECOND("institutions", false, institution_roles),
    [PATENTS] = SECOND("patents", false, patent_roles),
    [COMPLEXITY] = SECOND("complexity", false, complexity_roles),
    [FLOWS] = SECOND("flows", false, flow_roles),
    [WEIGHTS] = SECOND("weights", false, weight_roles),
};

#define CLUSTERS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                        \
    CHOICE(stars, "stars", "eu-2020|eco-2014")                                                                         \
    REAL(threshold, "threshold", 1, 1e-9, 1e9, RATIO)                                                                  \
    REAL(smallest, "smallest", 100, 0, 1e12, COUNT)                                                                    \
    CHOICE(parts, "parts", "some|all")                                                                                 \
    CHOICE(prior, "prior", "uniform|proportional")                                                                     \
    TEXT(from, "from")                                                                                                 \
    TEXT(to, "to")                                                                                                     \
    INTEGER(services_from, "services-from", 45, 1, 100, NONE)                                                          \
    INTEGER(simulations, "simulations", 999, 99, 999999, COUNT)                                                        \
    REAL(least_z, "least-z", 2, 0, 1000, NONE)                                                                         \
    REAL(least_reach, "least-reach", 0.2, 0, 1, SHARE)                                                                 \
    OKRUG_SEED_PARAMETER(INTEGER)

typedef struct {
    OKRUG_PARAMETER_FIELDS(CLUSTERS_PARAMETERS)
} clusters_parameters;
#define OKRUG_PARAMETERS clusters_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(CLUSTERS_PARAMETERS)};

/* A chain climbs two levels at least, and hardly flows backwards. */
static const double CHAIN_INCOHERENCE = .35, CHAIN_SPAN = 2.0;

enum { CLUSTERS, TYPES, PRINCIPLE_PROFILES, GROUPS, MEMBER_INDUSTRIES, YEARS };

static const char *const references[] = {
    "Porter, M. E. (2003). The Economic Performance of Regions. Regional Studies 37(6-7).",
    "Delgado, M., Porter, M. E., Stern, S. (2016). Defining clusters of related industries. Journal of Economic "
    "Geography 16(1).",
    "European Cluster Observatory (2007-2014). Cluster mapping of regions by sectors: stars for size, specialisation "
    "and "
    "focus.",
    "European Commission (2020). European Panorama of Clusters and Industrial Change.",
    "MacKay, R. S., Johnson, S., Sansom, B. (2020). How directed is a directed network? Royal Society Open Science 7.",
    NULL,
};
static const okrug_grain grain[] = {{"regions", 2, OKRUG_UNIT_COUNT}, {"digits", 2, OKRUG_UNIT_COUNT}};

/* ---- All of it --------------------------------------------------------------------------------------------------*/

/* The period that is described, and the one before it that dynamism looks back to (NULL: there is one period). */
static okrug_status choose(okrug_ctx *ctx, const okrug_table *input, const clusters_parameters *p,
                           const okrug_panels *panels, const okrug_panel **panel, const char **from) {
    int64_t chosen[2] = {0, 0};
    *from = NULL;
    if (panels->count > 1 || p->from != NULL || p->to != NULL) {
        for (int64_t k = 0; k < panels->count; k++) {
            if (panels->panel[k].period == NULL) {
                return okrug_fail(ctx, OKRUG_BAD_INPUT, "empty-key",
                                  &(okrug_place){.file = input->file, .column = "period"}, (char *)NULL);
            }
        }
        OKRUG_TRY(okrug_periods_choose(ctx, input->file, panels, p->from, p->to, chosen));
        *from = panels->panel[chosen[0]].period;
    }
    *panel = &panels->panel[chosen[1]];
    return OKRUG_OK;
}

static okrug_status check_seconds(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel,
                                  const okrug_clusters_case *of) {
    enum { SECONDS = COMPLEXITY - WAGES + 1 };
    okrug_status status = OKRUG_OK;
    for (int k = WAGES; status == OKRUG_OK && k < WAGES + SECONDS; k++) {
        status = okrug_clusters_second(ctx, job->input[k], inputs[k].name, panel, k == PATENTS ? of : NULL);
    }
    return status;
}

static okrug_status need(okrug_ctx *ctx, const okrug_table *input, const okrug_clusters_case *of) {
    const okrug_place place = {.file = input->file};
    const char *first = "";
    int64_t digits = okrug_cluster_digits(of, &first);
    if (digits < (int64_t)grain[1].least) {
        okrug_warn(ctx, "too-coarse-for-clusters", &place, "first", first, (char *)NULL);
    }
    return okrug_grain_need(ctx, &grain[1], (double)digits, &place);
}

static okrug_status measure(okrug_ctx *ctx, const okrug_job *job, const okrug_clusters_case *of, const char *from,
                            double smallest, okrug_clusters_strength *s) {
    const clusters_parameters *p = job->parameters;
    const okrug_table *value = job->input[job->input[VALUE_ADDED] != NULL ? VALUE_ADDED : WAGES];
    const okrug_table *establishments = job->input[ESTABLISHMENTS];
    const char *to = of->panel->period;
    if (value != NULL) {
        OKRUG_TRY(okrug_clusters_productivity(ctx, value, of, s));
    }
    if (from != NULL) {
        OKRUG_TRY(okrug_clusters_change(ctx, job->input[INPUT], of, from, to, &s->growth));
    }
    if (establishments != NULL) {
        OKRUG_TRY(okrug_clusters_sums(ctx, establishments, of, &s->establishments));
        if (from != NULL && okrug_table_column(establishments, "period") != NULL) {
            OKRUG_TRY(okrug_clusters_change(ctx, establishments, of, from, to, &s->entry));
        }
    }
    if (job->input[WEIGHTS] != NULL) {
        OKRUG_TRY(okrug_clusters_groups(ctx, job->input[WEIGHTS], p->threshold, smallest, of, s));
    }
    return okrug_clusters_stars(ctx, p->stars, smallest, of, s);
}

static const okrug_output outputs[] = {
    [CLUSTERS] = {"clusters", okrug_clusters_cell_columns, OKRUG_CLUSTERS_CELL_COLUMNS},
    OKRUG_CLUSTERS_TABLES,
    [YEARS] = {"years", okrug_clusters_year_columns, OKRUG_CLUSTERS_YEAR_COLUMNS},
};

static bool wants_years(const okrug_dataset *result) {
    bool any = false;
    for (int c = 0; c < OKRUG_CLUSTERS_YEAR_COLUMNS; c++) {
        any = any || (okrug_clusters_year_columns[c].formula != NULL && okrug_result_wants(result, &outputs[YEARS], c));
    }
    return any;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const clusters_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_unit unit = okrug_table_column(input, "value")->unit;
    double factor = okrug_unit_count_factor(unit), smallest = factor > 0.0 ? p->smallest / factor : 0.0;
    const okrug_clusters_sharing sharing = {p->parts == OKRUG_PARTS_ALL, p->prior == OKRUG_PRIOR_PROPORTIONAL,
                                            job->input[ESTABLISHMENTS]};
    okrug_panels panels = {0};
    const okrug_panel *panel;
    const char *from = NULL;
    okrug_clusters_case of = {0};
    okrug_clusters_strength strength = {0};
    okrug_clusters_core core;
    okrug_clusters_traded traded;
    okrug_cluster_profile *profile = NULL;
    okrug_table *table[OKRUG_COUNT_OF(outputs)];
    OKRUG_TRY(okrug_panels_read_values(ctx, input, &panels));
    panel = &panels.panel[0];
    OKRUG_TRY(choose(ctx, input, p, &panels, &panel, &from));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[0], (double)panel->regions, &(okrug_place){.file = input->file}));
    OKRUG_TRY(okrug_cluster_definitions_read(ctx, job->input[DEFINITIONS], &of));
    OKRUG_TRY(check_seconds(ctx, job, panel, &of));
    OKRUG_TRY(
        okrug_clusters_case_read(ctx, input, panel, job->input[REFERENCE], job->input[REGION_TOTAL], &sharing, &of));
    OKRUG_TRY(need(ctx, input, &of));
    OKRUG_TRY(measure(ctx, job, &of, from, smallest, &strength));
    OKRUG_TRY(okrug_clusters_core_read(ctx, job->input[INSTITUTIONS], job->input[PATENTS], job->input[COMPLEXITY], &of,
                                       &core));
    OKRUG_TRY(okrug_clusters_traded_read(ctx, &of, &traded));
    okrug_clusters_doubt_traded(ctx, &of, &traded, &(okrug_place){.file = input->file});
    if (job->input[FLOWS] != NULL) {
        const okrug_principle_need wanted = {p->least_z, p->least_reach, CHAIN_INCOHERENCE, CHAIN_SPAN};
        OKRUG_TRY(okrug_cluster_profiles(ctx, job->input[FLOWS], &of, p->services_from, p->simulations,
                                         (uint64_t)p->seed, &wanted, &profile));
    }
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], unit, 0, &table[t]));
    }
    const okrug_clusters_findings found = {&of, &strength, &core, profile, smallest};
    OKRUG_TRY(okrug_clusters_write_cells(ctx, &found, table[CLUSTERS]));
    OKRUG_TRY(okrug_clusters_write_types(&of, &traded, profile, table[TYPES]));
    OKRUG_TRY(okrug_clusters_write_principles(&of, profile, table[PRINCIPLE_PROFILES]));
    OKRUG_TRY(okrug_clusters_write_groups(ctx, &of, &strength, table[GROUPS]));
    OKRUG_TRY(okrug_clusters_write_industries(&of, &traded, table[MEMBER_INDUSTRIES]));
    return from != NULL && wants_years(result)
               ? okrug_clusters_write_years(ctx, input, &panels, from, &of, table[YEARS])
               : OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(clusters, "clusters",
                          "O(regions * industries + simulations * members^3 of each size of cluster)");
