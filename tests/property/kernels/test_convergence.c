/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for any line through growth and start, and for the speed that its slope means.
 */
#include <okrug/convergence.h>
#include <okrug/regression.h>

#include "matrices.h"

enum { WORLDS = 30, N = 45, TERMS = 3 };

typedef struct {
    double x[N * TERMS], y[N];
} world;

typedef struct {
    double estimate[TERMS + 1], error[TERMS + 1], robust[TERMS + 1], fitted[N];
    okrug_least_squares_results results;
} found;

static void draw(uint64_t seed, world *w) {
    for (uint64_t i = 0; i < N; i++) {
        w->y[i] = testing_uniform(seed, 10 * i, -1.0, 1.0);
        for (uint64_t j = 0; j < TERMS; j++) {
            w->x[i * TERMS + j] = testing_uniform(seed, 10 * i + j + 1, 5.0, 9.0);
            w->y[i] -= .02 * (double)(j + 1) * w->x[i * TERMS + j];
        }
    }
}

static void fit(okrug_ctx *ctx, const world *w, found *f) {
    f->results = (okrug_least_squares_results){
        .estimate = f->estimate, .error = f->error, .robust = f->robust, .fitted = f->fitted};
    assert_ok(okrug_least_squares(ctx, N, TERMS, w->x, w->y, &f->results));
}

/* By QR and with the constant as a term, which shares nothing with the normal equations of centred columns. */
static void test_the_other_regression_agrees(void **state) {
    (void)state;
    static world w;
    static found f;
    double columns[(TERMS + 1) * N], estimate[TERMS + 1], error[TERMS + 1], fitted[N];
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, &w);
        fit(ctx, &w, &f);
        for (int64_t i = 0; i < N; i++) {
            columns[i] = 1.0;
            for (int64_t j = 0; j < TERMS; j++) {
                columns[(j + 1) * N + i] = w.x[i * TERMS + j];
            }
        }
        okrug_regression of = {.n = N, .terms = TERMS + 1, .x = columns, .y = w.y, .errors = OKRUG_ERRORS_CLASSICAL};
        okrug_regression_results out = {.estimate = estimate, .error = error, .fitted = fitted};
        assert_ok(okrug_regression_fit(ctx, &of, &out));
        assert_all_near(TERMS + 1, f.estimate, estimate, 1e-11);
        assert_all_near(TERMS + 1, f.error, error, 1e-11);
        assert_all_near(N, f.fitted, fitted, 1e-12);
        assert_near(f.results.r_squared, out.r_squared, 1e-12);
        assert_int_equal(f.results.degrees, out.degrees);
        of.errors = OKRUG_ERRORS_ROBUST;
        assert_ok(okrug_regression_fit(ctx, &of, &out));
        assert_all_near(TERMS + 1, f.robust, error, 1e-11);
    }
    okrug_ctx_free(ctx);
}

/* Another unit of the value moves its logarithm, and with it the constant only: rubles or thousands, growth is the
 * same. Another unit of time divides all by itself. */
static void test_units(void **state) {
    (void)state;
    static world w, other;
    static found f, g;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        draw(seed, &w);
        other = w;
        for (int64_t i = 0; i < N; i++) {
            other.x[i * TERMS] -= log(1000.0);
            other.y[i] /= 4.0;
        }
        fit(ctx, &w, &f);
        fit(ctx, &other, &g);
        assert_near(4.0 * g.estimate[0], f.estimate[0] + f.estimate[1] * log(1000.0), 1e-10);
        for (int64_t j = 1; j <= TERMS; j++) {
            assert_near(4.0 * g.estimate[j], f.estimate[j], 1e-11);
            assert_near(4.0 * g.error[j], f.error[j], 1e-11);
            assert_near(4.0 * g.robust[j], f.robust[j], 1e-11);
        }
        assert_near(g.results.r_squared, f.results.r_squared, 1e-12);
    }
    okrug_ctx_free(ctx);
}

static void test_order(void **state) {
    (void)state;
    static world w, other;
    static found f, g;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int64_t *row = testing_permutation(seed, N);
        draw(seed, &w);
        for (int64_t i = 0; i < N; i++) {
            other.y[i] = w.y[row[i]];
            for (int64_t j = 0; j < TERMS; j++) {
                other.x[i * TERMS + j] = w.x[row[i] * TERMS + TERMS - 1 - j];
            }
        }
        fit(ctx, &w, &f);
        fit(ctx, &other, &g);
        for (int64_t j = 0; j < TERMS; j++) {
            assert_near(g.estimate[1 + j], f.estimate[TERMS - j], 1e-11);
            assert_near(g.robust[1 + j], f.robust[TERMS - j], 1e-11);
        }
        for (int64_t i = 0; i < N; i++) {
            assert_near(g.fitted[i], f.fitted[row[i]], 1e-12);
        }
        free(row);
    }
    okrug_ctx_free(ctx);
}

/* Regions that come nearer to their own level at a rate, whatever their levels' spread and the years between: the slope
 * of mean growth on the start gives the rate back, and after a half-life half of the way is left. */
static void test_speed_is_found_again(void **state) {
    (void)state;
    static found f;
    double start[N], growth[N];
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        double rate = testing_uniform(seed, 1, .001, .2), years = floor(testing_uniform(seed, 2, 1.0, 40.0));
        for (uint64_t i = 0; i < N; i++) {
            start[i] = testing_uniform(seed, 10 + i, 2.0, 12.0);
            double end = 8.0 + (start[i] - 8.0) * exp(-rate * years);
            growth[i] = (end - start[i]) / years;
        }
        f.results = (okrug_least_squares_results){
            .estimate = f.estimate, .error = f.error, .robust = f.robust, .fitted = f.fitted};
        assert_ok(okrug_least_squares(ctx, N, 1, start, growth, &f.results));
        double speed = okrug_convergence_speed(f.estimate[1], years);
        assert_near(speed, rate, 1e-9);
        assert_near(f.results.r_squared, 1.0, 1e-12);
        assert_near(exp(-speed * okrug_convergence_half_life(speed)), .5, 1e-13);
        assert_true(okrug_convergence_speed(f.estimate[1] - .001, years) > speed ||
                    1.0 + (f.estimate[1] - .001) * years <= 0.0);
        assert_true(okrug_convergence_speed(-f.estimate[1], years) < 0.0);
        assert_nan(okrug_convergence_half_life(okrug_convergence_speed(-f.estimate[1], years)));
        assert_nan(okrug_convergence_speed(-1.5 / years, years));
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_other_regression_agrees),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_speed_is_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
