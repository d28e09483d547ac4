/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What districts could learn from each other: where one leads and another is behind, which links one has that another
 * lacks, with who sells them, and what each buys outside.
 */
#include <math.h>
#include <string.h>

#include "engine/report_answer.h"
#include "engine/report_districts.h"

enum { LINKS_TOLD = 8, PURCHASES_TOLD = 6, BEHIND_TOLD = 2 };

/* ---- Lessons ---- */

/* Of these more is held to be better; of idle hours nobody can say: they are a reserve as well as a loss. */
static const char *const good[] = {"productivity", "bought_inside", "bought_in_region",
                                   "linked",       "reciprocity",   "operations_common"};
enum { GOOD = sizeof good / sizeof good[0] };

/* What the share can be at the most: only who is behind even then is behind for sure. */
static double most_of(const okrug_telling *t, const char *indicator, int64_t k) {
    double most = strcmp(indicator, "bought_in_region") == 0
                      ? okrug_table_number(t->districts, "bought_in_region_most", k)
                      : (double)NAN;
    return isnan(most) ? okrug_table_number(t->districts, indicator, k) : most;
}

static bool leads_for_sure(const okrug_telling *t, const char *indicator, int64_t leader) {
    double value = okrug_table_number(t->districts, indicator, leader);
    bool leads = true;
    for (int64_t k = 0; k < t->count; k++) {
        leads = leads && (k == leader || !(most_of(t, indicator, k) >= value));
    }
    return leads;
}

static int64_t leader_of(const okrug_telling *t, const char *indicator) {
    int64_t leader = -1;
    for (int64_t k = 0; k < t->count; k++) {
        double value = okrug_table_number(t->districts, indicator, k);
        if (!isnan(value) && value > 0.0 &&
            (leader < 0 || value > okrug_table_number(t->districts, indicator, leader))) {
            leader = k;
        }
    }
    return leader;
}

static const char *in_sentence(const okrug_telling *t, const char *indicator) {
    return okrug_answer_in_sentence(t->m, okrug_telling_indicator(t, indicator));
}

static const char *joined(const okrug_telling *t, const char *list, const char *item) {
    return list[0] == '\0' ? item : okrug_report_format(t->m->report, "%s; %s", list, item);
}

static const char *behind_text(const okrug_telling *t, int64_t k, int which, int64_t leader) {
    const char *name[] = {"indicator", "value", "district", "most"};
    const char *value[] = {in_sentence(t, good[which]),
                           okrug_telling_value(t, good[which], okrug_table_number(t->districts, good[which], k)),
                           t->name[leader],
                           okrug_telling_value(t, good[which], okrug_table_number(t->districts, good[which], leader))};
    return okrug_report_text(t->m->report, "districts.behind-in", 4, name, value);
}

static void add_lesson(const okrug_telling *t, int64_t k) {
    const char *leads = "", *behind = "";
    double ratio[GOOD];
    int64_t leader[GOOD];
    for (int i = 0; i < GOOD; i++) {
        double own = most_of(t, good[i], k);
        leader[i] = leader_of(t, good[i]);
        ratio[i] = leader[i] < 0 || isnan(own) ? 1.0 : own / okrug_table_number(t->districts, good[i], leader[i]);
        if (leader[i] == k && leads_for_sure(t, good[i], k)) {
            leads = joined(t, leads, in_sentence(t, good[i]));
        }
    }
    for (int told = 0; told < BEHIND_TOLD; told++) {
        int least = 0;
        for (int i = 1; i < GOOD; i++) {
            least = ratio[i] < ratio[least] ? i : least;
        }
        if (ratio[least] < 1.0) {
            behind = joined(t, behind, behind_text(t, k, least, leader[least]));
        }
        ratio[least] = 1.0;
    }
    okrug_report_add(t->m->report, OKRUG_BLOCK_SUBHEADING, t->name[k]);
    if (leads[0] != '\0') {
        okrug_telling_say(t, OKRUG_BLOCK_ITEM, "districts.leads", "indicators", leads, NULL);
    }
    if (behind[0] != '\0') {
        okrug_telling_say(t, OKRUG_BLOCK_ITEM, "districts.behind", "indicators", behind, NULL);
    }
    const char *code = okrug_table_text(t->districts, "district", k);
    for (int64_t row = 0; row < t->missing->rows; row++) {
        double bought = okrug_table_number(t->missing, "bought", row);
        if (strcmp(okrug_table_text(t->missing, "district", row), code) == 0 && bought > 0.0) {
            okrug_telling_say(t, OKRUG_BLOCK_ITEM, "districts.link-to-learn", "activity",
                              okrug_telling_activity(t, okrug_table_text(t->missing, "activity", row)), "amount",
                              okrug_telling_money(t, bought), "district",
                              okrug_telling_district(t, okrug_table_text(t->missing, "peer", row)), NULL);
            break; /* the first is the one that the district needs most */
        }
    }
}

okrug_status okrug_telling_lessons(const okrug_telling *t) {
    okrug_telling_say(t, OKRUG_BLOCK_HEADING, "districts.lessons", NULL);
    okrug_telling_say(t, OKRUG_BLOCK_TEXT, "districts.lessons-text", NULL);
    for (int64_t k = 0; k < t->count; k++) {
        add_lesson(t, k);
    }
    return okrug_report_status(t->m->report);
}

/* ---- Missing links ---- */

/* Links that are the district's own business: it was asked for the activity, or members buy what it makes. */
static bool concerns(const okrug_telling *t, int64_t row) {
    return strcmp(okrug_table_text(t->missing, "own", row), "yes") == 0 ||
           okrug_table_number(t->missing, "bought", row) > 0.0;
}

static const char *seller_of(const okrug_telling *t, int64_t row) {
    const char *name = okrug_table_text(t->missing, "seller_name", row);
    const char *way = okrug_table_text(t->missing, "way", row);
    name = name != NULL ? name : okrug_table_text(t->missing, "seller", row);
    const char *words =
        okrug_making_text(t->m, okrug_report_format(t->m->report, "districts.way.%s", way), NULL, NULL, NULL, NULL);
    return name == NULL ? words : okrug_report_format(t->m->report, "%s (%s)", name, words);
}

static okrug_status add_links(const okrug_telling *t, int64_t k) {
    enum { ACTIVITY, PEER, BOUGHT, HERE, SELLER, COLUMNS };
    static const okrug_telling_column columns[COLUMNS] = {[ACTIVITY] = {"activity", -1},
                                                          [PEER] = {"peer", -1},
                                                          [BOUGHT] = {"bought", 2},
                                                          [HERE] = {"here", 0},
                                                          [SELLER] = {"seller", -1}};
    const char *code = okrug_table_text(t->districts, "district", k);
    okrug_table *table = NULL;
    double more = 0.0;
    OKRUG_TRY(okrug_telling_table(t, columns, COLUMNS, &table));
    for (int64_t from = 0; from < t->missing->rows; from++) {
        if (strcmp(okrug_table_text(t->missing, "district", from), code) != 0) {
            continue;
        }
        if (!concerns(t, from) || table->rows == LINKS_TOLD) {
            more += 1.0;
            continue;
        }
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_telling_put(table, ACTIVITY, row,
                                    okrug_telling_activity(t, okrug_table_text(t->missing, "activity", from))));
        OKRUG_TRY(
            okrug_telling_put(table, PEER, row, okrug_telling_district(t, okrug_table_text(t->missing, "peer", from))));
        OKRUG_TRY(okrug_set_number_or(table, BOUGHT, row, okrug_table_number(t->missing, "bought", from) / 1e6,
                                      OKRUG_NO_ROW));
        OKRUG_TRY(okrug_set_number(table, HERE, row, okrug_table_number(t->missing, "here", from)));
        OKRUG_TRY(okrug_telling_put(table, SELLER, row, seller_of(t, from)));
    }
    okrug_report_add(t->m->report, OKRUG_BLOCK_SUBHEADING, t->name[k]);
    if (table->rows > 0) {
        OKRUG_TRY(okrug_telling_add(t, table, columns,
                                    okrug_making_text(t->m, "districts.links-of", "district", t->name[k], NULL, NULL)));
    }
    if (table->rows == 0 || more > 0.0) {
        okrug_telling_say(t, OKRUG_BLOCK_NOTE,
                          table->rows > 0 ? "districts.links-more"
                          : more > 0.0    ? "districts.links-others"
                                          : "districts.links-none",
                          "count", okrug_report_number(t->m->report, more, 0), NULL);
    }
    return okrug_report_status(t->m->report);
}

okrug_status okrug_telling_links(const okrug_telling *t) {
    okrug_telling_say(t, OKRUG_BLOCK_HEADING, "districts.links", NULL);
    okrug_telling_say(t, OKRUG_BLOCK_TEXT, "districts.links-text", NULL);
    for (int64_t k = 0; k < t->count; k++) {
        OKRUG_TRY(add_links(t, k));
    }
    return OKRUG_OK;
}

/* ---- Purchases ---- */

static okrug_status add_purchases(const okrug_telling *t, int64_t k, okrug_table *table) {
    enum { DISTRICT, PRODUCT, AMOUNT, SHARE, REGION, PEERS };
    const char *code = okrug_table_text(t->districts, "district", k);
    for (int64_t from = 0, told = 0; from < t->purchases->rows && told < PURCHASES_TOLD; from++) {
        if (strcmp(okrug_table_text(t->purchases, "district", from), code) != 0) {
            continue;
        }
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        told++;
        OKRUG_TRY(okrug_telling_put(table, DISTRICT, row, t->name[k]));
        OKRUG_TRY(okrug_telling_put(table, PRODUCT, row,
                                    okrug_telling_activity(t, okrug_table_text(t->purchases, "product", from))));
        OKRUG_TRY(okrug_set_number(table, AMOUNT, row, okrug_table_number(t->purchases, "amount", from) / 1e6));
        OKRUG_TRY(okrug_set_number_or(table, SHARE, row, 100.0 * okrug_table_number(t->purchases, "share", from),
                                      OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(table, REGION, row, 100.0 * okrug_table_number(t->purchases, "in_region", from),
                                      OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number(table, PEERS, row, okrug_table_number(t->purchases, "from_peers", from) / 1e6));
    }
    return OKRUG_OK;
}

okrug_status okrug_telling_purchases(const okrug_telling *t) {
    static const okrug_telling_column columns[] = {{"district", -1},  {"product", -1},  {"amount", 2},
                                                   {"of_outside", 0}, {"in_region", 0}, {"from_peers", 2}};
    okrug_table *table = NULL;
    okrug_telling_say(t, OKRUG_BLOCK_HEADING, "districts.outside", NULL);
    if (t->purchases->rows == 0) {
        okrug_telling_say(t, OKRUG_BLOCK_TEXT, "districts.outside-none", NULL);
        return OKRUG_OK;
    }
    okrug_telling_say(t, OKRUG_BLOCK_TEXT, "districts.outside-text", NULL);
    OKRUG_TRY(okrug_telling_table(t, columns, OKRUG_COUNT_OF(columns), &table));
    for (int64_t k = 0; k < t->count; k++) {
        OKRUG_TRY(add_purchases(t, k, table));
    }
    return okrug_telling_add(t, table, columns,
                             okrug_making_text(t->m, "districts.outside-table", NULL, NULL, NULL, NULL));
}
