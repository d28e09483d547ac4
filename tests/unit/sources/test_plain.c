/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines that need no parser are read as the parser reads them. Carriage returns alone end no plain line, so the same
 * text with them in place of line feeds is all the parser's.
 */
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>

enum { TEXTS = 3000, LINES = 30, ROOM = 8192 };

/* Pieces of lines; most are plain, and everything that is not is there. */
static const char *const pieces[] = {
    "01001;a;5",
    "10-2;b;7.5",
    "x;;0",
    "\"q;q\";a;3",
    "\"two\nlines\";a;4",
    "say \"it\";b;1",
    "\"a \"\"b\"\"\";c;2",
    " spaced ; b ;6 ",
    "\"q\" ;a;9",
    "\t;\"\";8",
    ";;",
    "",
    "1;2",
    "1;2;3;4",
    "y;a;-",
    "y;a;",
    "z;\"b\";1,5",
    "z;b;abc",
    ";a;1",
    "\xD0\x98;b;12",
    "a;b\xC2\xA0;1",
    "q;\"a\"b;3",
    "9;9;999999999999999",
    "w;v;1e3",
};

static size_t write_text(uint64_t world, bool faulty, char *text) {
    size_t length = (size_t)sprintf(text, "region;note;value\n");
    uint64_t lines = testing_random(world, 0) % LINES;
    for (uint64_t i = 0; i < lines; i++) {
        uint64_t plain = faulty ? 3 : 7;
        uint64_t count = sizeof pieces / sizeof pieces[0];
        uint64_t which = testing_random(world, 2 * i + 1) % (count + plain * 3);
        const char *piece = pieces[which < count ? which : which % 3];
        length += (size_t)sprintf(text + length, "%s", piece);
        bool last = i + 1 == lines && testing_random(world, 2 * i + 2) % 2 == 0;
        length += last ? 0 : (size_t)sprintf(text + length, "\n");
    }
    return length;
}

static void assert_same_column(const okrug_column *a, const okrug_column *b, int64_t rows) {
    assert_string_equal(a->name, b->name);
    for (int64_t r = 0; r < rows; r++) {
        assert_int_equal(okrug_reason_at(a, r), okrug_reason_at(b, r));
        if (okrug_reason_at(a, r) != OKRUG_PRESENT) {
            continue;
        }
        if (a->type == OKRUG_NUMBER) {
            assert_true(a->number[r] == b->number[r]);
        } else {
            assert_int_equal(a->word[r], b->word[r]);
        }
    }
}

static void assert_same(const reading *a, const reading *b) {
    assert_int_equal(a->status, b->status);
    assert_int_equal(okrug_messages(a->ctx), okrug_messages(b->ctx));
    for (int64_t m = 0; m < okrug_messages(a->ctx); m++) {
        assert_string_equal(okrug_message_at(a->ctx, m)->code, okrug_message_at(b->ctx, m)->code);
        assert_int_equal(okrug_message_at(a->ctx, m)->place.line, okrug_message_at(b->ctx, m)->place.line);
    }
    assert_int_equal(a->understood.rows_read, b->understood.rows_read);
    assert_int_equal(a->understood.blank_cells, b->understood.blank_cells);
    if (a->table == NULL) {
        return;
    }
    assert_int_equal(a->table->rows, b->table->rows);
    for (int c = 0; c < a->table->columns; c++) {
        assert_same_column(&a->table->column[c], &b->table->column[c], a->table->rows);
    }
    for (int64_t r = 0; r < a->table->rows; r++) {
        assert_int_equal(a->table->line[r], b->table->line[r]);
    }
}

static void test_plain_lines_are_read_as_the_parser_reads_them(void **state) {
    (void)state;
    static const okrug_wanted wanted[] = {
        {.role = {.name = "region", .type = OKRUG_TEXT, .need = OKRUG_OPTIONAL}},
        {.role = {.name = "note", .type = OKRUG_TEXT, .need = OKRUG_OPTIONAL}},
        {.role = {.name = "value", .type = OKRUG_NUMBER, .need = OKRUG_REQUIRED}},
    };
    const okrug_source_request request = {.path = "in.csv", .wanted = wanted, .wanted_count = 3, .delimiter = ';'};
    int good = 0;
    for (uint64_t world = 1; world <= TEXTS; world++) {
        char text[ROOM], other[ROOM], mixed[ROOM];
        size_t length = write_text(world, world % 2 == 0, text), much = 0;
        for (size_t i = 0; i < length; i++) {
            other[i] = text[i] == '\n' ? '\r' : text[i];
            if (text[i] == '\n') {
                mixed[much++] = '\r';
            }
            mixed[much++] = text[i];
        }
        reading plain = read_bytes(request, text, length);
        reading parsed = read_bytes(request, other, length);
        reading windows = read_bytes(request, mixed, much);
        good += plain.status == OKRUG_OK && plain.table->rows > 0;
        assert_same(&plain, &parsed);
        assert_same(&windows, &parsed);
        done(&plain);
        done(&parsed);
        done(&windows);
    }
    assert_true(good > TEXTS / 20); /* not only faults are compared */
}

/* Blocks of the reader end inside lines. */
static void test_more_than_a_block(void **state) {
    (void)state;
    enum { ROWS = 60000 };
    char *text = malloc((size_t)ROWS * 24 + 64), *at = text;
    assert_non_null(text);
    at += sprintf(at, "region,value\n");
    for (int i = 0; i < ROWS; i++) {
        const char *quote = i % 1000 == 999 ? "\"" : "";
        at += sprintf(at, "%sr%d%s,%d%s", quote, i % 777, quote, i, i % 100 == 50 ? "\r\n" : "\n");
    }
    reading made = read_bytes(wanting_region_value(), text, (size_t)(at - text));
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, ROWS);
    for (int i = 0; i < ROWS; i++) {
        char code[16];
        snprintf(code, sizeof code, "r%d", i % 777);
        assert_text(&made, "region", i, code);
        assert_number(&made, "value", i, i);
        assert_int_equal(made.table->line[i], i + 2);
    }
    done(&made);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_lines_are_read_as_the_parser_reads_them),
        cmocka_unit_test(test_more_than_a_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
