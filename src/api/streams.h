/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Streams of events (text/event-stream) about jobs. A connection that has nothing to say is suspended; one thread looks
 * at the jobs that are being watched and wakes the connections that have news.
 */
#ifndef OKRUG_API_STREAMS_H
#define OKRUG_API_STREAMS_H

#include <microhttpd.h>

#include "engine/engine.h"

typedef struct okrug_streams okrug_streams;

okrug_status okrug_streams_start(okrug_ctx *ctx, const char *workspace, okrug_streams **streams);

/* The answer for a connection that watches that job. `event`, the job as it is now, is the first to be sent; `over`:
 * and the last. NULL: there are too many streams, or memory is short. */
struct MHD_Response *okrug_streams_open(okrug_streams *streams, struct MHD_Connection *connection, const char *job,
                                        const char *event, bool over);

/* Ends all streams: no connection is suspended when this returns, and none will be. Before MHD_stop_daemon. May be
 * called again. */
void okrug_streams_stop(okrug_streams *streams);
void okrug_streams_free(okrug_streams *streams); /* after MHD_stop_daemon; NULL is allowed */

#endif
