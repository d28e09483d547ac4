/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Points in boxes in boxes, to find those near a point without looking at all (a k-d tree; Bentley 1975).
 */
#ifndef OKRUG_KERNELS_SPATIAL_TREE_H
#define OKRUG_KERNELS_SPATIAL_TREE_H

#include <okrug/context.h>
#include <okrug/status.h>

enum { OKRUG_AXES = 3 };

typedef struct {
    double at[OKRUG_AXES];
    int32_t point; /* its number; no two are the same */
} okrug_placed;

/* The points begin .. end - 1 and the space they take up. Box b is halved into boxes 2 b + 1 and 2 b + 2. */
typedef struct {
    double low[OKRUG_AXES], high[OKRUG_AXES];
    int32_t begin, end;
    int32_t least; /* number among the points */
} okrug_box;

typedef struct {
    int64_t n, inner; /* boxes that are halved; the others are as many and one more */
    const okrug_placed *points;
    const okrug_box *boxes;
} okrug_point_tree;

/* Sorts the n points into boxes, in their place; both live in scratch memory of the context. Points that lie together
 * are told apart by number, so that no arrangement of them is slow. O(n log n). Scratch: 4 n numbers. */
okrug_status okrug_point_tree_build(okrug_ctx *ctx, int64_t n, okrug_placed *points, okrug_point_tree *tree);

/* Squared distance. */
double okrug_placed_apart(const okrug_placed *a, const okrug_placed *b);

/* The up to k points nearest to `me`, itself left out: nearest first, equally near ones by number. Returns how many. */
int64_t okrug_point_tree_nearest(const okrug_point_tree *tree, const okrug_placed *me, int64_t k, int32_t *point,
                                 double *squared);

/* How many points are within a squared distance of `me`, itself left out; in no order into `point` (NULL: only counts).
 */
int64_t okrug_point_tree_within(const okrug_point_tree *tree, const okrug_placed *me, double squared, int32_t *point);

#endif
