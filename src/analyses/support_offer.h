/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One measure for one project: whether it may have it, how much, at what rate and for how long.
 */
#ifndef OKRUG_ANALYSES_SUPPORT_OFFER_H
#define OKRUG_ANALYSES_SUPPORT_OFFER_H

#include "analyses/support_case.h"

typedef enum { OKRUG_SUBSIDY, OKRUG_LOAN, OKRUG_GUARANTEE } okrug_support_kind;

typedef struct {
    int64_t project, measure; /* rows of their tables */
    okrug_support_kind kind;
    okrug_verdict verdict;
    double least, most;             /* amounts; most is infinite where nothing that is known bounds it */
    double rate;                    /* a year; NaN: not known, or no loan */
    double term_least, term;        /* years; the longest allowed; NaN: not known */
    double cover_least, cover_most; /* of the loan that is left to the market; NaN: no such term */
    okrug_confidence confidence;    /* of its least sure row */
    const char *missing;            /* what would have to be known, with commas; "": nothing */
} okrug_offer;

/* The tables that a judgement leaves its rows in. */
typedef struct {
    const okrug_table *measures, *terms;
    okrug_table *criteria, *limits;
} okrug_support_tables;

/* Columns of the two tables, in the order of OKRUG_SUPPORT_CRITERIA and OKRUG_SUPPORT_LIMITS. */
#define OKRUG_SUPPORT_CRITERIA                                                                                         \
    {"criterion", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"date", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},                     \
        {"verdict", OKRUG_TEXT, OKRUG_UNIT_NONE, "met, not-met, not-enough-evidence"},                                 \
        {"value", OKRUG_NUMBER, OKRUG_UNIT_NONE, "target"},                                                            \
        {"required", OKRUG_NUMBER, OKRUG_UNIT_NONE, "coefficient fact + add"},                                         \
        {"clause", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},                                                                 \
        {"confidence", OKRUG_TEXT, OKRUG_UNIT_NONE, "certain, likely, unverified"},                                    \
        {"evidence", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"project", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},               \
        {"measure", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"target", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},                 \
        {"relation", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"missing", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {             \
        "clause_ru", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL                                                                 \
    }
#define OKRUG_SUPPORT_LIMITS                                                                                           \
    {"project", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"measure", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},                    \
        {"term", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"target", OKRUG_TEXT, OKRUG_UNIT_NONE, "amount, rate, term"},    \
        {"relation", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},                                                               \
        {"value", OKRUG_NUMBER, OKRUG_UNIT_NONE, "coefficient fact + add"},                                            \
        {"each", OKRUG_TEXT, OKRUG_UNIT_NONE, "project, applicant, all"},                                              \
        {"clause", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {"confidence", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},              \
        {"missing", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL}, {                                                              \
        "clause_ru", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL                                                                 \
    }

/* Judges, and adds rows to the tables. Scratch memory and texts of the context. */
okrug_status okrug_support_judge(okrug_ctx *ctx, const okrug_support_case *c, const okrug_support_tables *tables,
                                 int64_t project, int64_t measure, okrug_offer *offer);

/* Whether a row of the terms is of that measure and holds on the day, as far as can be told. */
bool okrug_term_holds(const okrug_support_case *c, const okrug_support_tables *tables, int64_t term, int64_t measure);

/* OKRUG_BAD_INPUT, a fault for each: kinds, relations, confidences and dates that are none, terms of no measure. */
okrug_status okrug_support_check(okrug_ctx *ctx, const okrug_support_tables *tables);

#endif
