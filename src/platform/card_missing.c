/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card of a cluster: what whoever asks about it would want to know and the workspace does not say.
 */
#include <math.h>

#include "platform/card.h"

/* `of`: the first of them. */
static okrug_status tell(okrug_table *table, const char *what, const char *of, int64_t count) {
    if (count == 0) {
        return OKRUG_OK;
    }
    okrug_told_row told = okrug_told_begin(table);
    okrug_told_text(&told, what);
    okrug_told_text(&told, of);
    okrug_told_number(&told, (double)count);
    return told.status;
}

/* Rows that lack the cell; `named` is the column that tells which. */
static okrug_status tell_lacking(okrug_card *c, okrug_table *table, const char *what, okrug_registry_kind kind,
                                 const char *column, const char *named) {
    const char *of = NULL;
    int64_t count = 0;
    for (int64_t row = 0; row < okrug_registry_rows(c->r, kind); row++) {
        bool there = okrug_registry_text(c->r, kind, column, row) != NULL ||
                     isfinite(okrug_registry_number(c->r, kind, column, row));
        of = there || of != NULL ? of : okrug_registry_text(c->r, kind, named, row);
        count += !there;
    }
    return tell(table, what, of, count);
}

static okrug_status tell_kinds(okrug_card *c, okrug_table *table) {
    for (int kind = 0; kind < OKRUG_REGISTRY_KIND_COUNT; kind++) {
        if (okrug_registry_is_asked((okrug_registry_kind)kind) && c->r->id[kind] == NULL) {
            OKRUG_TRY(tell(table, "dataset", okrug_registry_kind_ids[kind], 1));
        }
    }
    return OKRUG_OK;
}

/* Firms that are named and that no row tells of. */
static okrug_status tell_unknown(okrug_card *c, okrug_table *table) {
    const char *of = NULL;
    int64_t count = 0;
    for (int32_t w = 0; w < okrug_words_count(c->firms); w++) {
        const char *firm = okrug_words_text(c->firms, w);
        bool known = okrug_card_firm_row(c, firm) >= 0;
        of = known || of != NULL ? of : firm;
        count += !known;
    }
    return tell(table, "firm", of, c->r->id[OKRUG_REGISTRY_FIRMS] != NULL ? count : 0);
}

okrug_status okrug_card_tell_missing(okrug_card *c) {
    okrug_registry *r = c->r;
    okrug_table *table = okrug_registry_tell(r, "missing", "t:what t:of c:count");
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(tell_kinds(c, table));
    OKRUG_TRY(
        tell(table, "organisation", NULL, okrug_registry_text(r, OKRUG_REGISTRY_CLUSTERS, "organisation", 0) == NULL));
    OKRUG_TRY(tell(table, "participants", NULL, okrug_words_count(c->members) == 0));
    OKRUG_TRY(tell(table, "projects", NULL, okrug_registry_rows(r, OKRUG_REGISTRY_PROJECTS) == 0));
    OKRUG_TRY(tell(table, "facilities", NULL, okrug_registry_rows(r, OKRUG_REGISTRY_FACILITIES) == 0));
    OKRUG_TRY(tell_unknown(c, table));
    OKRUG_TRY(tell_lacking(c, table, "project-budget", OKRUG_REGISTRY_PROJECTS, "budget", "project"));
    OKRUG_TRY(tell_lacking(c, table, "project-finish", OKRUG_REGISTRY_PROJECTS, "finish", "project"));
    OKRUG_TRY(tell_lacking(c, table, "milestone-due", OKRUG_REGISTRY_MILESTONES, "due", "milestone"));
    OKRUG_TRY(tell_lacking(c, table, "spending-date", OKRUG_REGISTRY_SPENDING, "date", "entry"));
    OKRUG_TRY(tell_lacking(c, table, "spending-amount", OKRUG_REGISTRY_SPENDING, "amount", "entry"));
    OKRUG_TRY(tell(table, "contract-date", NULL, c->undated));
    OKRUG_TRY(tell(table, "contract-amount", NULL, c->unknown));
    OKRUG_TRY(tell(table, "contract-investment", NULL, c->investments));
    return tell(table, "contract-vat", NULL, c->without > 0 ? c->with_vat : 0); /* their sum is of two kinds */
}
