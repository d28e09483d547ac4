/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to GEOS: which shapes touch, and where their middles are. Coordinates are degrees, WGS84: x is the
 * longitude, y the latitude. Each set of shapes has a GEOS handle of its own; use it in one thread at a time.
 */
#ifndef OKRUG_GEO_H
#define OKRUG_GEO_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

typedef struct okrug_shapes okrug_shapes;

/* n shapes from well-known binary in hexadecimal digits (NULL: an empty one); name[i] is what messages call the i-th.
 * Both are borrowed for as long as the shapes live. OKRUG_BAD_INPUT ("bad-geometry", with the library's words) for each
 * shape that cannot be read, OKRUG_NO_MEMORY. Freed with okrug_shapes_free. */
okrug_status okrug_shapes_new(okrug_ctx *ctx, int64_t n, const char *const *wkb, const char *const *name,
                              okrug_shapes **shapes);
void okrug_shapes_free(okrug_shapes *shapes); /* NULL is allowed */

typedef enum {
    OKRUG_SHARE_POINT, /* queen: the outlines come as near as `snap` anywhere */
    OKRUG_SHARE_LINE   /* rook: they do so along a line that is longer than `snap` */
} okrug_contact;

/* Pairs (a, b), a < b, in rising order, of shapes whose outlines touch. */
typedef struct {
    int64_t count;
    int32_t *a;
    int32_t *b;
} okrug_pairs;
void okrug_pairs_free(okrug_pairs *pairs);

/* `snap`, in degrees, >= 0: outlines drawn apart by so much are still one. Outlines are compared as lines, edges and
 * not only corners (a corner of one on an edge of another is a contact), and holes count; so shapes that overlap or
 * cross themselves need no mending. For OKRUG_SHARE_LINE each outline is first snapped to the other, then the part they
 * share is measured. Empty shapes touch nothing. OKRUG_BAD_INPUT ("not-a-polygon") where a shape is a point or a line.
 * Candidates come from an index of envelopes: O(n log n + neighbours * outline). */
okrug_status okrug_shapes_touching(okrug_ctx *ctx, const okrug_shapes *shapes, okrug_contact contact, double snap,
                                   okrug_pairs *pairs);

/* The middle of a shape on the globe. Of polygons: the centre of area on the sphere, their edges taken for great
 * circles, so that the 180th meridian is no edge of the world; of points and lines: the mean direction of their
 * vertices. False for an empty shape. */
bool okrug_shapes_centre(const okrug_shapes *shapes, int64_t i, double *lon, double *lat);

#endif
