/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes that lost the zero they begin with: spreadsheets make 1.1 of 01.1 and 1 of 01, and then they are other codes to
 * every join and every cut to some digits. Codes of firms have check digits and are refused; here it can only be told.
 */
#include <string.h>

#include "engine/engine_private.h"

/* The digits that a code begins with, up to its end or its first point; 0: it is no such code. */
static size_t whole_part(const char *code, bool *dotted) {
    size_t length = strspn(code, "0123456789");
    *dotted = code[length] == '.';
    return code[length] == '\0' || *dotted ? length : 0;
}

typedef struct {
    const okrug_words *codes;
    int64_t *row;      /* of each code: the first with it; -1: no row has it */
    okrug_words *bare; /* whole parts without the zeros in front */
    int32_t *fullest;  /* of each of them: the code whose whole part is the longest */
    int32_t two;       /* a code with two digits before its point; -1: there is none */
} search;

static okrug_status look(search *s) {
    for (int32_t w = 0; w < okrug_words_count(s->codes); w++) {
        const char *code = okrug_words_text(s->codes, w);
        bool dotted, other;
        size_t length = whole_part(code, &dotted), zeros = strspn(code, "0");
        if (s->row[w] < 0 || length == 0 || zeros >= length) {
            continue;
        }
        int32_t before = okrug_words_count(s->bare), word = okrug_words_add(s->bare, code + zeros, length - zeros);
        if (word < 0) {
            return OKRUG_NO_MEMORY;
        }
        if (word == before || whole_part(okrug_words_text(s->codes, s->fullest[word]), &other) < length) {
            s->fullest[word] = w;
        }
        s->two = s->two < 0 && dotted && length == 2 ? w : s->two;
    }
    return OKRUG_OK;
}

/* The code beside which this one is a digit short; -1: none. */
static int32_t beside(const search *s, int32_t w) {
    const char *code = okrug_words_text(s->codes, w);
    bool dotted, other;
    size_t length = whole_part(code, &dotted), zeros = strspn(code, "0");
    if (s->row[w] < 0 || length == 0 || zeros >= length) {
        return -1;
    }
    int32_t fullest = s->fullest[okrug_words_find(s->bare, code + zeros, length - zeros)];
    if (whole_part(okrug_words_text(s->codes, fullest), &other) > length) {
        return fullest;
    }
    return dotted && length == 1 ? s->two : -1;
}

static void tell(okrug_ctx *ctx, const okrug_table *table, const okrug_column *column, const search *s) {
    int64_t count = 0;
    int32_t first = -1;
    for (int32_t w = 0; w < okrug_words_count(s->codes); w++) {
        bool lost = beside(s, w) >= 0;
        first = lost && (first < 0 || s->row[w] < s->row[first]) ? w : first;
        count += lost;
    }
    if (first >= 0) {
        okrug_place place =
            okrug_table_place(table, s->row[first], column->header == NULL ? column->name : column->header);
        okrug_warn(ctx, "codes-lost-zeros", &place, "count", okrug_text_integer(ctx, count), "code",
                   okrug_words_text(s->codes, first), "other", okrug_words_text(s->codes, beside(s, first)),
                   (char *)NULL);
    }
}

static okrug_status check(okrug_ctx *ctx, const okrug_table *table, const okrug_column *column) {
    int32_t words = okrug_words_count(column->words);
    search s = {.codes = column->words,
                .row = OKRUG_SCRATCH(ctx, words + 1, int64_t),
                .bare = okrug_words_new(),
                .fullest = OKRUG_SCRATCH(ctx, words + 1, int32_t),
                .two = -1};
    okrug_status status = s.row == NULL || s.bare == NULL || s.fullest == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    for (int32_t w = 0; status == OKRUG_OK && w < words; w++) {
        s.row[w] = -1;
    }
    for (int64_t row = table->rows; status == OKRUG_OK && row-- > 0;) {
        if (column->word[row] >= 0) {
            s.row[column->word[row]] = row;
        }
    }
    status = status == OKRUG_OK ? look(&s) : status;
    if (status == OKRUG_OK) {
        tell(ctx, table, column, &s);
    }
    okrug_words_free(s.bare);
    return status;
}

okrug_status okrug_codes_check(okrug_ctx *ctx, const okrug_input *input, const okrug_table *table) {
    static const char *const classified[] = {"region", "industry", "product", NULL};
    for (int r = 0; r < input->role_count; r++) {
        const okrug_column *column =
            input->roles[r].type == OKRUG_TEXT && okrug_text_is_one_of(input->roles[r].name, classified)
                ? okrug_table_column(table, input->roles[r].name)
                : NULL;
        if (column != NULL && column->words != NULL) {
            OKRUG_TRY(check(ctx, table, column));
        }
    }
    return OKRUG_OK;
}
