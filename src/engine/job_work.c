/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a worker does with one job. The analysis runs outside any transaction, and its result is written out of sight,
 * in pieces; that it is there and that the job has ended are one short transaction, on the condition that the job is
 * still this worker's.
 */
#include <string.h>
#include <unistd.h>

#include "engine/jobs.h"

okrug_lease okrug_job_lease(const char *owner) {
    int64_t now = okrug_now();
    return (okrug_lease){.owner = owner, .now = now, .until = now + OKRUG_JOB_LEASE};
}

/* All messages of the context as a JSON array. */
static void list_messages(const okrug_ctx *ctx, okrug_buffer *out) {
    okrug_json json = okrug_json_to(out, 0);
    okrug_json_array(&json);
    for (int64_t i = 0; i < okrug_messages(ctx); i++) {
        okrug_describe_message(okrug_message_at(ctx, i), &json);
    }
    okrug_json_array_end(&json);
}

okrug_status okrug_job_claim(okrug_ctx *ctx, okrug_store *store, const char *owner, okrug_stored_job *job) {
    okrug_ctx *telling = okrug_ctx_new(&(okrug_ctx_options){.threads = 1});
    okrug_buffer given_up = {0};
    okrug_status status = OKRUG_NO_MEMORY;
    if (telling != NULL) {
        okrug_fail(telling, OKRUG_DEFECT, "job-given-up", NULL, "attempts",
                   okrug_text_integer(telling, OKRUG_JOB_ATTEMPTS), (char *)NULL);
        list_messages(telling, &given_up);
        status = okrug_buffer_status(&given_up);
    }
    if (status == OKRUG_OK) {
        okrug_lease lease = okrug_job_lease(owner);
        status = okrug_store_claim_job(ctx, store, &lease, OKRUG_JOB_ATTEMPTS, given_up.bytes, job);
    }
    okrug_buffer_free(&given_up);
    okrug_ctx_free(telling);
    return status;
}

/* ---- Running ----------------------------------------------------------------------------------------------------- */

static okrug_status run(okrug_ctx *ctx, okrug_store *store, const okrug_stored_job *job, okrug_dataset **result) {
    okrug_option *option = OKRUG_SCRATCH(ctx, job->options, okrug_option);
    if (option == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < job->options; i++) {
        option[i] = (okrug_option){job->option[i].name, job->option[i].value};
    }
    okrug_request request = {.analysis = job->analysis,
                             .input = job->input,
                             .options = {option, job->options},
                             .store = store,
                             .stored_only = true};
    OKRUG_TRY(okrug_run(ctx, &request, result));
    return okrug_check_cancel(ctx);
}

/* ---- Ending ------------------------------------------------------------------------------------------------------ */

/* Somebody else writes the workspace, for longer than the store waits: the result is worth waiting for. */
static okrug_status begin_patiently(okrug_ctx *ctx, okrug_store *store) {
    okrug_status status = okrug_store_begin(ctx, store);
    while (status == OKRUG_LOCKED && !okrug_cancelled(ctx)) {
        okrug_messages_clear(ctx);
        usleep(100000);
        status = okrug_store_begin(ctx, store);
    }
    return status == OKRUG_LOCKED ? OKRUG_CANCELLED : status;
}

/* The id that was asked for, else ANALYSIS-N with the smallest N that is free. Inside the transaction. */
static okrug_status name_result(okrug_ctx *ctx, okrug_store *store, const okrug_stored_job *job,
                                okrug_dataset *result) {
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_list(ctx, store, &list));
    const okrug_words *ids = okrug_table_column(list->table[0], "id")->words;
    okrug_status status = OKRUG_OK;
    const char *id = job->wanted;
    if (id != NULL && okrug_words_find(ids, id, strlen(id)) >= 0) {
        status = okrug_fail(ctx, OKRUG_EXISTS, "result-exists", NULL, "id", id, (char *)NULL);
    }
    for (int64_t n = 1; id == NULL || (job->wanted == NULL && okrug_words_find(ids, id, strlen(id)) >= 0); n++) {
        id = okrug_text(ctx, "%s-%lld", job->analysis, (long long)n);
    }
    okrug_dataset_free(list);
    result->id = okrug_dataset_keep(result, id);
    return status == OKRUG_OK && result->id == NULL ? OKRUG_NO_MEMORY : status;
}

static okrug_status keep_result(okrug_ctx *ctx, okrug_store *store, const char *owner, const okrug_stored_job *job,
                                const char *messages, okrug_dataset *result) {
    bool held = false;
    OKRUG_TRY(name_result(ctx, store, job, result));
    OKRUG_TRY(okrug_store_put_staged(ctx, store, result, owner));
    okrug_lease lease = okrug_job_lease(owner);
    OKRUG_TRY(okrug_store_end_job(ctx, store, job->id, &lease, OKRUG_JOB_DONE, result->id, messages, &held));
    return held ? okrug_store_commit(ctx, store) : OKRUG_CANCELLED;
}

/* The result is written out of sight, so that others can write meanwhile; that it is there, and the end of the job, are
 * one short transaction. */
static okrug_status keep_done(okrug_ctx *ctx, okrug_store *store, const char *owner, const okrug_stored_job *job,
                              okrug_dataset *result) {
    okrug_buffer messages = {0};
    list_messages(ctx, &messages); /* before any that begin_patiently clears */
    okrug_status status = okrug_buffer_status(&messages);
    if (status == OKRUG_OK) {
        status = okrug_store_stage(ctx, store, result, owner);
    }
    if (status == OKRUG_OK) {
        status = begin_patiently(ctx, store);
    }
    if (status == OKRUG_OK) {
        status = keep_result(ctx, store, owner, job, messages.bytes, result);
        okrug_store_rollback(store); /* nothing, after a commit */
    }
    okrug_buffer_free(&messages);
    return status;
}

/* A job without a result. `ctx` has the messages; the store is asked in a context that is not cancelled. */
static okrug_status keep_end(okrug_ctx *ctx, okrug_store *store, const char *owner, const okrug_stored_job *job,
                             okrug_status why, bool leaving) {
    okrug_ctx *calm = okrug_ctx_new(&(okrug_ctx_options){.threads = 1});
    okrug_buffer messages = {0};
    bool held = false;
    if (calm == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (why != OKRUG_CANCELLED && okrug_faults(ctx) == 0) {
        okrug_fail(ctx, why, "job-failed", NULL, "status", okrug_status_name(why), (char *)NULL);
    }
    list_messages(ctx, &messages);
    okrug_status status = okrug_buffer_status(&messages);
    okrug_lease lease = okrug_job_lease(owner);
    okrug_store_unstage(calm, store, owner); /* where it cannot be, it is litter, for others to remove */
    if (status == OKRUG_OK) {
        status = why == OKRUG_CANCELLED && leaving
                     ? okrug_store_return_job(calm, store, job->id, &lease)
                     : okrug_store_end_job(calm, store, job->id, &lease,
                                           why == OKRUG_CANCELLED ? OKRUG_JOB_CANCELLED : OKRUG_JOB_FAILED, NULL,
                                           messages.bytes, &held);
    }
    okrug_buffer_free(&messages);
    okrug_ctx_free(calm);
    return status;
}

okrug_status okrug_job_work(okrug_ctx *ctx, okrug_store *store, const char *owner, const okrug_stored_job *job,
                            const atomic_bool *leaving) {
    okrug_dataset *result = NULL;
    okrug_status status = run(ctx, store, job, &result);
    if (status == OKRUG_OK) {
        status = keep_done(ctx, store, owner, job, result);
    }
    okrug_dataset_free(result);
    return status == OKRUG_OK ? OKRUG_OK : keep_end(ctx, store, owner, job, status, atomic_load(leaving));
}
