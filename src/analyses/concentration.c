/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * concentration: how far each industry's distribution over the regions is from that of everything.
 */
#include <math.h>

#include <okrug/concentration.h>
#include <okrug/numeric.h>

#include "analyses/distribution.h"
#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/plant_indices.h"
#include "analyses/result.h"
#include "analyses/theil_groups.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_role by_region_roles[] = {OKRUG_BY_REGION_ROLES};
static const okrug_role plant_roles[] = {OKRUG_PLANT_ROLES};
static const okrug_role size_class_roles[] = {OKRUG_SIZE_CLASS_ROLES};
static const okrug_role group_roles[] = {OKRUG_REGION_GROUP_ROLES};
enum { INPUT, REFERENCE, REGION_TOTAL, PLANTS, SIZE_CLASSES, GROUPS };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [REFERENCE] = {"reference", OKRUG_SHAPE_TIDY, false, false, by_region_roles, OKRUG_COUNT_OF(by_region_roles)},
    [REGION_TOTAL] = {"region-total", OKRUG_SHAPE_TIDY, false, false, by_region_roles, OKRUG_COUNT_OF(by_region_roles)},
    [PLANTS] = {"plants", OKRUG_SHAPE_TIDY, false, false, plant_roles, OKRUG_COUNT_OF(plant_roles)},
    [SIZE_CLASSES] = {"size-classes", OKRUG_SHAPE_TIDY, false, false, size_class_roles,
                      OKRUG_COUNT_OF(size_class_roles)},
    [GROUPS] = {"groups", OKRUG_SHAPE_TIDY, false, false, group_roles, OKRUG_COUNT_OF(group_roles)},
};

enum { AGAINST_TOTAL, AGAINST_EQUAL };
#define CONCENTRATION_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS) CHOICE(against, "against", "total|equal")

typedef struct {
    OKRUG_PARAMETER_FIELDS(CONCENTRATION_PARAMETERS)
} concentration_parameters;
#define OKRUG_PARAMETERS concentration_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(CONCENTRATION_PARAMETERS)};

enum { INDUSTRY, PERIOD, GINI, HOOVER, THEIL, HERFINDAHL, ELLISON_GLAESER, MAUREL_SEDILLOT, VALUE, REGIONS, MISSING };
static const okrug_output_column columns[] = {
    [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [GINI] = {"gini", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "2 / (n^2 mean R) sum_k k (R_k - mean R), R = s / p ascending"},
    [HOOVER] = {"hoover", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sum_r |s_ri - p_r| / 2"},
    [THEIL] = {"theil", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_r s_ri ln(s_ri / p_r)"},
    [HERFINDAHL] = {"herfindahl", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_r s_ri^2"},
    [ELLISON_GLAESER] = {"ellison_glaeser", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
                         "(sum_r (s_ri - x_r)^2 / (1 - sum_r x_r^2) - H_i) / (1 - H_i), H_i = sum_k z_k^2 over plants"},
    [MAUREL_SEDILLOT] = {"maurel_sedillot", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
                         "((sum_r s_ri^2 - sum_r x_r^2) / (1 - sum_r x_r^2) - H_i) / (1 - H_i)"},
    [VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "e_i = sum_r E_ri"},
    [REGIONS] = {"regions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "E_ri > 0"},
    [MISSING] = {"missing", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "cells that are not known"},
};
static const okrug_output_column plants_columns[] = {OKRUG_PLANT_COLUMNS};
static const okrug_output_column theil_columns[] = {OKRUG_THEIL_GROUP_COLUMNS};
enum { INDUSTRIES, OF_PLANTS, BY_GROUPS, OUTPUTS };
static const okrug_output outputs[] = {
    [INDUSTRIES] = {"industries", columns, OKRUG_COUNT_OF(columns)},
    [OF_PLANTS] = {"plants", plants_columns, OKRUG_COUNT_OF(plants_columns)},
    [BY_GROUPS] = {"theil", theil_columns, OKRUG_COUNT_OF(theil_columns)},
};

static const okrug_grain grain[] = {{"regions", 2, OKRUG_UNIT_COUNT}};

static const char *const references[] = {
    "Hoover, E. M. (1936). The measurement of industrial localization. Review of Economics and Statistics 18(4).",
    "Theil, H. (1967). Economics and Information Theory. North-Holland.",
    "Ellison, G., Glaeser, E. L. (1997). Geographic concentration in U.S. manufacturing industries: a dartboard "
    "approach. Journal of Political Economy 105(5).",
    "Maurel, F., Sédillot, B. (1999). A measure of the geographic concentration in French manufacturing industries. "
    "Regional Science and Urban Economics 29(5).",
    "Schmalensee, R. (1977). Using the H-index of concentration with published data. Review of Economics and "
    "Statistics 59(2).",
    "Farhauer, O., Kröll, A. (2014). Standorttheorien. Springer Gabler.",
    NULL,
};

static okrug_status distribute(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel,
                               okrug_distribution *out) {
    const concentration_parameters *p = job->parameters;
    if (p->against == AGAINST_TOTAL) {
        return okrug_distribution_read(ctx, job->input[REFERENCE], job->input[REGION_TOTAL], panel, out);
    }
    double *equal = OKRUG_SCRATCH(ctx, panel->regions, double);
    if (equal == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < panel->regions; r++) {
        equal[r] = 1.0;
    }
    *out = (okrug_distribution){panel->regions, panel->value, equal, panel->region};
    return OKRUG_OK;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static okrug_status write_industry(const okrug_panel *panel, int64_t i, const okrug_concentration_results *results,
                                   const okrug_plant_indices *p, okrug_table *table, okrug_table *of_plants,
                                   int64_t row) {
    int64_t there = 0;
    int64_t missing = 0;
    okrug_reason why = OKRUG_ZERO_TOTAL;
    for (int64_t r = 0; r < panel->regions; r++) {
        int64_t cell = r * panel->industries + i;
        okrug_reason reason = (okrug_reason)panel->reason[cell];
        there += panel->value[cell] > 0.0;
        if (reason != OKRUG_PRESENT && reason != OKRUG_STRUCTURAL_ZERO) {
            missing++;
            why = reason;
        }
    }
    /* Nothing known is not nothing there. */
    okrug_reason none = there == 0 ? why : OKRUG_UNDEFINED;
    double value = okrug_sum_of(panel->value + i, panel->regions, panel->industries);
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, panel->industry[i]));
    OKRUG_TRY(okrug_result_text(table, PERIOD, row, panel->period));
    OKRUG_TRY(okrug_set_number_or(table, GINI, row, results->gini[i], none));
    OKRUG_TRY(okrug_set_number_or(table, HOOVER, row, results->hoover[i], none));
    OKRUG_TRY(okrug_set_number_or(table, THEIL, row, results->theil[i], none));
    OKRUG_TRY(okrug_set_number_or(table, HERFINDAHL, row, results->herfindahl[i], none));
    double h = p->structure.sizes.herfindahl[i];
    double gamma = p->given ? okrug_beyond_plants(p->of.raw[i], p->scale, h) : (double)NAN;
    double other = p->given ? okrug_beyond_plants(p->of.excess[i], p->scale, h) : (double)NAN;
    okrug_reason no_gamma = okrug_no_plant_index(p, i, none);
    OKRUG_TRY(okrug_set_number_or(table, ELLISON_GLAESER, row, gamma, no_gamma));
    OKRUG_TRY(okrug_set_number_or(table, MAUREL_SEDILLOT, row, other, no_gamma));
    if (p->given) {
        OKRUG_TRY(okrug_plant_indices_write(panel, i, p, none, of_plants, row));
    }
    OKRUG_TRY(okrug_set_number_or(table, VALUE, row, there == 0 && missing > 0 ? (double)NAN : value, why));
    OKRUG_TRY(okrug_set_number(table, REGIONS, row, (double)there));
    return okrug_set_number(table, MISSING, row, (double)missing);
}

static okrug_status write_period(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel,
                                 okrug_table *const table[OUTPUTS], int64_t *row, int64_t *most_regions) {
    okrug_distribution over = {0};
    okrug_plant_indices p = {0};
    OKRUG_TRY(distribute(ctx, job, panel, &over));
    *most_regions = over.regions > *most_regions ? over.regions : *most_regions;
    OKRUG_TRY(okrug_plant_indices_read(ctx, job->input[PLANTS], job->input[SIZE_CLASSES], panel, &over, &p));
    double *numbers = OKRUG_SCRATCH(ctx, 4 * panel->industries, double);
    if (numbers == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_concentration_results results = {numbers, numbers + panel->industries, numbers + 2 * panel->industries,
                                           numbers + 3 * panel->industries};
    OKRUG_TRY(okrug_industry_concentration(ctx, over.regions, panel->industries, over.value, over.reference, &results));
    for (int64_t i = 0; i < panel->industries; i++) {
        OKRUG_TRY(write_industry(panel, i, &results, &p, table[INDUSTRIES], table[OF_PLANTS], (*row)++));
    }
    return job->input[GROUPS] == NULL
               ? OKRUG_OK
               : okrug_theil_groups_write(ctx, job->input[GROUPS], panel, &over, results.theil, table[BY_GROUPS]);
}

static void warn(okrug_ctx *ctx, const okrug_job *job, const okrug_panels *panels) {
    const concentration_parameters *p = job->parameters;
    okrug_place place = {.file = job->input[INPUT]->file};
    int64_t missing = 0;
    for (int64_t k = 0; k < panels->count; k++) {
        missing += panels->panel[k].missing;
    }
    if (missing > 0) {
        okrug_warn(ctx, "concentration-of-known-cells", &place, "count", okrug_text_integer(ctx, missing),
                   (char *)NULL);
    }
    for (int i = REFERENCE; i <= REGION_TOTAL; i++) {
        bool used = p->against == AGAINST_TOTAL && (i == REFERENCE || job->input[REFERENCE] == NULL);
        if (job->input[i] != NULL && !used) {
            okrug_warn(ctx, "input-unused", NULL, "input", inputs[i].name, "because",
                       p->against == AGAINST_EQUAL ? "--against equal" : "--reference", (char *)NULL);
        }
    }
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    okrug_panels panels = {0};
    okrug_table *table[OUTPUTS] = {NULL};
    bool of_plants = job->input[PLANTS] != NULL || job->input[SIZE_CLASSES] != NULL;
    OKRUG_TRY(okrug_result_makes(ctx, result, &outputs[OF_PLANTS], of_plants));
    OKRUG_TRY(okrug_result_makes(ctx, result, &outputs[BY_GROUPS], job->input[GROUPS] != NULL));
    OKRUG_TRY(okrug_panels_read_values(ctx, job->input[INPUT], &panels));
    int64_t rows = 0;
    for (int64_t k = 0; k < panels.count; k++) {
        rows += panels.panel[k].industries;
    }
    okrug_unit unit = okrug_table_column(job->input[INPUT], "value")->unit;
    OKRUG_TRY(okrug_result_table(result, &outputs[INDUSTRIES], unit, rows, &table[INDUSTRIES]));
    if (of_plants) {
        OKRUG_TRY(okrug_result_table(result, &outputs[OF_PLANTS], unit, rows, &table[OF_PLANTS]));
    }
    if (job->input[GROUPS] != NULL) {
        OKRUG_TRY(okrug_result_table(result, &outputs[BY_GROUPS], unit, 0, &table[BY_GROUPS]));
    }
    int64_t row = 0;
    int64_t most_regions = 0; /* those that only the reference has counted too */
    for (int64_t k = 0; k < panels.count; k++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        OKRUG_TRY(write_period(ctx, job, &panels.panel[k], table, &row, &most_regions));
        okrug_scratch_reset(ctx, mark);
    }
    OKRUG_TRY(okrug_grain_need(ctx, &grain[0], (double)most_regions, &(okrug_place){.file = job->input[INPUT]->file}));
    warn(ctx, job, &panels);
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(concentration, "concentration", "O(industries * regions log regions)");
