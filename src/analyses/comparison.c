/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Totals and reference structure, from tables to the order of a panel.
 */
#include "analyses/comparison.h"

#include <string.h>

#include <okrug/numeric.h>

#include "analyses/by_region.h"

okrug_status okrug_quotients_need(okrug_ctx *ctx, const okrug_table *input, const okrug_table *reference,
                                  const okrug_table *totals, const okrug_panels *panels, const okrug_grain *grain) {
    const okrug_place place = {.file = input->file};
    if (reference != NULL) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_grain_need(ctx, &grain[0], (double)okrug_panels_most_regions(panels), &place));
    return totals != NULL ? OKRUG_OK
                          : okrug_grain_need(ctx, &grain[1], (double)okrug_panels_most_industries(panels), &place);
}

okrug_status okrug_region_totals_read(okrug_ctx *ctx, const okrug_table *table, const okrug_panel *panel,
                                      okrug_region_totals *totals) {
    const okrug_column *value = okrug_table_column(table, "value");
    okrug_region_rows rows = {0};
    *totals = (okrug_region_totals){.value = OKRUG_SCRATCH_ZERO(ctx, panel->regions, double),
                                    .reason = OKRUG_SCRATCH_ZERO(ctx, panel->regions, uint8_t)};
    if (totals->value == NULL || totals->reason == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_rows_of_regions(ctx, table, "region-total", panel->period, panel->regions, panel->region, &rows));
    for (int64_t i = 0; i < panel->regions; i++) {
        int64_t row = rows.row[i];
        okrug_reason reason = row < 0 ? OKRUG_NO_REFERENCE : okrug_reason_at(value, row);
        totals->reason[i] = (uint8_t)reason;
        if (reason != OKRUG_PRESENT) {
            totals->without++;
            continue;
        }
        totals->value[i] = value->number[row];
        double parts = okrug_sum_of(panel->value + i * panel->industries, panel->industries, 1);
        if (parts > totals->value[i] * (1.0 + 1e-9)) {
            totals->first_below = totals->below_parts++ == 0 ? panel->region[i] : totals->first_below;
        }
    }
    return OKRUG_OK;
}

void okrug_region_totals_warn(okrug_ctx *ctx, const char *file, const okrug_region_totals *totals) {
    okrug_place place = {.file = file};
    if (totals->without > 0) {
        okrug_warn(ctx, "regions-without-total", &place, "count", okrug_text_integer(ctx, totals->without),
                   (char *)NULL);
    }
    if (totals->below_parts > 0) {
        okrug_warn(ctx, "total-below-parts", &place, "count", okrug_text_integer(ctx, totals->below_parts), "first",
                   totals->first_below, (char *)NULL);
    }
}

static okrug_status reference_of_industries(okrug_ctx *ctx, const okrug_table *reference, const okrug_panel *panel,
                                            okrug_comparison *with) {
    const okrug_column *industry = okrug_table_column(reference, "industry");
    const okrug_column *share = okrug_table_column(reference, "share");
    const okrug_column *amount = share != NULL ? share : okrug_table_column(reference, "value");
    double *target = OKRUG_SCRATCH_ZERO(ctx, panel->industries, double);
    int64_t *row_of = OKRUG_SCRATCH(ctx, okrug_words_count(industry->words), int64_t);
    if (target == NULL || row_of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double total = 0.0;
    for (int64_t r = 0; r < reference->rows; r++) {
        row_of[industry->word[r]] = r;
        total += okrug_reason_at(amount, r) == OKRUG_PRESENT ? amount->number[r] : 0.0;
    }
    for (int64_t i = 0; i < panel->industries; i++) {
        int32_t word = okrug_words_find(industry->words, panel->industry[i], strlen(panel->industry[i]));
        okrug_reason reason = word < 0 ? OKRUG_NO_REFERENCE : okrug_reason_at(amount, row_of[word]);
        with->industry_reason[i] = (uint8_t)reason;
        if (reason == OKRUG_PRESENT) {
            target[i] = amount->number[row_of[word]];
        }
    }
    with->lq.total = total;
    *(share != NULL ? &with->share : &with->industry_total) = target;
    return OKRUG_OK;
}

/* Sums of rows and columns of the panel, to say why a quotient is undefined. */
static void mark_zero_totals(const okrug_panel *panel, okrug_comparison *with) {
    for (int64_t r = 0; r < panel->regions; r++) {
        double total = with->totals.value != NULL
                           ? with->totals.value[r]
                           : okrug_sum_of(panel->value + r * panel->industries, panel->industries, 1);
        if (with->region_reason[r] == OKRUG_PRESENT && total == 0.0) {
            with->region_reason[r] = OKRUG_ZERO_TOTAL;
        }
    }
    const double *given = with->share != NULL ? with->share : with->industry_total;
    for (int64_t i = 0; i < panel->industries; i++) {
        double total = given != NULL ? given[i] : 0.0;
        for (int64_t r = 0; given == NULL && r < panel->regions; r++) {
            total += panel->value[r * panel->industries + i];
        }
        if (with->industry_reason[i] == OKRUG_PRESENT && total == 0.0) {
            with->industry_reason[i] = OKRUG_ZERO_TOTAL;
        }
    }
}

/* Industries are summed over the rows, the grand total over the regions' own totals. Both over the same regions: those
 * without a total count in neither, else what they have would be in the parts and not in the whole. */
static okrug_status sum_regions_with_total(okrug_ctx *ctx, const okrug_panel *panel, okrug_comparison *with) {
    for (int64_t r = 0; r < panel->regions; r++) {
        with->lq.total += with->totals.value[r];
    }
    if (with->totals.without == 0) {
        return OKRUG_OK;
    }
    with->industry_total = OKRUG_SCRATCH(ctx, panel->industries, double);
    if (with->industry_total == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < panel->industries; i++) {
        okrug_sum sum = {0};
        for (int64_t r = 0; r < panel->regions; r++) {
            if (with->totals.reason[r] == OKRUG_PRESENT) {
                okrug_sum_add(&sum, panel->value[r * panel->industries + i]);
            }
        }
        with->industry_total[i] = okrug_sum_value(&sum);
    }
    return OKRUG_OK;
}

okrug_status okrug_compare(okrug_ctx *ctx, const okrug_table *reference, const okrug_table *totals,
                           const okrug_panel *panel, okrug_comparison *with) {
    *with = (okrug_comparison){.region_reason = OKRUG_SCRATCH_ZERO(ctx, panel->regions, uint8_t),
                               .industry_reason = OKRUG_SCRATCH_ZERO(ctx, panel->industries, uint8_t)};
    if (with->region_reason == NULL || with->industry_reason == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (totals != NULL) {
        OKRUG_TRY(okrug_region_totals_read(ctx, totals, panel, &with->totals));
        memcpy(with->region_reason, with->totals.reason, (size_t)panel->regions);
    }
    if (reference != NULL) {
        OKRUG_TRY(reference_of_industries(ctx, reference, panel, with));
    } else if (totals != NULL) {
        OKRUG_TRY(sum_regions_with_total(ctx, panel, with));
    }
    mark_zero_totals(panel, with);
    with->lq.region_total = with->totals.value;
    with->lq.industry_total = with->industry_total;
    with->lq.share = with->share;
    return OKRUG_OK;
}
