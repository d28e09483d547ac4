/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Distances of all pairs, counted. Measuring is done in lanes, by the widest instructions that the processor has:
 * square roots are rounded right in each, so that all give the same bytes. Counts of a node and the shares that go on
 * to the next lie in one word, so that a pair costs one addition.
 */
#include "kernels/points/pairs.h"

#include <math.h>
#include <string.h>

enum {
    LANES = OKRUG_LANES,
    SHIFT = 39,             /* 25 bits of count above as many of shares, and those of one share */
    UNPACK_AFTER = 1 << 24, /* pairs */
    POINTS_A_TILE = 2048,   /* whose coordinates stay near */
    ROWS_A_BLOCK = 256,
    CHUNKS = 16
};

void okrug_ruler_make(double width, int64_t nodes, okrug_ruler *ruler) {
    *ruler = (okrug_ruler){.scale = OKRUG_SPLIT / width, .cut = (double)(nodes - 1) * OKRUG_SPLIT, .nodes = nodes};
    for (int lane = 0; lane < LANES; lane++) {
        ruler->beyond[lane] = (double)(nodes + lane % OKRUG_NODES_SPARE) * OKRUG_SPLIT;
        ruler->narrow_beyond[lane] = (float)ruler->beyond[lane];
    }
    ruler->narrow_cut = (float)ruler->cut;
}

/* Ways to measure: for NUMBER double or float, in the plane or in space. */
#define OKRUG_MEASURE_BODY(NAME, NUMBER, ROOT, CUT, BEYOND)                                                            \
    static inline __attribute__((always_inline)) void NAME(const NUMBER *restrict x, const NUMBER *restrict y,         \
                                                           const NUMBER *restrict z, int64_t i, int64_t j,             \
                                                           const okrug_ruler *restrict ruler, int32_t *restrict at) {  \
        const NUMBER from[3] = {x[i], y[i], z == NULL ? 0 : z[i]};                                                     \
        const NUMBER scale = (NUMBER)ruler->scale;                                                                     \
        const NUMBER offset = (NUMBER)ruler->offset;                                                                   \
        for (int lane = 0; lane < LANES; lane++) {                                                                     \
            NUMBER dx = x[j + lane] - from[0];                                                                         \
            NUMBER dy = y[j + lane] - from[1];                                                                         \
            NUMBER dz = z == NULL ? 0 : z[j + lane] - from[2];                                                         \
            NUMBER square = dx * dx + dy * dy;                                                                         \
            NUMBER t = ROOT(z == NULL ? square : square + dz * dz) * scale + offset;                                   \
            at[lane] = (int32_t)(t < ruler->CUT ? t : ruler->BEYOND[lane]);                                            \
        }                                                                                                              \
    }
OKRUG_MEASURE_BODY(wide_body, double, sqrt, cut, beyond)
OKRUG_MEASURE_BODY(narrow_body, float, sqrtf, narrow_cut, narrow_beyond)

#define OKRUG_MEASURE(NAME, TARGET, BODY, X, Y, Z)                                                                     \
    TARGET static void NAME(const okrug_located *p, int64_t i, int64_t j, const okrug_ruler *ruler,                    \
                            int32_t at[LANES]) {                                                                       \
        BODY(X, Y, Z, i, j, ruler, at);                                                                                \
    }
OKRUG_MEASURE(plane, , wide_body, p->x, p->y, NULL)
OKRUG_MEASURE(space, , wide_body, p->x, p->y, p->z)
OKRUG_MEASURE(narrow_plane, , narrow_body, p->narrow[0], p->narrow[1], NULL)
OKRUG_MEASURE(narrow_space, , narrow_body, p->narrow[0], p->narrow[1], p->narrow[2])
static okrug_measure *const by_two[2][2] = {{plane, space}, {narrow_plane, narrow_space}};

#if defined(__x86_64__)
#define OKRUG_AVX2 __attribute__((target("avx2")))
OKRUG_MEASURE(plane_by_four, OKRUG_AVX2, wide_body, p->x, p->y, NULL)
OKRUG_MEASURE(space_by_four, OKRUG_AVX2, wide_body, p->x, p->y, p->z)
OKRUG_MEASURE(narrow_plane_by_four, OKRUG_AVX2, narrow_body, p->narrow[0], p->narrow[1], NULL)
OKRUG_MEASURE(narrow_space_by_four, OKRUG_AVX2, narrow_body, p->narrow[0], p->narrow[1], p->narrow[2])
static okrug_measure *const by_four[2][2] = {{plane_by_four, space_by_four},
                                             {narrow_plane_by_four, narrow_space_by_four}};
#endif

okrug_measure *okrug_measure_for(const okrug_located *points, bool widest) {
#if defined(__x86_64__)
    if (widest && __builtin_cpu_supports("avx2")) {
        return by_four[points->narrow[0] != NULL][points->z != NULL];
    }
#endif
    (void)widest;
    return by_two[points->narrow[0] != NULL][points->z != NULL];
}

/* ---- Counting ---- */

static void unpack(const okrug_ruler *ruler, uint64_t *packed, uint64_t *mass) {
    for (int64_t k = 0; k < ruler->nodes - 1; k++) {
        uint64_t on = packed[k] & (((uint64_t)1 << SHIFT) - 1);
        mass[k] += (packed[k] >> SHIFT) * OKRUG_SPLIT - on;
        mass[k + 1] += on;
    }
    memset(packed, 0, (size_t)(ruler->nodes + OKRUG_NODES_SPARE) * sizeof *packed);
}

static void count_lanes(const int32_t at[LANES], int64_t lanes, uint64_t *packed) {
    for (int64_t lane = 0; lane < lanes; lane++) {
        uint32_t t = (uint32_t)at[lane];
        packed[t >> OKRUG_SPLIT_BITS] += ((uint64_t)1 << SHIFT) + (t & (OKRUG_SPLIT - 1));
    }
}

void okrug_pairs_count(const okrug_located *points, const okrug_ruler *ruler, int64_t first, int64_t end,
                       uint64_t *packed, uint64_t *mass) {
    okrug_measure *measure = okrug_measure_for(points, true);
    int32_t at[LANES];
    int64_t held = 0;
    for (int64_t tile = first; tile < points->n; tile += POINTS_A_TILE) {
        int64_t tile_end = tile + POINTS_A_TILE < points->n ? tile + POINTS_A_TILE : points->n;
        for (int64_t i = first; i < end && i < tile_end; i++) {
            for (int64_t j = i + 1 > tile ? i + 1 : tile; j < tile_end; j += LANES) {
                int64_t lanes = tile_end - j < LANES ? tile_end - j : LANES;
                measure(points, i, j, ruler, at);
                count_lanes(at, lanes, packed);
                held += lanes;
            }
            if (held > UNPACK_AFTER) {
                unpack(ruler, packed, mass);
                held = 0;
            }
        }
    }
    unpack(ruler, packed, mass);
}

void okrug_pairs_weigh(const okrug_located *points, const double *weight, const okrug_ruler *ruler, int64_t first,
                       int64_t end, double *mass) {
    okrug_measure *measure = okrug_measure_for(points, true);
    int32_t at[LANES];
    for (int64_t i = first; i < end; i++) {
        for (int64_t j = i + 1; j < points->n; j += LANES) {
            int64_t lanes = points->n - j < LANES ? points->n - j : LANES;
            measure(points, i, j, ruler, at);
            for (int64_t lane = 0; lane < lanes; lane++) {
                int32_t node = at[lane] >> OKRUG_SPLIT_BITS;
                double on = (double)(at[lane] & (OKRUG_SPLIT - 1)) / OKRUG_SPLIT;
                double w = weight[i] * weight[j + lane];
                mass[node] += w * (1.0 - on);
                mass[node + 1] += w * on;
            }
        }
    }
}

/* ---- On all threads ---- */

typedef struct {
    const okrug_ctx *ctx;
    const okrug_located *points;
    const double *weight;
    const okrug_ruler *ruler;
    uint64_t *packed, *mass;
    double *weighed;
} counting;

static okrug_status count_chunk(void *user, int64_t chunk) {
    const counting *c = user;
    int64_t nodes = c->ruler->nodes;
    int64_t stride = nodes + OKRUG_NODES_SPARE + 1;
    for (int64_t first = chunk * ROWS_A_BLOCK; first < c->points->n; first += (int64_t)CHUNKS * ROWS_A_BLOCK) {
        int64_t end = first + ROWS_A_BLOCK < c->points->n ? first + ROWS_A_BLOCK : c->points->n;
        OKRUG_TRY(okrug_check_cancel(c->ctx));
        if (c->weight == NULL) {
            okrug_pairs_count(c->points, c->ruler, first, end, c->packed + chunk * stride, c->mass + chunk * stride);
        } else {
            okrug_pairs_weigh(c->points, c->weight, c->ruler, first, end, c->weighed + chunk * stride);
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_pairs_mass(okrug_ctx *ctx, const okrug_located *points, const double *weight,
                              const okrug_ruler *ruler, double *mass) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t stride = ruler->nodes + OKRUG_NODES_SPARE + 1;
    counting c = {.ctx = ctx, .points = points, .weight = weight, .ruler = ruler};
    bool whole = weight == NULL;
    c.packed = whole ? OKRUG_SCRATCH_ZERO(ctx, CHUNKS * stride, uint64_t) : NULL;
    c.mass = whole ? OKRUG_SCRATCH_ZERO(ctx, CHUNKS * stride, uint64_t) : NULL;
    c.weighed = whole ? NULL : OKRUG_SCRATCH_ZERO(ctx, CHUNKS * stride, double);
    okrug_status status = (whole ? c.packed == NULL || c.mass == NULL : c.weighed == NULL)
                              ? OKRUG_NO_MEMORY
                              : okrug_parallel(ctx, CHUNKS, count_chunk, &c);
    for (int64_t k = 0; status == OKRUG_OK && k < ruler->nodes; k++) {
        uint64_t count = 0;
        mass[k] = 0.0;
        for (int64_t chunk = 0; chunk < CHUNKS; chunk++) {
            count += whole ? c.mass[chunk * stride + k] : 0;
            mass[k] += whole ? 0.0 : c.weighed[chunk * stride + k];
        }
        mass[k] = whole ? (double)count / OKRUG_SPLIT : mass[k];
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
