/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sheet of a workbook -> rows. The line of a row is its number in the sheet.
 *
 * Every cell comes as the text that the workbook stores: a number with a dot and up to 17 digits, a text as it was
 * typed. What reads as a plain number is taken for a number; texts with a decimal comma or spaces between thousands are
 * read in the style that they show, as in delimited files.
 *
 * Left out are blank rows, columns without a header and without cells, and notes below the table: rows at the end with
 * one cell, after a blank row or with a footnote's mark. The latter is said.
 */
#include "sources/header_rows.h"
#include "sources/readers.h"

#include <stdlib.h>
#include <string.h>

#include <okrug/text.h>

enum { ROWS_A_LOOK = 1024, TITLE_ROWS = 50, CELL_MAX = 1024 * 1024, PLAIN_MAX = 64 };

typedef struct {
    okrug_rows *rows;
    okrug_ogr *ogr;
    const okrug_sheet_flaws *flaws;
    int width;                      /* columns of the sheet */
    int fields;                     /* of them those that are looked at */
    int *column;                    /* of each field: its place in the sheet, from 0 */
    okrug_cell *cell;               /* of each field, in the row that is read */
    char (*own)[OKRUG_NUMBER_TEXT]; /* of each field: room for a number written anew */
    int64_t header_row;             /* 0: there is none */
    int64_t header_last;            /* the same, where it has one row */
    okrug_header_rows header;
    bool named_all;     /* the names of the columns are known */
    int64_t first_data; /* the row below the header; 0: not met yet */
    bool goes_on;       /* it looks like a part of the header */
    int64_t notes_from; /* the first row of the notes below the table; 0: none */
    char note[96];
    int64_t without_value; /* cells that are read: formulas that have none */
    int64_t first_row;     /* of them */
    int first_column;
    okrug_header_doubt doubt;
    int named;
} sheet_reader;

static okrug_status no_memory(okrug_rows *rows) {
    return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
}

/* ---- Cells ---- */

static bool is_date(const char *text, size_t length) {
    static const char form[] = "0000/00/00";
    for (size_t i = 0; i < sizeof form - 1; i++) {
        if (i >= length || (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])) {
            return false;
        }
    }
    return length == 10 || (length >= 19 && text[10] == ' ' && text[13] == ':' && text[16] == ':');
}

/* Numbers as programs write them into workbooks: 1.0 and 4.0101E7 are whole, 1.1000000000000001 has noise. */
static bool is_rough(const char *text, size_t length) {
    size_t digits = 0;
    bool dot = memchr(text, '.', length) != NULL;
    const char *power = memchr(text, 'E', length);
    if (power != NULL && power + 1 < text + length && power[1] == '+') {
        return false; /* as a spreadsheet shows it: as a code it is refused */
    }
    for (size_t i = 0; i < length; i++) {
        digits += text[i] >= '0' && text[i] <= '9';
    }
    size_t sign = length > 0 && text[0] == '-';
    bool zeros = length > sign + 1 && text[sign] == '0' && text[sign + 1] != '.';
    return dot && !zeros && (digits > 15 || power != NULL || (length > 2 && memcmp(text + length - 2, ".0", 2) == 0));
}

/* What the library gives of an .ods where it keeps no value of a formula. */
static bool is_formula(const char *text) {
    return strncmp(text, "of:=", 4) == 0;
}

/* The cell as the rows take it. `own`: room for a text that is written anew. */
static okrug_cell take_cell(const char *text, char own[OKRUG_NUMBER_TEXT]) {
    okrug_cell cell = okrug_cell_trim((okrug_cell){.text = text, .length = text == NULL ? 0 : strlen(text)});
    double value;
    if (cell.text == NULL || cell.length == 0 || is_formula(cell.text)) {
        return (okrug_cell){0};
    }
    if (is_date(cell.text, cell.length) && cell.length < OKRUG_NUMBER_TEXT) {
        memcpy(own, cell.text, cell.length);
        own[4] = own[7] = '-';
        own[cell.length > 10 ? 10 : 0] = cell.length > 10 ? 'T' : own[0];
        return (okrug_cell){.text = own, .length = cell.length};
    }
    cell.plain = cell.length < PLAIN_MAX && okrug_number_read(cell.text, cell.length, &value);
    if (cell.plain && is_rough(cell.text, cell.length)) {
        cell.length = okrug_number_write(value, own);
        cell.text = own;
    }
    return cell;
}

static bool fill_cells(sheet_reader *reader, int64_t row) {
    bool any = false;
    for (int f = 0; f < reader->fields; f++) {
        reader->cell[f] = take_cell(okrug_ogr_text(reader->ogr, reader->column[f]), reader->own[f]);
        okrug_flaw flaw =
            reader->cell[f].plain ? okrug_sheet_flaw(reader->flaws, row, reader->column[f]) : OKRUG_FLAW_NONE;
        reader->cell[f].rounded = flaw == OKRUG_FLAW_ROUNDED;
        reader->cell[f].trimmed = flaw == OKRUG_FLAW_TRIMMED;
        any = any || reader->cell[f].length > 0;
    }
    return any;
}

/* ---- The extent of the table ---- */

static bool begins_note(okrug_cell cell) {
    static const char *const marks[] = {"*",         "¹",        "²",         "³",    "1)",    "Примечани",
                                        "ПРИМЕЧАНИ", "Источник", "Справочно", "Note", "Source"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t length = strlen(marks[i]);
        if (cell.length >= length && memcmp(cell.text, marks[i], length) == 0) {
            return true;
        }
    }
    return false;
}

static void note_row(sheet_reader *reader, int64_t row, int filled, okrug_cell one, bool *after_blank) {
    if (filled == 0) {
        *after_blank = true;
        return;
    }
    if (filled > 1) {
        reader->notes_from = 0;
    } else if (reader->notes_from == 0 && row > reader->header_last && (*after_blank || begins_note(one))) {
        size_t length = okrug_text_cut(one.text, one.length, sizeof reader->note - 1);
        memcpy(reader->note, one.text, length);
        reader->note[length] = '\0';
        reader->notes_from = row;
    }
    *after_blank = false;
}

/* Which columns have anything from the header on, where the header is, where notes begin. */
static okrug_status survey(sheet_reader *reader, bool *used) {
    char own[OKRUG_NUMBER_TEXT];
    okrug_rows *rows = reader->rows;
    bool after_blank = false;
    int header_cells = 0;
    while (okrug_ogr_next(reader->ogr)) {
        int64_t row = okrug_ogr_number(reader->ogr);
        if (row < rows->request->header_row) {
            continue;
        }
        int filled = 0;
        okrug_cell one = {0};
        for (int c = 0; c < reader->width; c++) {
            okrug_cell cell = take_cell(okrug_ogr_text(reader->ogr, c), own);
            if (cell.length > 0) {
                used[c] = true;
                filled++;
                one = cell;
            }
            if (cell.length > CELL_MAX) {
                okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = row}, NULL);
                return okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "cell-too-long", &place, "limit", "1 MiB", (char *)NULL);
            }
        }
        if (reader->header_row == 0 && (filled > 0 || row == rows->request->header_row)) {
            reader->header_row = filled > 0 ? row : 0;
            reader->header_last =
                rows->request->header_last > reader->header_row ? rows->request->header_last : reader->header_row;
            if (filled == 0) {
                break; /* the row that was named is blank */
            }
        }
        if (row <= reader->header_last) {
            header_cells = filled > header_cells ? filled : header_cells;
        }
        note_row(reader, row, filled, one, &after_blank);
        if (row % ROWS_A_LOOK == 0) {
            OKRUG_TRY(okrug_check_cancel(rows->ctx));
        }
    }
    reader->notes_from = header_cells < 2 ? 0 : reader->notes_from;
    return OKRUG_OK;
}

static okrug_status begin(sheet_reader *reader) {
    reader->width = okrug_ogr_fields(reader->ogr);
    size_t room = (size_t)reader->width + 1;
    bool *used = calloc(room, sizeof *used);
    reader->column = calloc(room, sizeof *reader->column);
    reader->cell = calloc(room, sizeof *reader->cell);
    reader->own = calloc(room, sizeof *reader->own);
    if (used == NULL || reader->column == NULL || reader->cell == NULL || reader->own == NULL) {
        free(used);
        return no_memory(reader->rows);
    }
    okrug_status status = survey(reader, used);
    for (int c = 0; status == OKRUG_OK && c < reader->width; c++) {
        if (used[c]) {
            reader->column[reader->fields++] = c;
        }
    }
    free(used);
    return status;
}

/* ---- Rows ---- */

static okrug_status take_header(sheet_reader *reader, okrug_words *header) {
    okrug_rows *rows = reader->rows;
    rows->understood->header_row = reader->header_row;
    rows->understood->header_last = reader->header_last > reader->header_row ? reader->header_last : 0;
    reader->named_all = true;
    if (reader->header_last > reader->header_row && okrug_header_rows_join(&reader->header, reader->cell) != OKRUG_OK) {
        return no_memory(rows);
    }
    for (int f = 0; f < reader->fields; f++) {
        if (reader->cell[f].text == NULL) {
            reader->cell[f].text = "";
        }
        if (header != NULL && okrug_words_add(header, reader->cell[f].text, reader->cell[f].length) < 0) {
            return no_memory(rows);
        }
    }
    if (header != NULL) {
        return OKRUG_OK;
    }
    rows->sheet_column = reader->column;
    OKRUG_TRY(okrug_rows_begin(rows, reader->cell, reader->fields, (okrug_row_place){.line = reader->header_row}));
    reader->doubt = okrug_header_doubtful(rows, reader->cell, reader->fields);
    reader->named = okrug_rows_wanted_in(rows, reader->cell, reader->fields);
    return OKRUG_OK;
}

/* The header was a title: faults of the rows below say nothing. */
static bool is_real_header(sheet_reader *reader, int64_t row) {
    okrug_rows *rows = reader->rows;
    if (row > reader->header_row + TITLE_ROWS) {
        reader->doubt = OKRUG_HEADER_CERTAIN;
    }
    if (reader->doubt == OKRUG_HEADER_CERTAIN ||
        !okrug_header_likely(rows, reader->cell, reader->fields, reader->named, reader->doubt)) {
        return false;
    }
    if (okrug_rows_report(rows)) {
        okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = row}, NULL);
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "header-elsewhere", &place, "line", okrug_text_integer(rows->ctx, row),
                   (char *)NULL);
    }
    return true;
}

/* Formulas of this row that no program has computed: in what is read of the sheet they are blank. */
static void count_formulas(sheet_reader *reader, int64_t row) {
    for (int f = 0; f < reader->fields && reader->rows->needed != NULL; f++) {
        int column = reader->column[f];
        const char *text = okrug_ogr_text(reader->ogr, column);
        if (reader->rows->needed[f] && (okrug_sheet_flaw(reader->flaws, row, column) == OKRUG_FLAW_NO_VALUE ||
                                        (text != NULL && is_formula(text)))) {
            reader->first_row = reader->without_value == 0 ? row : reader->first_row;
            reader->first_column = reader->without_value++ == 0 ? column : reader->first_column;
        }
    }
}

static void warn_of_formulas(sheet_reader *reader) {
    okrug_rows *rows = reader->rows;
    if (reader->without_value > 0) {
        okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = reader->first_row}, NULL);
        place.cell = okrug_sheet_cell(rows, reader->first_column, reader->first_row);
        okrug_warn(rows->ctx, "formulas-without-value", &place, "count",
                   okrug_text_integer(rows->ctx, reader->without_value), (char *)NULL);
    }
}

static okrug_status no_header(sheet_reader *reader) {
    okrug_rows *rows = reader->rows;
    okrug_place place = okrug_rows_place(rows, (okrug_row_place){0}, NULL);
    return rows->request->header_row > 0
               ? okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "no-header-row", &place, "line",
                            okrug_text_integer(rows->ctx, reader->header_row > 0 ? reader->header_last
                                                                                 : rows->request->header_row),
                            (char *)NULL)
               : okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "empty-file", &place, (char *)NULL);
}

static okrug_status read_rows(sheet_reader *reader, okrug_words *header) {
    okrug_rows *rows = reader->rows;
    okrug_ogr_rewind(reader->ogr);
    okrug_header_rows_free(&reader->header);
    while (okrug_ogr_next(reader->ogr)) {
        int64_t row = okrug_ogr_number(reader->ogr);
        if (row < reader->header_row || (reader->notes_from > 0 && row >= reader->notes_from)) {
            continue;
        }
        count_formulas(reader, row);
        if (!fill_cells(reader, row) && row > reader->header_last) {
            continue;
        }
        if (row <= reader->header_last) {
            if (okrug_header_rows_add(&reader->header, reader->cell, reader->fields) != OKRUG_OK) {
                return no_memory(rows);
            }
            if (row == reader->header_last) {
                OKRUG_TRY(take_header(reader, header));
            }
            if (header != NULL && reader->named_all) {
                break;
            }
            continue;
        }
        if (reader->first_data == 0) {
            reader->first_data = row;
            reader->goes_on =
                reader->header_last == reader->header_row && okrug_header_goes_on(reader->cell, &reader->header);
        }
        if (is_real_header(reader, row)) {
            return OKRUG_BAD_INPUT;
        }
        OKRUG_TRY(okrug_rows_add(rows, reader->cell, (okrug_row_place){.line = row}));
        if (row % ROWS_A_LOOK == 0) {
            OKRUG_TRY(okrug_check_cancel(rows->ctx));
        }
    }
    return reader->named_all ? OKRUG_OK : no_header(reader);
}

okrug_status okrug_sheet_read(okrug_rows *rows, const okrug_workbook *workbook, okrug_words *header) {
    sheet_reader reader = {.rows = rows, .ogr = workbook->ogr, .flaws = &workbook->flaws};
    rows->geometry_field = -1;
    if (!rows->style.settled) {
        /* As in a file delimited by commas: a text 1,234 alone does not tell what its comma is. */
        rows->style = okrug_style_begin(rows->request->decimal, ',');
    }
    okrug_status status = begin(&reader);
    if (status == OKRUG_OK && reader.header_row == 0) {
        status = no_header(&reader);
    }
    if (status == OKRUG_OK) {
        status = read_rows(&reader, header);
    }
    bool last = header == NULL && !rows->survey && !rows->style.unsure; /* the sheet is not read once more */
    if (status == OKRUG_OK && last) {
        warn_of_formulas(&reader);
        okrug_warn_of_trimmed(rows);
    }
    if (status == OKRUG_OK && reader.notes_from > 0 && last) {
        okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = reader.notes_from}, NULL);
        okrug_warn(rows->ctx, "notes-left-out", &place, "text", reader.note, (char *)NULL);
    }
    if (reader.goes_on && header == NULL && (rows->settled || last)) {
        okrug_header_warn_goes_on(rows, reader.header_row, reader.first_data);
    }
    rows->sheet_column = NULL;
    okrug_header_rows_free(&reader.header);
    free(reader.column);
    free(reader.cell);
    free(reader.own);
    return status;
}
