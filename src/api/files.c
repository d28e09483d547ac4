/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page's files, listed once.
 */
#include "api/files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *type_of(const char *name) {
    static const struct {
        const char *ending;
        const char *type;
    } types[] = {{".html", "text/html; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"},
                 {".json", "application/json"},
                 {".svg", "image/svg+xml"},
                 {".png", "image/png"},
                 {".ico", "image/x-icon"},
                 {".woff2", "font/woff2"},
                 {".txt", "text/plain; charset=utf-8"}};
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending != NULL && i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(ending, types[i].ending) == 0) {
            return types[i].type;
        }
    }
    return "application/octet-stream";
}

static okrug_status add_file(okrug_web_files *files, const char *root, const char *path) {
    okrug_web_file *grown = realloc(files->file, (size_t)(files->count + 1) * sizeof *grown);
    if (grown == NULL) {
        return OKRUG_NO_MEMORY;
    }
    files->file = grown;
    okrug_web_file *file = &grown[files->count];
    *file = (okrug_web_file){.url = strdup(path + strlen(root)), .path = strdup(path), .type = type_of(path)};
    files->count++;
    if (file->url == NULL || file->path == NULL) {
        return OKRUG_NO_MEMORY;
    }
    file->lasting = strncmp(file->url, "/assets/", 8) == 0;
    return OKRUG_OK;
}

static okrug_status walk(okrug_web_files *files, const char *root, const char *folder, int depth) {
    DIR *directory = depth > 8 ? NULL : opendir(folder);
    if (directory == NULL) {
        return OKRUG_OK;
    }
    okrug_status status = OKRUG_OK;
    for (struct dirent *entry = readdir(directory); status == OKRUG_OK && entry != NULL; entry = readdir(directory)) {
        char path[4096];
        struct stat about;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || length >= (int)sizeof path || stat(path, &about) != 0) {
            continue;
        }
        status = S_ISDIR(about.st_mode)   ? walk(files, root, path, depth + 1)
                 : S_ISREG(about.st_mode) ? add_file(files, root, path)
                                          : OKRUG_OK;
    }
    closedir(directory);
    return status;
}

okrug_status okrug_web_list(okrug_ctx *ctx, const char *folder, okrug_web_files *files) {
    *files = (okrug_web_files){0};
    okrug_status status = walk(files, folder, folder, 0);
    if (status == OKRUG_OK && okrug_web_find(files, "/") == NULL) {
        status = okrug_fail(ctx, OKRUG_READ_FAILED, "no-web", &(okrug_place){.file = folder}, (char *)NULL);
    }
    if (status != OKRUG_OK) {
        okrug_web_free(files);
    }
    return status;
}

void okrug_web_free(okrug_web_files *files) {
    for (int i = 0; i < files->count; i++) {
        free(files->file[i].url);
        free(files->file[i].path);
    }
    free(files->file);
    *files = (okrug_web_files){0};
}

const okrug_web_file *okrug_web_find(const okrug_web_files *files, const char *url) {
    const char *wanted = strcmp(url, "/") == 0 ? "/index.html" : url;
    for (int i = 0; i < files->count; i++) {
        if (strcmp(files->file[i].url, wanted) == 0) {
            return &files->file[i];
        }
    }
    return NULL;
}
