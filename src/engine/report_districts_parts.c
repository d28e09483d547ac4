/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The comparison itself: one table with a column for each district, charts of the indicators that say most, and what
 * each district is made of.
 */
#include <math.h>
#include <string.h>

#include "engine/report_districts.h"

enum { IN_ONE_TABLE = 4, ACTIVITIES_TOLD = 10 };

/* ---- Side by side ---- */

static const char *sizes_of(const okrug_telling *t, int64_t k) {
    static const char *const sizes[] = {"micro", "small", "medium", "large"};
    const char *text = "";
    for (int i = 0; i < OKRUG_COUNT_OF(sizes); i++) {
        text = okrug_report_format(t->m->report, "%s%s%s", text, i == 0 ? "" : "\xC2\xA0/ ",
                                   okrug_report_number(t->m->report, okrug_table_number(t->districts, sizes[i], k), 0));
    }
    return text;
}

static const char *mean_of(const okrug_telling *t, const char *indicator) {
    for (int64_t row = 0; row < t->indicators->rows; row++) {
        if (strcmp(okrug_table_text(t->indicators, "indicator", row), indicator) == 0) {
            return okrug_telling_value(t, indicator, okrug_table_number(t->indicators, "mean", row));
        }
    }
    return NULL;
}

static bool somebody_has(const okrug_telling *t, const char *indicator) {
    bool has = false;
    for (int64_t k = 0; k < t->count; k++) {
        has = has || !isnan(okrug_table_number(t->districts, indicator, k));
    }
    return has;
}

/* Districts first .. first + count - 1. */
static okrug_status add_columns(const okrug_telling *t, int64_t first, int count) {
    static const char *const indicators[] = {
        "firms",        "municipalities", "employment", "revenue",           "productivity",   "mean_size",
        "sme_share",    "sizes",          "lq_firms",   "lq_employment",     "gini",           "herfindahl",
        "purchases",    "bought_inside",  "linked",     "bought_in_region",  "density",        "reciprocity",
        "idle_share",   "idle_hours",     "vacancies",  "operations_common", "activity_count", "activity_herfindahl",
        "missing_links"};
    okrug_telling_column column[IN_ONE_TABLE + 2] = {{"indicator", -1}};
    okrug_table *table = NULL;
    for (int c = 0; c < count; c++) {
        column[c + 1] = (okrug_telling_column){t->name[first + c], -1};
    }
    column[count + 1] = (okrug_telling_column){"mean", -1};
    OKRUG_TRY(okrug_telling_table(t, column, count + 2, &table));
    for (int i = 0; i < OKRUG_COUNT_OF(indicators); i++) {
        bool sizes = strcmp(indicators[i], "sizes") == 0;
        int64_t row = sizes || somebody_has(t, indicators[i]) ? okrug_table_add_row(table, 0) : -2;
        if (row == -1) {
            return OKRUG_NO_MEMORY;
        }
        if (row == -2) {
            continue;
        }
        OKRUG_TRY(okrug_telling_put(table, 0, row, okrug_telling_indicator(t, indicators[i])));
        for (int c = 0; c < count; c++) {
            OKRUG_TRY(okrug_telling_put(
                table, c + 1, row, sizes ? sizes_of(t, first + c) : okrug_telling_whole(t, indicators[i], first + c)));
        }
        OKRUG_TRY(okrug_telling_put(table, count + 1, row, sizes ? NULL : mean_of(t, indicators[i])));
    }
    return okrug_telling_add(t, table, column, okrug_making_text(t->m, "districts.table", NULL, NULL, NULL, NULL));
}

okrug_status okrug_telling_side_by_side(const okrug_telling *t) {
    okrug_telling_say(t, OKRUG_BLOCK_HEADING, "districts.side-by-side", NULL);
    okrug_telling_say(t, OKRUG_BLOCK_TEXT, "districts.side-by-side-text", NULL);
    for (int64_t first = 0; first < t->count; first += IN_ONE_TABLE) {
        int64_t left = t->count - first;
        OKRUG_TRY(add_columns(t, first, (int)(left < IN_ONE_TABLE ? left : IN_ONE_TABLE)));
    }
    return OKRUG_OK;
}

/* ---- The figure ---- */

/* In the unit of the axis: percent, million roubles, or as it is. */
static double on_axis(const okrug_telling *t, const char *indicator, double value) {
    okrug_unit unit = okrug_table_column(t->districts, indicator)->unit;
    return unit == OKRUG_UNIT_SHARE ? 100.0 * value : unit == OKRUG_UNIT_RUB ? value / 1e6 : value;
}

static const char *axis_of(const okrug_telling *t, const char *indicator) {
    okrug_unit unit = okrug_table_column(t->districts, indicator)->unit;
    const char *key = unit == OKRUG_UNIT_SHARE  ? "unit.percent"
                      : unit == OKRUG_UNIT_RUB  ? "unit.million-rub"
                      : unit == OKRUG_UNIT_HOUR ? "unit.hour"
                                                : NULL;
    return key == NULL ? "" : okrug_making_text(t->m, key, NULL, NULL, NULL, NULL);
}

/* The axis has the unit. */
static const char *beside(const okrug_telling *t, const char *indicator, double value) {
    bool money = okrug_table_column(t->districts, indicator)->unit == OKRUG_UNIT_RUB;
    return money && !isnan(value) ? okrug_report_number(t->m->report, value / 1e6, fabs(value) >= 1e8 ? 0 : 2)
                                  : okrug_telling_value(t, indicator, value);
}

static okrug_status make_panel(const okrug_telling *t, const char *indicator, okrug_panel_chart *panel) {
    bool region = strcmp(indicator, "bought_in_region") == 0;
    okrug_row *rows = okrug_report_take(t->m->report, (size_t)t->count * sizeof *rows);
    double sum = 0.0, known = 0.0;
    if (rows == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < t->count; k++) {
        double value = okrug_table_number(t->districts, indicator, k);
        double most = region ? okrug_table_number(t->districts, "bought_in_region_most", k) : (double)NAN;
        sum += isnan(value) ? 0.0 : value;
        known += isnan(value) ? 0.0 : 1.0;
        rows[k] = (okrug_row){.label = t->name[k],
                              .text = beside(t, indicator, value),
                              .value = on_axis(t, indicator, value),
                              .low = isnan(most) ? (double)NAN : on_axis(t, indicator, value),
                              .high = isnan(most) ? (double)NAN : on_axis(t, indicator, most),
                              .tone = OKRUG_TONE_BAND};
    }
    bool quotient = strncmp(indicator, "lq_", 3) == 0;
    *panel = (okrug_panel_chart){.title = okrug_telling_indicator(t, indicator),
                                 .chart = {.row = rows,
                                           .rows = t->count,
                                           .kind = OKRUG_ROWS_DOTS,
                                           .reference = quotient      ? 1.0
                                                        : known > 0.0 ? on_axis(t, indicator, sum / known)
                                                                      : (double)NAN,
                                           .axis = axis_of(t, indicator),
                                           .numerals = okrug_report_numerals(t->m->report)}};
    return OKRUG_OK;
}

okrug_status okrug_telling_figure(const okrug_telling *t) {
    static const char *const indicators[] = {"employment",    "productivity", "lq_employment",    "gini",
                                             "bought_inside", "linked",       "bought_in_region", "idle_share"};
    okrug_panels *panels = okrug_report_take(t->m->report, sizeof *panels);
    okrug_panel_chart *panel = okrug_report_take(t->m->report, OKRUG_COUNT_OF(indicators) * sizeof *panel);
    if (panels == NULL || panel == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *panels = (okrug_panels){.panel = panel, .columns = 2};
    for (int i = 0; i < OKRUG_COUNT_OF(indicators); i++) {
        if (somebody_has(t, indicators[i])) {
            OKRUG_TRY(make_panel(t, indicators[i], &panel[panels->count++]));
        }
    }
    const okrug_report_figure figure = {.title = okrug_making_text(t->m, "districts.figure", NULL, NULL, NULL, NULL),
                                        .source = t->source,
                                        .kind = OKRUG_FIGURE_PANELS,
                                        .panels = panels};
    if (panels->count > 0) {
        okrug_report_add_figure(t->m->report, &figure);
    }
    return okrug_report_status(t->m->report);
}

/* ---- What each district is made of ---- */

static const char *others_of(const okrug_telling *t, int64_t row) {
    const char *shared = okrug_table_text(t->activities, "shared", row);
    return okrug_making_text(t->m, okrug_report_format(t->m->report, "districts.shared.%s", shared), NULL, NULL, NULL,
                             NULL);
}

/* Activities of a district, the largest first as the result has them. */
static okrug_status add_structure(const okrug_telling *t, int64_t k) {
    enum { ACTIVITY, FIRMS, EMPLOYMENT, SHARE, LQ, OTHERS, COLUMNS };
    static const okrug_telling_column columns[COLUMNS] = {
        [ACTIVITY] = {"activity", -1}, [FIRMS] = {"firms", 0}, [EMPLOYMENT] = {"employment", 0},
        [SHARE] = {"share", 1},        [LQ] = {"lq", 2},       [OTHERS] = {"others", -1}};
    const char *code = okrug_table_text(t->districts, "district", k);
    okrug_table *table = NULL;
    int64_t rows = 0;
    OKRUG_TRY(okrug_telling_table(t, columns, COLUMNS, &table));
    for (int64_t from = 0; from < t->activities->rows && rows < ACTIVITIES_TOLD; from++) {
        if (strcmp(okrug_table_text(t->activities, "district", from), code) != 0) {
            continue;
        }
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        rows++;
        const char *activity = okrug_table_text(t->activities, "activity", from);
        OKRUG_TRY(okrug_telling_put(table, ACTIVITY, row, okrug_telling_activity(t, activity)));
        OKRUG_TRY(okrug_set_number(table, FIRMS, row, okrug_table_number(t->activities, "firms", from)));
        OKRUG_TRY(okrug_set_number(table, EMPLOYMENT, row, okrug_table_number(t->activities, "employment", from)));
        OKRUG_TRY(okrug_set_number_or(table, SHARE, row,
                                      100.0 * okrug_table_number(t->activities, "share_of_employment", from),
                                      OKRUG_NOT_COLLECTED));
        OKRUG_TRY(
            okrug_set_number_or(table, LQ, row, okrug_table_number(t->activities, "lq_firms", from), OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_telling_put(table, OTHERS, row, others_of(t, from)));
    }
    okrug_report_add(t->m->report, OKRUG_BLOCK_SUBHEADING, t->name[k]);
    okrug_telling_say(t, OKRUG_BLOCK_TEXT, "districts.made-of", "regions", okrug_table_text(t->districts, "regions", k),
                      "activities", okrug_table_text(t->districts, "activities", k), NULL);
    const char *nearest = okrug_telling_district(t, okrug_table_text(t->districts, "nearest", k));
    if (nearest != NULL) {
        okrug_telling_say(t, OKRUG_BLOCK_TEXT, "districts.nearest", "district", nearest, "distance",
                          okrug_report_number(t->m->report, okrug_table_number(t->districts, "distance", k), 2), NULL);
    }
    return rows == 0 ? OKRUG_OK
                     : okrug_telling_add(
                           t, table, columns,
                           okrug_making_text(t->m, "districts.structure-of", "district", t->name[k], NULL, NULL));
}

okrug_status okrug_telling_structure(const okrug_telling *t) {
    okrug_telling_say(t, OKRUG_BLOCK_HEADING, "districts.structure", NULL);
    for (int64_t k = 0; k < t->count; k++) {
        OKRUG_TRY(add_structure(t, k));
    }
    return OKRUG_OK;
}
