/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for how related things are, by every measure.
 */
#include <okrug/complexity.h>

#include "matrices.h"

enum { WORLDS = 12, REGIONS = 70, THINGS = 23, TWICE = 2 * REGIONS, CELLS = THINGS * THINGS };
enum { MEASURES = OKRUG_RELATEDNESS_PROBABILITY + 1 };

typedef struct {
    double together[CELLS], fractional[CELLS], correlation[CELLS], by[MEASURES][CELLS];
} found;

/* Common things and rare ones, all of which meet; no region has nothing. */
static void draw(uint64_t seed, double *presence) {
    for (uint64_t r = 0; r < REGIONS; r++) {
        for (uint64_t i = 0; i < THINGS; i++) {
            double often = .25 + .6 * (double)i / THINGS;
            presence[r * THINGS + i] = i == r % THINGS || testing_uniform(seed, r * THINGS + i, 0.0, 1.0) < often;
        }
    }
}

static void compute(okrug_ctx *ctx, int64_t regions, const double *presence, found *f) {
    assert_ok(okrug_cooccurrence(ctx, regions, THINGS, presence, f->together));
    assert_ok(okrug_cooccurrence_fractional(ctx, regions, THINGS, presence, f->fractional));
    assert_ok(okrug_presence_correlation(ctx, regions, THINGS, f->together, f->correlation));
    for (int m = 0; m < MEASURES; m++) {
        assert_ok(okrug_relatedness(ctx, THINGS, f->together, (okrug_relatedness_measure)m, f->by[m]));
    }
}

/* The same both ways, nothing with itself, and no further than the measure goes. */
static void test_symmetric_and_in_range(void **state) {
    (void)state;
    static double presence[REGIONS * THINGS];
    static found f;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, presence);
        compute(ctx, REGIONS, presence, &f);
        for (int64_t i = 0; i < THINGS; i++) {
            for (int64_t j = 0; j < THINGS; j++) {
                int64_t there = i * THINGS + j, back = j * THINGS + i;
                double cosine = f.by[OKRUG_RELATEDNESS_COSINE][there], jaccard = f.by[OKRUG_RELATEDNESS_JACCARD][there];
                for (int m = 0; m < MEASURES; m++) {
                    assert_near(f.by[m][there], f.by[m][back], 1e-14);
                    assert_true(i == j ? f.by[m][there] == 0.0 : f.by[m][there] > 0.0);
                }
                assert_near(f.correlation[there], f.correlation[back], 1e-14);
                assert_true(i != j || f.correlation[there] == 0.0);
                assert_true(fabs(f.correlation[there]) <= 1.0 && cosine <= 1.0 && jaccard <= cosine);
                assert_true(f.by[OKRUG_RELATEDNESS_PROBABILITY][there] <= f.by[OKRUG_RELATEDNESS_ASSOCIATION][there]);
            }
        }
    }
    okrug_ctx_free(ctx);
}

/* What would be expected sums to what there is: with things drawn one after the other, none put back, exactly (Steijn
 * 2017); put back, with the pairs of a thing with itself. And the measures are made of the same three numbers. */
static void test_expectations_sum_to_what_is(void **state) {
    (void)state;
    static double presence[REGIONS * THINGS];
    static found f;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        double sum[THINGS] = {0.0}, total = 0.0, drawn = 0.0, put_back = 0.0;
        draw(seed, presence);
        compute(ctx, REGIONS, presence, &f);
        for (int64_t c = 0; c < CELLS; c++) {
            sum[c / THINGS] += c / THINGS == c % THINGS ? 0.0 : f.together[c];
        }
        for (int64_t i = 0; i < THINGS; i++) {
            total += sum[i];
        }
        for (int64_t c = 0; c < CELLS; c++) {
            if (c / THINGS == c % THINGS) {
                put_back += sum[c / THINGS] * sum[c / THINGS] / total;
                continue;
            }
            double cosine = f.by[OKRUG_RELATEDNESS_COSINE][c], jaccard = f.by[OKRUG_RELATEDNESS_JACCARD][c];
            drawn += f.together[c] / f.by[OKRUG_RELATEDNESS_PROBABILITY][c];
            put_back += f.together[c] / f.by[OKRUG_RELATEDNESS_ASSOCIATION][c];
            assert_near(f.by[OKRUG_RELATEDNESS_ASSOCIATION][c] * f.together[c], cosine * cosine * total, 1e-12);
            assert_near(jaccard / (1.0 + jaccard), f.together[c] / (sum[c / THINGS] + sum[c % THINGS]), 1e-14);
        }
        assert_near(drawn, total, 1e-12);
        assert_near(put_back, total, 1e-12);
    }
    okrug_ctx_free(ctx);
}

/* Counted fractionally, each region that has a thing and another gives it 1, however many others. */
static void test_a_region_counts_once(void **state) {
    (void)state;
    static double presence[REGIONS * THINGS];
    static found f;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, presence);
        for (int64_t i = 1; i < THINGS; i++) {
            presence[i] = 0.0; /* region 0 has nothing but thing 0: it says nothing of any two */
        }
        presence[0] = 1.0;
        compute(ctx, REGIONS, presence, &f);
        for (int64_t i = 0; i < THINGS; i++) {
            double sum = 0.0, regions = 0.0;
            for (int64_t j = 0; j < THINGS; j++) {
                sum += i == j ? 0.0 : f.fractional[i * THINGS + j];
                assert_true(f.fractional[i * THINGS + j] <= f.together[i * THINGS + j]);
            }
            for (int64_t r = 1; r < REGIONS; r++) {
                regions += presence[r * THINGS + i];
            }
            assert_near(sum, regions, 1e-13);
        }
    }
    okrug_ctx_free(ctx);
}

/* Neither the order of regions nor how often each of them is there matters; things keep what is theirs. */
static void test_order_and_repetition(void **state) {
    (void)state;
    static double presence[REGIONS * THINGS], other[TWICE * THINGS];
    static found f, g;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int64_t *region = testing_permutation(seed, TWICE);
        int64_t *thing = testing_permutation(seed + 50, THINGS);
        draw(seed, presence);
        for (int64_t r = 0; r < TWICE; r++) {
            for (int64_t i = 0; i < THINGS; i++) {
                other[r * THINGS + i] = presence[region[r] % REGIONS * THINGS + thing[i]];
            }
        }
        compute(ctx, REGIONS, presence, &f);
        compute(ctx, TWICE, other, &g);
        for (int64_t c = 0; c < CELLS; c++) {
            int64_t from = thing[c / THINGS] * THINGS + thing[c % THINGS];
            assert_same_double(g.together[c], 2.0 * f.together[from]);
            assert_near(g.fractional[c], 2.0 * f.fractional[from], 1e-13);
            assert_near(g.correlation[c], f.correlation[from], 1e-13);
            for (int m = 0; m < MEASURES; m++) {
                assert_near(g.by[m][c], f.by[m][from], 1e-13);
            }
        }
        free(region);
        free(thing);
    }
    okrug_ctx_free(ctx);
}

/* Correlation of absence is correlation of presence; of the absence of one with the presence of others it is the
 * opposite. */
static void test_absence(void **state) {
    (void)state;
    static double presence[REGIONS * THINGS], other[REGIONS * THINGS];
    static found f, g;
    okrug_ctx *ctx = testing_context(2);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, presence);
        for (int64_t c = 0; c < REGIONS * THINGS; c++) {
            other[c] = c % THINGS < 2 ? 1.0 - presence[c] : presence[c];
        }
        compute(ctx, REGIONS, presence, &f);
        compute(ctx, REGIONS, other, &g);
        for (int64_t c = 0; c < CELLS; c++) {
            bool turned = (c / THINGS < 2) != (c % THINGS < 2);
            assert_near(g.correlation[c], turned ? -f.correlation[c] : f.correlation[c], 1e-13);
        }
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_symmetric_and_in_range),
        cmocka_unit_test(test_expectations_sum_to_what_is),
        cmocka_unit_test(test_a_region_counts_once),
        cmocka_unit_test(test_order_and_repetition),
        cmocka_unit_test(test_absence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
