/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files share that make the card of a cluster.
 */
#ifndef OKRUG_PLATFORM_CARD_H
#define OKRUG_PLATFORM_CARD_H

#include <okrug/numeric.h>

#include "platform/tables.h"

typedef struct {
    int64_t milestones, done, late, entries;
    okrug_sum spent;
} okrug_card_project;

typedef struct {
    okrug_registry *r;
    const char *cluster;
    okrug_words *members;  /* firms that take part on that day */
    okrug_words *firms;    /* they, and whoever else is named */
    okrug_words *known;    /* those of the firms that the workspace knows: word i is row i of what was read of them */
    okrug_words *projects; /* word i is row i of what was read of projects */
    okrug_card_project *project; /* of each */
    int64_t undated;             /* contracts */
    int64_t with_vat, without;   /* contracts whose amount has VAT in it, or has not; of others it is not known */
} okrug_card;

/* Whether that obligation is the cluster's, or one of its projects'. */
bool okrug_card_owes(const okrug_card *c, int64_t row);
int64_t okrug_card_firm_row(const okrug_card *c, const char *firm); /* -1: not known */
const char *okrug_card_firm_name(const okrug_card *c, const char *firm);

okrug_status okrug_card_tell_spending(okrug_card *c);
okrug_status okrug_card_tell_contracts(okrug_card *c);
okrug_status okrug_card_tell_missing(okrug_card *c);

#endif
