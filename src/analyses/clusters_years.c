/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Clusters through the years. What is published of one period is not what is published of the next, so from period to
 * period only members with a number in both are compared, and these steps are chained to an index.
 */
#include "analyses/clusters_years.h"

#include <math.h>
#include <string.h>

#include "analyses/periods.h"
#include "analyses/result.h"

enum { CLUSTER, REGION, PERIOD, EMPLOYMENT, CELLS, MATCHED, CHANGE, INDEX };
const okrug_output_column okrug_clusters_year_columns[OKRUG_CLUSTERS_YEAR_COLUMNS] = {
    [CLUSTER] = {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [EMPLOYMENT] = {"employment", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum of E_ri(t) over members with a number"},
    [CELLS] = {"cells", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "members with a number"},
    [MATCHED] = {"matched", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "members with a number in the period before too: M"},
    [CHANGE] = {"change", OKRUG_NUMBER, OKRUG_UNIT_SHARE,
                "(sum_M E_ri(t) / sum_M E_ri(t - 1))^(1 / years between) - 1"},
    [INDEX] = {"index", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "index(t - 1) * sum_M E_ri(t) / sum_M E_ri(t - 1), first: 1"},
};

/* Of a cell (region x cluster) in a period. */
typedef struct {
    double employment, before, after; /* the last two over M */
    int32_t cells, matched;
} part;

typedef struct {
    const okrug_clusters_case *of;
    const okrug_column *region, *industry, *value;
    int64_t industries;  /* words */
    int32_t *cluster_of; /* of each; -1: none */
    double *now, *then;  /* regions x industries; NaN: no number */
    int64_t periods;
    const okrug_panel **panel;
    part *parts; /* periods x regions x clusters */
} series;

static part *part_at(const series *s, int64_t period, int64_t region, int64_t cluster) {
    const okrug_clusters_case *of = s->of;
    return &s->parts[(period * of->panel->regions + region) * of->clusters + cluster];
}

/* The numbers of that period, beside those of the one before. */
static void read_period(series *s, int64_t period) {
    const okrug_panel *panel = s->panel[period], *main = s->of->panel;
    double *last = s->then;
    s->then = s->now;
    s->now = last;
    for (int64_t k = 0; k < main->regions * s->industries; k++) {
        s->now[k] = (double)NAN;
    }
    for (int64_t k = 0; k < panel->rows; k++) {
        int64_t row = panel->row == NULL ? k : panel->row[k];
        int32_t region = main->region_at[s->region->word[row]], industry = s->industry->word[row];
        int32_t cluster = s->cluster_of[industry];
        okrug_reason reason = okrug_reason_at(s->value, row);
        if (region < 0 || cluster < 0 || (reason != OKRUG_PRESENT && reason != OKRUG_STRUCTURAL_ZERO)) {
            continue;
        }
        part *p = part_at(s, period, region, cluster);
        double value = reason == OKRUG_PRESENT ? s->value->number[row] : 0.0;
        double before = period == 0 ? (double)NAN : s->then[region * s->industries + industry];
        s->now[region * s->industries + industry] = value;
        p->employment += value;
        p->cells++;
        if (!isnan(before)) {
            p->before += before;
            p->after += value;
            p->matched++;
        }
    }
}

/* From `from` to the period that is described, whichever is first. */
static okrug_status choose(okrug_ctx *ctx, const okrug_panels *panels, const char *from, series *s) {
    int64_t *order = NULL, first = -1, last = -1;
    OKRUG_TRY(okrug_periods_in_order(ctx, panels, &order));
    s->panel = OKRUG_SCRATCH(ctx, panels->count, const okrug_panel *);
    if (s->panel == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < panels->count; k++) {
        const char *period = panels->panel[order[k]].period;
        if (strcmp(period, from) == 0 || strcmp(period, s->of->panel->period) == 0) {
            first = first < 0 ? k : first;
            last = k;
        }
    }
    for (int64_t k = first; k >= 0 && k <= last; k++) {
        s->panel[s->periods++] = &panels->panel[order[k]];
    }
    return OKRUG_OK;
}

static okrug_status prepare(okrug_ctx *ctx, series *s) {
    int64_t regions = s->of->panel->regions;
    s->industries = okrug_words_count(s->industry->words);
    s->cluster_of = OKRUG_SCRATCH(ctx, s->industries + 1, int32_t);
    s->now = OKRUG_SCRATCH(ctx, regions * s->industries + 1, double);
    s->then = OKRUG_SCRATCH(ctx, regions * s->industries + 1, double);
    s->parts = OKRUG_SCRATCH_ZERO(ctx, s->periods * regions * s->of->clusters + 1, part);
    if (s->cluster_of == NULL || s->now == NULL || s->then == NULL || s->parts == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < (int32_t)s->industries; w++) {
        s->cluster_of[w] = okrug_cluster_of(s->of, okrug_words_text(s->industry->words, w));
    }
    return OKRUG_OK;
}

/* ---- Writing -------------------------------------------------------------------------------------------------------
 */

static okrug_status write_change(const series *s, int64_t period, const part *p, okrug_table *table, int64_t row) {
    double first = 0.0, last = 0.0;
    okrug_reason why = p->matched == 0 ? OKRUG_NO_ROW : OKRUG_ZERO_TOTAL;
    if (period == 0) {
        return okrug_set_missing(table, CHANGE, row, OKRUG_NOT_APPLICABLE);
    }
    bool told = okrug_period_years(s->panel[period - 1]->period, &first) &&
                okrug_period_years(s->panel[period]->period, &last) && last > first;
    double ratio = told && p->before > 0.0 ? p->after / p->before : (double)NAN;
    return okrug_set_number_or(table, CHANGE, row, pow(ratio, 1.0 / (last - first)) - 1.0,
                               told ? why : OKRUG_UNDEFINED);
}

/* An index, and what broke its chain first. */
typedef struct {
    double index;
    okrug_reason why;
} chain;

static void add_link(chain *c, double ratio, const part *p, bool first) {
    if (!isnan(c->index)) {
        c->index *= ratio;
        c->why = (first ? p->cells : p->matched) == 0 ? OKRUG_NO_ROW : OKRUG_ZERO_TOTAL;
    }
}

static okrug_status write_part(const series *s, int64_t period, int64_t region, int64_t cluster, chain *chained,
                               okrug_table *table) {
    const part *p = part_at(s, period, region, cluster);
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    if (period == 0) {
        add_link(chained, p->employment > 0.0 ? 1.0 : (double)NAN, p, true);
    } else {
        add_link(chained, p->before > 0.0 ? p->after / p->before : (double)NAN, p, false);
    }
    OKRUG_TRY(okrug_result_text(table, CLUSTER, row, s->of->code[cluster]));
    OKRUG_TRY(okrug_result_text(table, REGION, row, s->of->panel->region[region]));
    OKRUG_TRY(okrug_result_text(table, PERIOD, row, s->panel[period]->period));
    OKRUG_TRY(okrug_set_number_or(table, EMPLOYMENT, row, p->cells > 0 ? p->employment : (double)NAN, OKRUG_NO_ROW));
    OKRUG_TRY(okrug_set_number(table, CELLS, row, (double)p->cells));
    OKRUG_TRY(
        okrug_set_number_or(table, MATCHED, row, period == 0 ? (double)NAN : (double)p->matched, OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(write_change(s, period, p, table, row));
    return okrug_set_number_or(table, INDEX, row, chained->index, chained->why);
}

static okrug_status write_all(okrug_ctx *ctx, const series *s, okrug_table *table) {
    const okrug_clusters_case *of = s->of;
    for (int64_t c = 0; c < of->clusters; c++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        for (int64_t r = 0; r < of->panel->regions; r++) {
            int64_t at = r * of->clusters + c;
            bool any = of->employment[at] > 0.0 || of->withheld[at] > 0;
            for (int64_t t = 0; t < s->periods && !any; t++) {
                any = part_at(s, t, r, c)->employment > 0.0;
            }
            chain chained = {1.0, OKRUG_PRESENT};
            for (int64_t t = 0; t < s->periods && any; t++) {
                OKRUG_TRY(write_part(s, t, r, c, &chained, table));
            }
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_clusters_write_years(okrug_ctx *ctx, const okrug_table *input, const okrug_panels *panels,
                                        const char *from, const okrug_clusters_case *of, okrug_table *table) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    series s = {.of = of,
                .region = okrug_table_column(input, "region"),
                .industry = okrug_table_column(input, "industry"),
                .value = okrug_table_column(input, "value")};
    OKRUG_TRY(choose(ctx, panels, from, &s));
    OKRUG_TRY(prepare(ctx, &s));
    for (int64_t t = 0; t < s.periods; t++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        read_period(&s, t);
    }
    okrug_status status = write_all(ctx, &s, table);
    okrug_scratch_reset(ctx, mark);
    return status;
}
