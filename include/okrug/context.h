/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The context of a job: its scratch memory, faults and warnings, progress, cancellation and number of threads.
 * One per job; a child per thread. The library keeps no globals, never prints and never exits.
 */
#ifndef OKRUG_CONTEXT_H
#define OKRUG_CONTEXT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <okrug/status.h>

typedef struct okrug_ctx okrug_ctx;

/* Progress of long work: `done` of `total` units of `task` (an i18n key such as "task.reading"). Called from the
 * thread that runs the job, at most some tens of times a second. */
typedef void okrug_progress_fn(void *user, const char *task, double done, double total);

typedef struct {
    int threads;                 /* >= 1; 0 means OMP_NUM_THREADS if set, else the processors there are */
    atomic_bool *cancel;         /* may be NULL; set from anywhere (a signal handler too) to stop the job */
    okrug_progress_fn *progress; /* may be NULL */
    void *progress_user;
} okrug_ctx_options;

/* A new context, or NULL when memory is short. `options` may be NULL. Owned by the caller: okrug_ctx_free. */
okrug_ctx *okrug_ctx_new(const okrug_ctx_options *options);
void okrug_ctx_free(okrug_ctx *ctx); /* NULL is allowed */

int okrug_ctx_threads(const okrug_ctx *ctx);
void okrug_ctx_set_threads(okrug_ctx *ctx, int threads); /* >= 1 */
bool okrug_cancelled(const okrug_ctx *ctx);
/* OKRUG_CANCELLED if the job was cancelled, else OKRUG_OK: for loops, with OKRUG_TRY. */
okrug_status okrug_check_cancel(const okrug_ctx *ctx);
void okrug_progress(okrug_ctx *ctx, const char *task, double done, double total);

/* ---- Scratch memory -------------------------------------------------------------------------------------------
 * Temporaries of a kernel. Taken in order, given back together by resetting to a mark; freed with the context.
 * Aligned to 64 bytes. Not for threads: inside okrug_parallel each tile works on memory taken before. */
typedef struct {
    void *block;
    size_t used;
} okrug_mark;

okrug_mark okrug_scratch_mark(const okrug_ctx *ctx);
void okrug_scratch_reset(okrug_ctx *ctx, okrug_mark mark);
/* The same, and what was taken since is given back to the system: for large temporaries before other large memory. */
void okrug_scratch_release(okrug_ctx *ctx, okrug_mark mark);
/* `count` items of `size` bytes, uninitialised; NULL (with a fault) when memory is short or the product overflows. */
void *okrug_scratch(okrug_ctx *ctx, int64_t count, size_t size);
/* The same, zeroed. */
void *okrug_scratch_zero(okrug_ctx *ctx, int64_t count, size_t size);
#define OKRUG_SCRATCH(ctx, count, type) ((type *)okrug_scratch((ctx), (count), sizeof(type)))
#define OKRUG_SCRATCH_ZERO(ctx, count, type) ((type *)okrug_scratch_zero((ctx), (count), sizeof(type)))

/* ---- Faults and warnings --------------------------------------------------------------------------------------
 * A fault is a code and named arguments; its text is made last, in the reader's language, from i18n/. */
typedef enum { OKRUG_FAULT, OKRUG_WARNING } okrug_severity;

typedef struct {
    const char *file;   /* as the user named it; NULL: none */
    int64_t line;       /* from 1, the header included; 0: none */
    const char *column; /* header of the column; NULL: none */
    const char *cell;   /* in a workbook: "Sheet1!C7"; NULL: none */
} okrug_place;

enum { OKRUG_MESSAGE_ARGUMENTS = 6 };

typedef struct {
    okrug_severity severity;
    const char *code; /* "not-a-number": key "message.not-a-number" of i18n/{en,ru}.json */
    okrug_place place;
    int arguments;
    const char *name[OKRUG_MESSAGE_ARGUMENTS];
    const char *value[OKRUG_MESSAGE_ARGUMENTS];
} okrug_message;

/* Adds a fault and returns `status`, so that a failing function reads `return okrug_fail(...)`. `place` may be NULL.
 * The arguments are pairs of strings (name, value), ended by (char *)NULL; everything is copied. At most 10,000
 * messages are kept; the rest are counted (okrug_messages_dropped). */
okrug_status okrug_fail(okrug_ctx *ctx, okrug_status status, const char *code, const okrug_place *place, ...)
    __attribute__((sentinel));
/* The fault of a file that cannot be written, by `error` (errno): "disk-full", "disk-read-only", "no-permission", else
 * "cannot-write-file"; `file` as the user named it. OKRUG_WRITE_FAILED, or OKRUG_NO_MEMORY (no fault) for ENOMEM. */
okrug_status okrug_fail_to_write(okrug_ctx *ctx, const char *file, int error);
/* Adds a warning. The same form. */
void okrug_warn(okrug_ctx *ctx, const char *code, const okrug_place *place, ...) __attribute__((sentinel));

int64_t okrug_messages(const okrug_ctx *ctx);
const okrug_message *okrug_message_at(const okrug_ctx *ctx, int64_t i); /* 0 <= i < okrug_messages(ctx) */
int64_t okrug_messages_dropped(const okrug_ctx *ctx);
int64_t okrug_faults(const okrug_ctx *ctx); /* how many of them are faults, the dropped ones included */
void okrug_messages_clear(okrug_ctx *ctx);
/* Drops each message from `first` on that says the same as an earlier one of them. */
void okrug_messages_unrepeat(okrug_ctx *ctx, int64_t first);

/* Formatted text that lives as long as the context: for the arguments of messages. Never NULL ("" when memory is
 * short). */
const char *okrug_text(okrug_ctx *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* `list` with `item` added, a comma between them where the list is not empty: names for a message. */
const char *okrug_text_listed(okrug_ctx *ctx, const char *list, const char *item);
/* `list` itself where all of `count` are among the `shown`, else with an ellipsis behind it. */
const char *okrug_text_curtailed(okrug_ctx *ctx, const char *list, int64_t shown, int64_t count);
/* A number in its shortest form (see number.h), with the same life. */
const char *okrug_text_number(okrug_ctx *ctx, double value);
const char *okrug_text_integer(okrug_ctx *ctx, int64_t value);

/* ---- Threads ---------------------------------------------------------------------------------------------------
 * Runs tile(user, i) for i in 0 .. tiles-1 on the context's threads and waits. Tiles are cut by the caller
 * independently of the number of threads, and each writes only what is its own, so that the result has the same
 * bytes on any number of threads. Stops handing out tiles when the job is cancelled (OKRUG_CANCELLED) or a tile
 * fails (the status of the failing tile with the smallest number among those run). Tiles take no scratch memory and
 * add no messages. With one thread or one tile nothing is started. Where a thread cannot be started the others do its
 * work. */
typedef okrug_status okrug_tile_fn(void *user, int64_t tile);
okrug_status okrug_parallel(okrug_ctx *ctx, int64_t tiles, okrug_tile_fn *tile, void *user);

/* The same for work whose pieces have to be put one after another, such as a file: make(user, i, &made) is called for
 * the tiles on the threads, and take(user, made) for what came of each, one at a time and in the order of the tiles, on
 * any of the threads. Once something failed the rest is made no more use of: `take` gets `failed` and only frees. */
typedef okrug_status okrug_make_fn(void *user, int64_t tile, void **made);
typedef okrug_status okrug_take_fn(void *user, void *made, bool failed);
okrug_status okrug_parallel_in_order(okrug_ctx *ctx, int64_t tiles, okrug_make_fn *make, okrug_take_fn *take,
                                     void *user);

#endif
