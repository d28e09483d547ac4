/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the similarity matrices are computed from: the inputs as matrices over one list of industries.
 */
#ifndef OKRUG_ANALYSES_SIMILARITY_PANELS_H
#define OKRUG_ANALYSES_SIMILARITY_PANELS_H

#include "analyses/panel.h"
#include "analyses/similarity_matrices.h"

/* Industries are columns; those of `take` (n places in the whole panel) in that order. NULL members: not given. */
typedef struct {
    int64_t n;
    int64_t rows;      /* regions or occupations */
    double *value;     /* rows x n; 0 where not known */
    bool *known;       /* rows x n; NULL: all are */
    double *reference; /* rows: sums over all industries of the file */
} okrug_similarity_panel;

typedef struct {
    okrug_panel whole;                       /* the first input */
    okrug_similarity_panel employment;       /* over whole's industries */
    okrug_similarity_panel establishments;   /* likewise */
    okrug_similarity_panel staff;            /* likewise, rows are occupations, cells shares of the industry */
    double *flow, *sold, *bought;            /* whole's industries; NULL: not given */
    bool *listed;                            /* whole's industries: asked for */
    int64_t withheld, cells, rows, unlisted; /* of the industries asked for: cells not known, cells, rows; industries
                                                listed that are not there */
} okrug_similarity_data;

/* Scratch memory. OKRUG_BAD_INPUT ("no-rows"). */
okrug_status okrug_similarity_data_read(okrug_ctx *ctx, const okrug_table *const *input, okrug_similarity_data *data);
/* The columns `take` (n) of a panel. Scratch memory. */
okrug_status okrug_similarity_panel_take(okrug_ctx *ctx, const okrug_similarity_panel *from, int64_t n,
                                         const int64_t *take, okrug_similarity_panel *to);
/* Whether a column has two different known values. */
bool okrug_similarity_varies(const okrug_similarity_panel *panel, int64_t column);
double okrug_similarity_total(const okrug_similarity_panel *panel, int64_t column);

#endif
