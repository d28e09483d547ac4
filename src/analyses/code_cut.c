/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes by their first digits.
 */
#include "analyses/code_cut.h"

#include <ctype.h>

size_t okrug_code_cut(const char *code, int64_t digits) {
    size_t length = 0;
    for (int64_t found = 0; code[length] != '\0' && (digits == 0 || found < digits); length++) {
        found += isdigit((unsigned char)code[length]) != 0;
    }
    return length;
}

okrug_status okrug_code_cut_words(okrug_ctx *ctx, const okrug_words *words, int64_t digits, okrug_words *cut,
                                  int32_t **short_of) {
    int32_t count = okrug_words_count(words);
    *short_of = OKRUG_SCRATCH(ctx, count + 1, int32_t);
    if (*short_of == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < count; w++) {
        const char *code = okrug_words_text(words, w);
        (*short_of)[w] = okrug_words_add(cut, code, okrug_code_cut(code, digits));
        if ((*short_of)[w] < 0) {
            return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
        }
    }
    return OKRUG_OK;
}
