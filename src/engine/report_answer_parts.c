/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts of the first page: what multiplies most, and, for a study without a page, the first row of each finding; and
 * the words that all parts share.
 */
#include "engine/report_answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Words ------------------------------------------------------------------------------------------------------- */

static bool is_capital(const unsigned char *text) {
    return (text[0] >= 'A' && text[0] <= 'Z') || (text[0] == 0xD0 && text[1] >= 0x90 && text[1] <= 0xAF);
}

/* A name in the middle of a sentence: its first letter small, unless it begins an abbreviation. */
const char *okrug_answer_in_sentence(okrug_making *m, const char *name) {
    const unsigned char *text = (const unsigned char *)name;
    size_t first = text[0] < 0x80 ? 1 : 2;
    if (text[0] == '\0' || !is_capital(text) || is_capital(text + first)) {
        return name;
    }
    if (first == 1) {
        return okrug_report_format(m->report, "%c%s", text[0] + ('a' - 'A'), name + 1);
    }
    /* А–П are D0 90–9F and become D0 B0–BF; Р–Я are D0 A0–AF and become D1 80–8F. */
    bool early = text[1] < 0xA0;
    return okrug_report_format(m->report, "%c%c%s", early ? 0xD0 : 0xD1, early ? text[1] + 0x20 : text[1] - 0x20,
                               name + 2);
}

const char *okrug_answer_strong(okrug_making *m, const char *text) {
    return okrug_report_format(m->report, OKRUG_STRONG "%s" OKRUG_STRONG, text);
}

const char *okrug_answer_whole(okrug_making *m, int64_t count) {
    return okrug_report_number(m->report, (double)count, 0);
}

/* ---- What multiplies --------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t row;
    double worst, best, central;
} band;

static int surest_first(const void *left, const void *right) {
    const band *a = left;
    const band *b = right;
    const double x[3] = {a->worst, a->best, a->central};
    const double y[3] = {b->worst, b->best, b->central};
    for (int i = 0; i < 3; i++) {
        if (x[i] != y[i]) {
            return x[i] < y[i] ? -1 : 1;
        }
    }
    return a->row < b->row ? -1 : 1;
}

okrug_status okrug_answer_multipliers(okrug_making *m, const okrug_table *table, const char *dimension) {
    const okrug_column *industry = table == NULL ? NULL : okrug_table_column(table, "industry");
    const okrug_column *measure = table == NULL ? NULL : okrug_table_column(table, "measure");
    const char *const numbers[] = {"central", "rank_low", "rank_high", "rank_central", "variants"};
    const okrug_column *of[5] = {NULL};
    for (int i = 0; i < 5; i++) {
        of[i] = table == NULL ? NULL : okrug_table_column(table, numbers[i]);
        if (of[i] == NULL || industry == NULL || measure == NULL) {
            return OKRUG_OK;
        }
    }
    band *bands = OKRUG_SCRATCH(m->ctx, table->rows + 1, band);
    if (bands == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t count = 0;
    for (int64_t r = 0; r < table->rows; r++) {
        const char *what = okrug_text_at(measure, r);
        if (what != NULL && strcmp(what, "output") == 0 && !isnan(okrug_number_at(of[2], r))) {
            bands[count++] = (band){r, okrug_number_at(of[2], r), okrug_number_at(of[1], r), okrug_number_at(of[3], r)};
        }
    }
    if (count == 0) {
        return OKRUG_OK;
    }
    qsort(bands, (size_t)count, sizeof *bands, surest_first);
    okrug_report_add(m->report, OKRUG_BLOCK_CARD, okrug_making_text(m, "web.card.multiply", NULL, NULL, NULL, NULL));
    okrug_report_add(m->report, OKRUG_BLOCK_NOTE,
                     okrug_making_text(m, "report.multiply", "count",
                                       okrug_answer_whole(m, (int64_t)okrug_number_at(of[4], bands[0].row)), NULL,
                                       NULL));
    for (int64_t i = 0; i < count && i < GROUPS_TOLD; i++) {
        const char *name[] = {"section", "multiplier", "ranks"};
        const char *value[] = {
            okrug_making_label(m, dimension, okrug_text_at(industry, bands[i].row)),
            okrug_answer_strong(m, okrug_report_number(m->report, okrug_number_at(of[0], bands[i].row), 2)),
            bands[i].best == bands[i].worst ? okrug_answer_whole(m, (int64_t)bands[i].best)
                                            : okrug_making_range(m, bands[i].best, bands[i].worst, 0)};
        okrug_report_add(m->report, OKRUG_BLOCK_ITEM,
                         okrug_report_text(m->report, "report.multiplier", 3, name, value));
    }
    for (int64_t i = GROUPS_TOLD; i < count; i++) {
        if (bands[i].central == 1.0) {
            const char *section = okrug_making_label(m, dimension, okrug_text_at(industry, bands[i].row));
            okrug_report_add(m->report, OKRUG_BLOCK_NOTE,
                             okrug_making_text(m, "web.card.multiply_shaky", "section",
                                               okrug_answer_in_sentence(m, section), "ranks",
                                               okrug_making_range(m, bands[i].best, bands[i].worst, 0)));
        }
    }
    return OKRUG_OK;
}

/* ---- Without a page: the first row of each finding --------------------------------------------------------------- */

okrug_status okrug_answer_first_rows(okrug_making *m) {
    const okrug_node *list = okrug_node_get(m->study, "findings");
    okrug_dataset *findings = NULL;
    if (list == NULL) {
        return OKRUG_OK;
    }
    const char *labels = okrug_node_text(m->page, "labels");
    OKRUG_TRY(okrug_study_findings(m->ctx, m->store, list, labels, m->language, &findings));
    for (int t = 0; t < findings->tables; t++) {
        const okrug_table *table = findings->table[t];
        okrug_buffer text = {0};
        okrug_buffer_add_format(&text, "%s: ", table->name);
        bool any = false;
        for (int c = 0; c < table->columns && table->rows > 0; c++) {
            const okrug_column *column = &table->column[c];
            if (okrug_reason_at(column, 0) != OKRUG_PRESENT || column->type == OKRUG_GEOMETRY) {
                continue;
            }
            okrug_buffer_add_text(&text, any ? ", " : "");
            any = true;
            if (column->type == OKRUG_NUMBER) {
                const char *key = okrug_report_format(m->report, "web.field.%s", column->name);
                const char *name = okrug_report_found(m->report, key);
                okrug_buffer_add_format(
                    &text, "%s " OKRUG_STRONG "%s" OKRUG_STRONG,
                    name == NULL ? column->name : okrug_answer_in_sentence(m, name),
                    okrug_report_number(m->report, column->number[0], okrug_report_decimals(table, c)));
            } else {
                okrug_buffer_add_text(&text, okrug_text_at(column, 0));
            }
        }
        okrug_report_add(m->report, OKRUG_BLOCK_ITEM, text.bytes == NULL ? "" : text.bytes);
        okrug_buffer_free(&text);
    }
    okrug_dataset_free(findings);
    return OKRUG_OK;
}
