/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for any regression with fixed effects.
 */
#include <okrug/regression.h>

#include "matrices.h"

enum { WORLDS = 20, N = 60, TERMS = 3, INDUSTRIES = 5, REGIONS = 7, MOST = 2 * N, DUMMIES = INDUSTRIES + REGIONS - 1 };

typedef struct {
    int64_t n;
    double x[(TERMS + DUMMIES) * MOST], y[MOST];
    int64_t industry[MOST], region[MOST];
} world;

typedef struct {
    double estimate[TERMS + DUMMIES], error[TERMS + DUMMIES], fitted[MOST];
    okrug_regression_results results;
} found;

/* Each region and industry has something, so that one part touches all. */
static void draw(uint64_t seed, world *w) {
    w->n = N;
    for (uint64_t i = 0; i < N; i++) {
        w->industry[i] = (int64_t)(i % INDUSTRIES);
        w->region[i] = (int64_t)(i / INDUSTRIES < REGIONS ? i / INDUSTRIES : testing_random(seed, i) % REGIONS);
        w->y[i] = (double)w->region[i] + testing_uniform(seed, 10 * i, -4.0, 4.0);
        for (uint64_t j = 0; j < TERMS; j++) {
            w->x[j * N + i] = (double)(w->industry[i] * (int64_t)j) + testing_uniform(seed, 10 * i + j + 1, -3.0, 3.0);
            w->y[i] += (double)(j + 1) * w->x[j * N + i];
        }
    }
}

static okrug_regression both_effects(const world *w, okrug_errors errors) {
    return (okrug_regression){.n = w->n,
                              .terms = TERMS,
                              .x = w->x,
                              .y = w->y,
                              .effect = {{INDUSTRIES, w->industry}, {REGIONS, w->region}},
                              .cluster = {REGIONS, w->region},
                              .errors = errors};
}

static void fit(okrug_ctx *ctx, okrug_regression of, found *f) {
    f->results = (okrug_regression_results){.estimate = f->estimate, .error = f->error, .fitted = f->fitted};
    assert_ok(okrug_regression_fit(ctx, &of, &f->results));
    assert_int_equal(f->results.dependent, -1);
}

/* What is left has nothing to do with the terms, and sums to nothing in every group. */
static void test_residuals_are_orthogonal(void **state) {
    (void)state;
    static world w;
    static found f;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, &w);
        fit(ctx, both_effects(&w, OKRUG_ERRORS_ROBUST), &f);
        double by_industry[INDUSTRIES] = {0.0}, by_region[REGIONS] = {0.0}, by_term[TERMS] = {0.0};
        for (int64_t i = 0; i < N; i++) {
            double residual = w.y[i] - f.fitted[i];
            by_industry[w.industry[i]] += residual;
            by_region[w.region[i]] += residual;
            for (int64_t j = 0; j < TERMS; j++) {
                by_term[j] += residual * w.x[j * N + i];
            }
        }
        for (int64_t k = 0; k < INDUSTRIES + REGIONS + TERMS; k++) {
            assert_near(k < INDUSTRIES             ? by_industry[k]
                        : k < INDUSTRIES + REGIONS ? by_region[k - INDUSTRIES]
                                                   : by_term[k - INDUSTRIES - REGIONS],
                        0.0, 1e-9);
        }
    }
    okrug_ctx_free(ctx);
}

/* A constant of each group taken out is a column of ones for it (Frisch, Waugh and Lovell), errors included. */
static void test_effects_are_dummies(void **state) {
    (void)state;
    static world w;
    static found taken, told;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, &w);
        for (int64_t i = 0; i < N; i++) {
            for (int64_t g = 0; g < DUMMIES; g++) {
                bool in = g < INDUSTRIES ? w.industry[i] == g : w.region[i] == g - INDUSTRIES + 1;
                w.x[(TERMS + g) * N + i] = in ? 1.0 : 0.0;
            }
        }
        for (int errors = OKRUG_ERRORS_ROBUST; errors <= OKRUG_ERRORS_CLUSTERED; errors++) {
            okrug_regression of = both_effects(&w, (okrug_errors)errors);
            fit(ctx, of, &taken);
            of.terms += DUMMIES;
            of.effect[0] = of.effect[1] = (okrug_grouping){0, NULL};
            fit(ctx, of, &told);
            assert_int_equal(taken.results.absorbed, DUMMIES);
            assert_int_equal(taken.results.degrees, told.results.degrees);
            assert_near(taken.results.r_squared, told.results.r_squared, 1e-11);
            assert_all_near(TERMS, taken.estimate, told.estimate, 1e-10);
            assert_all_near(TERMS, taken.error, told.error, 1e-10);
            assert_all_near(N, taken.fitted, told.fitted, 1e-9);
        }
    }
    okrug_ctx_free(ctx);
}

/* What terms and groups would add to y is found again, and what is not theirs stays. */
static void test_what_is_added_is_found(void **state) {
    (void)state;
    static world w;
    static found before, after;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, &w);
        fit(ctx, both_effects(&w, OKRUG_ERRORS_CLUSTERED), &before);
        for (int64_t i = 0; i < N; i++) {
            w.y[i] += 2.5 * w.x[i] - .75 * w.x[2 * N + i] + 3.0 * (double)(w.region[i] % 3) - (double)w.industry[i];
        }
        fit(ctx, both_effects(&w, OKRUG_ERRORS_CLUSTERED), &after);
        assert_near(after.estimate[0], before.estimate[0] + 2.5, 1e-11);
        assert_near(after.estimate[1], before.estimate[1], 1e-11);
        assert_near(after.estimate[2], before.estimate[2] - .75, 1e-11);
        assert_all_near(TERMS, after.error, before.error, 1e-11);
    }
    okrug_ctx_free(ctx);
}

/* Rows in another order, groups of other names, columns in another order and unit. */
static void test_order_and_units(void **state) {
    (void)state;
    static world w, other;
    static found f, g;
    static const double unit[TERMS] = {1000.0, .125, -3.0};
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int64_t *row = testing_permutation(seed, N);
        int64_t *region = testing_permutation(seed + 100, REGIONS);
        int64_t *term = testing_permutation(seed + 200, TERMS);
        draw(seed, &w);
        other.n = N;
        for (int64_t i = 0; i < N; i++) {
            other.y[i] = 7.0 * w.y[row[i]];
            other.industry[i] = INDUSTRIES - 1 - w.industry[row[i]];
            other.region[i] = region[w.region[row[i]]];
            for (int64_t j = 0; j < TERMS; j++) {
                other.x[j * N + i] = unit[j] * w.x[term[j] * N + row[i]];
            }
        }
        for (int errors = OKRUG_ERRORS_ROBUST; errors <= OKRUG_ERRORS_CLUSTERED; errors++) {
            fit(ctx, both_effects(&w, (okrug_errors)errors), &f);
            fit(ctx, both_effects(&other, (okrug_errors)errors), &g);
            for (int64_t j = 0; j < TERMS; j++) {
                assert_near(g.estimate[j] * unit[j] / 7.0, f.estimate[term[j]], 1e-10);
                assert_near(g.error[j] * fabs(unit[j]) / 7.0, f.error[term[j]], 1e-10);
            }
            assert_near(g.results.r_squared, f.results.r_squared, 1e-11);
            assert_near(g.results.within, f.results.within, 1e-11);
        }
        free(row);
        free(region);
        free(term);
    }
    okrug_ctx_free(ctx);
}

/* All rows twice teach nothing: clusters know it but for their factor, others take them for new. */
static void test_everything_twice(void **state) {
    (void)state;
    static world w, twice;
    static found f, g;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, &w);
        twice.n = 2 * N;
        for (int64_t i = 0; i < 2 * N; i++) {
            twice.y[i] = w.y[i % N];
            twice.industry[i] = w.industry[i % N];
            twice.region[i] = w.region[i % N];
            for (int64_t j = 0; j < TERMS; j++) {
                twice.x[j * 2 * N + i] = w.x[j * N + i % N];
            }
        }
        for (int errors = OKRUG_ERRORS_ROBUST; errors <= OKRUG_ERRORS_CLUSTERED; errors++) {
            fit(ctx, both_effects(&w, (okrug_errors)errors), &f);
            fit(ctx, both_effects(&twice, (okrug_errors)errors), &g);
            double once = (double)f.results.degrees, both = (double)g.results.degrees;
            double factor = sqrt(once / both * (errors == OKRUG_ERRORS_CLUSTERED ? (2.0 * N - 1.0) / (N - 1.0) : 1.0));
            for (int64_t j = 0; j < TERMS; j++) {
                assert_near(g.estimate[j], f.estimate[j], 1e-11);
                assert_near(g.error[j], factor * f.error[j], 1e-11);
            }
            assert_near(g.results.r_squared, f.results.r_squared, 1e-12);
        }
    }
    okrug_ctx_free(ctx);
}

/* Where every row is a cluster of its own, CR1 is HC1. */
static void test_clusters_of_one(void **state) {
    (void)state;
    static world w;
    static found f, g;
    int64_t own[N];
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, &w);
        for (int64_t i = 0; i < N; i++) {
            own[i] = N - 1 - i;
        }
        okrug_regression of = both_effects(&w, OKRUG_ERRORS_CLUSTERED);
        of.cluster = (okrug_grouping){N, own};
        fit(ctx, of, &f);
        fit(ctx, both_effects(&w, OKRUG_ERRORS_ROBUST), &g);
        assert_all_near(TERMS, f.error, g.error, 1e-12);
    }
    okrug_ctx_free(ctx);
}

/* Of one term, the sandwich is a sum that can be written down. */
static void test_one_term_by_its_definition(void **state) {
    (void)state;
    static world w;
    static found f;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, &w);
        okrug_regression of = {.n = N, .terms = 1, .x = w.x, .y = w.y, .cluster = {REGIONS, w.region}};
        for (int errors = OKRUG_ERRORS_ROBUST; errors <= OKRUG_ERRORS_CLUSTERED; errors++) {
            double square = 0.0, rest = 0.0, by_region[REGIONS] = {0.0}, rows = 0.0, regions = 0.0;
            of.errors = (okrug_errors)errors;
            fit(ctx, of, &f);
            for (int64_t i = 0; i < N; i++) {
                double residual = w.y[i] - f.fitted[i], score = w.x[i] * residual;
                square += w.x[i] * w.x[i];
                rest += residual * residual;
                rows += score * score;
                by_region[w.region[i]] += score;
            }
            for (int64_t r = 0; r < REGIONS; r++) {
                regions += by_region[r] * by_region[r];
            }
            double expected[] = {[OKRUG_ERRORS_ROBUST] = rows * N / (N - 1.0),
                                 [OKRUG_ERRORS_CLASSICAL] = rest * square / (N - 1.0),
                                 [OKRUG_ERRORS_CLUSTERED] = regions * REGIONS / (REGIONS - 1.0)};
            assert_near(f.error[0], sqrt(expected[errors]) / square, 1e-12);
        }
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_residuals_are_orthogonal),   cmocka_unit_test(test_effects_are_dummies),
        cmocka_unit_test(test_what_is_added_is_found),     cmocka_unit_test(test_order_and_units),
        cmocka_unit_test(test_everything_twice),           cmocka_unit_test(test_clusters_of_one),
        cmocka_unit_test(test_one_term_by_its_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
