/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the registry says of one cluster on its day: who takes part, what is theirs, which contracts count. The card and
 * the application of a cluster are both told from this.
 */
#include "platform/card.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Rows ---------------------------------------------------------------------------------------------------------
 */

/* Names some of those that there are. */
static okrug_status no_cluster(okrug_registry *r, const char *cluster) {
    enum { SHOWN = 10 };
    const char *known = "";
    OKRUG_TRY(okrug_registry_read(r, OKRUG_REGISTRY_CLUSTERS, NULL, NULL, NULL));
    int64_t rows = okrug_registry_rows(r, OKRUG_REGISTRY_CLUSTERS);
    for (int64_t row = 0; row < rows && row < SHOWN; row++) {
        const char *code = okrug_registry_text(r, OKRUG_REGISTRY_CLUSTERS, "cluster", row);
        known = code != NULL ? okrug_text_listed(r->ctx, known, code) : known;
    }
    known = okrug_text_curtailed(r->ctx, known, SHOWN, rows);
    return okrug_fail(r->ctx, OKRUG_NOT_FOUND, "no-cluster", NULL, "cluster", cluster, "known", known, (char *)NULL);
}

static okrug_status read_cluster(okrug_card *c, const char *cluster) {
    okrug_words *one = okrug_words_new();
    if (one == NULL || okrug_registry_note(one, cluster) != OKRUG_OK) {
        okrug_words_free(one);
        return OKRUG_NO_MEMORY;
    }
    static const okrug_registry_kind kinds[] = {OKRUG_REGISTRY_CLUSTERS, OKRUG_REGISTRY_PARTICIPANTS,
                                                OKRUG_REGISTRY_FACILITIES, OKRUG_REGISTRY_PROJECTS};
    okrug_status status = OKRUG_OK;
    for (size_t i = 0; status == OKRUG_OK && i < sizeof kinds / sizeof *kinds; i++) {
        status = okrug_registry_read(c->r, kinds[i], "cluster", NULL, one);
    }
    okrug_words_free(one);
    OKRUG_TRY(status);
    return okrug_registry_rows(c->r, OKRUG_REGISTRY_CLUSTERS) > 0 ? OKRUG_OK : no_cluster(c->r, cluster);
}

static okrug_status note_all(okrug_card *c, okrug_registry_kind kind, const char *column, okrug_words *words) {
    for (int64_t row = 0; row < okrug_registry_rows(c->r, kind); row++) {
        OKRUG_TRY(okrug_registry_note(words, okrug_registry_text(c->r, kind, column, row)));
    }
    return OKRUG_OK;
}

/* Those of the cluster are its own, those of its projects too: obligations and needs are few, and all are read. */
static okrug_status read_rest(okrug_card *c) {
    okrug_registry *r = c->r;
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_PARTICIPANTS); row++) {
        if (okrug_registry_in_force(r, OKRUG_REGISTRY_PARTICIPANTS, row)) {
            const char *firm = okrug_registry_text(r, OKRUG_REGISTRY_PARTICIPANTS, "firm", row);
            OKRUG_TRY(okrug_registry_note(c->members, firm));
            OKRUG_TRY(okrug_registry_note(c->firms, firm));
        }
    }
    OKRUG_TRY(note_all(c, OKRUG_REGISTRY_PROJECTS, "project", c->projects));
    OKRUG_TRY(note_all(c, OKRUG_REGISTRY_PROJECTS, "firm", c->firms));
    OKRUG_TRY(note_all(c, OKRUG_REGISTRY_CLUSTERS, "organisation", c->firms));
    OKRUG_TRY(okrug_registry_read(r, OKRUG_REGISTRY_MILESTONES, "project", NULL, c->projects));
    OKRUG_TRY(okrug_registry_read(r, OKRUG_REGISTRY_SPENDING, "project", NULL, c->projects));
    OKRUG_TRY(okrug_registry_read(r, OKRUG_REGISTRY_OBLIGATIONS, NULL, NULL, NULL));
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_OBLIGATIONS); row++) {
        if (okrug_card_owes(c, row)) {
            OKRUG_TRY(okrug_registry_note(c->firms, okrug_registry_text(r, OKRUG_REGISTRY_OBLIGATIONS, "party", row)));
        }
    }
    OKRUG_TRY(okrug_registry_read(r, OKRUG_REGISTRY_NEEDS, NULL, NULL, NULL));
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_NEEDS); row++) {
        if (okrug_card_needs(c, row)) {
            OKRUG_TRY(okrug_registry_note(c->firms, okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "firm", row)));
        }
    }
    if (okrug_registry_rows(r, OKRUG_REGISTRY_NEEDS) > 0) {
        OKRUG_TRY(okrug_registry_read(r, OKRUG_REGISTRY_EQUIPMENT, "firm", NULL, c->members));
    }
    OKRUG_TRY(okrug_registry_read(r, OKRUG_REGISTRY_FIRMS, "firm", NULL, c->firms));
    return note_all(c, OKRUG_REGISTRY_FIRMS, "firm", c->known);
}

/* Of a kind of which all rows are read: the cluster's, or one of its projects'. */
static bool is_own(const okrug_card *c, okrug_registry_kind kind, int64_t row) {
    const char *cluster = okrug_registry_text(c->r, kind, "cluster", row);
    const char *project = okrug_registry_text(c->r, kind, "project", row);
    return (cluster != NULL && strcmp(cluster, c->cluster) == 0) ||
           (cluster == NULL && okrug_registry_find(c->projects, project) >= 0);
}

bool okrug_card_owes(const okrug_card *c, int64_t row) {
    return is_own(c, OKRUG_REGISTRY_OBLIGATIONS, row);
}

bool okrug_card_needs(const okrug_card *c, int64_t row) {
    return is_own(c, OKRUG_REGISTRY_NEEDS, row);
}

/* Each firm has one row. */
int64_t okrug_card_firm_row(const okrug_card *c, const char *firm) {
    return okrug_registry_find(c->known, firm);
}

const char *okrug_card_firm_name(const okrug_card *c, const char *firm) {
    int64_t row = okrug_card_firm_row(c, firm);
    return row >= 0 ? okrug_registry_text(c->r, OKRUG_REGISTRY_FIRMS, "name", row) : NULL;
}

bool okrug_card_synthetic(const okrug_card *c) {
    for (int kind = 0; kind < OKRUG_REGISTRY_KIND_COUNT; kind++) {
        for (int64_t row = 0; row < okrug_registry_rows(c->r, (okrug_registry_kind)kind); row++) {
            bool all = kind != OKRUG_REGISTRY_OBLIGATIONS && kind != OKRUG_REGISTRY_NEEDS;
            bool mine = all || is_own(c, (okrug_registry_kind)kind, row);
            if (mine && okrug_registry_synthetic(c->r, (okrug_registry_kind)kind, row)) {
                return true;
            }
        }
    }
    return false;
}

/* ---- Projects ---------------------------------------------------------------------------------------------------- */

bool okrug_card_was_spent(const okrug_card *c, int64_t row) {
    return okrug_registry_by_then(c->r, okrug_registry_text(c->r, OKRUG_REGISTRY_SPENDING, "date", row));
}

const char *okrug_card_done(const okrug_card *c, okrug_registry_kind kind, int64_t row) {
    const char *done = okrug_registry_text(c->r, kind, "done", row);
    return done != NULL && okrug_registry_by_then(c->r, done) ? done : NULL;
}

static okrug_card_project *project_at(okrug_card *c, okrug_registry_kind kind, int64_t row) {
    return &c->project[okrug_registry_find(c->projects, okrug_registry_text(c->r, kind, "project", row))];
}

static void count_milestones(okrug_card *c) {
    for (int64_t row = 0; row < okrug_registry_rows(c->r, OKRUG_REGISTRY_MILESTONES); row++) {
        const char *due = okrug_registry_text(c->r, OKRUG_REGISTRY_MILESTONES, "due", row);
        const char *done = okrug_card_done(c, OKRUG_REGISTRY_MILESTONES, row);
        okrug_card_project *project = project_at(c, OKRUG_REGISTRY_MILESTONES, row);
        project->milestones++;
        project->done += done != NULL;
        project->late += okrug_registry_late(c->r, due, done);
    }
}

static void count_spending(okrug_card *c) {
    for (int64_t row = 0; row < okrug_registry_rows(c->r, OKRUG_REGISTRY_SPENDING); row++) {
        double amount = okrug_registry_number(c->r, OKRUG_REGISTRY_SPENDING, "amount", row);
        okrug_card_project *project = project_at(c, OKRUG_REGISTRY_SPENDING, row);
        if (okrug_card_was_spent(c, row)) {
            project->entries++;
            project->undated += okrug_registry_text(c->r, OKRUG_REGISTRY_SPENDING, "date", row) == NULL;
            project->unknown += !isfinite(amount);
            if (isfinite(amount)) {
                okrug_sum_add(&project->spent, amount);
            }
        }
    }
}

/* ---- Contracts --------------------------------------------------------------------------------------------------- */

/* A contract is with another: what a firm sells to itself is none between participants. */
bool okrug_card_has_contract(const okrug_card *c, int64_t row) {
    const char *supplier = okrug_registry_text(c->r, OKRUG_REGISTRY_CONTRACTS, "supplier", row);
    const char *buyer = okrug_registry_text(c->r, OKRUG_REGISTRY_CONTRACTS, "buyer", row);
    return strcmp(supplier, buyer) != 0 &&
           okrug_registry_by_then(c->r, okrug_registry_text(c->r, OKRUG_REGISTRY_CONTRACTS, "date", row));
}

bool okrug_card_is_sale(const char *kind) {
    return kind == NULL || strcmp(kind, "special-investment") != 0;
}

double okrug_card_sale(const okrug_card *c, int64_t row) {
    return okrug_card_is_sale(okrug_registry_text(c->r, OKRUG_REGISTRY_CONTRACTS, "kind", row))
               ? okrug_registry_number(c->r, OKRUG_REGISTRY_CONTRACTS, "amount", row)
               : 0.0;
}

/* The largest first. */
static int by_amount(const void *a, const void *b) {
    const okrug_card_pile *x = a, *y = b;
    double left = okrug_sum_value(&x->amount), right = okrug_sum_value(&y->amount);
    if (left != right) {
        return left > right ? -1 : 1;
    }
    int order = strcmp(x->first, y->first);
    return order != 0 ? order : strcmp(x->second, y->second);
}

static void count_contract(okrug_card *c, int64_t row, double amount) {
    const char *date = okrug_registry_text(c->r, OKRUG_REGISTRY_CONTRACTS, "date", row);
    const char *vat = okrug_registry_text(c->r, OKRUG_REGISTRY_CONTRACTS, "vat", row);
    bool sale = okrug_card_is_sale(okrug_registry_text(c->r, OKRUG_REGISTRY_CONTRACTS, "kind", row));
    c->contracts++;
    c->investments += !sale;
    c->with_vat += sale && vat != NULL && strcmp(vat, "included") == 0;
    c->without += sale && vat != NULL && strcmp(vat, "excluded") == 0;
    c->undated += date == NULL;
    c->unknown += !isfinite(amount);
    if (isfinite(amount)) {
        okrug_sum_add(&c->amount, amount);
    }
    if (date != NULL) {
        c->first_contract = c->first_contract == NULL || strcmp(date, c->first_contract) < 0 ? date : c->first_contract;
        c->last_contract = c->last_contract == NULL || strcmp(date, c->last_contract) > 0 ? date : c->last_contract;
    }
}

static okrug_status pile_contracts(okrug_card *c, okrug_card_piles *p) {
    okrug_registry *r = c->r;
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_CONTRACTS); row++) {
        if (okrug_card_has_contract(c, row)) {
            double amount = okrug_card_sale(c, row);
            count_contract(c, row, amount);
            bool sale = okrug_card_is_sale(okrug_registry_text(r, OKRUG_REGISTRY_CONTRACTS, "kind", row));
            OKRUG_TRY(okrug_card_piles_add(r->ctx, p, okrug_registry_text(r, OKRUG_REGISTRY_CONTRACTS, "supplier", row),
                                           okrug_registry_text(r, OKRUG_REGISTRY_CONTRACTS, "buyer", row), !sale,
                                           amount));
        }
    }
    c->flows = okrug_words_count(p->keys);
    c->flow = p->list;
    qsort(c->flow, (size_t)c->flows, sizeof *c->flow, by_amount);
    return OKRUG_OK;
}

static okrug_status read_contracts(okrug_card *c) {
    okrug_card_piles p;
    OKRUG_TRY(okrug_registry_read(c->r, OKRUG_REGISTRY_CONTRACTS, "supplier", "buyer", c->members));
    okrug_status status = okrug_card_piles_open(c->r->ctx, okrug_registry_rows(c->r, OKRUG_REGISTRY_CONTRACTS), &p);
    if (status == OKRUG_OK) {
        status = pile_contracts(c, &p);
    }
    okrug_card_piles_close(&p);
    return status;
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

okrug_status okrug_card_open(okrug_card *c, okrug_registry *r, const char *cluster) {
    *c = (okrug_card){.r = r, .cluster = cluster};
    okrug_words **words[] = {&c->members, &c->firms, &c->known, &c->projects};
    okrug_status status = OKRUG_OK;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *words[i] = okrug_words_new();
        status = *words[i] != NULL ? status : OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(status);
    OKRUG_TRY(read_cluster(c, cluster));
    OKRUG_TRY(read_rest(c));
    c->project = OKRUG_SCRATCH_ZERO(r->ctx, okrug_words_count(c->projects) + 1, okrug_card_project);
    if (c->project == NULL) {
        return OKRUG_NO_MEMORY;
    }
    count_milestones(c);
    count_spending(c);
    return read_contracts(c);
}

void okrug_card_close(okrug_card *c) {
    okrug_words_free(c->members);
    okrug_words_free(c->firms);
    okrug_words_free(c->known);
    okrug_words_free(c->projects);
}
