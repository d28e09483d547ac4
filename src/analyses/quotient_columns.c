/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each column of the table of location quotients: which number or text a row has, or why none.
 */
#include "analyses/quotient_columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TILE = 1 << 16 };

/* One row, as the columns see it. */
typedef struct {
    int64_t cell, region, industry;
    double value; /* 0 where it is missing */
    okrug_reason missing, none;
    bool known;
} place;

/* The words of a column of text, added before the threads start. */
enum { EMPTY, SMALL, CERTAIN, LIKELY, NO, YES, WORDS };
static const char *const texts[WORDS] = {"", "small", "certain", "likely", "no", "yes"};

typedef struct {
    const okrug_quotient_rows *of;
    const okrug_column *region, *industry, *value;
    int64_t first;
    int id;
    okrug_column *column;
    int32_t word[WORDS];
    bool *missing; /* per tile: a cell of it is */
} filling;

static place place_of(const filling *f, int64_t i) {
    const okrug_quotient_rows *of = f->of;
    int64_t row = of->row == NULL ? i : of->row[i];
    place at = {.region = of->totals->region_at[f->region->word[row]],
                .industry = of->totals->industry_at[f->industry->word[row]]};
    at.cell = at.region * of->industries + at.industry;
    at.missing = okrug_reason_at(f->value, row);
    at.known = at.missing == OKRUG_PRESENT || at.missing == OKRUG_STRUCTURAL_ZERO;
    at.value = at.missing == OKRUG_PRESENT ? f->value->number[row] : 0.0;
    okrug_reason of_region = (okrug_reason)of->totals->region_reason[at.region];
    at.none = of_region != OKRUG_PRESENT ? of_region : (okrug_reason)of->totals->industry_reason[at.industry];
    return at;
}

static double quotient(const okrug_quotient_rows *of, const place *at) {
    return at->known ? okrug_location_quotient(at->value, of->totals->region_total[at->region],
                                               of->totals->share[at->industry])
                     : (double)NAN;
}

/* Of a matrix that leaves its cells open where nothing is withheld: then they are the quotients themselves. */
static double ranged(const okrug_quotient_rows *of, const place *at, const double *matrix) {
    return matrix != NULL ? matrix[at->cell] : of->bounded ? quotient(of, at) : (double)NAN;
}

/* ---- Numbers ---- */

/* The number of a row and, where it is not finite, the reason. */
static double number_of(const okrug_quotient_rows *of, int id, const place *at, okrug_reason *reason) {
    double lq;
    *reason = at->missing;
    switch (id) {
    case OKRUG_LQ_VALUE:
        return at->known ? at->value : (double)NAN;
    case OKRUG_LQ_LQ:
        *reason = !at->known ? at->missing : at->none == OKRUG_PRESENT ? OKRUG_UNDEFINED : at->none;
        return quotient(of, at);
    case OKRUG_LQ_Z:
        lq = quotient(of, at);
        /* A quotient of 0 has no logarithm and so no standing among those that have one. */
        *reason = !at->known                  ? at->missing
                  : at->none != OKRUG_PRESENT ? at->none
                  : lq == 0.0                 ? OKRUG_UNDEFINED
                                              : OKRUG_CONSTANT;
        return at->known ? of->z[at->cell] : (double)NAN;
    case OKRUG_LQ_LO:
    case OKRUG_LQ_HI:
        *reason = !at->known                  ? at->missing
                  : at->none != OKRUG_PRESENT ? at->none
                  : of->factor > 0.0          ? OKRUG_UNDEFINED
                                              : OKRUG_NOT_A_COUNT;
        return at->known && of->factor > 0.0 ? (id == OKRUG_LQ_LO ? of->lo : of->hi)[at->cell] : (double)NAN;
    case OKRUG_LQ_VALUE_LEAST:
    case OKRUG_LQ_VALUE_MOST: {
        const double *matrix = id == OKRUG_LQ_VALUE_LEAST ? of->least : of->most;
        return matrix != NULL ? matrix[at->cell] : at->known ? at->value : (double)NAN;
    }
    default:
        break;
    }
    const double *matrix = id == OKRUG_LQ_LEAST            ? of->range.least
                           : id == OKRUG_LQ_MOST           ? of->range.most
                           : id == OKRUG_LQ_SENSITIVITY_LO ? of->range.lo
                                                           : of->range.hi;
    *reason = at->known && at->none != OKRUG_PRESENT ? at->none
              : of->bounded                          ? OKRUG_UNDEFINED
              : at->known                            ? OKRUG_NO_BOUND
                                                     : at->missing;
    return ranged(of, at, matrix);
}

static int64_t tile_end(const filling *f, int64_t tile) {
    int64_t end = (tile + 1) * TILE;
    return end < f->of->rows ? end : f->of->rows;
}

static okrug_status fill_numbers(void *user, int64_t tile) {
    filling *f = user;
    bool missing = false;
    for (int64_t i = tile * TILE; i < tile_end(f, tile); i++) {
        place at = place_of(f, i);
        okrug_reason reason;
        double number = number_of(f->of, f->id, &at, &reason);
        bool there = isfinite(number);
        f->column->number[f->first + i] = there ? number : (double)NAN;
        if (!there) {
            f->column->reason[f->first + i] = (uint8_t)reason;
            missing = true;
        }
    }
    f->missing[tile] = missing;
    return OKRUG_OK;
}

/* ---- Texts ---- */

static int text_of(const okrug_quotient_rows *of, int id, const place *at) {
    if (id == OKRUG_LQ_FLAG) {
        return at->known && of->factor > 0.0 && at->value * of->factor < of->small ? SMALL : EMPTY;
    }
    if (id == OKRUG_LQ_STANDS_OUT) {
        double lq = of->from == NULL ? (double)NAN : quotient(of, at);
        return isnan(lq) || isnan(of->from[at->industry]) ? EMPTY : lq >= of->from[at->industry] ? YES : NO;
    }
    const okrug_quotient_range *range = &of->range;
    const char *text = okrug_stability(ranged(of, at, range->least), ranged(of, at, range->most),
                                       ranged(of, at, range->lo), ranged(of, at, range->hi), 1.0);
    int word = EMPTY;
    while (strcmp(texts[word], text) != 0) {
        word++;
    }
    return word;
}

static okrug_status fill_texts(void *user, int64_t tile) {
    const filling *f = user;
    for (int64_t i = tile * TILE; i < tile_end(f, tile); i++) {
        place at = place_of(f, i);
        f->column->word[f->first + i] = f->word[text_of(f->of, f->id, &at)];
    }
    return OKRUG_OK;
}

/* ---- Totals ---- */

okrug_status okrug_quotient_totals_begin(okrug_ctx *ctx, const okrug_table *input, okrug_quotient_totals *totals) {
    int64_t regions = okrug_words_count(okrug_table_column(input, "region")->words);
    int64_t industries = okrug_words_count(okrug_table_column(input, "industry")->words);
    *totals = (okrug_quotient_totals){.region_words = regions,
                                      .industry_words = industries,
                                      .region_at = OKRUG_SCRATCH(ctx, regions, int32_t),
                                      .industry_at = OKRUG_SCRATCH(ctx, industries, int32_t),
                                      .region_total = OKRUG_SCRATCH(ctx, regions, double),
                                      .share = OKRUG_SCRATCH(ctx, industries, double),
                                      .region_reason = OKRUG_SCRATCH(ctx, regions, uint8_t),
                                      .industry_reason = OKRUG_SCRATCH(ctx, industries, uint8_t)};
    bool all = totals->region_at != NULL && totals->industry_at != NULL && totals->region_total != NULL &&
               totals->share != NULL && totals->region_reason != NULL && totals->industry_reason != NULL;
    return all ? OKRUG_OK : OKRUG_NO_MEMORY;
}

okrug_status okrug_quotient_totals_take(okrug_ctx *ctx, const okrug_panel *panel, const okrug_comparison *with,
                                        okrug_quotient_totals *totals) {
    memcpy(totals->region_at, panel->region_at, (size_t)totals->region_words * sizeof *totals->region_at);
    memcpy(totals->industry_at, panel->industry_at, (size_t)totals->industry_words * sizeof *totals->industry_at);
    memcpy(totals->region_reason, with->region_reason, (size_t)panel->regions);
    memcpy(totals->industry_reason, with->industry_reason, (size_t)panel->industries);
    return okrug_lq_totals(ctx, panel->regions, panel->industries, panel->value, &with->lq, totals->region_total,
                           totals->share);
}

/* ---- Columns ---- */

static okrug_status fill(okrug_ctx *ctx, filling *f, okrug_table *table) {
    int64_t tiles = (f->of->rows + TILE - 1) / TILE;
    if (f->column->type != OKRUG_NUMBER) {
        for (int w = 0; w < WORDS; w++) {
            f->word[w] = okrug_words_add(f->column->words, texts[w], strlen(texts[w]));
            if (f->word[w] < 0) {
                return OKRUG_NO_MEMORY;
            }
        }
        return okrug_parallel(ctx, tiles, fill_texts, f);
    }
    f->missing = OKRUG_SCRATCH_ZERO(ctx, tiles, bool);
    bool none_before = f->column->reason == NULL;
    if (f->missing == NULL || okrug_table_begin_reasons(table, f->id) != OKRUG_OK) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_parallel(ctx, tiles, fill_numbers, f));
    bool missing = false;
    for (int64_t t = 0; t < tiles; t++) {
        missing = missing || f->missing[t];
    }
    if (!missing && none_before) { /* they were never touched: pages without memory behind them */
        free(f->column->reason);
        f->column->reason = NULL;
    }
    return OKRUG_OK;
}

/* The column that has the same cells as that of `id`, where there is one that comes before; else -1. Only for tables of
 * one period: there the columns can be one. */
static int same_as(const okrug_quotient_rows *of, const okrug_table *table, int id) {
    bool plain = of->bounded && of->range.least == NULL;
    if (of->rows != table->rows || !plain) {
        return -1;
    }
    static const int like_lq[] = {OKRUG_LQ_LQ, OKRUG_LQ_LEAST, OKRUG_LQ_MOST, OKRUG_LQ_SENSITIVITY_LO,
                                  OKRUG_LQ_SENSITIVITY_HI};
    for (int i = 1; i < OKRUG_COUNT_OF(like_lq); i++) {
        for (int k = 0; k < i && like_lq[i] == id; k++) {
            if (okrug_table_column_at(table, like_lq[k]) != NULL) {
                return like_lq[k];
            }
        }
    }
    return -1;
}

static okrug_status add_column(okrug_ctx *ctx, filling *f, okrug_table *table, int id) {
    const okrug_quotient_rows *of = f->of;
    f->id = id;
    f->column = okrug_table_column_at(table, id);
    if (f->column == NULL) {
        return OKRUG_OK;
    }
    bool value =
        id == OKRUG_LQ_VALUE || (of->least == NULL && (id == OKRUG_LQ_VALUE_LEAST || id == OKRUG_LQ_VALUE_MOST));
    bool whole = of->rows == table->rows && of->row == NULL;
    if (value && whole && f->value->reason == NULL) {
        return okrug_table_share_column(table, id, f->value);
    }
    int same = same_as(of, table, id);
    return same >= 0 ? okrug_table_share_column(table, id, okrug_table_column_at(table, same)) : fill(ctx, f, table);
}

okrug_status okrug_quotient_columns(okrug_ctx *ctx, const okrug_quotient_rows *of, okrug_table *table, int64_t first) {
    filling f = {.of = of,
                 .region = okrug_table_column(of->input, "region"),
                 .industry = okrug_table_column(of->input, "industry"),
                 .value = okrug_table_column(of->input, "value"),
                 .first = first};
    const okrug_column *const keys[] = {f.region, f.industry, okrug_table_column(of->input, "period")};
    for (int id = OKRUG_LQ_REGION; id <= OKRUG_LQ_PERIOD; id++) {
        OKRUG_TRY(okrug_result_keys(ctx, table, id, first, of->rows, keys[id], of->row));
    }
    for (int id = OKRUG_LQ_VALUE; id <= OKRUG_LQ_STANDS_OUT; id++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        OKRUG_TRY(add_column(ctx, &f, table, id));
        okrug_scratch_reset(ctx, mark);
    }
    return OKRUG_OK;
}
