/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * structural-distance: which regions live under conditions like those of a region, and how it does beside them.
 */
#include <math.h>

#include <okrug/numeric.h>
#include <okrug/territory.h>

#include "analyses/cube.h"
#include "analyses/list.h"
#include "analyses/result.h"
#include "analyses/structural_indicators.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"indicator", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};
static const okrug_role indicator_roles[] = {OKRUG_STRUCTURAL_INDICATOR_ROLES};
enum { INPUT, INDICATORS };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [INDICATORS] = {"indicators", OKRUG_SHAPE_TIDY, false, false, indicator_roles, OKRUG_COUNT_OF(indicator_roles)},
};

#define STRUCTURAL_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                      \
    INTEGER(nearest, "nearest", 5, 0, 100000, COUNT)                                                                   \
    TEXT(outcome, "outcome")                                                                                           \
    REAL(skewness, "skewness", 0.5, 0, 1e9, RATIO)

typedef struct {
    OKRUG_PARAMETER_FIELDS(STRUCTURAL_PARAMETERS)
} structural_parameters;
#define OKRUG_PARAMETERS structural_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(STRUCTURAL_PARAMETERS)};

enum { N_REGION, N_PERIOD, N_RANK, N_OTHER, N_DISTANCE };
static const okrug_output_column nearest_columns[] = {
    [N_REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [N_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [N_RANK] = {"rank", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1 is nearest"},
    [N_OTHER] = {"other", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [N_DISTANCE] = {"distance", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "sum_j w_j (z_rj - z_qj)^2"},
};
enum { B_REGION, B_PERIOD, B_VALUE, B_PEERS_MEAN, B_GAP, B_PEERS };
static const okrug_output_column benchmark_columns[] = {
    [B_REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [B_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [B_VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_NONE, "the outcome y_r, as given"},
    [B_PEERS_MEAN] = {"peers_mean", OKRUG_NUMBER, OKRUG_UNIT_NONE, "mean of y over the nearest that have it"},
    [B_GAP] = {"gap", OKRUG_NUMBER, OKRUG_UNIT_NONE, "y_r - peers_mean"},
    [B_PEERS] = {"peers", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "how many of the nearest have it"},
};
enum { I_INDICATOR, I_PERIOD, I_GROUP, I_WEIGHT, I_ROOT, I_SKEWNESS, I_MEAN, I_DEVIATION };
static const okrug_output_column indicator_columns[] = {
    [I_INDICATOR] = {"indicator", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [I_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [I_GROUP] = {"group", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [I_WEIGHT] = {"weight", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "w_j: 1 / groups, shared within the group by weight"},
    [I_ROOT] = {"root", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "the k of x^(1/k)"},
    [I_SKEWNESS] = {"skewness", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "m_3 / m_2^1.5 sqrt(n (n - 1)) / (n - 2) of x^(1/k)"},
    [I_MEAN] = {"mean", OKRUG_NUMBER, OKRUG_UNIT_NONE, "of x^(1/k)"},
    [I_DEVIATION] = {"deviation", OKRUG_NUMBER, OKRUG_UNIT_NONE, "of x^(1/k), sqrt(sum (x - mean)^2 / n)"},
};
enum { NEAREST, BENCHMARK, SCALES };
static const okrug_output outputs[] = {
    [NEAREST] = {"nearest", nearest_columns, OKRUG_COUNT_OF(nearest_columns)},
    [BENCHMARK] = {"benchmark", benchmark_columns, OKRUG_COUNT_OF(benchmark_columns)},
    [SCALES] = {"indicators", indicator_columns, OKRUG_COUNT_OF(indicator_columns)},
};

static const char *const references[] = {
    "Navarro, M., Gibaja, J. J., Franco, S., Murciego, A., Gianelle, C., Hegyi, F. B., Kleibrink, A. (2014). Regional "
    "benchmarking in the smart specialisation process: identification of reference regions based on structural "
    "similarity. S3 Working Paper 03/2014. JRC.",
    NULL,
};

static const okrug_grain grain[] = {{"regions", 3.0, OKRUG_UNIT_COUNT}};

/* One period: the regions that have every indicator, and their nearest. */
typedef struct {
    const okrug_cube *cube;
    const okrug_structural_indicators *indicators;
    int64_t period, n, k;
    int64_t *region; /* n: places in the cube */
    double *z;       /* n x indicators */
    double *weight;  /* indicators */
    bool *varies;    /* indicators */
    okrug_indicator_scale *scale;
    int64_t *neighbour; /* n x k: places among the n */
    double *distance;
} sample;

/* ---- Reading ---- */

static okrug_status take(okrug_ctx *ctx, sample *s) {
    int64_t m = s->indicators->count;
    s->region = OKRUG_SCRATCH(ctx, s->cube->regions, int64_t);
    s->z = OKRUG_SCRATCH(ctx, s->cube->regions * m, double);
    s->weight = OKRUG_SCRATCH(ctx, m, double);
    s->varies = OKRUG_SCRATCH(ctx, m, bool);
    s->scale = OKRUG_SCRATCH(ctx, m, okrug_indicator_scale);
    if (s->region == NULL || s->z == NULL || s->weight == NULL || s->varies == NULL || s->scale == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < s->cube->regions; r++) {
        bool complete = true;
        for (int64_t j = 0; j < m; j++) {
            int64_t cell = OKRUG_CUBE_AT(s->cube, s->period, r, s->indicators->thing[j]);
            complete = complete && s->cube->reason[cell] == OKRUG_PRESENT;
            s->z[s->n * m + j] = s->cube->value[cell];
        }
        if (complete) {
            s->region[s->n++] = r;
        }
    }
    return OKRUG_OK;
}

/* What is the same everywhere tells nobody apart: it weighs nothing, and the others of its group weigh more. */
static okrug_status rescale(okrug_ctx *ctx, const char *file, double bound, sample *s) {
    int64_t m = s->indicators->count;
    const char *constant = "";
    for (int64_t j = 0; j < m; j++) {
        s->scale[j] = okrug_indicator_rescale(s->n, s->z + j, m, bound, !s->indicators->as_given[j]);
        s->varies[j] = s->scale[j].deviation > 0.0;
        if (!s->varies[j]) {
            constant = okrug_text_listed(ctx, constant, s->cube->thing[s->indicators->thing[j]]);
        }
    }
    okrug_structural_weights(s->indicators, s->varies, s->weight);
    if (okrug_sum_of(s->weight, m, 1) == 0.0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-indicator-varies", &(okrug_place){.file = file}, (char *)NULL);
    }
    if (constant[0] != '\0') {
        okrug_warn(ctx, "indicators-constant", &(okrug_place){.file = file}, "indicators", constant, (char *)NULL);
    }
    return OKRUG_OK;
}

/* ---- Rows ---- */

static okrug_status add_row(okrug_table *table, int64_t *row) {
    *row = okrug_table_add_row(table, 0);
    return *row < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static okrug_status write_nearest(const sample *s, okrug_table *table) {
    for (int64_t i = 0; i < s->n * s->k; i++) {
        int64_t row = 0;
        if (s->neighbour[i] < 0) {
            continue;
        }
        OKRUG_TRY(add_row(table, &row));
        OKRUG_TRY(okrug_result_text(table, N_REGION, row, s->cube->region[s->region[i / s->k]]));
        OKRUG_TRY(okrug_result_text(table, N_PERIOD, row, s->cube->period[s->period]));
        OKRUG_TRY(okrug_set_number(table, N_RANK, row, (double)(i % s->k + 1)));
        OKRUG_TRY(okrug_result_text(table, N_OTHER, row, s->cube->region[s->region[s->neighbour[i]]]));
        OKRUG_TRY(okrug_set_number(table, N_DISTANCE, row, s->distance[i]));
    }
    return OKRUG_OK;
}

static okrug_status write_benchmark(const sample *s, okrug_table *table) {
    int64_t outcome = s->indicators->outcome;
    for (int64_t i = 0; outcome >= 0 && i < s->n; i++) {
        int64_t row = 0;
        int64_t peers = 0;
        okrug_sum sum = {0};
        int64_t own = OKRUG_CUBE_AT(s->cube, s->period, s->region[i], outcome);
        okrug_reason reason = (okrug_reason)s->cube->reason[own];
        for (int64_t j = 0; j < s->k; j++) {
            int64_t other = s->neighbour[i * s->k + j];
            int64_t cell = other < 0 ? own : OKRUG_CUBE_AT(s->cube, s->period, s->region[other], outcome);
            if (other >= 0 && s->cube->reason[cell] == OKRUG_PRESENT) {
                okrug_sum_add(&sum, s->cube->value[cell]);
                peers++;
            }
        }
        double value = reason == OKRUG_PRESENT ? s->cube->value[own] : (double)NAN;
        double mean = peers == 0 ? (double)NAN : okrug_sum_value(&sum) / (double)peers;
        OKRUG_TRY(add_row(table, &row));
        OKRUG_TRY(okrug_result_text(table, B_REGION, row, s->cube->region[s->region[i]]));
        OKRUG_TRY(okrug_result_text(table, B_PERIOD, row, s->cube->period[s->period]));
        OKRUG_TRY(okrug_set_number_or(table, B_VALUE, row, value, reason));
        OKRUG_TRY(okrug_set_number_or(table, B_PEERS_MEAN, row, mean, OKRUG_NO_ROW));
        OKRUG_TRY(
            okrug_set_number_or(table, B_GAP, row, value - mean, reason == OKRUG_PRESENT ? OKRUG_NO_ROW : reason));
        OKRUG_TRY(okrug_set_number(table, B_PEERS, row, (double)peers));
    }
    return OKRUG_OK;
}

static okrug_status write_scales(const sample *s, okrug_table *table) {
    for (int64_t j = 0; j < s->indicators->count; j++) {
        const okrug_indicator_scale *scale = &s->scale[j];
        int64_t row = 0;
        OKRUG_TRY(add_row(table, &row));
        OKRUG_TRY(okrug_result_text(table, I_INDICATOR, row, s->cube->thing[s->indicators->thing[j]]));
        OKRUG_TRY(okrug_result_text(table, I_PERIOD, row, s->cube->period[s->period]));
        OKRUG_TRY(okrug_result_text(table, I_GROUP, row, s->indicators->group[j]));
        OKRUG_TRY(okrug_set_number(table, I_WEIGHT, row, s->weight[j]));
        OKRUG_TRY(okrug_set_number(table, I_ROOT, row, (double)scale->root));
        OKRUG_TRY(okrug_set_number_or(table, I_SKEWNESS, row, scale->skewness, OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number(table, I_MEAN, row, scale->mean));
        OKRUG_TRY(okrug_set_number(table, I_DEVIATION, row, scale->deviation));
    }
    return OKRUG_OK;
}

/* ---- One period ---- */

static okrug_status tell_left_out(okrug_ctx *ctx, const char *file, const sample *s) {
    int64_t left = s->cube->regions - s->n;
    int64_t first = 0;
    while (first < s->n && s->region[first] == first) {
        first++;
    }
    if (left > 0) {
        okrug_warn(ctx, "regions-without-indicator", &(okrug_place){.file = file}, "count",
                   okrug_text_integer(ctx, left), "first", s->cube->region[first], (char *)NULL);
    }
    return okrug_grain_need(ctx, &grain[0], (double)s->n, &(okrug_place){.file = file});
}

static okrug_status one_period(okrug_ctx *ctx, const structural_parameters *p, const char *file, sample *s,
                               okrug_table *const *table) {
    OKRUG_TRY(take(ctx, s));
    OKRUG_TRY(tell_left_out(ctx, file, s));
    OKRUG_TRY(rescale(ctx, file, p->skewness, s));
    s->k = p->nearest < s->n - 1 ? p->nearest : s->n - 1;
    s->neighbour = OKRUG_SCRATCH(ctx, s->n * s->k, int64_t);
    s->distance = OKRUG_SCRATCH(ctx, s->n * s->k, double);
    if (s->neighbour == NULL || s->distance == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(
        okrug_structural_nearest(ctx, s->n, s->indicators->count, s->z, s->weight, s->k, s->neighbour, s->distance));
    OKRUG_TRY(write_nearest(s, table[NEAREST]));
    OKRUG_TRY(write_benchmark(s, table[BENCHMARK]));
    return write_scales(s, table[SCALES]);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const structural_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    okrug_cube cube = {0};
    okrug_structural_indicators indicators = {0};
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    OKRUG_TRY(okrug_cube_read(ctx, input, "indicator", &cube));
    OKRUG_TRY(okrug_structural_indicators_read(ctx, input, job->input[INDICATORS], &cube, p->outcome, &indicators));
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, 0, &table[t]));
    }
    for (int64_t period = 0; period < cube.periods; period++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        sample s = {.cube = &cube, .indicators = &indicators, .period = period};
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(one_period(ctx, p, input->file, &s, table));
        okrug_scratch_reset(ctx, mark);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(structural_distance, "structural-distance", "O(regions^2 * indicators)");
