/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which regions are measured together.
 */
#include "analyses/comparable.h"

okrug_status okrug_bases_of(okrug_ctx *ctx, const okrug_cube *cube, const uint8_t *reason, bool pooled,
                            okrug_bases *out) {
    int64_t cells = cube->periods * cube->regions;
    *out = (okrug_bases){pooled ? 1 : cube->periods, OKRUG_SCRATCH_ZERO(ctx, cube->periods + 1, int64_t),
                         OKRUG_SCRATCH(ctx, cells, int64_t)};
    if (out->start == NULL || out->cell == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t n = 0;
    for (int64_t cell = 0; cell < cells; cell++) {
        if (reason[cell] == OKRUG_PRESENT) {
            out->cell[n++] = cell;
        }
        out->start[pooled ? 1 : cell / cube->regions + 1] = n;
    }
    return OKRUG_OK;
}

okrug_status okrug_complete_regions(okrug_ctx *ctx, const okrug_cube *cube, uint8_t **reason, int64_t *incomplete) {
    int64_t cells = cube->periods * cube->regions;
    *incomplete = 0;
    *reason = OKRUG_SCRATCH_ZERO(ctx, cells, uint8_t);
    if (*reason == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < cells; cell++) {
        for (int64_t i = 0; i < cube->things && (*reason)[cell] == OKRUG_PRESENT; i++) {
            (*reason)[cell] = cube->reason[cell * cube->things + i];
        }
        *incomplete += (*reason)[cell] != OKRUG_PRESENT;
    }
    return OKRUG_OK;
}
