/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A distribution over regions, from a table to the order of a panel.
 */
#include "analyses/distribution.h"

#include <string.h>

#include <okrug/numeric.h>

#include "analyses/by_region.h"

static okrug_status with_other_regions(okrug_ctx *ctx, const okrug_panel *panel, okrug_distribution *out) {
    size_t known = (size_t)(panel->regions * panel->industries);
    double *value = OKRUG_SCRATCH_ZERO(ctx, out->regions * panel->industries, double);
    if (value == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(value, panel->value, known * sizeof *value);
    out->value = value;
    return OKRUG_OK;
}

static okrug_status given_reference(okrug_ctx *ctx, const okrug_table *table, const char *input,
                                    const okrug_panel *panel, okrug_distribution *out) {
    const okrug_column *value = okrug_table_column(table, "value");
    okrug_region_rows rows = {0};
    OKRUG_TRY(okrug_rows_of_regions(ctx, table, input, panel->period, panel->regions, panel->region, &rows));
    out->regions = panel->regions + rows.other_count;
    double *reference = OKRUG_SCRATCH_ZERO(ctx, out->regions, double);
    const char **region = OKRUG_SCRATCH(ctx, out->regions, const char *);
    if (reference == NULL || region == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < panel->regions; r++) {
        region[r] = panel->region[r];
        if (rows.row[r] < 0 || okrug_reason_at(value, rows.row[r]) != OKRUG_PRESENT) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "not-in-reference", &(okrug_place){.file = table->file}, "code",
                                panel->region[r], (char *)NULL);
            continue;
        }
        reference[r] = value->number[rows.row[r]];
    }
    for (int64_t k = 0; k < rows.other_count; k++) {
        bool there = okrug_reason_at(value, rows.others[k]) == OKRUG_PRESENT;
        region[panel->regions + k] = okrug_text_at(okrug_table_column(table, "region"), rows.others[k]);
        reference[panel->regions + k] = there ? value->number[rows.others[k]] : 0.0;
    }
    out->reference = reference;
    out->region = region;
    OKRUG_TRY(status);
    return with_other_regions(ctx, panel, out);
}

/* Totals that are smaller than what is known of their regions are hardly totals of the same things. */
static void check_totals(okrug_ctx *ctx, const char *file, const okrug_panel *panel, const double *total) {
    int64_t below = 0;
    const char *first = "";
    for (int64_t r = 0; r < panel->regions; r++) {
        double parts = okrug_sum_of(panel->value + r * panel->industries, panel->industries, 1);
        if (parts > total[r] * (1.0 + 1e-9)) {
            first = below++ == 0 ? panel->region[r] : first;
        }
    }
    if (below > 0) {
        okrug_warn(ctx, "total-below-parts", &(okrug_place){.file = file}, "count", okrug_text_integer(ctx, below),
                   "first", first, (char *)NULL);
    }
}

okrug_status okrug_distribution_read(okrug_ctx *ctx, const okrug_table *reference, const okrug_table *region_total,
                                     const okrug_panel *panel, okrug_distribution *out) {
    *out = (okrug_distribution){panel->regions, panel->value, NULL, panel->region};
    if (reference != NULL) {
        return given_reference(ctx, reference, "reference", panel, out);
    }
    if (region_total != NULL) {
        OKRUG_TRY(given_reference(ctx, region_total, "region-total", panel, out));
        check_totals(ctx, region_total->file, panel, out->reference);
    }
    return OKRUG_OK;
}
