/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Spatial statistics against published values, and permutations against all there are on maps of a few places.
 */
#include <okrug/spatial.h>

#include "matrices.h"

/* The 3 x 3 board with rook's neighbours, numbered by columns. */
enum { BOARD = 9, BOARD_LINKS = 24 };
typedef struct {
    int64_t ptr[BOARD + 1];
    int32_t col[BOARD_LINKS];
    double val[BOARD_LINKS];
    okrug_csr w;
} board;

static void make_board(board *b, bool standardised) {
    int64_t links = 0;
    b->ptr[0] = 0;
    for (int i = 0; i < BOARD; i++) {
        for (int j = 0; j < BOARD; j++) {
            int rows = abs(i / 3 - j / 3);
            int columns = abs(i % 3 - j % 3);
            if (rows + columns == 1) {
                b->col[links++] = j;
            }
        }
        b->ptr[i + 1] = links;
        for (int64_t l = b->ptr[i]; l < links; l++) {
            b->val[l] = standardised ? 1.0 / (double)(links - b->ptr[i]) : 1.0;
        }
    }
    assert_int_equal(links, BOARD_LINKS);
    b->w = (okrug_csr){.n = BOARD, .nnz = BOARD_LINKS, .ptr = b->ptr, .col = b->col, .val = b->val};
}

static const double one_to_nine[BOARD] = {1, 2, 3, 4, 5, 6, 7, 8, 9};

/* Cliff and Ord's formulas as esda's tests and spdep 1.2-7 have them. */
static void test_board(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    board b;
    okrug_global_result r;
    make_board(&b, false);
    assert_ok(okrug_global(ctx, OKRUG_MORAN, OKRUG_RANDOMISATION, &b.w, one_to_nine, &r));
    assert_near(r.value, 0.5, 1e-14);
    assert_near(r.expectation, -0.125, 1e-14);
    assert_near(r.variance, 0.0596875, 1e-14);
    assert_near(r.z, 0.625 / sqrt(0.0596875), 1e-13);
    assert_ok(okrug_global(ctx, OKRUG_MORAN, OKRUG_NORMALITY, &b.w, one_to_nine, &r));
    assert_near(r.variance, 0.053125, 1e-14);
    assert_ok(okrug_global(ctx, OKRUG_GEARY, OKRUG_RANDOMISATION, &b.w, one_to_nine, &r));
    assert_near(r.value, 1.0 / 3.0, 1e-14);
    assert_true(r.z > 0.0);
    make_board(&b, true);
    assert_ok(okrug_global(ctx, OKRUG_MORAN, OKRUG_RANDOMISATION, &b.w, one_to_nine, &r));
    assert_near(r.value, 5.0 / 9.0, 1e-14);
    okrug_ctx_free(ctx);
}

typedef struct {
    double value[BOARD], expectation[BOARD], variance[BOARD], z[BOARD], lag[BOARD];
    okrug_local_results r;
} local;

static void point(local *l) {
    l->r = (okrug_local_results){l->value, l->expectation, l->variance, l->z, l->lag};
}

static void test_local_board(void **state) {
    (void)state;
    static const double expected[BOARD] = {1.2, .9, .3, .1, 0, .1, .3, .9, 1.2};
    okrug_ctx *ctx = testing_context(1);
    board b;
    local l;
    double self[BOARD];
    point(&l);
    make_board(&b, true);
    assert_ok(okrug_local_moran(ctx, &b.w, one_to_nine, &l.r));
    assert_all_near(BOARD, l.value, expected, 1e-14);
    make_board(&b, false);
    for (int i = 0; i < BOARD; i++) {
        self[i] = 1.0;
    }
    assert_ok(okrug_getis_ord_local(ctx, &b.w, self, one_to_nine, &l.r));
    assert_near(l.z[0], -2.06559112, 5e-9);
    assert_near(l.value[0], 7.0 / 45.0, 1e-14);
    assert_ok(okrug_getis_ord_local(ctx, &b.w, NULL, one_to_nine, &l.r));
    assert_near(l.z[0], -1.66666667, 5e-9);
    assert_near(l.value[0], 6.0 / 44.0, 1e-14);
    okrug_ctx_free(ctx);
}

/* The unit of the values does not matter, though their fourth powers have no number. */
static void test_any_unit(void **state) {
    (void)state;
    static const double unit[] = {1e-300, 1e-160, 1e-90, 1e90, 1e160, 1e300};
    okrug_ctx *ctx = testing_context(1);
    board b;
    local l, other;
    okrug_global_result r, there;
    okrug_permuted permuted, drawn;
    point(&l);
    point(&other);
    make_board(&b, true);
    for (size_t u = 0; u < sizeof unit / sizeof(unit[0]); u++) {
        double x[BOARD];
        for (int i = 0; i < BOARD; i++) {
            x[i] = one_to_nine[i] * unit[u];
        }
        for (int s = OKRUG_MORAN; s <= OKRUG_GETIS_ORD_G; s++) {
            okrug_global_statistic statistic = (okrug_global_statistic)s;
            assert_ok(okrug_global(ctx, statistic, OKRUG_RANDOMISATION, &b.w, one_to_nine, &r));
            assert_ok(okrug_global(ctx, statistic, OKRUG_RANDOMISATION, &b.w, x, &there));
            assert_near(there.value, r.value, 1e-14);
            assert_near(there.z, r.z, 1e-12);
            assert_ok(okrug_global_permute(ctx, statistic, &b.w, one_to_nine, 99, 1, &permuted));
            assert_ok(okrug_global_permute(ctx, statistic, &b.w, x, 99, 1, &drawn));
            assert_int_equal(drawn.at_least, permuted.at_least);
        }
        assert_ok(okrug_local_moran(ctx, &b.w, one_to_nine, &l.r));
        assert_ok(okrug_local_moran(ctx, &b.w, x, &other.r));
        assert_all_near(BOARD, other.value, l.value, 1e-14);
        assert_near(other.z[0], l.z[0], 1e-12);
        assert_ok(okrug_getis_ord_local(ctx, &b.w, NULL, one_to_nine, &l.r));
        assert_ok(okrug_getis_ord_local(ctx, &b.w, NULL, x, &other.r));
        assert_all_near(BOARD, other.z, l.z, 1e-12);
    }
    okrug_ctx_free(ctx);
}

/* The same in another unit, or missing where that has no number, as 2^2000 and 2^-2000 have none. */
static void assert_unit(double value, double expected, int exponent) {
    if (abs(exponent) > 1100) {
        assert_nan(value);
    } else {
        assert_near(value, ldexp(expected, exponent), 1e-12);
    }
}

/* Nor does the unit of the weights, though their squares have no number, nor their sum. */
static void test_any_unit_of_weights(void **state) {
    (void)state;
    static const int exponent[] = {-1000, -500, 500, 1000};
    okrug_ctx *ctx = testing_context(1);
    board b;
    local l, other;
    okrug_global_result r, there;
    okrug_permuted permuted, drawn;
    double self[BOARD], val[BOARD_LINKS], far_self[BOARD], x[BOARD];
    int64_t least[BOARD], most[BOARD], far_least[BOARD], far_most[BOARD];
    point(&l);
    point(&other);
    make_board(&b, false);
    for (int k = 0; k < BOARD_LINKS; k++) {
        b.val[k] = val[k] = 1.0 + k % 5;
    }
    for (int i = 0; i < BOARD; i++) {
        self[i] = 0.5 + i;
        x[i] = (i * 7) % 5 + 0.25 * i;
    }
    const okrug_csr near = {.n = BOARD, .nnz = BOARD_LINKS, .ptr = b.ptr, .col = b.col, .val = val};
    for (size_t u = 0; u < sizeof exponent / sizeof(exponent[0]); u++) {
        for (int k = 0; k < BOARD_LINKS; k++) {
            b.val[k] = ldexp(val[k], exponent[u]);
        }
        for (int i = 0; i < BOARD; i++) {
            far_self[i] = ldexp(self[i], exponent[u]);
        }
        for (int s = OKRUG_MORAN; s <= OKRUG_GETIS_ORD_G; s++) {
            okrug_global_statistic statistic = (okrug_global_statistic)s;
            int unit = statistic == OKRUG_GETIS_ORD_G ? exponent[u] : 0;
            assert_ok(okrug_global(ctx, statistic, OKRUG_RANDOMISATION, &near, x, &r));
            assert_ok(okrug_global(ctx, statistic, OKRUG_RANDOMISATION, &b.w, x, &there));
            assert_near(there.value, ldexp(r.value, unit), 1e-14);
            assert_near(there.z, r.z, 1e-12);
            assert_unit(there.variance, r.variance, 2 * unit);
            assert_ok(okrug_global_permute(ctx, statistic, &near, x, 99, 1, &permuted));
            assert_ok(okrug_global_permute(ctx, statistic, &b.w, x, 99, 1, &drawn));
            assert_int_equal(drawn.at_least, permuted.at_least);
            assert_near(drawn.mean, ldexp(permuted.mean, unit), 1e-12);
        }
        for (int way = 0; way < 3; way++) {
            assert_ok(way == 0 ? okrug_local_moran(ctx, &near, x, &l.r)
                               : okrug_getis_ord_local(ctx, &near, way == 1 ? NULL : self, x, &l.r));
            assert_ok(way == 0 ? okrug_local_moran(ctx, &b.w, x, &other.r)
                               : okrug_getis_ord_local(ctx, &b.w, way == 1 ? NULL : far_self, x, &other.r));
            assert_all_near(BOARD, other.z, l.z, 1e-12);
            for (int i = 0; i < BOARD; i++) {
                assert_near(other.value[i], ldexp(l.value[i], exponent[u]), 1e-12);
                assert_unit(other.variance[i], l.variance[i], 2 * exponent[u]);
            }
        }
        assert_ok(okrug_local_permute(ctx, &near, x, 199, 1, least, most));
        assert_ok(okrug_local_permute(ctx, &b.w, x, 199, 1, far_least, far_most));
        assert_memory_equal(far_least, least, sizeof least);
        assert_memory_equal(far_most, most, sizeof most);
    }
    okrug_ctx_free(ctx);
}

/* A chain 0-1-2-3 and an island, 4. */
static const int64_t chain_ptr[] = {0, 1, 3, 5, 6, 6};
static const int32_t chain_col[] = {1, 0, 2, 1, 3, 2};
static const double chain_val[] = {1, .5, .5, .25, .75, 1};
static const okrug_csr chain = {.n = 5, .nnz = 6, .ptr = chain_ptr, .col = chain_col, .val = chain_val};

static void test_islands_and_constants(void **state) {
    (void)state;
    static const double same[] = {3, 3, 3, 3, 3}, x[] = {1, 4, 2, 8, 5};
    static const int64_t none[6] = {0};
    okrug_ctx *ctx = testing_context(1);
    okrug_global_result r;
    okrug_weight_sums sums;
    okrug_permuted permuted;
    local l;
    int64_t at_least[5], at_most[5];
    point(&l);
    assert_ok(okrug_weight_sums_of(ctx, &chain, &sums));
    assert_int_equal(sums.islands, 1);
    assert_near(sums.s0, 4.0, 1e-15);
    assert_near(sums.s1, 1.5 * 1.5 + .75 * .75 + 1.75 * 1.75, 1e-14);
    for (int s = OKRUG_MORAN; s <= OKRUG_GETIS_ORD_G; s++) {
        okrug_global_statistic statistic = (okrug_global_statistic)s;
        assert_ok(okrug_global(ctx, statistic, OKRUG_RANDOMISATION, &chain, same, &r));
        assert_nan(r.value);
        assert_nan(r.z);
        assert_ok(okrug_global_permute(ctx, statistic, &chain, same, 99, 1, &permuted));
        assert_nan(permuted.mean);
        const okrug_csr empty = {.n = 5, .nnz = 0, .ptr = none, .col = chain_col};
        assert_ok(okrug_global(ctx, statistic, OKRUG_RANDOMISATION, &empty, x, &r));
        assert_nan(r.value);
    }
    assert_ok(okrug_local_moran(ctx, &chain, x, &l.r));
    assert_nan(l.value[4]);
    assert_false(isnan(l.value[3]));
    assert_ok(okrug_local_moran(ctx, &chain, same, &l.r));
    assert_nan(l.value[0]);
    assert_ok(okrug_local_permute(ctx, &chain, x, 99, 1, at_least, at_most));
    assert_int_equal(at_least[4], -1);
    assert_int_equal(at_most[4], -1);
    assert_true(at_least[0] + at_most[0] >= 99);
    okrug_ctx_free(ctx);
}

/* ---- All permutations of a small map ---- */

enum { SMALL = 6, DRAWS = 40000 };

/* 0 has two links of equal weight, 1 three of unequal ones, 2 all the others; 5 none. */
static const int64_t small_ptr[] = {0, 2, 5, 10, 11, 12, 12};
static const int32_t small_col[] = {1, 2, 0, 2, 3, 0, 1, 3, 4, 5, 2, 2};
static const double small_val[] = {.5, .5, .6, .3, .1, 1, 2, 3, 4, 5, 1, 1};
static const okrug_csr small_map = {.n = SMALL, .nnz = 12, .ptr = small_ptr, .col = small_col, .val = small_val};
static const double small_x[SMALL] = {3, 1, 4, 1, 5, 9};

/* Over all orders of the other values: the shares with a sum at least, and at most, the observed one. */
static void exact_conditional(int64_t i, double *least, double *most) {
    double other[SMALL], observed = 0.0;
    int64_t others = 0, links = small_ptr[i + 1] - small_ptr[i], tried = 0, at_least = 0, at_most = 0;
    for (int64_t j = 0; j < SMALL; j++) {
        if (j != i) {
            other[others++] = small_x[j];
        }
    }
    for (int64_t l = small_ptr[i]; l < small_ptr[i + 1]; l++) {
        observed += small_val[l] * small_x[small_col[l]];
    }
    int64_t codes = 1;
    for (int64_t k = 0; k < links; k++) {
        codes *= others;
    }
    for (int64_t code = 0; code < codes; code++) {
        int64_t rest = code;
        unsigned int used = 0;
        double sum = 0.0;
        bool twice = false;
        for (int64_t k = 0; k < links; k++, rest /= others) {
            twice = twice || (used >> (rest % others) & 1U) != 0;
            used |= 1U << (rest % others);
            sum += small_val[small_ptr[i] + k] * other[rest % others];
        }
        if (!twice) {
            tried++;
            at_least += sum >= observed - 1e-9;
            at_most += sum <= observed + 1e-9;
        }
    }
    *least = (double)at_least / (double)tried;
    *most = (double)at_most / (double)tried;
}

static void assert_share(int64_t count, double share) {
    double error = sqrt(share * (1.0 - share) / DRAWS);
    if (fabs((double)count / DRAWS - share) > 4.5 * error + 1e-12) {
        print_error("%g of the draws, %g of all\n", (double)count / DRAWS, share);
        fail();
    }
}

static void test_conditional_is_exact(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    int64_t at_least[SMALL], at_most[SMALL];
    for (uint64_t seed = 1; seed <= 3; seed++) {
        assert_ok(okrug_local_permute(ctx, &small_map, small_x, DRAWS, seed, at_least, at_most));
        for (int64_t i = 0; i < SMALL - 1; i++) {
            double least, most;
            exact_conditional(i, &least, &most);
            assert_share(at_least[i], least);
            assert_share(at_most[i], most);
        }
        assert_int_equal(at_least[5], -1);
    }
    okrug_ctx_free(ctx);
}

/* Heap's algorithm over all 720 orders. */
static void test_global_is_exact(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(2);
    for (int s = OKRUG_MORAN; s <= OKRUG_GETIS_ORD_G; s++) {
        okrug_global_statistic statistic = (okrug_global_statistic)s;
        okrug_global_result observed, drawn;
        okrug_permuted permuted;
        double x[SMALL], mean = 0.0;
        int64_t at_least = 0, at_most = 0, orders = 0;
        int stack[SMALL] = {0};
        memcpy(x, small_x, sizeof x);
        assert_ok(okrug_global(ctx, statistic, OKRUG_RANDOMISATION, &small_map, x, &observed));
        for (int i = 0; i < SMALL;) {
            if (i == 0 || stack[i] < i) {
                if (i > 0) {
                    int with = i % 2 == 0 ? 0 : stack[i];
                    double held = x[with];
                    x[with] = x[i];
                    x[i] = held;
                    stack[i]++;
                    i = 0;
                }
                assert_ok(okrug_global(ctx, statistic, OKRUG_RANDOMISATION, &small_map, x, &drawn));
                double beyond = (statistic == OKRUG_GEARY ? -1.0 : 1.0) * (drawn.value - observed.value);
                at_least += beyond >= -1e-12;
                at_most += beyond <= 1e-12;
                mean += drawn.value;
                orders++;
                i++;
            } else {
                stack[i++] = 0;
            }
        }
        assert_int_equal(orders, 720);
        assert_near(mean / 720.0, observed.expectation, 1e-12);
        assert_ok(okrug_global_permute(ctx, statistic, &small_map, small_x, DRAWS, 7, &permuted));
        assert_share(permuted.at_least, (double)at_least / 720.0);
        assert_share(permuted.at_most, (double)at_most / 720.0);
        assert_true(fabs(permuted.mean - observed.expectation) < 4.5 * sqrt(observed.variance / DRAWS));
        assert_near(permuted.variance / observed.variance, 1.0, 0.05);
    }
    okrug_ctx_free(ctx);
}

/* ---- Chance ---- */

static void test_chance(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double p[] = {.02, NAN, .5, .01, .03}, expected[] = {.04, NAN, .5, .04, .04};
    double q[5];
    assert_ok(okrug_false_discovery(ctx, 5, p, q));
    assert_nan(q[1]);
    for (int i = 0; i < 5; i++) {
        if (i != 1) {
            assert_near(q[i], expected[i], 1e-15);
        }
    }
    assert_near(okrug_normal_p(OKRUG_TWO_SIDED, 1.959963984540054), .05, 1e-15);
    assert_near(okrug_normal_p(OKRUG_TWO_SIDED, -1.959963984540054), .05, 1e-15);
    assert_near(okrug_normal_p(OKRUG_GREATER, 1.6448536269514722), .05, 1e-15);
    assert_near(okrug_normal_p(OKRUG_LESS, 1.6448536269514722), .95, 1e-15);
    assert_near(okrug_permutation_p(OKRUG_GREATER, 4, 95, 99), .05, 1e-15);
    assert_near(okrug_permutation_p(OKRUG_LESS, 95, 4, 99), .05, 1e-15);
    assert_near(okrug_permutation_p(OKRUG_TWO_SIDED, 95, 4, 99), .1, 1e-15);
    assert_near(okrug_permutation_p(OKRUG_TWO_SIDED, 99, 99, 99), 1.0, 1e-15);
    assert_nan(okrug_permutation_p(OKRUG_TWO_SIDED, -1, -1, 99));
    okrug_ctx_free(ctx);
}

/* ---- The globe ---- */

static void test_great_circle(void **state) {
    (void)state;
    const double quarter = OKRUG_EARTH_RADIUS_KM * 3.141592653589793 / 2.0;
    assert_near(okrug_great_circle_km(0, 0, 90, 0), quarter, 1e-15);
    assert_near(okrug_great_circle_km(10, 0, -170, 0), 2.0 * quarter, 1e-15);
    assert_near(okrug_great_circle_km(37, 90, -5, -90), 2.0 * quarter, 1e-15);
    assert_near(okrug_great_circle_km(179.5, 60, -179.5, 60), okrug_great_circle_km(0, 60, 1, 60), 1e-12);
    assert_true(okrug_great_circle_km(36.26, 54.51, 36.26, 54.51) == 0.0);
    assert_true(okrug_great_circle_km(180, 50, -180, 50) == 0.0); /* one point by two names */
    assert_true(okrug_great_circle_km(20, 90, 100, 90) == 0.0);
    /* Moscow to Kaluga, by the haversine formula written out. */
    assert_near(okrug_great_circle_km(37.6173, 55.7558, 36.2754, 54.5293), 160.8423455713074, 1e-12);
}

static void test_nearest_and_within(void **state) {
    (void)state;
    enum { N = 200, K = 7 };
    okrug_ctx *ctx = testing_context(2);
    double *lon = testing_matrix(3, N, -180, 180), *lat = testing_matrix(4, N, -90, 90);
    int32_t near[N * K], *within = NULL;
    double distance[N * K], *far = NULL;
    int64_t ptr[N + 1];
    lon[5] = lon[6];
    lat[5] = lat[6];
    assert_ok(okrug_nearest_points(ctx, N, lon, lat, K, near, distance));
    assert_ok(okrug_points_within(ctx, N, lon, lat, 1500.0, ptr, NULL, NULL));
    within = calloc((size_t)ptr[N] + 1, sizeof *within);
    far = testing_numbers(ptr[N]);
    assert_ok(okrug_points_within(ctx, N, lon, lat, 1500.0, ptr, within, far));
    for (int64_t i = 0; i < N; i++) {
        int64_t in_reach = 0;
        double worst = distance[i * K + K - 1];
        int64_t nearer = 0, as_near = 0;
        for (int64_t j = 0; j < N; j++) {
            double d = okrug_great_circle_km(lon[i], lat[i], lon[j], lat[j]);
            nearer += j != i && d < worst;
            as_near += j != i && d <= worst;
            if (j != i && d <= 1500.0) {
                assert_int_equal(within[ptr[i] + in_reach], j);
                assert_near(far[ptr[i] + in_reach], d, 1e-12);
                in_reach++;
            }
        }
        assert_true(nearer < K && as_near >= K);
        assert_int_equal(ptr[i + 1] - ptr[i], in_reach);
        for (int k = 1; k < K; k++) {
            assert_true(distance[i * K + k] >= distance[i * K + k - 1]);
        }
    }
    assert_int_equal(near[5 * K], 6);
    assert_ok(okrug_nearest_points(ctx, 2, lon, lat, 3, near, distance));
    assert_int_equal(near[0], 1);
    assert_int_equal(near[1], -1);
    assert_nan(distance[2]);
    free(lon);
    free(lat);
    free(within);
    free(far);
    okrug_ctx_free(ctx);
}

/* On a lattice many are equally near, and three stand on each place: those with the lower numbers are taken. */
static void test_nearest_of_equals(void **state) {
    (void)state;
    enum { PLACES = 49, N = 3 * PLACES, K = 9 };
    okrug_ctx *ctx = testing_context(2);
    double lon[N], lat[N], distance[N * K];
    int32_t near[N * K];
    for (int i = 0; i < N; i++) {
        lon[i] = 0.5 * (i % PLACES % 7) - 1.5;
        lat[i] = 0.5 * (double)(i % PLACES / 7) - 1.5;
    }
    assert_ok(okrug_nearest_points(ctx, N, lon, lat, K, near, distance));
    for (int32_t i = 0; i < N; i++) {
        int32_t last = -1;
        for (int k = 0; k < 2; k++) { /* the other two on the place */
            last = (last < 0 ? i % PLACES : last + PLACES);
            last += last == i ? PLACES : 0;
            assert_int_equal(near[i * K + k], last);
            assert_true(distance[i * K + k] == 0.0);
        }
        for (int k = 3; k < K; k++) {
            const double *d = &distance[i * K + k];
            assert_true(d[0] > 0.0 && d[0] >= d[-1] - 1e-9);
            int32_t here = near[i * K + k] % PLACES, before = near[i * K + k - 1] % PLACES;
            assert_true(here != before || near[i * K + k] > near[i * K + k - 1]);
        }
    }
    okrug_ctx_free(ctx);
}

/* All at one latitude, and all at one place: a search that looks at all others would not end in the time of a test. */
static void test_nearest_on_one_line(void **state) {
    (void)state;
    enum { N = 200000, K = 2 };
    okrug_ctx *ctx = testing_context(2);
    double *lon = testing_numbers(N), *lat = testing_numbers(N), *distance = testing_numbers(N * K);
    int32_t *near = malloc((size_t)N * K * sizeof *near);
    for (int i = 0; i < N; i++) {
        lon[i] = 1e-3 * i;
        lat[i] = 55.0;
    }
    assert_ok(okrug_nearest_points(ctx, N, lon, lat, K, near, distance));
    for (int32_t i = 1; i < N - 1; i++) {
        int32_t sum = near[i * K] + near[i * K + 1];
        assert_int_equal(sum, 2 * i);
        assert_int_equal(abs(near[i * K] - i), 1);
    }
    for (int i = 0; i < N; i++) {
        lon[i] = 37.0;
    }
    assert_ok(okrug_nearest_points(ctx, N, lon, lat, K, near, distance));
    for (int32_t i = 2; i < N; i++) {
        assert_int_equal(near[i * K], 0);
        assert_int_equal(near[i * K + 1], 1);
    }
    free(lon);
    free(lat);
    free(distance);
    free(near);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_board),
        cmocka_unit_test(test_any_unit),
        cmocka_unit_test(test_any_unit_of_weights),
        cmocka_unit_test(test_local_board),
        cmocka_unit_test(test_islands_and_constants),
        cmocka_unit_test(test_conditional_is_exact),
        cmocka_unit_test(test_global_is_exact),
        cmocka_unit_test(test_chance),
        cmocka_unit_test(test_great_circle),
        cmocka_unit_test(test_nearest_and_within),
        cmocka_unit_test(test_nearest_of_equals),
        cmocka_unit_test(test_nearest_on_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
