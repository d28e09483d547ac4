/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads files, memory and standard input in blocks; .gz goes through zlib and .xz through liblzma, several members in a
 * row included. What a file is packed with is told by its first bytes, whatever its name.
 */
#include "sources/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <lzma.h>
#include <zlib.h>

enum { BLOCK = 64 * 1024 };

/* A dictionary that needs more is made to exhaust memory: `xz -9` needs 65 MiB. */
static const uint64_t XZ_MEMORY = UINT64_C(512) << 20;

typedef enum { PACKED_UNKNOWN, PACKED_NOT, PACKED_GZ, PACKED_XZ } packing;

struct okrug_input {
    okrug_ctx *ctx; /* tells whether an interrupted read was meant to stop */
    FILE *file;     /* NULL: all in memory */
    void *owned;    /* standard input, read whole */
    const unsigned char *memory;
    size_t memory_left;
    const unsigned char *next; /* stored bytes that wait */
    size_t waiting;
    double stored;
    double total;
    bool stored_end;
    bool end;
    packing packed;
    bool between_members;
    z_stream gz;
    lzma_stream xz;
    okrug_hash *hash;
    okrug_trouble trouble;
    unsigned char block[BLOCK];
};

okrug_status okrug_trouble_set(okrug_trouble *trouble, okrug_status status, const char *code, const char *name,
                               const char *value) {
    trouble->status = status;
    trouble->code = code;
    trouble->name = name;
    snprintf(trouble->value, sizeof trouble->value, "%s", value == NULL ? "" : value);
    return status;
}

okrug_status okrug_trouble_fail(okrug_ctx *ctx, const okrug_trouble *trouble, const char *file, int64_t line) {
    okrug_place place = {.file = file, .line = line};
    if (trouble->status == OKRUG_CANCELLED) {
        return OKRUG_CANCELLED; /* nothing is wrong with the file */
    }
    if (trouble->name == NULL) {
        return okrug_fail(ctx, trouble->status, trouble->code, &place, (char *)NULL);
    }
    return okrug_fail(ctx, trouble->status, trouble->code, &place, trouble->name, trouble->value, (char *)NULL);
}

static okrug_status too_much(okrug_ctx *ctx, size_t most) {
    const char *limit = okrug_text_integer(ctx, (int64_t)(most >> 20));
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "standard-input-too-large", &(okrug_place){.file = "-"}, "limit", limit,
                      (char *)NULL);
}

okrug_status okrug_source_standard_input(okrug_ctx *ctx, size_t most, void **bytes, size_t *length) {
    char *all = NULL;
    size_t used = 0;
    size_t room = 0;
    *bytes = NULL;
    *length = 0;
    for (;;) {
        if (used == room) {
            size_t larger = room == 0 ? BLOCK : room * 2;
            larger = larger > most ? most + 1 : larger; /* one byte more tells that there is more */
            char *moved = realloc(all, larger);
            if (moved == NULL) {
                free(all);
                return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
            }
            all = moved;
            room = larger;
        }
        used += fread(all + used, 1, room - used, stdin);
        if (okrug_cancelled(ctx)) {
            free(all);
            return OKRUG_CANCELLED;
        }
        if (used > most) {
            free(all);
            return too_much(ctx, most);
        }
        if (ferror(stdin) && errno == EINTR) {
            clearerr(stdin); /* a signal that is not ours */
        } else if (ferror(stdin)) {
            okrug_place place = {.file = "-"};
            free(all);
            return okrug_fail(ctx, OKRUG_READ_FAILED, "cannot-read", &place, "reason", strerror(errno), (char *)NULL);
        } else if (used < room) {
            break;
        }
    }
    *bytes = all;
    *length = used;
    return OKRUG_OK;
}

static okrug_status open_file(okrug_ctx *ctx, const char *path, okrug_input *input) {
    okrug_place place = {.file = path};
    input->file = fopen(path, "rb");
    if (input->file == NULL) {
        OKRUG_TRY(okrug_check_cancel(ctx)); /* a pipe that nobody writes is waited for in fopen */
        return okrug_fail(ctx, OKRUG_READ_FAILED, "cannot-open", &place, "reason", strerror(errno), (char *)NULL);
    }
    struct stat about;
    if (fstat(fileno(input->file), &about) == 0 && S_ISREG(about.st_mode)) {
        input->total = (double)about.st_size;
    }
    return OKRUG_OK;
}

okrug_status okrug_input_open(okrug_ctx *ctx, const okrug_source_request *request, okrug_input **input) {
    okrug_input *made = calloc(1, sizeof *made);
    *input = NULL;
    if (made == NULL || (made->hash = okrug_hash_new()) == NULL) {
        free(made);
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    if (okrug_ctx_threads(ctx) > 1) {
        okrug_hash_aside(made->hash);
    }
    made->ctx = ctx;
    made->memory = request->bytes;
    made->memory_left = request->length;
    okrug_status status = OKRUG_OK;
    if (request->bytes == NULL && strcmp(request->path, "-") == 0) {
        status = okrug_source_standard_input(ctx, OKRUG_STANDARD_INPUT_MOST, &made->owned, &made->memory_left);
        made->memory = made->owned;
    } else if (request->bytes == NULL) {
        status = open_file(ctx, request->path, made);
    }
    if (made->file == NULL) {
        made->total = (double)made->memory_left;
    }
    if (status != OKRUG_OK) {
        okrug_input_close(made);
        return status;
    }
    *input = made;
    return OKRUG_OK;
}

void okrug_input_close(okrug_input *input) {
    if (input == NULL) {
        return;
    }
    if (input->packed == PACKED_GZ) {
        inflateEnd(&input->gz);
    } else if (input->packed == PACKED_XZ) {
        lzma_end(&input->xz);
    }
    if (input->file != NULL) {
        fclose(input->file);
    }
    okrug_hash_free(input->hash);
    free(input->owned);
    free(input);
}

/* Brings the next stored bytes where none wait. */
static okrug_status refill(okrug_input *input) {
    if (input->waiting > 0 || input->stored_end) {
        return OKRUG_OK;
    }
    if (input->file == NULL) {
        input->waiting = input->memory_left < BLOCK ? input->memory_left : BLOCK;
        input->next = input->memory;
        input->memory += input->waiting;
        input->memory_left -= input->waiting;
    } else {
        bool interrupted = false;
        do {
            input->waiting = fread(input->block, 1, BLOCK, input->file);
            interrupted = input->waiting < BLOCK && ferror(input->file) && errno == EINTR;
            if (interrupted) {
                clearerr(input->file);
            }
        } while (interrupted && input->waiting == 0 && !okrug_cancelled(input->ctx));
        input->next = input->block;
        if (okrug_cancelled(input->ctx)) {
            input->trouble = (okrug_trouble){.status = OKRUG_CANCELLED, .code = ""};
            return OKRUG_CANCELLED;
        }
        if (input->waiting < BLOCK && ferror(input->file)) {
            return okrug_trouble_set(&input->trouble, OKRUG_READ_FAILED, "cannot-read", "reason", strerror(errno));
        }
    }
    input->stored_end = input->waiting == 0;
    if (input->waiting > 0) {
        okrug_hash_add(input->hash, input->next, input->waiting);
        input->stored += (double)input->waiting;
    }
    return OKRUG_OK;
}

static okrug_status recognise(okrug_input *input) {
    static const unsigned char xz_magic[6] = {0xFD, '7', 'z', 'X', 'Z', 0};
    OKRUG_TRY(refill(input));
    if (input->waiting >= 2 && input->next[0] == 0x1F && input->next[1] == 0x8B) {
        if (inflateInit2(&input->gz, 15 + 16) != Z_OK) {
            return okrug_trouble_set(&input->trouble, OKRUG_NO_MEMORY, "no-memory", NULL, NULL);
        }
        input->packed = PACKED_GZ;
    } else if (input->waiting >= sizeof xz_magic && memcmp(input->next, xz_magic, sizeof xz_magic) == 0) {
        input->xz = (lzma_stream)LZMA_STREAM_INIT;
        if (lzma_stream_decoder(&input->xz, XZ_MEMORY, LZMA_CONCATENATED) != LZMA_OK) {
            return okrug_trouble_set(&input->trouble, OKRUG_NO_MEMORY, "no-memory", NULL, NULL);
        }
        input->packed = PACKED_XZ;
    } else if (input->waiting >= 4 && memcmp(input->next, "PK\3\4", 4) == 0) {
        return okrug_trouble_set(&input->trouble, OKRUG_BAD_INPUT, "is-zip", NULL, NULL);
    } else if (input->waiting >= 4 && memcmp(input->next, "\xD0\xCF\x11\xE0", 4) == 0) {
        return okrug_trouble_set(&input->trouble, OKRUG_BAD_INPUT, "is-xls", NULL, NULL);
    } else {
        input->packed = PACKED_NOT;
    }
    return OKRUG_OK;
}

static void take(okrug_input *input, size_t left) {
    input->next += input->waiting - left;
    input->waiting = left;
}

/* After a member another may follow; zeros are padding of tapes and disks. */
static okrug_status next_member(okrug_input *input) {
    while (input->waiting > 0 && *input->next == 0) {
        take(input, input->waiting - 1);
    }
    if (input->waiting > 0) {
        if (*input->next != 0x1F || inflateReset(&input->gz) != Z_OK) {
            return okrug_trouble_set(&input->trouble, OKRUG_BAD_INPUT, "archive-damaged", "reason",
                                     "bytes after the end of the archive");
        }
        input->between_members = false;
    }
    return OKRUG_OK;
}

static okrug_status unpack_gz(okrug_input *input, unsigned char *buffer, size_t size, size_t *got) {
    z_stream *gz = &input->gz;
    while (*got < size && !input->end) {
        OKRUG_TRY(refill(input));
        if (input->stored_end) {
            if (!input->between_members) {
                return okrug_trouble_set(&input->trouble, OKRUG_BAD_INPUT, "archive-truncated", NULL, NULL);
            }
            input->end = true;
            break;
        }
        if (input->between_members) {
            OKRUG_TRY(next_member(input));
            continue;
        }
        gz->next_in = (Bytef *)(uintptr_t)input->next; /* zlib's pointer is not const; it does not write there */
        gz->avail_in = (uInt)input->waiting;
        gz->next_out = buffer + *got;
        gz->avail_out = (uInt)(size - *got);
        int result = inflate(gz, Z_NO_FLUSH);
        take(input, gz->avail_in);
        *got = size - gz->avail_out;
        if (result == Z_STREAM_END) {
            input->between_members = true;
        } else if (result == Z_MEM_ERROR) {
            return okrug_trouble_set(&input->trouble, OKRUG_NO_MEMORY, "no-memory", NULL, NULL);
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            return okrug_trouble_set(&input->trouble, OKRUG_BAD_INPUT, "archive-damaged", "reason",
                                     gz->msg == NULL ? "gzip" : gz->msg);
        }
    }
    return OKRUG_OK;
}

static okrug_status unpack_xz(okrug_input *input, unsigned char *buffer, size_t size, size_t *got) {
    lzma_stream *xz = &input->xz;
    while (*got < size && !input->end) {
        OKRUG_TRY(refill(input));
        xz->next_in = input->next;
        xz->avail_in = input->waiting;
        xz->next_out = buffer + *got;
        xz->avail_out = size - *got;
        lzma_ret result = lzma_code(xz, input->stored_end ? LZMA_FINISH : LZMA_RUN);
        take(input, xz->avail_in);
        *got = size - xz->avail_out;
        switch (result) {
        case LZMA_OK:
            break;
        case LZMA_STREAM_END:
            input->end = true;
            break;
        case LZMA_MEM_ERROR:
            return okrug_trouble_set(&input->trouble, OKRUG_NO_MEMORY, "no-memory", NULL, NULL);
        case LZMA_BUF_ERROR:
            return okrug_trouble_set(&input->trouble, OKRUG_BAD_INPUT, "archive-truncated", NULL, NULL);
        case LZMA_MEMLIMIT_ERROR:
            return okrug_trouble_set(&input->trouble, OKRUG_BAD_INPUT, "archive-damaged", "reason",
                                     "needs more than 512 MiB to unpack");
        default:
            return okrug_trouble_set(&input->trouble, OKRUG_BAD_INPUT, "archive-damaged", "reason", "xz");
        }
    }
    return OKRUG_OK;
}

static okrug_status read_plain(okrug_input *input, unsigned char *buffer, size_t size, size_t *got) {
    while (*got < size && !input->end) {
        OKRUG_TRY(refill(input));
        size_t piece = size - *got < input->waiting ? size - *got : input->waiting;
        if (piece > 0) {
            memcpy(buffer + *got, input->next, piece);
            take(input, input->waiting - piece);
            *got += piece;
        }
        input->end = input->stored_end;
    }
    return OKRUG_OK;
}

okrug_status okrug_input_read(okrug_input *input, void *buffer, size_t size, size_t *got) {
    *got = 0;
    okrug_status status = input->trouble.status;
    if (status == OKRUG_OK && input->packed == PACKED_UNKNOWN) {
        status = recognise(input);
    }
    if (status == OKRUG_OK) {
        status = input->packed == PACKED_GZ   ? unpack_gz(input, buffer, size, got)
                 : input->packed == PACKED_XZ ? unpack_xz(input, buffer, size, got)
                                              : read_plain(input, buffer, size, got);
    }
    return *got > 0 ? OKRUG_OK : status;
}

const okrug_trouble *okrug_input_trouble(const okrug_input *input) {
    return &input->trouble;
}

const char *okrug_input_compression(const okrug_input *input) {
    return input->packed == PACKED_GZ ? "gz" : input->packed == PACKED_XZ ? "xz" : "";
}

void okrug_input_progress(const okrug_input *input, double *done, double *total) {
    *done = input->stored;
    *total = input->total;
}

void okrug_input_hash(okrug_input *input, char text[OKRUG_HASH_TEXT]) {
    text[0] = '\0';
    if (input->stored_end) {
        okrug_hash_finish(input->hash, text);
    }
}
