/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tiles on threads. A counter hands the tiles out in rising order, and a tile that was handed out is always run. So
 * when one fails, every tile before it has run or is running, and the failure with the smallest number is the same on
 * any number of threads.
 */
#include "base/context_private.h"

#include <pthread.h>

struct work {
    const okrug_ctx *ctx;
    okrug_tile_fn *tile;
    void *user;
    int64_t tiles;
    atomic_int_fast64_t next;
    atomic_bool stop;
    pthread_mutex_t lock; /* of the two below */
    int64_t failed;       /* smallest tile that failed; `tiles`: none */
    okrug_status status;  /* of that tile */
};

static void record_failure(struct work *work, int64_t tile, okrug_status status) {
    atomic_store(&work->stop, true);
    pthread_mutex_lock(&work->lock);
    if (tile < work->failed) {
        work->failed = tile;
        work->status = status;
    }
    pthread_mutex_unlock(&work->lock);
}

static void *run_tiles(void *argument) {
    struct work *work = argument;
    while (!atomic_load(&work->stop) && !okrug_cancelled(work->ctx)) {
        int64_t tile = atomic_fetch_add(&work->next, 1);
        if (tile >= work->tiles) {
            break;
        }
        okrug_status status = work->tile(work->user, tile);
        if (status != OKRUG_OK) {
            record_failure(work, tile, status);
        }
    }
    return NULL;
}

okrug_status okrug_parallel(okrug_ctx *ctx, int64_t tiles, okrug_tile_fn *tile, void *user) {
    struct work work = {
        .ctx = ctx,
        .tile = tile,
        .user = user,
        .tiles = tiles,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .failed = tiles,
        .status = OKRUG_OK,
    };
    atomic_init(&work.next, 0);
    atomic_init(&work.stop, false);

    pthread_t thread[OKRUG_THREADS_MAX];
    int wanted = ctx->threads < tiles ? ctx->threads : (int)tiles;
    int started = 0;
    while (started < wanted - 1 && pthread_create(&thread[started], NULL, run_tiles, &work) == 0) {
        started++;
    }
    run_tiles(&work);
    for (int i = 0; i < started; i++) {
        pthread_join(thread[i], NULL);
    }
    pthread_mutex_destroy(&work.lock);

    if (work.status != OKRUG_OK) {
        return work.status;
    }
    /* A cancellation that came when the last tile was already handed out changes nothing: the work is whole. */
    return atomic_load(&work.next) < tiles ? OKRUG_CANCELLED : OKRUG_OK;
}

struct ordered {
    okrug_make_fn *make;
    okrug_take_fn *take;
    void *user;
    pthread_mutex_t lock;
    pthread_cond_t turn;
    int64_t next; /* tile whose turn it is */
    okrug_status status;
};

/* Every tile before this one was handed out earlier, so its turn comes: it is over or another thread has it. */
static okrug_status make_and_take(void *user, int64_t tile) {
    struct ordered *all = user;
    void *made = NULL;
    okrug_status status = all->make(all->user, tile, &made);
    pthread_mutex_lock(&all->lock);
    while (all->next != tile) {
        pthread_cond_wait(&all->turn, &all->lock);
    }
    all->status = all->status == OKRUG_OK ? status : all->status;
    bool failed = all->status != OKRUG_OK;
    pthread_mutex_unlock(&all->lock);
    status = all->take(all->user, made, failed); /* nobody else is here until `next` moves on */
    pthread_mutex_lock(&all->lock);
    all->status = failed ? all->status : status;
    status = all->status;
    all->next++;
    pthread_cond_broadcast(&all->turn);
    pthread_mutex_unlock(&all->lock);
    return status;
}

okrug_status okrug_parallel_in_order(okrug_ctx *ctx, int64_t tiles, okrug_make_fn *make, okrug_take_fn *take,
                                     void *user) {
    struct ordered all = {.make = make,
                          .take = take,
                          .user = user,
                          .lock = PTHREAD_MUTEX_INITIALIZER,
                          .turn = PTHREAD_COND_INITIALIZER,
                          .status = OKRUG_OK};
    okrug_status status = okrug_parallel(ctx, tiles, make_and_take, &all);
    pthread_cond_destroy(&all.turn);
    pthread_mutex_destroy(&all.lock);
    return status;
}
