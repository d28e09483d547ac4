/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes and cells of supply and use tables, joined.
 */
#include "analyses/supply_tables.h"

#include <string.h>

#include "analyses/io_rectangle.h"
#include "analyses/io_sheet.h"

/* ---- Which code is what ---- */

typedef struct {
    const okrug_supply_request *request;
    okrug_io_sheet supply, use;
    bool *row_taken, *column_taken; /* of the use sheet */
} reading;

static bool in_list(const okrug_texts *list, const char *code) {
    return okrug_io_names(list, 1, code);
}

/* The codes of `from` that are in both sheets and in neither list, marked in `taken` at their places in the use sheet.
 */
static okrug_status common(okrug_ctx *ctx, const reading *r, bool rows, const okrug_texts *lists, int list_count,
                           bool *taken, const char ***code, int64_t *count) {
    const okrug_io_sheet *s = &r->supply, *u = &r->use;
    int64_t *place = NULL;
    int64_t own = rows ? s->rows : s->columns;
    const char **codes = rows ? s->row_code : s->column_code;
    OKRUG_TRY(
        okrug_io_places(ctx, u, codes, own, rows ? u->row_code : u->column_code, rows ? u->rows : u->columns, &place));
    *code = OKRUG_SCRATCH(ctx, own, const char *);
    if (*code == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const char *left = "";
    for (int64_t k = 0; k < own; k++) {
        if (codes[k][0] == '\0' || okrug_io_names(lists, list_count, codes[k])) {
            continue;
        }
        if (place[k] < 0) {
            left = okrug_text_listed(ctx, left, codes[k]);
            continue;
        }
        if (taken[place[k]]) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "code-repeated", &(okrug_place){.file = s->table->file}, "code",
                              codes[k], (char *)NULL);
        }
        taken[place[k]] = true;
        (*code)[(*count)++] = codes[k];
    }
    if (left[0] != '\0') {
        okrug_warn(ctx, "codes-left-out", &(okrug_place){.file = s->table->file}, "codes", left, (char *)NULL);
    }
    return *count > 0 ? OKRUG_OK
                      : okrug_fail(ctx, OKRUG_BAD_INPUT, rows ? "no-products" : "no-common-industries",
                                   &(okrug_place){.file = u->table->file}, "other",
                                   s->table->file == NULL ? "" : s->table->file, (char *)NULL);
}

/* Names that must be columns (or rows) of the sheet, in the order given. */
static okrug_status named(okrug_ctx *ctx, const okrug_io_sheet *sheet, bool rows, const okrug_texts *names, bool *taken,
                          const char ***code, int64_t *count) {
    okrug_status status = OKRUG_OK;
    *code = OKRUG_SCRATCH(ctx, names->count + (rows ? sheet->rows : sheet->columns), const char *);
    if (*code == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t *at = NULL;
    OKRUG_TRY(okrug_io_places(ctx, sheet, names->text, names->count, rows ? sheet->row_code : sheet->column_code,
                              rows ? sheet->rows : sheet->columns, &at));
    for (int k = 0; k < names->count; k++) {
        int64_t place = at[k];
        if (place < 0) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-row-or-column", &(okrug_place){.file = sheet->table->file},
                                "name", names->text[k], (char *)NULL);
        } else if (taken[place]) {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "name-twice", NULL, "name", names->text[k], (char *)NULL);
        } else {
            taken[place] = true;
            (*code)[(*count)++] = names->text[k];
        }
    }
    return status;
}

/* What is left of the use table: columns are final demand where none were named; rows are left out, and said. */
static void take_rest(okrug_ctx *ctx, const reading *r, okrug_supply_tables *t) {
    const char *left = "", *demand = "";
    for (int64_t c = 0; c < r->use.columns; c++) {
        const char *code = r->use.column_code[c];
        if (r->column_taken[c] || code[0] == '\0' || in_list(&r->request->leave_out, code)) {
            continue;
        }
        if (r->request->final_demand.count == 0) {
            t->category[t->categories++] = code;
            demand = okrug_text_listed(ctx, demand, code);
        } else {
            left = okrug_text_listed(ctx, left, code);
        }
    }
    for (int64_t k = 0; k < r->use.rows; k++) {
        const char *code = r->use.row_code[k];
        if (!r->row_taken[k] && code[0] != '\0' && !in_list(&r->request->leave_out, code)) {
            left = okrug_text_listed(ctx, left, code);
        }
    }
    okrug_place place = {.file = r->use.table->file};
    if (demand[0] != '\0') {
        okrug_warn(ctx, "final-demand-taken", &place, "columns", demand, (char *)NULL);
    }
    if (left[0] != '\0') {
        okrug_warn(ctx, "codes-left-out", &place, "codes", left, (char *)NULL);
    }
}

static okrug_status find_codes(okrug_ctx *ctx, reading *r, okrug_supply_tables *t) {
    const okrug_supply_request *q = r->request;
    okrug_texts lists[] = {q->leave_out,      q->final_demand, q->value_added, q->margin_columns,
                           q->import_columns, q->tax_columns,  q->exports,     q->untaxed};
    r->row_taken = OKRUG_SCRATCH_ZERO(ctx, r->use.rows, bool);
    r->column_taken = OKRUG_SCRATCH_ZERO(ctx, r->use.columns, bool);
    if (r->row_taken == NULL || r->column_taken == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(common(ctx, r, true, lists, OKRUG_COUNT_OF(lists), r->row_taken, &t->product, &t->products));
    OKRUG_TRY(common(ctx, r, false, lists, OKRUG_COUNT_OF(lists), r->column_taken, &t->industry, &t->industries));
    OKRUG_TRY(named(ctx, &r->use, false, &q->final_demand, r->column_taken, &t->category, &t->categories));
    OKRUG_TRY(named(ctx, &r->use, true, &q->value_added, r->row_taken, &t->primary, &t->primaries));
    take_rest(ctx, r, t);
    t->users = t->industries + t->categories;
    return OKRUG_OK;
}

/* ---- Cells ---- */

/* Totals by product of the columns of the supply table that were named: each by itself (count x products). */
static okrug_status read_totals(okrug_ctx *ctx, reading *r, const okrug_supply_tables *t, const okrug_texts *names,
                                const char *input, const okrug_table *given, double **totals) {
    if (names->count == 0) {
        return OKRUG_OK;
    }
    if (given != NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "column-and-input", NULL, "column", names->text[0], "input", input,
                          (char *)NULL);
    }
    const char **found = NULL;
    int64_t count = 0;
    bool *taken = OKRUG_SCRATCH_ZERO(ctx, r->supply.columns, bool);
    if (taken == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(named(ctx, &r->supply, false, names, taken, &found, &count));
    double *cells = NULL;
    OKRUG_TRY(okrug_io_rectangle(ctx, &r->supply, t->product, t->products, found, count, &cells));
    *totals = OKRUG_SCRATCH(ctx, count * t->products, double);
    if (*totals == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < t->products; i++) {
        for (int64_t k = 0; k < count; k++) {
            (*totals)[k * t->products + i] = cells[i * count + k];
        }
    }
    return OKRUG_OK;
}

/* Adds further rows of totals to the first. */
static void add_up(const okrug_supply_tables *t, int count, double *totals) {
    for (int k = 1; totals != NULL && k < count; k++) {
        for (int64_t i = 0; i < t->products; i++) {
            totals[i] += totals[k * t->products + i];
        }
    }
}

static okrug_status read_layer(okrug_ctx *ctx, const reading *r, const okrug_supply_tables *t, const okrug_table *table,
                               const char *const *users, double **cells) {
    if (table == NULL) {
        return OKRUG_OK;
    }
    okrug_io_sheet sheet = {0};
    OKRUG_TRY(okrug_io_sheet_open(ctx, table, r->request->labels, &sheet));
    int64_t *row = NULL;
    OKRUG_TRY(
        okrug_io_places(ctx, &sheet, t->product, t->products, sheet.row_code, sheet.rows, &row)); /* each code once */
    const char *lacking = "";
    for (int64_t i = 0; i < t->products; i++) {
        lacking = row[i] < 0 ? okrug_text_listed(ctx, lacking, t->product[i]) : lacking;
    }
    if (lacking[0] != '\0') {
        okrug_warn(ctx, "products-without-layer", &(okrug_place){.file = table->file}, "codes", lacking, (char *)NULL);
    }
    return okrug_io_rectangle(ctx, &sheet, t->product, t->products, users, t->users, cells);
}

static okrug_status mark_users(okrug_ctx *ctx, const okrug_supply_tables *t, const char *const *users,
                               const okrug_texts *names, bool **mark) {
    okrug_status status = OKRUG_OK;
    *mark = names->count == 0 ? NULL : OKRUG_SCRATCH_ZERO(ctx, t->users, bool);
    for (int k = 0; k < names->count; k++) {
        if (*mark == NULL) {
            return OKRUG_NO_MEMORY;
        }
        int64_t u = 0;
        while (u < t->users && strcmp(users[u], names->text[k]) != 0) {
            u++;
        }
        if (u == t->users) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-row-or-column", NULL, "name", names->text[k], (char *)NULL);
        } else {
            (*mark)[u] = true;
        }
    }
    return status;
}

static okrug_status check_supply(okrug_ctx *ctx, const reading *r, const okrug_supply_tables *t) {
    okrug_status status = OKRUG_OK;
    bool any = false;
    for (int64_t i = 0; i < t->products; i++) {
        for (int64_t j = 0; j < t->industries; j++) {
            double made = t->supply[i * t->industries + j];
            any = any || made != 0.0;
            if (made < 0.0) {
                status = okrug_fail(ctx, OKRUG_BAD_INPUT, "negative-supply",
                                    &(okrug_place){.file = r->supply.table->file}, "product", t->product[i], "industry",
                                    t->industry[j], "value", okrug_text_number(ctx, made), (char *)NULL);
            }
        }
    }
    if (!any) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-supply", &(okrug_place){.file = r->supply.table->file},
                          (char *)NULL);
    }
    return status;
}

okrug_status okrug_supply_tables_read(okrug_ctx *ctx, const okrug_supply_request *request,
                                      okrug_supply_tables *tables) {
    *tables = (okrug_supply_tables){.margin_kinds = request->margin_columns.count};
    reading r = {.request = request};
    OKRUG_TRY(okrug_io_sheet_open(ctx, request->supply, request->labels, &r.supply));
    OKRUG_TRY(okrug_io_sheet_open(ctx, request->use, request->labels, &r.use));
    OKRUG_TRY(find_codes(ctx, &r, tables));
    const char **users = OKRUG_SCRATCH(ctx, tables->users, const char *);
    if (users == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(users, tables->industry, (size_t)tables->industries * sizeof *users);
    memcpy(users + tables->industries, tables->category, (size_t)tables->categories * sizeof *users);
    OKRUG_TRY(okrug_io_rectangle(ctx, &r.supply, tables->product, tables->products, tables->industry,
                                 tables->industries, &tables->supply));
    OKRUG_TRY(okrug_io_rectangle(ctx, &r.use, tables->product, tables->products, users, tables->users, &tables->use));
    OKRUG_TRY(okrug_io_rectangle(ctx, &r.use, tables->primary, tables->primaries, users, tables->users,
                                 &tables->primary_use));
    OKRUG_TRY(read_totals(ctx, &r, tables, &request->margin_columns, "margins-table", request->margins,
                          &tables->margin_totals));
    OKRUG_TRY(read_totals(ctx, &r, tables, &request->tax_columns, "taxes-table", request->taxes, &tables->tax_totals));
    OKRUG_TRY(read_totals(ctx, &r, tables, &request->import_columns, "imports-table", request->imports,
                          &tables->import_totals));
    add_up(tables, request->tax_columns.count, tables->tax_totals);
    add_up(tables, request->import_columns.count, tables->import_totals);
    OKRUG_TRY(read_layer(ctx, &r, tables, request->margins, users, &tables->margin_cells));
    OKRUG_TRY(read_layer(ctx, &r, tables, request->taxes, users, &tables->tax_cells));
    OKRUG_TRY(read_layer(ctx, &r, tables, request->imports, users, &tables->import_cells));
    OKRUG_TRY(mark_users(ctx, tables, users, &request->exports, &tables->is_export));
    OKRUG_TRY(mark_users(ctx, tables, users, &request->untaxed, &tables->is_untaxed));
    return check_supply(ctx, &r, tables);
}
