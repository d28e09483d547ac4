/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contracts in which members of a district buy: from each other, in their regions, elsewhere, and what of.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyses/code_cut.h"
#include "analyses/districts_case.h"

/* A purchase outside the district; product -1: not known. */
typedef struct {
    int32_t product, buyer, supplier;
    int64_t row;
    double amount;
    bool in_region, from_peer;
} line;

typedef struct {
    const okrug_districts *of;
    const okrug_column *supplier, *buyer, *product;
    int32_t *supplier_row, *buyer_row; /* of each word: row of the register that counts; -1: none */
    int32_t *product_of;               /* of each word: word of `cut` */
    int32_t *member;                   /* of each row of the register: its number in the district; -1: none */
    bool *elsewhere;                   /* of each row: a member of another district */
    line *lines;
    okrug_arc *arc;
} reading;

static okrug_status find_rows(okrug_ctx *ctx, const okrug_districts *of, const okrug_words *named, int32_t **row_of) {
    *row_of = OKRUG_SCRATCH(ctx, okrug_words_count(named) + 1, int32_t);
    if (*row_of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < okrug_words_count(named); w++) {
        (*row_of)[w] = -1;
    }
    for (int64_t row = 0; row < of->asked->firms->rows; row++) {
        const char *code = okrug_text_at(of->firm, row);
        int32_t word = of->counts[row] ? okrug_words_find(named, code, strlen(code)) : -1;
        if (word >= 0) {
            (*row_of)[word] = (int32_t)row;
        }
    }
    return OKRUG_OK;
}

static okrug_status prepare(okrug_ctx *ctx, okrug_districts *of, reading *r) {
    const okrug_table *contracts = of->asked->contracts;
    *r = (reading){.of = of,
                   .supplier = okrug_table_column(contracts, "supplier"),
                   .buyer = okrug_table_column(contracts, "buyer"),
                   .product = okrug_table_column(contracts, "product")};
    OKRUG_TRY(find_rows(ctx, of, r->supplier->words, &r->supplier_row));
    OKRUG_TRY(find_rows(ctx, of, r->buyer->words, &r->buyer_row));
    if (r->product != NULL) {
        OKRUG_TRY(okrug_code_cut_words(ctx, r->product->words, of->asked->digits, of->cut, &r->product_of));
    }
    r->member = OKRUG_SCRATCH(ctx, of->asked->firms->rows + 1, int32_t);
    r->elsewhere = OKRUG_SCRATCH(ctx, of->asked->firms->rows + 1, bool);
    r->lines = OKRUG_SCRATCH(ctx, contracts->rows + 1, line);
    r->arc = OKRUG_SCRATCH(ctx, contracts->rows + 1, okrug_arc);
    return r->member == NULL || r->elsewhere == NULL || r->lines == NULL || r->arc == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static void mark_members(const reading *r, int64_t district) {
    const okrug_districts *of = r->of;
    for (int64_t row = 0; row < of->asked->firms->rows; row++) {
        r->member[row] = -1;
        r->elsewhere[row] = false;
    }
    for (int64_t k = 0; k < of->count; k++) {
        const okrug_district *d = &of->district[k];
        for (int64_t i = 0; i < d->members; i++) {
            if (k == district) {
                r->member[d->member[i]] = (int32_t)i;
            } else {
                r->elsewhere[d->member[i]] = true;
            }
        }
    }
}

/* ---- All contracts of one district ---- */

typedef struct {
    okrug_sum all, inside, region, nowhere; /* nowhere: from suppliers that the register lacks */
    int64_t contracts, unknown, lines, arcs;
} sums;

static void add_contract(const reading *r, const okrug_district *d, int64_t row, sums *s) {
    int32_t buyer = r->buyer->word[row] < 0 ? -1 : r->buyer_row[r->buyer->word[row]];
    int32_t supplier = r->supplier->word[row] < 0 ? -1 : r->supplier_row[r->supplier->word[row]];
    if (buyer < 0 || r->member[buyer] < 0 || buyer == supplier) {
        return;
    }
    double amount = okrug_table_number(r->of->asked->contracts, "amount", row);
    bool inside = supplier >= 0 && r->member[supplier] >= 0;
    bool region = supplier >= 0 && d->in_region[r->of->region->word[supplier]];
    s->contracts++;
    s->unknown += isnan(amount);
    amount = isnan(amount) ? 0.0 : amount; /* counted as unknown, and no part of a sum */
    okrug_sum_add(&s->all, amount);
    okrug_sum_add(&s->inside, inside ? amount : 0.0);
    okrug_sum_add(&s->region, region ? amount : 0.0);
    okrug_sum_add(&s->nowhere, supplier < 0 ? amount : 0.0);
    if (inside) {
        r->arc[s->arcs++] = (okrug_arc){r->member[supplier], r->member[buyer]};
        return;
    }
    int32_t product = r->product == NULL || r->product->word[row] < 0
                          ? supplier < 0 ? -1 : r->of->activity_of[r->of->industry->word[supplier]]
                          : r->product_of[r->product->word[row]];
    r->lines[s->lines++] = (line){.product = product,
                                  .buyer = buyer,
                                  .supplier = r->supplier->word[row],
                                  .row = row,
                                  .amount = amount,
                                  .in_region = region,
                                  .from_peer = supplier >= 0 && r->elsewhere[supplier]};
}

static void put(okrug_district *d, okrug_district_indicator which, double value, okrug_reason none) {
    d->value[which] = value;
    d->none[which] = none;
}

static okrug_status put_sums(okrug_ctx *ctx, const reading *r, const sums *s, okrug_district *d) {
    double all = okrug_sum_value(&s->all), region = okrug_sum_value(&s->region);
    bool some = all > 0.0;
    okrug_reason none = s->contracts > s->unknown ? OKRUG_ZERO_TOTAL : OKRUG_NOT_COLLECTED;
    okrug_cooperation cooperation;
    OKRUG_TRY(okrug_cooperation_of(ctx, d->members, s->arcs, r->arc, &cooperation));
    put(d, OKRUG_DISTRICT_PURCHASES, s->contracts > s->unknown || s->contracts == 0 ? all : (double)NAN, none);
    put(d, OKRUG_DISTRICT_PURCHASE_CONTRACTS, (double)s->contracts, OKRUG_UNDEFINED);
    put(d, OKRUG_DISTRICT_PURCHASES_UNKNOWN, (double)s->unknown, OKRUG_UNDEFINED);
    put(d, OKRUG_DISTRICT_BOUGHT_INSIDE, some ? okrug_sum_value(&s->inside) / all : (double)NAN, none);
    put(d, OKRUG_DISTRICT_BOUGHT_IN_REGION, some ? region / all : (double)NAN, none);
    put(d, OKRUG_DISTRICT_BOUGHT_IN_REGION_MOST,
        some ? fmin(1.0, (region + okrug_sum_value(&s->nowhere)) / all) : (double)NAN, none);
    put(d, OKRUG_DISTRICT_DENSITY, cooperation.density, OKRUG_BELOW_GRAIN);
    put(d, OKRUG_DISTRICT_RECIPROCITY, cooperation.reciprocity, OKRUG_ZERO_TOTAL);
    put(d, OKRUG_DISTRICT_LINKED, d->members > 0 ? (double)cooperation.linked / (double)d->members : (double)NAN,
        OKRUG_ZERO_TOTAL);
    return OKRUG_OK;
}

/* ---- What is bought outside, by product ---- */

#define ORDER(a, b)                                                                                                    \
    if ((a) != (b)) {                                                                                                  \
        return (a) < (b) ? -1 : 1;                                                                                     \
    }

static int by_supplier(const void *left, const void *right) {
    const line *a = left, *b = right;
    ORDER(a->product, b->product)
    ORDER(a->supplier, b->supplier)
    ORDER(a->row, b->row)
    return 0;
}

static int by_buyer(const void *left, const void *right) {
    const line *a = left, *b = right;
    ORDER(a->product, b->product)
    ORDER(a->buyer, b->buyer)
    ORDER(a->row, b->row)
    return 0;
}

static int by_amount(const void *left, const void *right) {
    const okrug_district_purchase *a = left, *b = right;
    ORDER(b->amount, a->amount)
    ORDER(b->contracts, a->contracts)
    return strcmp(a->code, b->code);
}

/* Lines in the order of suppliers make purchases, in the order of buyers add how many of these there are. */
static okrug_status gather(okrug_ctx *ctx, const reading *r, int64_t lines, okrug_district_trade *trade) {
    int64_t products = okrug_words_count(r->of->cut);
    okrug_sum *amount = OKRUG_SCRATCH_ZERO(ctx, 3 * (products + 1), okrug_sum);
    int64_t *place = OKRUG_SCRATCH_ZERO(ctx, products + 1, int64_t);
    trade->purchase = OKRUG_SCRATCH(ctx, products + 1, okrug_district_purchase);
    if (amount == NULL || place == NULL || trade->purchase == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_sum all = {0};
    qsort(r->lines, (size_t)lines, sizeof *r->lines, by_supplier);
    for (int64_t i = 0; i < lines; i++) {
        const line *l = &r->lines[i];
        okrug_sum_add(&all, l->amount);
        int32_t row = l->supplier < 0 ? -1 : r->supplier_row[l->supplier];
        if (row >= 0) {
            trade->sold[row] += l->amount;
        }
        if (l->product < 0) {
            trade->unclear++;
            continue;
        }
        bool first = i == 0 || r->lines[i - 1].product != l->product;
        if (first) {
            place[l->product] = trade->count;
            trade->purchase[trade->count++] =
                (okrug_district_purchase){.product = l->product, .code = okrug_words_text(r->of->cut, l->product)};
        }
        okrug_district_purchase *p = &trade->purchase[place[l->product]];
        p->contracts++;
        p->suppliers += l->supplier >= 0 && (first || r->lines[i - 1].supplier != l->supplier);
        okrug_sum_add(&amount[3 * place[l->product]], l->amount);
        okrug_sum_add(&amount[3 * place[l->product] + 1], l->in_region ? l->amount : 0.0);
        okrug_sum_add(&amount[3 * place[l->product] + 2], l->from_peer ? l->amount : 0.0);
    }
    qsort(r->lines, (size_t)lines, sizeof *r->lines, by_buyer);
    for (int64_t i = 0; i < lines; i++) {
        const line *l = &r->lines[i];
        if (l->product >= 0 && (i == 0 || r->lines[i - 1].product != l->product || r->lines[i - 1].buyer != l->buyer)) {
            trade->purchase[place[l->product]].buyers++;
        }
    }
    for (int64_t k = 0; k < trade->count; k++) {
        trade->purchase[k].amount = okrug_sum_value(&amount[3 * k]);
        trade->purchase[k].in_region = okrug_sum_value(&amount[3 * k + 1]);
        trade->purchase[k].from_peers = okrug_sum_value(&amount[3 * k + 2]);
    }
    qsort(trade->purchase, (size_t)trade->count, sizeof *trade->purchase, by_amount);
    trade->amount = okrug_sum_value(&all);
    return OKRUG_OK;
}

static void put_nothing(okrug_district *d) {
    for (int k = OKRUG_DISTRICT_PURCHASES; k <= OKRUG_DISTRICT_LINKED; k++) {
        put(d, (okrug_district_indicator)k, (double)NAN, OKRUG_NO_ROW);
    }
}

okrug_status okrug_districts_trade(okrug_ctx *ctx, okrug_districts *of, okrug_district_trade *trade) {
    reading r;
    if (of->asked->contracts == NULL) {
        for (int64_t k = 0; k < of->count; k++) {
            put_nothing(&of->district[k]);
        }
        return OKRUG_OK;
    }
    OKRUG_TRY(prepare(ctx, of, &r));
    for (int64_t k = 0; k < of->count; k++) {
        okrug_district *d = &of->district[k];
        sums s = {0};
        OKRUG_TRY(okrug_check_cancel(ctx));
        trade[k].sold = OKRUG_SCRATCH_ZERO(ctx, of->asked->firms->rows + 1, double);
        if (trade[k].sold == NULL) {
            return OKRUG_NO_MEMORY;
        }
        mark_members(&r, k);
        for (int64_t row = 0; row < of->asked->contracts->rows; row++) {
            add_contract(&r, d, row, &s);
        }
        OKRUG_TRY(put_sums(ctx, &r, &s, d));
        OKRUG_TRY(gather(ctx, &r, s.lines, &trade[k]));
    }
    return OKRUG_OK;
}
