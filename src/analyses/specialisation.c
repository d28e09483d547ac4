/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * specialisation: how far each region's structure is from that of all regions together, and which regions are built
 * like it.
 */
#include <math.h>

#include <okrug/concentration.h>

#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/result.h"
#include "analyses/structure.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_role reference_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
static const okrug_role region_total_roles[] = {OKRUG_REGION_TOTAL_ROLES};
static const okrug_role present_roles[] = {OKRUG_PRESENT_ROLES};
enum { INPUT, REFERENCE, REGION_TOTAL, PRESENT };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [REFERENCE] = {"reference", OKRUG_SHAPE_TIDY, false, false, reference_roles, OKRUG_COUNT_OF(reference_roles)},
    [REGION_TOTAL] = {"region-total", OKRUG_SHAPE_TIDY, false, false, region_total_roles,
                      OKRUG_COUNT_OF(region_total_roles)},
    [PRESENT] = {"present", OKRUG_SHAPE_TIDY, false, false, present_roles, OKRUG_COUNT_OF(present_roles)},
};

#define SPECIALISATION_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                  \
    CHOICE(compare, "compare", "total|others")                                                                         \
    INTEGER(nearest, "nearest", 5, 0, 1000, COUNT)                                                                     \
    OKRUG_WITHHELD_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)

typedef struct {
    OKRUG_PARAMETER_FIELDS(SPECIALISATION_PARAMETERS)
} specialisation_parameters;
#define OKRUG_PARAMETERS specialisation_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(SPECIALISATION_PARAMETERS)};

enum {
    REGION,
    PERIOD,
    HERFINDAHL,
    KRUGMAN,
    GINI,
    THEIL,
    INDUSTRIES,
    HERFINDAHL_LO,
    HERFINDAHL_HI,
    KRUGMAN_LO,
    KRUGMAN_HI,
    GINI_LO,
    GINI_HI,
    THEIL_LO,
    THEIL_HI
};
static const okrug_output_column region_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [HERFINDAHL] = {"herfindahl", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_i s_ri^2"},
    [KRUGMAN] = {"krugman", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_i |s_ri - p_i|"},
    [GINI] = {"gini", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "2 / (n^2 mean R) sum_k k (R_k - mean R), R = s / p ascending"},
    [THEIL] = {"theil", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_i s_ri ln(s_ri / p_i)"},
    [INDUSTRIES] = {"industries", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "E_ri > 0"},
    [HERFINDAHL_LO] = {"herfindahl_sensitivity_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "5th percentile over the draws"},
    [HERFINDAHL_HI] = {"herfindahl_sensitivity_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "95th percentile over the draws"},
    [KRUGMAN_LO] = {"krugman_sensitivity_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "5th percentile over the draws"},
    [KRUGMAN_HI] = {"krugman_sensitivity_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "95th percentile over the draws"},
    [GINI_LO] = {"gini_sensitivity_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "5th percentile over the draws"},
    [GINI_HI] = {"gini_sensitivity_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "95th percentile over the draws"},
    [THEIL_LO] = {"theil_sensitivity_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "5th percentile over the draws"},
    [THEIL_HI] = {"theil_sensitivity_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "95th percentile over the draws"},
};
enum { NEAREST_REGION, NEAREST_PERIOD, RANK, OTHER, DISTANCE };
static const okrug_output_column nearest_columns[] = {
    [NEAREST_REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [NEAREST_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [RANK] = {"rank", OKRUG_NUMBER, OKRUG_UNIT_RANK, NULL},
    [OTHER] = {"other", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [DISTANCE] = {"distance", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_i |s_ri - s_qi|"},
};
static const okrug_output outputs[] = {
    {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
    {"nearest", nearest_columns, OKRUG_COUNT_OF(nearest_columns)},
};

static const okrug_grain grain[] = {{"industries-without-reference", 2, OKRUG_UNIT_COUNT}};

static const char *const references[] = {
    "Krugman, P. (1991). Geography and Trade. MIT Press.",
    "Theil, H. (1967). Economics and Information Theory. North-Holland.",
    "Farhauer, O., Kröll, A. (2014). Standorttheorien. Springer Gabler.",
    NULL,
};

/* ---- Rows ---- */

/* Ranges over the draws of one period; NULL: nothing is withheld, or nothing bounds it. */
typedef struct {
    bool bounded;
    double *lo, *hi; /* indices x regions */
} ranges;

static okrug_status write_region(const okrug_panel *panel, int64_t r, okrug_structure *with, const ranges *range,
                                 okrug_table *table, int64_t row) {
    static const int columns[OKRUG_STRUCTURE_INDICES] = {HERFINDAHL, KRUGMAN, GINI, THEIL};
    static const int low[OKRUG_STRUCTURE_INDICES] = {HERFINDAHL_LO, KRUGMAN_LO, GINI_LO, THEIL_LO};
    static const int high[OKRUG_STRUCTURE_INDICES] = {HERFINDAHL_HI, KRUGMAN_HI, GINI_HI, THEIL_HI};
    double index[OKRUG_STRUCTURE_INDICES];
    int64_t there = 0;
    okrug_reason why = OKRUG_ZERO_TOTAL; /* nothing is there, or else nothing is known to be */
    okrug_structure_indices(with, panel, r, index);
    for (int64_t i = 0; i < panel->industries; i++) {
        int64_t cell = r * panel->industries + i;
        there += panel->value[cell] > 0.0;
        why = okrug_panel_knows(panel, cell) ? why : (okrug_reason)panel->reason[cell];
    }
    okrug_reason none = there == 0 ? why : OKRUG_UNDEFINED;
    OKRUG_TRY(okrug_result_text(table, REGION, row, panel->region[r]));
    OKRUG_TRY(okrug_result_text(table, PERIOD, row, panel->period));
    for (int k = 0; k < OKRUG_STRUCTURE_INDICES; k++) {
        double lo = range->lo != NULL ? range->lo[k * panel->regions + r] : range->bounded ? index[k] : (double)NAN;
        double hi = range->lo != NULL ? range->hi[k * panel->regions + r] : range->bounded ? index[k] : (double)NAN;
        okrug_reason no_range = !range->bounded ? OKRUG_NO_BOUND : there == 0 ? OKRUG_ZERO_TOTAL : OKRUG_UNDEFINED;
        OKRUG_TRY(okrug_set_number_or(table, columns[k], row, index[k], none));
        OKRUG_TRY(okrug_set_number_or(table, low[k], row, lo, no_range));
        OKRUG_TRY(okrug_set_number_or(table, high[k], row, hi, no_range));
    }
    return okrug_set_number(table, INDUSTRIES, row, (double)there);
}

static okrug_status range_indices(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel, ranges *range) {
    const specialisation_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_unit unit = okrug_table_column(input, "value")->unit;
    okrug_region_totals totals = {0};
    okrug_filling filling = {0};
    if (job->input[REGION_TOTAL] != NULL) {
        OKRUG_TRY(okrug_region_totals_read(ctx, job->input[REGION_TOTAL], panel, &totals));
        okrug_region_totals_warn(ctx, input->file, &totals);
    }
    OKRUG_TRY(okrug_filling_make(ctx, panel, &totals, job->input[PRESENT], unit, OKRUG_WITHHELD_OPTIONS(p), input->file,
                                 &filling));
    *range = (ranges){.bounded = filling.bounded};
    if (filling.x == NULL) {
        return OKRUG_OK;
    }
    range->lo = OKRUG_SCRATCH(ctx, OKRUG_STRUCTURE_INDICES * panel->regions, double);
    range->hi = OKRUG_SCRATCH(ctx, OKRUG_STRUCTURE_INDICES * panel->regions, double);
    return range->lo == NULL || range->hi == NULL
               ? OKRUG_NO_MEMORY
               : okrug_structure_ranges(ctx, p->compare, job->input[REFERENCE], panel, &filling, range->lo, range->hi);
}

static okrug_status write_nearest(okrug_ctx *ctx, const okrug_panel *panel, int64_t k, okrug_table *table) {
    int64_t *neighbour = OKRUG_SCRATCH(ctx, panel->regions * k, int64_t);
    double *distance = OKRUG_SCRATCH(ctx, panel->regions * k, double);
    if (neighbour == NULL || distance == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_krugman_nearest(ctx, panel->regions, panel->industries, panel->value, k, neighbour, distance));
    for (int64_t i = 0; i < panel->regions * k; i++) {
        if (neighbour[i] < 0) {
            continue;
        }
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, NEAREST_REGION, row, panel->region[i / k]));
        OKRUG_TRY(okrug_result_text(table, NEAREST_PERIOD, row, panel->period));
        OKRUG_TRY(okrug_set_number(table, RANK, row, (double)(i % k + 1)));
        OKRUG_TRY(okrug_result_text(table, OTHER, row, panel->region[neighbour[i]]));
        OKRUG_TRY(okrug_set_number(table, DISTANCE, row, distance[i]));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const specialisation_parameters *p = job->parameters;
    okrug_panels panels = {0};
    OKRUG_TRY(okrug_panels_read(ctx, job->input[INPUT], &panels));
    if (job->input[REFERENCE] == NULL) {
        OKRUG_TRY(okrug_grain_need(ctx, &grain[0], (double)okrug_panels_most_industries(&panels),
                                   &(okrug_place){.file = job->input[INPUT]->file}));
    }
    int64_t rows = 0;
    int64_t missing = 0;
    for (int64_t k = 0; k < panels.count; k++) {
        rows += panels.panel[k].regions;
        missing += panels.panel[k].missing;
    }
    okrug_table *regions = NULL;
    okrug_table *nearest = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[0], OKRUG_UNIT_NONE, rows, &regions));
    OKRUG_TRY(okrug_result_table(result, &outputs[1], OKRUG_UNIT_NONE, 0, &nearest));
    int64_t row = 0;
    for (int64_t k = 0; k < panels.count; k++) {
        const okrug_panel *panel = &panels.panel[k];
        okrug_mark mark = okrug_scratch_mark(ctx);
        okrug_structure with = {0};
        ranges range = {0};
        OKRUG_TRY(okrug_structure_read(ctx, p->compare, job->input[REFERENCE], panel, &with));
        OKRUG_TRY(range_indices(ctx, job, panel, &range));
        for (int64_t r = 0; r < panel->regions; r++) {
            OKRUG_TRY(okrug_check_cancel(ctx));
            OKRUG_TRY(write_region(panel, r, &with, &range, regions, row++));
        }
        OKRUG_TRY(write_nearest(ctx, panel, p->nearest, nearest));
        okrug_scratch_reset(ctx, mark);
    }
    if (p->compare == OKRUG_COMPARE_OTHERS && job->input[REFERENCE] != NULL) {
        okrug_warn(ctx, "reference-unused", NULL, (char *)NULL);
    }
    if (job->input[REFERENCE] == NULL) {
        okrug_panels_warn_alone(ctx, &panels, job->input[INPUT]);
    }
    if (missing > 0) {
        okrug_warn(ctx, "shares-of-known-cells", &(okrug_place){.file = job->input[INPUT]->file}, "count",
                   okrug_text_integer(ctx, missing), (char *)NULL);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(specialisation, "specialisation", "O(regions^2 * industries + regions * industries * draws)");
