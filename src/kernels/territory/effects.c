/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Means of groups taken away in turns: for two groupings this converges to what dummies of both would leave.
 */
#include "effects.h"

#include <math.h>

enum { ROUNDS = 100000, CHECK_EVERY = 64 };
static const double ENOUGH = 1e-13;

/* Takes the means away; the largest of their moduli. */
static double centre(int64_t n, const okrug_grouping *by, double *sum, int64_t *size, double *column) {
    double largest = 0.0;
    for (int64_t g = 0; g < by->count; g++) {
        sum[g] = 0.0;
        size[g] = 0;
    }
    for (int64_t i = 0; i < n; i++) {
        sum[by->number[i]] += column[i];
        size[by->number[i]]++;
    }
    for (int64_t g = 0; g < by->count; g++) {
        sum[g] = size[g] == 0 ? 0.0 : sum[g] / (double)size[g];
        largest = fmax(largest, fabs(sum[g]));
    }
    for (int64_t i = 0; i < n; i++) {
        column[i] -= sum[by->number[i]];
    }
    return largest;
}

okrug_status okrug_effects_remove(okrug_ctx *ctx, int64_t n, const okrug_grouping effect[2], double *column) {
    int64_t most = effect[0].count > effect[1].count ? effect[0].count : effect[1].count;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *sum = OKRUG_SCRATCH(ctx, most, double);
    int64_t *size = OKRUG_SCRATCH(ctx, most, int64_t);
    double scale = 0.0;
    if (sum == NULL || size == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        scale = fmax(scale, fabs(column[i]));
    }
    okrug_status status = OKRUG_OK;
    double change = INFINITY;
    for (int round = 0; round < ROUNDS && change > ENOUGH * scale && status == OKRUG_OK; round++) {
        change = 0.0;
        for (int k = 0; k < 2; k++) {
            change = effect[k].number == NULL ? change : fmax(change, centre(n, &effect[k], sum, size, column));
        }
        status = round % CHECK_EVERY == 0 ? okrug_check_cancel(ctx) : OKRUG_OK;
    }
    okrug_scratch_reset(ctx, mark);
    if (status == OKRUG_OK && change > ENOUGH * scale) {
        return okrug_fail(ctx, OKRUG_NOT_CONVERGED, "effects-not-converged", NULL, (char *)NULL);
    }
    return status;
}

static int64_t root_of(int64_t *parent, int64_t i) {
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/* Groups of both are joined where an observation is in both: each part needs one constant less. */
okrug_status okrug_effects_count(okrug_ctx *ctx, int64_t n, const okrug_grouping effect[2], int64_t *count) {
    int64_t first = effect[0].number == NULL ? 0 : effect[0].count;
    int64_t all = first + (effect[1].number == NULL ? 0 : effect[1].count);
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t *parent = OKRUG_SCRATCH(ctx, all, int64_t);
    bool *used = OKRUG_SCRATCH_ZERO(ctx, all, bool);
    if (parent == NULL || used == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t g = 0; g < all; g++) {
        parent[g] = g;
    }
    *count = 0;
    for (int64_t i = 0; i < n; i++) {
        for (int k = 0; k < 2; k++) {
            int64_t g = effect[k].number == NULL ? -1 : effect[k].number[i] + (k == 0 ? 0 : first);
            *count += g >= 0 && !used[g];
            if (g >= 0) {
                used[g] = true;
            }
        }
        if (effect[0].number != NULL && effect[1].number != NULL) {
            parent[root_of(parent, effect[0].number[i])] = root_of(parent, first + effect[1].number[i]);
        }
    }
    for (int64_t g = 0; effect[0].number != NULL && effect[1].number != NULL && g < all; g++) {
        *count -= used[g] && root_of(parent, g) == g;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
