/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * disparity: how unequal regions are in a value per head, how that changes from period to period, and which part of it
 * lies between groups of regions.
 */
#include <math.h>

#include <okrug/disparity.h>
#include <okrug/numeric.h>

#include "analyses/disparity_sample.h"
#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
    {"population", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE},
    {"group", OKRUG_TEXT, OKRUG_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};
static const okrug_role population_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE},
};
static const okrug_role group_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"group", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};
static const okrug_role total_roles[] = {
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
enum { INPUT, POPULATION, GROUPS, TOTAL };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [POPULATION] = {"population", OKRUG_SHAPE_TIDY, false, false, population_roles, OKRUG_COUNT_OF(population_roles)},
    [GROUPS] = {"groups", OKRUG_SHAPE_TIDY, false, false, group_roles, OKRUG_COUNT_OF(group_roles)},
    [TOTAL] = {"total", OKRUG_SHAPE_TIDY, false, false, total_roles, OKRUG_COUNT_OF(total_roles)},
};

enum { PER_HEAD, PER_REGION };
#define DISPARITY_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                       \
    CHOICE(per, "per", "head|region")                                                                                  \
    OKRUG_DRAW_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)

typedef struct {
    OKRUG_PARAMETER_FIELDS(DISPARITY_PARAMETERS)
} disparity_parameters;
#define OKRUG_PARAMETERS disparity_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(DISPARITY_PARAMETERS)};

enum {
    PERIOD,
    WILLIAMSON,
    THEIL,
    THEIL_BETWEEN,
    THEIL_WITHIN,
    GINI,
    HOOVER,
    MEAN,
    REGIONS,
    LEFT_OUT,
    WILLIAMSON_LO,
    WILLIAMSON_HI,
    THEIL_LO,
    THEIL_HI,
    GINI_LO,
    GINI_HI,
    HOOVER_LO,
    HOOVER_HI
};
static const okrug_output_column period_columns[] = {
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [WILLIAMSON] = {"williamson", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sqrt(sum_r p_r (y_r - mean)^2) / mean"},
    [THEIL] = {"theil", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_r s_r ln(s_r / p_r)"},
    [THEIL_BETWEEN] = {"theil_between", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_g S_g ln(S_g / P_g)"},
    [THEIL_WITHIN] = {"theil_within", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_g S_g T_g"},
    [GINI] = {"gini", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_rq p_r p_q |y_r - y_q| / (2 mean)"},
    [HOOVER] = {"hoover", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sum_r |s_r - p_r| / 2"},
    [MEAN] = {"mean", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_r p_r y_r"},
    [REGIONS] = {"regions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "with value and population"},
    [LEFT_OUT] = {"left_out", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "without one of them"},
    [WILLIAMSON_LO] = {"williamson_sensitivity_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "5th percentile over the draws"},
    [WILLIAMSON_HI] = {"williamson_sensitivity_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "95th percentile over the draws"},
    [THEIL_LO] = {"theil_sensitivity_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "5th percentile over the draws"},
    [THEIL_HI] = {"theil_sensitivity_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "95th percentile over the draws"},
    [GINI_LO] = {"gini_sensitivity_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "5th percentile over the draws"},
    [GINI_HI] = {"gini_sensitivity_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "95th percentile over the draws"},
    [HOOVER_LO] = {"hoover_sensitivity_lo", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "5th percentile over the draws"},
    [HOOVER_HI] = {"hoover_sensitivity_hi", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "95th percentile over the draws"},
};
enum { GROUP, GROUP_PERIOD, GROUP_POPULATION, GROUP_VALUE, GROUP_MEAN, GROUP_THEIL, GROUP_BETWEEN, GROUP_WITHIN };
static const okrug_output_column group_columns[] = {
    [GROUP] = {"group", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [GROUP_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [GROUP_POPULATION] = {"population_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "P_g"},
    [GROUP_VALUE] = {"value_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "S_g"},
    [GROUP_MEAN] = {"mean", OKRUG_NUMBER, OKRUG_UNIT_OWN, "mean S_g / P_g"},
    [GROUP_THEIL] = {"theil", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "T_g = sum_r s_rg ln(s_rg / p_rg), shares within g"},
    [GROUP_BETWEEN] = {"between", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "S_g ln(S_g / P_g)"},
    [GROUP_WITHIN] = {"within", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "S_g T_g"},
};
enum {
    REGION,
    REGION_PERIOD,
    REGION_GROUP,
    PER_HEAD_VALUE,
    RELATIVE,
    REGION_POPULATION,
    REGION_VALUE,
    REGION_THEIL,
    REGION_LEAST,
    REGION_MOST
};
static const okrug_output_column region_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [REGION_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [REGION_GROUP] = {"group", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PER_HEAD_VALUE] = {"per_head", OKRUG_NUMBER, OKRUG_UNIT_OWN, "y_r"},
    [RELATIVE] = {"relative", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "y_r / mean"},
    [REGION_POPULATION] = {"population_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "p_r"},
    [REGION_VALUE] = {"value_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "s_r = p_r y_r / mean"},
    [REGION_THEIL] = {"theil", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "s_r ln(s_r / p_r)"},
    [REGION_LEAST] = {"per_head_least", OKRUG_NUMBER, OKRUG_UNIT_OWN,
                      "y_r, or where it is not known 0 or what is left"},
    [REGION_MOST] = {"per_head_most", OKRUG_NUMBER, OKRUG_UNIT_OWN, "y_r, or (total - sum of the known) / P_r"},
};
static const okrug_output outputs[] = {
    {"periods", period_columns, OKRUG_COUNT_OF(period_columns)},
    {"groups", group_columns, OKRUG_COUNT_OF(group_columns)},
    {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
};

static const okrug_grain grain[] = {{"regions", 2, OKRUG_UNIT_COUNT}};

static const char *const references[] = {
    "Williamson, J. G. (1965). Regional inequality and the process of national development. Economic Development and "
    "Cultural Change 13(4).",
    "Theil, H. (1967). Economics and Information Theory. North-Holland.",
    "Hoover, E. M. (1936). The measurement of industrial localization. Review of Economics and Statistics 18(4).",
    "Gluschenko, K. (2018). Measuring regional inequality: to weight or not to weight? Spatial Economic Analysis "
    "13(1).",
    NULL,
};

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

/* Why there is nothing to measure: no region is left, for the reason of most weight, or all that are have 0. */
static okrug_reason nothing_of(const okrug_panel *panel, const okrug_disparity_sample *s) {
    okrug_reason why = OKRUG_ZERO_TOTAL;
    for (int64_t r = 0; s->left_out == panel->regions && r < panel->regions; r++) {
        okrug_reason reason = (okrug_reason)s->reason[r];
        why = reason != OKRUG_ZERO_TOTAL && why != OKRUG_SUPPRESSED ? reason : why;
    }
    return why;
}

static okrug_status write_period(const okrug_panel *panel, const okrug_disparity_sample *s,
                                 const okrug_disparity_indices *of, const okrug_disparity_range *range,
                                 okrug_table *table, int64_t row) {
    static const int low[OKRUG_DISPARITY_RANGES] = {WILLIAMSON_LO, THEIL_LO, GINI_LO, HOOVER_LO};
    static const int high[OKRUG_DISPARITY_RANGES] = {WILLIAMSON_HI, THEIL_HI, GINI_HI, HOOVER_HI};
    okrug_reason nothing = nothing_of(panel, s);
    okrug_reason no_range = range->bounded ? nothing : OKRUG_NO_BOUND;
    okrug_reason no_groups = s->group == NULL ? OKRUG_NOT_APPLICABLE : nothing;
    OKRUG_TRY(okrug_result_text(table, PERIOD, row, panel->period));
    for (int k = 0; k < OKRUG_DISPARITY_RANGES; k++) {
        double lo = range->bounded ? range->lo[k] : (double)NAN;
        OKRUG_TRY(okrug_set_number_or(table, low[k], row, lo, no_range));
        OKRUG_TRY(okrug_set_number_or(table, high[k], row, range->bounded ? range->hi[k] : (double)NAN, no_range));
    }
    OKRUG_TRY(okrug_set_number_or(table, WILLIAMSON, row, of->williamson, nothing));
    OKRUG_TRY(okrug_set_number_or(table, THEIL, row, of->theil, nothing));
    OKRUG_TRY(okrug_set_number_or(table, THEIL_BETWEEN, row, of->between, no_groups));
    OKRUG_TRY(okrug_set_number_or(table, THEIL_WITHIN, row, of->within, no_groups));
    OKRUG_TRY(okrug_set_number_or(table, GINI, row, of->gini, nothing));
    OKRUG_TRY(okrug_set_number_or(table, HOOVER, row, of->hoover, nothing));
    OKRUG_TRY(okrug_set_number_or(table, MEAN, row, of->mean, nothing));
    OKRUG_TRY(okrug_set_number(table, REGIONS, row, (double)(panel->regions - s->left_out)));
    return okrug_set_number(table, LEFT_OUT, row, (double)s->left_out);
}

/* Groups that have nobody in this period are left out. */
static okrug_status write_groups(const okrug_panel *panel, const okrug_disparity_sample *s,
                                 const okrug_disparity_indices *of, const okrug_disparity_group *group,
                                 okrug_table *table) {
    for (int32_t g = 0; s->group != NULL && g < okrug_words_count(s->groups); g++) {
        const okrug_disparity_group *one = &group[g];
        if (!(one->population_share > 0.0)) {
            continue;
        }
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, GROUP, row, okrug_words_text(s->groups, g)));
        OKRUG_TRY(okrug_result_text(table, GROUP_PERIOD, row, panel->period));
        OKRUG_TRY(okrug_set_number(table, GROUP_POPULATION, row, one->population_share));
        OKRUG_TRY(okrug_set_number(table, GROUP_VALUE, row, one->value_share));
        OKRUG_TRY(okrug_set_number(table, GROUP_MEAN, row, of->mean * one->value_share / one->population_share));
        OKRUG_TRY(okrug_set_number_or(table, GROUP_THEIL, row, one->theil, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number(table, GROUP_BETWEEN, row, one->between));
        OKRUG_TRY(okrug_set_number(table, GROUP_WITHIN, row, one->within));
    }
    return OKRUG_OK;
}

static okrug_status write_region(const okrug_panel *panel, const okrug_disparity_sample *s,
                                 const okrug_disparity_range *range, double mean, double total, int64_t r,
                                 okrug_table *table, int64_t row) {
    okrug_reason reason = (okrug_reason)s->reason[r];
    bool in = reason == OKRUG_PRESENT;
    double relative = in && mean > 0.0 ? s->y[r] / mean : (double)NAN;
    double share = in ? s->population[r] / total : (double)NAN;
    okrug_reason none = in ? OKRUG_ZERO_TOTAL : reason;
    OKRUG_TRY(okrug_result_text(table, REGION, row, panel->region[r]));
    OKRUG_TRY(okrug_result_text(table, REGION_PERIOD, row, panel->period));
    OKRUG_TRY(okrug_result_text(table, REGION_GROUP, row,
                                s->group == NULL || !in ? NULL : okrug_words_text(s->groups, (int32_t)s->group[r])));
    OKRUG_TRY(okrug_set_number_or(table, PER_HEAD_VALUE, row, in ? s->y[r] : (double)NAN, none));
    OKRUG_TRY(okrug_set_number_or(table, RELATIVE, row, relative, none));
    OKRUG_TRY(okrug_set_number_or(table, REGION_POPULATION, row, share, none));
    OKRUG_TRY(okrug_set_number_or(table, REGION_VALUE, row, share * relative, none));
    okrug_reason no_bound = s->people[r] > 0.0 ? OKRUG_NO_BOUND : reason;
    OKRUG_TRY(okrug_set_number_or(table, REGION_LEAST, row, range->least[r], no_bound));
    OKRUG_TRY(okrug_set_number_or(table, REGION_MOST, row, range->most[r], no_bound));
    double theil = relative > 0.0 ? share * relative * log(relative) : share * relative; /* 0 ln 0 = 0 */
    return okrug_set_number_or(table, REGION_THEIL, row, theil, none);
}

static okrug_status one_period(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel,
                               okrug_table *const *table, int64_t period_row, int64_t *region_row,
                               okrug_disparity_sample *s) {
    const disparity_parameters *p = job->parameters;
    okrug_disparity_tables tables = {job->input[INPUT], job->input[POPULATION], job->input[GROUPS], job->input[TOTAL],
                                     p->per == PER_REGION};
    okrug_withheld_options options = {.prior = p->prior, .draws = p->draws, .seed = p->seed};
    okrug_disparity_range range = {0};
    OKRUG_TRY(okrug_disparity_sample_read(ctx, &tables, panel, s));
    int64_t groups = s->group == NULL ? 0 : okrug_words_count(s->groups);
    okrug_disparity_group *group = OKRUG_SCRATCH(ctx, groups, okrug_disparity_group);
    if (group == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_disparity_indices indices;
    okrug_disparity_input of = {panel->regions, s->y, s->population, groups, s->group};
    OKRUG_TRY(okrug_disparity(ctx, &of, &indices, group));
    OKRUG_TRY(okrug_disparity_range_make(ctx, &tables, panel, s, &indices, options, &range));
    OKRUG_TRY(write_period(panel, s, &indices, &range, table[0], period_row));
    OKRUG_TRY(write_groups(panel, s, &indices, group, table[1]));
    double total = okrug_sum_of(s->population, panel->regions, 1);
    for (int64_t r = 0; r < panel->regions; r++) {
        OKRUG_TRY(write_region(panel, s, &range, indices.mean, total, r, table[2], (*region_row)++));
    }
    return OKRUG_OK;
}

/* What is needed together, and what may be given once only. */
static okrug_status check_inputs(okrug_ctx *ctx, const okrug_job *job) {
    const disparity_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    bool population = okrug_table_column(input, "population") != NULL;
    bool group = okrug_table_column(input, "group") != NULL;
    if ((population && job->input[POPULATION] != NULL) || (group && job->input[GROUPS] != NULL)) {
        bool people = population && job->input[POPULATION] != NULL;
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "column-and-input", &(okrug_place){.file = input->file}, "column",
                          people ? "population" : "group", "input", inputs[people ? POPULATION : GROUPS].name,
                          (char *)NULL);
    }
    if (!population && job->input[POPULATION] == NULL) {
        if (p->per == PER_REGION) {
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "needs-population", NULL, (char *)NULL);
        }
        okrug_warn(ctx, "regions-weigh-the-same", &(okrug_place){.file = input->file}, (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const disparity_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_unit unit = p->per == PER_HEAD ? okrug_table_column(input, "value")->unit : OKRUG_UNIT_NONE;
    okrug_panels panels = {0};
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    OKRUG_TRY(check_inputs(ctx, job));
    OKRUG_TRY(okrug_panels_read(ctx, input, &panels));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[0], (double)okrug_panels_most_regions(&panels),
                               &(okrug_place){.file = input->file}));
    const int64_t rows[] = {panels.count, 0, input->rows};
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], unit, rows[t], &table[t]));
    }
    int64_t region_row = 0;
    int64_t left_out = 0;
    const char *first = NULL;
    for (int64_t k = 0; k < panels.count; k++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_mark mark = okrug_scratch_mark(ctx);
        okrug_disparity_sample s = {0};
        OKRUG_TRY(one_period(ctx, job, &panels.panel[k], table, k, &region_row, &s));
        first = left_out == 0 ? s.first_left_out : first;
        left_out += s.left_out;
        okrug_scratch_reset(ctx, mark);
    }
    if (left_out > 0) {
        okrug_warn(ctx, "regions-left-out", &(okrug_place){.file = input->file}, "count",
                   okrug_text_integer(ctx, left_out), "first", first, (char *)NULL);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(disparity, "disparity", "O(rows log regions * draws)");
