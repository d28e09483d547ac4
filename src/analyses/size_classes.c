/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of size classes -> bounds of the Herfindahl index over plants.
 */
#include <math.h>
#include <stdlib.h>

#include <okrug/numeric.h>

#include "analyses/plants.h"

/* One row, by its places in the panel. */
typedef struct {
    int64_t industry, region; /* region -1: of all regions */
    double least, most, plants, total;
    int64_t row;
} size_class;

static int by_place(const void *a, const void *b) {
    const size_class *x = a, *y = b;
    int order = (x->industry > y->industry) - (x->industry < y->industry);
    order = order != 0 ? order : (x->region > y->region) - (x->region < y->region);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

typedef struct {
    const okrug_panel *panel;
    okrug_plant_structure *out;
    double *least, *most, *plants, *total, *work; /* one group of classes */
    size_class *all;
    int64_t count, impossible;
    const char *first;
} reading;

static okrug_status make_room(okrug_ctx *ctx, int64_t rows, reading *r) {
    double **arrays[] = {&r->least, &r->most, &r->plants, &r->total, &r->work};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i] = OKRUG_SCRATCH(ctx, rows + 1, double);
        if (*arrays[i] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    r->all = OKRUG_SCRATCH(ctx, rows + 1, size_class);
    return r->all == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static okrug_status read_row(okrug_ctx *ctx, const okrug_table *table, int64_t row, const int64_t *industry,
                             const int64_t *region, reading *r) {
    const okrug_column *least = okrug_table_column(table, "least"), *most = okrug_table_column(table, "most");
    const okrug_column *plants = okrug_table_column(table, "plants"), *value = okrug_table_column(table, "value");
    const okrug_column *code = okrug_table_column(table, "industry"), *where = okrug_table_column(table, "region");
    int64_t i = industry[code->word[row]];
    if (i < 0 || r->out->reason[i] != OKRUG_NO_ROW) {
        return OKRUG_OK; /* not of the panel, or its plants are known */
    }
    bool open = okrug_reason_at(most, row) != OKRUG_PRESENT;
    bool counted = okrug_reason_at(plants, row) == OKRUG_PRESENT;
    bool summed = value != NULL && okrug_reason_at(value, row) == OKRUG_PRESENT;
    size_class it = {.industry = i, .region = -1, .row = row};
    it.least = least->number[row];
    it.most = open ? (double)INFINITY : most->number[row];
    it.plants = counted ? plants->number[row] : (double)NAN;
    it.total = summed ? value->number[row] : (double)NAN;
    if (it.most < it.least) {
        okrug_place place = okrug_table_place(table, row, NULL);
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "size-class-empty", &place, "least", okrug_text_number(ctx, it.least),
                          "most", okrug_text_number(ctx, it.most), (char *)NULL);
    }
    if (where != NULL && region != NULL && where->word[row] >= 0) {
        it.region = region[where->word[row]];
        if (it.region < 0) {
            return OKRUG_OK; /* nothing of the panel is there */
        }
    }
    r->all[r->count++] = it;
    return OKRUG_OK;
}

/* Bounds of the sum of squares of the classes from..to, which are of one industry and one region (or all). */
static okrug_reason group_squares(reading *r, int64_t from, int64_t to, double *least, double *most, double *plants) {
    const okrug_panel *panel = r->panel;
    int64_t i = r->all[from].industry, region = r->all[from].region;
    *least = *most = 0.0;
    for (int64_t k = from; k < to; k++) {
        const size_class *it = &r->all[k];
        if (isnan(it->plants)) {
            return OKRUG_NO_BOUND;
        }
        r->least[k - from] = it->least;
        r->most[k - from] = it->most;
        r->plants[k - from] = it->plants;
        r->total[k - from] = it->total;
        *plants += it->plants;
    }
    for (int64_t k = 0; k < panel->regions; k++) {
        okrug_reason reason = (okrug_reason)panel->reason[k * panel->industries + i];
        if ((region < 0 || k == region) && reason != OKRUG_PRESENT && reason != OKRUG_STRUCTURAL_ZERO) {
            return reason; /* what the classes sum to is not known */
        }
    }
    double total = region < 0 ? okrug_sum_of(panel->value + i, panel->regions, panel->industries)
                              : panel->value[region * panel->industries + i];
    const okrug_size_classes classes = {to - from, r->least, r->most, r->plants, r->total};
    if (!(total > 0.0)) {
        return OKRUG_PRESENT; /* nothing there, in no plants */
    }
    return okrug_size_class_squares(&classes, total, r->work, least, most) ? OKRUG_PRESENT : OKRUG_UNDEFINED;
}

/* The classes from..to are those of one industry. */
static void bound_industry(reading *r, int64_t from, int64_t to) {
    const okrug_panel *panel = r->panel;
    int64_t i = r->all[from].industry;
    okrug_sum least = {0}, most = {0}, covered = {0};
    okrug_reason reason = OKRUG_PRESENT;
    double plants = 0.0;
    for (int64_t at = from; at < to && reason == OKRUG_PRESENT;) {
        int64_t end = at;
        while (end < to && r->all[end].region == r->all[at].region) {
            end++;
        }
        double low, high;
        reason = group_squares(r, at, end, &low, &high, &plants);
        okrug_sum_add(&least, low);
        okrug_sum_add(&most, high);
        int64_t region = r->all[at].region;
        okrug_sum_add(&covered, region < 0 ? okrug_sum_of(panel->value + i, panel->regions, panel->industries)
                                           : panel->value[region * panel->industries + i]);
        at = end;
    }
    double total = okrug_sum_of(panel->value + i, panel->regions, panel->industries);
    if (reason == OKRUG_PRESENT && !(fabs(okrug_sum_value(&covered) - total) <= 1e-9 * total)) {
        reason = OKRUG_NO_BOUND; /* classes of some of its regions only */
    }
    r->out->bound_reason[i] = (uint8_t)(total > 0.0 ? reason : OKRUG_ZERO_TOTAL);
    if (reason == OKRUG_UNDEFINED) {
        r->first = r->impossible++ == 0 ? panel->industry[i] : r->first;
    }
    if (reason == OKRUG_PRESENT && total > 0.0) {
        r->out->least[i] = okrug_sum_value(&least) / (total * total);
        r->out->most[i] = fmin(1.0, okrug_sum_value(&most) / (total * total));
        r->out->count[i] = plants;
    }
}

okrug_status okrug_size_classes_read(okrug_ctx *ctx, const okrug_table *classes, const okrug_panel *panel,
                                     okrug_plant_structure *out) {
    const okrug_column *industry = okrug_table_column(classes, "industry");
    const okrug_column *region = okrug_table_column(classes, "region");
    const okrug_column *period = okrug_table_column(classes, "period");
    reading r = {.panel = panel, .out = out};
    int64_t *industry_at = NULL;
    int64_t *region_at = NULL;
    OKRUG_TRY(okrug_one_period_of(ctx, classes, panel, "size-classes"));
    OKRUG_TRY(make_room(ctx, classes->rows, &r));
    OKRUG_TRY(okrug_places_of(ctx, industry, panel->industries, panel->industry, &industry_at));
    if (region != NULL) {
        OKRUG_TRY(okrug_places_of(ctx, region, panel->regions, panel->region, &region_at));
    }
    okrug_status status = OKRUG_OK;
    for (int64_t row = 0; row < classes->rows; row++) {
        if (okrug_row_of_period(period, row, panel->period) &&
            read_row(ctx, classes, row, industry_at, region_at, &r) != OKRUG_OK) {
            status = OKRUG_BAD_INPUT;
        }
    }
    OKRUG_TRY(status);
    qsort(r.all, (size_t)r.count, sizeof *r.all, by_place);
    for (int64_t from = 0; from < r.count;) {
        int64_t to = from;
        while (to < r.count && r.all[to].industry == r.all[from].industry) {
            to++;
        }
        bound_industry(&r, from, to);
        from = to;
    }
    if (r.impossible > 0) {
        okrug_warn(ctx, "size-classes-do-not-fit", &(okrug_place){.file = classes->file}, "count",
                   okrug_text_integer(ctx, r.impossible), "first", r.first, (char *)NULL);
    }
    return OKRUG_OK;
}
