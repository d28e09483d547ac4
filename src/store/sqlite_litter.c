/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a program that was killed left of a file that it did not finish: `NAME.new-PROCESS-NUMBER`, perhaps with a
 * journal. The next one that makes a file of that name removes it.
 */
#include "store/sqlite.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "123" at the start of `text`, which then goes on; -1: there is none. */
static long take_number(const char **text) {
    char *end = NULL;
    errno = 0;
    long number = **text >= '0' && **text <= '9' ? strtol(*text, &end, 10) : -1;
    if (number < 0 || errno != 0) {
        return -1;
    }
    *text = end;
    return number;
}

/* The process that made a file of this name beside `base`; -1: it is no such name. */
static long maker_of(const char *name, const char *base) {
    static const char between[] = OKRUG_SQLITE_BESIDE;
    size_t length = strlen(base);
    if (strncmp(name, base, length) != 0 || strncmp(name + length, between, sizeof between - 1) != 0) {
        return -1;
    }
    const char *rest = name + length + sizeof between - 1;
    long process = take_number(&rest);
    if (process <= 0 || *rest++ != '-' || take_number(&rest) < 0) {
        return -1;
    }
    return *rest == '\0' || strcmp(rest, "-journal") == 0 ? process : -1;
}

/* Its maker may be on another machine, or in another container, that has the folder too: then SQLite has it locked. */
static bool is_in_use(int folder, const char *name) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int file = openat(folder, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool used = file < 0 || fcntl(file, F_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
    if (file >= 0) {
        close(file);
    }
    return used;
}

int okrug_sqlite_clear_litter(okrug_ctx *ctx, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *base = slash == NULL ? path : slash + 1;
    const char *folder = slash == NULL ? "." : okrug_text(ctx, "%.*s", (int)(slash + 1 - path), path);
    DIR *entries = folder[0] == '\0' ? NULL : opendir(folder);
    if (entries == NULL) { /* a folder that cannot be listed may still take a file */
        return folder[0] == '\0' || errno == ENOMEM ? ENOMEM : 0;
    }
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        long process = maker_of(entry->d_name, base);
        bool gone = process > 0 && process == (long)(pid_t)process && kill((pid_t)process, 0) != 0 && errno == ESRCH;
        if (gone && !is_in_use(dirfd(entries), entry->d_name)) {
            unlinkat(dirfd(entries), entry->d_name, 0);
        }
    }
    closedir(entries);
    return 0;
}
