/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is on file of clusters and their participants: tables of participants, contracts, firms, accounts, products and
 * facilities, joined by the firm's code into groups that rules can be applied to.
 */
#ifndef OKRUG_ANALYSES_EVIDENCE_H
#define OKRUG_ANALYSES_EVIDENCE_H

#include <okrug/rules.h>

#include "analyses/analysis.h"

/* The inputs that status and repair share, in this order, and the roles of their columns. */
enum {
    OKRUG_OF_PARTICIPANTS,
    OKRUG_OF_CONTRACTS,
    OKRUG_OF_FIRMS,
    OKRUG_OF_ACCOUNTS,
    OKRUG_OF_PRODUCTS,
    OKRUG_OF_FACILITIES,
    OKRUG_OF_FACTS,
    OKRUG_OF_RULES,
    OKRUG_EVIDENCE_INPUTS,
    OKRUG_REPAIR_CANDIDATES = OKRUG_EVIDENCE_INPUTS, /* of repair alone */
    OKRUG_REPAIR_INPUTS
};

extern const okrug_input okrug_evidence_input[OKRUG_EVIDENCE_INPUTS];
extern const okrug_input okrug_repair_input[OKRUG_REPAIR_INPUTS];
extern const char *const okrug_evidence_sets[]; /* the choices of --set */

enum { OKRUG_SPREAD_WHOLE, OKRUG_SPREAD_EVEN };
/* The parameters that they share. */
#define OKRUG_EVIDENCE_PARAMETERS(CHOICE, TEXT)                                                                        \
    CHOICE(set, "set", "ru-779|eccp|us-clusters")                                                                      \
    TEXT(date, "date")                                                                                                 \
    TEXT(period, "period")                                                                                             \
    TEXT(confirmed, "confirmed")                                                                                       \
    CHOICE(spread, "spread", "whole|even")

typedef struct {
    const char *date;         /* normal */
    const char *year;         /* "2023": of accounts, and of contracts that count towards shares */
    const char *first, *last; /* its days */
} okrug_evidence_time;

/* The day and the year: `period` NULL is the last whole year before the day. In scratch memory. OKRUG_BAD_USAGE
 * ("status-date-needed", "bad-day", "bad-year"). */
okrug_status okrug_evidence_take_time(okrug_ctx *ctx, const char *date, const char *period, okrug_evidence_time *out);

/* The VAT rate of a day; NaN: none on file. */
typedef double okrug_vat_rate(const void *user, const char *date);

typedef struct {
    const okrug_table *table[OKRUG_EVIDENCE_INPUTS]; /* NULL: not given */
    okrug_evidence_time time;
    const okrug_words *more; /* of candidates; NULL: none */
    /* By firm: a number below `firms`, participants first. */
    int32_t firms;
    double *revenue, *workplaces, *productive; /* NaN: not known */
    int32_t *region;                           /* a word of the firms' column; -1 */
    const char **precision;                    /* of that place; NULL */
    uint8_t *maker;                            /* okrug_known: a product of it is an end product */
    /* Clusters: participants of cluster c are first[c] .. first[c + 1] - 1 of `row` and `firm`. */
    int64_t clusters;
    const char **cluster; /* one NULL where they have no names */
    int64_t *first, *row;
    int32_t *firm;
    /* Contracts between numbered firms: rows sold[f] .. sold[f + 1] - 1 of `contract` are those of supplier f. */
    int64_t *sold, *contract;
    int32_t *supplier, *buyer; /* by row of the contracts; -1: outside */
    double *lo, *hi;
    uint8_t *open, *in_force;
} okrug_evidence;

/* Reads all but the rules, into scratch memory. Participants that are not of the cluster on the day are left out.
 * OKRUG_BAD_INPUT ("dated-backwards", "unknown-vat"), OKRUG_NO_MEMORY. O(rows). */
okrug_status okrug_evidence_read(okrug_ctx *ctx, const okrug_table *const *table, const okrug_evidence_time *time,
                                 int spread, const okrug_words *more, okrug_vat_rate *rate, const void *rates,
                                 okrug_evidence *out);

/* The number of a firm by its code; -1: it is none of those that are looked at. */
int32_t okrug_evidence_firm(const okrug_evidence *ev, const char *code);

/* A text of yes and no. */
okrug_known okrug_evidence_known(const okrug_column *column, int64_t row);

/* The participants of one cluster as a group, with room for `more` others behind them, which the caller fills; in
 * scratch memory. `place` (ev->firms, all -1 before) gets the place of each participant: the caller sets it back with
 * okrug_evidence_leave. */
typedef struct {
    okrug_group group;
    int64_t *contract_row; /* by contract of the group: its row */
    uint8_t *producing, *organises, *special_territory, *special_contract, *maker;
    int32_t *region, *role;
    double *revenue, *workplaces, *productive;
    int32_t *firm;
} okrug_evidence_group;

okrug_status okrug_evidence_enter(okrug_ctx *ctx, const okrug_evidence *ev, int64_t cluster, int64_t more,
                                  int32_t *place, okrug_evidence_group *g);
/* The view of the first `participants` that a judgement takes. */
void okrug_evidence_group_as(okrug_evidence_group *g, int64_t participants, bool contracts_known);
/* The contracts between those that have a place by now. */
okrug_status okrug_evidence_link(okrug_ctx *ctx, const okrug_evidence *ev, const int32_t *place,
                                 okrug_evidence_group *g);
void okrug_evidence_leave(int32_t *place, const okrug_evidence_group *g, int64_t count);
/* What other tables say of that firm, put into that place of the group. */
void okrug_evidence_put_firm(const okrug_evidence *ev, int32_t firm, int64_t at, okrug_evidence_group *g);

#endif
