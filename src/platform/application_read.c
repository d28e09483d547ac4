/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an application tells beyond the card of its cluster: the latest accounts of the participants, what they buy and
 * sell outside the cluster, and results of analyses.
 */
#include <math.h>
#include <string.h>

#include "platform/application.h"
#include "platform/reports.h"

static const struct {
    const char *analysis;
    const char *table; /* that makes it what is sought */
} results[OKRUG_APPLICATION_RESULTS] = {[OKRUG_APPLICATION_STATUS] = {"status", "criteria"},
                                        [OKRUG_APPLICATION_BANDS] = {"regionalise", "bands"},
                                        [OKRUG_APPLICATION_MULTIPLIERS] = {"multipliers", "industries"}};

bool okrug_report_takes(const char *option) {
    bool known = strcmp(option, "concordance") == 0;
    for (int kind = 0; kind < OKRUG_REGISTRY_KIND_COUNT; kind++) {
        known = known || strcmp(okrug_registry_kind_ids[kind], option) == 0;
    }
    for (int i = 0; i < OKRUG_APPLICATION_RESULTS; i++) {
        known = known || strcmp(results[i].analysis, option) == 0;
    }
    return known;
}

/* ---- Results ----------------------------------------------------------------------------------------------------- */

static const char *chosen_of(const okrug_options *chosen, const char *name) {
    for (int i = 0; i < chosen->count; i++) {
        if (strcmp(chosen->option[i].name, name) == 0) {
            return chosen->option[i].value;
        }
    }
    return NULL;
}

/* Whether that row of the list is a result of the analysis. */
static bool is_result(okrug_application *p, const okrug_table *list, int64_t row, const char *analysis) {
    const char *kind = okrug_text_at(okrug_table_column(list, "kind"), row);
    const char *provenance = okrug_text_at(okrug_table_column(list, "provenance"), row);
    okrug_node *root = NULL;
    if (strcmp(kind, "result") != 0 || provenance == NULL || strstr(provenance, analysis) == NULL ||
        okrug_yaml_parse(p->m.ctx, "provenance", provenance, &root) != OKRUG_OK) {
        return false;
    }
    const char *own = okrug_node_text(root, "analysis");
    return own != NULL && strcmp(own, analysis) == 0;
}

/* The id of the result that is meant: the chosen one, the only one, or of several the one that has the analysis's name.
 * NULL: there is none. */
static okrug_status find(okrug_application *p, const okrug_table *list, const okrug_options *chosen,
                         const char *analysis, const char **id) {
    const char *known = "";
    int64_t count = 0;
    *id = chosen_of(chosen, analysis);
    if (*id != NULL) {
        return OKRUG_OK; /* where there is none of that name the store says so */
    }
    for (int64_t r = 0; r < list->rows; r++) {
        const char *name = okrug_text_at(okrug_table_column(list, "id"), r);
        /* A dataset has a row for each of its tables. */
        bool again = r > 0 && strcmp(okrug_text_at(okrug_table_column(list, "id"), r - 1), name) == 0;
        if (!again && is_result(p, list, r, analysis)) {
            bool named = strcmp(name, analysis) == 0;
            known = okrug_text_listed(p->m.ctx, known, name);
            *id = count == 0 || named ? name : *id;
            count = named ? INT64_MIN / 2 : count + 1;
        }
    }
    return count <= 1 ? OKRUG_OK
                      : okrug_fail(p->m.ctx, OKRUG_BAD_USAGE, "several-datasets", NULL, "kind", analysis, "known",
                                   known, (char *)NULL);
}

static okrug_status load(okrug_application *p, const char *id, const char *table, const okrug_dataset **result) {
    okrug_dataset *got = NULL;
    OKRUG_TRY(okrug_store_get(p->m.ctx, p->m.store, id, &got));
    okrug_report_own(p->m.report, got);
    *result = okrug_dataset_table(got, table) != NULL ? got : NULL;
    return okrug_report_status(p->m.report);
}

static okrug_status read_results(okrug_application *p, const okrug_options *chosen) {
    okrug_dataset *list = NULL;
    okrug_status status = okrug_store_list(p->m.ctx, p->m.store, &list);
    for (int i = 0; status == OKRUG_OK && i < OKRUG_APPLICATION_RESULTS; i++) {
        const char *id = NULL;
        if (i == OKRUG_APPLICATION_MULTIPLIERS && p->result[OKRUG_APPLICATION_BANDS] != NULL) {
            continue; /* with their band they are better */
        }
        status = find(p, list->table[0], chosen, results[i].analysis, &id);
        if (status == OKRUG_OK && id != NULL) {
            status = load(p, id, results[i].table, &p->result[i]);
        }
    }
    okrug_dataset_free(list);
    p->concordance = chosen_of(chosen, "concordance");
    return status;
}

/* ---- Participants ------------------------------------------------------------------------------------------------ */

static okrug_status read_members(okrug_application *p) {
    const okrug_registry *r = &p->r;
    p->members = okrug_words_count(p->card.members);
    p->member = okrug_report_take(p->m.report, (size_t)(p->members + 1) * sizeof *p->member);
    if (p->member == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_PARTICIPANTS); row++) {
        const char *code = okrug_registry_text(r, OKRUG_REGISTRY_PARTICIPANTS, "firm", row);
        int32_t i = okrug_registry_find(p->card.members, code);
        if (i >= 0 && okrug_registry_in_force(r, OKRUG_REGISTRY_PARTICIPANTS, row)) {
            int64_t firm = okrug_card_firm_row(&p->card, code);
            p->member[i] =
                (okrug_application_member){.code = code,
                                           .name = okrug_application_firm(p, code),
                                           .role = okrug_registry_text(r, OKRUG_REGISTRY_PARTICIPANTS, "role", row),
                                           .industry = okrug_registry_text(r, OKRUG_REGISTRY_FIRMS, "industry", firm),
                                           .row = row,
                                           .firm = firm,
                                           .accounts = -1,
                                           .revenue = NAN};
        }
    }
    return OKRUG_OK;
}

static okrug_status read_accounts(okrug_application *p) {
    const okrug_registry *r = &p->r;
    OKRUG_TRY(okrug_registry_read(&p->r, OKRUG_REGISTRY_ACCOUNTS, "firm", NULL, p->card.members));
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_ACCOUNTS); row++) {
        const char *firm = okrug_registry_text(r, OKRUG_REGISTRY_ACCOUNTS, "firm", row);
        okrug_application_member *member = &p->member[okrug_registry_find(p->card.members, firm)];
        double revenue = okrug_registry_number(r, OKRUG_REGISTRY_ACCOUNTS, "revenue", row);
        const char *period = okrug_registry_text(r, OKRUG_REGISTRY_ACCOUNTS, "period", row);
        const char *known = okrug_registry_text(r, OKRUG_REGISTRY_ACCOUNTS, "period", member->accounts);
        bool later = known == NULL || (period != NULL && strcmp(period, known) > 0);
        bool passed = period == NULL || strncmp(period, r->date, 4) < 0;
        if (!isnan(revenue) && later && passed) {
            member->accounts = row;
            member->revenue = revenue;
            member->period = period;
        }
    }
    for (int i = 0; i < p->members; i++) {
        double own = okrug_registry_number(r, OKRUG_REGISTRY_ACCOUNTS, "employees", p->member[i].accounts);
        p->member[i].employees =
            isnan(own) ? okrug_registry_number(r, OKRUG_REGISTRY_FIRMS, "employees", p->member[i].firm) : own;
    }
    return OKRUG_OK;
}

/* ---- Contracts --------------------------------------------------------------------------------------------------- */

static void note_date(okrug_application *p, const char *date) {
    if (date != NULL) {
        p->first_contract = p->first_contract == NULL || strcmp(date, p->first_contract) < 0 ? date : p->first_contract;
        p->last_contract = p->last_contract == NULL || strcmp(date, p->last_contract) > 0 ? date : p->last_contract;
    }
}

/* What contracts of one sort come to; of how many it is not known. */
typedef struct {
    double amount;
    int64_t count, unknown;
} trade;

enum { SOLD_INSIDE, BOUGHT_INSIDE, SOLD_OUTSIDE, BOUGHT_OUTSIDE, TRADES };

/* Of one participant. */
typedef struct {
    trade in[TRADES];
} trades;

static void add_trade(trade *to, double amount, int64_t count, int64_t unknown) {
    to->amount += isnan(amount) ? 0.0 : amount;
    to->count += count;
    to->unknown += unknown;
}

static double amount_of(const trade *all) {
    return all->unknown > 0 && all->unknown == all->count ? (double)NAN : all->amount;
}

static void take_flows(okrug_application *p, trades *of) {
    for (int32_t f = 0; f < p->card.flows; f++) {
        const okrug_card_pile *flow = &p->card.flow[f];
        int32_t from = okrug_registry_find(p->card.members, flow->first);
        int32_t to = okrug_registry_find(p->card.members, flow->second);
        double amount = okrug_card_pile_amount(flow);
        int64_t sales = flow->count - flow->promises;
        p->flow[from * p->members + to] = amount;
        p->deals[from * p->members + to] = flow->count;
        add_trade(&of[from].in[SOLD_INSIDE], amount, sales, flow->unknown);
        add_trade(&of[to].in[BOUGHT_INSIDE], amount, sales, flow->unknown);
        p->member[from].contracts += flow->count;
        p->member[to].contracts += flow->count;
    }
    note_date(p, p->card.first_contract);
    note_date(p, p->card.last_contract);
    p->undated = p->card.undated;
    p->unknown = p->card.unknown;
    p->investments = p->card.investments;
}

/* What participants sell to others (`own` is the supplier) or buy from them. */
static okrug_status read_outside(okrug_application *p, const char *own, const char *other, int sort, trades *of) {
    okrug_dataset *rows = NULL;
    OKRUG_TRY(okrug_registry_fetch(&p->r, OKRUG_REGISTRY_CONTRACTS, own, NULL, p->card.members, &rows));
    if (rows == NULL) {
        return OKRUG_OK;
    }
    okrug_report_own(p->m.report, rows);
    OKRUG_TRY(okrug_report_status(p->m.report));
    const okrug_table *table = rows->table[0];
    const okrug_column *amounts = okrug_table_column(table, "amount");
    const okrug_column *dates = okrug_table_column(table, "date");
    const okrug_column *kinds = okrug_table_column(table, "kind");
    const okrug_column *others = okrug_table_column(table, other);
    for (int64_t row = 0; row < table->rows && amounts != NULL; row++) {
        const char *firm = okrug_text_at(okrug_table_column(table, own), row);
        const char *date = dates != NULL ? okrug_text_at(dates, row) : NULL;
        const char *with = others != NULL ? okrug_text_at(others, row) : NULL;
        if (okrug_registry_find(p->card.members, with) >= 0 || !okrug_registry_by_then(&p->r, date)) {
            continue;
        }
        if (!okrug_card_is_sale(kinds != NULL ? okrug_text_at(kinds, row) : NULL)) {
            p->investments++;
            continue;
        }
        bool known = okrug_reason_at(amounts, row) == OKRUG_PRESENT;
        p->undated += date == NULL;
        p->unknown += !known;
        add_trade(&of[okrug_registry_find(p->card.members, firm)].in[sort], known ? amounts->number[row] : (double)NAN,
                  1, !known);
        note_date(p, date);
    }
    return OKRUG_OK;
}

static okrug_status read_contracts(okrug_application *p) {
    size_t cells = (size_t)p->members * (size_t)p->members;
    p->flow = okrug_report_take(p->m.report, cells * sizeof *p->flow);
    p->deals = okrug_report_take(p->m.report, cells * sizeof *p->deals);
    trades *of = OKRUG_SCRATCH_ZERO(p->m.ctx, p->members + 1, trades);
    OKRUG_TRY(of == NULL ? OKRUG_NO_MEMORY : okrug_report_status(p->m.report));
    take_flows(p, of);
    OKRUG_TRY(read_outside(p, "supplier", "buyer", SOLD_OUTSIDE, of));
    OKRUG_TRY(read_outside(p, "buyer", "supplier", BOUGHT_OUTSIDE, of));
    for (int i = 0; i < p->members; i++) {
        okrug_application_member *member = &p->member[i];
        member->sold_inside = amount_of(&of[i].in[SOLD_INSIDE]);
        member->bought_inside = amount_of(&of[i].in[BOUGHT_INSIDE]);
        member->sold_outside = amount_of(&of[i].in[SOLD_OUTSIDE]);
        member->bought_outside = amount_of(&of[i].in[BOUGHT_OUTSIDE]);
    }
    return OKRUG_OK;
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

okrug_status okrug_application_read(okrug_application *p, const okrug_report_request *request) {
    if (p->r.id[OKRUG_REGISTRY_PARTICIPANTS] == NULL) {
        return okrug_fail(p->m.ctx, OKRUG_NOT_FOUND, "no-data-of-kind", NULL, "kind", "participants", (char *)NULL);
    }
    OKRUG_TRY(okrug_card_open(&p->card, &p->r, request->cluster));
    OKRUG_TRY(read_results(p, &request->chosen));
    OKRUG_TRY(read_members(p));
    OKRUG_TRY(read_accounts(p));
    OKRUG_TRY(okrug_registry_read(&p->r, OKRUG_REGISTRY_STAFF, "firm", NULL, p->card.members));
    OKRUG_TRY(read_contracts(p));
    p->name = okrug_registry_text(&p->r, OKRUG_REGISTRY_CLUSTERS, "name", 0);
    p->name = p->name != NULL ? p->name : request->cluster;
    p->synthetic = okrug_card_synthetic(&p->card);
    return OKRUG_OK;
}
