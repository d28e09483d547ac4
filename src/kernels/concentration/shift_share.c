/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shift-share in its three forms.
 */
#include <math.h>

#include <okrug/shift_share.h>

/* The nation at the two dates. */
typedef struct {
    const double *start, *end; /* industries */
    double total_start, total_end;
} national_amounts;

static okrug_status take_nation(okrug_ctx *ctx, const okrug_shift_input *in, national_amounts *out) {
    *out = (national_amounts){in->nation_start, in->nation_end, 0.0, 0.0};
    if (in->nation_start == NULL) {
        double *start = OKRUG_SCRATCH(ctx, in->industries, double);
        double *end = OKRUG_SCRATCH(ctx, in->industries, double);
        if (start == NULL || end == NULL) {
            return OKRUG_NO_MEMORY;
        }
        for (int64_t i = 0; i < in->industries; i++) {
            start[i] = okrug_sum_of(in->start + i, in->regions, in->industries);
            end[i] = okrug_sum_of(in->end + i, in->regions, in->industries);
        }
        out->start = start;
        out->end = end;
    }
    out->total_start = okrug_sum_of(out->start, in->industries, 1);
    out->total_end = okrug_sum_of(out->end, in->industries, 1);
    return OKRUG_OK;
}

/* NaN where there was nothing to grow. */
static double growth(double start, double end) {
    return start > 0.0 ? (end - start) / start : (double)NAN;
}

/* Of industry i among the neighbours of region r, together. */
static double growth_of_neighbours(const okrug_shift_input *in, int64_t r, int64_t i) {
    const okrug_csr *w = in->weights;
    okrug_sum start = {0};
    okrug_sum end = {0};
    for (int64_t k = w->ptr[r]; k < w->ptr[r + 1]; k++) {
        double weight = w->val == NULL ? 1.0 : w->val[k];
        int64_t cell = w->col[k] * in->industries + i;
        okrug_sum_add(&start, weight * in->start[cell]);
        okrug_sum_add(&end, weight * in->end[cell]);
    }
    return growth(okrug_sum_value(&start), okrug_sum_value(&end));
}

static void split_cell(const okrug_shift_input *in, const national_amounts *nation, int64_t r, int64_t i,
                       double region_start, const okrug_shift_results *out) {
    int64_t cell = r * in->industries + i;
    double start = in->start[cell];
    double change = in->end[cell] - start;
    double all = growth(nation->total_start, nation->total_end);
    double compared =
        in->form == OKRUG_SHIFT_SPATIAL ? growth_of_neighbours(in, r, i) : growth(nation->start[i], nation->end[i]);
    out->national[cell] = out->mix[cell] = out->regional[cell] = out->allocation[cell] = 0.0;
    out->entry[cell] = out->unsplit[cell] = 0.0;
    out->compared[cell] = compared;
    if (!(start > 0.0)) {
        out->entry[cell] = in->end[cell];
        return;
    }
    out->national[cell] = isnan(all) ? 0.0 : start * all;
    if (isnan(all) || isnan(compared)) {
        out->mix[cell] = out->regional[cell] = (double)NAN;
        out->allocation[cell] = in->form == OKRUG_SHIFT_ESTEBAN_MARQUILLAS ? (double)NAN : 0.0;
        out->unsplit[cell] = change - out->national[cell];
        return;
    }
    double own = change / start - compared;
    out->mix[cell] = start * (compared - all);
    if (in->form == OKRUG_SHIFT_ESTEBAN_MARQUILLAS) {
        double expected = region_start * (nation->start[i] / nation->total_start);
        out->regional[cell] = expected * own;
        out->allocation[cell] = (start - expected) * own;
    } else {
        out->regional[cell] = start * own;
    }
}

okrug_status okrug_shift_share(okrug_ctx *ctx, const okrug_shift_input *input, const okrug_shift_results *results) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    national_amounts nation = {0};
    OKRUG_TRY(take_nation(ctx, input, &nation));
    for (int64_t r = 0; r < input->regions; r++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        double region_start = okrug_sum_of(input->start + r * input->industries, input->industries, 1);
        for (int64_t i = 0; i < input->industries; i++) {
            split_cell(input, &nation, r, i, region_start, results);
        }
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}
