/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The best combination of support is the best of all of them, tried one by one; what a loan saves, by hand.
 */
#include <string.h>

#include <okrug/optimise.h>
#include <okrug/support.h>

#include "matrices.h"

enum { SEEDS = 60, N = 6, LIMITS = 4, SETS = 1 << N };

typedef struct {
    double benefit[N], least[N], most[N], a[LIMITS][2 * N], limit[LIMITS];
} instance;

static double uniform(uint64_t seed, uint64_t *at, double least, double most) {
    return testing_uniform(seed, (*at)++, least, most);
}

/* Three limits on amounts and one pair that excludes each other. */
static void draw(uint64_t seed, instance *s) {
    uint64_t at = 0;
    memset(s, 0, sizeof *s);
    for (int j = 0; j < N; j++) {
        s->benefit[j] = uniform(seed, &at, .05, 1.0);
        s->least[j] = uniform(seed, &at, 0.0, 60.0);
        s->most[j] = s->least[j] + uniform(seed, &at, 0.0, 100.0);
        for (int i = 0; i < LIMITS - 1; i++) {
            s->a[i][j] = uniform(seed, &at, 0.0, 1.0) < .6 ? 1.0 : 0.0;
        }
    }
    for (int i = 0; i < LIMITS - 1; i++) {
        s->limit[i] = uniform(seed, &at, 30.0, 250.0);
    }
    s->a[LIMITS - 1][N] = s->a[LIMITS - 1][N + 1 + seed % (N - 1)] = 1.0;
    s->limit[LIMITS - 1] = 1.0;
}

/* The best amounts of one set: with y = most - x, the least benefit'y. -1: the set is not allowed. */
static double best_of_set(const instance *s, int set) {
    enum { ROWS = LIMITS + N };
    double matrix[ROWS * N] = {0}, need[ROWS] = {0}, cost[N] = {0}, all = 0.0, given_up = 0.0;
    for (int i = 0; i < LIMITS; i++) {
        need[i] = -s->limit[i];
        for (int j = 0; j < N; j++) {
            if ((set >> j & 1) != 0) {
                matrix[i * N + j] = s->a[i][j];
                need[i] += s->a[i][j] * s->most[j] + s->a[i][N + j];
            }
        }
    }
    for (int j = 0; j < N; j++) {
        bool in = (set >> j & 1) != 0;
        matrix[(LIMITS + j) * N + j] = -1.0;
        need[LIMITS + j] = in ? -(s->most[j] - s->least[j]) : 0.0;
        cost[j] = in ? s->benefit[j] : 0.0;
        all += in ? s->benefit[j] * s->most[j] : 0.0;
    }
    const okrug_linear_programme p = {ROWS, N, matrix, cost, need};
    return okrug_linear_least(&p, NULL, NULL, &given_up) == OKRUG_OK ? all - given_up : -1.0;
}

static double best_of_all(const instance *s, int without) {
    double best = 0.0;
    for (int set = 0; set < SETS; set++) {
        if (without == 0 || (set & without) != without) {
            best = fmax(best, best_of_set(s, set));
        }
    }
    return best;
}

static okrug_support_choice as_choice(const instance *s, int64_t *ptr, int32_t *col, double *val) {
    int64_t entries = 0;
    ptr[0] = 0;
    for (int i = 0; i < LIMITS; i++) {
        for (int j = 0; j < 2 * N; j++) {
            if (s->a[i][j] != 0.0) {
                col[entries] = j;
                val[entries++] = s->a[i][j];
            }
        }
        ptr[i + 1] = entries;
    }
    return (okrug_support_choice){.options = N,
                                  .benefit = s->benefit,
                                  .least = s->least,
                                  .most = s->most,
                                  .limit = {.n = LIMITS, .nnz = entries, .ptr = ptr, .col = col, .val = val},
                                  .limit_most = s->limit};
}

static void test_enumeration(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    int64_t ptr[LIMITS + 1];
    int32_t col[LIMITS * 2 * N];
    double val[LIMITS * 2 * N], amount[2][N];
    bool taken[2][N];
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        instance s;
        draw(seed, &s);
        okrug_support_choice choice = as_choice(&s, ptr, col, val);
        okrug_support_best best = {amount[0], taken[0], {.value = 0.0}}, second = {amount[1], taken[1], {.value = 0.0}};
        assert_ok(okrug_support_choose(ctx, &choice, NULL, 100000, &best));
        assert_true(best.proof.proven);
        assert_near(best.proof.value, best_of_all(&s, 0), 1e-9);
        double sum = 0.0;
        int set = 0;
        for (int j = 0; j < N; j++) {
            set |= best.taken[j] ? 1 << j : 0;
            sum += s.benefit[j] * best.amount[j];
            assert_true(!best.taken[j] || (best.amount[j] >= s.least[j] - 1e-9 && best.amount[j] <= s.most[j] + 1e-9));
        }
        assert_near(sum, best.proof.value, 1e-9);
        if (set != 0) {
            assert_ok(okrug_support_choose(ctx, &choice, best.taken, 100000, &second));
            assert_near(second.proof.value, best_of_all(&s, set), 1e-9);
            assert_true(second.proof.value <= best.proof.value + 1e-9);
        }
    }
    okrug_ctx_free(ctx);
}

/* 1 / 1.2 + ... + 1 / 1.2^5; halves; a year and a half, of which the last part is half a payment. */
static void test_owed(void **state) {
    (void)state;
    assert_near(okrug_owed_years(5.0, .2, OKRUG_REPAID_AT_END), (1.0 - pow(1.2, -5.0)) / .2, 1e-14);
    assert_near(okrug_owed_years(2.0, 0.0, OKRUG_REPAID_IN_PARTS), 1.5, 1e-14);
    assert_near(okrug_owed_years(1.5, .1, OKRUG_REPAID_AT_END), 1.0 / 1.1 + .5 * pow(1.1, -1.5), 1e-14);
    assert_same_double(okrug_owed_years(0.0, .1, OKRUG_REPAID_IN_PARTS), 0.0);
    for (int years = 1; years < 20; years++) { /* without discount: (years + 1) / 2 */
        assert_near(okrug_owed_years(years, 0.0, OKRUG_REPAID_IN_PARTS), (years + 1.0) / 2.0, 1e-13);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_enumeration), cmocka_unit_test(test_owed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
