/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file of comma-separated values as it is written.
 */
#include "generator/out.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

okrug_status generator_out_open(okrug_ctx *ctx, const char *path, generator_out *out) {
    *out = (generator_out){.ctx = ctx, .path = path, .file = fopen(path, "wb")};
    return out->file == NULL ? okrug_fail_to_write(ctx, path, errno) : OKRUG_OK;
}

okrug_status generator_out_close(generator_out *out, okrug_status status) {
    bool failed = ferror(out->file) != 0;
    int error = errno;
    if (fclose(out->file) != 0) {
        error = errno;
        failed = true;
    }
    if (status == OKRUG_OK && failed) {
        status = okrug_fail_to_write(out->ctx, out->path, error);
    }
    if (status != OKRUG_OK) {
        unlink(out->path);
    }
    return status;
}

void generator_header(generator_out *out, const char *line) {
    fputs(line, out->file);
    fputs(",synthetic\n", out->file);
}

static void next_cell(generator_out *out) {
    if (out->begun) {
        fputc(',', out->file);
    }
    out->begun = true;
}

void generator_text_n(generator_out *out, const char *text, int length) {
    next_cell(out);
    bool quoted = false;
    for (int i = 0; i < length; i++) {
        quoted = quoted || text[i] == ',' || text[i] == '"' || text[i] == '\n';
    }
    if (!quoted) {
        fwrite(text, 1, (size_t)length, out->file);
        return;
    }
    fputc('"', out->file);
    for (int i = 0; i < length; i++) {
        if (text[i] == '"') {
            fputc('"', out->file);
        }
        fputc(text[i], out->file);
    }
    fputc('"', out->file);
}

void generator_text(generator_out *out, const char *text) {
    generator_text_n(out, text, (int)strlen(text));
}

void generator_integer(generator_out *out, int64_t value) {
    next_cell(out);
    fprintf(out->file, "%lld", (long long)value);
}

void generator_degrees(generator_out *out, double value) {
    next_cell(out);
    long long scaled = (long long)floor(value * 100000.0 + 0.5);
    fprintf(out->file, "%s%lld.%05lld", scaled < 0 ? "-" : "", (scaled < 0 ? -scaled : scaled) / 100000,
            (scaled < 0 ? -scaled : scaled) % 100000);
}

void generator_line_end(generator_out *out) {
    fputs(",yes\n", out->file);
    out->begun = false;
}

okrug_status generator_goes_on(generator_out *out, int64_t done, int64_t total) {
    if (done % 4096 != 0) {
        return OKRUG_OK;
    }
    okrug_progress(out->ctx, "task.generating", (double)done, (double)total);
    if (ferror(out->file)) {
        return okrug_fail_to_write(out->ctx, out->path, errno);
    }
    return okrug_check_cancel(out->ctx);
}
