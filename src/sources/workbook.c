/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opens what GDAL reads: checks the file's size and what it unpacks to, hashes it, finds its parts.
 */
#include "sources/workbook.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/text.h>

#include "sources/archive.h"
#include "sources/dbf.h"

enum { BLOCK = 64 * 1024 };
static const int64_t FILE_MAX = INT64_C(1) << 30;
static const char LIMIT_TEXT[] = "1 GiB";

static okrug_status no_memory(okrug_ctx *ctx) {
    return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
}

static okrug_status too_large(okrug_ctx *ctx, const char *file) {
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "file-too-large", &(okrug_place){.file = file}, "limit", LIMIT_TEXT,
                      (char *)NULL);
}

/* ---- The file as it is stored ---- */

/* Adds the file's bytes to the hash; `needed`: it is a fault if it is not there. */
static okrug_status hash_file(okrug_ctx *ctx, okrug_hash *hash, const char *path, const char *shown, bool needed) {
    okrug_place place = {.file = shown};
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return !needed
                   ? OKRUG_OK
                   : okrug_fail(ctx, OKRUG_READ_FAILED, "cannot-open", &place, "reason", strerror(errno), (char *)NULL);
    }
    char block[BLOCK];
    int64_t total = 0;
    size_t got = BLOCK;
    okrug_status status = OKRUG_OK;
    while (status == OKRUG_OK && got == BLOCK) {
        got = fread(block, 1, BLOCK, file);
        okrug_hash_add(hash, block, got);
        total += (int64_t)got;
        if (ferror(file)) {
            status = okrug_fail(ctx, OKRUG_READ_FAILED, "cannot-read", &place, "reason", strerror(errno), (char *)NULL);
        } else if (total > FILE_MAX) {
            status = too_large(ctx, shown);
        } else {
            status = okrug_check_cancel(ctx);
        }
    }
    fclose(file);
    return status;
}

/* A shapefile is several files: those that tell something are hashed one after the other. */
static okrug_status hash_shapefile(okrug_ctx *ctx, okrug_hash *hash, const char *path) {
    static const char *const beside[] = {".dbf", ".prj", ".cpg"};
    size_t stem = strlen(path) - strlen(".shp");
    okrug_status status = hash_file(ctx, hash, path, path, true);
    for (size_t i = 0; status == OKRUG_OK && i < sizeof beside / sizeof beside[0]; i++) {
        status = hash_file(ctx, hash, okrug_text(ctx, "%.*s%s", (int)stem, path, beside[i]), path, false);
    }
    return status;
}

static okrug_status hash_source(okrug_ctx *ctx, const okrug_source_request *request, char text[OKRUG_HASH_TEXT]) {
    okrug_hash *hash = okrug_hash_new();
    if (hash == NULL) {
        return no_memory(ctx);
    }
    okrug_status status = OKRUG_OK;
    if (request->bytes != NULL && request->length > (size_t)FILE_MAX) {
        status = too_large(ctx, request->path);
    } else if (request->bytes != NULL) {
        okrug_hash_add(hash, request->bytes, request->length);
    } else if (okrug_name_ends(request->path, ".shp")) {
        status = hash_shapefile(ctx, hash, request->path);
    } else {
        status = hash_file(ctx, hash, request->path, request->path, true);
    }
    if (status == OKRUG_OK) {
        okrug_hash_finish(hash, text);
    }
    okrug_hash_free(hash);
    return status;
}

/* ---- Opening ---- */

/* What the library had to say, without the folder of the file: whoever sent the file has not put it there. */
static const char *trouble_of(okrug_ctx *ctx, const okrug_workbook *workbook, const char *file, bool strict) {
    const char *text = okrug_ogr_trouble(workbook->ogr, strict);
    const char *slash = strrchr(file, '/');
    const char *folder = slash == NULL ? "" : okrug_text(ctx, "%.*s", (int)(slash - file) + 1, file);
    const char *at = strlen(folder) < 2 ? NULL : strstr(text, folder);
    for (; at != NULL; at = strstr(text, folder)) {
        text = okrug_text(ctx, "%.*s%s", (int)(at - text), text, at + strlen(folder));
    }
    return text;
}

static okrug_status unreadable(okrug_ctx *ctx, const okrug_workbook *workbook, const char *file, const char *format) {
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "format-unreadable", &(okrug_place){.file = file}, "format", format,
                      "reason", trouble_of(ctx, workbook, file, true), (char *)NULL);
}

static bool take_shapefile(void *user, const char *name, int64_t size) {
    okrug_words *names = user;
    (void)size;
    return !okrug_name_ends(name, ".shp") || okrug_words_add(names, name, strlen(name)) >= 0;
}

static okrug_status open_zip(okrug_ctx *ctx, okrug_workbook *workbook, const char *file) {
    OKRUG_TRY(okrug_archive_check(ctx, workbook->ogr, workbook->path, file, false));
    workbook->zipped = okrug_words_new();
    if (workbook->zipped == NULL) {
        return no_memory(ctx);
    }
    okrug_ogr_members(workbook->ogr, workbook->path, take_shapefile, workbook->zipped);
    return okrug_words_count(workbook->zipped) > 0
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_INPUT, "no-shapefile", &(okrug_place){.file = file}, (char *)NULL);
}

/* "data/regions.shp" -> "regions" */
static const char *stem(okrug_ctx *ctx, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    return okrug_text(ctx, "%.*s", (int)(strlen(name) - strlen(".shp")), name);
}

/* Without .shx and .dbf nothing can be read; without .prj it has to be said what is taken instead. `name`: of the
 * shapefile, as the user knows it. */
static okrug_status check_shapefile(okrug_ctx *ctx, okrug_workbook *workbook, const okrug_source_request *request,
                                    const char *path, const char *name) {
    static const char *const needed[] = {".shx", ".dbf", ".prj"};
    const char *missing = "";
    bool unreadable = false;
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        void *part = okrug_shapefile_part(ctx, workbook->ogr, path, needed[i]);
        if (part == NULL) {
            missing = okrug_text_listed(ctx, missing, okrug_text(ctx, "%s%s", stem(ctx, name), needed[i]));
            unreadable = unreadable || i < 2;
        }
        okrug_ogr_file_close(workbook->ogr, part);
    }
    workbook->missing = missing[0] != '\0' ? missing : NULL;
    return unreadable ? okrug_fail(ctx, OKRUG_BAD_INPUT, "shapefile-incomplete", &(okrug_place){.file = request->path},
                                   "missing", missing, (char *)NULL)
                      : OKRUG_OK;
}

static okrug_status open_shapefile(okrug_ctx *ctx, okrug_workbook *workbook, const okrug_source_request *request,
                                   const char *path, const char *name) {
    OKRUG_TRY(check_shapefile(ctx, workbook, request, path, name));
    OKRUG_TRY(okrug_dbf_encoding(ctx, workbook->ogr, path, request->encoding, &workbook->encoding));
    return okrug_ogr_open(workbook->ogr, path, OKRUG_OGR_SHAPEFILE, workbook->encoding)
               ? OKRUG_OK
               : unreadable(ctx, workbook, request->path, "shapefile");
}

okrug_status okrug_workbook_open(okrug_ctx *ctx, const okrug_source_request *request, const char *format,
                                 okrug_workbook *workbook) {
    *workbook = (okrug_workbook){.path = request->path};
    bool ods = strcmp(format, "ods") == 0;
    workbook->opendocument = ods;
    workbook->sheets = ods || strcmp(format, "xlsx") == 0;
    OKRUG_TRY(hash_source(ctx, request, workbook->sha256));
    OKRUG_TRY(okrug_ogr_new(ctx, &workbook->ogr));
    if (request->bytes != NULL) {
        workbook->path = okrug_ogr_mount(workbook->ogr, request->path, request->bytes, request->length);
        if (workbook->path == NULL) {
            return no_memory(ctx);
        }
    }
    if (workbook->sheets) {
        OKRUG_TRY(okrug_archive_check(ctx, workbook->ogr, workbook->path, request->path, true));
    }
    if (strcmp(format, "shapefile") == 0) {
        return okrug_name_ends(workbook->path, ".zip")
                   ? open_zip(ctx, workbook, request->path)
                   : open_shapefile(ctx, workbook, request, workbook->path, request->path);
    }
    okrug_ogr_driver driver = ods ? OKRUG_OGR_ODS : workbook->sheets ? OKRUG_OGR_XLSX : OKRUG_OGR_GEOPACKAGE;
    return okrug_ogr_open(workbook->ogr, workbook->path, driver, NULL)
               ? OKRUG_OK
               : unreadable(ctx, workbook, request->path, format);
}

void okrug_workbook_close(okrug_workbook *workbook) {
    okrug_ogr_close(workbook->ogr);
    okrug_words_free(workbook->zipped);
    okrug_sheet_flaws_free(&workbook->flaws);
    *workbook = (okrug_workbook){0};
}

okrug_status okrug_workbook_trouble(okrug_ctx *ctx, const okrug_workbook *workbook,
                                    const okrug_source_request *request) {
    const char *trouble = trouble_of(ctx, workbook, request->path, workbook->sheets);
    return trouble[0] == '\0' ? OKRUG_OK
                              : okrug_fail(ctx, OKRUG_BAD_INPUT, "part-damaged", &(okrug_place){.file = request->path},
                                           "reason", trouble, (char *)NULL);
}

/* ---- Parts ---- */

/* Rows of a sheet that are not blank: a sheet that was formatted and never filled has none. */
static int64_t filled_rows(okrug_ogr *ogr, int layer) {
    int64_t rows = 0;
    okrug_ogr_choose(ogr, layer, false);
    int fields = okrug_ogr_fields(ogr);
    while (okrug_ogr_next(ogr)) {
        bool filled = false;
        for (int f = 0; f < fields && !filled; f++) {
            const char *text = okrug_ogr_text(ogr, f);
            filled = text != NULL && text[0] != '\0';
        }
        rows += filled;
    }
    return rows;
}

okrug_status okrug_workbook_parts(okrug_ctx *ctx, okrug_workbook *workbook, okrug_part **parts, int *count) {
    bool zipped = workbook->zipped != NULL;
    *count = zipped ? okrug_words_count(workbook->zipped) : okrug_ogr_layers(workbook->ogr);
    *parts = OKRUG_SCRATCH(ctx, *count, okrug_part);
    if (*parts == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < *count; i++) {
        okrug_part *part = &(*parts)[i];
        *part = (okrug_part){.kind = workbook->sheets ? "sheet" : "layer", .rows = -1};
        if (zipped) {
            part->name = stem(ctx, okrug_words_text(workbook->zipped, i));
            continue;
        }
        const char *name = okrug_ogr_layer_name(workbook->ogr, i);
        part->name = okrug_text(ctx, "%s", name);
        if (part->name[0] != name[0]) {
            return no_memory(ctx);
        }
        part->rows = workbook->sheets ? filled_rows(workbook->ogr, i) : okrug_ogr_layer_rows(workbook->ogr, i);
        OKRUG_TRY(okrug_check_cancel(ctx));
    }
    return OKRUG_OK;
}

static okrug_status not_chosen(okrug_ctx *ctx, const okrug_source_request *request, const okrug_part *parts,
                               int count) {
    okrug_place place = {.file = request->path};
    const char *known = "";
    int filled = 0;
    for (int i = 0; i < count; i++) {
        if (request->part != NULL || parts[i].rows != 0) {
            known = okrug_text_listed(ctx, known, parts[i].name);
            filled++;
        }
    }
    if (request->part != NULL) {
        return okrug_fail(ctx, OKRUG_NOT_FOUND, "unknown-part", &place, "part", request->part, "known", known,
                          (char *)NULL);
    }
    return filled == 0 ? okrug_fail(ctx, OKRUG_BAD_INPUT, "empty-file", &place, (char *)NULL)
                       : okrug_fail(ctx, OKRUG_BAD_INPUT, "several-parts", &place, "parts", known, (char *)NULL);
}

okrug_status okrug_workbook_choose(okrug_ctx *ctx, okrug_workbook *workbook, const okrug_source_request *request,
                                   const char **part) {
    okrug_part *parts = NULL;
    int count = 0;
    OKRUG_TRY(okrug_workbook_parts(ctx, workbook, &parts, &count));
    int chosen = -1;
    int candidates = 0;
    for (int i = 0; i < count; i++) {
        bool fits = request->part == NULL ? parts[i].rows != 0 : strcmp(parts[i].name, request->part) == 0;
        candidates += fits;
        chosen = fits && chosen < 0 ? i : chosen;
    }
    OKRUG_TRY(okrug_workbook_trouble(ctx, workbook, request));
    if (candidates == 0 || (request->part == NULL && candidates > 1)) {
        return not_chosen(ctx, request, parts, count);
    }
    *part = parts[chosen].name;
    if (workbook->zipped != NULL) {
        const char *inner =
            okrug_text(ctx, "/vsizip/{%s}/%s", workbook->path, okrug_words_text(workbook->zipped, chosen));
        OKRUG_TRY(open_shapefile(ctx, workbook, request, inner, okrug_words_text(workbook->zipped, chosen)));
        chosen = 0;
    }
    if (workbook->sheets) {
        OKRUG_TRY(okrug_sheet_flaws_find(ctx, workbook->ogr, workbook->path, chosen, workbook->opendocument,
                                         &workbook->flaws));
    }
    bool geographic = !workbook->sheets;
    return okrug_ogr_choose(workbook->ogr, chosen, geographic)
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_INPUT, "crs-unusable", &(okrug_place){.file = request->path}, "reason",
                            trouble_of(ctx, workbook, request->path, true), (char *)NULL);
}
