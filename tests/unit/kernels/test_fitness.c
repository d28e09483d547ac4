/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fitness on worlds solved by hand, when it stops, and what it does with those who have nothing.
 */
#include <okrug/complexity.h>

#include "matrices.h"

enum { N = 4 };
static const double nested[N * N] = {1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0};

static void run(int64_t regions, int64_t products, const double *m, okrug_fitness_plan plan, double *f, double *q,
                okrug_fitness_summary *summary) {
    okrug_ctx *ctx = testing_context(1);
    assert_ok(okrug_fitness(ctx, regions, products, m, &plan, f, q, summary));
    okrug_ctx_free(ctx);
}

static void test_first_iterations_by_hand(void **state) {
    (void)state;
    static const double first_f[N] = {1.6, 1.2, .8, .4}, first_q[N] = {.48, .64, .96, 1.92};
    static const double second_f[N] = {25.0 / 12, 13.0 / 12, 7.0 / 12, .25};
    double f[N], q[N];
    okrug_fitness_summary summary;
    run(N, N, nested, (okrug_fitness_plan){1, false, 0.0}, f, q, &summary);
    assert_all_near(N, f, first_f, 1e-14);
    assert_all_near(N, q, first_q, 1e-14);
    run(N, N, nested, (okrug_fitness_plan){2, false, 0.0}, f, q, &summary);
    assert_all_near(N, f, second_f, 1e-14);
    assert_int_equal(summary.iterations, 2);
    assert_int_equal(summary.stopped, OKRUG_FITNESS_ITERATIONS);
}

static void test_stops_when_the_order_holds(void **state) {
    (void)state;
    double f[N], q[N];
    okrug_fitness_summary summary;
    run(N, N, nested, (okrug_fitness_plan){1000, true, 0.0}, f, q, &summary);
    assert_int_equal(summary.stopped, OKRUG_FITNESS_STABLE);
    assert_int_equal(summary.iterations, 20);
    assert_near(f[0], 3.538160, 5e-7);
    assert_near(f[3], .005898, 5e-7);
    /* The same, from the last to the first: the first iteration changes the order. */
    double turned[N * N];
    for (int cell = 0; cell < N * N; cell++) {
        turned[cell] = nested[(N - 1 - cell / N) * N + cell % N];
    }
    run(N, N, turned, (okrug_fitness_plan){1000, true, 0.0}, f, q, &summary);
    assert_int_equal(summary.last_change, 1);
    assert_near(f[3], 3.538160, 5e-7);
}

static void test_stops_before_it_divides_by_nothing(void **state) {
    (void)state;
    /* The first has eight things that nobody else has: the ratio of the others to it shrinks about eightfold a step. */
    enum { MANY = 10 };
    double m[3 * MANY] = {0}, f[3], q[MANY];
    for (int p = 0; p < MANY; p++) {
        m[p] = 1.0;
    }
    m[MANY] = m[MANY + 1] = m[2 * MANY] = 1.0;
    okrug_fitness_summary summary;
    run(3, MANY, m, (okrug_fitness_plan){1000000, false, 0.0}, f, q, &summary);
    assert_int_equal(summary.stopped, OKRUG_FITNESS_COLLAPSED);
    for (int r = 0; r < 3; r++) {
        assert_true(isfinite(f[r]) && f[r] > 0.0);
    }
    for (int p = 0; p < MANY; p++) {
        assert_true(isfinite(q[p]) && q[p] > 0.0);
    }
}

static void test_regularised_is_a_fixed_point(void **state) {
    (void)state;
    static const double delta = .05;
    double f[N], q[N];
    okrug_fitness_summary summary;
    run(N, N, nested, (okrug_fitness_plan){100000, true, delta}, f, q, &summary);
    assert_int_equal(summary.stopped, OKRUG_FITNESS_CONVERGED);
    for (int r = 0; r < N; r++) {
        double own = delta * delta, simple = 0.0;
        for (int p = 0; p < N; p++) {
            own += nested[r * N + p] / (1.0 + 1.0 / q[p]);
            simple += nested[p * N + r] / f[p];
        }
        assert_near(f[r], own, 1e-9);
        assert_near(1.0 / q[r], simple, 1e-8 / q[r]);
    }
}

static void test_those_without_any_are_left_out(void **state) {
    (void)state;
    double wide[(N + 1) * (N + 1)] = {0}, f[N + 1], q[N + 1], alone_f[N], alone_q[N];
    for (int cell = 0; cell < N * N; cell++) {
        wide[(cell / N + 1) * (N + 1) + cell % N] = nested[cell];
    }
    okrug_fitness_summary summary, alone;
    run(N + 1, N + 1, wide, (okrug_fitness_plan){7, false, 0.0}, f, q, &summary);
    run(N, N, nested, (okrug_fitness_plan){7, false, 0.0}, alone_f, alone_q, &alone);
    assert_nan(f[0]);
    assert_nan(q[N]);
    assert_all_near(N, f + 1, alone_f, 1e-14);
    assert_all_near(N, q, alone_q, 1e-14);
    assert_int_equal(summary.components, 1);
    assert_int_equal(summary.regions, N);
    static const double nothing[4] = {0, 0, 0, 0};
    run(2, 2, nothing, (okrug_fitness_plan){7, true, 0.0}, f, q, &summary);
    assert_nan(f[0]);
    assert_nan(q[1]);
    assert_int_equal(summary.iterations, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_iterations_by_hand),           cmocka_unit_test(test_stops_when_the_order_holds),
        cmocka_unit_test(test_stops_before_it_divides_by_nothing), cmocka_unit_test(test_regularised_is_a_fixed_point),
        cmocka_unit_test(test_those_without_any_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
