/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of a request. libmicrohttpd calls once with the headers, then for each part of a body, then for the answer,
 * and once more when the pool has made one.
 */
#include "api/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "api/answer.h"
#include "api/routes.h"

enum {
    JSON_MOST = 1 << 20,   /* bytes of a JSON body */
    DISCARD_MOST = 1 << 24 /* of a body that was refused: so much is read, so that whoever sends it gets the answer */
};

typedef struct {
    okrug_task task;
    okrug_server *server;
    struct MHD_Connection *connection;
    okrug_ctx *ctx;
    const okrug_route *route;
    okrug_call call;
    const okrug_web_file *file;
    okrug_buffer body;
    uint64_t discarded;
    unsigned code;       /* of the answer; 0: none yet */
    okrug_status status; /* OKRUG_OK, or what was wrong */
    const char *allowed; /* methods, for 405 */
    okrug_buffer answer; /* where nothing was wrong */
    atomic_bool cancel;  /* of the context */
    bool answered;       /* the pool has made an answer, or nothing is left for it to do */
} exchange;

/* ---- What is not answered ---------------------------------------------------------------------------------------- */

static void refuse(exchange *e, unsigned code, okrug_status status) {
    e->code = code;
    e->status = status;
    e->answered = true;
    okrug_upload_drop(e->call.upload);
    e->call.upload = NULL;
}

/* The code of HTTP for a fault. */
static unsigned code_of(okrug_status status) {
    return status == OKRUG_NOT_FOUND ? MHD_HTTP_NOT_FOUND : (unsigned)okrug_status_http_code(status);
}

static const char *header(const exchange *e, const char *name) {
    return MHD_lookup_connection_value(e->connection, MHD_HEADER_KIND, name);
}

/* Names of hosts have no case, and a browser leaves the port of http, 80, away. */
static bool names_us(const okrug_server *s, const char *host, const char *ours) {
    size_t name = strcspn(ours, ":");
    bool without_port = s->port == 80 && strlen(host) == name && strncasecmp(host, ours, name) == 0;
    return without_port || strcasecmp(host, ours) == 0;
}

static bool is_our_name(const okrug_server *s, const char *host) {
    char localhost[32];
    snprintf(localhost, sizeof localhost, "localhost:%u", s->port);
    return names_us(s, host, s->host) || names_us(s, host, localhost);
}

static enum MHD_Result count_hosts(void *count, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    (void)value;
    *(int *)count += strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0;
    return MHD_YES;
}

/* A page of another site may send requests here under its own name (DNS rebinding): only our names are answered. */
static bool check_host(exchange *e) {
    const char *host = header(e, MHD_HTTP_HEADER_HOST);
    int hosts = 0;
    MHD_get_connection_values(e->connection, MHD_HEADER_KIND, count_hosts, &hosts);
    if (hosts > 1) { /* RFC 9112, 3.2: whoever is in between may have read the other */
        refuse(e, MHD_HTTP_BAD_REQUEST, okrug_fail(e->ctx, OKRUG_BAD_USAGE, "host-repeated", NULL, (char *)NULL));
        return false;
    }
    if (host == NULL || !is_our_name(e->server, host)) {
        refuse(e, MHD_HTTP_MISDIRECTED_REQUEST, okrug_fail(e->ctx, OKRUG_BAD_USAGE, "wrong-host", NULL, (char *)NULL));
        return false;
    }
    return true;
}

static bool find_target(exchange *e, const char *method, const char *url) {
    e->route = okrug_route_find(method, url, &e->call, &e->allowed);
    e->file = e->route == NULL && e->allowed[0] == '\0' ? okrug_web_find(&e->server->files, url) : NULL;
    bool reading = strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
    if (e->route != NULL || (e->file != NULL && reading)) {
        e->allowed = NULL;
        return true;
    }
    e->allowed = e->file != NULL ? "GET, HEAD" : e->allowed;
    if (e->allowed[0] == '\0') {
        e->allowed = NULL;
        refuse(e, MHD_HTTP_NOT_FOUND, okrug_fail(e->ctx, OKRUG_NOT_FOUND, "no-path", NULL, "path", url, (char *)NULL));
    } else {
        refuse(e, MHD_HTTP_METHOD_NOT_ALLOWED,
               okrug_fail(e->ctx, OKRUG_BAD_USAGE, "method-not-allowed", NULL, "method", method, "allowed", e->allowed,
                          (char *)NULL));
    }
    return false;
}

/* Whoever changes something has the token, which no other site can know, and is no other site's page. */
static bool check_right(exchange *e, const char *method) {
    if (!okrug_method_changes(method)) {
        return true;
    }
    const char *origin = header(e, MHD_HTTP_HEADER_ORIGIN);
    if (origin != NULL && (strncmp(origin, "http://", 7) != 0 || !is_our_name(e->server, origin + 7))) {
        refuse(e, MHD_HTTP_FORBIDDEN, okrug_fail(e->ctx, OKRUG_BAD_USAGE, "foreign-origin", NULL, (char *)NULL));
        return false;
    }
    if (!okrug_secret_is(header(e, "X-Okrug-Token"), e->server->token)) {
        refuse(e, MHD_HTTP_FORBIDDEN, okrug_fail(e->ctx, OKRUG_BAD_USAGE, "token-needed", NULL, (char *)NULL));
        return false;
    }
    return true;
}

static okrug_status too_large(exchange *e, int64_t limit) {
    return okrug_fail(e->ctx, OKRUG_BAD_USAGE, "body-too-large", NULL, "limit", okrug_text_integer(e->ctx, limit),
                      (char *)NULL);
}

static bool is_json(const char *type) {
    static const char json[] = "application/json";
    size_t length = type == NULL ? 0 : strcspn(type, "; \t");
    return length == sizeof json - 1 && strncasecmp(type, json, length) == 0;
}

/* The size that the headers announce; -1: they do not. */
static int64_t announced(const exchange *e) {
    const char *length = header(e, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return length == NULL || strlen(length) > 18 ? (length == NULL ? -1 : INT64_MAX) : strtoll(length, NULL, 10);
}

static void check_body(exchange *e) {
    int64_t length = announced(e);
    if (e->route->takes == OKRUG_TAKES_JSON) {
        if (!is_json(header(e, MHD_HTTP_HEADER_CONTENT_TYPE))) {
            refuse(e, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE,
                   okrug_fail(e->ctx, OKRUG_BAD_USAGE, "body-not-json", NULL, (char *)NULL));
        } else if (length > JSON_MOST) {
            refuse(e, MHD_HTTP_CONTENT_TOO_LARGE, too_large(e, JSON_MOST));
        }
    } else if (e->route->takes == OKRUG_TAKES_BYTES) {
        const char *name = MHD_lookup_connection_value(e->connection, MHD_GET_ARGUMENT_KIND, "name");
        int64_t limit = okrug_uploads_limit(e->server->uploads);
        if (name == NULL || name[0] == '\0') {
            refuse(e, MHD_HTTP_BAD_REQUEST, okrug_fail(e->ctx, OKRUG_BAD_USAGE, "no-upload-name", NULL, (char *)NULL));
        } else if (length > limit) {
            refuse(e, MHD_HTTP_CONTENT_TOO_LARGE, too_large(e, limit));
        } else {
            okrug_status status = okrug_upload_begin(e->ctx, e->server->uploads, name, &e->call.upload);
            if (status != OKRUG_OK) {
                refuse(e, code_of(status), status);
            }
        }
    }
}

/* ---- The parts of a request -------------------------------------------------------------------------------------- */

static enum MHD_Result send_answer(exchange *e) {
    if (e->status != OKRUG_OK) {
        return okrug_answer_error(e->connection, e->code, e->ctx, e->status, e->allowed);
    }
    if (e->file != NULL) {
        return okrug_answer_file(e->connection, e->file);
    }
    if (e->call.type != NULL) {
        return okrug_answer_bytes(
            e->connection, e->code, &e->answer,
            &(okrug_answer){.type = e->call.type, .disposition = e->call.disposition, .framed = e->call.framed});
    }
    return okrug_answer_json(e->connection, e->code, &e->answer, NULL);
}

static enum MHD_Result begin(okrug_server *server, struct MHD_Connection *connection, const char *url,
                             const char *method, void **state) {
    exchange *e = calloc(1, sizeof *e);
    okrug_ctx *ctx = e == NULL ? NULL : okrug_ctx_new(&(okrug_ctx_options){.threads = 1, .cancel = &e->cancel});
    if (e == NULL || ctx == NULL) {
        free(e);
        okrug_ctx_free(ctx);
        return MHD_NO;
    }
    e->server = server;
    e->connection = connection;
    e->ctx = ctx;
    e->call.ctx = ctx;
    e->call.uploads = server->uploads;
    e->call.workers = server->workers;
    *state = e;
    if (check_host(e) && find_target(e, method, url) && check_right(e, method) && e->route != NULL) {
        check_body(e);
    }
    if (e->status == OKRUG_OK && e->route != NULL && okrug_method_changes(method)) {
        okrug_caller_heard(connection); /* it has the token, and may take time */
    }
    if (e->file != NULL && e->status == OKRUG_OK) {
        e->answered = true;
    }
    /* A body that would be long in coming is not waited for; the connection is closed after the answer. */
    return e->status != OKRUG_OK && announced(e) > DISCARD_MOST ? send_answer(e) : MHD_YES;
}

static enum MHD_Result take_part(exchange *e, const char *bytes, size_t length) {
    if (!e->answered && e->route->takes == OKRUG_TAKES_JSON) {
        if (e->body.length + length > JSON_MOST) {
            refuse(e, MHD_HTTP_CONTENT_TOO_LARGE, too_large(e, JSON_MOST));
            okrug_buffer_free(&e->body);
        } else {
            okrug_buffer_add(&e->body, bytes, length);
        }
    } else if (!e->answered && e->route->takes == OKRUG_TAKES_BYTES) {
        okrug_status status = okrug_upload_add(e->ctx, e->call.upload, bytes, length);
        if (status != OKRUG_OK) {
            refuse(e, status == OKRUG_BAD_USAGE ? MHD_HTTP_CONTENT_TOO_LARGE : code_of(status), status);
        }
    } else {
        e->discarded += length;
    }
    return e->discarded > DISCARD_MOST ? MHD_NO : MHD_YES;
}

typedef struct {
    okrug_call *call;
    const char *name;
} repeated_query;

static enum MHD_Result take_repeated(void *user, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    repeated_query *query = user;
    if (strcmp(name, query->name) == 0 && query->call->repeats < OKRUG_REPEATS) {
        query->call->repeated[query->call->repeats++] = value != NULL ? value : "";
    }
    return MHD_YES;
}

/* What the path is asked for after its question mark. */
static void take_queries(exchange *e) {
    const okrug_query *queries = e->route->queries;
    for (int i = 0; queries != NULL && queries[i].name != NULL; i++) {
        if (queries[i].repeats) {
            repeated_query query = {&e->call, queries[i].name};
            MHD_get_connection_values(e->connection, MHD_GET_ARGUMENT_KIND, take_repeated, &query);
        }
        e->call.query[i] = MHD_lookup_connection_value(e->connection, MHD_GET_ARGUMENT_KIND, queries[i].name);
    }
}

static okrug_status is_stopping(exchange *e) {
    return okrug_fail(e->ctx, OKRUG_CANCELLED, "server-stopping", NULL, (char *)NULL);
}

/* In a thread of the pool. */
static void answer(okrug_task *task, okrug_store *store) {
    exchange *e = (exchange *)task;
    e->call.store = store;
    e->call.body = e->body.bytes == NULL ? "" : e->body.bytes;
    e->call.length = e->body.length;
    okrug_status status = okrug_buffer_status(&e->body);
    if (status == OKRUG_OK) {
        status = e->route->handle(&e->call, &e->answer);
    }
    status = status == OKRUG_OK ? okrug_buffer_status(&e->answer) : status;
    bool stopped = status == OKRUG_CANCELLED && atomic_load(&e->cancel);
    e->status = stopped ? is_stopping(e) : status;
    e->code = stopped ? MHD_HTTP_SERVICE_UNAVAILABLE : status == OKRUG_OK ? e->route->code : code_of(status);
    e->answered = true;
    if (e->route->reports) {
        okrug_reports_leave(&e->server->reports, &e->cancel);
    }
    MHD_resume_connection(e->connection);
}

static enum MHD_Result send_stream(exchange *e) {
    struct MHD_Response *response =
        okrug_streams_open(e->server->streams, e->connection, e->call.parameter[0], e->answer.bytes, e->call.over);
    if (response == NULL) {
        refuse(e, MHD_HTTP_SERVICE_UNAVAILABLE,
               okrug_fail(e->ctx, OKRUG_LOCKED, "too-many-streams", NULL, (char *)NULL));
        return send_answer(e);
    }
    return okrug_answer_send(e->connection, MHD_HTTP_OK, response, &(okrug_answer){.type = "text/event-stream"});
}

static enum MHD_Result finish(exchange *e) {
    okrug_caller_heard(e->connection);
    if (e->answered) {
        return e->status == OKRUG_OK && e->route != NULL && e->route->streams ? send_stream(e) : send_answer(e);
    }
    okrug_server *s = e->server;
    if (e->route->reports && !okrug_reports_enter(&s->reports, &e->cancel)) {
        refuse(e, MHD_HTTP_SERVICE_UNAVAILABLE,
               okrug_fail(e->ctx, OKRUG_LOCKED, "too-many-reports", NULL, "limit",
                          okrug_text_integer(e->ctx, OKRUG_REPORTS_MOST), (char *)NULL));
        return send_answer(e);
    }
    take_queries(e);
    e->task.run = answer;
    MHD_suspend_connection(e->connection);
    if (!okrug_pool_add(e->route->reports ? s->makers : e->route->reads ? s->readers : s->pool, &e->task)) {
        if (e->route->reports) {
            okrug_reports_leave(&s->reports, &e->cancel);
        }
        refuse(e, MHD_HTTP_SERVICE_UNAVAILABLE, is_stopping(e));
        MHD_resume_connection(e->connection);
    }
    return MHD_YES;
}

enum MHD_Result okrug_exchange_go(void *server, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **state) {
    (void)version;
    if (*state == NULL) {
        return begin(server, connection, url, method, state);
    }
    exchange *e = *state;
    if (*upload_size > 0) {
        size_t length = *upload_size;
        *upload_size = 0;
        return take_part(e, upload, length);
    }
    return finish(e);
}

void okrug_exchange_end(void *server, struct MHD_Connection *connection, void **state,
                        enum MHD_RequestTerminationCode code) {
    (void)server;
    (void)code;
    exchange *e = *state;
    okrug_caller_waits(connection);
    if (e != NULL) {
        okrug_upload_drop(e->call.upload);
        okrug_buffer_free(&e->body);
        okrug_buffer_free(&e->answer);
        okrug_ctx_free(e->ctx);
        free(e);
    }
    *state = NULL;
}
