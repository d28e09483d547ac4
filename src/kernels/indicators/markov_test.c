/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether several tables of transitions come from one chain.
 */
#include <math.h>

#include <okrug/distributions.h>
#include <okrug/numeric.h>
#include <okrug/transitions.h>

enum { SMALL = 5 };

typedef struct {
    okrug_sum chi_squared, likelihood;
} sums;

static int64_t row_sum(int64_t k, const int64_t *row) {
    int64_t sum = 0;
    for (int64_t j = 0; j < k; j++) {
        sum += row[j];
    }
    return sum;
}

/* Adds what one row of counts differs from the row it is expected to be like. */
static void add_row(int64_t k, const int64_t *count, const int64_t *base, sums *s, okrug_markov_test *test) {
    double left = (double)row_sum(k, count);
    double base_left = (double)row_sum(k, base);
    for (int64_t j = 0; left > 0.0 && j < k; j++) {
        if (base[j] == 0) {
            continue;
        }
        double expected = left * ((double)base[j] / base_left);
        double difference = (double)count[j] - expected;
        okrug_sum_add(&s->chi_squared, difference * difference / expected);
        if (count[j] > 0) {
            okrug_sum_add(&s->likelihood, 2.0 * (double)count[j] * log((double)count[j] / expected));
        }
        test->cells++;
        test->small += expected < SMALL;
    }
}

/* How many classes a row goes to. */
static int64_t goals(int64_t k, const int64_t *row) {
    int64_t n = 0;
    for (int64_t j = 0; j < k; j++) {
        n += row[j] > 0;
    }
    return n;
}

static void finish(const sums *s, okrug_markov_test *test) {
    test->chi_squared = okrug_sum_value(&s->chi_squared);
    test->likelihood_ratio = fmax(0.0, okrug_sum_value(&s->likelihood)); /* rounding aside it is not below 0 */
    test->p_chi_squared = okrug_chi_squared_p(test->chi_squared, (double)test->degrees);
    test->p_likelihood_ratio = okrug_chi_squared_p(test->likelihood_ratio, (double)test->degrees);
}

okrug_status okrug_markov_compare(okrug_ctx *ctx, int64_t k, int64_t regimes, const int64_t *count,
                                  okrug_markov_test *test) {
    sums s = {0};
    *test = (okrug_markov_test){0};
    OKRUG_TRY(okrug_distributions_ready(ctx));
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t *base = OKRUG_SCRATCH_ZERO(ctx, k * k, int64_t);
    if (base == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < regimes * k * k; cell++) {
        base[cell % (k * k)] += count[cell];
    }
    for (int64_t i = 0; i < k; i++) {
        int64_t having = 0;
        for (int64_t r = 0; r < regimes; r++) {
            const int64_t *row = count + (r * k + i) * k;
            having += row_sum(k, row) > 0;
            add_row(k, row, base + i * k, &s, test);
        }
        test->degrees += having > 0 ? (having - 1) * (goals(k, base + i * k) - 1) : 0;
    }
    okrug_scratch_reset(ctx, mark);
    finish(&s, test);
    return OKRUG_OK;
}

okrug_status okrug_markov_against(okrug_ctx *ctx, int64_t k, const int64_t *count, const int64_t *base,
                                  okrug_markov_test *test) {
    sums s = {0};
    *test = (okrug_markov_test){0};
    OKRUG_TRY(okrug_distributions_ready(ctx));
    for (int64_t i = 0; i < k; i++) {
        if (row_sum(k, count + i * k) > 0 && row_sum(k, base + i * k) > 0) {
            test->degrees += goals(k, base + i * k) - 1;
        }
        add_row(k, count + i * k, base + i * k, &s, test);
    }
    finish(&s, test);
    return OKRUG_OK;
}
