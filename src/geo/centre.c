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

/* What the vertices of a line say. */
typedef struct {
    vector area;  /* the sum over its edges */
    double round; /* the length of the edges: what the rounding of `area` is measured by */
    vector mean;  /* the sum of the vertices */
} outline;

/* Adds the vertices and edges of a line. */
static void walk(GEOSContextHandle_t handle, const GEOSGeometry *line, outline *sum) {
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
        sum->mean = add(sum->mean, here, 1.0);
        if (i > 0) {
            /* By the short edge, not by its two long ends: so the middle of a yard is as sure as that of a country. */
            vector square = cross(before, add(here, before, -1.0));
            double sine = sqrt(product(square, square));
            if (sine > 0.0) {
                double angle = atan2(sine, product(before, here));
                sum->area = add(sum->area, square, 0.5 * angle / sine);
                sum->round += angle;
            }
        }
        before = here;
    }
}

/* Adds a ring with the sign that makes its area one: outlines may run either way. Holes: times is -1. */
static void add_ring(GEOSContextHandle_t handle, const GEOSGeometry *ring, double times, outline *sum) {
    outline one = {0};
    if (ring == NULL) {
        return;
    }
    walk(handle, ring, &one);
    sum->area = add(sum->area, one.area, product(one.area, one.mean) < 0.0 ? -times : times);
    sum->round += one.round;
    if (times > 0.0) {
        sum->mean = add(sum->mean, one.mean, 1.0);
    }
}

/* A collection's parts, each of one kind; collections in collections are left out. */
static void gather(GEOSContextHandle_t handle, const GEOSGeometry *shape, outline *sum) {
    int parts = GEOSGetNumGeometries_r(handle, shape);
    for (int i = 0; i < parts; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(handle, shape, i);
        int type = GEOSGeomTypeId_r(handle, part);
        if (type == GEOS_POLYGON) {
            int holes = GEOSGetNumInteriorRings_r(handle, part);
            add_ring(handle, GEOSGetExteriorRing_r(handle, part), 1.0, sum);
            for (int h = 0; h < holes; h++) {
                add_ring(handle, GEOSGetInteriorRingN_r(handle, part, h), -1.0, sum);
            }
        } else if (type == GEOS_POINT || type == GEOS_LINESTRING) {
            outline one = {0};
            walk(handle, part, &one);
            sum->mean = add(sum->mean, one.mean, 1.0);
        }
    }
}

/* An outline that encloses nothing leaves this much of its length, by rounding. */
static const double nothing = 1e-14;

bool okrug_shapes_centre(const okrug_shapes *shapes, int64_t i, double *lon, double *lat) {
    const double degrees = 57.29577951308232;
    outline sum = {0};
    if (shapes->shape[i] == NULL) {
        return false;
    }
    gather(shapes->handle, shapes->shape[i], &sum);
    vector middle = sqrt(product(sum.area, sum.area)) > nothing * sum.round ? sum.area : sum.mean;
    if (product(middle, middle) == 0.0) {
        return false;
    }
    *lon = atan2(middle.y, middle.x) * degrees;
    *lat = atan2(middle.z, hypot(middle.x, middle.y)) * degrees;
    return true;
}
