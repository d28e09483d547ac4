/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trophic levels of a network of flows. Levels are known up to a constant for each connected piece: one node of each is
 * held at 0, what is left is positive definite, and then each piece is moved so that its least level is 0.
 */
#include <math.h>

#include <okrug/linalg.h>
#include <okrug/numeric.h>
#include <okrug/principles.h>

typedef struct {
    int64_t n;
    const double *flow;
    int64_t *piece; /* n: which piece */
    int64_t pieces;
    int64_t *place; /* n: in the equations; -1: held at 0 */
    int64_t unknowns;
} network;

static double between(const network *w, int64_t i, int64_t j) {
    return w->flow[i * w->n + j] + w->flow[j * w->n + i];
}

static okrug_status find_pieces(okrug_ctx *ctx, network *w) {
    int64_t *open = OKRUG_SCRATCH(ctx, w->n + 1, int64_t);
    w->piece = OKRUG_SCRATCH(ctx, w->n + 1, int64_t);
    w->place = OKRUG_SCRATCH(ctx, w->n + 1, int64_t);
    if (open == NULL || w->piece == NULL || w->place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < w->n; i++) {
        w->piece[i] = -1;
    }
    for (int64_t first = 0; first < w->n; first++) {
        int64_t waiting = 0;
        if (w->piece[first] >= 0) {
            continue;
        }
        w->piece[first] = w->pieces;
        w->place[first] = -1;
        open[waiting++] = first;
        while (waiting > 0) {
            int64_t i = open[--waiting];
            for (int64_t j = 0; j < w->n; j++) {
                if (w->piece[j] < 0 && between(w, i, j) > 0.0) {
                    w->piece[j] = w->pieces;
                    w->place[j] = w->unknowns++;
                    open[waiting++] = j;
                }
            }
        }
        w->pieces++;
    }
    return OKRUG_OK;
}

static okrug_status solve(okrug_ctx *ctx, const network *w, double *level) {
    double *a = OKRUG_SCRATCH_ZERO(ctx, w->unknowns * w->unknowns + 1, double);
    double *b = OKRUG_SCRATCH_ZERO(ctx, w->unknowns + 1, double);
    bool definite = true;
    if (a == NULL || b == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < w->n; i++) {
        okrug_sum strength = {0}, balance = {0};
        for (int64_t j = 0; j < w->n; j++) {
            if (j == i) {
                continue;
            }
            okrug_sum_add(&strength, between(w, i, j));
            okrug_sum_add(&balance, w->flow[j * w->n + i] - w->flow[i * w->n + j]);
            if (w->place[i] >= 0 && w->place[j] >= 0) {
                a[w->place[i] * w->unknowns + w->place[j]] = -between(w, i, j);
            }
        }
        if (w->place[i] >= 0) {
            a[w->place[i] * (w->unknowns + 1)] = okrug_sum_value(&strength);
            b[w->place[i]] = okrug_sum_value(&balance);
        }
    }
    if (w->unknowns > 0) {
        OKRUG_TRY(okrug_cholesky_factor(ctx, w->unknowns, a, &definite));
    }
    if (w->unknowns > 0 && definite) {
        OKRUG_TRY(okrug_cholesky_solve(ctx, w->unknowns, a, 1, b));
    }
    for (int64_t i = 0; i < w->n; i++) {
        level[i] = !definite ? (double)NAN : w->place[i] < 0 ? 0.0 : b[w->place[i]];
    }
    return OKRUG_OK;
}

static void measure(const network *w, double *least, double *level, okrug_trophic *result) {
    okrug_sum missed = {0}, all = {0};
    for (int64_t p = 0; p < w->pieces; p++) {
        least[p] = (double)INFINITY;
    }
    for (int64_t i = 0; i < w->n; i++) {
        least[w->piece[i]] = fmin(least[w->piece[i]], level[i]);
    }
    result->span = 0.0;
    for (int64_t i = 0; i < w->n; i++) {
        level[i] -= least[w->piece[i]];
        result->span = fmax(result->span, level[i]);
    }
    for (int64_t i = 0; i < w->n; i++) {
        for (int64_t j = 0; j < w->n; j++) {
            double z = w->flow[i * w->n + j], miss = level[j] - level[i] - 1.0;
            if (i != j && z > 0.0) {
                okrug_sum_add(&missed, z * miss * miss);
                okrug_sum_add(&all, z);
            }
        }
    }
    double total = okrug_sum_value(&all);
    result->incoherence = total > 0.0 ? okrug_sum_value(&missed) / total : (double)NAN;
}

okrug_status okrug_trophic_levels(okrug_ctx *ctx, int64_t n, const double *flow, double *level, okrug_trophic *result) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    network w = {.n = n, .flow = flow};
    okrug_status status = find_pieces(ctx, &w);
    double *least = OKRUG_SCRATCH(ctx, n + 1, double);
    if (status == OKRUG_OK) {
        status = least == NULL ? OKRUG_NO_MEMORY : solve(ctx, &w, level);
    }
    if (status == OKRUG_OK) {
        measure(&w, least, level, result);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
