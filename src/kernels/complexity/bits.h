/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A matrix of 0 and 1 as bits, and the products that bits make cheap.
 *
 * All run in tiles of a fixed size, and each sum is added in an order of its own, so results have the same bytes on any
 * number of threads and with vectors of any width. Source of the products: Arlazarov, Dinic, Kronrod and Faradzev
 * (1970), known as the method of the four Russians.
 */
#ifndef OKRUG_COMPLEXITY_BITS_H
#define OKRUG_COMPLEXITY_BITS_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>

/* Entries of a row in a word: a multiple of the 6 that make a place in a table of 64 sums and of the 8 columns that are
 * added side by side, and few enough for a double to hold the word exactly. */
enum { OKRUG_BITS = 48 };

/* Word k of row r is word[k * rows + r]; its lowest bit is column k * OKRUG_BITS. Bits beyond the columns are 0. */
typedef struct {
    int64_t rows, columns;
    int64_t words; /* of a row */
    uint64_t *word;
} okrug_bits;

/* The rows of m (rows x columns), whose entries are 0 or 1 (OKRUG_DEFECT: one is not); `word` is scratch memory of the
 * context, rows x columns / 6 bytes. O(rows x columns). */
okrug_status okrug_bits_of(okrug_ctx *ctx, int64_t rows, int64_t columns, const double *m, okrug_bits *bits);

/* The transpose, which has as many rows as `bits` has columns. */
okrug_status okrug_bits_transpose(okrug_ctx *ctx, const okrug_bits *bits, okrug_bits *turned);

/* The transpose of the bits of m. */
okrug_status okrug_bits_of_columns(okrug_ctx *ctx, int64_t rows, int64_t columns, const double *m, okrug_bits *bits);

/* count (rows): the ones of each row. */
void okrug_bits_count(const okrug_bits *bits, double *count);

/* c (rows x n) = scale M diag(weight) B diag(divisor)^-1, where M are the bits and B (columns x n) is `b`, which may be
 * said to be symmetric: its rows are then read in place of its columns. With `lacking` it is (1 - M) in place of M, and
 * c is 0 where M has a 1. */
typedef struct {
    const okrug_bits *bits;
    bool lacking;
    int64_t n;
    const double *b;
    bool symmetric;
    const double *weight;  /* bits->columns; NULL: ones */
    const double *divisor; /* n; NULL: neither divisor nor scale */
    double scale;
    double *c;
} okrug_bit_product;

/* Six entries at a time: the 64 sums that they can choose are made once for 8 columns of B, and each row takes one of
 * them. O(rows x columns x n), a sixth of the additions of the product and no multiplication. */
okrug_status okrug_bits_multiply(okrug_ctx *ctx, const okrug_bit_product *product);

/* The same by vectors of 2, 4 or 8 numbers; false, and nothing is done, where the processor has none so wide. */
bool okrug_bits_multiply_by(int lanes, okrug_ctx *ctx, const okrug_bit_product *product, okrug_status *status);

/* c (rows x rows, symmetric) = M M': how many ones two rows share, exactly. With `count` (of the ones of each row) they
 * are divided by the larger of the two counts, and the diagonal is 0; where both are 0 so is the quotient.
 * O(rows^2 x columns / 48). */
okrug_status okrug_bits_pairs(okrug_ctx *ctx, const okrug_bits *bits, const double *count, double *c);

/* The same by vectors of 2, 4 or 8 words. */
bool okrug_bits_pairs_by(int lanes, okrug_ctx *ctx, const okrug_bits *bits, const double *count, double *c,
                         okrug_status *status);

#endif
