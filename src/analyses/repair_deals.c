/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The contracts that could be added to a cluster: those that are given, and purchases that members make elsewhere of
 * what other members make too.
 */
#include <math.h>
#include <string.h>

#include "analyses/repair_preparing.h"

/* What each participant or candidate buys of each product from those who are no participants today; and the parts of it
 * that come from candidates. */
typedef struct {
    int32_t *buyer, *product; /* the product as a word of the contracts */
    double *amount;
    int64_t count;
    int32_t *part_of, *part_from; /* a purchase; the supplier's place */
    double *part;
    int64_t parts;
} purchases;

static int64_t find_purchase(const purchases *b, int32_t buyer, int32_t product) {
    for (int64_t k = 0; k < b->count; k++) {
        if (b->buyer[k] == buyer && b->product[k] == product) {
            return k;
        }
    }
    return -1;
}

static int64_t find_part(const purchases *b, int64_t purchase, int32_t supplier) {
    for (int64_t k = 0; k < b->parts; k++) {
        if (b->part_of[k] == purchase && b->part_from[k] == supplier) {
            return k;
        }
    }
    return -1;
}

static void add_part(purchases *b, int64_t purchase, int32_t supplier, double amount) {
    int64_t k = find_part(b, purchase, supplier);
    if (k < 0) {
        k = b->parts++;
        b->part_of[k] = (int32_t)purchase;
        b->part_from[k] = supplier;
    }
    b->part[k] += amount;
}

/* What of a purchase that supplier could take over: not what it sells already. */
static double others_sell(const purchases *b, int64_t purchase, int32_t supplier) {
    int64_t k = find_part(b, purchase, supplier);
    double others = b->amount[purchase] - (k < 0 ? 0.0 : b->part[k]);
    return others <= 1e-12 * b->amount[purchase] ? 0.0 : others;
}

static okrug_status allocate_purchases(okrug_ctx *ctx, int64_t most, purchases *b) {
    *b = (purchases){.buyer = OKRUG_SCRATCH(ctx, most, int32_t),
                     .product = OKRUG_SCRATCH(ctx, most, int32_t),
                     .amount = OKRUG_SCRATCH_ZERO(ctx, most, double),
                     .part_of = OKRUG_SCRATCH(ctx, most, int32_t),
                     .part_from = OKRUG_SCRATCH(ctx, most, int32_t),
                     .part = OKRUG_SCRATCH_ZERO(ctx, most, double)};
    return b->buyer == NULL || b->product == NULL || b->amount == NULL || b->part_of == NULL || b->part_from == NULL ||
                   b->part == NULL
               ? OKRUG_NO_MEMORY
               : OKRUG_OK;
}

static okrug_status sum_purchases(okrug_preparing *p, purchases *b) {
    const okrug_table *t = p->ev->table[OKRUG_OF_CONTRACTS];
    const okrug_column *product = okrug_table_column(t, "product");
    int64_t most = 0;
    for (int64_t row = 0; row < t->rows; row++) {
        most += p->ev->buyer[row] >= 0 && p->place[p->ev->buyer[row]] >= 0;
    }
    OKRUG_TRY(allocate_purchases(p->ctx, most, b));
    for (int64_t row = 0; product != NULL && row < t->rows; row++) {
        int32_t buyer = p->ev->buyer[row], supplier = p->ev->supplier[row];
        int32_t from = supplier < 0 ? -1 : p->place[supplier];
        bool is_member = from >= 0 && from < p->out->problem.members;
        if (buyer < 0 || p->place[buyer] < 0 || is_member || buyer == supplier || product->word[row] < 0 ||
            p->ev->lo[row] <= 0.0) {
            continue;
        }
        int64_t k = find_purchase(b, p->place[buyer], product->word[row]);
        if (k < 0) {
            k = b->count++;
            b->buyer[k] = p->place[buyer];
            b->product[k] = product->word[row];
        }
        b->amount[k] += p->ev->lo[row];
        if (from >= 0) {
            add_part(b, k, from, p->ev->lo[row]);
        }
    }
    return OKRUG_OK;
}

typedef struct {
    int32_t *supplier, *buyer, *purchase_of;
    double *most, *fixed, *rate;
    uint8_t *all;
    int64_t count;
} deals;

static void put_deal(okrug_preparing *p, deals *d, int32_t supplier, const purchases *b, int64_t k, double amount) {
    d->supplier[d->count] = supplier;
    d->buyer[d->count] = b->buyer[k];
    d->purchase_of[d->count] = (int32_t)k;
    d->most[d->count] = amount;
    p->out->deal_product[d->count] =
        okrug_words_text(okrug_table_column(p->ev->table[OKRUG_OF_CONTRACTS], "product")->words, b->product[k]);
    d->count++;
}

/* Whoever makes the product could supply it. With `d` NULL they are only counted. */
static int64_t find_deals(okrug_preparing *p, const purchases *b, const okrug_repair_prices *prices, deals *d) {
    const okrug_table *t = p->ev->table[OKRUG_OF_PRODUCTS];
    const okrug_column *product = okrug_table_column(p->ev->table[OKRUG_OF_CONTRACTS], "product");
    int64_t count = 0;
    for (int64_t row = 0; t != NULL && row < t->rows; row++) {
        const char *made = okrug_text_at(okrug_table_column(t, "product"), row);
        int32_t firm = okrug_evidence_firm(p->ev, okrug_text_at(okrug_table_column(t, "firm"), row));
        int32_t word = product == NULL ? -1 : okrug_words_find(product->words, made, strlen(made));
        int32_t maker = firm < 0 ? -1 : p->place[firm];
        for (int64_t k = 0; maker >= 0 && word >= 0 && k < b->count; k++) {
            double amount = b->product[k] == word && b->buyer[k] != maker ? others_sell(b, k, maker) : 0.0;
            if (amount == 0.0) {
                continue;
            }
            if (d != NULL) {
                d->all[d->count] = 0;
                d->fixed[d->count] = prices->contract_cost;
                d->rate[d->count] = prices->switch_cost;
                p->out->deal_row[d->count] = -1;
                put_deal(p, d, maker, b, k, amount);
            }
            count++;
        }
    }
    return count;
}

static okrug_status put_contract(okrug_preparing *p, const purchases *b, int64_t row, deals *d) {
    static const char *const wanted[] = {"supplier", "buyer", "product"};
    int32_t end[2];
    for (int i = 0; i < OKRUG_COUNT_OF(wanted); i++) {
        const char *text = okrug_table_text(p->t, wanted[i], row);
        if (text == NULL) {
            return okrug_candidate_lacks(p, row, okrug_candidate_kinds[OKRUG_CANDIDATE_CONTRACT], wanted[i]);
        }
        int32_t firm = i < 2 ? okrug_evidence_firm(p->ev, text) : 0;
        if (i < 2 && firm >= 0 && p->left_out[firm]) {
            return OKRUG_OK; /* told of the candidate */
        }
        if (i < 2 && (firm < 0 || p->place[firm] < 0)) {
            okrug_place at = okrug_table_place(p->t, row, wanted[i]);
            return okrug_fail(p->ctx, OKRUG_BAD_INPUT, "candidate-no-participant", &at, "firm", text, (char *)NULL);
        }
        if (i < 2) {
            end[i] = p->place[firm];
        }
    }
    double amount = okrug_table_number(p->t, "amount", row);
    if (isnan(amount)) {
        return okrug_candidate_lacks(p, row, okrug_candidate_kinds[OKRUG_CANDIDATE_CONTRACT], "amount");
    }
    const okrug_column *product = okrug_table_column(p->ev->table[OKRUG_OF_CONTRACTS], "product");
    const char *code = okrug_table_text(p->t, "product", row);
    int32_t word = product == NULL ? -1 : okrug_words_find(product->words, code, strlen(code));
    int64_t k = word < 0 ? -1 : find_purchase(b, end[1], word);
    double bought = k < 0 ? 0.0 : others_sell(b, k, end[0]);
    if (k < 0 || amount > bought || amount <= 0.0 || end[0] == end[1]) {
        okrug_place at = okrug_table_place(p->t, row, "amount");
        okrug_warn(p->ctx, "contract-replaces-nothing", &at, "product", code, "amount",
                   okrug_text_number(p->ctx, amount), "bought", okrug_text_number(p->ctx, bought), (char *)NULL);
        return OKRUG_OK;
    }
    d->all[d->count] = 1;
    d->fixed[d->count] = okrug_table_number(p->t, "cost", row);
    d->rate[d->count] = 0.0;
    p->out->deal_row[d->count] = row;
    put_deal(p, d, end[0], b, k, amount);
    return OKRUG_OK;
}

okrug_status okrug_repair_put_deals(okrug_preparing *p, const okrug_repair_prices *prices) {
    purchases b;
    OKRUG_TRY(sum_purchases(p, &b));
    int64_t most = find_deals(p, &b, prices, NULL) + p->count[OKRUG_CANDIDATE_CONTRACT];
    deals d = {OKRUG_SCRATCH(p->ctx, most, int32_t), OKRUG_SCRATCH(p->ctx, most, int32_t),
               OKRUG_SCRATCH(p->ctx, most, int32_t), OKRUG_SCRATCH(p->ctx, most, double),
               OKRUG_SCRATCH(p->ctx, most, double),  OKRUG_SCRATCH(p->ctx, most, double),
               OKRUG_SCRATCH(p->ctx, most, uint8_t), 0};
    p->out->deal_row = OKRUG_SCRATCH(p->ctx, most, int64_t);
    p->out->deal_product = OKRUG_SCRATCH(p->ctx, most, const char *);
    if (d.supplier == NULL || d.buyer == NULL || d.purchase_of == NULL || d.most == NULL || d.fixed == NULL ||
        d.rate == NULL || d.all == NULL || p->out->deal_row == NULL || p->out->deal_product == NULL) {
        return OKRUG_NO_MEMORY;
    }
    find_deals(p, &b, prices, &d);
    okrug_status status = OKRUG_OK;
    for (int64_t k = 0; k < p->count[OKRUG_CANDIDATE_CONTRACT]; k++) {
        okrug_status one = put_contract(p, &b, p->row[OKRUG_CANDIDATE_CONTRACT][k], &d);
        status = one == OKRUG_OK ? status : one;
    }
    okrug_repair_problem *to = &p->out->problem;
    to->deals = d.count;
    to->supplier = d.supplier;
    to->buyer = d.buyer;
    to->purchase_of = d.purchase_of;
    to->most = d.most;
    to->fixed_cost = d.fixed;
    to->rate = d.rate;
    to->all = d.all;
    to->least_deal = prices->least_contract;
    to->purchases = b.count;
    to->purchase = b.amount;
    to->parts = b.parts;
    to->part_of = b.part_of;
    to->part_from = b.part_from;
    to->part = b.part;
    return status;
}
