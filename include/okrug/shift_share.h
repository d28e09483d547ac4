/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shift-share analysis: the change of each industry in each region between two dates, split into what came with the
 * nation's growth, with the industry's, and with neither.
 *
 * Amounts are finite and not negative; a matrix of regions by industries is row-major. Sums are compensated and in a
 * fixed order. No result is infinite.
 */
#ifndef OKRUG_SHIFT_SHARE_H
#define OKRUG_SHIFT_SHARE_H

#include <stdint.h>

#include <okrug/context.h>
#include <okrug/numeric.h>
#include <okrug/status.h>

typedef enum {
    OKRUG_SHIFT_CLASSIC,            /* Dunn (1960) */
    OKRUG_SHIFT_ESTEBAN_MARQUILLAS, /* Esteban-Marquillas (1972): the regional part at the nation's structure */
    OKRUG_SHIFT_SPATIAL             /* Nazara and Hewings (2004): the industry's growth among the neighbours */
} okrug_shift_form;

typedef struct {
    int64_t regions, industries;
    const double *start, *end; /* regions x industries: E_ri and what became of it */
    /* industries: e_i and what became of it in the nation; NULL (both): the sums over the regions. Sums over these are
     * the nation's totals. */
    const double *nation_start, *nation_end;
    okrug_shift_form form;
    const okrug_csr *weights; /* SPATIAL: regions x regions, not negative; rows need not sum to 1 (only their
                                 proportions count) */
} okrug_shift_input;

/* Each is regions x industries. With g, g_i, g_ri the growth of everything, of the industry in the nation, of the
 * industry in the region, and v_ri in place of g_i the growth of the industry in the region's neighbours together:
 *
 *   national = E_ri g        mix = E_ri (g_i - g)        regional = E_ri (g_ri - g_i)
 *
 * and by Esteban-Marquillas regional = h_ri (g_ri - g_i), allocation = (E_ri - h_ri) (g_ri - g_i), h_ri = e_r e_i / e.
 * Where E_ri = 0 there is no growth rate and all that came is `entry`. Where E_ri > 0 and g_i (or v_ri) does not exist
 * because the nation (or the neighbours) had nothing, mix, regional and allocation are NaN and `unsplit` is what they
 * would have been together. The parts that are there sum to the change, up to rounding. */
typedef struct {
    double *national, *mix, *regional;
    double *allocation; /* 0 in the other forms */
    double *entry;
    double *unsplit;
    double *compared; /* g_i or v_ri; NaN where there is none */
} okrug_shift_results;

/* OKRUG_NO_MEMORY, OKRUG_CANCELLED. O(regions x industries), SPATIAL: O(links x industries).
 * Test: (90,20,10,60) -> (100,40,10,55) in a nation (400,150,150,400) -> (440,210,135,480): 27, 1 and -3 (REAT);
 * by Esteban-Marquillas -3 = -.6363636 - 2.3636364. */
okrug_status okrug_shift_share(okrug_ctx *ctx, const okrug_shift_input *input, const okrug_shift_results *results);

#endif
