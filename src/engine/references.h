/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which columns of registers and of the registry name rows of another table: the code of a firm, a cluster, a project.
 */
#ifndef OKRUG_ENGINE_REFERENCES_H
#define OKRUG_ENGINE_REFERENCES_H

#include "engine/kinds.h"
#include "store/store.h"

/* The kind of table whose rows that column of that kind names ("firms" of supplier in contracts); NULL: none. */
const char *okrug_reference_of(const okrug_kind *kind, const char *column);

/* Whether a code of that column that no such row has may be meant so: registers tell of firms elsewhere too. */
bool okrug_reference_is_open(const okrug_kind *kind, const char *column);

/* Warns ("no-such-reference") of each code in the row, which has one, that no row of the workspace has; of firms only
 * where there is a table of them. Cost: a pass over the tables that are named. */
okrug_status okrug_references_tell(okrug_ctx *ctx, okrug_store *store, const okrug_kind *kind, const okrug_table *row);

/* The same of a whole workspace whose datasets are looked at one by one; NULL: memory is short. */
typedef struct okrug_references okrug_references;
okrug_references *okrug_references_new(void);
void okrug_references_free(okrug_references *references);
okrug_status okrug_references_look(okrug_references *references, const okrug_dataset *dataset);
/* Warns ("references-nothing") of each column that names what is not there; gives how many codes do. */
okrug_status okrug_references_told(okrug_ctx *ctx, const okrug_references *references, int64_t *count);

#endif
