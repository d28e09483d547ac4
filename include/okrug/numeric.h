/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small numerical parts that every room uses: sums in a fixed order, sparse rows, counter-based random numbers.
 */
#ifndef OKRUG_NUMERIC_H
#define OKRUG_NUMERIC_H

#include <math.h>
#include <stdint.h>

/* A sum with a running compensation (Neumaier 1974): the error does not grow with the number of terms, and the order
 * is that of the calls, so the same terms give the same bytes. */
typedef struct {
    double sum;
    double compensation;
} okrug_sum;

static inline void okrug_sum_add(okrug_sum *sum, double term) {
    double total = sum->sum + term;
    /* What the addition rounded off is found exactly from the larger of the two. */
    if (fabs(sum->sum) >= fabs(term)) {
        sum->compensation += (sum->sum - total) + term;
    } else {
        sum->compensation += (term - total) + sum->sum;
    }
    sum->sum = total;
}

static inline double okrug_sum_value(const okrug_sum *sum) {
    return sum->sum + sum->compensation;
}

/* Sum of x[0], x[stride], ... (n terms). */
double okrug_sum_of(const double *x, int64_t n, int64_t stride);

/* A sparse matrix by rows: row i holds col[ptr[i] .. ptr[i+1]) and val (NULL: all ones). Owned by whoever made it. */
typedef struct {
    int64_t n;
    int64_t nnz;
    const int64_t *ptr; /* n + 1 */
    const int32_t *col; /* nnz */
    const double *val;  /* nnz or NULL */
} okrug_csr;

/* Philox4x32-10 (Salmon et al. 2011, Random123) keyed by the seed and the analysis: the same key and counter give the
 * same numbers on any machine and any number of threads. */
typedef struct {
    uint64_t seed;
    uint64_t unit;     /* which region, area, plant ... */
    uint32_t analysis; /* which method draws */
    uint32_t draw;     /* which draw of that unit */
} okrug_random_key;

/* A unit for something that has a name rather than a number, so that its numbers do not depend on where it stands in a
 * file: begin with 0 and go on with each part of the name, okrug_random_unit(okrug_random_unit(0, region), industry).
 * The bytes and the end of each part go into it (FNV-1a, 64 bits: Fowler, Noll and Vo). */
uint64_t okrug_random_unit(uint64_t unit, const char *name);

void okrug_random_bits(okrug_random_key key, uint32_t bits[4]);
/* Two uniform numbers in [0, 1), 53 bits each. */
void okrug_random_uniform(okrug_random_key key, double u[2]);

#endif
