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

/* The options that say how to read, the same for every analysis and for import. From `header_row` to `suppressed` they
 * are those of the first input; okrug_reading_of gives another's ("--decimal reference=,"). */
typedef struct {
    okrug_binding *map;
    int maps;
    okrug_binding *where;
    int wheres;
    okrug_binding *form; /* what was said of how files are written: input, option, value; checked */
    int forms;
    int64_t header_row;
    int64_t header_last; /* of a header of several rows; else 0 */
    const char *encoding;
    char delimiter;
    char decimal;
    okrug_reason blank;
    const char *suppressed;
    bool unit_given;
    okrug_unit unit;
    bool keep_others;  /* also keep columns that have no role, as text: for import */
    const char *part;  /* of the first input: its sheet or layer; NULL: as its name says */
    const void *bytes; /* of the first input: in place of the file's; NULL: the file's */
    size_t length;
} okrug_reading;

/* Their names: no parameter, input or role may have one of them. */
extern const char *const okrug_reading_options[]; /* ended by NULL */

/* Takes one option if it is about reading: `taken` says whether it was. `analysis` tells the inputs whose names may
 * stand before the dot of map and where; NULL: there is only the first. `options`: how many options there are in all.
 */
okrug_status okrug_reading_take(okrug_ctx *ctx, okrug_reading *reading, const okrug_analysis *analysis,
                                const okrug_option *option, int options, bool *taken);

/* Whether the option may be given once for every input. */
bool okrug_reading_repeats(const char *option);

/* How that input is read: its own header_row, encoding, delimiter, decimal, blank and suppressed; map, where and unit
 * as in `reading`. */
okrug_reading okrug_reading_of(const okrug_reading *reading, const char *input);

/* An input as it was read. */
typedef struct {
    const char *name;       /* of the input: "reference" */
    okrug_dataset *dataset; /* owns the table; freed with okrug_loaded_free */
    okrug_table *table;
    okrug_understood understood; /* of a file */
    const char *file;            /* as named, without folders; NULL: a dataset */
    const char *from;            /* dataset id; NULL: a file */
    const char *provenance;      /* of the dataset it came from */
    bool unit_known;             /* the dataset says what its numbers are */
    bool synthetic;              /* some of it, or of what it was made of, is made up */
} okrug_loaded;

/* The column that marks rows as made up (yes), whatever the table is. */
extern const char okrug_mark_name[];
/* Whether the mark is to be read though it is no role of the input. */
bool okrug_wants_mark(const okrug_input *input, const okrug_reading *reading);
/* Whether rows of the table are marked; where it has no such column, whether what its dataset was made of was. */
bool okrug_is_synthetic(const okrug_loaded *loaded);
/* Warns, naming such inputs; those whose mark the analysis reads itself are its own business. */
void okrug_tell_synthetic(okrug_ctx *ctx, const okrug_analysis *analysis, const okrug_loaded *loaded);

/* Reads what `spec` names for that input, typed by its roles. */
okrug_status okrug_load(okrug_ctx *ctx, const char *spec, const char *folder, okrug_store *store,
                        const okrug_input *input, const okrug_reading *reading, okrug_loaded *loaded);
/* The same for a file of that name that the program carries with it: what is said of how to read is not for it. */
okrug_status okrug_load_carried(okrug_ctx *ctx, const char *file, const void *bytes, size_t length,
                                const okrug_input *input, okrug_loaded *loaded);
void okrug_loaded_free(okrug_loaded *loaded);

/* ---- lost_zeros.c ---- */
/* Warns ("codes-lost-zeros") where codes of regions, industries or products lack a zero in front that others of the
 * column have. Cost: O(rows + text). */
okrug_status okrug_codes_check(okrug_ctx *ctx, const okrug_input *input, const okrug_table *table);

/* The file as it stands, no role asked of it: its header, or, with `header` NULL, a table of texts in `dataset`. */
okrug_status okrug_load_plain(okrug_ctx *ctx, const char *spec, const char *folder, const okrug_reading *reading,
                              okrug_words *header, okrug_dataset *dataset, okrug_table **table);

/* `file` as seen from `folder`. Lives as long as the context. */
const char *okrug_path(okrug_ctx *ctx, const char *folder, const char *file);
/* What follows the last slash. */
const char *okrug_base_name(const char *path);
bool okrug_is_file(const char *path);
/* Whether `spec` is FILE#PART with a file that is there and has sheets or layers (a workspace has datasets): then which
 * file, as seen from the folder, and which part. */
bool okrug_is_part(okrug_ctx *ctx, const char *folder, const char *spec, const char **file, const char **part);

/* ---- nearest.c: what was probably meant, before what is not there is looked for ---- */
/* A fault where the store has no such dataset but one that is nearly called so; `name`: DATASET or DATASET/TABLE. */
okrug_status okrug_need_dataset(okrug_ctx *ctx, okrug_store *store, const char *name);
/* A fault where there is no file at the path but a dataset in the store (NULL: none) that is called nearly as `spec`.
 */
okrug_status okrug_need_file(okrug_ctx *ctx, okrug_store *store, const char *spec, const char *path);

/* The column of that name, or the one whose header it was; NULL: none. */
const okrug_column *okrug_bind_source(const okrug_table *source, const char *name);

/* A table that is there already (from a store), with the columns that the request wants, typed by role. Numbers that
 * were kept as text are read as from a file: decimal mark, marks for missing. */
okrug_status okrug_bind(okrug_ctx *ctx, const okrug_table *source, const okrug_source_request *request,
                        okrug_dataset *dataset, const char *name, okrug_table **bound);

/* Whether a text can name a dataset, a step or a study: it becomes a folder under -o and stands before the slash of
 * "#dataset/table". Fails with `status` ("bad-id") at that place, which may be NULL. */
okrug_status okrug_id_check(okrug_ctx *ctx, okrug_status status, const okrug_place *place, const char *id);

/* Keeps that text as the provenance of the dataset, and frees it. */
okrug_status okrug_provenance_keep(okrug_dataset *dataset, okrug_buffer *text);

#endif
