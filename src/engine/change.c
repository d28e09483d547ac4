/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes of a workspace: keeping what was imported, the log, undoing.
 */
#include <string.h>
#include <time.h>

#include "engine/import.h"
#include "engine/rows.h"
#include "store/rows.h"

static bool is_listed(const okrug_table *list, const char *id) {
    const okrug_column *ids = okrug_table_column(list, "id");
    for (int64_t row = 0; row < list->rows; row++) {
        if (strcmp(okrug_text_at(ids, row), id) == 0) {
            return true;
        }
    }
    return false;
}

/* Every name that is taken is told at once. */
okrug_status okrug_import_check_free(okrug_ctx *ctx, okrug_store *store, okrug_dataset *const *datasets, int count) {
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_list(ctx, store, &list));
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < count; i++) {
        if (is_listed(list->table[0], datasets[i]->id)) {
            status = okrug_fail(ctx, OKRUG_EXISTS, "dataset-exists", NULL, "id", datasets[i]->id, (char *)NULL);
        }
    }
    okrug_dataset_free(list);
    return status;
}

enum { NOTED_MOST = 50000 };

okrug_status okrug_import_note(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset) {
    const okrug_kind *kind = okrug_kind_find(dataset->kind);
    if (kind == NULL || dataset->tables == 0 ||
        (strcmp(kind->about, "firms") != 0 && strcmp(kind->about, "registry") != 0)) {
        return OKRUG_OK;
    }
    int keys = 0;
    const char **key = OKRUG_SCRATCH(ctx, kind->role_count, const char *);
    for (int i = 0; key != NULL && i < kind->role_count; i++) {
        const okrug_role *role = &kind->roles[i];
        if (role->need == OKRUG_KEY || role->need == OKRUG_KEY_OPTIONAL) {
            key[keys++] = role->name;
        }
    }
    return key != NULL ? okrug_store_note_replaced(ctx, store, dataset->id, key, keys, NOTED_MOST) : OKRUG_NO_MEMORY;
}

okrug_status okrug_import_keep_all(okrug_ctx *ctx, okrug_store *store, okrug_dataset *const *datasets,
                                   const okrug_importing *importing, int count, bool replace, int64_t *change) {
    const char *subject = "";
    for (int i = 0; i < count; i++) {
        subject = okrug_text_listed(ctx, subject, datasets[i]->id);
    }
    OKRUG_TRY(okrug_store_begin(ctx, store));
    okrug_status status = replace ? OKRUG_OK : okrug_import_check_free(ctx, store, datasets, count);
    if (status == OKRUG_OK) {
        status = okrug_store_name_change(ctx, store, "import", subject, change);
    }
    for (int i = 0; status == OKRUG_OK && i < count; i++) {
        status = okrug_store_put(ctx, store, datasets[i]);
        if (status == OKRUG_OK) {
            status = okrug_import_note(ctx, store, datasets[i]);
        }
    }
    for (int i = 0; status == OKRUG_OK && importing != NULL && i < count; i++) {
        status = okrug_remember_keep(ctx, store, &importing[i]);
    }
    if (status == OKRUG_OK) {
        return okrug_store_commit(ctx, store);
    }
    okrug_store_rollback(store);
    return status;
}

okrug_status okrug_import_keep(okrug_ctx *ctx, okrug_store *store, okrug_dataset *const *datasets, int count,
                               bool replace, int64_t *change) {
    return okrug_import_keep_all(ctx, store, datasets, NULL, count, replace, change);
}

/* ---- The log ----------------------------------------------------------------------------------------------------- */

const char *okrug_time_text(okrug_ctx *ctx, double microseconds) {
    char whole[32];
    time_t seconds = (time_t)(microseconds / 1e6);
    struct tm parts;
    if (gmtime_r(&seconds, &parts) == NULL || strftime(whole, sizeof whole, "%Y-%m-%dT%H:%M:%S", &parts) == 0) {
        return "";
    }
    return okrug_text(ctx, "%s.%06lldZ", whole, (long long)microseconds % 1000000);
}

static void describe_change(okrug_ctx *ctx, const okrug_table *list, int64_t row, okrug_json *json) {
    okrug_json_object(json);
    okrug_json_key(json, "id");
    okrug_json_number(json, okrug_table_column(list, "id")->number[row]);
    okrug_json_member(json, "what", okrug_text_at(okrug_table_column(list, "what"), row));
    okrug_json_member(json, "dataset", okrug_text_at(okrug_table_column(list, "dataset"), row));
    okrug_json_member(json, "time", okrug_time_text(ctx, okrug_table_column(list, "time")->number[row]));
    const char *state = okrug_text_at(okrug_table_column(list, "state"), row);
    okrug_json_key(json, "undone");
    okrug_json_bool(json, strcmp(state, "undone") == 0);
    okrug_json_key(json, "can_undo");
    okrug_json_bool(json, strcmp(state, "done") == 0);
    okrug_json_object_end(json);
}

okrug_status okrug_workspace_changes(okrug_ctx *ctx, okrug_store *store, okrug_buffer *out) {
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_changes(ctx, store, &list));
    okrug_json json = okrug_json_to(out, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "changes");
    okrug_json_array(&json);
    for (int64_t row = 0; row < list->table[0]->rows; row++) {
        describe_change(ctx, list->table[0], row, &json);
    }
    okrug_json_array_end(&json);
    okrug_json_object_end(&json);
    okrug_dataset_free(list);
    return okrug_buffer_status(out);
}

static okrug_status describe_undone(okrug_ctx *ctx, okrug_store *store, int64_t id, okrug_buffer *out) {
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_changes(ctx, store, &list));
    const okrug_table *table = list->table[0];
    okrug_json json = okrug_json_to(out, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "change");
    for (int64_t row = 0; row < table->rows; row++) {
        if ((int64_t)okrug_table_column(table, "id")->number[row] == id) {
            describe_change(ctx, table, row, &json);
        }
    }
    okrug_json_object_end(&json);
    okrug_dataset_free(list);
    return okrug_buffer_status(out);
}

static okrug_status add_shown(okrug_ctx *ctx, okrug_table *shown, const okrug_table *list, int64_t row) {
    const char *cell[] = {okrug_text_number(ctx, okrug_table_column(list, "id")->number[row]),
                          okrug_time_text(ctx, okrug_table_column(list, "time")->number[row]),
                          okrug_text_at(okrug_table_column(list, "what"), row),
                          okrug_text_at(okrug_table_column(list, "dataset"), row),
                          okrug_text_at(okrug_table_column(list, "state"), row)};
    int64_t at = okrug_table_add_row(shown, 0);
    okrug_status status = at < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int c = 0; status == OKRUG_OK && c < shown->columns; c++) {
        status = okrug_set_text(shown, c, at, cell[c], strlen(cell[c]));
    }
    return status;
}

okrug_status okrug_workspace_changes_print(okrug_ctx *ctx, okrug_store *store, const okrug_catalogue *catalogue,
                                           FILE *out) {
    static const char *const columns[] = {"change", "time", "what", "dataset", "state"};
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_changes(ctx, store, &list));
    okrug_table *shown = okrug_dataset_add_table(list, "shown");
    okrug_status status = shown == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int c = 0; status == OKRUG_OK && c < OKRUG_COUNT_OF(columns); c++) {
        int added = okrug_table_add_column(shown, columns[c], OKRUG_TEXT, OKRUG_UNIT_NONE);
        status = added < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    for (int64_t row = 0; status == OKRUG_OK && row < list->table[0]->rows; row++) {
        status = add_shown(ctx, shown, list->table[0], row);
    }
    if (status == OKRUG_OK) {
        status = okrug_table_print(ctx, shown, catalogue, 0, out);
    }
    okrug_dataset_free(list);
    return status;
}

okrug_status okrug_workspace_undo(okrug_ctx *ctx, okrug_store *store, okrug_buffer *out) {
    int64_t id = 0;
    OKRUG_TRY(okrug_store_undo(ctx, store, &id));
    return describe_undone(ctx, store, id, out);
}
