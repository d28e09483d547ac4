/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Well-known binary as geometry columns hold it (ISO WKB, little endian, as hexadecimal digits), walked part by part:
 * for those who write it in other forms or ask for its bounds.
 *
 * Source: OGC 06-103r4, section 8 (simple feature access); the numbers of Z, M and ZM types are those of ISO 13249-3.
 */
#ifndef OKRUG_DATASET_WKB_H
#define OKRUG_DATASET_WKB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <okrug/text.h>

typedef enum {
    OKRUG_WKB_RING, /* of a polygon; has no header of its own in the bytes */
    OKRUG_WKB_POINT,
    OKRUG_WKB_LINESTRING,
    OKRUG_WKB_POLYGON,
    OKRUG_WKB_MULTIPOINT,
    OKRUG_WKB_MULTILINESTRING,
    OKRUG_WKB_MULTIPOLYGON,
    OKRUG_WKB_GEOMETRYCOLLECTION
} okrug_wkb_type;

typedef struct {
    okrug_wkb_type type;
    bool z;
    bool m;
    uint32_t items; /* points, rings or geometries in it; 1 for a point */
} okrug_wkb_part;

/* Called in the order of the bytes: begin, then its points or parts, then end. Any of them may be NULL. `position` has
 * x (longitude), y (latitude), then z and m where the part has them; an empty point has NaN in all of them. */
typedef struct {
    void *user;
    void (*begin)(void *user, const okrug_wkb_part *part);
    void (*point)(void *user, const okrug_wkb_part *part, const double *position);
    void (*end)(void *user, const okrug_wkb_part *part);
} okrug_wkb_visitor;

/* False where the bytes are not exactly one geometry of that form (nested at most 16 deep); what was called before
 * that was noticed was called. */
bool okrug_wkb_walk(const uint8_t *bytes, size_t length, const okrug_wkb_visitor *visitor);

/* "POINT", ...; the names of GeoPackage and of well-known text. */
const char *okrug_wkb_type_name(okrug_wkb_type type);

/* Adds the bytes that the hexadecimal digits stand for; false where they are none or of an odd number. */
bool okrug_hexadecimal_decode(const char *digits, okrug_buffer *bytes);
/* Adds the digits, in capitals. */
void okrug_hexadecimal_encode(const uint8_t *bytes, size_t length, okrug_buffer *digits);

#endif
