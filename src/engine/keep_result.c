/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The result of one run into a workspace, where the next run finds it: -o WORKSPACE#ID.
 */
#include <string.h>

#include <okrug/text.h>

#include "engine/engine_private.h"
#include "engine/import.h"

bool okrug_output_in_workspace(okrug_ctx *ctx, const char *output, okrug_output_place *place) {
    const char *sign = strrchr(output, '#');
    size_t length = sign == NULL ? 0 : (size_t)(sign - output);
    if (length == 0) {
        return false;
    }
    const char *workspace = okrug_text(ctx, "%.*s", (int)length, output);
    if (!okrug_name_ends(workspace, ".okrug") && !okrug_is_file(workspace)) {
        return false;
    }
    *place = (okrug_output_place){workspace, sign + 1, false};
    return true;
}

/* The store is open for writing and in no transaction. */
static okrug_status check_free(okrug_ctx *ctx, okrug_store *store, const okrug_output_place *place) {
    okrug_dataset named = {.id = place->id};
    okrug_dataset *const list[] = {&named};
    return place->replace ? OKRUG_OK : okrug_import_check_free(ctx, store, list, 1);
}

okrug_status okrug_output_place_check(okrug_ctx *ctx, const okrug_output_place *place) {
    okrug_store *store = NULL;
    OKRUG_TRY(okrug_id_check(ctx, OKRUG_BAD_USAGE, NULL, place->id));
    OKRUG_TRY(okrug_store_open(ctx, place->workspace, OKRUG_STORE_READ, &store));
    okrug_status status = check_free(ctx, store, place);
    okrug_store_close(store);
    return status;
}

okrug_status okrug_result_keep(okrug_ctx *ctx, okrug_dataset *result, const okrug_output_place *place) {
    okrug_store *store = NULL;
    result->id = okrug_dataset_keep(result, place->id);
    if (result->id == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_store_open(ctx, place->workspace, OKRUG_STORE_WRITE, &store));
    okrug_status status = okrug_store_begin(ctx, store);
    if (status == OKRUG_OK) {
        status = check_free(ctx, store, place); /* somebody may have taken the name meanwhile */
    }
    if (status == OKRUG_OK) {
        status = okrug_store_put(ctx, store, result);
    }
    if (status == OKRUG_OK) {
        status = okrug_store_commit(ctx, store);
    }
    okrug_store_close(store); /* takes back what was not committed */
    return status;
}
