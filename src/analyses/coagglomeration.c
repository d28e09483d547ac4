/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * coagglomeration: which industries depart from the distribution of everything in the same regions.
 */
#include <okrug/plants.h>

#include "analyses/distribution.h"
#include "analyses/industry_groups.h"
#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_role by_region_roles[] = {OKRUG_BY_REGION_ROLES};
static const okrug_role group_roles[] = {OKRUG_INDUSTRY_GROUP_ROLES};
enum { INPUT, REFERENCE, REGION_TOTAL, GROUPS };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [REFERENCE] = {"reference", OKRUG_SHAPE_TIDY, false, false, by_region_roles, OKRUG_COUNT_OF(by_region_roles)},
    [REGION_TOTAL] = {"region-total", OKRUG_SHAPE_TIDY, false, false, by_region_roles, OKRUG_COUNT_OF(by_region_roles)},
    [GROUPS] = {"groups", OKRUG_SHAPE_TIDY, false, false, group_roles, OKRUG_COUNT_OF(group_roles)},
};

#define COAGGLOMERATION_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                 \
    INTEGER(group_digits, "group-digits", 2, 1, 20, COUNT)

typedef struct {
    OKRUG_PARAMETER_FIELDS(COAGGLOMERATION_PARAMETERS)
} coagglomeration_parameters;
#define OKRUG_PARAMETERS coagglomeration_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(COAGGLOMERATION_PARAMETERS)};

/* In two regions what one industry has above its share in the one it lacks in the other: every pair is fully alike or
 * fully opposed. Where much is withheld, industries look alike for being withheld in the same regions. */
enum { GRAIN_REGIONS, GRAIN_INDUSTRIES, GRAIN_KNOWN };
static const okrug_grain grain[] = {
    [GRAIN_REGIONS] = {"regions", 3, OKRUG_UNIT_COUNT},
    [GRAIN_INDUSTRIES] = {"industries", 2, OKRUG_UNIT_COUNT},
    [GRAIN_KNOWN] = {"known-share", 0.8, OKRUG_UNIT_SHARE},
};

enum { INDUSTRY_A, INDUSTRY_B, COEFFICIENT, PERIOD };
static const okrug_output_column pair_columns[] = {
    [INDUSTRY_A] = {"industry_a", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [INDUSTRY_B] = {"industry_b", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [COEFFICIENT] = {"coefficient", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
                     "sum_r (s_ra - x_r) (s_rb - x_r) / (1 - sum_r x_r^2)"},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum { GROUP, GROUP_PERIOD, GROUP_COEFFICIENT, GROUP_INDUSTRIES };
static const okrug_output_column group_columns[] = {
    [GROUP] = {"group", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [GROUP_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [GROUP_COEFFICIENT] = {"coefficient", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
                           "(G / (1 - X_2) - sum w^2 H - sum gamma w^2 (1 - H)) / (1 - sum w^2)"},
    [GROUP_INDUSTRIES] = {"industries", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "industries of the group"},
};
static const okrug_output outputs[] = {
    {"pairs", pair_columns, OKRUG_COUNT_OF(pair_columns)},
    {"groups", group_columns, OKRUG_COUNT_OF(group_columns)},
};

static const char *const references[] = {
    "Ellison, G., Glaeser, E. L., Kerr, W. R. (2010). What causes industry agglomeration? Evidence from "
    "coagglomeration patterns. American Economic Review 100(3).",
    "Ellison, G., Glaeser, E. L. (1997). Geographic concentration in U.S. manufacturing industries: a dartboard "
    "approach. Journal of Political Economy 105(5).",
    NULL,
};

static okrug_status write_pairs(okrug_ctx *ctx, const okrug_panel *panel, const double *coefficient, const bool *there,
                                okrug_table *table) {
    int64_t n = panel->industries;
    OKRUG_TRY(okrug_table_reserve(table, table->rows + n * (n - 1) / 2));
    for (int64_t a = 0; a < n; a++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        for (int64_t b = a + 1; b < n; b++) {
            int64_t row = okrug_table_add_row(table, 0);
            if (row < 0) {
                return OKRUG_NO_MEMORY;
            }
            okrug_reason none = there[a] && there[b] ? OKRUG_CONSTANT : OKRUG_ZERO_TOTAL;
            OKRUG_TRY(okrug_result_text(table, INDUSTRY_A, row, panel->industry[a]));
            OKRUG_TRY(okrug_result_text(table, INDUSTRY_B, row, panel->industry[b]));
            OKRUG_TRY(okrug_set_number_or(table, COEFFICIENT, row, coefficient[a * n + b], none));
            OKRUG_TRY(okrug_result_text(table, PERIOD, row, panel->period));
        }
    }
    return OKRUG_OK;
}

static okrug_status write_groups(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel,
                                 const okrug_distribution *over, okrug_table *table) {
    const coagglomeration_parameters *p = job->parameters;
    const okrug_table *given = job->input[GROUPS];
    okrug_industry_groups groups = {0};
    OKRUG_TRY(given != NULL ? okrug_industry_groups_read(ctx, given, panel, &groups)
                            : okrug_industry_groups_cut(ctx, p->group_digits, panel, &groups));
    double *coefficient = OKRUG_SCRATCH(ctx, groups.groups, double);
    if (coefficient == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_group_coagglomeration(ctx, over->regions, panel->industries, over->value, over->reference,
                                          groups.groups, groups.of, coefficient));
    for (int64_t g = 0; g < groups.groups; g++) {
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        okrug_reason none = groups.members[g] < 2 ? OKRUG_NOT_APPLICABLE : OKRUG_ZERO_TOTAL;
        OKRUG_TRY(okrug_result_text(table, GROUP, row, groups.name[g]));
        OKRUG_TRY(okrug_result_text(table, GROUP_PERIOD, row, panel->period));
        OKRUG_TRY(okrug_set_number_or(table, GROUP_COEFFICIENT, row, coefficient[g], none));
        OKRUG_TRY(okrug_set_number(table, GROUP_INDUSTRIES, row, (double)groups.members[g]));
    }
    if (groups.without > 0) {
        okrug_warn(ctx, "industries-of-no-group", &(okrug_place){.file = given->file}, "count",
                   okrug_text_integer(ctx, groups.without), "first", groups.first_without, (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status write_period(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel, okrug_table *pairs,
                                 okrug_table *groups) {
    okrug_distribution over = {0};
    okrug_place place = {.file = job->input[INPUT]->file};
    OKRUG_TRY(okrug_distribution_read(ctx, job->input[REFERENCE], job->input[REGION_TOTAL], panel, &over));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_REGIONS], (double)over.regions, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_INDUSTRIES], (double)panel->industries, &place));
    double cells = (double)(panel->regions * panel->industries);
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_KNOWN], 1.0 - (double)panel->missing / cells, &place));
    double *coefficient = OKRUG_SCRATCH(ctx, panel->industries * panel->industries, double);
    bool *there = OKRUG_SCRATCH_ZERO(ctx, panel->industries, bool);
    if (coefficient == NULL || there == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t c = 0; c < panel->regions * panel->industries; c++) {
        there[c % panel->industries] |= panel->value[c] > 0.0;
    }
    OKRUG_TRY(okrug_coagglomeration(ctx, over.regions, panel->industries, over.value, over.reference, coefficient));
    OKRUG_TRY(write_pairs(ctx, panel, coefficient, there, pairs));
    return write_groups(ctx, job, panel, &over, groups);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    okrug_panels panels = {0};
    okrug_table *pairs = NULL;
    okrug_table *groups = NULL;
    int64_t missing = 0;
    OKRUG_TRY(okrug_panels_read_values(ctx, job->input[INPUT], &panels));
    OKRUG_TRY(okrug_result_table(result, &outputs[0], OKRUG_UNIT_NONE, 0, &pairs));
    OKRUG_TRY(okrug_result_table(result, &outputs[1], OKRUG_UNIT_NONE, 0, &groups));
    for (int64_t k = 0; k < panels.count; k++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        OKRUG_TRY(write_period(ctx, job, &panels.panel[k], pairs, groups));
        missing += panels.panel[k].missing;
        okrug_scratch_reset(ctx, mark);
    }
    if (missing > 0) {
        okrug_warn(ctx, "coagglomeration-of-known-cells", &(okrug_place){.file = job->input[INPUT]->file}, "count",
                   okrug_text_integer(ctx, missing), (char *)NULL);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(coagglomeration, "coagglomeration", "O(industries^2 * regions)");
