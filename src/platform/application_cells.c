/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells of the tables that an application is made from, and the tables that it tells.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "platform/application.h"

const char *okrug_application_firm(const okrug_application *p, const char *code) {
    const char *name = okrug_card_firm_name(&p->card, code);
    return name != NULL ? name : code;
}

const char *okrug_application_words(okrug_application *p, const char *column, const char *code) {
    const char *text =
        code == NULL
            ? NULL
            : okrug_report_found(p->m.report, okrug_report_format(p->m.report, "report.word.%s.%s", column, code));
    return text != NULL ? text : code;
}

const char *okrug_application_date(okrug_application *p, const char *iso) {
    if (iso == NULL || strlen(iso) != 10 || strcmp(p->m.language, "ru") != 0) {
        return iso;
    }
    return okrug_report_format(p->m.report, "%.2s.%.2s.%.4s", iso + 8, iso + 5, iso);
}

const char *okrug_application_money(okrug_application *p, double roubles) {
    double millions = roubles / 1e6;
    int decimals = fabs(millions) >= 100.0 ? 0 : fabs(millions) >= 10.0 ? 1 : 2;
    return okrug_report_format(p->m.report, "%s\xC2\xA0%s", okrug_report_number(p->m.report, millions, decimals),
                               okrug_making_text(&p->m, "unit.million-rub", NULL, NULL, NULL, NULL));
}

/* ---- Tables that are told ---------------------------------------------------------------------------------------- */

okrug_status okrug_application_new_table(okrug_application *p, const okrug_application_field *field, int count,
                                         okrug_table **table) {
    okrug_dataset *dataset = okrug_dataset_new("application", "result");
    *table = dataset == NULL ? NULL : okrug_dataset_add_table(dataset, "table");
    if (*table == NULL) {
        okrug_dataset_free(dataset);
        return OKRUG_NO_MEMORY;
    }
    okrug_report_own(p->m.report, dataset);
    OKRUG_TRY(okrug_report_status(p->m.report));
    for (int c = 0; c < count; c++) {
        if (okrug_table_add_column(*table, field[c].name, field[c].type, field[c].unit) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_application_put(okrug_table *table, int column, int64_t row, const char *text) {
    return text == NULL || text[0] == '\0' ? okrug_set_missing(table, column, row, OKRUG_NOT_COLLECTED)
                                           : okrug_set_text(table, column, row, text, strlen(text));
}

okrug_status okrug_application_put_number(okrug_table *table, int column, int64_t row, double value) {
    return okrug_set_number_or(table, column, row, value, OKRUG_NOT_COLLECTED);
}

static bool says_something(const okrug_column *column, int64_t rows) {
    for (int64_t r = 0; r < rows; r++) {
        if (okrug_reason_at(column, r) == OKRUG_PRESENT) {
            return true;
        }
    }
    return false;
}

static const char *heading_of(okrug_application *p, const okrug_column *column) {
    char key[96];
    snprintf(key, sizeof key, "pack.field.%s", column->name);
    const char *text = okrug_report_found(p->m.report, key);
    text = text != NULL ? text : column->name;
    if (column->unit == OKRUG_UNIT_NONE || column->unit == OKRUG_UNIT_RANK || column->unit == OKRUG_UNIT_COUNT) {
        return text;
    }
    snprintf(key, sizeof key, "unit.%s", okrug_unit_code(column->unit));
    return okrug_report_format(p->m.report, "%s, %s", text, okrug_making_text(&p->m, key, NULL, NULL, NULL, NULL));
}

okrug_status okrug_application_tell(okrug_application *p, const okrug_table *table, const char *title,
                                    const char *source) {
    okrug_report_column *columns = okrug_report_take(p->m.report, (size_t)table->columns * sizeof *columns);
    if (columns == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int count = 0;
    for (int c = 0; c < table->columns; c++) {
        if (says_something(&table->column[c], table->rows)) {
            columns[count++] = (okrug_report_column){
                .column = c, .heading = heading_of(p, &table->column[c]), .decimals = okrug_report_decimals(table, c)};
        }
    }
    okrug_report_table told = {.title = title, .source = source, .table = table, .column = columns, .columns = count};
    if (count > 0) {
        okrug_report_add_table(p->m.report, &told);
    }
    return okrug_report_status(p->m.report);
}

const char *okrug_application_source(okrug_application *p, okrug_registry_kind table) {
    return p->r.head[table] == NULL ? NULL : okrug_making_source(&p->m, p->r.head[table]->provenance);
}

void okrug_application_say(okrug_application *p, okrug_block_kind kind, const char *key, const char *name,
                           const char *value) {
    okrug_report_add(p->m.report, kind, okrug_making_text(&p->m, key, name, value, NULL, NULL));
}

void okrug_application_absent(okrug_application *p, okrug_block_kind kind, okrug_registry_kind table) {
    const char *id = okrug_registry_kind_ids[table];
    const char *what =
        okrug_making_text(&p->m, okrug_report_format(p->m.report, "kind.%s", id), NULL, NULL, NULL, NULL);
    okrug_report_add(p->m.report, kind, okrug_making_text(&p->m, "pack.absent", "what", what, "kind", id));
}
