/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Products of bits are those of BLAS with the same zeros and ones, whatever the size, the threads and the width of
 * vectors.
 */
#include <okrug/linalg.h>

#include "kernels/complexity/bits.h"
#include "matrices.h"

/* Below, at and above words of 48 bits, panels of 8 columns, tiles of 64 pairs and chunks of 1024 rows. */
static const int64_t sizes[][2] = {{1, 1},    {3, 7},   {8, 48},   {49, 8},   {64, 96},
                                   {65, 145}, {97, 33}, {300, 50}, {31, 300}, {1030, 21}};
enum { SIZES = sizeof sizes / sizeof sizes[0] };

/* Random, but for a row and a column without ones and a row and a column of ones. */
static double *zeros_and_ones(uint64_t seed, int64_t rows, int64_t columns) {
    double *m = testing_numbers(rows * columns);
    for (int64_t cell = 0; cell < rows * columns; cell++) {
        int64_t row = cell / columns, column = cell % columns;
        bool one = testing_uniform(seed, (uint64_t)cell, 0.0, 1.0) < .4;
        one = (one && row != rows / 2 && column != columns / 2) || row == rows / 3 || column == columns / 3;
        m[cell] = one ? 1.0 : 0.0;
    }
    return m;
}

static double *symmetric(uint64_t seed, int64_t n) {
    double *b = testing_matrix(seed, n * n, -1.0, 2.0);
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < i; j++) {
            b[i * n + j] = b[j * n + i];
        }
    }
    return b;
}

/* All that a product can be, by BLAS. */
static void by_multiplying(okrug_ctx *ctx, const okrug_bit_product *p, const double *m, double *c) {
    int64_t rows = p->bits->rows, columns = p->bits->columns;
    double *scaled = testing_numbers(rows * columns);
    for (int64_t cell = 0; cell < rows * columns; cell++) {
        scaled[cell] = p->lacking ? 1.0 - m[cell] : m[cell];
        scaled[cell] *= p->weight != NULL ? p->weight[cell % columns] : 1.0;
    }
    assert_ok(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, rows, p->n, columns, scaled, p->b, c));
    for (int64_t cell = 0; cell < rows * p->n; cell++) {
        c[cell] = p->divisor != NULL ? p->scale * c[cell] / p->divisor[cell % p->n] : c[cell];
        c[cell] = p->lacking && m[cell] > 0.0 ? 0.0 : c[cell];
    }
    free(scaled);
}

static void check_product(okrug_bit_product p, const double *m) {
    int64_t cells = p.bits->rows * p.n;
    double *expected = testing_numbers(cells), *first = testing_numbers(cells), *c = testing_numbers(cells);
    for (int threads = 1; threads <= 3; threads++) {
        okrug_ctx *ctx = testing_context(threads);
        if (threads == 1) {
            by_multiplying(ctx, &p, m, expected);
        }
        p.c = threads == 1 ? first : c;
        assert_ok(okrug_bits_multiply(ctx, &p));
        assert_all_near(cells, p.c, expected, 1e-12);
        assert_memory_equal(p.c, first, (size_t)cells * sizeof *c);
        p.c = c;
        for (int lanes = 2; lanes <= 8; lanes *= 2) {
            okrug_status status;
            if (okrug_bits_multiply_by(lanes, ctx, &p, &status)) {
                assert_ok(status);
                assert_memory_equal(c, first, (size_t)cells * sizeof *c);
            } else {
                assert_true(lanes > 2);
            }
        }
        okrug_ctx_free(ctx);
    }
    free(expected);
    free(first);
    free(c);
}

static void test_products(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (size_t k = 0; k < SIZES; k++) {
        int64_t rows = sizes[k][0], columns = sizes[k][1], widths[] = {1, 8, 13};
        double *m = zeros_and_ones(k, rows, columns), *square = symmetric(k + 20, columns);
        double *weight = testing_matrix(k + 40, columns, .1, 3.0), *divisor = testing_matrix(k + 60, columns, .1, 3.0);
        okrug_bits bits;
        assert_ok(okrug_bits_of(ctx, rows, columns, m, &bits));
        check_product((okrug_bit_product){.bits = &bits, .n = columns, .b = square, .symmetric = true}, m);
        check_product((okrug_bit_product){.bits = &bits, .n = columns, .b = square, .divisor = divisor, .scale = 100.0},
                      m);
        const okrug_bit_product gain = {.bits = &bits,
                                        .lacking = true,
                                        .n = columns,
                                        .b = square,
                                        .symmetric = true,
                                        .weight = weight,
                                        .divisor = divisor,
                                        .scale = 2.0};
        check_product(gain, m);
        for (int w = 0; w < 3; w++) {
            double *b = testing_matrix(k + 80, columns * widths[w], -1.0, 2.0);
            check_product((okrug_bit_product){.bits = &bits, .n = widths[w], .b = b, .weight = weight}, m);
            free(b);
        }
        free(m);
        free(square);
        free(weight);
        free(divisor);
    }
    okrug_ctx_free(ctx);
}

static void check_pairs(const okrug_bits *bits, const double *count, const double *expected) {
    int64_t n = bits->rows;
    double *c = testing_numbers(n * n);
    for (int threads = 1; threads <= 3; threads++) {
        okrug_ctx *ctx = testing_context(threads);
        assert_ok(okrug_bits_pairs(ctx, bits, count, c));
        assert_all_near(n * n, c, expected, 0.0);
        for (int lanes = 2; lanes <= 8; lanes *= 2) {
            okrug_status status;
            if (okrug_bits_pairs_by(lanes, ctx, bits, count, c, &status)) {
                assert_ok(status);
                assert_all_near(n * n, c, expected, 0.0);
            }
        }
        okrug_ctx_free(ctx);
    }
    free(c);
}

static void test_pairs(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (size_t k = 0; k < SIZES; k++) {
        int64_t regions = sizes[k][0], n = sizes[k][1];
        double *m = zeros_and_ones(k, regions, n), *together = testing_numbers(n * n), *count = testing_numbers(n);
        okrug_bits bits;
        assert_ok(okrug_bits_of_columns(ctx, regions, n, m, &bits));
        assert_ok(okrug_gram(ctx, OKRUG_TRANSPOSED, n, regions, m, together)); /* whole numbers: exact */
        check_pairs(&bits, NULL, together);
        okrug_bits_count(&bits, count);
        for (int64_t i = 0; i < n; i++) {
            assert_same_double(count[i], together[i * n + i]);
        }
        for (int64_t cell = 0; cell < n * n; cell++) {
            double larger = fmax(count[cell / n], count[cell % n]);
            together[cell] = cell / n == cell % n || larger == 0.0 ? 0.0 : together[cell] / larger;
        }
        check_pairs(&bits, count, together);
        free(m);
        free(together);
        free(count);
    }
    okrug_ctx_free(ctx);
}

static void test_bits_are_the_matrix(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (size_t k = 0; k < SIZES; k++) {
        int64_t rows = sizes[k][0], columns = sizes[k][1];
        double *m = zeros_and_ones(k, rows, columns);
        okrug_bits bits, turned;
        assert_ok(okrug_bits_of(ctx, rows, columns, m, &bits));
        assert_ok(okrug_bits_transpose(ctx, &bits, &turned));
        assert_int_equal(turned.rows, columns);
        assert_int_equal(turned.columns, rows);
        for (int64_t r = 0; r < rows; r++) {
            for (int64_t p = 0; p < bits.words * OKRUG_BITS; p++) { /* also those beyond */
                bool one = p < columns && m[r * columns + p] > 0.0;
                assert_int_equal(bits.word[p / OKRUG_BITS * rows + r] >> p % OKRUG_BITS & 1, one);
                assert_true(p >= columns || (turned.word[r / OKRUG_BITS * columns + p] >> r % OKRUG_BITS & 1) == one);
            }
        }
        free(m);
    }
    okrug_ctx_free(ctx);
}

static void test_nothing_but_zeros_and_ones(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double other[] = {.5, -1.0, 2.0, NAN, INFINITY};
    for (int k = 0; k < 5; k++) {
        for (int64_t at = 0; at < 3 * 50; at += 7) {
            double m[3 * 50] = {0};
            m[at] = other[k];
            okrug_bits bits;
            assert_int_equal(okrug_bits_of(ctx, 3, 50, m, &bits), OKRUG_DEFECT);
        }
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_bits_are_the_matrix),
        cmocka_unit_test(test_nothing_but_zeros_and_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
