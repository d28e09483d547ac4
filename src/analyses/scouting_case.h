/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `scouting` reads: firms by number, who is in which cluster, what members buy outside and who makes what.
 */
#ifndef OKRUG_ANALYSES_SCOUTING_CASE_H
#define OKRUG_ANALYSES_SCOUTING_CASE_H

#include "analyses/analysis.h"

/* A product's digits, four bits each from the left (0: no more): codes that begin alike have keys that do. */
uint64_t okrug_product_key(const char *code);
int okrug_product_digits(uint64_t key);
/* With how many of their digits both begin. */
int okrug_product_common(uint64_t a, uint64_t b);

typedef struct {
    int32_t cluster, buyer;
    uint64_t key;
    const char *product;
    double amount; /* what is known of it */
    int64_t contracts;
    int64_t suppliers, first_supplier; /* in okrug_scouting.supplier */
} okrug_purchase;

typedef struct {
    uint64_t key;
    int32_t firm;
    const char *product;
    double output; /* NaN: not known */
} okrug_maker;

/* Between a firm and the members of a cluster, itself aside: how many contracts. */
typedef struct {
    int32_t firm, cluster;
    int64_t contracts;
} okrug_firm_link;

typedef struct {
    const okrug_table *participants, *firms, *contracts, *products, *accounts;
    const char *day; /* members and firms are those of that day; NULL: all */
} okrug_scouting_tables;

typedef struct {
    okrug_words *code;       /* of firms, numbered; owned */
    const okrug_words *name; /* of clusters, numbered */
    int64_t clusters;
    int64_t *firm_row;   /* firms: row of the table of firms; -1: not in it */
    bool *there;         /* firms: on that day, as far as the table of firms tells */
    double *revenue;     /* firms: of the latest period; NaN: not known */
    int64_t *member_ptr; /* firms + 1 */
    int32_t *member;     /* the clusters that a firm is in */
    int64_t purchases, makers, links;
    okrug_purchase *purchase; /* by cluster, buyer, product */
    int32_t *supplier;        /* of purchases, ascending within each */
    okrug_maker *maker;       /* by key, firm */
    okrug_firm_link *link;    /* by firm, cluster */
    bool mixes_vat;           /* purchases are added up with VAT and without it */
    int64_t strangers;        /* firms that are members and not in the table of firms */
    int64_t first_stranger;   /* row of the participants */
    int64_t without_product;  /* outside purchases whose product is not said */
    int64_t without_supplier; /* contracts of members whose supplier is not said: inside or outside, nobody knows */
} okrug_scouting;

/* Scratch memory, and words that okrug_scouting_free frees, also after a failure. */
okrug_status okrug_scouting_read(okrug_ctx *ctx, const okrug_scouting_tables *tables, okrug_scouting *s);
void okrug_scouting_free(okrug_scouting *s);

bool okrug_scouting_is_member(const okrug_scouting *s, int32_t firm, int32_t cluster);
int64_t okrug_scouting_contracts_with(const okrug_scouting *s, int32_t firm, int32_t cluster);

#endif
