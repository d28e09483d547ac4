/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Streams of events about jobs.
 */
#include "api/streams.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STREAMS_MOST = 64, LOOK_INTERVAL = 250, HEARTBEAT = 10, BLOCK = 4096 }; /* ms; s; bytes */

typedef struct stream {
    okrug_streams *all;
    struct stream *next;
    struct MHD_Connection *connection;
    char job[24];
    okrug_buffer last;    /* the job as it was told */
    okrug_buffer pending; /* to be sent, from `sent` on */
    size_t sent;
    bool over; /* nothing comes after what is pending */
    bool asleep;
    time_t told; /* when something was last added */
} stream;

struct okrug_streams {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    stream *first;
    int count;
    bool stopping;
    okrug_store *store;
    bool started;
    pthread_t thread;
};

/* ---- One stream -------------------------------------------------------------------------------------------------- */

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

/* Adds an event, or a heartbeat, and wakes the connection; under the lock. A stream that memory is too short for ends:
 * the browser asks again. */
static void tell(stream *s, const char *event, bool over) {
    if (event != NULL) {
        okrug_buffer_clear(&s->last);
        okrug_buffer_add_text(&s->last, event);
    }
    if (s->sent == s->pending.length) {
        okrug_buffer_clear(&s->pending);
        s->sent = 0;
    }
    okrug_buffer_add_text(&s->pending, event == NULL ? ":\n\n" : "event: job\ndata: ");
    okrug_buffer_add_text(&s->pending, event == NULL ? "" : event);
    okrug_buffer_add_text(&s->pending, event == NULL ? "" : "\n\n");
    s->over = over || s->last.failed || s->pending.failed;
    s->told = now();
    if (s->asleep) {
        s->asleep = false;
        MHD_resume_connection(s->connection);
    }
}

static ssize_t read_stream(void *user, uint64_t position, char *bytes, size_t most) {
    (void)position;
    stream *s = user;
    pthread_mutex_lock(&s->all->lock);
    size_t length = s->pending.length - s->sent < most ? s->pending.length - s->sent : most;
    ssize_t result = (ssize_t)length;
    if (length > 0) {
        memcpy(bytes, s->pending.bytes + s->sent, length);
        s->sent += length;
    } else if (s->over || s->all->stopping) {
        result = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        s->asleep = true;
        MHD_suspend_connection(s->connection);
    }
    pthread_mutex_unlock(&s->all->lock);
    return result;
}

static void free_stream(void *user) {
    stream *s = user;
    okrug_streams *all = s->all;
    pthread_mutex_lock(&all->lock);
    for (stream **link = &all->first; *link != NULL; link = &(*link)->next) {
        if (*link == s) {
            *link = s->next;
            all->count--;
            break;
        }
    }
    pthread_mutex_unlock(&all->lock);
    okrug_buffer_free(&s->last);
    okrug_buffer_free(&s->pending);
    free(s);
}

struct MHD_Response *okrug_streams_open(okrug_streams *streams, struct MHD_Connection *connection, const char *job,
                                        const char *event, bool over) {
    stream *s = calloc(1, sizeof *s);
    if (s == NULL || strlen(job) >= sizeof s->job) {
        free(s);
        return NULL;
    }
    s->all = streams;
    s->connection = connection;
    memcpy(s->job, job, strlen(job) + 1);
    pthread_mutex_lock(&streams->lock);
    bool room = streams->count < STREAMS_MOST && !streams->stopping;
    if (room) {
        tell(s, event, over);
        s->next = streams->first;
        streams->first = s;
        streams->count++;
        pthread_cond_signal(&streams->wake);
    }
    pthread_mutex_unlock(&streams->lock);
    if (!room) {
        free(s);
        return NULL;
    }
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_stream, s, free_stream);
    if (response == NULL) {
        free_stream(s);
    }
    return response;
}

/* ---- Looking ----------------------------------------------------------------------------------------------------- */

/* The jobs that are watched, each once; under the lock. */
static int watched(const okrug_streams *all, char jobs[STREAMS_MOST][24]) {
    int count = 0;
    for (const stream *s = all->first; s != NULL; s = s->next) {
        bool known = s->over;
        for (int i = 0; i < count && !known; i++) {
            known = strcmp(jobs[i], s->job) == 0;
        }
        if (!known) {
            memcpy(jobs[count++], s->job, sizeof s->job);
        }
    }
    return count;
}

/* Tells those who watch the job how it is; `event` NULL: it could not be read this time. */
static void spread(okrug_streams *all, const char *job, const char *event, bool over) {
    pthread_mutex_lock(&all->lock);
    for (stream *s = all->first; s != NULL; s = s->next) {
        if (s->over || strcmp(s->job, job) != 0) {
            continue;
        }
        if (event != NULL && (s->last.bytes == NULL || strcmp(s->last.bytes, event) != 0)) {
            tell(s, event, over);
        } else if (now() - s->told >= HEARTBEAT) {
            tell(s, NULL, false);
        }
    }
    pthread_mutex_unlock(&all->lock);
}

static void look(okrug_streams *all, const char *job) {
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 1});
    okrug_buffer event = {0};
    bool over = false;
    bool read = ctx != NULL && okrug_job_describe(ctx, all->store, job, &event, &over) == OKRUG_OK;
    spread(all, job, read ? event.bytes : NULL, over);
    okrug_buffer_free(&event);
    okrug_ctx_free(ctx);
}

static void *watch(void *user) {
    okrug_streams *all = user;
    char jobs[STREAMS_MOST][24];
    pthread_mutex_lock(&all->lock);
    while (!all->stopping) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += (long)LOOK_INTERVAL * 1000000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        if (all->first == NULL) {
            pthread_cond_wait(&all->wake, &all->lock);
        } else {
            while (!all->stopping && pthread_cond_timedwait(&all->wake, &all->lock, &until) != ETIMEDOUT) {
            }
        }
        int count = watched(all, jobs);
        pthread_mutex_unlock(&all->lock);
        for (int i = 0; i < count; i++) {
            look(all, jobs[i]);
        }
        pthread_mutex_lock(&all->lock);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

/* ---- Start and stop ---------------------------------------------------------------------------------------------- */

okrug_status okrug_streams_start(okrug_ctx *ctx, const char *workspace, okrug_streams **streams) {
    okrug_streams *all = calloc(1, sizeof *all);
    if (all == NULL) {
        return OKRUG_NO_MEMORY;
    }
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    okrug_status status = okrug_workspace_serve(ctx, workspace, &all->store);
    int code = status == OKRUG_OK ? pthread_create(&all->thread, NULL, watch, all) : 0;
    all->started = status == OKRUG_OK && code == 0;
    if (code != 0) {
        status = okrug_fail(ctx, OKRUG_NO_MEMORY, "cannot-start-thread", NULL, "cause", strerror(code), (char *)NULL);
    }
    if (status != OKRUG_OK) {
        okrug_streams_free(all);
        return status;
    }
    *streams = all;
    return OKRUG_OK;
}

void okrug_streams_stop(okrug_streams *streams) {
    pthread_mutex_lock(&streams->lock);
    streams->stopping = true;
    for (stream *s = streams->first; s != NULL; s = s->next) {
        if (s->asleep) {
            s->asleep = false;
            MHD_resume_connection(s->connection);
        }
    }
    pthread_cond_signal(&streams->wake);
    pthread_mutex_unlock(&streams->lock);
    if (streams->started) {
        pthread_join(streams->thread, NULL);
        streams->started = false;
    }
}

void okrug_streams_free(okrug_streams *streams) {
    if (streams == NULL) {
        return;
    }
    okrug_streams_stop(streams);
    okrug_workspace_close(streams->store);
    pthread_cond_destroy(&streams->wake);
    pthread_mutex_destroy(&streams->lock);
    free(streams);
}
