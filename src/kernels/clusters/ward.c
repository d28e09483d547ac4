/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ward's clustering by a chain of nearest neighbours, each merge putting the distances of the pair right by the formula
 * of Lance and Williams; the merges are put in order of height afterwards.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/clusters.h>

/* The nearest of those alive to `top`, the one before it in the chain (-1: none) where it is as near as any. */
static int64_t nearest(int64_t n, const double *distance, const int64_t *size, int64_t top, int64_t before) {
    const double *row = distance + top * n;
    int64_t best = before;
    double least = before >= 0 ? row[before] : (double)INFINITY;
    for (int64_t j = 0; j < n; j++) {
        if (size[j] > 0 && j != top && row[j] < least) {
            least = row[j];
            best = j;
        }
    }
    return best;
}

/* b goes into a: squared distances of the union from every other. */
static void join(int64_t n, double *distance, int64_t *size, int64_t a, int64_t b) {
    double between = distance[a * n + b];
    double na = (double)size[a], nb = (double)size[b];
    for (int64_t k = 0; k < n; k++) {
        if (size[k] == 0 || k == a || k == b) {
            continue;
        }
        double nk = (double)size[k];
        double d = ((na + nk) * distance[a * n + k] + (nb + nk) * distance[b * n + k] - nk * between) / (na + nb + nk);
        distance[a * n + k] = distance[k * n + a] = fmax(d, 0.0);
    }
    size[a] += size[b];
    size[b] = 0;
}

typedef struct {
    double height;
    int32_t a, b;
    int32_t made; /* which came of it as it was made: ties keep that order */
} merge;

static int by_height(const void *left, const void *right) {
    const merge *a = left, *b = right;
    int by = (a->height > b->height) - (a->height < b->height);
    return by != 0 ? by : (a->made > b->made) - (a->made < b->made);
}

static int64_t root_of(int64_t *parent, int64_t i) {
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/* Names the clusters of merges in order: `parent` and `label` (n each) go from a member to what it is in by now. */
static void label_merges(int64_t n, const merge *made, int64_t *parent, int64_t *label, const okrug_merges *out) {
    for (int64_t i = 0; i < n; i++) {
        parent[i] = label[i] = i;
    }
    for (int64_t k = 0; k + 1 < n; k++) {
        int64_t a = root_of(parent, made[k].a), b = root_of(parent, made[k].b);
        int64_t first = label[a] < label[b] ? label[a] : label[b];
        out->b[k] = (int32_t)(label[a] < label[b] ? label[b] : label[a]);
        out->a[k] = (int32_t)first;
        out->height[k] = made[k].height;
        parent[b] = a;
        label[a] = n + k;
    }
}

void okrug_ward_in(int64_t n, const double *gram, double *distance, int64_t *work, const okrug_merges *merges) {
    int64_t *size = work, *chain = work + n, *parent = work + 2 * n, *label = work + 3 * n;
    for (int64_t i = 0; i < n; i++) {
        size[i] = 1;
        for (int64_t j = 0; j < n; j++) {
            distance[i * n + j] = fmax(gram[i * n + i] + gram[j * n + j] - 2.0 * gram[i * n + j], 0.0);
        }
    }
    /* The rows of clusters that are gone hold the merges: row b, once b went into a, is not read again. */
    int64_t length = 0, made = 0, first = 0;
    while (made + 1 < n) {
        if (length == 0) {
            while (size[first] == 0) {
                first++;
            }
            chain[length++] = first;
        }
        int64_t top = chain[length - 1], before = length > 1 ? chain[length - 2] : -1;
        int64_t next = nearest(n, distance, size, top, before);
        if (next != before) {
            chain[length++] = next;
            continue;
        }
        int64_t a = top < next ? top : next, b = top < next ? next : top;
        merges->a[made] = (int32_t)a;
        merges->b[made] = (int32_t)b;
        merges->height[made++] = sqrt(distance[a * n + b]);
        join(n, distance, size, a, b);
        length -= 2;
    }
    merge *list = (merge *)(void *)distance; /* the distances are done with, and hold more than the merges take */
    for (int64_t k = 0; k + 1 < n; k++) {
        list[k] = (merge){merges->height[k], merges->a[k], merges->b[k], (int32_t)k};
    }
    if (n > 1) {
        qsort(list, (size_t)(n - 1), sizeof *list, by_height);
    }
    label_merges(n, list, parent, label, merges);
}

okrug_status okrug_ward(okrug_ctx *ctx, int64_t n, const double *gram, const okrug_merges *merges) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *distance = OKRUG_SCRATCH(ctx, n * n + 8, double);
    int64_t *work = OKRUG_SCRATCH(ctx, 4 * n + 1, int64_t);
    if (distance == NULL || work == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_ward_in(n, gram, distance, work, merges);
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

int64_t okrug_groups_number(int64_t n, int64_t groups, int32_t *number, int32_t *group) {
    int64_t count = 0;
    for (int64_t g = 0; g < groups; g++) {
        number[g] = -1;
    }
    for (int64_t i = 0; i < n; i++) {
        if (number[group[i]] < 0) {
            number[group[i]] = (int32_t)count++;
        }
        group[i] = number[group[i]];
    }
    return count;
}

void okrug_ward_cut(int64_t n, const okrug_merges *merges, int64_t groups, int32_t *parent, int32_t *group) {
    for (int64_t c = 0; c < 2 * n; c++) {
        parent[c] = -1;
    }
    for (int64_t k = 0; k < n - groups; k++) {
        parent[merges->a[k]] = parent[merges->b[k]] = (int32_t)(n + k);
    }
    for (int64_t c = 2 * n - 2; c >= 0; c--) { /* parents come later: theirs is known */
        parent[c] = parent[c] < 0 ? (int32_t)c : parent[parent[c]];
    }
    for (int64_t i = 0; i < n; i++) {
        group[i] = parent[i];
    }
    okrug_groups_number(n, 2 * n, parent, group);
}
