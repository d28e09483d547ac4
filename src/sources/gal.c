/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Neighbours as GeoDa and its kin write them: GAL (a line "code count", then that many codes) and GWT (lines "a b
 * number"). Both begin with "0 count file key" or the count alone. A row for each link: a, b, in GWT weight.
 *
 * With the count alone, codes that are the whole numbers from 1 to the count (or from 0 on, one less each) are not
 * codes but numbers of records of the data; then there is a fourth column, `records`, with the count, and the numbers
 * go from 1. The whole file is held while it is read, so its size is limited.
 */
#include "sources/readers.h"

#include <stdio.h>
#include <string.h>

#include <okrug/text.h>

static const size_t SIZE_MAX_BYTES = (size_t)256 << 20;

enum { ROWS_A_LOOK = 4096, FIELDS = 4 };

typedef struct {
    const char *text;
    size_t length;
    int64_t line;
} token;

typedef struct {
    okrug_rows *rows;
    const okrug_input *input;
    const char *text;
    size_t length;
    size_t at;
    int64_t line;
    bool gwt;
    int64_t count; /* of records, as the header says */
    bool keyed;    /* the header names a key */
    bool records;  /* codes are numbers of records */
    int64_t first; /* of those numbers: 0 or 1 */
    char count_text[24];
} scanner;

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* The next word, wherever it is; false at the end. */
static bool next(scanner *s, token *word) {
    while (s->at < s->length && is_space(s->text[s->at])) {
        s->line += s->text[s->at] == '\n';
        s->at++;
    }
    size_t start = s->at;
    while (s->at < s->length && !is_space(s->text[s->at])) {
        s->at++;
    }
    *word = (token){s->text + start, s->at - start, s->line};
    return s->at > start;
}

/* The next word if it is on the same line; an empty one otherwise. */
static token next_here(scanner *s) {
    scanner ahead = *s;
    token word;
    if (!next(&ahead, &word) || word.line != s->line) {
        return (token){s->text + s->at, 0, s->line};
    }
    *s = ahead;
    return word;
}

static bool whole(token word, int64_t *value) {
    *value = 0;
    for (size_t i = 0; i < word.length; i++) {
        if (word.text[i] < '0' || word.text[i] > '9' || *value > INT32_MAX) {
            return false;
        }
        *value = *value * 10 + (word.text[i] - '0');
    }
    return word.length > 0;
}

/* A word of nothing but spaces that do not break and the like is no code. */
static bool is_blank(token word) {
    return okrug_cell_trim_any((okrug_cell){.text = word.text, .length = word.length}).length == 0;
}

static okrug_status bad_line(scanner *s, int64_t line, const char *expected) {
    okrug_rows *rows = s->rows;
    rows->faults++;
    okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = line}, NULL);
    return okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "bad-neighbours-line", &place, "expected", expected, (char *)NULL);
}

static okrug_status read_header(scanner *s) {
    token word;
    if (!next(s, &word)) {
        okrug_place place = okrug_rows_place(s->rows, (okrug_row_place){0}, NULL);
        s->rows->faults++;
        return okrug_fail(s->rows->ctx, OKRUG_BAD_INPUT, "empty-file", &place, (char *)NULL);
    }
    token more = next_here(s);
    s->keyed = more.length > 0;
    if (!whole(s->keyed ? more : word, &s->count)) {
        return bad_line(s, word.line, "neighbours-header");
    }
    while (next_here(s).length > 0) {
    }
    snprintf(s->count_text, sizeof s->count_text, "%lld", (long long)s->count);
    return OKRUG_OK;
}

/* Called for each link, and with an empty b for a record that is named. */
typedef okrug_status on_link(scanner *s, token a, token b, token weight);

static okrug_status walk_gal(scanner *s, on_link *act) {
    token a;
    int64_t named = 0;
    while (next(s, &a)) {
        int64_t links = 0;
        token number = next_here(s);
        if (is_blank(a) || !whole(number, &links) || next_here(s).length > 0) {
            return bad_line(s, a.line, "neighbours-code-count");
        }
        named++;
        OKRUG_TRY(act(s, a, (token){a.text, 0, a.line}, (token){a.text, 0, a.line}));
        for (int64_t l = 0; l < links; l++) {
            token b;
            if (!next(s, &b) || is_blank(b)) {
                return bad_line(s, a.line, "neighbours-as-many");
            }
            OKRUG_TRY(act(s, a, b, (token){b.text, 0, b.line}));
        }
        if (next_here(s).length > 0) {
            return bad_line(s, s->line, "neighbours-as-many");
        }
    }
    return named == s->count ? OKRUG_OK : bad_line(s, 1, "neighbours-records");
}

static okrug_status walk_gwt(scanner *s, on_link *act) {
    token a;
    while (next(s, &a)) {
        token b = next_here(s);
        token weight = next_here(s);
        if (is_blank(a) || is_blank(b) || weight.length == 0 || next_here(s).length > 0) {
            return bad_line(s, a.line, "neighbours-code-code-number");
        }
        OKRUG_TRY(act(s, a, b, weight));
    }
    return OKRUG_OK;
}

/* Are all codes whole numbers from 0 or 1 on, up to the count? */
static okrug_status look_at_code(scanner *s, token a, token b, token weight) {
    (void)weight;
    const token codes[] = {a, b};
    for (int i = 0; i < 2 && s->records; i++) {
        int64_t number = 0;
        if (codes[i].length > 0) {
            s->records = whole(codes[i], &number) && number <= s->count && (number == 0 || codes[i].text[0] != '0') &&
                         (number > 0 || codes[i].length == 1);
            s->first = number == 0 ? 0 : s->first;
        }
    }
    return OKRUG_OK;
}

static okrug_status forbid_last(scanner *s, token a, token b, token weight) {
    (void)weight;
    int64_t first = 0;
    int64_t second = 0;
    whole(a, &first);
    whole(b, &second);
    return first == s->count || second == s->count ? bad_line(s, a.line, "neighbours-from-0") : OKRUG_OK;
}

static okrug_cell code_cell(const scanner *s, token code, char buffer[24]) {
    int64_t number = 0;
    if (!s->records || s->first == 1) {
        return (okrug_cell){.text = code.text, .length = code.length};
    }
    whole(code, &number);
    int length = snprintf(buffer, 24, "%lld", (long long)number + 1);
    return (okrug_cell){.text = buffer, .length = (size_t)length};
}

static okrug_status add_link(scanner *s, token a, token b, token weight) {
    char first[24];
    char second[24];
    if (b.length == 0) {
        return OKRUG_OK;
    }
    if (s->rows->understood->rows_read % ROWS_A_LOOK == 0) {
        OKRUG_TRY(okrug_reading_goes_on(s->rows, s->input));
    }
    okrug_cell cells[FIELDS] = {code_cell(s, a, first), code_cell(s, b, second)};
    int fields = 2;
    if (s->gwt) {
        cells[fields++] = (okrug_cell){.text = weight.text, .length = weight.length, .plain = true};
    }
    cells[fields] = (okrug_cell){.text = s->count_text, .length = strlen(s->count_text), .plain = true};
    return okrug_rows_add(s->rows, cells, (okrug_row_place){.line = b.line});
}

/* The reader's own names for the columns, as a header would have them. */
static int name_columns(const scanner *s, okrug_cell header[FIELDS]) {
    int fields = 0;
    header[fields++] = (okrug_cell){.text = "a", .length = 1};
    header[fields++] = (okrug_cell){.text = "b", .length = 1};
    if (s->gwt) {
        header[fields++] = (okrug_cell){.text = "weight", .length = 6};
    }
    if (s->records) {
        header[fields++] = (okrug_cell){.text = "records", .length = 7};
    }
    return fields;
}

static okrug_status read_links(scanner *s, okrug_words *names) {
    okrug_cell header[FIELDS];
    OKRUG_TRY(read_header(s));
    scanner body = *s;
    s->records = !s->keyed;
    s->first = 1;
    OKRUG_TRY(s->gwt ? walk_gwt(s, look_at_code) : walk_gal(s, look_at_code));
    body.records = s->records;
    body.first = s->first;
    if (s->records && s->first == 0) {
        scanner again = body;
        OKRUG_TRY(s->gwt ? walk_gwt(&again, forbid_last) : walk_gal(&again, forbid_last));
    }
    int fields = name_columns(&body, header);
    for (int f = 0; names != NULL && f < fields; f++) {
        if (okrug_words_add(names, header[f].text, header[f].length) < 0) {
            return okrug_fail(s->rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
        }
    }
    if (names != NULL) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_rows_begin(s->rows, header, fields, (okrug_row_place){.line = 1}));
    if (s->gwt) {
        int64_t faults = okrug_faults(s->rows->ctx);
        okrug_warn(s->rows->ctx, "gwt-numbers", &(okrug_place){.file = s->rows->request->path}, (char *)NULL);
        if (okrug_faults(s->rows->ctx) > faults) {
            return OKRUG_NO_MEMORY; /* a warning for which there was no memory is a fault */
        }
    }
    return s->gwt ? walk_gwt(&body, add_link) : walk_gal(&body, add_link);
}

static okrug_status load(okrug_rows *rows, const okrug_input *input, okrug_decoder *decoder, okrug_buffer *text) {
    const char *piece = NULL;
    size_t length = 1;
    while (length > 0) {
        OKRUG_TRY(okrug_reading_goes_on(rows, input));
        if (okrug_decoder_read(decoder, &piece, &length) != OKRUG_OK) {
            return okrug_decoder_fail(rows, decoder, 0);
        }
        okrug_buffer_add(text, piece, length);
        if (text->failed) {
            return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
        }
        if (text->length > SIZE_MAX_BYTES) {
            okrug_place place = okrug_rows_place(rows, (okrug_row_place){0}, NULL);
            rows->faults++;
            return okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "file-too-large", &place, "limit", "256 MiB", (char *)NULL);
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_neighbours_read(okrug_rows *rows, okrug_input *input, okrug_decoder *decoder, bool gwt,
                                   okrug_words *header) {
    okrug_buffer text = {0};
    rows->geometry_field = -1;
    rows->style.settled = true; /* numbers are written with a dot */
    rows->style.style = (okrug_number_style){'.', 0};
    okrug_status status = load(rows, input, decoder, &text);
    if (status == OKRUG_OK) {
        rows->settled = true; /* all of it was read, so the encoding is known */
        scanner s = {.rows = rows,
                     .input = input,
                     .text = text.bytes == NULL ? "" : text.bytes,
                     .length = text.length,
                     .line = 1,
                     .gwt = gwt};
        status = read_links(&s, header);
    }
    okrug_buffer_free(&text);
    return status;
}
