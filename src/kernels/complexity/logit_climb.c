/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The likelihood of a logistic regression, climbed by Newton's steps.
 */
#include "logit_state.h"

#include <math.h>
#include <string.h>

#include <okrug/linalg.h>
#include <okrug/numeric.h>

enum { STEPS = 100, HALVINGS = 30 };
static const double settled = 1e-9;
/* Logits beyond this are sure to some 1e-13: a likelihood that drives them there has no maximum. */
static const double sure = 30.0;

typedef okrug_logit_state state;

/* ---- Likelihood and its derivatives ----------------------------------------------------------------------------- */

static int64_t group_of(const state *s, int64_t i) {
    return s->data->groups > 0 ? s->data->group[i] : 0;
}

static int64_t place_of(const state *s, int64_t i) {
    return s->data->seconds > 0 ? s->place[s->data->second[i]] : -1;
}

static double logit_of(const state *s, int64_t i, const double *b, const double *a) {
    const double *x = s->data->x + i * s->c;
    double sum = a[group_of(s, i)];
    for (int64_t j = 0; j < s->c; j++) {
        sum += b[j] * (x[j] / s->scale[j]);
    }
    return place_of(s, i) >= 0 ? sum + b[place_of(s, i)] : sum;
}

/* sum log P(y), and the largest modulus of a logit. */
static double likelihood_at(const state *s, const double *b, const double *a, double *largest) {
    okrug_sum sum = {0};
    *largest = 0.0;
    for (int64_t i = 0; i < s->data->rows; i++) {
        if (s->used[i]) {
            double logit = logit_of(s, i, b, a);
            okrug_sum_add(&sum, -log1p(exp(s->data->y[i] ? -logit : logit)));
            *largest = fmax(*largest, fabs(logit));
        }
    }
    return okrug_sum_value(&sum);
}

static void add_row(state *s, int64_t i) {
    const double *x = s->data->x + i * s->c;
    double logit = logit_of(s, i, s->b, s->a), p = 1.0 / (1.0 + exp(-logit));
    double absent = 1.0 / (1.0 + exp(logit)); /* not 1 - p, of which nothing is left where p is near 1 */
    double w = p * absent, rest = s->data->y[i] ? absent : -p;
    int64_t group = group_of(s, i), place = place_of(s, i);
    for (int64_t j = 0; j < s->c; j++) {
        double xj = x[j] / s->scale[j];
        s->g[j] += rest * xj;
        s->cross[j * s->groups + group] += w * xj;
        for (int64_t q = 0; q <= j; q++) {
            s->h[j * s->k + q] += w * xj * (x[q] / s->scale[q]);
        }
        if (place >= 0) {
            s->h[place * s->k + j] += w * xj;
        }
    }
    if (place >= 0) {
        s->g[place] += rest;
        s->cross[place * s->groups + group] += w;
        s->h[place * s->k + place] += w;
    }
    s->e[group] += rest;
    s->d[group] += w;
}

static void derive(state *s) {
    memset(s->h, 0, (size_t)(s->k * s->k) * sizeof(double));
    memset(s->cross, 0, (size_t)(s->k * s->groups) * sizeof(double));
    memset(s->g, 0, (size_t)s->k * sizeof(double));
    memset(s->e, 0, (size_t)s->groups * sizeof(double));
    memset(s->d, 0, (size_t)s->groups * sizeof(double));
    for (int64_t i = 0; i < s->data->rows; i++) {
        if (s->used[i]) {
            add_row(s, i);
        }
    }
    for (int64_t j = 0; j < s->k; j++) {
        for (int64_t q = 0; q < j; q++) {
            s->h[q * s->k + j] = s->h[j * s->k + q];
        }
    }
}

/* ---- Steps ------------------------------------------------------------------------------------------------------ */

/* The factor of H - C D^-1 C' into s->s. Where what is left of a coefficient's own information is next to nothing, the
 * others determine it. */
static okrug_status factor(okrug_ctx *ctx, state *s, bool *singular) {
    for (int64_t cell = 0; cell < s->k * s->groups; cell++) {
        double d = s->d[cell % s->groups];
        s->root[cell] = d > 0.0 ? s->cross[cell] / sqrt(d) : 0.0;
    }
    OKRUG_TRY(okrug_gram(ctx, OKRUG_PLAIN, s->k, s->groups, s->root, s->s));
    for (int64_t cell = 0; cell < s->k * s->k; cell++) {
        s->s[cell] = s->h[cell] - s->s[cell];
    }
    bool definite = true;
    OKRUG_TRY(okrug_cholesky_factor(ctx, s->k, s->s, &definite));
    for (int64_t j = 0; definite && j < s->k; j++) {
        double diagonal = s->s[j * s->k + j];
        definite = diagonal * diagonal > 1e-12 * s->h[j * s->k + j];
    }
    *singular = !definite;
    return OKRUG_OK;
}

/* The step into db and da. */
static okrug_status solve(okrug_ctx *ctx, state *s) {
    for (int64_t j = 0; j < s->k; j++) {
        okrug_sum sum = {0};
        okrug_sum_add(&sum, s->g[j]);
        for (int64_t q = 0; q < s->groups; q++) {
            if (s->d[q] > 0.0) {
                okrug_sum_add(&sum, -s->cross[j * s->groups + q] * s->e[q] / s->d[q]);
            }
        }
        s->db[j] = okrug_sum_value(&sum);
    }
    OKRUG_TRY(okrug_cholesky_solve(ctx, s->k, s->s, 1, s->db));
    for (int64_t q = 0; q < s->groups; q++) {
        okrug_sum sum = {0};
        okrug_sum_add(&sum, s->e[q]);
        for (int64_t j = 0; j < s->k; j++) {
            okrug_sum_add(&sum, -s->cross[j * s->groups + q] * s->db[j]);
        }
        s->da[q] = s->d[q] > 0.0 ? okrug_sum_value(&sum) / s->d[q] : 0.0;
    }
    return OKRUG_OK;
}

/* Goes along the step, by halves where the likelihood would fall; how far the logit of a row can have moved. */
static double move(state *s, double *largest) {
    double reach = 0.0, reach_a = 0.0, reach_m = 0.0;
    for (int64_t j = 0; j < s->k; j++) {
        if (j < s->c) {
            reach += fabs(s->db[j]);
        } else {
            reach_m = fmax(reach_m, fabs(s->db[j]));
        }
    }
    for (int64_t q = 0; q < s->groups; q++) {
        reach_a = fmax(reach_a, fabs(s->da[q]));
    }
    double length = 1.0;
    for (int halving = 0;; halving++) {
        for (int64_t j = 0; j < s->k; j++) {
            s->g[j] = s->b[j] + length * s->db[j];
        }
        for (int64_t q = 0; q < s->groups; q++) {
            s->e[q] = s->a[q] + length * s->da[q];
        }
        double there = likelihood_at(s, s->g, s->e, largest);
        /* Near the top steps change nothing but rounding. */
        if (there >= s->likelihood - 1e-10 * fabs(s->likelihood) || halving == HALVINGS) {
            s->likelihood = there;
            break;
        }
        length /= 2.0;
    }
    memcpy(s->b, s->g, (size_t)s->k * sizeof(double));
    memcpy(s->a, s->e, (size_t)s->groups * sizeof(double));
    return length * (reach + reach_a + reach_m);
}

okrug_status okrug_logit_climb(okrug_ctx *ctx, state *s, okrug_logit_fit *fit) {
    double largest = 0.0;
    s->likelihood = likelihood_at(s, s->b, s->a, &largest);
    fit->end = OKRUG_LOGIT_NOT_CONVERGED;
    for (int step = 1; step <= STEPS; step++) {
        bool singular = false;
        OKRUG_TRY(okrug_check_cancel(ctx));
        derive(s);
        OKRUG_TRY(factor(ctx, s, &singular));
        if (singular) {
            fit->end = largest > sure / 2.0 ? OKRUG_LOGIT_SEPARATED : OKRUG_LOGIT_COLLINEAR;
            return OKRUG_OK;
        }
        OKRUG_TRY(solve(ctx, s));
        double moved = move(s, &largest);
        fit->iterations = step;
        fit->log_likelihood = s->likelihood;
        if (moved <= settled) {
            fit->end = OKRUG_LOGIT_CONVERGED;
            return OKRUG_OK;
        }
        if (largest > sure && -s->likelihood < 1e-6 * (double)fit->used) {
            fit->end = OKRUG_LOGIT_SEPARATED;
            return OKRUG_OK;
        }
    }
    fit->end = largest > sure ? OKRUG_LOGIT_SEPARATED : OKRUG_LOGIT_NOT_CONVERGED;
    return OKRUG_OK;
}
