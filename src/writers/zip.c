/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libzip for archives that are made in memory.
 */
#include "writers/zip.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

/* The first day that an archive can name: when it is made must not be in its bytes. */
enum { MIDNIGHT = 0, FIRST_DAY = 1 << 5 | 1 };

struct okrug_zip {
    zip_source_t *memory; /* what the archive is written to */
    zip_t *archive;
    bool failed;
};

okrug_zip *okrug_zip_new(void) {
    zip_error_t error;
    okrug_zip *zip = calloc(1, sizeof *zip);
    if (zip == NULL) {
        return NULL;
    }
    zip_error_init(&error);
    zip->memory = zip_source_buffer_create(NULL, 0, 0, &error);
    zip->archive = zip->memory == NULL ? NULL : zip_open_from_source(zip->memory, ZIP_TRUNCATE, &error);
    zip_error_fini(&error);
    if (zip->archive == NULL) {
        zip_source_free(zip->memory);
        free(zip);
        return NULL;
    }
    zip_source_keep(zip->memory);
    return zip;
}

void okrug_zip_add(okrug_zip *zip, const char *name, const char *bytes, size_t length, bool packed) {
    if (zip == NULL || zip->failed) {
        return;
    }
    char *copy = length > 0 ? malloc(length) : NULL; /* libzip would not free an empty one */
    if (copy == NULL && length > 0) {
        zip->failed = true;
        return;
    }
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    zip_source_t *source = zip_source_buffer(zip->archive, copy, length, 1);
    if (source == NULL) {
        free(copy);
        zip->failed = true;
        return;
    }
    /* The source owns the copy. NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
    zip_int64_t at = zip_file_add(zip->archive, name, source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source); /* and the copy with it */
        zip->failed = true;
        return;
    }
    zip->failed =
        zip_file_set_dostime(zip->archive, (zip_uint64_t)at, MIDNIGHT, FIRST_DAY, 0) != 0 ||
        zip_set_file_compression(zip->archive, (zip_uint64_t)at, packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 6) != 0;
}

static bool take_bytes(zip_source_t *memory, okrug_buffer *out) {
    char part[8192];
    zip_int64_t got = 0;
    if (zip_source_open(memory) != 0) {
        return false;
    }
    while ((got = zip_source_read(memory, part, sizeof part)) > 0) {
        okrug_buffer_add(out, part, (size_t)got);
    }
    zip_source_close(memory);
    return got == 0 && !out->failed;
}

okrug_status okrug_zip_finish(okrug_zip *zip, okrug_buffer *out) {
    if (zip == NULL) {
        return OKRUG_NO_MEMORY;
    }
    bool well = !zip->failed && zip_close(zip->archive) == 0;
    if (well) {
        well = take_bytes(zip->memory, out);
    } else {
        zip_discard(zip->archive);
    }
    zip_source_free(zip->memory);
    free(zip);
    return well ? OKRUG_OK : OKRUG_NO_MEMORY;
}
