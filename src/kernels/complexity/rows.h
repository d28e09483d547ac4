/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Passes over the rows of a large matrix that several files of this kernel make.
 */
#ifndef OKRUG_COMPLEXITY_ROWS_H
#define OKRUG_COMPLEXITY_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>

enum { OKRUG_ROWS = 32 }; /* rows of a tile */

/* sum (rows) of the rows of `a` (rows x columns), without the diagonal if asked. */
okrug_status okrug_row_sums(okrug_ctx *ctx, int64_t rows, int64_t columns, const double *a, bool off_diagonal,
                            double *sum);

/* Takes the mean off x (n) and divides by the population standard deviation, over the entries that are not NaN; all
 * become NaN where they are equal but for rounding. Either of mean and deviation may be NULL. False where all did. */
bool okrug_standardise(int64_t n, double *x, double *mean, double *deviation);

#endif
