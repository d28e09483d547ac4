/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How dense a graph of deals is, and how much of it goes both ways.
 */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <okrug/clusters.h>

static int by_ends(const void *left, const void *right) {
    const okrug_arc *a = left, *b = right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return a->to < b->to ? -1 : a->to > b->to;
}

okrug_status okrug_cooperation_of(okrug_ctx *ctx, int64_t n, int64_t count, okrug_arc *arc, okrug_cooperation *out) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    bool *linked = OKRUG_SCRATCH_ZERO(ctx, n + 1, bool);
    *out = (okrug_cooperation){.density = (double)NAN, .reciprocity = (double)NAN};
    if (linked == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (count > 0) {
        qsort(arc, (size_t)count, sizeof *arc, by_ends);
    }
    for (int64_t i = 0; i < count; i++) {
        const okrug_arc opposite = {arc[i].to, arc[i].from};
        if (arc[i].from == arc[i].to || (i > 0 && by_ends(&arc[i - 1], &arc[i]) == 0)) {
            continue;
        }
        out->arcs++;
        out->mutual += bsearch(&opposite, arc, (size_t)count, sizeof *arc, by_ends) != NULL;
        linked[arc[i].from] = linked[arc[i].to] = true;
    }
    for (int64_t i = 0; i < n; i++) {
        out->linked += linked[i];
    }
    if (n > 1) {
        out->density = (double)out->arcs / ((double)n * ((double)n - 1.0));
    }
    if (out->arcs > 0) {
        out->reciprocity = (double)out->mutual / (double)out->arcs;
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
