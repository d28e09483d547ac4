/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * shift-share: which part of an industry's growth in a region came with the nation, which with the industry, and which
 * is the region's own.
 */
#include <math.h>

#include <okrug/shift_share.h>

#include "analyses/list.h"
#include "analyses/region_links.h"
#include "analyses/result.h"
#include "analyses/shift_nation.h"
#include "analyses/two_dates.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
static const okrug_role reference_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
static const okrug_role weights_roles[] = {OKRUG_REGION_LINK_ROLES};
enum { INPUT, REFERENCE, WEIGHTS };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [REFERENCE] = {"reference", OKRUG_SHAPE_TIDY, false, false, reference_roles, OKRUG_COUNT_OF(reference_roles)},
    [WEIGHTS] = {"weights", OKRUG_SHAPE_TIDY, false, false, weights_roles, OKRUG_COUNT_OF(weights_roles)},
};

enum { ABSENT_ZERO, ABSENT_UNKNOWN };
#define SHIFT_SHARE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    CHOICE(form, "form", "classic|esteban-marquillas|spatial")                                                         \
    CHOICE(absent, "absent", "zero|unknown")                                                                           \
    TEXT(from, "from")                                                                                                 \
    TEXT(to, "to")

typedef struct {
    OKRUG_PARAMETER_FIELDS(SHIFT_SHARE_PARAMETERS)
} shift_share_parameters;
#define OKRUG_PARAMETERS shift_share_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(SHIFT_SHARE_PARAMETERS)};
static const okrug_shift_form forms[] = {OKRUG_SHIFT_CLASSIC, OKRUG_SHIFT_ESTEBAN_MARQUILLAS, OKRUG_SHIFT_SPATIAL};

enum { PARTS = 6 };
enum {
    REGION,
    INDUSTRY,
    NATIONAL,
    MIX,
    REGIONAL,
    ALLOCATION,
    ENTRY,
    TOTAL,
    UNSPLIT,
    START,
    END,
    GROWTH,
    COMPARED,
    FLAG
};
static const okrug_output_column component_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [NATIONAL] = {"national", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri g"},
    [MIX] = {"mix", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri (g_i - g); spatial: E_ri (v_ri - g)"},
    [REGIONAL] = {"regional", OKRUG_NUMBER, OKRUG_UNIT_OWN,
                  "E_ri (g_ri - g_i); esteban-marquillas: h_ri (g_ri - g_i), h_ri = e_r e_i / e; spatial: "
                  "E_ri (g_ri - v_ri)"},
    [ALLOCATION] = {"allocation", OKRUG_NUMBER, OKRUG_UNIT_OWN, "esteban-marquillas: (E_ri - h_ri) (g_ri - g_i)"},
    [ENTRY] = {"entry", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri' where E_ri = 0"},
    [TOTAL] = {"total", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri' - E_ri"},
    [UNSPLIT] = {"unsplit", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri (g_ri - g) where g_i or v_ri does not exist"},
    [START] = {"start", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri"},
    [END] = {"end", OKRUG_NUMBER, OKRUG_UNIT_OWN, "E_ri'"},
    [GROWTH] = {"growth", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "g_ri = E_ri' / E_ri - 1"},
    [COMPARED] = {"growth_compared", OKRUG_NUMBER, OKRUG_UNIT_SHARE,
                  "g_i = e_i' / e_i - 1; spatial: v_ri = sum_q w_rq E_qi' / sum_q w_rq E_qi - 1"},
    [FLAG] = {"flag", OKRUG_TEXT, OKRUG_UNIT_NONE, "entry: E_ri = 0; exit: E_ri' = 0"},
};
enum { R_REGION, R_START, R_END, R_NATIONAL, R_MISSING = R_NATIONAL + PARTS + 1, R_GROWTH, R_COLUMNS };
static const okrug_output_column region_columns[] = {
    [R_REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [R_START] = {"start", OKRUG_NUMBER, OKRUG_UNIT_OWN, "e_r"},
    [R_END] = {"end", OKRUG_NUMBER, OKRUG_UNIT_OWN, "e_r'"},
    [R_NATIONAL] = {"national", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_i"},
    {"mix", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_i"},
    {"regional", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_i"},
    {"allocation", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_i"},
    {"entry", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_i"},
    {"total", OKRUG_NUMBER, OKRUG_UNIT_OWN, "e_r' - e_r"},
    {"unsplit", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum_i"},
    [R_MISSING] = {"missing", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "cells not known in one of the periods"},
    [R_GROWTH] = {"growth", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "e_r' / e_r - 1"},
};
static const okrug_output outputs[] = {
    {"components", component_columns, OKRUG_COUNT_OF(component_columns)},
    {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
};

static const okrug_grain grain[] = {{"regions-without-reference", 2, OKRUG_UNIT_COUNT}};

static const char *const references[] = {
    "Dunn, E. S. (1960). A statistical and analytical technique for regional analysis. Papers of the Regional Science "
    "Association 6.",
    "Esteban-Marquillas, J. M. (1972). A reinterpretation of shift-share analysis. Regional and Urban Economics 2(3).",
    "Nazara, S., Hewings, G. J. D. (2004). Spatial structure and taxonomy of decomposition in shift-share analysis. "
    "Growth and Change 35(4).",
    NULL,
};

static okrug_status take_weights(okrug_ctx *ctx, const okrug_job *job, const okrug_two_dates *dates,
                                 okrug_csr *weights) {
    const okrug_table *table = job->input[WEIGHTS];
    if (table == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "spatial-needs-weights", NULL, (char *)NULL);
    }
    okrug_region_links read;
    OKRUG_TRY(okrug_region_links_read(ctx, table, dates->regions, dates->region, OKRUG_LINKS_GIVEN, &read));
    *weights = read.links;
    int64_t alone = 0;
    const char *first = "";
    for (int64_t r = 0; r < dates->regions; r++) {
        if (weights->ptr[r] == weights->ptr[r + 1]) {
            first = alone++ == 0 ? dates->region[r] : first;
        }
    }
    if (alone > 0) {
        okrug_warn(ctx, "regions-without-neighbours", &(okrug_place){.file = table->file}, "count",
                   okrug_text_integer(ctx, alone), "first", first, (char *)NULL);
    }
    return OKRUG_OK;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

/* The parts in the order of their columns. */
typedef struct {
    const double *part[PARTS + 1]; /* national, mix, regional, allocation, entry, NULL (total), unsplit */
    const double *compared;
    int64_t width; /* industries of the kernel's matrices */
    bool allocates;
} parts;

static okrug_status write_cell(const okrug_two_dates *dates, const parts *of, int64_t r, int64_t i, okrug_table *table,
                               int64_t row) {
    int64_t cell = r * dates->industries + i;
    int64_t wide = r * of->width + i;
    double start = dates->start[cell];
    double end = dates->end[cell];
    okrug_reason reason = (okrug_reason)dates->reason[cell];
    OKRUG_TRY(okrug_result_text(table, REGION, row, dates->region[r]));
    OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, dates->industry[i]));
    OKRUG_TRY(okrug_result_text(table, FLAG, row,
                                reason != OKRUG_PRESENT || start == end ? ""
                                : start == 0.0                          ? "entry"
                                : end == 0.0                            ? "exit"
                                                                        : ""));
    if (reason != OKRUG_PRESENT) {
        for (int column = NATIONAL; column <= COMPARED; column++) {
            OKRUG_TRY(okrug_set_missing(table, column, row, reason));
        }
        return OKRUG_OK;
    }
    for (int k = 0; k <= PARTS; k++) {
        int column = NATIONAL + k;
        if (column == ALLOCATION && !of->allocates) {
            OKRUG_TRY(okrug_set_missing(table, column, row, OKRUG_NOT_APPLICABLE));
        } else {
            double value = column == TOTAL ? end - start : of->part[k][wide];
            OKRUG_TRY(okrug_set_number_or(table, column, row, value, OKRUG_ZERO_TOTAL));
        }
    }
    OKRUG_TRY(okrug_set_number(table, START, row, start));
    OKRUG_TRY(okrug_set_number(table, END, row, end));
    OKRUG_TRY(
        okrug_set_number_or(table, GROWTH, row, start > 0.0 ? (end - start) / start : (double)NAN, OKRUG_ZERO_TOTAL));
    return okrug_set_number_or(table, COMPARED, row, of->compared[wide], OKRUG_ZERO_TOTAL);
}

/* Sums over the industries; parts that a cell does not have are in `unsplit`. */
static okrug_status write_region(const okrug_two_dates *dates, const parts *of, int64_t r, okrug_table *table) {
    int64_t missing = 0;
    okrug_reason why = OKRUG_ZERO_TOTAL;
    okrug_sum sum[PARTS + 1] = {{0}};
    okrug_sum start = {0};
    okrug_sum end = {0};
    for (int64_t i = 0; i < dates->industries; i++) {
        int64_t cell = r * dates->industries + i;
        if (dates->reason[cell] != OKRUG_PRESENT) {
            missing++;
            why = (okrug_reason)dates->reason[cell];
            continue;
        }
        okrug_sum_add(&start, dates->start[cell]);
        okrug_sum_add(&end, dates->end[cell]);
        okrug_sum_add(&sum[TOTAL - NATIONAL], dates->end[cell]);
        okrug_sum_add(&sum[TOTAL - NATIONAL], -dates->start[cell]);
        for (int k = 0; k <= PARTS; k++) {
            double value = k == TOTAL - NATIONAL ? 0.0 : of->part[k][r * of->width + i];
            okrug_sum_add(&sum[k], isnan(value) ? 0.0 : value);
        }
    }
    double before = okrug_sum_value(&start);
    double after = okrug_sum_value(&end);
    bool nothing_known = missing == dates->industries;
    OKRUG_TRY(okrug_result_text(table, R_REGION, r, dates->region[r]));
    OKRUG_TRY(okrug_set_number_or(table, R_START, r, nothing_known ? (double)NAN : before, why));
    OKRUG_TRY(okrug_set_number_or(table, R_END, r, nothing_known ? (double)NAN : after, why));
    for (int k = 0; k <= PARTS; k++) {
        bool applies = NATIONAL + k != ALLOCATION || of->allocates;
        double value = nothing_known || !applies ? (double)NAN : okrug_sum_value(&sum[k]);
        OKRUG_TRY(okrug_set_number_or(table, R_NATIONAL + k, r, value, applies ? why : OKRUG_NOT_APPLICABLE));
    }
    OKRUG_TRY(okrug_set_number(table, R_MISSING, r, (double)missing));
    return okrug_set_number_or(table, R_GROWTH, r, before > 0.0 ? (after - before) / before : (double)NAN, why);
}

static void warn(okrug_ctx *ctx, const okrug_job *job, const okrug_two_dates *dates) {
    const shift_share_parameters *p = job->parameters;
    okrug_place place = {.file = job->input[INPUT]->file};
    if (dates->missing > 0) {
        okrug_warn(ctx, "cells-left-out-of-both", &place, "count", okrug_text_integer(ctx, dates->missing),
                   (char *)NULL);
    }
    if (dates->region_once.count > 0) {
        okrug_warn(ctx, p->absent == ABSENT_ZERO ? "regions-of-one-period" : "regions-of-one-period-left-out", &place,
                   "count", okrug_text_integer(ctx, dates->region_once.count), "first", dates->region_once.first,
                   (char *)NULL);
    }
    if (dates->industry_once.count > 0) {
        okrug_warn(ctx, p->absent == ABSENT_ZERO ? "industries-of-one-period" : "industries-of-one-period-left-out",
                   &place, "count", okrug_text_integer(ctx, dates->industry_once.count), "first",
                   dates->industry_once.first, (char *)NULL);
    }
    if (forms[p->form] != OKRUG_SHIFT_SPATIAL && job->input[WEIGHTS] != NULL) {
        okrug_warn(ctx, "input-unused", NULL, "input", inputs[WEIGHTS].name, "because",
                   p->form == 0 ? "--form classic" : "--form esteban-marquillas", (char *)NULL);
    }
}

static okrug_status compute(okrug_ctx *ctx, const okrug_shift_input *in, parts *of) {
    int64_t cells = in->regions * in->industries;
    double *part[PARTS + 1] = {NULL};
    for (int k = 0; k <= PARTS; k++) {
        part[k] = OKRUG_SCRATCH(ctx, cells, double);
        if (part[k] == NULL) {
            return OKRUG_NO_MEMORY;
        }
        of->part[k] = part[k];
    }
    /* The total needs no array of the kernel: its place holds what the cell is compared with. */
    okrug_shift_results results = {.national = part[0],
                                   .mix = part[1],
                                   .regional = part[2],
                                   .allocation = part[3],
                                   .entry = part[4],
                                   .compared = part[TOTAL - NATIONAL],
                                   .unsplit = part[UNSPLIT - NATIONAL]};
    of->compared = part[TOTAL - NATIONAL];
    of->width = in->industries;
    of->allocates = in->form == OKRUG_SHIFT_ESTEBAN_MARQUILLAS;
    return okrug_shift_share(ctx, in, &results);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const shift_share_parameters *p = job->parameters;
    okrug_two_dates dates = {0};
    okrug_csr weights = {0};
    OKRUG_TRY(okrug_two_dates_read(ctx, job->input[INPUT], p->from, p->to, p->absent == ABSENT_UNKNOWN, &dates));
    if (job->input[REFERENCE] == NULL) {
        OKRUG_TRY(
            okrug_grain_need(ctx, &grain[0], (double)dates.regions, &(okrug_place){.file = job->input[INPUT]->file}));
    }
    okrug_shift_input in = {.regions = dates.regions,
                            .industries = dates.industries,
                            .start = dates.start,
                            .end = dates.end,
                            .form = forms[p->form],
                            .weights = &weights};
    if (in.form == OKRUG_SHIFT_SPATIAL) {
        OKRUG_TRY(take_weights(ctx, job, &dates, &weights));
    }
    if (job->input[REFERENCE] != NULL) {
        OKRUG_TRY(okrug_shift_nation(ctx, job->input[REFERENCE], &dates, &in));
    }
    parts of = {0};
    OKRUG_TRY(compute(ctx, &in, &of));
    okrug_unit unit = okrug_table_column(job->input[INPUT], "value")->unit;
    okrug_table *components = NULL;
    okrug_table *regions = NULL;
    OKRUG_TRY(okrug_result_table(result, &outputs[0], unit, 0, &components));
    OKRUG_TRY(okrug_result_table(result, &outputs[1], unit, dates.regions, &regions));
    for (int64_t r = 0; r < dates.regions; r++) {
        for (int64_t i = 0; i < dates.industries; i++) {
            if (dates.listed[r * dates.industries + i] != 0) {
                int64_t row = okrug_table_add_row(components, 0);
                if (row < 0) {
                    return OKRUG_NO_MEMORY;
                }
                OKRUG_TRY(write_cell(&dates, &of, r, i, components, row));
            }
        }
        OKRUG_TRY(write_region(&dates, &of, r, regions));
    }
    warn(ctx, job, &dates);
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(shift_share, "shift-share", "O(rows + regions * industries); spatial: O(links * industries)");
