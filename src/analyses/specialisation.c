/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * specialisation: how far each region's structure is from that of all regions together, and which regions are built
 * like it.
 */
#include <math.h>
#include <string.h>

#include <okrug/concentration.h>
#include <okrug/numeric.h>

#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_role reference_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
enum { INPUT, REFERENCE };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [REFERENCE] = {"reference", OKRUG_SHAPE_TIDY, false, false, reference_roles, OKRUG_COUNT_OF(reference_roles)},
};

enum { COMPARE_TOTAL, COMPARE_OTHERS };
#define SPECIALISATION_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                  \
    CHOICE(compare, "compare", "total|others")                                                                         \
    INTEGER(nearest, "nearest", 5, 0, 1000, COUNT)

typedef struct {
    OKRUG_PARAMETER_FIELDS(SPECIALISATION_PARAMETERS)
} specialisation_parameters;
#define OKRUG_PARAMETERS specialisation_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(SPECIALISATION_PARAMETERS)};

enum { REGION, PERIOD, HERFINDAHL, KRUGMAN, GINI, THEIL, INDUSTRIES };
static const okrug_output_column region_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [HERFINDAHL] = {"herfindahl", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_i s_ri^2"},
    [KRUGMAN] = {"krugman", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_i |s_ri - p_i|"},
    [GINI] = {"gini", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "2 / (n^2 mean R) sum_k k (R_k - mean R), R = s / p ascending"},
    [THEIL] = {"theil", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_i s_ri ln(s_ri / p_i)"},
    [INDUSTRIES] = {"industries", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "E_ri > 0"},
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

static const char *const references[] = {
    "Krugman, P. (1991). Geography and Trade. MIT Press.",
    "Theil, H. (1967). Economics and Information Theory. North-Holland.",
    "Farhauer, O., Kröll, A. (2014). Standorttheorien. Springer Gabler.",
    NULL,
};

/* ---- What regions are compared with ---- */

typedef struct {
    int64_t industries;  /* of the panel, then those that only the reference has */
    double *own;         /* industries: one region's amounts */
    double *total;       /* industries: of all regions, or as given */
    double *shares;      /* sum over regions of their shares: for the mean of the others */
    double *other;       /* industries: what one region is compared with */
    int64_t with_shares; /* regions whose total is not 0 */
} comparison;

static double row_sum(const okrug_panel *panel, int64_t r) {
    return okrug_sum_of(panel->value + r * panel->industries, panel->industries, 1);
}

/* The reference's amounts, in the order of the panel; industries that the panel lacks come after them: nobody here has
 * any, which is a difference too. */
static okrug_status given_reference(okrug_ctx *ctx, const okrug_table *reference, const okrug_panel *panel,
                                    comparison *with) {
    const okrug_column *industry = okrug_table_column(reference, "industry");
    const okrug_column *value = okrug_table_column(reference, "value");
    int32_t words = okrug_words_count(industry->words);
    double *by_word = OKRUG_SCRATCH(ctx, words, double);
    bool *in_panel = OKRUG_SCRATCH_ZERO(ctx, words, bool);
    if (by_word == NULL || in_panel == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < reference->rows; r++) {
        by_word[industry->word[r]] = okrug_reason_at(value, r) == OKRUG_PRESENT ? value->number[r] : NAN;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < panel->industries; i++) {
        int32_t word = okrug_words_find(industry->words, panel->industry[i], strlen(panel->industry[i]));
        if (word < 0 || isnan(by_word[word])) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "not-in-reference", &(okrug_place){.file = reference->file},
                                "code", panel->industry[i], (char *)NULL);
            continue;
        }
        in_panel[word] = true;
        with->total[i] = by_word[word];
    }
    for (int64_t r = 0; r < reference->rows; r++) {
        int32_t word = industry->word[r];
        if (!in_panel[word] && !isnan(by_word[word])) {
            with->total[with->industries++] = by_word[word];
        }
    }
    return status;
}

static okrug_status compare_with(okrug_ctx *ctx, const okrug_job *job, const okrug_panel *panel, comparison *with) {
    const okrug_table *reference = job->input[REFERENCE];
    int64_t most = panel->industries + (reference == NULL ? 0 : reference->rows);
    *with = (comparison){.industries = panel->industries,
                         .own = OKRUG_SCRATCH_ZERO(ctx, most, double),
                         .total = OKRUG_SCRATCH_ZERO(ctx, most, double),
                         .shares = OKRUG_SCRATCH_ZERO(ctx, panel->industries, double),
                         .other = OKRUG_SCRATCH_ZERO(ctx, most, double)};
    if (with->own == NULL || with->total == NULL || with->shares == NULL || with->other == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < panel->industries; i++) {
        with->total[i] = okrug_sum_of(panel->value + i, panel->regions, panel->industries);
    }
    for (int64_t r = 0; r < panel->regions; r++) {
        double sum = row_sum(panel, r);
        with->with_shares += sum > 0.0;
        for (int64_t i = 0; sum > 0.0 && i < panel->industries; i++) {
            with->shares[i] += panel->value[r * panel->industries + i] / sum;
        }
    }
    return reference == NULL ? OKRUG_OK : given_reference(ctx, reference, panel, with);
}

/* The shares that region r is compared with; NULL where there is no other region. */
static const double *reference_of(const specialisation_parameters *p, const okrug_panel *panel, int64_t r,
                                  const comparison *with) {
    if (p->compare == COMPARE_TOTAL) {
        return with->total;
    }
    if (with->with_shares < 2) {
        return NULL;
    }
    double sum = row_sum(panel, r);
    for (int64_t i = 0; i < panel->industries; i++) {
        double own = sum > 0.0 ? panel->value[r * panel->industries + i] / sum : 0.0;
        with->other[i] = fmax(0.0, (with->shares[i] - own) / (double)(with->with_shares - (sum > 0.0)));
    }
    return with->other;
}

/* ---- Rows ---- */

static okrug_status write_region(okrug_ctx *ctx, const specialisation_parameters *p, const okrug_panel *panel,
                                 int64_t r, const comparison *with, okrug_table *table, int64_t row) {
    double *x = with->own;
    memcpy(x, panel->value + r * panel->industries, (size_t)panel->industries * sizeof *x);
    int64_t n = with->industries;
    const double *reference = reference_of(p, panel, r, with);
    double gini = NAN;
    int64_t there = 0;
    for (int64_t i = 0; i < panel->industries; i++) {
        there += x[i] > 0.0;
    }
    if (reference != NULL) {
        OKRUG_TRY(okrug_locational_gini(ctx, n, x, reference, &gini));
    }
    okrug_reason none = there == 0 ? OKRUG_ZERO_TOTAL : OKRUG_UNDEFINED;
    OKRUG_TRY(okrug_result_text(table, REGION, row, panel->region[r]));
    OKRUG_TRY(okrug_result_text(table, PERIOD, row, panel->period));
    OKRUG_TRY(okrug_set_number_or(table, HERFINDAHL, row, okrug_herfindahl(n, x), none));
    OKRUG_TRY(okrug_set_number_or(table, KRUGMAN, row, reference == NULL ? NAN : okrug_krugman(n, x, reference), none));
    OKRUG_TRY(okrug_set_number_or(table, GINI, row, gini, none));
    OKRUG_TRY(okrug_set_number_or(table, THEIL, row, reference == NULL ? NAN : okrug_theil(n, x, reference), none));
    return okrug_set_number(table, INDUSTRIES, row, (double)there);
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
        comparison with = {0};
        OKRUG_TRY(compare_with(ctx, job, panel, &with));
        for (int64_t r = 0; r < panel->regions; r++) {
            OKRUG_TRY(okrug_check_cancel(ctx));
            OKRUG_TRY(write_region(ctx, p, panel, r, &with, regions, row++));
        }
        OKRUG_TRY(write_nearest(ctx, panel, p->nearest, nearest));
        okrug_scratch_reset(ctx, mark);
    }
    if (p->compare == COMPARE_OTHERS && job->input[REFERENCE] != NULL) {
        okrug_warn(ctx, "reference-unused", NULL, (char *)NULL);
    }
    if (missing > 0) {
        okrug_warn(ctx, "shares-of-known-cells", &(okrug_place){.file = job->input[INPUT]->file}, "count",
                   okrug_text_integer(ctx, missing), (char *)NULL);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS(specialisation, "specialisation", "O(regions^2 * industries)");
