/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the writers' buffer to the stream.
 */
#include "writers/stream.h"

#include <errno.h>
#include <string.h>

enum { PIECE = 1 << 16 };

okrug_status okrug_stream_fail(const okrug_stream *stream, int error) {
    if (stream->name != NULL) {
        return okrug_fail_to_write(stream->ctx, stream->name, error);
    }
    char text[128];
    const char *cause = strerror_r(error, text, sizeof text);
    return okrug_fail(stream->ctx, OKRUG_WRITE_FAILED, "cannot-write", NULL, "cause", cause, (char *)NULL);
}

okrug_status okrug_stream_pass(okrug_stream *stream) {
    OKRUG_TRY(okrug_buffer_status(&stream->text));
    if (fwrite(stream->text.bytes, 1, stream->text.length, stream->file) != stream->text.length) {
        return okrug_stream_fail(stream, errno);
    }
    okrug_buffer_clear(&stream->text);
    return okrug_check_cancel(stream->ctx);
}

okrug_status okrug_stream_step(okrug_stream *stream) {
    return stream->text.length >= PIECE || stream->text.failed ? okrug_stream_pass(stream) : OKRUG_OK;
}

okrug_status okrug_stream_end(okrug_stream *stream, okrug_status status) {
    if (status == OKRUG_OK && (stream->text.length > 0 || stream->text.failed)) {
        status = okrug_stream_pass(stream);
    }
    okrug_buffer_free(&stream->text);
    if (status == OKRUG_OK && fflush(stream->file) != 0) {
        status = okrug_stream_fail(stream, errno);
    }
    return status;
}

bool okrug_adds_reason(const okrug_table *table) {
    return okrug_table_column(table, "reason") == NULL;
}
