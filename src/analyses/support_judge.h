/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the judgement of a measure for a project is made with: conditions in support_offer.c, limits in
 * support_limits.c.
 */
#ifndef OKRUG_ANALYSES_SUPPORT_JUDGE_H
#define OKRUG_ANALYSES_SUPPORT_JUDGE_H

#include "analyses/support_offer.h"

typedef struct {
    okrug_ctx *ctx;
    const okrug_support_case *c;
    const okrug_support_tables *t;
    okrug_offer *offer;
} okrug_judge;

/* A row of the terms, read. */
typedef struct {
    const char *id, *target, *relation, *text, *each, *clause, *clause_ru;
    okrug_confidence confidence;
    okrug_verdict applies;
    double limit;        /* coefficient x fact + add; NaN: not known */
    double coefficient;  /* of the loan left to the market; NaN where the fact is another */
    const char *missing; /* what the limit would need; NULL: nothing */
} okrug_term;

typedef struct {
    const char *criterion, *target, *relation, *clause, *clause_ru, *evidence, *missing;
    okrug_verdict verdict;
    double value, required;
    okrug_confidence confidence;
} okrug_criterion;

/* The largest amount and the longest term that the measure asks for at least, or a ceiling below nothing. */
typedef struct {
    okrug_term amount, term;
} okrug_floors;

/* Adds a row to the criteria, and takes its verdict and confidence into the offer. */
okrug_status okrug_support_add_criterion(const okrug_judge *j, const okrug_criterion *k);
/* Something would have to be known. */
void okrug_support_lack(const okrug_judge *j, const char *missing);
/* The offer is no surer than this. */
void okrug_support_rely(const okrug_judge *j, okrug_confidence confidence);

/* ---- support_limits.c */

/* A term of the amount, the rate or the years. `of_rate`: how sure the best rate is. */
okrug_status okrug_support_judge_limit(const okrug_judge *j, const okrug_term *t, okrug_confidence *of_rate);
/* Keeps a term that is the largest floor so far, or leaves less than nothing. */
void okrug_support_note_floor(const okrug_judge *j, const okrug_term *t, okrug_floors *of);
okrug_status okrug_support_judge_floor(const okrug_judge *j, const okrug_term *t, double value, double required);

#endif
