/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The explanations of growth, computed from the values of the start. All are logarithms of ratios to the whole table.
 */
#include "analyses/growth_terms.h"

#include <math.h>
#include <string.h>

#include <okrug/numeric.h>

const char *const okrug_growth_term_codes[] = {"constant",  "level",       "specialisation",
                                               "diversity", "competition", "cluster"};

/* Places of the words of a column among codes; -1: not among them. */
static okrug_status places(okrug_ctx *ctx, const okrug_column *column, int64_t count, const char *const *code,
                           int64_t **out) {
    int32_t words = okrug_words_count(column->words);
    *out = OKRUG_SCRATCH(ctx, words, int64_t);
    if (*out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < words; w++) {
        (*out)[w] = -1;
    }
    for (int64_t i = 0; i < count; i++) {
        int32_t word = okrug_words_find(column->words, code[i], strlen(code[i]));
        if (word >= 0) {
            (*out)[word] = i;
        }
    }
    return OKRUG_OK;
}

static okrug_status read_plants(okrug_ctx *ctx, const okrug_table *table, okrug_growth_world *world) {
    const okrug_two_dates *d = world->dates;
    const okrug_column *region = okrug_table_column(table, "region");
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *period = okrug_table_column(table, "period");
    const okrug_column *value = okrug_table_column(table, "value");
    int64_t *r = NULL;
    int64_t *i = NULL;
    OKRUG_TRY(places(ctx, region, d->regions, d->region, &r));
    OKRUG_TRY(places(ctx, industry, d->industries, d->industry, &i));
    world->plants = OKRUG_SCRATCH(ctx, d->regions * d->industries, double);
    if (world->plants == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t cell = 0; cell < d->regions * d->industries; cell++) {
        world->plants[cell] = (double)NAN;
    }
    for (int64_t row = 0; row < table->rows; row++) {
        const char *when = period == NULL ? NULL : okrug_text_at(period, row);
        int64_t at_r = r[region->word[row]];
        int64_t at_i = i[industry->word[row]];
        if (at_r >= 0 && at_i >= 0 && (when == NULL || strcmp(when, d->from) == 0) &&
            d->reason[at_r * d->industries + at_i] == OKRUG_PRESENT && okrug_reason_at(value, row) == OKRUG_PRESENT) {
            world->plants[at_r * d->industries + at_i] = value->number[row];
        }
    }
    return OKRUG_OK;
}

static okrug_status read_clusters(okrug_ctx *ctx, const okrug_table *table, okrug_growth_world *world) {
    const okrug_two_dates *d = world->dates;
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *cluster = okrug_table_column(table, "cluster");
    int64_t *i = NULL;
    OKRUG_TRY(places(ctx, industry, d->industries, d->industry, &i));
    world->clusters = okrug_words_count(cluster->words);
    world->cluster = OKRUG_SCRATCH(ctx, d->industries, int64_t);
    if (world->cluster == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(world->cluster, -1, (size_t)d->industries * sizeof *world->cluster);
    for (int64_t row = 0; row < table->rows; row++) {
        int64_t at = i[industry->word[row]];
        if (at >= 0) {
            world->cluster[at] = cluster->word[row];
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_growth_world_read(okrug_ctx *ctx, const okrug_two_dates *dates, const okrug_table *plants,
                                     const okrug_table *clusters, okrug_growth_world *world) {
    world->dates = dates;
    world->plants = NULL;
    world->cluster = NULL;
    OKRUG_TRY(plants == NULL ? OKRUG_OK : read_plants(ctx, plants, world));
    return clusters == NULL ? OKRUG_OK : read_clusters(ctx, clusters, world);
}

/* ---- The terms ---- */

typedef struct {
    const okrug_growth_world *world;
    int64_t regions, industries;
    const double *e;
    double *region, *industry; /* totals */
    double total;
} sums;

static double logarithm(double x) {
    return x > 0.0 && isfinite(x) ? log(x) : (double)NAN;
}

static okrug_status add_up(okrug_ctx *ctx, const okrug_growth_world *world, sums *s) {
    const okrug_two_dates *d = world->dates;
    *s = (sums){world,
                d->regions,
                d->industries,
                d->start,
                OKRUG_SCRATCH(ctx, d->regions, double),
                OKRUG_SCRATCH(ctx, d->industries, double),
                0.0};
    if (s->region == NULL || s->industry == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < d->regions; r++) {
        s->region[r] = okrug_sum_of(d->start + r * d->industries, d->industries, 1);
    }
    for (int64_t i = 0; i < d->industries; i++) {
        s->industry[i] = okrug_sum_of(d->start + i, d->regions, d->industries);
    }
    s->total = okrug_sum_of(s->region, d->regions, 1);
    return OKRUG_OK;
}

/* The sum of squared shares of all industries but i. */
static double herfindahl_without(const double *e, int64_t industries, double total, int64_t i) {
    double others = total - e[i];
    okrug_sum sum = {0};
    for (int64_t k = 0; k < industries; k++) {
        double share = k == i ? 0.0 : e[k] / others;
        okrug_sum_add(&sum, share * share);
    }
    return others > 0.0 ? okrug_sum_value(&sum) : (double)NAN;
}

static okrug_status diversity(okrug_ctx *ctx, const sums *s, double *out) {
    double *nation = OKRUG_SCRATCH(ctx, s->industries, double);
    if (nation == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < s->industries; i++) {
        nation[i] = herfindahl_without(s->industry, s->industries, s->total, i);
    }
    for (int64_t r = 0; r < s->regions; r++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        for (int64_t i = 0; i < s->industries; i++) {
            const double *e = s->e + r * s->industries;
            out[r * s->industries + i] = logarithm(nation[i] / herfindahl_without(e, s->industries, s->region[r], i));
        }
    }
    return OKRUG_OK;
}

/* Plants per person, in the region's industry and in the whole industry, over cells that have both. */
static void competition(const sums *s, double *out) {
    for (int64_t i = 0; i < s->industries; i++) {
        okrug_sum plants = {0};
        okrug_sum people = {0};
        for (int64_t r = 0; r < s->regions; r++) {
            double p = s->world->plants[r * s->industries + i];
            okrug_sum_add(&plants, isnan(p) ? 0.0 : p);
            okrug_sum_add(&people, isnan(p) ? 0.0 : s->e[r * s->industries + i]);
        }
        for (int64_t r = 0; r < s->regions; r++) {
            int64_t cell = r * s->industries + i;
            out[cell] =
                logarithm(s->world->plants[cell] / s->e[cell] / (okrug_sum_value(&plants) / okrug_sum_value(&people)));
        }
    }
}

/* The quotient of the rest of the cluster: of all its industries but this one. */
static okrug_status cluster(okrug_ctx *ctx, const sums *s, double *out) {
    const okrug_growth_world *world = s->world;
    double *nation = OKRUG_SCRATCH_ZERO(ctx, world->clusters, double);
    double *here = OKRUG_SCRATCH(ctx, world->clusters, double);
    if (nation == NULL || here == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < s->industries; i++) {
        if (world->cluster[i] >= 0) {
            nation[world->cluster[i]] += s->industry[i];
        }
    }
    for (int64_t r = 0; r < s->regions; r++) {
        const double *e = s->e + r * s->industries;
        memset(here, 0, (size_t)world->clusters * sizeof *here);
        for (int64_t i = 0; i < s->industries; i++) {
            if (world->cluster[i] >= 0) {
                here[world->cluster[i]] += e[i];
            }
        }
        for (int64_t i = 0; i < s->industries; i++) {
            int64_t c = world->cluster[i];
            double ours = c < 0 ? 0.0 : here[c] - e[i];
            double theirs = c < 0 ? 0.0 : nation[c] - s->industry[i];
            out[r * s->industries + i] = logarithm(ours / s->region[r] / (theirs / s->total));
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_growth_terms_make(okrug_ctx *ctx, const okrug_growth_world *world,
                                     double *value[OKRUG_GROWTH_TERMS]) {
    sums s = {0};
    OKRUG_TRY(add_up(ctx, world, &s));
    int64_t cells = s.regions * s.industries;
    for (int t = 0; t < OKRUG_GROWTH_TERMS; t++) {
        value[t] = world->asked[t] ? OKRUG_SCRATCH(ctx, cells, double) : NULL;
        if (world->asked[t] && value[t] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    for (int64_t cell = 0; cell < cells; cell++) {
        int64_t r = cell / s.industries;
        int64_t i = cell % s.industries;
        if (world->asked[OKRUG_GROWTH_CONSTANT]) {
            value[OKRUG_GROWTH_CONSTANT][cell] = 1.0;
        }
        if (world->asked[OKRUG_GROWTH_LEVEL]) {
            value[OKRUG_GROWTH_LEVEL][cell] = logarithm(s.e[cell]);
        }
        if (world->asked[OKRUG_GROWTH_SPECIALISATION]) {
            value[OKRUG_GROWTH_SPECIALISATION][cell] = logarithm(s.e[cell] / s.region[r] / (s.industry[i] / s.total));
        }
    }
    if (world->asked[OKRUG_GROWTH_COMPETITION]) {
        competition(&s, value[OKRUG_GROWTH_COMPETITION]);
    }
    OKRUG_TRY(world->asked[OKRUG_GROWTH_CLUSTER] ? cluster(ctx, &s, value[OKRUG_GROWTH_CLUSTER]) : OKRUG_OK);
    return world->asked[OKRUG_GROWTH_DIVERSITY] ? diversity(ctx, &s, value[OKRUG_GROWTH_DIVERSITY]) : OKRUG_OK;
}
