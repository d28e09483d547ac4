/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Refusing what is too little for a method to say anything.
 */
#include <okrug/context.h>

#include "analyses/analysis.h"

/* A share as people read it, rounded towards less: 0.7999 is not told as 80 %. */
static const char *amount(okrug_ctx *ctx, double value, okrug_unit unit) {
    return unit == OKRUG_UNIT_SHARE ? okrug_text(ctx, "%g %%", (double)(int)(value * 1000.0) / 10.0)
                                    : okrug_text_number(ctx, value);
}

okrug_status okrug_grain_need(okrug_ctx *ctx, const okrug_grain *grain, double have, const okrug_place *place) {
    if (have >= grain->least) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "below-grain", place, "grain", grain->of, "have",
                      amount(ctx, have, grain->unit), "least", amount(ctx, grain->least, grain->unit), (char *)NULL);
}
