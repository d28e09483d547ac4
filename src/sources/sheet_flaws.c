/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks at the tags of one sheet. Which member of the zip the sheet is stands in the workbook's list of sheets and in
 * the list of relations beside it; both are where the library looks for them.
 */
#include "sources/sheet_flaws.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

#include "sources/tags.h"

enum { BLOCK = 64 * 1024, COLUMN_BITS = 18, FLAW_BITS = 2 };

static const double LONG_NUMBER = 1e15; /* the least whole number of 16 digits */

/* ---- Which member ------------------------------------------------------------------------------------------------ */

typedef struct {
    okrug_buffer links; /* name NUL target NUL, of each sheet */
    int layer;          /* sheets still to come before the one that is sought */
    okrug_buffer member;
} member_search;

/* An attribute's value as a text of its own. */
static void add_value(okrug_buffer *out, const char *value) {
    okrug_buffer_add(out, value, strcspn(value, value[-1] == '\'' ? "'" : "\""));
    okrug_buffer_add(out, "", 1);
}

static void take_link(void *user, const char *tag, const char *before) {
    static const char kind[] = "/worksheet";
    member_search *search = user;
    (void)before;
    const char *id = okrug_tag_attribute(tag, "Id");
    const char *type = okrug_tag_attribute(tag, "Type");
    const char *target = okrug_tag_attribute(tag, "Target");
    if (!okrug_tag_is(tag, "Relationship") || id == NULL || type == NULL || target == NULL) {
        return;
    }
    size_t length = strcspn(type, "\"'");
    if (length >= sizeof kind - 1 && memcmp(type + length - (sizeof kind - 1), kind, sizeof kind - 1) == 0) {
        add_value(&search->links, id);
        add_value(&search->links, target);
    }
}

static void take_sheet(void *user, const char *tag, const char *before) {
    member_search *search = user;
    okrug_buffer id = {0};
    (void)before;
    const char *value = okrug_tag_attribute(tag, "r:id");
    if (!okrug_tag_is(tag, "sheet") || value == NULL || search->layer < 0) {
        return;
    }
    add_value(&id, value);
    const char *at = search->links.bytes;
    const char *end = at == NULL ? NULL : at + search->links.length;
    bool found = false;
    while (at != end && !found && !id.failed) {
        const char *target = at + strlen(at) + 1;
        found = strcmp(at, id.bytes) == 0;
        if (found && search->layer == 0) {
            okrug_buffer_add_text(&search->member, target[0] == '/' ? target + 1 : "xl/");
            okrug_buffer_add_text(&search->member, target[0] == '/' ? "" : target);
        }
        at = target + strlen(target) + 1;
    }
    search->member.failed = search->member.failed || id.failed;
    search->layer -= found;
    okrug_buffer_free(&id);
}

/* Hands every tag of a member on; a member that is not there has none. */
static okrug_status scan(okrug_ctx *ctx, okrug_ogr *ogr, const char *path, const char *member, okrug_take_tag_fn *take,
                         void *user) {
    const char *whole = okrug_text(ctx, "/vsizip/{%s}/%s", path, member);
    char *block = malloc(BLOCK);
    if (whole[0] == '\0' || block == NULL) {
        free(block);
        return OKRUG_NO_MEMORY;
    }
    okrug_tags tags = okrug_tags_begin();
    void *file = okrug_ogr_file_open(ogr, whole);
    okrug_status status = OKRUG_OK;
    for (size_t got = file == NULL ? 0 : BLOCK; got > 0 && status == OKRUG_OK;) {
        got = okrug_ogr_file_read(ogr, file, block, BLOCK);
        okrug_tags_scan(&tags, block, got, take, user);
        status = okrug_check_cancel(ctx);
    }
    okrug_ogr_file_close(ogr, file);
    free(block);
    return status;
}

static okrug_status find_member(okrug_ctx *ctx, okrug_ogr *ogr, const char *path, member_search *search) {
    OKRUG_TRY(scan(ctx, ogr, path, "xl/_rels/workbook.xml.rels", take_link, search));
    OKRUG_TRY(okrug_buffer_status(&search->links));
    OKRUG_TRY(scan(ctx, ogr, path, "xl/workbook.xml", take_sheet, search));
    return okrug_buffer_status(&search->member);
}

/* ---- Its cells --------------------------------------------------------------------------------------------------- */

typedef struct {
    okrug_sheet_flaws *flaws;
    bool no_memory;
    int64_t row;
    int64_t column; /* from 1 */
    bool number;    /* the cell is no text, truth value or error */
    bool text;      /* what a formula gives is a text, which may be empty */
    bool formula;
    bool valued;
} cell_scan;

static int64_t key_of(int64_t row, int64_t column) {
    return (row << (COLUMN_BITS + FLAW_BITS)) | (column << FLAW_BITS);
}

static void add_flaw(cell_scan *scan, okrug_flaw flaw) {
    okrug_sheet_flaws *flaws = scan->flaws;
    if (flaws->count == flaws->room) {
        int64_t room = flaws->room == 0 ? 256 : flaws->room * 2;
        int64_t *moved = realloc(flaws->cell, (size_t)room * sizeof *moved);
        if (moved == NULL) {
            scan->no_memory = true;
            return;
        }
        flaws->cell = moved;
        flaws->room = room;
    }
    flaws->cell[flaws->count++] = key_of(scan->row, scan->column) | (int64_t)flaw;
}

static void begin_cell(cell_scan *scan, const char *tag) {
    const char *place = okrug_tag_attribute(tag, "r");
    const char *type = okrug_tag_attribute(tag, "t");
    int64_t column = okrug_tag_column(place);
    scan->column = column > 0 ? column : scan->column + 1;
    scan->number = type == NULL || strncmp(type, "n\"", 2) == 0 || strncmp(type, "n'", 2) == 0;
    scan->text = type != NULL && strncmp(type, "str", 3) == 0;
    scan->formula = false;
    scan->valued = false;
}

static bool is_blank(const char *text) {
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* One digit before the dot, or one or two and a single one after it. */
static bool is_trimmed(double value) {
    char text[OKRUG_NUMBER_TEXT];
    if (value <= 0.0 || value >= 100.0 || value == floor(value)) {
        return false;
    }
    size_t length = okrug_number_write(value, text);
    size_t before = strcspn(text, ".");
    return before < length && length <= 5 && (before == 1 || length - before == 2);
}

static void take_value(cell_scan *scan, const char *text) {
    double value = 0.0;
    scan->valued = !is_blank(text);
    if (!scan->number || !okrug_number_read(text, strlen(text), &value)) {
        return;
    }
    if (fabs(value) >= LONG_NUMBER && value == floor(value)) {
        add_flaw(scan, OKRUG_FLAW_ROUNDED);
    } else if (is_trimmed(value)) {
        add_flaw(scan, OKRUG_FLAW_TRIMMED);
    }
}

static void take_tag(void *user, const char *tag, const char *before) {
    cell_scan *scan = user;
    if (okrug_tag_is(tag, "row")) {
        scan->row = okrug_tag_number(tag, "r", scan->row + 1) & INT32_MAX;
        scan->column = 0;
    } else if (okrug_tag_is(tag, "c")) {
        begin_cell(scan, tag);
    } else if (okrug_tag_is(tag, "f")) {
        scan->formula = true;
    } else if (okrug_tag_is(tag, "/v")) {
        take_value(scan, before);
    } else if (okrug_tag_is(tag, "/c") && scan->formula && !scan->valued && !scan->text) {
        add_flaw(scan, OKRUG_FLAW_NO_VALUE);
    }
}

/* ---- The cells of an .ods: all sheets in one member -------------------------------------------------------------- */

typedef struct {
    cell_scan cells;
    int layer;       /* sheets still to come before the one that is sought; below 0: it is past */
    int64_t repeats; /* of the row that is read */
} open_scan;

enum { REPEATS = 64 }; /* of one cell: no more are looked at, so that a few bytes cannot stand for millions */

static void take_open_cell(open_scan *scan, const char *tag) {
    cell_scan *cells = &scan->cells;
    int64_t columns = okrug_tag_number(tag, "table:number-columns-repeated", 1);
    columns = columns < 1 || columns > (1 << COLUMN_BITS) ? 1 : columns;
    const char *value = okrug_tag_attribute(tag, "office:value");
    const char *type = okrug_tag_attribute(tag, "office:value-type");
    double number = 0.0;
    if (value != NULL && type != NULL && strncmp(type, "float", 5) == 0 &&
        okrug_number_read(value, strcspn(value, "\"'"), &number) && is_trimmed(number)) {
        cell_scan at = *cells;
        for (int64_t r = 0; r < scan->repeats && r < REPEATS; r++) {
            for (int64_t c = 0; c < columns && c < REPEATS; c++) {
                at.row = cells->row + r;
                at.column = cells->column + 1 + c;
                add_flaw(&at, OKRUG_FLAW_TRIMMED);
            }
        }
        cells->no_memory = at.no_memory;
    }
    cells->column += columns;
}

static void take_open_tag(void *user, const char *tag, const char *before) {
    open_scan *scan = user;
    (void)before;
    if (okrug_tag_is(tag, "table:table")) {
        scan->layer--;
        scan->cells.row = 0;
        scan->repeats = 1;
    } else if (scan->layer != -1) {
        return;
    } else if (okrug_tag_is(tag, "table:table-row")) {
        scan->cells.row += scan->cells.row == 0 ? 1 : scan->repeats;
        scan->repeats = okrug_tag_number(tag, "table:number-rows-repeated", 1);
        scan->repeats = scan->repeats < 1 || scan->repeats > INT32_MAX ? 1 : scan->repeats;
        scan->cells.row &= INT32_MAX;
        scan->cells.column = 0;
    } else if (okrug_tag_is(tag, "table:table-cell") || okrug_tag_is(tag, "table:covered-table-cell")) {
        take_open_cell(scan, tag);
    }
}

static int compare(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

okrug_status okrug_sheet_flaws_find(okrug_ctx *ctx, okrug_ogr *ogr, const char *path, int layer, bool opendocument,
                                    okrug_sheet_flaws *flaws) {
    member_search search = {.layer = layer};
    open_scan cells = {.cells = {.flaws = flaws}, .layer = layer};
    *flaws = (okrug_sheet_flaws){0};
    okrug_status status = OKRUG_OK;
    if (opendocument) {
        status = scan(ctx, ogr, path, "content.xml", take_open_tag, &cells);
    } else {
        status = find_member(ctx, ogr, path, &search);
        if (status == OKRUG_OK && search.member.length > 0) {
            status = scan(ctx, ogr, path, search.member.bytes, take_tag, &cells.cells);
        }
    }
    okrug_buffer_free(&search.links);
    okrug_buffer_free(&search.member);
    status = status == OKRUG_OK && cells.cells.no_memory ? OKRUG_NO_MEMORY : status;
    if (status == OKRUG_NO_MEMORY) {
        return okrug_fail(ctx, status, "no-memory", NULL, (char *)NULL);
    }
    if (flaws->count > 0) {
        qsort(flaws->cell, (size_t)flaws->count, sizeof *flaws->cell, compare);
    }
    return status;
}

void okrug_sheet_flaws_free(okrug_sheet_flaws *flaws) {
    free(flaws->cell);
    *flaws = (okrug_sheet_flaws){0};
}

okrug_flaw okrug_sheet_flaw(const okrug_sheet_flaws *flaws, int64_t row, int column) {
    int64_t key = key_of(row, (int64_t)column + 1);
    int64_t from = 0;
    int64_t to = flaws->count;
    while (from < to) {
        int64_t middle = from + (to - from) / 2;
        if (flaws->cell[middle] < key) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    bool found = from < flaws->count && (flaws->cell[from] >> FLAW_BITS) == (key >> FLAW_BITS);
    return found ? (okrug_flaw)(flaws->cell[from] & ((1 << FLAW_BITS) - 1)) : OKRUG_FLAW_NONE;
}
