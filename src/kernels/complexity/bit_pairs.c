/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many ones the rows of a matrix of bits share. Counts are whole numbers, so their order does not matter.
 */
#include <string.h>

#include "bits.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum {
    TILE = 64,   /* rows of each side of a tile */
    AT_ONCE = 4, /* rows whose counts are in registers together */
    WORDS = 32   /* of a row that are looked at together: two sides of 16 KB */
};

/* Adds to count[i * TILE + j] the ones that a[k * TILE + i] and b[k * TILE + j] share over k < words. */
typedef void count_fn(int64_t words, const uint64_t *a, const uint64_t *b, uint64_t *count);

/* The ones of each of several words: by pairs, by fours, by bytes, and then of all bytes. */
#define ONES(X)                                                                                                        \
    (X) -= (X) >> 1 & 0x5555555555555555;                                                                              \
    (X) = ((X)&0x3333333333333333) + ((X) >> 2 & 0x3333333333333333);                                                  \
    (X) = ((X) + ((X) >> 4)) & 0x0f0f0f0f0f0f0f0f;                                                                     \
    (X) += (X) >> 8;                                                                                                   \
    (X) += (X) >> 16;                                                                                                  \
    (X) = ((X) + ((X) >> 32)) & 0x7f
#define ONES_AT_ONCE(X) (X) = (words_of)_mm512_popcnt_epi64((__m512i)(X))

#define COUNT(NAME, TARGET, LANES, COUNT_ONES)                                                                         \
    TARGET static void NAME(int64_t words, const uint64_t *a, const uint64_t *b, uint64_t *count) {                    \
        typedef uint64_t words_of __attribute__((vector_size((LANES) * sizeof(uint64_t)), may_alias));                 \
        for (int i = 0; i < TILE; i += AT_ONCE) {                                                                      \
            for (int j = 0; j < TILE; j += (LANES)) {                                                                  \
                words_of sum[AT_ONCE] = {{0}};                                                                         \
                for (int64_t k = 0; k < words; k++) {                                                                  \
                    words_of other = *(const words_of *)(const void *)(b + k * TILE + j);                              \
                    for (int m = 0; m < AT_ONCE; m++) {                                                                \
                        words_of both = other & a[k * TILE + i + m];                                                   \
                        COUNT_ONES(both);                                                                              \
                        sum[m] += both;                                                                                \
                    }                                                                                                  \
                }                                                                                                      \
                for (int m = 0; m < AT_ONCE; m++) {                                                                    \
                    *(words_of *)(void *)(count + (i + m) * TILE + j) += sum[m];                                       \
                }                                                                                                      \
            }                                                                                                          \
        }                                                                                                              \
    }

COUNT(count_by_two, , 2, ONES)
#if defined(__x86_64__)
COUNT(count_by_four, __attribute__((target("avx2"))), 4, ONES)
COUNT(count_by_eight, __attribute__((target("avx512f,avx512vpopcntdq"))), 8, ONES_AT_ONCE)
#endif

typedef struct {
    const okrug_bits *bits;
    count_fn *count_shared;
    const double *count;
    double *c;
} state;

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* Words k and on (TILE rows each) of the rows from `first` on; 0 beyond the last. */
static void take_words(const okrug_bits *bits, int64_t first, int64_t k, int64_t words, uint64_t *to) {
    int64_t rows = smaller(TILE, bits->rows - first);
    for (int64_t i = 0; i < words; i++) {
        memset(to + i * TILE, 0, TILE * sizeof *to);
        memcpy(to + i * TILE, bits->word + (k + i) * bits->rows + first, (size_t)rows * sizeof *to);
    }
}

/* A tile of counts to both of its places in c. The smaller of the two divisors of a pair would be the larger quotient:
 * never below 1, so that two rows without ones get 0. */
static void write_out(const state *s, int64_t first, int64_t second, const uint64_t *count) {
    int64_t n = s->bits->rows, rows = smaller(TILE, n - first), columns = smaller(TILE, n - second);
    double turned[TILE * TILE];
    for (int64_t i = 0; i < rows; i++) {
        double *c = s->c + (first + i) * n + second, own = s->count != NULL ? s->count[first + i] : 1.0;
        own = own > 1.0 ? own : 1.0;
        for (int64_t j = 0; j < columns; j++) {
            double other = s->count != NULL ? s->count[second + j] : 1.0;
            c[j] = (double)(int32_t)count[i * TILE + j] / (own > other ? own : other);
            turned[j * TILE + i] = c[j];
        }
        if (s->count != NULL && first == second) {
            c[i] = 0.0;
        }
    }
    for (int64_t j = 0; first != second && j < columns; j++) {
        memcpy(s->c + (second + j) * n + first, turned + j * TILE, (size_t)rows * sizeof *turned);
    }
}

/* Tiles go by columns of the upper triangle: 0 is (0, 0), 1 is (0, 1), 2 is (1, 1), 3 is (0, 2) ... */
static okrug_status pairs_tile(void *user, int64_t tile) {
    const state *s = user;
    int64_t column = 0;
    while ((column + 1) * (column + 2) / 2 <= tile) {
        column++;
    }
    int64_t first = (tile - column * (column + 1) / 2) * TILE, second = column * TILE;
    _Alignas(64) uint64_t a[WORDS * TILE], b[WORDS * TILE], count[TILE * TILE];
    memset(count, 0, sizeof count);
    for (int64_t k = 0; k < s->bits->words; k += WORDS) {
        int64_t words = smaller(WORDS, s->bits->words - k);
        take_words(s->bits, first, k, words, a);
        take_words(s->bits, second, k, words, b);
        s->count_shared(words, a, b, count);
    }
    write_out(s, first, second, count);
    return OKRUG_OK;
}

bool okrug_bits_pairs_by(int lanes, okrug_ctx *ctx, const okrug_bits *bits, const double *count, double *c,
                         okrug_status *status) {
    count_fn *shared = lanes == 2 ? count_by_two : NULL;
#if defined(__x86_64__)
    shared = lanes == 4 && __builtin_cpu_supports("avx2") ? count_by_four : shared;
    bool both = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq");
    shared = lanes == 8 && both ? count_by_eight : shared;
#endif
    if (shared != NULL) {
        state s = {bits, shared, count, c};
        int64_t side = (bits->rows + TILE - 1) / TILE;
        *status = okrug_parallel(ctx, side * (side + 1) / 2, pairs_tile, &s);
    }
    return shared != NULL;
}

okrug_status okrug_bits_pairs(okrug_ctx *ctx, const okrug_bits *bits, const double *count, double *c) {
    okrug_status status = OKRUG_OK;
    int lanes = 8;
    while (!okrug_bits_pairs_by(lanes, ctx, bits, count, c, &status)) {
        lanes /= 2; /* by two it always can */
    }
    return status;
}
