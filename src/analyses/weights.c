/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * weights: who is whose neighbour, from outlines or points.
 */
#include <math.h>

#include <okrug/geo.h>
#include <okrug/spatial.h>

#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role place_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"geometry", OKRUG_GEOMETRY, OKRUG_ONE_OF, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"lat", OKRUG_NUMBER, OKRUG_ONE_OF, OKRUG_DOMAIN_LATITUDE, OKRUG_UNIT_DEGREE},
    {"lon", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_LONGITUDE, OKRUG_UNIT_DEGREE},
};
static const okrug_input inputs[] = {
    {"input", OKRUG_SHAPE_TIDY, true, false, place_roles, OKRUG_COUNT_OF(place_roles)}};

enum { EXAMPLES = 3 }; /* names in a warning */
enum { QUEEN, ROOK, NEAREST, DISTANCE };
#define WEIGHTS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                         \
    CHOICE(rule, "rule", "queen|rook|nearest|distance")                                                                \
    INTEGER(nearest, "nearest", 0, 0, 10000, COUNT)                                                                    \
    REAL(distance, "distance", 0, 0, 20100, KM)                                                                        \
    REAL(power, "power", 0, 0, 10, RATIO)                                                                              \
    REAL(snap, "snap", 1e-6, 0, 1, DEGREE)

typedef struct {
    OKRUG_PARAMETER_FIELDS(WEIGHTS_PARAMETERS)
} weights_parameters;
#define OKRUG_PARAMETERS weights_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(WEIGHTS_PARAMETERS)};

enum { A, B, WEIGHT, KILOMETRES };
static const okrug_output_column link_columns[] = {
    {"a", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"b", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"weight", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "1, or distance^-power"},
    {"distance", OKRUG_NUMBER, OKRUG_UNIT_KM, "great circle between the points or the middles of the outlines"},
};
enum { REGION, NEIGHBOURS, LATITUDE, LONGITUDE };
static const okrug_output_column region_columns[] = {
    {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"neighbours", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "links that begin at the region"},
    {"lat", OKRUG_NUMBER, OKRUG_UNIT_DEGREE, "as given, else of the centre of the outline's area on the sphere"},
    {"lon", OKRUG_NUMBER, OKRUG_UNIT_DEGREE, "the same"},
};
static const okrug_output outputs[] = {
    {"links", link_columns, OKRUG_COUNT_OF(link_columns)},
    {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
};

static const okrug_grain grain[] = {{"regions", 2, OKRUG_UNIT_COUNT}};

static const char *const references[] = {
    "Cliff, A. D., Ord, J. K. (1981). Spatial processes: models and applications. Pion.",
    "Bivand, R. S., Pebesma, E., Gómez-Rubio, V. (2013). Applied spatial data analysis with R, chapter 9. Springer.",
    NULL,
};

/* Regions and their links so far: by rows, columns rising. */
typedef struct {
    const okrug_table *table;
    int64_t n;
    const char **region;
    const char **wkb; /* NULL: no such column */
    double *lat, *lon;
    int64_t *ptr;
    int32_t *neighbour;
} world;

static okrug_status unfit(okrug_ctx *ctx, const char *code) {
    return okrug_fail(ctx, OKRUG_BAD_USAGE, code, NULL, (char *)NULL);
}

/* A rule and the number it needs come together. */
static okrug_status check(okrug_ctx *ctx, const weights_parameters *p) {
    if ((p->rule == NEAREST) != (p->nearest > 0)) {
        return unfit(ctx, "rule-nearest");
    }
    if ((p->rule == DISTANCE) != (p->distance > 0.0)) {
        return unfit(ctx, "rule-distance");
    }
    return OKRUG_OK;
}

/* ---- Where regions are ---- */

static okrug_status middles(okrug_ctx *ctx, world *w, okrug_shapes **shapes) {
    OKRUG_TRY(okrug_shapes_new(ctx, w->n, w->wkb, w->region, shapes));
    for (int64_t i = 0; i < w->n; i++) {
        if (isnan(w->lat[i]) || isnan(w->lon[i])) {
            w->lat[i] = NAN;
            w->lon[i] = NAN;
            okrug_shapes_centre(*shapes, i, &w->lon[i], &w->lat[i]);
        }
    }
    return OKRUG_OK;
}

static okrug_status read_world(okrug_ctx *ctx, const okrug_table *table, world *w) {
    const okrug_column *region = okrug_table_column(table, "region");
    const okrug_column *geometry = okrug_table_column(table, "geometry");
    const okrug_column *lat = okrug_table_column(table, "lat");
    const okrug_column *lon = okrug_table_column(table, "lon");
    *w = (world){.table = table, .n = table->rows};
    w->region = OKRUG_SCRATCH(ctx, w->n, const char *);
    w->wkb = geometry == NULL ? NULL : OKRUG_SCRATCH(ctx, w->n, const char *);
    w->lat = OKRUG_SCRATCH(ctx, w->n, double);
    w->lon = OKRUG_SCRATCH(ctx, w->n, double);
    w->ptr = OKRUG_SCRATCH_ZERO(ctx, w->n + 1, int64_t);
    if (w->region == NULL || w->lat == NULL || w->lon == NULL || w->ptr == NULL ||
        (geometry != NULL && w->wkb == NULL)) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < w->n; i++) {
        w->region[i] = okrug_text_at(region, i);
        w->lat[i] = lat == NULL ? NAN : lat->number[i];
        w->lon[i] = lon == NULL ? NAN : lon->number[i];
        if (geometry != NULL) {
            w->wkb[i] = okrug_text_at(geometry, i);
        }
    }
    if (geometry == NULL && (lat == NULL || lon == NULL)) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "missing-column", &(okrug_place){.file = table->file}, "wanted", "lon",
                          "columns", okrug_table_column_names(ctx, table), (char *)NULL);
    }
    return OKRUG_OK;
}

/* ---- Links ---- */

static okrug_status links_from_pairs(okrug_ctx *ctx, const okrug_pairs *pairs, world *w) {
    w->neighbour = OKRUG_SCRATCH(ctx, 2 * pairs->count, int32_t);
    int64_t *next = OKRUG_SCRATCH(ctx, w->n + 1, int64_t);
    if (w->neighbour == NULL || next == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < pairs->count; k++) {
        w->ptr[pairs->a[k] + 1]++;
        w->ptr[pairs->b[k] + 1]++;
    }
    for (int64_t i = 0; i < w->n; i++) {
        w->ptr[i + 1] += w->ptr[i];
        next[i] = w->ptr[i];
    }
    /* Pairs rise, so lower neighbours come first if they are put in first. */
    for (int64_t k = 0; k < pairs->count; k++) {
        w->neighbour[next[pairs->b[k]]++] = pairs->a[k];
    }
    for (int64_t k = 0; k < pairs->count; k++) {
        w->neighbour[next[pairs->a[k]]++] = pairs->b[k];
    }
    return OKRUG_OK;
}

static okrug_status contiguity(okrug_ctx *ctx, const okrug_shapes *shapes, const weights_parameters *p, world *w) {
    if (shapes == NULL) {
        return unfit(ctx, "rule-needs-outlines");
    }
    okrug_pairs pairs;
    okrug_contact contact = p->rule == QUEEN ? OKRUG_SHARE_POINT : OKRUG_SHARE_LINE;
    OKRUG_TRY(okrug_shapes_touching(ctx, shapes, contact, p->snap, &pairs));
    okrug_status status = links_from_pairs(ctx, &pairs, w);
    okrug_pairs_free(&pairs);
    return status;
}

/* Regions that have a point, and back from the kernel's numbers to theirs. */
static okrug_status by_distance(okrug_ctx *ctx, const weights_parameters *p, world *w) {
    int32_t *known = OKRUG_SCRATCH(ctx, w->n, int32_t);
    double *lat = OKRUG_SCRATCH(ctx, w->n, double);
    double *lon = OKRUG_SCRATCH(ctx, w->n, double);
    int64_t *ptr = OKRUG_SCRATCH_ZERO(ctx, w->n + 1, int64_t);
    if (known == NULL || lat == NULL || lon == NULL || ptr == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t n = 0;
    for (int64_t i = 0; i < w->n; i++) {
        if (!isnan(w->lat[i]) && !isnan(w->lon[i])) {
            known[n] = (int32_t)i;
            lat[n] = w->lat[i];
            lon[n++] = w->lon[i];
        }
    }
    int64_t k = p->nearest < n - 1 ? p->nearest : n > 0 ? n - 1 : 0;
    int64_t links = n * k;
    if (p->rule == DISTANCE) {
        OKRUG_TRY(okrug_points_within(ctx, n, lon, lat, p->distance, ptr, NULL, NULL));
        links = ptr[n];
    }
    w->neighbour = OKRUG_SCRATCH(ctx, links, int32_t);
    double *distance = OKRUG_SCRATCH(ctx, links, double);
    if (w->neighbour == NULL || distance == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(p->rule == DISTANCE ? okrug_points_within(ctx, n, lon, lat, p->distance, ptr, w->neighbour, distance)
                                  : okrug_nearest_points(ctx, n, lon, lat, k, w->neighbour, distance));
    for (int64_t i = 0; i < n; i++) {
        w->ptr[known[i] + 1] = p->rule == DISTANCE ? ptr[i + 1] - ptr[i] : k;
    }
    for (int64_t i = 0; i < w->n; i++) {
        w->ptr[i + 1] += w->ptr[i];
    }
    for (int64_t l = 0; l < links; l++) {
        w->neighbour[l] = known[w->neighbour[l]];
    }
    return OKRUG_OK;
}

/* ---- Out ---- */

static okrug_status write_links(okrug_ctx *ctx, const world *w, const weights_parameters *p, okrug_table *table) {
    int64_t row = 0;
    okrug_status status = w->neighbour == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int64_t i = 0; status != OKRUG_NO_MEMORY && i < w->n; i++) {
        for (int64_t l = w->ptr[i]; l < w->ptr[i + 1]; l++, row++) {
            int32_t j = w->neighbour[l];
            double distance = okrug_great_circle_km(w->lon[i], w->lat[i], w->lon[j], w->lat[j]);
            if (p->power > 0.0 && distance == 0.0) {
                status = okrug_fail(ctx, OKRUG_BAD_INPUT, "same-point", &(okrug_place){.file = w->table->file}, "a",
                                    w->region[i], "b", w->region[j], (char *)NULL);
                continue;
            }
            OKRUG_TRY(okrug_result_text(table, A, row, w->region[i]));
            OKRUG_TRY(okrug_result_text(table, B, row, w->region[j]));
            OKRUG_TRY(okrug_set_number_or(table, WEIGHT, row, p->power > 0.0 ? pow(distance, -p->power) : 1.0,
                                          OKRUG_UNDEFINED));
            OKRUG_TRY(okrug_set_number_or(table, KILOMETRES, row, distance, OKRUG_UNDEFINED));
        }
    }
    return status;
}

static okrug_status write_regions(okrug_ctx *ctx, const world *w, okrug_table *table) {
    const char *names = "";
    int64_t islands = 0;
    for (int64_t i = 0; i < w->n; i++) {
        int64_t links = w->ptr[i + 1] - w->ptr[i];
        OKRUG_TRY(okrug_result_text(table, REGION, i, w->region[i]));
        OKRUG_TRY(okrug_set_number(table, NEIGHBOURS, i, (double)links));
        OKRUG_TRY(okrug_set_number_or(table, LATITUDE, i, w->lat[i], OKRUG_NOT_COLLECTED));
        OKRUG_TRY(okrug_set_number_or(table, LONGITUDE, i, w->lon[i], OKRUG_NOT_COLLECTED));
        if (links == 0 && islands++ < EXAMPLES) {
            names = okrug_text_listed(ctx, names, w->region[i]);
        }
    }
    if (islands > 0) {
        okrug_warn(ctx, "islands", &(okrug_place){.file = w->table->file}, "count", okrug_text_integer(ctx, islands),
                   "codes", okrug_text_curtailed(ctx, names, EXAMPLES, islands), (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const weights_parameters *p = job->parameters;
    world w;
    okrug_shapes *shapes = NULL;
    okrug_table *links = NULL;
    okrug_table *regions = NULL;
    OKRUG_TRY(check(ctx, p));
    OKRUG_TRY(
        okrug_grain_need(ctx, &grain[0], (double)job->input[0]->rows, &(okrug_place){.file = job->input[0]->file}));
    OKRUG_TRY(read_world(ctx, job->input[0], &w));
    if (w.wkb != NULL) {
        OKRUG_TRY(middles(ctx, &w, &shapes));
    }
    okrug_status status =
        p->rule == QUEEN || p->rule == ROOK ? contiguity(ctx, shapes, p, &w) : by_distance(ctx, p, &w);
    okrug_shapes_free(shapes);
    OKRUG_TRY(status);
    OKRUG_TRY(okrug_result_table(result, &outputs[0], OKRUG_UNIT_NONE, w.ptr[w.n], &links));
    OKRUG_TRY(okrug_result_table(result, &outputs[1], OKRUG_UNIT_NONE, w.n, &regions));
    OKRUG_TRY(write_links(ctx, &w, p, links));
    return write_regions(ctx, &w, regions);
}

OKRUG_ANALYSIS_WITH_GRAIN(weights, "weights", "O(regions * log(regions) + links)");
