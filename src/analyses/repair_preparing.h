/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files share that prepare a repair.
 */
#ifndef OKRUG_ANALYSES_REPAIR_PREPARING_H
#define OKRUG_ANALYSES_REPAIR_PREPARING_H

#include "analyses/repair_case.h"

enum { OKRUG_CANDIDATE_MEMBER, OKRUG_CANDIDATE_CONTRACT, OKRUG_CANDIDATE_FACILITY, OKRUG_CANDIDATE_KINDS };
extern const char *const okrug_candidate_kinds[OKRUG_CANDIDATE_KINDS];

typedef struct {
    okrug_ctx *ctx;
    const okrug_evidence *ev;
    const okrug_table *t; /* the candidates */
    int64_t count[OKRUG_CANDIDATE_KINDS];
    int64_t *row[OKRUG_CANDIDATE_KINDS];
    int32_t *place;
    bool of_output;    /* what is asked turns on output */
    uint8_t *left_out; /* by firm: a candidate of whom too little is known */
    okrug_repair_case *out;
} okrug_preparing;

/* The fault that a candidate of that kind lacks a cell. */
okrug_status okrug_candidate_lacks(const okrug_preparing *p, int64_t row, const char *what, const char *column);

okrug_status okrug_repair_put_deals(okrug_preparing *p, const okrug_repair_prices *prices);

#endif
