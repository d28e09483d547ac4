/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for disparity and concentration of any amounts.
 */
#include <okrug/concentration.h>
#include <okrug/disparity.h>

#include "matrices.h"

enum { WORLDS = 40, REGIONS = 31, GROUPS = 5 };

typedef struct {
    double y[REGIONS], population[REGIONS];
    int64_t group[REGIONS];
} world;

/* Values and populations of very different sizes; some regions have nothing, some have nobody. */
static world draw(uint64_t seed) {
    world w;
    for (uint64_t r = 0; r < REGIONS; r++) {
        bool nothing = testing_uniform(seed, 5 * r, 0.0, 1.0) < .1,
             nobody = testing_uniform(seed, 5 * r + 1, 0.0, 1.0) < .1;
        w.y[r] = nothing ? 0.0 : exp(testing_uniform(seed, 5 * r + 2, 0.0, 6.0));
        w.population[r] = nobody ? 0.0 : exp(testing_uniform(seed, 5 * r + 3, 0.0, 8.0));
        w.group[r] = (int64_t)testing_uniform(seed, 5 * r + 4, 0.0, GROUPS);
    }
    return w;
}

static okrug_disparity_indices of(const world *w, int64_t groups, okrug_disparity_group *group) {
    okrug_ctx *ctx = testing_context(1);
    okrug_disparity_indices indices;
    const okrug_disparity_input input = {REGIONS, w->y, w->population, groups, groups > 0 ? w->group : NULL};
    assert_ok(okrug_disparity(ctx, &input, &indices, group));
    okrug_ctx_free(ctx);
    return indices;
}

static void assert_same_indices(okrug_disparity_indices a, okrug_disparity_indices b, double tolerance) {
    assert_near(a.williamson, b.williamson, tolerance);
    assert_near(a.theil, b.theil, tolerance);
    assert_near(a.between, b.between, tolerance);
    assert_near(a.within, b.within, tolerance);
    assert_near(a.gini, b.gini, tolerance);
    assert_near(a.hoover, b.hoover, tolerance);
}

static void test_theil_is_between_and_within(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w = draw(seed);
        okrug_disparity_group group[GROUPS];
        okrug_disparity_indices split = of(&w, GROUPS, group), whole = of(&w, 0, NULL);
        assert_same_double(split.theil, split.between + split.within);
        assert_near(split.theil, whole.theil, 1e-14);
        assert_true(split.between >= 0.0 && split.within >= 0.0);
        double between = 0.0, within = 0.0, people = 0.0, value = 0.0;
        for (int g = 0; g < GROUPS; g++) {
            between += group[g].between;
            within += group[g].within;
            people += group[g].population_share;
            value += group[g].value_share;
        }
        assert_near(between, split.between, 1e-14);
        assert_near(within, split.within, 1e-14);
        assert_near(people, 1.0, 1e-14);
        assert_near(value, 1.0, 1e-14);
        /* One group of all: nothing is between. Each alone: nothing is within. */
        world one = w, alone = w;
        for (int r = 0; r < REGIONS; r++) {
            one.group[r] = 0;
            alone.group[r] = r;
        }
        assert_near(of(&one, 1, NULL).between, 0.0, 1e-15);
        assert_near(of(&one, 1, NULL).within, whole.theil, 1e-14);
        assert_same_double(of(&alone, REGIONS, NULL).within, 0.0);
        assert_near(of(&alone, REGIONS, NULL).between, whole.theil, 1e-14);
    }
}

/* From the definition: every pair of persons. */
static void test_gini_is_half_the_relative_mean_difference(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w = draw(seed);
        double people = 0.0, value = 0.0, difference = 0.0;
        for (int r = 0; r < REGIONS; r++) {
            people += w.population[r];
            value += w.population[r] * w.y[r];
            for (int q = 0; q < REGIONS; q++) {
                difference += w.population[r] * w.population[q] * fabs(w.y[r] - w.y[q]);
            }
        }
        assert_near(of(&w, 0, NULL).gini, difference / (2.0 * people * value), 1e-13);
    }
}

static void test_units_and_order_do_not_matter(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w = draw(seed), scaled = w, shuffled = w;
        int64_t *row = testing_permutation(seed, REGIONS);
        for (int r = 0; r < REGIONS; r++) {
            scaled.y[r] *= 1e3 / 7.0;
            scaled.population[r] /= 3e4;
            shuffled.y[r] = w.y[row[r]];
            shuffled.population[r] = w.population[row[r]];
            shuffled.group[r] = GROUPS - 1 - w.group[row[r]];
        }
        okrug_disparity_indices plain = of(&w, GROUPS, NULL);
        assert_same_indices(of(&scaled, GROUPS, NULL), plain, 1e-13);
        assert_same_indices(of(&shuffled, GROUPS, NULL), plain, 1e-13);
        free(row);
    }
}

/* A region split in two of the same value per head changes nothing: persons are compared, not names on a map. */
static void test_splitting_a_region_changes_nothing(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w = draw(seed);
        double y[REGIONS + 1], population[REGIONS + 1];
        memcpy(y, w.y, sizeof w.y);
        memcpy(population, w.population, sizeof w.population);
        y[REGIONS] = y[0];
        population[REGIONS] = .25 * w.population[0];
        population[0] = .75 * w.population[0];
        okrug_disparity_indices split, whole = of(&w, 0, NULL);
        const okrug_disparity_input input = {REGIONS + 1, y, population, 0, NULL};
        assert_ok(okrug_disparity(ctx, &input, &split, NULL));
        assert_near(split.williamson, whole.williamson, 1e-13);
        assert_near(split.theil, whole.theil, 1e-13);
        assert_near(split.gini, whole.gini, 1e-13);
        assert_near(split.hoover, whole.hoover, 1e-13);
    }
    okrug_ctx_free(ctx);
}

/* Giving from a richer region to a poorer one, less than half of the gap, lessens inequality (Pigou and Dalton). */
static void test_transfers_lessen_inequality(void **state) {
    (void)state;
    int tried = 0;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w = draw(seed);
        int poor = -1, rich = -1;
        for (int r = 0; r < REGIONS; r++) {
            if (w.population[r] > 0.0) {
                poor = poor < 0 || w.y[r] < w.y[poor] ? r : poor;
                rich = rich < 0 || w.y[r] > w.y[rich] ? r : rich;
            }
        }
        double p = w.population[poor], q = w.population[rich];
        double gift = .3 * (w.y[rich] - w.y[poor]) / (1.0 / p + 1.0 / q); /* in all; the gap closes by .3 */
        world after = w;
        after.y[rich] -= gift / q;
        after.y[poor] += gift / p;
        okrug_disparity_indices before = of(&w, 0, NULL), then = of(&after, 0, NULL);
        assert_true(then.gini < before.gini);
        assert_true(then.theil < before.theil);
        assert_true(then.williamson < before.williamson);
        assert_true(then.hoover <= before.hoover + 1e-15);
        assert_near(then.mean, before.mean, 1e-13);
        tried++;
    }
    assert_int_equal(tried, WORLDS);
}

static void test_bounds_of_indices(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w = draw(seed);
        okrug_disparity_indices i = of(&w, 0, NULL);
        assert_true(i.gini >= 0.0 && i.gini < 1.0);
        assert_true(i.hoover >= 0.0 && i.hoover <= i.gini + 1e-15); /* the greatest gap under a Lorenz curve */
        assert_true(i.theil >= 0.0 && i.williamson >= 0.0);
        assert_true(i.theil <= log1p(i.williamson * i.williamson) + 1e-14); /* Jensen */
        assert_true(i.theil >= 2.0 * i.hoover * i.hoover - 1e-15);          /* Pinsker */
    }
}

/* Equal values of any kind, and nearly equal ones. */
static void test_equals_are_at_0(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        world w = draw(seed);
        double y = testing_uniform(seed, 1000, 1e-3, 1e3);
        for (int r = 0; r < REGIONS; r++) {
            w.y[r] = y;
        }
        okrug_disparity_indices i = of(&w, GROUPS, NULL);
        assert_same_double(i.mean, y);
        assert_same_double(i.williamson, 0.0);
        assert_same_double(i.theil, 0.0);
        assert_same_double(i.between, 0.0);
        assert_same_double(i.within, 0.0);
        assert_same_double(i.gini, 0.0);
        assert_same_double(i.hoover, 0.0);
        for (int r = 0; r < REGIONS; r++) {
            w.y[r] = y * (1.0 + testing_uniform(seed, 2000 + (uint64_t)r, 0.0, 1e-15));
        }
        i = of(&w, GROUPS, NULL);
        assert_true(i.theil >= 0.0 && i.gini >= 0.0 && i.theil < 1e-14 && i.gini < 1e-14);
    }
}

/* ---- Industries over regions ---- */

enum { INDUSTRIES = 13, CELLS = REGIONS * INDUSTRIES };

static void concentrate(int64_t regions, const double *value, const double *reference, double out[4][INDUSTRIES]) {
    okrug_ctx *ctx = testing_context(1);
    const okrug_concentration_results results = {out[0], out[1], out[2], out[3]};
    assert_ok(okrug_industry_concentration(ctx, regions, INDUSTRIES, value, reference, &results));
    okrug_ctx_free(ctx);
}

static void test_concentration_of_any_industries(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        double value[CELLS], shuffled[CELLS], total[REGIONS] = {0};
        double got[4][INDUSTRIES], given[4][INDUSTRIES], again[4][INDUSTRIES];
        for (uint64_t c = 0; c < CELLS; c++) {
            bool none = testing_uniform(seed, 2 * c, 0.0, 1.0) < .2;
            value[c] = none ? 0.0 : exp(testing_uniform(seed, 2 * c + 1, 0.0, 10.0));
            total[c / INDUSTRIES] += value[c];
        }
        int64_t *row = testing_permutation(seed, REGIONS), *column = testing_permutation(seed + 7, INDUSTRIES);
        for (int c = 0; c < CELLS; c++) {
            shuffled[c] = 2.5 * value[row[c / INDUSTRIES] * INDUSTRIES + column[c % INDUSTRIES]];
        }
        concentrate(REGIONS, value, NULL, got);
        concentrate(REGIONS, value, total, given);
        concentrate(REGIONS, shuffled, NULL, again);
        for (int i = 0; i < INDUSTRIES; i++) {
            for (int k = 0; k < 4; k++) {
                assert_near(given[k][i], got[k][i], 1e-13);
                assert_near(again[k][i], got[k][column[i]], 1e-13);
            }
            /* The same quotients as values per head and the totals as people: hoover and theil are those of disparity.
             */
            double per_head[REGIONS];
            for (int r = 0; r < REGIONS; r++) {
                per_head[r] = value[r * INDUSTRIES + i] / total[r];
            }
            okrug_disparity_indices of_heads;
            const okrug_disparity_input input = {REGIONS, per_head, total, 0, NULL};
            assert_ok(okrug_disparity(ctx, &input, &of_heads, NULL));
            assert_near(of_heads.hoover, got[1][i], 1e-13);
            assert_near(of_heads.theil, got[2][i], 1e-13);
            assert_true(got[0][i] >= 0.0 && got[0][i] <= 1.0 - 1.0 / REGIONS);
            assert_true(got[1][i] >= 0.0 && got[1][i] <= 1.0);
            assert_true(got[3][i] >= 1.0 / REGIONS - 1e-15 && got[3][i] <= 1.0);
        }
        free(row);
        free(column);
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_theil_is_between_and_within),
        cmocka_unit_test(test_gini_is_half_the_relative_mean_difference),
        cmocka_unit_test(test_units_and_order_do_not_matter),
        cmocka_unit_test(test_splitting_a_region_changes_nothing),
        cmocka_unit_test(test_transfers_lessen_inequality),
        cmocka_unit_test(test_bounds_of_indices),
        cmocka_unit_test(test_equals_are_at_0),
        cmocka_unit_test(test_concentration_of_any_industries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
