/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * clusters: what each region has of each cluster, how strong that is beside other regions, by which principles the
 * cluster belongs together, whether it has an innovation core, and where neighbours hold it together.
 */
#include <math.h>

#include "analyses/clusters_core.h"
#include "analyses/clusters_flows.h"
#include "analyses/clusters_strength.h"
#include "analyses/clusters_tables.h"
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

enum {
    CLUSTER,
    REGION,
    EMPLOYMENT,
    LQ,
    STARS,
    PRINCIPLES,
    PRINCIPLE_MARGIN,
    CORE,
    PRODUCTIVITY,
    DYNAMISM,
    NAME,
    PERIOD,
    STARS_OF,
    STAR_FIRST,
    SHARE = STAR_FIRST + OKRUG_STAR_KINDS,
    FOCUS,
    EMPLOYMENT_LEAST,
    EMPLOYMENT_MOST,
    WITHHELD,
    INDUSTRIES,
    GROUP,
    NUMBER,
    ENTRY,
    HELD_INSTITUTIONS,
    HELD_PATENTS,
    PATENT_INTENSITY,
    HELD_COMPLEXITY,
    CORE_OF
};
static const okrug_output_column cluster_columns[] = {
    [CLUSTER] = {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [EMPLOYMENT] =
        {"employment", OKRUG_NUMBER, OKRUG_UNIT_OWN,
         "E_rC = sum of published cells + what is left of e_r x weights of its withheld cells / all weights"},
    [LQ] = {"lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(E_rC / e_r) / (e_C / e)"},
    [STARS] = {"stars", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "sum of the stars that are available"},
    [PRINCIPLES] = {"principles", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PRINCIPLE_MARGIN] = {"principle_margin", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
                          "least z of a label - largest z of what is none"},
    [CORE] = {"core", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PRODUCTIVITY] = {"productivity", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum of value added (wages) / sum of E_ri"},
    [DYNAMISM] = {"dynamism", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "(E_rC(to) / E_rC(from))^(1 / (to - from)) - 1"},
    [NAME] = {"name", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [STARS_OF] = {"stars_of", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "how many stars are available"},
    [STAR_FIRST + OKRUG_STAR_SIZE] = {"star_size", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                                      "E_rC in the top 20 % (eco-2014: 10 %) of regions"},
    [STAR_FIRST + OKRUG_STAR_SPECIALISATION] = {"star_specialisation", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                                                "lq in the top 20 % (eco-2014: lq >= 2)"},
    [STAR_FIRST +
        OKRUG_STAR_FOCUS] = {"star_focus", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "eco-2014: E_rC / e_r in the top 10 %"},
    [STAR_FIRST + OKRUG_STAR_PRODUCTIVITY] = {"star_productivity", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                                              "eu-2020: productivity in the top 20 %"},
    [STAR_FIRST +
        OKRUG_STAR_DYNAMISM] = {"star_dynamism", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "eu-2020: dynamism in the top 20 %"},
    [SHARE] = {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "E_rC / e_C"},
    [FOCUS] = {"share_of_region", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "E_rC / e_r"},
    [EMPLOYMENT_LEAST] = {"employment_least", OKRUG_NUMBER, OKRUG_UNIT_OWN, "min E_rC over all fillings"},
    [EMPLOYMENT_MOST] = {"employment_most", OKRUG_NUMBER, OKRUG_UNIT_OWN, "max E_rC over all fillings"},
    [WITHHELD] = {"withheld", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "cells of members without a number"},
    [INDUSTRIES] = {"industries", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "members with a published E_ri > 0"},
    [GROUP] = {"group", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [NUMBER] = {"establishments", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "N_rC: sum over members"},
    [ENTRY] = {"entry", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "(N_rC(to) / N_rC(from))^(1 / (to - from)) - 1: net"},
    [HELD_INSTITUTIONS] = {"institutions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "those of the region"},
    [HELD_PATENTS] = {"patents", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
                      "P_rC of the members; P_r of the region where industries are not told"},
    [PATENT_INTENSITY] = {"patent_intensity", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                          "(P_rC / E_rC) / (P_C / e_C); (P_r / e_r) / (P / e)"},
    [HELD_COMPLEXITY] = {"complexity", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "sum E_ri pci_i / sum E_ri over members"},
    [CORE_OF] = {"core_of", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "how many marks of a core were looked for"},
};
enum { CLUSTERS, TYPES, PRINCIPLE_PROFILES, GROUPS, MEMBER_INDUSTRIES };

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

/* ---- Each region's part -----------------------------------------------------------------------------------------*/

typedef struct {
    const okrug_clusters_case *of;
    const okrug_clusters_strength *strength;
    const okrug_clusters_core *core;
    const okrug_cluster_profile *profile; /* NULL: no flows */
    double smallest;
} findings;

static okrug_status write_stars(const findings *f, int64_t at, okrug_table *table, int64_t row) {
    bool small = !(f->of->employment[at] > 0.0 && f->of->employment[at] >= f->smallest);
    int stars = 0, available = 0;
    for (int s = 0; s < OKRUG_STAR_KINDS; s++) {
        int star = f->strength->star[s][at];
        stars += star == 1;
        available += star <= 1;
        OKRUG_TRY(okrug_set_number_or(table, STAR_FIRST + s, row, star <= 1 ? (double)star : (double)NAN,
                                      star == 3 ? OKRUG_NOT_APPLICABLE
                                      : small   ? OKRUG_BELOW_GRAIN
                                                : OKRUG_NO_ROW));
    }
    OKRUG_TRY(okrug_set_number_or(table, STARS, row, small ? (double)NAN : (double)stars, OKRUG_BELOW_GRAIN));
    return okrug_set_number(table, STARS_OF, row, (double)available);
}

static double cell_of(const double *values, int64_t at) {
    return values == NULL ? (double)NAN : values[at];
}

static okrug_status write_numbers(const findings *f, int64_t at, okrug_table *table, int64_t row) {
    const okrug_clusters_case *of = f->of;
    const okrug_clusters_strength *s = f->strength;
    int64_t r = at / of->clusters, c = at % of->clusters;
    const struct {
        int column;
        double value;
        okrug_reason none;
    } numbers[] = {
        {EMPLOYMENT, of->employment[at], OKRUG_UNDEFINED},
        {LQ, of->lq[at], OKRUG_ZERO_TOTAL},
        {PRODUCTIVITY, cell_of(s->productivity, at), OKRUG_NO_ROW},
        {DYNAMISM, cell_of(s->growth, at), s->growth == NULL ? OKRUG_NO_ROW : OKRUG_ZERO_TOTAL},
        {SHARE, of->employment[at] / of->cluster_total[c], OKRUG_ZERO_TOTAL},
        {FOCUS, of->employment[at] / of->region_total[r], OKRUG_ZERO_TOTAL},
        {EMPLOYMENT_LEAST, of->least[at], OKRUG_NO_BOUND},
        {EMPLOYMENT_MOST, of->most[at], OKRUG_NO_BOUND},
        {WITHHELD, of->withheld[at], OKRUG_UNDEFINED},
        {INDUSTRIES, of->industries[at], OKRUG_UNDEFINED},
        {NUMBER, cell_of(s->establishments, at), OKRUG_NO_ROW},
        {ENTRY, cell_of(s->entry, at), s->entry == NULL ? OKRUG_NO_ROW : OKRUG_ZERO_TOTAL},
        {HELD_INSTITUTIONS, cell_of(f->core->institutions, at), OKRUG_NO_ROW},
        {HELD_PATENTS, cell_of(f->core->patents, at), OKRUG_NO_ROW},
        {PATENT_INTENSITY, cell_of(f->core->intensity, at),
         f->core->intensity == NULL ? OKRUG_NO_ROW : OKRUG_ZERO_TOTAL},
        {HELD_COMPLEXITY, cell_of(f->core->complexity, at), OKRUG_NO_ROW},
        {CORE_OF, f->core->marks, OKRUG_UNDEFINED},
    };
    for (int k = 0; k < OKRUG_COUNT_OF(numbers); k++) {
        OKRUG_TRY(okrug_set_number_or(table, numbers[k].column, row, numbers[k].value, numbers[k].none));
    }
    return OKRUG_OK;
}

static okrug_status write_cell(okrug_ctx *ctx, const findings *f, int64_t at, okrug_table *table) {
    const okrug_clusters_case *of = f->of;
    int64_t c = at % of->clusters, row = okrug_table_add_row(table, 0);
    const okrug_cluster_profile *profile = f->profile == NULL ? NULL : &f->profile[c];
    bool told = profile != NULL && profile->told;
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    int32_t group = f->strength->group == NULL ? 0 : f->strength->group[at];
    OKRUG_TRY(okrug_result_text(table, CLUSTER, row, of->code[c]));
    OKRUG_TRY(okrug_result_text(table, REGION, row, of->panel->region[at / of->clusters]));
    OKRUG_TRY(okrug_result_text(table, PRINCIPLES, row, told ? profile->text : NULL));
    OKRUG_TRY(okrug_set_number_or(table, PRINCIPLE_MARGIN, row, told ? profile->labels.margin : (double)NAN,
                                  told              ? OKRUG_NOT_APPLICABLE
                                  : profile == NULL ? OKRUG_NO_ROW
                                                    : OKRUG_BELOW_GRAIN));
    OKRUG_TRY(okrug_result_text(table, CORE, row, okrug_clusters_core_text(f->core, at)));
    OKRUG_TRY(okrug_result_text(table, NAME, row, of->name[c]));
    OKRUG_TRY(okrug_result_text(table, PERIOD, row, of->panel->period));
    OKRUG_TRY(okrug_result_text(table, GROUP, row, group == 0 ? NULL : okrug_text_integer(ctx, group)));
    OKRUG_TRY(write_stars(f, at, table, row));
    return write_numbers(f, at, table, row);
}

/* A region is named where it has something of the cluster, or may have. */
static okrug_status write_cells(okrug_ctx *ctx, const findings *f, okrug_table *table) {
    for (int64_t c = 0; c < f->of->clusters; c++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        for (int64_t r = 0; r < f->of->panel->regions; r++) {
            int64_t at = r * f->of->clusters + c;
            if (f->of->employment[at] > 0.0 || f->of->withheld[at] > 0) {
                OKRUG_TRY(write_cell(ctx, f, at, table));
            }
        }
    }
    return OKRUG_OK;
}

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
    double span = 1.0;
    if (value != NULL) {
        OKRUG_TRY(okrug_clusters_productivity(ctx, value, of, s));
    }
    if (from != NULL) {
        OKRUG_TRY(okrug_clusters_change(ctx, job->input[INPUT], of, from, to, &span, &s->growth));
    }
    if (establishments != NULL) {
        OKRUG_TRY(okrug_clusters_sums(ctx, establishments, of, &s->establishments));
        if (from != NULL && okrug_table_column(establishments, "period") != NULL) {
            OKRUG_TRY(okrug_clusters_change(ctx, establishments, of, from, to, &span, &s->entry));
        }
    }
    if (job->input[WEIGHTS] != NULL) {
        OKRUG_TRY(okrug_clusters_groups(ctx, job->input[WEIGHTS], p->threshold, smallest, of, s));
    }
    return okrug_clusters_stars(ctx, p->stars, smallest, of, s);
}

static const okrug_output outputs[] = {
    [CLUSTERS] = {"clusters", cluster_columns, OKRUG_COUNT_OF(cluster_columns)},
    OKRUG_CLUSTERS_TABLES,
};

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
    OKRUG_TRY(
        okrug_clusters_case_read(ctx, input, panel, job->input[REFERENCE], job->input[REGION_TOTAL], &sharing, &of));
    OKRUG_TRY(need(ctx, input, &of));
    if (panel->missing > 0 && !of.bounded) {
        okrug_warn(ctx, "totals-of-known-cells", &(okrug_place){.file = input->file}, "count",
                   okrug_text_integer(ctx, panel->missing), (char *)NULL);
    }
    OKRUG_TRY(measure(ctx, job, &of, from, smallest, &strength));
    OKRUG_TRY(okrug_clusters_core_read(ctx, job->input[INSTITUTIONS], job->input[PATENTS], job->input[COMPLEXITY], &of,
                                       &core));
    OKRUG_TRY(okrug_clusters_traded_read(ctx, &of, &traded));
    if (job->input[FLOWS] != NULL) {
        const okrug_principle_need wanted = {p->least_z, p->least_reach, CHAIN_INCOHERENCE, CHAIN_SPAN};
        OKRUG_TRY(okrug_cluster_profiles(ctx, job->input[FLOWS], &of, p->services_from, p->simulations,
                                         (uint64_t)p->seed, &wanted, &profile));
    }
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], unit, 0, &table[t]));
    }
    const findings found = {&of, &strength, &core, profile, smallest};
    OKRUG_TRY(write_cells(ctx, &found, table[CLUSTERS]));
    OKRUG_TRY(okrug_clusters_write_types(&of, &traded, profile, table[TYPES]));
    OKRUG_TRY(okrug_clusters_write_principles(&of, profile, table[PRINCIPLE_PROFILES]));
    OKRUG_TRY(okrug_clusters_write_groups(ctx, &of, &strength, table[GROUPS]));
    return okrug_clusters_write_industries(&of, &traded, table[MEMBER_INDUSTRIES]);
}

OKRUG_ANALYSIS_WITH_GRAIN(clusters, "clusters",
                          "O(regions * industries + simulations * members^3 of each size of cluster)");
