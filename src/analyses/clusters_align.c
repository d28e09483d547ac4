/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Other tables about the same regions and industries, in the order of the panel.
 */
#include <math.h>
#include <string.h>

#include "analyses/clusters_case.h"
#include "analyses/plants.h"

typedef struct {
    int64_t rows, elsewhere;       /* of the period; of them, those that the panel has no place for */
    const char *region, *industry; /* of the first such */
    int64_t twice;                 /* a row of a cell that another row has too; -1: none */
} counted;

/* Rows of the panel's period whose region or industry it does not have. `definitions` may be NULL: codes that it has
 * count as known. */
static okrug_status count_rows(okrug_ctx *ctx, const okrug_table *table, const okrug_panel *panel,
                               const okrug_clusters_case *definitions, counted *out) {
    const okrug_column *region = okrug_table_column(table, "region"), *industry = okrug_table_column(table, "industry");
    const okrug_column *when = okrug_table_column(table, "period");
    int64_t *r = NULL, *i = NULL;
    bool *seen = OKRUG_SCRATCH_ZERO(ctx, panel->regions * panel->industries + 1, bool);
    if (seen == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (region != NULL) {
        OKRUG_TRY(okrug_places_of(ctx, region, panel->regions, panel->region, &r));
    }
    if (industry != NULL) {
        OKRUG_TRY(okrug_places_of(ctx, industry, panel->industries, panel->industry, &i));
    }
    for (int64_t row = 0; row < table->rows; row++) {
        const char *place = region == NULL ? NULL : okrug_text_at(region, row);
        const char *code = industry == NULL ? NULL : okrug_text_at(industry, row);
        bool known = (place == NULL || r[region->word[row]] >= 0) &&
                     (code == NULL || i[industry->word[row]] >= 0 ||
                      (definitions != NULL && okrug_cluster_of(definitions, code) >= 0));
        if (!okrug_row_of_period(when, row, panel->period)) {
            continue;
        }
        out->rows++;
        if (!known && out->elsewhere++ == 0) {
            out->region = place;
            out->industry = code;
        }
        if (known && place != NULL && code != NULL && i[industry->word[row]] >= 0) {
            bool *cell = &seen[r[region->word[row]] * panel->industries + i[industry->word[row]]];
            out->twice = *cell ? row : out->twice;
            *cell = true;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_clusters_second(okrug_ctx *ctx, const okrug_table *table, const char *input,
                                   const okrug_panel *panel, const okrug_clusters_case *definitions) {
    counted all = {.twice = -1};
    if (table == NULL) {
        return OKRUG_OK;
    }
    const okrug_place place = {.file = table->file};
    OKRUG_TRY(okrug_one_period_of(ctx, table, panel, input));
    OKRUG_TRY(count_rows(ctx, table, panel, definitions, &all));
    if (all.twice >= 0) { /* one row names the period, and one speaks of all */
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "two-rows-of-one-cell", &place, "input", input, "region",
                          okrug_text_at(okrug_table_column(table, "region"), all.twice), "industry",
                          okrug_text_at(okrug_table_column(table, "industry"), all.twice), (char *)NULL);
    }
    if (table->rows > 0 && all.rows == 0) {
        okrug_warn(ctx, "no-rows-of-that-period", &place, "input", input, "period", panel->period, (char *)NULL);
    }
    if (all.elsewhere > 0) {
        const char *first = all.region == NULL     ? all.industry
                            : all.industry == NULL ? all.region
                                                   : okrug_text(ctx, "%s, %s", all.region, all.industry);
        okrug_warn(ctx, "rows-of-no-place", &place, "input", input, "count", okrug_text_integer(ctx, all.elsewhere),
                   "of", okrug_text_integer(ctx, all.rows), "first", first, (char *)NULL);
    }
    return OKRUG_OK;
}

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
