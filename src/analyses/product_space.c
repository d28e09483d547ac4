/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The product space of one period, in the order in which its parts need each other.
 */
#include "analyses/product_space.h"

#include <math.h>

#include "analyses/presence.h"

static okrug_status allocate(okrug_ctx *ctx, const okrug_panel *panel, okrug_product_space *s) {
    int64_t regions = panel->regions;
    int64_t industries = panel->industries;
    double **of_cells[] = {&s->rca, &s->presence, &s->density, &s->cog};
    double **of_regions[] = {&s->diversity, &s->eci, &s->coi};
    double **of_industries[] = {&s->ubiquity, &s->pci};
    bool failed = false;
    for (int i = 0; i < OKRUG_COUNT_OF(of_cells); i++) {
        *of_cells[i] = OKRUG_SCRATCH(ctx, regions * industries, double);
        failed = failed || *of_cells[i] == NULL;
    }
    for (int i = 0; i < OKRUG_COUNT_OF(of_regions); i++) {
        *of_regions[i] = OKRUG_SCRATCH(ctx, regions, double);
        failed = failed || *of_regions[i] == NULL;
    }
    for (int i = 0; i < OKRUG_COUNT_OF(of_industries); i++) {
        *of_industries[i] = OKRUG_SCRATCH(ctx, industries, double);
        failed = failed || *of_industries[i] == NULL;
    }
    s->proximity = OKRUG_SCRATCH(ctx, industries * industries, double);
    return failed || s->proximity == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static okrug_status compute(okrug_ctx *ctx, const okrug_panel *panel, int by, double threshold,
                            okrug_product_space *s) {
    int64_t r = panel->regions;
    int64_t n = panel->industries;
    okrug_progress(ctx, "task.complexity", 0, 4);
    OKRUG_TRY(okrug_presence(ctx, r, n, panel->value, threshold, s->rca, s->presence));
    if (by == OKRUG_PRESENCE_VALUE) {
        OKRUG_TRY(okrug_presence_of(ctx, panel, by, threshold, s->presence));
    }
    OKRUG_TRY(okrug_complexity_scores(ctx, r, n, s->presence, s->diversity, s->ubiquity, s->eci, s->pci, &s->summary));
    okrug_progress(ctx, "task.complexity", 1, 4);
    OKRUG_TRY(okrug_proximity(ctx, r, n, s->presence, s->proximity));
    okrug_progress(ctx, "task.complexity", 2, 4);
    OKRUG_TRY(okrug_density(ctx, r, n, s->presence, s->proximity, 1.0, s->density));
    okrug_progress(ctx, "task.complexity", 3, 4);
    OKRUG_TRY(okrug_complexity_outlook(ctx, r, n, s->presence, s->proximity, s->density, s->pci, s->summary.origin,
                                       s->coi, s->cog));
    okrug_progress(ctx, "task.complexity", 4, 4);
    s->none = s->summary.components > 1  ? OKRUG_DISCONNECTED
              : s->summary.ambiguous     ? OKRUG_AMBIGUOUS
              : isnan(s->summary.origin) ? OKRUG_UNDEFINED
                                         : OKRUG_PRESENT;
    return OKRUG_OK;
}

static void say_why(okrug_ctx *ctx, const char *file, const okrug_product_space *s) {
    okrug_place place = {.file = file};
    if (s->none == OKRUG_DISCONNECTED) {
        okrug_warn(ctx, "complexity-disconnected", &place, "components", okrug_text_integer(ctx, s->summary.components),
                   (char *)NULL);
    } else if (s->none == OKRUG_AMBIGUOUS) {
        okrug_warn(ctx, "complexity-ambiguous", &place, "second", okrug_text_number(ctx, s->summary.lambda2), "third",
                   okrug_text_number(ctx, s->summary.lambda3), (char *)NULL);
    }
}

okrug_status okrug_product_space_of(okrug_ctx *ctx, const okrug_panel *panel, int by, double threshold,
                                    const char *file, okrug_product_space *s) {
    OKRUG_TRY(allocate(ctx, panel, s));
    OKRUG_TRY(compute(ctx, panel, by, threshold, s));
    say_why(ctx, file, s);
    return OKRUG_OK;
}
