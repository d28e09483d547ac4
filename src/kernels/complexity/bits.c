/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A matrix of 0 and 1 to bits. A word is the sum of its entries times powers of two, which a double holds exactly: so
 * vectors of doubles make it, without a branch.
 */
#include "bits.h"

#include <string.h>

enum { ROWS = 32 }; /* of a tile */

typedef struct {
    int64_t rows, columns; /* of m */
    const double *m;
    uint64_t *word;
} packing;

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* One word; whether all of its entries are 0 or 1. */
static bool pack(const double *m, int64_t count, uint64_t *word) {
    double sum = 0.0, power = 1.0;
    bool proper = true;
    for (int64_t i = 0; i < count; i++) {
        sum += m[i] * power;
        power *= 2.0;
        proper = proper && (m[i] == 0.0 || m[i] == 1.0);
    }
    *word = proper ? (uint64_t)sum : 0;
    return proper;
}

typedef double two __attribute__((vector_size(16)));
typedef double two_anywhere __attribute__((vector_size(16), aligned(8)));
typedef int64_t two_tests __attribute__((vector_size(16)));

static bool pack_whole(const double *m, uint64_t *word) {
    two even = {0}, odd = {0}, power = {1.0, 2.0};
    two_tests improper = {0};
    for (int64_t i = 0; i < OKRUG_BITS; i += 4) {
        two a = *(const two_anywhere *)(const void *)(m + i), b = *(const two_anywhere *)(const void *)(m + i + 2);
        even += a * power;
        odd += b * power;
        power *= (two){16.0, 16.0};
        improper |= ((a != 0.0) & (a != 1.0)) | ((b != 0.0) & (b != 1.0));
    }
    bool proper = (improper[0] | improper[1]) == 0;
    *word = proper ? (uint64_t)(even[0] + even[1] + 4.0 * (odd[0] + odd[1])) : 0;
    return proper;
}

static okrug_status pack_rows(void *user, int64_t tile) {
    const packing *s = user;
    int64_t from = tile * ROWS, to = smaller(from + ROWS, s->rows);
    bool proper = true;
    for (int64_t r = from; r < to; r++) {
        const double *row = s->m + r * s->columns;
        int64_t p = 0;
        uint64_t *word = s->word + r;
        for (; p + OKRUG_BITS <= s->columns; p += OKRUG_BITS, word += s->rows) {
            proper = pack_whole(row + p, word) && proper;
        }
        proper = (p == s->columns || pack(row + p, s->columns - p, word)) && proper;
    }
    return proper ? OKRUG_OK : OKRUG_DEFECT;
}

/* The transpose of 64 x 64 bits: of 2 x 2 blocks those off the diagonal change places, from blocks of 32 to single
 * bits (Warren, Hacker's Delight). */
static void transpose(uint64_t word[64]) {
    uint64_t low = 0xffffffff;
    for (int size = 32; size > 0; size /= 2, low ^= low << size) {
        for (int i = 0; i < 64; i = (i + size + 1) & ~size) {
            uint64_t changed = (word[i] >> size ^ word[i + size]) & low;
            word[i] ^= changed << size;
            word[i + size] ^= changed;
        }
    }
}

typedef struct {
    const okrug_bits *from, *to;
} turning;

/* Word `tile` of every row of the transpose. */
static okrug_status turn(void *user, int64_t tile) {
    const turning *s = user;
    int64_t first = tile * OKRUG_BITS, rows = smaller(OKRUG_BITS, s->from->rows - first);
    for (int64_t k = 0; k < s->from->words; k++) {
        int64_t column = k * OKRUG_BITS, columns = smaller(OKRUG_BITS, s->from->columns - column);
        uint64_t word[64] = {0};
        memcpy(word, s->from->word + k * s->from->rows + first, (size_t)rows * sizeof *word);
        transpose(word);
        memcpy(s->to->word + tile * s->to->rows + column, word, (size_t)columns * sizeof *word);
    }
    return OKRUG_OK;
}

static okrug_status take(okrug_ctx *ctx, int64_t rows, int64_t columns, okrug_bits *bits) {
    *bits = (okrug_bits){.rows = rows, .columns = columns, .words = (columns + OKRUG_BITS - 1) / OKRUG_BITS};
    bits->word = OKRUG_SCRATCH(ctx, rows * bits->words + 1, uint64_t);
    return bits->word != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

okrug_status okrug_bits_of(okrug_ctx *ctx, int64_t rows, int64_t columns, const double *m, okrug_bits *bits) {
    OKRUG_TRY(take(ctx, rows, columns, bits));
    packing s = {rows, columns, m, bits->word};
    return okrug_parallel(ctx, (rows + ROWS - 1) / ROWS, pack_rows, &s);
}

okrug_status okrug_bits_transpose(okrug_ctx *ctx, const okrug_bits *bits, okrug_bits *turned) {
    OKRUG_TRY(take(ctx, bits->columns, bits->rows, turned));
    turning s = {bits, turned};
    return okrug_parallel(ctx, turned->words, turn, &s);
}

okrug_status okrug_bits_of_columns(okrug_ctx *ctx, int64_t rows, int64_t columns, const double *m, okrug_bits *bits) {
    okrug_bits plain;
    OKRUG_TRY(okrug_bits_of(ctx, rows, columns, m, &plain));
    return okrug_bits_transpose(ctx, &plain, bits);
}

void okrug_bits_count(const okrug_bits *bits, double *count) {
    for (int64_t r = 0; r < bits->rows; r++) {
        count[r] = 0.0;
    }
    for (int64_t k = 0; k < bits->words; k++) {
        for (int64_t r = 0; r < bits->rows; r++) {
            count[r] += __builtin_popcountll(bits->word[k * bits->rows + r]);
        }
    }
}
