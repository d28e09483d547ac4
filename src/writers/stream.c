/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the writers' buffer to the stream.
 */
#include "writers/stream.h"

#include <errno.h>
#include <string.h>

enum { PIECE = 1 << 16 };

static okrug_status cannot_write(okrug_stream *stream) {
    if (stream->name != NULL) {
        return okrug_fail_to_write(stream->ctx, stream->name, errno);
    }
    char text[128];
    const char *cause = strerror_r(errno, text, sizeof text);
    return okrug_fail(stream->ctx, OKRUG_WRITE_FAILED, "cannot-write", NULL, "cause", cause, (char *)NULL);
}

static okrug_status pass_on(okrug_stream *stream) {
    OKRUG_TRY(okrug_buffer_status(&stream->text));
    if (fwrite(stream->text.bytes, 1, stream->text.length, stream->file) != stream->text.length) {
        return cannot_write(stream);
    }
    okrug_buffer_clear(&stream->text);
    return okrug_check_cancel(stream->ctx);
}

okrug_status okrug_stream_step(okrug_stream *stream) {
    return stream->text.length >= PIECE || stream->text.failed ? pass_on(stream) : OKRUG_OK;
}

okrug_status okrug_stream_end(okrug_stream *stream, okrug_status status) {
    if (status == OKRUG_OK && (stream->text.length > 0 || stream->text.failed)) {
        status = pass_on(stream);
    }
    okrug_buffer_free(&stream->text);
    if (status == OKRUG_OK && fflush(stream->file) != 0) {
        status = cannot_write(stream);
    }
    return status;
}

bool okrug_adds_reason(const okrug_table *table) {
    return okrug_table_column(table, "reason") == NULL;
}
