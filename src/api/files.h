/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page's files. Which there are is listed once at the start, so that no request can name another.
 */
#ifndef OKRUG_API_FILES_H
#define OKRUG_API_FILES_H

#include <okrug/context.h>

typedef struct {
    char *url;  /* "/assets/index.js" */
    char *path; /* on disk */
    const char *type;
    bool lasting; /* its name changes with its content */
} okrug_web_file;

typedef struct {
    okrug_web_file *file;
    int count;
} okrug_web_files;

/* All files below `folder`. READ_FAILED ("no-web") where there is no index.html. */
okrug_status okrug_web_list(okrug_ctx *ctx, const char *folder, okrug_web_files *files);
void okrug_web_free(okrug_web_files *files);
const okrug_web_file *okrug_web_find(const okrug_web_files *files, const char *url); /* "/" is /index.html */

#endif
