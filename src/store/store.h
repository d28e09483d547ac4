/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The workspace: datasets and results with their provenance, and small documents (the study's page). The interface
 * knows no SQL, so that a second kind of store (PostgreSQL) is another file behind it; one test suite runs on both.
 *
 * A workspace is one file in GeoPackage layout: every table of a dataset is an SQL table of its own with its own
 * columns and a `reason` column, registered in gpkg_contents (with its geometry where it has one), so that GIS programs
 * see them as layers; okrug's own tables are not registered there.
 */
#ifndef OKRUG_STORE_STORE_H
#define OKRUG_STORE_STORE_H

#include <okrug/dataset.h>

typedef struct okrug_store okrug_store;

typedef enum {
    OKRUG_STORE_READ,  /* nothing is changed */
    OKRUG_STORE_WRITE, /* one writer at a time; plain journal, so that a copy of the closed file is whole */
    OKRUG_STORE_SERVE  /* read while others write: write-ahead log until closed (read-only files stay as they are) */
} okrug_store_mode;

/* A new empty workspace; a fault if something is there already ("workspace-exists"). On failure no file is left. */
okrug_status okrug_store_create(okrug_ctx *ctx, const char *location);
/* OKRUG_LOCKED, OKRUG_NEWER, OKRUG_READ_FAILED ("not-a-workspace", "missing-workspace"). Close with okrug_store_close.
 * A workspace of an older okrug is read as it is; to be written or served it is brought up to date first, all or
 * nothing, and what it was is kept beside it (a warning "workspace-migrated" names the file). */
okrug_status okrug_store_open(okrug_ctx *ctx, const char *location, okrug_store_mode mode, okrug_store **store);
void okrug_store_close(okrug_store *store); /* rolls back what was not committed; NULL is allowed */

/* From now on the store writes in turn with the other, which has the same workspace open in the same program, and with
 * all that do so already: in the order in which they came. Else each looks for three seconds whether the file happens
 * to be free ("workspace-locked"), and under many writers some look in vain. After half a minute of waiting for the
 * others that is the answer too. Before either is used by another thread. */
okrug_status okrug_store_take_turns(okrug_store *store, okrug_store *other);

/* A whole copy of one state under a new name, verified, also while others write; nothing is overwritten
 * ("workspace-exists"). On failure no file is left. */
okrug_status okrug_store_backup(okrug_ctx *ctx, okrug_store *store, const char *path);

/* A GeoPackage for others. draft: a new store that is to become one, to be filled with okrug_store_put; the file has no
 * name that lasts. publish: takes everything of okrug's own out of it, with the provenance moved into GeoPackage's
 * metadata, and gives it its name; in place of a file that is there only with `replace` ("workspace-exists"). The store
 * is to be closed then, and not to be used. Closed without that, it is gone. */
okrug_status okrug_store_draft(okrug_ctx *ctx, const char *location, okrug_store **store);
okrug_status okrug_store_publish(okrug_ctx *ctx, okrug_store *store, const char *location, bool replace);

typedef struct {
    int64_t format;
    int64_t undoable;    /* changes that can be undone */
    int64_t cells_aside; /* rows times columns of what they keep */
    int64_t bytes;
    int64_t bytes_free; /* of pages that hold nothing */
} okrug_store_health;

/* Whether the store is as okrug left it: its pages, references, tables, layers. OKRUG_BAD_INPUT with a fault for each
 * thing that is wrong; what another program may do (rows added, a layer taken off the list) is a warning. Reads all
 * of the file, but no dataset: okrug_store_get says whether one can be read. */
okrug_status okrug_store_check(okrug_ctx *ctx, okrug_store *store, okrug_store_health *health);

/* A change is all or nothing. put, remove and set_document outside a transaction make one of their own. */
okrug_status okrug_store_begin(okrug_ctx *ctx, okrug_store *store);
okrug_status okrug_store_commit(okrug_ctx *ctx, okrug_store *store);
void okrug_store_rollback(okrug_store *store);

/* What is put and removed is logged, and what was there before is put aside, out of sight, so that it can be brought
 * back. Inside a transaction, names the one change that all of it belongs to: `what` is "import", "run", "remove",
 * "edit", "merge" or "study", `subject` the dataset or the study; `id` (may be NULL) gets its number. Without it each
 * put and remove is a change of its own. The newest 20 changes can be undone, fewer where what is aside exceeds 5
 * million cells. */
okrug_status okrug_store_name_change(okrug_ctx *ctx, okrug_store *store, const char *what, const char *subject,
                                     int64_t *id);
/* A dataset with one table "changes" (id, what, dataset, time, state), newest first: time in microseconds since 1970,
 * UTC; state "done", "undone", or "settled" where it can no longer be undone. */
okrug_status okrug_store_changes(okrug_ctx *ctx, okrug_store *store, okrug_dataset **list);
/* Brings back what was there before the newest change that is done, and gives its number. OKRUG_NOT_FOUND
 * ("nothing-to-undo"). */
okrug_status okrug_store_undo(okrug_ctx *ctx, okrug_store *store, int64_t *id);

/* Keeps the dataset under its id, in place of one that was there. Checks for cancellation as it goes. */
okrug_status okrug_store_put(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset);
/* A dataset with one table that comes in pieces, because it is larger than memory: out of sight until its end, and
 * there for the next run of the program where this one is killed. `id` is what it will be called; `state` says how far
 * it is, in the caller's words.
 *
 * find: the state of what was begun under that id, NULL where nothing was; to be freed with free(). begin: throws that
 * away and begins; `dataset` has its id, kind and the empty table. add: the piece, which has the same columns, and the
 * state, both or neither; OKRUG_LOCKED ("gathered-elsewhere") where the state is not `before`, for then another program
 * goes on with it too. once: of rows with the same text in column `key` only the first stays; `repeated` of them went.
 * end: okrug_store_put of all of it, with the provenance of `dataset`. Each is a transaction, unless there is one
 * already. Cost: no more memory than a piece. */
okrug_status okrug_store_gather_find(okrug_ctx *ctx, okrug_store *store, const char *id, char **state);
okrug_status okrug_store_gather_begin(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset,
                                      const char *state);
okrug_status okrug_store_gather_add(okrug_ctx *ctx, okrug_store *store, const char *id, const okrug_table *piece,
                                    const char *before, const char *state);
okrug_status okrug_store_gather_once(okrug_ctx *ctx, okrug_store *store, const char *id, const char *key,
                                     int64_t *repeated);
okrug_status okrug_store_gather_end(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset);
okrug_status okrug_store_gather_drop(okrug_ctx *ctx, okrug_store *store, const char *id);

/* A dataset as it was put (same words, numbers bit for bit, reasons, units, headers, lines, provenance), to be freed
 * by the caller. OKRUG_NOT_FOUND ("no-dataset": id, and the ids there are). */
okrug_status okrug_store_get(okrug_ctx *ctx, okrug_store *store, const char *id, okrug_dataset **dataset);
/* Only its table `table`. */
okrug_status okrug_store_get_table(okrug_ctx *ctx, okrug_store *store, const char *id, const char *table,
                                   okrug_dataset **dataset);
okrug_status okrug_store_remove(okrug_ctx *ctx, okrug_store *store, const char *id);
/* What is there: a dataset with one table "datasets" (id, kind, table, rows, columns, provenance), a row for each
 * table, in the order in which datasets came; columns is a JSON array of {name, type, unit}. */
okrug_status okrug_store_list(okrug_ctx *ctx, okrug_store *store, okrug_dataset **list);

/* Small named texts (JSON). get: NULL in `text` where there is none; to be freed with free(). */
okrug_status okrug_store_set_document(okrug_ctx *ctx, okrug_store *store, const char *name, const char *text);
okrug_status okrug_store_get_document(okrug_ctx *ctx, okrug_store *store, const char *name, char **text);

#endif
