/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inequality between groups of regions and within them.
 */
#include "analyses/theil_groups.h"

#include <math.h>

#include <okrug/concentration.h>
#include <okrug/numeric.h>

#include "analyses/by_region.h"
#include "analyses/result.h"

enum { INDUSTRY, PERIOD, THEIL, BETWEEN, WITHIN };

static okrug_status group_regions(okrug_ctx *ctx, const okrug_table *table, const okrug_distribution *over,
                                  int64_t *group) {
    const okrug_column *name = okrug_table_column(table, "group");
    okrug_region_rows rows = {0};
    okrug_status status = OKRUG_OK;
    OKRUG_TRY(okrug_rows_of_regions(ctx, table, "groups", NULL, over->regions, over->region, &rows));
    for (int64_t r = 0; r < over->regions; r++) {
        group[r] = rows.row[r] < 0 ? -1 : name->word[rows.row[r]];
        if (group[r] < 0) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "region-in-no-group", &(okrug_place){.file = table->file},
                                "region", over->region[r], (char *)NULL);
        }
    }
    return status;
}

okrug_status okrug_theil_groups_write(okrug_ctx *ctx, const okrug_table *groups, const okrug_panel *panel,
                                      const okrug_distribution *over, const double *theil, okrug_table *table) {
    int64_t count = okrug_words_count(okrug_table_column(groups, "group")->words);
    int64_t *group = OKRUG_SCRATCH(ctx, over->regions, int64_t);
    double *x = OKRUG_SCRATCH(ctx, over->regions, double);
    double *p = OKRUG_SCRATCH(ctx, over->regions, double);
    double *work = OKRUG_SCRATCH(ctx, 2 * count, double);
    if (group == NULL || x == NULL || p == NULL || work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(group_regions(ctx, groups, over, group));
    for (int64_t r = 0; r < over->regions; r++) {
        p[r] = over->reference != NULL ? over->reference[r]
                                       : okrug_sum_of(over->value + r * panel->industries, panel->industries, 1);
    }
    for (int64_t i = 0; i < panel->industries; i++) {
        double between, within;
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        for (int64_t r = 0; r < over->regions; r++) {
            x[r] = over->value[r * panel->industries + i];
        }
        okrug_theil_split(over->regions, x, p, count, group, work, &between, &within);
        okrug_reason none = okrug_sum_of(x, over->regions, 1) > 0.0 ? OKRUG_UNDEFINED : OKRUG_ZERO_TOTAL;
        OKRUG_TRY(okrug_result_text(table, INDUSTRY, row, panel->industry[i]));
        OKRUG_TRY(okrug_result_text(table, PERIOD, row, panel->period));
        OKRUG_TRY(okrug_set_number_or(table, THEIL, row, theil[i], none));
        OKRUG_TRY(okrug_set_number_or(table, BETWEEN, row, between, none));
        OKRUG_TRY(okrug_set_number_or(table, WITHIN, row, within, none));
    }
    return OKRUG_OK;
}
