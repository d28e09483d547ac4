/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files share that make a report of districts side by side, from a result of `districts`.
 */
#ifndef OKRUG_ENGINE_REPORT_DISTRICTS_H
#define OKRUG_ENGINE_REPORT_DISTRICTS_H

#include "engine/report_make.h"

typedef struct {
    okrug_making *m;
    const okrug_dataset *result;
    const okrug_table *districts, *indicators, *activities, *missing, *purchases, *base;
    int64_t count;
    const char **name; /* of each district */
    const char *provenance;
    const char *source; /* below tables */
    bool synthetic;
} okrug_telling;

/* ---- report_districts_words.c: codes and numbers as people read them. */
/* The name of a district, of an activity with its code. NULL stays NULL. */
const char *okrug_telling_district(const okrug_telling *t, const char *code);
const char *okrug_telling_activity(const okrug_telling *t, const char *code);
/* What an indicator is called. */
const char *okrug_telling_indicator(const okrug_telling *t, const char *indicator);
/* "38 %", "4.0 million roubles": a value of that column of the table of districts; a dash where there is none. */
const char *okrug_telling_value(const okrug_telling *t, const char *indicator, double value);
const char *okrug_telling_money(const okrug_telling *t, double roubles);
/* The same with what bounds it and what of it is not known. */
const char *okrug_telling_whole(const okrug_telling *t, const char *indicator, int64_t district);
/* A block with up to four arguments, name and value in turn, ended by NULL. */
void okrug_telling_say(const okrug_telling *t, okrug_block_kind kind, const char *key, ...);

/* A table that is told: columns of texts (decimals < 0) or numbers; the texts of its headings are
 * "districts.column.NAME".
 */
typedef struct {
    const char *name;
    int decimals;
} okrug_telling_column;
okrug_status okrug_telling_table(const okrug_telling *t, const okrug_telling_column *column, int count,
                                 okrug_table **table);
okrug_status okrug_telling_put(okrug_table *table, int column, int64_t row, const char *text);
okrug_status okrug_telling_add(const okrug_telling *t, const okrug_table *table, const okrug_telling_column *column,
                               const char *title);

/* ---- report_districts_parts.c and report_districts_links.c */
okrug_status okrug_telling_side_by_side(const okrug_telling *t);
okrug_status okrug_telling_figure(const okrug_telling *t);
okrug_status okrug_telling_structure(const okrug_telling *t);
okrug_status okrug_telling_lessons(const okrug_telling *t);
okrug_status okrug_telling_links(const okrug_telling *t);
okrug_status okrug_telling_purchases(const okrug_telling *t);

#endif
