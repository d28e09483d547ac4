/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Binds the columns of a file to the roles that are wanted, and hands each row's cells on to be typed.
 */
#include "sources/rows.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 10000, NAMES_SHOWN = 40 };

okrug_place okrug_rows_place(const okrug_rows *rows, okrug_row_place place, const char *column) {
    return (okrug_place){.file = rows->request->path, .line = place.line, .column = column};
}

bool okrug_rows_report(okrug_rows *rows) {
    if (!rows->settled) {
        rows->survey = true;
        return false;
    }
    rows->faults++;
    return true;
}

static bool same(okrug_cell cell, const char *text) {
    return cell.text != NULL && strlen(text) == cell.length && memcmp(cell.text, text, cell.length) == 0;
}

/* The field of that name, or -1. `again`: whether a second one has it too. */
static int find_field(const okrug_cell *header, int fields, const char *name, bool *again) {
    int found = -1;
    *again = false;
    for (int f = 0; f < fields; f++) {
        if (same(header[f], name)) {
            *again = found >= 0;
            if (*again) {
                break;
            }
            found = f;
        }
    }
    return found;
}

/* The names that there are, for a reader who looks for the one to map. */
static const char *list_names(okrug_rows *rows, const okrug_cell *header, int fields) {
    const char *list = "";
    int shown = 0;
    for (int f = 0; f < fields; f++) {
        if (okrug_cell_trim(header[f]).length == 0) {
            continue; /* of cells merged below a title only the first has text */
        }
        if (shown++ == NAMES_SHOWN) {
            return okrug_text(rows->ctx, "%s, …", list);
        }
        list = okrug_text(rows->ctx, "%s%s%s", list, *list == '\0' ? "" : ", ", okrug_cell_shown(rows, header[f]));
    }
    return list;
}

static void missing(okrug_rows *rows, const okrug_cell *header, int fields, okrug_row_place at, const char *code,
                    const char *wanted) {
    if (okrug_rows_report(rows)) {
        okrug_place place = okrug_rows_place(rows, at, NULL);
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, code, &place, "wanted", wanted, "columns",
                   list_names(rows, header, fields), (char *)NULL);
    }
}

/* The field of that name, or -1; with a fault `code` if it is not there (NULL: it need not be), or if it is there
 * twice.
 */
static int bind_field(okrug_rows *rows, const okrug_cell *header, int fields, okrug_row_place at, const char *name,
                      const char *code) {
    bool again;
    int field = find_field(header, fields, name, &again);
    if (field < 0 && code != NULL) {
        missing(rows, header, fields, at, code, name);
    } else if (again && okrug_rows_report(rows)) {
        okrug_place place = okrug_rows_place(rows, at, name);
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "duplicate-column", &place, "column", name, (char *)NULL);
    }
    if (field >= 0) {
        rows->needed[field] = true;
    }
    return field;
}

static okrug_status no_memory(okrug_rows *rows) {
    return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
}

static okrug_status add_column(okrug_rows *rows, int field, const okrug_role *role, okrug_cell header) {
    char *name = strndup(header.text == NULL ? "" : header.text, header.length);
    const char *kept = name == NULL ? NULL : okrug_dataset_keep(rows->table->dataset, name);
    free(name);
    int column = kept == NULL ? -1 : okrug_table_add_column(rows->table, role->name, role->type, role->unit);
    if (column < 0) {
        return no_memory(rows);
    }
    if (strcmp(kept, role->name) != 0) {
        rows->table->column[column].header = kept;
    }
    rows->bound[column] = (okrug_bound){.field = field, .role = *role, .header = kept};
    rows->bound[column].role.name = rows->table->column[column].name;
    rows->columns = column + 1;
    rows->needed[field] = true;
    return OKRUG_OK;
}

/* Must the file have the column? What was mapped must be there. */
static bool required_here(const okrug_wanted *wanted) {
    return wanted->header != NULL || wanted->role.need == OKRUG_REQUIRED || wanted->role.need == OKRUG_KEY;
}

static okrug_status bind_wanted(okrug_rows *rows, const okrug_cell *header, int fields, okrug_row_place at,
                                bool *taken) {
    const okrug_source_request *request = rows->request;
    const char *one_of = NULL;
    bool one_found = false;
    for (int w = 0; w < request->wanted_count; w++) {
        const okrug_wanted *wanted = &request->wanted[w];
        bool required = required_here(wanted);
        const char *name = wanted->header == NULL ? wanted->role.name : wanted->header;
        bool geometry = wanted->role.type == OKRUG_GEOMETRY && rows->geometry_field >= 0;
        int field = geometry ? rows->geometry_field
                             : bind_field(rows, header, fields, at, name, required ? "missing-column" : NULL);
        if (wanted->role.need == OKRUG_ONE_OF) {
            one_found = one_found || field >= 0;
            one_of = one_of == NULL ? name : okrug_text(rows->ctx, "%s, %s", one_of, name);
        }
        rows->missing += field < 0 && required;
        if (field >= 0) {
            OKRUG_TRY(add_column(rows, field, &wanted->role, header[field]));
            taken[field] = true;
        }
    }
    if (one_of != NULL && !one_found) {
        rows->missing++;
        missing(rows, header, fields, at, "missing-one-of", one_of);
    }
    return OKRUG_OK;
}

/* Columns that nobody asked for by name keep the file's own; one that is taken already, or that is empty (but for the
 * first, which often is), is told apart by its place. */
static okrug_status bind_others(okrug_rows *rows, const okrug_cell *header, int fields, okrug_row_place at,
                                const bool *taken) {
    bool all = rows->request->wanted_count == 0;
    okrug_words *names = okrug_words_new();
    okrug_status status = names == NULL ? no_memory(rows) : OKRUG_OK;
    for (int c = 0; status == OKRUG_OK && c < rows->columns; c++) {
        const char *name = rows->bound[c].role.name;
        status = okrug_words_add(names, name, strlen(name)) < 0 ? no_memory(rows) : OKRUG_OK;
    }
    for (int f = 0; status == OKRUG_OK && f < fields; f++) {
        if (taken[f]) {
            continue;
        }
        char *name = strndup(header[f].text == NULL ? "" : header[f].text, header[f].length);
        bool there = name != NULL && okrug_words_find(names, name, strlen(name)) >= 0;
        if (name != NULL && there && all && name[0] != '\0' && okrug_rows_report(rows)) {
            okrug_place place = okrug_rows_place(rows, at, name);
            okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "duplicate-column", &place, "column", name, (char *)NULL);
        }
        const char *own = name;
        if (name != NULL && (there || (f > 0 && name[0] == '\0'))) {
            own = okrug_text(rows->ctx, "%s#%d", name, f + 1);
            own = own[0] == '\0' ? NULL : own; /* memory is short */
        }
        okrug_role role = {.name = own, .type = f == rows->geometry_field ? OKRUG_GEOMETRY : OKRUG_TEXT};
        status = own == NULL || okrug_words_add(names, own, strlen(own)) < 0 ? no_memory(rows)
                                                                             : add_column(rows, f, &role, header[f]);
        free(name);
    }
    okrug_words_free(names);
    return status;
}

okrug_status okrug_rows_begin(okrug_rows *rows, const okrug_cell *header, int fields, okrug_row_place place) {
    const okrug_source_request *request = rows->request;
    rows->fields = fields;
    rows->status_field = -1;
    if (fields > COLUMNS_MAX) {
        okrug_place at = okrug_rows_place(rows, place, NULL);
        return !okrug_rows_report(rows)
                   ? OKRUG_BAD_INPUT
                   : okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "too-many-columns", &at, "limit", "10000", (char *)NULL);
    }
    size_t columns = (size_t)fields + (size_t)request->wanted_count + 1;
    rows->needed = calloc((size_t)fields + 1, sizeof *rows->needed);
    rows->bound = calloc(columns, sizeof *rows->bound);
    rows->where_field = calloc((size_t)request->where_count + 1, sizeof *rows->where_field);
    bool *taken = calloc((size_t)fields + 1, sizeof *taken);
    if (rows->needed == NULL || rows->bound == NULL || rows->where_field == NULL || taken == NULL) {
        free(taken);
        return no_memory(rows);
    }
    okrug_status status = bind_wanted(rows, header, fields, place, taken);
    if (status == OKRUG_OK && (request->wanted_count == 0 || request->keep_others)) {
        status = bind_others(rows, header, fields, place, taken);
    }
    free(taken);
    OKRUG_TRY(status);
    for (int w = 0; w < request->where_count; w++) {
        rows->where_field[w] = bind_field(rows, header, fields, place, request->where[w].column, "no-column");
    }
    if (request->status != NULL) {
        rows->status_field = bind_field(rows, header, fields, place, request->status, "missing-column");
    }
    return OKRUG_OK;
}

int okrug_rows_wanted_in(const okrug_rows *rows, const okrug_cell *cells, int fields) {
    int count = 0;
    for (int w = 0; w < rows->request->wanted_count; w++) {
        const okrug_wanted *wanted = &rows->request->wanted[w];
        const char *name = wanted->header == NULL ? wanted->role.name : wanted->header;
        for (int f = 0; f < fields && required_here(wanted); f++) {
            if (same(okrug_cell_trim(cells[f]), name)) {
                count++;
                break;
            }
        }
    }
    return count;
}

void okrug_rows_end(okrug_rows *rows) {
    free(rows->needed);
    free(rows->bound);
    free(rows->where_field);
    rows->needed = NULL;
    rows->bound = NULL;
    rows->where_field = NULL;
}

okrug_where okrug_where_named(okrug_ctx *ctx, const char *name, const char *text) {
    size_t length = strlen(name);
    bool begins = length > 1 && name[length - 1] == '^';
    const char *column = begins ? okrug_text(ctx, "%.*s", (int)length - 1, name) : name;
    return (okrug_where){.column = column[0] == '\0' && begins ? NULL : column, .text = text, .begins = begins};
}

static bool admitted(const okrug_rows *rows, const okrug_cell *cells) {
    for (int w = 0; w < rows->request->where_count; w++) {
        int field = rows->where_field[w];
        okrug_cell cell = field < 0 ? (okrug_cell){0} : okrug_cell_trim(cells[field]);
        if (field >= 0 &&
            (cell.text == NULL || !okrug_where_passes(&rows->request->where[w], cell.text, cell.length))) {
            return false;
        }
    }
    return true;
}

okrug_status okrug_rows_add(okrug_rows *rows, const okrug_cell *cells, okrug_row_place place) {
    rows->understood->rows_read++;
    if (!admitted(rows, cells)) {
        return OKRUG_OK;
    }
    rows->understood->rows_kept++;
    bool suppressed = rows->status_field >= 0 && rows->request->suppressed != NULL &&
                      same(okrug_cell_trim(cells[rows->status_field]), rows->request->suppressed);
    /* Once nothing of the table will be kept, the cells are only looked at: one row does for all of them. */
    bool kept = !rows->survey && rows->faults == 0;
    int64_t row = rows->table->rows - 1;
    if (kept || row < 0) {
        row = okrug_table_add_row_to_fill(rows->table, place.line);
        if (row < 0) {
            return no_memory(rows);
        }
    }
    for (int c = 0; c < rows->columns; c++) {
        OKRUG_TRY(okrug_cell_store(rows, c, row, okrug_cell_trim(cells[rows->bound[c].field]), suppressed, place));
    }
    return OKRUG_OK;
}
