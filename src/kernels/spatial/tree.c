/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A k-d tree: each box is halved at the median of its longest side.
 *
 * A box is passed over by the distance to its nearest face, summed axis by axis as a point's is: rounding keeps order,
 * so it is never more than the distance computed to a point inside, and what is found is what comparing all would find.
 */
#include "kernels/spatial/tree.h"

#include <math.h>

/* Points in a box that is not halved; boxes waiting in a search: at most one for each halving. */
enum { LEAF = 8, WAITING_MOST = 64 };

/* ---- Building ---- */

static bool comes_before(const okrug_placed *a, const okrug_placed *b, int axis) {
    return a->at[axis] != b->at[axis] ? a->at[axis] < b->at[axis] : a->point < b->point;
}

static void swap(okrug_placed *a, okrug_placed *b) {
    okrug_placed held = *a;
    *a = *b;
    *b = held;
}

/* Puts in place `middle` what stands there in order, the lesser before it and the greater behind (Hoare 1961). */
static void select_middle(okrug_placed *points, int64_t begin, int64_t end, int64_t middle, int axis) {
    int64_t low = begin;
    int64_t high = end - 1;
    while (low < high) {
        okrug_placed pivot = points[low + (high - low) / 2];
        int64_t i = low;
        int64_t j = high;
        while (i <= j) {
            while (comes_before(&points[i], &pivot, axis)) {
                i++;
            }
            while (comes_before(&pivot, &points[j], axis)) {
                j--;
            }
            if (i <= j) {
                swap(&points[i++], &points[j--]);
            }
        }
        if (middle <= j) {
            high = j;
        } else if (middle >= i) {
            low = i;
        } else {
            return;
        }
    }
}

static void measure(const okrug_placed *points, okrug_box *box) {
    box->least = points[box->begin].point;
    for (int a = 0; a < OKRUG_AXES; a++) {
        box->low[a] = box->high[a] = points[box->begin].at[a];
    }
    for (int32_t p = box->begin + 1; p < box->end; p++) {
        box->least = points[p].point < box->least ? points[p].point : box->least;
        for (int a = 0; a < OKRUG_AXES; a++) {
            box->low[a] = fmin(box->low[a], points[p].at[a]);
            box->high[a] = fmax(box->high[a], points[p].at[a]);
        }
    }
}

static int longest(const okrug_box *box) {
    int axis = 0;
    for (int a = 1; a < OKRUG_AXES; a++) {
        axis = box->high[a] - box->low[a] > box->high[axis] - box->low[axis] ? a : axis;
    }
    return axis;
}

okrug_status okrug_point_tree_build(okrug_ctx *ctx, int64_t n, okrug_placed *points, okrug_point_tree *tree) {
    int64_t leaves = 1;
    while (leaves * LEAF < n) {
        leaves *= 2;
    }
    okrug_box *boxes = OKRUG_SCRATCH(ctx, 2 * leaves - 1, okrug_box);
    if (boxes == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *tree = (okrug_point_tree){.n = n, .inner = leaves - 1, .points = points, .boxes = boxes};
    boxes[0] = (okrug_box){.end = (int32_t)n};
    for (int64_t b = 0; n > 0 && b < 2 * leaves - 1; b++) {
        okrug_box *box = &boxes[b];
        measure(points, box);
        if (b < tree->inner) {
            int32_t middle = box->begin + (box->end - box->begin) / 2;
            select_middle(points, box->begin, box->end, middle, longest(box));
            boxes[2 * b + 1] = (okrug_box){.begin = box->begin, .end = middle};
            boxes[2 * b + 2] = (okrug_box){.begin = middle, .end = box->end};
        }
    }
    return OKRUG_OK;
}

/* ---- Searching ---- */

double okrug_placed_apart(const okrug_placed *a, const okrug_placed *b) {
    double sum = 0.0;
    for (int axis = 0; axis < OKRUG_AXES; axis++) {
        double away = a->at[axis] - b->at[axis];
        sum += away * away;
    }
    return sum;
}

static double box_apart(const okrug_placed *a, const okrug_box *box) {
    double sum = 0.0;
    for (int axis = 0; axis < OKRUG_AXES; axis++) {
        double away = fmax(fmax(a->at[axis] - box->high[axis], box->low[axis] - a->at[axis]), 0.0);
        sum += away * away;
    }
    return sum;
}

/* Puts a candidate among the nearest so far, which are in order. */
static int64_t insert(int32_t *point, double *squared, int64_t held, int64_t k, int32_t candidate, double apart) {
    int64_t at = held < k ? held : k - 1;
    while (at > 0 && (squared[at - 1] > apart || (squared[at - 1] == apart && point[at - 1] > candidate))) {
        squared[at] = squared[at - 1];
        point[at] = point[at - 1];
        at--;
    }
    squared[at] = apart;
    point[at] = candidate;
    return held < k ? held + 1 : k;
}

static bool better(const int32_t *point, const double *squared, int64_t held, int64_t k, int32_t candidate,
                   double apart) {
    return held < k || apart < squared[k - 1] || (apart == squared[k - 1] && candidate < point[k - 1]);
}

typedef struct {
    int64_t box;
    double apart;
} waiting;

int64_t okrug_point_tree_nearest(const okrug_point_tree *tree, const okrug_placed *me, int64_t k, int32_t *point,
                                 double *squared) {
    waiting stack[WAITING_MOST];
    int64_t waits = 0;
    int64_t held = 0;
    stack[waits++] = (waiting){0, 0.0};
    while (waits > 0 && tree->n > 0) {
        waiting next = stack[--waits];
        const okrug_box *box = &tree->boxes[next.box];
        if (!better(point, squared, held, k, box->least, next.apart)) {
            continue;
        }
        if (next.box < tree->inner) {
            waiting left = {2 * next.box + 1, box_apart(me, box + next.box + 1)};
            waiting right = {2 * next.box + 2, box_apart(me, box + next.box + 2)};
            bool right_first = right.apart < left.apart;
            stack[waits++] = right_first ? left : right;
            stack[waits++] = right_first ? right : left;
            continue;
        }
        for (int32_t p = box->begin; p < box->end; p++) {
            const okrug_placed *other = &tree->points[p];
            double apart = okrug_placed_apart(me, other);
            if (other->point != me->point && better(point, squared, held, k, other->point, apart)) {
                held = insert(point, squared, held, k, other->point, apart);
            }
        }
    }
    return held;
}

int64_t okrug_point_tree_within(const okrug_point_tree *tree, const okrug_placed *me, double squared, int32_t *point) {
    int64_t stack[WAITING_MOST];
    int64_t waits = 0;
    int64_t found = 0;
    stack[waits++] = 0;
    while (waits > 0 && tree->n > 0) {
        int64_t b = stack[--waits];
        const okrug_box *box = &tree->boxes[b];
        if (box_apart(me, box) > squared) {
            continue;
        }
        if (b < tree->inner) {
            stack[waits++] = 2 * b + 2;
            stack[waits++] = 2 * b + 1;
            continue;
        }
        for (int32_t p = box->begin; p < box->end; p++) {
            const okrug_placed *other = &tree->points[p];
            if (other->point == me->point || okrug_placed_apart(me, other) > squared) {
                continue;
            }
            if (point != NULL) {
                point[found] = other->point;
            }
            found++;
        }
    }
    return found;
}
