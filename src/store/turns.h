/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Turns at writing: the stores that one program has open on one workspace write in the order in which they came. The
 * file itself lets in whoever happens to look just when it is free, so that under many writers some would wait in vain.
 */
#ifndef OKRUG_STORE_TURNS_H
#define OKRUG_STORE_TURNS_H

#include "store/store.h"

typedef struct okrug_turns okrug_turns;

okrug_turns *okrug_turns_new(void); /* NULL: memory is short */
/* For one more store; NULL is allowed. */
okrug_turns *okrug_turns_share(okrug_turns *turns);
/* One store fewer: the last takes them with it; NULL is allowed. */
void okrug_turns_drop(okrug_turns *turns);

/* A place in the row of those who wait, the first of whom writes; one thread at a time uses it. */
typedef struct okrug_turn {
    struct okrug_turn *next;
    bool taken;
} okrug_turn;

/* Waits for the others, half a minute at most, and not once the context (which may be NULL) is cancelled; false: it is
 * not our turn. Where there are no turns it always is. */
bool okrug_turn_take(okrug_turns *turns, okrug_turn *turn, okrug_ctx *ctx);
/* Nothing where it was not taken. */
void okrug_turn_end(okrug_turns *turns, okrug_turn *turn);

#endif
