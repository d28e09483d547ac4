/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The coefficients whose change would move the whole economy most.
 */
#include <okrug/inputoutput.h>

/* Whether a stands after b in the list: weaker, or as strong and later in the table. */
static bool is_after(okrug_influence_cell a, okrug_influence_cell b) {
    if (a.intensity != b.intensity) {
        return a.intensity < b.intensity;
    }
    return a.row != b.row ? a.row > b.row : a.column > b.column;
}

/* The list is a heap with the last one on top until all cells have been seen. */
static void sink(okrug_influence_cell *heap, int64_t count, int64_t at) {
    okrug_influence_cell moving = heap[at];
    for (int64_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        child += child + 1 < count && is_after(heap[child + 1], heap[child]);
        if (!is_after(heap[child], moving)) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moving;
}

static void rise(okrug_influence_cell *heap, int64_t at) {
    okrug_influence_cell moving = heap[at];
    while (at > 0 && is_after(moving, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = moving;
}

int64_t okrug_influence_top(int64_t n, const double *column_sum, const double *row_sum, int64_t most,
                            okrug_influence_cell *cell) {
    int64_t count = 0;
    for (int64_t i = 0; most > 0 && i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            okrug_influence_cell here = {(int32_t)i, (int32_t)j, column_sum[i] * row_sum[j]};
            if (count < most) {
                cell[count] = here;
                rise(cell, count++);
            } else if (is_after(cell[0], here)) {
                cell[0] = here;
                sink(cell, count, 0);
            }
        }
    }
    for (int64_t left = count; left > 1; left--) { /* the last of those left goes to the end */
        okrug_influence_cell last = cell[0];
        cell[0] = cell[left - 1];
        sink(cell, left - 1, 0);
        cell[left - 1] = last;
    }
    return count;
}
