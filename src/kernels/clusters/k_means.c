/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * k-means by inner products. With S_gi the sum of the products of i with the members of g, and T_g = sum of S_gi over
 * the members, the squared distance of i from the middle of g is K_ii - 2 S_gi / n_g + T_g / n_g^2, however many
 * coordinates the points have; a point that changes its group adds its row to one S and takes it from another.
 */
#include <math.h>
#include <string.h>

#include <okrug/clusters.h>
#include <okrug/numeric.h>

enum { DRAWS_OF = 0x6B6D6E73 }; /* which method draws */

typedef struct {
    int64_t n, groups;
    const double *gram;
    double *sums;    /* groups x n */
    double *square;  /* groups: T */
    double *count;   /* groups */
    double *nearest; /* n: squared distance from the nearest middle */
    int32_t *group;  /* n */
    int32_t *best;   /* n */
} state;

int64_t okrug_k_means_work(int64_t n, int64_t groups) {
    return groups * n + 2 * groups + 2 * n + 2;
}

static void add_row(const state *k, int64_t g, int64_t i, double sign) {
    double *sums = k->sums + g * k->n;
    const double *row = k->gram + i * k->n;
    for (int64_t j = 0; j < k->n; j++) {
        sums[j] += sign * row[j];
    }
    k->count[g] += sign;
}

static double uniform(const okrug_k_means_options *options, int64_t restart, int64_t draw) {
    double u[2];
    okrug_random_uniform((okrug_random_key){.seed = options->seed,
                                            .unit = (uint64_t)options->groups << 32 | (uint64_t)restart,
                                            .analysis = DRAWS_OF,
                                            .draw = (uint32_t)draw},
                         u);
    return u[0];
}

/* k-means++: the first middle is any point, each next one a point by its squared distance from those there are; where
 * all coincide with one, any point. Every point then belongs to the nearest, which is a member of its group. */
static void start(const state *k, const okrug_k_means_options *options, int64_t restart) {
    int64_t n = k->n;
    for (int64_t g = 0; g < k->groups; g++) {
        double total = 0.0;
        for (int64_t i = 0; g > 0 && i < n; i++) {
            total += k->nearest[i];
        }
        double u = uniform(options, restart, g);
        int64_t chosen = (int64_t)(u * (double)n);
        if (total > 0.0) {
            double left = u * total;
            int64_t last = 0;
            for (chosen = -1; chosen < 0;) {
                for (int64_t i = 0; chosen < 0 && i < n; i++) {
                    left -= k->nearest[i];
                    last = k->nearest[i] > 0.0 ? i : last;
                    chosen = left < 0.0 && k->nearest[i] > 0.0 ? i : chosen;
                }
                chosen = chosen < 0 ? last : chosen; /* rounding left something over */
            }
        }
        const double *row = k->gram + chosen * n;
        for (int64_t i = 0; i < n; i++) {
            double d = i == chosen ? 0.0 : fmax(k->gram[i * n + i] + row[chosen] - 2.0 * row[i], 0.0);
            if (g == 0 || d < k->nearest[i]) {
                k->nearest[i] = d;
                k->group[i] = (int32_t)g;
            }
        }
    }
}

static void sum_up(const state *k) {
    memset(k->sums, 0, (size_t)(k->groups * k->n) * sizeof *k->sums);
    memset(k->count, 0, (size_t)k->groups * sizeof *k->count);
    for (int64_t i = 0; i < k->n; i++) {
        add_row(k, k->group[i], i, 1.0);
    }
}

static void squares(const state *k) {
    memset(k->square, 0, (size_t)k->groups * sizeof *k->square);
    for (int64_t i = 0; i < k->n; i++) {
        k->square[k->group[i]] += k->sums[k->group[i] * k->n + i];
    }
}

static double from_middle(const state *k, int64_t i, int64_t g) {
    double m = k->count[g];
    return k->gram[i * k->n + i] - 2.0 * k->sums[g * k->n + i] / m + k->square[g] / (m * m);
}

/* The nearest middle of each, its own where that is as near as any, into `best`. */
static void find_nearest(const state *k) {
    for (int64_t i = 0; i < k->n; i++) {
        k->best[i] = k->group[i];
        k->nearest[i] = from_middle(k, i, k->group[i]);
    }
    for (int64_t g = 0; g < k->groups; g++) {
        double m = k->count[g];
        if (!(m > 0.0)) {
            continue;
        }
        double scale = 2.0 / m, own = k->square[g] / (m * m);
        const double *sums = k->sums + g * k->n;
        for (int64_t i = 0; i < k->n; i++) {
            double d = k->gram[i * k->n + i] - scale * sums[i] + own;
            /* A hair nearer is rounding, and would make a point go to and fro. */
            if (d < k->nearest[i] - 1e-12 * k->gram[i * k->n + i]) {
                k->nearest[i] = d;
                k->best[i] = (int32_t)g;
            }
        }
    }
}

static int64_t move(const state *k) {
    int64_t moved = 0;
    for (int64_t i = 0; i < k->n; i++) {
        if (k->best[i] != k->group[i]) {
            add_row(k, k->group[i], i, -1.0);
            add_row(k, k->best[i], i, 1.0);
            k->group[i] = k->best[i];
            moved++;
        }
    }
    return moved;
}

/* An empty group gets the point that is farthest from its middle, of a group of several. */
static int64_t fill_empty(const state *k) {
    int64_t filled = 0;
    for (int64_t g = 0; g < k->groups; g++) {
        if (k->count[g] > 0.5) {
            continue;
        }
        int64_t farthest = -1;
        for (int64_t i = 0; i < k->n; i++) {
            bool spare = k->count[k->group[i]] > 1.5 && k->nearest[i] > 0.0;
            farthest = spare && (farthest < 0 || k->nearest[i] > k->nearest[farthest]) ? i : farthest;
        }
        if (farthest < 0) {
            break;
        }
        add_row(k, k->group[farthest], farthest, -1.0);
        memset(k->sums + g * k->n, 0, (size_t)k->n * sizeof *k->sums);
        add_row(k, g, farthest, 1.0);
        k->group[farthest] = (int32_t)g;
        k->nearest[farthest] = 0.0;
        filled++;
    }
    return filled;
}

static double once(const state *k, const okrug_k_means_options *options, int64_t restart) {
    start(k, options, restart);
    sum_up(k);
    for (int64_t round = 0; round < options->rounds; round++) {
        squares(k);
        find_nearest(k);
        int64_t changed = move(k);
        changed += fill_empty(k);
        if (changed == 0) {
            break;
        }
    }
    squares(k);
    okrug_sum within = {0};
    for (int64_t i = 0; i < k->n; i++) {
        okrug_sum_add(&within, k->gram[i * k->n + i]);
    }
    for (int64_t g = 0; g < k->groups; g++) {
        if (k->count[g] > 0.5) {
            okrug_sum_add(&within, -k->square[g] / k->count[g]);
        }
    }
    return fmax(okrug_sum_value(&within), 0.0);
}

void okrug_k_means_in(int64_t n, const double *gram, const okrug_k_means_options *options, double *work, int32_t *group,
                      double *within) {
    int64_t groups = options->groups;
    state k = {.n = n, .groups = groups, .gram = gram, .sums = work, .square = work + groups * n};
    k.count = k.square + groups;
    k.nearest = k.count + groups;
    k.group = (int32_t *)(void *)(k.nearest + n); /* two of them take the place of one number */
    k.best = k.group + n;
    *within = (double)INFINITY;
    for (int64_t restart = 0; restart < options->restarts; restart++) {
        double sum = once(&k, options, restart);
        if (sum < *within) {
            *within = sum;
            memcpy(group, k.group, (size_t)n * sizeof *group);
        }
    }
    okrug_groups_number(n, groups, k.best, group);
}
