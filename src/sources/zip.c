/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libzip for archives that are read. Every member's checksum is compared at its end.
 */
#include "sources/zip.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

enum { BLOCK = 256 * 1024, MEMBERS_MOST = 10000000 };

struct okrug_zip_member {
    zip_file_t *file;
};

bool okrug_zip_is(const char *path) {
    char head[4] = "";
    FILE *file = fopen(path, "rb");
    size_t got = file == NULL ? 0 : fread(head, 1, sizeof head, file);
    if (file != NULL) {
        fclose(file);
    }
    return got == sizeof head && (memcmp(head, "PK\3\4", 4) == 0 || memcmp(head, "PK\5\6", 4) == 0);
}

okrug_status okrug_zip_open(okrug_ctx *ctx, const char *path, const char *file, okrug_zip **zip) {
    int error = 0;
    okrug_place place = {.file = file};
    zip_t *opened = zip_open(path, ZIP_RDONLY, &error);
    *zip = NULL;
    if (opened == NULL && error == ZIP_ER_MEMORY) {
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    if (opened == NULL && (error == ZIP_ER_OPEN || error == ZIP_ER_NOENT || error == ZIP_ER_READ)) {
        return okrug_fail(ctx, OKRUG_READ_FAILED, "cannot-read", &place, "reason", strerror(errno), (char *)NULL);
    }
    if (opened == NULL || zip_get_num_entries(opened, 0) > MEMBERS_MOST) {
        if (opened != NULL) {
            zip_discard(opened);
        }
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "archive-damaged", &place, "reason", "zip", (char *)NULL);
    }
    *zip = (okrug_zip *)opened;
    return OKRUG_OK;
}

static zip_t *library(const okrug_zip *zip) {
    zip_t *opened = NULL;
    memcpy(&opened, &zip, sizeof opened); /* the library changes what it only reads from */
    return opened;
}

void okrug_zip_close(okrug_zip *zip) {
    if (zip != NULL) {
        zip_discard(library(zip));
    }
}

int64_t okrug_zip_members(const okrug_zip *zip) {
    return zip_get_num_entries(library(zip), 0);
}

const char *okrug_zip_name(const okrug_zip *zip, int64_t member, int64_t *packed) {
    zip_stat_t about;
    *packed = 0;
    if (zip_stat_index(library(zip), (zip_uint64_t)member, ZIP_FL_ENC_GUESS, &about) != 0) {
        return "";
    }
    if ((about.valid & ZIP_STAT_COMP_SIZE) != 0 && about.comp_size <= INT64_MAX) {
        *packed = (int64_t)about.comp_size;
    }
    return (about.valid & ZIP_STAT_NAME) != 0 && about.name != NULL ? about.name : "";
}

okrug_zip_member *okrug_zip_member_open(okrug_zip *zip, int64_t member) {
    okrug_zip_member *opened = calloc(1, sizeof *opened);
    if (opened != NULL) {
        opened->file = zip_fopen_index(library(zip), (zip_uint64_t)member, 0);
    }
    if (opened != NULL && opened->file == NULL) {
        free(opened);
        opened = NULL;
    }
    return opened;
}

int64_t okrug_zip_member_read(okrug_zip_member *opened, void *buffer, int64_t size) {
    return zip_fread(opened->file, buffer, (zip_uint64_t)size);
}

void okrug_zip_member_close(okrug_zip_member *opened) {
    if (opened != NULL) {
        zip_fclose(opened->file);
        free(opened);
    }
}

/* ---- Archives within ----------------------------------------------------------------------------------------------
 */

/* *fits: all of it is in the file now. */
static okrug_status unpack(okrug_ctx *ctx, okrug_zip_member *from, int64_t most, FILE *to, bool *fits) {
    char *block = malloc(BLOCK);
    int64_t got = block == NULL ? -1 : 1;
    int64_t total = 0;
    okrug_status status = block == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    while (status == OKRUG_OK && got > 0 && total <= most) {
        got = okrug_zip_member_read(from, block, BLOCK);
        total += got > 0 ? got : 0;
        if (got > 0 && fwrite(block, 1, (size_t)got, to) != (size_t)got) {
            status = okrug_fail_to_write(ctx, "tmpfile", errno);
        }
        status = status == OKRUG_OK ? okrug_check_cancel(ctx) : status;
    }
    if (status == OKRUG_OK && fflush(to) != 0) {
        status = okrug_fail_to_write(ctx, "tmpfile", errno);
    }
    *fits = got == 0 && total <= most;
    free(block);
    return status;
}

okrug_status okrug_zip_open_member(okrug_ctx *ctx, okrug_zip *zip, int64_t member, int64_t most, okrug_zip **inner) {
    bool fits = false;
    *inner = NULL;
    okrug_zip_member *from = okrug_zip_member_open(zip, member);
    if (from == NULL) {
        return OKRUG_OK;
    }
    FILE *to = tmpfile();
    okrug_status status = to == NULL ? okrug_fail_to_write(ctx, "tmpfile", errno) : unpack(ctx, from, most, to, &fits);
    okrug_zip_member_close(from);
    zip_error_t error;
    zip_error_init(&error);
    /* The library closes the file with the archive. */
    zip_source_t *source = status == OKRUG_OK && fits ? zip_source_filep_create(to, 0, -1, &error) : NULL;
    if (source == NULL) {
        if (to != NULL) {
            fclose(to);
        }
        return status;
    }
    zip_t *opened = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (opened == NULL) {
        zip_source_free(source);
    } else if (zip_get_num_entries(opened, 0) > MEMBERS_MOST) {
        zip_discard(opened);
        opened = NULL;
    }
    *inner = (okrug_zip *)opened;
    return OKRUG_OK;
}
