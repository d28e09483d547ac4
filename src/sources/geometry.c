/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Walks the coordinates of a GeoJSON geometry, checks them and writes them as well-known binary.
 */
#include "sources/geometry.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <okrug/text.h>

enum { WKB_POINT = 1, WKB_POLYGON = 3, WKB_MULTIPOLYGON = 6 };

static bool flawed(okrug_geometry_flaw *flaw, const char *code) {
    flaw->code = code;
    return false;
}

static void put_integer(okrug_buffer *wkb, uint32_t value) {
    char bytes[4];
    for (int i = 0; i < 4; i++) {
        bytes[i] = (char)(unsigned char)(value >> (8 * i));
    }
    okrug_buffer_add(wkb, bytes, sizeof bytes);
}

static void put_double(okrug_buffer *wkb, double value) {
    uint64_t bits;
    char bytes[8];
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++) {
        bytes[i] = (char)(unsigned char)(bits >> (8 * i));
    }
    okrug_buffer_add(wkb, bytes, sizeof bytes);
}

static void put_head(okrug_buffer *wkb, uint32_t type) {
    okrug_buffer_add(wkb, "\1", 1);
    put_integer(wkb, type);
}

static bool read_position(const json_t *position, double *x, double *y, okrug_geometry_flaw *flaw) {
    const json_t *first = json_array_get(position, 0);
    const json_t *second = json_array_get(position, 1);
    if (!json_is_number(first) || !json_is_number(second)) {
        return flawed(flaw, "bad-position");
    }
    *x = json_number_value(first);
    *y = json_number_value(second);
    if (!(*x >= -180.0 && *x <= 180.0 && *y >= -90.0 && *y <= 90.0)) {
        snprintf(flaw->found, sizeof flaw->found, "%.10g, %.10g", *x, *y);
        return flawed(flaw, "coordinate-out-of-range");
    }
    return true;
}

static bool put_position(const json_t *position, okrug_buffer *wkb, okrug_geometry_flaw *flaw) {
    double x;
    double y;
    if (!read_position(position, &x, &y, flaw)) {
        return false;
    }
    put_double(wkb, x);
    put_double(wkb, y);
    return true;
}

static bool closed(const json_t *ring, size_t count) {
    okrug_geometry_flaw ignored = {0};
    double from[2];
    double to[2];
    return read_position(json_array_get(ring, 0), &from[0], &from[1], &ignored) &&
           read_position(json_array_get(ring, count - 1), &to[0], &to[1], &ignored) && from[0] == to[0] &&
           from[1] == to[1];
}

static bool put_ring(const json_t *ring, okrug_buffer *wkb, okrug_geometry_flaw *flaw) {
    size_t count = json_array_size(ring);
    if (count < 4) {
        snprintf(flaw->found, sizeof flaw->found, "%zu", count);
        return flawed(flaw, "ring-too-short");
    }
    put_integer(wkb, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        if (!put_position(json_array_get(ring, i), wkb, flaw)) {
            return false;
        }
    }
    return closed(ring, count) || flawed(flaw, "ring-not-closed");
}

static bool put_polygon(const json_t *rings, okrug_buffer *wkb, okrug_geometry_flaw *flaw) {
    size_t count = json_array_size(rings);
    if (count == 0) {
        return flawed(flaw, "geometry-empty");
    }
    put_head(wkb, WKB_POLYGON);
    put_integer(wkb, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        if (!put_ring(json_array_get(rings, i), wkb, flaw)) {
            return false;
        }
    }
    return true;
}

static bool put_multipolygon(const json_t *polygons, okrug_buffer *wkb, okrug_geometry_flaw *flaw) {
    size_t count = json_array_size(polygons);
    if (count == 0) {
        return flawed(flaw, "geometry-empty");
    }
    put_head(wkb, WKB_MULTIPOLYGON);
    put_integer(wkb, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        if (!put_polygon(json_array_get(polygons, i), wkb, flaw)) {
            return false;
        }
    }
    return true;
}

okrug_geometry_flaw okrug_geometry_wkb(const json_t *geometry, okrug_buffer *wkb) {
    okrug_geometry_flaw flaw = {0};
    const char *type = json_string_value(json_object_get(geometry, "type"));
    const json_t *coordinates = json_object_get(geometry, "coordinates");
    type = type == NULL ? "" : type;
    if (strcmp(type, "Point") == 0) {
        put_head(wkb, WKB_POINT);
        put_position(coordinates, wkb, &flaw);
    } else if (strcmp(type, "Polygon") == 0) {
        put_polygon(coordinates, wkb, &flaw);
    } else if (strcmp(type, "MultiPolygon") == 0) {
        put_multipolygon(coordinates, wkb, &flaw);
    } else {
        okrug_text_copy(flaw.found, sizeof flaw.found, type);
        flaw.code = "geometry-type";
    }
    return flaw;
}
