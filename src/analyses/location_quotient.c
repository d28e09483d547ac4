/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * location-quotient: how many times an industry's share in a region is its share in the reference, with the interval
 * that counting alone allows and the standing among the regions.
 */
#include <math.h>
#include <string.h>

#include <okrug/concentration.h>
#include <okrug/numeric.h>

#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/quotient_columns.h"
#include "analyses/result.h"
#include "analyses/withheld.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_PERSON)};
static const okrug_role reference_roles[] = {OKRUG_REFERENCE_ROLES};
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

enum { Z_LQ, Z_LOG };
#define LOCATION_QUOTIENT_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                               \
    REAL(level, "level", 0.95, 0.5, 0.9999, SHARE)                                                                     \
    REAL(small, "small", 10, 0, 1e9, COUNT)                                                                            \
    CHOICE(z, "z", "lq|log-lq")                                                                                        \
    INTEGER(bootstrap, "bootstrap", 0, 0, 100000, COUNT)                                                               \
    REAL(percentile, "percentile", 0.95, 0.5, 0.999, SHARE)                                                            \
    OKRUG_WITHHELD_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)

typedef struct {
    OKRUG_PARAMETER_FIELDS(LOCATION_QUOTIENT_PARAMETERS)
} location_quotient_parameters;
#define OKRUG_PARAMETERS location_quotient_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(LOCATION_QUOTIENT_PARAMETERS)};

static const okrug_output_column quotient_columns[] = {
    [OKRUG_LQ_REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [OKRUG_LQ_INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [OKRUG_LQ_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [OKRUG_LQ_VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri"},
    [OKRUG_LQ_LQ] = {"lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(E_ri / e_r) / (e_i / e)"},
    [OKRUG_LQ_LO] = {"lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "lq * exp(-z * sqrt(1/E_ri - 1/e_r + 1/e_i - 1/e))"},
    [OKRUG_LQ_HI] = {"hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "lq * exp(+z * sqrt(1/E_ri - 1/e_r + 1/e_i - 1/e))"},
    [OKRUG_LQ_Z] = {"z", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "(lq - mean_r lq) / sd_r lq"},
    [OKRUG_LQ_FLAG] = {"flag", OKRUG_TEXT, OKRUG_UNIT_NONE, "E_ri < small"},
    [OKRUG_LQ_LEAST] = {"lq_least", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "min LQ over all fillings of withheld cells"},
    [OKRUG_LQ_MOST] = {"lq_most", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "max LQ over all fillings of withheld cells"},
    [OKRUG_LQ_VALUE_LEAST] = {"value_least", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri, or where it is withheld its floor"},
    [OKRUG_LQ_VALUE_MOST] = {"value_most", OKRUG_NUMBER, OKRUG_UNIT_OWN,
                             "E_ri, or where it is withheld e_r - sum of the region's known cells and other floors"},
    [OKRUG_LQ_SENSITIVITY_LO] = {"sensitivity_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                                 "5th percentile of LQ over the draws"},
    [OKRUG_LQ_SENSITIVITY_HI] = {"sensitivity_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                                 "95th percentile of LQ over the draws"},
    [OKRUG_LQ_STABLE] = {"stable", OKRUG_TEXT, OKRUG_UNIT_NONE, "whether LQ > 1 hangs on withheld cells"},
    [OKRUG_LQ_STANDS_OUT] = {"stands_out", OKRUG_TEXT, OKRUG_UNIT_NONE, "lq >= that of the threshold"},
};
enum { OF_INDUSTRY, OF_PERIOD, THRESHOLD, THRESHOLD_LO, THRESHOLD_HI, THRESHOLD_LQ, WITH, ZEROS, ABOVE };
static const okrug_output_column threshold_columns[] = {
    [OF_INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [OF_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [THRESHOLD] = {"threshold", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
                   "mean over resamples of regions of the percentile of (ln lq - mean) / sd"},
    [THRESHOLD_LO] = {"lo", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "2.5th percentile over resamples"},
    [THRESHOLD_HI] = {"hi", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "97.5th percentile over resamples"},
    [THRESHOLD_LQ] = {"lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "exp(mean + sd * threshold)"},
    [WITH] = {"regions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "lq > 0"},
    [ZEROS] = {"zeros", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "lq = 0: left out"},
    [ABOVE] = {"above", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "lq >= that of the threshold"},
};
static const okrug_output outputs[] = {
    {"quotients", quotient_columns, OKRUG_COUNT_OF(quotient_columns)},
    {"threshold", threshold_columns, OKRUG_COUNT_OF(threshold_columns)},
};

static const okrug_grain grain[] = {OKRUG_QUOTIENT_GRAIN};

static const char *const references[] = {
    "Farhauer, O., Kröll, A. (2014). Standorttheorien. Springer Gabler.",
    "Moineddin, R., Beyene, J., Boyle, E. (2003). On the location quotient confidence interval. Geographical Analysis "
    "35(3).",
    "O'Donoghue, D., Gleave, B. (2004). A note on methods for measuring industrial agglomeration. Regional Studies "
    "38(4).",
    "Tian, Z. (2013). Measuring agglomeration using the standardized location quotient with a bootstrap method. "
    "Journal "
    "of Regional Analysis and Policy 43(2).",
    NULL,
};

enum { LEAST_RESAMPLES = 1000 }; /* fewer leave the second digit of a threshold open */

/* What is asked for beside the quotients. */
typedef struct {
    bool intervals, z, ranges;
    bool thresholds; /* by --bootstrap */
    bool bounds;     /* something is given that may bound what is withheld */
} needs;

/* The quotients of one period: matrices, NULL where nobody needs them. */
typedef struct {
    double *lq, *lo, *hi, *z;
    okrug_filling filling;
    okrug_quotient_range range;
    okrug_lq_thresholds threshold; /* industries; all NULL without --bootstrap */
} quotients;

/* ---- Matrices ---- */

/* Counts for the interval: the same totals in single things. */
static okrug_status intervals(okrug_ctx *ctx, const okrug_panel *panel, const okrug_comparison *with, double factor,
                              double z, quotients *q) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t cells = panel->regions * panel->industries;
    double *value = OKRUG_SCRATCH(ctx, cells, double);
    double *region = with->totals.value == NULL ? NULL : OKRUG_SCRATCH(ctx, panel->regions, double);
    double *industry = with->industry_total == NULL ? NULL : OKRUG_SCRATCH(ctx, panel->industries, double);
    if (value == NULL || (with->totals.value != NULL && region == NULL) ||
        (with->industry_total != NULL && industry == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < cells; i++) {
        value[i] = panel->value[i] * factor;
    }
    for (int64_t r = 0; region != NULL && r < panel->regions; r++) {
        region[r] = with->totals.value[r] * factor;
    }
    for (int64_t i = 0; industry != NULL && i < panel->industries; i++) {
        industry[i] = with->industry_total[i] * factor;
    }
    okrug_lq_reference counts = {
        .region_total = region, .industry_total = industry, .total = with->lq.total * factor, .share = with->share};
    OKRUG_TRY(okrug_lq_intervals(ctx, panel->regions, panel->industries, value, &counts, q->lq, z, q->lo, q->hi));
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

/* Standing among the regions. */
static okrug_status standings(okrug_ctx *ctx, const okrug_panel *panel, int z, quotients *q) {
    int64_t cells = panel->regions * panel->industries;
    q->z = OKRUG_SCRATCH(ctx, cells, double);
    int64_t *zeros = OKRUG_SCRATCH(ctx, panel->industries, int64_t);
    if (q->z == NULL || zeros == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (z == Z_LQ) {
        okrug_lq_z(panel->regions, panel->industries, q->lq, q->z);
    } else {
        okrug_lq_z_log(panel->regions, panel->industries, q->lq, q->z, zeros);
    }
    return OKRUG_OK;
}

static okrug_status compute(okrug_ctx *ctx, const okrug_panel *panel, const okrug_comparison *with, double factor,
                            const location_quotient_parameters *p, const needs *need, quotients *q) {
    int64_t cells = panel->regions * panel->industries;
    bool ranges = need->ranges && need->bounds;
    if (!need->intervals && !need->z && !need->thresholds && !ranges) {
        return OKRUG_OK;
    }
    q->lq = OKRUG_SCRATCH(ctx, cells, double);
    if (q->lq == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_location_quotients(ctx, panel->regions, panel->industries, panel->value, &with->lq, q->lq));
    if (need->intervals && factor > 0.0) {
        q->lo = OKRUG_SCRATCH(ctx, cells, double);
        q->hi = OKRUG_SCRATCH(ctx, cells, double);
        if (q->lo == NULL || q->hi == NULL) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(intervals(ctx, panel, with, factor, okrug_normal_quantile(p->level), q));
    }
    /* A cell that is not known has no standing among the regions. */
    for (int64_t c = 0; c < cells; c++) {
        if (!okrug_panel_knows(panel, c)) {
            q->lq[c] = NAN;
        }
    }
    if (ranges) {
        OKRUG_TRY(okrug_quotients_range(ctx, &q->filling, with, q->lq, NULL, &q->range));
    }
    return need->z ? standings(ctx, panel, p->z, q) : OKRUG_OK;
}

/* From which quotient on a region stands out in each industry. */
static okrug_status thresholds(okrug_ctx *ctx, const okrug_panel *panel, const location_quotient_parameters *p,
                               quotients *q) {
    int64_t n = panel->industries;
    uint64_t *unit = OKRUG_SCRATCH(ctx, n, uint64_t);
    double *numbers = OKRUG_SCRATCH(ctx, 4 * n, double);
    int64_t *counts = OKRUG_SCRATCH(ctx, 2 * n, int64_t);
    if (unit == NULL || numbers == NULL || counts == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        unit[i] = okrug_random_unit(okrug_random_unit(0, panel->period != NULL ? panel->period : ""),
                                    panel->industry[i] != NULL ? panel->industry[i] : "");
    }
    q->threshold = (okrug_lq_thresholds){counts, counts + n, numbers, numbers + n, numbers + 2 * n, numbers + 3 * n};
    return okrug_lq_bootstrap(ctx, panel->regions, n, q->lq, p->percentile, p->bootstrap, (uint64_t)p->seed, unit,
                              &q->threshold);
}

static okrug_status write_thresholds(const okrug_panel *panel, const location_quotient_parameters *p,
                                     const quotients *q, okrug_table *table) {
    const okrug_lq_thresholds *of = &q->threshold;
    for (int64_t i = 0; i < panel->industries; i++) {
        int64_t row = okrug_table_add_row(table, 0), above = 0;
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        for (int64_t r = 0; r < panel->regions; r++) {
            above += q->lq[r * panel->industries + i] >= of->lq[i];
        }
        bool few = (double)of->regions[i] * (1.0 - p->percentile) < 1.0 - 1e-9;
        okrug_reason none = few ? OKRUG_BELOW_GRAIN : OKRUG_CONSTANT;
        OKRUG_TRY(okrug_result_text(table, OF_INDUSTRY, row, panel->industry[i]));
        OKRUG_TRY(okrug_result_text(table, OF_PERIOD, row, panel->period));
        OKRUG_TRY(okrug_set_number_or(table, THRESHOLD, row, of->threshold[i], none));
        OKRUG_TRY(okrug_set_number_or(table, THRESHOLD_LO, row, of->lo[i], none));
        OKRUG_TRY(okrug_set_number_or(table, THRESHOLD_HI, row, of->hi[i], none));
        OKRUG_TRY(okrug_set_number_or(table, THRESHOLD_LQ, row, of->lq[i], none));
        OKRUG_TRY(okrug_set_number(table, WITH, row, (double)of->regions[i]));
        OKRUG_TRY(okrug_set_number(table, ZEROS, row, (double)of->zeros[i]));
        OKRUG_TRY(okrug_set_number_or(table, ABOVE, row, isnan(of->lq[i]) ? (double)NAN : (double)above, none));
    }
    return OKRUG_OK;
}

/* What the reader of the quotients of one period should know. */
static void warn(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel, const okrug_comparison *with,
                 bool bounded) {
    okrug_place place = {.file = job->input[INPUT]->file};
    const char *missing = okrug_text_integer(ctx, panel->missing);
    bool exact = with->totals.value != NULL && (with->industry_total != NULL || with->share != NULL);
    if (panel->regions == 1 && job->input[REFERENCE] == NULL) {
        okrug_warn(ctx, "one-region", &place, "region", panel->region[0], (char *)NULL);
    }
    okrug_region_totals_warn(ctx, place.file, &with->totals);
    if (panel->missing > 0 && !exact) {
        okrug_warn(ctx, bounded ? "totals-of-known-cells-bounded" : "totals-of-known-cells", &place, "count", missing,
                   (char *)NULL);
    }
}

/* ---- Rows ---- */

/* One period into the next rows of the table. `alone`: it is the only one, so its rows are those of the input, and are
 * only now added to the table. */
static okrug_status one_period(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel, const needs *need,
                               bool alone, okrug_quotient_totals *totals, okrug_mark before, okrug_table *table,
                               okrug_table *of_industries, int64_t *first) {
    const location_quotient_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_unit unit = okrug_table_column(input, "value")->unit;
    double factor = okrug_unit_count_factor(unit);
    okrug_comparison with = {0};
    quotients q = {0};
    OKRUG_TRY(okrug_check_cancel(ctx));
    OKRUG_TRY(okrug_compare(ctx, job->input[REFERENCE], job->input[REGION_TOTAL], panel, &with));
    OKRUG_TRY(okrug_quotient_totals_take(ctx, panel, &with, totals));
    if (need->bounds) {
        OKRUG_TRY(okrug_filling_make(ctx, panel, &with.totals, job->input[PRESENT], unit, OKRUG_WITHHELD_OPTIONS(p),
                                     input->file, &q.filling));
    }
    OKRUG_TRY(compute(ctx, panel, &with, factor, p, need, &q));
    if (need->thresholds) {
        OKRUG_TRY(thresholds(ctx, panel, p, &q));
        OKRUG_TRY(write_thresholds(panel, p, &q, of_industries));
    }
    okrug_quotient_rows rows = {.input = input,
                                .row = alone ? NULL : panel->row,
                                .rows = panel->rows,
                                .industries = panel->industries,
                                .totals = totals,
                                .factor = factor,
                                .small = p->small,
                                .lo = q.lo,
                                .hi = q.hi,
                                .z = q.z,
                                .from = q.threshold.lq,
                                .least = q.filling.least,
                                .most = q.filling.most,
                                .range = q.range,
                                .bounded = need->bounds ? q.filling.bounded : panel->missing == 0};
    warn(ctx, job, panel, &with, rows.bounded);
    if (alone) {
        if (q.lq == NULL && !need->bounds) {
            okrug_scratch_release(ctx, before); /* the rows say all that is still needed */
        }
        OKRUG_TRY(okrug_table_add_rows_to_fill(table, input->rows));
    }
    OKRUG_TRY(okrug_quotient_columns(ctx, &rows, table, *first));
    *first += rows.rows;
    return OKRUG_OK;
}

static bool wants_any(const okrug_dataset *result, int from, int to) {
    for (int column = from; column <= to; column++) {
        if (okrug_result_wants(result, &outputs[0], column)) {
            return true;
        }
    }
    return false;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const location_quotient_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_unit unit = okrug_table_column(input, "value")->unit;
    okrug_panels panels = {0};
    okrug_quotient_totals totals = {0};
    okrug_table *table = NULL;
    okrug_table *of_industries = NULL;
    needs need = {.intervals = wants_any(result, OKRUG_LQ_LO, OKRUG_LQ_HI),
                  .z = wants_any(result, OKRUG_LQ_Z, OKRUG_LQ_Z),
                  .ranges = wants_any(result, OKRUG_LQ_LEAST, OKRUG_LQ_MOST) ||
                            wants_any(result, OKRUG_LQ_SENSITIVITY_LO, OKRUG_LQ_STABLE),
                  .thresholds = p->bootstrap > 0,
                  .bounds = job->input[REGION_TOTAL] != NULL || job->input[PRESENT] != NULL};
    if (p->bootstrap > 0 && p->bootstrap < LEAST_RESAMPLES) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "resamples-too-few", NULL, "least",
                          okrug_text_integer(ctx, LEAST_RESAMPLES), (char *)NULL);
    }
    OKRUG_TRY(okrug_result_makes(ctx, result, &outputs[1], p->bootstrap > 0));
    OKRUG_TRY(okrug_quotient_totals_begin(ctx, input, &totals));
    okrug_mark before = okrug_scratch_mark(ctx);
    OKRUG_TRY(okrug_panels_read_values(ctx, input, &panels));
    OKRUG_TRY(okrug_quotients_need(ctx, input, job->input[REFERENCE], job->input[REGION_TOTAL], &panels, grain));
    OKRUG_TRY(okrug_result_table(result, &outputs[0], unit, 0, &table));
    if (p->bootstrap > 0) {
        OKRUG_TRY(okrug_result_table(result, &outputs[1], unit, 0, &of_industries));
    }
    int64_t count = panels.count, first = 0;
    if (count > 1) {
        OKRUG_TRY(okrug_table_add_rows_to_fill(table, input->rows));
    }
    for (int64_t i = 0; i < count; i++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        OKRUG_TRY(
            one_period(ctx, job, &panels.panel[i], &need, count == 1, &totals, before, table, of_industries, &first));
        if (count > 1) {
            okrug_scratch_reset(ctx, mark);
        }
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(location_quotient, "location-quotient", "O(rows + regions * industries * draws)");
