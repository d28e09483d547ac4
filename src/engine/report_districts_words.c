/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes and numbers of a result of `districts` in words, and the tables that a comparison tells.
 */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "engine/report_districts.h"

static const char dash[] = "\xE2\x80\x93";

const char *okrug_telling_district(const okrug_telling *t, const char *code) {
    const okrug_column *codes = okrug_table_column(t->districts, "district");
    for (int64_t k = 0; code != NULL && k < t->count; k++) {
        if (strcmp(okrug_text_at(codes, k), code) == 0) {
            return t->name[k];
        }
    }
    return code;
}

const char *okrug_telling_activity(const okrug_telling *t, const char *code) {
    const char *name = code == NULL ? NULL : okrug_making_label(t->m, "activity", code);
    return name == NULL || strcmp(name, code) == 0 ? code : okrug_report_format(t->m->report, "%s %s", code, name);
}

const char *okrug_telling_indicator(const okrug_telling *t, const char *indicator) {
    return okrug_report_text(t->m->report, okrug_report_format(t->m->report, "districts.indicator.%s", indicator), 0,
                             NULL, NULL);
}

static const char *with_unit(const okrug_telling *t, double value, int decimals, const char *unit) {
    return okrug_report_format(t->m->report, "%s\xC2\xA0%s", okrug_report_number(t->m->report, value, decimals),
                               okrug_making_text(t->m, unit, NULL, NULL, NULL, NULL));
}

static int decimals_for(double value) {
    return fabs(value) >= 100.0 ? 0 : fabs(value) >= 10.0 ? 1 : 2;
}

const char *okrug_telling_money(const okrug_telling *t, double roubles) {
    double millions = roubles / 1e6;
    return isnan(roubles) ? dash : with_unit(t, millions, decimals_for(millions), "unit.million-rub");
}

const char *okrug_telling_value(const okrug_telling *t, const char *indicator, double value) {
    const okrug_column *column = okrug_table_column(t->districts, indicator);
    okrug_unit unit = column == NULL ? OKRUG_UNIT_NONE : column->unit;
    double percent = 100.0 * value;
    if (isnan(value)) {
        return dash;
    }
    switch (unit) {
    case OKRUG_UNIT_SHARE:
        return with_unit(t, percent, percent >= 10.0 || percent == 0.0 ? 0 : 1, "unit.percent");
    case OKRUG_UNIT_RUB:
        return okrug_telling_money(t, value);
    case OKRUG_UNIT_RATIO:
        return okrug_report_number(t->m->report, value, 2);
    case OKRUG_UNIT_HOUR:
        return with_unit(t, value, 0, "unit.hour");
    default:
        return okrug_report_number(t->m->report, value, value == nearbyint(value) ? 0 : 1);
    }
}

/* "42 % (42–67 %)" where the two bounds differ. */
static const char *bounded(const okrug_telling *t, const char *indicator, const char *least, const char *most,
                           int64_t district) {
    double value = okrug_table_number(t->districts, indicator, district);
    double low = okrug_table_number(t->districts, least, district);
    double high = okrug_table_number(t->districts, most, district);
    const char *text = okrug_telling_value(t, indicator, value);
    return isnan(value) || isnan(low) || isnan(high) || low == high
               ? text
               : okrug_report_format(t->m->report, "%s (%s%s%s\xC2\xA0%s)", text,
                                     okrug_report_number(t->m->report, 100.0 * low, 0), dash,
                                     okrug_report_number(t->m->report, 100.0 * high, 0),
                                     okrug_making_text(t->m, "unit.percent", NULL, NULL, NULL, NULL));
}

/* "364 (7 unknown)". */
static const char *known_in_part(const okrug_telling *t, const char *indicator, const char *unknown, int64_t district) {
    const char *text = okrug_telling_value(t, indicator, okrug_table_number(t->districts, indicator, district));
    double count = okrug_table_number(t->districts, unknown, district);
    return isnan(count) || count == 0.0
               ? text
               : okrug_report_format(t->m->report, "%s (%s)", text,
                                     okrug_making_text(t->m, "districts.unknown-of", "count",
                                                       okrug_report_number(t->m->report, count, 0), NULL, NULL));
}

const char *okrug_telling_whole(const okrug_telling *t, const char *indicator, int64_t district) {
    static const struct {
        const char *indicator, *unknown;
    } parts[] = {{"employment", "employment_unknown"},
                 {"revenue", "revenue_unknown"},
                 {"purchases", "purchases_unknown"},
                 {"idle_share", "idle_unknown"}};
    if (strcmp(indicator, "sme_share") == 0) {
        return bounded(t, indicator, "sme_least", "sme_most", district);
    }
    if (strcmp(indicator, "bought_in_region") == 0) {
        return bounded(t, indicator, indicator, "bought_in_region_most", district);
    }
    for (int i = 0; i < OKRUG_COUNT_OF(parts); i++) {
        if (strcmp(indicator, parts[i].indicator) == 0) {
            return known_in_part(t, indicator, parts[i].unknown, district);
        }
    }
    return okrug_telling_value(t, indicator, okrug_table_number(t->districts, indicator, district));
}

void okrug_telling_say(const okrug_telling *t, okrug_block_kind kind, const char *key, ...) {
    enum { MOST = 4 };
    const char *name[MOST], *value[MOST];
    int count = 0;
    va_list arguments;
    va_start(arguments, key);
    for (const char *next = va_arg(arguments, const char *); next != NULL && count < MOST;
         next = va_arg(arguments, const char *)) {
        name[count] = next;
        value[count++] = va_arg(arguments, const char *);
    }
    va_end(arguments);
    okrug_report_add(t->m->report, kind, okrug_report_text(t->m->report, key, count, name, value));
}

/* ---- Tables ---- */

okrug_status okrug_telling_table(const okrug_telling *t, const okrug_telling_column *column, int count,
                                 okrug_table **table) {
    okrug_dataset *dataset = okrug_dataset_new("comparison", "result");
    *table = dataset == NULL ? NULL : okrug_dataset_add_table(dataset, "table");
    if (*table == NULL) {
        okrug_dataset_free(dataset);
        return OKRUG_NO_MEMORY;
    }
    okrug_report_own(t->m->report, dataset);
    OKRUG_TRY(okrug_report_status(t->m->report));
    for (int c = 0; c < count; c++) {
        if (okrug_table_add_column(*table, column[c].name, column[c].decimals < 0 ? OKRUG_TEXT : OKRUG_NUMBER,
                                   OKRUG_UNIT_NONE) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_telling_put(okrug_table *table, int column, int64_t row, const char *text) {
    return text == NULL ? okrug_set_text(table, column, row, dash, sizeof dash - 1)
                        : okrug_set_text(table, column, row, text, strlen(text));
}

okrug_status okrug_telling_add(const okrug_telling *t, const okrug_table *table, const okrug_telling_column *column,
                               const char *title) {
    okrug_report_column *told = okrug_report_take(t->m->report, (size_t)table->columns * sizeof *told);
    if (told == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int c = 0; c < table->columns; c++) {
        const char *key = okrug_report_format(t->m->report, "districts.column.%s", column[c].name);
        const char *heading = okrug_report_found(t->m->report, key);
        told[c] = (okrug_report_column){
            .column = c, .heading = heading != NULL ? heading : column[c].name, .decimals = column[c].decimals};
        told[c].decimals = told[c].decimals < 0 ? 0 : told[c].decimals;
    }
    const okrug_report_table whole = {
        .title = title, .source = t->source, .table = table, .column = told, .columns = table->columns};
    okrug_report_add_table(t->m->report, &whole);
    return okrug_report_status(t->m->report);
}
