/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapes as GEOS holds them: for the files of this room.
 */
#ifndef OKRUG_GEO_SHAPES_H
#define OKRUG_GEO_SHAPES_H

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include <okrug/geo.h>

struct okrug_shapes {
    GEOSContextHandle_t handle;
    int64_t n;
    const char *const *name;
    GEOSGeometry **shape; /* NULL: empty */
    char trouble[200];    /* what the library said last */
};

/* A fault with the library's words. */
okrug_status okrug_geos_fail(okrug_ctx *ctx, const okrug_shapes *shapes, const char *code, int64_t i);

#endif
