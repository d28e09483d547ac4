/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables of firms, members, contracts and products -> sorted arrays of numbers, so that a hundred thousand firms take
 * seconds.
 */
#include "analyses/scouting_case.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/dated.h>

enum { DIGITS = 16, BITS = 4 };

uint64_t okrug_product_key(const char *code) {
    uint64_t key = 0;
    int digits = 0;
    for (const char *at = code; *at != '\0' && digits < DIGITS; at++) {
        if (isdigit((unsigned char)*at)) {
            key |= (uint64_t)(*at - '0' + 1) << (BITS * (DIGITS - 1 - digits++));
        }
    }
    return key;
}

static int digit_at(uint64_t key, int i) {
    return (int)(key >> (BITS * (DIGITS - 1 - i)) & 15U);
}

int okrug_product_digits(uint64_t key) {
    int digits = 0;
    while (digits < DIGITS && digit_at(key, digits) != 0) {
        digits++;
    }
    return digits;
}

int okrug_product_common(uint64_t a, uint64_t b) {
    int digits = 0;
    while (digits < DIGITS && digit_at(a, digits) != 0 && digit_at(a, digits) == digit_at(b, digits)) {
        digits++;
    }
    return digits;
}

/* ---- Firms by number ---- */

static okrug_status number_firms(okrug_words *code, const okrug_table *table, const char *column) {
    const okrug_column *of = okrug_table_column(table, column);
    for (int32_t w = 0; of != NULL && w < okrug_words_count(of->words); w++) {
        const char *text = okrug_words_text(of->words, w);
        if (okrug_words_add(code, text, strlen(text)) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

/* The firm in that cell; -1: the cell is missing. */
static int32_t firm_at(const okrug_scouting *s, const okrug_table *table, const char *column, int64_t row) {
    const char *text = okrug_text_at(okrug_table_column(table, column), row);
    return text == NULL ? -1 : okrug_words_find(s->code, text, strlen(text));
}

static bool is_of_day(const okrug_table *table, int64_t row, const char *day) {
    return day == NULL ||
           okrug_dated_holds(okrug_table_column(table, "since"), okrug_table_column(table, "until"), row, day);
}

static okrug_status read_firms(okrug_ctx *ctx, const okrug_scouting_tables *t, okrug_scouting *s) {
    OKRUG_TRY(number_firms(s->code, t->firms, "firm"));
    OKRUG_TRY(number_firms(s->code, t->participants, "firm"));
    OKRUG_TRY(number_firms(s->code, t->contracts, "supplier"));
    OKRUG_TRY(number_firms(s->code, t->contracts, "buyer"));
    OKRUG_TRY(number_firms(s->code, t->products, "firm"));
    int64_t firms = okrug_words_count(s->code);
    s->firm_row = OKRUG_SCRATCH(ctx, firms, int64_t);
    s->there = OKRUG_SCRATCH(ctx, firms, bool);
    s->revenue = OKRUG_SCRATCH(ctx, firms, double);
    if (s->firm_row == NULL || s->there == NULL || s->revenue == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t f = 0; f < firms; f++) {
        s->firm_row[f] = -1;
        s->there[f] = true;
        s->revenue[f] = (double)NAN;
    }
    for (int64_t row = 0; row < t->firms->rows; row++) {
        int32_t firm = firm_at(s, t->firms, "firm", row);
        s->firm_row[firm] = row;
        s->there[firm] = is_of_day(t->firms, row, t->day);
    }
    return OKRUG_OK;
}

/* Of the latest period that a firm's revenue is known for. */
static okrug_status read_revenue(okrug_ctx *ctx, const okrug_table *accounts, okrug_scouting *s) {
    if (accounts == NULL) {
        return OKRUG_OK;
    }
    const okrug_column *period = okrug_table_column(accounts, "period");
    const char **latest = OKRUG_SCRATCH_ZERO(ctx, okrug_words_count(s->code), const char *);
    if (latest == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < accounts->rows; row++) {
        int32_t firm = firm_at(s, accounts, "firm", row);
        double revenue = okrug_table_number(accounts, "revenue", row);
        const char *when = period == NULL ? "" : okrug_text_at(period, row);
        if (firm >= 0 && !isnan(revenue) && (latest[firm] == NULL || strcmp(when, latest[firm]) > 0)) {
            latest[firm] = when;
            s->revenue[firm] = revenue;
        }
    }
    return OKRUG_OK;
}

/* ---- Members ---- */

/* Members that the table of firms does not have: as a rule their codes are written otherwise. */
static okrug_status count_strangers(okrug_ctx *ctx, const okrug_scouting_tables *t, okrug_scouting *s) {
    bool *met = OKRUG_SCRATCH_ZERO(ctx, okrug_words_count(s->code), bool);
    if (met == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < t->participants->rows; row++) {
        int32_t firm = firm_at(s, t->participants, "firm", row);
        if (is_of_day(t->participants, row, t->day) && s->firm_row[firm] < 0 && !met[firm]) {
            met[firm] = true;
            s->first_stranger = s->strangers++ == 0 ? row : s->first_stranger;
        }
    }
    return OKRUG_OK;
}

static okrug_status read_members(okrug_ctx *ctx, const okrug_scouting_tables *t, okrug_scouting *s) {
    const okrug_column *cluster = okrug_table_column(t->participants, "cluster");
    int64_t firms = okrug_words_count(s->code), rows = t->participants->rows;
    s->name = cluster->words;
    s->clusters = okrug_words_count(cluster->words);
    s->member_ptr = OKRUG_SCRATCH_ZERO(ctx, firms + 2, int64_t);
    s->member = OKRUG_SCRATCH(ctx, rows, int32_t);
    if (s->member_ptr == NULL || s->member == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t *next = s->member_ptr + 1; /* shifted by one while it is filled */
    for (int64_t row = 0; row < rows; row++) {
        if (is_of_day(t->participants, row, t->day)) {
            next[firm_at(s, t->participants, "firm", row) + 1]++;
        }
    }
    for (int64_t f = 0; f < firms; f++) {
        next[f + 1] += next[f];
    }
    for (int64_t row = 0; row < rows; row++) {
        if (is_of_day(t->participants, row, t->day)) {
            s->member[next[firm_at(s, t->participants, "firm", row)]++] = cluster->word[row];
        }
    }
    return count_strangers(ctx, t, s);
}

bool okrug_scouting_is_member(const okrug_scouting *s, int32_t firm, int32_t cluster) {
    for (int64_t k = s->member_ptr[firm]; k < s->member_ptr[firm + 1]; k++) {
        if (s->member[k] == cluster) {
            return true;
        }
    }
    return false;
}

/* ---- Contracts ---- */

/* A contract of a member of a cluster with another firm, which may be one of its members too. */
typedef struct {
    int32_t cluster, member, other;
    bool inside, buys, has_product;
    uint64_t key;
    const char *product;
    int32_t vat; /* word; -1: not said */
    double amount;
} line;

#define ORDER(a, b)                                                                                                    \
    if ((a) != (b)) {                                                                                                  \
        return (a) < (b) ? -1 : 1;                                                                                     \
    }

static int by_purchase(const void *left, const void *right) {
    const line *a = left, *b = right;
    ORDER(a->cluster, b->cluster)
    ORDER(a->member, b->member)
    ORDER(a->key, b->key)
    ORDER(a->other, b->other)
    ORDER(a->amount, b->amount)
    return 0;
}

static int by_link(const void *left, const void *right) {
    const okrug_firm_link *a = left, *b = right;
    ORDER(a->firm, b->firm)
    ORDER(a->cluster, b->cluster)
    return 0;
}

static int by_maker(const void *left, const void *right) {
    const okrug_maker *a = left, *b = right;
    ORDER(a->key, b->key)
    ORDER(a->firm, b->firm)
    return 0;
}

static void add_lines(const okrug_scouting *s, const okrug_table *contracts, int64_t row, line *lines, int64_t *count) {
    int32_t side[2] = {firm_at(s, contracts, "buyer", row), firm_at(s, contracts, "supplier", row)};
    const okrug_column *product = okrug_table_column(contracts, "product");
    const okrug_column *vat = okrug_table_column(contracts, "vat");
    const char *code = product == NULL ? NULL : okrug_text_at(product, row);
    double amount = okrug_table_number(contracts, "amount", row); /* what is not known adds nothing */
    for (int k = 0; k < 2 && side[0] >= 0 && side[1] >= 0 && side[0] != side[1]; k++) {
        for (int64_t m = s->member_ptr[side[k]]; m < s->member_ptr[side[k] + 1]; m++) {
            if (lines != NULL) {
                lines[*count] = (line){.cluster = s->member[m],
                                       .member = side[k],
                                       .other = side[1 - k],
                                       .inside = okrug_scouting_is_member(s, side[1 - k], s->member[m]),
                                       .buys = k == 0,
                                       .has_product = code != NULL,
                                       .key = code == NULL ? 0 : okrug_product_key(code),
                                       .product = code,
                                       .vat = vat == NULL ? -1 : vat->word[row],
                                       .amount = isnan(amount) ? 0.0 : amount};
            }
            ++*count;
        }
    }
}

/* Links are counted together where they are the same firm's with the same cluster. */
static okrug_status count_links(okrug_ctx *ctx, const line *lines, int64_t count, okrug_scouting *s) {
    s->link = OKRUG_SCRATCH(ctx, count, okrug_firm_link);
    if (s->link == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < count; i++) {
        s->link[i] = (okrug_firm_link){lines[i].other, lines[i].cluster, 1};
    }
    qsort(s->link, (size_t)count, sizeof *s->link, by_link);
    for (int64_t i = 0; i < count; i++) {
        if (s->links > 0 && by_link(&s->link[s->links - 1], &s->link[i]) == 0) {
            s->link[s->links - 1].contracts++;
        } else {
            s->link[s->links++] = s->link[i];
        }
    }
    return OKRUG_OK;
}

int64_t okrug_scouting_contracts_with(const okrug_scouting *s, int32_t firm, int32_t cluster) {
    const okrug_firm_link wanted = {firm, cluster, 0};
    const okrug_firm_link *found =
        s->links == 0 ? NULL : bsearch(&wanted, s->link, (size_t)s->links, sizeof wanted, by_link);
    return found == NULL ? 0 : found->contracts;
}

static okrug_status gather(okrug_ctx *ctx, line *lines, int64_t count, okrug_scouting *s) {
    int64_t bought = 0;
    for (int64_t i = 0; i < count; i++) {
        bool outside = lines[i].buys && !lines[i].inside;
        s->without_product += outside && !lines[i].has_product;
        if (outside && lines[i].has_product) {
            lines[bought++] = lines[i];
        }
    }
    qsort(lines, (size_t)bought, sizeof *lines, by_purchase);
    s->purchase = OKRUG_SCRATCH(ctx, bought, okrug_purchase);
    s->supplier = OKRUG_SCRATCH(ctx, bought, int32_t);
    if (s->purchase == NULL || s->supplier == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t suppliers = 0;
    for (int64_t i = 0; i < bought; i++) {
        const line *l = &lines[i];
        okrug_purchase *p = s->purchases == 0 ? NULL : &s->purchase[s->purchases - 1];
        if (p == NULL || p->cluster != l->cluster || p->buyer != l->member || p->key != l->key) {
            p = &s->purchase[s->purchases++];
            *p = (okrug_purchase){l->cluster, l->member, l->key, l->product, 0.0, 0, 0, suppliers};
        }
        if (p->suppliers == 0 || s->supplier[suppliers - 1] != l->other) {
            s->supplier[suppliers++] = l->other;
            p->suppliers++;
        }
        s->mixes_vat = s->mixes_vat || l->vat != lines[0].vat;
        p->amount += l->amount;
        p->contracts++;
    }
    return OKRUG_OK;
}

static okrug_status read_contracts(okrug_ctx *ctx, const okrug_table *contracts, okrug_scouting *s) {
    int64_t count = 0, filled = 0;
    for (int64_t row = 0; row < contracts->rows; row++) {
        add_lines(s, contracts, row, NULL, &count);
        int32_t buyer = firm_at(s, contracts, "buyer", row);
        s->without_supplier +=
            buyer >= 0 && s->member_ptr[buyer] < s->member_ptr[buyer + 1] && firm_at(s, contracts, "supplier", row) < 0;
    }
    line *lines = OKRUG_SCRATCH(ctx, count, line);
    if (lines == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < contracts->rows; row++) {
        add_lines(s, contracts, row, lines, &filled);
    }
    OKRUG_TRY(count_links(ctx, lines, count, s));
    return gather(ctx, lines, count, s);
}

static okrug_status read_makers(okrug_ctx *ctx, const okrug_table *products, okrug_scouting *s) {
    s->maker = OKRUG_SCRATCH(ctx, products->rows, okrug_maker);
    if (s->maker == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < products->rows; row++) {
        const char *code = okrug_text_at(okrug_table_column(products, "product"), row);
        s->maker[s->makers++] = (okrug_maker){okrug_product_key(code), firm_at(s, products, "firm", row), code,
                                              okrug_table_number(products, "output", row)};
    }
    qsort(s->maker, (size_t)s->makers, sizeof *s->maker, by_maker);
    return OKRUG_OK;
}

okrug_status okrug_scouting_read(okrug_ctx *ctx, const okrug_scouting_tables *tables, okrug_scouting *s) {
    *s = (okrug_scouting){.code = okrug_words_new()};
    if (s->code == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(read_firms(ctx, tables, s));
    OKRUG_TRY(read_revenue(ctx, tables->accounts, s));
    OKRUG_TRY(read_members(ctx, tables, s));
    OKRUG_TRY(read_contracts(ctx, tables->contracts, s));
    return read_makers(ctx, tables->products, s);
}

void okrug_scouting_free(okrug_scouting *s) {
    okrug_words_free(s->code);
    s->code = NULL;
}
