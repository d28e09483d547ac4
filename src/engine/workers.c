/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The threads that work on the jobs of a workspace. Each worker has its own connection to the store; one more thread,
 * the keeper, renews the leases of what they run, keeps their progress, and tells them to stop: an analysis may be
 * inside a library for longer than a lease.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/jobs.h"

enum {
    LOOK_INTERVAL = 1000, /* ms between looks for jobs that others queued or left behind */
    KEEP_INTERVAL = 500,  /* ms between renewals */
    TASK_LENGTH = 64
};

typedef struct {
    struct okrug_workers *workers;
    pthread_t thread;
    okrug_store *store;
    char owner[OKRUG_SECRET_TEXT];
    atomic_bool cancel; /* of the job that runs */
    int64_t job;        /* its id; 0: none. This and what follows under the lock of the workers */
    char task[TASK_LENGTH];
    double done;
    double total;
} worker;

struct okrug_workers {
    pthread_mutex_t lock;
    pthread_cond_t wake; /* of the workers */
    pthread_cond_t over; /* of the keeper */
    bool called;         /* a job came */
    bool ended;          /* the workers have: the keeper may go */
    atomic_bool leaving;
    int threads; /* for each job */
    int count;
    int started;
    worker *worker;
    okrug_store *keeping;
    pthread_t keeper;
};

/* Waits for so many milliseconds, or to be woken; under the lock. */
static void wait_for(pthread_cond_t *condition, pthread_mutex_t *lock, int milliseconds) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    until.tv_sec += milliseconds / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(condition, lock, &until);
}

/* ---- Workers ----------------------------------------------------------------------------------------------------- */

static void take_progress(void *user, const char *task, double done, double total) {
    worker *w = user;
    pthread_mutex_lock(&w->workers->lock);
    size_t length = strnlen(task, TASK_LENGTH - 1);
    memcpy(w->task, task, length);
    w->task[length] = '\0';
    w->done = done;
    w->total = total;
    pthread_mutex_unlock(&w->workers->lock);
}

/* The job whose lease the keeper renews from now on. */
static void set_job(worker *w, int64_t id) {
    pthread_mutex_lock(&w->workers->lock);
    w->job = id;
    w->task[0] = '\0';
    pthread_mutex_unlock(&w->workers->lock);
}

/* One look for a job, and the work on it. False: there was none, or it could not be taken. */
static bool work_once(worker *w) {
    okrug_workers *all = w->workers;
    atomic_store(&w->cancel, false);
    if (atomic_load(&all->leaving)) { /* after the store: okrug_workers_stop sets them in the other order */
        return false;
    }
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){
        .threads = all->threads, .cancel = &w->cancel, .progress = take_progress, .progress_user = w});
    okrug_stored_job job = {0};
    bool any = ctx != NULL && okrug_job_claim(ctx, w->store, w->owner, &job) == OKRUG_OK && job.id != 0;
    if (any) {
        set_job(w, job.id);
        okrug_job_work(ctx, w->store, w->owner, &job, &all->leaving);
        set_job(w, 0);
    }
    okrug_ctx_free(ctx);
    return any;
}

static void *work(void *user) {
    worker *w = user;
    okrug_workers *all = w->workers;
    while (!atomic_load(&all->leaving)) {
        if (work_once(w)) {
            continue;
        }
        pthread_mutex_lock(&all->lock);
        if (!all->called && !atomic_load(&all->leaving)) {
            wait_for(&all->wake, &all->lock, LOOK_INTERVAL);
        }
        all->called = false;
        pthread_mutex_unlock(&all->lock);
    }
    return NULL;
}

/* ---- Keeper ------------------------------------------------------------------------------------------------------ */

/* What the store cannot take now it is told half a second later; a lease lasts for many of those. */
static void renew(okrug_workers *all, worker *w) {
    worker now = {0};
    pthread_mutex_lock(&all->lock);
    now.job = w->job;
    memcpy(now.task, w->task, sizeof now.task);
    now.done = w->done;
    now.total = w->total;
    pthread_mutex_unlock(&all->lock);
    okrug_ctx *ctx = now.job == 0 ? NULL : okrug_ctx_new(&(okrug_ctx_options){.threads = 1});
    if (ctx == NULL) {
        return;
    }
    okrug_lease lease = okrug_job_lease(w->owner);
    bool held = true;
    bool stop = false;
    okrug_status status = okrug_store_renew_job(
        ctx, all->keeping, now.job, &lease, now.task[0] == '\0' ? NULL : now.task, now.done, now.total, &held, &stop);
    okrug_ctx_free(ctx);
    pthread_mutex_lock(&all->lock);
    if (status == OKRUG_OK && (!held || stop) && w->job == now.job) {
        atomic_store(&w->cancel, true);
    }
    pthread_mutex_unlock(&all->lock);
}

static void *keep(void *user) {
    okrug_workers *all = user;
    pthread_mutex_lock(&all->lock);
    while (!all->ended) {
        wait_for(&all->over, &all->lock, KEEP_INTERVAL);
        pthread_mutex_unlock(&all->lock);
        for (int i = 0; i < all->count; i++) {
            renew(all, &all->worker[i]);
        }
        pthread_mutex_lock(&all->lock);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

/* ---- Start and stop ---------------------------------------------------------------------------------------------- */

static okrug_status open_stores(okrug_ctx *ctx, const char *workspace, okrug_workers *all) {
    OKRUG_TRY(okrug_workspace_serve(ctx, workspace, &all->keeping));
    for (int i = 0; i < all->count; i++) {
        worker *w = &all->worker[i];
        w->workers = all;
        atomic_init(&w->cancel, false);
        OKRUG_TRY(okrug_secret_make(w->owner));
        OKRUG_TRY(okrug_workspace_serve(ctx, workspace, &w->store));
    }
    return OKRUG_OK;
}

static okrug_status start_threads(okrug_ctx *ctx, okrug_workers *all) {
    int code = pthread_create(&all->keeper, NULL, keep, all);
    if (code != 0) {
        all->ended = true;
    }
    while (code == 0 && all->started < all->count) {
        worker *w = &all->worker[all->started];
        code = pthread_create(&w->thread, NULL, work, w);
        all->started += code == 0;
    }
    return code == 0
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_NO_MEMORY, "cannot-start-thread", NULL, "cause", strerror(code), (char *)NULL);
}

static okrug_workers *workers_new(int count, int threads) {
    okrug_workers *all = calloc(1, sizeof *all);
    worker *list = calloc((size_t)count, sizeof *list);
    if (all == NULL || list == NULL) {
        free(all);
        free(list);
        return NULL;
    }
    all->worker = list;
    all->count = count;
    all->threads = threads / count > 0 ? threads / count : 1;
    atomic_init(&all->leaving, false);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->wake, &monotonic);
    pthread_cond_init(&all->over, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return all;
}

okrug_status okrug_workers_start(okrug_ctx *ctx, const char *workspace, int count, okrug_workers **workers) {
    okrug_workers *all = workers_new(count, okrug_ctx_threads(ctx));
    if (all == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = open_stores(ctx, workspace, all);
    all->ended = status != OKRUG_OK; /* no keeper yet */
    if (status == OKRUG_OK) {
        status = start_threads(ctx, all);
    }
    if (status != OKRUG_OK) {
        okrug_workers_stop(all);
        return status;
    }
    *workers = all;
    return OKRUG_OK;
}

void okrug_workers_wake(okrug_workers *workers) {
    pthread_mutex_lock(&workers->lock);
    workers->called = true;
    pthread_cond_broadcast(&workers->wake);
    pthread_mutex_unlock(&workers->lock);
}

void okrug_workers_cancel(okrug_workers *workers, const char *id) {
    int64_t number = strtoll(id, NULL, 10);
    pthread_mutex_lock(&workers->lock);
    for (int i = 0; i < workers->count && number > 0; i++) {
        if (workers->worker[i].job == number) {
            atomic_store(&workers->worker[i].cancel, true);
        }
    }
    pthread_mutex_unlock(&workers->lock);
}

void okrug_workers_stop(okrug_workers *workers) {
    if (workers == NULL) {
        return;
    }
    atomic_store(&workers->leaving, true);
    for (int i = 0; i < workers->count; i++) {
        atomic_store(&workers->worker[i].cancel, true);
    }
    okrug_workers_wake(workers);
    for (int i = 0; i < workers->started; i++) {
        pthread_join(workers->worker[i].thread, NULL);
    }
    pthread_mutex_lock(&workers->lock);
    bool kept = !workers->ended;
    workers->ended = true;
    pthread_cond_signal(&workers->over);
    pthread_mutex_unlock(&workers->lock);
    if (kept) {
        pthread_join(workers->keeper, NULL);
    }
    for (int i = 0; i < workers->count; i++) {
        okrug_workspace_close(workers->worker[i].store);
    }
    okrug_workspace_close(workers->keeping);
    pthread_cond_destroy(&workers->wake);
    pthread_cond_destroy(&workers->over);
    pthread_mutex_destroy(&workers->lock);
    free(workers->worker);
    free(workers);
}
