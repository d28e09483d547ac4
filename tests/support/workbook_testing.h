/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Workbooks made in memory: a zip of stored members, and the least that an .xlsx or an .ods must have around its
 * sheets.
 */
#ifndef OKRUG_TESTS_WORKBOOK_TESTING_H
#define OKRUG_TESTS_WORKBOOK_TESTING_H

#include <stdio.h>
#include <string.h>

#include <zlib.h>

#include <okrug/text.h>

typedef struct {
    okrug_buffer bytes;
    okrug_buffer directory;
    int members;
    okrug_buffer sheets; /* of the workbook's list */
    okrug_buffer links;
    int count;
} workbook;

static inline void put_number(okrug_buffer *out, uint64_t value, int size) {
    for (int i = 0; i < size; i++) {
        char byte = (char)(unsigned char)(value >> (8 * i));
        okrug_buffer_add(out, &byte, 1);
    }
}

static inline void zip_bytes(workbook *book, const char *name, const char *text, size_t length) {
    uint32_t sum = (uint32_t)crc32(0, (const unsigned char *)text, (unsigned)length);
    uint32_t at = (uint32_t)book->bytes.length;
    okrug_buffer *const both[] = {&book->bytes, &book->directory};
    for (int i = 0; i < 2; i++) {
        okrug_buffer_add(both[i], i == 0 ? "PK\3\4" : "PK\1\2\24", i == 0 ? 4 : 5);
        put_number(both[i], i == 0 ? 20 : 0, i == 0 ? 2 : 1);
        put_number(both[i], i == 0 ? 0 : 20, 2); /* flags, or the version needed */
        put_number(both[i], 0, i == 0 ? 2 : 4);  /* method, with the flags before it */
        put_number(both[i], 0x5A210000, 4);      /* time and date */
        put_number(both[i], sum, 4);
        put_number(both[i], (uint32_t)length, 4);
        put_number(both[i], (uint32_t)length, 4);
        put_number(both[i], (uint32_t)strlen(name), 2);
        put_number(both[i], 0, 2);
    }
    put_number(&book->directory, 0, 2 + 2 + 2);
    put_number(&book->directory, 0, 4);
    put_number(&book->directory, at, 4);
    okrug_buffer_add_text(&book->bytes, name);
    okrug_buffer_add_text(&book->directory, name);
    okrug_buffer_add(&book->bytes, text, length);
    book->members++;
}

static inline void zip_member(workbook *book, const char *name, const char *text) {
    zip_bytes(book, name, text, strlen(text));
}

static inline void zip_end(workbook *book) {
    uint32_t at = (uint32_t)book->bytes.length;
    okrug_buffer_add(&book->bytes, book->directory.bytes, book->directory.length);
    okrug_buffer_add(&book->bytes, "PK\5\6\0\0\0\0", 8);
    put_number(&book->bytes, (uint32_t)book->members, 2);
    put_number(&book->bytes, (uint32_t)book->members, 2);
    put_number(&book->bytes, (uint32_t)book->directory.length, 4);
    put_number(&book->bytes, at, 4);
    put_number(&book->bytes, 0, 2);
}

static inline void workbook_free(workbook *book) {
    okrug_buffer_free(&book->bytes);
    okrug_buffer_free(&book->directory);
    okrug_buffer_free(&book->sheets);
    okrug_buffer_free(&book->links);
}

#define XLSX_SPACE "http://schemas.openxmlformats.org/"

static inline workbook xlsx_begin(void) {
    workbook book = {0};
    zip_member(&book, "[Content_Types].xml",
               "<Types xmlns=\"" XLSX_SPACE "package/2006/content-types\"><Override PartName=\"/xl/worksheets/1.xml\" "
               "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
    /* Styles: 0 general, 1 a date, 2 a date with a time. */
    zip_member(&book, "xl/styles.xml",
               "<styleSheet xmlns=\"" XLSX_SPACE "spreadsheetml/2006/main\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/>"
               "<xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>");
    return book;
}

/* `rows`: the XML inside <sheetData>. */
static inline void xlsx_sheet(workbook *book, const char *name, const char *rows) {
    char path[40];
    okrug_buffer text = {0};
    book->count++;
    snprintf(path, sizeof path, "xl/worksheets/%d.xml", book->count);
    okrug_buffer_add_format(&text, "<worksheet xmlns=\"" XLSX_SPACE "spreadsheetml/2006/main\"><sheetData>%s", rows);
    okrug_buffer_add_text(&text, "</sheetData></worksheet>");
    zip_member(book, path, text.bytes);
    okrug_buffer_free(&text);
    okrug_buffer_add_format(&book->sheets, "<sheet name=\"%s\" sheetId=\"%d\" r:id=\"r%d\"/>", name, book->count,
                            book->count);
    okrug_buffer_add_format(&book->links,
                            "<Relationship Id=\"r%d\" Type=\"" XLSX_SPACE
                            "officeDocument/2006/relationships/worksheet\" Target=\"worksheets/%d.xml\"/>",
                            book->count, book->count);
}

static inline void xlsx_end(workbook *book) {
    okrug_buffer text = {0};
    okrug_buffer_add_format(&text,
                            "<workbook xmlns=\"" XLSX_SPACE "spreadsheetml/2006/main\" xmlns:r=\"" XLSX_SPACE
                            "officeDocument/2006/relationships\"><sheets>%s</sheets></workbook>",
                            book->sheets.bytes);
    zip_member(book, "xl/workbook.xml", text.bytes);
    okrug_buffer_clear(&text);
    okrug_buffer_add_format(&text,
                            "<Relationships xmlns=\"" XLSX_SPACE "package/2006/relationships\">%s<Relationship "
                            "Id=\"s\" Type=\"" XLSX_SPACE
                            "officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
                            book->links.bytes);
    zip_member(book, "xl/_rels/workbook.xml.rels", text.bytes);
    okrug_buffer_free(&text);
    zip_end(book);
}

/* A row of cells, "#" beginning a number as it is stored: XLSX_ROW(4, "A=region", "B=#1.5"). */
static inline void xlsx_row(okrug_buffer *rows, int row, const char *const *cells) {
    okrug_buffer_add_format(rows, "<row r=\"%d\">", row);
    for (; *cells != NULL; cells++) {
        const char *equals = strchr(*cells, '=');
        int letters = (int)(equals - *cells);
        if (equals[1] == '#' && equals[2] != '\0') {
            okrug_buffer_add_format(rows, "<c r=\"%.*s%d\"><v>%s</v></c>", letters, *cells, row, equals + 2);
        } else {
            okrug_buffer_add_format(rows, "<c r=\"%.*s%d\" t=\"inlineStr\"><is><t>%s</t></is></c>", letters, *cells,
                                    row, equals + 1);
        }
    }
    okrug_buffer_add_text(rows, "</row>");
}
#define XLSX_ROW(rows, row, ...) xlsx_row((rows), (row), (const char *const[]){__VA_ARGS__, NULL})

#endif
