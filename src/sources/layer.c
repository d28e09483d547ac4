/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A layer of features -> rows: fields by their names, and the geometry in longitude and latitude of WGS84.
 */
#include "sources/readers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dataset/wkb.h"
#include "sources/ogr.h"

enum { FEATURES_A_LOOK = 256 };

typedef struct {
    okrug_rows *rows;
    okrug_ogr *ogr;
    int fields; /* those of the layer, and the geometry where it has one */
    bool geometry;
    okrug_cell *cell;
    bool *there;
    okrug_buffer texts;
    okrug_buffer wkb;
} layer_reader;

static okrug_status no_memory(okrug_rows *rows) {
    return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
}

static void feature_fault(okrug_rows *rows, const char *code, const char *found, int64_t number) {
    if (okrug_rows_report(rows)) {
        okrug_place place = okrug_rows_place(rows, (okrug_row_place){0}, "geometry");
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, code, &place, "feature", okrug_text_integer(rows->ctx, number), "found",
                   found, (char *)NULL);
    }
}

/* ---- Geometry ---- */

static void check_type(void *user, const okrug_wkb_part *part) {
    okrug_geometry_flaw *flaw = user;
    bool known = part->type == OKRUG_WKB_POINT || part->type == OKRUG_WKB_POLYGON || part->type == OKRUG_WKB_RING ||
                 part->type == OKRUG_WKB_MULTIPOLYGON;
    if (flaw->code == NULL && !known) {
        flaw->code = "geometry-type";
        snprintf(flaw->found, sizeof flaw->found, "%s", okrug_wkb_type_name(part->type));
    } else if (flaw->code == NULL && part->items == 0) {
        flaw->code = "geometry-empty";
    }
}

static void check_position(void *user, const okrug_wkb_part *part, const double *position) {
    okrug_geometry_flaw *flaw = user;
    (void)part;
    bool inside = position[0] >= -180.0 && position[0] <= 180.0 && position[1] >= -90.0 && position[1] <= 90.0;
    if (flaw->code == NULL && !inside) {
        flaw->code = "coordinate-out-of-range";
        snprintf(flaw->found, sizeof flaw->found, "%.10g, %.10g", position[0], position[1]);
    }
}

static okrug_geometry_flaw take_geometry(layer_reader *reader, bool *there) {
    okrug_buffer_clear(&reader->wkb);
    okrug_geometry_flaw flaw = okrug_ogr_geometry(reader->ogr, &reader->wkb, there);
    if (!*there || flaw.code != NULL || reader->wkb.failed) {
        return flaw;
    }
    okrug_wkb_visitor visitor = {.user = &flaw, .begin = check_type, .point = check_position};
    if (!okrug_wkb_walk((const uint8_t *)reader->wkb.bytes, reader->wkb.length, &visitor) && flaw.code == NULL) {
        flaw.code = "geometry-empty";
    }
    return flaw;
}

/* ---- Rows ---- */

static okrug_status add_feature(layer_reader *reader, int64_t number) {
    okrug_rows *rows = reader->rows;
    okrug_buffer_clear(&reader->texts);
    int own = reader->fields - reader->geometry;
    for (int f = 0; f < own; f++) {
        size_t before = reader->texts.length;
        bool plain = false;
        reader->there[f] = rows->needed[f] && okrug_ogr_cell(reader->ogr, f, &reader->texts, &plain);
        reader->cell[f] = (okrug_cell){.length = reader->texts.length - before, .plain = plain};
    }
    if (reader->geometry) {
        size_t before = reader->texts.length;
        reader->there[own] = false;
        if (rows->needed[own]) {
            okrug_geometry_flaw flaw = take_geometry(reader, &reader->there[own]);
            if (flaw.code != NULL) {
                feature_fault(rows, flaw.code, flaw.found, number);
                reader->there[own] = false;
            } else if (reader->there[own] && !reader->wkb.failed) {
                okrug_hexadecimal_encode((const uint8_t *)reader->wkb.bytes, reader->wkb.length, &reader->texts);
            }
        }
        reader->cell[own] = (okrug_cell){.length = reader->texts.length - before};
    }
    okrug_buffer_add(&reader->texts, "", 1); /* so that there are bytes even where all texts are empty */
    if (reader->texts.failed || reader->wkb.failed) {
        return no_memory(rows);
    }
    size_t at = 0;
    for (int f = 0; f < reader->fields; f++) {
        reader->cell[f].text = reader->there[f] ? reader->texts.bytes + at : NULL;
        at += reader->cell[f].length;
    }
    return okrug_rows_add(rows, reader->cell, (okrug_row_place){.feature = number});
}

static okrug_status read_features(layer_reader *reader) {
    okrug_rows *rows = reader->rows;
    OKRUG_TRY(okrug_rows_begin(rows, reader->cell, reader->fields, (okrug_row_place){0}));
    int64_t number = 0;
    while (okrug_ogr_next(reader->ogr)) {
        if (number % FEATURES_A_LOOK == 0) {
            OKRUG_TRY(okrug_check_cancel(rows->ctx));
        }
        OKRUG_TRY(add_feature(reader, ++number));
    }
    return OKRUG_OK;
}

static okrug_status begin(layer_reader *reader, okrug_words *header) {
    okrug_rows *rows = reader->rows;
    reader->geometry = okrug_ogr_has_geometry(reader->ogr);
    int own = okrug_ogr_fields(reader->ogr);
    reader->fields = own + reader->geometry;
    reader->cell = calloc((size_t)reader->fields + 1, sizeof *reader->cell);
    reader->there = calloc((size_t)reader->fields + 1, sizeof *reader->there);
    if (reader->cell == NULL || reader->there == NULL) {
        return no_memory(rows);
    }
    for (int f = 0; f < reader->fields; f++) {
        const char *name = f == own ? "geometry" : okrug_ogr_field_name(reader->ogr, f);
        reader->cell[f] = (okrug_cell){.text = name, .length = strlen(name)};
        if (header != NULL && okrug_words_add(header, name, strlen(name)) < 0) {
            return no_memory(rows);
        }
    }
    rows->geometry_field = reader->geometry ? own : -1;
    return OKRUG_OK;
}

static void warn_of_crs(okrug_rows *rows, const char *missing) {
    okrug_place place = {.file = rows->request->path};
    if (missing != NULL) {
        okrug_warn(rows->ctx, "prj-missing", &place, "missing", missing, (char *)NULL);
    } else {
        okrug_warn(rows->ctx, "crs-unknown", &place, (char *)NULL);
    }
}

okrug_status okrug_layer_read(okrug_rows *rows, const okrug_workbook *workbook, okrug_words *header) {
    okrug_ogr *ogr = workbook->ogr;
    layer_reader reader = {.rows = rows, .ogr = ogr};
    okrug_status status = begin(&reader, header);
    if (status == OKRUG_OK && header == NULL) {
        status = read_features(&reader);
        if (status == OKRUG_OK && reader.geometry && rows->needed[reader.fields - 1] && !okrug_ogr_has_crs(ogr) &&
            !rows->survey) {
            warn_of_crs(rows, workbook->missing);
        }
    }
    free(reader.cell);
    free(reader.there);
    okrug_buffer_free(&reader.texts);
    okrug_buffer_free(&reader.wkb);
    return status;
}
