/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The second eigenvector by images is that of the whole matrix, or it does not settle.
 */
#include <okrug/complexity.h>

#include "kernels/complexity/second.h"
#include "matrices.h"

typedef struct {
    okrug_ctx *ctx;
    okrug_bits by_region, by_product;
    double *diversity, *ubiquity;
    okrug_network network;
    int64_t n;
} network;

static void network_make(network *w, int threads, int64_t regions, int64_t products, const double *m) {
    *w = (network){.ctx = testing_context(threads),
                   .diversity = testing_numbers(regions),
                   .ubiquity = testing_numbers(products),
                   .n = regions < products ? regions : products};
    assert_ok(okrug_bits_of(w->ctx, regions, products, m, &w->by_region));
    assert_ok(okrug_bits_transpose(w->ctx, &w->by_region, &w->by_product));
    okrug_bits_count(&w->by_region, w->diversity);
    okrug_bits_count(&w->by_product, w->ubiquity);
    w->network = (okrug_network){regions, products, m, &w->by_region, &w->by_product, w->diversity, w->ubiquity};
}

static void network_free(network *w) {
    okrug_ctx_free(w->ctx);
    free(w->diversity);
    free(w->ubiquity);
}

/* Both ways; the gap between the eigenvalues. Vectors differ by about the rounding over the gap. */
static double check_agreement(int64_t regions, int64_t products, const double *m, bool settles) {
    network w;
    network_make(&w, 2, regions, products, m);
    double *whole = testing_numbers(w.n), *images = testing_numbers(w.n), expected[2], lambda[2];
    bool settled;
    assert_ok(okrug_second_as_a_whole(w.ctx, &w.network, expected, whole));
    assert_ok(okrug_second_by_images(w.ctx, &w.network, lambda, images, &settled));
    assert_int_equal(settled, settles);
    double gap = expected[0] - expected[1], cosine = 0.0;
    if (settles) {
        assert_near(lambda[0], expected[0], 1e-14);
        assert_near(lambda[1], expected[1], 1e-5);
        for (int64_t i = 0; i < w.n; i++) {
            cosine += whole[i] * images[i];
        }
        double sign = cosine > 0.0 ? 1.0 : -1.0;
        for (int64_t i = 0; i < w.n; i++) {
            assert_near(sign * images[i], whole[i], 1e-14 / gap);
        }
    }
    /* And the one that chooses between them never has anything else. */
    assert_ok(okrug_second_eigenvector(w.ctx, &w.network, lambda, images));
    assert_near(lambda[0], expected[0], 1e-14);
    assert_near(lambda[1], expected[1], 1e-5);
    free(whole);
    free(images);
    network_free(&w);
    return gap;
}

static double *nested(uint64_t seed, int64_t regions, int64_t products) {
    double *m = testing_numbers(regions * products);
    for (int64_t cell = 0; cell < regions * products; cell++) {
        int64_t row = cell / products, column = cell % products;
        double able = (double)(row + 1) / (double)regions, demanding = (double)column / (double)products;
        double u = testing_uniform(seed, (uint64_t)cell, 0.0, 1.0);
        bool edge = column == 0 || row == regions - 1;
        m[cell] = able - demanding + .9 * (u - .5) > 0.0 || edge ? 1.0 : 0.0;
    }
    return m;
}

static void test_agree(void **state) {
    (void)state;
    static const int64_t sizes[][2] = {{140, 311}, {311, 140}, {200, 200}, {257, 600}, {700, 301}};
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        double *m = nested(k, sizes[k][0], sizes[k][1]);
        assert_true(check_agreement(sizes[k][0], sizes[k][1], m, true) > 1e-3);
        free(m);
    }
}

/* Ten sorts of regions: the images span no more than ten dimensions, and random vectors go on. */
static void test_few_sorts(void **state) {
    (void)state;
    enum { R = 160, P = 230, SORTS = 10 };
    double *sort = nested(5, SORTS, P), *m = testing_numbers(R * P);
    for (int64_t cell = 0; cell < R * P; cell++) {
        m[cell] = sort[cell / P % SORTS * P + cell % P];
    }
    check_agreement(R, P, m, true);
    free(sort);
    free(m);
}

/* Three equal blocks that share their first product: any turn among the three is as good, the second eigenvalue is
 * there twice. One cell more parts them a little, many cells more. */
static double *three_blocks(int64_t side, int64_t cells) {
    int64_t products = 3 * side + 1;
    double *block = nested(9, side, side), *m = testing_numbers(3 * side * products);
    for (int64_t r = 0; r < 3 * side; r++) {
        m[r * products] = 1.0;
        for (int64_t p = 0; p < side; p++) {
            m[r * products + 1 + r / side * side + p] = block[r % side * side + p];
        }
    }
    for (int64_t c = 0; c < cells; c++) {
        int64_t r = c * 7 % side, p = (c * 11 + side / 2) % side;
        double *cell = &m[r * products + 1 + p];
        *cell = 1.0 - *cell;
    }
    free(block);
    return m;
}

static okrug_complexity_summary summary_of(int64_t regions, int64_t products, const double *m) {
    okrug_ctx *ctx = testing_context(2);
    double *diversity = testing_numbers(regions), *eci = testing_numbers(regions);
    double *ubiquity = testing_numbers(products), *pci = testing_numbers(products);
    okrug_complexity_summary summary;
    assert_ok(okrug_complexity_scores(ctx, regions, products, m, diversity, ubiquity, eci, pci, &summary));
    assert_int_equal(isnan(eci[0]), summary.ambiguous);
    assert_int_equal(isnan(pci[0]), summary.ambiguous);
    free(diversity);
    free(eci);
    free(ubiquity);
    free(pci);
    okrug_ctx_free(ctx);
    return summary;
}

static void test_almost_ambiguous(void **state) {
    (void)state;
    enum { SIDE = 60, R = 3 * SIDE, P = R + 1 };
    double *m = three_blocks(SIDE, 0);
    assert_true(fabs(check_agreement(R, P, m, false)) < 1e-12);
    okrug_complexity_summary summary = summary_of(R, P, m);
    assert_true(summary.ambiguous);
    assert_int_equal(summary.components, 1);
    free(m);
    m = three_blocks(SIDE, 4);
    double gap = check_agreement(R, P, m, true);
    assert_true(gap > 1e-6 && gap < 1e-2);
    assert_false(summary_of(R, P, m).ambiguous);
    free(m);
}

/* A ring: no vector stands out, and every eigenvalue but the first is there twice. */
static void test_ring(void **state) {
    (void)state;
    enum { N = 150 };
    double *m = testing_numbers(N * N);
    for (int64_t r = 0; r < N; r++) {
        m[r * N + r] = m[r * N + (r + 1) % N] = 1.0;
    }
    check_agreement(N, N, m, false);
    assert_true(summary_of(N, N, m).ambiguous);
    free(m);
}

static void test_same_bytes_on_any_number_of_threads(void **state) {
    (void)state;
    enum { R = 700, P = 301 };
    double *m = nested(3, R, P), first[P], vector[P], lambda[2];
    for (int threads = 1; threads <= 3; threads++) {
        network w;
        network_make(&w, threads, R, P, m);
        bool settled;
        assert_ok(okrug_second_by_images(w.ctx, &w.network, lambda, threads == 1 ? first : vector, &settled));
        assert_true(settled);
        if (threads > 1) {
            assert_memory_equal(vector, first, sizeof first);
        }
        network_free(&w);
    }
    free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agree),
        cmocka_unit_test(test_few_sorts),
        cmocka_unit_test(test_almost_ambiguous),
        cmocka_unit_test(test_ring),
        cmocka_unit_test(test_same_bytes_on_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
