/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The candidates of one purchase.
 */
#ifndef OKRUG_ANALYSES_SCOUTING_SEARCH_H
#define OKRUG_ANALYSES_SCOUTING_SEARCH_H

#include "analyses/scouting_case.h"

typedef struct {
    int32_t firm;
    bool exact;
    int digits;
    double size, fit, distance;
    bool from_output;
    int64_t contracts;
    const char *product;
} okrug_scouting_candidate;

typedef struct {
    const okrug_scouting *s;
    const okrug_table *firms;
    const char *region;              /* of candidates; NULL: any */
    int64_t digits;                  /* with which the codes of both must begin */
    double *lon, *lat;               /* firms: NaN: not known */
    bool *wanted;                    /* firms */
    int64_t *mark;                   /* firms: the last purchase that they were a candidate of, from 1 on */
    okrug_scouting_candidate *found; /* firms */
    int64_t count;
} okrug_scouting_search;

/* Places the firms and takes those of the region; the request (s, firms, region, digits) is there. Scratch memory.
 * OKRUG_BAD_USAGE ("firms-have-no-regions", "no-firm-of-region"). */
okrug_status okrug_scouting_place(okrug_ctx *ctx, okrug_scouting_search *q);
/* Finds those of that purchase, the best first. */
void okrug_scouting_find(okrug_scouting_search *q, int64_t which);
/* What the table of firms says of a firm; NULL: nothing. */
const char *okrug_scouting_word(const okrug_scouting_search *q, int32_t firm, const char *column);

#endif
