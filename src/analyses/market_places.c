/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One period's rows -> markets at their places.
 */
#include "analyses/market_places.h"

#include <math.h>

#include "analyses/by_region.h"
#include "analyses/region_links.h"

/* The columns that say where regions are, and the row of each region in them. */
typedef struct {
    const okrug_table *table;
    const okrug_column *lat, *lon, *area;
    int64_t *row; /* regions of the panel; -1: none */
} atlas;

static okrug_status open_atlas(okrug_ctx *ctx, const okrug_market_tables *tables, const okrug_panel *panel,
                               atlas *out) {
    const okrug_table *table = tables->places != NULL ? tables->places : tables->input;
    *out = (atlas){table, okrug_table_column(table, "lat"), okrug_table_column(table, "lon"),
                   okrug_table_column(table, "area_km2"), OKRUG_SCRATCH(ctx, panel->regions, int64_t)};
    if (out->row == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (tables->places != NULL && okrug_table_column(tables->input, "lat") != NULL) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "column-and-input", &(okrug_place){.file = tables->input->file},
                          "column", "lat", "input", "places", (char *)NULL);
    }
    if (tables->distances == NULL && (out->lat == NULL || out->lon == NULL)) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "missing-column", &(okrug_place){.file = table->file}, "wanted",
                          out->lat == NULL ? "lat" : "lon", "columns", okrug_table_column_names(ctx, table),
                          (char *)NULL);
    }
    if (tables->places != NULL) {
        okrug_region_rows rows = {0};
        OKRUG_TRY(okrug_rows_of_regions(ctx, table, "places", NULL, panel->regions, panel->region, &rows));
        out->row = rows.row;
        return out->row == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    for (int64_t k = 0; k < panel->rows; k++) {
        out->row[panel->cell[k]] = panel->row[k];
    }
    return OKRUG_OK;
}

static double number_at(const okrug_column *column, int64_t row) {
    return column == NULL || row < 0 ? (double)NAN : column->number[row];
}

static okrug_status take(okrug_ctx *ctx, const okrug_panel *panel, const atlas *where, bool by_table,
                         okrug_market_places *out) {
    int64_t most = panel->regions;
    *out = (okrug_market_places){.region = OKRUG_SCRATCH(ctx, most, int64_t),
                                 .mass = OKRUG_SCRATCH(ctx, most, double),
                                 .reason = OKRUG_SCRATCH(ctx, most, uint8_t),
                                 .lon = OKRUG_SCRATCH(ctx, most, double),
                                 .lat = OKRUG_SCRATCH(ctx, most, double),
                                 .own = OKRUG_SCRATCH(ctx, most, double),
                                 .no_own = OKRUG_SCRATCH_ZERO(ctx, most, uint8_t)};
    if (out->region == NULL || out->mass == NULL || out->reason == NULL || out->lon == NULL || out->lat == NULL ||
        out->own == NULL || out->no_own == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < panel->regions; r++) {
        double lat = number_at(where->lat, where->row[r]);
        double lon = number_at(where->lon, where->row[r]);
        if (!by_table && (isnan(lat) || isnan(lon))) {
            out->first_unplaced = out->unplaced++ == 0 ? panel->region[r] : out->first_unplaced;
            continue;
        }
        okrug_reason reason = (okrug_reason)panel->reason[r];
        reason = reason == OKRUG_STRUCTURAL_ZERO ? OKRUG_PRESENT : reason;
        out->missing += reason != OKRUG_PRESENT;
        out->region[out->n] = r;
        out->mass[out->n] = panel->value[r];
        out->reason[out->n] = (uint8_t)reason;
        out->lat[out->n] = lat;
        out->lon[out->n++] = lon;
    }
    return OKRUG_OK;
}

static okrug_status own_of_area(okrug_ctx *ctx, const atlas *where, okrug_market_places *out) {
    if (where->area == NULL) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "area-needed", &(okrug_place){.file = where->table->file},
                          (char *)NULL);
    }
    for (int64_t i = 0; i < out->n; i++) {
        int64_t row = where->row[out->region[i]];
        okrug_reason reason = row < 0 ? OKRUG_NO_ROW : okrug_reason_at(where->area, row);
        out->own[i] = reason == OKRUG_PRESENT ? 2.0 / 3.0 * sqrt(where->area->number[row] / M_PI) : (double)NAN;
        out->no_own[i] = (uint8_t)reason;
    }
    return OKRUG_OK;
}

okrug_status okrug_market_places_read(okrug_ctx *ctx, const okrug_market_tables *tables, const okrug_panel *panel,
                                      int own, double own_distance, okrug_market_places *out) {
    atlas where = {0};
    okrug_region_links links = {0};
    OKRUG_TRY(open_atlas(ctx, tables, panel, &where));
    OKRUG_TRY(take(ctx, panel, &where, tables->distances != NULL, out));
    if (tables->distances != NULL) {
        OKRUG_TRY(
            okrug_region_links_read(ctx, tables->distances, panel->regions, panel->region, OKRUG_LINKS_GIVEN, &links));
        out->distance = links.links;
        out->lon = out->lat = NULL;
    }
    if (own == OKRUG_OWN_AREA) {
        return own_of_area(ctx, &where, out);
    }
    for (int64_t i = 0; i < out->n; i++) {
        bool listed = own == OKRUG_OWN_GIVEN && links.self != NULL && links.self[i] > 0.0;
        out->own[i] = own == OKRUG_OWN_NONE ? (double)NAN : listed ? links.self[i] : own_distance;
        if (own == OKRUG_OWN_GIVEN && !(out->own[i] > 0.0)) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "own-distance-needed", &(okrug_place){.file = where.table->file},
                              "region", panel->region[out->region[i]], (char *)NULL);
        }
    }
    return OKRUG_OK;
}
