/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table as a GeoJSON FeatureCollection (RFC 7946). Positions come as they are in the column: longitude, latitude and,
 * where there is one, height; a measure (M) has no place in GeoJSON and is left out.
 */
#include "writers/stream.h"

#include <math.h>
#include <stdlib.h>

#include "dataset/wkb.h"

/* The depth of the part that is being written, the geometry itself being 1, and whether each of those around it is a
 * collection, whose parts are objects rather than arrays. */
typedef struct {
    okrug_json *json;
    int depth;
    uint32_t in_collection; /* bit d: the part at depth d is a GEOMETRYCOLLECTION */
} geometry_writer;

static const char *geojson_type(okrug_wkb_type type) {
    static const char *const names[] = {"",           "Point",           "LineString",   "Polygon",
                                        "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"};
    return names[type];
}

static bool is_object(const geometry_writer *w) {
    return w->depth == 1 || (w->in_collection >> (w->depth - 1) & 1) != 0;
}

static void begin_part(void *user, const okrug_wkb_part *part) {
    geometry_writer *w = user;
    bool collection = part->type == OKRUG_WKB_GEOMETRYCOLLECTION;
    w->depth++;
    if (is_object(w)) {
        okrug_json_object(w->json);
        okrug_json_key(w->json, "type");
        okrug_json_text(w->json, geojson_type(part->type));
        okrug_json_key(w->json, collection ? "geometries" : "coordinates");
    }
    w->in_collection &= ~(1U << w->depth);
    w->in_collection |= (uint32_t)collection << w->depth;
    if (part->type != OKRUG_WKB_POINT) {
        okrug_json_array(w->json);
    }
}

static void add_position(void *user, const okrug_wkb_part *part, const double *position) {
    geometry_writer *w = user;
    okrug_json_array(w->json);
    /* The position of an empty point is an empty array. */
    int dimensions = isnan(position[0]) ? 0 : 2 + part->z;
    for (int d = 0; d < dimensions; d++) {
        okrug_json_number(w->json, position[d]);
    }
    okrug_json_array_end(w->json);
}

static void end_part(void *user, const okrug_wkb_part *part) {
    geometry_writer *w = user;
    if (part->type != OKRUG_WKB_POINT) {
        okrug_json_array_end(w->json);
    }
    if (is_object(w)) {
        okrug_json_object_end(w->json);
    }
    w->depth--;
}

typedef struct {
    okrug_stream stream;
    okrug_json json;
    const okrug_table *table;
    int geometry; /* -1: none */
    char *reason; /* NULL: not added */
    okrug_buffer wkb;
} writer;

static okrug_status not_a_geometry(writer *w, int64_t row, const char *digits) {
    okrug_place place = {.file = w->table->file,
                         .line = w->table->line != NULL ? w->table->line[row] : 0,
                         .column = w->table->column[w->geometry].name};
    return okrug_fail(w->stream.ctx, OKRUG_BAD_INPUT, "not-a-geometry", &place, "value",
                      okrug_text(w->stream.ctx, "%.40s", digits), "table", w->table->name, "row",
                      okrug_text_integer(w->stream.ctx, row + 1), (char *)NULL);
}

static okrug_status add_geometry(writer *w, int64_t row) {
    const char *digits = w->geometry < 0 ? NULL : okrug_text_at(&w->table->column[w->geometry], row);
    if (digits == NULL) {
        okrug_json_null(&w->json);
        return OKRUG_OK;
    }
    okrug_buffer_clear(&w->wkb);
    if (!okrug_hexadecimal_decode(digits, &w->wkb)) {
        return not_a_geometry(w, row, digits);
    }
    OKRUG_TRY(okrug_buffer_status(&w->wkb));
    geometry_writer geometry = {.json = &w->json};
    okrug_wkb_visitor visitor = {&geometry, begin_part, add_position, end_part};
    bool whole = okrug_wkb_walk((const uint8_t *)w->wkb.bytes, w->wkb.length, &visitor);
    return whole ? OKRUG_OK : not_a_geometry(w, row, digits);
}

static void add_property(writer *w, const okrug_column *column, int64_t row) {
    okrug_json_key(&w->json, column->name);
    if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
        okrug_json_null(&w->json);
    } else if (column->type == OKRUG_NUMBER) {
        okrug_json_number(&w->json, column->number[row]);
    } else {
        okrug_json_text(&w->json, okrug_text_at(column, row));
    }
}

static okrug_status add_feature(writer *w, int64_t row) {
    okrug_json_object(&w->json);
    okrug_json_key(&w->json, "type");
    okrug_json_text(&w->json, "Feature");
    okrug_json_key(&w->json, "geometry");
    OKRUG_TRY(add_geometry(w, row));
    okrug_json_key(&w->json, "properties");
    okrug_json_object(&w->json);
    for (int c = 0; c < w->table->columns; c++) {
        if (c != w->geometry) {
            add_property(w, &w->table->column[c], row);
        }
    }
    if (w->reason != NULL) {
        okrug_reason_text(w->table, row, w->reason);
        okrug_json_key(&w->json, "reason");
        okrug_json_text(&w->json, w->reason);
    }
    okrug_json_object_end(&w->json);
    okrug_json_object_end(&w->json);
    return okrug_stream_step(&w->stream);
}

static int first_geometry(const okrug_table *table) {
    for (int c = 0; c < table->columns; c++) {
        if (table->column[c].type == OKRUG_GEOMETRY) {
            return c;
        }
    }
    return -1;
}

static okrug_status add_features(writer *w) {
    okrug_json_object(&w->json);
    okrug_json_key(&w->json, "type");
    okrug_json_text(&w->json, "FeatureCollection");
    okrug_json_key(&w->json, "features");
    okrug_json_array(&w->json);
    for (int64_t r = 0; r < w->table->rows; r++) {
        OKRUG_TRY(add_feature(w, r));
    }
    okrug_json_array_end(&w->json);
    okrug_json_object_end(&w->json);
    okrug_buffer_add(&w->stream.text, "\n", 1);
    return OKRUG_OK;
}

okrug_status okrug_write_geojson(okrug_ctx *ctx, const okrug_table *table, FILE *out) {
    writer w = {.stream = {.ctx = ctx, .file = out}, .table = table, .geometry = first_geometry(table)};
    w.json = okrug_json_to(&w.stream.text, 0);
    okrug_status status = OKRUG_OK;
    if (okrug_adds_reason(table)) {
        w.reason = malloc(okrug_reason_text_size(table));
        status = w.reason != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    }
    if (status == OKRUG_OK) {
        status = add_features(&w);
    }
    free(w.reason);
    okrug_buffer_free(&w.wkb);
    return okrug_stream_end(&w.stream, status);
}
