/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Static inoperability.
 */
#include <okrug/inputoutput.h>
#include <okrug/propagation.h>

okrug_status okrug_inoperability(okrug_ctx *ctx, int64_t n, const double *z, const double *x, const double *c,
                                 double *q) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *transposed = OKRUG_SCRATCH(ctx, n * n, double);
    okrug_status status = transposed == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int64_t i = 0; status == OKRUG_OK && i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            transposed[j * n + i] = x[i] == 0.0 ? 0.0 : z[i * n + j] / x[i];
        }
    }
    if (status == OKRUG_OK) { /* q' = c' (I - A*')^-1 */
        status = okrug_multipliers(ctx, n, transposed, 1, c, q);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
