/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One cell of text -> one value of its role's type.
 *
 * Texts lose only the spaces around them, so that codes come back as they went in. Numbers that are not there have a
 * reason. The marks for them follow the legend printed in Rosstat's yearbooks: a dash, the phenomenon does not exist
 * (structural zero); an ellipsis, no data (not collected); a cross, the cell cannot be filled (undefined). "NA" and the
 * like come from statistical programs and spreadsheets and say only that there is no number (not collected).
 */
#include "sources/rows.h"

#include <assert.h>
#include <string.h>

#include <okrug/text.h>

static const struct {
    const char *text;
    okrug_reason reason;
} marks[] = {
    {"-", OKRUG_STRUCTURAL_ZERO},
    {"\xE2\x80\x90", OKRUG_STRUCTURAL_ZERO}, /* U+2010 hyphen */
    {"\xE2\x80\x91", OKRUG_STRUCTURAL_ZERO}, /* U+2011 hyphen that does not break */
    {"\xE2\x80\x92", OKRUG_STRUCTURAL_ZERO}, /* U+2012 figure dash */
    {"–", OKRUG_STRUCTURAL_ZERO},            /* U+2013 */
    {"—", OKRUG_STRUCTURAL_ZERO},            /* U+2014 */
    {"\xE2\x88\x92", OKRUG_STRUCTURAL_ZERO}, /* U+2212 minus */
    {"…", OKRUG_NOT_COLLECTED},
    {"...", OKRUG_NOT_COLLECTED},
    {"..", OKRUG_NOT_COLLECTED},
    {"X", OKRUG_UNDEFINED},
    {"x", OKRUG_UNDEFINED},
    {"Х", OKRUG_UNDEFINED}, /* Cyrillic */
    {"х", OKRUG_UNDEFINED},
    {"NA", OKRUG_NOT_COLLECTED},
    {"N/A", OKRUG_NOT_COLLECTED},
    {"n/a", OKRUG_NOT_COLLECTED},
    {"NaN", OKRUG_NOT_COLLECTED},
    {"nan", OKRUG_NOT_COLLECTED},
    {"н/д", OKRUG_NOT_COLLECTED},
    {"#N/A", OKRUG_NOT_COLLECTED},
    {"#Н/Д", OKRUG_NOT_COLLECTED},
};

enum { MARK_LENGTH_MAX = 6 };

static_assert(sizeof marks / sizeof marks[0] <= OKRUG_MARKS_MET, "there is room for every mark");

/* The place of the mark, or -1. */
static int find_mark(const char *text, size_t length) {
    if (length > MARK_LENGTH_MAX) {
        return -1;
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (strlen(marks[i].text) == length && memcmp(marks[i].text, text, length) == 0) {
            return (int)i;
        }
    }
    return -1;
}

bool okrug_mark_find(const char *text, size_t length, okrug_reason *reason) {
    int mark = find_mark(text, length);
    if (mark < 0) {
        return false;
    }
    *reason = marks[mark].reason;
    return true;
}

bool okrug_source_style(const okrug_words *texts, char decimal, okrug_number_style *style,
                        char ambiguous[OKRUG_AMBIGUOUS_TEXT]) {
    okrug_style_finder finder = okrug_style_begin(decimal, 0);
    for (int32_t w = 0; w < okrug_words_count(texts); w++) {
        const char *text = okrug_words_text(texts, w);
        okrug_style_note(&finder, text, strlen(text), 1); /* the line only says that there was one */
    }
    okrug_style_settle(&finder);
    *style = finder.style;
    static_assert(sizeof finder.maybe == OKRUG_AMBIGUOUS_TEXT, "the text fits");
    memcpy(ambiguous, finder.maybe, sizeof finder.maybe);
    return !finder.ambiguous;
}

static void count_mark(okrug_understood *understood, int mark) {
    okrug_mark_met *met = understood->mark;
    while (met->count > 0 && met->text != marks[mark].text) {
        met++;
    }
    met->text = marks[mark].text;
    met->reason = marks[mark].reason;
    met->count++;
    understood->missing_marks++;
}

/* Bytes of the space at the start (or, from the end, before it); 0: none. */
static size_t space(const char *text, size_t length, bool from_end) {
    static const char *const wide[] = {"\xC2\xA0" /* U+00A0 */, "\xE2\x80\x89" /* U+2009 */,
                                       "\xE2\x80\xAF" /* U+202F */};
    if (length == 0) {
        return 0;
    }
    unsigned char byte = (unsigned char)text[from_end ? length - 1 : 0];
    if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
        return 1;
    }
    if (byte < 0x80) {
        return 0;
    }
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        size_t size = strlen(wide[i]);
        if (length >= size && memcmp(from_end ? text + length - size : text, wide[i], size) == 0) {
            return size;
        }
    }
    return 0;
}

okrug_cell okrug_cell_trim_any(okrug_cell cell) {
    size_t size;
    while ((size = space(cell.text, cell.length, false)) > 0) {
        cell.text += size;
        cell.length -= size;
    }
    while ((size = space(cell.text, cell.length, true)) > 0) {
        cell.length -= size;
    }
    return cell;
}

const char *okrug_cell_shown(okrug_rows *rows, okrug_cell cell) {
    enum { SHOWN = 80 };
    if (cell.text == NULL || okrug_messages_dropped(rows->ctx) > 0) {
        return ""; /* messages are only counted by now: no memory for their texts */
    }
    size_t shown = okrug_text_cut(cell.text, cell.length, SHOWN);
    return okrug_text(rows->ctx, "%.*s%s", (int)shown, cell.text, shown < cell.length ? "…" : "");
}

const char *okrug_sheet_cell(okrug_rows *rows, int column, int64_t row) {
    if (okrug_messages_dropped(rows->ctx) > 0) {
        return NULL;
    }
    char letters[8];
    size_t first = sizeof letters - 1;
    letters[first] = '\0';
    for (int c = column + 1; c > 0 && first > 0; c = (c - 1) / 26) {
        letters[--first] = (char)('A' + (c - 1) % 26);
    }
    return okrug_text(rows->ctx, "%s!%s%lld", rows->understood->part, letters + first, (long long)row);
}

static okrug_place cell_place(okrug_rows *rows, int column, okrug_row_place at) {
    okrug_place place = okrug_rows_place(rows, at, rows->bound[column].header);
    if (rows->sheet_column != NULL) {
        place.cell = okrug_sheet_cell(rows, rows->sheet_column[rows->bound[column].field], at.line);
    }
    return place;
}

static void bad_cell(okrug_rows *rows, int column, okrug_cell cell, okrug_row_place at, const char *code,
                     const char *expected) {
    if (!okrug_rows_report(rows)) {
        return;
    }
    okrug_place place = cell_place(rows, column, at);
    if (at.feature > 0) {
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, code, &place, "value", okrug_cell_shown(rows, cell), "expected",
                   expected, "feature", okrug_text_integer(rows->ctx, at.feature), (char *)NULL);
    } else {
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, code, &place, "value", okrug_cell_shown(rows, cell), "expected",
                   expected, (char *)NULL);
    }
}

/* What a spreadsheet shows where a formula has no result; "not available" is a mark for missing. */
static bool is_formula_error(okrug_cell cell) {
    static const char *const errors[] = {"#DIV/0!", "#NAME?",  "#NULL!", "#NUM!", "#REF!",    "#VALUE!", "#SPILL!",
                                         "#CALC!",  "#ДЕЛ/0!", "#ЗНАЧ!", "#ИМЯ?", "#ССЫЛКА!", "#ЧИСЛО!", "#ПУСТО!"};
    for (size_t i = 0; cell.length > 0 && cell.text[0] == '#' && i < sizeof errors / sizeof errors[0]; i++) {
        if (strlen(errors[i]) == cell.length && memcmp(errors[i], cell.text, cell.length) == 0) {
            return true;
        }
    }
    return cell.length == 7 && memcmp(cell.text, "Err:", 4) == 0;
}

static void bad_number(okrug_rows *rows, int column, okrug_cell cell, okrug_row_place at) {
    okrug_style_finder *style = &rows->style;
    if (is_formula_error(cell)) {
        bad_cell(rows, column, cell, at, "formula-error", "number");
    } else if (cell.length > 1 && cell.text[cell.length - 1] == '%') {
        bad_cell(rows, column, cell, at, "percent-sign", "number");
    } else if (style->style_line == 0 || style->unsure || cell.plain || !okrug_style_dissents(cell.text, cell.length)) {
        bad_cell(rows, column, cell, at, "not-a-number", "number");
    } else if (okrug_rows_report(rows)) {
        char decimal[2] = {style->style.decimal, '\0'};
        okrug_place place = cell_place(rows, column, at);
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "decimal-differs", &place, "value", okrug_cell_shown(rows, cell),
                   "decimal", decimal, "line", okrug_text_integer(rows->ctx, style->style_line), (char *)NULL);
    }
}

/* Is the dot of a plain number where others of the sheet have one between thousands? */
static bool like_thousands(okrug_cell cell) {
    char decimal;
    return okrug_marks_of(cell.text, cell.length, &decimal) == OKRUG_MARKS_MAYBE;
}

static okrug_status store_number(okrug_rows *rows, int column, int64_t row, okrug_cell cell, okrug_row_place at) {
    const okrug_role *role = &rows->bound[column].role;
    double value;
    int mark = -1;
    bool read = cell.plain ? okrug_number_read(cell.text, cell.length, &value)
                           : okrug_style_read(&rows->style, cell.text, cell.length, at.line, &value);
    if (cell.plain && rows->sheet_column != NULL && rows->style.thousands[1] && like_thousands(cell)) {
        bad_cell(rows, column, cell, at, "number-or-text", "number");
        return OKRUG_OK;
    }
    if (read && okrug_domain_admits(role->domain, value)) {
        return okrug_set_number(rows->table, column, row, value);
    }
    if (read) {
        bad_cell(rows, column, cell, at, "out-of-domain", okrug_domain_code(role->domain));
    } else if ((mark = find_mark(cell.text, cell.length)) >= 0) {
        count_mark(rows->understood, mark);
        return okrug_set_missing(rows->table, column, row, marks[mark].reason);
    } else {
        bad_number(rows, column, cell, at);
    }
    return OKRUG_OK;
}

static bool hexadecimal(okrug_cell cell) {
    for (size_t i = 0; i < cell.length; i++) {
        char c = cell.text[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
            return false;
        }
    }
    return cell.length % 2 == 0;
}

static void note_trimmed(okrug_bound *bound, okrug_cell cell, okrug_row_place at) {
    if (bound->trimmed++ == 0) {
        size_t length = cell.length < sizeof bound->trimmed_text ? cell.length : sizeof bound->trimmed_text - 1;
        memcpy(bound->trimmed_text, cell.text, length);
        bound->trimmed_text[length] = '\0';
        bound->trimmed_row = at.line;
    }
}

void okrug_warn_of_trimmed(okrug_rows *rows) {
    for (int c = 0; c < rows->columns; c++) {
        const okrug_bound *bound = &rows->bound[c];
        if (bound->trimmed > 0) {
            okrug_place place = cell_place(rows, c, (okrug_row_place){.line = bound->trimmed_row});
            okrug_warn(rows->ctx, "codes-are-numbers", &place, "count", okrug_text_integer(rows->ctx, bound->trimmed),
                       "value", okrug_text(rows->ctx, "%s", bound->trimmed_text), (char *)NULL);
        }
    }
}

static okrug_status store_text(okrug_rows *rows, int column, int64_t row, okrug_cell cell, okrug_row_place at) {
    if (rows->survey) {
        return OKRUG_OK;
    }
    if (rows->bound[column].role.type == OKRUG_GEOMETRY && !hexadecimal(cell)) {
        bad_cell(rows, column, cell, at, "not-a-geometry", "geometry");
        return OKRUG_OK;
    }
    okrug_reason reason;
    okrug_need need = rows->bound[column].role.need;
    bool code = okrug_role_is_code(&rows->bound[column].role);
    if (cell.rounded && need != OKRUG_OPTIONAL) {
        bad_cell(rows, column, cell, at, "code-rounded", "text");
        return OKRUG_OK;
    }
    if (code && okrug_text_is_scientific(cell.text, cell.length)) {
        bad_cell(rows, column, cell, at, "code-scientific", "text");
        return OKRUG_OK;
    }
    if ((need == OKRUG_KEY || need == OKRUG_KEY_OPTIONAL) && cell.text[0] == '#' &&
        (is_formula_error(cell) || okrug_mark_find(cell.text, cell.length, &reason))) {
        bad_cell(rows, column, cell, at, "formula-error", "text");
        return OKRUG_OK;
    }
    char normal[OKRUG_DOMAIN_TEXT];
    okrug_domain domain = rows->bound[column].role.domain;
    const char *text = okrug_domain_text(domain, cell.text, &cell.length, normal);
    if (text == NULL) {
        bad_cell(rows, column, cell, at, "out-of-domain", okrug_domain_code(domain));
        return OKRUG_OK;
    }
    if (cell.trimmed && code) {
        note_trimmed(&rows->bound[column], cell, at);
    }
    return okrug_set_text(rows->table, column, row, text, cell.length);
}

okrug_status okrug_cell_store(okrug_rows *rows, int column, int64_t row, okrug_cell cell, bool suppressed,
                              okrug_row_place place) {
    const okrug_role *role = &rows->bound[column].role;
    const okrug_source_request *request = rows->request;
    okrug_understood *understood = rows->understood;
    okrug_status status = OKRUG_OK;
    if (role->type == OKRUG_NUMBER && !suppressed && request->status == NULL && request->suppressed != NULL &&
        cell.text != NULL) {
        suppressed =
            cell.length == strlen(request->suppressed) && memcmp(cell.text, request->suppressed, cell.length) == 0;
    }
    if (role->type == OKRUG_NUMBER && suppressed) {
        understood->suppressed_cells++;
        status = okrug_set_missing(rows->table, column, row, OKRUG_SUPPRESSED);
    } else if (cell.length == 0 || cell.text == NULL) {
        if (role->need == OKRUG_KEY) {
            bad_cell(rows, column, cell, place, "empty-key", role->type == OKRUG_NUMBER ? "number" : "text");
            return OKRUG_OK;
        }
        bool number = role->type == OKRUG_NUMBER;
        understood->blank_cells += number;
        status = okrug_set_missing(rows->table, column, row,
                                   number && request->blank != OKRUG_PRESENT ? request->blank : OKRUG_NOT_COLLECTED);
    } else if (role->type == OKRUG_NUMBER) {
        status = store_number(rows, column, row, cell, place);
    } else {
        status = store_text(rows, column, row, cell, place);
    }
    if (status == OKRUG_NO_MEMORY) {
        okrug_fail(rows->ctx, status, "no-memory", NULL, (char *)NULL);
    }
    return status;
}
