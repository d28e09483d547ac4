/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One period as the kernel of disparity wants it.
 */
#include "analyses/disparity_sample.h"

#include "analyses/by_region.h"

static okrug_status populations(okrug_ctx *ctx, const okrug_disparity_tables *tables, const okrug_panel *panel,
                                okrug_disparity_sample *s) {
    const okrug_table *given = tables->population;
    const okrug_table *table = given != NULL ? given : tables->input;
    const okrug_column *column = okrug_table_column(table, given != NULL ? "value" : "population");
    okrug_region_rows rows = {0};
    if (given != NULL) {
        OKRUG_TRY(okrug_rows_of_regions(ctx, given, "population", panel->period, panel->regions, panel->region, &rows));
    }
    for (int64_t r = 0; r < panel->regions; r++) {
        s->population[r] = 1.0; /* nothing was said: every region counts the same */
    }
    for (int64_t k = 0; column != NULL && k < panel->rows; k++) {
        int64_t r = panel->cell[k];
        int64_t row = given != NULL ? rows.row[r] : panel->row[k];
        okrug_reason reason = row < 0 ? OKRUG_NO_ROW : okrug_reason_at(column, row);
        s->population[r] = reason == OKRUG_PRESENT ? column->number[row] : 0.0;
        if (reason != OKRUG_PRESENT) {
            s->reason[r] = (uint8_t)reason;
        } else if (s->population[r] == 0.0) {
            s->reason[r] = OKRUG_ZERO_TOTAL;
        }
    }
    return OKRUG_OK;
}

static void per_head(const okrug_panel *panel, bool divide, okrug_disparity_sample *s) {
    for (int64_t r = 0; r < panel->regions; r++) {
        okrug_reason reason = (okrug_reason)panel->reason[r];
        if (reason != OKRUG_PRESENT && reason != OKRUG_STRUCTURAL_ZERO) {
            s->reason[r] = (uint8_t)reason;
        }
        if (s->reason[r] != OKRUG_PRESENT) {
            s->population[r] = 0.0;
            s->first_left_out = s->left_out++ == 0 ? panel->region[r] : s->first_left_out;
        } else {
            s->y[r] = divide ? panel->value[r] / s->population[r] : panel->value[r];
        }
    }
}

static okrug_status grouping(okrug_ctx *ctx, const okrug_disparity_tables *tables, const okrug_panel *panel,
                             okrug_disparity_sample *s) {
    const okrug_table *given = tables->groups;
    const okrug_column *column = okrug_table_column(given != NULL ? given : tables->input, "group");
    if (column == NULL) {
        return OKRUG_OK;
    }
    okrug_region_rows rows = {0};
    if (given != NULL) {
        OKRUG_TRY(okrug_rows_of_regions(ctx, given, "groups", NULL, panel->regions, panel->region, &rows));
    }
    s->groups = column->words;
    s->group = OKRUG_SCRATCH_ZERO(ctx, panel->regions, int64_t);
    if (s->group == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int64_t k = 0; k < panel->rows; k++) {
        int64_t r = panel->cell[k];
        int64_t row = given != NULL ? rows.row[r] : panel->row[k];
        const char *name = row < 0 ? NULL : okrug_text_at(column, row);
        if (name != NULL && name[0] != '\0') {
            s->group[r] = column->word[row];
        } else if (s->reason[r] == OKRUG_PRESENT) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "region-in-no-group",
                                &(okrug_place){.file = given != NULL ? given->file : tables->input->file}, "region",
                                panel->region[r], (char *)NULL);
        }
    }
    return status;
}

okrug_status okrug_disparity_sample_read(okrug_ctx *ctx, const okrug_disparity_tables *tables, const okrug_panel *panel,
                                         okrug_disparity_sample *s) {
    *s = (okrug_disparity_sample){.y = OKRUG_SCRATCH_ZERO(ctx, panel->regions, double),
                                  .population = OKRUG_SCRATCH_ZERO(ctx, panel->regions, double),
                                  .people = OKRUG_SCRATCH_ZERO(ctx, panel->regions, double),
                                  .people_known = true,
                                  .reason = OKRUG_SCRATCH_ZERO(ctx, panel->regions, uint8_t)};
    if (s->y == NULL || s->population == NULL || s->people == NULL || s->reason == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(populations(ctx, tables, panel, s));
    for (int64_t r = 0; r < panel->regions; r++) {
        s->people[r] = s->population[r];
        s->people_known = s->people_known && (s->reason[r] == OKRUG_PRESENT || s->reason[r] == OKRUG_ZERO_TOTAL);
    }
    per_head(panel, tables->per_region, s);
    return grouping(ctx, tables, panel, s);
}
