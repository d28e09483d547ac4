/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The area under the receiver operating characteristic, by ranks.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/logit.h>

/* Scores nearer than this part of the largest are the same: equal sums that were added in another order. */
static const double same = 1e-13;

typedef struct {
    double score;
    uint8_t y;
} scored;

static int by_score(const void *a, const void *b) {
    const scored *x = a, *y = b;
    return (x->score > y->score) - (x->score < y->score);
}

okrug_status okrug_auc(okrug_ctx *ctx, int64_t n, const double *score, const uint8_t *y, double *area) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    scored *all = OKRUG_SCRATCH(ctx, n + 1, scored);
    if (all == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t count = 0;
    double largest = 0.0;
    for (int64_t i = 0; i < n; i++) {
        if (!isnan(score[i])) {
            all[count++] = (scored){score[i], y[i]};
            largest = fmax(largest, fabs(score[i]));
        }
    }
    qsort(all, (size_t)count, sizeof *all, by_score);
    /* Counts of pairs are whole numbers, so their order does not matter up to 2^53. */
    double below = 0.0, pairs = 0.0, ones = 0.0;
    for (int64_t from = 0, to; from < count; from = to) {
        double tied_ones = 0.0, tied_zeros = 0.0;
        for (to = from; to < count && (to == from || all[to].score - all[from].score <= same * largest); to++) {
            tied_ones += all[to].y;
            tied_zeros += !all[to].y;
        }
        pairs += tied_ones * (below + tied_zeros / 2.0);
        below += tied_zeros;
        ones += tied_ones;
    }
    *area = ones > 0.0 && below > 0.0 ? pairs / (ones * below) : (double)NAN;
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
