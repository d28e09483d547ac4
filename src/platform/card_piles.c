/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amounts summed by two codes: what a project spent by source, what a firm sold to another.
 */
#include <math.h>
#include <string.h>

#include "platform/card.h"

okrug_status okrug_card_piles_open(okrug_ctx *ctx, int64_t most, okrug_card_piles *p) {
    p->list = OKRUG_SCRATCH_ZERO(ctx, most + 1, okrug_card_pile);
    p->keys = okrug_words_new();
    return p->list != NULL && p->keys != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

okrug_status okrug_card_piles_add(okrug_ctx *ctx, okrug_card_piles *p, const char *first, const char *second,
                                  bool promise, double amount) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    size_t length = strlen(first) + (second != NULL ? strlen(second) + 1 : 0);
    char *key = OKRUG_SCRATCH(ctx, (int64_t)length + 1, char);
    if (key == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memcpy(key, first, strlen(first) + 1);
    if (second != NULL) {
        key[strlen(first)] = '\n'; /* codes have no controls in them */
        memcpy(key + strlen(first) + 1, second, strlen(second) + 1);
    }
    int32_t word = okrug_words_add(p->keys, key, length);
    okrug_scratch_reset(ctx, mark);
    if (word < 0) {
        return OKRUG_NO_MEMORY;
    }
    okrug_card_pile *one = &p->list[word];
    one->first = first;
    one->second = second;
    one->count++;
    one->promises += promise;
    one->unknown += !isfinite(amount);
    if (isfinite(amount)) {
        okrug_sum_add(&one->amount, amount);
    }
    return OKRUG_OK;
}

double okrug_card_sum(const okrug_sum *sum, int64_t count, int64_t unknown) {
    return unknown > 0 && unknown == count ? (double)NAN : okrug_sum_value(sum);
}

double okrug_card_pile_amount(const okrug_card_pile *pile) {
    return okrug_card_sum(&pile->amount, pile->count - pile->promises, pile->unknown);
}

double okrug_card_sales(const okrug_card *c) {
    return okrug_card_sum(&c->amount, c->contracts - c->investments, c->unknown);
}

void okrug_card_piles_close(okrug_card_piles *p) {
    okrug_words_free(p->keys);
}
