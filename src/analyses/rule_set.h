/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A set of rules as a table has them: those that hold on a day, for the kernel, and what they measure.
 */
#ifndef OKRUG_ANALYSES_RULE_SET_H
#define OKRUG_ANALYSES_RULE_SET_H

#include "analyses/evidence.h"

typedef struct {
    const okrug_table *table;
    const char *set;        /* its name; NULL: the table has none */
    int64_t criteria;       /* of the set, on whatever day, in the order of the table */
    int64_t *criterion_row; /* the row that names it: the last one that holds on the day, else the last one */
    int64_t rules;          /* that hold on the day */
    okrug_rule *rule;
    int64_t *row;  /* of each */
    int64_t slots; /* what is measured */
    okrug_measure *slot_measure;
    const char **slot_of;   /* kinds of facility, or a fact; NULL */
    double confirmed_years; /* since the confirmation; NaN: there is none */
} okrug_rule_set;

/* `names`: the choices of --set, `set` the place of the chosen one; `confirmed` may be NULL. In scratch memory.
 * OKRUG_BAD_INPUT ("no-such-set", "unknown-measure", "unknown-compare", "rule-of-what", "half-condition",
 * "dated-backwards"), OKRUG_BAD_USAGE ("bad-day", "confirmed-later"). */
okrug_status okrug_rule_set_read(okrug_ctx *ctx, const okrug_table *table, const char *set, const char *date,
                                 const char *confirmed, okrug_rule_set *out);

/* An okrug_vat_rate of a rule set. */
double okrug_rule_set_vat(const void *user, const char *date);

/* Warns of each VAT rate at which amounts of contracts are compared and that is not certain ("vat-rate-not-certain").
 */
void okrug_rule_set_tell_vat(okrug_ctx *ctx, const okrug_rule_set *set, const okrug_evidence *ev);

/* What of the day's facilities and facts is in each cluster: spans (clusters x slots), NaN where nothing is on file or
 * the slot is of something else. In scratch memory. O(rows * slots). */
okrug_status okrug_rule_set_count(okrug_ctx *ctx, const okrug_rule_set *set, const okrug_evidence *ev,
                                  okrug_span **out);

/* Whether that criterion is about an earlier confirmation, which stands beside the others. */
bool okrug_rule_set_is_confirmation(const okrug_rule_set *set, int64_t criterion);

/* Whether the words of `list`, with spaces between, have that one. */
bool okrug_rule_set_lists(const char *list, const char *word);

/* The spans of all slots for one cluster. */
void okrug_rule_set_spans(const okrug_rule_set *set, const okrug_span measured[OKRUG_MEASURES_COUNT],
                          const okrug_span *counted, okrug_span *span);

/* A cell of the rules as text; NULL: empty. */
const char *okrug_rule_set_text(const okrug_rule_set *set, const char *column, int64_t row);

#endif
