/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far two partitions of the same things agree, by their table of common members.
 */
#include <math.h>
#include <string.h>

#include <okrug/clusters.h>
#include <okrug/numeric.h>

static double pairs(double n) {
    return n * (n - 1.0) / 2.0;
}

static double entropy_term(double count, double n) {
    return count > 0.0 ? -count / n * log(count / n) : 0.0;
}

typedef struct {
    double pairs, entropy;
} side;

/* Of the sums of rows (or columns) of the table. */
static side one_side(int64_t n, int64_t groups, int64_t others, const double *table, int64_t step, int64_t along) {
    okrug_sum together = {0}, entropy = {0};
    for (int64_t g = 0; g < groups; g++) {
        double count = 0.0;
        for (int64_t h = 0; h < others; h++) {
            count += table[g * step + h * along];
        }
        okrug_sum_add(&together, pairs(count));
        okrug_sum_add(&entropy, entropy_term(count, (double)n));
    }
    return (side){okrug_sum_value(&together), okrug_sum_value(&entropy)};
}

okrug_agreement okrug_agree_in(int64_t n, int64_t groups_a, const int32_t *a, int64_t groups_b, const int32_t *b,
                               double *table) {
    memset(table, 0, (size_t)(groups_a * groups_b) * sizeof *table);
    for (int64_t i = 0; i < n; i++) {
        table[a[i] * groups_b + b[i]] += 1.0;
    }
    okrug_sum together = {0}, joint = {0};
    for (int64_t c = 0; c < groups_a * groups_b; c++) {
        if (table[c] > 0.0) {
            okrug_sum_add(&together, pairs(table[c]));
            okrug_sum_add(&joint, entropy_term(table[c], (double)n));
        }
    }
    side of_a = one_side(n, groups_a, groups_b, table, groups_b, 1);
    side of_b = one_side(n, groups_b, groups_a, table, 1, groups_b);
    double all = pairs((double)n);
    double expected = all > 0.0 ? of_a.pairs * of_b.pairs / all : 0.0;
    double most = (of_a.pairs + of_b.pairs) / 2.0;
    double both = of_a.entropy + of_b.entropy;
    double information = fmax(both - okrug_sum_value(&joint), 0.0);
    return (okrug_agreement){
        .adjusted_rand =
            most - expected > 0.0 ? (okrug_sum_value(&together) - expected) / (most - expected) : (double)NAN,
        .information = both > 0.0 ? fmin(2.0 * information / both, 1.0) : 1.0,
    };
}
