/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which industries depart from the reference in the same regions: all pairs in one matrix product.
 */
#include <math.h>
#include <stdbool.h>

#include <okrug/linalg.h>
#include <okrug/numeric.h>
#include <okrug/plants.h>

#include "kernels/concentration/reference.h"

okrug_status okrug_coagglomeration(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                   const double *reference, double *coefficient) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *x = OKRUG_SCRATCH(ctx, regions + 1, double);
    double *total = OKRUG_SCRATCH(ctx, industries + 1, double);
    double *difference = OKRUG_SCRATCH(ctx, regions * industries + 1, double);
    if (x == NULL || total == NULL || difference == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double scale = 1.0 - okrug_reference_shares(regions, industries, value, reference, x, NULL);
    for (int64_t i = 0; i < industries; i++) {
        total[i] = okrug_sum_of(value + i, regions, industries);
    }
    for (int64_t r = 0; r < regions; r++) {
        for (int64_t i = 0; i < industries; i++) {
            int64_t cell = r * industries + i;
            difference[cell] = total[i] > 0.0 && scale > 0.0 ? value[cell] / total[i] - x[r] : 0.0;
        }
    }
    okrug_status status = okrug_gram(ctx, OKRUG_TRANSPOSED, industries, regions, difference, coefficient);
    for (int64_t i = 0; status == OKRUG_OK && i < industries; i++) {
        for (int64_t j = 0; j < industries; j++) {
            bool there = total[i] > 0.0 && total[j] > 0.0 && scale > 0.0;
            double *cell = &coefficient[i * industries + j];
            *cell = there ? *cell / scale : (double)NAN;
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_group_coagglomeration(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                         const double *reference, int64_t groups, const int64_t *group,
                                         double *coefficient) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *x = OKRUG_SCRATCH(ctx, regions + 1, double);
    double *total = OKRUG_SCRATCH(ctx, industries + 1, double);
    double *pooled = OKRUG_SCRATCH(ctx, regions + 1, double);
    if (x == NULL || total == NULL || pooled == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double scale = 1.0 - okrug_reference_shares(regions, industries, value, reference, x, NULL);
    for (int64_t i = 0; i < industries; i++) {
        total[i] = okrug_sum_of(value + i, regions, industries);
    }
    for (int64_t g = 0; g < groups; g++) {
        okrug_sum all = {0}, own = {0}, weights = {0}, together = {0};
        int64_t members = 0;
        for (int64_t i = 0; i < industries; i++) {
            if (group[i] == g && total[i] > 0.0) {
                members++;
                okrug_sum_add(&all, total[i]);
            }
        }
        double sum = okrug_sum_value(&all);
        for (int64_t r = 0; r < regions; r++) {
            pooled[r] = 0.0;
        }
        for (int64_t i = 0; i < industries; i++) {
            if (group[i] != g || !(total[i] > 0.0)) {
                continue;
            }
            double weight = total[i] / sum;
            okrug_sum_add(&weights, weight * weight);
            for (int64_t r = 0; r < regions; r++) {
                double difference = value[r * industries + i] / total[i] - x[r];
                pooled[r] += weight * difference;
                okrug_sum_add(&own, weight * difference * (weight * difference));
            }
        }
        for (int64_t r = 0; r < regions; r++) {
            okrug_sum_add(&together, pooled[r] * pooled[r]);
        }
        double numerator = (okrug_sum_value(&together) - okrug_sum_value(&own)) / scale;
        coefficient[g] = members > 1 && scale > 0.0 ? numerator / (1.0 - okrug_sum_value(&weights)) : (double)NAN;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
