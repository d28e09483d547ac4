/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One request and its answer: what may be asked at all, by whom and with which body; then the route, in a thread of the
 * pool, while the connection is suspended.
 */
#ifndef OKRUG_API_EXCHANGE_H
#define OKRUG_API_EXCHANGE_H

#include <microhttpd.h>
#include <okrug/secret.h>

#include "api/api.h"
#include "api/callers.h"
#include "api/files.h"
#include "api/pool.h"
#include "api/reports.h"
#include "api/streams.h"
#include "api/uploads.h"

/* What the requests share. */
typedef struct {
    const okrug_serve_request *request;
    okrug_web_files files;
    char host[64]; /* "127.0.0.1:8080" */
    uint16_t port;
    char token[OKRUG_SECRET_TEXT];
    okrug_callers *callers;
    okrug_pool *pool;
    okrug_pool *readers; /* for what reads files, so that the rest is answered meanwhile */
    okrug_pool *makers;  /* one thread for reports: letters are laid out by libraries that share what they find */
    okrug_reports reports;
    okrug_streams *streams;
    okrug_workers *workers;
    okrug_uploads *uploads;
} okrug_server;

/* For libmicrohttpd: MHD_AccessHandlerCallback and MHD_RequestCompletedCallback of an okrug_server. */
enum MHD_Result okrug_exchange_go(void *server, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **state);
void okrug_exchange_end(void *server, struct MHD_Connection *connection, void **state,
                        enum MHD_RequestTerminationCode code);

#endif
