/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for the quotient from which a region stands out, whatever is drawn.
 */
#include <string.h>

#include <okrug/concentration.h>

#include "matrices.h"

enum { WORLDS = 10, REGIONS = 40, INDUSTRIES = 9, RESAMPLES = 200 };

typedef struct {
    int64_t regions[INDUSTRIES], zeros[INDUSTRIES];
    double threshold[INDUSTRIES], lo[INDUSTRIES], hi[INDUSTRIES], lq[INDUSTRIES];
} found;

static const uint64_t unit[INDUSTRIES] = {11, 5, 7, 2, 3, 99, 1000, 8, 1};

static void draw(uint64_t seed, double *lq) {
    for (uint64_t c = 0; c < REGIONS * INDUSTRIES; c++) {
        bool none = testing_uniform(seed + 100, c, 0.0, 1.0) < .1;
        lq[c] = none ? 0.0 : exp(testing_uniform(seed, c, -3.0, 2.0));
    }
}

static void compute(int threads, int64_t regions, const double *lq, double p, uint64_t seed, const uint64_t *units,
                    found *f) {
    okrug_ctx *ctx = testing_context(threads);
    memset(f, 0, sizeof *f);
    const okrug_lq_thresholds out = {f->regions, f->zeros, f->threshold, f->lo, f->hi, f->lq};
    assert_ok(okrug_lq_bootstrap(ctx, regions, INDUSTRIES, lq, p, RESAMPLES, seed, units, &out));
    okrug_ctx_free(ctx);
}

static void test_same_seed_same_bytes(void **state) {
    (void)state;
    static double lq[REGIONS * INDUSTRIES];
    found f, g;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, lq);
        compute(1, REGIONS, lq, .75, seed, unit, &f);
        for (int threads = 1; threads <= 3; threads++) {
            compute(threads, REGIONS, lq, .75, seed, unit, &g);
            assert_memory_equal(&f, &g, sizeof f);
        }
        compute(1, REGIONS, lq, .75, seed + 1, unit, &g);
        for (int i = 0; i < INDUSTRIES; i++) {
            assert_true(f.threshold[i] != g.threshold[i]);
        }
    }
}

/* More is asked of a region, so fewer reach it: in every resample, hence in their mean and in both its ends. */
static void test_rises_with_the_level(void **state) {
    (void)state;
    static double lq[REGIONS * INDUSTRIES];
    static const double level[] = {.5, .6, .75, .8, .9};
    found f, g;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, lq);
        compute(2, REGIONS, lq, level[0], 1, unit, &f);
        for (size_t k = 1; k < sizeof level / sizeof *level; k++) {
            compute(2, REGIONS, lq, level[k], 1, unit, &g);
            for (int i = 0; i < INDUSTRIES; i++) {
                assert_true(g.threshold[i] > f.threshold[i] && g.lq[i] > f.lq[i]);
                assert_true(g.lo[i] >= f.lo[i] && g.hi[i] >= f.hi[i]);
                assert_true(g.lo[i] < g.threshold[i] && g.threshold[i] < g.hi[i]);
            }
            f = g;
        }
    }
}

/* The threshold is that of the standardised logarithm, and lies among those that there are. */
static void test_threshold_and_quotient_are_one(void **state) {
    (void)state;
    static double lq[REGIONS * INDUSTRIES], z[REGIONS * INDUSTRIES];
    int64_t zeros[INDUSTRIES];
    found f;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, lq);
        okrug_lq_z_log(REGIONS, INDUSTRIES, lq, z, zeros);
        compute(2, REGIONS, lq, .8, seed, unit, &f);
        for (int64_t i = 0; i < INDUSTRIES; i++) {
            double reached = 0.0;
            assert_int_equal(f.zeros[i], zeros[i]);
            assert_int_equal(f.regions[i] + f.zeros[i], REGIONS);
            for (int64_t r = 0; r < REGIONS; r++) {
                int64_t cell = r * INDUSTRIES + i;
                assert_true(isnan(z[cell]) || (z[cell] >= f.threshold[i]) == (lq[cell] >= f.lq[i]));
                reached += z[cell] >= f.threshold[i];
            }
            assert_true(reached > 0.0 && reached < .45 * (double)f.regions[i]);
        }
    }
}

/* Quotients all twice as high, or all raised to a power, have the same order and the same z: only the quotient that
 * is the threshold follows. */
static void test_unit_of_quotients(void **state) {
    (void)state;
    static double lq[REGIONS * INDUSTRIES], other[REGIONS * INDUSTRIES];
    found f, g;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, lq);
        for (int64_t c = 0; c < REGIONS * INDUSTRIES; c++) {
            other[c] = lq[c] > 0.0 ? 3.0 * pow(lq[c], .5) : 0.0;
        }
        compute(2, REGIONS, lq, .75, 4, unit, &f);
        compute(2, REGIONS, other, .75, 4, unit, &g);
        for (int i = 0; i < INDUSTRIES; i++) {
            assert_near(g.threshold[i], f.threshold[i], 1e-12);
            assert_near(g.lo[i], f.lo[i], 1e-12);
            assert_near(g.hi[i], f.hi[i], 1e-12);
            assert_near(g.lq[i], 3.0 * sqrt(f.lq[i]), 1e-12);
        }
    }
}

/* Neither the order of regions and industries matters, nor regions without the industry. */
static void test_order_and_regions_without(void **state) {
    (void)state;
    enum { MORE = REGIONS + 6 };
    static double lq[REGIONS * INDUSTRIES], other[MORE * INDUSTRIES];
    uint64_t units[INDUSTRIES];
    found f, g;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int64_t *region = testing_permutation(seed, MORE);
        int64_t *industry = testing_permutation(seed + 50, INDUSTRIES);
        draw(seed, lq);
        for (int64_t r = 0; r < MORE; r++) {
            for (int64_t i = 0; i < INDUSTRIES; i++) {
                units[i] = unit[industry[i]];
                other[r * INDUSTRIES + i] = region[r] < REGIONS ? lq[region[r] * INDUSTRIES + industry[i]]
                                            : region[r] % 2     ? 0.0
                                                                : (double)NAN;
            }
        }
        compute(2, REGIONS, lq, .75, 4, unit, &f);
        compute(2, MORE, other, .75, 4, units, &g);
        for (int i = 0; i < INDUSTRIES; i++) {
            int64_t from = industry[i];
            assert_int_equal(g.regions[i], f.regions[from]);
            assert_int_equal(g.zeros[i], f.zeros[from] + 3);
            assert_near(g.threshold[i], f.threshold[from], 1e-13);
            assert_near(g.lo[i], f.lo[from], 1e-13);
            assert_near(g.hi[i], f.hi[from], 1e-13);
            assert_near(g.lq[i], f.lq[from], 1e-13);
        }
        free(region);
        free(industry);
    }
}

/* Where logarithms lie the same to both sides of their mean, a quarter from above is as far out as a quarter from
 * below, and half is in the middle, but for what 2,000 draws are off. */
static void test_both_sides_alike(void **state) {
    (void)state;
    enum { FEW = 9, MANY = 2000 };
    static double lq[FEW * INDUSTRIES];
    found low, half, high;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        for (uint64_t i = 0; i < INDUSTRIES; i++) {
            lq[FEW / 2 * INDUSTRIES + i] = 1.0;
            for (uint64_t r = 0; r < FEW / 2; r++) {
                lq[r * INDUSTRIES + i] = exp(testing_uniform(seed, r * INDUSTRIES + i, -3.0, 3.0));
                lq[(FEW - 1 - r) * INDUSTRIES + i] = 1.0 / lq[r * INDUSTRIES + i];
            }
        }
        found *const of[] = {&low, &half, &high};
        for (int k = 0; k < 3; k++) {
            const okrug_lq_thresholds out = {of[k]->regions, of[k]->zeros, of[k]->threshold,
                                             of[k]->lo,      of[k]->hi,    of[k]->lq};
            assert_ok(okrug_lq_bootstrap(ctx, FEW, INDUSTRIES, lq, .25 * (k + 1), MANY, seed, unit, &out));
        }
        for (int i = 0; i < INDUSTRIES; i++) {
            assert_near(half.threshold[i], 0.0, .07);
            assert_near(low.threshold[i] + high.threshold[i], 0.0, .12);
        }
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_seed_same_bytes),           cmocka_unit_test(test_rises_with_the_level),
        cmocka_unit_test(test_threshold_and_quotient_are_one), cmocka_unit_test(test_unit_of_quotients),
        cmocka_unit_test(test_order_and_regions_without),      cmocka_unit_test(test_both_sides_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
