/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One job in the hands of a worker: taken, worked on, and ended in the transaction that keeps its result.
 */
#ifndef OKRUG_ENGINE_JOBS_H
#define OKRUG_ENGINE_JOBS_H

#include <okrug/secret.h>

#include "engine/engine_private.h"
#include "store/jobs.h"

enum {
    OKRUG_JOB_LEASE = 10000000, /* microseconds: so long a worker may be silent before it is taken for dead */
    OKRUG_JOB_ATTEMPTS = 3      /* a job that took its program down so often is not tried again */
};

/* Microseconds since 1970, UTC. */
int64_t okrug_now(void);

/* A lease from now on. */
okrug_lease okrug_job_lease(const char *owner);

/* The next job, in scratch memory of the context; job->id 0: none. */
okrug_status okrug_job_claim(okrug_ctx *ctx, okrug_store *store, const char *owner, okrug_stored_job *job);

/* Runs the job and keeps how it ended. When the context is cancelled: the job goes back into the queue where `leaving`
 * is true by then, else it is cancelled; a job that is somebody else's by then is left to them. */
okrug_status okrug_job_work(okrug_ctx *ctx, okrug_store *store, const char *owner, const okrug_stored_job *job,
                            const atomic_bool *leaving);

#endif
