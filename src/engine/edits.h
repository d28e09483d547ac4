/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The provenance of a dataset whose rows were edited: how often since it was read, and a hash over all these edits.
 */
#ifndef OKRUG_ENGINE_EDITS_H
#define OKRUG_ENGINE_EDITS_H

#include <okrug/context.h>
#include <okrug/dataset.h>

/* What the provenance (NULL: there was none) becomes with the row recorded, or removed; in scratch memory. */
okrug_status okrug_edits_row(okrug_ctx *ctx, const char *provenance, const okrug_table *row, bool remove,
                             const char **next);

/* The same with `rows` rows in which the column's text `from` became `to`. */
okrug_status okrug_edits_recoded(okrug_ctx *ctx, const char *provenance, const char *column, const char *from,
                                 const char *to, int64_t rows, const char **next);

#endif
