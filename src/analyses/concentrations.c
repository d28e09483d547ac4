/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * concentrations: which cells of region and industry are large and over-represented whatever the withheld cells hold,
 * and which only if they hold one thing rather than another.
 */
#include <math.h>

#include <okrug/numeric.h>

#include "analyses/list.h"
#include "analyses/panel.h"
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

#define CONCENTRATIONS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                  \
    REAL(threshold, "threshold", 1.5, 1e-9, 1e9, RATIO)                                                                \
    REAL(smallest, "smallest", 100, 0, 1e12, COUNT)                                                                    \
    REAL(least_share, "least-share", 0.05, 0, 1, SHARE)                                                                \
    OKRUG_WITHHELD_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)

typedef struct {
    OKRUG_PARAMETER_FIELDS(CONCENTRATIONS_PARAMETERS)
} concentrations_parameters;
#define OKRUG_PARAMETERS concentrations_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(CONCENTRATIONS_PARAMETERS)};

enum {
    REGION,
    INDUSTRY,
    VALUE,
    LQ,
    LO,
    HI,
    STABLE,
    NOTE,
    PERIOD,
    VALUE_LEAST,
    VALUE_MOST,
    SHARE_OF_REGION,
    SENSITIVITY_LO,
    SENSITIVITY_HI,
    PASSES,
    PERIODS,
    OF_PERIODS
};
static const okrug_output_column screening_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri"},
    [LQ] = {"lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(E_ri / e_r) / (e_i / e), published cells only in e_i"},
    [LO] = {"lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "min LQ over all fillings of withheld cells"},
    [HI] = {"hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "max LQ over all fillings of withheld cells"},
    [STABLE] = {"stable", OKRUG_TEXT, OKRUG_UNIT_NONE, "certain: passes at lo and least; likely: passes >= 0.95"},
    [NOTE] = {"note", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [VALUE_LEAST] = {"value_least", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri, or where it is withheld its floor"},
    [VALUE_MOST] = {"value_most", OKRUG_NUMBER, OKRUG_UNIT_OWN,
                    "E_ri, or where it is withheld e_r - sum of the region's known cells and other floors"},
    [SHARE_OF_REGION] = {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "E_ri / e_r"},
    [SENSITIVITY_LO] = {"sensitivity_lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "5th percentile of LQ over the draws"},
    [SENSITIVITY_HI] = {"sensitivity_hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "95th percentile of LQ over the draws"},
    [PASSES] = {"passes", OKRUG_NUMBER, OKRUG_UNIT_SHARE,
                "share of draws with LQ >= threshold, E_ri >= smallest, E_ri / e_r >= least-share"},
    [PERIODS] = {"periods", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "periods in which it is certain or likely"},
    [OF_PERIODS] = {"of_periods", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "periods in which the input has the pair"},
};
enum { SUMMARY_PERIOD, CELLS, WITHHELD, POSSIBLE, LIKELY, CERTAIN, PERSISTENT };
static const okrug_output_column summary_columns[] = {
    [SUMMARY_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [CELLS] = {"cells", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "rows of the input"},
    [WITHHELD] = {"withheld", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "rows without a value"},
    [POSSIBLE] = {"possible", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "pass in some filling"},
    [LIKELY] = {"likely", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "pass in 95 % of the draws at least, not in every filling"},
    [CERTAIN] = {"certain", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "pass in every filling"},
    [PERSISTENT] = {"persistent", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "certain or likely in each of two periods or more"},
};
enum { SCREENING, SUMMARY };
static const okrug_output outputs[] = {
    [SCREENING] = {"screening", screening_columns, OKRUG_COUNT_OF(screening_columns)},
    [SUMMARY] = {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
};

static const okrug_grain grain[] = {OKRUG_QUOTIENT_GRAIN};

static const char *const references[] = {
    "Miller, P., Botham, R., Gibson, H., Martin, R., Moore, B. (2001). Business Clusters in the UK: A First "
    "Assessment. Department of Trade and Industry.",
    "Billings, S. B., Johnson, E. B. (2012). The location quotient as an estimator of industrial concentration. "
    "Regional Science and Urban Economics 42(4).",
    NULL,
};

static const double LIKELY_FROM = .95; /* of the draws */

enum { IMPOSSIBLE, OPEN, IS_LIKELY, IS_CERTAIN, UNTOLD };

/* One period: what its rows are written from. The draws are not kept. */
typedef struct {
    const okrug_panel *panel;
    bool bounded;               /* false: there is no range */
    double *lq, *least, *most;  /* of each cell: the quotient, and the bounds of what it holds */
    okrug_quotient_range range; /* of each cell */
    double *region_total;       /* in use */
    uint8_t *verdict;           /* of each cell */
} screened;

static bool reaches(const okrug_screen *screen, double lq, double value, double region) {
    return lq >= screen->quotient && value >= screen->value && value >= screen->share * region;
}

static int judge(const screened *s, const okrug_screen *screen, int64_t cell) {
    double region = s->region_total[cell / s->panel->industries];
    const okrug_quotient_range *range = &s->range;
    if (!s->bounded) {
        bool known = okrug_panel_knows(s->panel, cell);
        return known && reaches(screen, s->lq[cell], s->panel->value[cell], region) ? UNTOLD : IMPOSSIBLE;
    }
    if (reaches(screen, range->least[cell], s->least[cell], region)) {
        return IS_CERTAIN;
    }
    if (!reaches(screen, range->most[cell], s->most[cell], region)) {
        return IMPOSSIBLE;
    }
    return range->passes[cell] >= LIKELY_FROM ? IS_LIKELY : OPEN;
}

static okrug_status make_room(okrug_ctx *ctx, const okrug_panel *panel, screened *s) {
    int64_t cells = panel->regions * panel->industries;
    double **arrays[] = {&s->lq,         &s->least,    &s->most,     &s->range.least,
                         &s->range.most, &s->range.lo, &s->range.hi, &s->range.passes};
    for (int i = 0; i < OKRUG_COUNT_OF(arrays); i++) {
        *arrays[i] = OKRUG_SCRATCH(ctx, cells, double);
        if (*arrays[i] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    s->panel = panel;
    s->verdict = OKRUG_SCRATCH(ctx, cells, uint8_t);
    s->region_total = OKRUG_SCRATCH(ctx, panel->regions, double);
    return s->verdict == NULL || s->region_total == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static void keep(int64_t cells, const okrug_filling *filling, const okrug_quotient_range *range, screened *s) {
    const double *const from[] = {filling->least, filling->most, range->least, range->most,
                                  range->lo,      range->hi,     range->passes};
    double *const to[] = {s->least, s->most, s->range.least, s->range.most, s->range.lo, s->range.hi, s->range.passes};
    s->bounded = filling->bounded;
    for (int i = 0; i < OKRUG_COUNT_OF(to); i++) {
        for (int64_t c = 0; c < cells; c++) {
            to[i][c] = from[i] == NULL ? (double)NAN : from[i][c];
        }
    }
}

static okrug_status screen_period(okrug_ctx *ctx, const okrug_job *job, const okrug_screen *screen,
                                  const okrug_panel *panel, screened *s) {
    const concentrations_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_unit unit = okrug_table_column(input, "value")->unit;
    int64_t cells = panel->regions * panel->industries;
    okrug_comparison with;
    okrug_filling filling;
    okrug_quotient_range range;
    OKRUG_TRY(make_room(ctx, panel, s));
    okrug_mark mark = okrug_scratch_mark(ctx);
    OKRUG_TRY(okrug_compare(ctx, job->input[REFERENCE], job->input[REGION_TOTAL], panel, &with));
    OKRUG_TRY(okrug_filling_make(ctx, panel, &with.totals, job->input[PRESENT], unit, OKRUG_WITHHELD_OPTIONS(p),
                                 input->file, &filling));
    OKRUG_TRY(okrug_location_quotients(ctx, panel->regions, panel->industries, panel->value, &with.lq, s->lq));
    for (int64_t r = 0; r < panel->regions; r++) {
        s->region_total[r] = with.totals.value != NULL
                                 ? with.totals.value[r]
                                 : okrug_sum_of(panel->value + r * panel->industries, panel->industries, 1);
    }
    OKRUG_TRY(okrug_quotients_range(ctx, &filling, &with, s->lq, screen, &range));
    keep(cells, &filling, &range, s);
    for (int64_t c = 0; c < cells; c++) {
        s->verdict[c] = (uint8_t)judge(s, screen, c);
    }
    okrug_region_totals_warn(ctx, input->file, &with.totals);
    if (!s->bounded) {
        okrug_warn(ctx, "totals-of-known-cells", &(okrug_place){.file = input->file}, "count",
                   okrug_text_integer(ctx, panel->missing), (char *)NULL);
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

/* How often each pair of region and industry passes, by the words of the input's columns. */
typedef struct {
    const okrug_column *region, *industry;
    int32_t *passed, *of; /* words x words */
} pairs;

static int64_t pair_of(const pairs *all, int64_t row) {
    return (int64_t)all->region->word[row] * okrug_words_count(all->industry->words) + all->industry->word[row];
}

static bool passes(const screened *s, int64_t i) {
    return s->verdict[s->panel->cell[i]] == IS_CERTAIN || s->verdict[s->panel->cell[i]] == IS_LIKELY;
}

static okrug_status count_pairs(okrug_ctx *ctx, const okrug_table *input, const screened *periods, int64_t count,
                                pairs *all) {
    all->region = okrug_table_column(input, "region");
    all->industry = okrug_table_column(input, "industry");
    int64_t words = (int64_t)okrug_words_count(all->region->words) * okrug_words_count(all->industry->words);
    all->passed = OKRUG_SCRATCH_ZERO(ctx, words, int32_t);
    all->of = OKRUG_SCRATCH_ZERO(ctx, words, int32_t);
    if (all->passed == NULL || all->of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < count; k++) {
        for (int64_t i = 0; i < periods[k].panel->rows; i++) {
            int64_t pair = pair_of(all, periods[k].panel->row[i]);
            all->of[pair]++;
            all->passed[pair] += passes(&periods[k], i);
        }
    }
    return OKRUG_OK;
}

static const char *note_of(const screened *s, int64_t cell, int32_t passed, int32_t of) {
    int verdict = s->verdict[cell];
    if (verdict == UNTOLD) {
        return "no-bound";
    }
    if (verdict != OPEN && passed < of) {
        return "not-every-period";
    }
    return verdict == IS_CERTAIN ? "" : okrug_panel_knows(s->panel, cell) ? "industry-withheld" : "withheld";
}

static okrug_status write_row(const screened *s, int64_t cell, int32_t passed, int32_t of, okrug_table *table) {
    static const char *const stable[] = {
        [IMPOSSIBLE] = "", [OPEN] = "no", [IS_LIKELY] = "likely", [IS_CERTAIN] = "certain", [UNTOLD] = ""};
    const okrug_panel *panel = s->panel;
    int64_t r = cell / panel->industries;
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    bool known = okrug_panel_knows(panel, cell);
    okrug_reason missing = (okrug_reason)panel->reason[cell];
    OKRUG_TRY(okrug_result_text(table, REGION, row, panel->region[r]));
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, panel->industry[cell % panel->industries]));
    OKRUG_TRY(okrug_result_text(table, STABLE, row, stable[s->verdict[cell]]));
    OKRUG_TRY(okrug_result_text(table, NOTE, row, note_of(s, cell, passed, of)));
    OKRUG_TRY(okrug_result_text(table, PERIOD, row, panel->period));
    const okrug_quotient_range *range = &s->range;
    const struct {
        int column;
        const double *value;
        okrug_reason none;
    } numbers[] = {
        {LO, range->least, OKRUG_NO_BOUND},
        {HI, range->most, OKRUG_NO_BOUND},
        {SENSITIVITY_LO, range->lo, OKRUG_NO_BOUND},
        {SENSITIVITY_HI, range->hi, OKRUG_NO_BOUND},
        {PASSES, range->passes, OKRUG_NO_BOUND},
        {VALUE_LEAST, s->least, missing},
        {VALUE_MOST, s->most, missing},
    };
    for (int i = 0; i < OKRUG_COUNT_OF(numbers); i++) {
        OKRUG_TRY(okrug_set_number_or(table, numbers[i].column, row, numbers[i].value[cell], numbers[i].none));
    }
    double value = known ? panel->value[cell] : (double)NAN;
    OKRUG_TRY(okrug_set_number_or(table, VALUE, row, value, missing));
    OKRUG_TRY(okrug_set_number_or(table, SHARE_OF_REGION, row, value / s->region_total[r], missing));
    OKRUG_TRY(okrug_set_number_or(table, LQ, row, known ? s->lq[cell] : (double)NAN, missing));
    OKRUG_TRY(okrug_set_number(table, PERIODS, row, passed));
    return okrug_set_number(table, OF_PERIODS, row, of);
}

static okrug_status write_period(const screened *s, const pairs *all, int64_t periods, okrug_table *screening,
                                 okrug_table *summary, int64_t row) {
    int64_t count[] = {[IMPOSSIBLE] = 0, [OPEN] = 0, [IS_LIKELY] = 0, [IS_CERTAIN] = 0, [UNTOLD] = 0};
    int64_t persistent = 0;
    for (int64_t i = 0; i < s->panel->rows; i++) {
        int64_t cell = s->panel->cell[i];
        int64_t pair = pair_of(all, s->panel->row[i]);
        count[s->verdict[cell]]++;
        persistent += all->of[pair] > 1 && all->passed[pair] == all->of[pair];
        if (s->verdict[cell] != IMPOSSIBLE) {
            OKRUG_TRY(write_row(s, cell, all->passed[pair], all->of[pair], screening));
        }
    }
    OKRUG_TRY(okrug_result_text(summary, SUMMARY_PERIOD, row, s->panel->period));
    OKRUG_TRY(okrug_set_number(summary, CELLS, row, (double)s->panel->rows));
    OKRUG_TRY(okrug_set_number(summary, WITHHELD, row, (double)s->panel->missing));
    OKRUG_TRY(okrug_set_number_or(summary, PERSISTENT, row,
                                  periods > 1 && s->bounded ? (double)persistent : (double)NAN,
                                  periods > 1 ? OKRUG_NO_BOUND : OKRUG_NOT_APPLICABLE));
    if (!s->bounded) {
        OKRUG_TRY(okrug_set_missing(summary, POSSIBLE, row, OKRUG_NO_BOUND));
        OKRUG_TRY(okrug_set_missing(summary, LIKELY, row, OKRUG_NO_BOUND));
        return okrug_set_missing(summary, CERTAIN, row, OKRUG_NO_BOUND);
    }
    OKRUG_TRY(okrug_set_number(summary, POSSIBLE, row, (double)(count[OPEN] + count[IS_LIKELY] + count[IS_CERTAIN])));
    OKRUG_TRY(okrug_set_number(summary, LIKELY, row, (double)count[IS_LIKELY]));
    return okrug_set_number(summary, CERTAIN, row, (double)count[IS_CERTAIN]);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const concentrations_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_unit unit = okrug_table_column(input, "value")->unit;
    double factor = okrug_unit_count_factor(unit);
    okrug_screen screen = {p->threshold, factor > 0.0 ? p->smallest / factor : 0.0, p->least_share};
    okrug_panels panels = {0};
    OKRUG_TRY(okrug_panels_read(ctx, input, &panels));
    OKRUG_TRY(okrug_quotients_need(ctx, input, job->input[REFERENCE], job->input[REGION_TOTAL], &panels, grain));
    screened *periods = OKRUG_SCRATCH_ZERO(ctx, panels.count, screened);
    if (periods == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < panels.count; k++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(screen_period(ctx, job, &screen, &panels.panel[k], &periods[k]));
    }
    pairs all = {0};
    okrug_table *screening = NULL;
    okrug_table *summary = NULL;
    OKRUG_TRY(count_pairs(ctx, input, periods, panels.count, &all));
    OKRUG_TRY(okrug_result_table(result, &outputs[SCREENING], unit, 0, &screening));
    OKRUG_TRY(okrug_result_table(result, &outputs[SUMMARY], unit, panels.count, &summary));
    int64_t found = 0;
    for (int64_t k = 0; k < panels.count; k++) {
        OKRUG_TRY(write_period(&periods[k], &all, panels.count, screening, summary, k));
        for (int64_t i = 0; i < periods[k].panel->rows; i++) {
            found += passes(&periods[k], i);
        }
    }
    if (found == 0) {
        okrug_warn(ctx, "no-concentrations", &(okrug_place){.file = input->file}, (char *)NULL);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(concentrations, "concentrations", "O(rows + regions * industries * draws)");
