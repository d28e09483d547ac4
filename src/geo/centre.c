/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The middle of a shape on the globe.
 *
 * The positions of all points in a part of the unit sphere that is bounded by great circles add up to half the sum,
 * over its edges, of the edge's angle times the direction square to its plane (Gauss's theorem). So the centre of area
 * needs no map: the 180th meridian and the poles are places like others.
 */
#include "geo/shapes.h"

#include <math.h>

typedef struct {
    double x, y, z;
} vector;

static vector direction(double lon, double lat) {
    const double degree = 0.017453292519943295;
    double c = cos(lat * degree);
    return (vector){c * cos(lon * degree), c * sin(lon * degree), sin(lat * degree)};
}

static vector add(vector a, vector b, double times) {
    return (vector){a.x + times * b.x, a.y + times * b.y, a.z + times * b.z};
}

static double product(vector a, vector b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static vector cross(vector a, vector b) {
    return (vector){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

/* Adds what the line's vertices say: to `area` the sum over its edges, to `mean` their directions. */
static void walk(GEOSContextHandle_t handle, const GEOSGeometry *line, vector *area, vector *mean) {
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(handle, line);
    unsigned int count = 0;
    if (points == NULL || GEOSCoordSeq_getSize_r(handle, points, &count) != 1) {
        return;
    }
    vector before = {0};
    for (unsigned int i = 0; i < count; i++) {
        double lon = 0.0;
        double lat = 0.0;
        GEOSCoordSeq_getXY_r(handle, points, i, &lon, &lat);
        vector here = direction(lon, lat);
        *mean = add(*mean, here, 1.0);
        if (i > 0) {
            vector square = cross(before, here);
            double sine = sqrt(product(square, square));
            if (sine > 0.0) {
                *area = add(*area, square, 0.5 * atan2(sine, product(before, here)) / sine);
            }
        }
        before = here;
    }
}

/* A ring's area with the sign that makes it one: outlines may run either way. */
static vector ring_area(GEOSContextHandle_t handle, const GEOSGeometry *ring) {
    vector area = {0};
    vector mean = {0};
    walk(handle, ring, &area, &mean);
    return product(area, mean) < 0.0 ? (vector){-area.x, -area.y, -area.z} : area;
}

static vector polygon_area(GEOSContextHandle_t handle, const GEOSGeometry *polygon) {
    vector area = {0};
    const GEOSGeometry *outer = GEOSGetExteriorRing_r(handle, polygon);
    int holes = GEOSGetNumInteriorRings_r(handle, polygon);
    if (outer != NULL) {
        area = ring_area(handle, outer);
    }
    for (int h = 0; h < holes; h++) {
        const GEOSGeometry *hole = GEOSGetInteriorRingN_r(handle, polygon, h);
        if (hole != NULL) {
            area = add(area, ring_area(handle, hole), -1.0);
        }
    }
    return area;
}

/* A collection's parts, each of one kind; collections in collections are left to their vertices. */
static void gather(GEOSContextHandle_t handle, const GEOSGeometry *shape, vector *area, vector *mean) {
    int parts = GEOSGetNumGeometries_r(handle, shape);
    for (int i = 0; i < parts; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(handle, shape, i);
        int type = GEOSGeomTypeId_r(handle, part);
        if (type == GEOS_POLYGON) {
            *area = add(*area, polygon_area(handle, part), 1.0);
            part = GEOSGetExteriorRing_r(handle, part);
        }
        if (part != NULL && (type == GEOS_POLYGON || type == GEOS_POINT || type == GEOS_LINESTRING)) {
            vector unused = {0};
            walk(handle, part, &unused, mean);
        }
    }
}

bool okrug_shapes_centre(const okrug_shapes *shapes, int64_t i, double *lon, double *lat) {
    const double degrees = 57.29577951308232;
    vector area = {0};
    vector mean = {0};
    if (shapes->shape[i] == NULL) {
        return false;
    }
    gather(shapes->handle, shapes->shape[i], &area, &mean);
    vector middle = product(area, area) > 0.0 ? area : mean;
    if (product(middle, middle) == 0.0) {
        return false;
    }
    *lon = atan2(middle.y, middle.x) * degrees;
    *lat = atan2(middle.z, hypot(middle.x, middle.y)) * degrees;
    return true;
}
