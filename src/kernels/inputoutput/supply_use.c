/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Supply and use tables to symmetric ones. Every model is one transformation T (industries x products) of what
 * industries buy into what products need (A, B), or of sales of products into sales of industries (C, D).
 */
#include <string.h>

#include <okrug/linalg.h>
#include <okrug/numeric.h>
#include <okrug/supply_use.h>

/* The rows, or columns, of supply that are not all 0, in `live`; their number. What nobody makes has no technology. */
static int64_t find_live(const double *supply, int64_t count, int64_t step, int64_t terms, int64_t stride,
                         int64_t *live) {
    int64_t found = 0;
    for (int64_t k = 0; k < count; k++) {
        bool any = false;
        for (int64_t m = 0; m < terms; m++) {
            any = any || supply[k * step + m * stride] != 0.0;
        }
        live[found] = k;
        found += any;
    }
    return found;
}

/* T = V'^-1 q^ or g^ V'^-1, with V' = supply of the products and industries that there are, which is square. */
static okrug_status own_way(okrug_ctx *ctx, const okrug_supply_use *table, bool of_products, double *t) {
    int64_t p = table->products, i = table->industries;
    int64_t *product = OKRUG_SCRATCH(ctx, p + 1, int64_t);
    int64_t *industry = OKRUG_SCRATCH(ctx, i + 1, int64_t);
    if (product == NULL || industry == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t n = find_live(table->supply, p, i, i, 1, product);
    int64_t industries = find_live(table->supply, i, 1, p, i, industry);
    if (industries != n) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "supply-not-square", NULL, "products", okrug_text_integer(ctx, n),
                          "industries", okrug_text_integer(ctx, industries), (char *)NULL);
    }
    double *lu = OKRUG_SCRATCH(ctx, n * n, double);
    double *inverse = OKRUG_SCRATCH(ctx, n * n, double);
    int32_t *pivot = OKRUG_SCRATCH(ctx, n, int32_t);
    if (lu == NULL || inverse == NULL || pivot == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(t, 0, (size_t)(i * p) * sizeof *t);
    if (n == 0) {
        return OKRUG_OK;
    }
    for (int64_t r = 0; r < n; r++) {
        for (int64_t c = 0; c < n; c++) {
            lu[r * n + c] = table->supply[product[r] * i + industry[c]];
        }
    }
    OKRUG_TRY(okrug_lu_factor(ctx, n, lu, pivot));
    OKRUG_TRY(okrug_lu_inverse(ctx, n, lu, pivot, inverse));
    for (int64_t r = 0; r < n; r++) {
        double made = okrug_sum_of(table->supply + industry[r], p, i);
        for (int64_t c = 0; c < n; c++) {
            double total = of_products ? okrug_sum_of(table->supply + product[c] * i, i, 1) : made;
            t[industry[r] * p + product[c]] = inverse[r * n + c] * total;
        }
    }
    return OKRUG_OK;
}

/* T = g^-1 V or V q^-1. */
static void shares(const okrug_supply_use *table, bool of_products, double *t) {
    int64_t p = table->products, n = table->industries;
    for (int64_t i = 0; i < n; i++) {
        double made = okrug_sum_of(table->supply + i, p, n);
        for (int64_t j = 0; j < p; j++) {
            double total = of_products ? made : okrug_sum_of(table->supply + j * n, n, 1);
            t[i * p + j] = total == 0.0 ? 0.0 : table->supply[j * n + i] / total;
        }
    }
}

/* The columns `first` .. `first + count - 1` of a matrix with `rows` rows of `width`. */
static void take_columns(const double *from, int64_t rows, int64_t width, int64_t first, int64_t count, double *to) {
    for (int64_t r = 0; r < rows; r++) {
        for (int64_t c = 0; c < count; c++) {
            to[r * count + c] = from[r * width + first + c];
        }
    }
}

static okrug_status apply(okrug_ctx *ctx, const okrug_supply_use *table, bool by_product, const double *t,
                          const okrug_symmetric *out) {
    int64_t p = table->products, i = table->industries, c = table->categories, w = table->primaries;
    double *bought = OKRUG_SCRATCH(ctx, p * i, double);
    double *final = OKRUG_SCRATCH(ctx, p * c + 1, double);
    double *paid = OKRUG_SCRATCH(ctx, w * i + 1, double);
    if (bought == NULL || final == NULL || paid == NULL) {
        return OKRUG_NO_MEMORY;
    }
    take_columns(table->use, p, i + c, 0, i, bought);
    take_columns(table->use, p, i + c, i, c, final);
    take_columns(table->primary, w, i + c, 0, i, paid);
    if (!by_product) {
        OKRUG_TRY(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, i, i, p, t, bought, out->flow));
        if (c > 0) {
            OKRUG_TRY(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, i, c, p, t, final, out->demand));
        }
        for (int64_t cell = 0; cell < w * i; cell++) {
            out->primary[cell] = paid[cell];
        }
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, p, p, i, bought, t, out->flow));
    if (w > 0) {
        OKRUG_TRY(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, w, p, i, paid, t, out->primary));
    }
    for (int64_t cell = 0; cell < p * c; cell++) {
        out->demand[cell] = final[cell];
    }
    return OKRUG_OK;
}

okrug_status okrug_symmetric_table(okrug_ctx *ctx, const okrug_supply_use *table, okrug_symmetric_model model,
                                   const okrug_symmetric *symmetric) {
    int64_t p = table->products, i = table->industries;
    bool by_product = model == OKRUG_MODEL_A || model == OKRUG_MODEL_B;
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *t = OKRUG_SCRATCH(ctx, p * i, double);
    okrug_status status = t == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK && (model == OKRUG_MODEL_A || model == OKRUG_MODEL_C)) {
        status = own_way(ctx, table, by_product, t);
    } else if (status == OKRUG_OK) {
        shares(table, by_product, t);
    }
    if (status == OKRUG_OK) {
        status = apply(ctx, table, by_product, t, symmetric);
    }
    for (int64_t k = 0; status == OKRUG_OK && k < symmetric->n; k++) {
        symmetric->output[k] =
            by_product ? okrug_sum_of(table->supply + k * i, i, 1) : okrug_sum_of(table->supply + k, p, i);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
