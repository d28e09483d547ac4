/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of those who wait to say what they want, the longest first. Hanging up is shutting the socket down, under
 * the lock: libmicrohttpd closes it then, after it has told okrug_callers_notify, so that its number is never
 * another's.
 */
#include "api/callers.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { MOST_WAITING = 100, SECONDS = 10 };

typedef struct caller {
    okrug_callers *all;
    struct caller *before;
    struct caller *after;
    time_t since;
    int socket;
    bool waits; /* in the list */
} caller;

struct okrug_callers {
    pthread_mutex_t lock;
    caller *first;
    caller *last;
    int waiting;
};

okrug_status okrug_callers_new(okrug_callers **callers) {
    okrug_callers *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return OKRUG_NO_MEMORY;
    }
    pthread_mutex_init(&made->lock, NULL);
    *callers = made;
    return OKRUG_OK;
}

void okrug_callers_free(okrug_callers *callers) {
    if (callers != NULL) {
        pthread_mutex_destroy(&callers->lock);
        free(callers);
    }
}

static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

/* What follows is under the lock. */
static void leave(caller *c) {
    if (!c->waits) {
        return;
    }
    *(c->before != NULL ? &c->before->after : &c->all->first) = c->after;
    *(c->after != NULL ? &c->after->before : &c->all->last) = c->before;
    c->waits = false;
    c->all->waiting--;
}

static void hang_up(caller *c) {
    leave(c);
    shutdown(c->socket, SHUT_RDWR);
}

static void enter(caller *c) {
    okrug_callers *all = c->all;
    leave(c);
    c->before = all->last;
    c->after = NULL;
    *(all->last != NULL ? &all->last->after : &all->first) = c;
    all->last = c;
    c->since = now();
    c->waits = true;
    all->waiting++;
    if (all->waiting > MOST_WAITING) {
        hang_up(all->first);
    }
}

/* ---- For the server ---------------------------------------------------------------------------------------------- */

static caller *caller_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

void okrug_callers_notify(void *callers, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code) {
    okrug_callers *all = callers;
    caller *c = *context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        c = info == NULL ? NULL : calloc(1, sizeof *c);
        if (c == NULL) {
            return; /* not watched: libmicrohttpd's own limits are left */
        }
        c->all = all;
        c->socket = info->connect_fd;
        pthread_mutex_lock(&all->lock);
        enter(c);
        pthread_mutex_unlock(&all->lock);
        *context = c;
    } else if (c != NULL) {
        pthread_mutex_lock(&all->lock);
        leave(c);
        pthread_mutex_unlock(&all->lock);
        free(c);
        *context = NULL;
    }
}

void okrug_caller_heard(struct MHD_Connection *connection) {
    caller *c = caller_of(connection);
    if (c != NULL) {
        pthread_mutex_lock(&c->all->lock);
        leave(c);
        pthread_mutex_unlock(&c->all->lock);
    }
}

void okrug_caller_waits(struct MHD_Connection *connection) {
    caller *c = caller_of(connection);
    if (c != NULL) {
        pthread_mutex_lock(&c->all->lock);
        enter(c);
        pthread_mutex_unlock(&c->all->lock);
    }
}

void okrug_callers_sweep(okrug_callers *callers) {
    pthread_mutex_lock(&callers->lock);
    time_t oldest = now() - SECONDS;
    while (callers->first != NULL && callers->first->since <= oldest) {
        hang_up(callers->first);
    }
    pthread_mutex_unlock(&callers->lock);
}
