/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libxlsxwriter.
 *
 * The library writes numbers with 16 digits, which are not enough to read every double back. It keeps the rows of a
 * sheet in a file of its own until the workbook is closed; there each number is put in again with all its digits.
 * It also takes the time of day for the workbook where none is given; ours is fixed, so that the bytes are the same.
 */
#include "writers/xlsx_book.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const time_t no_time_of_day = 315532800; /* 1980-01-01, the earliest that the format knows */

/* ---- The workbook ------------------------------------------------------------------------------------------------ */

static okrug_status cannot_write(okrug_ctx *ctx, const char *cause) {
    return okrug_fail(ctx, OKRUG_WRITE_FAILED, "cannot-write", NULL, "cause", cause, (char *)NULL);
}

okrug_status okrug_book_open(okrug_book *b) {
    char path[64];
    char text[128];
    b->names = okrug_words_new();
    if (b->names == NULL) {
        return OKRUG_NO_MEMORY;
    }
    b->descriptor = memfd_create("okrug", MFD_CLOEXEC);
    if (b->descriptor < 0) {
        return cannot_write(b->ctx, strerror_r(errno, text, sizeof text));
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", b->descriptor);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    b->workbook = workbook_new_opt(path, &options);
    if (b->workbook == NULL) {
        return OKRUG_NO_MEMORY;
    }
    lxw_doc_properties properties = {.created = no_time_of_day};
    workbook_set_properties(b->workbook, &properties);
    b->head = workbook_add_format(b->workbook);
    format_set_bold(b->head);
    format_set_text_wrap(b->head);
    format_set_align(b->head, LXW_ALIGN_VERTICAL_TOP);
    format_set_bottom(b->head, LXW_BORDER_THIN);
    b->text = workbook_add_format(b->workbook);
    format_set_num_format(b->text, "@");
    b->bold = workbook_add_format(b->workbook);
    format_set_bold(b->bold);
    b->wrapped = workbook_add_format(b->workbook);
    format_set_text_wrap(b->wrapped);
    format_set_align(b->wrapped, LXW_ALIGN_VERTICAL_TOP);
    for (int d = 0; d < DECIMALS; d++) {
        char format[32] = "#,##0.000000";
        format[d == 0 ? 5 : 6 + d] = '\0';
        b->number[d] = workbook_add_format(b->workbook);
        format_set_num_format(b->number[d], format);
    }
    return OKRUG_OK;
}

static okrug_status take_bytes(okrug_book *b, okrug_buffer *out) {
    off_t size = lseek(b->descriptor, 0, SEEK_END);
    void *bytes = size > 0 ? mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, b->descriptor, 0) : MAP_FAILED;
    if (bytes == MAP_FAILED) {
        return cannot_write(b->ctx, "mmap");
    }
    okrug_buffer_add(out, bytes, (size_t)size);
    munmap(bytes, (size_t)size);
    return okrug_buffer_status(out);
}

okrug_status okrug_book_close(okrug_book *b, okrug_status status, okrug_buffer *out) {
    if (b->workbook != NULL) {
        lxw_error error = workbook_close(b->workbook); /* frees it in any case */
        if (status == OKRUG_OK && error != LXW_NO_ERROR) {
            status =
                error == LXW_ERROR_MEMORY_MALLOC_FAILED ? OKRUG_NO_MEMORY : cannot_write(b->ctx, lxw_strerror(error));
        }
    }
    status = status == OKRUG_OK ? take_bytes(b, out) : status;
    if (b->descriptor >= 0) {
        close(b->descriptor);
    }
    okrug_words_free(b->names);
    okrug_buffer_free(&b->columns);
    return status;
}

/* ---- Sheets ------------------------------------------------------------------------------------------------------ */

/* The first characters of the text, those that a name cannot have replaced; at most `most` characters. */
static void plain_name(const char *wanted, int most, char plain[SHEET_NAME]) {
    size_t length = 0;
    int count = 0;
    for (const char *c = wanted; *c != '\0'; c++) {
        count += ((unsigned char)*c & 0xC0) != 0x80;
        if (count > most) {
            break;
        }
        bool good = strchr("[]:*?/\\'", *c) == NULL && (unsigned char)*c >= 0x20;
        plain[length++] = good ? *c : '_';
    }
    plain[length] = '\0';
}

/* A name that a sheet can have: 31 characters, none of []:*?/\, different from all others but for capitals. */
static okrug_status sheet_name(okrug_book *b, const char *wanted, char name[SHEET_NAME]) {
    for (int attempt = 1; attempt < 1000; attempt++) {
        char plain[SHEET_NAME];
        char folded[SHEET_NAME];
        plain_name(wanted[0] == '\0' ? "_" : wanted, attempt == 1 ? NAME_LENGTH : NAME_LENGTH - 4, plain);
        snprintf(name, SHEET_NAME, attempt == 1 ? "%s" : "%s_%d", plain, attempt);
        for (size_t i = 0; i <= strlen(name); i++) {
            folded[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
        }
        int32_t before = okrug_words_count(b->names);
        int32_t word = okrug_words_add(b->names, folded, strlen(folded));
        if (word < 0 || word == before) {
            return word < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
        }
    }
    return OKRUG_NO_MEMORY;
}

okrug_status okrug_book_sheet(okrug_book *b, const char *wanted, lxw_worksheet **sheet, char name[SHEET_NAME]) {
    OKRUG_TRY(sheet_name(b, wanted, name));
    *sheet = workbook_add_worksheet(b->workbook, name);
    return *sheet == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
}

/* strstr would do, but under the sanitizer it measures all that follows each time. */
static const char *find_tag(const char *at, const char *tag) {
    at = strchr(at, '<');
    while (at != NULL && strncmp(at, tag, strlen(tag)) != 0) {
        at = strchr(at + 1, '<');
    }
    return at;
}

/* Puts the numbers, in order, in place of those that the library wrote. */
okrug_status okrug_book_all_digits(okrug_book *b, lxw_worksheet *sheet, const double *number, int64_t count) {
    okrug_buffer before = {0};
    okrug_buffer after = {0};
    char piece[4096];
    lxw_worksheet_write_single_row(sheet);
    FILE *rows = sheet->optimize_tmpfile;
    rewind(rows);
    for (size_t got = fread(piece, 1, sizeof piece, rows); got > 0; got = fread(piece, 1, sizeof piece, rows)) {
        okrug_buffer_add(&before, piece, got);
    }
    const char *at = before.bytes != NULL ? before.bytes : "";
    int64_t done = 0;
    for (const char *found = find_tag(at, "<v>"); found != NULL && done < count; found = find_tag(at, "<v>")) {
        const char *end = find_tag(found, "</v>");
        if (end == NULL) {
            break;
        }
        okrug_buffer_add(&after, at, (size_t)(found - at) + 3);
        okrug_buffer_add_number(&after, number[done++]);
        at = end;
    }
    okrug_buffer_add_text(&after, at);
    okrug_status status = before.failed || after.failed ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK && done != count) {
        status = cannot_write(b->ctx, "libxlsxwriter"); /* which does not tell that its own file ran out of room */
    }
    if (status == OKRUG_OK && after.length > 0) {
        rewind(rows);
        bool written = fwrite(after.bytes, 1, after.length, rows) == after.length && fflush(rows) == 0 &&
                       ftruncate(fileno(rows), (off_t)after.length) == 0;
        char text[128];
        status = written ? OKRUG_OK : cannot_write(b->ctx, strerror_r(errno, text, sizeof text));
    }
    okrug_buffer_free(&before);
    okrug_buffer_free(&after);
    return status;
}
