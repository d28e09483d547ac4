/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From statistics and counts to p and q.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/spatial.h>

double okrug_normal_p(okrug_alternative alternative, double z) {
    if (alternative == OKRUG_TWO_SIDED) {
        return erfc(fabs(z) * M_SQRT1_2);
    }
    return 0.5 * erfc((alternative == OKRUG_GREATER ? z : -z) * M_SQRT1_2);
}

double okrug_permutation_p(okrug_alternative alternative, int64_t at_least, int64_t at_most, int64_t permutations) {
    if (at_least < 0 || permutations < 1) {
        return NAN;
    }
    double draws = (double)permutations + 1.0;
    if (alternative != OKRUG_TWO_SIDED) {
        return ((double)(alternative == OKRUG_GREATER ? at_least : at_most) + 1.0) / draws;
    }
    double p = 2.0 * ((double)(at_least < at_most ? at_least : at_most) + 1.0) / draws;
    return p < 1.0 ? p : 1.0;
}

typedef struct {
    double p;
    int64_t place;
} ranked;

static int by_p(const void *left, const void *right) {
    const ranked *a = left;
    const ranked *b = right;
    return a->p < b->p ? -1 : a->p > b->p ? 1 : (a->place > b->place) - (a->place < b->place);
}

okrug_status okrug_false_discovery(okrug_ctx *ctx, int64_t n, const double *p, double *q) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    ranked *rank = OKRUG_SCRATCH(ctx, n, ranked);
    if (rank == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t m = 0;
    for (int64_t i = 0; i < n; i++) {
        q[i] = NAN;
        if (!isnan(p[i])) {
            rank[m++] = (ranked){p[i], i};
        }
    }
    qsort(rank, (size_t)m, sizeof *rank, by_p);
    double least = 1.0;
    for (int64_t r = m - 1; r >= 0; r--) {
        double scaled = rank[r].p * (double)m / (double)(r + 1);
        least = scaled < least ? scaled : least;
        q[rank[r].place] = least;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
