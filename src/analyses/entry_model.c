/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Entry between two periods, as rows of logistic regressions.
 */
#include "analyses/entry_model.h"

#include <math.h>
#include <string.h>

#include <okrug/complexity.h>
#include <okrug/numeric.h>

#include "analyses/presence.h"

enum { FOLDS = 5 };
enum { DENSITY, UBIQUITY, DIVERSITY, TERMS };
static const char *const term_name[TERMS] = {"density", "ubiquity", "diversity"};

typedef struct {
    int64_t rows;
    double *value; /* rows x TERMS */
    uint8_t *y, *fold;
    int32_t *region, *industry;
} sample;

/* ---- The rows --------------------------------------------------------------------------------------------------- */

typedef struct {
    double *presence, *density; /* regions x industries */
    bool *region, *industry;    /* has anything */
} date;

static okrug_status date_of(okrug_ctx *ctx, const okrug_two_dates *dates, double *value, int by, double threshold,
                            date *out) {
    int64_t regions = dates->regions, industries = dates->industries, cells = regions * industries;
    *out = (date){OKRUG_SCRATCH(ctx, cells, double), OKRUG_SCRATCH(ctx, cells, double),
                  OKRUG_SCRATCH_ZERO(ctx, regions, bool), OKRUG_SCRATCH_ZERO(ctx, industries, bool)};
    if (out->presence == NULL || out->density == NULL || out->region == NULL || out->industry == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_panel panel = {.regions = regions, .industries = industries, .value = value};
    OKRUG_TRY(okrug_presence_of(ctx, &panel, by, threshold, out->presence));
    for (int64_t cell = 0; cell < cells; cell++) {
        if (value[cell] > 0.0) {
            out->region[cell / industries] = out->industry[cell % industries] = true;
        }
    }
    return OKRUG_OK;
}

static okrug_status density_of(okrug_ctx *ctx, const okrug_two_dates *dates, const date *d) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *proximity = OKRUG_SCRATCH(ctx, dates->industries * dates->industries, double);
    if (proximity == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_proximity(ctx, dates->regions, dates->industries, d->presence, proximity));
    OKRUG_TRY(okrug_density(ctx, dates->regions, dates->industries, d->presence, proximity, 1.0, d->density));
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

/* Shares in place of counts, so that coefficients do not depend on the size of the table. */
static okrug_status shares_of(okrug_ctx *ctx, const okrug_two_dates *dates, const date *d, double **diversity,
                              double **ubiquity) {
    *diversity = OKRUG_SCRATCH_ZERO(ctx, dates->regions, double);
    *ubiquity = OKRUG_SCRATCH_ZERO(ctx, dates->industries, double);
    if (*diversity == NULL || *ubiquity == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < dates->regions * dates->industries; cell++) {
        (*diversity)[cell / dates->industries] += d->presence[cell] / (double)dates->industries;
        (*ubiquity)[cell % dates->industries] += d->presence[cell] / (double)dates->regions;
    }
    return OKRUG_OK;
}

static okrug_status allocate(okrug_ctx *ctx, int64_t cells, sample *s) {
    *s = (sample){.value = OKRUG_SCRATCH(ctx, cells * TERMS, double),
                  .y = OKRUG_SCRATCH(ctx, cells, uint8_t),
                  .fold = OKRUG_SCRATCH(ctx, cells, uint8_t),
                  .region = OKRUG_SCRATCH(ctx, cells, int32_t),
                  .industry = OKRUG_SCRATCH(ctx, cells, int32_t)};
    return s->value == NULL || s->y == NULL || s->fold == NULL || s->region == NULL || s->industry == NULL
               ? OKRUG_NO_MEMORY
               : OKRUG_OK;
}

static okrug_status read_sample(okrug_ctx *ctx, const okrug_two_dates *dates, int by, double threshold, sample *s) {
    date start, end;
    double *diversity, *ubiquity;
    OKRUG_TRY(date_of(ctx, dates, dates->start, by, threshold, &start));
    OKRUG_TRY(date_of(ctx, dates, dates->end, by, threshold, &end));
    OKRUG_TRY(density_of(ctx, dates, &start));
    OKRUG_TRY(shares_of(ctx, dates, &start, &diversity, &ubiquity));
    OKRUG_TRY(allocate(ctx, dates->regions * dates->industries, s));
    for (int64_t r = 0; r < dates->regions; r++) {
        uint64_t unit = okrug_random_unit(0, dates->region[r]);
        for (int64_t i = 0; i < dates->industries; i++) {
            int64_t cell = r * dates->industries + i;
            bool known = dates->reason[cell] == OKRUG_PRESENT && start.region[r] && end.region[r] &&
                         start.industry[i] && end.industry[i];
            if (!known || start.presence[cell] > 0.0 || isnan(start.density[cell])) {
                continue;
            }
            double *value = s->value + s->rows * TERMS;
            value[DENSITY] = start.density[cell];
            value[UBIQUITY] = ubiquity[i];
            value[DIVERSITY] = diversity[r];
            s->y[s->rows] = end.presence[cell] > 0.0;
            s->region[s->rows] = (int32_t)r;
            s->industry[s->rows] = (int32_t)i;
            /* By name, so that the parts do not depend on the order of the file. */
            okrug_random_key key = {.unit = okrug_random_unit(unit, dates->industry[i])};
            double u[2];
            okrug_random_uniform(key, u);
            s->fold[s->rows++] = (uint8_t)(u[0] * FOLDS);
        }
    }
    return OKRUG_OK;
}

/* ---- One model -------------------------------------------------------------------------------------------------- */

/* Which of TERMS a model has. */
static int terms_of(okrug_entry_kind kind, okrug_effects effects, int term[TERMS]) {
    int count = 0;
    bool ubiquity = effects == OKRUG_EFFECTS_NONE || effects == OKRUG_EFFECTS_REGION;
    bool diversity = effects == OKRUG_EFFECTS_NONE || effects == OKRUG_EFFECTS_INDUSTRY;
    if (kind != OKRUG_ENTRY_BASELINE) {
        term[count++] = DENSITY;
    }
    if (kind != OKRUG_ENTRY_DENSITY && ubiquity) {
        term[count++] = UBIQUITY;
    }
    if (kind != OKRUG_ENTRY_DENSITY && diversity) {
        term[count++] = DIVERSITY;
    }
    return count;
}

/* What one fit is made of; all arrays are as long as the sample. */
typedef struct {
    const okrug_two_dates *dates;
    const sample *from;
    okrug_effects effects;
    int terms, term[TERMS];
    double *x, *score;
    uint8_t *y;
    int32_t *region, *industry;
} design;

static okrug_status design_new(okrug_ctx *ctx, const okrug_entry_models *models, const sample *s, okrug_entry_kind kind,
                               design *d) {
    *d = (design){.dates = &models->dates,
                  .from = s,
                  .effects = models->effects,
                  .x = OKRUG_SCRATCH(ctx, s->rows * TERMS + 1, double),
                  .score = OKRUG_SCRATCH(ctx, s->rows + 1, double),
                  .y = OKRUG_SCRATCH(ctx, s->rows + 1, uint8_t),
                  .region = OKRUG_SCRATCH(ctx, s->rows + 1, int32_t),
                  .industry = OKRUG_SCRATCH(ctx, s->rows + 1, int32_t)};
    d->terms = terms_of(kind, models->effects, d->term);
    return d->x == NULL || d->score == NULL || d->y == NULL || d->region == NULL || d->industry == NULL
               ? OKRUG_NO_MEMORY
               : OKRUG_OK;
}

/* Fits to all rows but those of `fold` (-1: to all). */
static okrug_status fit_but(okrug_ctx *ctx, design *d, int fold, okrug_entry_fit *out) {
    int64_t rows = 0;
    for (int64_t i = 0; i < d->from->rows; i++) {
        if (d->from->fold[i] != fold) {
            for (int t = 0; t < d->terms; t++) {
                d->x[rows * d->terms + t] = d->from->value[i * TERMS + d->term[t]];
            }
            d->y[rows] = d->from->y[i];
            d->region[rows] = d->from->region[i];
            d->industry[rows++] = d->from->industry[i];
        }
    }
    okrug_logit_data data = {.rows = rows, .covariates = d->terms, .x = d->x, .y = d->y};
    double *effect = &out->intercept, *second = NULL;
    if (d->effects != OKRUG_EFFECTS_NONE) {
        /* The kernel wants the more numerous effects first. */
        bool industries = d->effects == OKRUG_EFFECTS_INDUSTRY ||
                          (d->effects == OKRUG_EFFECTS_BOTH && d->dates->industries >= d->dates->regions);
        data.groups = industries ? d->dates->industries : d->dates->regions;
        data.group = industries ? d->industry : d->region;
        effect = industries ? out->industry_effect : out->region_effect;
        if (d->effects == OKRUG_EFFECTS_BOTH) {
            data.seconds = industries ? d->dates->regions : d->dates->industries;
            data.second = industries ? d->region : d->industry;
            second = industries ? out->region_effect : out->industry_effect;
        }
    }
    return okrug_logit(ctx, &data, out->estimate, out->error, effect, &out->intercept_error, second, &out->fit);
}

static double effects_at(okrug_effects effects, const okrug_entry_fit *m, int64_t region, int64_t industry) {
    double sum = effects == OKRUG_EFFECTS_NONE ? m->intercept : 0.0;
    if (effects == OKRUG_EFFECTS_INDUSTRY || effects == OKRUG_EFFECTS_BOTH) {
        sum += m->industry_effect[industry];
    }
    if (effects == OKRUG_EFFECTS_REGION || effects == OKRUG_EFFECTS_BOTH) {
        sum += m->region_effect[region];
    }
    return sum;
}

/* Scores of the rows of `fold` (-1: of all). */
static void score_those(design *d, int fold, const okrug_entry_fit *m) {
    for (int64_t i = 0; i < d->from->rows; i++) {
        if (fold < 0 || d->from->fold[i] == fold) {
            double sum = effects_at(d->effects, m, d->from->region[i], d->from->industry[i]);
            for (int t = 0; t < d->terms; t++) {
                sum += m->estimate[t] * d->from->value[i * TERMS + d->term[t]];
            }
            d->score[i] = m->fit.end == OKRUG_LOGIT_CONVERGED ? sum : (double)NAN;
        }
    }
}

static okrug_status effects_new(okrug_ctx *ctx, const okrug_two_dates *dates, okrug_entry_fit *m) {
    m->industry_effect = OKRUG_SCRATCH(ctx, dates->industries, double);
    m->region_effect = OKRUG_SCRATCH(ctx, dates->regions, double);
    return m->industry_effect == NULL || m->region_effect == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static okrug_status hold_out(okrug_ctx *ctx, design *d, double *area) {
    okrug_entry_fit part = {0};
    bool all = true;
    OKRUG_TRY(effects_new(ctx, d->dates, &part));
    for (int fold = 0; fold < FOLDS; fold++) {
        OKRUG_TRY(fit_but(ctx, d, fold, &part));
        score_those(d, fold, &part);
        all = all && part.fit.end == OKRUG_LOGIT_CONVERGED;
    }
    OKRUG_TRY(okrug_auc(ctx, d->from->rows, d->score, d->from->y, area));
    *area = all ? *area : (double)NAN;
    return OKRUG_OK;
}

static okrug_status fit_kind(okrug_ctx *ctx, okrug_entry_models *models, const sample *s, okrug_entry_kind kind) {
    okrug_entry_fit *m = &models->model[kind];
    design d;
    OKRUG_TRY(effects_new(ctx, &models->dates, m));
    okrug_mark mark = okrug_scratch_mark(ctx);
    OKRUG_TRY(design_new(ctx, models, s, kind, &d));
    m->terms = d.terms;
    for (int t = 0; t < d.terms; t++) {
        m->term[t] = term_name[d.term[t]];
    }
    OKRUG_TRY(fit_but(ctx, &d, -1, m));
    score_those(&d, -1, m);
    OKRUG_TRY(okrug_auc(ctx, s->rows, d.score, s->y, &m->auc));
    OKRUG_TRY(hold_out(ctx, &d, &m->auc_held));
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

okrug_status okrug_entry_models_fit(okrug_ctx *ctx, const okrug_table *table, const char *from, const char *to, int by,
                                    double threshold, okrug_effects effects, okrug_entry_models *out) {
    *out = (okrug_entry_models){.effects = effects};
    sample s;
    OKRUG_TRY(okrug_two_dates_read(ctx, table, from, to, true, &out->dates));
    OKRUG_TRY(read_sample(ctx, &out->dates, by, threshold, &s));
    for (int kind = 0; kind < OKRUG_ENTRY_MODELS; kind++) {
        okrug_progress(ctx, "task.entry", kind, OKRUG_ENTRY_MODELS);
        OKRUG_TRY(fit_kind(ctx, out, &s, (okrug_entry_kind)kind));
    }
    okrug_progress(ctx, "task.entry", OKRUG_ENTRY_MODELS, OKRUG_ENTRY_MODELS);
    return OKRUG_OK;
}

double okrug_entry_probability(const okrug_entry_models *models, int64_t region, int64_t industry, double density) {
    const okrug_entry_fit *m = &models->model[OKRUG_ENTRY_DENSITY];
    if (m->fit.end != OKRUG_LOGIT_CONVERGED) {
        return (double)NAN;
    }
    return 1.0 / (1.0 + exp(-(effects_at(models->effects, m, region, industry) + m->estimate[0] * density)));
}
