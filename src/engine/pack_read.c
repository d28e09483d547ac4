/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the workspace knows of one cluster: the datasets of each kind, its participants with their firms and accounts,
 * and what flows between them.
 */
#include <math.h>
#include <string.h>

#include "engine/pack.h"

static const struct {
    const char *kind;
    bool needed;
} tables[] = {
#define OKRUG_X(name, kind, needed) {kind, needed},
    OKRUG_PACK_TABLES(OKRUG_X)
#undef OKRUG_X
};
static const struct {
    const char *analysis;
    const char *table; /* that makes it what is sought */
} results[OKRUG_PACK_RESULTS] = {[OKRUG_PACK_STATUS] = {"status", "criteria"},
                                 [OKRUG_PACK_BANDS] = {"regionalise", "bands"},
                                 [OKRUG_PACK_MULTIPLIERS] = {"multipliers", "industries"}};

/* ---- Which dataset ----------------------------------------------------------------------------------------------- */

static const char *chosen_of(const okrug_options *chosen, const char *kind) {
    for (int i = 0; i < chosen->count; i++) {
        if (strcmp(chosen->option[i].name, kind) == 0) {
            return chosen->option[i].value;
        }
    }
    return NULL;
}

bool okrug_report_takes(const char *option) {
    bool known = strcmp(option, "concordance") == 0;
    for (int t = 0; t < OKRUG_PACK_TABLES_COUNT; t++) {
        known = known || strcmp(tables[t].kind, option) == 0;
    }
    for (int i = 0; i < OKRUG_PACK_RESULTS; i++) {
        known = known || strcmp(results[i].analysis, option) == 0;
    }
    return known;
}

/* Whether that row of the list is what is sought: of a kind, or a result of an analysis. */
static bool is_sought(okrug_pack *p, const okrug_table *list, int64_t row, const char *kind, const char *analysis) {
    const char *of = okrug_text_at(okrug_table_column(list, "kind"), row);
    if (analysis == NULL) {
        return strcmp(of, kind) == 0;
    }
    const char *provenance = okrug_text_at(okrug_table_column(list, "provenance"), row);
    okrug_node *root = NULL;
    if (strcmp(of, "result") != 0 || provenance == NULL || strstr(provenance, analysis) == NULL ||
        okrug_yaml_parse(p->m.ctx, "provenance", provenance, &root) != OKRUG_OK) {
        return false;
    }
    const char *own = okrug_node_text(root, "analysis");
    return own != NULL && strcmp(own, analysis) == 0;
}

/* The id of the dataset that is meant: the chosen one, the only one, or of several the one that has the kind's name.
 * NULL: there is none. */
static okrug_status find(okrug_pack *p, const okrug_table *list, const okrug_options *chosen, const char *kind,
                         const char *analysis, const char **id) {
    const char *known = "";
    const char *own = chosen_of(chosen, kind);
    int64_t count = 0;
    *id = own;
    if (own != NULL) {
        return OKRUG_OK; /* where there is none of that name the store says so */
    }
    for (int64_t r = 0; r < list->rows; r++) {
        const char *name = okrug_text_at(okrug_table_column(list, "id"), r);
        /* A dataset has a row for each of its tables. */
        bool again = r > 0 && strcmp(okrug_text_at(okrug_table_column(list, "id"), r - 1), name) == 0;
        if (!again && is_sought(p, list, r, kind, analysis)) {
            bool named = strcmp(name, kind) == 0;
            known = okrug_text_listed(p->m.ctx, known, name);
            *id = count == 0 || named ? name : *id;
            count = named ? INT64_MIN / 2 : count + 1;
        }
    }
    return count <= 1 ? OKRUG_OK
                      : okrug_fail(p->m.ctx, OKRUG_BAD_USAGE, "several-datasets", NULL, "kind", kind, "known", known,
                                   (char *)NULL);
}

static okrug_status load(okrug_pack *p, const char *id, const okrug_dataset **dataset) {
    okrug_dataset *got = NULL;
    OKRUG_TRY(okrug_store_get(p->m.ctx, p->m.store, id, &got));
    okrug_report_own(p->m.report, got);
    *dataset = got;
    return okrug_report_status(p->m.report);
}

static okrug_status load_all(okrug_pack *p, const okrug_table *list, const okrug_options *chosen) {
    for (int t = 0; t < OKRUG_PACK_TABLES_COUNT; t++) {
        const char *id = NULL;
        const okrug_dataset *dataset = NULL;
        OKRUG_TRY(find(p, list, chosen, tables[t].kind, NULL, &id));
        if (id == NULL && tables[t].needed) {
            return okrug_fail(p->m.ctx, OKRUG_NOT_FOUND, "no-data-of-kind", NULL, "kind", tables[t].kind, (char *)NULL);
        }
        if (id != NULL) {
            OKRUG_TRY(load(p, id, &dataset));
            p->table[t] = dataset->table[0];
        }
    }
    for (int i = 0; i < OKRUG_PACK_RESULTS; i++) {
        const char *id = NULL;
        if (i == OKRUG_PACK_MULTIPLIERS && p->result[OKRUG_PACK_BANDS] != NULL) {
            continue; /* with their band they are better */
        }
        OKRUG_TRY(find(p, list, chosen, results[i].analysis, results[i].analysis, &id));
        if (id != NULL) {
            OKRUG_TRY(load(p, id, &p->result[i]));
            if (okrug_dataset_table(p->result[i], results[i].table) == NULL) {
                p->result[i] = NULL;
            }
        }
    }
    p->concordance = chosen_of(chosen, "concordance");
    return OKRUG_OK;
}

/* ---- Participants ------------------------------------------------------------------------------------------------ */

static bool is_synthetic(const okrug_pack *p, okrug_pack_table table, int64_t row) {
    const char *synthetic = okrug_pack_cell(p, table, "synthetic", row);
    return synthetic != NULL && strcmp(synthetic, "yes") == 0;
}

static bool is_of(const okrug_pack *p, okrug_pack_table table, int64_t row) {
    const char *cluster = okrug_pack_cell(p, table, "cluster", row);
    return cluster != NULL && strcmp(cluster, p->cluster) == 0;
}

static okrug_status read_members(okrug_pack *p) {
    const okrug_table *table = p->table[OKRUG_PACK_PARTICIPANTS];
    for (int64_t r = 0; r < table->rows; r++) {
        p->members += is_of(p, OKRUG_PACK_PARTICIPANTS, r) && okrug_pack_in_force(p, OKRUG_PACK_PARTICIPANTS, r);
    }
    p->member = okrug_report_take(p->m.report, (size_t)(p->members + 1) * sizeof *p->member);
    if (p->member == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int n = 0;
    for (int64_t r = 0; r < table->rows; r++) {
        if (is_of(p, OKRUG_PACK_PARTICIPANTS, r) && okrug_pack_in_force(p, OKRUG_PACK_PARTICIPANTS, r)) {
            const char *code = okrug_pack_cell(p, OKRUG_PACK_PARTICIPANTS, "firm", r);
            p->member[n++] = (okrug_pack_member){.code = code,
                                                 .name = code,
                                                 .role = okrug_pack_cell(p, OKRUG_PACK_PARTICIPANTS, "role", r),
                                                 .row = r,
                                                 .firm = -1,
                                                 .accounts = -1,
                                                 .revenue = NAN};
            p->synthetic = p->synthetic || is_synthetic(p, OKRUG_PACK_PARTICIPANTS, r);
        }
    }
    return OKRUG_OK;
}

/* For each word of a column the participant that has it as its code, or -1. Scratch memory. */
static okrug_status members_by_word(okrug_pack *p, const okrug_column *column, int32_t **by) {
    int32_t words = okrug_words_count(column->words);
    *by = OKRUG_SCRATCH(p->m.ctx, words + 1, int32_t);
    if (*by == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(*by, -1, (size_t)(words + 1) * sizeof **by);
    for (int i = 0; i < p->members; i++) {
        int32_t word = okrug_words_find(column->words, p->member[i].code, strlen(p->member[i].code));
        if (word >= 0) {
            (*by)[word] = i;
        }
    }
    return OKRUG_OK;
}

static int32_t member_at(const okrug_column *column, const int32_t *by, int64_t row) {
    return okrug_reason_at(column, row) == OKRUG_PRESENT ? by[column->word[row]] : -1;
}

static okrug_status read_firms(okrug_pack *p) {
    const okrug_column *firm = okrug_pack_column(p, OKRUG_PACK_FIRMS, "firm");
    int32_t *by = NULL;
    if (firm == NULL) {
        return OKRUG_OK;
    }
    OKRUG_TRY(members_by_word(p, firm, &by));
    for (int64_t r = 0; r < p->table[OKRUG_PACK_FIRMS]->rows; r++) {
        int32_t i = member_at(firm, by, r);
        if (i >= 0) {
            const char *name = okrug_pack_cell(p, OKRUG_PACK_FIRMS, "name", r);
            p->member[i].firm = r;
            p->member[i].name = name != NULL ? name : p->member[i].code;
            p->member[i].industry = okrug_pack_cell(p, OKRUG_PACK_FIRMS, "industry", r);
            p->synthetic = p->synthetic || is_synthetic(p, OKRUG_PACK_FIRMS, r);
        }
    }
    return OKRUG_OK;
}

static okrug_status read_accounts(okrug_pack *p) {
    const okrug_column *firm = okrug_pack_column(p, OKRUG_PACK_ACCOUNTS, "firm");
    int32_t *by = NULL;
    if (firm == NULL) {
        return OKRUG_OK;
    }
    OKRUG_TRY(members_by_word(p, firm, &by));
    for (int64_t r = 0; r < p->table[OKRUG_PACK_ACCOUNTS]->rows; r++) {
        int32_t i = member_at(firm, by, r);
        double revenue = okrug_pack_number(p, OKRUG_PACK_ACCOUNTS, "revenue", r);
        if (i < 0 || isnan(revenue)) {
            continue;
        }
        const char *period = okrug_pack_cell(p, OKRUG_PACK_ACCOUNTS, "period", r);
        const char *known = okrug_pack_cell(p, OKRUG_PACK_ACCOUNTS, "period", p->member[i].accounts);
        bool later = known == NULL || (period != NULL && strcmp(period, known) > 0);
        bool passed = p->day == NULL || period == NULL || strncmp(period, p->day, 4) < 0;
        if (later && passed) {
            p->member[i].accounts = r;
            p->member[i].revenue = revenue;
        }
    }
    return OKRUG_OK;
}

/* ---- Contracts --------------------------------------------------------------------------------------------------- */

static void count_contract(okrug_pack *p, int32_t from, int32_t to, int64_t row) {
    double amount = okrug_pack_number(p, OKRUG_PACK_CONTRACTS, "amount", row);
    const char *date = okrug_pack_cell(p, OKRUG_PACK_CONTRACTS, "date", row);
    if ((from < 0 && to < 0) || from == to || isnan(amount) ||
        (p->day != NULL && date != NULL && strcmp(date, p->day) > 0)) {
        return;
    }
    p->synthetic = p->synthetic || is_synthetic(p, OKRUG_PACK_CONTRACTS, row);
    if (from >= 0 && to >= 0) {
        p->flow[from * p->members + to] += amount;
        p->deals[from * p->members + to]++;
        p->member[from].sold_inside += amount;
        p->member[to].bought_inside += amount;
        p->member[from].contracts++;
        p->member[to].contracts++;
    } else if (from >= 0) {
        p->member[from].sold_outside += amount;
    } else {
        p->member[to].bought_outside += amount;
    }
    if (date != NULL) {
        p->first_contract = p->first_contract == NULL || strcmp(date, p->first_contract) < 0 ? date : p->first_contract;
        p->last_contract = p->last_contract == NULL || strcmp(date, p->last_contract) > 0 ? date : p->last_contract;
    }
}

static okrug_status read_contracts(okrug_pack *p) {
    const okrug_column *supplier = okrug_pack_column(p, OKRUG_PACK_CONTRACTS, "supplier");
    const okrug_column *buyer = okrug_pack_column(p, OKRUG_PACK_CONTRACTS, "buyer");
    size_t cells = (size_t)p->members * (size_t)p->members;
    int32_t *sells = NULL;
    int32_t *buys = NULL;
    p->flow = okrug_report_take(p->m.report, cells * sizeof *p->flow);
    p->deals = okrug_report_take(p->m.report, cells * sizeof *p->deals);
    OKRUG_TRY(okrug_report_status(p->m.report));
    if (supplier == NULL || buyer == NULL) {
        return OKRUG_OK;
    }
    OKRUG_TRY(members_by_word(p, supplier, &sells));
    OKRUG_TRY(members_by_word(p, buyer, &buys));
    for (int64_t r = 0; r < p->table[OKRUG_PACK_CONTRACTS]->rows; r++) {
        count_contract(p, member_at(supplier, sells, r), member_at(buyer, buys, r), r);
    }
    return OKRUG_OK;
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

static okrug_status find_cluster(okrug_pack *p) {
    const okrug_table *table = p->table[OKRUG_PACK_CLUSTERS];
    const char *known = "";
    p->row = -1;
    for (int64_t r = 0; r < table->rows; r++) {
        p->row = is_of(p, OKRUG_PACK_CLUSTERS, r) ? r : p->row;
        const char *code = okrug_pack_cell(p, OKRUG_PACK_CLUSTERS, "cluster", r);
        enum { SHOWN = 10 };
        known = r < SHOWN && code != NULL ? okrug_text_listed(p->m.ctx, known, code) : known;
        known = r + 1 == table->rows ? okrug_text_curtailed(p->m.ctx, known, SHOWN, table->rows) : known;
    }
    if (p->row < 0) {
        return okrug_fail(p->m.ctx, OKRUG_NOT_FOUND, "no-such-cluster", NULL, "cluster", p->cluster, "known", known,
                          (char *)NULL);
    }
    p->name = okrug_pack_cell(p, OKRUG_PACK_CLUSTERS, "name", p->row);
    p->name = p->name != NULL ? p->name : p->cluster;
    p->synthetic = p->synthetic || is_synthetic(p, OKRUG_PACK_CLUSTERS, p->row);
    return OKRUG_OK;
}

okrug_status okrug_pack_read(okrug_pack *p, const okrug_options *chosen) {
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_list(p->m.ctx, p->m.store, &list));
    okrug_status status = load_all(p, list->table[0], chosen);
    okrug_dataset_free(list);
    OKRUG_TRY(status);
    OKRUG_TRY(find_cluster(p));
    OKRUG_TRY(read_members(p));
    OKRUG_TRY(read_firms(p));
    OKRUG_TRY(read_accounts(p));
    return read_contracts(p);
}
