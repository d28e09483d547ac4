/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card of a cluster: what its projects spent by source, and what its participants buy from each other.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "platform/card.h"

/* Amounts of what has the same two codes. */
typedef struct {
    const char *first, *second; /* the second may be NULL */
    int64_t count;
    okrug_sum amount;
} pile;

typedef struct {
    okrug_words *keys;
    pile *list; /* one for each key */
} piles;

static okrug_status open_piles(okrug_ctx *ctx, int64_t most, piles *p) {
    p->list = OKRUG_SCRATCH_ZERO(ctx, most + 1, pile);
    p->keys = okrug_words_new();
    return p->list != NULL && p->keys != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static okrug_status add_to_pile(okrug_ctx *ctx, piles *p, const char *first, const char *second, double amount) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    size_t length = strlen(first) + (second != NULL ? strlen(second) + 1 : 0);
    char *key = OKRUG_SCRATCH(ctx, (int64_t)length + 1, char);
    if (key == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(key, first, strlen(first) + 1);
    if (second != NULL) {
        key[strlen(first)] = '\n'; /* codes have no controls in them */
        memcpy(key + strlen(first) + 1, second, strlen(second) + 1);
    }
    int32_t word = okrug_words_add(p->keys, key, length);
    okrug_scratch_reset(ctx, mark);
    if (word < 0) {
        return OKRUG_NO_MEMORY;
    }
    pile *one = &p->list[word];
    one->first = first;
    one->second = second;
    one->count++;
    if (isfinite(amount)) {
        okrug_sum_add(&one->amount, amount);
    }
    return OKRUG_OK;
}

/* ---- Spending ---------------------------------------------------------------------------------------------------- */

static okrug_status pile_spending(okrug_card *c, piles *p) {
    okrug_registry *r = c->r;
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_SPENDING); row++) {
        const char *of = okrug_registry_text(r, OKRUG_REGISTRY_SPENDING, "project", row);
        double amount = okrug_registry_number(r, OKRUG_REGISTRY_SPENDING, "amount", row);
        if (!okrug_registry_by_then(r, okrug_registry_text(r, OKRUG_REGISTRY_SPENDING, "date", row))) {
            continue;
        }
        okrug_card_project *project = &c->project[okrug_registry_find(c->projects, of)];
        project->entries++;
        if (isfinite(amount)) {
            okrug_sum_add(&project->spent, amount);
        }
        OKRUG_TRY(add_to_pile(r->ctx, p, of, okrug_registry_text(r, OKRUG_REGISTRY_SPENDING, "source", row), amount));
    }
    return OKRUG_OK;
}

okrug_status okrug_card_tell_spending(okrug_card *c) {
    piles p = {0};
    okrug_table *table = okrug_registry_tell(c->r, "spending", "t:project t:source c:entries r:amount");
    okrug_status status =
        table == NULL ? OKRUG_NO_MEMORY : open_piles(c->r->ctx, okrug_registry_rows(c->r, OKRUG_REGISTRY_SPENDING), &p);
    if (status == OKRUG_OK) {
        status = pile_spending(c, &p);
    }
    for (int32_t i = 0; status == OKRUG_OK && i < okrug_words_count(p.keys); i++) {
        okrug_told_row told = okrug_told_begin(table);
        okrug_told_text(&told, p.list[i].first);
        okrug_told_text(&told, p.list[i].second);
        okrug_told_number(&told, (double)p.list[i].count);
        okrug_told_number(&told, okrug_sum_value(&p.list[i].amount));
        status = told.status;
    }
    okrug_words_free(p.keys);
    return status;
}

/* ---- Contracts --------------------------------------------------------------------------------------------------- */

/* The largest first. */
static int by_amount(const void *a, const void *b) {
    const pile *x = a, *y = b;
    double left = okrug_sum_value(&x->amount), right = okrug_sum_value(&y->amount);
    if (left != right) {
        return left > right ? -1 : 1;
    }
    int order = strcmp(x->first, y->first);
    return order != 0 ? order : strcmp(x->second, y->second);
}

static okrug_status pile_contracts(okrug_card *c, piles *p, okrug_words *firms, pile *all) {
    okrug_registry *r = c->r;
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_CONTRACTS); row++) {
        const char *supplier = okrug_registry_text(r, OKRUG_REGISTRY_CONTRACTS, "supplier", row);
        const char *buyer = okrug_registry_text(r, OKRUG_REGISTRY_CONTRACTS, "buyer", row);
        const char *date = okrug_registry_text(r, OKRUG_REGISTRY_CONTRACTS, "date", row);
        double amount = okrug_registry_number(r, OKRUG_REGISTRY_CONTRACTS, "amount", row);
        if (!okrug_registry_by_then(r, date)) {
            continue;
        }
        const char *vat = okrug_registry_text(r, OKRUG_REGISTRY_CONTRACTS, "vat", row);
        c->undated += date == NULL;
        c->with_vat += vat != NULL && strcmp(vat, "included") == 0;
        c->without += vat != NULL && strcmp(vat, "excluded") == 0;
        all->count++;
        if (isfinite(amount)) {
            okrug_sum_add(&all->amount, amount);
        }
        OKRUG_TRY(okrug_registry_note(firms, supplier));
        OKRUG_TRY(okrug_registry_note(firms, buyer));
        OKRUG_TRY(add_to_pile(r->ctx, p, supplier, buyer, amount));
    }
    return OKRUG_OK;
}

static okrug_status tell_piles(okrug_card *c, piles *p, const okrug_words *firms, const pile *all) {
    okrug_table *sum = okrug_registry_tell(c->r, "contracts", "c:count r:amount c:undated c:firms");
    okrug_table *table = okrug_registry_tell(c->r, "cooperation",
                                             "t:supplier t:supplier_name t:buyer t:buyer_name c:contracts r:amount");
    if (sum == NULL || table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_told_row told = okrug_told_begin(sum);
    okrug_told_number(&told, (double)all->count);
    okrug_told_number(&told, okrug_sum_value(&all->amount));
    okrug_told_number(&told, (double)c->undated);
    okrug_told_number(&told, (double)okrug_words_count(firms));
    OKRUG_TRY(told.status);
    int32_t count = okrug_words_count(p->keys);
    qsort(p->list, (size_t)count, sizeof *p->list, by_amount);
    for (int32_t i = 0; i < count; i++) {
        const pile *one = &p->list[i];
        told = okrug_told_begin(table);
        okrug_told_text(&told, one->first);
        okrug_told_text(&told, okrug_card_firm_name(c, one->first));
        okrug_told_text(&told, one->second);
        okrug_told_text(&told, okrug_card_firm_name(c, one->second));
        okrug_told_number(&told, (double)one->count);
        okrug_told_number(&told, okrug_sum_value(&one->amount));
        OKRUG_TRY(told.status);
    }
    return OKRUG_OK;
}

okrug_status okrug_card_tell_contracts(okrug_card *c) {
    piles p = {0};
    pile all = {0};
    okrug_words *firms = okrug_words_new();
    okrug_status status = firms == NULL
                              ? OKRUG_NO_MEMORY
                              : open_piles(c->r->ctx, okrug_registry_rows(c->r, OKRUG_REGISTRY_CONTRACTS), &p);
    if (status == OKRUG_OK) {
        status = pile_contracts(c, &p, firms, &all);
    }
    if (status == OKRUG_OK) {
        status = tell_piles(c, &p, firms, &all);
    }
    okrug_words_free(p.keys);
    okrug_words_free(firms);
    return status;
}
