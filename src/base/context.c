/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contexts: made and freed, options, cancellation and progress. Scratch memory, messages and threads have files of
 * their own.
 */
#include "base/context_private.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Progress is for people: more often than this only costs time. */
static const int64_t progress_interval = 50000000; /* ns */

static int clamp_threads(long threads) {
    if (threads < 1) {
        return 1;
    }
    return threads < OKRUG_THREADS_MAX ? (int)threads : OKRUG_THREADS_MAX;
}

static int default_threads(void) {
    const char *text = getenv("OMP_NUM_THREADS");
    if (text != NULL) {
        /* OpenMP allows a list, one number for each level of nesting; ours is the outermost. */
        char *end;
        long threads = strtol(text, &end, 10);
        if (end != text && threads >= 1) {
            return clamp_threads(threads);
        }
    }
    return clamp_threads(sysconf(_SC_NPROCESSORS_ONLN));
}

okrug_ctx *okrug_ctx_new(const okrug_ctx_options *options) {
    okrug_ctx *ctx = calloc(1, sizeof *ctx);
    if (ctx == NULL) {
        return NULL;
    }
    if (okrug_messages_init(ctx) != OKRUG_OK) {
        free(ctx);
        return NULL;
    }
    if (options != NULL) {
        ctx->cancel = options->cancel;
        ctx->progress = options->progress;
        ctx->progress_user = options->progress_user;
    }
    ctx->threads = options != NULL && options->threads != 0 ? clamp_threads(options->threads) : default_threads();
    return ctx;
}

void okrug_ctx_free(okrug_ctx *ctx) {
    if (ctx == NULL) {
        return;
    }
    okrug_scratch_free(ctx);
    okrug_messages_free(ctx);
    okrug_chunk_free(ctx->texts);
    free(ctx);
}

int okrug_ctx_threads(const okrug_ctx *ctx) {
    return ctx->threads;
}

void okrug_ctx_set_threads(okrug_ctx *ctx, int threads) {
    ctx->threads = clamp_threads(threads);
}

bool okrug_cancelled(const okrug_ctx *ctx) {
    return ctx->cancel != NULL && atomic_load_explicit(ctx->cancel, memory_order_relaxed);
}

okrug_status okrug_check_cancel(const okrug_ctx *ctx) {
    return okrug_cancelled(ctx) ? OKRUG_CANCELLED : OKRUG_OK;
}

void okrug_progress(okrug_ctx *ctx, const char *task, double done, double total) {
    if (ctx->progress == NULL) {
        return;
    }
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    int64_t now = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
    bool same_task = strncmp(task, ctx->progress_task, OKRUG_PROGRESS_TASK - 1) == 0;
    if (same_task && done < total && now - ctx->progress_time < progress_interval) {
        return;
    }
    ctx->progress_time = now;
    if (!same_task) {
        size_t length = strnlen(task, OKRUG_PROGRESS_TASK - 1);
        memcpy(ctx->progress_task, task, length);
        ctx->progress_task[length] = '\0';
    }
    ctx->progress(ctx->progress_user, task, done, total);
}
