/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether tables of support measures and their terms can be understood.
 */
#include <string.h>

#include "analyses/support_offer.h"

static okrug_status need_one_of(okrug_ctx *ctx, const okrug_table *table, const char *column, const char *words) {
    okrug_status status = OKRUG_OK;
    for (int64_t row = 0; row < table->rows; row++) {
        const char *text = okrug_cell_text(table, column, row);
        if (text[0] == '\0' || !okrug_word_among(words, text)) {
            okrug_place place = okrug_table_place(table, row, column);
            status =
                okrug_fail(ctx, OKRUG_BAD_INPUT, "not-one-of", &place, "value", text, "choices", words, (char *)NULL);
        }
    }
    return status;
}

okrug_status okrug_support_check(okrug_ctx *ctx, const okrug_support_tables *tables) {
    static const struct {
        bool terms;
        const char *column, *words;
    } closed[] = {{false, "kind", "subsidy loan guarantee"},
                  {false, "confidence", "certain likely unverified"},
                  {true, "relation", "at-least at-most is in"},
                  {true, "confidence", "certain likely unverified"}};
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < OKRUG_COUNT_OF(closed); i++) {
        okrug_status one =
            need_one_of(ctx, closed[i].terms ? tables->terms : tables->measures, closed[i].column, closed[i].words);
        status = one == OKRUG_OK ? status : one;
    }
    const okrug_column *known = okrug_table_column(tables->measures, "measure");
    for (int64_t row = 0; row < tables->terms->rows; row++) {
        const char *measure = okrug_cell_text(tables->terms, "measure", row);
        if (okrug_words_find(known->words, measure, strlen(measure)) < 0) {
            okrug_place place = okrug_table_place(tables->terms, row, "measure");
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-such-measure", &place, "measure", measure, (char *)NULL);
        }
    }
    return status;
}
