/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files share that make the card of a cluster.
 */
#ifndef OKRUG_PLATFORM_CARD_H
#define OKRUG_PLATFORM_CARD_H

#include <okrug/numeric.h>

#include "platform/tables.h"

typedef struct {
    int64_t milestones, done, late, entries, undated, unknown; /* entries, of them without a date, without an amount */
    okrug_sum spent;
} okrug_card_project;

/* Amounts of what has the same two codes. */
typedef struct {
    const char *first, *second; /* the second may be NULL */
    int64_t count, promises;    /* all of them, and those that are in no sum: special investment contracts */
    int64_t unknown;            /* whose amount is not known */
    okrug_sum amount;           /* of the others */
} okrug_card_pile;

typedef struct {
    okrug_words *keys;
    okrug_card_pile *list; /* one for each key; scratch memory */
} okrug_card_piles;

typedef struct {
    okrug_registry *r;
    const char *cluster;
    okrug_words *members;  /* firms that take part on that day */
    okrug_words *firms;    /* they, and whoever else is named */
    okrug_words *known;    /* those of the firms that the workspace knows: word i is row i of what was read of them */
    okrug_words *projects; /* word i is row i of what was read of projects */
    okrug_card_project *project; /* of each */
    int32_t flows;               /* between participants */
    okrug_card_pile *flow;       /* from the first to the second, the largest first */
    int64_t contracts, undated;
    int64_t unknown;           /* sales whose amount is not known */
    int64_t investments;       /* special investment contracts: among the contracts, in no sum */
    int64_t with_vat, without; /* contracts whose amount has VAT in it, or has not; of others it is not known */
    okrug_sum amount;          /* of all contracts that are sales and have one */
    const char *first_contract, *last_contract; /* their days; NULL: none has one */
} okrug_card;

/* ---- card_read.c: everything above, from the registry, for as long as that is open. OKRUG_NOT_FOUND ("no-cluster").
 * Close also after a failure. */
okrug_status okrug_card_open(okrug_card *c, okrug_registry *r, const char *cluster);
void okrug_card_close(okrug_card *c);
/* Whether any row that the card is made of is invented. */
bool okrug_card_synthetic(const okrug_card *c);
/* Whether that spending was by then. */
bool okrug_card_was_spent(const okrug_card *c, int64_t row);
/* The day on which that row's matter was done, if that was by then; NULL: it was not yet. */
const char *okrug_card_done(const okrug_card *c, okrug_registry_kind kind, int64_t row);
/* Whether that contract, of those that were read, counts: it was made by then, and not by a firm with itself. */
bool okrug_card_has_contract(const okrug_card *c, int64_t row);
/* What that contract sells, RUB; NaN: it is not known. One of special investment is a promise to invest, and sells 0.
 */
double okrug_card_sale(const okrug_card *c, int64_t row);
bool okrug_card_is_sale(const char *kind); /* of a contract; NULL: not said */
/* Whether that obligation is the cluster's, or one of its projects'. */
bool okrug_card_owes(const okrug_card *c, int64_t row);
bool okrug_card_needs(const okrug_card *c, int64_t row);            /* the same of a need */
int64_t okrug_card_firm_row(const okrug_card *c, const char *firm); /* -1: not known */
const char *okrug_card_firm_name(const okrug_card *c, const char *firm);

/* ---- card_piles.c. Close also after a failure. */
okrug_status okrug_card_piles_open(okrug_ctx *ctx, int64_t most, okrug_card_piles *p);
okrug_status okrug_card_piles_add(okrug_ctx *ctx, okrug_card_piles *p, const char *first, const char *second,
                                  bool promise, double amount);
void okrug_card_piles_close(okrug_card_piles *p);
/* A sum of `count` amounts of which so many are not known; NaN: none of them is. */
double okrug_card_sum(const okrug_sum *sum, int64_t count, int64_t unknown);
double okrug_card_pile_amount(const okrug_card_pile *pile);
double okrug_card_sales(const okrug_card *c); /* of all contracts; NaN: of no sale is the amount known */

/* ---- card_needs.c: what there is of what is needed: the cluster's facilities of that kind in force, and machines of
 * the participants for that operation. */
typedef struct {
    int64_t facilities, machines;
    double idle_hours; /* in a month; NaN: not known */
} okrug_card_supply;

okrug_card_supply okrug_card_supply_of(const okrug_card *c, int64_t need);
/* The row of the obligation by which it is promised; -1: none. */
int64_t okrug_card_promise_of(const okrug_card *c, int64_t need);
okrug_status okrug_card_tell_needs(okrug_card *c);

/* ---- What the card tells. */
okrug_status okrug_card_tell_spending(okrug_card *c);
okrug_status okrug_card_tell_contracts(okrug_card *c);
okrug_status okrug_card_tell_missing(okrug_card *c);

#endif
