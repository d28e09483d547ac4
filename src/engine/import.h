/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the import share.
 */
#ifndef OKRUG_ENGINE_IMPORT_H
#define OKRUG_ENGINE_IMPORT_H

#include "engine/engine_private.h"
#include "engine/kinds.h"
#include "sources/register.h"

/* Codes of an imported table against those of a dataset that is there. Scratch memory. */
typedef struct {
    const char *here, *there;
    const char
        *why; /* "zero", "digits", "alike", "yo", "dash", "city", "space", "several": key "join.why.WHY" of i18n */
} okrug_near_miss;

typedef struct {
    const char *with; /* the dataset; NULL: there is none to compare with */
    int64_t matched;
    const char **only_here;
    int64_t here;
    const char **only_there;
    int64_t there;
    okrug_near_miss *near;
    int64_t nears;
} okrug_join;

/* One import under way. The lists are in scratch memory of the context. */
typedef struct {
    const okrug_import_request *request;
    const okrug_kind *kind;
    const char *id;
    okrug_options options; /* in force: those of the request, or those remembered */
    bool remembered;
    okrug_reading reading;
    okrug_loaded loaded; /* as far as reading got; freed with okrug_loaded_free */
    okrug_join join;
} okrug_importing;

/* Reads the file. `store` NULL: nothing is remembered and nothing to compare with. `most`: of a register, only so many
 * records; 0: all of them, in memory. */
okrug_status okrug_import_load(okrug_ctx *ctx, okrug_store *store, const okrug_import_request *request, int64_t most,
                               okrug_importing *importing);
/* What of the request describes the data, as members of an object that is open. */
void okrug_import_describe(const okrug_import_request *request, okrug_json *json);
/* OKRUG_EXISTS with a fault for every dataset whose name is taken. */
okrug_status okrug_import_check_free(okrug_ctx *ctx, okrug_store *store, okrug_dataset *const *datasets, int count);

/* ---- import_register.c: official registers of firms ---- */
enum { OKRUG_REGISTER_LOOK = 1000 }; /* records that a preview looks at */
/* Which register the request's file is, told by what is in it, if registers are of its kind. */
okrug_status okrug_import_register_find(okrug_ctx *ctx, const okrug_import_request *request,
                                        okrug_register_shape *shape);
/* Its table in memory, at most `most` records of it (0: all). */
okrug_status okrug_import_register_load(okrug_ctx *ctx, okrug_importing *importing, okrug_register_shape shape,
                                        int64_t most);
/* All of it into the store, in pieces; one change. What a killed import left is gone on with, unless `again`. */
okrug_status okrug_import_register_keep(okrug_ctx *ctx, okrug_store *store, okrug_importing *importing,
                                        okrug_register_shape shape, bool replace, int64_t *change);

/* The workspace as it is, to compare with; NULL where it cannot be read: that is told when it is to be written. `quiet`
 * takes the messages. */
okrug_store *okrug_import_look_into(const char *workspace, okrug_ctx *quiet);

/* The options of import that describe the data rather than the file's form, ended by NULL. */
extern const char *const okrug_description_options[];
/* The options as a reading. BAD_USAGE for those that no import has. */
okrug_status okrug_import_reading(okrug_ctx *ctx, const okrug_import_request *request, const okrug_options *options,
                                  okrug_reading *reading);

/* What was understood, for people. */
void okrug_import_report(okrug_ctx *ctx, const okrug_catalogue *catalogue, const okrug_importing *importing,
                         okrug_buffer *out);

/* ---- register_state.c: which file it is, and how far an import is ---- */
okrug_status okrug_register_hash(okrug_ctx *ctx, const char *path, char text[OKRUG_HASH_TEXT]);
/* What must be the same for going on: the file, the tests, and the form of the state. */
okrug_status okrug_register_sign(okrug_ctx *ctx, const okrug_register_request *request, char text[OKRUG_HASH_TEXT]);
/* The signature and the counts, in the order of their list; lives as long as the context's scratch. */
const char *okrug_register_state_text(okrug_ctx *ctx, const char *signature, const okrug_register_state *state);
/* False: the text is of another signature. */
bool okrug_register_state_of(const char *text, const char *signature, okrug_register_state *state);

/* ---- import_products.c: the register of industrial products ---- */
/* Whether the file is that register, told by its header, and no option says how to read it. */
okrug_status okrug_import_products_find(okrug_ctx *ctx, okrug_importing *importing, bool *is);
okrug_status okrug_import_products_load(okrug_ctx *ctx, okrug_importing *importing);

/* Options that were used for a file of that kind with the same header; `found`: there are some. */
okrug_status okrug_remember_find(okrug_ctx *ctx, okrug_store *store, const okrug_import_request *request,
                                 okrug_options *options, bool *found);
/* Keeps the options of a successful import for the next file with its header; none: forgets those there were. */
okrug_status okrug_remember_keep(okrug_ctx *ctx, okrug_store *store, const okrug_importing *importing);

/* Notes in the history what rows of registers and of the registry became, where the dataset took the place of another
 * in the transaction. */
okrug_status okrug_import_note(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset);
/* okrug_import_keep, and, with `importing` (one for each dataset; may be NULL), the options are remembered with it. */
okrug_status okrug_import_keep_all(okrug_ctx *ctx, okrug_store *store, okrug_dataset *const *datasets,
                                   const okrug_importing *importing, int count, bool replace, int64_t *change);

/* Compares the codes of regions in the table, or where it could not be read in the file as it stands, with those of the
 * territories (else boundaries) of the store; of several such datasets, with the one that most match. */
okrug_status okrug_join_find(okrug_ctx *ctx, okrug_store *store, const okrug_importing *importing, okrug_join *join);

/* Parts of the preview, as members "columns" and "top" of an object that is open. All columns of the file as it stands,
 * with samples, and in `table` (of `plain`) what was read so; where even that fails (NULL), those of its header, and
 * the distinct texts of its first rows: its header may be in another one. `quiet` takes the messages. */
okrug_status okrug_preview_columns(const okrug_importing *importing, okrug_ctx *quiet, okrug_dataset *plain,
                                   okrug_table **table, okrug_json *json);
okrug_status okrug_preview_top(const okrug_importing *importing, okrug_ctx *quiet, bool is_table, okrug_json *json);

/* The role that a column with this header may have; NULL: none comes to mind. A suggestion, never used without the
 * user's word. */
const char *okrug_suggest_role(const okrug_kind *kind, const char *header);

#endif
