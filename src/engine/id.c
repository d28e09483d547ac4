/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may name a dataset, a step or a study.
 */
#include <string.h>

#include "engine/engine_private.h"

okrug_status okrug_id_check(okrug_ctx *ctx, okrug_status status, const okrug_place *place, const char *id) {
    bool good = id[0] != '\0' && strcmp(id, ".") != 0 && strcmp(id, "..") != 0;
    for (const char *at = id; good && *at != '\0'; at++) {
        good = *at != '/' && *at != '#' && (unsigned char)*at >= 0x20 && *at != 0x7F;
    }
    return good ? OKRUG_OK : okrug_fail(ctx, status, "bad-id", place, "id", id, (char *)NULL);
}
