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
    double smallest[TOP]; /* regions, in rising order */
    int64_t sized;        /* how many of them there are */
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

static void find_smallest(marks *m) {
    for (int64_t r = 0; r < m->regions; r++) {
        int64_t at = m->sized;
        if (!(m->region_total[r] > 0.0)) {
            continue;
        }
        for (; at > 0 && m->smallest[at - 1] > m->region_total[r]; at--) {
            if (at < TOP) {
                m->smallest[at] = m->smallest[at - 1];
            }
        }
        if (at < TOP) {
            m->smallest[at] = m->region_total[r];
        }
        m->sized += m->sized < TOP;
    }
}

/* A region filled with the industry has a quotient of e / v, whatever its size: the smallest take most regions. */
static double most_of(const marks *m, double v) {
    double filled = 0.0, left = v;
    for (int64_t k = 0; k < m->sized && left > 0.0; k++) {
        filled += fmin(1.0, left / m->smallest[k]);
        left -= m->smallest[k];
    }
    return m->sized < TOP ? (double)NAN : filled / TOP * m->total / v;
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
    bool any = sum > 0.0 && m->total > 0.0;
    if (results->most != NULL) {
        results->most[i] = any ? most_of(m, sum) : (double)NAN;
    }
    if (results->share != NULL) {
        results->share[i] = any ? sum / m->total : (double)NAN;
    }
    if (!any) {
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
    marks m = {.regions = regions,
               .industries = industries,
               .value = value,
               .region_total = region_total,
               .total = okrug_sum_of(region_total, regions, 1),
               .x = OKRUG_SCRATCH(ctx, regions + 1, double),
               .p = OKRUG_SCRATCH(ctx, regions + 1, double),
               .work = OKRUG_SCRATCH(ctx, 2 * regions + 1, double)};
    find_smallest(&m);
    okrug_status status = m.x == NULL || m.p == NULL || m.work == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int64_t i = 0; status == OKRUG_OK && i < industries; i++) {
        status = okrug_check_cancel(ctx);
        mark_industry(&m, i, results);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
