/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is inside a context: for the files of base that implement it, and nobody else.
 */
#ifndef OKRUG_BASE_CONTEXT_PRIVATE_H
#define OKRUG_BASE_CONTEXT_PRIVATE_H

#include <okrug/chunk.h>
#include <okrug/context.h>

enum {
    OKRUG_THREADS_MAX = 256, /* their handles are kept on the stack, so that starting them needs no memory */
    OKRUG_MESSAGES_MAX = 10000,
    OKRUG_PROGRESS_TASK = 64
};

struct okrug_block;

struct okrug_ctx {
    int threads;
    atomic_bool *cancel;

    okrug_progress_fn *progress;
    void *progress_user;
    char progress_task[OKRUG_PROGRESS_TASK]; /* of the last call, to report a new task at once */
    int64_t progress_time;                   /* of the last call, ns */

    struct okrug_block *scratch;         /* first of the list, oldest first */
    struct okrug_block *scratch_current; /* the one being filled; NULL: none yet. Those after it are spare */

    okrug_chunk *texts; /* okrug_text: live as long as the context */

    okrug_chunk *message_memory;
    const okrug_message **message; /* one place is always left for the fault that memory is short */
    int64_t messages;
    int64_t message_capacity;
    int64_t messages_dropped;
    int64_t faults;
    bool memory_fault; /* that fault is in the list */
};

void okrug_scratch_free(okrug_ctx *ctx);
/* Makes room for the first messages, so that a lack of memory can be told later. */
okrug_status okrug_messages_init(okrug_ctx *ctx);
void okrug_messages_free(okrug_ctx *ctx);

#endif
