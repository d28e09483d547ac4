/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers as libmicrohttpd sends them, with the headers that all of them carry.
 */
#ifndef OKRUG_API_ANSWER_H
#define OKRUG_API_ANSWER_H

#include <microhttpd.h>

#include "api/files.h"
#include "engine/engine.h"

typedef struct {
    const char *type;        /* of the content */
    bool lasting;            /* may be kept by the browser for good */
    const char *allowed;     /* methods, for 405; else NULL */
    const char *disposition; /* names a file that is to be kept; else NULL */
    bool framed;             /* a document that the page may show in a frame */
} okrug_answer;

/* Hands the response over; NULL closes the connection. */
enum MHD_Result okrug_answer_send(struct MHD_Connection *connection, unsigned code, struct MHD_Response *response,
                                  const okrug_answer *about);
enum MHD_Result okrug_answer_bytes(struct MHD_Connection *connection, unsigned code, const okrug_buffer *body,
                                   const okrug_answer *about);
enum MHD_Result okrug_answer_json(struct MHD_Connection *connection, unsigned code, const okrug_buffer *body,
                                  const char *allowed);
/* The faults of the context. */
enum MHD_Result okrug_answer_error(struct MHD_Connection *connection, unsigned code, const okrug_ctx *ctx,
                                   okrug_status status, const char *allowed);
enum MHD_Result okrug_answer_file(struct MHD_Connection *connection, const okrug_web_file *file);

#endif
