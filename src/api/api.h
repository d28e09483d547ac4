/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The HTTP server: /api/v1 over a workspace, and the page's files.
 */
#ifndef OKRUG_API_API_H
#define OKRUG_API_API_H

#include "engine/engine.h"

typedef struct {
    const char *workspace;
    const char *listen;  /* "127.0.0.1:8080"; loopback only */
    const char *web;     /* folder of the built page; NULL: found beside the program */
    int jobs;            /* that run at a time; >= 1 */
    int64_t upload_most; /* bytes of one uploaded file */
    /* Called once the server answers, with its address ("http://127.0.0.1:8080/#token=..."): whoever has it may change
     * the workspace. */
    void (*ready)(void *user, const char *address);
    void *user;
} okrug_serve_request;

/* Serves until the context is cancelled, then finishes what is being answered; jobs that run go back into the queue.
 * BAD_USAGE ("listen-loopback-only", "bad-listen"), READ_FAILED ("cannot-listen"), what opening the workspace says. */
okrug_status okrug_serve(okrug_ctx *ctx, const okrug_serve_request *request);

/* schemas/openapi.json */
void okrug_openapi(okrug_buffer *out);

#endif
