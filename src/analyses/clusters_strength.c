/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Productivity and change of each region's part of a cluster, its stars, and groups of neighbours.
 */
#include "analyses/clusters_strength.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>
#include <okrug/principles.h>

#include "analyses/periods.h"
#include "analyses/region_links.h"
#include "analyses/two_dates.h"
#include "analyses/withheld.h"

/* The European Cluster Observatory gave a star each for the top tenth by size, a quotient of 2, and the top tenth by
 * focus; the European Panorama of Industrial Clusters gives one each for the top fifth of four dimensions. */
static const double TOP_TENTH = .1, TOP_FIFTH = .2, QUOTIENT_OF_TWO = 2.0;

static okrug_status room(okrug_ctx *ctx, const okrug_clusters_case *of, double **out) {
    *out = OKRUG_SCRATCH_ZERO(ctx, of->panel->regions * of->clusters + 1, double);
    return *out == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

/* ---- Sums over members --------------------------------------------------------------------------------------------*/

okrug_status okrug_clusters_productivity(okrug_ctx *ctx, const okrug_table *value, const okrug_clusters_case *of,
                                         okrug_clusters_strength *out) {
    const okrug_panel *panel = of->panel;
    double *given = NULL, *persons = NULL;
    OKRUG_TRY(room(ctx, of, &out->productivity));
    OKRUG_TRY(room(ctx, of, &persons));
    OKRUG_TRY(okrug_clusters_align(ctx, value, panel, panel->period, &given));
    for (int64_t k = 0; k < panel->regions * panel->industries; k++) {
        int64_t cluster = of->of[k % panel->industries];
        int64_t to = k / panel->industries * of->clusters + cluster;
        if (cluster >= 0 && okrug_panel_knows(panel, k) && panel->value[k] > 0.0 && !isnan(given[k])) {
            out->productivity[to] += given[k];
            persons[to] += panel->value[k];
        }
    }
    for (int64_t k = 0; k < panel->regions * of->clusters; k++) {
        out->productivity[k] = persons[k] > 0.0 ? out->productivity[k] / persons[k] : (double)NAN;
    }
    return OKRUG_OK;
}

okrug_status okrug_clusters_sums(okrug_ctx *ctx, const okrug_table *table, const okrug_clusters_case *of,
                                 double **out) {
    const okrug_panel *panel = of->panel;
    double *given = NULL;
    OKRUG_TRY(room(ctx, of, out));
    OKRUG_TRY(okrug_clusters_align(ctx, table, panel, panel->period, &given));
    for (int64_t k = 0; k < panel->regions * of->clusters; k++) {
        (*out)[k] = (double)NAN;
    }
    for (int64_t k = 0; k < panel->regions * panel->industries; k++) {
        int64_t cluster = of->of[k % panel->industries];
        if (cluster >= 0 && !isnan(given[k])) {
            double *sum = &(*out)[k / panel->industries * of->clusters + cluster];
            *sum = isnan(*sum) ? given[k] : *sum + given[k];
        }
    }
    return OKRUG_OK;
}

/* ---- Change -----------------------------------------------------------------------------------------------------*/

okrug_status okrug_clusters_change(okrug_ctx *ctx, const okrug_table *table, const okrug_clusters_case *of,
                                   const char *from, const char *to, okrug_clusters_growth *out) {
    okrug_two_dates dates;
    double *before = NULL, first = 0.0, last = 0.0;
    enum { IN_BOTH = 3 };
    int32_t words = okrug_words_count(okrug_table_column(table, "region")->words);
    int64_t *place = OKRUG_SCRATCH(ctx, words + 1, int64_t);
    OKRUG_TRY(place == NULL ? OKRUG_NO_MEMORY : okrug_two_dates_read(ctx, table, from, to, false, &dates));
    OKRUG_TRY(room(ctx, of, &out->rate));
    OKRUG_TRY(room(ctx, of, &before));
    out->reason = OKRUG_SCRATCH(ctx, of->panel->regions * of->clusters + 1, uint8_t);
    if (out->reason == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(out->reason, OKRUG_NO_ROW, (size_t)(of->panel->regions * of->clusters + 1));
    const okrug_words *codes = okrug_table_column(table, "region")->words;
    memset(place, -1, ((size_t)words + 1) * sizeof *place);
    for (int64_t r = 0; r < of->panel->regions; r++) {
        int32_t word = okrug_words_find(codes, of->panel->region[r], strlen(of->panel->region[r]));
        if (word >= 0) {
            place[word] = r;
        }
    }
    for (int64_t r = 0; r < dates.regions; r++) {
        int64_t at = place[okrug_words_find(codes, dates.region[r], strlen(dates.region[r]))];
        for (int64_t i = 0; at >= 0 && i < dates.industries; i++) {
            int64_t cell = r * dates.industries + i, cluster = okrug_cluster_of(of, dates.industry[i]);
            int64_t to_cell = at * of->clusters + cluster;
            if (cluster >= 0 && dates.listed[cell] == IN_BOTH && dates.reason[cell] == OKRUG_PRESENT) {
                before[to_cell] += dates.start[cell];
                out->rate[to_cell] += dates.end[cell];
                out->reason[to_cell] = OKRUG_ZERO_TOTAL; /* unless there is something to divide by */
            }
        }
    }
    bool told = okrug_period_years(dates.from, &first) && okrug_period_years(dates.to, &last) && last != first;
    if (!told) {
        okrug_warn(ctx, "periods-tell-no-years", &(okrug_place){.file = table->file}, "from", dates.from, "to",
                   dates.to, (char *)NULL);
    }
    for (int64_t k = 0; k < of->panel->regions * of->clusters; k++) {
        double ratio = before[k] > 0.0 ? out->rate[k] / before[k] : (double)NAN;
        out->rate[k] = told ? pow(ratio, 1.0 / (last - first)) - 1.0 : (double)NAN;
        out->reason[k] = told ? out->reason[k] : OKRUG_UNDEFINED;
    }
    return OKRUG_OK;
}

/* ---- Stars ------------------------------------------------------------------------------------------------------*/

typedef struct {
    const double *value; /* regions x clusters; NULL: not known */
    double top;          /* share that gets a star; 0: by `line` */
    double line;
    bool used;
} dimension;

static void give(const dimension *d, int64_t cluster, const bool *holds, const okrug_clusters_case *of, double *column,
                 double *work, uint8_t *star) {
    int64_t regions = of->panel->regions;
    for (int64_t r = 0; r < regions; r++) {
        double value = d->value == NULL ? (double)NAN : d->value[r * of->clusters + cluster];
        column[r] = holds[r] ? value : (double)NAN;
    }
    double line = d->top > 0.0 ? okrug_top_line(regions, column, d->top, work) : d->line;
    for (int64_t r = 0; r < regions; r++) {
        star[r * of->clusters + cluster] = !d->used ? 3 : isnan(column[r]) ? 2 : column[r] >= line;
    }
}

okrug_status okrug_clusters_stars(okrug_ctx *ctx, int convention, double smallest, const okrug_clusters_case *of,
                                  okrug_clusters_strength *out) {
    int64_t regions = of->panel->regions, cells = regions * of->clusters;
    double *focus = NULL, *column = OKRUG_SCRATCH(ctx, regions, double), *work = OKRUG_SCRATCH(ctx, regions, double);
    bool *holds = OKRUG_SCRATCH(ctx, regions, bool), eu = convention == OKRUG_STARS_EU_2020;
    OKRUG_TRY(room(ctx, of, &focus));
    if (column == NULL || work == NULL || holds == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < cells; k++) {
        double region = of->region_total[k / of->clusters];
        focus[k] = region > 0.0 ? of->employment[k] / region : (double)NAN;
    }
    const dimension all[OKRUG_STAR_KINDS] = {
        [OKRUG_STAR_SIZE] = {of->employment, eu ? TOP_FIFTH : TOP_TENTH, 0.0, true},
        [OKRUG_STAR_SPECIALISATION] = {of->lq, eu ? TOP_FIFTH : 0.0, QUOTIENT_OF_TWO, true},
        [OKRUG_STAR_FOCUS] = {focus, TOP_TENTH, 0.0, !eu},
        [OKRUG_STAR_PRODUCTIVITY] = {out->productivity, TOP_FIFTH, 0.0, eu},
        [OKRUG_STAR_DYNAMISM] = {out->growth.rate, TOP_FIFTH, 0.0, eu},
    };
    for (int s = 0; s < OKRUG_STAR_KINDS; s++) {
        out->star[s] = OKRUG_SCRATCH(ctx, cells + 1, uint8_t);
        if (out->star[s] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (int64_t c = 0; c < of->clusters; c++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        for (int64_t r = 0; r < regions; r++) {
            double employment = of->employment[r * of->clusters + c];
            holds[r] = employment > 0.0 && employment >= smallest;
        }
        for (int s = 0; s < OKRUG_STAR_KINDS; s++) {
            give(&all[s], c, holds, of, column, work, out->star[s]);
        }
    }
    return OKRUG_OK;
}

/* ---- Groups of neighbours ---------------------------------------------------------------------------------------*/

okrug_status okrug_clusters_groups(okrug_ctx *ctx, const okrug_table *weights, double threshold, double smallest,
                                   const okrug_clusters_case *of, okrug_clusters_strength *out) {
    int64_t regions = of->panel->regions, cells = regions * of->clusters;
    okrug_region_links links;
    OKRUG_TRY(okrug_region_links_read(ctx, weights, regions, of->panel->region, OKRUG_LINKS_EQUAL, &links));
    int64_t *open = OKRUG_SCRATCH(ctx, regions + 1, int64_t);
    int64_t *start = OKRUG_SCRATCH_ZERO(ctx, regions + 2, int64_t);
    int64_t *back = OKRUG_SCRATCH(ctx, links.links.nnz + 1, int64_t);
    out->group = OKRUG_SCRATCH_ZERO(ctx, cells + 1, int32_t);
    if (open == NULL || start == NULL || back == NULL || out->group == NULL) {
        return OKRUG_NO_MEMORY;
    }
    /* Who lists whom does not matter: links are followed both ways. */
    const okrug_csr *w = &links.links;
    for (int64_t k = 0; k < w->nnz; k++) {
        start[w->col[k] + 2]++;
    }
    for (int64_t r = 0; r < regions; r++) {
        start[r + 2] += start[r + 1];
    }
    for (int64_t r = 0; r < regions; r++) {
        for (int64_t k = w->ptr[r]; k < w->ptr[r + 1]; k++) {
            back[start[w->col[k] + 1]++] = r;
        }
    }
    for (int64_t first = 0; first < cells; first++) {
        int64_t c = first % of->clusters, waiting = 0;
#define OKRUG_HOLDS(at) (of->lq[at] >= threshold && of->employment[at] >= smallest && of->employment[at] > 0.0)
        if (out->group[first] != 0 || !OKRUG_HOLDS(first)) {
            continue;
        }
        out->group[first] = (int32_t)++out->groups;
        open[waiting++] = first / of->clusters;
        while (waiting > 0) {
            int64_t r = open[--waiting], forward = w->ptr[r + 1] - w->ptr[r], all = forward + start[r + 1] - start[r];
            for (int64_t k = 0; k < all; k++) {
                int64_t other = k < forward ? w->col[w->ptr[r] + k] : back[start[r] + k - forward];
                int64_t at = other * of->clusters + c;
                if (out->group[at] == 0 && OKRUG_HOLDS(at)) {
                    out->group[at] = (int32_t)out->groups;
                    open[waiting++] = other;
                }
            }
        }
#undef OKRUG_HOLDS
    }
    return OKRUG_OK;
}
