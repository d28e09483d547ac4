/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A matrix of 0 and 1 to bits. A word is the sum of its entries times powers of two, which a double holds exactly: so
 * vectors of doubles make it, without a branch.
 */
#include "bits.h"

enum { ROWS = 32, COLUMNS = 64 };

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

/* One word of every column. */
static okrug_status pack_columns(void *user, int64_t tile) {
    const packing *s = user;
    int64_t top = tile * OKRUG_BITS, end = smaller(top + OKRUG_BITS, s->rows);
    for (int64_t from = 0; from < s->columns; from += COLUMNS) {
        double sum[COLUMNS] = {0}, power = 1.0;
        int64_t improper[COLUMNS] = {0}, count = smaller(COLUMNS, s->columns - from);
        for (int64_t r = top; r < end; r++, power *= 2.0) {
            const double *m = s->m + r * s->columns + from;
            for (int64_t i = 0; i < count; i++) {
                sum[i] += m[i] * power;
                improper[i] |= (m[i] != 0.0) & (m[i] != 1.0);
            }
        }
        for (int64_t i = 0; i < count; i++) {
            if (improper[i]) {
                return OKRUG_DEFECT;
            }
            s->word[tile * s->columns + from + i] = (uint64_t)sum[i];
        }
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

okrug_status okrug_bits_of_columns(okrug_ctx *ctx, int64_t rows, int64_t columns, const double *m, okrug_bits *bits) {
    OKRUG_TRY(take(ctx, columns, rows, bits));
    packing s = {rows, columns, m, bits->word};
    return okrug_parallel(ctx, bits->words, pack_columns, &s);
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
