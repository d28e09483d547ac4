/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Type II multipliers: the economy closed by households, by bordering what is known of the open one.
 */
#include <math.h>

#include <okrug/inputoutput.h>
#include <okrug/numeric.h>

static double dot(int64_t n, const double *a, const double *b) {
    okrug_sum sum = {0};
    for (int64_t i = 0; i < n; i++) {
        okrug_sum_add(&sum, a[i] * b[i]);
    }
    return okrug_sum_value(&sum);
}

void okrug_close_multipliers(int64_t n, int64_t rows, const okrug_households *households, const double *multiplier,
                             const double *income_multiplier, double *closed) {
    double left = 1.0 - households->own - dot(n, income_multiplier, households->consumption);
    for (int64_t row = 0; row < rows; row++) {
        /* What one unit of household income, spent, brings of this row's thing before it goes round again. */
        double spent = dot(n, multiplier + row * n, households->consumption);
        for (int64_t j = 0; j < n; j++) {
            double induced = spent * income_multiplier[j] / left;
            closed[row * n + j] = left > 0.0 ? multiplier[row * n + j] + induced : (double)NAN;
        }
    }
}
