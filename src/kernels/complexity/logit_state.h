/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state of a logistic regression while it is fitted.
 *
 * With c covariates and m second effects (its first is 0 and has none) there are k = c + m coefficients b, and a
 * effects of groups. The equations of a step are H  C   of b   = gradient g      H (k x k), C (k x a), D (a, diagonal)
 *     C' D   of a     gradient e
 * so that (H - C D^-1 C') db = g - C D^-1 e, and da = D^-1 (e - C' db).
 */
#ifndef OKRUG_COMPLEXITY_LOGIT_STATE_H
#define OKRUG_COMPLEXITY_LOGIT_STATE_H

#include <stdbool.h>

#include <okrug/logit.h>

typedef struct {
    const okrug_logit_data *data;
    int64_t groups, c, k;             /* groups >= 1 */
    double *scale;                    /* of each covariate: its largest modulus */
    uint8_t *used;                    /* rows */
    int32_t *place;                   /* of each second group among the k; -1: it has none */
    bool *left_group, *left_second;   /* left out */
    double *b, *a;                    /* where we are */
    double *h, *cross, *root, *s, *d; /* H, C, C D^-1/2, H - C D^-1 C', D */
    double *g, *e, *db, *da;
    double likelihood;
} okrug_logit_state;

/* Newton's steps from where the state is until they settle; how it ended, iterations and likelihood into `fit`. After
 * it `s` holds the factor of H - C D^-1 C'. */
okrug_status okrug_logit_climb(okrug_ctx *ctx, okrug_logit_state *s, okrug_logit_fit *fit);

#endif
