/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of sales -> matrices of industries by destinations, one's own and the market's.
 */
#include "analyses/markets.h"

#include <math.h>
#include <string.h>

#include "analyses/two_dates.h"

/* A column of codes; without one, all rows have the code NULL. */
typedef struct {
    const okrug_column *column;
    int64_t *place; /* of each of its words */
} coded;

typedef struct {
    int64_t count;
    const char **code;
    coded of[2]; /* in the input, and in the table of markets */
} codes;

typedef struct {
    const okrug_table *table[2];
    codes industry, destination;
    const okrug_column *region;
    int32_t own; /* word of one's own region; -1: all rows are one's own */
    int64_t *date[2];
    double *by_region; /* region words x industries at the last date */
} reading;

/* ---- Codes ------------------------------------------------------------------------------------------------------ */

static int64_t words_of(const okrug_column *column) {
    return column == NULL ? 0 : okrug_words_count(column->words);
}

/* Numbers the words of the role in both tables, those of the input first. */
static okrug_status number_codes(okrug_ctx *ctx, const okrug_table *const table[2], const char *role, codes *out) {
    int64_t most = 1;
    for (int t = 0; t < 2; t++) {
        out->of[t].column = table[t] == NULL ? NULL : okrug_table_column(table[t], role);
        out->of[t].place = OKRUG_SCRATCH(ctx, words_of(out->of[t].column) + 1, int64_t);
        most += words_of(out->of[t].column);
        if (out->of[t].place == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    out->code = OKRUG_SCRATCH_ZERO(ctx, most, const char *);
    if (out->code == NULL) {
        return OKRUG_NO_MEMORY;
    }
    out->count = 0;
    for (int t = 0; t < 2; t++) {
        const okrug_column *column = out->of[t].column, *first = out->of[0].column;
        for (int32_t w = 0; w < words_of(column); w++) {
            const char *text = okrug_words_text(column->words, w);
            int32_t there = t == 0 || first == NULL ? -1 : okrug_words_find(first->words, text, strlen(text));
            out->of[t].place[w] = there >= 0 ? out->of[0].place[there] : out->count;
            if (there < 0) {
                out->code[out->count++] = text;
            }
        }
    }
    out->count = out->count == 0 ? 1 : out->count;
    return OKRUG_OK;
}

static int64_t place_at(const codes *c, int t, int64_t row) {
    return c->of[t].column == NULL ? 0 : c->of[t].place[c->of[t].column->word[row]];
}

/* No key that is there may be empty: it would be a code of its own for one table and none for the other. */
static okrug_status check_keys(okrug_ctx *ctx, const okrug_table *table) {
    static const char *const keys[] = {"region", "industry", "destination", "period"};
    okrug_status status = OKRUG_OK;
    for (int k = 0; table != NULL && k < 4; k++) {
        const okrug_column *column = okrug_table_column(table, keys[k]);
        for (int64_t row = 0; column != NULL && row < table->rows; row++) {
            if (column->word[row] < 0) {
                okrug_place place = okrug_table_place(table, row, column->header);
                status = okrug_fail(ctx, OKRUG_BAD_INPUT, "empty-key", &place, (char *)NULL);
            }
        }
    }
    return status;
}

/* Destinations are told apart in both tables or in neither. */
static okrug_status check_destinations(okrug_ctx *ctx, const reading *r) {
    bool input = r->destination.of[0].column != NULL, market = r->destination.of[1].column != NULL;
    if (r->table[1] == NULL || input == market) {
        return OKRUG_OK;
    }
    return okrug_fail(ctx, OKRUG_BAD_INPUT, "destinations-in-one", &(okrug_place){.file = r->table[market]->file},
                      (char *)NULL);
}

/* ---- Whose and when --------------------------------------------------------------------------------------------- */

static okrug_status find_own(okrug_ctx *ctx, const char *region, reading *r) {
    const okrug_place place = {.file = r->table[0]->file};
    r->region = okrug_table_column(r->table[0], "region");
    r->own = -1;
    if (r->region == NULL) {
        return r->table[1] == NULL ? okrug_fail(ctx, OKRUG_BAD_USAGE, "market-needed", &place, (char *)NULL)
               : region != NULL ? okrug_fail(ctx, OKRUG_BAD_INPUT, "no-region", &place, "region", region, (char *)NULL)
                                : OKRUG_OK;
    }
    if (region != NULL) {
        r->own = okrug_words_find(r->region->words, region, strlen(region));
        return r->own < 0 ? okrug_fail(ctx, OKRUG_BAD_INPUT, "no-region", &place, "region", region, (char *)NULL)
                          : OKRUG_OK;
    }
    if (okrug_words_count(r->region->words) != 1) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "region-not-named", &place, (char *)NULL);
    }
    r->own = 0;
    return OKRUG_OK;
}

static const char *periods_of(okrug_ctx *ctx, const okrug_column *column) {
    const char *known = "";
    for (int32_t w = 0; w < words_of(column); w++) {
        known = okrug_text_listed(ctx, known, okrug_words_text(column->words, w));
    }
    return known;
}

/* date[t][word]: 0 or 1 for the periods chosen, -1 for the others. */
static okrug_status choose_dates(okrug_ctx *ctx, const char *from, const char *to, reading *r, okrug_markets *out) {
    const okrug_column *period = okrug_table_column(r->table[0], "period");
    int64_t count = words_of(period), chosen[2] = {-1, 0};
    const okrug_panels periods = {count, OKRUG_SCRATCH_ZERO(ctx, count + 1, okrug_panel)};
    if (periods.panel == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t w = 0; w < count; w++) {
        periods.panel[w].period = okrug_words_text(period->words, (int32_t)w);
    }
    if (count > 1 || (count == 1 && (from != NULL || to != NULL))) {
        OKRUG_TRY(okrug_periods_choose(ctx, r->table[0]->file, &periods, from, to, chosen));
        out->two = true;
        out->period[0] = periods.panel[chosen[0]].period;
    } else if (from != NULL || to != NULL) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "two-periods-needed", &(okrug_place){.file = r->table[0]->file},
                          "known", "", (char *)NULL);
    }
    out->period[OKRUG_MARKET_LAST] = count > 0 ? periods.panel[chosen[1]].period : NULL;
    for (int t = 0; t < 2 && r->table[t] != NULL; t++) {
        const okrug_column *column = okrug_table_column(r->table[t], "period");
        r->date[t] = OKRUG_SCRATCH(ctx, words_of(column) + 1, int64_t);
        if (r->date[t] == NULL) {
            return OKRUG_NO_MEMORY;
        }
        memset(r->date[t], -1, (size_t)(words_of(column) + 1) * sizeof(int64_t));
        for (int k = out->two ? 0 : 1; k < 2 && column != NULL && out->period[k] != NULL; k++) {
            int32_t w = okrug_words_find(column->words, out->period[k], strlen(out->period[k]));
            if (w < 0) {
                return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-period", &(okrug_place){.file = r->table[t]->file},
                                  "period", out->period[k], "known", periods_of(ctx, column), (char *)NULL);
            }
            r->date[t][w] = k;
        }
        if (column == NULL && out->two) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-period", &(okrug_place){.file = r->table[t]->file}, "period",
                              out->period[0], "known", "", (char *)NULL);
        }
    }
    return OKRUG_OK;
}

static int64_t date_at(const reading *r, int t, int64_t row) {
    const okrug_column *column = okrug_table_column(r->table[t], "period");
    return column == NULL ? OKRUG_MARKET_LAST : r->date[t][column->word[row]];
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

static void add_row(const reading *r, int t, int64_t row, okrug_markets *out) {
    const okrug_column *value = okrug_table_column(r->table[t], "value");
    int64_t date = date_at(r, t, row), industry = place_at(&r->industry, t, row);
    if (date < 0) {
        return;
    }
    int64_t cell = industry * out->destinations + place_at(&r->destination, t, row);
    okrug_reason reason = okrug_reason_at(value, row);
    bool known = reason == OKRUG_PRESENT || reason == OKRUG_STRUCTURAL_ZERO;
    double amount = reason == OKRUG_PRESENT ? value->number[row] : 0.0;
    bool own = t == 0 && (r->region == NULL || r->region->word[row] == r->own);
    bool market = t == 1 || r->table[1] == NULL;
    if (!own && !market) {
        return; /* other regions, where the markets have a table of their own */
    }
    out->listed[cell] = 1;
    if (own) {
        out->own[date][cell] += amount;
        out->reason[cell] = known ? out->reason[cell] : (uint8_t)reason;
    } else {
        out->missing_market += !known;
    }
    if (market) {
        out->market[date][cell] += amount;
    }
    if (out->largest_other != NULL && date == OKRUG_MARKET_LAST && t == 0 && !own) {
        r->by_region[r->region->word[row] * out->industries + industry] += amount;
    }
}

static void leave_out_missing(okrug_markets *out) {
    for (int64_t cell = 0; cell < out->industries * out->destinations; cell++) {
        if (out->reason[cell] != OKRUG_PRESENT) {
            out->own[0][cell] = out->own[1][cell] = out->market[0][cell] = out->market[1][cell] = 0.0;
            out->missing++;
        }
    }
}

static okrug_status allocate(okrug_ctx *ctx, reading *r, okrug_markets *out) {
    int64_t cells = out->industries * out->destinations;
    for (int date = 0; date < 2; date++) {
        out->own[date] = OKRUG_SCRATCH_ZERO(ctx, cells, double);
        out->market[date] = OKRUG_SCRATCH_ZERO(ctx, cells, double);
        if (out->own[date] == NULL || out->market[date] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    out->reason = OKRUG_SCRATCH_ZERO(ctx, cells, uint8_t);
    out->listed = OKRUG_SCRATCH_ZERO(ctx, cells, uint8_t);
    if (out->reason == NULL || out->listed == NULL) {
        return OKRUG_NO_MEMORY;
    }
    if (r->region != NULL && r->table[1] == NULL) {
        out->largest_other = OKRUG_SCRATCH_ZERO(ctx, out->industries, double);
        r->by_region = OKRUG_SCRATCH_ZERO(ctx, words_of(r->region) * out->industries, double);
        return out->largest_other == NULL || r->by_region == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    return OKRUG_OK;
}

okrug_status okrug_markets_read(okrug_ctx *ctx, const okrug_table *input, const okrug_table *market, const char *region,
                                const char *from, const char *to, okrug_markets *out) {
    reading r = {.table = {input, market}};
    *out = (okrug_markets){0};
    OKRUG_TRY(check_keys(ctx, input));
    OKRUG_TRY(check_keys(ctx, market));
    OKRUG_TRY(number_codes(ctx, r.table, "industry", &r.industry));
    OKRUG_TRY(number_codes(ctx, r.table, "destination", &r.destination));
    for (int t = 0; t < 2; t++) {
        if ((t == 0 || market != NULL) && r.table[t]->rows == 0) {
            return okrug_fail(ctx, OKRUG_BAD_INPUT, "no-rows", &(okrug_place){.file = r.table[t]->file}, (char *)NULL);
        }
    }
    OKRUG_TRY(check_destinations(ctx, &r));
    OKRUG_TRY(find_own(ctx, region, &r));
    OKRUG_TRY(choose_dates(ctx, from, to, &r, out));
    out->industries = r.industry.count;
    out->industry = r.industry.code;
    out->destinations = r.destination.count;
    out->destination = r.destination.code;
    OKRUG_TRY(allocate(ctx, &r, out));
    for (int t = 0; t < 2 && r.table[t] != NULL; t++) {
        for (int64_t row = 0; row < r.table[t]->rows; row++) {
            add_row(&r, t, row, out);
        }
    }
    leave_out_missing(out);
    for (int64_t cell = 0; out->largest_other != NULL && cell < words_of(r.region) * out->industries; cell++) {
        double *largest = &out->largest_other[cell % out->industries];
        *largest = fmax(*largest, r.by_region[cell]);
    }
    return OKRUG_OK;
}
