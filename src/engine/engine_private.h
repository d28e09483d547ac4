/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the engine share: how to read, and inputs once they are read.
 */
#ifndef OKRUG_ENGINE_ENGINE_PRIVATE_H
#define OKRUG_ENGINE_ENGINE_PRIVATE_H

#include "analyses/analysis.h"
#include "engine/engine.h"
#include "sources/sources.h"
#include "store/store.h"

/* The analysis of that id; BAD_USAGE ("unknown-analysis") names those there are. */
okrug_status okrug_analysis_named(okrug_ctx *ctx, const char *id, const okrug_analysis **analysis);

/* One --map or --where: of which input, which role or column, and the text after the equals sign. */
typedef struct {
    const char *input; /* "input", "reference", ... */
    const char *name;
    const char *text;
} okrug_binding;

/* The options that say how to read, the same for every analysis and for import. */
typedef struct {
    okrug_binding *map;
    int maps;
    okrug_binding *where;
    int wheres;
    int64_t header_row;
    const char *encoding;
    char delimiter;
    char decimal;
    okrug_reason blank;
    const char *suppressed;
    bool unit_given;
    okrug_unit unit;
    bool keep_others; /* also keep columns that have no role, as text: for import */
} okrug_reading;

/* Their names: no parameter, input or role may have one of them. */
extern const char *const okrug_reading_options[]; /* ended by NULL */

/* Takes one option if it is about reading: `taken` says whether it was. `analysis` tells the inputs whose names may
 * stand before the dot of map and where; NULL: there is only the first. `options`: how many options there are in all.
 */
okrug_status okrug_reading_take(okrug_ctx *ctx, okrug_reading *reading, const okrug_analysis *analysis,
                                const okrug_option *option, int options, bool *taken);

/* An input as it was read. */
typedef struct {
    const char *name;       /* of the input: "reference" */
    okrug_dataset *dataset; /* owns the table; freed with okrug_loaded_free */
    okrug_table *table;
    okrug_understood understood; /* of a file */
    const char *file;            /* as named, without folders; NULL: a dataset */
    const char *from;            /* dataset id; NULL: a file */
    const char *provenance;      /* of the dataset it came from */
} okrug_loaded;

/* Reads what `spec` names for that input, typed by its roles. */
okrug_status okrug_load(okrug_ctx *ctx, const char *spec, const char *folder, okrug_store *store,
                        const okrug_input *input, const okrug_reading *reading, okrug_loaded *loaded);
void okrug_loaded_free(okrug_loaded *loaded);

/* `file` as seen from `folder`. Lives as long as the context. */
const char *okrug_path(okrug_ctx *ctx, const char *folder, const char *file);
/* What follows the last slash. */
const char *okrug_base_name(const char *path);
bool okrug_is_file(const char *path);

/* A table that is there already (from a store), with the columns that are wanted, typed by role. */
okrug_status okrug_bind(okrug_ctx *ctx, const okrug_table *source, const okrug_wanted *wanted, int count,
                        const okrug_where *where, int where_count, const char *status, const char *suppressed,
                        okrug_dataset *dataset, const char *name, okrug_table **bound);

/* Provenance of a result as JSON, kept in it. */
okrug_status okrug_provenance_attach(okrug_ctx *ctx, const okrug_analysis *analysis, const void *parameters,
                                     const okrug_loaded *inputs, const char *const *texts, const okrug_reading *reading,
                                     int64_t first_message, okrug_dataset *result);

#endif
