/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who has what, of one period of a table.
 */
#include "analyses/presence.h"

#include <okrug/complexity.h>

okrug_status okrug_presence_need(okrug_ctx *ctx, const okrug_panel *panel, const okrug_grain *grain, const char *file) {
    const okrug_place place = {.file = file};
    double cells = (double)(panel->regions * panel->industries);
    OKRUG_TRY(okrug_grain_need(ctx, &grain[0], (double)panel->regions, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[1], (double)panel->industries, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[2], 1.0 - (double)panel->missing / cells, &place));
    if (panel->regions < OKRUG_PRESENCE_FEW || panel->industries < OKRUG_PRESENCE_FEW) {
        okrug_warn(ctx, "small-table", &place, "regions", okrug_text_integer(ctx, panel->regions), "industries",
                   okrug_text_integer(ctx, panel->industries), "few", okrug_text_integer(ctx, OKRUG_PRESENCE_FEW),
                   (char *)NULL);
    }
    if (panel->missing > 0) {
        okrug_warn(ctx, "missing-as-absent", &place, "count", okrug_text_integer(ctx, panel->missing), (char *)NULL);
    }
    return OKRUG_OK;
}

okrug_status okrug_presence_of(okrug_ctx *ctx, const okrug_panel *panel, int by, double threshold, double *presence) {
    int64_t cells = panel->regions * panel->industries;
    if (by == OKRUG_PRESENCE_VALUE) {
        for (int64_t c = 0; c < cells; c++) {
            presence[c] = panel->value[c] >= threshold ? 1.0 : 0.0;
        }
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *rca = OKRUG_SCRATCH(ctx, cells, double);
    if (rca == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status =
        okrug_presence(ctx, panel->regions, panel->industries, panel->value, threshold, rca, presence);
    okrug_scratch_reset(ctx, mark);
    return status;
}
