/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `support` judges: projects, what is known of them, and the measures with their terms, each line of which reads
 * "target relation coefficient x fact + add".
 */
#ifndef OKRUG_ANALYSES_SUPPORT_CASE_H
#define OKRUG_ANALYSES_SUPPORT_CASE_H

#include <okrug/rules.h>

#include "analyses/analysis.h"
#include "analyses/confidence.h"

/* "" where the table has no such column or the cell is missing. */
const char *okrug_cell_text(const okrug_table *table, const char *column, int64_t row);
double okrug_cell_number(const okrug_table *table, const char *column, int64_t row); /* NaN */

/* Whether that word is among words with spaces between. */
bool okrug_word_among(const char *words, const char *word);
/* The text of --date as YYYY-MM-DD: OKRUG_BAD_USAGE ("day-needed", "not-a-date"). */
okrug_status okrug_day_of(okrug_ctx *ctx, const char *text, char day[OKRUG_DOMAIN_TEXT]);

/* Whether a day is within two dates, each a whole one (both days are within), what is known of one ("2023-12", "2021"),
 * or "". An empty end is none; where it cannot be told, NOT_ENOUGH_EVIDENCE. */
okrug_verdict okrug_in_force(const char *day, const char *from, const char *to);
/* Which of them it cannot be told from: "effective_from" or "effective_to"; NULL: it can be told. */
const char *okrug_in_force_missing(const char *day, const char *from, const char *to);

/* Whether a value and a limit are so related ("at-least", "at-most", "is"): what rounding leaves of a share or a sum is
 * nothing, as in a verdict on a cluster. A value that is not known holds nothing. */
bool okrug_support_holds(double value, const char *relation, double limit);

typedef struct {
    const okrug_table *projects, *costs, *facts, *positions, *participants, *verdicts; /* all but the first: or NULL */
    const char *day;                                                                   /* YYYY-MM-DD */
    double key_rate;                                                                   /* NaN: not given */
} okrug_support_case;

typedef struct {
    double value;        /* NaN: not known */
    double open;         /* so much more it may be */
    const char *text;    /* of facts that are words ("region"); else NULL */
    const char *source;  /* where it is from: "budget, own_funds" */
    const char *missing; /* what would have to be known; NULL where it is */
} okrug_fact;

/* What is known of the project in that row under that name: "budget", "own-funds", "own-share", "need",
 * "investment-years", "product-listed", "cluster-registered", "region", "key-rate", "cost.KIND", else whatever the
 * facts say of the project, of its firm, or of its cluster. */
okrug_fact okrug_support_fact(okrug_ctx *ctx, const okrug_support_case *c, int64_t project, const char *name);

/* "firm" of the project, else the project itself. */
const char *okrug_support_applicant(const okrug_support_case *c, int64_t project);

#endif
