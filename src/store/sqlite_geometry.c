/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Geometry between a table's column (hexadecimal WKB) and GeoPackage's binary: a header with the bounds, then the WKB.
 *
 * Source: OGC 12-128r18 (GeoPackage 1.3), clause 2.1.3.
 */
#include "store/sqlite.h"

#include <math.h>
#include <string.h>

#include "dataset/wkb.h"

enum { SRS_WGS84 = 4326, HEADER = 8, BOUNDS = 32, FLAG_LITTLE_ENDIAN = 1, FLAG_BOUNDS = 2, FLAG_EMPTY = 16 };

static void widen(okrug_sqlite_extent *extent, double x, double y) {
    if (!extent->any) {
        extent->min_x = extent->max_x = x;
        extent->min_y = extent->max_y = y;
        extent->any = true;
        return;
    }
    extent->min_x = fmin(extent->min_x, x);
    extent->max_x = fmax(extent->max_x, x);
    extent->min_y = fmin(extent->min_y, y);
    extent->max_y = fmax(extent->max_y, y);
}

/* The first part that begins is the geometry itself. */
static void see_part(void *user, const okrug_wkb_part *part) {
    okrug_sqlite_extent *one = user;
    if (!one->types) {
        one->types = true;
        one->type = (int)part->type;
    }
    one->z = one->z || part->z;
    one->m = one->m || part->m;
    one->no_z = one->no_z || !part->z;
    one->no_m = one->no_m || !part->m;
}

static void see_point(void *user, const okrug_wkb_part *part, const double *position) {
    (void)part;
    if (!isnan(position[0]) && !isnan(position[1])) {
        widen(user, position[0], position[1]);
    }
}

static void join(okrug_sqlite_extent *all, const okrug_sqlite_extent *one) {
    all->type = !all->types || all->type == one->type ? one->type : 0;
    all->types = true;
    all->z = all->z || one->z;
    all->m = all->m || one->m;
    all->no_z = all->no_z || one->no_z;
    all->no_m = all->no_m || one->no_m;
    if (one->any) {
        widen(all, one->min_x, one->min_y);
        widen(all, one->max_x, one->max_y);
    }
}

static void put_integer(uint8_t *at, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++) {
        at[i] = (uint8_t)(value >> (8 * i));
    }
}

static void put_double(uint8_t *at, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_integer(at, bits, 8);
}

static size_t header(uint8_t *bytes, const okrug_sqlite_extent *one) {
    /* A point is its own bounds. */
    bool bounds = one->any && one->type != OKRUG_WKB_POINT;
    bytes[0] = 'G';
    bytes[1] = 'P';
    bytes[2] = 0; /* version 1 */
    bytes[3] = (uint8_t)(FLAG_LITTLE_ENDIAN | (bounds ? FLAG_BOUNDS : 0) | (one->any ? 0 : FLAG_EMPTY));
    put_integer(bytes + 4, SRS_WGS84, 4);
    if (!bounds) {
        return HEADER;
    }
    put_double(bytes + HEADER, one->min_x);
    put_double(bytes + HEADER + 8, one->max_x);
    put_double(bytes + HEADER + 16, one->min_y);
    put_double(bytes + HEADER + 24, one->max_y);
    return HEADER + BOUNDS;
}

bool okrug_sqlite_geometry_encode(const char *digits, okrug_buffer *blob, okrug_sqlite_extent *extent) {
    okrug_sqlite_extent one = {0};
    okrug_wkb_visitor visitor = {.user = &one, .begin = see_part, .point = see_point};
    okrug_buffer_clear(blob);
    if (!okrug_hexadecimal_decode(digits, blob) || blob->failed ||
        !okrug_wkb_walk((const uint8_t *)blob->bytes, blob->length, &visitor)) {
        return blob->failed; /* the caller asks the buffer */
    }
    uint8_t bytes[HEADER + BOUNDS];
    size_t length = header(bytes, &one);
    size_t wkb = blob->length;
    okrug_buffer_add(blob, (const char *)bytes, length); /* room for it */
    if (!blob->failed) {
        memmove(blob->bytes + length, blob->bytes, wkb);
        memcpy(blob->bytes, bytes, length);
        join(extent, &one);
    }
    return true;
}

bool okrug_sqlite_geometry_decode(const uint8_t *blob, size_t length, okrug_buffer *digits) {
    static const size_t bounds[] = {0, 32, 48, 48, 64};
    if (length < HEADER || blob[0] != 'G' || blob[1] != 'P') {
        return false;
    }
    unsigned kind = (blob[3] >> 1) & 7;
    if (kind > 4 || length <= HEADER + bounds[kind]) {
        return false;
    }
    size_t start = HEADER + bounds[kind];
    okrug_wkb_visitor nobody = {0};
    if (!okrug_wkb_walk(blob + start, length - start, &nobody)) {
        return false;
    }
    okrug_buffer_clear(digits);
    okrug_hexadecimal_encode(blob + start, length - start, digits);
    return true;
}
