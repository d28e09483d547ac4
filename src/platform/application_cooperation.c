/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of an application that tells what participants sell each other: a matrix, or where that is too much for
 * paper the largest flows, and what each buys and sells inside and outside.
 */
#include <math.h>
#include <stdlib.h>

#include "platform/application.h"

enum { MOST_ON_PAPER = 100 }; /* participants of a matrix that is printed: some thirty pages */

typedef struct {
    int64_t cell;
    double amount;
} flow;

static int largest_first(const void *left, const void *right) {
    const flow *a = left;
    const flow *b = right;
    return a->amount != b->amount ? (a->amount > b->amount ? -1 : 1) : (a->cell < b->cell ? -1 : 1);
}

/* The flows that there are, the largest first. Scratch memory. */
static okrug_status sort_flows(okrug_application *p, flow **list, int64_t *count) {
    int64_t cells = (int64_t)p->members * p->members;
    *list = OKRUG_SCRATCH(p->m.ctx, cells + 1, flow);
    if (*list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *count = 0;
    for (int64_t c = 0; c < cells; c++) {
        if (p->deals[c] > 0) {
            (*list)[(*count)++] = (flow){c, isnan(p->flow[c]) ? -1.0 : p->flow[c]}; /* not known: the last */
        }
    }
    qsort(*list, (size_t)*count, sizeof **list, largest_first);
    return OKRUG_OK;
}

/* Who sells to whom, by how many contracts; on paper, where a matrix is too much for it, only the largest. */
static okrug_status add_flows(okrug_application *p, const char *title, const char *source) {
    enum { ON_PAPER = 60 };
    static const okrug_application_field fields[] = {{"supplier", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"buyer", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"contracts", OKRUG_NUMBER, OKRUG_UNIT_NONE},
                                                     {"amount", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB}};
    okrug_table *table = NULL;
    flow *list = NULL;
    int64_t count = 0;
    double rest = 0.0;
    OKRUG_TRY(sort_flows(p, &list, &count));
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    int64_t told = p->whole || count < ON_PAPER ? count : ON_PAPER;
    for (int64_t f = 0; f < told; f++) {
        int from = (int)(list[f].cell / p->members);
        int to = (int)(list[f].cell % p->members);
        int64_t r = okrug_table_add_row(table, 0);
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_application_put(table, 0, r,
                                        okrug_report_format(p->m.report, "%d. %s", from + 1, p->member[from].name)));
        OKRUG_TRY(
            okrug_application_put(table, 1, r, okrug_report_format(p->m.report, "%d. %s", to + 1, p->member[to].name)));
        OKRUG_TRY(okrug_set_number(table, 2, r, (double)p->deals[list[f].cell]));
        OKRUG_TRY(okrug_application_put_number(table, 3, r, p->flow[list[f].cell] / 1e6));
    }
    for (int64_t f = told; f < count; f++) {
        rest += fmax(0.0, list[f].amount);
    }
    OKRUG_TRY(okrug_application_tell(p, table, title, source));
    if (told < count) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_NOTE,
                         okrug_making_text(&p->m, "pack.flows-rest", "count",
                                           okrug_report_format(p->m.report, "%lld", (long long)(count - told)),
                                           "amount", okrug_application_money(p, rest)));
    }
    return OKRUG_OK;
}

static okrug_status add_sums(okrug_application *p, const char *source) {
    static const okrug_application_field fields[] = {{"number", OKRUG_NUMBER, OKRUG_UNIT_NONE},
                                                     {"participant", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"contracts", OKRUG_NUMBER, OKRUG_UNIT_NONE},
                                                     {"sold_inside", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
                                                     {"bought_inside", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
                                                     {"sold_outside", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
                                                     {"bought_outside", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int i = 0; i < p->members; i++) {
        const okrug_application_member *member = &p->member[i];
        int64_t r = okrug_table_add_row(table, 0);
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        const double sums[] = {(double)member->contracts, member->sold_inside / 1e6, member->bought_inside / 1e6,
                               member->sold_outside / 1e6, member->bought_outside / 1e6};
        OKRUG_TRY(okrug_set_number(table, 0, r, i + 1));
        OKRUG_TRY(okrug_application_put(table, 1, r, member->name));
        for (int c = 0; c < 5; c++) {
            OKRUG_TRY(okrug_application_put_number(table, 2 + c, r, sums[c]));
        }
    }
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.sums", NULL, NULL, NULL, NULL), source);
}

static void say_count(okrug_application *p, const char *key, int64_t count) {
    if (count > 0) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, key, "count",
                              okrug_report_format(p->m.report, "%lld", (long long)count));
    }
}

static void say_what_counts(okrug_application *p) {
    if (p->first_contract != NULL) {
        okrug_report_add(p->m.report, OKRUG_BLOCK_TEXT,
                         okrug_making_text(&p->m, "pack.cooperation-dates", "first",
                                           okrug_application_date(p, p->first_contract), "last",
                                           okrug_application_date(p, p->last_contract)));
    }
    say_count(p, "pack.cooperation-undated", p->undated);
    say_count(p, "pack.cooperation-unknown", p->unknown);
    say_count(p, "pack.cooperation-investments", p->investments);
}

okrug_status okrug_application_cooperation(okrug_application *p) {
    const char *source = okrug_application_source(p, OKRUG_REGISTRY_CONTRACTS);
    int64_t deals = 0;
    okrug_application_say(p, OKRUG_BLOCK_HEADING, "pack.cooperation", NULL, NULL);
    if (p->r.id[OKRUG_REGISTRY_CONTRACTS] == NULL) {
        okrug_application_absent(p, OKRUG_BLOCK_TEXT, OKRUG_REGISTRY_CONTRACTS);
        return OKRUG_OK;
    }
    for (int i = 0; i < p->members; i++) {
        deals += p->member[i].contracts;
    }
    if (deals == 0) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.cooperation-none", NULL, NULL);
        say_what_counts(p);
        return add_sums(p, source);
    }
    say_what_counts(p);
    okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.cooperation-text", NULL, NULL);
    bool matrix = p->whole || p->members <= MOST_ON_PAPER;
    if (matrix) {
        OKRUG_TRY(okrug_application_matrix(p, source));
    } else {
        okrug_report_add(p->m.report, OKRUG_BLOCK_TEXT,
                         okrug_making_text(&p->m, "pack.matrix-workbook", "members",
                                           okrug_report_format(p->m.report, "%d", p->members), "most",
                                           okrug_report_format(p->m.report, "%d", MOST_ON_PAPER)));
    }
    if (p->whole || !matrix) {
        OKRUG_TRY(add_flows(p, okrug_making_text(&p->m, "pack.flows", NULL, NULL, NULL, NULL), source));
    }
    return add_sums(p, source);
}
