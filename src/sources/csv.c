/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Delimited text. libcsv cuts it into fields; here they become rows, with the line of each counted as an editor counts
 * it: line breaks inside quotes and blank lines included.
 *
 * A row of empty fields only, as spreadsheets leave below a table, is a blank line. A first line "sep=;", as Excel
 * reads it, names the delimiter and is no part of the table.
 */
#include "sources/header_rows.h"
#include "sources/plain.h"
#include "sources/readers.h"

#include <stdlib.h>
#include <string.h>

#include <csv.h>

enum { CELL_MAX = 1024 * 1024 };

typedef struct {
    okrug_rows *rows;
    okrug_words *names; /* only the header is wanted, here */
    struct csv_parser parser;
    char delimiter;
    int64_t line; /* where the field begins that the parser is in */
    okrug_header_rows header;
    bool below;        /* the next row is the first below the header */
    int64_t goes_on;   /* the line of it where it looks like a part of the header; else 0 */
    int64_t skip_to;   /* lines before this one are no part of the table */
    bool after_return; /* the last thing was a carriage return: a line feed belongs to it */
    bool quotes;       /* there may be quoted fields in this block */
    bool in_row;
    bool blank;
    int64_t row_line;
    int field;
    int expected;             /* fields of the header; -1: not seen yet */
    okrug_header_doubt doubt; /* the header may be a title: the next lines are looked at for a better one */
    int named;                /* of the wanted columns, those that the header names */
    char *text;               /* the needed fields of the row, one after the other */
    size_t used;
    size_t room;
    okrug_cell *cell;
    size_t *start; /* of each field in text */
    int cells;     /* there is room for */
    int64_t suspect_line;
    okrug_status status; /* what ended the reading */
    bool done;
} csv_reader;

static void stop(csv_reader *reader, okrug_status status) {
    reader->status = status;
    reader->done = true;
}

static void no_memory(csv_reader *reader) {
    stop(reader, okrug_fail(reader->rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL));
}

/* A fault after which nothing sensible follows. */
static void give_up(csv_reader *reader, const char *code, const char *name, const char *value) {
    okrug_rows *rows = reader->rows;
    okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = reader->line}, NULL);
    if (okrug_rows_report(rows)) {
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, code, &place, name, value, (char *)NULL);
    }
    stop(reader, OKRUG_BAD_INPUT);
}

static bool make_room(csv_reader *reader, size_t length) {
    if (reader->text == NULL || reader->room - reader->used < length) {
        size_t room = (reader->used + length) * 2 + 256;
        char *text = realloc(reader->text, room);
        if (text == NULL) {
            return false;
        }
        reader->text = text;
        reader->room = room;
    }
    if (reader->field >= reader->cells) {
        size_t cells = (size_t)reader->cells * 2 + 16;
        okrug_cell *cell = realloc(reader->cell, cells * sizeof *cell);
        if (cell == NULL) {
            return false;
        }
        reader->cell = cell;
        size_t *start = realloc(reader->start, cells * sizeof *start);
        if (start == NULL) {
            return false;
        }
        reader->start = start;
        reader->cells = (int)cells;
    }
    return true;
}

static int64_t line_breaks(const char *text, size_t length) {
    int64_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));
    }
    return count;
}

/* A quote that is not closed swallows lines up to the next quote. Such a cell holds breaks, quotes and delimiters. */
static void note_breaks(csv_reader *reader, const char *text, size_t length) {
    int64_t breaks = line_breaks(text, length);
    if (breaks > 0 && reader->suspect_line == 0 && memchr(text, '"', length) != NULL &&
        memchr(text, reader->delimiter, length) != NULL) {
        reader->suspect_line = reader->line;
    }
    reader->line += breaks;
}

static void on_field(void *bytes, size_t length, void *user) {
    csv_reader *reader = user;
    if (reader->done) {
        return;
    }
    if (!reader->in_row) {
        reader->in_row = true;
        reader->blank = true;
        reader->row_line = reader->line;
        reader->field = 0;
        reader->used = 0;
    }
    reader->blank = reader->blank && length == 0;
    reader->after_return = false;
    if (length > CELL_MAX) {
        give_up(reader, "cell-too-long", "limit", "1 MiB");
        return;
    }
    int field = reader->field;
    bool kept = reader->expected < 0 || reader->below || reader->doubt != OKRUG_HEADER_CERTAIN ||
                (field < reader->expected && reader->rows->needed[field]);
    if (kept) {
        if (!make_room(reader, length)) {
            no_memory(reader);
            return;
        }
        reader->start[field] = reader->used;
        reader->cell[field] = (okrug_cell){.length = length};
        if (length > 0) {
            memcpy(reader->text + reader->used, bytes, length);
            reader->used += length;
        }
    }
    if (reader->quotes && length > 0) {
        note_breaks(reader, bytes, length);
    }
    reader->field++;
}

static void take_header(csv_reader *reader) {
    reader->expected = reader->field;
    okrug_understood *understood = reader->rows->understood;
    bool several = reader->rows->request->header_last > 0;
    understood->header_row = several ? reader->skip_to : reader->row_line;
    understood->header_last = several ? reader->row_line : 0;
    reader->below = !several;
    if (several && okrug_header_rows_join(&reader->header, reader->cell) != OKRUG_OK) {
        no_memory(reader);
        return;
    }
    for (int f = 0; f < reader->field; f++) {
        reader->cell[f] = okrug_cell_trim(reader->cell[f]);
        if (reader->names != NULL && okrug_words_add(reader->names, reader->cell[f].text, reader->cell[f].length) < 0) {
            no_memory(reader);
            return;
        }
    }
    if (reader->names != NULL) {
        reader->done = true;
        return;
    }
    okrug_status status =
        okrug_rows_begin(reader->rows, reader->cell, reader->field, (okrug_row_place){.line = reader->row_line});
    reader->doubt = okrug_header_doubtful(reader->rows, reader->cell, reader->field);
    reader->named = okrug_rows_wanted_in(reader->rows, reader->cell, reader->field);
    if (status != OKRUG_OK) {
        stop(reader, status);
    }
}

/* The header was a title: faults of the lines below say nothing, so the reading ends. */
static bool give_up_at_header(csv_reader *reader) {
    enum { TITLE_LINES = 50 };
    okrug_rows *rows = reader->rows;
    if (reader->row_line > rows->understood->header_row + TITLE_LINES) {
        reader->doubt = OKRUG_HEADER_CERTAIN;
    }
    if (reader->doubt == OKRUG_HEADER_CERTAIN ||
        !okrug_header_likely(rows, reader->cell, reader->field, reader->named, reader->doubt)) {
        return false;
    }
    if (okrug_rows_report(rows)) {
        okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = reader->row_line}, NULL);
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "header-elsewhere", &place, "line",
                   okrug_text_integer(rows->ctx, reader->row_line), (char *)NULL);
    }
    stop(reader, OKRUG_BAD_INPUT);
    return true;
}

static void ragged(csv_reader *reader) {
    okrug_rows *rows = reader->rows;
    rows->understood->rows_read++;
    if (okrug_rows_report(rows)) {
        okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = reader->row_line}, NULL);
        bool counted_only = okrug_messages_dropped(rows->ctx) > 0;
        /* 1,5 that is not in quotes is two fields of a file delimited by commas. */
        bool cut = reader->delimiter == ',' && reader->field > reader->expected;
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, cut ? "ragged-row-comma" : "ragged-row", &place, "found",
                   counted_only ? "" : okrug_text_integer(rows->ctx, reader->field), "expected",
                   counted_only ? "" : okrug_text_integer(rows->ctx, reader->expected), (char *)NULL);
    }
}

/* The last line of the header gives the names. */
static void add_header(csv_reader *reader) {
    int64_t last = reader->rows->request->header_last;
    if (reader->header.rows > 0 && reader->field != reader->header.fields) {
        reader->expected = reader->header.fields;
        ragged(reader);
        stop(reader, OKRUG_BAD_INPUT);
    } else if (last > 0 && reader->row_line > last) {
        give_up(reader, "no-header-row", "line", okrug_text_integer(reader->rows->ctx, last));
    } else if (okrug_header_rows_add(&reader->header, reader->cell, reader->field) != OKRUG_OK) {
        no_memory(reader);
    } else if (last == 0 || reader->row_line == last) {
        take_header(reader);
    }
}

static void finish_row(csv_reader *reader) {
    if (reader->blank) {
        return;
    }
    bool all = reader->expected < 0 || reader->below || reader->doubt != OKRUG_HEADER_CERTAIN;
    for (int f = 0; f < reader->field; f++) {
        if (all || (f < reader->expected && reader->rows->needed[f])) {
            reader->cell[f].text = reader->text + reader->start[f];
        }
    }
    if (reader->doubt != OKRUG_HEADER_CERTAIN && give_up_at_header(reader)) {
        return;
    }
    if (reader->expected >= 0 && reader->field != reader->expected) {
        ragged(reader);
        return;
    }
    if (reader->expected < 0) {
        add_header(reader);
        return;
    }
    if (reader->below) {
        reader->goes_on = okrug_header_goes_on(reader->cell, &reader->header) ? reader->row_line : 0;
        reader->below = false;
    }
    okrug_status status = okrug_rows_add(reader->rows, reader->cell, (okrug_row_place){.line = reader->row_line});
    if (status != OKRUG_OK) {
        stop(reader, status);
    }
}

static void on_record(int terminator, void *user) {
    csv_reader *reader = user;
    if (reader->done) {
        return;
    }
    bool second_half = !reader->in_row && terminator == '\n' && reader->after_return;
    if (reader->in_row) {
        finish_row(reader);
        reader->in_row = false;
    }
    reader->line += !second_half;
    reader->after_return = terminator == '\r';
}

/* Passes over the lines before skip_to; how many bytes. */
static size_t skip_lines(csv_reader *reader, const char *text, size_t length) {
    size_t at = 0;
    while (at < length && reader->line < reader->skip_to) {
        char byte = text[at++];
        reader->line += byte == '\r' || (byte == '\n' && !reader->after_return);
        reader->after_return = byte == '\r';
    }
    return at;
}

static okrug_status start(csv_reader *reader, const char *text, size_t length, bool whole) {
    okrug_rows *rows = reader->rows;
    reader->delimiter = rows->request->delimiter;
    reader->skip_to = rows->request->header_row;
    if (length >= 6 && memcmp(text, "sep=", 4) == 0 && (text[5] == '\r' || text[5] == '\n')) {
        reader->delimiter = reader->delimiter == 0 ? text[4] : reader->delimiter;
        reader->skip_to = reader->skip_to < 2 ? 2 : reader->skip_to;
    }
    if (reader->delimiter == 0) {
        csv_reader from = *reader; /* where the table begins in the sample */
        size_t at = skip_lines(&from, text, length);
        if (okrug_delimiter_detect(text + at, length - at, whole, &reader->delimiter) != OKRUG_OK) {
            return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
        }
    }
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
    rows->understood->delimiter = reader->delimiter;
    if (!rows->style.settled) {
        rows->style = okrug_style_begin(rows->request->decimal, reader->delimiter);
    }
    return OKRUG_OK;
}

static void parse_any(csv_reader *reader, const char *text, size_t length) {
    reader->quotes = reader->parser.quoted || memchr(text, '"', length) != NULL;
    size_t taken = csv_parse(&reader->parser, text, length, on_field, on_record, reader);
    if (taken != length && !reader->done) {
        no_memory(reader);
    } else if (reader->parser.entry_pos > CELL_MAX && !reader->done) {
        give_up(reader, "cell-too-long", "limit", "1 MiB");
    }
}

/* Rows of plain lines, where the parser is between two rows and the header is certain; how many bytes. */
static size_t take_plain(csv_reader *reader, const char *text, size_t length) {
    bool between = !reader->in_row && !reader->after_return && !reader->parser.quoted &&
                   reader->parser.entry_pos == 0 && reader->parser.spaces == 0;
    if (!between || reader->below || reader->expected < 1 || reader->expected > reader->cells ||
        reader->doubt != OKRUG_HEADER_CERTAIN) {
        return 0;
    }
    okrug_plain plain = {reader->delimiter, reader->expected, reader->cell, reader->line};
    size_t taken;
    okrug_status status = okrug_plain_rows(reader->rows, &plain, text, length, &taken);
    reader->line = plain.line;
    if (status != OKRUG_OK) {
        stop(reader, status);
    }
    return taken;
}

/* The end of so many lines, or of the text. */
static size_t lines_end(const char *text, size_t length, int lines) {
    const char *at = text, *end = text + length;
    for (int i = 0; i < lines && at < end; i++) {
        const char *found = memchr(at, '\n', (size_t)(end - at));
        at = found == NULL ? end : found + 1;
    }
    return (size_t)(at - text);
}

/* By turns plain lines and whatever is not: of that the more at once the longer it goes on. */
static void parse(csv_reader *reader, const char *text, size_t length) {
    enum { FEW = 1, MANY = 4096 };
    size_t at = skip_lines(reader, text, length);
    int lines = FEW;
    while (at < length && !reader->done) {
        size_t plain = take_plain(reader, text + at, length - at);
        at += plain;
        lines = plain > 0 ? FEW : lines < MANY ? 2 * lines : lines;
        if (at < length && !reader->done) {
            size_t other = lines_end(text + at, length - at, lines);
            parse_any(reader, text + at, other);
            at += other;
        }
    }
}

static void finish(csv_reader *reader) {
    /* Strict only now: inside the file a quote in the midst of a field is a habit, at its end an open one is a fault.
     */
    csv_set_opts(&reader->parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&reader->parser, on_field, on_record, reader) != 0 && !reader->done) {
        if (csv_error(&reader->parser) == CSV_EPARSE) {
            give_up(reader, "unclosed-quote", NULL, NULL);
        } else {
            no_memory(reader);
        }
    }
    if (reader->done || reader->expected >= 0) {
        return;
    }
    int64_t wanted = reader->header.rows > 0 ? reader->rows->request->header_last : reader->skip_to;
    bool short_file = wanted > 1;
    reader->line = 0;
    give_up(reader, short_file ? "no-header-row" : "empty-file", short_file ? "line" : NULL,
            short_file ? okrug_text_integer(reader->rows->ctx, wanted) : NULL);
}

static okrug_status read_all(csv_reader *reader, okrug_input *input, okrug_decoder *decoder) {
    bool first = true;
    while (!reader->done) {
        const char *text;
        size_t length;
        OKRUG_TRY(okrug_reading_goes_on(reader->rows, input));
        okrug_status status = okrug_decoder_read(decoder, &text, &length);
        if (status != OKRUG_OK) {
            int64_t inside = reader->parser.quoted
                                 ? line_breaks((const char *)reader->parser.entry_buf, reader->parser.entry_pos)
                                 : 0;
            return okrug_decoder_fail(reader->rows, decoder, reader->line + inside);
        }
        if (first) {
            /* A text shorter than a block is the whole file, or all of it that can be read. */
            OKRUG_TRY(start(reader, text, length, length < 64 * 1024));
            first = false;
        }
        if (length == 0) {
            finish(reader);
            break;
        }
        parse(reader, text, length);
    }
    return reader->status;
}

okrug_status okrug_csv_read(okrug_rows *rows, okrug_input *input, okrug_decoder *decoder, okrug_words *header) {
    rows->geometry_field = -1;
    csv_reader reader = {.rows = rows, .names = header, .line = 1, .expected = -1};
    if (csv_init(&reader.parser, CSV_REPALL_NL) != 0) {
        return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    okrug_status status = read_all(&reader, input, decoder);
    if (reader.suspect_line > 0 && !rows->survey && !rows->style.unsure && !okrug_decoder_mistaken(decoder)) {
        okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = reader.suspect_line}, NULL);
        okrug_warn(rows->ctx, "suspect-quote", &place, (char *)NULL);
    }
    bool last = !rows->survey && !rows->style.unsure && !okrug_decoder_mistaken(decoder);
    if (reader.goes_on > 0 && header == NULL && (rows->settled || last)) {
        okrug_header_warn_goes_on(rows, rows->understood->header_row, reader.goes_on);
    }
    csv_free(&reader.parser);
    free(reader.text);
    okrug_header_rows_free(&reader.header);
    free(reader.cell);
    free(reader.start);
    return status;
}
