/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card of a cluster: what its projects spent by source, and what its participants buy from each other.
 */
#include "platform/card.h"

/* ---- Spending ---------------------------------------------------------------------------------------------------- */

static okrug_status pile_spending(okrug_card *c, okrug_card_piles *p) {
    okrug_registry *r = c->r;
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_SPENDING); row++) {
        const char *of = okrug_registry_text(r, OKRUG_REGISTRY_SPENDING, "project", row);
        double amount = okrug_registry_number(r, OKRUG_REGISTRY_SPENDING, "amount", row);
        if (okrug_card_was_spent(c, row)) {
            OKRUG_TRY(okrug_card_piles_add(
                r->ctx, p, of, okrug_registry_text(r, OKRUG_REGISTRY_SPENDING, "source", row), false, amount));
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_card_tell_spending(okrug_card *c) {
    okrug_card_piles p = {0};
    okrug_table *table = okrug_registry_tell(c->r, "spending", "t:project t:source c:entries r:amount");
    okrug_status status =
        table == NULL ? OKRUG_NO_MEMORY
                      : okrug_card_piles_open(c->r->ctx, okrug_registry_rows(c->r, OKRUG_REGISTRY_SPENDING), &p);
    if (status == OKRUG_OK) {
        status = pile_spending(c, &p);
    }
    for (int32_t i = 0; status == OKRUG_OK && i < okrug_words_count(p.keys); i++) {
        okrug_told_row told = okrug_told_begin(table);
        okrug_told_text(&told, p.list[i].first);
        okrug_told_text(&told, p.list[i].second);
        okrug_told_number(&told, (double)p.list[i].count);
        okrug_told_number(&told, okrug_card_pile_amount(&p.list[i]));
        status = told.status;
    }
    okrug_card_piles_close(&p);
    return status;
}

/* ---- Contracts --------------------------------------------------------------------------------------------------- */

static okrug_status tell_flows(okrug_card *c, const okrug_words *firms) {
    okrug_table *sum = okrug_registry_tell(c->r, "contracts", "c:count r:amount c:undated c:firms");
    okrug_table *table = okrug_registry_tell(c->r, "cooperation",
                                             "t:supplier t:supplier_name t:buyer t:buyer_name c:contracts r:amount");
    if (sum == NULL || table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_told_row told = okrug_told_begin(sum);
    okrug_told_number(&told, (double)c->contracts);
    okrug_told_number(&told, okrug_card_sales(c));
    okrug_told_number(&told, (double)c->undated);
    okrug_told_number(&told, (double)okrug_words_count(firms));
    OKRUG_TRY(told.status);
    for (int32_t i = 0; i < c->flows; i++) {
        const okrug_card_pile *one = &c->flow[i];
        told = okrug_told_begin(table);
        okrug_told_text(&told, one->first);
        okrug_told_text(&told, okrug_card_firm_name(c, one->first));
        okrug_told_text(&told, one->second);
        okrug_told_text(&told, okrug_card_firm_name(c, one->second));
        okrug_told_number(&told, (double)one->count);
        okrug_told_number(&told, okrug_card_pile_amount(one));
        OKRUG_TRY(told.status);
    }
    return OKRUG_OK;
}

okrug_status okrug_card_tell_contracts(okrug_card *c) {
    okrug_words *firms = okrug_words_new();
    okrug_status status = firms == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int32_t i = 0; status == OKRUG_OK && i < c->flows; i++) {
        status = okrug_registry_note(firms, c->flow[i].first);
        status = status == OKRUG_OK ? okrug_registry_note(firms, c->flow[i].second) : status;
    }
    if (status == OKRUG_OK) {
        status = tell_flows(c, firms);
    }
    okrug_words_free(firms);
    return status;
}
