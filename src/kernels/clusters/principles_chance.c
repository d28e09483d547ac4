/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scores of random sets of as many industries, and what stands out against them.
 */
#include <math.h>

#include <okrug/numeric.h>
#include <okrug/principles.h>

#include "kernels/spatial/form.h"

enum { DRAWS_PRINCIPLES = 0x434c0001 };

okrug_status okrug_principle_chance(okrug_ctx *ctx, const okrug_flow_frame *frame, int64_t pools, const int64_t *pool,
                                    int64_t k, int64_t draws, uint64_t seed, double *score) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t *node = OKRUG_SCRATCH(ctx, pools + 1, int64_t);
    okrug_status status = node == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int64_t d = 0; status == OKRUG_OK && d < draws; d++) {
        okrug_principle_scores of;
        okrug_draws random = okrug_draws_begin(seed, DRAWS_PRINCIPLES, (k << 32) + d);
        for (int64_t i = 0; i < pools; i++) {
            node[i] = pool[i];
        }
        for (int64_t i = 0; i < k; i++) {
            int64_t other = i + okrug_draws_next(&random, pools - i), chosen = node[other];
            node[other] = node[i];
            node[i] = chosen;
        }
        status = okrug_check_cancel(ctx);
        if (status == OKRUG_OK) {
            status = okrug_principle_scores_of(ctx, frame, k, node, &of);
        }
        for (int p = 0; status == OKRUG_OK && p < OKRUG_PRINCIPLES; p++) {
            score[d * OKRUG_PRINCIPLES + p] = of.score[p];
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

void okrug_principle_against(double score, int64_t draws, const double *chance, int64_t stride,
                             okrug_against_chance *out) {
    okrug_sum squares = {0};
    int64_t no_less = 0;
    double mean = okrug_sum_of(chance, draws, stride) / (double)draws;
    for (int64_t d = 0; d < draws; d++) {
        double x = chance[d * stride];
        okrug_sum_add(&squares, (x - mean) * (x - mean));
        no_less += x >= score;
    }
    double deviation = sqrt(okrug_sum_value(&squares) / (double)(draws - 1));
    bool varies = deviation > 1e-12; /* scores are at most 1: below it is rounding */
    *out = (okrug_against_chance){.mean = mean,
                                  .deviation = varies ? deviation : 0.0,
                                  .z = varies ? (score - mean) / deviation : (double)NAN,
                                  .p = (double)(no_less + 1) / (double)(draws + 1),
                                  .reach = mean < 1.0 - 1e-12 ? (score - mean) / (1.0 - mean) : (double)NAN};
}

/* Levels solve linear equations: those of an exact chain are whole numbers up to rounding. */
static const double ROUNDING = 1e-9;

static bool is_label(const okrug_principle_scores *scores, const okrug_against_chance *against, int principle,
                     const okrug_principle_need *need) {
    if (principle == OKRUG_TECHNOLOGICAL_CHAIN &&
        !(scores->trophic.incoherence < need->incoherence && scores->trophic.span >= need->span - ROUNDING)) {
        return false;
    }
    /* How much of a chain's purchases can be inside has no common top, so its score has none to reach. */
    return against->z >= need->z && (principle == OKRUG_TECHNOLOGICAL_CHAIN || against->reach >= need->reach);
}

void okrug_principle_labels_of(const okrug_principle_scores *scores,
                               const okrug_against_chance against[OKRUG_PRINCIPLES], const okrug_principle_need *need,
                               okrug_principle_labels *labels) {
    double least = (double)NAN, most = (double)NAN;
    labels->count = 0;
    for (int p = 0; p < OKRUG_PRINCIPLES; p++) {
        if (!is_label(scores, &against[p], p, need)) {
            most = fmax(most, against[p].z); /* a NaN gives way */
            continue;
        }
        int at = labels->count++;
        for (; at > 0 && against[labels->label[at - 1]].z < against[p].z; at--) {
            labels->label[at] = labels->label[at - 1];
        }
        labels->label[at] = (okrug_principle)p;
        least = fmin(least, against[p].z);
    }
    labels->margin = least - most;
}
