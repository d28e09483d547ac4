/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Threads that answer requests, each with a workspace of its own, so that the threads of the connections never wait for
 * a disk.
 */
#ifndef OKRUG_API_POOL_H
#define OKRUG_API_POOL_H

#include "engine/engine.h"

/* The first member of what is handed to the pool. */
typedef struct okrug_task {
    struct okrug_task *next;
    void (*run)(struct okrug_task *task, okrug_store *store); /* in a thread of the pool */
} okrug_task;

typedef struct okrug_pool okrug_pool;

/* Threads of all pools that were started beside one another write the workspace in turn; `beside` may be NULL. */
okrug_status okrug_pool_start(okrug_ctx *ctx, const char *workspace, int threads, const okrug_pool *beside,
                              okrug_pool **pool);
/* False, and nothing is done, once the pool is being stopped. */
bool okrug_pool_add(okrug_pool *pool, okrug_task *task);
void okrug_pool_stop(okrug_pool *pool); /* what was added is done first; may be called again */
void okrug_pool_free(okrug_pool *pool); /* stops it; NULL is allowed */

#endif
