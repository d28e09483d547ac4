/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * patterns: which regions have the same profile over several indicators (what is their strong side, what their weak
 * one), whatever their level, and who changes profile from period to period.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/indicators.h>
#include <okrug/numeric.h>

#include "analyses/list.h"
#include "analyses/pattern_codes.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"indicator", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
};

#define PATTERNS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                        \
    CHOICE(normalise, "normalise", "z|percentile|none")                                                                \
    CHOICE(basis, "basis", "period|pooled")                                                                            \
    REAL(band, "band", 0, 0, 1e300, NONE)                                                                              \
    INTEGER(simulations, "simulations", 200, 0, 100000, COUNT)                                                         \
    REAL(noise, "noise", 0, 0, 10, NONE)                                                                               \
    OKRUG_SEED_PARAMETER(INTEGER)

typedef struct {
    OKRUG_PARAMETER_FIELDS(PATTERNS_PARAMETERS)
} patterns_parameters;
#define OKRUG_PARAMETERS patterns_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(PATTERNS_PARAMETERS)};

enum { REGION, PERIOD, PATTERN, CLUSTER, STABILITY, BEFORE, CHANGED, STRONGEST, WEAKEST };
static const okrug_output_column region_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PATTERN] = {"pattern", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [CLUSTER] = {"cluster", OKRUG_NUMBER, OKRUG_UNIT_RANK, "equal patterns, numbered by size"},
    [STABILITY] = {"stability", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "share of the simulations with the same pattern"},
    [BEFORE] = {"cluster_before", OKRUG_NUMBER, OKRUG_UNIT_RANK, "cluster of the period before"},
    [CHANGED] = {"distance", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "share of pairs that differ from the period before"},
    [STRONGEST] = {"strongest", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [WEAKEST] = {"weakest", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum { C_CLUSTER, C_PATTERN, MEMBERS, SHARE, C_PERIODS, MEAN_STABILITY };
static const okrug_output_column cluster_columns[] = {
    [C_CLUSTER] = {"cluster", OKRUG_NUMBER, OKRUG_UNIT_RANK, "by size, then by pattern"},
    [C_PATTERN] = {"pattern", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [MEMBERS] = {"members", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "regions, summed over the periods"},
    [SHARE] = {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "members / all"},
    [C_PERIODS] = {"periods", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "in which it has members"},
    [MEAN_STABILITY] = {"stability", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "mean of its members"},
};
enum { P_CLUSTER, P_INDICATOR, P_MEAN, P_LEAST, P_MOST };
static const okrug_output_column profile_columns[] = {
    [P_CLUSTER] = {"cluster", OKRUG_NUMBER, OKRUG_UNIT_RANK, "as in clusters"},
    [P_INDICATOR] = {"indicator", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [P_MEAN] = {"mean", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "of the comparable values of its members"},
    [P_LEAST] = {"least", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "the same, least"},
    [P_MOST] = {"most", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "the same, most"},
};
enum { M_PERIOD, M_FROM, M_TO, M_COUNT };
static const okrug_output_column move_columns[] = {
    [M_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [M_FROM] = {"from", OKRUG_NUMBER, OKRUG_UNIT_RANK, "cluster in the period before"},
    [M_TO] = {"to", OKRUG_NUMBER, OKRUG_UNIT_RANK, "cluster in this period"},
    [M_COUNT] = {"count", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "regions"},
};
enum { REGIONS_TABLE, CLUSTERS_TABLE, PROFILES_TABLE, MOVES_TABLE };
static const okrug_output outputs[] = {
    [REGIONS_TABLE] = {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
    [CLUSTERS_TABLE] = {"clusters", cluster_columns, OKRUG_COUNT_OF(cluster_columns)},
    [PROFILES_TABLE] = {"profiles", profile_columns, OKRUG_COUNT_OF(profile_columns)},
    [MOVES_TABLE] = {"moves", move_columns, OKRUG_COUNT_OF(move_columns)},
};

static const char *const references[] = {
    "Myachin, A. L. (2019). Pattern analysis in parallel coordinates based on pairwise comparison of parameters. "
    "Automation and Remote Control 80(1).",
    "Aleskerov, F., Egorova, L., Gokhberg, L., Myachin, A., Sagieva, G. (2013). Pattern analysis in the study of "
    "science, education and innovative activity in Russian regions. Procedia Computer Science 17.",
    NULL,
};

enum { GRAIN_REGIONS, GRAIN_INDICATORS };
static const okrug_grain grain[] = {
    [GRAIN_REGIONS] = {"regions", 5, OKRUG_UNIT_COUNT},
    [GRAIN_INDICATORS] = {"indicators", 3, OKRUG_UNIT_COUNT},
};

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static okrug_status set_cluster(okrug_table *table, int column, int64_t row, int64_t cluster, okrug_reason none) {
    return cluster < 0 ? okrug_set_missing(table, column, row, none)
                       : okrug_set_number(table, column, row, (double)cluster + 1.0);
}

/* The indicator in which the region stands highest (sign 1) or lowest (-1); of equal ones the first. */
static const char *extreme(const okrug_patterns *p, int64_t cell, double sign) {
    const double *x = p->value + cell * p->cube.things;
    int64_t best = 0;
    for (int64_t i = 1; i < p->cube.things; i++) {
        best = sign * x[i] > sign * x[best] ? i : best;
    }
    return p->cube.thing[best];
}

static double distance(const char *a, const char *b) {
    size_t differ = 0;
    size_t length = strlen(a);
    for (size_t i = 0; i < length; i++) {
        differ += a[i] != b[i];
    }
    return (double)differ / (double)length;
}

static okrug_status write_regions(const okrug_patterns *p, okrug_table *table) {
    int64_t n = p->cube.regions;
    for (int64_t cell = 0; cell < p->cube.periods * n; cell++) {
        okrug_reason why = (okrug_reason)p->reason[cell];
        bool known = why == OKRUG_PRESENT;
        bool first = cell < n;
        okrug_reason no_before = first ? OKRUG_NOT_APPLICABLE : (okrug_reason)p->reason[cell - n];
        bool both = known && !first && no_before == OKRUG_PRESENT;
        OKRUG_TRY(okrug_result_text(table, REGION, cell, p->cube.region[cell % n]));
        OKRUG_TRY(okrug_result_text(table, PERIOD, cell, p->cube.period[cell / n]));
        OKRUG_TRY(known ? okrug_result_text(table, PATTERN, cell, p->code[cell])
                        : okrug_set_missing(table, PATTERN, cell, why));
        OKRUG_TRY(set_cluster(table, CLUSTER, cell, p->cluster[cell], why));
        OKRUG_TRY(okrug_set_number_or(table, STABILITY, cell, known ? p->stability[cell] : (double)NAN,
                                      known ? OKRUG_NOT_APPLICABLE : why));
        OKRUG_TRY(set_cluster(table, BEFORE, cell, first ? -1 : p->cluster[cell - n], no_before));
        OKRUG_TRY(okrug_set_number_or(table, CHANGED, cell,
                                      both ? distance(p->code[cell], p->code[cell - n]) : (double)NAN,
                                      known ? no_before : why));
        OKRUG_TRY(known ? okrug_result_text(table, STRONGEST, cell, extreme(p, cell, 1.0))
                        : okrug_set_missing(table, STRONGEST, cell, why));
        OKRUG_TRY(known ? okrug_result_text(table, WEAKEST, cell, extreme(p, cell, -1.0))
                        : okrug_set_missing(table, WEAKEST, cell, why));
    }
    return OKRUG_OK;
}

static okrug_status write_profile(const okrug_patterns *p, int64_t c, okrug_table *table) {
    int64_t m = p->cube.things;
    for (int64_t i = 0; i < m; i++) {
        okrug_sum sum = {0};
        double least = INFINITY;
        double most = -INFINITY;
        for (int64_t cell = 0; cell < p->cube.periods * p->cube.regions; cell++) {
            if (p->cluster[cell] == c) {
                double x = p->value[cell * m + i];
                okrug_sum_add(&sum, x);
                least = fmin(least, x);
                most = fmax(most, x);
            }
        }
        int64_t row = c * m + i;
        OKRUG_TRY(set_cluster(table, P_CLUSTER, row, c, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_result_text(table, P_INDICATOR, row, p->cube.thing[i]));
        OKRUG_TRY(okrug_set_number(table, P_MEAN, row, okrug_sum_value(&sum) / (double)p->size[c]));
        OKRUG_TRY(okrug_set_number(table, P_LEAST, row, least));
        OKRUG_TRY(okrug_set_number(table, P_MOST, row, most));
    }
    return OKRUG_OK;
}

static okrug_status write_cluster(const okrug_patterns *p, int64_t c, okrug_table *table) {
    int64_t n = p->cube.regions;
    int64_t periods = 0;
    int64_t last = -1;
    okrug_sum stability = {0};
    const char *code = NULL;
    for (int64_t cell = 0; cell < p->cube.periods * n; cell++) {
        if (p->cluster[cell] == c) {
            code = p->code[cell];
            periods += cell / n != last;
            last = cell / n;
            okrug_sum_add(&stability, p->stability[cell]);
        }
    }
    OKRUG_TRY(set_cluster(table, C_CLUSTER, c, c, OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_result_text(table, C_PATTERN, c, code));
    OKRUG_TRY(okrug_set_number(table, MEMBERS, c, (double)p->size[c]));
    OKRUG_TRY(okrug_set_number(table, SHARE, c, (double)p->size[c] / (double)p->known));
    OKRUG_TRY(okrug_set_number(table, C_PERIODS, c, (double)periods));
    return okrug_set_number_or(table, MEAN_STABILITY, c, okrug_sum_value(&stability) / (double)p->size[c],
                               OKRUG_NOT_APPLICABLE);
}

typedef struct {
    int64_t from, to;
} step;

static int by_step(const void *left, const void *right) {
    const step *a = left;
    const step *b = right;
    return a->from != b->from ? (a->from > b->from) - (a->from < b->from) : (a->to > b->to) - (a->to < b->to);
}

/* Who went from which cluster to which, into period t. */
static okrug_status write_moves(okrug_ctx *ctx, const okrug_patterns *p, int64_t t, okrug_table *table) {
    int64_t n = p->cube.regions;
    int64_t count = 0;
    okrug_mark mark = okrug_scratch_mark(ctx);
    step *steps = OKRUG_SCRATCH(ctx, n, step);
    if (steps == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < n; r++) {
        step one = {p->cluster[(t - 1) * n + r], p->cluster[t * n + r]};
        if (one.from >= 0 && one.to >= 0) {
            steps[count++] = one;
        }
    }
    qsort(steps, (size_t)count, sizeof *steps, by_step);
    for (int64_t from = 0; from < count;) {
        int64_t to = from + 1;
        while (to < count && by_step(&steps[from], &steps[to]) == 0) {
            to++;
        }
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, M_PERIOD, row, p->cube.period[t]));
        OKRUG_TRY(set_cluster(table, M_FROM, row, steps[from].from, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(set_cluster(table, M_TO, row, steps[from].to, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_set_number(table, M_COUNT, row, (double)(to - from)));
        from = to;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const patterns_parameters *q = job->parameters;
    const okrug_table *input = job->input[0];
    const okrug_pattern_choices choices = {q->normalise, q->basis == 1,  q->band,
                                           q->noise,     q->simulations, (uint64_t)q->seed};
    okrug_place place = {.file = input->file};
    okrug_patterns p = {0};
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    OKRUG_TRY(okrug_cube_read(ctx, input, "indicator", &p.cube));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_REGIONS], (double)p.cube.regions, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_INDICATORS], (double)p.cube.things, &place));
    OKRUG_TRY(okrug_patterns_find(ctx, input->file, &choices, &p));
    const int64_t rows[] = {p.cube.periods * p.cube.regions, p.clusters, p.clusters * p.cube.things, 0};
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, rows[t], &table[t]));
    }
    OKRUG_TRY(write_regions(&p, table[REGIONS_TABLE]));
    for (int64_t c = 0; c < p.clusters; c++) {
        OKRUG_TRY(write_cluster(&p, c, table[CLUSTERS_TABLE]));
        OKRUG_TRY(write_profile(&p, c, table[PROFILES_TABLE]));
    }
    for (int64_t t = 1; t < p.cube.periods; t++) {
        OKRUG_TRY(write_moves(ctx, &p, t, table[MOVES_TABLE]));
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(patterns, "patterns", "O(simulations * rows * indicators)");
