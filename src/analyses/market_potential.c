/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * market-potential: how large the markets are that a region can reach, and who makes them up.
 */
#include <math.h>

#include <okrug/territory.h>

#include "analyses/list.h"
#include "analyses/market_places.h"
#include "analyses/region_links.h"
#include "analyses/result.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY_OPTIONAL, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_NOT_NEGATIVE, OKRUG_UNIT_NONE},
    {"lat", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_LATITUDE, OKRUG_UNIT_DEGREE},
    {"lon", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_LONGITUDE, OKRUG_UNIT_DEGREE},
    {"area_km2", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_POSITIVE, OKRUG_UNIT_KM2},
};
static const okrug_role place_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"lat", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_LATITUDE, OKRUG_UNIT_DEGREE},
    {"lon", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_LONGITUDE, OKRUG_UNIT_DEGREE},
    {"area_km2", OKRUG_NUMBER, OKRUG_OPTIONAL, OKRUG_DOMAIN_POSITIVE, OKRUG_UNIT_KM2},
};
static const okrug_role distance_roles[] = {OKRUG_REGION_LINK_ROLES};
enum { INPUT, PLACES, DISTANCES };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [PLACES] = {"places", OKRUG_SHAPE_TIDY, false, false, place_roles, OKRUG_COUNT_OF(place_roles)},
    [DISTANCES] = {"distances", OKRUG_SHAPE_TIDY, false, false, distance_roles, OKRUG_COUNT_OF(distance_roles)},
};

enum { DECAY_POWER, DECAY_EXPONENTIAL };
#define POTENTIAL_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                       \
    CHOICE(decay, "decay", "power|exponential")                                                                        \
    REAL(power, "power", 1, 0, 10, RATIO)                                                                              \
    REAL(reach, "reach", 100, 1e-3, 1e6, KM)                                                                           \
    REAL(distance, "distance", 0, 0, 20100, KM)                                                                        \
    REAL(least, "least-distance", 0, 0, 20100, KM)                                                                     \
    CHOICE(own, "own", "area|given|none")                                                                              \
    REAL(own_distance, "own-distance", 0, 0, 20100, KM)                                                                \
    INTEGER(nearest, "givers", 5, 0, 100000, COUNT)

typedef struct {
    OKRUG_PARAMETER_FIELDS(POTENTIAL_PARAMETERS)
} potential_parameters;
#define OKRUG_PARAMETERS potential_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(POTENTIAL_PARAMETERS)};

enum { REGION, PERIOD, POTENTIAL, OWN, NEIGHBOURS, RANK, RELATIVE };
static const okrug_output_column region_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [POTENTIAL] = {"potential", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "sum_q M_q f(d_rq)"},
    [OWN] = {"own", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "M_r f(d_rr), d_rr = 2/3 sqrt(area / pi)"},
    [NEIGHBOURS] = {"neighbours", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "sum_q M_q f(d_rq), q != r"},
    [RANK] = {"rank", OKRUG_NUMBER, OKRUG_UNIT_RANK, "by potential, 1 is the largest"},
    [RELATIVE] = {"relative", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "potential / mean potential"},
};
enum { G_REGION, G_PERIOD, G_RANK, G_OTHER, G_DISTANCE, G_VALUE, G_SHARE };
static const okrug_output_column giver_columns[] = {
    [G_REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [G_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [G_RANK] = {"rank", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1 gives most"},
    [G_OTHER] = {"other", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [G_DISTANCE] = {"distance", OKRUG_NUMBER, OKRUG_UNIT_KM, "d_rq"},
    [G_VALUE] = {"contribution", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "M_q f(d_rq)"},
    [G_SHARE] = {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "contribution / neighbours"},
};
static const okrug_output outputs[] = {
    {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
    {"contributions", giver_columns, OKRUG_COUNT_OF(giver_columns)},
};

static const char *const references[] = {
    "Harris, C. D. (1954). The market as a factor in the localization of industry in the United States. Annals of the "
    "Association of American Geographers 44(4).",
    "Head, K., Mayer, T. (2010). Illusory border effects: distance mismeasurement inflates estimates of home bias in "
    "trade. In: The gravity model in international trade. Cambridge University Press.",
    NULL,
};
static const okrug_grain grain[] = {{"regions", 2.0, OKRUG_UNIT_COUNT}};

/* One period's markets and what came out. */
typedef struct {
    const okrug_panel *panel;
    okrug_market_places at;
    double *neighbours, *own, *potential;
    int64_t k;
    int64_t *giver;
    double *given, *from;
} sample;

/* ---- Rows ---- */

/* Why a region has no potential: its own market or its size is not known. */
static okrug_reason why_not(const sample *s, int64_t i) {
    return s->at.reason[i] != OKRUG_PRESENT ? (okrug_reason)s->at.reason[i] : (okrug_reason)s->at.no_own[i];
}

static void add_up(sample *s) {
    for (int64_t i = 0; i < s->at.n; i++) {
        bool known = why_not(s, i) == OKRUG_PRESENT;
        s->own[i] = known ? s->own[i] : (double)NAN;
        s->potential[i] = s->own[i] + s->neighbours[i];
    }
}

static okrug_status write_regions(const sample *s, okrug_table *table) {
    okrug_sum sum = {0};
    int64_t known = 0;
    for (int64_t i = 0; i < s->at.n; i++) {
        okrug_sum_add(&sum, isnan(s->potential[i]) ? 0.0 : s->potential[i]);
        known += !isnan(s->potential[i]);
    }
    double mean = okrug_sum_value(&sum) / (double)known;
    for (int64_t i = 0; i < s->at.n; i++) {
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        double rank = isnan(s->potential[i]) ? (double)NAN : 1.0;
        for (int64_t j = 0; j < s->at.n; j++) {
            rank += s->potential[j] > s->potential[i] ? 1.0 : 0.0;
        }
        okrug_reason reason = why_not(s, i);
        OKRUG_TRY(okrug_result_text(table, REGION, row, s->panel->region[s->at.region[i]]));
        OKRUG_TRY(okrug_result_text(table, PERIOD, row, s->panel->period));
        OKRUG_TRY(okrug_set_number_or(table, POTENTIAL, row, s->potential[i], reason));
        OKRUG_TRY(okrug_set_number_or(table, OWN, row, s->own[i], reason));
        OKRUG_TRY(okrug_set_number(table, NEIGHBOURS, row, s->neighbours[i]));
        OKRUG_TRY(okrug_set_number_or(table, RANK, row, rank, reason));
        OKRUG_TRY(okrug_set_number_or(table, RELATIVE, row, mean > 0.0 ? s->potential[i] / mean : (double)NAN,
                                      isnan(s->potential[i]) ? reason : OKRUG_ZERO_TOTAL));
    }
    return OKRUG_OK;
}

static okrug_status write_givers(const sample *s, okrug_table *table) {
    for (int64_t i = 0; i < s->at.n * s->k; i++) {
        if (s->giver[i] < 0) {
            continue;
        }
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, G_REGION, row, s->panel->region[s->at.region[i / s->k]]));
        OKRUG_TRY(okrug_result_text(table, G_PERIOD, row, s->panel->period));
        OKRUG_TRY(okrug_set_number(table, G_RANK, row, (double)(i % s->k + 1)));
        OKRUG_TRY(okrug_result_text(table, G_OTHER, row, s->panel->region[s->at.region[s->giver[i]]]));
        OKRUG_TRY(okrug_set_number(table, G_DISTANCE, row, s->from[i]));
        OKRUG_TRY(okrug_set_number(table, G_VALUE, row, s->given[i]));
        OKRUG_TRY(okrug_set_number(table, G_SHARE, row, s->given[i] / s->neighbours[i / s->k]));
    }
    return OKRUG_OK;
}

/* ---- One period ---- */

static okrug_status same_place(okrug_ctx *ctx, const sample *s, const char *file) {
    for (int64_t i = 0; i < s->at.n; i++) {
        if (isnan(s->neighbours[i])) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "same-place", &(okrug_place){.file = file}, "region",
                              s->panel->region[s->at.region[i]], (char *)NULL);
        }
    }
    return OKRUG_OK;
}

static okrug_status compute(okrug_ctx *ctx, const potential_parameters *p, bool by_table, sample *s) {
    int64_t n = s->at.n;
    s->k = p->nearest < n - 1 ? p->nearest : n - 1;
    s->neighbours = OKRUG_SCRATCH(ctx, n, double);
    s->own = OKRUG_SCRATCH(ctx, n, double);
    s->potential = OKRUG_SCRATCH(ctx, n, double);
    s->giver = OKRUG_SCRATCH(ctx, n * s->k, int64_t);
    s->given = OKRUG_SCRATCH(ctx, n * s->k, double);
    s->from = OKRUG_SCRATCH(ctx, n * s->k, double);
    if (s->neighbours == NULL || s->own == NULL || s->potential == NULL || s->giver == NULL || s->given == NULL ||
        s->from == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_market_decay decay = {.exponential = p->decay == DECAY_EXPONENTIAL,
                                .power = p->power,
                                .reach = p->reach,
                                .least = p->least,
                                .limit = p->distance > 0.0 ? p->distance : (double)INFINITY};
    okrug_markets markets = {n, s->at.mass, by_table ? &s->at.distance : NULL, s->at.lon, s->at.lat, s->at.own, decay};
    return okrug_market_potential(ctx, &markets, s->neighbours, s->own, s->k, s->giver, s->given, s->from);
}

static okrug_status one_period(okrug_ctx *ctx, const okrug_job *job, sample *s, okrug_table *const *table) {
    const potential_parameters *p = job->parameters;
    const okrug_market_tables tables = {job->input[INPUT], job->input[PLACES], job->input[DISTANCES]};
    okrug_place place = {.file = tables.input->file};
    OKRUG_TRY(okrug_market_places_read(ctx, &tables, s->panel, p->own, p->own_distance, &s->at));
    if (s->at.unplaced > 0) {
        okrug_warn(ctx, "regions-without-place", &place, "count", okrug_text_integer(ctx, s->at.unplaced), "first",
                   s->at.first_unplaced, (char *)NULL);
    }
    if (s->at.missing > 0) {
        okrug_warn(ctx, "markets-missing", &place, "count", okrug_text_integer(ctx, s->at.missing), (char *)NULL);
    }
    OKRUG_TRY(okrug_grain_need(ctx, &grain[0], (double)s->at.n, &place));
    OKRUG_TRY(compute(ctx, p, tables.distances != NULL, s));
    OKRUG_TRY(same_place(ctx, s, tables.input->file));
    add_up(s);
    OKRUG_TRY(write_regions(s, table[0]));
    return write_givers(s, table[1]);
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    okrug_panels panels = {0};
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    OKRUG_TRY(okrug_panels_read(ctx, job->input[INPUT], &panels));
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], OKRUG_UNIT_NONE, 0, &table[t]));
    }
    for (int64_t k = 0; k < panels.count; k++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        sample s = {.panel = &panels.panel[k]};
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(one_period(ctx, job, &s, table));
        okrug_scratch_reset(ctx, mark);
    }
    return OKRUG_OK;
}

OKRUG_ANALYSIS_WITH_GRAIN(market_potential, "market-potential", "O(regions^2)");
