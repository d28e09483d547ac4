/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row recorded or removed. All of it is one transaction and one change: the row, the dataset or the columns that it
 * needs, and the provenance, which says how often the dataset was edited since it was read (edits.c).
 */
#include <string.h>

#include "engine/edits.h"
#include "engine/engine_private.h"
#include "engine/references.h"
#include "engine/row_typed.h"
#include "store/rows.h"

typedef struct {
    okrug_ctx *ctx;
    okrug_store *store;
    const okrug_row_request *request;
    const okrug_kind *kind;
    okrug_dataset *head; /* the dataset with its first table's columns, and no rows */
    okrug_typed_row row;
} recording;

/* ---- Where the row goes ------------------------------------------------------------------------------------------ */

/* The kind of the dataset with that id; NULL: there is none. It lives as long as the context. */
static okrug_status kind_there(const recording *r, const char **kind) {
    okrug_dataset *list = NULL;
    *kind = NULL;
    OKRUG_TRY(okrug_store_list(r->ctx, r->store, &list));
    const okrug_table *table = list->table[0];
    for (int64_t row = 0; row < table->rows; row++) {
        if (strcmp(okrug_text_at(okrug_table_column(table, "id"), row), r->request->dataset) == 0) {
            *kind = okrug_text(r->ctx, "%s", okrug_text_at(okrug_table_column(table, "kind"), row));
        }
    }
    okrug_dataset_free(list);
    return *kind == NULL || (*kind)[0] != '\0' ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static bool is_given(const okrug_row_request *request, const char *name) {
    for (int i = 0; i < request->values.count; i++) {
        const okrug_option *option = &request->values.option[i];
        if (strcmp(option->name, name) == 0) {
            return option->value != NULL && option->value[0] != '\0';
        }
    }
    return false;
}

/* The columns of the kind that the table lacks; keys that need not be there only where they are given. */
static okrug_status add_columns(const recording *r, okrug_table *table) {
    for (int i = 0; i < r->kind->role_count; i++) {
        const okrug_role *role = &r->kind->roles[i];
        bool wanted = role->need != OKRUG_KEY_OPTIONAL || is_given(r->request, role->name);
        if (wanted && okrug_table_column(table, role->name) == NULL &&
            okrug_table_add_column(table, role->name, role->type, role->unit) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

static okrug_status put_named(const recording *r, const okrug_dataset *dataset) {
    OKRUG_TRY(okrug_store_name_change(r->ctx, r->store, "edit", r->request->dataset, NULL));
    return okrug_store_put(r->ctx, r->store, dataset);
}

static okrug_status make_dataset(const recording *r) {
    OKRUG_TRY(okrug_id_check(r->ctx, OKRUG_BAD_USAGE, NULL, r->request->dataset));
    okrug_dataset *made = okrug_dataset_new(r->request->dataset, r->kind->id);
    okrug_table *table = made != NULL ? okrug_dataset_add_table(made, r->request->dataset) : NULL;
    okrug_status status = table != NULL ? add_columns(r, table) : OKRUG_NO_MEMORY;
    if (status == OKRUG_OK) {
        const char *provenance = okrug_text(r->ctx, "{\"kind\":\"%s\"}", r->kind->id);
        made->provenance = provenance[0] == '\0' ? NULL : okrug_dataset_keep(made, provenance);
        status = made->provenance != NULL ? put_named(r, made) : OKRUG_NO_MEMORY;
    }
    okrug_dataset_free(made);
    return status;
}

static bool lacks_column(const recording *r) {
    for (int i = 0; i < r->kind->role_count; i++) {
        const char *name = r->kind->roles[i].name;
        if (is_given(r->request, name) && okrug_table_column(r->head->table[0], name) == NULL) {
            return true;
        }
    }
    return false;
}

static okrug_status read_head(recording *r) {
    okrug_row_query query = {.dataset = r->request->dataset};
    okrug_dataset *head = NULL;
    OKRUG_TRY(okrug_store_find_rows(r->ctx, r->store, &query, &head, NULL));
    okrug_dataset_free(r->head);
    r->head = head;
    return head != NULL ? OKRUG_OK : OKRUG_DEFECT;
}

/* A file need not have every column of its kind: one that is needed now comes with all others. */
static okrug_status widen(recording *r) {
    okrug_dataset *whole = NULL;
    if (r->request->remove || !lacks_column(r)) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_store_get(r->ctx, r->store, r->request->dataset, &whole));
    okrug_status status = add_columns(r, whole->table[0]);
    if (status == OKRUG_OK) {
        status = put_named(r, whole);
    }
    okrug_dataset_free(whole);
    OKRUG_TRY(status);
    return read_head(r);
}

static okrug_status check_kind(recording *r, const char *kind) {
    const okrug_row_request *request = r->request;
    if (request->kind != NULL) {
        OKRUG_TRY(okrug_kind_named(r->ctx, request->kind, &r->kind));
    }
    if (kind == NULL) {
        return OKRUG_OK;
    }
    if (request->kind != NULL && strcmp(request->kind, kind) != 0) {
        return okrug_fail(r->ctx, OKRUG_BAD_USAGE, "kind-differs", NULL, "dataset", request->dataset, "kind", kind,
                          "wanted", request->kind, (char *)NULL);
    }
    r->kind = okrug_kind_find(kind);
    if (r->kind == NULL) {
        return okrug_fail(r->ctx, OKRUG_BAD_USAGE, "rows-of-result", NULL, "dataset", request->dataset, (char *)NULL);
    }
    return OKRUG_OK;
}

/* Opens the dataset, and makes it where it is to be made. */
static okrug_status open_dataset(recording *r) {
    const char *kind = NULL;
    OKRUG_TRY(kind_there(r, &kind));
    OKRUG_TRY(check_kind(r, kind));
    if (r->kind != NULL && r->kind->role_count == 0) {
        return okrug_fail(r->ctx, OKRUG_BAD_USAGE, "rows-without-key", NULL, "kind", r->kind->id, (char *)NULL);
    }
    if (kind == NULL && r->kind != NULL && !r->request->remove) {
        OKRUG_TRY(make_dataset(r));
    }
    OKRUG_TRY(read_head(r));
    return r->kind != NULL && r->head != NULL ? OKRUG_OK : OKRUG_DEFECT; /* what is there has a kind */
}

/* ---- The row ----------------------------------------------------------------------------------------------------- */

static okrug_status find_row(const recording *r, okrug_dataset **found) {
    okrug_row_where where[OKRUG_ROWS_WHERES];
    okrug_row_query query = {.dataset = r->request->dataset, .where = where, .limit = 1};
    for (int i = 0; i < r->row.key_count; i++) { /* keys are codes: texts */
        where[query.where_count++] =
            (okrug_row_where){.column = r->row.key[i],
                              .text = okrug_text_at(okrug_table_column(r->row.dataset->table[0], r->row.key[i]), 0)};
    }
    return okrug_store_find_rows(r->ctx, r->store, &query, found, NULL);
}

static okrug_status is_there(const recording *r, bool *there) {
    okrug_dataset *found = NULL;
    OKRUG_TRY(find_row(r, &found));
    *there = found->table[0]->rows > 0;
    okrug_dataset_free(found);
    return OKRUG_OK;
}

/* The row as it is now, with the cells that were there before: it may not end before it begins. */
static okrug_status check_dates(const recording *r) {
    okrug_dataset *found = NULL;
    OKRUG_TRY(find_row(r, &found));
    okrug_status status = okrug_kind_check_dates(r->ctx, r->kind, found->table[0]);
    okrug_dataset_free(found);
    return status;
}

/* A row that is not there yet must have all that its kind requires. */
static okrug_status type_row(recording *r) {
    bool there = true;
    if (r->head == NULL) {
        return OKRUG_DEFECT; /* open_dataset has read it */
    }
    const okrug_table *table = r->head->table[0];
    OKRUG_TRY(okrug_row_type(r->ctx, r->kind, table, r->request, false, &r->row));
    if (!r->request->remove) {
        OKRUG_TRY(is_there(r, &there));
    }
    if (there) {
        return OKRUG_OK;
    }
    okrug_dataset_free(r->row.dataset);
    return okrug_row_type(r->ctx, r->kind, table, r->request, true, &r->row);
}

/* Empty cells of columns that the dataset lacks are as they were, and so is an empty part of its key. */
static okrug_status drop_absent(recording *r, okrug_row_request *request) {
    okrug_option *values = OKRUG_SCRATCH(r->ctx, request->values.count, okrug_option);
    int count = 0;
    if (values == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < request->values.count; i++) {
        const okrug_option *option = &request->values.option[i];
        bool empty = option->value == NULL || option->value[0] == '\0';
        bool role = false;
        for (int k = 0; k < r->kind->role_count; k++) {
            const okrug_role *one = &r->kind->roles[k];
            role = role || ((one->need == OKRUG_OPTIONAL || one->need == OKRUG_KEY_OPTIONAL) &&
                            strcmp(one->name, option->name) == 0);
        }
        if (!empty || !role || okrug_table_column(r->head->table[0], option->name) != NULL) {
            values[count++] = *option;
        }
    }
    request->values = (okrug_options){values, count};
    return OKRUG_OK;
}

static okrug_status record(recording *r, okrug_row_request *request, int64_t *change) {
    const char *provenance = NULL;
    OKRUG_TRY(open_dataset(r));
    OKRUG_TRY(drop_absent(r, request));
    OKRUG_TRY(widen(r));
    OKRUG_TRY(type_row(r));
    OKRUG_TRY(okrug_edits_row(r->ctx, r->head->provenance, r->row.dataset->table[0], request->remove, &provenance));
    okrug_row_edit edit = {.dataset = request->dataset,
                           .key = r->row.key,
                           .key_count = r->row.key_count,
                           .row = r->row.dataset->table[0],
                           .remove = request->remove,
                           .provenance = provenance};
    OKRUG_TRY(okrug_store_edit_row(r->ctx, r->store, &edit, change));
    if (request->remove) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_references_tell(r->ctx, r->store, r->kind, r->row.dataset->table[0]));
    return check_dates(r);
}

okrug_status okrug_row_record(okrug_ctx *ctx, okrug_store *store, const okrug_row_request *request, int64_t *change) {
    okrug_row_request mine = *request;
    recording r = {.ctx = ctx, .store = store, .request = &mine};
    *change = 0;
    OKRUG_TRY(okrug_store_begin(ctx, store));
    okrug_status status = record(&r, &mine, change);
    okrug_dataset_free(r.row.dataset);
    okrug_dataset_free(r.head);
    if (status == OKRUG_OK) {
        return okrug_store_commit(ctx, store);
    }
    okrug_store_rollback(store);
    return status;
}
