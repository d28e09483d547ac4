/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which file an import of a register goes through, and how far it is. The file is known by its size, its time and the
 * hash of its first and last MiB: at its end an archive has the checksums of all that is in it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/import.h"

enum { EDGE = 1 << 20, BLOCK = 1 << 18 };

static okrug_status cannot_read(okrug_ctx *ctx, const char *path) {
    return okrug_fail(ctx, OKRUG_READ_FAILED, "cannot-read", &(okrug_place){.file = path}, "reason", path,
                      (char *)NULL);
}

/* Adds the file's bytes from `from` on, at most `most`, to the hash. */
static okrug_status hash_part(okrug_ctx *ctx, FILE *file, const char *path, int64_t from, int64_t most,
                              okrug_hash *hash) {
    char *block = malloc(BLOCK);
    if (block == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = fseeko(file, (off_t)from, SEEK_SET) == 0 ? OKRUG_OK : cannot_read(ctx, path);
    size_t got = BLOCK;
    for (int64_t left = most; status == OKRUG_OK && left > 0 && got > 0; left -= (int64_t)got) {
        got = fread(block, 1, left < BLOCK ? (size_t)left : BLOCK, file);
        okrug_hash_add(hash, block, got);
        status = ferror(file) ? cannot_read(ctx, path) : okrug_check_cancel(ctx);
    }
    free(block);
    return status;
}

okrug_status okrug_register_hash(okrug_ctx *ctx, const char *path, char text[OKRUG_HASH_TEXT]) {
    FILE *file = fopen(path, "rb");
    okrug_hash *hash = okrug_hash_new();
    okrug_status status = file == NULL ? cannot_read(ctx, path) : hash == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        status = hash_part(ctx, file, path, 0, INT64_MAX, hash);
    }
    if (status == OKRUG_OK) {
        okrug_hash_finish(hash, text);
    }
    okrug_hash_free(hash);
    if (file != NULL) {
        fclose(file);
    }
    return status;
}

/* What must be the same for going on: the file, the tests, and the form of the state. */
okrug_status okrug_register_sign(okrug_ctx *ctx, const okrug_register_request *request, char text[OKRUG_HASH_TEXT]) {
    struct stat about = {0};
    FILE *file = fopen(request->path, "rb");
    okrug_hash *hash = okrug_hash_new();
    okrug_status status = hash == NULL                                       ? OKRUG_NO_MEMORY
                          : file == NULL || fstat(fileno(file), &about) != 0 ? cannot_read(ctx, request->path)
                                                                             : OKRUG_OK;
    if (status == OKRUG_OK) {
        const char *head = okrug_text(ctx, "1 %d %lld %lld.%09ld", (int)request->shape, (long long)about.st_size,
                                      (long long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec);
        okrug_hash_add(hash, head, strlen(head) + 1);
        for (int i = 0; i < request->where_count; i++) {
            okrug_hash_add(hash, request->where[i].column, strlen(request->where[i].column) + 1);
            okrug_hash_add(hash, "^", request->where[i].begins); /* what was not begun so keeps its mark */
            okrug_hash_add(hash, request->where[i].text, strlen(request->where[i].text) + 1);
        }
        status = hash_part(ctx, file, request->path, 0, EDGE, hash);
        if (status == OKRUG_OK && about.st_size > EDGE) {
            status = hash_part(ctx, file, request->path, about.st_size - EDGE, EDGE, hash);
        }
    }
    if (status == OKRUG_OK) {
        okrug_hash_finish(hash, text);
    }
    okrug_hash_free(hash);
    if (file != NULL) {
        fclose(file);
    }
    return status;
}

/* The signature and the counts, in the order of their list. */
const char *okrug_register_state_text(okrug_ctx *ctx, const char *signature, const okrug_register_state *state) {
    const char *text = signature;
#define OKRUG_X(name) text = okrug_text(ctx, "%s %" PRId64, text, state->name);
    OKRUG_REGISTER_COUNTS(OKRUG_X)
#undef OKRUG_X
    return text;
}

bool okrug_register_state_of(const char *text, const char *signature, okrug_register_state *state) {
    size_t length = strlen(signature);
    if (strncmp(text, signature, length) != 0) {
        return false;
    }
    const char *at = text + length;
#define OKRUG_X(name)                                                                                                  \
    {                                                                                                                  \
        char *end = NULL;                                                                                              \
        state->name = strtoll(at, &end, 10);                                                                           \
        if (end == at || state->name < 0) {                                                                            \
            return false;                                                                                              \
        }                                                                                                              \
        at = end;                                                                                                      \
    }
    OKRUG_REGISTER_COUNTS(OKRUG_X)
#undef OKRUG_X
    return true;
}
