/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * regionalise: a national input-output table scaled to a region by location quotients, and how far its multipliers
 * depend on that convention: the band over methods and over FLQ's delta.
 */
#include <math.h>
#include <string.h>

#include <okrug/inputoutput.h>

#include "analyses/io_table.h"
#include "analyses/list.h"
#include "analyses/panel.h"
#include "analyses/result.h"

static const okrug_role table_roles[] = {OKRUG_IO_ROLES};
static const okrug_role concordance_roles[] = {OKRUG_CONCORDANCE_ROLES};
static const okrug_role employment_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE)};
enum { INPUT, CONCORDANCE, EMPLOYMENT };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_INPUT_OUTPUT, true, false, table_roles, OKRUG_COUNT_OF(table_roles)},
    [CONCORDANCE] = {"concordance", OKRUG_SHAPE_TIDY, false, false, concordance_roles,
                     OKRUG_COUNT_OF(concordance_roles)},
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
    {"central", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "c' (I - A^r)^-1, by --method and --delta"},
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
    {"multiplier", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "c' (I - A^r)^-1, a^r_ij = q_ij a_ij"},
    {"rank", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1: multiplies most"},
};
enum { TABLE, QUOTIENTS, BANDS, VARIANTS };
static const okrug_output outputs[] = {
    [TABLE] = {"table", table_columns, OKRUG_COUNT_OF(table_columns)},
    [QUOTIENTS] = {"quotients", quotient_columns, OKRUG_COUNT_OF(quotient_columns)},
    [BANDS] = {"bands", band_columns, OKRUG_COUNT_OF(band_columns)},
    [VARIANTS] = {"variants", variant_columns, OKRUG_COUNT_OF(variant_columns)},
};

static const char *const references[] = {
    "Flegg, A. T., Webber, C. D. (1997). On the appropriate use of location quotients in generating regional "
    "input-output tables: reply. Regional Studies 31(8).",
    "Flegg, A. T., Webber, C. D. (2000). Regional size, regional specialization and the FLQ formula. Regional Studies "
    "34(6).",
    "Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd ed. Cambridge "
    "University Press.",
    NULL,
};

/* ---- The region beside the nation ---- */

typedef struct {
    okrug_io io;
    double *region;      /* n: employment */
    double *nation;      /* n */
    double *a;           /* n x n: national coefficients */
    double *value_added; /* n per unit of output; NULL: not named */
} regional_case;

static okrug_status find_region(okrug_ctx *ctx, const okrug_panel *panel, const char *region, const char *file,
                                int64_t *place) {
    for (*place = 0; *place < panel->regions; (*place)++) {
        if (strcmp(panel->region[*place], region) == 0) {
            return OKRUG_OK;
        }
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-region", &(okrug_place){.file = file}, "region", region, (char *)NULL);
}

/* Employment of the region and of all regions together, in the order of the table's industries. */
static okrug_status read_employment(okrug_ctx *ctx, const okrug_panel *panel, int64_t region, const char *file,
                                    regional_case *rc) {
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < rc->io.n; i++) {
        int64_t k = 0;
        while (k < panel->industries && strcmp(panel->industry[k], rc->io.code[i]) != 0) {
            k++;
        }
        int64_t cell = region * panel->industries + k;
        if (k == panel->industries ||
            (panel->reason[cell] != OKRUG_PRESENT && panel->reason[cell] != OKRUG_STRUCTURAL_ZERO)) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-employment", &(okrug_place){.file = file}, "code",
                                rc->io.code[i], (char *)NULL);
            continue;
        }
        rc->region[i] = panel->value[cell];
        for (int64_t r = 0; r < panel->regions; r++) {
            rc->nation[i] += panel->value[r * panel->industries + k];
        }
    }
    return status;
}

static okrug_status read_case(okrug_ctx *ctx, const okrug_job *job, regional_case *rc) {
    const regionalise_parameters *p = job->parameters;
    const okrug_table *employment = job->input[EMPLOYMENT];
    okrug_texts named[] = {p->value_added};
    okrug_io_request request = {.table = job->input[INPUT],
                                .concordance = job->input[CONCORDANCE],
                                .labels = p->labels,
                                .output = p->output,
                                .final_demand = p->final_demand,
                                .named = named,
                                .named_count = OKRUG_COUNT_OF(named)};
    if (p->region == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "missing-option", NULL, "option", "region", (char *)NULL);
    }
    OKRUG_TRY(okrug_io_read(ctx, &request, &rc->io));
    int64_t n = rc->io.n;
    rc->region = OKRUG_SCRATCH_ZERO(ctx, n, double);
    rc->nation = OKRUG_SCRATCH_ZERO(ctx, n, double);
    rc->a = OKRUG_SCRATCH(ctx, n * n, double);
    if (rc->region == NULL || rc->nation == NULL || rc->a == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_technical_coefficients(n, rc->io.flow, rc->io.output, rc->a);
    if (p->value_added.count > 0) {
        rc->value_added = OKRUG_SCRATCH(ctx, n, double);
        if (rc->value_added == NULL) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_io_vector(ctx, &rc->io, &p->value_added, rc->value_added));
        for (int64_t j = 0; j < n; j++) {
            rc->value_added[j] = rc->io.output[j] == 0.0 ? 0.0 : rc->value_added[j] / rc->io.output[j];
        }
    }
    okrug_panels panels = {0};
    OKRUG_TRY(okrug_panels_read(ctx, employment, &panels));
    if (panels.count != 1) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "one-period", &(okrug_place){.file = employment->file}, "count",
                          okrug_text_integer(ctx, panels.count), (char *)NULL);
    }
    int64_t region = 0;
    OKRUG_TRY(find_region(ctx, &panels.panel[0], p->region, employment->file, &region));
    if (panels.panel[0].missing > 0) {
        okrug_warn(ctx, "totals-of-known-cells", &(okrug_place){.file = employment->file}, "count",
                   okrug_text_integer(ctx, panels.panel[0].missing), (char *)NULL);
    }
    return read_employment(ctx, &panels.panel[0], region, employment->file, rc);
}

/* ---- Variants ---- */

typedef struct {
    okrug_regional_method method;
    double delta; /* NaN where the method has none */
} variant;

enum { DELTAS = 5, MOST_VARIANTS = 2 + 2 * DELTAS, MOST_MEASURES = 2 };

static int list_variants(variant *list) {
    int count = 0;
    list[count++] = (variant){OKRUG_REGIONAL_SLQ, NAN};
    list[count++] = (variant){OKRUG_REGIONAL_CILQ, NAN};
    for (int d = 0; d < DELTAS; d++) {
        list[count++] = (variant){OKRUG_REGIONAL_FLQ, (15 + 5 * d) / 100.0};
    }
    for (int d = 0; d < DELTAS; d++) {
        list[count++] = (variant){OKRUG_REGIONAL_AFLQ, (15 + 5 * d) / 100.0};
    }
    return count;
}

/* Regional coefficients a (n x n) and quotients q. What the region has none of it can neither deliver nor use. */
static void regional_coefficients(const regional_case *rc, variant v, double cap, double *q, double *a) {
    int64_t n = rc->io.n;
    double own_cap = v.method == OKRUG_REGIONAL_AFLQ ? INFINITY : 1.0;
    okrug_regional_quotients(n, rc->region, rc->nation, v.method, isnan(v.delta) ? 0.0 : v.delta,
                             cap > 0.0 ? cap : own_cap, q);
    for (int64_t i = 0; i < n * n; i++) {
        q[i] = isnan(q[i]) ? 0.0 : q[i];
        a[i] = q[i] * rc->a[i];
    }
}

static okrug_status regional_multipliers(okrug_ctx *ctx, const regional_case *rc, const double *a, int measures,
                                         double *multiplier) {
    int64_t n = rc->io.n;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *c = OKRUG_SCRATCH(ctx, measures * n, double);
    if (c == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t j = 0; j < n; j++) {
        c[j] = 1.0;
        if (measures > 1) {
            c[n + j] = rc->value_added[j];
        }
    }
    okrug_status status = okrug_multipliers(ctx, n, a, measures, c, multiplier);
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* 1 + how many are greater: equal ones share a rank. */
static int64_t rank_of(const double *values, int64_t n, int64_t j) {
    int64_t rank = 1;
    for (int64_t k = 0; k < n; k++) {
        rank += values[k] > values[j];
    }
    return rank;
}

static const char *const measure_name[MOST_MEASURES] = {"output", "value_added"};

static okrug_status write_variants(const regional_case *rc, const variant *list, int count, int measures,
                                   const double *multiplier, okrug_dataset *result) {
    int64_t n = rc->io.n;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[VARIANTS], OKRUG_UNIT_NONE, count * measures * n, &table));
    int64_t row = 0;
    for (int v = 0; v < count; v++) {
        for (int m = 0; m < measures; m++) {
            const double *values = multiplier + ((int64_t)v * measures + m) * n;
            for (int64_t j = 0; j < n; j++, row++) {
                OKRUG_TRY(okrug_result_text(table, 0, row, rc->io.code[j]));
                OKRUG_TRY(okrug_result_text(table, 1, row, method_name[list[v].method]));
                OKRUG_TRY(okrug_set_number_or(table, 2, row, list[v].delta, OKRUG_STRUCTURAL_ZERO));
                OKRUG_TRY(okrug_result_text(table, 3, row, measure_name[m]));
                OKRUG_TRY(okrug_set_number_or(table, 4, row, values[j], OKRUG_UNDEFINED));
                OKRUG_TRY(okrug_set_number(table, 5, row, (double)rank_of(values, n, j)));
            }
        }
    }
    return OKRUG_OK;
}

static okrug_status write_bands(const regional_case *rc, int count, int measures, const double *multiplier,
                                const double *central, okrug_dataset *result) {
    int64_t n = rc->io.n;
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[BANDS], OKRUG_UNIT_NONE, measures * n, &table));
    for (int m = 0; m < measures; m++) {
        for (int64_t j = 0; j < n; j++) {
            int64_t row = m * n + j;
            double middle = central[row];
            double low = middle;
            double high = middle;
            int64_t rank_middle = rank_of(central + m * n, n, j);
            int64_t rank_low = rank_middle;
            int64_t rank_high = rank_middle;
            for (int v = 0; v < count; v++) {
                const double *values = multiplier + ((int64_t)v * measures + m) * n;
                int64_t rank = rank_of(values, n, j);
                low = fmin(low, values[j]);
                high = fmax(high, values[j]);
                rank_low = rank < rank_low ? rank : rank_low;
                rank_high = rank > rank_high ? rank : rank_high;
            }
            double numbers[] = {middle,       low, high, (double)rank_middle, (double)rank_low, (double)rank_high,
                                (double)count};
            OKRUG_TRY(okrug_result_text(table, 0, row, rc->io.code[j]));
            OKRUG_TRY(okrug_result_text(table, 1, row, measure_name[m]));
            for (int c = 0; c < OKRUG_COUNT_OF(numbers); c++) {
                OKRUG_TRY(okrug_set_number_or(table, 2 + c, row, numbers[c], OKRUG_UNDEFINED));
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
static okrug_status write_table(const regional_case *rc, const double *a, bool coefficients, okrug_dataset *result) {
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

static okrug_status write_quotients(const regional_case *rc, okrug_dataset *result) {
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
    regional_case rc = {0};
    OKRUG_TRY(read_case(ctx, job, &rc));
    int64_t n = rc.io.n;
    int measures = rc.value_added == NULL ? 1 : 2;
    variant list[MOST_VARIANTS];
    int count = list_variants(list);
    double *q = OKRUG_SCRATCH(ctx, n * n, double);
    double *a = OKRUG_SCRATCH(ctx, n * n, double);
    double *multiplier = OKRUG_SCRATCH(ctx, (int64_t)count * measures * n, double);
    double *central = OKRUG_SCRATCH(ctx, measures * n, double);
    if (q == NULL || a == NULL || multiplier == NULL || central == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int v = 0; v < count; v++) {
        regional_coefficients(&rc, list[v], p->cap, q, a);
        OKRUG_TRY(regional_multipliers(ctx, &rc, a, measures, multiplier + (int64_t)v * measures * n));
    }
    okrug_regional_method method = method_of_choice[p->method];
    bool has_delta = method == OKRUG_REGIONAL_FLQ || method == OKRUG_REGIONAL_AFLQ;
    regional_coefficients(&rc, (variant){method, has_delta ? p->delta : NAN}, p->cap, q, a);
    OKRUG_TRY(regional_multipliers(ctx, &rc, a, measures, central));
    OKRUG_TRY(write_table(&rc, a, p->as == AS_COEFFICIENTS, result));
    OKRUG_TRY(write_quotients(&rc, result));
    OKRUG_TRY(write_bands(&rc, count, measures, multiplier, central, result));
    return write_variants(&rc, list, count, measures, multiplier, result);
}

OKRUG_ANALYSIS(regionalise, "regionalise", "O(variants * industries^3)");
