/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SUT-RAS as GRAS: use beside supply with its sign turned, in rows that sum to 0.
 */
#include <okrug/supply_use_update.h>

#include <okrug/numeric.h>

static int64_t rows_of(const okrug_supply_use_update *from) {
    return from->imports == NULL ? from->products : 2 * from->products;
}

static int64_t columns_of(const okrug_supply_use_update *from) {
    return from->users + from->suppliers + (from->imports != NULL);
}

/* Without turning 0 into -0, which would be written as such. */
static double turned(double value) {
    return value == 0.0 ? 0.0 : -value;
}

static void stack_domestic(const okrug_supply_use_update *from, int64_t i, double *row) {
    for (int64_t k = 0; k < from->users; k++) {
        int64_t cell = i * from->users + k;
        row[k] = from->use[cell] - (from->imports == NULL ? 0.0 : from->imports[cell]);
    }
    for (int64_t j = 0; j < from->suppliers; j++) {
        row[from->users + j] = turned(from->supply[i * from->suppliers + j]);
    }
}

static void stack_imported(const okrug_supply_use_update *from, int64_t i, double *row) {
    const double *imports = from->imports + i * from->users;
    for (int64_t k = 0; k < from->users; k++) {
        row[k] = imports[k];
    }
    row[from->users + from->suppliers] = turned(okrug_sum_of(imports, from->users, 1));
}

okrug_status okrug_supply_use_stack(okrug_ctx *ctx, const okrug_supply_use_update *from,
                                    okrug_balance_problem *problem) {
    int64_t m = rows_of(from), n = columns_of(from);
    double *seed = OKRUG_SCRATCH_ZERO(ctx, m * n, double), *row_total = OKRUG_SCRATCH_ZERO(ctx, m, double);
    double *column_total = OKRUG_SCRATCH(ctx, n, double);
    if (seed == NULL || row_total == NULL || column_total == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < from->products; i++) {
        stack_domestic(from, i, seed + i * n);
        if (from->imports != NULL) {
            stack_imported(from, i, seed + (from->products + i) * n);
        }
    }
    for (int64_t k = 0; k < from->users; k++) {
        column_total[k] = from->use_total[k];
    }
    for (int64_t j = 0; j < from->suppliers; j++) {
        column_total[from->users + j] = turned(from->supply_total[j]);
    }
    if (from->imports != NULL) {
        column_total[n - 1] = turned(from->import_total);
    }
    *problem = (okrug_balance_problem){m, n, seed, row_total, column_total, true};
    return OKRUG_OK;
}

void okrug_supply_use_unstack(const okrug_supply_use_update *from, const double *x, double *supply, double *use,
                              double *imports) {
    int64_t n = columns_of(from);
    for (int64_t i = 0; i < from->products; i++) {
        const double *row = x + i * n, *imported = imports == NULL ? NULL : row + from->products * n;
        for (int64_t k = 0; k < from->users; k++) {
            use[i * from->users + k] = row[k];
            if (imported != NULL) {
                use[i * from->users + k] += imported[k];
                imports[i * from->users + k] = imported[k];
            }
        }
        for (int64_t j = 0; j < from->suppliers; j++) {
            supply[i * from->suppliers + j] = turned(row[from->users + j]);
        }
    }
}
