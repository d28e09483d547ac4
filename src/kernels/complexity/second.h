/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The second and third eigenvalue of D^-1 M U^-1 M', and the second eigenvector.
 */
#ifndef OKRUG_COMPLEXITY_SECOND_H
#define OKRUG_COMPLEXITY_SECOND_H

#include "bits.h"

/* M without empty rows and columns, D and U its row and column sums. */
typedef struct {
    int64_t regions, products;
    const double *m;
    const okrug_bits *by_region, *by_product; /* the bits of m, and of its transpose */
    const double *diversity, *ubiquity;
} okrug_network;

/* lambda (2): the second and third largest eigenvalue; 0 where there is none. vector (the smaller side n = min(regions,
 * products) > 0): of length 1, the second eigenvector of the symmetric matrix A = S S' on that side, S = D^-1/2 M
 * U^-1/2 or its transpose; its sign is any, and where n is 1 it is 0.
 *
 * From a few hundred on it is sought among the images A x, A A x ... of 8 random vectors, which bits make cheap
 * (okrug_second_by_images), and A is decomposed as a whole (okrug_second_as_a_whole) where that does not settle. That
 * takes O(n^3) time, and regions x products + n^2 numbers of scratch memory. */
okrug_status okrug_second_eigenvector(okrug_ctx *ctx, const okrug_network *w, double *lambda, double *vector);

okrug_status okrug_second_as_a_whole(okrug_ctx *ctx, const okrug_network *w, double *lambda, double *vector);

/* Block Lanczos with full reorthogonalisation, n > 16. Settled where |A x - lambda_2 x| <= 4e-15, that of the third is
 * <= 1e-5, which is how far it may be off (mostly it is right to its square), and lambda_2 is above it by 1e-6 at
 * least: so it never has to tell two eigenvalues that are almost one. One that is there up to eight times is seen as
 * such. O(steps x regions x products / 6). Scratch: 350 n + 200,000 numbers, and 8 for each on the other side. */
okrug_status okrug_second_by_images(okrug_ctx *ctx, const okrug_network *w, double *lambda, double *vector,
                                    bool *settled);

#endif
