/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server: where it listens, what it is made of, and the order in which that is started and stopped.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <microhttpd.h>

#include "api/api.h"
#include "api/exchange.h"

enum {
    CONNECTION_THREADS = 2,
    ANSWER_THREADS = 4,
    READER_THREADS = 2,
    MAKER_THREADS = 1,
    MOST_CONNECTIONS = 400,
    TIMEOUT_SECONDS = 30
};

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

static okrug_status read_listen(okrug_ctx *ctx, const char *listen, okrug_server *s, struct sockaddr_in *address) {
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

/* A socket that listens, before anything is started that needs to know its port. -1, and errno, where it cannot. */
static int listen_at(okrug_server *s, const struct sockaddr_in *wanted) {
    struct sockaddr_in address = *wanted;
    socklen_t size = sizeof address;
    char ip[INET_ADDRSTRLEN];
    int again = 1; /* at once after a server that was here */
    int file = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (file < 0) {
        return -1;
    }
    if (setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &again, sizeof again) != 0 ||
        bind(file, (const struct sockaddr *)&address, size) != 0 || listen(file, MOST_CONNECTIONS) != 0 ||
        getsockname(file, (struct sockaddr *)&address, &size) != 0) {
        int error = errno;
        close(file);
        errno = error;
        return -1;
    }
    s->port = ntohs(address.sin_port); /* where 0 asked for any */
    inet_ntop(AF_INET, &address.sin_addr, ip, sizeof ip);
    snprintf(s->host, sizeof s->host, "%s:%u", ip, s->port);
    return file;
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

static void say_ready(okrug_ctx *ctx, const okrug_server *s) {
    if (s->request->ready != NULL) {
        s->request->ready(s->request->user, okrug_text(ctx, "http://%s/#token=%s", s->host, s->token));
    }
}

static okrug_status run_daemon(okrug_ctx *ctx, okrug_server *s, const struct sockaddr_in *address) {
    int file = listen_at(s, address);
    struct MHD_Daemon *daemon =
        file < 0
            ? NULL
            : MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
                               okrug_exchange_go, s, MHD_OPTION_LISTEN_SOCKET, file, MHD_OPTION_THREAD_POOL_SIZE,
                               (unsigned)CONNECTION_THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
                               MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_SECONDS, MHD_OPTION_UNESCAPE_CALLBACK,
                               unescape, (void *)NULL, MHD_OPTION_NOTIFY_COMPLETED, okrug_exchange_end, s,
                               MHD_OPTION_NOTIFY_CONNECTION, okrug_callers_notify, s->callers, MHD_OPTION_END);
    if (daemon == NULL) {
        okrug_status status = okrug_fail(ctx, OKRUG_READ_FAILED, "cannot-listen", NULL, "listen", s->request->listen,
                                         "reason", strerror(errno), (char *)NULL);
        if (file >= 0) {
            close(file);
        }
        return status;
    }
    say_ready(ctx, s);
    while (!okrug_cancelled(ctx)) {
        usleep(50000);
        okrug_callers_sweep(s->callers);
    }
    /* Every connection that waits must be awake before the daemon may stop. */
    okrug_reports_cancel(&s->reports);
    okrug_pool_stop(s->makers);
    okrug_pool_stop(s->readers);
    okrug_pool_stop(s->pool);
    okrug_streams_stop(s->streams);
    MHD_stop_daemon(daemon);
    return OKRUG_OK;
}

/* What the requests need, in the order in which each needs the one before. */
static okrug_status start_parts(okrug_ctx *ctx, okrug_server *s) {
    const okrug_serve_request *request = s->request;
    OKRUG_TRY(okrug_secret_make(s->token));
    OKRUG_TRY(okrug_callers_new(&s->callers));
    OKRUG_TRY(okrug_web_list(ctx, request->web != NULL ? request->web : find_web(ctx), &s->files));
    OKRUG_TRY(okrug_uploads_new(ctx, request->upload_most, &s->uploads));
    OKRUG_TRY(okrug_pool_start(ctx, request->workspace, ANSWER_THREADS, NULL, &s->pool));
    OKRUG_TRY(okrug_pool_start(ctx, request->workspace, READER_THREADS, s->pool, &s->readers));
    OKRUG_TRY(okrug_pool_start(ctx, request->workspace, MAKER_THREADS, s->pool, &s->makers));
    OKRUG_TRY(okrug_streams_start(ctx, request->workspace, &s->streams));
    return okrug_workers_start(ctx, request->workspace, request->jobs, &s->workers);
}

static void free_parts(okrug_server *s) {
    okrug_workers_stop(s->workers);
    okrug_streams_free(s->streams);
    okrug_pool_free(s->makers);
    okrug_pool_free(s->readers);
    okrug_pool_free(s->pool);
    okrug_reports_free(&s->reports);
    okrug_uploads_free(s->uploads);
    okrug_web_free(&s->files);
    okrug_callers_free(s->callers);
}

okrug_status okrug_serve(okrug_ctx *ctx, const okrug_serve_request *request) {
    okrug_server s = {.request = request};
    struct sockaddr_in address;
    OKRUG_TRY(read_listen(ctx, request->listen, &s, &address));
    okrug_reports_start(&s.reports);
    okrug_status status = start_parts(ctx, &s);
    if (status == OKRUG_OK) {
        status = run_daemon(ctx, &s, &address);
    }
    free_parts(&s);
    return status;
}
