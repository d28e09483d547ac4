/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which industries an analysis is asked about, and how large a table may be before they must be named.
 */
#ifndef OKRUG_ANALYSES_IO_ASKED_H
#define OKRUG_ANALYSES_IO_ASKED_H

#include "analyses/io_table.h"

/* Above so many industries nothing that needs the whole inverse is computed, only what is asked for by name. */
enum { OKRUG_IO_WHOLE = 5000 };

typedef struct {
    bool named;     /* some were named: only these */
    int64_t count;  /* of those asked: all where none was named */
    int64_t *which; /* count, in the order of the table */
    bool *marked;   /* n */
} okrug_io_asked;

/* Scratch memory of the context. OKRUG_BAD_INPUT ("no-industry", "name-twice") for a name that is none. */
okrug_status okrug_io_read_asked(okrug_ctx *ctx, const okrug_io *io, const okrug_texts *names, okrug_io_asked *asked);
/* OKRUG_BAD_INPUT ("too-many-industries") where none is named and there are more than OKRUG_IO_WHOLE. */
okrug_status okrug_io_need_names(okrug_ctx *ctx, const okrug_io *io, bool named);
/* The number of an industry by its code; OKRUG_BAD_INPUT ("no-industry"). */
okrug_status okrug_io_find(okrug_ctx *ctx, const okrug_io *io, const char *code, int64_t *industry);

#endif
