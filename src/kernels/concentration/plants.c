/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ellison and Glaeser's and Maurel and Sedillot's indices: what is left of concentration when that of production in
 * plants is taken away.
 */
#include <math.h>

#include <okrug/numeric.h>
#include <okrug/plants.h>

#include "kernels/concentration/reference.h"

okrug_status okrug_plant_sizes_of(okrug_ctx *ctx, int64_t plants, const double *size, const int64_t *industry,
                                  int64_t industries, const okrug_plant_sizes *sizes) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_sum *power = OKRUG_SCRATCH_ZERO(ctx, 3 * industries + 1, okrug_sum); /* of each industry: 1st, 2nd, 4th */
    if (power == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < industries; i++) {
        sizes->plants[i] = 0;
    }
    for (int64_t k = 0; k < plants; k++) {
        if (industry[k] >= 0 && size[k] > 0.0) {
            okrug_sum *of = power + 3 * industry[k];
            double square = size[k] * size[k];
            sizes->plants[industry[k]]++;
            okrug_sum_add(&of[0], size[k]);
            okrug_sum_add(&of[1], square);
            okrug_sum_add(&of[2], square * square);
        }
    }
    for (int64_t i = 0; i < industries; i++) {
        double total = okrug_sum_value(&power[3 * i]);
        double square = total * total;
        bool none = sizes->plants[i] == 0;
        sizes->total[i] = total;
        sizes->herfindahl[i] = none ? (double)NAN : okrug_sum_value(&power[3 * i + 1]) / square;
        sizes->fourth[i] = none ? (double)NAN : okrug_sum_value(&power[3 * i + 2]) / (square * square);
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

double okrug_reference_shares(int64_t regions, int64_t industries, const double *value, const double *reference,
                              double *x, double *cube) {
    for (int64_t r = 0; r < regions; r++) {
        x[r] = reference != NULL ? reference[r] : okrug_sum_of(value + r * industries, industries, 1);
    }
    double total = okrug_sum_of(x, regions, 1);
    okrug_sum squares = {0}, cubes = {0};
    for (int64_t r = 0; r < regions; r++) {
        x[r] /= total; /* 0/0 where there is nothing: everything that is made of it is NaN then */
        okrug_sum_add(&squares, x[r] * x[r]);
        okrug_sum_add(&cubes, x[r] * x[r] * x[r]);
    }
    if (cube != NULL) {
        *cube = okrug_sum_value(&cubes);
    }
    return okrug_sum_value(&squares);
}

okrug_status okrug_plant_concentration_of(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                          const double *reference, const double *herfindahl, const double *fourth,
                                          const okrug_plant_concentration *results, double *scale) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *x = OKRUG_SCRATCH(ctx, regions + 1, double);
    double *total = OKRUG_SCRATCH(ctx, industries + 1, double);
    okrug_sum *sum = OKRUG_SCRATCH_ZERO(ctx, 2 * industries + 1, okrug_sum);
    if (x == NULL || total == NULL || sum == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double x3 = 0.0;
    double x2 = okrug_reference_shares(regions, industries, value, reference, x, &x3);
    for (int64_t i = 0; i < industries; i++) {
        total[i] = okrug_sum_of(value + i, regions, industries);
    }
    for (int64_t r = 0; r < regions; r++) {
        for (int64_t i = 0; i < industries; i++) {
            double s = value[r * industries + i] / total[i];
            okrug_sum_add(&sum[2 * i], (s - x[r]) * (s - x[r]));
            okrug_sum_add(&sum[2 * i + 1], s * s);
        }
    }
    *scale = 1.0 - x2;
    for (int64_t i = 0; i < industries; i++) {
        double h = herfindahl[i];
        bool some = total[i] > 0.0;
        results->raw[i] = some ? okrug_sum_value(&sum[2 * i]) : (double)NAN;
        results->excess[i] = some ? okrug_sum_value(&sum[2 * i + 1]) - x2 : (double)NAN;
        results->expected[i] = *scale * h;
        results->variance[i] = 2.0 * (h * h * (x2 - 2.0 * x3 + x2 * x2) - fourth[i] * (x2 - 4.0 * x3 + 3.0 * x2 * x2));
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

double okrug_beyond_plants(double measure, double scale, double h) {
    bool sense = scale > 0.0 && h < 1.0;
    return sense ? (measure / scale - h) / (1.0 - h) : (double)NAN;
}
