/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The second eigenvector of the symmetric square on the smaller side, by LAPACK where images of a few vectors do not
 * settle it.
 */
#include "second.h"

#include <math.h>

#include <okrug/linalg.h>

enum { SMALL = 128 }; /* sides below it are decomposed as a whole */

static int64_t smaller_side(const okrug_network *w) {
    return w->regions <= w->products ? w->regions : w->products;
}

okrug_status okrug_second_as_a_whole(okrug_ctx *ctx, const okrug_network *w, double *lambda, double *vector) {
    bool by_regions = w->regions <= w->products;
    int64_t n = smaller_side(w);
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *scaled = OKRUG_SCRATCH(ctx, w->regions * w->products, double);
    double *square = OKRUG_SCRATCH(ctx, n * n, double);
    double *vectors = OKRUG_SCRATCH(ctx, 3 * n, double);
    double values[3] = {0.0, 0.0, 0.0};
    if (scaled == NULL || square == NULL || vectors == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < w->regions; r++) {
        for (int64_t p = 0; p < w->products; p++) {
            int64_t cell = r * w->products + p;
            scaled[cell] = w->m[cell] > 0.0 ? 1.0 / sqrt(w->diversity[r] * w->ubiquity[p]) : 0.0;
        }
    }
    OKRUG_TRY(okrug_gram(ctx, by_regions ? OKRUG_PLAIN : OKRUG_TRANSPOSED, n, by_regions ? w->products : w->regions,
                         scaled, square));
    OKRUG_TRY(okrug_symmetric_eigen_top(ctx, n, n < 3 ? n : 3, square, values, vectors));
    lambda[0] = values[1];
    lambda[1] = values[2];
    for (int64_t i = 0; i < n; i++) {
        vector[i] = n > 1 ? vectors[n + i] : 0.0;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

okrug_status okrug_second_eigenvector(okrug_ctx *ctx, const okrug_network *w, double *lambda, double *vector) {
    bool settled = false;
    if (smaller_side(w) >= SMALL) {
        OKRUG_TRY(okrug_second_by_images(ctx, w, lambda, vector, &settled));
    }
    return settled ? OKRUG_OK : okrug_second_as_a_whole(ctx, w, lambda, vector);
}
