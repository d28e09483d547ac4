/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libmicrohttpd: connections, hosts that may be named, headers, and answers made by the routes.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <microhttpd.h>

#include "api/api.h"
#include "api/files.h"
#include "api/routes.h"

enum { THREADS = 4, MOST_CONNECTIONS = 200, TIMEOUT_SECONDS = 30 };

typedef struct {
    const okrug_serve_request *request;
    okrug_web_files files;
    char host[64]; /* "127.0.0.1:8080" */
    uint16_t port;
    pthread_mutex_t lock;
    okrug_store *idle[THREADS]; /* open workspaces that no request uses; one connection serves one request at a time */
    int idle_count;
} server;

/* ---- Workspaces for requests ---- */

static okrug_status take_store(server *s, okrug_ctx *ctx, okrug_store **store) {
    *store = NULL;
    pthread_mutex_lock(&s->lock);
    if (s->idle_count > 0) {
        *store = s->idle[--s->idle_count];
    }
    pthread_mutex_unlock(&s->lock);
    return *store != NULL ? OKRUG_OK : okrug_workspace_serve(ctx, s->request->workspace, store);
}

static void give_store(server *s, okrug_store *store) {
    pthread_mutex_lock(&s->lock);
    if (s->idle_count < THREADS) {
        s->idle[s->idle_count++] = store;
        store = NULL;
    }
    pthread_mutex_unlock(&s->lock);
    okrug_workspace_close(store);
}

/* ---- Answers ---- */

static void add_headers(struct MHD_Response *response, const char *type, bool lasting) {
    static const char *const fixed[][2] = {
        {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                                    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
                                    "frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        MHD_add_response_header(response, fixed[i][0], fixed[i][1]);
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL,
                            lasting ? "public, max-age=31536000, immutable" : "no-cache");
}

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned code, struct MHD_Response *response,
                             const char *type, bool lasting) {
    if (response == NULL) {
        return MHD_NO;
    }
    add_headers(response, type, lasting);
    enum MHD_Result result = MHD_queue_response(connection, code, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result answer_json(struct MHD_Connection *connection, unsigned code, okrug_buffer *body) {
    if (body->bytes == NULL) {
        return MHD_NO;
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(body->length, body->bytes, MHD_RESPMEM_MUST_COPY);
    return queue(connection, code, response, "application/json", false);
}

static enum MHD_Result answer_error(struct MHD_Connection *connection, unsigned code, const okrug_ctx *ctx,
                                    okrug_status status) {
    okrug_buffer body = {0};
    okrug_error_body(ctx, status, &body);
    enum MHD_Result result = answer_json(connection, code, &body);
    okrug_buffer_free(&body);
    return result;
}

static enum MHD_Result answer_file(struct MHD_Connection *connection, const okrug_web_file *file) {
    int fd = open(file->path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) {
        if (fd >= 0) {
            close(fd);
        }
        return MHD_NO;
    }
    return queue(connection, MHD_HTTP_OK, MHD_create_response_from_fd64((uint64_t)about.st_size, fd), file->type,
                 file->lasting);
}

static okrug_status call_route(server *s, const okrug_route *route, okrug_call *call, okrug_buffer *body) {
    if (!route->needs_store) {
        return route->handle(call, body);
    }
    OKRUG_TRY(take_store(s, call->ctx, &call->store));
    okrug_status status = route->handle(call, body);
    give_store(s, call->store);
    return status == OKRUG_OK ? okrug_buffer_status(body) : status;
}

static enum MHD_Result answer_api(server *s, struct MHD_Connection *connection, const char *path) {
    okrug_ctx_options options = {.threads = 1};
    okrug_ctx *ctx = okrug_ctx_new(&options);
    if (ctx == NULL) {
        return MHD_NO;
    }
    okrug_call call = {.ctx = ctx};
    const okrug_route *route = okrug_route_find(path, &call);
    okrug_buffer body = {0};
    enum MHD_Result result = MHD_NO;
    if (route == NULL) {
        okrug_fail(ctx, OKRUG_NOT_FOUND, "no-path", NULL, "path", path, (char *)NULL);
        result = answer_error(connection, MHD_HTTP_NOT_FOUND, ctx, OKRUG_NOT_FOUND);
    } else {
        okrug_status status = call_route(s, route, &call, &body);
        unsigned code = status == OKRUG_NOT_FOUND ? MHD_HTTP_NOT_FOUND : (unsigned)okrug_status_http_code(status);
        result = status == OKRUG_OK ? answer_json(connection, MHD_HTTP_OK, &body)
                                    : answer_error(connection, code, ctx, status);
    }
    okrug_buffer_free(&body);
    okrug_ctx_free(ctx);
    return result;
}

/* Names of hosts have no case, and a browser leaves the port of http, 80, away. */
static bool names_us(const server *s, const char *host, const char *ours) {
    size_t name = strcspn(ours, ":");
    bool without_port = s->port == 80 && strlen(host) == name && strncasecmp(host, ours, name) == 0;
    return without_port || strcasecmp(host, ours) == 0;
}

/* A page of another site may send requests here under its own name (DNS rebinding): only our names are answered. */
static bool host_is_ours(const server *s, struct MHD_Connection *connection) {
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
    char localhost[32];
    snprintf(localhost, sizeof localhost, "localhost:%u", s->port);
    return host != NULL && (names_us(s, host, s->host) || names_us(s, host, localhost));
}

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned code, const char *why) {
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 1});
    if (ctx == NULL) {
        return MHD_NO;
    }
    okrug_fail(ctx, OKRUG_BAD_USAGE, why, NULL, (char *)NULL);
    enum MHD_Result result = answer_error(connection, code, ctx, OKRUG_BAD_USAGE);
    okrug_ctx_free(ctx);
    return result;
}

static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **state) {
    (void)version;
    (void)upload;
    server *s = user;
    static const char headers_seen; /* MHD calls once with the headers and once more for the answer */
    if (*state == NULL) {
        memcpy(state, &(const void *){&headers_seen}, sizeof *state);
        return MHD_YES;
    }
    if (*upload_size > 0) {
        *upload_size = 0; /* nothing here takes a body */
        return MHD_YES;
    }
    if (!host_is_ours(s, connection)) {
        return refuse(connection, 421, "wrong-host");
    }
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0) {
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "read-only");
    }
    if (strncmp(url, "/api/", 5) == 0) {
        return answer_api(s, connection, url);
    }
    const okrug_web_file *file = okrug_web_find(&s->files, url);
    return file != NULL ? answer_file(connection, file) : answer_api(s, connection, url);
}

/* %00 would end a path early and make it another one: it stays as it is and names nothing. */
static size_t unescape(void *user, struct MHD_Connection *connection, char *text) {
    (void)user;
    (void)connection;
    return strstr(text, "%00") != NULL ? strlen(text) : MHD_http_unescape(text);
}

/* ---- Start and stop ---- */

static okrug_status bad_listen(okrug_ctx *ctx, const char *listen, const char *code) {
    return okrug_fail(ctx, OKRUG_BAD_USAGE, code, NULL, "listen", listen, (char *)NULL);
}

static okrug_status read_listen(okrug_ctx *ctx, const char *listen, server *s, struct sockaddr_in *address) {
    const char *colon = strrchr(listen, ':');
    char host[64];
    char *end = NULL;
    long port = colon == NULL ? -1 : strtol(colon + 1, &end, 10);
    if (colon == NULL || end == colon + 1 || *end != '\0' || port < 0 || port > 65535 ||
        (size_t)(colon - listen) >= sizeof host) {
        return bad_listen(ctx, listen, "bad-listen");
    }
    snprintf(host, sizeof host, "%.*s", (int)(colon - listen), listen);
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (inet_pton(AF_INET, strcmp(host, "localhost") == 0 ? "127.0.0.1" : host, &address->sin_addr) != 1) {
        return bad_listen(ctx, listen, "bad-listen");
    }
    if (ntohl(address->sin_addr.s_addr) >> 24 != 127) {
        return bad_listen(ctx, listen, "listen-loopback-only");
    }
    s->port = (uint16_t)port;
    return OKRUG_OK;
}

static void set_host(server *s, struct MHD_Daemon *daemon, const struct sockaddr_in *address) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    if (info != NULL) {
        s->port = info->port; /* where 0 asked for any */
    }
    char ip[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &address->sin_addr, ip, sizeof ip);
    snprintf(s->host, sizeof s->host, "%s:%u", ip, s->port);
}

/* The folder of the page beside the program: where it was built, or where it was installed. */
static const char *find_web(okrug_ctx *ctx) {
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) {
        return "web";
    }
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    *slash = '\0';
    const char *beside = okrug_text(ctx, "%s/share/okrug/web", program);
    struct stat about;
    return stat(beside, &about) == 0 ? beside : okrug_text(ctx, "%s/../share/okrug/web", program);
}

static okrug_status run_daemon(okrug_ctx *ctx, server *s, const struct sockaddr_in *address) {
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, s->port, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR,
                         address, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_CONNECTION_LIMIT,
                         (unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_SECONDS,
                         MHD_OPTION_UNESCAPE_CALLBACK, unescape, (void *)NULL, MHD_OPTION_END);
    if (daemon == NULL) {
        return okrug_fail(ctx, OKRUG_READ_FAILED, "cannot-listen", NULL, "listen", s->request->listen, "reason",
                          strerror(errno), (char *)NULL);
    }
    set_host(s, daemon, address);
    if (s->request->ready != NULL) {
        s->request->ready(s->request->user, okrug_text(ctx, "http://%s/", s->host));
    }
    while (!okrug_cancelled(ctx)) {
        usleep(50000);
    }
    MHD_stop_daemon(daemon);
    return OKRUG_OK;
}

okrug_status okrug_serve(okrug_ctx *ctx, const okrug_serve_request *request) {
    server s = {.request = request};
    struct sockaddr_in address;
    OKRUG_TRY(read_listen(ctx, request->listen, &s, &address));
    okrug_store *store = NULL;
    OKRUG_TRY(okrug_workspace_serve(ctx, request->workspace, &store));
    s.idle[s.idle_count++] = store;
    pthread_mutex_init(&s.lock, NULL);
    okrug_status status = okrug_web_list(ctx, request->web != NULL ? request->web : find_web(ctx), &s.files);
    if (status == OKRUG_OK) {
        status = run_daemon(ctx, &s, &address);
        okrug_web_free(&s.files);
    }
    while (s.idle_count > 0) {
        okrug_workspace_close(s.idle[--s.idle_count]);
    }
    pthread_mutex_destroy(&s.lock);
    return status;
}
