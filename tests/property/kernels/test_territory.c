/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for regions beside each other, whatever they are.
 */
#include <math.h>

#include <okrug/territory.h>

#include "matrices.h"

enum { WORLDS = 20, REGIONS = 37, INDICATORS = 6, NEAREST = REGIONS - 1 };

typedef struct {
    double x[REGIONS * INDICATORS], weight[INDICATORS];
    int64_t neighbour[REGIONS * NEAREST];
    double distance[REGIONS * NEAREST];
} world;

static void draw(uint64_t seed, world *w) {
    for (uint64_t i = 0; i < REGIONS * INDICATORS; i++) {
        w->x[i] = exp(testing_uniform(seed, i, -3.0, 6.0));
    }
    for (uint64_t j = 0; j < INDICATORS; j++) {
        w->weight[j] = testing_uniform(seed + 1000, j, 0.0, 1.0);
    }
}

static void compare(world *w) {
    okrug_ctx *ctx = testing_context(2);
    for (int64_t j = 0; j < INDICATORS; j++) {
        okrug_indicator_rescale(REGIONS, w->x + j, INDICATORS, 0.5, true);
    }
    assert_ok(okrug_structural_nearest(ctx, REGIONS, INDICATORS, w->x, w->weight, NEAREST, w->neighbour, w->distance));
    okrug_ctx_free(ctx);
}

static double between(const world *w, int64_t a, int64_t b) {
    for (int64_t k = 0; k < NEAREST; k++) {
        if (w->neighbour[a * NEAREST + k] == b) {
            return w->distance[a * NEAREST + k];
        }
    }
    return (double)NAN;
}

static void test_units_do_not_matter(void **state) {
    (void)state;
    static world a, b;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, &a);
        b = a;
        for (int64_t i = 0; i < REGIONS * INDICATORS; i++) {
            b.x[i] *= i % INDICATORS == 2 ? 1000.0 : 0.125;
        }
        compare(&a);
        compare(&b);
        assert_all_near(REGIONS * NEAREST, b.distance, a.distance, 1e-11);
    }
}

static void test_distance_is_mutual_and_means_twice_the_weights(void **state) {
    (void)state;
    static world w;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, &w);
        compare(&w);
        double sum = 0.0, weight = 0.0;
        for (int64_t r = 0; r < REGIONS; r++) {
            for (int64_t q = 0; q < REGIONS; q++) {
                if (q != r) {
                    assert_same_double(between(&w, r, q), between(&w, q, r));
                    sum += between(&w, r, q);
                }
            }
        }
        for (int j = 0; j < INDICATORS; j++) {
            weight += w.weight[j];
        }
        assert_near(sum / (REGIONS * REGIONS), 2.0 * weight, 1e-12);
    }
}

static void test_order_of_regions_does_not_matter(void **state) {
    (void)state;
    static world a, b;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int64_t *order = testing_permutation(seed, REGIONS);
        draw(seed, &a);
        b = a;
        for (int64_t r = 0; r < REGIONS; r++) {
            for (int64_t j = 0; j < INDICATORS; j++) {
                b.x[r * INDICATORS + j] = a.x[order[r] * INDICATORS + j];
            }
        }
        compare(&a);
        compare(&b);
        for (int64_t r = 0; r < REGIONS; r++) {
            for (int64_t k = 0; k < NEAREST; k++) {
                assert_near(b.distance[r * NEAREST + k], a.distance[order[r] * NEAREST + k], 1e-12);
            }
        }
        free(order);
    }
}

static void test_potential_grows_with_mass_and_counts_every_giver(void **state) {
    (void)state;
    enum { N = 40 };
    double mass[N], twice[N], lon[N], lat[N], own[N], near[N], self[N], near2[N], self2[N];
    static int64_t giver[N * N];
    static double given[N * N], from[N * N];
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        for (uint64_t i = 0; i < N; i++) {
            mass[i] = exp(testing_uniform(seed, 4 * i, 0.0, 8.0));
            twice[i] = 2.0 * mass[i];
            lon[i] = testing_uniform(seed, 4 * i + 1, -180.0, 180.0);
            lat[i] = testing_uniform(seed, 4 * i + 2, -80.0, 80.0);
            own[i] = testing_uniform(seed, 4 * i + 3, 1.0, 30.0);
        }
        okrug_market_decay decay = {.exponential = seed % 2 == 0, .power = 1.3, .reach = 900.0, .limit = 9000.0};
        okrug_markets of = {N, mass, NULL, lon, lat, own, decay};
        assert_ok(okrug_market_potential(ctx, &of, near, self, N - 1, giver, given, from));
        for (int64_t r = 0; r < N; r++) {
            double sum = 0.0;
            for (int64_t k = 0; k < N - 1 && giver[r * (N - 1) + k] >= 0; k++) {
                int64_t at = r * (N - 1) + k;
                assert_true(from[at] <= 9000.0 && (k == 0 || given[at] <= given[at - 1]));
                sum += given[at];
            }
            assert_near(near[r], sum, 1e-13);
        }
        of.mass = twice;
        assert_ok(okrug_market_potential(ctx, &of, near2, self2, 0, NULL, NULL, NULL));
        for (int64_t r = 0; r < N; r++) {
            assert_same_double(near2[r], 2.0 * near[r]);
            assert_same_double(self2[r], 2.0 * self[r]);
        }
    }
    okrug_ctx_free(ctx);
}

static void test_phases_add_up(void **state) {
    (void)state;
    enum { N = 23, M = 7 };
    double from[N * M], to[N * M], permuted_from[N * M], permuted_to[N * M];
    okrug_phase phase[N], permuted[N];
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int64_t *order = testing_permutation(seed, N);
        double total = 0.0, balance = 0.0;
        for (uint64_t i = 0; i < N * M; i++) {
            from[i] = testing_uniform(seed, 2 * i, 0.0, 1.0) < .2 ? 0.0 : exp(testing_uniform(seed, 2 * i, 0.0, 6.0));
            to[i] = from[i] * testing_uniform(seed, 2 * i + 1, .5, 1.2);
            total += from[i];
        }
        for (int64_t i = 0; i < N * M; i++) {
            permuted_from[i] = from[order[i / M] * M + i % M];
            permuted_to[i] = to[order[i / M] * M + i % M];
        }
        assert_ok(okrug_phases(ctx, N, M, from, to, phase));
        assert_ok(okrug_phases(ctx, N, M, permuted_from, permuted_to, permuted));
        for (int64_t r = 0; r < N; r++) {
            double size = 0.0;
            for (int64_t i = 0; i < M; i++) {
                size += from[r * M + i];
            }
            assert_near(phase[r].change, phase[r].nation + phase[r].mix + phase[r].own, 1e-13);
            assert_near(permuted[r].index, phase[order[r]].index, 1e-10);
            balance += size / total * (phase[r].change - phase[r].nation);
        }
        assert_near(balance, 0.0, 1e-13);
        free(order);
    }
    okrug_ctx_free(ctx);
}

static void test_largest_fall_is_the_largest(void **state) {
    (void)state;
    enum { N = 30 };
    for (uint64_t seed = 1; seed <= 10 * WORLDS; seed++) {
        double x[N], worst = 1.0;
        int64_t peak = -1, trough = -1;
        for (uint64_t t = 0; t < N; t++) {
            x[t] = floor(testing_uniform(seed, t, 1.0, 9.0));
        }
        for (int a = 0; a < N; a++) {
            for (int b = a + 1; b < N; b++) {
                worst = fmin(worst, x[b] / x[a]);
            }
        }
        assert_true(okrug_largest_fall(N, x, &peak, &trough) == (worst < 1.0));
        assert_true(worst == 1.0 || (peak < trough && x[trough] / x[peak] == worst));
    }
    const double rising[4] = {1.0, 1.0, 2.0, 3.0};
    int64_t peak, trough;
    assert_false(okrug_largest_fall(4, rising, &peak, &trough));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units_do_not_matter),
        cmocka_unit_test(test_distance_is_mutual_and_means_twice_the_weights),
        cmocka_unit_test(test_order_of_regions_does_not_matter),
        cmocka_unit_test(test_phases_add_up),
        cmocka_unit_test(test_largest_fall_is_the_largest),
        cmocka_unit_test(test_potential_grows_with_mass_and_counts_every_giver),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
