/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers and their headers.
 */
#include "api/answer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/routes.h"

static void add_headers(struct MHD_Response *response, const okrug_answer *about) {
    /* A document that the page frames brings its own style and pictures; it may do and fetch nothing. */
    MHD_add_response_header(response, "Content-Security-Policy",
                            about->framed
                                ? "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
                                  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
                                : "default-src 'none'; script-src 'self'; style-src 'self'; "
                                  "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                                  "frame-src 'self'; base-uri 'none'; form-action 'self'; "
                                  "frame-ancestors 'none'");
    static const char *const fixed[][2] = {
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        MHD_add_response_header(response, fixed[i][0], fixed[i][1]);
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, about->type);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL,
                            about->lasting ? "public, max-age=31536000, immutable" : "no-cache");
    if (about->allowed != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, about->allowed);
    }
    if (about->disposition != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, about->disposition);
    }
}

enum MHD_Result okrug_answer_send(struct MHD_Connection *connection, unsigned code, struct MHD_Response *response,
                                  const okrug_answer *about) {
    if (response == NULL) {
        return MHD_NO;
    }
    add_headers(response, about);
    enum MHD_Result result = MHD_queue_response(connection, code, response);
    MHD_destroy_response(response);
    return result;
}

enum MHD_Result okrug_answer_bytes(struct MHD_Connection *connection, unsigned code, const okrug_buffer *body,
                                   const okrug_answer *about) {
    if (body->bytes == NULL || body->failed) {
        return MHD_NO;
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(body->length, body->bytes, MHD_RESPMEM_MUST_COPY);
    return okrug_answer_send(connection, code, response, about);
}

enum MHD_Result okrug_answer_json(struct MHD_Connection *connection, unsigned code, const okrug_buffer *body,
                                  const char *allowed) {
    return okrug_answer_bytes(connection, code, body, &(okrug_answer){.type = "application/json", .allowed = allowed});
}

enum MHD_Result okrug_answer_error(struct MHD_Connection *connection, unsigned code, const okrug_ctx *ctx,
                                   okrug_status status, const char *allowed) {
    okrug_buffer body = {0};
    okrug_error_body(ctx, status, &body);
    enum MHD_Result result = okrug_answer_json(connection, code, &body, allowed);
    okrug_buffer_free(&body);
    return result;
}

enum MHD_Result okrug_answer_file(struct MHD_Connection *connection, const okrug_web_file *file) {
    int fd = open(file->path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) {
        if (fd >= 0) {
            close(fd);
        }
        return MHD_NO;
    }
    return okrug_answer_send(connection, MHD_HTTP_OK, MHD_create_response_from_fd64((uint64_t)about.st_size, fd),
                             &(okrug_answer){.type = file->type, .lasting = file->lasting});
}
