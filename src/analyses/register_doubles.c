/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses and numbers of a register that several of its rows have.
 */
#include "analyses/register_doubles.h"

#include <stdio.h>
#include <string.h>

#include <okrug/role.h>

#include "analyses/firm_name.h"

/* The folded form of each word of the addresses; -1: nothing is left of it. */
static okrug_status fold(const okrug_column *address, okrug_words *folded, int32_t *form) {
    for (int32_t w = 0; w < okrug_words_count(address->words); w++) {
        char key[OKRUG_FIRM_NAME];
        okrug_address_read(okrug_words_text(address->words, w), key);
        form[w] = key[0] == '\0' ? -1 : okrug_words_add(folded, key, strlen(key));
        if (key[0] != '\0' && form[w] < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_register_same_address(okrug_ctx *ctx, const okrug_table *table, const bool *looked_at, bool *same) {
    const okrug_column *address = okrug_table_column(table, "address");
    memset(same, 0, (size_t)table->rows * sizeof *same);
    if (address == NULL) {
        return OKRUG_OK;
    }
    int32_t words = okrug_words_count(address->words);
    int32_t *form = OKRUG_SCRATCH(ctx, words + 1, int32_t);
    int64_t *firms = OKRUG_SCRATCH_ZERO(ctx, words + 1, int64_t);
    okrug_words *folded = okrug_words_new();
    if (form == NULL || firms == NULL || folded == NULL) {
        okrug_words_free(folded);
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    okrug_status status = fold(address, folded, form);
    okrug_words_free(folded);
    OKRUG_TRY(status);
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t row = 0; row < table->rows; row++) {
            int32_t at = looked_at[row] && address->word[row] >= 0 ? form[address->word[row]] : -1;
            if (at >= 0 && pass == 0) {
                firms[at]++;
            } else if (at >= 0) {
                same[row] = firms[at] > 1;
            }
        }
    }
    return OKRUG_OK;
}

/* For each row the word of its number with its kpp, where both are known; -1: not so. */
static okrug_status pair(const okrug_table *table, const bool *looked_at, okrug_words *pairs, int32_t *pair_of) {
    const okrug_column *inn = okrug_table_column(table, "inn"), *kpp = okrug_table_column(table, "kpp");
    for (int64_t row = 0; row < table->rows; row++) {
        const char *number = okrug_text_at(inn, row), *place = kpp == NULL ? NULL : okrug_text_at(kpp, row);
        char text[2 * OKRUG_DOMAIN_TEXT];
        pair_of[row] = -1;
        if (looked_at[row] && number != NULL && place != NULL) {
            snprintf(text, sizeof text, "%s %s", number, place);
            pair_of[row] = okrug_words_add(pairs, text, strlen(text));
            if (pair_of[row] < 0) {
                return OKRUG_NO_MEMORY;
            }
        }
    }
    return OKRUG_OK;
}

typedef struct {
    int64_t *of_inn, *without_kpp, *of_pair; /* by word: rows */
    int32_t *pair_of;                        /* rows */
} numbers;

static void mark_numbers(const okrug_column *inn, const bool *looked_at, const numbers *n, int64_t rows, bool *same) {
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t row = 0; row < rows; row++) {
            int32_t number = looked_at[row] ? inn->word[row] : -1, own = n->pair_of[row];
            if (number >= 0 && pass == 0) {
                n->of_inn[number]++;
                n->without_kpp[number] += own < 0;
                n->of_pair[own < 0 ? 0 : own] += own >= 0;
            } else if (number >= 0) {
                same[row] = own < 0 ? n->of_inn[number] > 1 : n->of_pair[own] > 1 || n->without_kpp[number] > 0;
            }
        }
    }
}

okrug_status okrug_register_same_inn(okrug_ctx *ctx, const okrug_table *table, const bool *looked_at, bool *same) {
    const okrug_column *inn = okrug_table_column(table, "inn");
    memset(same, 0, (size_t)table->rows * sizeof *same);
    if (inn == NULL) {
        return OKRUG_OK;
    }
    int64_t words = okrug_words_count(inn->words) + 1, rows = table->rows;
    numbers n = {OKRUG_SCRATCH_ZERO(ctx, words, int64_t), OKRUG_SCRATCH_ZERO(ctx, words, int64_t),
                 OKRUG_SCRATCH_ZERO(ctx, rows + 1, int64_t), OKRUG_SCRATCH(ctx, rows + 1, int32_t)};
    okrug_words *pairs = okrug_words_new();
    if (n.of_inn == NULL || n.without_kpp == NULL || n.of_pair == NULL || n.pair_of == NULL || pairs == NULL) {
        okrug_words_free(pairs);
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    okrug_status status = pair(table, looked_at, pairs, n.pair_of);
    okrug_words_free(pairs);
    OKRUG_TRY(status);
    mark_numbers(inn, looked_at, &n, rows, same);
    return OKRUG_OK;
}
