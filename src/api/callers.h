/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is connected and has not said yet what it wants. Requests that come byte by byte, or not at all, must not keep
 * others out: their number is bounded and so is their time.
 */
#ifndef OKRUG_API_CALLERS_H
#define OKRUG_API_CALLERS_H

#include <microhttpd.h>
#include <okrug/status.h>

typedef struct okrug_callers okrug_callers;

/* OKRUG_NO_MEMORY. Free when the daemon has stopped. */
okrug_status okrug_callers_new(okrug_callers **callers);
void okrug_callers_free(okrug_callers *callers); /* NULL is allowed */

/* MHD_NotifyConnectionCallback of an okrug_callers. One caller more than may wait, and the one that waits longest is
 * hung up on. */
void okrug_callers_notify(void *callers, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code);
/* The request is whole, or of someone with the token, who may take time to send a file. */
void okrug_caller_heard(struct MHD_Connection *connection);
/* The answer is given; another request may come. */
void okrug_caller_waits(struct MHD_Connection *connection);
/* Hangs up on all that have waited for too long; to be called now and then. */
void okrug_callers_sweep(okrug_callers *callers);

#endif
