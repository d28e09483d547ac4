/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Other tables about the same regions and industries, in the order of the panel.
 */
#include <math.h>

#include "analyses/clusters_case.h"
#include "analyses/plants.h"

okrug_status okrug_clusters_align(okrug_ctx *ctx, const okrug_table *table, const okrug_panel *panel,
                                  const char *period, double **out) {
    const okrug_column *region = okrug_table_column(table, "region"), *industry = okrug_table_column(table, "industry");
    const okrug_column *when = okrug_table_column(table, "period"), *value = okrug_table_column(table, "value");
    int64_t *r = NULL, *i = NULL, cells = panel->regions * panel->industries;
    OKRUG_TRY(okrug_places_of(ctx, region, panel->regions, panel->region, &r));
    OKRUG_TRY(okrug_places_of(ctx, industry, panel->industries, panel->industry, &i));
    *out = OKRUG_SCRATCH(ctx, cells + 1, double);
    if (*out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t c = 0; c < cells; c++) {
        (*out)[c] = (double)NAN;
    }
    for (int64_t row = 0; row < table->rows; row++) {
        int64_t a = r[region->word[row]], b = i[industry->word[row]];
        if (a >= 0 && b >= 0 && okrug_row_of_period(when, row, period) &&
            okrug_reason_at(value, row) == OKRUG_PRESENT) {
            (*out)[a * panel->industries + b] = value->number[row];
        }
    }
    return OKRUG_OK;
}
