/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The projection of maps: equal areas, since readers compare areas, and fitted to what is shown.
 */
#include "drawing/figures.h"

#include <math.h>

static const double degree = 0.017453292519943295;

static double turned_longitude(double longitude, bool turned) {
    return turned && longitude < 0.0 ? longitude + 360.0 : longitude;
}

void okrug_extent_begin(okrug_extent *extent) {
    *extent = (okrug_extent){.south = INFINITY, .north = -INFINITY};
    for (int turned = 0; turned < 2; turned++) {
        extent->west[turned] = INFINITY;
        extent->east[turned] = -INFINITY;
    }
}

void okrug_extent_add(okrug_extent *extent, const double degrees[2]) {
    for (int turned = 0; turned < 2; turned++) {
        double longitude = turned_longitude(degrees[0], turned != 0);
        extent->west[turned] = fmin(extent->west[turned], longitude);
        extent->east[turned] = fmax(extent->east[turned], longitude);
    }
    extent->south = fmin(extent->south, degrees[1]);
    extent->north = fmax(extent->north, degrees[1]);
}

okrug_projection okrug_projection_for(const okrug_extent *extent) {
    const okrug_extent *e = extent;
    if (e->south > e->north) {
        return (okrug_projection){.cosine = 1.0};
    }
    bool turned = e->east[1] - e->west[1] < e->east[0] - e->west[0];
    double sixth = fmax((e->north - e->south) / 6.0, 0.01);
    double first = (e->south + sixth) * degree;
    double second = (e->north - sixth) * degree;
    double middle = (e->south + e->north) / 2.0 * degree;
    okrug_projection p = {.middle = (e->west[turned] + e->east[turned]) / 2.0, .turned = turned};
    p.n = (sin(first) + sin(second)) / 2.0;
    if (fabs(p.n) < 1e-6) {
        p.n = 0.0;
        p.cosine = cos(first);
        return p;
    }
    p.c = cos(first) * cos(first) + 2.0 * p.n * sin(first);
    p.rho = sqrt(fmax(p.c - 2.0 * p.n * sin(middle), 0.0)) / p.n;
    return p;
}

void okrug_project(const okrug_projection *projection, const double degrees[2], double out[2]) {
    const okrug_projection *p = projection;
    double longitude = (turned_longitude(degrees[0], p->turned) - p->middle) * degree;
    double sine = sin(degrees[1] * degree);
    if (p->n == 0.0) {
        out[0] = longitude * p->cosine;
        out[1] = sine / p->cosine;
        return;
    }
    double rho = sqrt(fmax(p->c - 2.0 * p->n * sine, 0.0)) / p->n;
    out[0] = rho * sin(p->n * longitude);
    out[1] = p->rho - rho * cos(p->n * longitude);
}
