/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is measured of a group of firms, as bounds: what is missing widens them, and no guess narrows them.
 */
#include <okrug/rules.h>

#include <math.h>

#include <okrug/numeric.h>

static okrug_span share_of(const okrug_group *g, int64_t i, double lo, double hi, bool open) {
    double revenue = g->revenue[i];
    if (g->producing[i] == OKRUG_NO) {
        return (okrug_span){NAN, NAN};
    }
    if (!g->contracts_known) {
        return (okrug_span){0.0, 1.0};
    }
    if (hi == 0.0 && !open) {
        return (okrug_span){0.0, 0.0};
    }
    if (isnan(revenue) || revenue <= 0.0) {
        return (okrug_span){0.0, 1.0};
    }
    return (okrug_span){lo / revenue, open ? fmax(1.0, hi / revenue) : hi / revenue};
}

static uint8_t either(uint8_t a, uint8_t b) {
    return a == OKRUG_YES || b == OKRUG_YES           ? OKRUG_YES
           : a == OKRUG_UNKNOWN || b == OKRUG_UNKNOWN ? OKRUG_UNKNOWN
                                                      : OKRUG_NO;
}

okrug_status okrug_group_measure_shares(okrug_ctx *ctx, const okrug_group *g, okrug_group_shares *out) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_sum *lo = OKRUG_SCRATCH_ZERO(ctx, g->participants, okrug_sum);
    okrug_sum *hi = OKRUG_SCRATCH_ZERO(ctx, g->participants, okrug_sum);
    uint8_t *open = OKRUG_SCRATCH_ZERO(ctx, g->participants, uint8_t);
    if (lo == NULL || hi == NULL || open == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < g->participants; i++) {
        out->contracts[i] = 0;
        out->has_contract[i] =
            g->contracts_known ? g->special_contract[i] : either(g->special_contract[i], OKRUG_UNKNOWN);
    }
    for (int64_t k = 0; k < g->contracts; k++) {
        int32_t from = g->supplier[k], to = g->buyer[k];
        okrug_sum_add(&lo[from], g->lo[k]);
        okrug_sum_add(&hi[from], g->hi[k]);
        open[from] |= g->open[k];
        out->contracts[from] += g->hi[k] > 0.0 || g->open[k];
        out->has_contract[from] = either(out->has_contract[from], g->in_force[k]);
        out->has_contract[to] = either(out->has_contract[to], g->in_force[k]);
    }
    for (int64_t i = 0; i < g->participants; i++) {
        double most = okrug_sum_value(&hi[i]);
        out->within_lo[i] = okrug_sum_value(&lo[i]);
        out->share[i] = share_of(g, i, out->within_lo[i], most, open[i]);
        /* What has no amount may be up to all output. */
        out->within_hi[i] = !open[i] ? most : isnan(g->revenue[i]) ? INFINITY : fmax(most, g->revenue[i]);
    }
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

/* ---- Counts ---- */

typedef struct {
    int64_t yes, unknown;
} tally;

static tally count(const uint8_t *known, int64_t n, okrug_known what) {
    tally t = {0};
    for (int64_t i = 0; i < n; i++) {
        t.yes += known[i] == what;
        t.unknown += known[i] == OKRUG_UNKNOWN;
    }
    return t;
}

static void put_count(tally t, okrug_measure m, okrug_span *span, int64_t *unknown) {
    span[m] = (okrug_span){(double)t.yes, (double)(t.yes + t.unknown)};
    unknown[m] = t.unknown;
}

static tally count_idle(const okrug_group *g) {
    tally t = {0};
    for (int64_t i = 0; i < g->participants; i++) {
        bool idle = g->producing[i] == OKRUG_NO && g->organises[i] == OKRUG_NO;
        t.yes += idle;
        t.unknown += !idle && g->producing[i] != OKRUG_YES && g->organises[i] != OKRUG_YES;
    }
    return t;
}

/* How many different codes there are; codes are below the largest + 1. */
static okrug_status count_different(okrug_ctx *ctx, const int32_t *code, int64_t n, okrug_measure m,
                                    bool none_is_unknown, okrug_span *span, int64_t *unknown) {
    int32_t most = -1;
    int64_t missing = 0, different = 0;
    for (int64_t i = 0; i < n; i++) {
        most = code[i] > most ? code[i] : most;
        missing += code[i] < 0;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    uint8_t *seen = OKRUG_SCRATCH_ZERO(ctx, most + 1, uint8_t);
    if (seen == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < n; i++) {
        if (code[i] >= 0) {
            different += !seen[code[i]];
            seen[code[i]] = 1;
        }
    }
    okrug_scratch_reset(ctx, mark);
    missing = none_is_unknown ? missing : 0;
    double lo = (double)different > 0.0 || missing == 0 ? (double)different : 1.0;
    span[m] = (okrug_span){lo, (double)(different + missing)};
    unknown[m] = missing;
    return OKRUG_OK;
}

/* ---- Shares ---- */

static void measure_least(const okrug_group *g, const okrug_group_shares *s, okrug_span *span, int64_t *unknown) {
    okrug_span least = {NAN, NAN};
    okrug_sum lo = {0}, hi = {0};
    int64_t counted = 0, open = 0;
    bool exempt = false; /* may be: what is asked of it may not be asked */
    for (int64_t i = 0; i < g->participants; i++) {
        if (g->producing[i] == OKRUG_NO) {
            continue;
        }
        okrug_span share = s->share[i];
        open += share.lo != share.hi || g->producing[i] == OKRUG_UNKNOWN;
        least.lo = fmin(least.lo, share.lo);
        exempt = exempt || g->producing[i] == OKRUG_UNKNOWN;
        least.hi = g->producing[i] == OKRUG_YES ? fmin(least.hi, share.hi) : least.hi;
        okrug_sum_add(&lo, share.lo);
        okrug_sum_add(&hi, share.hi);
        counted++;
    }
    if (exempt && isnan(least.hi)) {
        least.hi = 1.0;
    }
    span[OKRUG_MEASURE_PARTICIPANT_SHARE] = least;
    unknown[OKRUG_MEASURE_PARTICIPANT_SHARE] = unknown[OKRUG_MEASURE_MEAN_DEPENDENCE] = open;
    double n = (double)counted;
    span[OKRUG_MEASURE_MEAN_DEPENDENCE] = counted == 0 ? (okrug_span){NAN, NAN}
                                          : exempt     ? (okrug_span){0.0, 1.0}
                                                   : (okrug_span){okrug_sum_value(&lo) / n, okrug_sum_value(&hi) / n};
}

static void measure_general(const okrug_group *g, const okrug_group_shares *s, okrug_span *span, int64_t *unknown) {
    okrug_sum lo = {0}, hi = {0}, output = {0};
    int64_t missing = 0;
    bool above = false;
    for (int64_t i = 0; i < g->participants; i++) {
        if (g->producing[i] == OKRUG_NO) {
            continue;
        }
        okrug_span share = s->share[i];
        bool open = isnan(g->revenue[i]) || !g->contracts_known;
        missing += open || share.lo != share.hi;
        above = above || (open && share.hi > 0.0);
        okrug_sum_add(&lo, s->within_lo[i]);
        okrug_sum_add(&hi, isnan(g->revenue[i]) ? 0.0 : s->within_hi[i]);
        okrug_sum_add(&output, isnan(g->revenue[i]) ? 0.0 : g->revenue[i]);
        span[OKRUG_MEASURE_GENERAL_DEPENDENCE].lo =
            isnan(g->revenue[i]) ? 0.0 : span[OKRUG_MEASURE_GENERAL_DEPENDENCE].lo;
    }
    double all = okrug_sum_value(&output);
    okrug_span *of = &span[OKRUG_MEASURE_GENERAL_DEPENDENCE];
    bool none = of->lo == 0.0; /* some output is not known: it may be any */
    of->lo = none ? 0.0 : all > 0.0 ? okrug_sum_value(&lo) / all : (double)NAN;
    of->hi = above       ? fmax(1.0, all > 0.0 ? okrug_sum_value(&hi) / all : 1.0)
             : all > 0.0 ? okrug_sum_value(&hi) / all
             : none      ? 1.0
                         : (double)NAN;
    unknown[OKRUG_MEASURE_GENERAL_DEPENDENCE] = missing;
}

static void measure_workplaces(const okrug_group *g, okrug_span *span, int64_t *unknown) {
    okrug_sum all = {0}, lo = {0}, hi = {0};
    int64_t missing = 0;
    bool open = false;
    for (int64_t i = 0; i < g->participants; i++) {
        bool known = !isnan(g->productive[i]);
        open = open || isnan(g->workplaces[i]);
        missing += !known || isnan(g->workplaces[i]);
        okrug_sum_add(&all, isnan(g->workplaces[i]) ? 0.0 : g->workplaces[i]);
        okrug_sum_add(&lo, known ? g->productive[i] : 0.0);
        okrug_sum_add(&hi, known ? g->productive[i] : isnan(g->workplaces[i]) ? 0.0 : g->workplaces[i]);
    }
    double n = okrug_sum_value(&all);
    span[OKRUG_MEASURE_PRODUCTIVE_WORKPLACES_SHARE] =
        open      ? (okrug_span){0.0, 1.0}
        : n > 0.0 ? (okrug_span){okrug_sum_value(&lo) / n, okrug_sum_value(&hi) / n}
                  : (okrug_span){NAN, NAN};
    unknown[OKRUG_MEASURE_PRODUCTIVE_WORKPLACES_SHARE] = missing;
}

okrug_status okrug_group_measures(okrug_ctx *ctx, const okrug_group *g, const okrug_group_shares *s,
                                  okrug_span span[OKRUG_MEASURES_COUNT], int64_t unknown[OKRUG_MEASURES_COUNT]) {
    int64_t n = g->participants;
    for (int m = 0; m < OKRUG_MEASURES_COUNT; m++) {
        span[m] = (okrug_span){NAN, NAN};
        unknown[m] = 0;
    }
    span[OKRUG_MEASURE_PARTICIPANTS] = (okrug_span){(double)n, (double)n};
    if (n > 0) { /* that none of nobody lacks a thing says nothing */
        put_count(count(g->producing, n, OKRUG_NO), OKRUG_MEASURE_NON_PRODUCING, span, unknown);
        put_count(count_idle(g), OKRUG_MEASURE_NON_PRODUCING_IDLE, span, unknown);
        put_count(count(s->has_contract, n, OKRUG_NO), OKRUG_MEASURE_WITHOUT_CONTRACT, span, unknown);
    }
    put_count(count(g->maker, n, OKRUG_YES), OKRUG_MEASURE_END_PRODUCT_MAKERS, span, unknown);
    tally special = count(g->special_territory, n, OKRUG_YES);
    if (n > 0) {
        span[OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE] =
            (okrug_span){(double)special.yes / (double)n, (double)(special.yes + special.unknown) / (double)n};
        unknown[OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE] = special.unknown;
    }
    measure_least(g, s, span, unknown);
    measure_general(g, s, span, unknown);
    measure_workplaces(g, span, unknown);
    OKRUG_TRY(count_different(ctx, g->region, n, OKRUG_MEASURE_REGIONS, true, span, unknown));
    return count_different(ctx, g->role, n, OKRUG_MEASURE_PARTICIPANT_ROLES, false, span, unknown);
}
