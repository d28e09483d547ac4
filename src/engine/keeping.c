/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeping a workspace well: opening it, copying it, checking it, bringing it up to date.
 */
#include <string.h>
#include <time.h>

#include "engine/engine_private.h"
#include "engine/references.h"

okrug_status okrug_workspace_open(okrug_ctx *ctx, const char *location, bool write, okrug_store **store) {
    return okrug_store_open(ctx, location, write ? OKRUG_STORE_WRITE : OKRUG_STORE_READ, store);
}

/* "kaluga.okrug" -> "kaluga.20261122T070255Z.okrug": dated copies stand in order beside the workspace. */
static const char *dated(okrug_ctx *ctx, const char *location) {
    char stamp[32];
    time_t now = time(NULL);
    struct tm parts;
    size_t length = strlen(location);
    size_t ending = length > 6 && strcmp(location + length - 6, ".okrug") == 0 ? 6 : 0;
    if (gmtime_r(&now, &parts) == NULL || strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &parts) == 0) {
        stamp[0] = '\0';
    }
    return okrug_text(ctx, "%.*s.%s.okrug", (int)(length - ending), location, stamp);
}

okrug_status okrug_workspace_backup(okrug_ctx *ctx, const char *location, const char *file, const char **made) {
    okrug_store *store = NULL;
    *made = file != NULL ? file : dated(ctx, location);
    OKRUG_TRY(okrug_store_open(ctx, location, OKRUG_STORE_READ, &store));
    okrug_status status = okrug_store_backup(ctx, store, *made);
    okrug_store_close(store);
    return status;
}

okrug_status okrug_workspace_migrate(okrug_ctx *ctx, const char *location) {
    okrug_store *store = NULL;
    OKRUG_TRY(okrug_store_open(ctx, location, OKRUG_STORE_WRITE, &store));
    okrug_store_close(store);
    return OKRUG_OK;
}

/* Every dataset is read as a whole: a fault for each that cannot be. */
static okrug_status read_all(okrug_ctx *ctx, okrug_store *store, okrug_references *references,
                             okrug_workspace_health *health) {
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_list(ctx, store, &list));
    const okrug_column *ids = okrug_table_column(list->table[0], "id");
    okrug_status status = OKRUG_OK;
    for (int64_t row = 0; row < list->table[0]->rows && status != OKRUG_CANCELLED; row++) {
        if (row > 0 && ids->word[row] == ids->word[row - 1]) {
            continue;
        }
        okrug_dataset *dataset = NULL;
        okrug_status one = okrug_store_get(ctx, store, okrug_text_at(ids, row), &dataset);
        health->datasets++;
        for (int t = 0; one == OKRUG_OK && t < dataset->tables; t++) {
            health->tables++;
            health->rows += dataset->table[t]->rows;
        }
        if (one == OKRUG_OK) {
            one = okrug_references_look(references, dataset);
        }
        if (one == OKRUG_READ_FAILED) {
            one = okrug_fail(ctx, OKRUG_BAD_INPUT, "dataset-unreadable", NULL, "id", okrug_text_at(ids, row),
                             (char *)NULL);
        }
        status = one == OKRUG_OK ? status : one;
        okrug_dataset_free(dataset);
    }
    okrug_dataset_free(list);
    return status;
}

okrug_status okrug_workspace_check(okrug_ctx *ctx, const char *location, okrug_workspace_health *health) {
    okrug_store *store = NULL;
    *health = (okrug_workspace_health){0};
    OKRUG_TRY(okrug_store_open(ctx, location, OKRUG_STORE_READ, &store));
    okrug_store_health kept = {0};
    okrug_status status = okrug_store_check(ctx, store, &kept);
    health->format = kept.format;
    health->undoable = kept.undoable;
    health->cells_aside = kept.cells_aside;
    health->bytes = kept.bytes;
    health->bytes_free = kept.bytes_free;
    if (status == OKRUG_OK || status == OKRUG_BAD_INPUT) {
        okrug_references *references = okrug_references_new();
        okrug_status reading = references == NULL ? OKRUG_NO_MEMORY : read_all(ctx, store, references, health);
        if (reading == OKRUG_OK) {
            reading = okrug_references_told(ctx, references, &health->dangling);
        }
        okrug_references_free(references);
        status = reading == OKRUG_OK ? status : reading;
    }
    okrug_store_close(store);
    return status;
}
