/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A geometry of GeoJSON -> well-known binary.
 */
#ifndef OKRUG_SOURCES_GEOMETRY_H
#define OKRUG_SOURCES_GEOMETRY_H

#include <jansson.h>

#include <okrug/text.h>

/* What is wrong with a geometry; code NULL: nothing. */
typedef struct {
    const char *code;
    char found[80]; /* "" where the code says it all */
} okrug_geometry_flaw;

/* Appends the ISO WKB (little endian; heights are dropped) of a Point, Polygon or MultiPolygon to `wkb`. Rings must be
 * closed and have four positions or more, coordinates lie in -180..180 and -90..90 (RFC 7946, sections 3.1 and 4). */
okrug_geometry_flaw okrug_geometry_wkb(const json_t *geometry, okrug_buffer *wkb);

#endif
