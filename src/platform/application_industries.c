/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The industries of the multipliers: by which concordance those of the firms become them, and what they are called.
 */
#include <ctype.h>
#include <string.h>

#include "platform/application.h"

/* Whether the table fits; what it is asked for is in `user`. */
typedef bool fitting(const okrug_application *p, const okrug_words *industries, const okrug_table *table);

bool okrug_application_is_wider(const char *code, size_t length) {
    return length != 1 || !isdigit((unsigned char)code[0]) || !isdigit((unsigned char)code[1]);
}

/* Some row takes a participant from its industry to one of the multipliers'. */
static bool takes_there(const okrug_application *p, const okrug_words *industries, const okrug_table *table) {
    const okrug_column *from = okrug_table_column(table, "from");
    const okrug_column *to = okrug_table_column(table, "to");
    for (int64_t r = 0; from != NULL && to != NULL && r < table->rows; r++) {
        const char *code = okrug_text_at(from, r);
        const char *goal = okrug_text_at(to, r);
        size_t length =
            code != NULL && goal != NULL && okrug_words_find(industries, goal, strlen(goal)) >= 0 ? strlen(code) : 0;
        for (int i = 0; length > 0 && i < p->members; i++) {
            const char *own = p->member[i].industry;
            if (own != NULL && strncmp(own, code, length) == 0 && okrug_application_is_wider(own, length)) {
                return true;
            }
        }
    }
    return false;
}

/* Whether some row of that dimension names the code. */
static bool names_it(const okrug_table *labels, int32_t dimension, const char *industry) {
    const okrug_column *of = okrug_table_column(labels, "dimension");
    const okrug_column *code = okrug_table_column(labels, "code");
    int32_t word = okrug_words_find(code->words, industry, strlen(industry));
    for (int64_t r = 0; word >= 0 && r < labels->rows; r++) {
        if (of->word[r] == dimension && code->word[r] == word) {
            return true;
        }
    }
    return false;
}

/* The dimension in which all of them have a name; NULL: none, or several. */
static const char *dimension_of(const okrug_words *industries, const okrug_table *labels) {
    const okrug_column *dimension = okrug_table_column(labels, "dimension");
    const okrug_column *code = okrug_table_column(labels, "code");
    const char *found = NULL;
    int dimensions = 0;
    for (int32_t d = 0; dimension != NULL && code != NULL && d < okrug_words_count(dimension->words); d++) {
        bool all = true;
        for (int32_t w = 0; all && w < okrug_words_count(industries); w++) {
            all = names_it(labels, d, okrug_words_text(industries, w));
        }
        if (all) {
            found = okrug_words_text(dimension->words, d);
            dimensions++;
        }
    }
    return dimensions == 1 ? found : NULL;
}

static bool names_all(const okrug_application *p, const okrug_words *industries, const okrug_table *table) {
    (void)p;
    return dimension_of(industries, table) != NULL;
}

/* The only dataset of the kind that fits. NULL in `table` where none does, or several do; these in `known`. */
static okrug_status find_only(okrug_application *p, const char *kind, const okrug_words *industries, fitting *fits,
                              const okrug_table **table, const char **id, const char **known) {
    okrug_dataset *list = NULL;
    int count = 0;
    *known = "";
    *table = NULL;
    OKRUG_TRY(okrug_store_list(p->m.ctx, p->m.store, &list));
    okrug_report_own(p->m.report, list);
    OKRUG_TRY(okrug_report_status(p->m.report));
    for (int64_t r = 0; r < list->table[0]->rows; r++) {
        const char *own = okrug_text_at(okrug_table_column(list->table[0], "id"), r);
        const okrug_table *here = NULL;
        if (strcmp(okrug_text_at(okrug_table_column(list->table[0], "kind"), r), kind) != 0) {
            continue;
        }
        OKRUG_TRY(okrug_making_table(&p->m, own, NULL, &here));
        if (here != NULL && fits(p, industries, here)) {
            *known = okrug_text_listed(p->m.ctx, *known, own);
            *table = here;
            *id = own;
            count++;
        }
    }
    *table = count == 1 ? *table : NULL;
    return OKRUG_OK;
}

okrug_status okrug_application_concordance(okrug_application *p, const okrug_words *industries,
                                           const okrug_table **table) {
    const char *id = p->concordance;
    const char *known = "";
    if (id == NULL) {
        OKRUG_TRY(find_only(p, "concordance", industries, takes_there, table, &id, &known));
    } else {
        OKRUG_TRY(okrug_making_table(&p->m, id, NULL, table));
        if (*table == NULL) {
            return okrug_fail(p->m.ctx, OKRUG_NOT_FOUND, "no-concordance", NULL, "id", id, (char *)NULL);
        }
    }
    if (*table != NULL) {
        p->codes = (*table)->dataset;
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.effect-concordance", "id", id);
    } else if (known[0] != '\0') {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.effect-concordances", "known", known);
    }
    return OKRUG_OK;
}

okrug_status okrug_application_name_industries(okrug_application *p, const okrug_words *industries) {
    const okrug_node *multipliers = okrug_node_get(p->m.page, "multipliers");
    const char *id = NULL;
    const char *known = NULL;
    const okrug_table *labels = p->m.labels;
    p->industry_dimension = okrug_node_text(okrug_node_get(multipliers, "dimensions"), "industry");
    if (p->industry_dimension == NULL || labels == NULL) {
        OKRUG_TRY(find_only(p, "labels", industries, names_all, &labels, &id, &known));
        p->industry_dimension = labels == NULL ? NULL : dimension_of(industries, labels);
    }
    p->industry_labels = labels;
    return OKRUG_OK;
}

const char *okrug_application_industry(const okrug_application *p, const char *code) {
    return okrug_study_label(p->industry_labels, p->industry_dimension, code, p->m.language);
}
