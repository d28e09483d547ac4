/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of old codes -> pieces of values of new ones, and what went astray on the way.
 */
#ifndef OKRUG_ANALYSES_CONVERT_PIECES_H
#define OKRUG_ANALYSES_CONVERT_PIECES_H

#include "analyses/code_map.h"

/* Numbers of words; -1: none. */
typedef struct {
    int32_t region, industry, period;
    int32_t reason; /* okrug_reason */
    int64_t order;  /* of the pieces, as the rows gave them */
    double value;   /* 0 where it is missing */
} okrug_piece;

enum {
    OKRUG_LEAK_UNMAPPED,   /* the concordance does not have the code: left out */
    OKRUG_LEAK_KEPT,       /* the same, and it stays under its own code */
    OKRUG_LEAK_INCOMPLETE, /* shares add up to less than 1 */
    OKRUG_LEAK_EXCESS,     /* to more than 1 */
    OKRUG_LEAK_LATE,       /* a code in use after it was ended: moved */
    OKRUG_LEAK_DOUBLE      /* the same, while its successor has a value of its own: left out */
};
extern const char *const okrug_leak_codes[];

enum { OKRUG_LEAK_OF_INDUSTRY, OKRUG_LEAK_OF_REGION };

typedef struct {
    int32_t dimension, problem;
    int32_t code, period; /* numbers of words of the input's column */
    int64_t order, cells, missing;
    double value; /* what the cells have */
    double lost;  /* what of it is in no piece; below 0: what is there twice */
} okrug_leak;

typedef struct {
    const okrug_table *input;
    const okrug_code_map *concordance, *reforms; /* NULL: none */
    bool keep;                                   /* codes that the concordance lacks stay */
    okrug_words *regions, *industries;           /* the new codes; the caller's */
    int64_t pieces, leaks;
    okrug_piece *piece; /* by region, industry and period, then by order */
    okrug_leak *leak;   /* by dimension, problem, code and period; each once */
} okrug_conversion;

/* Fills pieces and leaks. Scratch memory. O(rows * parts * log). OKRUG_NO_MEMORY, OKRUG_CANCELLED. */
okrug_status okrug_conversion_make(okrug_ctx *ctx, okrug_conversion *c);

#endif
