/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From purchasers' prices with imports to basic prices without them, by tables where there are such, else in
 * proportion.
 */
#include "analyses/supply_case.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>
#include <okrug/supply_use.h>

static okrug_status allocate(okrug_ctx *ctx, okrug_supply_case *d) {
    int64_t p = d->tables.products, u = d->tables.users;
    double *memory = OKRUG_SCRATCH_ZERO(ctx, 5 * p + 2 * u, double);
    if (memory == NULL) {
        return OKRUG_NO_MEMORY;
    }
    d->purchasers = memory;
    d->margin = memory + p;
    d->tax = memory + 2 * p;
    d->imports = memory + 3 * p;
    d->share = memory + 4 * p;
    d->taxes_paid = memory + 5 * p;
    d->imports_bought = memory + 5 * p + u;
    for (int64_t i = 0; i < p; i++) {
        d->purchasers[i] = okrug_sum_of(d->tables.use + i * u, u, 1);
    }
    return OKRUG_OK;
}

/* Takes a table of cells out of use; its sums by product and by user are added. */
static void take_cells(const okrug_supply_tables *t, const double *cells, double *by_product, double *by_user) {
    for (int64_t i = 0; cells != NULL && i < t->products; i++) {
        by_product[i] += okrug_sum_of(cells + i * t->users, t->users, 1);
        for (int64_t k = 0; k < t->users; k++) {
            t->use[i * t->users + k] -= cells[i * t->users + k];
            by_user[k] += cells[i * t->users + k];
        }
    }
}

static void add_rows(const double *rows, int64_t count, int64_t n, double *sum) {
    for (int64_t k = 0; rows != NULL && k < count * n; k++) {
        sum[k % n] += rows[k];
    }
}

static okrug_status to_basic_prices(okrug_ctx *ctx, const char *file, okrug_supply_case *d) {
    okrug_supply_tables *t = &d->tables;
    const okrug_valuation valuation = {t->margin_kinds, t->margin_totals, t->tax_totals, t->is_untaxed};
    int64_t unborne = 0;
    d->has_margin = t->margin_totals != NULL || t->margin_cells != NULL;
    d->has_tax = t->tax_totals != NULL || t->tax_cells != NULL;
    OKRUG_TRY(okrug_basic_prices(ctx, t->products, t->users, &valuation, t->use, d->taxes_paid, &unborne));
    if (unborne > 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "valuation-without-use", &(okrug_place){.file = file}, "count",
                          okrug_text_integer(ctx, unborne), (char *)NULL);
    }
    add_rows(t->margin_totals, t->margin_kinds, t->products, d->margin);
    add_rows(t->tax_totals, 1, t->products, d->tax);
    double *moved = OKRUG_SCRATCH_ZERO(ctx, t->users, double);
    if (moved == NULL) {
        return OKRUG_NO_MEMORY;
    }
    take_cells(t, t->margin_cells, d->margin, moved);
    take_cells(t, t->tax_cells, d->tax, d->taxes_paid);
    if (t->margin_totals != NULL || t->tax_totals != NULL) {
        okrug_warn(ctx, "valued-in-proportion", NULL, (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status take_imports(okrug_ctx *ctx, const char *file, okrug_supply_case *d) {
    okrug_supply_tables *t = &d->tables;
    d->has_import = t->import_totals != NULL || t->import_cells != NULL;
    if (t->import_totals == NULL) {
        double *before = OKRUG_SCRATCH(ctx, t->products, double);
        if (before == NULL) {
            return OKRUG_NO_MEMORY;
        }
        for (int64_t i = 0; i < t->products; i++) {
            before[i] = okrug_sum_of(t->use + i * t->users, t->users, 1);
        }
        take_cells(t, t->import_cells, d->imports, d->imports_bought);
        for (int64_t i = 0; i < t->products; i++) {
            d->share[i] = before[i] == 0.0 ? 0.0 : d->imports[i] / before[i];
        }
        return OKRUG_OK;
    }
    bool *reached = OKRUG_SCRATCH(ctx, t->users, bool);
    if (reached == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < t->users; k++) {
        reached[k] = t->is_export == NULL || !t->is_export[k];
    }
    int64_t unused = 0, again = 0;
    memcpy(d->imports, t->import_totals, (size_t)t->products * sizeof *d->imports);
    okrug_imports_apart(t->products, t->users, d->imports, t->is_export == NULL ? NULL : reached, t->use, d->share,
                        d->imports_bought, &unused, &again);
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < t->products; i++) {
        if (d->share[i] > 1.0 + 1e-6 || (d->share[i] == 0.0 && d->imports[i] != 0.0)) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "imports-exceed-use", &(okrug_place){.file = file}, "product",
                                t->product[i], "imports", okrug_text_number(ctx, d->imports[i]), (char *)NULL);
        }
    }
    okrug_warn(ctx, "imports-in-proportion", NULL, (char *)NULL);
    if (again > 0) {
        okrug_warn(ctx, "re-exports", NULL, "count", okrug_text_integer(ctx, again), (char *)NULL);
    }
    return status;
}

/* What cannot be right, and what the reader of the table must know. */
static void warn_of_gaps(okrug_ctx *ctx, const okrug_supply_case *d) {
    const okrug_supply_tables *t = &d->tables;
    int64_t unsupplied = 0, unbalanced = 0;
    const char *first = NULL, *first_unbalanced = NULL;
    for (int64_t i = 0; i < t->products; i++) {
        double made = okrug_sum_of(t->supply + i * t->industries, t->industries, 1);
        double used = okrug_sum_of(t->use + i * t->users, t->users, 1);
        double scale = fmax(fabs(made), fabs(used));
        if (made == 0.0 && fabs(used) > 1e-9 * fabs(d->purchasers[i])) {
            first = first == NULL ? t->product[i] : first;
            unsupplied++;
        } else if (fabs(made - used) > 1e-3 * scale) {
            first_unbalanced = first_unbalanced == NULL ? t->product[i] : first_unbalanced;
            unbalanced++;
        }
    }
    if (unsupplied > 0) {
        okrug_warn(ctx, "used-not-supplied", NULL, "count", okrug_text_integer(ctx, unsupplied), "first", first,
                   (char *)NULL);
    }
    if (unbalanced > 0) {
        okrug_warn(ctx, "supply-is-not-use", NULL, "count", okrug_text_integer(ctx, unbalanced), "first",
                   first_unbalanced, (char *)NULL);
    }
}

okrug_status okrug_supply_case_read(okrug_ctx *ctx, const okrug_supply_request *request, okrug_supply_case *d) {
    *d = (okrug_supply_case){0};
    OKRUG_TRY(okrug_supply_tables_read(ctx, request, &d->tables));
    OKRUG_TRY(allocate(ctx, d));
    OKRUG_TRY(to_basic_prices(ctx, request->use->file, d));
    OKRUG_TRY(take_imports(ctx, request->use->file, d));
    warn_of_gaps(ctx, d);
    return OKRUG_OK;
}
