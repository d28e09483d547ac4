/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of those who want to write. Who waits looks up now and then, to see whether it was cancelled.
 */
#include "store/turns.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_SECONDS = 30, LOOK_NANOSECONDS = 50000000, SECOND = 1000000000 };

struct okrug_turns {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    okrug_turn *first;
    int stores;
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

bool okrug_turn_take(okrug_turns *turns, okrug_turn *turn, okrug_ctx *ctx) {
    struct timespec start, now;
    if (turns == NULL) {
        return true;
    }
    pthread_mutex_lock(&turns->lock);
    clock_gettime(CLOCK_MONOTONIC, &start);
    now = start;
    join(turns, turn);
    while (turns->first != turn && now.tv_sec - start.tv_sec < MOST_SECONDS && (ctx == NULL || !okrug_cancelled(ctx))) {
        wait_a_little(turns);
        clock_gettime(CLOCK_MONOTONIC, &now);
    }
    turn->taken = turns->first == turn;
    if (!turn->taken) {
        leave(turns, turn);
    }
    pthread_mutex_unlock(&turns->lock);
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
