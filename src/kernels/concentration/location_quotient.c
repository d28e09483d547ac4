/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Location quotients and their intervals.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <okrug/concentration.h>
#include <okrug/numeric.h>

#include "kernels/concentration/wide.h"

/* The reference with everything that was left open filled in. */
typedef struct {
    const double *region_total;
    const double *industry_total; /* NULL where shares are given */
    double total;
    const double *share; /* of each industry; NaN where it has none */
} totals;

/* ---- Totals ----------------------------------------------------------------------------------------------------- */

enum { REGIONS = 32 }; /* of a tile */

typedef struct {
    const okrug_wide *wide;
    int64_t regions, industries;
    const double *value;
    double *sum;
} sums;

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static okrug_status region_tile(void *user, int64_t tile) {
    const sums *s = user;
    int64_t to = smaller((tile + 1) * REGIONS, s->regions);
    for (int64_t r = tile * REGIONS; r < to; r++) {
        s->sum[r] = s->wide->sum(s->industries, s->value + r * s->industries);
    }
    return OKRUG_OK;
}

/* A tile that would reach beyond the last industry begins earlier, and only the rest of its sums is taken. */
static okrug_status industry_tile(void *user, int64_t tile) {
    const sums *s = user;
    int64_t first = tile * OKRUG_WIDE_COLUMNS, to = smaller(first + OKRUG_WIDE_COLUMNS, s->industries);
    int64_t from = smaller(first, s->industries - OKRUG_WIDE_COLUMNS);
    double sum[OKRUG_WIDE_COLUMNS] = {0.0}, compensation[OKRUG_WIDE_COLUMNS] = {0.0};
    if (from >= 0) {
        s->wide->add_columns(s->regions, s->industries, s->value + from, sum, compensation);
    }
    for (int64_t i = first; i < to; i++) {
        s->sum[i] =
            from >= 0 ? sum[i - from] + compensation[i - from] : okrug_sum_of(s->value + i, s->regions, s->industries);
    }
    return OKRUG_OK;
}

static okrug_status sums_of(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value, bool by_region,
                            const double **total) {
    double *sum = OKRUG_SCRATCH(ctx, (by_region ? regions : industries) + 1, double);
    if (sum == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *total = sum;
    sums s = {okrug_widest(), regions, industries, value, sum};
    return by_region
               ? okrug_parallel(ctx, (regions + REGIONS - 1) / REGIONS, region_tile, &s)
               : okrug_parallel(ctx, (industries + OKRUG_WIDE_COLUMNS - 1) / OKRUG_WIDE_COLUMNS, industry_tile, &s);
}

static okrug_status fill(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                         const okrug_lq_reference *reference, totals *t) {
    static const okrug_lq_reference itself = {NULL, NULL, 0.0, NULL};
    const okrug_lq_reference *given = reference != NULL ? reference : &itself;
    t->region_total = given->region_total;
    if (t->region_total == NULL) {
        OKRUG_TRY(sums_of(ctx, regions, industries, value, true, &t->region_total));
    }
    t->share = given->share;
    t->industry_total = NULL;
    if (t->share != NULL) {
        return OKRUG_OK;
    }
    t->industry_total = given->industry_total;
    if (t->industry_total == NULL) {
        OKRUG_TRY(sums_of(ctx, regions, industries, value, false, &t->industry_total));
    }
    double *share = OKRUG_SCRATCH(ctx, industries + 1, double);
    if (share == NULL) {
        return OKRUG_NO_MEMORY;
    }
    t->total = given->total > 0.0 ? given->total : okrug_sum_of(t->industry_total, industries, 1);
    for (int64_t i = 0; i < industries; i++) {
        share[i] = t->total > 0.0 ? t->industry_total[i] / t->total : 0.0;
    }
    t->share = share;
    return OKRUG_OK;
}

okrug_status okrug_lq_totals(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                             const okrug_lq_reference *reference, double *region_total, double *share) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    totals t;
    okrug_status status = fill(ctx, regions, industries, value, reference, &t);
    if (status == OKRUG_OK) {
        memcpy(region_total, t.region_total, (size_t)regions * sizeof *region_total);
        memcpy(share, t.share, (size_t)industries * sizeof *share);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_location_quotients(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                      const okrug_lq_reference *reference, double *lq) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    totals t;
    okrug_status status = fill(ctx, regions, industries, value, reference, &t);
    for (int64_t r = 0; status == OKRUG_OK && r < regions; r++) {
        double total = t.region_total[r];
        for (int64_t i = 0; i < industries; i++) {
            int64_t cell = r * industries + i;
            lq[cell] = okrug_location_quotient(value[cell], total, t.share[i]);
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

static void interval(const totals *t, int64_t r, int64_t i, double value, double lq, double z, double *lo, double *hi) {
    *lo = *hi = (double)NAN;
    if (isnan(lq) || !(value > 0.0)) {
        return;
    }
    double variance = 1.0 / value - 1.0 / t->region_total[r];
    if (t->industry_total != NULL) {
        variance += 1.0 / t->industry_total[i] - 1.0 / t->total;
    }
    if (variance >= 0.0) {
        double half = z * sqrt(variance);
        *lo = lq * exp(-half);
        *hi = lq * exp(half);
    }
}

okrug_status okrug_lq_intervals(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                                const okrug_lq_reference *reference, const double *lq, double z, double *lo,
                                double *hi) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    totals t;
    okrug_status status = fill(ctx, regions, industries, value, reference, &t);
    for (int64_t r = 0; status == OKRUG_OK && r < regions; r++) {
        for (int64_t i = 0; i < industries; i++) {
            int64_t cell = r * industries + i;
            interval(&t, r, i, value[cell], lq[cell], z, &lo[cell], &hi[cell]);
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

double okrug_normal_quantile(double level) {
    if (!(level > 0.0 && level < 1.0)) {
        return (double)NAN;
    }
    /* Halving the interval is slow, always right and ends when the two sides are neighbours. The upper side is beyond
     * any level below 1 that a double can hold. */
    double low = 0.0, high = 40.0;
    for (;;) {
        double middle = low + (high - low) / 2.0;
        if (middle <= low || middle >= high) {
            return middle;
        }
        double x = middle / sqrt(2.0);
        bool below = level < .5 ? erf(x) < level : erfc(x) > 1.0 - level; /* each where it is exact */
        if (below) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/* Standardises one column in place of its NaNs; x and z have that stride. */
static void standardise(int64_t n, int64_t stride, double *z) {
    okrug_sum sum = {0}, squares = {0};
    int64_t count = 0;
    for (int64_t r = 0; r < n; r++) {
        if (!isnan(z[r * stride])) {
            okrug_sum_add(&sum, z[r * stride]);
            count++;
        }
    }
    double mean = okrug_sum_value(&sum) / (double)count; /* 0/0 where there is none: nothing below uses it */
    for (int64_t r = 0; r < n; r++) {
        if (!isnan(z[r * stride])) {
            double difference = z[r * stride] - mean;
            okrug_sum_add(&squares, difference * difference);
        }
    }
    double deviation = count > 1 ? sqrt(okrug_sum_value(&squares) / (double)(count - 1)) : 0.0;
    /* Equal values may differ from their mean by its rounding. */
    double noise = 8.0 * 0x1p-52 * fabs(mean);
    for (int64_t r = 0; r < n; r++) {
        z[r * stride] = count > 1 && deviation > noise ? (z[r * stride] - mean) / deviation : (double)NAN;
    }
}

void okrug_lq_z(int64_t regions, int64_t industries, const double *lq, double *z) {
    for (int64_t cell = 0; cell < regions * industries; cell++) {
        z[cell] = lq[cell];
    }
    for (int64_t i = 0; i < industries; i++) {
        standardise(regions, industries, z + i);
    }
}

void okrug_lq_z_log(int64_t regions, int64_t industries, const double *lq, double *z, int64_t *zeros) {
    for (int64_t i = 0; i < industries; i++) {
        zeros[i] = 0;
    }
    for (int64_t cell = 0; cell < regions * industries; cell++) {
        zeros[cell % industries] += lq[cell] == 0.0;
        z[cell] = lq[cell] > 0.0 ? log(lq[cell]) : (double)NAN;
    }
    for (int64_t i = 0; i < industries; i++) {
        standardise(regions, industries, z + i);
    }
}
