/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The marks of industries that serve more than their own region.
 */
#include <math.h>

#include <okrug/concentration.h>
#include <okrug/numeric.h>
#include <okrug/principles.h>

enum { TOP = 5 };

typedef struct {
    int64_t regions, industries;
    const double *value, *region_total;
    double total;
    double *x, *p, *work; /* regions, regions, 2 regions */
} marks;

/* Keeps the largest, in falling order. */
static void keep_top(double quotient, int *count, double top[TOP]) {
    int at = *count < TOP ? (*count)++ : TOP;
    for (; at > 0 && top[at - 1] < quotient; at--) {
        if (at < TOP) {
            top[at] = top[at - 1];
        }
    }
    if (at < TOP) {
        top[at] = quotient;
    }
}

static void mark_industry(const marks *m, int64_t i, const okrug_traded_results *results) {
    int64_t n = 0;
    int count = 0;
    double top[TOP] = {0};
    okrug_sum specialised = {0}, all = {0};
    results->specialised[i] = results->top[i] = results->gini[i] = (double)NAN;
    for (int64_t r = 0; r < m->regions; r++) { /* of the same regions as the whole */
        okrug_sum_add(&all, m->region_total[r] > 0.0 ? m->value[r * m->industries + i] : 0.0);
    }
    double sum = okrug_sum_value(&all);
    if (!(sum > 0.0) || !(m->total > 0.0)) {
        return;
    }
    for (int64_t r = 0; r < m->regions; r++) {
        double value = m->value[r * m->industries + i], region = m->region_total[r];
        if (!(region > 0.0)) {
            continue;
        }
        double quotient = (value / region) / (sum / m->total);
        if (quotient >= 1.0) {
            okrug_sum_add(&specialised, value);
        }
        keep_top(quotient, &count, top);
        m->x[n] = value;
        m->p[n++] = region;
    }
    results->specialised[i] = okrug_sum_value(&specialised) / sum;
    results->top[i] = count < TOP ? (double)NAN : okrug_sum_of(top, TOP, 1) / TOP;
    results->gini[i] = okrug_locational_gini_in(n, m->x, m->p, m->work);
}

okrug_status okrug_traded(okrug_ctx *ctx, int64_t regions, int64_t industries, const double *value,
                          const double *region_total, const okrug_traded_results *results) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    marks m = {regions,
               industries,
               value,
               region_total,
               okrug_sum_of(region_total, regions, 1),
               OKRUG_SCRATCH(ctx, regions + 1, double),
               OKRUG_SCRATCH(ctx, regions + 1, double),
               OKRUG_SCRATCH(ctx, 2 * regions + 1, double)};
    okrug_status status = m.x == NULL || m.p == NULL || m.work == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int64_t i = 0; status == OKRUG_OK && i < industries; i++) {
        status = okrug_check_cancel(ctx);
        mark_industry(&m, i, results);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
