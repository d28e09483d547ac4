/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of this room share beyond the public header.
 */
#ifndef OKRUG_DATASET_TABLE_PRIVATE_H
#define OKRUG_DATASET_TABLE_PRIVATE_H

#include <okrug/dataset.h>

/* Frees the table with its columns; its name belongs to the dataset. NULL is allowed. */
void okrug_table_free(okrug_table *table);

/* Makes the column the one owner of arrays that it has not got yet. */
okrug_status okrug_column_begin(okrug_column *column);
/* Frees the arrays and words where no other column has them. */
void okrug_column_end(okrug_column *column);

/* Gives a column that has no reasons yet all of them as PRESENT. `capacity` is the table's. */
okrug_status okrug_column_begin_reasons(okrug_column *column, int64_t capacity);

/* Empties a cell for that reason. The column has reasons. */
void okrug_column_make_missing(okrug_column *column, int64_t row, okrug_reason reason);

#endif
