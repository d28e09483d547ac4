/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which outlines touch: an index of envelopes gives the candidates, the outlines decide.
 */
#include "geo/shapes.h"

#include <stdlib.h>
#include <string.h>

/* The outlines of all shapes, and an index of their envelopes. */
typedef struct {
    GEOSContextHandle_t handle;
    int64_t n;
    GEOSGeometry **line; /* NULL: an empty shape */
    GEOSSTRtree *tree;   /* its items are places in `number` */
    int32_t *number;     /* 0 .. n-1 */
    double (*box)[4];    /* xmin, ymin, xmax, ymax */
} outlines;

/* The neighbours that a query finds. */
typedef struct {
    int32_t *item;
    int64_t count;
} found;

static void keep_found(void *item, void *user) {
    found *list = user;
    list->item[list->count++] = *(const int32_t *)item;
}

static okrug_status no_memory(okrug_ctx *ctx) {
    return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
}

static void outlines_end(outlines *o) {
    for (int64_t i = 0; o->line != NULL && i < o->n; i++) {
        if (o->line[i] != NULL) {
            GEOSGeom_destroy_r(o->handle, o->line[i]);
        }
    }
    if (o->tree != NULL) {
        GEOSSTRtree_destroy_r(o->handle, o->tree);
    }
    free(o->line);
    free(o->number);
    free(o->box);
}

static bool is_area(GEOSContextHandle_t handle, const GEOSGeometry *shape) {
    int type = GEOSGeomTypeId_r(handle, shape);
    return type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON;
}

static okrug_status outlines_begin(okrug_ctx *ctx, const okrug_shapes *shapes, outlines *o) {
    *o = (outlines){.handle = shapes->handle, .n = shapes->n};
    o->line = calloc((size_t)o->n + 1, sizeof(*o->line));
    o->number = calloc((size_t)o->n + 1, sizeof *o->number);
    o->box = calloc((size_t)o->n + 1, sizeof *o->box);
    o->tree = GEOSSTRtree_create_r(o->handle, 10);
    if (o->line == NULL || o->number == NULL || o->box == NULL || o->tree == NULL) {
        return no_memory(ctx);
    }
    okrug_status status = OKRUG_OK;
    for (int64_t i = 0; i < o->n; i++) {
        o->number[i] = (int32_t)i;
        if (shapes->shape[i] == NULL) {
            continue;
        }
        if (!is_area(o->handle, shapes->shape[i])) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "not-a-polygon", NULL, "region", shapes->name[i], (char *)NULL);
            continue;
        }
        double *box = o->box[i];
        o->line[i] = GEOSBoundary_r(o->handle, shapes->shape[i]);
        if (o->line[i] == NULL || GEOSGeom_getXMin_r(o->handle, o->line[i], &box[0]) != 1 ||
            GEOSGeom_getYMin_r(o->handle, o->line[i], &box[1]) != 1 ||
            GEOSGeom_getXMax_r(o->handle, o->line[i], &box[2]) != 1 ||
            GEOSGeom_getYMax_r(o->handle, o->line[i], &box[3]) != 1) {
            status = okrug_geos_fail(ctx, shapes, "bad-geometry", i);
            continue;
        }
        GEOSSTRtree_insert_r(o->handle, o->tree, o->line[i], &o->number[i]);
    }
    return status;
}

/* The part of an outline in a window; the outline itself where it cannot be cut. The caller destroys it. */
static GEOSGeometry *part_of(const outlines *o, int64_t i, const double window[4]) {
    GEOSGeometry *part = GEOSClipByRect_r(o->handle, o->line[i], window[0], window[1], window[2], window[3]);
    return part == NULL ? GEOSGeom_clone_r(o->handle, o->line[i]) : part;
}

/* 1: the two share a line longer than snap, 0: not, 2: the library failed. */
static int share_line(const outlines *o, int64_t a, int64_t b, double snap) {
    /* What they share lies where their envelopes overlap; the margin is wide, so that cutting changes no contact. */
    double margin = 10.0 * snap + 1e-9;
    double window[4];
    for (int side = 0; side < 4; side++) {
        bool low = side < 2;
        double p = o->box[a][side];
        double q = o->box[b][side];
        window[side] = low ? (p > q ? p : q) - margin : (p < q ? p : q) + margin;
    }
    double length = -1.0;
    GEOSGeometry *first = part_of(o, a, window);
    GEOSGeometry *second = part_of(o, b, window);
    GEOSGeometry *first_snapped = first == NULL || second == NULL ? NULL : GEOSSnap_r(o->handle, first, second, snap);
    GEOSGeometry *second_snapped = first_snapped == NULL ? NULL : GEOSSnap_r(o->handle, second, first_snapped, snap);
    GEOSGeometry *shared = second_snapped == NULL ? NULL : GEOSIntersection_r(o->handle, first_snapped, second_snapped);
    if (shared == NULL || GEOSLength_r(o->handle, shared, &length) != 1) {
        length = -1.0;
    }
    GEOSGeometry *all[] = {first, second, first_snapped, second_snapped, shared};
    for (size_t i = 0; i < sizeof all / sizeof(all[0]); i++) {
        if (all[i] != NULL) {
            GEOSGeom_destroy_r(o->handle, all[i]);
        }
    }
    return length < 0.0 ? 2 : length > snap;
}

static bool pairs_add(okrug_pairs *pairs, int64_t *room, int32_t a, int32_t b) {
    if (pairs->count == *room) {
        int64_t more = *room == 0 ? 1024 : 2 * *room;
        int32_t *first = realloc(pairs->a, (size_t)more * sizeof *first);
        if (first == NULL) {
            return false;
        }
        pairs->a = first;
        int32_t *second = realloc(pairs->b, (size_t)more * sizeof *second);
        if (second == NULL) {
            return false;
        }
        pairs->b = second;
        *room = more;
    }
    pairs->a[pairs->count] = a;
    pairs->b[pairs->count++] = b;
    return true;
}

static int rising(const void *left, const void *right) {
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* Those among the candidates with a higher number than a that touch it. */
static okrug_status touch_one(okrug_ctx *ctx, const okrug_shapes *shapes, const outlines *o, int64_t a,
                              const found *candidates, okrug_contact contact, double snap, okrug_pairs *pairs,
                              int64_t *room) {
    const GEOSPreparedGeometry *prepared = GEOSPrepare_r(o->handle, o->line[a]);
    okrug_status status = prepared == NULL ? no_memory(ctx) : OKRUG_OK;
    for (int64_t c = 0; status == OKRUG_OK && c < candidates->count; c++) {
        int32_t b = candidates->item[c];
        if (b <= a) {
            continue;
        }
        int touch = (unsigned char)GEOSPreparedDistanceWithin_r(o->handle, prepared, o->line[b], snap);
        if (touch == 1 && contact == OKRUG_SHARE_LINE) {
            touch = share_line(o, a, b, snap);
        }
        if (touch == 2) {
            status = okrug_geos_fail(ctx, shapes, "bad-geometry", a);
        } else if (touch == 1 && !pairs_add(pairs, room, (int32_t)a, b)) {
            status = no_memory(ctx);
        }
    }
    if (prepared != NULL) {
        GEOSPreparedGeom_destroy_r(o->handle, prepared);
    }
    return status;
}

/* A rectangle as a line from corner to corner: the index looks at envelopes only. */
static GEOSGeometry *rectangle(GEOSContextHandle_t handle, const double box[4], double margin) {
    return GEOSGeom_createRectangle_r(handle, box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin);
}

static okrug_status touch_all(okrug_ctx *ctx, const okrug_shapes *shapes, const outlines *o, found *candidates,
                              okrug_contact contact, double snap, okrug_pairs *pairs) {
    int64_t room = 0;
    for (int64_t a = 0; a < o->n; a++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_progress(ctx, "task.touching", (double)a, (double)o->n);
        if (o->line[a] == NULL) {
            continue;
        }
        candidates->count = 0;
        GEOSGeometry *around = rectangle(o->handle, o->box[a], snap);
        if (around == NULL) {
            return no_memory(ctx);
        }
        GEOSSTRtree_query_r(o->handle, o->tree, around, keep_found, candidates);
        GEOSGeom_destroy_r(o->handle, around);
        qsort(candidates->item, (size_t)candidates->count, sizeof *candidates->item, rising);
        OKRUG_TRY(touch_one(ctx, shapes, o, a, candidates, contact, snap, pairs, &room));
    }
    return OKRUG_OK;
}

okrug_status okrug_shapes_touching(okrug_ctx *ctx, const okrug_shapes *shapes, okrug_contact contact, double snap,
                                   okrug_pairs *pairs) {
    outlines o = {0};
    *pairs = (okrug_pairs){0};
    found candidates = {.item = malloc(((size_t)shapes->n + 1) * sizeof *candidates.item)};
    okrug_status status = candidates.item == NULL ? no_memory(ctx) : outlines_begin(ctx, shapes, &o);
    if (status == OKRUG_OK) {
        status = touch_all(ctx, shapes, &o, &candidates, contact, snap, pairs);
    }
    outlines_end(&o);
    free(candidates.item);
    if (status != OKRUG_OK) {
        okrug_pairs_free(pairs);
    }
    return status;
}

void okrug_pairs_free(okrug_pairs *pairs) {
    free(pairs->a);
    free(pairs->b);
    *pairs = (okrug_pairs){0};
}
