/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of duplicates share.
 */
#ifndef OKRUG_ANALYSES_DUPLICATES_ROWS_H
#define OKRUG_ANALYSES_DUPLICATES_ROWS_H

#include "analyses/analysis.h"

typedef struct {
    okrug_ctx *ctx;
    const okrug_table *table;
    int64_t rows;
    okrug_words *name, *place, *form;      /* normal names and addresses, forms of ownership; owned */
    int32_t *name_of, *place_of, *form_of; /* rows: -1: none */
    int64_t *next, *first;                 /* rows of one word, a list: by row, by word */
    int64_t *root;                         /* rows: groups by union */
    okrug_table *pairs;
} okrug_duplicates;

/* Fills name, place and form of each row. */
okrug_status okrug_duplicates_normalise(okrug_duplicates *s);
/* Rows with the same word, linked in their order: first by word, next by row; -1 ends a list. */
void okrug_duplicates_link(const okrug_duplicates *s, const int32_t *word, int64_t words);
/* The row that stands for the group of that row. */
int64_t okrug_duplicates_root(const okrug_duplicates *s, int64_t row);

/* ---- duplicates_pairs.c */
enum { OKRUG_DUPLICATES_PAIR_COLUMNS = 10 };
extern const okrug_output_column okrug_duplicates_pair_columns[OKRUG_DUPLICATES_PAIR_COLUMNS];
/* Writes the pairs and joins what is one firm, but for those of the least confidence. `letters`: names of fewer are not
 * compared letter by letter. */
okrug_status okrug_duplicates_pair(okrug_duplicates *s, int64_t letters);

#endif
