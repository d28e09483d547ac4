/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Jobs in SQLite. Every change is one conditional statement or a short transaction, so that of two programs that want
 * the same job one gets it.
 */
#include "store/sqlite.h"

#include <string.h>

#define COLUMNS                                                                                                        \
    "id, state, analysis, input, wanted, result, task, done, total, messages, created, started, finished, attempts, "  \
    "stop"
enum {
    JOB_ID,
    JOB_STATE,
    JOB_ANALYSIS,
    JOB_INPUT,
    JOB_WANTED,
    JOB_RESULT,
    JOB_TASK,
    JOB_DONE,
    JOB_TOTAL,
    JOB_MESSAGES,
    JOB_CREATED,
    JOB_STARTED,
    JOB_FINISHED,
    JOB_ATTEMPTS,
    JOB_STOP
};

static okrug_status no_job(okrug_sqlite *s, int64_t id) {
    return okrug_fail(s->base.ctx, OKRUG_NOT_FOUND, "no-job", NULL, "id", okrug_text_integer(s->base.ctx, id),
                      (char *)NULL);
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

/* A copy in scratch memory; NULL stays NULL. */
static okrug_status copy_text(okrug_sqlite *s, sqlite3_stmt *statement, int column, const char **copy) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    *copy = NULL;
    if (text == NULL) {
        return sqlite3_column_type(statement, column) == SQLITE_NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    }
    size_t size = strlen(text) + 1;
    char *made = OKRUG_SCRATCH(s->base.ctx, (int64_t)size, char);
    if (made == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(made, text, size);
    *copy = made;
    return OKRUG_OK;
}

static okrug_status read_state(okrug_sqlite *s, sqlite3_stmt *statement, okrug_job_state *state) {
    const char *text = (const char *)sqlite3_column_text(statement, JOB_STATE);
    for (okrug_job_state i = OKRUG_JOB_QUEUED; text != NULL && i <= OKRUG_JOB_CANCELLED; i++) {
        if (strcmp(text, okrug_job_state_code(i)) == 0) {
            *state = i;
            return OKRUG_OK;
        }
    }
    return okrug_sqlite_damaged(s, "the state of a job");
}

static okrug_status read_row(okrug_sqlite *s, sqlite3_stmt *statement, okrug_stored_job *job) {
    *job = (okrug_stored_job){.id = sqlite3_column_int64(statement, JOB_ID),
                              .done = sqlite3_column_double(statement, JOB_DONE),
                              .total = sqlite3_column_double(statement, JOB_TOTAL),
                              .created = sqlite3_column_int64(statement, JOB_CREATED),
                              .started = sqlite3_column_int64(statement, JOB_STARTED),
                              .finished = sqlite3_column_int64(statement, JOB_FINISHED),
                              .attempts = sqlite3_column_int(statement, JOB_ATTEMPTS),
                              .stop = sqlite3_column_int(statement, JOB_STOP) != 0};
    OKRUG_TRY(read_state(s, statement, &job->state));
    OKRUG_TRY(copy_text(s, statement, JOB_ANALYSIS, &job->analysis));
    OKRUG_TRY(copy_text(s, statement, JOB_INPUT, &job->input));
    OKRUG_TRY(copy_text(s, statement, JOB_WANTED, &job->wanted));
    OKRUG_TRY(copy_text(s, statement, JOB_RESULT, &job->result));
    OKRUG_TRY(copy_text(s, statement, JOB_TASK, &job->task));
    OKRUG_TRY(copy_text(s, statement, JOB_MESSAGES, &job->messages));
    return job->analysis == NULL || job->input == NULL ? okrug_sqlite_damaged(s, "a job") : OKRUG_OK;
}

static okrug_status read_options(okrug_sqlite *s, okrug_stored_job *job) {
    int64_t count = 0;
    OKRUG_TRY(okrug_sqlite_integer(s, &count, "SELECT count(*) FROM okrug_job_option WHERE job = ?1", "i", job->id));
    okrug_stored_option *option = OKRUG_SCRATCH_ZERO(s->base.ctx, count, okrug_stored_option);
    sqlite3_stmt *statement = NULL;
    if (option == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_sqlite_query(
        s, &statement, "SELECT name, value FROM okrug_job_option WHERE job = ?1 ORDER BY position", "i", job->id));
    okrug_status status = OKRUG_OK;
    bool row = true;
    int read = 0;
    while (status == OKRUG_OK && row && read < count) {
        status = okrug_sqlite_next(s, statement, &row);
        if (status == OKRUG_OK && row) {
            status = copy_text(s, statement, 0, &option[read].name);
        }
        if (status == OKRUG_OK && row) {
            status = copy_text(s, statement, 1, &option[read].value);
            read++;
        }
    }
    sqlite3_finalize(statement);
    job->option = option;
    job->options = read;
    return status;
}

static okrug_status read_job(okrug_sqlite *s, int64_t id, okrug_stored_job *job) {
    sqlite3_stmt *statement = NULL;
    OKRUG_TRY(okrug_sqlite_query(s, &statement, "SELECT " COLUMNS " FROM okrug_job WHERE id = ?1", "i", id));
    bool row = false;
    okrug_status status = okrug_sqlite_next(s, statement, &row);
    if (status == OKRUG_OK) {
        status = row ? read_row(s, statement, job) : no_job(s, id);
    }
    sqlite3_finalize(statement);
    return status == OKRUG_OK ? read_options(s, job) : status;
}

okrug_status okrug_sqlite_get_job(okrug_store *store, int64_t id, okrug_stored_job *job) {
    return read_job((okrug_sqlite *)store, id, job);
}

/* The newest ids first, then each job by its own: scratch memory for the list is taken once. */
okrug_status okrug_sqlite_list_jobs(okrug_store *store, int64_t most, okrug_stored_job **jobs, int64_t *count) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    *count = 0;
    *jobs = OKRUG_SCRATCH_ZERO(store->ctx, most, okrug_stored_job);
    sqlite3_stmt *statement = NULL;
    if (*jobs == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(
        okrug_sqlite_query(s, &statement, "SELECT " COLUMNS " FROM okrug_job ORDER BY id DESC LIMIT ?1", "i", most));
    okrug_status status = OKRUG_OK;
    bool row = true;
    while (status == OKRUG_OK && row && *count < most) {
        status = okrug_sqlite_next(s, statement, &row);
        if (status == OKRUG_OK && row) {
            status = read_row(s, statement, &(*jobs)[*count]);
            *count += status == OKRUG_OK;
        }
    }
    sqlite3_finalize(statement);
    for (int64_t i = 0; status == OKRUG_OK && i < *count; i++) {
        status = read_options(s, &(*jobs)[i]);
    }
    return status;
}

/* ---- Changing ---------------------------------------------------------------------------------------------------- */

static okrug_status insert(okrug_sqlite *s, const okrug_stored_job *job, int64_t *id) {
    OKRUG_TRY(okrug_sqlite_run(s,
                               "INSERT INTO okrug_job (state, analysis, input, wanted, created) "
                               "VALUES ('queued', ?1, ?2, ?3, ?4)",
                               "ttti", job->analysis, job->input, job->wanted, job->created));
    *id = sqlite3_last_insert_rowid(s->db);
    for (int i = 0; i < job->options; i++) {
        OKRUG_TRY(okrug_sqlite_run(s, "INSERT INTO okrug_job_option VALUES (?1, ?2, ?3, ?4)", "iitt", *id, (int64_t)i,
                                   job->option[i].name, job->option[i].value));
    }
    return OKRUG_OK;
}

okrug_status okrug_sqlite_add_job(okrug_store *store, const okrug_stored_job *job, int64_t *id) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, insert(s, job, id));
}

/* What a worker may take: queued, or left behind by one that is dead. */
#define FREE "(state = 'queued' OR (state = 'running' AND lease < ?1))"

static okrug_status take_free(okrug_sqlite *s, const okrug_lease *lease, int attempts, const char *given_up,
                              okrug_stored_job *job) {
    OKRUG_TRY(okrug_sqlite_run(s,
                               "UPDATE okrug_job SET state = 'cancelled', finished = ?1, owner = NULL "
                               "WHERE state = 'running' AND lease < ?1 AND stop",
                               "i", lease->now));
    OKRUG_TRY(okrug_sqlite_run(s,
                               "UPDATE okrug_job SET state = 'failed', finished = ?1, owner = NULL, messages = ?2 "
                               "WHERE state = 'running' AND lease < ?1 AND attempts >= ?3",
                               "iti", lease->now, given_up, (int64_t)attempts));
    int64_t id = 0;
    okrug_status status =
        okrug_sqlite_integer(s, &id, "SELECT id FROM okrug_job WHERE " FREE " ORDER BY id LIMIT 1", "i", lease->now);
    if (status != OKRUG_OK) {
        return status == OKRUG_NOT_FOUND ? OKRUG_OK : status;
    }
    OKRUG_TRY(
        okrug_sqlite_run(s,
                         "UPDATE okrug_job SET state = 'running', owner = ?3, lease = ?4, started = ?1, "
                         "attempts = attempts + 1, task = NULL, done = NULL, total = NULL WHERE id = ?2 AND " FREE,
                         "iiti", lease->now, id, lease->owner, lease->until));
    return read_job(s, id, job);
}

/* What the dead were writing goes with their claim to the job. */
static okrug_status claim(okrug_sqlite *s, const okrug_lease *lease, int attempts, const char *given_up,
                          okrug_stored_job *job) {
    OKRUG_TRY(take_free(s, lease, attempts, given_up, job));
    return okrug_sqlite_drop_litter(s);
}

okrug_status okrug_sqlite_claim_job(okrug_store *store, const okrug_lease *lease, int attempts, const char *given_up,
                                    okrug_stored_job *job) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    *job = (okrug_stored_job){0};
    int64_t any = 0;
    OKRUG_TRY(okrug_sqlite_integer(s, &any, "SELECT EXISTS (SELECT 1 FROM okrug_job WHERE " FREE ")", "i", lease->now));
    if (any == 0) {
        return OKRUG_OK; /* whoever writes is not kept from it */
    }
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    okrug_status status = okrug_sqlite_change_end(s, own, claim(s, lease, attempts, given_up, job));
    if (status != OKRUG_OK) {
        job->id = 0;
    }
    return status;
}

okrug_status okrug_sqlite_renew_job(okrug_store *store, int64_t id, const okrug_lease *lease, const char *task,
                                    double done, double total, bool *held, bool *stop) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    int64_t asked = 0;
    OKRUG_TRY(okrug_sqlite_run(s,
                               "UPDATE okrug_job SET lease = ?3, task = ?4, done = ?5, total = ?6 "
                               "WHERE id = ?1 AND owner = ?2 AND state = 'running'",
                               "ititdd", id, lease->owner, lease->until, task, done, total));
    *held = sqlite3_changes(s->db) == 1;
    okrug_status status = okrug_sqlite_integer(s, &asked, "SELECT stop FROM okrug_job WHERE id = ?1", "i", id);
    *stop = asked != 0;
    return status == OKRUG_NOT_FOUND ? no_job(s, id) : status;
}

okrug_status okrug_sqlite_end_job(okrug_store *store, int64_t id, const okrug_lease *lease, okrug_job_state state,
                                  const char *result, const char *messages, bool *held) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    OKRUG_TRY(okrug_sqlite_run(s,
                               "UPDATE okrug_job SET state = ?3, result = ?4, messages = ?5, finished = ?6, "
                               "owner = NULL, lease = NULL WHERE id = ?1 AND owner = ?2 AND state = 'running'",
                               "itttti", id, lease->owner, okrug_job_state_code(state), result, messages, lease->now));
    *held = sqlite3_changes(s->db) == 1;
    return OKRUG_OK;
}

okrug_status okrug_sqlite_return_job(okrug_store *store, int64_t id, const okrug_lease *lease) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    return okrug_sqlite_run(s,
                            "UPDATE okrug_job SET state = CASE WHEN stop THEN 'cancelled' ELSE 'queued' END, "
                            "finished = CASE WHEN stop THEN ?3 END, attempts = attempts - 1, owner = NULL, "
                            "lease = NULL, started = NULL, task = NULL, done = NULL, total = NULL "
                            "WHERE id = ?1 AND owner = ?2 AND state = 'running'",
                            "iti", id, lease->owner, lease->now);
}

static okrug_status cancel(okrug_sqlite *s, int64_t id, int64_t now) {
    OKRUG_TRY(okrug_sqlite_run(s, "UPDATE okrug_job SET stop = 1 WHERE id = ?1 AND state = 'running'", "i", id));
    OKRUG_TRY(okrug_sqlite_run(
        s, "UPDATE okrug_job SET state = 'cancelled', stop = 1, finished = ?2 WHERE id = ?1 AND state = 'queued'", "ii",
        id, now));
    int64_t there = 0;
    okrug_status status = okrug_sqlite_integer(s, &there, "SELECT 1 FROM okrug_job WHERE id = ?1", "i", id);
    return status == OKRUG_NOT_FOUND ? no_job(s, id) : status;
}

okrug_status okrug_sqlite_cancel_job(okrug_store *store, int64_t id, int64_t now) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, cancel(s, id, now));
}
