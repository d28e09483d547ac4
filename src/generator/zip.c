/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libzip for archives that are written.
 */
#include "generator/zip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

/* The first day that an archive can name: when it is made must not be in its bytes. */
enum { MIDNIGHT = 0, FIRST_DAY = 1 << 5 | 1 };

typedef struct {
    okrug_ctx *ctx;
    generator_member *make;
    void *user;
    bool failed; /* memory was short */
} writing;

typedef struct {
    writing *all;
    int64_t number;
    okrug_buffer text;
    size_t taken;
} member;

static zip_int64_t give(member *m, void *data, zip_uint64_t length) {
    size_t left = m->text.length - m->taken;
    size_t given = length < left ? (size_t)length : left;
    if (given > 0) {
        memcpy(data, m->text.bytes + m->taken, given);
    }
    m->taken += given;
    return (zip_int64_t)given;
}

static zip_int64_t answer(void *user, void *data, zip_uint64_t length, zip_source_cmd_t command) {
    member *m = user;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        okrug_buffer_clear(&m->text);
        m->taken = 0;
        m->all->make(m->all->user, m->number, &m->text);
        m->all->failed = m->all->failed || okrug_buffer_status(&m->text) != OKRUG_OK;
        return m->all->failed ? -1 : 0;
    case ZIP_SOURCE_READ:
        return give(m, data, length);
    case ZIP_SOURCE_CLOSE:
        okrug_buffer_free(&m->text);
        return 0;
    case ZIP_SOURCE_STAT:
        zip_stat_init(data);
        return sizeof(zip_stat_t);
    case ZIP_SOURCE_ERROR: {
        int error[2] = {ZIP_ER_MEMORY, 0};
        memcpy(data, error, length < sizeof error ? (size_t)length : sizeof error);
        return sizeof error;
    }
    case ZIP_SOURCE_FREE:
        okrug_buffer_free(&m->text);
        free(m);
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_READABLE;
    default:
        return -1;
    }
}

static bool add(zip_t *zip, writing *all, int64_t number, const char *name) {
    member *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return false;
    }
    *m = (member){.all = all, .number = number};
    zip_source_t *source = zip_source_function(zip, answer, m);
    if (source == NULL) {
        free(m);
        return false;
    }
    zip_int64_t at = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_file_set_dostime(zip, (zip_uint64_t)at, MIDNIGHT, FIRST_DAY, 0) == 0 &&
           zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_DEFLATE, 6) == 0;
}

static void show(zip_t *zip, double done, void *user) {
    (void)zip;
    okrug_progress(((writing *)user)->ctx, "task.generating", done, 1.0);
}

static int is_cancelled(zip_t *zip, void *user) {
    (void)zip;
    return okrug_cancelled(((writing *)user)->ctx);
}

static okrug_status ended(okrug_ctx *ctx, const char *path, const writing *all, zip_t *zip) {
    int kind = zip_error_code_zip(zip_get_error(zip));
    int error = zip_error_code_system(zip_get_error(zip));
    zip_discard(zip);
    if (kind == ZIP_ER_CANCELLED) {
        return OKRUG_CANCELLED;
    }
    return okrug_fail_to_write(ctx, path, all->failed || kind == ZIP_ER_MEMORY ? ENOMEM : error != 0 ? error : EIO);
}

okrug_status generator_zip_write(okrug_ctx *ctx, const char *path, int64_t members, generator_member_name *name,
                                 generator_member *make, void *user) {
    int error = 0;
    writing all = {.ctx = ctx, .make = make, .user = user};
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (zip == NULL) {
        return okrug_fail_to_write(ctx, path, error == ZIP_ER_MEMORY ? ENOMEM : errno != 0 ? errno : EIO);
    }
    bool added = true;
    for (int64_t i = 0; i < members && added; i++) {
        char text[96];
        name(user, i, text);
        added = add(zip, &all, i, text);
    }
    if (!added) {
        zip_discard(zip);
        return okrug_fail_to_write(ctx, path, ENOMEM);
    }
    zip_register_progress_callback_with_state(zip, 0.01, show, NULL, &all);
    zip_register_cancel_callback_with_state(zip, is_cancelled, NULL, &all);
    return zip_close(zip) == 0 ? OKRUG_OK : ended(ctx, path, &all, zip);
}
