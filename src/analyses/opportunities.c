/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * opportunities: of what each region lacks, what is near to what it has, how complex it is, what it would open, and how
 * likely it was that a region in that place got it.
 */
#include <math.h>
#include <string.h>

#include "analyses/entry_model.h"
#include "analyses/list.h"
#include "analyses/presence.h"
#include "analyses/product_space.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {OKRUG_PANEL_ROLES(OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_OWN)};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)}};

#define OPPORTUNITIES_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                   \
    CHOICE(effects, "effects", "none|industry|region|both")                                                            \
    TEXT(from, "from")                                                                                                 \
    TEXT(to, "to")                                                                                                     \
    OKRUG_PRESENCE_PARAMETERS(REAL, CHOICE)

typedef struct {
    OKRUG_PARAMETER_FIELDS(OPPORTUNITIES_PARAMETERS)
} opportunities_parameters;
#define OKRUG_PARAMETERS opportunities_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(OPPORTUNITIES_PARAMETERS)};
static const okrug_effects kinds_of_effects[] = {OKRUG_EFFECTS_NONE, OKRUG_EFFECTS_INDUSTRY, OKRUG_EFFECTS_REGION,
                                                 OKRUG_EFFECTS_BOTH};

enum { REGION, INDUSTRY, DENSITY, COMPLEXITY, GAIN, QUADRANT, PROBABILITY, RCA, PERIOD };
static const okrug_output_column option_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [DENSITY] = {"density", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "d_cp = sum_q M_cq phi_qp / sum_q phi_qp, q != p"},
    [COMPLEXITY] = {"complexity", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "pci_p"},
    [GAIN] = {"gain", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "sum_q (1 - M_cq) phi_pq Q_q / sum_s phi_qs, in sd K"},
    [QUADRANT] = {"quadrant", OKRUG_TEXT, OKRUG_UNIT_NONE,
                  "near: d_cp >= mean d over what c lacks; complex: pci_p >= mean pci"},
    [PROBABILITY] = {"entry_probability", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "1 / (1 + exp(-(a + b d_cp)))"},
    [RCA] = {"rca", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(x_cp / x_c) / (x_p / x)"},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output_column model_columns[] = {
    {"model", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"rows", OKRUG_NUMBER, OKRUG_UNIT_COUNT,
     "pairs that lacked the industry in the first period, without those left out"},
    {"entries", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "of them, those that have it in the second"},
    {"left_out", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "rows of effects with no entry, or nothing else"},
    {"log_likelihood", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "sum log P(y)"},
    {"auc", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "P(score of an entry > score of none) + P(equal) / 2"},
    {"auc_held_out", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "the same of five parts, each by the model of the other four"},
    {"iterations", OKRUG_NUMBER, OKRUG_UNIT_COUNT, NULL},
    {"end", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"from", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"to", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
static const okrug_output_column term_columns[] = {
    {"model", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"term", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"estimate", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "logit P(y = 1) = a + sum_j b_j x_j"},
    {"error", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "standard error, from the information"},
    {"z", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "estimate / error"},
    {"p", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "2 (1 - Phi(|z|))"},
};
enum { OPTIONS, MODEL, TERMS, TABLES };
static const okrug_output outputs[] = {
    [OPTIONS] = {"options", option_columns, OKRUG_COUNT_OF(option_columns)},
    [MODEL] = {"model", model_columns, OKRUG_COUNT_OF(model_columns)},
    [TERMS] = {"terms", term_columns, OKRUG_COUNT_OF(term_columns)},
};

static const char *const references[] = {
    "Balland, P.-A., Boschma, R., Crespo, J., Rigby, D. L. (2019). Smart specialization policy in the European Union: "
    "relatedness, knowledge complexity and regional diversification. Regional Studies 53(9).",
    "Hausmann, R., Hidalgo, C. A., et al. (2014). The Atlas of Economic Complexity. MIT Press.",
    "Hidalgo, C. A., Klinger, B., Barabási, A.-L., Hausmann, R. (2007). The product space conditions the development "
    "of nations. Science 317.",
    NULL,
};
static const okrug_grain grain[] = {OKRUG_PRESENCE_GRAIN};

static const char *const model_name[] = {
    [OKRUG_ENTRY_DENSITY] = "density", [OKRUG_ENTRY_BASELINE] = "baseline", [OKRUG_ENTRY_FULL] = "full"};
static const char *const end_name[] = {
    [OKRUG_LOGIT_CONVERGED] = "converged",         [OKRUG_LOGIT_CONSTANT] = "constant",
    [OKRUG_LOGIT_COLLINEAR] = "collinear",         [OKRUG_LOGIT_SEPARATED] = "separated",
    [OKRUG_LOGIT_NOT_CONVERGED] = "not-converged",
};

/* ---- Entry ------------------------------------------------------------------------------------------------------ */

static okrug_status write_terms(okrug_table *table, const char *model, const char *term, double estimate,
                                double error) {
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    double z = estimate / error;
    OKRUG_TRY(okrug_result_text(table, 0, row, model));
    OKRUG_TRY(okrug_result_text(table, 1, row, term));
    OKRUG_TRY(okrug_set_number_or(table, 2, row, estimate, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(table, 3, row, error, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(table, 4, row, z, OKRUG_UNDEFINED));
    return okrug_set_number_or(table, 5, row, erfc(fabs(z) / sqrt(2.0)), OKRUG_UNDEFINED);
}

static okrug_status write_model(okrug_table *const *table, const okrug_entry_models *models, okrug_entry_kind kind) {
    const okrug_entry_fit *m = &models->model[kind];
    bool fitted = m->fit.end == OKRUG_LOGIT_CONVERGED;
    int64_t row = okrug_table_add_row(table[MODEL], 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    const double number[] = {(double)m->fit.used,
                             (double)m->fit.ones,
                             (double)m->fit.left_out,
                             fitted ? m->fit.log_likelihood : (double)NAN,
                             m->auc,
                             m->auc_held,
                             (double)m->fit.iterations};
    OKRUG_TRY(okrug_result_text(table[MODEL], 0, row, model_name[kind]));
    for (int k = 0; k < OKRUG_COUNT_OF(number); k++) {
        OKRUG_TRY(okrug_set_number_or(table[MODEL], k + 1, row, number[k], OKRUG_UNDEFINED));
    }
    OKRUG_TRY(okrug_result_text(table[MODEL], 8, row, end_name[m->fit.end]));
    OKRUG_TRY(okrug_result_text(table[MODEL], 9, row, models->dates.from));
    OKRUG_TRY(okrug_result_text(table[MODEL], 10, row, models->dates.to));
    if (models->effects == OKRUG_EFFECTS_NONE) {
        OKRUG_TRY(write_terms(table[TERMS], model_name[kind], "intercept", m->intercept, m->intercept_error));
    }
    for (int t = 0; t < m->terms; t++) {
        OKRUG_TRY(write_terms(table[TERMS], model_name[kind], m->term[t], m->estimate[t], m->error[t]));
    }
    return OKRUG_OK;
}

static okrug_status fit_entry(okrug_ctx *ctx, const okrug_job *job, const opportunities_parameters *p,
                              okrug_table *const *table, okrug_entry_models *models) {
    OKRUG_TRY(okrug_entry_models_fit(ctx, job->input[0], p->from, p->to, p->presence, p->threshold,
                                     kinds_of_effects[p->effects], models));
    for (int kind = 0; kind < OKRUG_ENTRY_MODELS; kind++) {
        const okrug_logit_end end = models->model[kind].fit.end;
        if (end != OKRUG_LOGIT_CONVERGED) {
            okrug_warn(ctx,
                       end == OKRUG_LOGIT_CONSTANT    ? "entry-constant"
                       : end == OKRUG_LOGIT_COLLINEAR ? "entry-collinear"
                       : end == OKRUG_LOGIT_SEPARATED ? "entry-separated"
                                                      : "entry-not-converged",
                       &(okrug_place){.file = job->input[0]->file}, "model", model_name[kind], (char *)NULL);
        }
        OKRUG_TRY(write_model(table, models, (okrug_entry_kind)kind));
    }
    return OKRUG_OK;
}

/* ---- The frame -------------------------------------------------------------------------------------------------- */

typedef struct {
    const okrug_panel *panel;
    okrug_product_space space;
    const okrug_entry_models *models; /* NULL: one period */
    int64_t *region, *industry;       /* places in models->dates */
    double middle;                    /* mean pci */
    okrug_table *table;
    int64_t unknown;
} frame;

static okrug_status places_of(okrug_ctx *ctx, const okrug_words *words, const char *const *codes, int64_t count,
                              const char *const *wanted, int64_t n, int64_t **out) {
    int64_t *place = OKRUG_SCRATCH(ctx, okrug_words_count(words) + 1, int64_t);
    *out = OKRUG_SCRATCH(ctx, n + 1, int64_t);
    if (place == NULL || *out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < count; k++) {
        place[okrug_words_find(words, codes[k], strlen(codes[k]))] = k;
    }
    for (int64_t k = 0; k < n; k++) {
        (*out)[k] = place[okrug_words_find(words, wanted[k], strlen(wanted[k]))];
    }
    return OKRUG_OK;
}

static double mean_of_known(int64_t n, const double *x) {
    double sum = 0.0, count = 0.0;
    for (int64_t k = 0; k < n; k++) {
        if (!isnan(x[k])) {
            sum += x[k];
            count += 1.0;
        }
    }
    return sum / count; /* NaN of none */
}

static bool is_known(const okrug_panel *panel, int64_t cell) {
    okrug_reason reason = (okrug_reason)panel->reason[cell];
    return reason == OKRUG_PRESENT || reason == OKRUG_STRUCTURAL_ZERO;
}

/* The mean density of what the region is known to lack. */
static double mean_density(const frame *f, int64_t r) {
    double sum = 0.0, count = 0.0;
    for (int64_t i = 0; i < f->panel->industries; i++) {
        int64_t cell = r * f->panel->industries + i;
        if (f->space.presence[cell] == 0.0 && is_known(f->panel, cell) && !isnan(f->space.density[cell])) {
            sum += f->space.density[cell];
            count += 1.0;
        }
    }
    return sum / count;
}

static okrug_status write_option(frame *f, int64_t r, int64_t i, double near) {
    static const char *const quadrants[2][2] = {{"far-simple", "far-complex"}, {"near-simple", "near-complex"}};
    const okrug_product_space *s = &f->space;
    int64_t cell = r * f->panel->industries + i, row = okrug_table_add_row(f->table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    double density = s->density[cell], complexity = s->pci[i];
    okrug_reason none = s->none != OKRUG_PRESENT ? s->none : OKRUG_ZERO_TOTAL;
    bool placed = !isnan(density) && !isnan(complexity);
    OKRUG_TRY(okrug_result_text(f->table, REGION, row, f->panel->region[r]));
    OKRUG_TRY(okrug_result_text(f->table, INDUSTRY, row, f->panel->industry[i]));
    OKRUG_TRY(okrug_set_number_or(f->table, DENSITY, row, density, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(f->table, COMPLEXITY, row, complexity, none));
    OKRUG_TRY(okrug_set_number_or(f->table, GAIN, row, s->cog[cell], none));
    OKRUG_TRY(okrug_result_text(f->table, QUADRANT, row,
                                placed ? quadrants[density >= near][complexity >= f->middle] : NULL));
    OKRUG_TRY(okrug_set_number_or(f->table, RCA, row, s->rca[cell], OKRUG_ZERO_TOTAL));
    OKRUG_TRY(okrug_result_text(f->table, PERIOD, row, f->panel->period));
    if (f->models == NULL) {
        return okrug_set_missing(f->table, PROBABILITY, row, OKRUG_NO_ROW);
    }
    double probability = okrug_entry_probability(f->models, f->region[r], f->industry[i], density);
    bool fitted = f->models->model[OKRUG_ENTRY_DENSITY].fit.end == OKRUG_LOGIT_CONVERGED;
    return okrug_set_number_or(f->table, PROBABILITY, row, probability,
                               fitted && !isnan(density) ? OKRUG_CONSTANT : OKRUG_UNDEFINED);
}

static okrug_status write_frame(okrug_ctx *ctx, frame *f) {
    f->middle = mean_of_known(f->panel->industries, f->space.pci);
    for (int64_t r = 0; r < f->panel->regions; r++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        double near = mean_density(f, r);
        for (int64_t i = 0; i < f->panel->industries; i++) {
            int64_t cell = r * f->panel->industries + i;
            bool known = is_known(f->panel, cell);
            f->unknown += !known;
            if (known && f->space.presence[cell] == 0.0) {
                OKRUG_TRY(write_option(f, r, i, near));
            }
        }
    }
    return OKRUG_OK;
}

/* ---- All of it -------------------------------------------------------------------------------------------------- */

/* Rows without a period beside rows with one belong nowhere in time. */
static okrug_status check_periods(okrug_ctx *ctx, const okrug_table *table, const okrug_panels *panels) {
    okrug_status status = OKRUG_OK;
    for (int64_t k = 0; panels->count > 1 && k < panels->count; k++) {
        const okrug_panel *panel = &panels->panel[k];
        for (int64_t row = 0; panel->period == NULL && row < panel->rows; row++) {
            okrug_place place = {.file = table->file,
                                 .line = table->line == NULL ? 0 : table->line[panel->row[row]],
                                 .column = okrug_table_column(table, "period")->header};
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "empty-key", &place, (char *)NULL);
        }
    }
    return status;
}

static const okrug_panel *panel_of(const okrug_panels *panels, const char *period) {
    for (int64_t k = 0; k < panels->count; k++) {
        if (strcmp(panels->panel[k].period, period) == 0) {
            return &panels->panel[k];
        }
    }
    return NULL;
}

/* The one period there is, if it is the one that was asked for. */
static okrug_status one_period(okrug_ctx *ctx, const okrug_table *table, const opportunities_parameters *p,
                               const okrug_panel *panel) {
    const char *asked = p->from != NULL ? p->from : p->to, *known = panel->period == NULL ? "" : panel->period;
    const okrug_place place = {.file = table->file};
    if (p->from != NULL || (p->to != NULL && strcmp(p->to, known) != 0)) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-period", &place, "period", asked, "known", known, (char *)NULL);
    }
    okrug_warn(ctx, "entry-one-period", &place, (char *)NULL);
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const opportunities_parameters *p = job->parameters;
    const okrug_table *input = job->input[0];
    int64_t first_message = okrug_messages(ctx);
    okrug_panels panels = {0};
    okrug_entry_models models;
    okrug_table *table[TABLES];
    OKRUG_TRY(okrug_panels_read(ctx, input, &panels));
    OKRUG_TRY(check_periods(ctx, input, &panels));
    for (int t = 0; t < TABLES; t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, 0, &table[t]));
    }
    frame f = {.panel = &panels.panel[0], .table = table[OPTIONS]};
    if (panels.count == 1) {
        OKRUG_TRY(one_period(ctx, input, p, f.panel));
    } else {
        OKRUG_TRY(fit_entry(ctx, job, p, table, &models));
        const okrug_two_dates *dates = &models.dates;
        f.models = &models;
        f.panel = panel_of(&panels, dates->to);
        OKRUG_TRY(okrug_presence_need(ctx, panel_of(&panels, dates->from), grain, input->file));
        OKRUG_TRY(places_of(ctx, okrug_table_column(input, "region")->words, dates->region, dates->regions,
                            f.panel->region, f.panel->regions, &f.region));
        OKRUG_TRY(places_of(ctx, okrug_table_column(input, "industry")->words, dates->industry, dates->industries,
                            f.panel->industry, f.panel->industries, &f.industry));
    }
    OKRUG_TRY(okrug_presence_need(ctx, f.panel, grain, input->file));
    OKRUG_TRY(okrug_product_space_of(ctx, f.panel, p->presence, p->threshold, input->file, &f.space));
    OKRUG_TRY(write_frame(ctx, &f));
    if (f.unknown > 0) {
        okrug_warn(ctx, "options-unknown", &(okrug_place){.file = input->file}, "count",
                   okrug_text_integer(ctx, f.unknown), (char *)NULL);
    }
    okrug_messages_unrepeat(ctx, first_message);
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(opportunities, "opportunities", "O(regions * industries^2)");
