/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A header of several rows, in which an upper cell stands over several columns: it becomes one row of names.
 */
#ifndef OKRUG_SOURCES_HEADER_ROWS_H
#define OKRUG_SOURCES_HEADER_ROWS_H

#include "sources/rows.h"

typedef struct {
    char **text; /* rows times fields, "" where a cell is blank; then the names */
    int rows, fields;
    int64_t reserved;
} okrug_header_rows;

/* Keeps a copy of the row; cells of the first `fields`, as many as of every row before. OKRUG_NO_MEMORY. */
okrug_status okrug_header_rows_add(okrug_header_rows *header, const okrug_cell *cells, int fields);
/* Makes the cells the names: what stands in each column from above to below, with a space between. A blank cell of an
 * upper row has what stands to the left of it there, where both have something below. The names live as long as the
 * header. OKRUG_NO_MEMORY. */
okrug_status okrug_header_rows_join(okrug_header_rows *header, okrug_cell *cells);
void okrug_header_rows_free(okrug_header_rows *header);

/* Whether the row below a header looks like the rest of it: texts below columns that have no name, beside one that has,
 * and nothing below others. */
bool okrug_header_goes_on(const okrug_cell *below, const okrug_header_rows *header);
/* Says so ("header-goes-on"), and how to read it. */
void okrug_header_warn_goes_on(const okrug_rows *rows, int64_t header_row, int64_t below);

#endif
