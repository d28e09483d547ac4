/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Uploaded files: FOLDER/ID/NAME. The folder is its owner's alone, ids cannot be guessed, and files are written as they
 * come. A lock held while the server lives tells the next one which folders are nobody's any more.
 */
#include "api/uploads.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <okrug/secret.h>

enum { UPLOADS_MOST = 32, ID_LENGTH = 32, NAME_MOST = 160, PATH_MOST = 4096 };

static const char folder_start[] = "okrug-uploads-";

struct okrug_upload {
    okrug_uploads *all;
    okrug_upload *next;
    char id[ID_LENGTH + 1];
    char name[NAME_MOST + 1];
    char folder[PATH_MOST];
    char path[PATH_MOST];
    int64_t bytes;
    int file; /* -1: whole */
};

struct okrug_uploads {
    pthread_mutex_t lock;
    int64_t limit;
    int count;          /* kept and under way */
    okrug_upload *kept; /* the first */
    char folder[PATH_MOST / 2];
    int lock_file;
};

/* ---- The folder -------------------------------------------------------------------------------------------------- */

static const char *temporary(void) {
    const char *named = getenv("TMPDIR");
    return named != NULL && named[0] == '/' ? named : P_tmpdir;
}

/* Removes what is in a folder, two levels and no deeper, and the folder. Links are removed, not followed. */
static void remove_folder(const char *folder, int levels) {
    DIR *directory = opendir(folder);
    for (struct dirent *entry = directory == NULL ? NULL : readdir(directory); entry != NULL;
         entry = readdir(directory)) {
        char path[PATH_MOST];
        struct stat about;
        bool itself = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (itself || snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= (int)sizeof path) {
            continue;
        }
        if (levels > 1 && lstat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
            remove_folder(path, levels - 1);
        } else {
            unlink(path);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
    rmdir(folder);
}

/* The lock of a folder, -1 where somebody has it or it cannot be had. */
static int take_lock(const char *folder, int flags) {
    char path[PATH_MOST];
    snprintf(path, sizeof path, "%s/lock", folder);
    int file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (file >= 0 && fcntl(file, F_SETLK, &whole) != 0) {
        close(file);
        file = -1;
    }
    return file;
}

/* Folders of servers that were killed. */
static void remove_left(void) {
    DIR *directory = opendir(temporary());
    for (struct dirent *entry = directory == NULL ? NULL : readdir(directory); entry != NULL;
         entry = readdir(directory)) {
        char path[PATH_MOST];
        struct stat about;
        if (strncmp(entry->d_name, folder_start, sizeof folder_start - 1) != 0 ||
            snprintf(path, sizeof path, "%s/%s", temporary(), entry->d_name) >= (int)sizeof path ||
            lstat(path, &about) != 0 || !S_ISDIR(about.st_mode) || about.st_uid != geteuid()) {
            continue;
        }
        int lock = take_lock(path, 0);
        if (lock >= 0) {
            remove_folder(path, 2);
            close(lock);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
}

okrug_status okrug_uploads_new(okrug_ctx *ctx, int64_t limit, okrug_uploads **uploads) {
    okrug_uploads *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return OKRUG_NO_MEMORY;
    }
    remove_left();
    made->limit = limit;
    int length = snprintf(made->folder, sizeof made->folder, "%s/%sXXXXXX", temporary(), folder_start);
    if (length >= (int)sizeof made->folder || mkdtemp(made->folder) == NULL) {
        okrug_status status =
            okrug_fail_to_write(ctx, temporary(), length >= (int)sizeof made->folder ? ENAMETOOLONG : errno);
        free(made);
        return status;
    }
    made->lock_file = take_lock(made->folder, O_CREAT);
    pthread_mutex_init(&made->lock, NULL);
    *uploads = made;
    return OKRUG_OK;
}

void okrug_uploads_free(okrug_uploads *uploads) {
    if (uploads == NULL) {
        return;
    }
    while (uploads->kept != NULL) {
        okrug_upload *upload = uploads->kept;
        uploads->kept = upload->next;
        free(upload);
    }
    remove_folder(uploads->folder, 2);
    if (uploads->lock_file >= 0) {
        close(uploads->lock_file);
    }
    pthread_mutex_destroy(&uploads->lock);
    free(uploads);
}

int64_t okrug_uploads_limit(const okrug_uploads *uploads) {
    return uploads->limit;
}

/* ---- One file ---------------------------------------------------------------------------------------------------- */

/* The end of the name, which says what the file is, where it is too long. What has a meaning in names of inputs (#),
 * and what cannot be seen, becomes a line; a file that begins with a dot would be hidden. */
static void clean_name(const char *name, char *clean) {
    const char *start = name;
    for (const char *at = name; *at != '\0'; at++) {
        start = *at == '/' || *at == '\\' ? at + 1 : start;
    }
    size_t length = strlen(start);
    start += length > NAME_MOST ? length - NAME_MOST : 0;
    while (*start == '.' || ((unsigned char)*start & 0xC0) == 0x80) {
        start++;
    }
    size_t used = 0;
    for (; *start != '\0'; start++) {
        bool plain = (unsigned char)*start >= 0x20 && *start != 0x7F && *start != '#';
        clean[used++] = plain ? *start : '_';
    }
    clean[used] = '\0';
    if (used == 0) {
        memcpy(clean, "upload", sizeof "upload");
    }
}

static bool take_place(okrug_uploads *uploads) {
    pthread_mutex_lock(&uploads->lock);
    bool room = uploads->count < UPLOADS_MOST;
    uploads->count += room;
    pthread_mutex_unlock(&uploads->lock);
    return room;
}

static void give_place(okrug_uploads *uploads) {
    pthread_mutex_lock(&uploads->lock);
    uploads->count--;
    pthread_mutex_unlock(&uploads->lock);
}

static okrug_status open_file(okrug_ctx *ctx, okrug_upload *upload) {
    char secret[OKRUG_SECRET_TEXT];
    OKRUG_TRY(okrug_secret_make(secret));
    snprintf(upload->id, sizeof upload->id, "%.*s", ID_LENGTH, secret);
    snprintf(upload->folder, sizeof upload->folder, "%s/%s", upload->all->folder, upload->id);
    int length = snprintf(upload->path, sizeof upload->path, "%s/%s/%s", upload->all->folder, upload->id, upload->name);
    if (length >= (int)sizeof upload->path) {
        return okrug_fail_to_write(ctx, upload->name, ENAMETOOLONG);
    }
    if (mkdir(upload->folder, 0700) != 0) {
        return okrug_fail_to_write(ctx, upload->name, errno);
    }
    upload->file = open(upload->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    return upload->file >= 0 ? OKRUG_OK : okrug_fail_to_write(ctx, upload->name, errno);
}

okrug_status okrug_upload_begin(okrug_ctx *ctx, okrug_uploads *uploads, const char *name, okrug_upload **upload) {
    if (!take_place(uploads)) {
        return okrug_fail(ctx, OKRUG_EXISTS, "too-many-uploads", NULL, "limit", okrug_text_integer(ctx, UPLOADS_MOST),
                          (char *)NULL);
    }
    okrug_upload *made = calloc(1, sizeof *made);
    if (made == NULL) {
        give_place(uploads);
        return OKRUG_NO_MEMORY;
    }
    made->all = uploads;
    made->file = -1;
    clean_name(name, made->name);
    okrug_status status = open_file(ctx, made);
    if (status != OKRUG_OK) {
        okrug_upload_drop(made);
        return status;
    }
    *upload = made;
    return OKRUG_OK;
}

okrug_status okrug_upload_add(okrug_ctx *ctx, okrug_upload *upload, const char *bytes, size_t length) {
    if ((int64_t)length > upload->all->limit - upload->bytes) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "body-too-large", NULL, "limit",
                          okrug_text_integer(ctx, upload->all->limit), (char *)NULL);
    }
    upload->bytes += (int64_t)length;
    while (length > 0) {
        ssize_t written = write(upload->file, bytes, length);
        if (written < 0 && errno != EINTR) {
            return okrug_fail_to_write(ctx, upload->name, errno);
        }
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return OKRUG_OK;
}

okrug_status okrug_upload_finish(okrug_ctx *ctx, okrug_upload *upload) {
    int file = upload->file;
    upload->file = -1;
    return close(file) == 0 ? OKRUG_OK : okrug_fail_to_write(ctx, upload->name, errno);
}

const char *okrug_upload_path(const okrug_upload *upload) {
    return upload->path;
}

void okrug_upload_keep(okrug_upload *upload) {
    okrug_uploads *all = upload->all;
    pthread_mutex_lock(&all->lock);
    upload->next = all->kept;
    all->kept = upload;
    pthread_mutex_unlock(&all->lock);
}

void okrug_upload_drop(okrug_upload *upload) {
    if (upload == NULL) {
        return;
    }
    if (upload->file >= 0) {
        close(upload->file);
    }
    unlink(upload->path);
    rmdir(upload->folder);
    give_place(upload->all);
    free(upload);
}

void okrug_upload_describe(const okrug_upload *upload, okrug_json *json) {
    okrug_json_member(json, "id", upload->id);
    okrug_json_member(json, "name", upload->name);
    okrug_json_key(json, "bytes");
    okrug_json_integer(json, upload->bytes);
}

/* ---- Kept files -------------------------------------------------------------------------------------------------- */

/* Where the link to the file of that id is; it holds NULL where there is none. Under the lock. */
static okrug_upload **find(okrug_uploads *uploads, const char *id) {
    okrug_upload **link = &uploads->kept;
    while (*link != NULL && strcmp((*link)->id, id) != 0) {
        link = &(*link)->next;
    }
    return link;
}

static okrug_status no_upload(okrug_ctx *ctx, const char *id) {
    return okrug_fail(ctx, OKRUG_NOT_FOUND, "no-upload", NULL, "id", id, (char *)NULL);
}

okrug_status okrug_uploads_path(okrug_ctx *ctx, okrug_uploads *uploads, const char *id, const char **path) {
    pthread_mutex_lock(&uploads->lock);
    const okrug_upload *upload = *find(uploads, id);
    *path = upload == NULL ? NULL : okrug_text(ctx, "%s", upload->path);
    pthread_mutex_unlock(&uploads->lock);
    return *path != NULL ? OKRUG_OK : no_upload(ctx, id);
}

okrug_status okrug_uploads_remove(okrug_ctx *ctx, okrug_uploads *uploads, const char *id) {
    pthread_mutex_lock(&uploads->lock);
    okrug_upload **link = find(uploads, id);
    okrug_upload *upload = *link;
    if (upload != NULL) {
        *link = upload->next;
    }
    pthread_mutex_unlock(&uploads->lock);
    if (upload == NULL) {
        return no_upload(ctx, id);
    }
    okrug_upload_drop(upload);
    return OKRUG_OK;
}
