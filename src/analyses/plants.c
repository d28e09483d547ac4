/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of plants -> what the industries of a panel need of them.
 */
#include "analyses/plants.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/numeric.h>

static const double AGREE = .01; /* of the table's total: beyond it plants and table hardly count the same */

okrug_status okrug_plant_structure_new(okrug_ctx *ctx, int64_t industries, okrug_plant_structure *out) {
    *out = (okrug_plant_structure){
        .sizes = {OKRUG_SCRATCH_ZERO(ctx, industries, int64_t), OKRUG_SCRATCH_ZERO(ctx, industries, double),
                  OKRUG_SCRATCH(ctx, industries, double), OKRUG_SCRATCH(ctx, industries, double)},
        .least = OKRUG_SCRATCH(ctx, industries, double),
        .most = OKRUG_SCRATCH(ctx, industries, double),
        .count = OKRUG_SCRATCH(ctx, industries, double),
        .reason = OKRUG_SCRATCH(ctx, industries, uint8_t),
        .bound_reason = OKRUG_SCRATCH(ctx, industries, uint8_t),
    };
    if (out->sizes.plants == NULL || out->sizes.total == NULL || out->sizes.herfindahl == NULL ||
        out->sizes.fourth == NULL || out->least == NULL || out->most == NULL || out->count == NULL ||
        out->reason == NULL || out->bound_reason == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < industries; i++) {
        out->sizes.herfindahl[i] = out->sizes.fourth[i] = (double)NAN;
        out->least[i] = out->most[i] = out->count[i] = (double)NAN;
        out->reason[i] = out->bound_reason[i] = OKRUG_NO_ROW;
    }
    return OKRUG_OK;
}

bool okrug_row_of_period(const okrug_column *period, int64_t row, const char *of) {
    const char *at = period == NULL ? NULL : okrug_text_at(period, row);
    return at == NULL || of == NULL || strcmp(at, of) == 0;
}

/* ---- The same plant twice --------------------------------------------------------------------------------------- */

typedef struct {
    int32_t industry, region, plant;
    int64_t row;
} named_plant;

static int by_name(const void *a, const void *b) {
    const named_plant *x = a, *y = b;
    int order = (x->plant > y->plant) - (x->plant < y->plant);
    order = order != 0 ? order : (x->industry > y->industry) - (x->industry < y->industry);
    order = order != 0 ? order : (x->region > y->region) - (x->region < y->region);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int64_t line_of(const okrug_table *table, int64_t row) {
    return table->line != NULL ? table->line[row] : row + 1;
}

/* A plant may be in several industries or regions, but not twice in the same of both. */
static okrug_status check_names(okrug_ctx *ctx, const okrug_table *table, const char *period) {
    const okrug_column *plant = okrug_table_column(table, "plant");
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *region = okrug_table_column(table, "region");
    const okrug_column *when = okrug_table_column(table, "period");
    if (plant == NULL) {
        return OKRUG_OK;
    }
    named_plant *all = OKRUG_SCRATCH(ctx, table->rows, named_plant);
    if (all == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t count = 0;
    for (int64_t r = 0; r < table->rows; r++) {
        if (plant->word[r] >= 0 && okrug_row_of_period(when, r, period)) {
            all[count++] = (named_plant){industry->word[r], region != NULL ? region->word[r] : -1, plant->word[r], r};
        }
    }
    qsort(all, (size_t)count, sizeof *all, by_name);
    okrug_status status = OKRUG_OK;
    for (int64_t k = 1; k < count; k++) {
        const named_plant *a = &all[k - 1], *b = &all[k];
        if (a->plant == b->plant && a->industry == b->industry && a->region == b->region) {
            okrug_place place = {.file = table->file, .line = line_of(table, b->row)};
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "plant-repeated", &place, "plant", okrug_text_at(plant, b->row),
                                "first", okrug_text_integer(ctx, line_of(table, a->row)), (char *)NULL);
        }
    }
    return status;
}

/* ---- Sizes ------------------------------------------------------------------------------------------------------ */

okrug_status okrug_places_of(okrug_ctx *ctx, const okrug_column *column, int64_t count, const char *const *code,
                             int64_t **out) {
    int32_t words = okrug_words_count(column->words);
    int64_t *place = OKRUG_SCRATCH(ctx, words + 1, int64_t);
    if (place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(place, -1, ((size_t)words + 1) * sizeof *place);
    for (int64_t i = 0; i < count; i++) {
        int32_t word = okrug_words_find(column->words, code[i], strlen(code[i]));
        if (word >= 0) {
            place[word] = i;
        }
    }
    *out = place;
    return OKRUG_OK;
}

okrug_status okrug_one_period_of(okrug_ctx *ctx, const okrug_table *table, const okrug_panel *panel,
                                 const char *input) {
    const okrug_column *period = okrug_table_column(table, "period");
    if (period == NULL || panel->period != NULL || okrug_words_count(period->words) < 2) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "plants-of-several-periods", &(okrug_place){.file = table->file}, "input",
                      input, (char *)NULL);
}

static void check_sums(okrug_ctx *ctx, const char *file, const okrug_panel *panel, const okrug_plant_structure *s) {
    int64_t others = 0;
    const char *first = "";
    for (int64_t i = 0; i < panel->industries; i++) {
        double total = okrug_sum_of(panel->value + i, panel->regions, panel->industries);
        if (s->sizes.plants[i] > 0 && fabs(s->sizes.total[i] - total) > AGREE * total) {
            first = others++ == 0 ? panel->industry[i] : first;
        }
    }
    if (others > 0) {
        okrug_warn(ctx, "plants-do-not-sum", &(okrug_place){.file = file}, "count", okrug_text_integer(ctx, others),
                   "first", first, (char *)NULL);
    }
}

okrug_status okrug_plants_read(okrug_ctx *ctx, const okrug_table *plants, const okrug_panel *panel,
                               okrug_plant_structure *out) {
    const okrug_column *code = okrug_table_column(plants, "industry");
    const okrug_column *value = okrug_table_column(plants, "value");
    const okrug_column *when = okrug_table_column(plants, "period");
    int64_t *place = NULL;
    OKRUG_TRY(okrug_one_period_of(ctx, plants, panel, "plants"));
    OKRUG_TRY(check_names(ctx, plants, panel->period));
    OKRUG_TRY(okrug_places_of(ctx, code, panel->industries, panel->industry, &place));
    int64_t *industry = OKRUG_SCRATCH(ctx, plants->rows, int64_t);
    if (industry == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t nowhere = 0;
    for (int64_t r = 0; r < plants->rows; r++) {
        bool now = okrug_row_of_period(when, r, panel->period);
        industry[r] = now && code->word[r] >= 0 ? place[code->word[r]] : -1;
        nowhere += now && code->word[r] < 0;
        okrug_reason reason = okrug_reason_at(value, r);
        if (industry[r] >= 0 && reason != OKRUG_PRESENT && reason != OKRUG_STRUCTURAL_ZERO) {
            out->reason[industry[r]] = (uint8_t)reason; /* a plant of unknown size: so is H */
        }
        industry[r] = reason == OKRUG_PRESENT ? industry[r] : -1;
    }
    OKRUG_TRY(okrug_plant_sizes_of(ctx, plants->rows, value->number, industry, panel->industries, &out->sizes));
    for (int64_t i = 0; i < panel->industries; i++) {
        if (out->reason[i] != OKRUG_NO_ROW) {
            out->sizes.herfindahl[i] = out->sizes.fourth[i] = (double)NAN;
            out->sizes.plants[i] = 0;
            out->bound_reason[i] = out->reason[i];
        } else if (out->sizes.plants[i] > 0) {
            out->least[i] = out->most[i] = out->sizes.herfindahl[i];
            out->count[i] = (double)out->sizes.plants[i];
            out->reason[i] = out->bound_reason[i] = OKRUG_PRESENT;
        }
    }
    if (nowhere > 0) {
        okrug_warn(ctx, "plants-without-industry", &(okrug_place){.file = plants->file}, "count",
                   okrug_text_integer(ctx, nowhere), (char *)NULL);
    }
    check_sums(ctx, plants->file, panel, out);
    return OKRUG_OK;
}
