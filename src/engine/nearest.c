/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which dataset was probably meant, where an input names none.
 */
#include <string.h>
#include <unistd.h>

#include "engine/engine_private.h"

/* The id that is nearest to the name, in `nearest`; NULL: none is near. `there`: it is the name itself. */
static okrug_status find_nearest(okrug_ctx *ctx, okrug_store *store, const char *name, const char **nearest,
                                 bool *there) {
    okrug_dataset *list = NULL;
    size_t least = strlen(name) < 6 ? strlen(name) / 2 + 1 : 4; /* up to half of a short name, three of a long one */
    *nearest = NULL;
    *there = false;
    OKRUG_TRY(okrug_store_list(ctx, store, &list));
    const okrug_column *ids = okrug_table_column(list->table[0], "id");
    const char *best = NULL;
    for (int64_t row = 0; row < list->table[0]->rows; row++) {
        const char *id = okrug_text_at(ids, row);
        size_t distance = okrug_text_distance(id, name);
        best = distance < least ? id : best;
        least = distance < least ? distance : least;
        *there = *there || distance == 0;
    }
    *nearest = best == NULL ? NULL : okrug_text(ctx, "%s", best);
    okrug_dataset_free(list);
    return OKRUG_OK;
}

okrug_status okrug_need_dataset(okrug_ctx *ctx, okrug_store *store, const char *name) {
    const char *slash = strchr(name, '/');
    const char *id = slash == NULL ? name : okrug_text(ctx, "%.*s", (int)(slash - name), name);
    const char *nearest = NULL;
    bool there = false;
    OKRUG_TRY(find_nearest(ctx, store, id, &nearest, &there));
    return there || nearest == NULL ? OKRUG_OK
                                    : okrug_fail(ctx, OKRUG_NOT_FOUND, "no-dataset-nearest", NULL, "id", id, "nearest",
                                                 nearest, (char *)NULL);
}

okrug_status okrug_need_file(okrug_ctx *ctx, okrug_store *store, const char *spec, const char *path) {
    const char *nearest = NULL;
    bool there = false;
    if (store == NULL || strcmp(path, "-") == 0 || access(path, F_OK) == 0) {
        return OKRUG_OK;
    }
    OKRUG_TRY(find_nearest(ctx, store, spec, &nearest, &there));
    return nearest == NULL ? OKRUG_OK
                           : okrug_fail(ctx, OKRUG_READ_FAILED, "no-file-but-dataset", &(okrug_place){.file = spec},
                                        "nearest", nearest, (char *)NULL);
}
