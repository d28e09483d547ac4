/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Official registers of firms, as large as they are: XML files in an archive, read record by record and handed on in
 * batches, so that memory does not grow with the register.
 *
 * Shapes: the register of small and medium firms (Файл/Документ, order MMB-7-14/414@ of the tax service and its later
 * versions) and that of legal persons (EGRUL/СвЮЛ, version 4.0x).
 */
#ifndef OKRUG_SOURCES_REGISTER_H
#define OKRUG_SOURCES_REGISTER_H

#include "sources/sources.h"

typedef enum { OKRUG_REGISTER_NONE, OKRUG_REGISTER_SME, OKRUG_REGISTER_EGRUL } okrug_register_shape;

const char *okrug_register_code(okrug_register_shape shape); /* "sme-register", "egrul" */

/* What the file is, by what is in it: an archive with such XML files (archives within archives too), or one of them by
 * itself, also .gz or .xz. NONE: neither, or it cannot be read; nothing is reported. Cost: the beginning of a few
 * members. OKRUG_NO_MEMORY, OKRUG_CANCELLED. */
okrug_status okrug_register_find(okrug_ctx *ctx, const char *path, okrug_register_shape *shape);

/* How far reading is, and what was met. X(name) */
#define OKRUG_REGISTER_COUNTS(X)                                                                                       \
    X(members)      /* files of the register that are done with, the damaged ones among them */                        \
    X(records)      /* of the next one that were read already */                                                       \
    X(read)         /* records in all */                                                                               \
    X(kept)         /* after `where` */                                                                                \
    X(damaged)      /* files that could not be read to their end */                                                    \
    X(without_code) /* records left out, for they have no valid INN and no valid OGRN */                               \
    X(bad_codes)    /* codes left out, for their digits do not check or are none */                                    \
    X(persons)      /* kept: sole traders */                                                                           \
    X(synthetic)    /* kept: marked as made up */

typedef struct {
#define OKRUG_X(name) int64_t name;
    OKRUG_REGISTER_COUNTS(OKRUG_X)
#undef OKRUG_X
} okrug_register_state;

typedef struct {
    const char *path;
    const void *bytes; /* of one XML file, `path` being then only its name; NULL: the file's */
    size_t length;
    okrug_register_shape shape;
    const okrug_where *where; /* columns of the table, or the register's own names of them (КодРегион) */
    int where_count;
    okrug_register_state from; /* what was read before: it is passed over */
    int64_t most;              /* records to read at most; 0: all */
} okrug_register_request;

/* Takes a batch of rows: none of them comes again. `state`: reading that goes on from there gives the rest. */
typedef okrug_status okrug_register_sink(void *user, const okrug_table *batch, const okrug_register_state *state);

/* The columns of that shape's rows in an empty table: those of the kind `firms` that it has, and `personal` (yes: of a
 * sole trader, whose name and codes are personal data), `products`, `included` or `capital`. */
okrug_status okrug_register_columns(okrug_register_shape shape, okrug_table *table);

/* Reads it. A file within that is damaged (a wrong checksum, XML that breaks off, with a document type, deeper than 64
 * or with tags above 1 MiB) gives a warning that names it, and no rows but those of batches handed on before the
 * damage. OKRUG_BAD_INPUT: no such column in `where` ("no-column"), or the archive itself is damaged. Reports progress
 * ("task.reading") and can be cancelled. Memory: a batch of 16,384 rows. */
okrug_status okrug_register_read(okrug_ctx *ctx, const okrug_register_request *request, okrug_register_sink *sink,
                                 void *user, okrug_register_state *state);

#endif
