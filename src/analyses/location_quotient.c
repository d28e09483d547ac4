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
#include "analyses/result.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_PERSON)};
static const okrug_role reference_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_ONE_OF, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
    {"share", OKRUG_NUMBER, OKRUG_ONE_OF, OKRUG_DOMAIN_SHARE, OKRUG_UNIT_SHARE},
};
static const okrug_role region_total_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
enum { INPUT, REFERENCE, REGION_TOTAL };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [REFERENCE] = {"reference", OKRUG_SHAPE_TIDY, false, false, reference_roles, OKRUG_COUNT_OF(reference_roles)},
    [REGION_TOTAL] = {"region-total", OKRUG_SHAPE_TIDY, false, false, region_total_roles,
                      OKRUG_COUNT_OF(region_total_roles)},
};

enum { Z_LQ, Z_LOG };
#define LOCATION_QUOTIENT_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                               \
    REAL(level, "level", 0.95, 0.5, 0.9999, SHARE)                                                                     \
    REAL(small, "small", 10, 0, 1e9, COUNT)                                                                            \
    CHOICE(z, "z", "lq|log-lq")

typedef struct {
    OKRUG_PARAMETER_FIELDS(LOCATION_QUOTIENT_PARAMETERS)
} location_quotient_parameters;
#define OKRUG_PARAMETERS location_quotient_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(LOCATION_QUOTIENT_PARAMETERS)};

enum { REGION, INDUSTRY, PERIOD, VALUE, LQ, LO, HI, Z, FLAG, LQ_LEAST };
static const okrug_output_column quotient_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri"},
    [LQ] = {"lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(E_ri / e_r) / (e_i / e)"},
    [LO] = {"lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "lq * exp(-z * sqrt(1/E_ri - 1/e_r + 1/e_i - 1/e))"},
    [HI] = {"hi", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "lq * exp(+z * sqrt(1/E_ri - 1/e_r + 1/e_i - 1/e))"},
    [Z] = {"z", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "(lq - mean_r lq) / sd_r lq"},
    [FLAG] = {"flag", OKRUG_TEXT, OKRUG_UNIT_NONE, "E_ri < small"},
    [LQ_LEAST] = {"lq_least", OKRUG_NUMBER, OKRUG_UNIT_RATIO,
                  "lq e_i / (e_i + sum of what the totals of regions that withhold i leave)"},
};
static const okrug_output outputs[] = {{"quotients", quotient_columns, OKRUG_COUNT_OF(quotient_columns)}};

static const char *const references[] = {
    "Farhauer, O., Kröll, A. (2014). Standorttheorien. Springer Gabler.",
    "Moineddin, R., Beyene, J., Boyle, E. (2003). On the location quotient confidence interval. Geographical Analysis "
    "35(3).",
    "O'Donoghue, D., Gleave, B. (2004). A note on methods for measuring industrial agglomeration. Regional Studies "
    "38(4).",
    NULL,
};

/* What the quotients of one period are compared with, and why a region or an industry has no comparison. */
typedef struct {
    okrug_lq_reference lq;
    double *region_total;   /* NULL: of the panel */
    double *industry_total; /* NULL: of the panel */
    double *share;
    uint8_t *region_reason;
    uint8_t *industry_reason;
    int64_t without_total; /* regions that the totals given do not have */
    int64_t below_parts;   /* regions whose total given is smaller than what is known of them */
    const char *first_below;
} comparison;

/* Totals that were given for the regions, of the panel's period where they have one. */
static okrug_status total_of_regions(okrug_ctx *ctx, const okrug_table *totals, const okrug_panel *panel,
                                     comparison *with) {
    const okrug_column *region = okrug_table_column(totals, "region");
    const okrug_column *period = okrug_table_column(totals, "period");
    const okrug_column *value = okrug_table_column(totals, "value");
    int64_t *row_of = OKRUG_SCRATCH(ctx, okrug_words_count(region->words), int64_t);
    with->region_total = OKRUG_SCRATCH_ZERO(ctx, panel->regions, double);
    if (row_of == NULL || with->region_total == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(row_of, -1, (size_t)okrug_words_count(region->words) * sizeof *row_of);
    for (int64_t r = 0; r < totals->rows; r++) {
        const char *when = period == NULL ? NULL : okrug_text_at(period, r);
        bool counts = when == NULL || panel->period == NULL || strcmp(when, panel->period) == 0;
        if (counts && row_of[region->word[r]] >= 0) {
            /* The same region again can only be another period, which the input does not tell apart. */
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "one-period-of-totals", &(okrug_place){.file = totals->file},
                              "region", okrug_text_at(region, r), (char *)NULL);
        }
        if (counts) {
            row_of[region->word[r]] = r;
        }
    }
    for (int64_t i = 0; i < panel->regions; i++) {
        int32_t word = okrug_words_find(region->words, panel->region[i], strlen(panel->region[i]));
        int64_t row = word < 0 ? -1 : row_of[word];
        okrug_reason reason = row < 0 ? OKRUG_NO_REFERENCE : okrug_reason_at(value, row);
        with->region_reason[i] = (uint8_t)reason;
        if (reason == OKRUG_PRESENT) {
            with->region_total[i] = value->number[row];
        } else {
            with->without_total++;
        }
    }
    return OKRUG_OK;
}

static okrug_status reference_of_industries(okrug_ctx *ctx, const okrug_table *reference, const okrug_panel *panel,
                                            comparison *with) {
    const okrug_column *industry = okrug_table_column(reference, "industry");
    const okrug_column *share = okrug_table_column(reference, "share");
    const okrug_column *amount = share != NULL ? share : okrug_table_column(reference, "value");
    double *target = OKRUG_SCRATCH_ZERO(ctx, panel->industries, double);
    int64_t *row_of = OKRUG_SCRATCH(ctx, okrug_words_count(industry->words), int64_t);
    if (target == NULL || row_of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double total = 0.0;
    for (int64_t r = 0; r < reference->rows; r++) {
        row_of[industry->word[r]] = r;
        total += okrug_reason_at(amount, r) == OKRUG_PRESENT ? amount->number[r] : 0.0;
    }
    for (int64_t i = 0; i < panel->industries; i++) {
        int32_t word = okrug_words_find(industry->words, panel->industry[i], strlen(panel->industry[i]));
        okrug_reason reason = word < 0 ? OKRUG_NO_REFERENCE : okrug_reason_at(amount, row_of[word]);
        with->industry_reason[i] = (uint8_t)reason;
        if (reason == OKRUG_PRESENT) {
            target[i] = amount->number[row_of[word]];
        }
    }
    with->lq.total = total;
    *(share != NULL ? &with->share : &with->industry_total) = target;
    return OKRUG_OK;
}

/* Sums of rows and columns of the panel, to say why a quotient is undefined. */
static void mark_zero_totals(const okrug_panel *panel, comparison *with) {
    for (int64_t r = 0; r < panel->regions; r++) {
        double parts = okrug_sum_of(panel->value + r * panel->industries, panel->industries, 1);
        double total = with->region_total != NULL ? with->region_total[r] : parts;
        if (with->region_reason[r] == OKRUG_PRESENT && parts > total * (1.0 + 1e-9)) {
            with->first_below = with->below_parts++ == 0 ? panel->region[r] : with->first_below;
        }
        if (with->region_reason[r] == OKRUG_PRESENT && total == 0.0) {
            with->region_reason[r] = OKRUG_ZERO_TOTAL;
        }
    }
    const double *given = with->share != NULL ? with->share : with->industry_total;
    for (int64_t i = 0; i < panel->industries; i++) {
        double total = given != NULL ? given[i] : 0.0;
        for (int64_t r = 0; given == NULL && r < panel->regions; r++) {
            total += panel->value[r * panel->industries + i];
        }
        if (with->industry_reason[i] == OKRUG_PRESENT && total == 0.0) {
            with->industry_reason[i] = OKRUG_ZERO_TOTAL;
        }
    }
}

static okrug_status compare_with(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel, comparison *with) {
    *with = (comparison){.region_reason = OKRUG_SCRATCH_ZERO(ctx, panel->regions, uint8_t),
                         .industry_reason = OKRUG_SCRATCH_ZERO(ctx, panel->industries, uint8_t)};
    if (with->region_reason == NULL || with->industry_reason == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (job->input[REGION_TOTAL] != NULL) {
        OKRUG_TRY(total_of_regions(ctx, job->input[REGION_TOTAL], panel, with));
    }
    if (job->input[REFERENCE] != NULL) {
        OKRUG_TRY(reference_of_industries(ctx, job->input[REFERENCE], panel, with));
    } else if (with->region_total != NULL) {
        /* Industries are summed over the rows, the grand total over the regions' own totals. */
        for (int64_t r = 0; r < panel->regions; r++) {
            with->lq.total += with->region_total[r];
        }
    }
    mark_zero_totals(panel, with);
    with->lq.region_total = with->region_total;
    with->lq.industry_total = with->industry_total;
    with->lq.share = with->share;
    return OKRUG_OK;
}

/* The quotients of one period. */
typedef struct {
    double *lq, *lo, *hi, *z;
    double *least; /* NULL: there is nothing to bound withheld cells by */
} quotients;

/* Counts for the interval: the same totals in single things. */
static okrug_status intervals(okrug_ctx *ctx, const okrug_panel *panel, const comparison *with, double factor, double z,
                              quotients *q) {
    int64_t cells = panel->regions * panel->industries;
    double *value = OKRUG_SCRATCH(ctx, cells, double);
    double *region = with->region_total == NULL ? NULL : OKRUG_SCRATCH(ctx, panel->regions, double);
    double *industry = with->industry_total == NULL ? NULL : OKRUG_SCRATCH(ctx, panel->industries, double);
    if (value == NULL || (with->region_total != NULL && region == NULL) ||
        (with->industry_total != NULL && industry == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < cells; i++) {
        value[i] = panel->value[i] * factor;
    }
    for (int64_t r = 0; region != NULL && r < panel->regions; r++) {
        region[r] = with->region_total[r] * factor;
    }
    for (int64_t i = 0; industry != NULL && i < panel->industries; i++) {
        industry[i] = with->industry_total[i] * factor;
    }
    okrug_lq_reference counts = {
        .region_total = region, .industry_total = industry, .total = with->lq.total * factor, .share = with->share};
    return okrug_lq_intervals(ctx, panel->regions, panel->industries, value, &counts, q->lq, z, q->lo, q->hi);
}

static bool is_known(const okrug_panel *panel, int64_t cell) {
    return panel->reason[cell] == OKRUG_PRESENT || panel->reason[cell] == OKRUG_STRUCTURAL_ZERO;
}

/* The bound from withheld cells: exact where the regions' totals are given or nothing is withheld. */
static okrug_status bound(okrug_ctx *ctx, const okrug_panel *panel, const comparison *with, quotients *q) {
    int64_t cells = panel->regions * panel->industries;
    if (panel->missing == 0) {
        q->least = q->lq;
        return OKRUG_OK;
    }
    if (with->region_total == NULL || with->without_total > 0) {
        return OKRUG_OK; /* a region's own total may be larger than what is known of it */
    }
    if (with->industry_total != NULL || with->share != NULL) {
        q->least = q->lq;
        return OKRUG_OK;
    }
    bool *known = OKRUG_SCRATCH(ctx, cells, bool);
    q->least = OKRUG_SCRATCH(ctx, cells, double);
    if (known == NULL || q->least == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t c = 0; c < cells; c++) {
        known[c] = is_known(panel, c);
    }
    return okrug_lq_least(ctx, panel->regions, panel->industries, panel->value, known, with->region_total, q->lq,
                          q->least);
}

static okrug_status compute(okrug_ctx *ctx, const okrug_panel *panel, const comparison *with, double factor,
                            const location_quotient_parameters *p, quotients *q) {
    int64_t cells = panel->regions * panel->industries;
    *q = (quotients){OKRUG_SCRATCH(ctx, cells, double), OKRUG_SCRATCH(ctx, cells, double),
                     OKRUG_SCRATCH(ctx, cells, double), OKRUG_SCRATCH(ctx, cells, double), NULL};
    int64_t *zeros = OKRUG_SCRATCH(ctx, panel->industries, int64_t);
    if (q->lq == NULL || q->lo == NULL || q->hi == NULL || q->z == NULL || zeros == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_location_quotients(ctx, panel->regions, panel->industries, panel->value, &with->lq, q->lq));
    if (factor > 0.0) {
        OKRUG_TRY(intervals(ctx, panel, with, factor, okrug_normal_quantile(p->level), q));
    }
    /* A cell that is not known has no standing among the regions. */
    for (int64_t c = 0; c < cells; c++) {
        if (!is_known(panel, c)) {
            q->lq[c] = NAN;
        }
    }
    OKRUG_TRY(bound(ctx, panel, with, q));
    if (p->z == Z_LQ) {
        okrug_lq_z(panel->regions, panel->industries, q->lq, q->z);
    } else {
        okrug_lq_z_log(panel->regions, panel->industries, q->lq, q->z, zeros);
    }
    return OKRUG_OK;
}

static okrug_status write_row(const okrug_panel *panel, const comparison *with, const quotients *q, int64_t cell,
                              double factor, double small, okrug_table *table, int64_t row) {
    int64_t r = cell / panel->industries;
    int64_t i = cell % panel->industries;
    okrug_reason missing = (okrug_reason)panel->reason[cell];
    okrug_reason none = with->region_reason[r] != OKRUG_PRESENT ? (okrug_reason)with->region_reason[r]
                                                                : (okrug_reason)with->industry_reason[i];
    OKRUG_TRY(okrug_result_text(table, REGION, row, panel->region[r]));
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, panel->industry[i]));
    OKRUG_TRY(okrug_result_text(table, PERIOD, row, panel->period));
    OKRUG_TRY(okrug_result_text(table, FLAG, row, ""));
    if (!is_known(panel, cell)) {
        for (int column = VALUE; column <= Z; column++) {
            OKRUG_TRY(okrug_set_missing(table, column, row, missing));
        }
        return okrug_set_missing(table, LQ_LEAST, row, missing);
    }
    bool is_small = factor > 0.0 && panel->value[cell] * factor < small;
    OKRUG_TRY(okrug_set_number_or(table, VALUE, row, panel->value[cell], missing));
    OKRUG_TRY(okrug_set_number_or(table, LQ, row, q->lq[cell], none == OKRUG_PRESENT ? OKRUG_UNDEFINED : none));
    /* A quotient of 0 has no logarithm and so no standing among those that have one. */
    okrug_reason no_z = q->lq[cell] == 0.0 && isnan(q->z[cell]) ? OKRUG_UNDEFINED : OKRUG_CONSTANT;
    OKRUG_TRY(okrug_set_number_or(table, Z, row, q->z[cell], none == OKRUG_PRESENT ? no_z : none));
    OKRUG_TRY(okrug_set_number_or(table, LQ_LEAST, row, q->least == NULL ? NAN : q->least[cell],
                                  none == OKRUG_PRESENT ? OKRUG_NO_BOUND : none));
    OKRUG_TRY(okrug_result_text(table, FLAG, row, is_small ? "small" : ""));
    okrug_reason no_interval = none != OKRUG_PRESENT ? none : factor > 0.0 ? OKRUG_UNDEFINED : OKRUG_NOT_A_COUNT;
    OKRUG_TRY(okrug_set_number_or(table, LO, row, factor > 0.0 ? q->lo[cell] : NAN, no_interval));
    return okrug_set_number_or(table, HI, row, factor > 0.0 ? q->hi[cell] : NAN, no_interval);
}

/* What the reader of the quotients of one period should know. */
static void warn(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel, const comparison *with,
                 const quotients *q) {
    okrug_place place = {.file = job->input[INPUT]->file};
    const char *missing = okrug_text_integer(ctx, panel->missing);
    bool exact = with->region_total != NULL && (with->industry_total != NULL || with->share != NULL);
    if (panel->regions == 1 && job->input[REFERENCE] == NULL) {
        okrug_warn(ctx, "one-region", &place, "region", panel->region[0], (char *)NULL);
    }
    if (with->without_total > 0) {
        okrug_warn(ctx, "regions-without-total", &place, "count", okrug_text_integer(ctx, with->without_total),
                   (char *)NULL);
    }
    if (with->below_parts > 0) {
        okrug_warn(ctx, "total-below-parts", &place, "count", okrug_text_integer(ctx, with->below_parts), "first",
                   with->first_below, (char *)NULL);
    }
    if (panel->missing > 0 && !exact) {
        okrug_warn(ctx, q->least == NULL ? "totals-of-known-cells" : "totals-of-known-cells-bounded", &place, "count",
                   missing, (char *)NULL);
    }
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const location_quotient_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_unit unit = okrug_table_column(input, "value")->unit;
    double factor = okrug_unit_count_factor(unit);
    okrug_panels panels = {0};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_panels_read(ctx, input, &panels));
    OKRUG_TRY(okrug_result_table(result, &outputs[0], unit, input->rows, &table));
    int64_t row = 0;
    for (int64_t k = 0; k < panels.count; k++) {
        const okrug_panel *panel = &panels.panel[k];
        okrug_mark mark = okrug_scratch_mark(ctx);
        comparison with = {0};
        quotients q = {0};
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(compare_with(ctx, job, panel, &with));
        OKRUG_TRY(compute(ctx, panel, &with, factor, p, &q));
        for (int64_t i = 0; i < panel->rows; i++) {
            OKRUG_TRY(write_row(panel, &with, &q, panel->cell[i], factor, p->small, table, row++));
        }
        warn(ctx, job, panel, &with, &q);
        okrug_scratch_reset(ctx, mark);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS(location_quotient, "location-quotient", "O(rows + regions * industries)");
