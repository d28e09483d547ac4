/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for the complexity of any connected world.
 */
#include <okrug/complexity.h>

#include "matrices.h"

typedef struct {
    int64_t regions, products;
    double *presence, *diversity, *ubiquity, *eci, *pci, *proximity, *density, *coi, *cog;
    okrug_complexity_summary summary;
} world;

static world world_new(int64_t regions, int64_t products) {
    return (world){.regions = regions,
                   .products = products,
                   .presence = testing_numbers(regions * products),
                   .diversity = testing_numbers(regions),
                   .ubiquity = testing_numbers(products),
                   .eci = testing_numbers(regions),
                   .pci = testing_numbers(products),
                   .proximity = testing_numbers(products * products),
                   .density = testing_numbers(regions * products),
                   .coi = testing_numbers(regions),
                   .cog = testing_numbers(regions * products)};
}

static void world_free(world *w) {
    double *all[] = {w->presence, w->diversity, w->ubiquity, w->eci, w->pci, w->proximity, w->density, w->coi, w->cog};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        free(all[i]);
    }
}

/* Nested with noise: able regions have more, demanding products are rarer, and all have the first. */
static void draw(uint64_t seed, world *w) {
    for (int64_t cell = 0; cell < w->regions * w->products; cell++) {
        double able = (double)(cell / w->products + 1) / (double)w->regions;
        double demanding = (double)(cell % w->products) / (double)w->products;
        double u = testing_uniform(seed, (uint64_t)cell, 0.0, 1.0);
        w->presence[cell] = able - demanding + .6 * (u - .5) > 0.0 || cell % w->products == 0 ? 1.0 : 0.0;
    }
}

static void compute(int threads, world *w) {
    okrug_ctx *ctx = testing_context(threads);
    assert_ok(okrug_complexity_scores(ctx, w->regions, w->products, w->presence, w->diversity, w->ubiquity, w->eci,
                                      w->pci, &w->summary));
    assert_int_equal(w->summary.components, 1);
    assert_false(w->summary.ambiguous);
    assert_ok(okrug_proximity(ctx, w->regions, w->products, w->presence, w->proximity));
    assert_ok(okrug_density(ctx, w->regions, w->products, w->presence, w->proximity, 1.0, w->density));
    assert_ok(okrug_complexity_outlook(ctx, w->regions, w->products, w->presence, w->proximity, w->density, w->pci,
                                       w->summary.origin, w->coi, w->cog));
    okrug_ctx_free(ctx);
}

static const int64_t sizes[][2] = {{12, 40}, {40, 12}, {25, 25}, {3, 9}};
enum { SIZES = sizeof sizes / sizeof sizes[0], SEEDS = 5 };

static void check_scores(const world *w) {
    double sum = 0.0, squares = 0.0, with_diversity = 0.0, mean = 0.0;
    for (int64_t r = 0; r < w->regions; r++) {
        mean += w->diversity[r] / (double)w->regions;
    }
    for (int64_t r = 0; r < w->regions; r++) {
        double products = 0.0;
        for (int64_t p = 0; p < w->products; p++) {
            products += w->presence[r * w->products + p] > 0.0 ? w->pci[p] : 0.0;
        }
        assert_near(w->eci[r], products / w->diversity[r], 1e-10);
        sum += w->eci[r];
        squares += w->eci[r] * w->eci[r];
        with_diversity += w->eci[r] * (w->diversity[r] - mean);
    }
    assert_near(sum, 0.0, 1e-10);
    assert_near(squares, (double)w->regions, 1e-10);
    assert_true(with_diversity > 0.0);
    assert_true(w->summary.lambda2 <= 1.0 && w->summary.lambda2 > w->summary.lambda3);
}

static void test_region_is_the_mean_of_its_products(void **state) {
    (void)state;
    for (int s = 0; s < SIZES; s++) {
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            world w = world_new(sizes[s][0], sizes[s][1]);
            draw(seed, &w);
            compute(1, &w);
            check_scores(&w);
            world_free(&w);
        }
    }
}

/* lambda2 (Q + origin) is the mean of K + origin over the regions that have the product. */
static void test_product_is_the_mean_of_its_regions(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        world w = world_new(20, 30);
        draw(seed, &w);
        compute(1, &w);
        for (int64_t p = 0; p < w.products; p++) {
            double sum = 0.0;
            for (int64_t r = 0; r < w.regions; r++) {
                sum += w.presence[r * w.products + p] * (w.eci[r] + w.summary.origin);
            }
            if (w.ubiquity[p] > 0.0) {
                assert_near(w.summary.lambda2 * (w.pci[p] + w.summary.origin), sum / w.ubiquity[p], 1e-10);
            } else {
                assert_nan(w.pci[p]);
            }
        }
        world_free(&w);
    }
}

static void test_proximity_and_density_by_their_definitions(void **state) {
    (void)state;
    world w = world_new(15, 35);
    draw(7, &w);
    for (int64_t p = 0; p < w.products; p++) {
        w.presence[3 * w.products + p] = 1.0;
    }
    compute(2, &w);
    for (int64_t p = 0; p < w.products; p++) { /* all that is near: exactly, so that there are ties */
        assert_same_double(w.density[3 * w.products + p], 1.0);
    }
    for (int64_t p = 0; p < w.products; p++) {
        double reach = 0.0;
        for (int64_t q = 0; q < w.products; q++) {
            double both = 0.0, proximity = w.proximity[p * w.products + q];
            for (int64_t r = 0; r < w.regions; r++) {
                both += w.presence[r * w.products + p] * w.presence[r * w.products + q];
            }
            double larger = fmax(w.ubiquity[p], w.ubiquity[q]);
            assert_near(proximity, p == q || larger == 0.0 ? 0.0 : both / larger, 0.0);
            assert_same_double(proximity, w.proximity[q * w.products + p]);
            reach += proximity;
        }
        for (int64_t r = 0; r < w.regions; r++) {
            double near = 0.0, density = w.density[r * w.products + p];
            for (int64_t q = 0; q < w.products; q++) {
                near += w.presence[r * w.products + q] * w.proximity[q * w.products + p];
            }
            if (reach > 0.0) {
                assert_near(density, near / reach, 1e-13);
                assert_true(density >= 0.0 && density <= 1.0 + 1e-13);
            } else {
                assert_nan(density);
            }
        }
    }
    world_free(&w);
}

static void check_same(double a, double b) {
    if (isnan(b)) {
        assert_nan(a);
    } else {
        assert_near(a, b, 1e-9);
    }
}

static void test_order_does_not_matter(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        world w = world_new(18, 31), s = world_new(18, 31);
        draw(seed, &w);
        int64_t *row = testing_permutation(seed + 50, w.regions), *column = testing_permutation(seed, w.products);
        for (int64_t cell = 0; cell < w.regions * w.products; cell++) {
            s.presence[cell] = w.presence[row[cell / w.products] * w.products + column[cell % w.products]];
        }
        compute(1, &w);
        compute(1, &s);
        for (int64_t r = 0; r < w.regions; r++) {
            check_same(s.eci[r], w.eci[row[r]]);
            check_same(s.coi[r], w.coi[row[r]]);
        }
        for (int64_t cell = 0; cell < w.regions * w.products; cell++) {
            int64_t before = row[cell / w.products] * w.products + column[cell % w.products];
            check_same(s.density[cell], w.density[before]);
            check_same(s.cog[cell], w.cog[before]);
        }
        free(row);
        free(column);
        world_free(&w);
        world_free(&s);
    }
}

static void test_order_does_not_matter_to_fitness(void **state) {
    (void)state;
    int late = 0;
    const okrug_fitness_plan plans[] = {{10000, true, 0.0}, {7, false, 0.0}, {100000, true, .1}};
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        world w = world_new(18, 31), s = world_new(18, 31);
        draw(seed, &w);
        int64_t *row = testing_permutation(seed + 50, w.regions), *column = testing_permutation(seed, w.products);
        for (int64_t cell = 0; cell < w.regions * w.products; cell++) {
            s.presence[cell] = w.presence[row[cell / w.products] * w.products + column[cell % w.products]];
        }
        for (size_t k = 0; k < sizeof plans / sizeof plans[0]; k++) {
            okrug_fitness_summary a, b;
            assert_ok(okrug_fitness(ctx, 18, 31, w.presence, &plans[k], w.eci, w.pci, &a));
            assert_ok(okrug_fitness(ctx, 18, 31, s.presence, &plans[k], s.eci, s.pci, &b));
            /* The first order is that of the rows, so they may stop an iteration apart. */
            bool comparable = plans[k].regularisation > 0.0 || a.iterations == b.iterations;
            for (int64_t r = 0; comparable && r < w.regions; r++) {
                check_same(s.eci[r], w.eci[row[r]]);
            }
            assert_int_equal(a.components, b.components);
            if (plans[k].stops && plans[k].regularisation == 0.0) {
                assert_int_equal(a.stopped, OKRUG_FITNESS_STABLE);
                assert_int_equal(a.iterations, a.last_change > 10 ? 2 * a.last_change : 20);
                late += a.last_change > 10;
            }
        }
        free(row);
        free(column);
        world_free(&w);
        world_free(&s);
    }
    assert_true(late > 0); /* else the window was not tested */
    okrug_ctx_free(ctx);
}

static void test_scale_of_amounts_does_not_matter_to_presence(void **state) {
    (void)state;
    enum { R = 9, P = 14 };
    okrug_ctx *ctx = testing_context(1);
    double *value = testing_matrix(3, R * P, 0.0, 100.0), rca[R * P], presence[R * P], again[R * P];
    assert_ok(okrug_presence(ctx, R, P, value, 1.0, rca, presence));
    for (int cell = 0; cell < R * P; cell++) {
        value[cell] *= 1024.0;
    }
    assert_ok(okrug_presence(ctx, R, P, value, 1.0, rca, again));
    assert_memory_equal(presence, again, sizeof presence);
    free(value);
    okrug_ctx_free(ctx);
}

/* 785 products: BLAS on its own threads would answer differently. */
static void test_same_bytes_on_any_number_of_threads(void **state) {
    (void)state;
    world first = world_new(226, 785);
    draw(11, &first);
    compute(1, &first);
    for (int run = 0; run < 4; run++) { /* 1, 2 and 3 threads, and 3 again */
        world w = world_new(226, 785);
        draw(11, &w);
        compute(run < 3 ? run + 1 : 3, &w);
        size_t cells = 226 * 785 * sizeof(double);
        assert_memory_equal(w.eci, first.eci, 226 * sizeof(double));
        assert_memory_equal(w.pci, first.pci, 785 * sizeof(double));
        assert_memory_equal(w.coi, first.coi, 226 * sizeof(double));
        assert_memory_equal(w.proximity, first.proximity, 785 * 785 * sizeof(double));
        assert_memory_equal(w.density, first.density, cells);
        assert_memory_equal(w.cog, first.cog, cells);
        world_free(&w);
    }
    world_free(&first);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_region_is_the_mean_of_its_products),
        cmocka_unit_test(test_product_is_the_mean_of_its_regions),
        cmocka_unit_test(test_proximity_and_density_by_their_definitions),
        cmocka_unit_test(test_order_does_not_matter),
        cmocka_unit_test(test_order_does_not_matter_to_fitness),
        cmocka_unit_test(test_scale_of_amounts_does_not_matter_to_presence),
        cmocka_unit_test(test_same_bytes_on_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
