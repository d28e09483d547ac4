/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads what is to be brought to later totals.
 */
#include "analyses/supply_update_case.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

#include "analyses/io_rectangle.h"
#include "analyses/totals.h"

/* Codes of a side of a sheet that are not left out and, where `other` is not NULL, that it has too; those that it lacks
 * are said. */
static okrug_status choose(okrug_ctx *ctx, const okrug_io_sheet *sheet, bool rows, const okrug_texts *leave_out,
                           const okrug_io_sheet *other, const char ***code, int64_t *count) {
    const char **all = rows ? sheet->row_code : sheet->column_code, *left = "";
    int64_t own = rows ? sheet->rows : sheet->columns;
    int64_t *place = NULL;
    if (other != NULL) {
        OKRUG_TRY(okrug_io_places(ctx, other, all, own, other->row_code, other->rows, &place));
    }
    *code = OKRUG_SCRATCH(ctx, own, const char *);
    if (*code == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < own; k++) {
        if (all[k][0] == '\0' || okrug_io_names(leave_out, 1, all[k])) {
            continue;
        }
        if (place != NULL && place[k] < 0) {
            left = okrug_text_listed(ctx, left, all[k]);
            continue;
        }
        (*code)[(*count)++] = all[k];
    }
    if (left[0] != '\0') {
        okrug_warn(ctx, "codes-left-out", &(okrug_place){.file = sheet->table->file}, "codes", left, (char *)NULL);
    }
    return OKRUG_OK;
}

typedef struct {
    const okrug_supply_update_request *request;
    okrug_io_sheet supply, use;
    double *supply_cells, *use_cells, *import_cells;
} reading;

static okrug_status choose_codes(okrug_ctx *ctx, reading *r, okrug_supply_update_case *c) {
    const okrug_texts *out = &r->request->leave_out;
    okrug_supply_use_update *t = &c->tables;
    int64_t unused = 0;
    const char **rows_of_use = NULL;
    OKRUG_TRY(choose(ctx, &r->supply, true, out, &r->use, &c->product, &t->products));
    OKRUG_TRY(choose(ctx, &r->use, true, out, &r->supply, &rows_of_use, &unused)); /* for its warning */
    OKRUG_TRY(choose(ctx, &r->supply, false, out, NULL, &c->supplier, &t->suppliers));
    OKRUG_TRY(choose(ctx, &r->use, false, out, NULL, &c->user, &t->users));
    okrug_place place = {.file = r->use.table->file};
    const char *supply = r->supply.table->file == NULL ? "" : r->supply.table->file;
    if (t->products == 0 || t->users == 0 || t->suppliers == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-products", &place, "other", supply, (char *)NULL);
    }
    for (int64_t j = 0; r->request->imports != NULL && j < t->suppliers; j++) {
        if (strcmp(c->supplier[j], OKRUG_IMPORTS_CODE) == 0) {
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "column-and-input", NULL, "column", OKRUG_IMPORTS_CODE, "input",
                              "imports-table", (char *)NULL);
        }
    }
    return okrug_io_places(ctx, &r->supply, c->user, t->users, c->supplier, t->suppliers, &c->output_of);
}

static okrug_status read_cells(okrug_ctx *ctx, reading *r, okrug_supply_update_case *c) {
    okrug_supply_use_update *t = &c->tables;
    okrug_status supply =
        okrug_io_rectangle(ctx, &r->supply, c->product, t->products, c->supplier, t->suppliers, &r->supply_cells);
    okrug_status use = okrug_io_rectangle(ctx, &r->use, c->product, t->products, c->user, t->users, &r->use_cells);
    OKRUG_TRY(supply);
    OKRUG_TRY(use);
    t->supply = r->supply_cells;
    t->use = r->use_cells;
    if (r->request->imports == NULL) {
        return OKRUG_OK;
    }
    okrug_io_sheet sheet = {0};
    const char **rows = NULL, *left = "";
    int64_t count = 0;
    OKRUG_TRY(okrug_io_sheet_open(ctx, r->request->imports, r->request->labels, &sheet));
    OKRUG_TRY(choose(ctx, &sheet, true, &r->request->leave_out, &r->supply, &rows, &count)); /* for its warning */
    int64_t *row = NULL;
    OKRUG_TRY(okrug_io_places(ctx, &sheet, c->product, t->products, sheet.row_code, sheet.rows, &row));
    for (int64_t i = 0; i < t->products; i++) {
        left = row[i] < 0 ? okrug_text_listed(ctx, left, c->product[i]) : left;
    }
    if (left[0] != '\0') {
        okrug_warn(ctx, "products-without-layer", &(okrug_place){.file = sheet.table->file}, "codes", left,
                   (char *)NULL);
    }
    OKRUG_TRY(okrug_io_rectangle(ctx, &sheet, c->product, t->products, c->user, t->users, &r->import_cells));
    t->imports = r->import_cells;
    return OKRUG_OK;
}

/* ---- Totals ---- */

static okrug_status read_supply_totals(okrug_ctx *ctx, const reading *r, okrug_supply_update_case *c) {
    okrug_supply_use_update *t = &c->tables;
    const okrug_table *file = r->request->supply_totals;
    int64_t count = t->suppliers + (t->imports != NULL);
    const char **code = OKRUG_SCRATCH(ctx, count, const char *);
    double *total = OKRUG_SCRATCH(ctx, count, double);
    bool *there = OKRUG_SCRATCH(ctx, count, bool);
    if (code == NULL || total == NULL || there == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(code, c->supplier, (size_t)t->suppliers * sizeof *code);
    if (t->imports != NULL) {
        code[t->suppliers] = OKRUG_IMPORTS_CODE;
    }
    okrug_status status = okrug_totals_read(ctx, file, code, count, total, there);
    for (int64_t j = 0; j < count && status != OKRUG_NO_MEMORY; j++) {
        status = there[j] ? status : okrug_no_total(ctx, file->file, code[j]);
    }
    t->supply_total = total;
    t->import_total = t->imports == NULL ? 0.0 : total[t->suppliers];
    return status;
}

/* What a user buys is given, or is what its output leaves after value added. */
static okrug_status read_use_totals(okrug_ctx *ctx, const reading *r, okrug_supply_update_case *c) {
    okrug_supply_use_update *t = &c->tables;
    const okrug_table *files[] = {r->request->use_totals, r->request->value_added};
    double *total = OKRUG_SCRATCH_ZERO(ctx, 2 * t->users, double);
    bool *there = OKRUG_SCRATCH_ZERO(ctx, 2 * t->users, bool);
    if (total == NULL || there == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int k = 0; k < OKRUG_COUNT_OF(files); k++) {
        okrug_status read = files[k] == NULL ? OKRUG_OK
                                             : okrug_totals_read(ctx, files[k], c->user, t->users, total + k * t->users,
                                                                 there + k * t->users);
        status = read == OKRUG_OK ? status : read;
    }
    for (int64_t k = 0; k < t->users && status != OKRUG_NO_MEMORY; k++) {
        bool given = there[k], left = there[t->users + k];
        okrug_place place = {.file = files[1] == NULL ? NULL : files[1]->file};
        if (!given && !left) {
            status = okrug_no_total(ctx, files[0] == NULL ? r->use.table->file : files[0]->file, c->user[k]);
        } else if (given && left) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "total-twice", &place, "code", c->user[k], (char *)NULL);
        } else if (left && c->output_of[k] < 0) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "value-added-without-output", &place, "code", c->user[k],
                                (char *)NULL);
        } else if (left) {
            total[k] = t->supply_total[c->output_of[k]] - total[t->users + k];
        }
    }
    t->use_total = total;
    return status;
}

static double moduli(const double *values, int64_t n) {
    double sum = 0.0;
    for (int64_t i = 0; i < n; i++) {
        sum += fabs(values[i]);
    }
    return sum;
}

static okrug_status check_sums(okrug_ctx *ctx, const reading *r, const okrug_supply_use_update *t) {
    double supply = okrug_sum_of(t->supply_total, t->suppliers, 1) + t->import_total;
    double use = okrug_sum_of(t->use_total, t->users, 1);
    double size = moduli(t->supply_total, t->suppliers) + fabs(t->import_total) + moduli(t->use_total, t->users);
    if (fabs(supply - use) <= 1e-12 * size) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "supply-use-totals-differ",
                      &(okrug_place){.file = r->request->supply_totals->file}, "supply", okrug_text_number(ctx, supply),
                      "use", okrug_text_number(ctx, use), "difference", okrug_text_number(ctx, supply - use),
                      (char *)NULL);
}

/* ---- What the tables cannot have ---- */

static okrug_status check_column(okrug_ctx *ctx, const char *file, const double *cells, int64_t rows, int64_t columns,
                                 int64_t column, const char *code, double total) {
    bool empty = total != 0.0;
    for (int64_t i = 0; empty && i < rows; i++) {
        empty = cells[i * columns + column] == 0.0;
    }
    return !empty ? OKRUG_OK
                  : okrug_fail(ctx, OKRUG_BAD_INPUT, "total-of-empty", &(okrug_place){.file = file}, "code", code,
                               "total", okrug_text_number(ctx, total), (char *)NULL);
}

typedef struct {
    double supply, use; /* domestic */
    bool up, down;      /* whether some cell is use or negative supply; supply or negative use */
} product_side;

static product_side product_of(const okrug_supply_use_update *t, int64_t i) {
    product_side of = {0};
    for (int64_t j = 0; j < t->suppliers; j++) {
        double cell = t->supply[i * t->suppliers + j];
        of.supply += cell;
        of.up = of.up || cell < 0.0;
        of.down = of.down || cell > 0.0;
    }
    for (int64_t k = 0; k < t->users; k++) {
        int64_t at = i * t->users + k;
        double cell = t->use[at] - (t->imports == NULL ? 0.0 : t->imports[at]);
        of.use += cell;
        of.up = of.up || cell > 0.0;
        of.down = of.down || cell < 0.0;
    }
    return of;
}

/* A product that is only used or only supplied can never balance but at 0, which would be a silent loss. */
static okrug_status check_products(okrug_ctx *ctx, const reading *r, const okrug_supply_update_case *c) {
    okrug_status status = OKRUG_OK;
    int64_t off = 0;
    const char *first = "";
    okrug_place place = {.file = r->supply.table->file};
    for (int64_t i = 0; i < c->tables.products; i++) {
        product_side of = product_of(&c->tables, i);
        if (of.up != of.down) {
            status =
                okrug_fail(ctx, OKRUG_BAD_INPUT, of.up ? "product-not-supplied" : "product-not-used", &place, "product",
                           c->product[i], "value", okrug_text_number(ctx, of.up ? of.use : of.supply), (char *)NULL);
        } else if (fabs(of.supply - of.use) > 1e-3 * fmax(fabs(of.supply), fabs(of.use))) {
            first = off++ == 0 ? c->product[i] : first;
        }
    }
    if (status == OKRUG_OK && off > 0) {
        okrug_warn(ctx, "base-not-balanced", &place, "count", okrug_text_integer(ctx, off), "first", first,
                   (char *)NULL);
    }
    return status;
}

static void warn_of_imports(okrug_ctx *ctx, const reading *r, const okrug_supply_update_case *c) {
    const okrug_supply_use_update *t = &c->tables;
    int64_t above = 0;
    const char *first = "";
    for (int64_t cell = 0; t->imports != NULL && cell < t->products * t->users; cell++) {
        if (t->imports[cell] > 0.0 && t->imports[cell] > t->use[cell] && above++ == 0) {
            first = okrug_text(ctx, "%s, %s", c->product[cell / t->users], c->user[cell % t->users]);
        }
    }
    if (above > 0) {
        okrug_warn(ctx, "imports-above-use", &(okrug_place){.file = r->request->imports->file}, "count",
                   okrug_text_integer(ctx, above), "first", first, (char *)NULL);
    }
}

static okrug_status check(okrug_ctx *ctx, const reading *r, const okrug_supply_update_case *c) {
    const okrug_supply_use_update *t = &c->tables;
    okrug_status status = check_products(ctx, r, c);
    for (int64_t j = 0; j < t->suppliers; j++) {
        okrug_status column = check_column(ctx, r->supply.table->file, t->supply, t->products, t->suppliers, j,
                                           c->supplier[j], t->supply_total[j]);
        status = column == OKRUG_OK ? status : column;
    }
    for (int64_t k = 0; k < t->users; k++) {
        okrug_status column =
            check_column(ctx, r->use.table->file, t->use, t->products, t->users, k, c->user[k], t->use_total[k]);
        status = column == OKRUG_OK ? status : column;
    }
    warn_of_imports(ctx, r, c);
    return status == OKRUG_OK ? check_sums(ctx, r, t) : status;
}

okrug_status okrug_supply_update_read(okrug_ctx *ctx, const okrug_supply_update_request *request,
                                      okrug_supply_update_case *c) {
    *c = (okrug_supply_update_case){0};
    reading r = {.request = request};
    OKRUG_TRY(okrug_io_sheet_open(ctx, request->supply, request->labels, &r.supply));
    OKRUG_TRY(okrug_io_sheet_open(ctx, request->use, request->labels, &r.use));
    OKRUG_TRY(choose_codes(ctx, &r, c));
    OKRUG_TRY(read_cells(ctx, &r, c));
    okrug_status supply = read_supply_totals(ctx, &r, c);
    if (supply == OKRUG_NO_MEMORY) {
        return supply;
    }
    okrug_status use = read_use_totals(ctx, &r, c);
    OKRUG_TRY(supply);
    OKRUG_TRY(use);
    return check(ctx, &r, c);
}
