/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two rows of firms that are one firm made into one. The kept row fills its blanks from the other, which goes, and
 * every table of the workspace that named the other names the kept one then. All of it is one transaction and one
 * change; where two rows would get one key, or a firm a contract with itself, nothing is done and each of them is
 * named.
 */
#include <string.h>

#include "engine/edits.h"
#include "engine/merge.h"
#include "store/rows.h"

static okrug_status fail_by(okrug_status one, okrug_status status) {
    return status == OKRUG_OK ? one : status;
}

/* ---- Reading -------------------------------------------------------------------------------------------------------
 */

static okrug_status find(const okrug_merging *m, const char *dataset, const char *column, const char *text,
                         okrug_dataset **found) {
    okrug_row_where where = {.column = column, .text = text};
    okrug_row_query query = {
        .dataset = dataset, .where = &where, .where_count = column != NULL, .limit = text != NULL ? -1 : 0};
    return okrug_store_find_rows(m->ctx, m->store, &query, found, NULL);
}

/* The provenance as it is now; lives as long as the context. */
static okrug_status provenance_of(const okrug_merging *m, const char *dataset, const char **provenance) {
    okrug_dataset *head = NULL;
    OKRUG_TRY(find(m, dataset, NULL, NULL, &head));
    *provenance = okrug_text(m->ctx, "%s", head->provenance != NULL ? head->provenance : "");
    okrug_dataset_free(head);
    return OKRUG_OK;
}

/* The columns that tell the table's rows apart. */
static okrug_status keys_of(const okrug_merging *m, const okrug_kind *kind, const okrug_table *table, const char ***key,
                            int *count) {
    *count = 0;
    *key = OKRUG_SCRATCH(m->ctx, table->columns + 1, const char *);
    for (int c = 0; *key != NULL && c < table->columns; c++) {
        if (okrug_merge_is_key(kind, table->column[c].name)) {
            (*key)[(*count)++] = table->column[c].name;
        }
    }
    return *key != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

/* ---- Doing ---------------------------------------------------------------------------------------------------------
 */

/* Some cells of a row as a dataset of their own. */
static okrug_status cells_of(const okrug_table *table, int64_t row, const bool *which, okrug_dataset **cells) {
    *cells = okrug_dataset_new("row", "row");
    okrug_table *one = *cells != NULL ? okrug_dataset_add_table(*cells, "row") : NULL;
    if (one == NULL || okrug_table_add_row(one, 0) < 0) {
        return OKRUG_NO_MEMORY;
    }
    for (int c = 0; c < table->columns; c++) {
        const okrug_column *column = &table->column[c];
        int at = which[c] ? okrug_table_add_column(one, column->name, column->type, column->unit) : 0;
        if (at < 0) {
            return OKRUG_NO_MEMORY;
        }
        if (which[c]) {
            OKRUG_TRY(okrug_set_cell(one, at, 0, column, row));
        }
    }
    return OKRUG_OK;
}

static okrug_status edit(okrug_merging *m, const char *id, const okrug_kind *kind, const okrug_dataset *cells,
                         bool remove) {
    const okrug_table *row = cells->table[0];
    const char *provenance = NULL, **key = NULL;
    okrug_row_edit one = {.dataset = id, .row = row, .remove = remove};
    int64_t change = 0;
    OKRUG_TRY(keys_of(m, kind, row, &key, &one.key_count));
    OKRUG_TRY(provenance_of(m, id, &provenance));
    OKRUG_TRY(okrug_edits_row(m->ctx, provenance, row, remove, &one.provenance));
    one.key = key;
    return okrug_store_edit_row(m->ctx, m->store, &one, &change);
}

static okrug_status remove_row(okrug_merging *m, const char *id, const okrug_kind *kind, const okrug_table *table,
                               int64_t row) {
    okrug_dataset *cells = NULL;
    bool *which = OKRUG_SCRATCH_ZERO(m->ctx, table->columns + 1, bool);
    if (which == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int c = 0; c < table->columns; c++) {
        which[c] = okrug_merge_is_key(kind, table->column[c].name);
    }
    okrug_status status = cells_of(table, row, which, &cells);
    if (status == OKRUG_OK) {
        status = edit(m, id, kind, cells, true);
    }
    okrug_dataset_free(cells);
    return status;
}

static okrug_status recode(okrug_merging *m, const char *id, const okrug_kind *kind, const okrug_table *table,
                           const char *column, int64_t rows) {
    const char *provenance = NULL, **key = NULL;
    okrug_recoding one = {.dataset = id, .column = column, .from = m->request->drop, .to = m->request->keep};
    int64_t recoded = 0;
    OKRUG_TRY(keys_of(m, kind, table, &key, &one.key_count));
    OKRUG_TRY(provenance_of(m, id, &provenance));
    OKRUG_TRY(
        okrug_edits_recoded(m->ctx, provenance, column, m->request->drop, m->request->keep, rows, &one.provenance));
    one.key = key;
    OKRUG_TRY(okrug_store_recode(m->ctx, m->store, &one, &recoded));
    m->done.rows += recoded;
    return OKRUG_OK;
}

/* Rows that both have, alike in everything, are one row then. */
static okrug_status rewrite(okrug_merging *m, const char *id, const okrug_kind *kind, const okrug_table *dropped,
                            const okrug_table *kept, const char *column) {
    int64_t left = dropped->rows;
    for (int64_t row = 0; row < dropped->rows; row++) {
        int how = OKRUG_MERGE_OTHER;
        if (okrug_merge_twin(kind, dropped, row, kept, column, &how) >= 0) {
            OKRUG_TRY(remove_row(m, id, kind, dropped, row));
            m->done.rows++;
            left--;
        }
    }
    return left > 0 ? recode(m, id, kind, dropped, column, left) : OKRUG_OK;
}

/* ---- Table by table ------------------------------------------------------------------------------------------------
 */

static okrug_status of_column(okrug_merging *m, const char *id, const okrug_kind *kind, const char *column, bool look) {
    okrug_dataset *dropped = NULL, *kept = NULL;
    OKRUG_TRY(find(m, id, column, m->request->drop, &dropped));
    okrug_status status = OKRUG_OK;
    m->named = m->named || dropped->table[0]->rows > 0;
    if (dropped->table[0]->rows > 0 && okrug_merge_is_key(kind, column)) {
        status = find(m, id, column, m->request->keep, &kept);
    }
    if (status == OKRUG_OK && dropped->table[0]->rows > 0) {
        static const okrug_table none = {.rows = 0};
        const okrug_table *table = dropped->table[0], *twins = kept != NULL ? kept->table[0] : &none;
        if (look) {
            status = okrug_merge_check_twins(m, id, kind, table, twins, column);
            status = fail_by(okrug_merge_check_itself(m, id, kind, table, column), status);
        } else {
            status = rewrite(m, id, kind, table, twins, column);
        }
    }
    okrug_dataset_free(dropped);
    okrug_dataset_free(kept);
    return status;
}

/* Another table of firms may be another register's: it is told, not touched. */
static okrug_status tell_elsewhere(const okrug_merging *m, const char *id) {
    okrug_dataset *found = NULL;
    OKRUG_TRY(find(m, id, "firm", m->request->drop, &found));
    if (found->table[0]->rows > 0) {
        okrug_warn(m->ctx, "merge-elsewhere", NULL, "dataset", id, "drop", m->request->drop, (char *)NULL);
    }
    okrug_dataset_free(found);
    return OKRUG_OK;
}

static okrug_status of_dataset(okrug_merging *m, const char *id, const okrug_kind *kind, bool look) {
    okrug_dataset *head = NULL;
    if (strcmp(kind->id, "firms") == 0) {
        return look && strcmp(id, m->request->dataset) != 0 ? tell_elsewhere(m, id) : OKRUG_OK;
    }
    OKRUG_TRY(find(m, id, NULL, NULL, &head));
    okrug_status status = OKRUG_OK;
    for (int c = 0; c < head->table[0]->columns; c++) {
        const okrug_column *column = &head->table[0]->column[c];
        if (okrug_merge_names_firms(kind, column) && (look || status == OKRUG_OK)) {
            status = fail_by(of_column(m, id, kind, column->name, look), status);
        }
    }
    okrug_dataset_free(head);
    return status;
}

/* `look`: says what stands in the way; else rewrites. */
static okrug_status of_all(okrug_merging *m, bool look) {
    const okrug_table *list = m->list->table[0];
    okrug_status status = OKRUG_OK;
    for (int64_t row = 0; row < list->rows && (look || status == OKRUG_OK); row++) {
        const okrug_kind *kind = okrug_kind_find(okrug_table_text(list, "kind", row));
        if (kind != NULL && kind->role_count > 0) {
            status = fail_by(of_dataset(m, okrug_table_text(list, "id", row), kind, look), status);
        }
    }
    return status;
}

/* ---- The firm itself -----------------------------------------------------------------------------------------------
 */

static bool is_place(const char *column) {
    return strcmp(column, "lat") == 0 || strcmp(column, "lon") == 0 || strcmp(column, "precision") == 0;
}

/* Whether the kept row may take what the other has: a place only as a whole and of the same address, and since when and
 * until when it is there, and whether it was made up, is its own. */
static bool may_fill(const okrug_table *kept, const okrug_table *dropped, const char *column) {
    static const char *const own[] = {"since", "until", "synthetic", NULL};
    static const char *const address[] = {"region", "settlement", "address", NULL};
    if (okrug_text_is_one_of(column, own)) {
        return false;
    }
    for (int c = 0; c < kept->columns && is_place(column); c++) {
        const okrug_column *here = &kept->column[c], *there = okrug_table_column(dropped, here->name);
        bool present = okrug_reason_at(here, 0) == OKRUG_PRESENT;
        bool elsewhere = present && there != NULL && okrug_reason_at(there, 0) == OKRUG_PRESENT &&
                         okrug_text_is_one_of(here->name, address) && !okrug_cells_same(here, 0, there, 0);
        if (elsewhere || (present && is_place(here->name))) {
            return false;
        }
    }
    return true;
}

/* Those cells of the other's row become the kept one's. */
static okrug_status record_filled(okrug_merging *m, const okrug_kind *kind, const bool *which) {
    const char *keep = m->request->keep;
    okrug_dataset *cells = NULL;
    okrug_status status = cells_of(m->dropped->table[0], 0, which, &cells);
    if (status == OKRUG_OK) {
        okrug_table *row = cells->table[0];
        int key = okrug_table_add_column(row, "firm", OKRUG_TEXT, OKRUG_UNIT_NONE);
        status = key < 0 ? OKRUG_NO_MEMORY : okrug_set_text(row, key, 0, keep, strlen(keep));
    }
    if (status == OKRUG_OK) {
        status = edit(m, m->request->dataset, kind, cells, false);
    }
    okrug_dataset_free(cells);
    return status;
}

static okrug_status fill(okrug_merging *m, const okrug_kind *kind) {
    const okrug_table *kept = m->kept->table[0], *dropped = m->dropped->table[0];
    const char *differs = "";
    bool *which = OKRUG_SCRATCH_ZERO(m->ctx, kept->columns + 1, bool);
    bool any = false;
    if (which == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int c = 0; c < kept->columns; c++) {
        const okrug_column *own = &kept->column[c], *other = &dropped->column[c];
        if (okrug_merge_is_key(kind, own->name) || okrug_reason_at(other, 0) != OKRUG_PRESENT ||
            okrug_cells_same(own, 0, other, 0)) {
            continue;
        }
        which[c] = okrug_reason_at(own, 0) != OKRUG_PRESENT && may_fill(kept, m->dropped->table[0], own->name);
        any = any || which[c];
        differs = which[c] ? differs : okrug_text_listed(m->ctx, differs, own->name);
    }
    if (differs[0] != '\0') {
        okrug_warn(m->ctx, "merge-differs", NULL, "keep", m->request->keep, "drop", m->request->drop, "columns",
                   differs, (char *)NULL);
    }
    return any ? record_filled(m, kind, which) : OKRUG_OK;
}

static okrug_status open_firms(okrug_merging *m, const okrug_kind *kind) {
    const okrug_merge_request *request = m->request;
    okrug_dataset *head = NULL;
    OKRUG_TRY(find(m, request->dataset, NULL, NULL, &head));
    bool right = strcmp(head->kind, kind->id) == 0;
    okrug_status status = OKRUG_OK;
    if (!right) {
        status = okrug_fail(m->ctx, OKRUG_BAD_USAGE, "kind-differs", NULL, "dataset", request->dataset, "kind",
                            head->kind, "wanted", kind->id, (char *)NULL);
    }
    okrug_dataset_free(head);
    OKRUG_TRY(status);
    if (strcmp(request->keep, request->drop) == 0) {
        return okrug_fail(m->ctx, OKRUG_BAD_USAGE, "merge-same", NULL, "firm", request->keep, (char *)NULL);
    }
    OKRUG_TRY(find(m, request->dataset, "firm", request->keep, &m->kept));
    OKRUG_TRY(find(m, request->dataset, "firm", request->drop, &m->dropped));
    return m->kept->table[0]->rows > 0
               ? OKRUG_OK
               : okrug_fail(m->ctx, OKRUG_NOT_FOUND, "no-such-row", NULL, "dataset", request->dataset, "key",
                            okrug_text(m->ctx, "firm=%s", request->keep), (char *)NULL);
}

static okrug_status merge(okrug_merging *m) {
    const okrug_merge_request *request = m->request;
    const okrug_kind *kind = okrug_kind_find("firms");
    OKRUG_TRY(open_firms(m, kind));
    OKRUG_TRY(okrug_store_list(m->ctx, m->store, &m->list));
    OKRUG_TRY(of_all(m, true));
    bool there = m->dropped->table[0]->rows > 0;
    if (!there && !m->named) {
        return okrug_fail(m->ctx, OKRUG_NOT_FOUND, "no-such-row", NULL, "dataset", request->dataset, "key",
                          okrug_text(m->ctx, "firm=%s", request->drop), (char *)NULL);
    }
    OKRUG_TRY(okrug_store_name_change(m->ctx, m->store, "merge", request->dataset, &m->done.change));
    if (there) {
        OKRUG_TRY(fill(m, kind));
        OKRUG_TRY(remove_row(m, request->dataset, kind, m->dropped->table[0], 0));
    }
    return of_all(m, false);
}

okrug_status okrug_firms_merge(okrug_ctx *ctx, okrug_store *store, const okrug_merge_request *request,
                               okrug_merge_done *done) {
    okrug_merging m = {.ctx = ctx, .store = store, .request = request};
    okrug_mark mark = okrug_scratch_mark(ctx);
    *done = (okrug_merge_done){0};
    OKRUG_TRY(okrug_store_begin(ctx, store));
    okrug_status status = merge(&m);
    okrug_dataset_free(m.list);
    okrug_dataset_free(m.kept);
    okrug_dataset_free(m.dropped);
    okrug_scratch_reset(ctx, mark);
    if (status != OKRUG_OK) {
        okrug_store_rollback(store);
        return status;
    }
    *done = m.done;
    return okrug_store_commit(ctx, store);
}
