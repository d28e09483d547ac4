/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the SQLite store share: the connection, running statements, changes that are all or nothing.
 */
#ifndef OKRUG_STORE_SQLITE_H
#define OKRUG_STORE_SQLITE_H

#include <sqlite3.h>

#include <okrug/text.h>

#include "store/backend.h"

enum { OKRUG_SQLITE_WHERES = 32 }; /* conditions of one query for rows, at most */

typedef enum {
    OKRUG_SQLITE_NONE, /* each change is a transaction of its own */
    OKRUG_SQLITE_OPEN, /* between begin and commit */
    OKRUG_SQLITE_LOST  /* SQLite rolled it back after a failure: nothing may be committed until the caller rolls back */
} okrug_sqlite_transaction;

typedef struct {
    okrug_store base;
    sqlite3 *db;
    char *file;  /* as the user named it */
    char *draft; /* the name of a file that is to be published, or removed when it is closed; NULL: none */
    okrug_store_mode mode;
    okrug_sqlite_transaction transaction;
    int64_t change; /* the one that the transaction's puts belong to; 0: each makes one of its own */
    bool staging;   /* what is put is out of sight, in pieces that others can write between */
    bool patient;   /* wait for a while where another program holds the workspace */
} okrug_sqlite;

/* ---- sqlite_fault.c ------------------------------------------------------------------------------------------- */
/* The status for an SQLite result code, with the fault that says what to do. */
okrug_status okrug_sqlite_fault(okrug_sqlite *s, int code);
/* The file holds something that okrug did not write. */
okrug_status okrug_sqlite_damaged(okrug_sqlite *s, const char *detail);

/* ---- sqlite_statement.c ---------------------------------------------------------------------------------------
 * The arguments of a statement follow their types: 'i' int64_t, 'd' double, 't' text (NULL allowed; it must live until
 * the statement is finalized). */
okrug_status okrug_sqlite_prepare(okrug_sqlite *s, const char *sql, sqlite3_stmt **statement);
okrug_status okrug_sqlite_query(okrug_sqlite *s, sqlite3_stmt **statement, const char *sql, const char *types, ...);
okrug_status okrug_sqlite_run(okrug_sqlite *s, const char *sql, const char *types, ...);
okrug_status okrug_sqlite_next(okrug_sqlite *s, sqlite3_stmt *statement, bool *row);
/* Calls `visit` for every row that is left, until one fails; finalizes the statement. */
typedef okrug_status okrug_sqlite_row(okrug_sqlite *s, sqlite3_stmt *statement, void *user);
okrug_status okrug_sqlite_each_row(okrug_sqlite *s, sqlite3_stmt *statement, okrug_sqlite_row *visit, void *user);
/* The text of a cell, "" for NULL, until the next step. */
const char *okrug_sqlite_text(sqlite3_stmt *statement, int column);
/* Steps a statement that gives no rows, and makes it ready for the next time. */
okrug_status okrug_sqlite_step(okrug_sqlite *s, sqlite3_stmt *statement);
/* One number; OKRUG_NOT_FOUND, without a fault, where there is no row. */
okrug_status okrug_sqlite_integer(okrug_sqlite *s, int64_t *value, const char *sql, const char *types, ...);
/* Runs and finalizes the text of a buffer that may have failed to grow; frees it. */
okrug_status okrug_sqlite_run_buffer(okrug_sqlite *s, okrug_buffer *sql);
/* Adds a name in double quotes. */
void okrug_sqlite_quote(okrug_buffer *sql, const char *name);

/* A change inside a transaction is a savepoint, else a transaction. `end` commits or, where status is a failure, undoes
 * it; it returns the status of the whole. */
okrug_status okrug_sqlite_change_begin(okrug_sqlite *s, bool *own);
okrug_status okrug_sqlite_change_end(okrug_sqlite *s, bool own, okrug_status status);
/* Runs a statement that ends something, whether the job was cancelled or not; reports nothing. */
void okrug_sqlite_let_go(okrug_sqlite *s, const char *sql);
okrug_status okrug_sqlite_begin(okrug_store *store);
okrug_status okrug_sqlite_commit(okrug_store *store);
void okrug_sqlite_rollback(okrug_store *store);

/* ---- sqlite_file.c, sqlite_schema.c --------------------------------------------------------------------------- */
okrug_status okrug_sqlite_create(okrug_ctx *ctx, const char *location);
/* A workspace without datasets, open for writing, under another name (`beside`) in the folder of `location`, which is
 * what messages call it. On failure nothing stays. */
okrug_status okrug_sqlite_make(okrug_ctx *ctx, const char *location, const char **beside, okrug_sqlite **s);
okrug_status okrug_sqlite_open(okrug_ctx *ctx, const char *location, okrug_store_mode mode, okrug_store **store);
void okrug_sqlite_close(okrug_store *store);
okrug_status okrug_sqlite_schema_make(okrug_sqlite *s);
/* The number of the file's format, which this okrug can read; a fault where it is none of ours or newer. */
okrug_status okrug_sqlite_schema_check(okrug_sqlite *s, int64_t *format);
/* Brings a file of that format to the newest, all or nothing, after keeping a copy of it beside it. */
okrug_status okrug_sqlite_migrate(okrug_sqlite *s, int64_t format);

/* ---- sqlite_copy.c -------------------------------------------------------------------------------------------- */
/* An empty file of a new name beside `path`; 0 or the system's error. */
int okrug_sqlite_make_beside(okrug_ctx *ctx, const char *path, const char **beside);
#define OKRUG_SQLITE_BESIDE ".new-" /* between the file's own name and the number of the process */
/* ---- sqlite_litter.c: removes what killed programs left beside `path`; 0 or ENOMEM. */
int okrug_sqlite_clear_litter(okrug_ctx *ctx, const char *path);
/* Gives the file its name unless something has it: EEXIST. */
int okrug_sqlite_take_name(const char *beside, const char *path);
void okrug_sqlite_drop_beside(okrug_ctx *ctx, const char *beside);
okrug_status okrug_sqlite_cannot_make(okrug_ctx *ctx, const char *location, int error);
okrug_status okrug_sqlite_copy(okrug_store *store, const char *path);

/* ---- sqlite_names.c ------------------------------------------------------------------------------------------- */
enum { OKRUG_SQLITE_LINES = 4096 }; /* rows in a block of okrug_line */

/* Adds the name for the SQL table of table[position] of the dataset, which no other table or index has. */
okrug_status okrug_sqlite_table_name(okrug_sqlite *s, const okrug_dataset *dataset, int position, okrug_buffer *name);
/* Adds a number to a name that is taken. */
okrug_status okrug_sqlite_free_name(okrug_sqlite *s, okrug_buffer *name);
/* Names for the SQL columns of the table: word i is that of column i. */
okrug_status okrug_sqlite_column_names(okrug_sqlite *s, const okrug_table *table, okrug_words **names);
/* The place of the column that is registered as the table's geometry, or -1. */
int okrug_sqlite_geometry_column(const okrug_table *table);

/* ---- sqlite_geometry.c ---------------------------------------------------------------------------------------- */
typedef struct {
    bool any; /* a geometry with a position */
    double min_x, min_y, max_x, max_y;
    int type;   /* okrug_wkb_type, or 0 where they differ or there are none */
    bool types; /* a geometry was seen */
    bool z, no_z, m, no_m;
} okrug_sqlite_extent;

/* Fills `blob` with the GeoPackage binary of hexadecimal WKB and widens the extent. False: no such geometry. */
bool okrug_sqlite_geometry_encode(const char *digits, okrug_buffer *blob, okrug_sqlite_extent *extent);
/* Fills `digits`; false: no GeoPackage binary. */
bool okrug_sqlite_geometry_decode(const uint8_t *blob, size_t length, okrug_buffer *digits);

/* ---- sqlite_lines.c ------------------------------------------------------------------------------------------- */
okrug_status okrug_sqlite_put_lines(okrug_sqlite *s, int64_t table_number, const okrug_table *table);

typedef struct {
    okrug_sqlite *s;
    sqlite3_stmt *statement;
    int64_t first; /* fid of line[0] */
    int count;
    int64_t line[OKRUG_SQLITE_LINES];
} okrug_sqlite_lines;

okrug_status okrug_sqlite_lines_open(okrug_sqlite *s, int64_t table_number, okrug_sqlite_lines *lines);
/* The line of the row, 0 where none is kept; rows are asked for in order. */
okrug_status okrug_sqlite_lines_at(okrug_sqlite_lines *lines, int64_t fid, int64_t *line);
void okrug_sqlite_lines_close(okrug_sqlite_lines *lines);

/* ---- sqlite_put.c, sqlite_get.c, sqlite_rows_put.c, sqlite_rows_get.c, sqlite_list.c
 * -------------------------------------------------- */
okrug_status okrug_sqlite_put(okrug_store *store, const okrug_dataset *dataset);
/* One table of the dataset with that number; while s->staging, under a name that is aside and on no list of layers. */
okrug_status okrug_sqlite_put_table(okrug_sqlite *s, const okrug_dataset *dataset, int64_t dataset_number,
                                    int position);
/* Puts the SQL table on the lists that GIS programs read. */
okrug_status okrug_sqlite_register(okrug_sqlite *s, const okrug_table *table, const char *sql_name);
/* Notes the change and puts aside what has the dataset's id: `number` is free for it then. Inside a change. */
okrug_status okrug_sqlite_make_place(okrug_sqlite *s, const okrug_dataset *dataset, int64_t *number);
/* The rows of the table into its SQL table. */
okrug_status okrug_sqlite_put_rows(okrug_sqlite *s, const okrug_table *table, int64_t number, const char *sql_name);
okrug_status okrug_sqlite_get(okrug_store *store, const char *id, const char *table, okrug_dataset **dataset);
/* Rows for a table that has `first` already. */
okrug_status okrug_sqlite_append_rows(okrug_sqlite *s, const okrug_table *table, int64_t number, const char *sql_name,
                                      int64_t first);
/* Some rows of a table, which is called t: what follows FROM, and its arguments. */
typedef struct {
    const char *sql; /* "WHERE t.fid = ?1" */
    okrug_status (*bind)(okrug_sqlite *s, sqlite3_stmt *statement, void *user);
    void *user;
} okrug_sqlite_which;

/* The rows of an SQL table into a table whose columns are there; word i of `names` is the SQL name of column i. `which`
 * NULL: all, as they came. In another order, lines and the sign of zeros are lost. */
okrug_status okrug_sqlite_get_rows(okrug_sqlite *s, okrug_table *table, int64_t number, const char *sql_name,
                                   const okrug_words *names, const okrug_sqlite_which *which);

/* A table of a visible dataset, with its columns and without rows. */
typedef struct {
    okrug_dataset *dataset;
    okrug_table *table;
    okrug_words *names; /* word i is the SQL name of column i */
    char *sql_name;
    int64_t dataset_number, number;
} okrug_sqlite_opened;

/* `table` NULL: the first. Free with okrug_sqlite_close_table, also after a failure. */
okrug_status okrug_sqlite_open_table(okrug_sqlite *s, const char *id, const char *table, okrug_sqlite_opened *opened);
/* The first table of what is aside under that number. */
okrug_status okrug_sqlite_open_aside(okrug_sqlite *s, int64_t aside, okrug_sqlite_opened *opened);
void okrug_sqlite_close_table(okrug_sqlite_opened *opened);
/* The place of the column with that name; OKRUG_BAD_USAGE "no-column". */
okrug_status okrug_sqlite_find_column(okrug_sqlite *s, const okrug_table *table, const char *name, int *column);

/* ---- sqlite_find.c, sqlite_edit.c, sqlite_history.c: single rows ----------------------------------------------------
 */
okrug_status okrug_sqlite_find_rows(okrug_store *store, const okrug_row_query *query, okrug_dataset **page,
                                    int64_t *total);
okrug_status okrug_sqlite_edit_row(okrug_store *store, const okrug_row_edit *edit, int64_t *change);
okrug_status okrug_sqlite_recode(okrug_store *store, const okrug_recoding *recoding, int64_t *rows);
/* The row with that fid is taken out. */
okrug_status okrug_sqlite_drop_row(okrug_sqlite *s, const okrug_sqlite_opened *opened, int64_t fid);
/* Notes what becomes of a row; `before` and `after` have its columns and one row, or are NULL. */
typedef struct {
    const okrug_sqlite_opened *of;
    int64_t fid;
    const char *key; /* "column=value" with tabs between */
    const okrug_table *before, *after;
} okrug_sqlite_edited;
/* That text of a row's key into `text`, anew; columns that the table lacks are left out. */
okrug_status okrug_sqlite_key_text(const okrug_table *table, int64_t row, const char *const *key, int count,
                                   okrug_buffer *text);
okrug_status okrug_sqlite_note_row(okrug_sqlite *s, int64_t change, const okrug_sqlite_edited *edited);
/* A cell, NULL where there is none, into two parameters: its value, and why it has none. */
okrug_status okrug_sqlite_bind_cell(okrug_sqlite *s, sqlite3_stmt *statement, int parameter, const okrug_column *cell,
                                    int64_t row);
okrug_status okrug_sqlite_note_replaced(okrug_store *store, const char *id, const char *const *key, int key_count,
                                        int64_t most);
/* Takes back what the change did to rows; the history stays. */
okrug_status okrug_sqlite_restore_rows(okrug_sqlite *s, int64_t change);
okrug_status okrug_sqlite_history(okrug_store *store, const char *dataset, const okrug_row_where *where,
                                  int where_count, int64_t most, okrug_dataset **history);
/* The number of the dataset; a fault "no-dataset" where there is none. */
okrug_status okrug_sqlite_dataset_number(okrug_sqlite *s, const char *id, int64_t *number);
/* Adds the names that a query gives, with commas between them; `argument` is its only parameter, if it has one. */
okrug_status okrug_sqlite_names_joined(okrug_sqlite *s, const char *sql, int64_t argument, okrug_buffer *joined);
/* Drops the tables of the dataset and forgets it. Inside a change. */
okrug_status okrug_sqlite_forget(okrug_sqlite *s, int64_t number);
okrug_status okrug_sqlite_remove(okrug_store *store, const char *id);
okrug_status okrug_sqlite_list(okrug_store *store, okrug_dataset **list);
okrug_status okrug_sqlite_set_document(okrug_store *store, const char *name, const char *text);
okrug_status okrug_sqlite_get_document(okrug_store *store, const char *name, char **text);

/* Removes the index that a GIS program made of the geometries of an SQL table, and its other notes about it. */
okrug_status okrug_sqlite_forget_index(okrug_sqlite *s, const char *sql_name);

/* ---- sqlite_change.c: the log of changes ---------------------------------------------------------------------- */
okrug_status okrug_sqlite_name_change(okrug_store *store, const char *what, const char *subject, int64_t *id);
/* The change that a put or remove belongs to: the one that was named, or a new one. Inside a change. */
okrug_status okrug_sqlite_change_of(okrug_sqlite *s, const char *what, const char *subject, int64_t *id);
/* Notes that the dataset comes or goes with the change; what is there under that number is put aside. */
okrug_status okrug_sqlite_displace(okrug_sqlite *s, int64_t change, const char *id, int64_t number, bool there);
/* Notes what the document was, where the transaction's change has a name. */
okrug_status okrug_sqlite_note_document(okrug_sqlite *s, const char *name);
/* Rows times columns of all that is kept aside. */
okrug_status okrug_sqlite_cells_aside(okrug_sqlite *s, int64_t *cells);
okrug_status okrug_sqlite_changes(okrug_store *store, okrug_dataset **list);
okrug_status okrug_sqlite_undo(okrug_store *store, int64_t *id);

/* ---- sqlite_publish.c ----------------------------------------------------------------------------------------- */
okrug_status okrug_sqlite_draft(okrug_ctx *ctx, const char *location, okrug_store **store);
void okrug_sqlite_drop_draft(okrug_sqlite *s);
okrug_status okrug_sqlite_publish(okrug_store *store, const char *location, bool replace);

/* ---- sqlite_check.c ------------------------------------------------------------------------------------------- */
okrug_status okrug_sqlite_check(okrug_store *store, okrug_store_health *health);

/* ---- sqlite_aside.c: datasets out of sight and back. Inside a change ------------------------------------------ */
/* `aside`: its number from then on; 0: it could not be kept, for one of its SQL tables is gone. */
okrug_status okrug_sqlite_put_aside(okrug_sqlite *s, int64_t number, int64_t *aside);
/* Renames the SQL table of okrug_table's row `table`. */
okrug_status okrug_sqlite_rename_table(okrug_sqlite *s, int64_t table, const char *from, const char *to);
/* Gives the tables and the rest of a dataset to another number; `id` NULL: the name of one that is aside. */
okrug_status okrug_sqlite_renumber(okrug_sqlite *s, int64_t from, int64_t to, const char *id);
okrug_status okrug_sqlite_bring_back(okrug_sqlite *s, int64_t aside, const char *id, int64_t number);
/* Calls `visit` for every SQL table of the dataset. */
typedef okrug_status okrug_sqlite_visit(okrug_sqlite *s, int64_t table, const char *sql_name);
okrug_status okrug_sqlite_each_table(okrug_sqlite *s, int64_t dataset, okrug_sqlite_visit *visit);

/* ---- sqlite_stage.c: datasets that are not there yet ---------------------------------------------------------------
 */
#define OKRUG_SQLITE_STAGED "#staged-" /* and the owner: the id of a dataset that is being written */
okrug_status okrug_sqlite_stage(okrug_store *store, const okrug_dataset *dataset, const char *owner);
okrug_status okrug_sqlite_put_staged(okrug_store *store, const okrug_dataset *dataset, const char *owner);
okrug_status okrug_sqlite_unstage(okrug_store *store, const char *owner);
/* Makes what is staged under that id the dataset that is there. Inside a change. OKRUG_CANCELLED: it is gone. */
okrug_status okrug_sqlite_show(okrug_sqlite *s, const okrug_dataset *dataset, const char *id);
/* Ends the transaction, lets whoever waits have the file, and begins another. */
okrug_status okrug_sqlite_let_others(okrug_sqlite *s);
/* Removes what was staged for workers that no job has any more. Inside a change. */
okrug_status okrug_sqlite_drop_litter(okrug_sqlite *s);
/* The same in a change of its own, if there is any. */
okrug_status okrug_sqlite_clean(okrug_sqlite *s);

/* ---- sqlite_gather.c: datasets that come in pieces ------------------------------------------------------------- */
#define OKRUG_SQLITE_GATHERED OKRUG_SQLITE_STAGED "import-" /* and the id that it is to have; no worker's */
okrug_status okrug_sqlite_gather_find(okrug_store *store, const char *id, char **state);
okrug_status okrug_sqlite_gather_begin(okrug_store *store, const okrug_dataset *dataset, const char *state);
okrug_status okrug_sqlite_gather_add(okrug_store *store, const char *id, const okrug_table *piece, const char *before,
                                     const char *state);
okrug_status okrug_sqlite_gather_once(okrug_store *store, const char *id, const char *key, int64_t *repeated);
okrug_status okrug_sqlite_gather_end(okrug_store *store, const okrug_dataset *dataset);
okrug_status okrug_sqlite_gather_drop(okrug_store *store, const char *id);

/* ---- sqlite_jobs.c ---------------------------------------------------------------------------------------------- */
okrug_status okrug_sqlite_add_job(okrug_store *store, const okrug_stored_job *job, int64_t *id);
okrug_status okrug_sqlite_get_job(okrug_store *store, int64_t id, okrug_stored_job *job);
okrug_status okrug_sqlite_list_jobs(okrug_store *store, int64_t most, okrug_stored_job **jobs, int64_t *count);
okrug_status okrug_sqlite_claim_job(okrug_store *store, const okrug_lease *lease, int attempts, const char *given_up,
                                    okrug_stored_job *job);
okrug_status okrug_sqlite_renew_job(okrug_store *store, int64_t id, const okrug_lease *lease, const char *task,
                                    double done, double total, bool *held, bool *stop);
okrug_status okrug_sqlite_end_job(okrug_store *store, int64_t id, const okrug_lease *lease, okrug_job_state state,
                                  const char *result, const char *messages, bool *held);
okrug_status okrug_sqlite_return_job(okrug_store *store, int64_t id, const okrug_lease *lease);
okrug_status okrug_sqlite_cancel_job(okrug_store *store, int64_t id, int64_t now);

#endif
