/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Large results without a long transaction: written under a number below 0, like what is put aside, in pieces between
 * which others have the file, and made a dataset that is there at the end, by renaming. What a killed worker leaves is
 * known by its owner, whom no running job has any more.
 */
#include "store/sqlite.h"

#include <unistd.h>

/* Longer than who waits sleeps between two looks (sqlite_file.c), so that it comes first. */
enum { YIELD_MICROSECONDS = 30000 };

static const char *staged_id(okrug_sqlite *s, const char *owner) {
    return okrug_text(s->base.ctx, "%s%s", OKRUG_SQLITE_STAGED, owner);
}

static okrug_status find_id(okrug_sqlite *s, const char *id, int64_t *number) {
    return okrug_sqlite_integer(s, number, "SELECT number FROM okrug_dataset WHERE id = ?1 AND number < 0", "t", id);
}

static okrug_status find(okrug_sqlite *s, const char *owner, int64_t *number) {
    return find_id(s, staged_id(s, owner), number);
}

/* Begins to write however long somebody else does, unless cancelled: a result is worth waiting for. */
static okrug_status begin(okrug_sqlite *s) {
    int code = SQLITE_BUSY;
    while ((code & 0xff) == SQLITE_BUSY) {
        OKRUG_TRY(okrug_check_cancel(s->base.ctx));
        if (okrug_turn_take(s->base.turns, &s->base.turn, s->base.ctx)) {
            code = sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
        }
        if (code != SQLITE_OK) {
            okrug_turn_end(s->base.turns, &s->base.turn);
        }
    }
    return okrug_sqlite_fault(s, code);
}

okrug_status okrug_sqlite_let_others(okrug_sqlite *s) {
    OKRUG_TRY(okrug_sqlite_run(s, "COMMIT", ""));
    okrug_turn_end(s->base.turns, &s->base.turn);
    usleep(YIELD_MICROSECONDS);
    return begin(s);
}

static okrug_status drop(okrug_sqlite *s, const char *owner) {
    int64_t number = 0;
    okrug_status status = find(s, owner, &number);
    return status == OKRUG_NOT_FOUND ? OKRUG_OK : status == OKRUG_OK ? okrug_sqlite_forget(s, number) : status;
}

static okrug_status write_all(okrug_sqlite *s, const okrug_dataset *dataset, const char *owner) {
    int64_t number = 0;
    OKRUG_TRY(drop(s, owner));
    OKRUG_TRY(okrug_sqlite_integer(s, &number, "SELECT min(0, coalesce(min(number), 0)) - 1 FROM okrug_dataset", ""));
    OKRUG_TRY(okrug_sqlite_run(s, "INSERT INTO okrug_dataset VALUES (?1, ?2, ?3, ?4)", "ittt", number,
                               staged_id(s, owner), dataset->kind, dataset->provenance));
    for (int t = 0; t < dataset->tables; t++) {
        OKRUG_TRY(okrug_sqlite_put_table(s, dataset, number, t));
    }
    return OKRUG_OK;
}

okrug_status okrug_sqlite_stage(okrug_store *store, const okrug_dataset *dataset, const char *owner) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    if (s->transaction != OKRUG_SQLITE_NONE) {
        return okrug_fail(store->ctx, OKRUG_DEFECT, "store-defect", NULL, "detail", "a transaction is open already",
                          (char *)NULL);
    }
    OKRUG_TRY(begin(s));
    s->staging = true;
    okrug_status status = write_all(s, dataset, owner);
    s->staging = false;
    return okrug_sqlite_change_end(s, true, status);
}

okrug_status okrug_sqlite_unstage(okrug_store *store, const char *owner) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    int64_t number = 0;
    bool own = false;
    okrug_status status = find(s, owner, &number);
    if (status != OKRUG_OK) {
        return status == OKRUG_NOT_FOUND ? OKRUG_OK : status;
    }
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, drop(s, owner));
}

/* ---- Into sight -------------------------------------------------------------------------------------------------- */

static okrug_status show_table(okrug_sqlite *s, const okrug_dataset *dataset, int64_t staged, int position) {
    okrug_buffer from = {0};
    okrug_buffer to = {0};
    int64_t table = 0;
    okrug_status status =
        okrug_sqlite_integer(s, &table, "SELECT number FROM okrug_table WHERE dataset = ?1 AND position = ?2", "ii",
                             staged, (int64_t)position);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_names_joined(s, "SELECT sql_name FROM okrug_table WHERE number = ?1", table, &from);
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_table_name(s, dataset, position, &to);
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_rename_table(s, table, from.bytes, to.bytes);
    }
    if (status == OKRUG_OK) {
        status = okrug_sqlite_register(s, dataset->table[position], to.bytes);
    }
    okrug_buffer_free(&from);
    okrug_buffer_free(&to);
    return status;
}

okrug_status okrug_sqlite_show(okrug_sqlite *s, const okrug_dataset *dataset, const char *id) {
    int64_t staged = 0;
    int64_t number = 0;
    okrug_status status = find_id(s, id, &staged);
    if (status != OKRUG_OK) {
        return status == OKRUG_NOT_FOUND ? OKRUG_CANCELLED : status;
    }
    OKRUG_TRY(okrug_sqlite_make_place(s, dataset, &number));
    for (int t = 0; t < dataset->tables; t++) {
        OKRUG_TRY(show_table(s, dataset, staged, t));
    }
    return okrug_sqlite_renumber(s, staged, number, dataset->id);
}

okrug_status okrug_sqlite_put_staged(okrug_store *store, const okrug_dataset *dataset, const char *owner) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, okrug_sqlite_show(s, dataset, staged_id(s, owner)));
}

/* ---- Litter ------------------------------------------------------------------------------------------------------ */

static okrug_status find_litter(okrug_sqlite *s, int64_t *number) {
    return okrug_sqlite_integer(s, number,
                                "SELECT number FROM okrug_dataset WHERE number < 0 AND id GLOB '" OKRUG_SQLITE_STAGED
                                "*' AND id NOT GLOB '" OKRUG_SQLITE_GATHERED
                                "*' AND id NOT IN (SELECT '" OKRUG_SQLITE_STAGED
                                "' || owner FROM okrug_job WHERE state = 'running' AND owner IS NOT NULL) LIMIT 1",
                                "");
}

okrug_status okrug_sqlite_drop_litter(okrug_sqlite *s) {
    int64_t number = 0;
    okrug_status status = find_litter(s, &number);
    while (status == OKRUG_OK) {
        OKRUG_TRY(okrug_sqlite_forget(s, number));
        status = find_litter(s, &number);
    }
    return status == OKRUG_NOT_FOUND ? OKRUG_OK : status;
}

okrug_status okrug_sqlite_clean(okrug_sqlite *s) {
    int64_t number = 0;
    bool own = false;
    okrug_status status = find_litter(s, &number);
    if (status != OKRUG_OK) {
        return status == OKRUG_NOT_FOUND ? OKRUG_OK : status;
    }
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, okrug_sqlite_drop_litter(s));
}
