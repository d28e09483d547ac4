/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * variety: how many different industries a region lives on, among groups that have little in common and within groups
 * of related ones.
 */
#include <math.h>

#include <okrug/concentration.h>

#include "analyses/industry_groups.h"
#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_role group_roles[] = {OKRUG_INDUSTRY_GROUP_ROLES};
enum { INPUT, GROUPS };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [GROUPS] = {"groups", OKRUG_SHAPE_TIDY, false, false, group_roles, OKRUG_COUNT_OF(group_roles)},
};

#define VARIETY_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS) INTEGER(group_digits, "group-digits", 2, 1, 20, COUNT)

typedef struct {
    OKRUG_PARAMETER_FIELDS(VARIETY_PARAMETERS)
} variety_parameters;
#define OKRUG_PARAMETERS variety_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(VARIETY_PARAMETERS)};

static const okrug_grain grain[] = {{"industries", 2, OKRUG_UNIT_COUNT}, {"known-share", 0.8, OKRUG_UNIT_SHARE}};

enum { REGION, PERIOD, TOTAL, UNRELATED, RELATED, INDUSTRIES, GROUPS_THERE, MISSING };
static const okrug_output_column columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [TOTAL] = {"variety", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_i p_i log2 (1 / p_i)"},
    [UNRELATED] = {"unrelated", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_g P_g log2 (1 / P_g)"},
    [RELATED] = {"related", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_g P_g sum_(i in g) p_i / P_g log2 (P_g / p_i)"},
    [INDUSTRIES] = {"industries", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "p_i > 0"},
    [GROUPS_THERE] = {"groups", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "P_g > 0"},
    [MISSING] = {"missing", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "cells that are not known"},
};
static const okrug_output outputs[] = {{"regions", columns, OKRUG_COUNT_OF(columns)}};

static const char *const references[] = {
    "Frenken, K., Van Oort, F., Verburg, T. (2007). Related variety, unrelated variety and regional economic growth. "
    "Regional Studies 41(5).",
    "Attaran, M. (1986). Industrial diversity and economic performance in U.S. areas. Annals of Regional Science "
    "20(2).",
    NULL,
};

static okrug_status group(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel, okrug_industry_groups *out) {
    const variety_parameters *p = job->parameters;
    const okrug_table *table = job->input[GROUPS];
    okrug_place place = {.file = table != NULL ? table->file : job->input[INPUT]->file};
    OKRUG_TRY(table != NULL ? okrug_industry_groups_read(ctx, table, panel, out)
                            : okrug_industry_groups_cut(ctx, p->group_digits, panel, out));
    if (out->without > 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "industries-without-group", &place, "count",
                          okrug_text_integer(ctx, out->without), "first", out->first_without, (char *)NULL);
    }
    if (out->groups == panel->industries || out->groups == 1) {
        okrug_warn(ctx, out->groups == 1 ? "one-group" : "groups-of-one", &place, (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status write_region(okrug_ctx *ctx, const okrug_panel *panel, int64_t r,
                                 const okrug_industry_groups *groups, const okrug_variety_results *of,
                                 okrug_table *table, int64_t row) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    bool *there = OKRUG_SCRATCH_ZERO(ctx, groups->groups, bool);
    if (there == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t industries = 0, with = 0, missing = 0;
    okrug_reason why = OKRUG_ZERO_TOTAL;
    for (int64_t i = 0; i < panel->industries; i++) {
        int64_t cell = r * panel->industries + i;
        okrug_reason reason = (okrug_reason)panel->reason[cell];
        bool some = panel->value[cell] > 0.0;
        industries += some;
        with += some && !there[groups->of[i]];
        there[groups->of[i]] |= some;
        if (reason != OKRUG_PRESENT && reason != OKRUG_STRUCTURAL_ZERO) {
            missing++;
            why = reason;
        }
    }
    okrug_scratch_reset(ctx, mark);
    OKRUG_TRY(okrug_result_text(table, REGION, row, panel->region[r]));
    OKRUG_TRY(okrug_result_text(table, PERIOD, row, panel->period));
    OKRUG_TRY(okrug_set_number_or(table, TOTAL, row, of->total[r], why));
    OKRUG_TRY(okrug_set_number_or(table, UNRELATED, row, of->unrelated[r], why));
    OKRUG_TRY(okrug_set_number_or(table, RELATED, row, of->related[r], why));
    OKRUG_TRY(okrug_set_number(table, INDUSTRIES, row, (double)industries));
    OKRUG_TRY(okrug_set_number(table, GROUPS_THERE, row, (double)with));
    return okrug_set_number(table, MISSING, row, (double)missing);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const okrug_table *input = job->input[INPUT];
    okrug_place place = {.file = input->file};
    okrug_panels panels = {0};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_panels_read_values(ctx, input, &panels));
    int64_t rows = 0, row = 0, missing = 0;
    for (int64_t k = 0; k < panels.count; k++) {
        double cells = (double)(panels.panel[k].regions * panels.panel[k].industries);
        OKRUG_TRY(okrug_grain_need(ctx, &grain[0], (double)panels.panel[k].industries, &place));
        OKRUG_TRY(okrug_grain_need(ctx, &grain[1], 1.0 - (double)panels.panel[k].missing / cells, &place));
        rows += panels.panel[k].regions;
        missing += panels.panel[k].missing;
    }
    OKRUG_TRY(okrug_result_table(result, &outputs[0], OKRUG_UNIT_NONE, rows, &table));
    for (int64_t k = 0; k < panels.count; k++) {
        const okrug_panel *panel = &panels.panel[k];
        okrug_mark mark = okrug_scratch_mark(ctx);
        okrug_industry_groups groups = {0};
        okrug_variety_results of = {OKRUG_SCRATCH(ctx, panel->regions, double),
                                    OKRUG_SCRATCH(ctx, panel->regions, double),
                                    OKRUG_SCRATCH(ctx, panel->regions, double)};
        if (of.total == NULL || of.unrelated == NULL || of.related == NULL) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(group(ctx, job, panel, &groups));
        OKRUG_TRY(okrug_variety(ctx, panel->regions, panel->industries, panel->value, groups.groups, groups.of, &of));
        for (int64_t r = 0; r < panel->regions; r++) {
            OKRUG_TRY(write_region(ctx, panel, r, &groups, &of, table, row++));
        }
        okrug_scratch_reset(ctx, mark);
    }
    if (missing > 0) {
        okrug_warn(ctx, "variety-of-known-cells", &place, "count", okrug_text_integer(ctx, missing), (char *)NULL);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(variety, "variety", "O(rows + regions * industries)");
