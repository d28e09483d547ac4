/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file of comma-separated values as it is written.
 */
#ifndef OKRUG_GENERATOR_OUT_H
#define OKRUG_GENERATOR_OUT_H

#include <stdbool.h>
#include <stdio.h>

#include <okrug/context.h>

typedef struct {
    okrug_ctx *ctx;
    const char *path;
    FILE *file;
    bool begun; /* the line has a cell */
} generator_out;

okrug_status generator_out_open(okrug_ctx *ctx, const char *path, generator_out *out);
/* Removes the file where `status` is a failure, or its end cannot be written. Returns the status of the whole. */
okrug_status generator_out_close(generator_out *out, okrug_status status);

/* Every line ends in a column that says that it is made up. */
void generator_header(generator_out *out, const char *line);
void generator_text(generator_out *out, const char *text);
void generator_text_n(generator_out *out, const char *text, int length);
void generator_integer(generator_out *out, int64_t value);
void generator_degrees(generator_out *out, double value); /* five decimals */
void generator_line_end(generator_out *out);
/* Reports progress and looks whether to go on; to be called for every row. */
okrug_status generator_goes_on(generator_out *out, int64_t done, int64_t total);

#endif
