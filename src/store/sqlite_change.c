/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log of changes and undoing them. What a change displaced is kept aside while the change can be undone: the
 * newest MOST changes, fewer where what they keep exceeds CELLS.
 */
#include "store/sqlite.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST = 20, CELLS = 5000000 };

/* Microseconds since 1970, UTC. SOURCE_DATE_EPOCH (seconds) takes the place of the clock, as other programs have it
 * that can make the same file twice: https://reproducible-builds.org/specs/source-date-epoch/ */
static int64_t now(void) {
    const char *given = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    long long seconds = given != NULL ? strtoll(given, &end, 10) : 0;
    if (given != NULL && end != given && *end == '\0' && seconds >= 0 && seconds < 253402300800) {
        return (int64_t)seconds * 1000000;
    }
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

/* ---- Forgetting -------------------------------------------------------------------------------------------------- */

/* Drops what the change keeps aside. */
static okrug_status drop_kept(okrug_sqlite *s, int64_t change) {
    int64_t aside = 0;
    for (;;) {
        okrug_status status = okrug_sqlite_integer(
            s, &aside, "SELECT aside FROM okrug_change_dataset WHERE change = ?1 AND aside IS NOT NULL LIMIT 1", "i",
            change);
        if (status != OKRUG_OK) {
            return status == OKRUG_NOT_FOUND ? OKRUG_OK : status;
        }
        OKRUG_TRY(okrug_sqlite_run(s, "UPDATE okrug_change_dataset SET aside = NULL WHERE aside = ?1", "i", aside));
        OKRUG_TRY(okrug_sqlite_forget(s, aside));
    }
}

static okrug_status close_change(okrug_sqlite *s, int64_t change, const char *state) {
    OKRUG_TRY(drop_kept(s, change));
    OKRUG_TRY(okrug_sqlite_run(s, "DELETE FROM okrug_change_dataset WHERE change = ?1", "i", change));
    OKRUG_TRY(okrug_sqlite_run(s, "DELETE FROM okrug_change_document WHERE change = ?1", "i", change));
    return okrug_sqlite_run(s, "UPDATE okrug_change SET state = ?2 WHERE id = ?1", "it", change, state);
}

okrug_status okrug_sqlite_cells_aside(okrug_sqlite *s, int64_t *cells) {
    return okrug_sqlite_integer(s, cells,
                                "SELECT coalesce(sum(rows * (SELECT count(*) FROM okrug_column WHERE "
                                "table_number = number)), 0) FROM okrug_table WHERE dataset IN "
                                "(SELECT aside FROM okrug_change_dataset WHERE aside IS NOT NULL)",
                                "");
}

/* The oldest changes that are too many, before a new one is noted: the newest of all stays, however large. */
static okrug_status settle(okrug_sqlite *s) {
    int64_t done = 0;
    int64_t cells = 0;
    int64_t oldest = 0;
    for (;;) {
        OKRUG_TRY(okrug_sqlite_integer(s, &done, "SELECT count(*) FROM okrug_change WHERE state = 'done'", ""));
        OKRUG_TRY(okrug_sqlite_cells_aside(s, &cells));
        if (done < MOST && (cells <= CELLS || done <= 1)) {
            return OKRUG_OK;
        }
        OKRUG_TRY(okrug_sqlite_integer(s, &oldest, "SELECT min(id) FROM okrug_change WHERE state = 'done'", ""));
        OKRUG_TRY(close_change(s, oldest, "settled"));
    }
}

/* ---- Noting ------------------------------------------------------------------------------------------------------ */

static okrug_status add_change(okrug_sqlite *s, const char *what, const char *subject, int64_t *id) {
    OKRUG_TRY(settle(s));
    OKRUG_TRY(okrug_sqlite_run(s, "INSERT INTO okrug_change (what, subject, time, state) VALUES (?1, ?2, ?3, 'done')",
                               "tti", what, subject, now()));
    *id = sqlite3_last_insert_rowid(s->db);
    return OKRUG_OK;
}

okrug_status okrug_sqlite_name_change(okrug_store *store, const char *what, const char *subject, int64_t *id) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    if (s->transaction != OKRUG_SQLITE_OPEN) {
        return okrug_fail(store->ctx, OKRUG_DEFECT, "store-defect", NULL, "detail", "no transaction is open",
                          (char *)NULL);
    }
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    OKRUG_TRY(okrug_sqlite_change_end(s, own, add_change(s, what, subject, id)));
    s->change = *id;
    return OKRUG_OK;
}

okrug_status okrug_sqlite_change_of(okrug_sqlite *s, const char *what, const char *subject, int64_t *id) {
    *id = s->change;
    return s->change != 0 ? OKRUG_OK : add_change(s, what, subject, id);
}

okrug_status okrug_sqlite_displace(okrug_sqlite *s, int64_t change, const char *id, int64_t number, bool there) {
    int64_t noted = 0;
    int64_t aside = 0;
    OKRUG_TRY(okrug_sqlite_integer(s, &noted, "SELECT count(*) FROM okrug_change_dataset WHERE change = ?1 AND id = ?2",
                                   "it", change, id));
    if (noted > 0) { /* what the same change made before is nobody's to come back to */
        return there ? okrug_sqlite_forget(s, number) : OKRUG_OK;
    }
    if (there) {
        OKRUG_TRY(okrug_sqlite_put_aside(s, number, &aside));
    }
    return okrug_sqlite_run(s,
                            "INSERT INTO okrug_change_dataset SELECT ?1, count(*), ?2, ?3, nullif(?4, 0) "
                            "FROM okrug_change_dataset WHERE change = ?1",
                            "itii", change, id, number, aside);
}

okrug_status okrug_sqlite_note_document(okrug_sqlite *s, const char *name) {
    if (s->change == 0) {
        return OKRUG_OK;
    }
    return okrug_sqlite_run(s,
                            "INSERT OR IGNORE INTO okrug_change_document VALUES "
                            "(?1, ?2, (SELECT text FROM okrug_document WHERE name = ?2))",
                            "it", s->change, name);
}

/* ---- Undoing ----------------------------------------------------------------------------------------------------- */

/* The last dataset that the change still has to give back; its id is to be freed. NULL: none. */
static okrug_status last_dataset(okrug_sqlite *s, int64_t change, char **id, int64_t *number, int64_t *aside) {
    sqlite3_stmt *statement = NULL;
    bool row = false;
    *id = NULL;
    OKRUG_TRY(okrug_sqlite_query(s, &statement,
                                 "SELECT id, number, coalesce(aside, 0) FROM okrug_change_dataset WHERE change = ?1 "
                                 "ORDER BY position DESC LIMIT 1",
                                 "i", change));
    okrug_status status = okrug_sqlite_next(s, statement, &row);
    if (row) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        *id = text != NULL ? strdup(text) : NULL;
        *number = sqlite3_column_int64(statement, 1);
        *aside = sqlite3_column_int64(statement, 2);
        status = *id != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    }
    sqlite3_finalize(statement);
    return status;
}

static okrug_status restore_dataset(okrug_sqlite *s, int64_t change, const char *id, int64_t number, int64_t aside) {
    int64_t current = 0;
    okrug_status status =
        okrug_sqlite_integer(s, &current, "SELECT number FROM okrug_dataset WHERE id = ?1 AND number > 0", "t", id);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_forget(s, current);
    } else if (status == OKRUG_NOT_FOUND) {
        status = OKRUG_OK;
    }
    if (status == OKRUG_OK && aside != 0) {
        status = okrug_sqlite_bring_back(s, aside, id, number);
    }
    OKRUG_TRY(status);
    return okrug_sqlite_run(s, "DELETE FROM okrug_change_dataset WHERE change = ?1 AND id = ?2", "it", change, id);
}

static okrug_status restore_datasets(okrug_sqlite *s, int64_t change) {
    for (;;) {
        char *id = NULL;
        int64_t number = 0;
        int64_t aside = 0;
        OKRUG_TRY(last_dataset(s, change, &id, &number, &aside));
        if (id == NULL) {
            return OKRUG_OK;
        }
        okrug_status status = restore_dataset(s, change, id, number, aside);
        free(id);
        OKRUG_TRY(status);
    }
}

static okrug_status restore_documents(okrug_sqlite *s, int64_t change) {
    OKRUG_TRY(okrug_sqlite_run(s,
                               "DELETE FROM okrug_document WHERE name IN "
                               "(SELECT name FROM okrug_change_document WHERE change = ?1)",
                               "i", change));
    return okrug_sqlite_run(s,
                            "INSERT INTO okrug_document SELECT name, text FROM okrug_change_document "
                            "WHERE change = ?1 AND text IS NOT NULL",
                            "i", change);
}

static okrug_status undo_newest(okrug_sqlite *s, int64_t *id) {
    okrug_status status =
        okrug_sqlite_integer(s, id, "SELECT id FROM okrug_change WHERE state = 'done' ORDER BY id DESC LIMIT 1", "");
    if (status == OKRUG_NOT_FOUND) {
        return okrug_fail(s->base.ctx, OKRUG_NOT_FOUND, "nothing-to-undo", NULL, "file", s->file, (char *)NULL);
    }
    OKRUG_TRY(status);
    OKRUG_TRY(okrug_sqlite_restore_rows(s, *id));
    OKRUG_TRY(restore_datasets(s, *id));
    OKRUG_TRY(restore_documents(s, *id));
    return close_change(s, *id, "undone");
}

okrug_status okrug_sqlite_undo(okrug_store *store, int64_t *id) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, undo_newest(s, id));
}
