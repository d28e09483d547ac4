/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules of eligibility: what is measured of a group of firms, within which bounds it is known, and what a rule says of
 * it. Arrays in, verdicts out; which rules hold on which day, and what they ask for, is data.
 */
#ifndef OKRUG_RULES_H
#define OKRUG_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>

/* What can be asked about a group. X(name, code in rule files, unit) */
#define OKRUG_MEASURES(X)                                                                                              \
    X(PARTICIPANT_SHARE, "participant-share", "share")   /* the least among those that produce */                      \
    X(GENERAL_DEPENDENCE, "general-dependence", "share") /* of all their output together */                            \
    X(MEAN_DEPENDENCE, "mean-dependence", "share")       /* the mean of the participants' shares */                    \
    X(PARTICIPANTS, "participants", "count")                                                                           \
    X(NON_PRODUCING, "non-producing", "count")                                                                         \
    X(NON_PRODUCING_IDLE, "non-producing-idle", "count")           /* and do not organise production either */         \
    X(WITHOUT_CONTRACT, "without-contract", "count")               /* with another, nor a special investment one */    \
    X(SPECIAL_TERRITORY_SHARE, "special-territory-share", "share") /* of the participants */                           \
    X(END_PRODUCT_MAKERS, "end-product-makers", "count")                                                               \
    X(PRODUCTIVE_WORKPLACES_SHARE, "productive-workplaces-share", "share")                                             \
    X(REGIONS, "regions", "count")                                                                                     \
    X(PARTICIPANT_ROLES, "participant-roles", "count") /* kinds of member */                                           \
    X(FACILITIES, "facilities", "count")               /* of the kinds that the rule names */                          \
    X(DECLARED, "declared", "")                        /* a fact that the rule names */                                \
    X(YEARS_SINCE_CONFIRMATION, "years-since-confirmation", "year")                                                    \
    X(VAT_RATE, "vat-rate", "share") /* asks for nothing: how amounts are compared */

typedef enum {
#define OKRUG_X(name, code, unit) OKRUG_MEASURE_##name,
    OKRUG_MEASURES(OKRUG_X)
#undef OKRUG_X
        OKRUG_MEASURES_COUNT
} okrug_measure;

const char *okrug_measure_code(okrug_measure measure);
const char *okrug_measure_unit(okrug_measure measure);
bool okrug_measure_find(const char *code, okrug_measure *measure);

typedef enum { OKRUG_NO, OKRUG_YES, OKRUG_UNKNOWN } okrug_known;

/* What is known of a number: it is from `lo` to `hi`. NaN in both: there is no such number. */
typedef struct {
    double lo, hi;
} okrug_span;

typedef enum { OKRUG_AT_LEAST, OKRUG_AT_MOST, OKRUG_BELOW, OKRUG_ABOVE, OKRUG_COMPARES } okrug_compare;

/* Whether every number of the span compares so with `value` (YES), none (NO), or some (UNKNOWN, as where there is no
 * number). What differs from `value` by no more than 1e-12 of it counts as equal: sums are rounded. */
okrug_known okrug_compared(okrug_span span, okrug_compare compare, double value);

/* One rule: what its criterion asks, and where it asks it. `slot` and `when_slot` say which of the spans. */
typedef struct {
    int32_t criterion; /* rules of one criterion hold together, or by turns, as their conditions say */
    int32_t slot;      /* of what is measured */
    okrug_measure measure;
    okrug_compare compare;
    double value;      /* NaN: nothing on file, there is no rule */
    int32_t when_slot; /* -1: the rule has no condition */
    okrug_measure when_measure;
    okrug_compare when_compare;
    double when_value;
} okrug_rule;

typedef enum { OKRUG_MET, OKRUG_NOT_MET, OKRUG_NOT_ENOUGH_EVIDENCE, OKRUG_NO_RULE } okrug_verdict;
/* "met", "not-met", "not-enough-evidence", "no-rule" */
const char *okrug_verdict_code(okrug_verdict verdict);

typedef struct {
    okrug_verdict verdict;
    int64_t rule;   /* that decided, or of those that may the one that asks most; -1: none holds */
    bool uncertain; /* whether that rule holds is not known */
} okrug_judgement;

/* One judgement for each of `criteria`, from the rules that hold on the day. A criterion is met where all of its rules
 * whose condition holds are met; where only some may hold, it has a verdict if they agree on it. O(rules * criteria).
 */
void okrug_rules_judge(const okrug_rule *rules, int64_t count, const okrug_span *span, int64_t criteria,
                       okrug_judgement *out);

/* A group of firms. Arrays by participant and by contract between two of them. */
typedef struct {
    int64_t participants;
    const uint8_t *producing, *organises, *special_territory, *special_contract, *maker; /* okrug_known */
    const int32_t *region, *role;                    /* -1: not known; role: -1 also where there is none */
    const double *revenue, *workplaces, *productive; /* NaN: not known */
    bool contracts_known;                            /* all contracts between participants are listed */
    int64_t contracts;
    const int32_t *supplier, *buyer;
    const double *lo, *hi;   /* what of the amount is output used in the period, without VAT */
    const uint8_t *open;     /* the amount is not known: hi is no bound */
    const uint8_t *in_force; /* okrug_known, on the day */
} okrug_group;

/* By participant; room for `participants` each. */
typedef struct {
    okrug_span *share;             /* used by other participants / output; of who does not produce NaN */
    double *within_lo, *within_hi; /* infinity: nothing bounds it */
    int32_t *contracts;            /* as supplier, with an amount in the period */
    uint8_t *has_contract;         /* okrug_known */
} okrug_group_shares;

/* Only what one sells directly to another participant counts, not what goes on through others. A share is 0 where
 * nothing was sold within, whatever the output; else without output it is from 0 to 1. Scratch: 4 doubles a
 * participant. OKRUG_NO_MEMORY. O(participants + contracts). */
okrug_status okrug_group_measure_shares(okrug_ctx *ctx, const okrug_group *group, okrug_group_shares *out);

/* What is measured, for every measure but FACILITIES, DECLARED, YEARS_SINCE_CONFIRMATION and VAT_RATE, which get NaN;
 * `unknown` (OKRUG_MEASURES_COUNT): of how many participants something was missing. OKRUG_NO_MEMORY. */
okrug_status okrug_group_measures(okrug_ctx *ctx, const okrug_group *group, const okrug_group_shares *shares,
                                  okrug_span span[OKRUG_MEASURES_COUNT], int64_t unknown[OKRUG_MEASURES_COUNT]);

#endif
