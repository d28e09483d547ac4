/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table (industry, period, value) -> the nation's amounts at two dates, in the order of the regions' industries.
 */
#include "analyses/shift_nation.h"

#include <string.h>

/* The reference's industries numbered: those of the regions by their place, then those that only the nation has. */
typedef struct {
    int64_t *place;    /* of each word; -1: in neither of the two periods */
    const char **code; /* of each place */
    int64_t count;
} numbering;

static int date_of(const okrug_two_dates *dates, const char *period) {
    return strcmp(period, dates->from) == 0 ? 0 : strcmp(period, dates->to) == 0 ? 1 : -1;
}

static okrug_status number_industries(okrug_ctx *ctx, const okrug_table *table, const okrug_two_dates *dates,
                                      numbering *out) {
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *when = okrug_table_column(table, "period");
    int32_t words = okrug_words_count(industry->words);
    *out = (numbering){OKRUG_SCRATCH(ctx, words, int64_t), OKRUG_SCRATCH(ctx, dates->industries + words, const char *),
                       dates->industries};
    if (out->place == NULL || out->code == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(out->place, -1, (size_t)words * sizeof *out->place);
    for (int64_t i = 0; i < dates->industries; i++) {
        int32_t word = okrug_words_find(industry->words, dates->industry[i], strlen(dates->industry[i]));
        out->code[i] = dates->industry[i];
        if (word >= 0) {
            out->place[word] = i;
        }
    }
    for (int64_t r = 0; r < table->rows; r++) {
        int32_t word = industry->word[r];
        if (out->place[word] < 0 && date_of(dates, okrug_text_at(when, r)) >= 0) {
            out->code[out->count] = okrug_words_text(industry->words, word);
            out->place[word] = out->count++;
        }
    }
    return OKRUG_OK;
}

/* amount[date]: the nation's, by place. Every industry must be known at both dates: what is known at one only would
 * pass for growth. */
static okrug_status take_amounts(okrug_ctx *ctx, const okrug_table *table, const okrug_two_dates *dates,
                                 const numbering *numbers, double *const amount[2]) {
    const okrug_column *industry = okrug_table_column(table, "industry");
    const okrug_column *when = okrug_table_column(table, "period");
    const okrug_column *value = okrug_table_column(table, "value");
    bool *found = OKRUG_SCRATCH_ZERO(ctx, 2 * numbers->count, bool);
    if (found == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < table->rows; r++) {
        int date = date_of(dates, okrug_text_at(when, r));
        okrug_reason reason = okrug_reason_at(value, r);
        if (date >= 0 && (reason == OKRUG_PRESENT || reason == OKRUG_STRUCTURAL_ZERO)) {
            int64_t place = numbers->place[industry->word[r]];
            amount[date][place] = reason == OKRUG_PRESENT ? value->number[r] : 0.0;
            found[date * numbers->count + place] = true;
        }
    }
    okrug_status status = OKRUG_OK;
    for (int64_t k = 0; k < 2 * numbers->count; k++) {
        if (!found[k]) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "not-in-reference-then", &(okrug_place){.file = table->file},
                                "code", numbers->code[k % numbers->count], "period",
                                k < numbers->count ? dates->from : dates->to, (char *)NULL);
        }
    }
    return status;
}

/* Widens the matrices by the industries that only the reference has, which nobody in the regions has. */
static okrug_status widen(okrug_ctx *ctx, const okrug_two_dates *dates, int64_t industries, const double *from,
                          const double **to) {
    double *wide = OKRUG_SCRATCH_ZERO(ctx, dates->regions * industries, double);
    if (wide == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < dates->regions; r++) {
        memcpy(wide + r * industries, from + r * dates->industries, (size_t)dates->industries * sizeof *wide);
    }
    *to = wide;
    return OKRUG_OK;
}

okrug_status okrug_shift_nation(okrug_ctx *ctx, const okrug_table *table, const okrug_two_dates *dates,
                                okrug_shift_input *in) {
    numbering numbers = {0};
    OKRUG_TRY(number_industries(ctx, table, dates, &numbers));
    double *const amount[2] = {OKRUG_SCRATCH_ZERO(ctx, numbers.count, double),
                               OKRUG_SCRATCH_ZERO(ctx, numbers.count, double)};
    if (amount[0] == NULL || amount[1] == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(take_amounts(ctx, table, dates, &numbers, amount));
    in->industries = numbers.count;
    in->nation_start = amount[0];
    in->nation_end = amount[1];
    OKRUG_TRY(widen(ctx, dates, in->industries, dates->start, &in->start));
    return widen(ctx, dates, in->industries, dates->end, &in->end);
}
