/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Structures compared, once as published and once for every draw.
 */
#include "analyses/structure.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

static double row_sum(const okrug_panel *panel, int64_t r) {
    return okrug_sum_of(panel->value + r * panel->industries, panel->industries, 1);
}

/* The reference's amounts, in the order of the panel; industries that the panel lacks come after them: nobody here has
 * any, which is a difference too. */
static okrug_status given_reference(okrug_ctx *ctx, const okrug_table *reference, const okrug_panel *panel,
                                    okrug_structure *with) {
    const okrug_column *industry = okrug_table_column(reference, "industry");
    const okrug_column *value = okrug_table_column(reference, "value");
    int32_t words = okrug_words_count(industry->words);
    double *by_word = OKRUG_SCRATCH(ctx, words, double);
    bool *in_panel = OKRUG_SCRATCH_ZERO(ctx, words, bool);
    if (by_word == NULL || in_panel == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < reference->rows; r++) {
        by_word[industry->word[r]] = okrug_reason_at(value, r) == OKRUG_PRESENT ? value->number[r] : NAN;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < panel->industries; i++) {
        int32_t word = okrug_words_find(industry->words, panel->industry[i], strlen(panel->industry[i]));
        if (word < 0 || isnan(by_word[word])) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "not-in-reference", &(okrug_place){.file = reference->file},
                                "code", panel->industry[i], (char *)NULL);
            continue;
        }
        in_panel[word] = true;
        with->total[i] = by_word[word];
    }
    for (int64_t r = 0; r < reference->rows; r++) {
        int32_t word = industry->word[r];
        if (!in_panel[word] && !isnan(by_word[word])) {
            with->total[with->industries++] = by_word[word];
        }
    }
    with->given = true;
    return status;
}

/* Sums of the panel as it is now. */
static void add_up(const okrug_panel *panel, okrug_structure *with) {
    for (int64_t i = 0; !with->given && i < panel->industries; i++) {
        with->total[i] = okrug_sum_of(panel->value + i, panel->regions, panel->industries);
    }
    memset(with->shares, 0, (size_t)panel->industries * sizeof *with->shares);
    with->with_shares = 0;
    for (int64_t r = 0; r < panel->regions; r++) {
        double sum = row_sum(panel, r);
        with->with_shares += sum > 0.0;
        for (int64_t i = 0; sum > 0.0 && i < panel->industries; i++) {
            with->shares[i] += panel->value[r * panel->industries + i] / sum;
        }
    }
}

okrug_status okrug_structure_read(okrug_ctx *ctx, int compare, const okrug_table *reference, const okrug_panel *panel,
                                  okrug_structure *structure) {
    int64_t most = panel->industries + (reference == NULL ? 0 : reference->rows);
    *structure = (okrug_structure){.compare = compare,
                                   .industries = panel->industries,
                                   .own = OKRUG_SCRATCH_ZERO(ctx, most, double),
                                   .total = OKRUG_SCRATCH_ZERO(ctx, most, double),
                                   .shares = OKRUG_SCRATCH_ZERO(ctx, panel->industries, double),
                                   .other = OKRUG_SCRATCH_ZERO(ctx, most, double),
                                   .work = OKRUG_SCRATCH(ctx, 2 * most, double)};
    if (structure->own == NULL || structure->total == NULL || structure->shares == NULL || structure->other == NULL ||
        structure->work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (reference != NULL) {
        OKRUG_TRY(given_reference(ctx, reference, panel, structure));
    }
    add_up(panel, structure);
    return OKRUG_OK;
}

/* The shares that region r is compared with; NULL where there is no other region. */
static const double *reference_of(okrug_structure *with, const okrug_panel *panel, int64_t r) {
    if (with->compare == OKRUG_COMPARE_TOTAL) {
        return with->total;
    }
    if (with->with_shares < 2) {
        return NULL;
    }
    double sum = row_sum(panel, r);
    for (int64_t i = 0; i < panel->industries; i++) {
        double own = sum > 0.0 ? panel->value[r * panel->industries + i] / sum : 0.0;
        with->other[i] = fmax(0.0, (with->shares[i] - own) / (double)(with->with_shares - (sum > 0.0)));
    }
    return with->other;
}

void okrug_structure_indices(okrug_structure *structure, const okrug_panel *panel, int64_t r,
                             double index[OKRUG_STRUCTURE_INDICES]) {
    double *x = structure->own;
    memcpy(x, panel->value + r * panel->industries, (size_t)panel->industries * sizeof *x);
    int64_t n = structure->industries;
    const double *reference = reference_of(structure, panel, r);
    index[OKRUG_HERFINDAHL] = okrug_herfindahl(n, x);
    index[OKRUG_KRUGMAN] = reference == NULL ? NAN : okrug_krugman(n, x, reference);
    index[OKRUG_GINI] = reference == NULL ? NAN : okrug_locational_gini_in(n, x, reference, structure->work);
    index[OKRUG_THEIL] = reference == NULL ? NAN : okrug_theil(n, x, reference);
}

/* Draws are worked on in batches, so that memory is that of a few filled matrices. */
enum { BATCH = 8 };

typedef struct {
    const okrug_panel *panel;
    const okrug_filling *filling;
    okrug_structure structure[BATCH];
    double *filled[BATCH]; /* regions x industries */
    int64_t first;         /* draw of the batch's first tile */
    double *index;         /* indices x regions x draws */
} ranging;

static okrug_status index_draw(void *user, int64_t tile) {
    ranging *g = user;
    const okrug_withheld_cells *cells = &g->filling->cells;
    int64_t draw = g->first + tile;
    int64_t draws = g->filling->draws;
    okrug_panel panel = *g->panel;
    panel.value = g->filled[tile];
    for (int64_t k = 0; k < cells->count; k++) {
        panel.value[cells->cell[k]] = g->filling->x[k * draws + draw];
    }
    add_up(&panel, &g->structure[tile]);
    for (int64_t r = 0; r < panel.regions; r++) {
        double index[OKRUG_STRUCTURE_INDICES];
        okrug_structure_indices(&g->structure[tile], &panel, r, index);
        for (int64_t k = 0; k < OKRUG_STRUCTURE_INDICES; k++) {
            g->index[(k * panel.regions + r) * draws + draw] = index[k];
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_structure_ranges(okrug_ctx *ctx, int compare, const okrug_table *reference, const okrug_panel *panel,
                                    const okrug_filling *filling, double *lo, double *hi) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t cells = panel->regions * panel->industries;
    int64_t results = OKRUG_STRUCTURE_INDICES * panel->regions;
    ranging g = {.panel = panel, .filling = filling, .index = OKRUG_SCRATCH(ctx, results * filling->draws, double)};
    okrug_status status = g.index == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int t = 0; status == OKRUG_OK && t < BATCH; t++) {
        status = okrug_structure_read(ctx, compare, reference, panel, &g.structure[t]);
        g.filled[t] = OKRUG_SCRATCH(ctx, cells, double);
        if (g.filled[t] == NULL) {
            status = OKRUG_NO_MEMORY;
        } else {
            memcpy(g.filled[t], panel->value, (size_t)cells * sizeof *g.filled[t]);
        }
    }
    for (; status == OKRUG_OK && g.first < filling->draws; g.first += BATCH) {
        int64_t tiles = filling->draws - g.first < BATCH ? filling->draws - g.first : BATCH;
        status = okrug_parallel(ctx, tiles, index_draw, &g);
    }
    for (int64_t k = 0; status == OKRUG_OK && k < results; k++) {
        okrug_sensitivity_range(filling->draws, g.index + k * filling->draws, &lo[k], &hi[k]);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
