/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue of requests and the threads that empty it.
 */
#include "api/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    okrug_pool *pool;
    okrug_store *store;
    pthread_t thread;
} clerk;

struct okrug_pool {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    okrug_task *first;
    okrug_task *last;
    bool stopping;
    int count;
    int started;
    clerk clerk[];
};

static void *serve(void *user) {
    clerk *c = user;
    okrug_pool *pool = c->pool;
    pthread_mutex_lock(&pool->lock);
    while (pool->first != NULL || !pool->stopping) {
        okrug_task *task = pool->first;
        if (task == NULL) {
            pthread_cond_wait(&pool->wake, &pool->lock);
            continue;
        }
        pool->first = task->next;
        pthread_mutex_unlock(&pool->lock);
        task->run(task, c->store);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

okrug_status okrug_pool_start(okrug_ctx *ctx, const char *workspace, int threads, const okrug_pool *beside,
                              okrug_pool **pool) {
    okrug_pool *made = calloc(1, sizeof *made + (size_t)threads * sizeof made->clerk[0]);
    if (made == NULL) {
        return OKRUG_NO_MEMORY;
    }
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->wake, NULL);
    made->count = threads;
    okrug_status status = OKRUG_OK;
    for (int i = 0; status == OKRUG_OK && i < threads; i++) {
        made->clerk[i].pool = made;
        okrug_store *other = beside != NULL ? beside->clerk[0].store : made->clerk[0].store;
        status = okrug_workspace_serve_beside(ctx, workspace, other, &made->clerk[i].store);
    }
    for (int i = 0; status == OKRUG_OK && i < threads; i++) {
        int code = pthread_create(&made->clerk[i].thread, NULL, serve, &made->clerk[i]);
        made->started += code == 0;
        if (code != 0) {
            status =
                okrug_fail(ctx, OKRUG_NO_MEMORY, "cannot-start-thread", NULL, "cause", strerror(code), (char *)NULL);
        }
    }
    if (status != OKRUG_OK) {
        okrug_pool_free(made);
        return status;
    }
    *pool = made;
    return OKRUG_OK;
}

bool okrug_pool_add(okrug_pool *pool, okrug_task *task) {
    pthread_mutex_lock(&pool->lock);
    bool open = !pool->stopping;
    if (open) {
        task->next = NULL;
        if (pool->first == NULL) {
            pool->first = task;
        } else {
            pool->last->next = task;
        }
        pool->last = task;
        pthread_cond_signal(&pool->wake);
    }
    pthread_mutex_unlock(&pool->lock);
    return open;
}

void okrug_pool_stop(okrug_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
    for (; pool->started > 0; pool->started--) {
        pthread_join(pool->clerk[pool->started - 1].thread, NULL);
    }
}

void okrug_pool_free(okrug_pool *pool) {
    if (pool == NULL) {
        return;
    }
    okrug_pool_stop(pool);
    for (int i = 0; i < pool->count; i++) {
        okrug_workspace_close(pool->clerk[i].store);
    }
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
