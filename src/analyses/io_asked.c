/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Industries asked for by name.
 */
#include "analyses/io_asked.h"

#include <string.h>

#include "analyses/io_sheet.h"

okrug_status okrug_io_find(okrug_ctx *ctx, const okrug_io *io, const char *code, int64_t *industry) {
    for (int64_t i = 0; i < io->n; i++) {
        if (strcmp(io->code[i], code) == 0) {
            *industry = i;
            return OKRUG_OK;
        }
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-industry", &(okrug_place){.file = io->sheet->table->file}, "code", code,
                      (char *)NULL);
}

okrug_status okrug_io_read_asked(okrug_ctx *ctx, const okrug_io *io, const okrug_texts *names, okrug_io_asked *asked) {
    *asked = (okrug_io_asked){.named = names->count > 0,
                              .which = OKRUG_SCRATCH(ctx, io->n, int64_t),
                              .marked = OKRUG_SCRATCH_ZERO(ctx, io->n, bool)};
    if (asked->which == NULL || asked->marked == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    for (int k = 0; k < names->count; k++) {
        int64_t industry = -1;
        okrug_status one = okrug_io_find(ctx, io, names->text[k], &industry);
        if (one == OKRUG_OK && asked->marked[industry]) {
            one = okrug_fail(ctx, OKRUG_BAD_USAGE, "name-twice", NULL, "name", names->text[k], (char *)NULL);
        } else if (one == OKRUG_OK) {
            asked->marked[industry] = true;
        }
        status = one == OKRUG_OK ? status : one;
    }
    for (int64_t i = 0; i < io->n; i++) {
        asked->marked[i] = asked->marked[i] || !asked->named;
        if (asked->marked[i]) {
            asked->which[asked->count++] = i;
        }
    }
    return status;
}

okrug_status okrug_io_need_names(okrug_ctx *ctx, const okrug_io *io, bool named) {
    if (named || io->n <= OKRUG_IO_WHOLE) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "too-many-industries", &(okrug_place){.file = io->sheet->table->file},
                      "count", okrug_text_integer(ctx, io->n), "most", okrug_text_integer(ctx, OKRUG_IO_WHOLE),
                      (char *)NULL);
}
