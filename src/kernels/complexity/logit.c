/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Logistic regression with fixed effects: which rows say something, and what is told of the fit.
 */
#include <okrug/logit.h>

#include <math.h>
#include <string.h>

#include <okrug/linalg.h>
#include <okrug/numeric.h>

#include "logit_state.h"

typedef okrug_logit_state state;

/* ---- Which rows say something ----------------------------------------------------------------------------------- */

/* Marks groups whose used rows are all the same; whether there were any that were not marked before. */
static bool leave_out(const state *s, const int32_t *group, int64_t groups, int64_t *ones, int64_t *rows, bool *left) {
    memset(ones, 0, (size_t)groups * sizeof *ones);
    memset(rows, 0, (size_t)groups * sizeof *rows);
    for (int64_t i = 0; i < s->data->rows; i++) {
        rows[group[i]] += s->used[i];
        ones[group[i]] += s->used[i] && s->data->y[i];
    }
    bool any = false;
    for (int64_t k = 0; k < groups; k++) {
        bool same = ones[k] == 0 || ones[k] == rows[k];
        any = any || (same && !left[k]);
        left[k] = left[k] || same;
    }
    for (int64_t i = 0; any && i < s->data->rows; i++) {
        s->used[i] = s->used[i] && !left[group[i]];
    }
    return any;
}

static okrug_status choose_rows(okrug_ctx *ctx, state *s, okrug_logit_fit *fit) {
    const okrug_logit_data *data = s->data;
    int64_t most = data->groups > data->seconds ? data->groups : data->seconds;
    int64_t *ones = OKRUG_SCRATCH(ctx, most + 1, int64_t), *rows = OKRUG_SCRATCH(ctx, most + 1, int64_t);
    if (ones == NULL || rows == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(s->used, 1, (size_t)data->rows);
    bool again = data->groups > 0;
    while (again) {
        again = leave_out(s, data->group, data->groups, ones, rows, s->left_group);
        if (data->seconds > 0) {
            again = leave_out(s, data->second, data->seconds, ones, rows, s->left_second) || again;
        }
    }
    for (int64_t i = 0; i < data->rows; i++) {
        fit->used += s->used[i];
        fit->ones += s->used[i] && data->y[i];
    }
    fit->left_out = data->rows - fit->used;
    bool first = true;
    s->k = s->c;
    for (int64_t m = 0; m < data->seconds; m++) {
        s->place[m] = s->left_second[m] || first ? -1 : (int32_t)s->k++;
        first = first && s->left_second[m];
    }
    return OKRUG_OK;
}

/* ---- What is told ----------------------------------------------------------------------------------------------- */

static okrug_status tell_errors(okrug_ctx *ctx, const state *s, double *error, double *effect_error) {
    double *row = OKRUG_SCRATCH(ctx, s->k + 1, double);
    if (row == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t j = 0; j < s->c; j++) {
        memset(row, 0, (size_t)s->k * sizeof *row);
        row[j] = 1.0;
        OKRUG_TRY(okrug_cholesky_solve(ctx, s->k, s->s, 1, row));
        error[j] = sqrt(row[j]) / s->scale[j];
    }
    if (effect_error == NULL || s->data->groups > 0) {
        return OKRUG_OK;
    }
    okrug_sum sum = {0};
    memcpy(row, s->cross, (size_t)s->k * sizeof *row); /* one group: one column */
    OKRUG_TRY(okrug_cholesky_solve(ctx, s->k, s->s, 1, row));
    for (int64_t j = 0; j < s->k; j++) {
        okrug_sum_add(&sum, s->cross[j] * row[j]);
    }
    *effect_error = sqrt(1.0 / s->d[0] + okrug_sum_value(&sum) / (s->d[0] * s->d[0]));
    return OKRUG_OK;
}

static void tell_effects(const state *s, double *effect, double *second_effect) {
    for (int64_t q = 0; q < s->groups; q++) {
        effect[q] = s->left_group[q] ? (double)NAN : s->a[q];
    }
    for (int64_t m = 0; m < s->data->seconds; m++) {
        second_effect[m] = s->left_second[m] ? (double)NAN : s->place[m] < 0 ? 0.0 : s->b[s->place[m]];
    }
}

static void tell_nothing(const okrug_logit_data *data, double *coefficient, double *error, double *effect,
                         double *effect_error, double *second_effect) {
    for (int64_t j = 0; j < data->covariates; j++) {
        coefficient[j] = error[j] = (double)NAN;
    }
    for (int64_t q = 0; q < (data->groups > 0 ? data->groups : 1); q++) {
        effect[q] = (double)NAN;
    }
    for (int64_t m = 0; m < data->seconds; m++) {
        second_effect[m] = (double)NAN;
    }
    if (effect_error != NULL) {
        *effect_error = (double)NAN;
    }
}

static okrug_status prepare(okrug_ctx *ctx, state *s) {
    const okrug_logit_data *data = s->data;
    int64_t k = s->c + data->seconds;
    double **of_k[] = {&s->b, &s->g, &s->db};
    double **of_groups[] = {&s->a, &s->d, &s->e, &s->da};
    double **of_both[] = {&s->cross, &s->root};
    double **squares[] = {&s->h, &s->s};
    bool failed = false;
    for (int i = 0; i < 3; i++) {
        failed = (*of_k[i] = OKRUG_SCRATCH_ZERO(ctx, k + 1, double)) == NULL || failed;
    }
    for (int i = 0; i < 4; i++) {
        failed = (*of_groups[i] = OKRUG_SCRATCH_ZERO(ctx, s->groups, double)) == NULL || failed;
    }
    for (int i = 0; i < 2; i++) {
        failed = (*of_both[i] = OKRUG_SCRATCH(ctx, k * s->groups + 1, double)) == NULL || failed;
        failed = (*squares[i] = OKRUG_SCRATCH(ctx, k * k + 1, double)) == NULL || failed;
    }
    s->scale = OKRUG_SCRATCH_ZERO(ctx, s->c + 1, double);
    s->used = OKRUG_SCRATCH(ctx, data->rows + 1, uint8_t);
    s->place = OKRUG_SCRATCH(ctx, data->seconds + 1, int32_t);
    s->left_group = OKRUG_SCRATCH_ZERO(ctx, s->groups, bool);
    s->left_second = OKRUG_SCRATCH_ZERO(ctx, data->seconds + 1, bool);
    return failed || s->scale == NULL || s->used == NULL || s->place == NULL || s->left_group == NULL ||
                   s->left_second == NULL
               ? OKRUG_NO_MEMORY
               : OKRUG_OK;
}

static okrug_status fit_all(okrug_ctx *ctx, state *s, double *coefficient, double *error, double *effect,
                            double *effect_error, double *second_effect, okrug_logit_fit *fit) {
    OKRUG_TRY(prepare(ctx, s));
    OKRUG_TRY(choose_rows(ctx, s, fit));
    if (fit->ones == 0 || fit->ones == fit->used) {
        fit->end = OKRUG_LOGIT_CONSTANT;
        return OKRUG_OK;
    }
    for (int64_t cell = 0; cell < s->data->rows * s->c; cell++) {
        double *scale = &s->scale[cell % s->c];
        *scale = s->used[cell / s->c] ? fmax(*scale, fabs(s->data->x[cell])) : *scale;
    }
    for (int64_t j = 0; j < s->c; j++) {
        s->scale[j] = s->scale[j] > 0.0 ? s->scale[j] : 1.0;
    }
    OKRUG_TRY(okrug_logit_climb(ctx, s, fit));
    if (fit->end != OKRUG_LOGIT_CONVERGED) {
        return OKRUG_OK;
    }
    for (int64_t j = 0; j < s->c; j++) {
        coefficient[j] = s->b[j] / s->scale[j];
    }
    tell_effects(s, effect, second_effect);
    return tell_errors(ctx, s, error, effect_error);
}

okrug_status okrug_logit(okrug_ctx *ctx, const okrug_logit_data *data, double *coefficient, double *error,
                         double *effect, double *effect_error, double *second_effect, okrug_logit_fit *fit) {
    *fit = (okrug_logit_fit){0};
    tell_nothing(data, coefficient, error, effect, effect_error, second_effect);
    okrug_mark mark = okrug_scratch_mark(ctx);
    state s = {.data = data, .groups = data->groups > 0 ? data->groups : 1, .c = data->covariates};
    okrug_status status = fit_all(ctx, &s, coefficient, error, effect, effect_error, second_effect, fit);
    okrug_scratch_reset(ctx, mark);
    return status;
}
