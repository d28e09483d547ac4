/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole files and directories of results. A file is written under another name in the same folder, brought to the disk
 * and only then given its name, so that a full disk or a lost current leaves what was there before.
 */
#include "writers/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    okrug_ctx *ctx;
    const char *path; /* as the user named it: for messages */
    char *target;     /* where it ends up, links followed; NULL: written in place (a pipe, a device) */
    char *beside;     /* where it is until then */
    FILE *stream;
} whole_file;

/* ---- One file ---------------------------------------------------------------------------------------------------- */

/* The file's own place, links followed: what a link points to is replaced, not the link. */
static char *resolve(const char *path) {
    char *real = realpath(path, NULL);
    if (real == NULL && errno == ENOENT) {
        real = strdup(path);
        errno = ENOMEM; /* looked at only where there is no copy */
    }
    return real;
}

static int open_beside(whole_file *file) {
    size_t folder = (size_t)(strrchr(file->target, '/') != NULL ? strrchr(file->target, '/') + 1 - file->target : 0);
    size_t size = folder + 64;
    file->beside = malloc(size);
    if (file->beside == NULL) {
        errno = ENOMEM;
        return -1;
    }
    for (int attempt = 0; attempt < 10000; attempt++) {
        snprintf(file->beside, size, "%.*s.okrug-%ld-%d", (int)folder, file->target, (long)getpid(), attempt);
        int descriptor = open(file->beside, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST) {
            return descriptor;
        }
    }
    return -1;
}

static void drop(whole_file *file) {
    if (file->stream != NULL) {
        fclose(file->stream);
    }
    if (file->beside != NULL) {
        unlink(file->beside);
    }
    free(file->beside);
    free(file->target);
}

static okrug_status begin(okrug_ctx *ctx, const char *path, whole_file *file) {
    *file = (whole_file){.ctx = ctx, .path = path};
    struct stat there;
    bool exists = stat(path, &there) == 0;
    int descriptor = -1;
    if (exists && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode)) {
        descriptor = open(path, O_WRONLY | O_CLOEXEC);
    } else if (exists && S_ISDIR(there.st_mode)) {
        errno = EISDIR;
    } else if (exists && access(path, W_OK) != 0) {
        descriptor = -1; /* a file that is kept from writing is not to be replaced either */
    } else {
        file->target = resolve(path);
        descriptor = file->target != NULL ? open_beside(file) : -1;
    }
    int error = errno;
    if (descriptor >= 0) {
        file->stream = fdopen(descriptor, "w");
        error = errno;
        if (file->stream == NULL) {
            close(descriptor);
        }
    }
    if (file->stream == NULL) {
        if (descriptor < 0) { /* nothing of ours is there to be removed */
            free(file->beside);
            file->beside = NULL;
        }
        drop(file);
        okrug_status status = okrug_fail_to_write(ctx, path, error);
        return status == OKRUG_NO_MEMORY ? status : OKRUG_WRITE_FAILED;
    }
    return OKRUG_OK;
}

/* The name is on the disk once the folder is; some file systems cannot do that for a folder, which is no failure. The
 * name that the file had until then makes the folder's, its last part cut off. */
static void sync_folder(char *beside) {
    char *slash = strrchr(beside, '/');
    if (slash != NULL) {
        slash[1] = '\0';
    }
    int descriptor = open(slash != NULL ? beside : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
}

/* 0 or the error. */
static int put_in_place(whole_file *file) {
    if (fflush(file->stream) != 0) {
        return errno;
    }
    if (file->target == NULL) {
        return 0;
    }
    struct stat before;
    if (stat(file->target, &before) == 0) {
        (void)fchmod(fileno(file->stream), before.st_mode & 07777); /* who may read it stays */
    }
    if (fsync(fileno(file->stream)) != 0 || rename(file->beside, file->target) != 0) {
        return errno;
    }
    sync_folder(file->beside);
    free(file->beside);
    file->beside = NULL;
    return 0;
}

static okrug_status end(whole_file *file, okrug_status status) {
    if (status == OKRUG_OK) {
        int error = put_in_place(file);
        status = error == 0 ? OKRUG_OK : okrug_fail_to_write(file->ctx, file->path, error);
    }
    drop(file);
    return status;
}

okrug_status okrug_write_file(okrug_ctx *ctx, const char *path, const char *text, size_t length) {
    whole_file file;
    OKRUG_TRY(begin(ctx, path, &file));
    okrug_status status = OKRUG_OK;
    if (fwrite(text, 1, length, file.stream) != length) {
        status = okrug_fail_to_write(ctx, path, errno);
    }
    return end(&file, status);
}

/* ---- A directory ------------------------------------------------------------------------------------------------- */

/* Makes the directory and those above it. */
static okrug_status make_directory(okrug_ctx *ctx, const char *directory) {
    char *path = strdup(directory[0] != '\0' ? directory : ".");
    if (path == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = OKRUG_OK;
    char *slash = path;
    do {
        slash = strchr(slash + 1, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
        if (mkdir(path, 0777) != 0 && errno != EEXIST) {
            struct stat there; /* an unwritable folder above that is there already may answer EROFS or EACCES */
            int error = errno;
            if (stat(path, &there) != 0 || !S_ISDIR(there.st_mode)) {
                status = okrug_fail_to_write(ctx, path, error);
            }
        }
        if (slash != NULL) {
            *slash = '/';
        }
    } while (status == OKRUG_OK && slash != NULL && slash[1] != '\0');
    free(path);
    return status;
}

static void add_directory(okrug_buffer *path, const char *directory) {
    size_t length = strlen(directory);
    okrug_buffer_add(path, directory, length);
    okrug_buffer_add(path, "/", length > 0 && directory[length - 1] != '/');
}

/* Adds the name of the table as one that a file can have. */
static void add_file_name(okrug_buffer *path, const char *table) {
    okrug_buffer_add_text(path, table[0] == '.' || table[0] == '\0' ? "_" : "");
    for (; *table != '\0'; table++) {
        bool plain = *table != '/' && (unsigned char)*table >= 0x20;
        okrug_buffer_add(path, plain ? table : "_", 1);
    }
}

/* The path of the file for table t of the dataset; two names that would be one file get a number. */
static okrug_status table_path(const okrug_dataset *dataset, int t, const char *directory, okrug_buffer *path) {
    int same = 0;
    okrug_buffer mine = {0};
    okrug_buffer other = {0};
    add_file_name(&mine, dataset->table[t]->name);
    for (int u = 0; u < t && !mine.failed; u++) {
        okrug_buffer_clear(&other);
        add_file_name(&other, dataset->table[u]->name);
        same += !other.failed && strcmp(mine.bytes, other.bytes) == 0;
    }
    okrug_buffer_clear(path);
    add_directory(path, directory);
    okrug_buffer_add(path, mine.bytes, mine.length);
    if (same > 0) {
        okrug_buffer_add_format(path, "_%d", same + 1);
    }
    okrug_buffer_add_text(path, ".csv");
    path->failed = path->failed || mine.failed || other.failed;
    okrug_buffer_free(&mine);
    okrug_buffer_free(&other);
    return okrug_buffer_status(path);
}

static okrug_status write_tables(okrug_ctx *ctx, const okrug_dataset *dataset, okrug_csv_profile profile,
                                 const char *directory, okrug_buffer *path) {
    for (int t = 0; t < dataset->tables; t++) {
        whole_file file;
        OKRUG_TRY(table_path(dataset, t, directory, path));
        OKRUG_TRY(begin(ctx, path->bytes, &file));
        OKRUG_TRY(end(&file, okrug_write_csv_to(ctx, dataset->table[t], profile, path->bytes, file.stream)));
    }
    return OKRUG_OK;
}

static okrug_status write_provenance(okrug_ctx *ctx, const okrug_dataset *dataset, const char *directory,
                                     okrug_buffer *path) {
    okrug_buffer text = {0};
    okrug_buffer_clear(path);
    add_directory(path, directory);
    okrug_buffer_add_text(path, "provenance.json");
    okrug_json_layout(dataset->provenance != NULL ? dataset->provenance : "{}", &text);
    okrug_status status = okrug_buffer_status(path);
    if (status == OKRUG_OK) {
        status = okrug_buffer_status(&text);
    }
    if (status == OKRUG_OK) {
        status = okrug_write_file(ctx, path->bytes, text.bytes, text.length);
    }
    okrug_buffer_free(&text);
    return status;
}

okrug_status okrug_write_directory(okrug_ctx *ctx, const okrug_dataset *dataset, const char *directory) {
    return okrug_write_directory_as(ctx, dataset, OKRUG_CSV_MACHINE, directory);
}

okrug_status okrug_write_directory_as(okrug_ctx *ctx, const okrug_dataset *dataset, okrug_csv_profile profile,
                                      const char *directory) {
    OKRUG_TRY(make_directory(ctx, directory));
    okrug_buffer path = {0};
    okrug_status status = write_tables(ctx, dataset, profile, directory, &path);
    if (status == OKRUG_OK) {
        status = write_provenance(ctx, dataset, directory, &path);
    }
    okrug_buffer_free(&path);
    return status;
}
