/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first page: the answer, as the web page gives it, and how sure it is. A study that has no page is told by the
 * first row of each of its findings.
 */
#include "engine/report_answer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

static const double specialised = 1.25; /* from this quotient on a specialisation is spoken of */

/* ---- Quotients and how sure they are, with the words of the page ------------------------------------------------- */

typedef struct {
    const okrug_table *table;
    const okrug_column *region, *industry, *value, *lq, *lo, *hi, *least, *flag;
} quotients;

static bool read_quotients(const okrug_table *table, quotients *q) {
    if (table == NULL) {
        return false;
    }
    *q = (quotients){.table = table,
                     .region = okrug_table_column(table, "region"),
                     .industry = okrug_table_column(table, "industry"),
                     .value = okrug_table_column(table, "value"),
                     .lq = okrug_table_column(table, "lq"),
                     .lo = okrug_table_column(table, "lo"),
                     .hi = okrug_table_column(table, "hi"),
                     .least = okrug_table_column(table, "lq_least"),
                     .flag = okrug_table_column(table, "flag")};
    return q->region != NULL && q->industry != NULL && q->value != NULL && q->lq != NULL && q->lo != NULL &&
           q->hi != NULL;
}

/* The lower end, moved down as far as blank cells can pull the quotient. */
static double lowered(const quotients *q, int64_t row) {
    double lo = okrug_number_at(q->lo, row);
    double lq = okrug_number_at(q->lq, row);
    double least = q->least == NULL ? lq : okrug_number_at(q->least, row);
    return lq == 0.0 ? lo : lo * (least / lq);
}

static bool is_small(const quotients *q, int64_t row) {
    const char *flag = q->flag == NULL ? NULL : okrug_text_at(q->flag, row);
    return flag != NULL && strstr(flag, "small") != NULL;
}

/* 1: surely above 1; -1: surely below; 0: cannot be told. */
static int sureness(const quotients *q, int64_t row) {
    double lo = lowered(q, row);
    double hi = okrug_number_at(q->hi, row);
    if (isnan(okrug_number_at(q->lq, row)) || isnan(lo) || isnan(hi) || is_small(q, row)) {
        return 0;
    }
    return lo > 1.0 ? 1 : hi < 1.0 ? -1 : 0;
}

static int64_t distinct_words(const okrug_column *column) {
    return okrug_words_count(column->words);
}

/* ---- The region's own -------------------------------------------------------------------------------------------- */

/* "95%": the level of the intervals, from what the result was made with. */
static const char *level_of(okrug_making *m, const okrug_table *table) {
    okrug_node *root = NULL;
    double level = 0.0;
    const char *text = NULL;
    if (table->dataset->provenance != NULL &&
        okrug_yaml_parse(m->ctx, "provenance", table->dataset->provenance, &root) == OKRUG_OK) {
        text = okrug_node_text(okrug_node_get(root, "parameters"), "level");
    }
    if (text == NULL || !okrug_number_read(text, strlen(text), &level)) {
        return "";
    }
    return okrug_making_text(
        m, "report.percent", "number",
        okrug_report_number(m->report, level * 100.0, level * 100.0 == nearbyint(level * 100.0) ? 0 : 1), NULL, NULL);
}

/* ---- The region among all regions -------------------------------------------------------------------------------- */

typedef struct {
    int64_t row;
    double lq;
} ranked;

static int highest_first(const void *left, const void *right) {
    const ranked *a = left;
    const ranked *b = right;
    return a->lq != b->lq ? (a->lq > b->lq ? -1 : 1) : (a->row < b->row ? -1 : 1);
}

static okrug_status own_rows(okrug_making *m, const quotients *q, const char *region, ranked **list, int64_t *count,
                             int64_t *sections, int64_t *sure) {
    *list = OKRUG_SCRATCH(m->ctx, q->table->rows + 1, ranked);
    if (*list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < q->table->rows; r++) {
        const char *here = okrug_text_at(q->region, r);
        if (here != NULL && strcmp(here, region) == 0) {
            int side = sureness(q, r);
            *sections += 1;
            *sure += side != 0;
            if (side > 0) {
                (*list)[(*count)++] = (ranked){r, okrug_number_at(q->lq, r)};
            }
        }
    }
    qsort(*list, (size_t)*count, sizeof **list, highest_first);
    return OKRUG_OK;
}

static void add_lead(okrug_making *m, const quotients *q, const char *region, const char *dimension, const ranked *list,
                     int64_t count) {
    okrug_buffer text = {0};
    const char *level = level_of(m, q->table);
    int64_t i = 0;
    for (; i < count && list[i].lq >= specialised; i++) {
        int64_t row = list[i].row;
        const char *name[] = {"section", "lq", "interval", "level"};
        const char *value[] = {
            okrug_answer_strong(
                m, okrug_answer_in_sentence(m, okrug_making_label(m, dimension, okrug_text_at(q->industry, row)))),
            okrug_answer_strong(m, okrug_report_number(m->report, list[i].lq, 2)),
            okrug_making_range(m, lowered(q, row), okrug_number_at(q->hi, row), 2), level};
        okrug_buffer_add_text(&text, i > 0 ? "; " : " ");
        okrug_buffer_add_text(&text, okrug_report_text(m->report, "web.answer.item", 4, name, value));
    }
    const char *start = i > 0 ? okrug_making_text(m, "web.answer.lead", "regions",
                                                  okrug_answer_whole(m, distinct_words(q->region)), "region", region)
                              : okrug_making_text(m, "web.answer.none", "region", region, NULL, NULL);
    okrug_buffer_add_text(&text, i > 0 ? "." : "");
    for (int64_t first = i; i < count; i++) {
        const char *section =
            okrug_answer_in_sentence(m, okrug_making_label(m, dimension, okrug_text_at(q->industry, list[i].row)));
        okrug_buffer_add_text(&text, i == first ? " " : ", ");
        okrug_buffer_add_text(&text,
                              i == first ? okrug_making_text(m, "web.answer.slightly", NULL, NULL, NULL, NULL) : "");
        okrug_buffer_add_format(&text, "%s%s (%s)", i == first ? " " : "", section,
                                okrug_report_number(m->report, list[i].lq, 2));
        okrug_buffer_add_text(&text, i + 1 == count ? "." : "");
    }
    okrug_report_add(m->report, OKRUG_BLOCK_LEAD,
                     okrug_report_format(m->report, "%s%s", start, text.bytes == NULL ? "" : text.bytes));
    okrug_buffer_free(&text);
}

/* ---- Its municipalities ------------------------------------------------------------------------------------------ */

/* The row of the section that a place is most specialised in, surely above 1 and highest at the least; -1: none. */
static int64_t top_row(const quotients *q, int32_t place, bool *seen) {
    int64_t best = -1;
    double most = -INFINITY;
    for (int64_t r = 0; r < q->table->rows; r++) {
        if (q->region->word[r] == place) {
            *seen = true;
            double least = q->least == NULL ? okrug_number_at(q->lq, r) : okrug_number_at(q->least, r);
            if (sureness(q, r) > 0 && least > most) {
                best = r;
                most = least;
            }
        }
    }
    return best;
}

static okrug_status add_places(okrug_making *m, const quotients *q, const char *dimension) {
    int32_t sections = okrug_words_count(q->industry->words);
    int64_t places = distinct_words(q->region);
    ranked *tops = OKRUG_SCRATCH_ZERO(m->ctx, sections + 1, ranked);
    if (tops == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t none = 0;
    for (int32_t s = 0; s < sections; s++) {
        tops[s].row = s;
    }
    for (int32_t place = 0; place < places; place++) {
        bool seen = false;
        int64_t row = top_row(q, place, &seen);
        none += seen && row < 0;
        if (row >= 0) {
            tops[q->industry->word[row]].lq += 1.0;
        }
    }
    qsort(tops, (size_t)sections, sizeof *tops, highest_first);
    okrug_report_add(m->report, OKRUG_BLOCK_CARD,
                     okrug_making_text(m, "report.places", "count", okrug_answer_whole(m, places), NULL, NULL));
    okrug_report_add(m->report, OKRUG_BLOCK_NOTE, okrug_making_text(m, "web.card.places_text", NULL, NULL, NULL, NULL));
    for (int32_t s = 0; s < sections && s < GROUPS_TOLD && tops[s].lq > 0.0; s++) {
        const char *code = okrug_words_text(q->industry->words, (int32_t)tops[s].row);
        okrug_report_add(m->report, OKRUG_BLOCK_ITEM,
                         okrug_report_format(m->report, "%s: " OKRUG_STRONG "%s" OKRUG_STRONG,
                                             okrug_making_label(m, dimension, code),
                                             okrug_answer_whole(m, (int64_t)tops[s].lq)));
    }
    if (none > 0) {
        okrug_report_add(m->report, OKRUG_BLOCK_NOTE,
                         okrug_making_text(m, "report.places-none", "count", okrug_answer_whole(m, none), NULL, NULL));
    }
    return OKRUG_OK;
}

/* ---- How sure ---------------------------------------------------------------------------------------------------- */

static void add_sureness(okrug_making *m, int64_t sections, int64_t sure, const quotients *municipal) {
    okrug_report_add(m->report, OKRUG_BLOCK_CARD, okrug_making_text(m, "web.card.sure", NULL, NULL, NULL, NULL));
    if (sections > 0) {
        okrug_report_add(m->report, OKRUG_BLOCK_ITEM,
                         okrug_making_text(m, "web.card.sure_region", "sure", okrug_answer_whole(m, sure), "n",
                                           okrug_answer_whole(m, sections)));
    }
    if (municipal == NULL) {
        return;
    }
    int64_t known = 0;
    int64_t differ = 0;
    int64_t rows = municipal->table->rows;
    for (int64_t r = 0; r < rows; r++) {
        known += okrug_reason_at(municipal->value, r) == OKRUG_PRESENT;
        differ += sureness(municipal, r) != 0;
    }
    okrug_report_add(m->report, OKRUG_BLOCK_ITEM,
                     okrug_making_text(m, "web.card.sure_places", "sure", okrug_answer_whole(m, differ), "n",
                                       okrug_answer_whole(m, known)));
    if (known < rows) {
        okrug_report_add(m->report, OKRUG_BLOCK_ITEM,
                         okrug_making_text(m, "web.card.blank", "blank", okrug_answer_whole(m, rows - known), "n",
                                           okrug_answer_whole(m, rows)));
    }
}

/* ---- The page ---------------------------------------------------------------------------------------------------- */

static okrug_status add_regional(okrug_making *m, const quotients *q, int64_t *sections, int64_t *sure) {
    const okrug_node *regional = okrug_node_get(m->page, "regional");
    const char *region = okrug_node_text(m->page, "region");
    const char *dimension = okrug_node_text(okrug_node_get(regional, "dimensions"), "industry");
    ranked *list = NULL;
    int64_t count = 0;
    OKRUG_TRY(own_rows(m, q, region, &list, &count, sections, sure));
    if (*sections > 0) {
        const char *label =
            okrug_making_label(m, okrug_node_text(okrug_node_get(regional, "dimensions"), "region"), region);
        add_lead(m, q, label, dimension, list, count);
        okrug_report_add(m->report, OKRUG_BLOCK_NOTE,
                         okrug_making_text(m, "report.caveat", "count", okrug_answer_whole(m, *sections), NULL, NULL));
    }
    return OKRUG_OK;
}

okrug_status okrug_making_answer(okrug_making *m) {
    const okrug_node *municipal_node = okrug_node_get(m->page, "municipal");
    const okrug_node *multiplier_node = okrug_node_get(m->page, "multipliers");
    const okrug_table *table = NULL;
    quotients regional = {0};
    quotients municipal = {0};
    int64_t sections = 0;
    int64_t sure = 0;
    const char *title = okrug_making_words(m, okrug_node_get(m->study, "title"));
    if (strcmp(m->language, "ru") == 0) {
        okrug_report_add(m->report, OKRUG_BLOCK_APPROVAL, NULL);
    }
    okrug_report_add(m->report, OKRUG_BLOCK_KICKER,
                     m->date == NULL
                         ? okrug_making_text(m, "web.tagline", NULL, NULL, NULL, NULL)
                         : okrug_report_format(m->report, "%s, %s",
                                               okrug_making_text(m, "web.tagline", NULL, NULL, NULL, NULL), m->date));
    okrug_report_add(m->report, OKRUG_BLOCK_TITLE, title != NULL ? title : okrug_node_text(m->study, "study"));
    const char *text = okrug_making_words(m, okrug_node_get(m->study, "text"));
    if (text != NULL) {
        okrug_report_add(m->report, OKRUG_BLOCK_LEAD, text);
    }
    const char *id = okrug_node_text(okrug_node_get(m->page, "regional"), "quotients");
    OKRUG_TRY(okrug_making_table(m, id, NULL, &table));
    if (read_quotients(table, &regional) && okrug_node_text(m->page, "region") != NULL) {
        OKRUG_TRY(add_regional(m, &regional, &sections, &sure));
    }
    OKRUG_TRY(okrug_making_table(m, okrug_node_text(municipal_node, "quotients"), NULL, &table));
    bool places = read_quotients(table, &municipal);
    if (places) {
        OKRUG_TRY(add_places(m, &municipal, okrug_node_text(okrug_node_get(municipal_node, "dimensions"), "industry")));
    }
    OKRUG_TRY(okrug_making_table(m, okrug_node_text(multiplier_node, "bands"), "bands", &table));
    OKRUG_TRY(
        okrug_answer_multipliers(m, table, okrug_node_text(okrug_node_get(multiplier_node, "dimensions"), "industry")));
    if (sections > 0 || places) {
        add_sureness(m, sections, sure, places ? &municipal : NULL);
        return okrug_report_status(m->report);
    }
    return okrug_answer_first_rows(m);
}
