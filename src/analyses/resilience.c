/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * resilience: how regions held in a downturn and came back from it, beside the nation and beside what their industries
 * would have brought.
 */
#include <math.h>
#include <string.h>

#include <okrug/numeric.h>
#include <okrug/territory.h>

#include "analyses/cube.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"industry", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN},
};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)}};

#define RESILIENCE_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                      \
    TEXT(before, "before")                                                                                             \
    TEXT(trough, "trough")                                                                                             \
    TEXT(after, "after")

typedef struct {
    OKRUG_PARAMETER_FIELDS(RESILIENCE_PARAMETERS)
} resilience_parameters;
#define OKRUG_PARAMETERS resilience_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(RESILIENCE_PARAMETERS)};

enum { REGION, FALL, RESISTANCE, BETA, FALL_MIX, FALL_OWN, RISE, RECOVERY, RISE_MIX, RISE_OWN, RETURN, REGAINED, KIND };
static const okrug_output_column region_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [FALL] = {"fall", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "g_r = E_r(trough) / E_r(before) - 1"},
    [RESISTANCE] = {"resistance", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(g_r - g) / |g|, before to trough"},
    [BETA] = {"sensitivity", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "g_r / g, before to trough"},
    [FALL_MIX] = {"fall_mix", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_i s_ri (g_i - g), before to trough"},
    [FALL_OWN] = {"fall_own", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "g_r - g - mix, before to trough"},
    [RISE] = {"rise", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "g_r = E_r(after) / E_r(trough) - 1"},
    [RECOVERY] = {"recovery", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(g_r - g) / |g|, trough to after"},
    [RISE_MIX] = {"rise_mix", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum_i s_ri (g_i - g), trough to after"},
    [RISE_OWN] = {"rise_own", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "g_r - g - mix, trough to after"},
    [RETURN] = {"level_after", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "E_r(after) / E_r(before)"},
    [REGAINED] = {"regained", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(E(after) - E(trough)) / (E(before) - E(trough))"},
    [KIND] = {"kind", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum { PHASE, FROM, TO, CHANGE, REGIONS };
static const okrug_output_column phase_columns[] = {
    [PHASE] = {"phase", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [FROM] = {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [TO] = {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [CHANGE] = {"change", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "g: of all regions together"},
    [REGIONS] = {"regions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "that have the index"},
};
static const okrug_output outputs[] = {
    {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
    {"phases", phase_columns, OKRUG_COUNT_OF(phase_columns)},
};

static const char *const references[] = {
    "Martin, R. (2012). Regional economic resilience, hysteresis and recessionary shocks. Journal of Economic "
    "Geography "
    "12(1).",
    "Lagravinese, R. (2015). Economic crisis and rising gaps North-South: evidence from the Italian regions. Cambridge "
    "Journal of Regions, Economy and Society 8(2).",
    "Martin, R., Sunley, P., Gardiner, B., Tyler, P. (2016). How regions react to recessions: resilience and the role "
    "of economic structure. Regional Studies 50(4).",
    NULL,
};
enum { GRAIN_PERIODS, GRAIN_REGIONS };
static const okrug_grain grain[] = {
    [GRAIN_PERIODS] = {"periods", 3.0, OKRUG_UNIT_COUNT},
    [GRAIN_REGIONS] = {"regions", 2.0, OKRUG_UNIT_COUNT},
};

enum { BEFORE, TROUGH, AFTER, DATES };

typedef struct {
    const okrug_cube *cube;
    const char *file;
    bool *in;             /* regions x industries: known in all periods */
    double *nation;       /* periods: sums of those cells */
    int64_t when[DATES];  /* places of periods */
    double *value[DATES]; /* regions x industries */
    okrug_phase *phase[2];
    int64_t left_out;
} sample;

/* ---- Cells that can be compared ---- */

/* A pair without a row in a period has nothing there; a pair whose value is not known in one of them is left out of
 * all, or the sums would change by what is published. */
static okrug_status take(okrug_ctx *ctx, sample *s) {
    const okrug_cube *cube = s->cube;
    int64_t cells = cube->regions * cube->things;
    s->in = OKRUG_SCRATCH(ctx, cells, bool);
    s->nation = OKRUG_SCRATCH(ctx, cube->periods, double);
    if (s->in == NULL || s->nation == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < cells; cell++) {
        s->in[cell] = true;
        for (int64_t t = 0; t < cube->periods; t++) {
            uint8_t reason = cube->reason[t * cells + cell];
            s->in[cell] = s->in[cell] && (reason == OKRUG_PRESENT || reason == OKRUG_NO_ROW);
        }
        s->left_out += !s->in[cell];
    }
    for (int64_t t = 0; t < cube->periods; t++) {
        okrug_sum sum = {0};
        for (int64_t cell = 0; cell < cells; cell++) {
            okrug_sum_add(&sum, s->in[cell] ? cube->value[t * cells + cell] : 0.0);
        }
        s->nation[t] = okrug_sum_value(&sum);
    }
    return OKRUG_OK;
}

/* ---- Which periods ---- */

static okrug_status place_of(okrug_ctx *ctx, const sample *s, const char *name, int64_t *at) {
    const char *known = "";
    for (int64_t t = 0; t < s->cube->periods; t++) {
        known = okrug_text_listed(ctx, known, s->cube->period[t]);
        if (name != NULL && strcmp(name, s->cube->period[t]) == 0) {
            *at = t;
            return OKRUG_OK;
        }
    }
    return name == NULL ? OKRUG_OK
                        : okrug_fail(ctx, OKRUG_BAD_INPUT, "no-period", &(okrug_place){.file = s->file}, "period", name,
                                     "known", known, (char *)NULL);
}

/* Where the nation fell most, within what is given: the trough after `before` or the peak before `trough`. */
static okrug_status find_downturn(okrug_ctx *ctx, const resilience_parameters *p, sample *s) {
    int64_t from = p->before != NULL ? s->when[BEFORE] : 0;
    int64_t end = p->trough != NULL ? s->when[TROUGH] : s->when[AFTER] - 1; /* something must come after it */
    int64_t peak = 0;
    int64_t trough = 0;
    bool found = false;
    if (p->before != NULL && p->trough != NULL) {
        return OKRUG_OK;
    }
    for (int64_t t = 0; t < s->cube->periods; t++) {
        if (s->nation[t] == 0.0) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "empty-period", &(okrug_place){.file = s->file}, "period",
                              s->cube->period[t], (char *)NULL);
        }
    }
    if (p->before != NULL || p->trough != NULL) { /* one end is given: the other is where the fall is largest */
        double worst = 1.0;
        for (int64_t t = from; t <= end; t++) {
            double ratio = p->before != NULL ? s->nation[t] / s->nation[from] : s->nation[end] / s->nation[t];
            if (ratio < worst) {
                worst = ratio;
                peak = p->before != NULL ? from : t;
                trough = p->before != NULL ? t : end;
                found = true;
            }
        }
    } else {
        found = end > 0 && okrug_largest_fall(end + 1, s->nation, &peak, &trough);
    }
    if (!found) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-downturn", &(okrug_place){.file = s->file}, (char *)NULL);
    }
    s->when[BEFORE] = peak;
    s->when[TROUGH] = trough;
    okrug_warn(ctx, "downturn-found", &(okrug_place){.file = s->file}, "before", s->cube->period[peak], "trough",
               s->cube->period[trough], (char *)NULL);
    return OKRUG_OK;
}

static okrug_status choose(okrug_ctx *ctx, const resilience_parameters *p, sample *s) {
    s->when[AFTER] = s->cube->periods - 1;
    OKRUG_TRY(place_of(ctx, s, p->before, &s->when[BEFORE]));
    OKRUG_TRY(place_of(ctx, s, p->trough, &s->when[TROUGH]));
    OKRUG_TRY(place_of(ctx, s, p->after, &s->when[AFTER]));
    OKRUG_TRY(find_downturn(ctx, p, s));
    if (s->when[BEFORE] >= s->when[TROUGH] || s->when[TROUGH] >= s->when[AFTER]) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "periods-not-in-order", NULL, "before",
                          s->cube->period[s->when[BEFORE]], "trough", s->cube->period[s->when[TROUGH]], "after",
                          s->cube->period[s->when[AFTER]], (char *)NULL);
    }
    if (s->nation[s->when[TROUGH]] >= s->nation[s->when[BEFORE]]) {
        okrug_warn(ctx, "nation-did-not-fall", &(okrug_place){.file = s->file}, "before",
                   s->cube->period[s->when[BEFORE]], "trough", s->cube->period[s->when[TROUGH]], (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status compute(okrug_ctx *ctx, sample *s) {
    int64_t cells = s->cube->regions * s->cube->things;
    for (int d = 0; d < DATES; d++) {
        s->value[d] = OKRUG_SCRATCH(ctx, cells, double);
        if (s->value[d] == NULL) {
            return OKRUG_NO_MEMORY;
        }
        for (int64_t cell = 0; cell < cells; cell++) {
            s->value[d][cell] = s->in[cell] ? s->cube->value[s->when[d] * cells + cell] : 0.0;
        }
    }
    for (int k = 0; k < 2; k++) {
        s->phase[k] = OKRUG_SCRATCH(ctx, s->cube->regions, okrug_phase);
        if (s->phase[k] == NULL) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_phases(ctx, s->cube->regions, s->cube->things, s->value[k], s->value[k + 1], s->phase[k]));
    }
    return OKRUG_OK;
}

/* ---- Rows ---- */

static double sum_of(const sample *s, int date, int64_t r) {
    return okrug_sum_of(s->value[date] + r * s->cube->things, s->cube->things, 1);
}

static const char *kind_of(const okrug_phase *fall, const okrug_phase *rise) {
    if (isnan(fall->index) || isnan(rise->index)) {
        return NULL;
    }
    if (fall->index >= 0.0) {
        return rise->index >= 0.0 ? "resistant-recovering" : "resistant-lagging";
    }
    return rise->index >= 0.0 ? "hit-recovering" : "hit-lagging";
}

static okrug_status write_region(const sample *s, int64_t r, okrug_table *table) {
    const okrug_phase *fall = &s->phase[0][r];
    const okrug_phase *rise = &s->phase[1][r];
    double before = sum_of(s, BEFORE, r);
    double trough = sum_of(s, TROUGH, r);
    double after = sum_of(s, AFTER, r);
    const struct {
        int column;
        double value;
        okrug_reason reason;
    } cell[] = {
        {FALL, fall->change, OKRUG_ZERO_TOTAL},
        {RESISTANCE, fall->index, OKRUG_ZERO_TOTAL},
        {BETA, fall->beta, OKRUG_ZERO_TOTAL},
        {FALL_MIX, fall->mix, OKRUG_ZERO_TOTAL},
        {FALL_OWN, fall->own, OKRUG_ZERO_TOTAL},
        {RISE, rise->change, OKRUG_ZERO_TOTAL},
        {RECOVERY, rise->index, OKRUG_ZERO_TOTAL},
        {RISE_MIX, rise->mix, OKRUG_ZERO_TOTAL},
        {RISE_OWN, rise->own, OKRUG_ZERO_TOTAL},
        {RETURN, before > 0.0 ? after / before : (double)NAN, OKRUG_ZERO_TOTAL},
        {REGAINED, before > trough ? (after - trough) / (before - trough) : (double)NAN, OKRUG_NOT_APPLICABLE},
    };
    OKRUG_TRY(okrug_result_text(table, REGION, r, s->cube->region[r]));
    for (int i = 0; i < OKRUG_COUNT_OF(cell); i++) {
        OKRUG_TRY(okrug_set_number_or(table, cell[i].column, r, cell[i].value, cell[i].reason));
    }
    return okrug_result_text(table, KIND, r, kind_of(fall, rise));
}

static okrug_status write_phases(const sample *s, okrug_table *table) {
    static const char *const names[] = {"downturn", "recovery"};
    for (int k = 0; k < 2; k++) {
        int64_t known = 0;
        for (int64_t r = 0; r < s->cube->regions; r++) {
            known += !isnan(s->phase[k][r].index);
        }
        OKRUG_TRY(okrug_result_text(table, PHASE, k, names[k]));
        OKRUG_TRY(okrug_result_text(table, FROM, k, s->cube->period[s->when[k]]));
        OKRUG_TRY(okrug_result_text(table, TO, k, s->cube->period[s->when[k + 1]]));
        OKRUG_TRY(okrug_set_number_or(table, CHANGE, k, s->phase[k][0].nation, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number(table, REGIONS, k, (double)known));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const okrug_table *input = job->input[0];
    const okrug_place place = {.file = input->file};
    bool industries = okrug_table_column(input, "industry") != NULL;
    okrug_cube cube = {0};
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    OKRUG_TRY(okrug_cube_read(ctx, input, industries ? "industry" : NULL, &cube));
    sample s = {.cube = &cube, .file = input->file};
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_PERIODS], (double)cube.periods, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_REGIONS], (double)cube.regions, &place));
    OKRUG_TRY(take(ctx, &s));
    if (s.left_out > 0) {
        okrug_warn(ctx, "pairs-not-compared", &place, "count", okrug_text_integer(ctx, s.left_out), (char *)NULL);
    }
    OKRUG_TRY(choose(ctx, job->parameters, &s));
    OKRUG_TRY(compute(ctx, &s));
    const int64_t rows[] = {cube.regions, 2};
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, rows[t], &table[t]));
    }
    for (int64_t r = 0; r < cube.regions; r++) {
        OKRUG_TRY(write_region(&s, r, table[0]));
    }
    return write_phases(&s, table[1]);
}

OKRUG_ANALYSIS_WITH_GRAIN(resilience, "resilience", "O(rows + periods * regions * industries)");
