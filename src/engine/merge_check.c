/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands in the way of two firms becoming one: rows that would have one key, and firms that deal with each other.
 */
#include "engine/merge.h"

#include <string.h>

bool okrug_merge_is_key(const okrug_kind *kind, const char *column) {
    for (int i = 0; i < kind->role_count; i++) {
        const okrug_role *role = &kind->roles[i];
        if ((role->need == OKRUG_KEY || role->need == OKRUG_KEY_OPTIONAL) && strcmp(role->name, column) == 0) {
            return true;
        }
    }
    return false;
}

bool okrug_merge_names_firms(const okrug_kind *kind, const okrug_column *column) {
    const char *of = column->type == OKRUG_TEXT ? okrug_reference_of(kind, column->name) : NULL;
    return of != NULL && strcmp(of, "firms") == 0;
}

/* How two rows of one form compare but for that column. */
static int compare(const okrug_kind *kind, const okrug_table *one, int64_t row, const okrug_table *other,
                   int64_t other_row, const char *column) {
    int same = OKRUG_MERGE_SAME_ROW;
    for (int c = 0; c < one->columns; c++) {
        if (strcmp(one->column[c].name, column) == 0 ||
            okrug_cells_same(&one->column[c], row, &other->column[c], other_row)) {
            continue;
        }
        bool blank = okrug_reason_at(&one->column[c], row) != OKRUG_PRESENT &&
                     okrug_reason_at(&other->column[c], other_row) != OKRUG_PRESENT; /* whatever the reason */
        if (okrug_merge_is_key(kind, one->column[c].name) && !blank) {
            return OKRUG_MERGE_OTHER;
        }
        same = OKRUG_MERGE_SAME_KEY;
    }
    return same;
}

int64_t okrug_merge_twin(const okrug_kind *kind, const okrug_table *dropped, int64_t row, const okrug_table *kept,
                         const char *column, int *how) {
    for (int64_t other = 0; other < kept->rows; other++) {
        *how = compare(kind, dropped, row, kept, other, column);
        if (*how != OKRUG_MERGE_OTHER) {
            return other;
        }
    }
    return -1;
}

static const char *tell_row(const okrug_merging *m, const okrug_kind *kind, const okrug_table *table, int64_t row,
                            const char *column) {
    const char *told = "";
    for (int c = 0; c < table->columns; c++) {
        const okrug_column *cell = &table->column[c];
        const char *text = cell->type == OKRUG_TEXT ? okrug_text_at(cell, row) : NULL;
        if (okrug_merge_is_key(kind, cell->name) && strcmp(cell->name, column) != 0) {
            told = okrug_text_listed(m->ctx, told, okrug_text(m->ctx, "%s=%s", cell->name, text != NULL ? text : ""));
        }
    }
    return told;
}

okrug_status okrug_merge_check_twins(const okrug_merging *m, const char *id, const okrug_kind *kind,
                                     const okrug_table *dropped, const okrug_table *kept, const char *column) {
    okrug_status status = OKRUG_OK;
    for (int64_t row = 0; row < dropped->rows; row++) {
        int how = OKRUG_MERGE_OTHER;
        if (okrug_merge_twin(kind, dropped, row, kept, column, &how) >= 0 && how == OKRUG_MERGE_SAME_KEY) {
            const char *rest = tell_row(m, kind, dropped, row, column);
            status = okrug_fail(m->ctx, OKRUG_BAD_INPUT, "merge-collides", NULL, "dataset", id, "row", rest, "keep",
                                m->request->keep, "drop", m->request->drop, (char *)NULL);
        }
    }
    return status;
}

okrug_status okrug_merge_check_itself(const okrug_merging *m, const char *id, const okrug_kind *kind,
                                      const okrug_table *dropped, const char *column) {
    okrug_status status = OKRUG_OK;
    for (int c = 0; c < dropped->columns; c++) {
        const okrug_column *other = &dropped->column[c];
        if (!okrug_merge_names_firms(kind, other) || strcmp(other->name, column) == 0) {
            continue;
        }
        for (int64_t row = 0; row < dropped->rows; row++) {
            const char *text = okrug_text_at(other, row);
            if (text != NULL && strcmp(text, m->request->keep) == 0) {
                status = okrug_fail(m->ctx, OKRUG_BAD_INPUT, "merge-with-itself", NULL, "dataset", id, "row",
                                    tell_row(m, kind, dropped, row, ""), (char *)NULL);
            }
        }
    }
    return status;
}
