/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to the jobs of a store, whatever kind it is of.
 */
#include "store/backend.h"

const char *okrug_job_state_code(okrug_job_state state) {
    static const char *const codes[] = {
#define OKRUG_X(name, code) code,
        OKRUG_JOB_STATES(OKRUG_X)
#undef OKRUG_X
    };
    return codes[state];
}

static okrug_status leave(okrug_store *store, okrug_status status) {
    store->ctx = NULL;
    return status;
}

okrug_status okrug_store_add_job(okrug_ctx *ctx, okrug_store *store, const okrug_stored_job *job, int64_t *id) {
    store->ctx = ctx;
    return leave(store, store->backend->add_job(store, job, id));
}

okrug_status okrug_store_get_job(okrug_ctx *ctx, okrug_store *store, int64_t id, okrug_stored_job *job) {
    store->ctx = ctx;
    return leave(store, store->backend->get_job(store, id, job));
}

okrug_status okrug_store_list_jobs(okrug_ctx *ctx, okrug_store *store, int64_t most, okrug_stored_job **jobs,
                                   int64_t *count) {
    store->ctx = ctx;
    return leave(store, store->backend->list_jobs(store, most, jobs, count));
}

okrug_status okrug_store_claim_job(okrug_ctx *ctx, okrug_store *store, const okrug_lease *lease, int attempts,
                                   const char *given_up, okrug_stored_job *job) {
    store->ctx = ctx;
    return leave(store, store->backend->claim_job(store, lease, attempts, given_up, job));
}

okrug_status okrug_store_renew_job(okrug_ctx *ctx, okrug_store *store, int64_t id, const okrug_lease *lease,
                                   const char *task, double done, double total, bool *held, bool *stop) {
    store->ctx = ctx;
    return leave(store, store->backend->renew_job(store, id, lease, task, done, total, held, stop));
}

okrug_status okrug_store_end_job(okrug_ctx *ctx, okrug_store *store, int64_t id, const okrug_lease *lease,
                                 okrug_job_state state, const char *result, const char *messages, bool *held) {
    store->ctx = ctx;
    return leave(store, store->backend->end_job(store, id, lease, state, result, messages, held));
}

okrug_status okrug_store_return_job(okrug_ctx *ctx, okrug_store *store, int64_t id, const okrug_lease *lease) {
    store->ctx = ctx;
    return leave(store, store->backend->return_job(store, id, lease));
}

okrug_status okrug_store_cancel_job(okrug_ctx *ctx, okrug_store *store, int64_t id, int64_t now) {
    store->ctx = ctx;
    return leave(store, store->backend->cancel_job(store, id, now));
}

okrug_status okrug_store_stage(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset, const char *owner) {
    store->ctx = ctx;
    return leave(store, store->backend->stage(store, dataset, owner));
}

okrug_status okrug_store_put_staged(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset,
                                    const char *owner) {
    store->ctx = ctx;
    return leave(store, store->backend->put_staged(store, dataset, owner));
}

okrug_status okrug_store_unstage(okrug_ctx *ctx, okrug_store *store, const char *owner) {
    store->ctx = ctx;
    return leave(store, store->backend->unstage(store, owner));
}
