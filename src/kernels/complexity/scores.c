/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Presence, and the complexity of regions and products from the second eigenvector.
 */
#include <math.h>

#include <okrug/complexity.h>
#include <okrug/concentration.h>
#include <okrug/linalg.h>
#include <okrug/numeric.h>

#include "components.h"
#include "rows.h"

okrug_status okrug_presence(okrug_ctx *ctx, int64_t regions, int64_t products, const double *value, double threshold,
                            double *rca, double *presence) {
    OKRUG_TRY(okrug_location_quotients(ctx, regions, products, value, NULL, rca));
    for (int64_t cell = 0; cell < regions * products; cell++) {
        presence[cell] = rca[cell] >= threshold ? 1.0 : 0.0; /* NaN is not */
    }
    return OKRUG_OK;
}

/* M without its empty rows and columns. */
typedef struct {
    int64_t regions, products;
    int64_t *region, *product; /* their numbers in the whole matrix */
    double *m;
    double *diversity, *ubiquity;
} kept;

static int64_t keep(int64_t n, const double *sum, int64_t *which, double *which_sum) {
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
        if (sum[i] > 0.0) {
            which[count] = i;
            which_sum[count++] = sum[i];
        }
    }
    return count;
}

static okrug_status keep_those_with_any(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                        const double *diversity, const double *ubiquity, kept *k) {
    k->region = OKRUG_SCRATCH(ctx, regions + 1, int64_t);
    k->product = OKRUG_SCRATCH(ctx, products + 1, int64_t);
    k->diversity = OKRUG_SCRATCH(ctx, regions + 1, double);
    k->ubiquity = OKRUG_SCRATCH(ctx, products + 1, double);
    k->m = OKRUG_SCRATCH(ctx, regions * products + 1, double);
    if (k->region == NULL || k->product == NULL || k->diversity == NULL || k->ubiquity == NULL || k->m == NULL) {
        return OKRUG_NO_MEMORY;
    }
    k->regions = keep(regions, diversity, k->region, k->diversity);
    k->products = keep(products, ubiquity, k->product, k->ubiquity);
    for (int64_t r = 0; r < k->regions; r++) {
        for (int64_t p = 0; p < k->products; p++) {
            k->m[r * k->products + p] = presence[k->region[r] * products + k->product[p]];
        }
    }
    return OKRUG_OK;
}

/* The second eigenvector (n) of the symmetric matrix that is similar to D^-1 M U^-1 M' or, where there are fewer
 * products than regions, to U^-1 M' D^-1 M, which has the same eigenvalues but for zeros. */
static okrug_status second_eigenvector(okrug_ctx *ctx, const kept *k, int64_t n, double *vector,
                                       okrug_complexity_summary *summary) {
    double *scaled = OKRUG_SCRATCH(ctx, k->regions * k->products, double);
    double *square = OKRUG_SCRATCH(ctx, n * n, double);
    double *vectors = OKRUG_SCRATCH(ctx, 3 * n, double);
    double values[3] = {0.0, 0.0, 0.0};
    if (scaled == NULL || square == NULL || vectors == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < k->regions; r++) {
        for (int64_t p = 0; p < k->products; p++) {
            int64_t cell = r * k->products + p;
            scaled[cell] = k->m[cell] > 0.0 ? 1.0 / sqrt(k->diversity[r] * k->ubiquity[p]) : 0.0;
        }
    }
    bool by_regions = n == k->regions;
    OKRUG_TRY(okrug_gram(ctx, by_regions ? OKRUG_PLAIN : OKRUG_TRANSPOSED, n, by_regions ? k->products : k->regions,
                         scaled, square));
    OKRUG_TRY(okrug_symmetric_eigen_top(ctx, n, n < 3 ? n : 3, square, values, vectors));
    summary->lambda2 = values[1];
    summary->lambda3 = values[2];
    for (int64_t i = 0; n > 1 && i < n; i++) {
        vector[i] = vectors[n + i];
    }
    return OKRUG_OK;
}

/* K from Q: the mean over the products that a region has. */
static void from_products(const kept *k, const double *q, double *score) {
    for (int64_t r = 0; r < k->regions; r++) {
        okrug_sum sum = {0};
        for (int64_t p = 0; p < k->products; p++) {
            okrug_sum_add(&sum, k->m[r * k->products + p] * q[p]);
        }
        score[r] = okrug_sum_value(&sum) / k->diversity[r];
    }
}

/* Q from K: the mean over the regions that have a product, divided by lambda2. */
static void from_regions(const kept *k, const double *score, double lambda2, double *q) {
    for (int64_t p = 0; p < k->products; p++) {
        q[p] = 0.0;
    }
    for (int64_t r = 0; r < k->regions; r++) {
        for (int64_t p = 0; p < k->products; p++) {
            q[p] += k->m[r * k->products + p] * score[r];
        }
    }
    for (int64_t p = 0; p < k->products; p++) {
        q[p] /= k->ubiquity[p] * lambda2;
    }
}

/* 1, or -1 where K goes down with diversity. */
static double sign_of(const kept *k, const double *score) {
    double mean = okrug_sum_of(k->diversity, k->regions, 1) / (double)k->regions, largest = 0.0;
    okrug_sum covariance = {0}, size = {0};
    for (int64_t r = 0; r < k->regions; r++) {
        double term = (k->diversity[r] - mean) * score[r];
        okrug_sum_add(&covariance, term);
        okrug_sum_add(&size, fabs(term));
        largest = fabs(score[r]) > fabs(largest) ? score[r] : largest;
    }
    double direction = okrug_sum_value(&covariance);
    if (fabs(direction) <= 1e-12 * okrug_sum_value(&size)) {
        direction = largest;
    }
    return direction < 0.0 ? -1.0 : 1.0;
}

static okrug_status score(okrug_ctx *ctx, const kept *k, double *eci, double *pci, okrug_complexity_summary *summary) {
    int64_t n = k->regions <= k->products ? k->regions : k->products;
    if (n == 0) {
        return OKRUG_OK;
    }
    double *region = OKRUG_SCRATCH(ctx, k->regions, double);
    double *product = OKRUG_SCRATCH(ctx, k->products, double);
    if (region == NULL || product == NULL) {
        return OKRUG_NO_MEMORY;
    }
    bool by_regions = n == k->regions;
    double *vector = by_regions ? region : product;
    OKRUG_TRY(second_eigenvector(ctx, k, n, vector, summary));
    summary->ambiguous = !(summary->lambda2 - summary->lambda3 >= 1e-8);
    if (summary->ambiguous || summary->components != 1) {
        return OKRUG_OK;
    }
    for (int64_t i = 0; i < n; i++) { /* from the symmetric matrix back to ours */
        vector[i] /= sqrt(by_regions ? k->diversity[i] : k->ubiquity[i]);
    }
    if (!by_regions) {
        from_products(k, product, region);
    }
    double sign = sign_of(k, region);
    for (int64_t r = 0; r < k->regions; r++) {
        region[r] *= sign;
    }
    from_regions(k, region, summary->lambda2, product);
    double mean, deviation;
    if (!okrug_standardise(k->regions, region, &mean, &deviation)) {
        return OKRUG_OK;
    }
    summary->origin = mean / deviation;
    for (int64_t r = 0; r < k->regions; r++) {
        eci[k->region[r]] = region[r];
    }
    for (int64_t p = 0; p < k->products; p++) {
        pci[k->product[p]] = (product[p] - mean) / deviation;
    }
    return OKRUG_OK;
}

okrug_status okrug_complexity_scores(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                     double *diversity, double *ubiquity, double *eci, double *pci,
                                     okrug_complexity_summary *summary) {
    *summary = (okrug_complexity_summary){.ambiguous = true, .origin = (double)NAN};
    for (int64_t r = 0; r < regions; r++) {
        diversity[r] = okrug_sum_of(presence + r * products, products, 1);
        eci[r] = (double)NAN;
    }
    for (int64_t p = 0; p < products; p++) {
        ubiquity[p] = okrug_sum_of(presence + p, regions, products);
        pci[p] = (double)NAN;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    kept k;
    okrug_status status = keep_those_with_any(ctx, regions, products, presence, diversity, ubiquity, &k);
    if (status == OKRUG_OK) {
        summary->regions = k.regions;
        summary->products = k.products;
        status = okrug_complexity_components(ctx, k.regions, k.products, k.m, &summary->components);
    }
    if (status == OKRUG_OK) {
        status = score(ctx, &k, eci, pci, summary);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
