/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shares of regions in what industries are compared with.
 */
#ifndef OKRUG_KERNELS_CONCENTRATION_REFERENCE_H
#define OKRUG_KERNELS_CONCENTRATION_REFERENCE_H

#include <stdint.h>

/* x (regions): those of `reference` (amounts), or where it is NULL of the sums of the rows of `value`; NaN where all is
 * 0. Returns sum x^2; *cube, where it is not NULL, is sum x^3. */
double okrug_reference_shares(int64_t regions, int64_t industries, const double *value, const double *reference,
                              double *x, double *cube);

#endif
