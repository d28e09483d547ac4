/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the writers share: text gathered in a buffer and passed on to the stream in large pieces, and the forms in which
 * cells are shown to people.
 */
#ifndef OKRUG_WRITERS_STREAM_H
#define OKRUG_WRITERS_STREAM_H

#include "writers/writers.h"

typedef struct {
    okrug_ctx *ctx;
    FILE *file;
    const char *name;  /* of the file, for messages; NULL: standard output, or memory */
    okrug_buffer text; /* write here; ask okrug_stream_step now and then */
} okrug_stream;

/* Passes the buffer on once it is large; OKRUG_WRITE_FAILED, OKRUG_NO_MEMORY, OKRUG_CANCELLED. */
okrug_status okrug_stream_step(okrug_stream *stream);
/* Passes all on, whatever there is of it. */
okrug_status okrug_stream_pass(okrug_stream *stream);
/* The failure of a write to the stream, by `error` (errno). */
okrug_status okrug_stream_fail(const okrug_stream *stream, int error);
/* Passes all on, flushes the stream and frees the buffer; where `status` is a failure it only frees and returns it. */
okrug_status okrug_stream_end(okrug_stream *stream, okrug_status status);

/* ---- csv.c: okrug_write_csv_as into the file called `name`. */
okrug_status okrug_write_csv_to(okrug_ctx *ctx, const okrug_table *table, okrug_csv_profile profile, const char *name,
                                FILE *out);

/* ---- shown.c -------------------------------------------------------------------------------------------------- */
/* A number for people: whole numbers as they are, others to six significant digits ("0.333333", "1234568"). Into
 * `text` of OKRUG_NUMBER_TEXT bytes; returns the length. */
size_t okrug_shown_number(double value, char *text);
/* The text of `key` and `code` together ("reason.", "suppressed") or, where the catalogue lacks it, `otherwise`. */
const char *okrug_shown_text(const okrug_catalogue *catalogue, const char *key, const char *code,
                             const char *otherwise);
/* The reason of a missing cell in words; "" for a text that was merely not collected. */
const char *okrug_shown_reason(const okrug_catalogue *catalogue, const okrug_column *column, int64_t row);
/* ---- shown_message.c: a message as provenance keeps it, in words, without its place; false where the catalogue has no
 * text for it. `message` is jansson's. */
struct json_t;
bool okrug_shown_message(const okrug_catalogue *catalogue, const struct json_t *message, okrug_buffer *out);

/* What a geometry is ("POLYGON"). */
const char *okrug_shown_geometry(const char *digits);

/* Whether the rows get a column `reason` from the writer: the table has none of its own. */
bool okrug_adds_reason(const okrug_table *table);

#endif
