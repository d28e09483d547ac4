/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Headers of several rows. Merged cells come as one cell with its text and blank ones behind it.
 */
#include "sources/header_rows.h"

#include <okrug/number.h>
#include <stdlib.h>
#include <string.h>

okrug_status okrug_header_rows_add(okrug_header_rows *header, const okrug_cell *cells, int fields) {
    int64_t wanted = (int64_t)(header->rows + 1) * fields + 1;
    if (wanted > header->reserved) {
        char **text = realloc(header->text, (size_t)wanted * sizeof *text);
        if (text == NULL) {
            return OKRUG_NO_MEMORY;
        }
        header->text = text;
        header->reserved = wanted;
    }
    int64_t from = (int64_t)header->rows * fields;
    header->fields = fields;
    header->rows++;
    memset(header->text + from, 0, (size_t)fields * sizeof *header->text);
    for (int f = 0; f < fields; f++) {
        okrug_cell cell = okrug_cell_trim(cells[f]);
        char *copy = malloc(cell.length + 1);
        if (copy == NULL) {
            return OKRUG_NO_MEMORY;
        }
        if (cell.length > 0) {
            memcpy(copy, cell.text, cell.length);
        }
        copy[cell.length] = '\0';
        header->text[from + f] = copy;
    }
    return OKRUG_OK;
}

static const char *text_at(const okrug_header_rows *header, int row, int field) {
    return header->text[(int64_t)row * header->fields + field];
}

static bool has_below(const okrug_header_rows *header, int row, int field) {
    bool any = false;
    for (int r = row + 1; r < header->rows; r++) {
        any = any || text_at(header, r, field)[0] != '\0';
    }
    return any;
}

/* The field whose text stands in that cell: its own, or that of a cell to the left that is merged over it. */
static int origin_of(const okrug_header_rows *header, int row, int field) {
    int from = field;
    while (from > 0 && text_at(header, row, from)[0] == '\0' && has_below(header, row, from) &&
           has_below(header, row, from - 1)) {
        from--;
    }
    return from;
}

static char *name_of(const okrug_header_rows *header, int field) {
    size_t length = 1;
    for (int r = 0; r < header->rows; r++) {
        length += strlen(text_at(header, r, origin_of(header, r, field))) + 1;
    }
    char *name = calloc(length, 1), *at = name;
    for (int r = 0; name != NULL && r < header->rows; r++) {
        const char *text = text_at(header, r, origin_of(header, r, field));
        size_t added = strlen(text);
        if (added > 0) {
            *at = ' ';
            at += at != name;
            memcpy(at, text, added);
            at += added;
        }
    }
    return name;
}

okrug_status okrug_header_rows_join(okrug_header_rows *header, okrug_cell *cells) {
    okrug_header_rows all = *header;
    *header = (okrug_header_rows){.text = calloc((size_t)all.fields + 1, sizeof *header->text),
                                  .rows = 1,
                                  .fields = all.fields,
                                  .reserved = all.fields + 1};
    okrug_status status = header->text == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int f = 0; status == OKRUG_OK && f < all.fields; f++) {
        header->text[f] = name_of(&all, f);
        status = header->text[f] == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    for (int f = 0; status == OKRUG_OK && f < all.fields; f++) {
        cells[f] = (okrug_cell){.text = header->text[f], .length = strlen(header->text[f])};
    }
    okrug_header_rows_free(&all);
    return status;
}

void okrug_header_rows_free(okrug_header_rows *header) {
    for (int64_t i = 0; header->text != NULL && i < (int64_t)header->rows * header->fields; i++) {
        free(header->text[i]);
    }
    free(header->text);
    *header = (okrug_header_rows){0};
}

bool okrug_header_goes_on(const okrug_cell *below, const okrug_header_rows *header) {
    bool group = false, open = false;
    for (int f = 0; f < header->fields; f++) {
        okrug_cell cell = okrug_cell_trim(below[f]);
        bool named = text_at(header, 0, f)[0] != '\0';
        double value;
        if (cell.length > 0 && okrug_number_read(cell.text, cell.length, &value)) {
            return false;
        }
        open = open || (named && cell.length == 0);
        group = group || (f > 0 && !named && cell.length > 0 && okrug_cell_trim(below[f - 1]).length > 0);
    }
    return group && open;
}

void okrug_header_warn_goes_on(const okrug_rows *rows, int64_t header_row, int64_t below) {
    okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = below}, NULL);
    okrug_warn(rows->ctx, "header-goes-on", &place, "rows",
               okrug_text(rows->ctx, "%lld-%lld", (long long)header_row, (long long)below), (char *)NULL);
}
