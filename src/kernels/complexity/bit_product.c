/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Products with a matrix of bits by tables of sums.
 *
 * One text for vectors of two, four and eight numbers, as in kernels/spatial/weighted.c: each column has a sum of its
 * own, so the width changes nothing. A word is eight places in eight tables, which fit in the nearest memory.
 */
#include <math.h>
#include <string.h>

#include "bits.h"

enum {
    ROWS = 1024,                  /* most rows of a tile: many for one making of the tables */
    WIDE = 8,                     /* columns of B side by side */
    CHOICE = 6,                   /* entries of a place */
    TABLES = OKRUG_BITS / CHOICE, /* 8 */
    PLACES = 1 << CHOICE
};

/* Adds to each row of `sum` (rows x WIDE) what its word chooses of the rows of `panel` (OKRUG_BITS x WIDE). */
typedef void add_fn(int64_t rows, const uint64_t *word, uint64_t flip, const double *panel, double *sum);

#define ADD(NAME, TARGET, LANES)                                                                                       \
    TARGET static void NAME(int64_t rows, const uint64_t *word, uint64_t flip, const double *panel, double *sum) {     \
        typedef double numbers __attribute__((vector_size((LANES) * sizeof(double)), may_alias));                      \
        enum { VECTORS = WIDE / (LANES) };                                                                             \
        numbers table[TABLES][PLACES][VECTORS];                                                                        \
        const numbers *from = (const numbers *)(const void *)panel;                                                    \
        for (int t = 0; t < TABLES; t++) {                                                                             \
            for (int v = 0; v < VECTORS; v++) {                                                                        \
                table[t][0][v] = (numbers){0};                                                                         \
            }                                                                                                          \
            for (int bit = 1; bit < PLACES; bit *= 2, from += VECTORS) {                                               \
                for (int i = 0; i < bit; i++) {                                                                        \
                    for (int v = 0; v < VECTORS; v++) {                                                                \
                        table[t][bit + i][v] = table[t][i][v] + from[v];                                               \
                    }                                                                                                  \
                }                                                                                                      \
            }                                                                                                          \
        }                                                                                                              \
        numbers *to = (numbers *)(void *)sum;                                                                          \
        for (int64_t r = 0; r < rows; r++, to += VECTORS) {                                                            \
            uint64_t x = word[r] ^ flip;                                                                               \
            const numbers *a = table[0][x % PLACES], *b = table[1][(x >> 6) % PLACES];                                 \
            const numbers *c = table[2][(x >> 12) % PLACES], *d = table[3][(x >> 18) % PLACES];                        \
            const numbers *e = table[4][(x >> 24) % PLACES], *f = table[5][(x >> 30) % PLACES];                        \
            const numbers *g = table[6][(x >> 36) % PLACES], *h = table[7][(x >> 42) % PLACES];                        \
            for (int v = 0; v < VECTORS; v++) {                                                                        \
                to[v] += ((a[v] + b[v]) + (c[v] + d[v])) + ((e[v] + f[v]) + (g[v] + h[v]));                            \
            }                                                                                                          \
        }                                                                                                              \
    }

ADD(add_by_two, , 2)
#if defined(__x86_64__)
ADD(add_by_four, __attribute__((target("avx2"))), 4)
ADD(add_by_eight, __attribute__((target("avx512f"))), 8)
#endif

typedef struct {
    const okrug_bit_product *of;
    add_fn *add;
    int64_t chunks, rows; /* of a chunk, but for the last */
} state;

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* The rows of B that word k chooses from, columns `from` on, weighted; 0 beyond its edges. */
static void take_panel(const okrug_bit_product *p, int64_t k, int64_t from, double *panel) {
    int64_t first = k * OKRUG_BITS, count = smaller(OKRUG_BITS, p->bits->columns - first);
    int64_t wide = smaller(WIDE, p->n - from);
    if (count < OKRUG_BITS || wide < WIDE) {
        memset(panel, 0, OKRUG_BITS * WIDE * sizeof *panel);
    }
    if (p->symmetric) {
        for (int64_t j = 0; j < wide; j++) { /* its columns are its rows, which lie together */
            const double *b = p->b + (from + j) * p->n + first;
            for (int64_t i = 0; i < count; i++) {
                panel[i * WIDE + j] = b[i];
            }
        }
    } else {
        for (int64_t i = 0; i < count; i++) {
            memcpy(panel + i * WIDE, p->b + (first + i) * p->n + from, (size_t)wide * sizeof *panel);
        }
    }
    for (int64_t i = 0; p->weight != NULL && i < count; i++) {
        double weight = p->weight[first + i];
        for (int64_t j = 0; j < WIDE; j++) {
            panel[i * WIDE + j] *= weight;
        }
    }
}

/* Sums to c; where only what is lacking counts, 0 to those who have. */
static void write_out(const okrug_bit_product *p, int64_t first, int64_t rows, int64_t from, double *sum) {
    int64_t wide = smaller(WIDE, p->n - from);
    double divisor[WIDE];
    for (int64_t j = 0; j < WIDE; j++) { /* 1 beyond the last column */
        divisor[j] = p->divisor != NULL && j < wide ? p->divisor[from + j] : 1.0;
    }
    const uint64_t *word = p->bits->word + from / OKRUG_BITS * p->bits->rows + first;
    for (int64_t r = 0; r < rows; r++, sum += WIDE) {
        for (int j = 0; p->lacking && j < WIDE; j++) {
            uint64_t has = word[r] >> from % OKRUG_BITS >> j & 1;
            sum[j] *= (double)(int)(1 - has); /* as a factor: a branch would often be guessed wrongly */
        }
        for (int j = 0; p->divisor != NULL && j < WIDE; j++) {
            sum[j] = p->scale * sum[j] / divisor[j];
        }
        memcpy(p->c + (first + r) * p->n + from, sum, (size_t)wide * sizeof *sum);
    }
}

static okrug_status product_tile(void *user, int64_t tile) {
    const state *s = user;
    const okrug_bit_product *p = s->of;
    int64_t from = tile / s->chunks * WIDE, first = tile % s->chunks * s->rows;
    int64_t rows = smaller(s->rows, p->bits->rows - first);
    if (rows <= 0) {
        return OKRUG_OK;
    }
    _Alignas(64) double panel[OKRUG_BITS * WIDE], sum[ROWS * WIDE];
    memset(sum, 0, (size_t)rows * WIDE * sizeof *sum);
    for (int64_t k = 0; k < p->bits->words; k++) {
        take_panel(p, k, from, panel);
        s->add(rows, p->bits->word + k * p->bits->rows + first, p->lacking ? ~UINT64_C(0) : 0, panel, sum);
    }
    write_out(p, first, rows, from, sum);
    return OKRUG_OK;
}

static okrug_status multiply(okrug_ctx *ctx, const okrug_bit_product *product, add_fn *add) {
    state s = {product, add, (product->bits->rows + ROWS - 1) / ROWS, 0};
    if (s.chunks == 0) {
        return OKRUG_OK;
    }
    int64_t across = (product->n + WIDE - 1) / WIDE;
    s.chunks += across == 1 ? s.chunks % 2 : 0; /* as much work for two threads */
    s.rows = (product->bits->rows + s.chunks - 1) / s.chunks;
    return okrug_parallel(ctx, across * s.chunks, product_tile, &s);
}

bool okrug_bits_multiply_by(int lanes, okrug_ctx *ctx, const okrug_bit_product *product, okrug_status *status) {
    add_fn *add = lanes == 2 ? add_by_two : NULL;
#if defined(__x86_64__)
    add = lanes == 4 && __builtin_cpu_supports("avx2") ? add_by_four : add;
    add = lanes == 8 && __builtin_cpu_supports("avx512f") ? add_by_eight : add;
#endif
    if (add != NULL) {
        *status = multiply(ctx, product, add);
    }
    return add != NULL;
}

okrug_status okrug_bits_multiply(okrug_ctx *ctx, const okrug_bit_product *product) {
    okrug_status status = OKRUG_OK;
    int lanes = 8;
    while (!okrug_bits_multiply_by(lanes, ctx, product, &status)) {
        lanes /= 2; /* by two it always can */
    }
    return status;
}
