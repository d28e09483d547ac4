/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows (from, to, perhaps period, perhaps share) -> what became of each code.
 */
#include "analyses/code_map.h"

#include <string.h>

#include <okrug/number.h>
#include <okrug/numeric.h>

#include "analyses/periods.h"

static const char *period_at(const okrug_table *table, int64_t row) {
    const okrug_column *column = okrug_table_column(table, "period");
    return column == NULL ? NULL : okrug_text_at(column, row);
}

/* Without a period: at the same time as all others without one, before all that have one. */
static int compare(const okrug_code_map *map, const char *a, const char *b) {
    if (a == NULL || b == NULL) {
        return (a != NULL) - (b != NULL);
    }
    return okrug_periods_compare(a, b, map->numbers);
}

/* Rows of one code that belong to the same reform as `row`: how many, and the sum of their shares. */
static int64_t together(const okrug_code_map *map, int64_t row, double *sum) {
    okrug_sum total = {0};
    int64_t count = 0;
    const okrug_column *from = okrug_table_column(map->table, "from");
    for (int64_t r = map->first[from->word[row]]; r >= 0; r = map->next[r]) {
        if (compare(map, period_at(map->table, r), period_at(map->table, row)) == 0) {
            okrug_sum_add(&total, map->share[r]);
            count++;
        }
    }
    *sum = okrug_sum_value(&total);
    return count;
}

static okrug_status read_shares(okrug_ctx *ctx, bool rescaled, okrug_code_map *map) {
    const okrug_table *table = map->table;
    const okrug_column *share = okrug_table_column(table, "share");
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < table->rows; r++) {
        okrug_place place = okrug_table_place(table, r, NULL);
        map->share[r] = share == NULL ? 1.0 : share->number[r];
        if (share != NULL && okrug_reason_at(share, r) != OKRUG_PRESENT) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "share-missing", &place, (char *)NULL);
        }
    }
    OKRUG_TRY(status);
    double *sum = OKRUG_SCRATCH(ctx, table->rows, double);
    if (sum == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < table->rows; r++) {
        if (together(map, r, &sum[r]) > 1 && share == NULL) {
            okrug_place place = okrug_table_place(table, r, NULL);
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "shares-needed", &place, "code",
                                okrug_text_at(okrug_table_column(table, "from"), r), (char *)NULL);
        }
    }
    for (int64_t r = 0; rescaled && r < table->rows; r++) {
        map->share[r] = sum[r] > 0.0 ? map->share[r] / sum[r] : 0.0;
    }
    return status;
}

okrug_status okrug_code_map_read(okrug_ctx *ctx, const okrug_table *table, bool rescaled, bool numbers,
                                 okrug_code_map *map) {
    const okrug_column *from = okrug_table_column(table, "from");
    int32_t words = okrug_words_count(from->words);
    *map = (okrug_code_map){.table = table,
                            .first = OKRUG_SCRATCH(ctx, words, int64_t),
                            .next = OKRUG_SCRATCH(ctx, table->rows, int64_t),
                            .share = OKRUG_SCRATCH(ctx, table->rows, double),
                            .numbers = numbers};
    if (map->first == NULL || map->next == NULL || map->share == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < words; w++) {
        map->first[w] = -1;
    }
    for (int64_t r = table->rows - 1; r >= 0; r--) { /* backwards, so that lists are in the order of the table */
        const char *when = period_at(table, r);
        double number = 0.0;
        map->numbers = map->numbers && (when == NULL || okrug_number_read(when, strlen(when), &number));
        map->next[r] = map->first[from->word[r]];
        map->first[from->word[r]] = r;
    }
    return read_shares(ctx, rescaled, map);
}

/* ---- Following a code ---- */

static int64_t rows_of(const okrug_code_map *map, const char *code) {
    const okrug_column *from = okrug_table_column(map->table, "from");
    int32_t word = okrug_words_find(from->words, code, strlen(code));
    return word < 0 ? -1 : map->first[word];
}

/* A row of the first reform of the code that is after `after` (with `any`: of its first); -1: none. */
static int64_t next_reform(const okrug_code_map *map, const char *code, const char *after, bool any) {
    int64_t found = -1;
    for (int64_t r = rows_of(map, code); r >= 0; r = map->next[r]) {
        const char *when = period_at(map->table, r);
        bool later = any || compare(map, when, after) > 0;
        if (later && (found < 0 || compare(map, when, period_at(map->table, found)) < 0)) {
            found = r;
        }
    }
    return found;
}

/* The last reform that ended the code by `period`, if none brought it back since; -1: it is in its right. */
static int64_t ended_by(const okrug_code_map *map, const char *code, const char *period) {
    const okrug_column *to = okrug_table_column(map->table, "to");
    int64_t last = -1;
    for (int64_t r = rows_of(map, code); r >= 0; r = map->next[r]) {
        const char *when = period_at(map->table, r);
        bool by = when != NULL && compare(map, when, period) <= 0;
        if (by && (last < 0 || compare(map, when, period_at(map->table, last)) > 0)) {
            last = r;
        }
    }
    int32_t word = last < 0 ? -1 : okrug_words_find(to->words, code, strlen(code));
    for (int64_t r = 0; word >= 0 && r < map->table->rows; r++) {
        const char *when = period_at(map->table, r);
        bool since = compare(map, when, period_at(map->table, last)) >= 0 && compare(map, when, period) <= 0;
        if (to->word[r] == word && since) {
            return -1;
        }
    }
    return last;
}

static okrug_status add_part(okrug_ctx *ctx, okrug_code_parts *parts, okrug_code_part part) {
    if (parts->count == parts->room) {
        int64_t room = parts->room == 0 ? 16 : 2 * parts->room;
        okrug_code_part *more = OKRUG_SCRATCH(ctx, room, okrug_code_part);
        if (more == NULL) {
            return OKRUG_NO_MEMORY;
        }
        if (parts->count > 0) {
            memcpy(more, parts->part, (size_t)parts->count * sizeof *more);
        }
        parts->part = more;
        parts->room = room;
    }
    parts->part[parts->count++] = part;
    return OKRUG_OK;
}

/* What the reform makes of the part, and later reforms of that. Reforms of a path are later and later, so this ends. */
static okrug_status follow(okrug_ctx *ctx, const okrug_code_map *map, okrug_code_part start, const char *period,
                           int64_t reform, okrug_code_parts *parts) {
    const okrug_table *table = map->table;
    const char *when = period_at(table, reform);
    for (int64_t r = rows_of(map, start.code); r >= 0; r = map->next[r]) {
        if (compare(map, period_at(table, r), when) != 0 || map->share[r] == 0.0) {
            continue;
        }
        okrug_code_part part = {okrug_text_at(okrug_table_column(table, "to"), r), start.share * map->share[r],
                                start.late, start.stands};
        int64_t later = next_reform(map, part.code, when, false);
        if (part.late && part.stands == NULL && (later < 0 || compare(map, period_at(table, later), period) > 0)) {
            part.stands = part.code;
        }
        /* NOLINTNEXTLINE(misc-no-recursion): as deep as reforms follow each other */
        OKRUG_TRY(later < 0 ? add_part(ctx, parts, part) : follow(ctx, map, part, period, later, parts));
    }
    return OKRUG_OK;
}

okrug_status okrug_code_map_parts(okrug_ctx *ctx, const okrug_code_map *map, const char *code, const char *period,
                                  okrug_code_parts *parts) {
    parts->count = 0;
    int64_t ended = period == NULL ? -1 : ended_by(map, code, period);
    int64_t reform = ended >= 0 ? ended : next_reform(map, code, period, period == NULL);
    if (reform < 0 && period != NULL) { /* rows without a period hold in every one */
        int64_t first = next_reform(map, code, NULL, true);
        reform = first >= 0 && period_at(map->table, first) == NULL ? first : -1;
    }
    parts->known = reform >= 0 || rows_of(map, code) >= 0;
    if (reform < 0) {
        return parts->known ? add_part(ctx, parts, (okrug_code_part){code, 1.0, false, NULL}) : OKRUG_OK;
    }
    return follow(ctx, map, (okrug_code_part){code, 1.0, ended >= 0, NULL}, period, reform, parts);
}
