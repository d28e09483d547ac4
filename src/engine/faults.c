/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Faults given back as a table, so that a file can be mended in the program it came from.
 */
#include <string.h>

#include "engine/engine_private.h"
#include "writers/writers.h"

static void add_field(const char *text, bool last, okrug_buffer *out) {
    bool quoted = text != NULL && strpbrk(text, ",\"\r\n") != NULL;
    if (quoted) {
        okrug_buffer_add_text(out, "\"");
    }
    for (const char *at = text; at != NULL && *at != '\0'; at++) {
        okrug_buffer_add(out, at, 1);
        if (*at == '"') {
            okrug_buffer_add_text(out, "\"");
        }
    }
    okrug_buffer_add_text(out, quoted ? "\"" : "");
    okrug_buffer_add_text(out, last ? "\n" : ",");
}

static const char *argument(const okrug_message *message, const char *name) {
    for (int i = 0; i < message->arguments; i++) {
        if (strcmp(message->name[i], name) == 0) {
            return message->value[i];
        }
    }
    return NULL;
}

okrug_status okrug_faults_write(okrug_ctx *ctx, const okrug_catalogue *catalogue, const char *path) {
    okrug_buffer out = {0};
    okrug_buffer reason = {0};
    okrug_buffer_add_text(&out, "file,row,column,cell,value,reason\n");
    for (int64_t i = 0; i < okrug_messages(ctx); i++) {
        const okrug_message *message = okrug_message_at(ctx, i);
        if (message->severity != OKRUG_FAULT) {
            continue;
        }
        okrug_message bare = *message; /* its place has columns of its own */
        bare.place = (okrug_place){0};
        okrug_buffer_clear(&reason);
        okrug_catalogue_message(catalogue, &bare, &reason);
        bool line = message->place.line > 0;
        add_field(message->place.file == NULL ? NULL : okrug_base_name(message->place.file), false, &out);
        add_field(line ? okrug_text_integer(ctx, message->place.line) : argument(message, "feature"), false, &out);
        add_field(message->place.column, false, &out);
        add_field(message->place.cell, false, &out);
        add_field(argument(message, "value"), false, &out);
        add_field(reason.bytes == NULL ? message->code : reason.bytes, true, &out);
    }
    okrug_status status = okrug_buffer_status(&out);
    if (status == OKRUG_OK) {
        status = okrug_write_file(ctx, path, out.bytes, out.length);
    }
    okrug_buffer_free(&out);
    okrug_buffer_free(&reason);
    return status;
}
