/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence for the decimal mark, cell by cell, and the decision.
 *
 * 0,5 and 12,34 can only have a decimal comma; 1,234,567 and 1,234.5 show the mark between thousands as well; 1,234
 * alone may be either. Where a file has commas and no dots, the comma is the decimal mark, for that is how Russian
 * files are written; but in a file delimited by commas, whose author thought of them as no part of numbers, cells that
 * all look like 1,234 are left to the user.
 */
#include <okrug/style.h>

#include <string.h>

static const okrug_number_style dot = {'.', 0};
static const okrug_number_style comma = {',', 0};
static const okrug_number_style dot_thousands = {'.', ','};
static const okrug_number_style comma_thousands = {',', '.'};

okrug_style_finder okrug_style_begin(char decimal, char delimiter) {
    okrug_style_finder finder = {.delimiter = delimiter, .style = dot};
    if (decimal != 0) {
        finder.settled = true;
        finder.style = decimal == ',' ? comma_thousands : dot_thousands;
    }
    return finder;
}

/* A single mark: is it where a mark between thousands would be? */
static bool like_thousands(const char *text, size_t length, size_t mark) {
    size_t first = 0;
    while (first < mark && (text[first] < '0' || text[first] > '9')) {
        first++; /* the sign */
    }
    if (mark - first < 1 || mark - first > 3 || text[first] == '0' || length - mark != 4) {
        return false;
    }
    for (size_t i = first; i < length; i++) {
        if (i != mark && (text[i] < '0' || text[i] > '9')) {
            return false;
        }
    }
    return true;
}

okrug_marks okrug_marks_of(const char *text, size_t length, char *decimal) {
    size_t dots = 0;
    size_t commas = 0;
    size_t last = 0;
    for (size_t i = 0; i < length; i++) {
        dots += text[i] == '.';
        commas += text[i] == ',';
        last = text[i] == '.' || text[i] == ',' ? i : last;
    }
    if (dots + commas == 0) {
        return OKRUG_MARKS_NONE;
    }
    okrug_marks marks = OKRUG_MARKS_THOUSANDS;
    char mark = text[last];
    if (dots + commas == 1) {
        marks = like_thousands(text, length, last) ? OKRUG_MARKS_MAYBE : OKRUG_MARKS_DECIMAL;
    } else if (dots == 0 || commas == 0) {
        mark = dots == 0 ? '.' : ','; /* only the mark between thousands can be there twice */
    }
    okrug_number_style style = mark == '.' ? dot_thousands : comma_thousands;
    double value;
    if (!okrug_number_read_styled(text, length, style, &value)) {
        return OKRUG_MARKS_NONE;
    }
    *decimal = mark;
    return marks;
}

void okrug_style_note(okrug_style_finder *finder, const char *text, size_t length, int64_t line) {
    char decimal;
    okrug_marks marks = okrug_marks_of(text, length, &decimal);
    if (marks == OKRUG_MARKS_NONE) {
        return;
    }
    int which = decimal == ',';
    if (marks == OKRUG_MARKS_MAYBE) {
        bool shown = finder->maybe[0] != 0 && (which == 0 || finder->maybe_line[1] != 0);
        if (!shown && length < sizeof finder->maybe) {
            memcpy(finder->maybe, text, length);
            finder->maybe[length] = '\0';
        }
        if (finder->maybe_line[which] == 0) {
            finder->maybe_line[which] = line;
        }
        return;
    }
    if (marks == OKRUG_MARKS_THOUSANDS) {
        finder->thousands[which] = true;
    }
    if (finder->sure_line == 0) {
        finder->sure_line = line;
        finder->sure = decimal;
    }
}

/* Is a cell that the style cannot read one that another style could? Then what was read before may be wrong too. */
static bool read_slowly(okrug_style_finder *finder, const char *text, size_t length, int64_t line, double *value) {
    bool has_comma = memchr(text, ',', length) != NULL;
    bool has_dot = memchr(text, '.', length) != NULL;
    if (finder->style.decimal == '.' && has_comma && !has_dot && !finder->marked && finder->delimiter != ',' &&
        okrug_number_read_styled(text, length, comma, value)) {
        finder->style = comma;
        finder->style_line = line;
        finder->marked = true;
        return true;
    }
    if (okrug_number_read_styled(text, length, finder->style, value)) {
        finder->marked = finder->marked || has_comma || has_dot;
        return true;
    }
    finder->unsure = finder->unsure || okrug_style_dissents(text, length);
    return false;
}

/* A whole number of so few digits that it is exact, and the same in every style. */
static bool read_digits(const char *text, size_t length, double *value) {
    enum { EXACT = 15 };
    if (length == 0 || length > EXACT) {
        return false;
    }
    int64_t whole = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        whole = 10 * whole + (text[i] - '0');
    }
    *value = (double)whole;
    return true;
}

bool okrug_style_read(okrug_style_finder *finder, const char *text, size_t length, int64_t line, double *value) {
    if (read_digits(text, length, value)) {
        return true;
    }
    if (finder->settled) {
        return (finder->style.decimal == '.' && okrug_number_read(text, length, value)) ||
               okrug_number_read_styled(text, length, finder->style, value);
    }
    if (finder->style.decimal == '.' && okrug_number_read(text, length, value)) {
        /* Once a cell has shown a decimal dot beyond doubt, more of them say nothing new. */
        if (finder->sure_line == 0 && memchr(text, '.', length) != NULL) {
            finder->marked = true;
            okrug_style_note(finder, text, length, line);
        }
        return true;
    }
    okrug_style_note(finder, text, length, line);
    return read_slowly(finder, text, length, line, value);
}

void okrug_style_settle(okrug_style_finder *finder) {
    if (finder->settled) {
        return;
    }
    finder->settled = true;
    finder->unsure = false;
    bool maybe_dot = finder->maybe_line[0] != 0;
    bool maybe_comma = finder->maybe_line[1] != 0;
    if (finder->sure_line != 0) {
        finder->style_line = finder->sure_line;
        finder->style = finder->sure == ',' ? comma : dot;
        bool thousands = finder->thousands[finder->sure == ','];
        /* 5.5 and "1,234" in one file delimited by commas: nobody there writes a decimal comma. */
        thousands = thousands || (finder->sure == '.' && finder->delimiter == ',' && maybe_comma);
        finder->style.thousands = !thousands ? 0 : finder->sure == ',' ? '.' : ',';
        return;
    }
    finder->style_line = maybe_comma ? finder->maybe_line[1] : finder->maybe_line[0];
    finder->ambiguous = maybe_comma && (maybe_dot || finder->delimiter == ',');
    /* Ambiguous cells are read one way or the other only so that the other faults of the file come to light too. */
    finder->style = finder->ambiguous ? dot_thousands : maybe_comma ? comma : dot;
}

bool okrug_style_dissents(const char *text, size_t length) {
    char decimal;
    return okrug_marks_of(text, length, &decimal) != OKRUG_MARKS_NONE;
}
