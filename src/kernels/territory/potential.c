/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Market potential: what all markets are worth to a region, the farther ones less.
 */
#include <math.h>

#include <okrug/spatial.h>
#include <okrug/territory.h>

enum { ROWS = 16 };

typedef struct {
    const okrug_markets *of;
    double *neighbours, *own;
    int64_t k;
    int64_t *giver;
    double *given, *from;
} work;

static double weight_of(const okrug_market_decay *decay, double distance) {
    double d = fmax(distance, decay->least);
    if (decay->exponential) {
        return exp(-d / decay->reach);
    }
    if (decay->power == 0.0) {
        return 1.0;
    }
    return d == 0.0 ? (double)NAN : decay->power == 1.0 ? 1.0 / d : pow(d, -decay->power);
}

/* Keeps the k that give most, in order. */
static void offer(const work *w, int64_t r, int64_t other, double given, double from) {
    int64_t *giver = w->giver + r * w->k;
    double *amount = w->given + r * w->k;
    double *far = w->from + r * w->k;
    int64_t at = w->k;
    while (at > 0 && (giver[at - 1] < 0 || given > amount[at - 1])) {
        at--;
    }
    if (at == w->k || !(given > 0.0)) {
        return;
    }
    for (int64_t i = w->k - 1; i > at; i--) {
        giver[i] = giver[i - 1];
        amount[i] = amount[i - 1];
        far[i] = far[i - 1];
    }
    giver[at] = other;
    amount[at] = given;
    far[at] = from;
}

static void add(const work *w, int64_t r, int64_t other, double distance, okrug_sum *sum) {
    const okrug_markets *of = w->of;
    if (other == r || of->mass[other] == 0.0 || distance > of->decay.limit) {
        return;
    }
    double given = of->mass[other] * weight_of(&of->decay, distance);
    okrug_sum_add(sum, given);
    offer(w, r, other, given, distance);
}

static void of_region(const work *w, int64_t r) {
    const okrug_markets *of = w->of;
    okrug_sum sum = {0};
    for (int64_t i = r * w->k; i < (r + 1) * w->k; i++) {
        w->giver[i] = -1;
        w->given[i] = w->from[i] = (double)NAN;
    }
    if (of->distance != NULL) {
        for (int64_t p = of->distance->ptr[r]; p < of->distance->ptr[r + 1]; p++) {
            add(w, r, of->distance->col[p], of->distance->val[p], &sum);
        }
    } else {
        for (int64_t q = 0; q < of->n; q++) {
            add(w, r, q, okrug_great_circle_km(of->lon[r], of->lat[r], of->lon[q], of->lat[q]), &sum);
        }
    }
    w->neighbours[r] = okrug_sum_value(&sum);
    w->own[r] = isnan(of->own[r]) || of->mass[r] == 0.0 ? 0.0 : of->mass[r] * weight_of(&of->decay, of->own[r]);
}

static okrug_status of_some(void *user, int64_t tile) {
    const work *w = user;
    for (int64_t r = tile * ROWS; r < (tile + 1) * ROWS && r < w->of->n; r++) {
        of_region(w, r);
    }
    return OKRUG_OK;
}

okrug_status okrug_market_potential(okrug_ctx *ctx, const okrug_markets *markets, double *neighbours, double *own,
                                    int64_t k, int64_t *giver, double *given, double *from) {
    work w = {markets, neighbours, own, k, giver, given, from};
    return okrug_parallel(ctx, (markets->n + ROWS - 1) / ROWS, of_some, &w);
}
