/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The nation that shift-share compares with, where a file gives it.
 */
#ifndef OKRUG_ANALYSES_SHIFT_NATION_H
#define OKRUG_ANALYSES_SHIFT_NATION_H

#include <okrug/shift_share.h>

#include "analyses/two_dates.h"

/* Puts the nation of `table` (industry, period, value) into `in`, whose matrices become those of `dates` widened by the
 * industries that only the nation has: they count in its growth. OKRUG_BAD_INPUT ("not-in-reference-then", for each)
 * where an industry of the regions or of the nation has no number at one of the dates. In scratch memory. */
okrug_status okrug_shift_nation(okrug_ctx *ctx, const okrug_table *table, const okrug_two_dates *dates,
                                okrug_shift_input *in);

#endif
