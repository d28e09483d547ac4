/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each row's value is cut up by what became of its industry and of its region; sorted, the pieces of a new cell lie
 * together.
 */
#include "analyses/convert_pieces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHECK_EVERY = 4096 };
static const double EXACT = 1e-9; /* sums of shares nearer to 1 than this are 1 */

const char *const okrug_leak_codes[] = {"unmapped", "kept", "incomplete", "excess", "late", "double"};

typedef struct {
    int32_t region, industry, period;
} key;

typedef struct {
    okrug_conversion *c;
    const okrug_column *region, *industry, *period, *value;
    key *known; /* rows that have a value, sorted */
    int64_t known_count, piece_room, leak_room;
    okrug_code_parts by_region, by_industry;
} work;

/* ---- Order ---- */

static int three_way(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int by_key(const void *left, const void *right) {
    const key *a = left;
    const key *b = right;
    int order = three_way(a->region, b->region);
    order = order != 0 ? order : three_way(a->industry, b->industry);
    return order != 0 ? order : three_way(a->period, b->period);
}

static int by_cell(const void *left, const void *right) {
    const okrug_piece *a = left;
    const okrug_piece *b = right;
    const key x = {a->region, a->industry, a->period};
    const key y = {b->region, b->industry, b->period};
    int order = by_key(&x, &y);
    return order != 0 ? order : three_way(a->order, b->order);
}

static int by_problem(const void *left, const void *right) {
    const okrug_leak *a = left;
    const okrug_leak *b = right;
    int order = three_way(a->dimension, b->dimension);
    order = order != 0 ? order : three_way(a->problem, b->problem);
    order = order != 0 ? order : three_way(a->code, b->code);
    order = order != 0 ? order : three_way(a->period, b->period);
    return order != 0 ? order : three_way(a->order, b->order);
}

static int32_t word_at(const okrug_column *column, int64_t row) {
    return column == NULL ? -1 : column->word[row];
}

/* ---- Growing lists ---- */

static okrug_status add_piece(okrug_ctx *ctx, work *w, okrug_piece piece) {
    okrug_conversion *c = w->c;
    if (c->pieces == w->piece_room) {
        w->piece_room = w->piece_room == 0 ? c->input->rows + 16 : 2 * w->piece_room;
        okrug_piece *more = OKRUG_SCRATCH(ctx, w->piece_room, okrug_piece);
        if (more == NULL) {
            return OKRUG_NO_MEMORY;
        }
        if (c->pieces > 0) {
            memcpy(more, c->piece, (size_t)c->pieces * sizeof *more);
        }
        c->piece = more;
    }
    piece.order = c->pieces;
    c->piece[c->pieces++] = piece;
    return OKRUG_OK;
}

static okrug_status add_leak(okrug_ctx *ctx, work *w, okrug_leak leak) {
    okrug_conversion *c = w->c;
    if (c->leaks == w->leak_room) {
        w->leak_room = w->leak_room == 0 ? 256 : 2 * w->leak_room;
        okrug_leak *more = OKRUG_SCRATCH(ctx, w->leak_room, okrug_leak);
        if (more == NULL) {
            return OKRUG_NO_MEMORY;
        }
        if (c->leaks > 0) {
            memcpy(more, c->leak, (size_t)c->leaks * sizeof *more);
        }
        c->leak = more;
    }
    leak.order = c->leaks;
    leak.cells = 1;
    c->leak[c->leaks++] = leak;
    return OKRUG_OK;
}

/* ---- One row ---- */

static double sum_of(const okrug_code_parts *parts) {
    double sum = 0.0;
    for (int64_t i = 0; i < parts->count; i++) {
        sum += parts->part[i].share;
    }
    return fabs(sum - 1.0) <= EXACT ? 1.0 : sum;
}

/* What becomes of the code at `column`: itself where there is no map. */
static okrug_status parts_of(okrug_ctx *ctx, const okrug_code_map *map, const okrug_column *column, int64_t row,
                             const char *period, okrug_code_parts *parts) {
    const char *code = column == NULL ? NULL : okrug_text_at(column, row);
    parts->known = true;
    if (map != NULL) {
        OKRUG_TRY(okrug_code_map_parts(ctx, map, code, period, parts));
    }
    if (map != NULL && parts->known) {
        return OKRUG_OK;
    }
    if (parts->room == 0) {
        parts->part = OKRUG_SCRATCH(ctx, 1, okrug_code_part);
        if (parts->part == NULL) {
            return OKRUG_NO_MEMORY;
        }
        parts->room = 1;
    }
    parts->part[0] = (okrug_code_part){code, 1.0, false, NULL};
    parts->count = 1;
    return OKRUG_OK;
}

static okrug_status check_sum(okrug_ctx *ctx, work *w, okrug_leak leak, double sum) {
    if (sum == 1.0) {
        return OKRUG_OK;
    }
    leak.problem = sum < 1.0 ? OKRUG_LEAK_INCOMPLETE : OKRUG_LEAK_EXCESS;
    leak.lost = leak.value * (1.0 - sum);
    return add_leak(ctx, w, leak);
}

/* The successor has a value of its own in the same period. */
static bool is_double(const work *w, const char *code, int64_t row) {
    int32_t region = okrug_words_find(w->region->words, code, strlen(code));
    const key wanted = {region, word_at(w->industry, row), word_at(w->period, row)};
    return region >= 0 && region != w->region->word[row] &&
           bsearch(&wanted, w->known, (size_t)w->known_count, sizeof wanted, by_key) != NULL;
}

static okrug_status cut(okrug_ctx *ctx, work *w, int64_t row, const okrug_code_part *region,
                        const okrug_code_part *industry, okrug_leak leak) {
    okrug_conversion *c = w->c;
    okrug_reason reason = okrug_reason_at(w->value, row);
    if (region->late) {
        bool twice = is_double(w, region->stands, row);
        leak.problem = twice ? OKRUG_LEAK_DOUBLE : OKRUG_LEAK_LATE;
        leak.value *= region->share * industry->share;
        leak.lost = twice ? leak.value : 0.0;
        OKRUG_TRY(add_leak(ctx, w, leak));
        if (twice) {
            return OKRUG_OK;
        }
    }
    okrug_piece piece = {.period = leak.period, .industry = -1, .reason = OKRUG_PRESENT};
    piece.region = okrug_words_add(c->regions, region->code, strlen(region->code));
    if (industry->code != NULL) {
        piece.industry = okrug_words_add(c->industries, industry->code, strlen(industry->code));
    }
    if (piece.region < 0 || (industry->code != NULL && piece.industry < 0)) {
        return OKRUG_NO_MEMORY;
    }
    if (reason == OKRUG_PRESENT) {
        piece.value = w->value->number[row] * region->share * industry->share;
    } else if (reason != OKRUG_STRUCTURAL_ZERO) {
        piece.reason = (int32_t)reason;
    }
    return add_piece(ctx, w, piece);
}

static okrug_status convert_row(okrug_ctx *ctx, work *w, int64_t row) {
    okrug_conversion *c = w->c;
    const char *period = w->period == NULL ? NULL : okrug_text_at(w->period, row);
    okrug_reason reason = okrug_reason_at(w->value, row);
    okrug_leak leak = {.dimension = OKRUG_LEAK_OF_INDUSTRY,
                       .code = word_at(w->industry, row),
                       .period = word_at(w->period, row),
                       .missing = reason != OKRUG_PRESENT && reason != OKRUG_STRUCTURAL_ZERO,
                       .value = reason == OKRUG_PRESENT ? w->value->number[row] : 0.0};
    OKRUG_TRY(parts_of(ctx, c->reforms, w->region, row, period, &w->by_region));
    OKRUG_TRY(parts_of(ctx, c->concordance, w->industry, row, period, &w->by_industry));
    if (!w->by_industry.known) {
        leak.problem = c->keep ? OKRUG_LEAK_KEPT : OKRUG_LEAK_UNMAPPED;
        leak.lost = c->keep ? 0.0 : leak.value;
        OKRUG_TRY(add_leak(ctx, w, leak));
        if (!c->keep) {
            return OKRUG_OK;
        }
    }
    double sum = sum_of(&w->by_industry);
    OKRUG_TRY(check_sum(ctx, w, leak, sum));
    leak.dimension = OKRUG_LEAK_OF_REGION;
    leak.code = w->region->word[row];
    okrug_leak whole = leak;
    whole.value *= sum;
    OKRUG_TRY(check_sum(ctx, w, whole, sum_of(&w->by_region)));
    for (int64_t r = 0; r < w->by_region.count; r++) {
        for (int64_t i = 0; i < w->by_industry.count; i++) {
            OKRUG_TRY(cut(ctx, w, row, &w->by_region.part[r], &w->by_industry.part[i], leak));
        }
    }
    return OKRUG_OK;
}

/* ---- All rows ---- */

static okrug_status note_known(okrug_ctx *ctx, work *w) {
    const okrug_table *input = w->c->input;
    w->known = OKRUG_SCRATCH(ctx, input->rows, key);
    if (w->known == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < input->rows; row++) {
        if (okrug_reason_at(w->value, row) == OKRUG_PRESENT) {
            w->known[w->known_count++] =
                (key){w->region->word[row], word_at(w->industry, row), word_at(w->period, row)};
        }
    }
    qsort(w->known, (size_t)w->known_count, sizeof *w->known, by_key);
    return OKRUG_OK;
}

/* Leaks of the same code, period and problem become one. */
static void merge_leaks(okrug_conversion *c) {
    int64_t kept = 0;
    if (c->leaks > 0) {
        qsort(c->leak, (size_t)c->leaks, sizeof *c->leak, by_problem);
    }
    for (int64_t i = 0; i < c->leaks; i++) {
        okrug_leak *last = kept == 0 ? NULL : &c->leak[kept - 1];
        const okrug_leak *now = &c->leak[i];
        if (last != NULL && last->dimension == now->dimension && last->problem == now->problem &&
            last->code == now->code && last->period == now->period) {
            last->cells += now->cells;
            last->missing += now->missing;
            last->value += now->value;
            last->lost += now->lost;
        } else {
            c->leak[kept++] = *now;
        }
    }
    c->leaks = kept;
}

okrug_status okrug_conversion_make(okrug_ctx *ctx, okrug_conversion *c) {
    const okrug_table *input = c->input;
    work w = {.c = c,
              .region = okrug_table_column(input, "region"),
              .industry = okrug_table_column(input, "industry"),
              .period = okrug_table_column(input, "period"),
              .value = okrug_table_column(input, "value")};
    OKRUG_TRY(note_known(ctx, &w));
    for (int64_t row = 0; row < input->rows; row++) {
        if (row % CHECK_EVERY == 0) {
            OKRUG_TRY(okrug_check_cancel(ctx));
        }
        OKRUG_TRY(convert_row(ctx, &w, row));
    }
    if (c->pieces > 0) {
        qsort(c->piece, (size_t)c->pieces, sizeof *c->piece, by_cell);
    }
    merge_leaks(c);
    return OKRUG_OK;
}
