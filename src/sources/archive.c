/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sizes of a zip's members, and the extent of the sheets among them.
 *
 * The library makes every row of a sheet as wide as the widest, and fills gaps between rows: a file of some kilobytes
 * may name a cell in column XFD and a million rows. So the tags of rows and cells are counted first. This is no parser
 * of spreadsheets: it looks at tags one by one and keeps nothing but the numbers.
 */
#include "sources/archive.h"

#include <stdlib.h>
#include <string.h>

#include "sources/tags.h"

enum { BLOCK = 64 * 1024, MEMBERS_MAX = 20000, REPEATS_MAX = 10000 };
static const int64_t UNPACKED_MAX = INT64_C(512) << 20;
static const int64_t CELLS_MAX = 20000000;

typedef struct {
    int64_t rows;
    int64_t last_row; /* the highest number that a row gives itself */
    int64_t column;
    int64_t widest;
} extent;

typedef struct {
    okrug_ctx *ctx;
    okrug_ogr *ogr;
    const char *path;
    const char *file;
    bool sheets;
    int64_t members;
    int64_t unpacked;
    okrug_words *names; /* of members that may be sheets */
    okrug_status status;
} check;

static void take_cell(extent *sheet, const char *place) {
    int64_t column = okrug_tag_column(place);
    sheet->column = column > 0 ? column : sheet->column + 1;
    sheet->widest = sheet->column > sheet->widest ? sheet->column : sheet->widest;
}

static void take_repeated_cell(extent *sheet, const char *tag) {
    int64_t times = okrug_tag_number(tag, "table:number-columns-repeated", 1);
    sheet->column += times < 1 ? 1 : times;
    bool filled =
        okrug_tag_attribute(tag, "office:value-type") != NULL || okrug_tag_attribute(tag, "table:formula") != NULL;
    if (filled && sheet->column > sheet->widest) {
        sheet->widest = sheet->column;
    }
}

static void take_tag(void *user, const char *tag, const char *before) {
    extent *sheet = user;
    (void)before;
    if (okrug_tag_is(tag, "c")) {
        take_cell(sheet, okrug_tag_attribute(tag, "r"));
    } else if (okrug_tag_is(tag, "row")) {
        int64_t number = okrug_tag_number(tag, "r", 0);
        sheet->rows++;
        sheet->column = 0;
        sheet->last_row = number > sheet->last_row ? number : sheet->last_row;
    } else if (okrug_tag_is(tag, "table:table-cell") || okrug_tag_is(tag, "table:covered-table-cell")) {
        take_repeated_cell(sheet, tag);
    } else if (okrug_tag_is(tag, "table:table-row")) {
        int64_t times = okrug_tag_number(tag, "table:number-rows-repeated", 1);
        sheet->rows += times < 1 || times > REPEATS_MAX ? 1 : times; /* more than that is refused by the library */
        sheet->column = 0;
    } else if (okrug_tag_is(tag, "table:table")) {
        sheet->rows = 0;
        sheet->widest = 0;
    }
}

static bool too_large(const extent *sheet) {
    int64_t rows = sheet->rows > sheet->last_row ? sheet->rows : sheet->last_row;
    return rows > CELLS_MAX || sheet->widest > CELLS_MAX || rows * (sheet->widest < 1 ? 1 : sheet->widest) > CELLS_MAX;
}

static okrug_status look_at_sheet(check *what, const char *member, char *block) {
    extent sheet = {0};
    okrug_tags tags = okrug_tags_begin();
    const char *path = okrug_text(what->ctx, "/vsizip/{%s}/%s", what->path, member);
    if (path[0] == '\0') {
        return okrug_fail(what->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    void *file = okrug_ogr_file_open(what->ogr, path);
    size_t got = file == NULL ? 0 : BLOCK;
    bool large = false;
    okrug_status status = OKRUG_OK;
    while (got > 0 && !large && status == OKRUG_OK) {
        got = okrug_ogr_file_read(what->ogr, file, block, BLOCK);
        okrug_tags_scan(&tags, block, got, take_tag, &sheet);
        large = too_large(&sheet);
        status = okrug_check_cancel(what->ctx);
    }
    okrug_ogr_file_close(what->ogr, file);
    if (large) {
        return okrug_fail(what->ctx, OKRUG_BAD_INPUT, "sheet-too-large", &(okrug_place){.file = what->file}, "limit",
                          "20000000", "member", member, (char *)NULL);
    }
    return status;
}

static bool take_member(void *user, const char *name, int64_t size) {
    check *what = user;
    size_t length = strlen(name);
    what->members++;
    what->unpacked += size < 0 || size > UNPACKED_MAX ? UNPACKED_MAX + 1 : size;
    if (what->unpacked > UNPACKED_MAX || what->members > MEMBERS_MAX) {
        what->status = okrug_fail(what->ctx, OKRUG_BAD_INPUT, "archive-too-large", &(okrug_place){.file = what->file},
                                  "limit", "512 MiB", (char *)NULL);
    } else if (what->sheets && length > 4 && strcmp(name + length - 4, ".xml") == 0 &&
               okrug_words_add(what->names, name, length) < 0) {
        what->status = okrug_fail(what->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    return what->status == OKRUG_OK;
}

okrug_status okrug_archive_check(okrug_ctx *ctx, okrug_ogr *ogr, const char *path, const char *file, bool sheets) {
    check what = {.ctx = ctx, .ogr = ogr, .path = path, .file = file, .sheets = sheets, .names = okrug_words_new()};
    char *block = malloc(BLOCK);
    if (what.names == NULL || block == NULL) {
        what.status = okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    } else if (!okrug_ogr_members(ogr, path, take_member, &what)) {
        what.status = okrug_fail(ctx, OKRUG_BAD_INPUT, "archive-damaged", &(okrug_place){.file = file}, "reason", "zip",
                                 (char *)NULL);
    }
    for (int32_t i = 0; what.status == OKRUG_OK && block != NULL && i < okrug_words_count(what.names); i++) {
        what.status = look_at_sheet(&what, okrug_words_text(what.names, i), block);
    }
    free(block);
    okrug_words_free(what.names);
    return what.status;
}
