/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Jobs of a workspace: analyses that wait, run or ran, as rows that outlive the programs that work on them. A worker
 * claims a job for a while (its lease), says again and again that it is still at it, and ends it in the transaction
 * that keeps the result. When the lease of a running job is past, its worker is taken for dead and the next to ask gets
 * it; a worker that lost its job so is told, and can keep nothing. Times are microseconds since 1970 in UTC.
 */
#ifndef OKRUG_STORE_JOBS_H
#define OKRUG_STORE_JOBS_H

#include "store/store.h"

/* X(name, code) */
#define OKRUG_JOB_STATES(X)                                                                                            \
    X(QUEUED, "queued")                                                                                                \
    X(RUNNING, "running")                                                                                              \
    X(DONE, "done")                                                                                                    \
    X(FAILED, "failed")                                                                                                \
    X(CANCELLED, "cancelled")

typedef enum {
#define OKRUG_X(name, code) OKRUG_JOB_##name,
    OKRUG_JOB_STATES(OKRUG_X)
#undef OKRUG_X
} okrug_job_state;

/* "queued"; static storage. */
const char *okrug_job_state_code(okrug_job_state state);

typedef struct {
    const char *name;
    const char *value;
} okrug_stored_option;

typedef struct {
    int64_t id; /* from 1, in the order in which they came */
    okrug_job_state state;
    const char *analysis;
    const char *input;
    const okrug_stored_option *option;
    int options;
    const char *wanted; /* the id that the result is to have; NULL: any */
    const char *result; /* the id that it has; NULL: none */
    const char *task;   /* what the worker is at; NULL: nothing was said */
    double done;
    double total;
    const char *messages; /* a JSON array; NULL: none */
    int64_t created;
    int64_t started;  /* of the last attempt; 0: never */
    int64_t finished; /* 0: not yet */
    int attempts;     /* that were not given back */
    bool stop;        /* someone asked to cancel it */
} okrug_stored_job;

typedef struct {
    const char *owner; /* who works on it: a text that no other worker has */
    int64_t now;
    int64_t until; /* when the job is free for others unless the lease is renewed */
} okrug_lease;

/* Texts of jobs that come back live in scratch memory of the context. */

/* A new queued job from analysis, input, options, wanted and created; it is on the disk when this returns. */
okrug_status okrug_store_add_job(okrug_ctx *ctx, okrug_store *store, const okrug_stored_job *job, int64_t *id);
/* OKRUG_NOT_FOUND ("no-job"). */
okrug_status okrug_store_get_job(okrug_ctx *ctx, okrug_store *store, int64_t id, okrug_stored_job *job);
/* At most `most` jobs, newest first. */
okrug_status okrug_store_list_jobs(okrug_ctx *ctx, okrug_store *store, int64_t most, okrug_stored_job **jobs,
                                   int64_t *count);
/* The oldest job that is queued or whose lease is past, made running under this lease: nobody else gets it. job->id is
 * 0 where there is none. Jobs that were attempted `attempts` times without an end are failed with `given_up` as their
 * messages; those that were to be cancelled are. Waits for nobody where there is nothing to do. */
okrug_status okrug_store_claim_job(okrug_ctx *ctx, okrug_store *store, const okrug_lease *lease, int attempts,
                                   const char *given_up, okrug_stored_job *job);
/* Renews the lease and keeps the progress. `held`: the job is still the owner's. `stop`: it is to be cancelled. */
okrug_status okrug_store_renew_job(okrug_ctx *ctx, okrug_store *store, int64_t id, const okrug_lease *lease,
                                   const char *task, double done, double total, bool *held, bool *stop);
/* Ends a running job: DONE, FAILED or CANCELLED. Where the job is not the owner's any more, `held` is false, nothing is
 * changed, and the caller rolls back what it meant to keep with it. */
okrug_status okrug_store_end_job(okrug_ctx *ctx, okrug_store *store, int64_t id, const okrug_lease *lease,
                                 okrug_job_state state, const char *result, const char *messages, bool *held);
/* Gives a running job back, as if it had not been attempted; cancelled where that was asked. */
okrug_status okrug_store_return_job(okrug_ctx *ctx, okrug_store *store, int64_t id, const okrug_lease *lease);
/* A queued job is cancelled at once, a running one is asked to stop, one that is over stays as it is. OKRUG_NOT_FOUND
 * ("no-job"). */
okrug_status okrug_store_cancel_job(okrug_ctx *ctx, okrug_store *store, int64_t id, int64_t now);

/* The result of the owner's running job, written out of sight in pieces: between them others can write. Not inside a
 * transaction; waits for who writes until it is cancelled. What was staged for an owner that no running job has is
 * litter: it goes when a job is next claimed and when the workspace is next opened to be changed. */
okrug_status okrug_store_stage(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset, const char *owner);
/* okrug_store_put of the dataset that was staged, which needs its id only now; it costs the same for ten rows and for
 * ten million. OKRUG_CANCELLED: it is gone, for the job is another's. */
okrug_status okrug_store_put_staged(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset,
                                    const char *owner);
/* Removes what was staged for the owner, if anything. */
okrug_status okrug_store_unstage(okrug_ctx *ctx, okrug_store *store, const char *owner);

#endif
