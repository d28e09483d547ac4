/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far regions are apart in each period, and whether that shrinks.
 */
#ifndef OKRUG_ANALYSES_CONVERGENCE_SIGMA_H
#define OKRUG_ANALYSES_CONVERGENCE_SIGMA_H

#include "analyses/cube.h"

enum { OKRUG_SIGMA_COLUMNS = 8, OKRUG_TREND_COLUMNS = 8 };
extern const okrug_output_column okrug_sigma_columns[OKRUG_SIGMA_COLUMNS];
extern const okrug_output_column okrug_trend_columns[OKRUG_TREND_COLUMNS];

/* Fills both tables; `sigma_table` has a row for each period. `same`: only regions that have a value in every period.
 * The input's column `population`, where it is there, weighs the regions. */
okrug_status okrug_sigma_write(okrug_ctx *ctx, const okrug_table *input, const okrug_cube *cube, bool same,
                               okrug_table *sigma_table, okrug_table *trend_table);

#endif
