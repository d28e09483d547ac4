/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes that look alike and are not the same: a Latin A beside a Cyrillic А makes two industries of one, and no eye
 * sees it. Only letters that Russian and Latin fonts draw alike are taken together, so that codes that differ in any
 * way that can be seen are never suspected.
 */
#include "sources/readers.h"

#include <string.h>

#include <okrug/text.h>

/* Cyrillic letters and the Latin ones they look like. */
static const struct {
    const char *cyrillic;
    char latin;
} alike[] = {{"А", 'A'}, {"В", 'B'}, {"С", 'C'}, {"Е", 'E'}, {"Н", 'H'}, {"І", 'I'}, {"Ј", 'J'}, {"К", 'K'}, {"М", 'M'},
             {"О", 'O'}, {"Р", 'P'}, {"Ѕ", 'S'}, {"Т", 'T'}, {"Х", 'X'}, {"У", 'Y'}, {"а", 'a'}, {"с", 'c'}, {"е", 'e'},
             {"і", 'i'}, {"ј", 'j'}, {"о", 'o'}, {"р", 'p'}, {"ѕ", 's'}, {"х", 'x'}, {"у", 'y'}};

/* All such letters have two bytes. */
void okrug_skeleton(const char *word, okrug_buffer *out) {
    okrug_buffer_clear(out);
    while (*word != '\0') {
        char latin = 0;
        for (size_t i = 0; (*word & 0x80) != 0 && latin == 0 && i < sizeof alike / sizeof alike[0]; i++) {
            latin = strncmp(word, alike[i].cyrillic, 2) == 0 ? alike[i].latin : 0;
        }
        okrug_buffer_add(out, latin != 0 ? &latin : word, 1);
        word += latin != 0 ? 2 : 1;
    }
}

static int64_t line_of(const okrug_table *table, const okrug_column *column, int32_t word) {
    for (int64_t r = 0; table->line != NULL && r < table->rows; r++) {
        if (column->word[r] == word) {
            return table->line[r];
        }
    }
    return 0;
}

static okrug_status look(const okrug_column *column, okrug_words *skeletons, okrug_buffer *text, int32_t pair[2],
                         int64_t *count) {
    int32_t words = okrug_words_count(column->words);
    int32_t known = 0;
    for (int32_t w = 0; w < words; w++) {
        okrug_skeleton(okrug_words_text(column->words, w), text);
        OKRUG_TRY(okrug_buffer_status(text));
        int32_t at = okrug_words_add(skeletons, text->bytes == NULL ? "" : text->bytes, text->length);
        if (at < 0) {
            return OKRUG_NO_MEMORY;
        }
        if (at < known && (*count)++ == 0) {
            pair[0] = at; /* the skeleton; its first word is found below */
            pair[1] = w;
        }
        known = okrug_words_count(skeletons);
    }
    for (int32_t w = 0; *count > 0 && w < pair[1]; w++) {
        okrug_skeleton(okrug_words_text(column->words, w), text);
        OKRUG_TRY(okrug_buffer_status(text));
        if (okrug_words_find(skeletons, text->bytes == NULL ? "" : text->bytes, text->length) == pair[0]) {
            pair[0] = w;
            break;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_lookalikes_warn(okrug_ctx *ctx, const char *file, const okrug_table *table,
                                   const okrug_column *column) {
    okrug_words *skeletons = okrug_words_new();
    okrug_buffer text = {0};
    int32_t pair[2] = {0, 0};
    int64_t count = 0;
    okrug_status status = skeletons == NULL ? OKRUG_NO_MEMORY : look(column, skeletons, &text, pair, &count);
    okrug_buffer_free(&text);
    okrug_words_free(skeletons);
    if (status == OKRUG_OK && count > 0) {
        okrug_place place = {.file = file,
                             .line = line_of(table, column, pair[1]),
                             .column = column->header == NULL ? column->name : column->header};
        okrug_warn(ctx, "codes-look-alike", &place, "second", okrug_words_text(column->words, pair[1]), "first",
                   okrug_words_text(column->words, pair[0]), "line",
                   okrug_text_integer(ctx, line_of(table, column, pair[0])), "count", okrug_text_integer(ctx, count),
                   (char *)NULL);
    }
    return status == OKRUG_OK ? status : okrug_fail(ctx, status, "no-memory", NULL, (char *)NULL);
}
