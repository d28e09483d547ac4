/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The product space of one period: who has what, how complex it is, what is near and what it would bring. The scores of
 * `complexity`, and the frame of `opportunities`.
 */
#ifndef OKRUG_ANALYSES_PRODUCT_SPACE_H
#define OKRUG_ANALYSES_PRODUCT_SPACE_H

#include <okrug/complexity.h>

#include "analyses/panel.h"

typedef struct {
    double *rca, *presence, *proximity, *density, *cog; /* regions x industries; proximity industries^2 */
    double *diversity, *ubiquity, *eci, *pci, *coi;
    okrug_complexity_summary summary;
    okrug_reason none; /* why there are no scores at all; PRESENT: there are */
} okrug_product_space;

/* In scratch memory; `by` as in presence.h. Reports progress; warns where there are no scores
 * ("complexity-disconnected", "complexity-ambiguous"; `file` is for the place). O(regions x industries^2). */
okrug_status okrug_product_space_of(okrug_ctx *ctx, const okrug_panel *panel, int by, double threshold,
                                    const char *file, okrug_product_space *s);

#endif
