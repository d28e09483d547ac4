/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Complexity of small worlds: the nested triangle, whose answers are known in closed form, and those without an answer.
 */
#include <okrug/complexity.h>
#include <okrug/linalg.h>

#include "matrices.h"

enum { SIDE = 16 };

typedef struct {
    double diversity[SIDE], ubiquity[SIDE], eci[SIDE], pci[SIDE], proximity[SIDE * SIDE], density[SIDE * SIDE];
    double coi[SIDE], cog[SIDE * SIDE];
    okrug_complexity_summary summary;
} outcome;

static void compute(int64_t regions, int64_t products, const double *presence, outcome *o) {
    okrug_ctx *ctx = testing_context(2);
    assert_ok(okrug_complexity_scores(ctx, regions, products, presence, o->diversity, o->ubiquity, o->eci, o->pci,
                                      &o->summary));
    assert_ok(okrug_proximity(ctx, regions, products, presence, o->proximity));
    assert_ok(okrug_density(ctx, regions, products, presence, o->proximity, 1.0, o->density));
    assert_ok(okrug_complexity_outlook(ctx, regions, products, presence, o->proximity, o->density, o->pci,
                                       o->summary.origin, o->coi, o->cog));
    okrug_ctx_free(ctx);
}

static const double triangle[16] = {1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0};

static void test_nested_triangle(void **state) {
    (void)state;
    outcome o;
    compute(4, 4, triangle, &o);
    assert_int_equal(o.summary.regions, 4);
    assert_int_equal(o.summary.components, 1);
    assert_false(o.summary.ambiguous);
    assert_near(o.summary.lambda2, 1.0 / 4.0, 1e-14);
    assert_near(o.summary.lambda3, 1.0 / 9.0, 1e-14);
    static const double eci[4] = {1.3416407864998738, .4472135954999579, -.4472135954999579, -1.3416407864998738};
    assert_all_near(4, o.eci, eci, 1e-12);
    static const double counts[4] = {4, 3, 2, 1};
    assert_all_near(4, o.diversity, counts, 0.0);
    assert_all_near(4, o.ubiquity, counts, 0.0);
    assert_near(o.proximity[1], .75, 0.0);
    assert_near(o.proximity[0], 0.0, 0.0);
    assert_near(o.density[3 * 4 + 1], .75 / (.75 + 2.0 / 3.0 + 1.0 / 3.0), 1e-15);
    for (int r = 0; r < 4; r++) {
        double sum = 0.0;
        for (int p = 0; p < 4; p++) {
            sum += triangle[r * 4 + p] * o.pci[p];
        }
        assert_near(sum / counts[r], o.eci[r], 1e-12);
    }
    /* The first region has everything: nothing to gain. */
    static const double nothing[4] = {0.0, 0.0, 0.0, 0.0};
    assert_all_near(4, o.cog, nothing, 0.0);
}

static void test_gain_by_its_definition(void **state) {
    (void)state;
    outcome o;
    compute(4, 4, triangle, &o);
    double gain = 0.0; /* of the third product for the third region, which has the first two */
    for (int q = 2; q < 4; q++) {
        double all = 0.0;
        for (int s = 0; s < 4; s++) {
            all += o.proximity[q * 4 + s];
        }
        gain += o.proximity[2 * 4 + q] * (o.pci[q] + o.summary.origin) / all;
    }
    assert_near(o.cog[2 * 4 + 2], gain, 1e-14);
    double sum = 0.0, squares = 0.0;
    for (int r = 0; r < 4; r++) {
        sum += o.coi[r];
        squares += o.coi[r] * o.coi[r];
    }
    assert_near(sum, 0.0, 1e-14);
    assert_near(squares, 4.0, 1e-14);
}

static void test_empty_rows_and_columns_change_nothing_else(void **state) {
    (void)state;
    double wide[5 * 6] = {0};
    static const int rows[4] = {0, 1, 3, 4}, columns[4] = {0, 2, 3, 5};
    for (int r = 0; r < 4; r++) {
        for (int p = 0; p < 4; p++) {
            wide[rows[r] * 6 + columns[p]] = triangle[r * 4 + p];
        }
    }
    outcome plain, o;
    compute(4, 4, triangle, &plain);
    compute(5, 6, wide, &o);
    assert_int_equal(o.summary.regions, 4);
    assert_int_equal(o.summary.products, 4);
    assert_nan(o.eci[2]);
    assert_nan(o.coi[2]);
    assert_nan(o.pci[1]);
    assert_nan(o.density[1]);
    assert_nan(o.cog[2 * 6]);
    assert_nan(o.cog[1]);
    for (int r = 0; r < 4; r++) {
        assert_near(o.eci[rows[r]], plain.eci[r], 1e-12);
        assert_near(o.coi[rows[r]], plain.coi[r], 1e-12);
        for (int p = 0; p < 4; p++) {
            assert_near(o.pci[columns[p]], plain.pci[p], 1e-12);
            assert_near(o.density[rows[r] * 6 + columns[p]], plain.density[r * 4 + p], 1e-12);
            assert_near(o.cog[rows[r] * 6 + columns[p]], plain.cog[r * 4 + p], 1e-12);
        }
    }
}

static void expect_no_scores(int64_t regions, int64_t products, const outcome *o) {
    assert_nan(o->summary.origin);
    for (int64_t r = 0; r < regions; r++) {
        assert_nan(o->eci[r]);
        assert_nan(o->coi[r]);
    }
    for (int64_t p = 0; p < products; p++) {
        assert_nan(o->pci[p]);
    }
    for (int64_t cell = 0; cell < regions * products; cell++) {
        assert_nan(o->cog[cell]);
    }
}

static void test_two_components(void **state) {
    (void)state;
    double both[8 * 8] = {0};
    for (int r = 0; r < 4; r++) {
        for (int p = 0; p < 4; p++) {
            both[r * 8 + p] = both[(r + 4) * 8 + p + 4] = triangle[r * 4 + p];
        }
    }
    outcome o;
    compute(8, 8, both, &o);
    assert_int_equal(o.summary.components, 2);
    assert_near(o.summary.lambda2, 1.0, 1e-14);
    expect_no_scores(8, 8, &o);
    assert_near(o.density[3 * 8 + 1], .75 / (.75 + 2.0 / 3.0 + 1.0 / 3.0), 1e-15); /* needs no scores */
}

/* A ring of regions, each with its own product and the next: every turn of the ring is as good. */
static void test_ring_is_ambiguous(void **state) {
    (void)state;
    double ring[6 * 6] = {0};
    for (int r = 0; r < 6; r++) {
        ring[r * 6 + r] = ring[r * 6 + (r + 1) % 6] = 1.0;
    }
    outcome o;
    compute(6, 6, ring, &o);
    assert_int_equal(o.summary.components, 1);
    assert_true(o.summary.ambiguous);
    assert_near(o.summary.lambda2, .75, 1e-14); /* (1 + cos 60 degrees) / 2 */
    assert_near(o.summary.lambda3, .75, 1e-14);
    expect_no_scores(6, 6, &o);
}

static void test_worlds_too_small(void **state) {
    (void)state;
    static const double all[6] = {1, 1, 1, 1, 1, 1}, none[4] = {0, 0, 0, 0};
    outcome o;
    compute(2, 3, all, &o);
    assert_true(o.summary.ambiguous);
    expect_no_scores(2, 3, &o);
    compute(1, 6, all, &o);
    assert_true(o.summary.ambiguous);
    expect_no_scores(1, 6, &o);
    compute(2, 2, none, &o);
    assert_int_equal(o.summary.regions, 0);
    assert_int_equal(o.summary.components, 0);
    expect_no_scores(2, 2, &o);
    for (int i = 0; i < 4; i++) {
        assert_same_double(o.proximity[i], 0.0);
        assert_nan(o.density[i]);
    }
}

static void test_two_regions(void **state) {
    (void)state;
    static const double m[4] = {1, 1, 1, 0};
    outcome o;
    compute(2, 2, m, &o);
    assert_false(o.summary.ambiguous);
    assert_near(o.summary.lambda2, .25, 1e-14);
    assert_near(o.eci[0], 1.0, 1e-12);
    assert_near(o.eci[1], -1.0, 1e-12);
}

static void test_presence(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const double value[6] = {10.0, 30.0, 0.0, 20.0, 0.0, 0.0};
    double rca[6], presence[6];
    assert_ok(okrug_presence(ctx, 2, 3, value, .5, rca, presence));
    static const double expected[6] = {1.0, 1.0, 0.0, 1.0, 0.0, 0.0};
    assert_near(rca[0], .5, 1e-15); /* the threshold itself counts */
    assert_all_near(6, presence, expected, 0.0);
    assert_nan(rca[2]);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nested_triangle),
        cmocka_unit_test(test_gain_by_its_definition),
        cmocka_unit_test(test_empty_rows_and_columns_change_nothing_else),
        cmocka_unit_test(test_two_components),
        cmocka_unit_test(test_ring_is_ambiguous),
        cmocka_unit_test(test_worlds_too_small),
        cmocka_unit_test(test_two_regions),
        cmocka_unit_test(test_presence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
