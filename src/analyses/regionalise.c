/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * regionalise: a national input-output table scaled to a region by location quotients, and how far its multipliers
 * depend on that convention: the band over methods and over FLQ's delta.
 */
#include <math.h>

#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/regional_case.h"
#include "analyses/result.h"

static const okrug_role employment_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
enum { INPUT, CONCORDANCE, EMPLOYMENT };
static const okrug_input inputs[] = {
    [INPUT] = OKRUG_IO_INPUT,
    [CONCORDANCE] = OKRUG_CONCORDANCE_INPUT,
    [EMPLOYMENT] = {"employment", OKRUG_SHAPE_TIDY, true, false, employment_roles, OKRUG_COUNT_OF(employment_roles)},
};

enum { AS_FLOWS, AS_COEFFICIENTS };
/* The order of okrug_regional_method. */
static const char *const method_name[] = {"slq", "cilq", "flq", "aflq"};
#define REGIONALISE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    OKRUG_IO_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                            \
    TEXT(region, "region")                                                                                             \
    CHOICE(method, "method", "flq|slq|cilq|aflq")                                                                      \
    REAL(delta, "delta", 0.25, 0, 1, NONE)                                                                             \
    REAL(cap, "cap", 0, 0, 1e9, RATIO)                                                                                 \
    CHOICE(as, "as", "flows|coefficients")

typedef struct {
    OKRUG_PARAMETER_FIELDS(REGIONALISE_PARAMETERS)
} regionalise_parameters;
#define OKRUG_PARAMETERS regionalise_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(REGIONALISE_PARAMETERS)};
/* The place of a choice of --method, whose first is the default, as a method of the kernel. */
static const okrug_regional_method method_of_choice[] = {OKRUG_REGIONAL_FLQ, OKRUG_REGIONAL_SLQ, OKRUG_REGIONAL_CILQ,
                                                         OKRUG_REGIONAL_AFLQ};

static const okrug_output_column table_columns[] = {
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "q_ij a_ij x^r_j, x^r_j = x_j e_rj / e_j"},
};
static const okrug_output_column quotient_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"region_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "e_ri / e_r"},
    {"nation_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "e_i / e"},
    {"slq", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(e_ri / e_r) / (e_i / e)"},
};
static const okrug_output_column band_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"measure", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"central", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "c' (I - A^r)^-1, of employment over c_j, by --method and --delta"},
    {"low", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "least over SLQ, CILQ, and FLQ, AFLQ with delta .15 ... .35"},
    {"high", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "greatest over SLQ, CILQ, and FLQ, AFLQ with delta .15 ... .35"},
    {"rank_central", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1: multiplies most"},
    {"rank_low", OKRUG_NUMBER, OKRUG_UNIT_RANK, "best rank over the variants"},
    {"rank_high", OKRUG_NUMBER, OKRUG_UNIT_RANK, "worst rank over the variants"},
    {"variants", OKRUG_NUMBER, OKRUG_UNIT_COUNT, NULL},
};
static const okrug_output_column variant_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"method", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"delta", OKRUG_NUMBER, OKRUG_UNIT_NONE, NULL},
    {"measure", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"multiplier", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "c' (I - A^r)^-1, of employment over c_j, a^r_ij = q_ij a_ij"},
    {"rank", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1: multiplies most"},
};
enum { TABLE, QUOTIENTS, BANDS, VARIANTS };
static const okrug_output outputs[] = {
    [TABLE] = {"table", table_columns, OKRUG_COUNT_OF(table_columns)},
    [QUOTIENTS] = {"quotients", quotient_columns, OKRUG_COUNT_OF(quotient_columns)},
    [BANDS] = {"bands", band_columns, OKRUG_COUNT_OF(band_columns)},
    [VARIANTS] = {"variants", variant_columns, OKRUG_COUNT_OF(variant_columns)},
};

static const okrug_grain grain[] = {{"regions", 2, OKRUG_UNIT_COUNT}};

static const char *const references[] = {
    "Flegg, A. T., Webber, C. D. (1997). On the appropriate use of location quotients in generating regional "
    "input-output tables: reply. Regional Studies 31(8).",
    "Flegg, A. T., Webber, C. D. (2000). Regional size, regional specialization and the FLQ formula. Regional Studies "
    "34(6).",
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University Press.",
    NULL,
};

/* The conventions tried, and which of them give an economy that can be solved. */
typedef struct {
    okrug_regional_variant list[OKRUG_REGIONAL_VARIANTS];
    bool viable[OKRUG_REGIONAL_VARIANTS];
    int count; /* of those that are viable */
} conventions;

/* Multipliers (variants x measures x n). AFLQ may raise coefficients so far that no economy could live with them: such
 * a convention is left out, and said. */
static okrug_status compute_variants(okrug_ctx *ctx, const okrug_regional_case *rc, double cap, int measures,
                                     conventions *tried, double *a, double *multiplier) {
    int64_t n = rc->io.n;
    const char *first = NULL;
    for (int v = 0; v < OKRUG_REGIONAL_VARIANTS; v++) {
        okrug_regional_coefficients(rc, tried->list[v], cap, a);
        OKRUG_TRY(okrug_is_viable(ctx, n, a, &tried->viable[v]));
        tried->count += tried->viable[v];
        if (tried->viable[v]) {
            OKRUG_TRY(okrug_regional_multipliers(ctx, rc, a, multiplier + (int64_t)v * measures * n));
        } else if (first == NULL) {
            const char *name = method_name[tried->list[v].method];
            first = isnan(tried->list[v].delta) ? name : okrug_text(ctx, "%s %.2f", name, tried->list[v].delta);
        }
    }
    if (first != NULL) {
        okrug_warn(ctx, "variant-not-viable", NULL, "count",
                   okrug_text_integer(ctx, OKRUG_REGIONAL_VARIANTS - tried->count), "first", first, (char *)NULL);
    }
    return OKRUG_OK;
}

/* 1 + how many are greater by more than rounding: equal ones share a rank. */
static int64_t rank_of(const double *values, int64_t n, int64_t j) {
    int64_t rank = 1;
    for (int64_t k = 0; k < n; k++) {
        rank += values[k] > values[j] * (1.0 + 1e-12);
    }
    return rank;
}

static okrug_status write_variants(const okrug_regional_case *rc, const conventions *tried, const double *multiplier,
                                   okrug_dataset *result) {
    const char *measure_name[OKRUG_REGIONAL_MEASURES];
    int measures = okrug_regional_measures(rc, measure_name);
    int64_t n = rc->io.n;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[VARIANTS], OKRUG_UNIT_NONE, OKRUG_REGIONAL_VARIANTS * measures * n,
                                 &table));
    int64_t row = 0;
    for (int v = 0; v < OKRUG_REGIONAL_VARIANTS; v++) {
        for (int m = 0; m < measures; m++) {
            const double *values = multiplier + ((int64_t)v * measures + m) * n;
            for (int64_t j = 0; j < n; j++, row++) {
                OKRUG_TRY(okrug_result_text(table, 0, row, rc->io.code[j]));
                OKRUG_TRY(okrug_result_text(table, 1, row, method_name[tried->list[v].method]));
                OKRUG_TRY(okrug_set_number_or(table, 2, row, tried->list[v].delta, OKRUG_NOT_APPLICABLE));
                OKRUG_TRY(okrug_result_text(table, 3, row, measure_name[m]));
                bool known = tried->viable[v] && !isnan(values[j]);
                okrug_reason none = tried->viable[v] ? OKRUG_ZERO_TOTAL : OKRUG_NOT_VIABLE;
                OKRUG_TRY(okrug_set_number_or(table, 4, row, known ? values[j] : NAN, none));
                OKRUG_TRY(okrug_set_number_or(table, 5, row, known ? (double)rank_of(values, n, j) : NAN, none));
            }
        }
    }
    return OKRUG_OK;
}

/* The range of one industry over the conventions. */
typedef struct {
    double low, high;
    int64_t rank_central, rank_low, rank_high;
} band;

/* `multiplier` and `central` begin at the measure; the conventions are measures x n apart. */
static band band_of(const conventions *tried, int measures, const double *multiplier, const double *central, int64_t n,
                    int64_t j) {
    int64_t rank = rank_of(central, n, j);
    band b = {central[j], central[j], rank, rank, rank};
    for (int v = 0; v < OKRUG_REGIONAL_VARIANTS; v++) {
        const double *values = multiplier + (int64_t)v * measures * n;
        if (!tried->viable[v]) {
            continue;
        }
        rank = rank_of(values, n, j);
        b.low = fmin(b.low, values[j]);
        b.high = fmax(b.high, values[j]);
        b.rank_low = rank < b.rank_low ? rank : b.rank_low;
        b.rank_high = rank > b.rank_high ? rank : b.rank_high;
    }
    return b;
}

static okrug_status write_bands(const okrug_regional_case *rc, const conventions *tried, const double *multiplier,
                                const double *central, okrug_dataset *result) {
    const char *measure_name[OKRUG_REGIONAL_MEASURES];
    int measures = okrug_regional_measures(rc, measure_name);
    int64_t n = rc->io.n;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[BANDS], OKRUG_UNIT_NONE, measures * n, &table));
    for (int m = 0; m < measures; m++) {
        for (int64_t j = 0; j < n; j++) {
            int64_t row = m * n + j;
            band b = band_of(tried, measures, multiplier + (int64_t)m * n, central + (int64_t)m * n, n, j);
            double numbers[] = {
                central[row],        b.low, b.high, (double)b.rank_central, (double)b.rank_low, (double)b.rank_high,
                (double)tried->count};
            OKRUG_TRY(okrug_result_text(table, 0, row, rc->io.code[j]));
            OKRUG_TRY(okrug_result_text(table, 1, row, measure_name[m]));
            for (int c = 0; c < OKRUG_COUNT_OF(numbers); c++) {
                OKRUG_TRY(
                    okrug_set_number_or(table, 2 + c, row, isnan(central[row]) ? NAN : numbers[c], OKRUG_ZERO_TOTAL));
            }
        }
    }
    return OKRUG_OK;
}

/* ---- The regional table ---- */

static okrug_status add_cell(okrug_table *table, int64_t *row, const char *from, const char *to, double value) {
    OKRUG_TRY(okrug_result_text(table, 0, *row, from));
    OKRUG_TRY(okrug_result_text(table, 1, *row, to));
    OKRUG_TRY(okrug_set_number_or(table, 2, *row, value, OKRUG_UNDEFINED));
    (*row)++;
    return OKRUG_OK;
}

/* Flows and primary inputs with the region's output, taken to be the nation's in proportion to employment. */
static okrug_status write_table(const okrug_regional_case *rc, const double *a, bool coefficients,
                                okrug_dataset *result) {
    const okrug_io *io = &rc->io;
    int64_t n = io->n;
    int64_t extra = rc->value_added == NULL ? 2 : 3;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[TABLE], OKRUG_UNIT_NONE, n * n + extra * n, &table));
    int64_t row = 0;
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            double output = rc->nation[j] == 0.0 ? 0.0 : io->output[j] * rc->region[j] / rc->nation[j];
            OKRUG_TRY(add_cell(table, &row, io->code[i], io->code[j], a[i * n + j] * (coefficients ? 1.0 : output)));
        }
    }
    for (int64_t j = 0; j < n; j++) {
        double output = rc->nation[j] == 0.0 ? 0.0 : io->output[j] * rc->region[j] / rc->nation[j];
        double scale = coefficients ? 1.0 : output;
        double elsewhere = 0.0;
        for (int64_t i = 0; i < n; i++) {
            elsewhere += rc->a[i * n + j] - a[i * n + j];
        }
        if (rc->value_added != NULL) {
            OKRUG_TRY(add_cell(table, &row, "value-added", io->code[j], rc->value_added[j] * scale));
        }
        OKRUG_TRY(add_cell(table, &row, "regional-imports", io->code[j], elsewhere * scale));
        OKRUG_TRY(add_cell(table, &row, "output", io->code[j], scale));
    }
    return OKRUG_OK;
}

static okrug_status write_quotients(const okrug_regional_case *rc, okrug_dataset *result) {
    int64_t n = rc->io.n;
    double region = 0.0;
    double nation = 0.0;
    for (int64_t i = 0; i < n; i++) {
        region += rc->region[i];
        nation += rc->nation[i];
    }
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[QUOTIENTS], OKRUG_UNIT_NONE, n, &table));
    for (int64_t i = 0; i < n; i++) {
        double own = region == 0.0 ? NAN : rc->region[i] / region;
        double all = nation == 0.0 ? NAN : rc->nation[i] / nation;
        OKRUG_TRY(okrug_result_text(table, 0, i, rc->io.code[i]));
        OKRUG_TRY(okrug_set_number_or(table, 1, i, own, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(table, 2, i, all, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(table, 3, i, all == 0.0 ? NAN : own / all, OKRUG_ZERO_TOTAL));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const regionalise_parameters *p = job->parameters;
    okrug_texts primary[] = {p->value_added};
    okrug_io_request request = {OKRUG_IO_REQUEST(job, p, primary)};
    if (p->region == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "missing-option", NULL, "option", "region", (char *)NULL);
    }
    okrug_regional_case rc = {0};
    OKRUG_TRY(okrug_regional_case_read(ctx, &request, &p->value_added, job->input[EMPLOYMENT], p->region, grain, &rc));
    int64_t n = rc.io.n;
    const char *measure_name[OKRUG_REGIONAL_MEASURES];
    int measures = okrug_regional_measures(&rc, measure_name);
    conventions tried = {0};
    okrug_regional_variants(tried.list);
    double *a = OKRUG_SCRATCH(ctx, n * n, double);
    double *multiplier = OKRUG_SCRATCH(ctx, OKRUG_REGIONAL_VARIANTS * measures * n, double);
    double *central = OKRUG_SCRATCH(ctx, measures * n, double);
    if (a == NULL || multiplier == NULL || central == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(compute_variants(ctx, &rc, p->cap, measures, &tried, a, multiplier));
    okrug_regional_method method = method_of_choice[p->method];
    bool has_delta = method == OKRUG_REGIONAL_FLQ || method == OKRUG_REGIONAL_AFLQ;
    okrug_regional_coefficients(&rc, (okrug_regional_variant){method, has_delta ? p->delta : NAN}, p->cap, a);
    OKRUG_TRY(okrug_regional_multipliers(ctx, &rc, a, central));
    OKRUG_TRY(write_table(&rc, a, p->as == AS_COEFFICIENTS, result));
    OKRUG_TRY(write_quotients(&rc, result));
    OKRUG_TRY(write_bands(&rc, &tried, multiplier, central, result));
    return write_variants(&rc, &tried, multiplier, result);
}

OKRUG_ANALYSIS_WITH_GRAIN(regionalise, "regionalise", "O(variants * industries^3)");
