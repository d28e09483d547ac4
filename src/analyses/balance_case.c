/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads what is to be balanced: all rows and columns but those that hold totals or are left out.
 */
#include "analyses/balance_case.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

#include "analyses/io_sheet.h"

/* One side of the sheet: which of its codes take part, and their totals. */
typedef struct {
    const char **code; /* of the sheet */
    int64_t count;     /* of the sheet */
    bool *taken;
    int64_t *place;    /* among those that take part, or -1 */
    const char **part; /* codes of those */
    int64_t parts;
    double *total; /* of those */
} side;

static okrug_status choose(okrug_ctx *ctx, const okrug_texts *omit, const char *totals, side *s) {
    s->taken = OKRUG_SCRATCH_ZERO(ctx, s->count, bool);
    s->place = OKRUG_SCRATCH(ctx, s->count, int64_t);
    s->part = OKRUG_SCRATCH(ctx, s->count, const char *);
    s->total = OKRUG_SCRATCH(ctx, s->count, double);
    if (s->taken == NULL || s->place == NULL || s->part == NULL || s->total == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < s->count; i++) {
        const char *code = s->code[i];
        bool out = okrug_io_names(omit, 1, code) || (totals != NULL && strcmp(code, totals) == 0) || code[0] == '\0';
        s->taken[i] = !out;
        s->place[i] = out ? -1 : s->parts;
        if (!out) {
            s->part[s->parts++] = code;
        }
    }
    return OKRUG_OK;
}

static okrug_status check_omitted(okrug_ctx *ctx, const okrug_texts *omit, const okrug_io_sheet *sheet) {
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < omit->count; i++) {
        if (okrug_io_sheet_row(sheet, omit->text[i]) < 0 && okrug_io_sheet_column(sheet, omit->text[i]) < 0) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-row-or-column", &(okrug_place){.file = sheet->table->file},
                                "name", omit->text[i], (char *)NULL);
        }
    }
    return status;
}

/* ---- Cells ---- */

typedef struct {
    const side *row, *column;
    double *seed;
} seed_target;

static void take_seed(void *user, int64_t row, int64_t column, double value) {
    const seed_target *target = user;
    target->seed[target->row->place[row] * target->column->parts + target->column->place[column]] = value;
}

/* Totals that stand in the table, of one side; the other side is the one row or column of them. */
typedef struct {
    const side *of;
    bool by_row;
    bool *seen;
} total_target;

static void take_total(void *user, int64_t row, int64_t column, double value) {
    const total_target *target = user;
    int64_t place = target->of->place[target->by_row ? row : column];
    target->of->total[place] = value;
    target->seen[place] = true;
}

static okrug_status totals_in_table(okrug_ctx *ctx, okrug_io_sheet *sheet, const char *name, bool of_rows, side *of) {
    int64_t across = of_rows ? sheet->columns : sheet->rows;
    int64_t line = of_rows ? okrug_io_sheet_column(sheet, name) : okrug_io_sheet_row(sheet, name);
    okrug_place place = {.file = sheet->table->file};
    if (line < 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-row-or-column", &place, "name", name, (char *)NULL);
    }
    bool *one = OKRUG_SCRATCH_ZERO(ctx, across, bool);
    bool *seen = OKRUG_SCRATCH_ZERO(ctx, of->parts, bool);
    if (one == NULL || seen == NULL) {
        return OKRUG_NO_MEMORY;
    }
    one[line] = true;
    total_target target = {of, of_rows, seen};
    int64_t blank = sheet->blank; /* a total that is not there is told by its code */
    OKRUG_TRY(
        okrug_io_sheet_cells(ctx, sheet, of_rows ? of->taken : one, of_rows ? one : of->taken, take_total, &target));
    sheet->blank = blank;
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < of->parts; i++) {
        status = seen[i] ? status : okrug_no_total(ctx, sheet->table->file, of->part[i]);
    }
    return status;
}

static okrug_status totals_in_file(okrug_ctx *ctx, const okrug_table *file, side *of) {
    bool *there = OKRUG_SCRATCH(ctx, of->parts, bool);
    if (there == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_totals_read(ctx, file, of->part, of->parts, of->total, there);
    for (int64_t i = 0; i < of->parts && status != OKRUG_NO_MEMORY; i++) {
        status = there[i] ? status : okrug_no_total(ctx, file->file, of->part[i]);
    }
    return status;
}

static okrug_status read_totals(okrug_ctx *ctx, okrug_io_sheet *sheet, const okrug_totals *totals, bool of_rows,
                                side *of) {
    return totals->file != NULL ? totals_in_file(ctx, totals->file, of)
                                : totals_in_table(ctx, sheet, totals->name, of_rows, of);
}

/* ---- The whole ---- */

/* Numbers in tables are rounded: sums are equal where they are but for that of the last binary digits. */
static okrug_status check_sums(okrug_ctx *ctx, const char *file, const okrug_balance_case *bc) {
    double rows = okrug_sum_of(bc->row_total, bc->rows, 1), columns = okrug_sum_of(bc->column_total, bc->columns, 1);
    double moduli = 0.0;
    for (int64_t i = 0; i < bc->rows; i++) {
        moduli += fabs(bc->row_total[i]);
    }
    if (fabs(rows - columns) <= 1e-12 * moduli) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "totals-differ", &(okrug_place){.file = file}, "rows",
                      okrug_text_number(ctx, rows), "columns", okrug_text_number(ctx, columns), "difference",
                      okrug_text_number(ctx, rows - columns), (char *)NULL);
}

static void find_negative(okrug_balance_case *bc) {
    for (int64_t cell = 0; cell < bc->rows * bc->columns; cell++) {
        if (bc->seed[cell] < 0.0) {
            bc->first_row = bc->row_code[cell / bc->columns];
            bc->first_column = bc->column_code[cell % bc->columns];
            return;
        }
    }
}

okrug_status okrug_balance_case_read(okrug_ctx *ctx, const okrug_balance_request *request, okrug_balance_case *bc) {
    okrug_io_sheet sheet;
    OKRUG_TRY(okrug_io_sheet_open(ctx, request->table, request->labels, &sheet));
    OKRUG_TRY(check_omitted(ctx, &request->omit, &sheet));
    side row = {.code = sheet.row_code, .count = sheet.rows};
    side column = {.code = sheet.column_code, .count = sheet.columns};
    OKRUG_TRY(choose(ctx, &request->omit, request->column_totals.name, &row));
    OKRUG_TRY(choose(ctx, &request->omit, request->row_totals.name, &column));
    const char *file = request->table->file;
    if (row.parts == 0 || column.parts == 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = file}, (char *)NULL);
    }
    *bc = (okrug_balance_case){.rows = row.parts,
                               .columns = column.parts,
                               .row_code = row.part,
                               .column_code = column.part,
                               .row_total = row.total,
                               .column_total = column.total,
                               .seed = OKRUG_SCRATCH_ZERO(ctx, row.parts * column.parts, double)};
    if (bc->seed == NULL) {
        return OKRUG_NO_MEMORY;
    }
    seed_target target = {&row, &column, bc->seed};
    okrug_status status = okrug_io_sheet_cells(ctx, &sheet, row.taken, column.taken, take_seed, &target);
    okrug_status of_rows = read_totals(ctx, &sheet, &request->row_totals, true, &row);
    okrug_status of_columns = read_totals(ctx, &sheet, &request->column_totals, false, &column);
    OKRUG_TRY(status);
    OKRUG_TRY(of_rows);
    OKRUG_TRY(of_columns);
    if (sheet.blank > 0) {
        okrug_warn(ctx, "blank-flows", &(okrug_place){.file = file}, "count", okrug_text_integer(ctx, sheet.blank),
                   (char *)NULL);
    }
    find_negative(bc);
    return check_sums(ctx, file, bc);
}
