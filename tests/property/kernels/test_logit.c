/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for any logistic regression: the order of rows and the units of covariates do not matter, ones and zeros
 * can be exchanged, and fitted probabilities sum to the ones in every group.
 */
#include <okrug/logit.h>

#include "matrices.h"

enum { ROWS = 300, COVARIATES = 2, GROUPS = 6, SECONDS = 4 };

typedef struct {
    double x[ROWS * COVARIATES];
    uint8_t y[ROWS];
    int32_t group[ROWS], second[ROWS];
} rows;

typedef struct {
    double coefficient[COVARIATES], error[COVARIATES], effect[GROUPS], second[GROUPS], effect_error;
    okrug_logit_fit fit;
} fitted;

static void draw(uint64_t seed, rows *r) {
    for (int i = 0; i < ROWS; i++) {
        uint64_t u = (uint64_t)i;
        r->group[i] = i % GROUPS;
        r->second[i] = i / GROUPS % SECONDS;
        r->x[2 * i] = testing_uniform(seed, 3 * u, -1.0, 1.0);
        r->x[2 * i + 1] = testing_uniform(seed, 3 * u + 1, 0.0, 1.0);
        double logit = r->x[2 * i] - r->x[2 * i + 1] + .3 * r->group[i] - .5 * r->second[i];
        r->y[i] = testing_uniform(seed, 3 * u + 2, 0.0, 1.0) < 1.0 / (1.0 + exp(-logit));
    }
}

static void run(const rows *r, bool effects, fitted *f) {
    okrug_ctx *ctx = testing_context(1);
    okrug_logit_data data = {.rows = ROWS, .covariates = COVARIATES, .x = r->x, .y = r->y};
    if (effects) {
        data.groups = GROUPS;
        data.group = r->group;
        data.seconds = SECONDS;
        data.second = r->second;
    }
    assert_ok(okrug_logit(ctx, &data, f->coefficient, f->error, f->effect, &f->effect_error, f->second, &f->fit));
    assert_int_equal(f->fit.end, OKRUG_LOGIT_CONVERGED);
    okrug_ctx_free(ctx);
}

static void test_order_units_and_exchange(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        for (int effects = 0; effects < 2; effects++) {
            rows r, s;
            fitted a, b;
            draw(seed, &r);
            int64_t *from = testing_permutation(seed, ROWS);
            for (int i = 0; i < ROWS; i++) {
                s.x[2 * i] = 1000.0 * r.x[2 * from[i]];
                s.x[2 * i + 1] = .001 * r.x[2 * from[i] + 1];
                s.y[i] = !r.y[from[i]];
                s.group[i] = r.group[from[i]];
                s.second[i] = r.second[from[i]];
            }
            run(&r, effects != 0, &a);
            run(&s, effects != 0, &b);
            assert_near(b.coefficient[0] * 1000.0, -a.coefficient[0], 1e-8);
            assert_near(b.coefficient[1] * .001, -a.coefficient[1], 1e-8);
            assert_near(b.error[0] * 1000.0, a.error[0], 1e-8);
            assert_near(b.fit.log_likelihood, a.fit.log_likelihood, 1e-9);
            assert_near(b.effect[0], -a.effect[0], 1e-8);
            free(from);
        }
    }
}

static void test_probabilities_sum_to_the_ones_of_each_group(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        rows r;
        fitted f;
        double rest[GROUPS] = {0}, second_rest[SECONDS] = {0};
        draw(seed, &r);
        run(&r, true, &f);
        for (int i = 0; i < ROWS; i++) {
            double logit = f.effect[r.group[i]] + f.second[r.second[i]] + f.coefficient[0] * r.x[2 * i] +
                           f.coefficient[1] * r.x[2 * i + 1];
            double left = r.y[i] - 1.0 / (1.0 + exp(-logit));
            rest[r.group[i]] += left;
            second_rest[r.second[i]] += left;
        }
        for (int q = 0; q < GROUPS; q++) {
            assert_near(rest[q], 0.0, 1e-7);
        }
        for (int m = 0; m < SECONDS; m++) {
            assert_near(second_rest[m], 0.0, 1e-7);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_units_and_exchange),
        cmocka_unit_test(test_probabilities_sum_to_the_ones_of_each_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
