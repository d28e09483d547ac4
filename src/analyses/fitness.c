/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fitness: which regions can do what only able regions can do, by iteration; how far it was iterated and why it
 * stopped.
 */
#include <math.h>

#include <okrug/complexity.h>

#include "analyses/list.h"
#include "analyses/presence.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)}};

enum { CLASSIC, REGULARISED };
enum { STOP_STABLE, STOP_NEVER };
#define FITNESS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                         \
    CHOICE(variant, "variant", "classic|regularised")                                                                  \
    REAL(regularisation, "regularisation", 0.01, 1e-4, 1, RATIO)                                                       \
    INTEGER(iterations, "iterations", 10000, 1, 10000000, COUNT)                                                       \
    CHOICE(stop, "stop", "stable|never")                                                                               \
    OKRUG_PRESENCE_PARAMETERS(REAL, CHOICE)

typedef struct {
    OKRUG_PARAMETER_FIELDS(FITNESS_PARAMETERS)
} fitness_parameters;
#define OKRUG_PARAMETERS fitness_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(FITNESS_PARAMETERS)};

static const okrug_output_column region_columns[] = {
    {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"fitness", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
     "F_c = sum_p M_cp Q_p, divided by its mean; regularised: delta^2 + sum_p M_cp / P_p"},
    {"rank", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1 + number of regions with a larger fitness"},
    {"diversity", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "k_c = sum_p M_cp"},
    {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output_column industry_columns[] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"complexity", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
     "Q_p = 1 / sum_c (M_cp / F_c), divided by its mean; regularised: 1 / (P_p - 1), P_p = 1 + sum_c M_cp / F_c"},
    {"ubiquity", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "k_p = sum_c M_cp"},
    {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output_column summary_columns[] = {
    {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"iterations", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "n"},
    {"last_change", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "the last n at which two regions changed places"},
    {"stopped", OKRUG_TEXT, OKRUG_UNIT_NONE, "stable: n >= 20, n >= 2 last_change"},
    {"components", OKRUG_NUMBER, OKRUG_UNIT_COUNT, NULL},
    {"smallest", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "min_c F_c"},
};
enum { REGIONS, INDUSTRIES, SUMMARY, TABLES };
static const okrug_output outputs[] = {
    [REGIONS] = {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
    [INDUSTRIES] = {"industries", industry_columns, OKRUG_COUNT_OF(industry_columns)},
    [SUMMARY] = {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
};

static const char *const references[] = {
    "Tacchella, A., Cristelli, M., Caldarelli, G., Gabrielli, A., Pietronero, L. (2012). A new metrics for countries' "
    "fitness and products' complexity. Scientific Reports 2, 723.",
    "Pugliese, E., Zaccaria, A., Pietronero, L. (2016). On the convergence of the fitness-complexity algorithm. "
    "European Physical Journal Special Topics 225.",
    "Servedio, V. D. P., Buttà, P., Mazzilli, D., Tacchella, A., Pietronero, L. (2018). A new and stable estimation "
    "method of country economic fitness and product complexity. Entropy 20(10), 783.",
    NULL,
};
static const okrug_grain grain[] = {OKRUG_PRESENCE_GRAIN};

static const char *const stop_word[] = {
    [OKRUG_FITNESS_ITERATIONS] = "iterations",
    [OKRUG_FITNESS_STABLE] = "stable",
    [OKRUG_FITNESS_CONVERGED] = "converged",
    [OKRUG_FITNESS_COLLAPSED] = "collapsed",
};

typedef struct {
    double *presence, *fitness, *complexity, *diversity, *ubiquity;
    okrug_fitness_summary summary;
} scores;

static okrug_status compute(okrug_ctx *ctx, const okrug_panel *panel, const fitness_parameters *p, scores *s) {
    int64_t regions = panel->regions, industries = panel->industries;
    s->presence = OKRUG_SCRATCH(ctx, regions * industries, double);
    s->fitness = OKRUG_SCRATCH(ctx, regions, double);
    s->complexity = OKRUG_SCRATCH(ctx, industries, double);
    s->diversity = OKRUG_SCRATCH_ZERO(ctx, regions, double);
    s->ubiquity = OKRUG_SCRATCH_ZERO(ctx, industries, double);
    if (s->presence == NULL || s->fitness == NULL || s->complexity == NULL || s->diversity == NULL ||
        s->ubiquity == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_presence_of(ctx, panel, p->presence, p->threshold, s->presence));
    for (int64_t c = 0; c < regions * industries; c++) {
        s->diversity[c / industries] += s->presence[c];
        s->ubiquity[c % industries] += s->presence[c];
    }
    const okrug_fitness_plan plan = {p->iterations, p->stop == STOP_STABLE,
                                     p->variant == REGULARISED ? p->regularisation : 0.0};
    return okrug_fitness(ctx, regions, industries, s->presence, &plan, s->fitness, s->complexity, &s->summary);
}

static void say(okrug_ctx *ctx, const fitness_parameters *p, const okrug_fitness_summary *summary, const char *file) {
    const okrug_place place = {.file = file};
    if (summary->components > 1) {
        okrug_warn(ctx, "fitness-disconnected", &place, "components", okrug_text_integer(ctx, summary->components),
                   (char *)NULL);
    }
    bool unsettled = summary->stopped == OKRUG_FITNESS_ITERATIONS && p->stop == STOP_STABLE;
    if (summary->regions > 0 && (summary->stopped == OKRUG_FITNESS_COLLAPSED || unsettled)) {
        bool collapsed = summary->stopped == OKRUG_FITNESS_COLLAPSED;
        okrug_warn(ctx, collapsed ? "fitness-collapsed" : "fitness-not-stable", &place, "iterations",
                   okrug_text_integer(ctx, summary->iterations), "change",
                   okrug_text_integer(ctx, summary->last_change), (char *)NULL);
    }
}

/* Those as large but for rounding share a rank. */
static double rank_of(const scores *s, int64_t regions, int64_t region) {
    int64_t larger = 0;
    for (int64_t r = 0; r < regions; r++) {
        larger += s->fitness[r] > s->fitness[region] * (1.0 + 1e-9);
    }
    return isnan(s->fitness[region]) ? (double)NAN : 1.0 + (double)larger;
}

static okrug_status write_regions(const okrug_panel *panel, const scores *s, okrug_table *table, int64_t *row) {
    for (int64_t r = 0; r < panel->regions; r++, (*row)++) {
        OKRUG_TRY(okrug_result_text(table, 0, *row, panel->region[r]));
        OKRUG_TRY(okrug_set_number_or(table, 1, *row, s->fitness[r], OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(table, 2, *row, rank_of(s, panel->regions, r), OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number(table, 3, *row, s->diversity[r]));
        OKRUG_TRY(okrug_result_text(table, 4, *row, panel->period));
    }
    return OKRUG_OK;
}

static okrug_status write_industries(const okrug_panel *panel, const scores *s, okrug_table *table, int64_t *row) {
    for (int64_t i = 0; i < panel->industries; i++, (*row)++) {
        OKRUG_TRY(okrug_result_text(table, 0, *row, panel->industry[i]));
        OKRUG_TRY(okrug_set_number_or(table, 1, *row, s->complexity[i], OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number(table, 2, *row, s->ubiquity[i]));
        OKRUG_TRY(okrug_result_text(table, 3, *row, panel->period));
    }
    return OKRUG_OK;
}

static okrug_status write_summary(const okrug_panel *panel, const scores *s, okrug_table *table, int64_t row) {
    double smallest = (double)NAN;
    for (int64_t r = 0; r < panel->regions; r++) {
        smallest = fmin(smallest, s->fitness[r]); /* of a number and NaN the number */
    }
    OKRUG_TRY(okrug_result_text(table, 0, row, panel->period));
    OKRUG_TRY(okrug_set_number(table, 1, row, (double)s->summary.iterations));
    OKRUG_TRY(okrug_set_number(table, 2, row, (double)s->summary.last_change));
    OKRUG_TRY(okrug_result_text(table, 3, row, s->summary.regions > 0 ? stop_word[s->summary.stopped] : NULL));
    OKRUG_TRY(okrug_set_number(table, 4, row, (double)s->summary.components));
    return okrug_set_number_or(table, 5, row, smallest, OKRUG_ZERO_TOTAL);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    okrug_panels panels = {0};
    int64_t first_message = okrug_messages(ctx);
    OKRUG_TRY(okrug_panels_read(ctx, job->input[0], &panels));
    int64_t rows[TABLES] = {[SUMMARY] = panels.count};
    for (int64_t k = 0; k < panels.count; k++) {
        rows[REGIONS] += panels.panel[k].regions;
        rows[INDUSTRIES] += panels.panel[k].industries;
    }
    okrug_table *table[TABLES];
    for (int t = 0; t < TABLES; t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, rows[t], &table[t]));
    }
    int64_t at[TABLES] = {0};
    for (int64_t k = 0; k < panels.count; k++) {
        const okrug_panel *panel = &panels.panel[k];
        okrug_mark mark = okrug_scratch_mark(ctx);
        scores s = {0};
        OKRUG_TRY(okrug_presence_need(ctx, panel, grain, job->input[0]->file));
        OKRUG_TRY(compute(ctx, panel, job->parameters, &s));
        say(ctx, job->parameters, &s.summary, job->input[0]->file);
        OKRUG_TRY(write_regions(panel, &s, table[REGIONS], &at[REGIONS]));
        OKRUG_TRY(write_industries(panel, &s, table[INDUSTRIES], &at[INDUSTRIES]));
        OKRUG_TRY(write_summary(panel, &s, table[SUMMARY], k));
        okrug_scratch_reset(ctx, mark);
    }
    okrug_messages_unrepeat(ctx, first_message);
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(fitness, "fitness", "O(iterations * regions * industries)");
