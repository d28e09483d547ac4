/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The autocorrelation of a raster of whole numbers by a fast Fourier transform over the whole numbers modulo the prime
 * 2^64 - 2^32 + 1, in which roots of unity of every length up to 2^32 are found: nothing is rounded, and a result below
 * the prime is the count itself (Pollard 1971, The fast Fourier transform in a finite field).
 *
 * Forward transforms leave their results in bit-reversed order and the way back takes them in it: none is sorted. Rows
 * and columns are transformed eight side by side.
 */
#include "kernels/points/raster.h"

#include <string.h>

enum { SIDE_BY_SIDE = 8, LEAST_BITS = 3 };
__extension__ typedef unsigned __int128 wide;
static const uint64_t PRIME = 0xffffffff00000001U;
static const uint64_t LOW = 0xffffffffU; /* 2^64 modulo the prime, and 2^32 - 1 */
static const uint64_t GENERATOR = 7;

/* Without branches: which way they went would be chance. */
static inline uint64_t plus(uint64_t a, uint64_t b) {
    uint64_t sum = a - (PRIME - b);
    return sum + (PRIME & (0 - (uint64_t)(sum > a)));
}

static inline uint64_t minus(uint64_t a, uint64_t b) {
    return a - b + (PRIME & (0 - (uint64_t)(a < b)));
}

/* 2^64 is 2^32 - 1 there, and 2^96 is -1. */
static inline uint64_t times(uint64_t a, uint64_t b) {
    wide product = (wide)a * b;
    uint64_t low = (uint64_t)product;
    uint64_t high = (uint64_t)(product >> 64);
    uint64_t top = high >> 32;
    uint64_t first = low - top - (LOW & (0 - (uint64_t)(low < top)));
    uint64_t second = (high & LOW) * LOW;
    uint64_t sum = first + second;
    sum += LOW & (0 - (uint64_t)(sum < second));
    return sum - (PRIME & (0 - (uint64_t)(sum >= PRIME)));
}

static uint64_t power(uint64_t base, uint64_t exponent) {
    uint64_t result = 1;
    for (; exponent > 0; exponent >>= 1) {
        result = exponent & 1 ? times(result, base) : result;
        base = times(base, base);
    }
    return result;
}

/* At [half + j] the j-th power of the root of length 2 half. */
static void make_roots(int64_t length, bool back, uint64_t *root) {
    for (int64_t half = 1; half < length; half *= 2) {
        uint64_t step = power(GENERATOR, (PRIME - 1) / (uint64_t)(2 * half));
        step = back ? power(step, PRIME - 2) : step;
        uint64_t now = 1;
        for (int64_t j = 0; j < half; j++) {
            root[half + j] = now;
            now = times(now, step);
        }
    }
}

okrug_status okrug_raster_room(okrug_ctx *ctx, const okrug_cells *cells, okrug_raster *r) {
    *r = (okrug_raster){.cells = *cells};
    r->width = (int64_t)1 << (cells->bits[0] > LEAST_BITS ? cells->bits[0] : LEAST_BITS);
    r->height = (int64_t)1 << (cells->bits[1] > LEAST_BITS ? cells->bits[1] : LEAST_BITS);
    int64_t longer = r->width > r->height ? r->width : r->height;
    r->value = OKRUG_SCRATCH(ctx, r->width * r->height, uint64_t);
    r->root = OKRUG_SCRATCH(ctx, longer, uint64_t);
    r->back = OKRUG_SCRATCH(ctx, longer, uint64_t);
    r->desk = OKRUG_SCRATCH(ctx, OKRUG_RASTER_TILES * SIDE_BY_SIDE * longer, uint64_t);
    if (r->value == NULL || r->root == NULL || r->back == NULL || r->desk == NULL) {
        return OKRUG_NO_MEMORY;
    }
    make_roots(longer, false, r->root);
    make_roots(longer, true, r->back);
    r->over = power((uint64_t)(r->width * r->height), PRIME - 2);
    return OKRUG_OK;
}

void okrug_raster_clear(okrug_raster *r) {
    memset(r->value, 0, (size_t)(r->width * r->height) * sizeof *r->value);
    r->alone = 0;
}

static int64_t cell_along(double at, double from, double side, int64_t cells) {
    double cell = (at - from) / side;
    return cell < (double)cells ? cell > 0.0 ? (int64_t)cell : 0 : cells - 1;
}

int32_t okrug_raster_cell(const okrug_raster *r, double x, double y) {
    const okrug_cells *c = &r->cells;
    return (int32_t)(cell_along(y, c->south, c->side, c->rows) * r->width +
                     cell_along(x, c->west, c->side, c->columns));
}

/* ---- Transforms ---- */

static void forward(uint64_t *restrict a, int64_t length, const uint64_t *restrict root) {
    for (int64_t half = length / 2; half > 0; half /= 2) {
        for (int64_t block = 0; block < length; block += 2 * half) {
            for (int64_t j = 0; j < half; j++) {
                uint64_t *restrict p = a + (block + j) * SIDE_BY_SIDE;
                uint64_t *restrict q = p + half * SIDE_BY_SIDE;
                for (int k = 0; k < SIDE_BY_SIDE; k++) {
                    uint64_t difference = minus(p[k], q[k]);
                    p[k] = plus(p[k], q[k]);
                    q[k] = times(difference, root[half + j]);
                }
            }
        }
    }
}

static void backward(uint64_t *restrict a, int64_t length, const uint64_t *restrict back) {
    for (int64_t half = 1; half < length; half *= 2) {
        for (int64_t block = 0; block < length; block += 2 * half) {
            for (int64_t j = 0; j < half; j++) {
                uint64_t *restrict p = a + (block + j) * SIDE_BY_SIDE;
                uint64_t *restrict q = p + half * SIDE_BY_SIDE;
                for (int k = 0; k < SIDE_BY_SIDE; k++) {
                    uint64_t turned = times(q[k], back[half + j]);
                    q[k] = minus(p[k], turned);
                    p[k] = plus(p[k], turned);
                }
            }
        }
    }
}

typedef struct {
    const okrug_ctx *ctx;
    okrug_raster *raster;
    int64_t lines; /* rows or columns that are transformed, in eights */
    bool along_rows, back;
    int64_t kept; /* of each line so many are put back */
} pass;

static void pass_line(const pass *p, int64_t line, uint64_t *desk) {
    okrug_raster *r = p->raster;
    int64_t length = p->along_rows ? r->width : r->height;
    int64_t step = p->along_rows ? 1 : r->width;
    int64_t across = p->along_rows ? r->width : 1;
    uint64_t *at = r->value + line * across;
    for (int64_t k = 0; k < length; k++) {
        for (int lane = 0; lane < SIDE_BY_SIDE; lane++) {
            desk[k * SIDE_BY_SIDE + lane] = at[k * step + lane * across];
        }
    }
    if (p->back) {
        backward(desk, length, r->back);
    } else {
        forward(desk, length, r->root);
    }
    for (int64_t k = 0; k < p->kept; k++) {
        for (int lane = 0; lane < SIDE_BY_SIDE; lane++) {
            at[k * step + lane * across] = desk[k * SIDE_BY_SIDE + lane];
        }
    }
}

static okrug_status pass_tile(void *user, int64_t tile) {
    const pass *p = user;
    okrug_raster *r = p->raster;
    uint64_t *desk = r->desk + tile * SIDE_BY_SIDE * (r->width > r->height ? r->width : r->height);
    for (int64_t line = tile * SIDE_BY_SIDE; line < p->lines; line += (int64_t)OKRUG_RASTER_TILES * SIDE_BY_SIDE) {
        OKRUG_TRY(okrug_check_cancel(p->ctx));
        pass_line(p, line, desk);
    }
    return OKRUG_OK;
}

/* Where the opposite frequency stands, in bit-reversed order: below the highest bit all others turn. */
static inline int64_t opposite(int64_t at) {
    int64_t top = 1;
    while (2 * top <= at) {
        top *= 2;
    }
    return at == 0 ? 0 : 3 * top - 1 - at;
}

static okrug_status multiply_tile(void *user, int64_t tile) {
    const pass *p = user;
    okrug_raster *r = p->raster;
    for (int64_t row = tile; row < r->height; row += OKRUG_RASTER_TILES) {
        int64_t other = opposite(row);
        uint64_t *here = r->value + row * r->width;
        uint64_t *there = r->value + other * r->width;
        int64_t top = 1;
        for (int64_t column = 0; other >= row && column < r->width; column++) {
            top = 2 * top <= column ? 2 * top : top;
            int64_t across = column == 0 ? 0 : 3 * top - 1 - column;
            if (other > row || across >= column) {
                here[column] = times(times(here[column], there[across]), r->over);
                there[across] = here[column];
            }
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_raster_pair(okrug_ctx *ctx, okrug_raster *r) {
    pass p = {.ctx = ctx, .raster = r, .lines = r->cells.rows, .along_rows = true, .kept = r->width};
    OKRUG_TRY(okrug_parallel(ctx, OKRUG_RASTER_TILES, pass_tile, &p));
    p = (pass){.ctx = ctx, .raster = r, .lines = r->width, .kept = r->height};
    OKRUG_TRY(okrug_parallel(ctx, OKRUG_RASTER_TILES, pass_tile, &p));
    OKRUG_TRY(okrug_parallel(ctx, OKRUG_RASTER_TILES, multiply_tile, &p));
    p.back = true;
    p.kept = r->cells.reach[1] + 1;
    OKRUG_TRY(okrug_parallel(ctx, OKRUG_RASTER_TILES, pass_tile, &p));
    p = (pass){.ctx = ctx, .raster = r, .lines = p.kept, .along_rows = true, .back = true, .kept = r->width};
    return okrug_parallel(ctx, OKRUG_RASTER_TILES, pass_tile, &p);
}

uint64_t okrug_raster_pairs(const okrug_raster *r, int64_t columns, int64_t rows) {
    const uint64_t *row = r->value + rows * r->width;
    if (rows == 0) {
        return columns == 0 ? (row[0] - r->alone) / 2 : row[columns];
    }
    return columns == 0 ? row[0] : row[columns] + row[r->width - columns];
}
