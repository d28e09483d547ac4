/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Use at purchasers' prices to use at basic prices, and imports out of it, where only the totals of products are known.
 */
#include <okrug/numeric.h>
#include <okrug/supply_use.h>

/* Sum of a row over the users that `counted` marks (NULL: all) or, with `except`, does not mark. */
static double row_sum(const double *row, int64_t u, const bool *mark, bool except) {
    okrug_sum sum = {0};
    for (int64_t k = 0; k < u; k++) {
        if (mark == NULL || mark[k] != except) {
            okrug_sum_add(&sum, row[k]);
        }
    }
    return okrug_sum_value(&sum);
}

/* One kind of margin, out of the prices of products that contain it and to the products that provide it. `taken`
 * (p x u) holds what leaves the cells, all of it in proportion to purchasers' prices. */
static void move_margin(int64_t p, int64_t u, const double *margin, const double *use, double *taken, double *moved,
                        int64_t *unborne) {
    double provided = 0.0;
    for (int64_t k = 0; k < u; k++) {
        moved[k] = 0.0;
    }
    for (int64_t i = 0; i < p; i++) {
        if (margin[i] < 0.0) {
            provided -= margin[i];
        }
        double total = margin[i] > 0.0 ? row_sum(use + i * u, u, NULL, false) : 0.0;
        *unborne += margin[i] > 0.0 && total == 0.0;
        for (int64_t k = 0; total != 0.0 && k < u; k++) {
            double part = use[i * u + k] * (margin[i] / total);
            taken[i * u + k] += part;
            moved[k] += part;
        }
    }
    for (int64_t i = 0; provided > 0.0 && i < p; i++) {
        for (int64_t k = 0; margin[i] < 0.0 && k < u; k++) {
            taken[i * u + k] += moved[k] * (margin[i] / provided);
        }
    }
}

okrug_status okrug_basic_prices(okrug_ctx *ctx, int64_t p, int64_t u, const okrug_valuation *valuation, double *use,
                                double *paid, int64_t *unborne) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *taken = OKRUG_SCRATCH_ZERO(ctx, p * u, double);
    double *moved = OKRUG_SCRATCH(ctx, u, double);
    if (taken == NULL || moved == NULL) {
        okrug_scratch_reset(ctx, mark);
        return OKRUG_NO_MEMORY;
    }
    *unborne = 0;
    for (int64_t m = 0; m < valuation->margins; m++) {
        move_margin(p, u, valuation->margin + m * p, use, taken, moved, unborne);
    }
    for (int64_t k = 0; k < u; k++) {
        paid[k] = 0.0;
    }
    for (int64_t i = 0; valuation->tax != NULL && i < p; i++) {
        double total = row_sum(use + i * u, u, valuation->untaxed, true);
        *unborne += valuation->tax[i] != 0.0 && total == 0.0;
        for (int64_t k = 0; total != 0.0 && k < u; k++) {
            if (valuation->untaxed == NULL || !valuation->untaxed[k]) {
                double part = use[i * u + k] * (valuation->tax[i] / total);
                taken[i * u + k] += part;
                paid[k] += part;
            }
        }
    }
    for (int64_t cell = 0; cell < p * u; cell++) {
        use[cell] -= taken[cell];
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

void okrug_imports_apart(int64_t p, int64_t u, const double *imports, const bool *reached, double *use, double *share,
                         double *imported, int64_t *unused, int64_t *re_exported) {
    *unused = *re_exported = 0;
    for (int64_t k = 0; k < u; k++) {
        imported[k] = 0.0;
    }
    for (int64_t i = 0; i < p; i++) {
        const bool *to = reached;
        double total = row_sum(use + i * u, u, to, false);
        if (imports[i] > total) { /* more than is used here: some of it goes abroad again */
            *re_exported += to != NULL;
            to = NULL;
            total = row_sum(use + i * u, u, NULL, false);
        }
        share[i] = imports[i] == 0.0 || total == 0.0 ? 0.0 : imports[i] / total;
        *unused += imports[i] != 0.0 && total == 0.0;
        for (int64_t k = 0; k < u; k++) {
            double part = to == NULL || to[k] ? use[i * u + k] * share[i] : 0.0;
            use[i * u + k] -= part;
            imported[k] += part;
        }
    }
}
