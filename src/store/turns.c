/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of those who want to write. Who waits looks up now and then, to see whether it was cancelled. Where the row
 * does not end the file is let go for a moment each second, for other programs and for jobs, which only look whether it
 * is free.
 */
#include "store/turns.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* The moment is longer than who waits for the file sleeps between two looks (sqlite_file.c). */
enum {
    MOST_SECONDS = 30,
    BUSY_SECONDS = 1,
    MOMENT_MICROSECONDS = 30000,
    LOOK_NANOSECONDS = 50000000,
    SECOND = 1000000000
};

struct okrug_turns {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    okrug_turn *first;
    int stores;
    struct timespec since; /* then the file was free for others */
};

okrug_turns *okrug_turns_new(void) {
    okrug_turns *turns = calloc(1, sizeof *turns);
    pthread_condattr_t how;
    if (turns == NULL) {
        return NULL;
    }
    turns->stores = 1;
    pthread_mutex_init(&turns->lock, NULL);
    pthread_condattr_init(&how);
    pthread_condattr_setclock(&how, CLOCK_MONOTONIC);
    pthread_cond_init(&turns->moved, &how);
    pthread_condattr_destroy(&how);
    return turns;
}

okrug_turns *okrug_turns_share(okrug_turns *turns) {
    if (turns != NULL) {
        pthread_mutex_lock(&turns->lock);
        turns->stores++;
        pthread_mutex_unlock(&turns->lock);
    }
    return turns;
}

void okrug_turns_drop(okrug_turns *turns) {
    if (turns == NULL) {
        return;
    }
    pthread_mutex_lock(&turns->lock);
    bool last = --turns->stores == 0;
    pthread_mutex_unlock(&turns->lock);
    if (last) {
        pthread_cond_destroy(&turns->moved);
        pthread_mutex_destroy(&turns->lock);
        free(turns);
    }
}

/* What follows is under the lock. */
static void join(okrug_turns *turns, okrug_turn *turn) {
    okrug_turn **end = &turns->first;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    turn->next = NULL;
    *end = turn;
}

static void leave(okrug_turns *turns, const okrug_turn *turn) {
    okrug_turn **at = &turns->first;
    while (*at != turn) {
        at = &(*at)->next;
    }
    *at = turn->next;
    pthread_cond_broadcast(&turns->moved);
}

static void wait_a_little(okrug_turns *turns) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_NANOSECONDS;
    until.tv_sec += until.tv_nsec / SECOND;
    until.tv_nsec %= SECOND;
    pthread_cond_timedwait(&turns->moved, &turns->lock, &until);
}

static bool is_past(const struct timespec *since, const struct timespec *now, time_t seconds) {
    time_t whole = now->tv_sec - since->tv_sec;
    return whole > seconds || (whole == seconds && now->tv_nsec >= since->tv_nsec);
}

/* With the turn. */
static void let_others(okrug_turns *turns) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (is_past(&turns->since, &now, BUSY_SECONDS)) {
        usleep(MOMENT_MICROSECONDS);
        clock_gettime(CLOCK_MONOTONIC, &turns->since);
    }
}

bool okrug_turn_take(okrug_turns *turns, okrug_turn *turn, okrug_ctx *ctx) {
    struct timespec start, now;
    if (turns == NULL) {
        return true;
    }
    pthread_mutex_lock(&turns->lock);
    clock_gettime(CLOCK_MONOTONIC, &start);
    now = start;
    if (turns->first == NULL) {
        turns->since = start;
    }
    join(turns, turn);
    while (turns->first != turn && !is_past(&start, &now, MOST_SECONDS) && (ctx == NULL || !okrug_cancelled(ctx))) {
        wait_a_little(turns);
        clock_gettime(CLOCK_MONOTONIC, &now);
    }
    turn->taken = turns->first == turn;
    if (!turn->taken) {
        leave(turns, turn);
    }
    pthread_mutex_unlock(&turns->lock);
    if (turn->taken) {
        let_others(turns);
    }
    return turn->taken;
}

void okrug_turn_end(okrug_turns *turns, okrug_turn *turn) {
    if (turns != NULL && turn->taken) {
        pthread_mutex_lock(&turns->lock);
        leave(turns, turn);
        turn->taken = false;
        pthread_mutex_unlock(&turns->lock);
    }
}
