/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plants as points, read from a table.
 */
#include "analyses/plant_points.h"

#include <math.h>
#include <string.h>

const double OKRUG_SHARING_MATTERS = 0.05;
enum { NAMES_SHOWN = 5 };
static const double FARTHEST = 1e12; /* squares of differences have a number, and ranges too */

static okrug_status need_column(okrug_ctx *ctx, const okrug_table *table, const char *wanted, okrug_column **column) {
    *column = okrug_table_column(table, wanted);
    return *column != NULL
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_INPUT, "missing-column", &(okrug_place){.file = table->file}, "wanted",
                            wanted, "columns", okrug_table_column_names(ctx, table), (char *)NULL);
}

static const char *some_words(okrug_ctx *ctx, const okrug_column *column) {
    const char *names = "";
    int32_t count = okrug_words_count(column->words);
    for (int32_t word = 0; word < count && word < NAMES_SHOWN; word++) {
        names = okrug_text_listed(ctx, names, okrug_words_text(column->words, word));
    }
    return okrug_text_curtailed(ctx, names, NAMES_SHOWN, count);
}

okrug_status okrug_plant_points_industry(okrug_ctx *ctx, const okrug_table *table, const char *industry,
                                         int32_t *word) {
    const okrug_column *column = okrug_table_column(table, "industry");
    *word = column == NULL ? -1 : okrug_words_find(column->words, industry, strlen(industry));
    return *word >= 0
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_INPUT, "no-such-industry", &(okrug_place){.file = table->file}, "industry",
                            industry, "known", column == NULL ? "" : some_words(ctx, column), (char *)NULL);
}

/* Which industry is studied: the one named, or the only one. */
static okrug_status choose(okrug_ctx *ctx, const okrug_table *table, const char *industry, okrug_plant_points *p) {
    const okrug_column *column = okrug_table_column(table, "industry");
    p->industry = -1;
    if (industry != NULL) {
        OKRUG_TRY(okrug_plant_points_industry(ctx, table, industry, &p->industry));
    } else if (column != NULL && okrug_words_count(column->words) > 1) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "industry-needed", &(okrug_place){.file = table->file}, "known",
                          some_words(ctx, column), (char *)NULL);
    }
    p->name = column == NULL                          ? NULL
              : p->industry >= 0                      ? okrug_words_text(column->words, p->industry)
              : okrug_words_count(column->words) == 1 ? okrug_words_text(column->words, 0)
                                                      : NULL;
    return OKRUG_OK;
}

static bool is_plant(const okrug_column *precision, int64_t row) {
    const char *of = precision == NULL ? "plant" : okrug_text_at(precision, row);
    return of != NULL && strcmp(of, "plant") == 0;
}

/* What was left out, said; that nothing is left is a fault, whose cause is the last that took something. */
static okrug_status tell_left_out(okrug_ctx *ctx, const okrug_table *table, int64_t left, int64_t elsewhere,
                                  int64_t nowhere, int64_t weightless) {
    const okrug_place place = {.file = table->file};
    const okrug_column *precision = okrug_table_column(table, "precision");
    const char *known = precision == NULL ? "" : some_words(ctx, precision);
    if (left == 0 && elsewhere > 0) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-place-of-a-plant", &place, "known", known, (char *)NULL);
    }
    if (precision == NULL && okrug_table_column(table, "firm") != NULL) {
        okrug_warn(ctx, "places-perhaps-addresses", &place, (char *)NULL);
    }
    if (elsewhere > 0) {
        okrug_warn(ctx, "places-of-no-plants", &place, "count", okrug_text_integer(ctx, elsewhere), "of",
                   okrug_text_integer(ctx, table->rows), (char *)NULL);
    }
    if (nowhere > 0) {
        okrug_warn(ctx, "plants-without-place", &place, "count", okrug_text_integer(ctx, nowhere), (char *)NULL);
    }
    if (weightless > 0) {
        okrug_warn(ctx, "plants-without-weight", &place, "count", okrug_text_integer(ctx, weightless), (char *)NULL);
    }
    return left > 0 ? OKRUG_OK : okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &place, (char *)NULL);
}

static okrug_status read_sites(okrug_ctx *ctx, const okrug_table *table, bool weighted, okrug_plant_points *p) {
    bool plane = okrug_table_column(table, "x") != NULL;
    okrug_column *x = NULL;
    okrug_column *y = NULL;
    OKRUG_TRY(need_column(ctx, table, plane ? "x" : "lon", &x));
    OKRUG_TRY(need_column(ctx, table, plane ? "y" : "lat", &y));
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *precision = okrug_table_column(table, "precision");
    const okrug_column *weight = weighted ? okrug_table_column(table, "weight") : NULL;
    double *first = OKRUG_SCRATCH(ctx, table->rows, double);
    double *second = OKRUG_SCRATCH(ctx, table->rows, double);
    p->word = OKRUG_SCRATCH(ctx, table->rows, int32_t);
    p->weight = weight == NULL ? NULL : OKRUG_SCRATCH(ctx, table->rows, double);
    if (first == NULL || second == NULL || p->word == NULL || (weight != NULL && p->weight == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    int64_t n = 0;
    int64_t elsewhere = 0;
    int64_t nowhere = 0;
    int64_t weightless = 0;
    for (int64_t row = 0; row < table->rows; row++) {
        if (!is_plant(precision, row)) {
            elsewhere++;
            continue;
        }
        bool placed = isfinite(x->number[row]) && isfinite(y->number[row]);
        bool weighs = weight == NULL || isfinite(weight->number[row]);
        if (placed && (fabs(x->number[row]) > FARTHEST || fabs(y->number[row]) > FARTHEST)) {
            const okrug_place place = okrug_table_place(table, row, NULL);
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "coordinates-far", &place, "most", okrug_text_number(ctx, FARTHEST),
                              (char *)NULL);
        }
        nowhere += !placed;
        weightless += placed && !weighs;
        if (placed && weighs) {
            first[n] = x->number[row];
            second[n] = y->number[row];
            p->word[n] = industry == NULL ? -1 : industry->word[row];
            if (weight != NULL) {
                p->weight[n] = weight->number[row];
            }
            n++;
        }
    }
    p->sites = (okrug_points){.n = n, .x = first, .y = second, .globe = !plane};
    p->unit = plane ? OKRUG_UNIT_NONE : OKRUG_UNIT_KM;
    return tell_left_out(ctx, table, n, elsewhere, nowhere, weightless);
}

static okrug_status pick_members(okrug_ctx *ctx, okrug_plant_points *p) {
    int64_t n = p->sites.n;
    double *x = OKRUG_SCRATCH(ctx, n, double);
    double *y = OKRUG_SCRATCH(ctx, n, double);
    p->member = OKRUG_SCRATCH(ctx, n, int32_t);
    p->member_weight = p->weight == NULL ? NULL : OKRUG_SCRATCH(ctx, n, double);
    if (x == NULL || y == NULL || p->member == NULL || (p->weight != NULL && p->member_weight == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    int64_t members = 0;
    for (int64_t i = 0; i < n; i++) {
        if (p->industry < 0 || p->word[i] == p->industry) {
            x[members] = p->sites.x[i];
            y[members] = p->sites.y[i];
            p->member[members] = (int32_t)i;
            if (p->weight != NULL) {
                p->member_weight[members] = p->weight[i];
            }
            members++;
        }
    }
    p->members = (okrug_points){.n = members, .x = x, .y = y, .globe = p->sites.globe};
    return OKRUG_OK;
}

static double sharing(const okrug_shared_places *shared, int64_t n) {
    return n > 0 ? (double)shared->sharing / (double)n : 0.0;
}

/* What shared places leave to be told apart, said where anything is shared. */
static okrug_status look_at_places(okrug_ctx *ctx, bool exact, okrug_plant_points *p) {
    OKRUG_TRY(okrug_points_shared(ctx, &p->sites, &p->shared));
    OKRUG_TRY(okrug_points_shared(ctx, &p->members, &p->member_shared));
    bool matters = sharing(&p->shared, p->sites.n) >= OKRUG_SHARING_MATTERS ||
                   sharing(&p->member_shared, p->members.n) >= OKRUG_SHARING_MATTERS;
    p->grain = matters && !exact ? p->shared.grain : 0.0;
    if (p->shared.places == 1 && p->shared.sharing > 0) {
        okrug_warn(ctx, "places-all-one", &(okrug_place){.file = p->table->file}, "points",
                   okrug_text_integer(ctx, p->sites.n), (char *)NULL);
    } else if (p->shared.sharing > 0) {
        okrug_warn(ctx, p->grain > 0.0 ? "places-shared-grain" : "places-shared",
                   &(okrug_place){.file = p->table->file}, "sharing", okrug_text_integer(ctx, p->shared.sharing),
                   "points", okrug_text_integer(ctx, p->sites.n), "largest", okrug_text_integer(ctx, p->shared.largest),
                   "grain", okrug_text_number(ctx, p->shared.grain), (char *)NULL);
    }
    return OKRUG_OK;
}

okrug_status okrug_plant_points_read(okrug_ctx *ctx, const okrug_table *table, const char *industry, bool weighted,
                                     bool exact, okrug_plant_points *p) {
    *p = (okrug_plant_points){.table = table};
    OKRUG_TRY(choose(ctx, table, industry, p));
    OKRUG_TRY(read_sites(ctx, table, weighted, p));
    OKRUG_TRY(pick_members(ctx, p));
    return look_at_places(ctx, exact, p);
}

/* The rule over the distances between some, evenly spaced, and the power of N for those between all. */
static okrug_status bandwidth_of_some(okrug_ctx *ctx, const okrug_points *all, double *h) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    double *x = OKRUG_SCRATCH(ctx, OKRUG_BANDWIDTH_POINTS, double);
    double *y = OKRUG_SCRATCH(ctx, OKRUG_BANDWIDTH_POINTS, double);
    okrug_status status = x == NULL || y == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        for (int64_t k = 0; k < OKRUG_BANDWIDTH_POINTS; k++) {
            x[k] = all->x[k * all->n / OKRUG_BANDWIDTH_POINTS];
            y[k] = all->y[k * all->n / OKRUG_BANDWIDTH_POINTS];
        }
        const okrug_points some = {OKRUG_BANDWIDTH_POINTS, x, y, all->globe};
        status = okrug_k_density_bandwidth(ctx, &some, h);
        double ratio = (double)all->n * (double)(all->n - 1) / OKRUG_BANDWIDTH_POINTS / (OKRUG_BANDWIDTH_POINTS - 1);
        *h *= pow(ratio, -0.2);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_plant_points_bandwidth(okrug_ctx *ctx, const okrug_plant_points *plants, double wanted, double *h) {
    *h = wanted;
    if (wanted == 0.0) {
        OKRUG_TRY(plants->members.n > OKRUG_PLANT_POINTS_MOST ? bandwidth_of_some(ctx, &plants->members, h)
                                                              : okrug_k_density_bandwidth(ctx, &plants->members, h));
    }
    return *h > 0.0 ? OKRUG_OK
                    : okrug_fail(ctx, OKRUG_BAD_INPUT, "bandwidth-needed", &(okrug_place){.file = plants->table->file},
                                 (char *)NULL);
}

okrug_status okrug_plant_points_narrow(okrug_ctx *ctx, double bandwidth, double range) {
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "bandwidth-narrow", NULL, "bandwidth", okrug_text_number(ctx, bandwidth),
                      "range", okrug_text_number(ctx, range), (char *)NULL);
}
