/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The complexity of regions and products from the second eigenvector.
 */
#include <math.h>

#include <okrug/complexity.h>
#include <okrug/numeric.h>

#include "components.h"
#include "rows.h"
#include "second.h"

/* M without its empty rows and columns. */
typedef struct {
    int64_t *region, *product; /* their numbers in the whole matrix */
    double *diversity, *ubiquity;
    okrug_bits by_region, by_product;
    okrug_network network;
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
    if (k->region == NULL || k->product == NULL || k->diversity == NULL || k->ubiquity == NULL) {
        return OKRUG_NO_MEMORY;
    }
    k->network = (okrug_network){.regions = keep(regions, diversity, k->region, k->diversity),
                                 .products = keep(products, ubiquity, k->product, k->ubiquity),
                                 .m = presence,
                                 .by_region = &k->by_region,
                                 .by_product = &k->by_product,
                                 .diversity = k->diversity,
                                 .ubiquity = k->ubiquity};
    okrug_network *w = &k->network;
    if (w->regions == regions && w->products == products) {
        return OKRUG_OK; /* the bits are those of the whole */
    }
    double *m = OKRUG_SCRATCH(ctx, w->regions * w->products + 1, double);
    if (m == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < w->regions; r++) {
        for (int64_t p = 0; p < w->products; p++) {
            m[r * w->products + p] = presence[k->region[r] * products + k->product[p]];
        }
    }
    w->m = m;
    OKRUG_TRY(okrug_bits_of(ctx, w->regions, w->products, m, &k->by_region));
    return okrug_bits_transpose(ctx, &k->by_region, &k->by_product);
}

/* The mean of x over what each row has. */
static okrug_status means_of(okrug_ctx *ctx, const okrug_bits *bits, const double *count, const double *x,
                             double *mean) {
    const okrug_bit_product sum = {.bits = bits, .n = 1, .b = x, .c = mean};
    OKRUG_TRY(okrug_bits_multiply(ctx, &sum));
    for (int64_t i = 0; i < bits->rows; i++) {
        mean[i] /= count[i];
    }
    return OKRUG_OK;
}

/* 1, or -1 where K goes down with diversity. */
static double sign_of(int64_t regions, const double *diversity, const double *score) {
    double mean = okrug_sum_of(diversity, regions, 1) / (double)regions, largest = 0.0;
    okrug_sum covariance = {0}, size = {0};
    for (int64_t r = 0; r < regions; r++) {
        double term = (diversity[r] - mean) * score[r];
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
    const okrug_network *w = &k->network;
    bool by_regions = w->regions <= w->products;
    int64_t n = by_regions ? w->regions : w->products;
    if (n == 0) {
        return OKRUG_OK;
    }
    double *region = OKRUG_SCRATCH(ctx, w->regions, double);
    double *product = OKRUG_SCRATCH(ctx, w->products, double);
    if (region == NULL || product == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double *vector = by_regions ? region : product, lambda[2];
    OKRUG_TRY(okrug_second_eigenvector(ctx, w, lambda, vector));
    summary->lambda2 = lambda[0];
    summary->lambda3 = lambda[1];
    summary->ambiguous = !(summary->lambda2 - summary->lambda3 >= 1e-8);
    if (summary->ambiguous || summary->components != 1) {
        return OKRUG_OK;
    }
    for (int64_t i = 0; i < n; i++) { /* from the symmetric matrix back to ours */
        vector[i] /= sqrt(by_regions ? k->diversity[i] : k->ubiquity[i]);
    }
    if (!by_regions) {
        OKRUG_TRY(means_of(ctx, &k->by_region, k->diversity, product, region));
    }
    double sign = sign_of(w->regions, k->diversity, region), mean, deviation;
    for (int64_t r = 0; r < w->regions; r++) {
        region[r] *= sign;
    }
    OKRUG_TRY(means_of(ctx, &k->by_product, k->ubiquity, region, product));
    if (!okrug_standardise(w->regions, region, &mean, &deviation)) {
        return OKRUG_OK;
    }
    summary->origin = mean / deviation;
    for (int64_t r = 0; r < w->regions; r++) {
        eci[k->region[r]] = region[r];
    }
    for (int64_t p = 0; p < w->products; p++) {
        pci[k->product[p]] = (product[p] / summary->lambda2 - mean) / deviation;
    }
    return OKRUG_OK;
}

static okrug_status scores(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence, double *diversity,
                           double *ubiquity, double *eci, double *pci, okrug_complexity_summary *summary) {
    kept k;
    OKRUG_TRY(okrug_bits_of(ctx, regions, products, presence, &k.by_region));
    OKRUG_TRY(okrug_bits_transpose(ctx, &k.by_region, &k.by_product));
    okrug_bits_count(&k.by_region, diversity);
    okrug_bits_count(&k.by_product, ubiquity);
    OKRUG_TRY(keep_those_with_any(ctx, regions, products, presence, diversity, ubiquity, &k));
    summary->regions = k.network.regions;
    summary->products = k.network.products;
    OKRUG_TRY(okrug_complexity_components(ctx, &k.by_region, &summary->components));
    return score(ctx, &k, eci, pci, summary);
}

okrug_status okrug_complexity_scores(okrug_ctx *ctx, int64_t regions, int64_t products, const double *presence,
                                     double *diversity, double *ubiquity, double *eci, double *pci,
                                     okrug_complexity_summary *summary) {
    *summary = (okrug_complexity_summary){.ambiguous = true, .origin = (double)NAN};
    for (int64_t r = 0; r < regions; r++) {
        eci[r] = (double)NAN;
    }
    for (int64_t p = 0; p < products; p++) {
        pci[p] = (double)NAN;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = scores(ctx, regions, products, presence, diversity, ubiquity, eci, pci, summary);
    okrug_scratch_reset(ctx, mark);
    return status;
}
