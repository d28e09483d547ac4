/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each key once: rows that say the same again go, rows that say something else of the same key are faults.
 *
 * Rows are found by a hash of their key cells in a table twice as large as there are rows, at most half full, probed in
 * sequence. Rows are compared with the first of their key, so the result does not depend on the hash.
 */
#include <okrug/role.h>

#include <stdlib.h>
#include <string.h>

typedef struct {
    const okrug_table *table;
    int *key; /* columns */
    int keys;
    int64_t *slot; /* row + 1 of the first row of a key; 0: free */
    uint64_t mask;
} key_index;

static uint64_t mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 32);
}

static uint64_t hash_row(const key_index *index, int64_t row) {
    uint64_t hash = 0;
    for (int k = 0; k < index->keys; k++) {
        const okrug_column *column = &index->table->column[index->key[k]];
        uint64_t bits;
        if (column->type != OKRUG_NUMBER) {
            bits = (uint64_t)(int64_t)column->word[row];
        } else if (okrug_reason_at(column, row) != OKRUG_PRESENT) {
            bits = 1;
        } else {
            double number = column->number[row] + 0.0; /* -0 and 0 are one key */
            memcpy(&bits, &number, sizeof bits);
        }
        hash = mix(hash, bits);
    }
    return mix(hash, UINT64_C(0xD6E8FEB86659FD93));
}

static bool same_cell(const okrug_column *column, int64_t a, int64_t b) {
    okrug_reason reason = okrug_reason_at(column, a);
    if (reason != okrug_reason_at(column, b)) {
        return false;
    }
    if (reason != OKRUG_PRESENT) {
        return true;
    }
    return column->type == OKRUG_NUMBER ? column->number[a] == column->number[b] : column->word[a] == column->word[b];
}

static bool same_key(const key_index *index, int64_t a, int64_t b) {
    for (int k = 0; k < index->keys; k++) {
        if (!same_cell(&index->table->column[index->key[k]], a, b)) {
            return false;
        }
    }
    return true;
}

static bool same_row(const okrug_table *table, int64_t a, int64_t b) {
    for (int c = 0; c < table->columns; c++) {
        if (!same_cell(&table->column[c], a, b)) {
            return false;
        }
    }
    return true;
}

/* The first row with the key of `row`, which is entered where there is none. */
static int64_t first_of_key(key_index *index, int64_t row) {
    uint64_t at = hash_row(index, row) & index->mask;
    while (index->slot[at] != 0) {
        if (same_key(index, index->slot[at] - 1, row)) {
            return index->slot[at] - 1;
        }
        at = (at + 1) & index->mask;
    }
    index->slot[at] = row + 1;
    return row;
}

static int find_keys(const okrug_table *table, const okrug_role *roles, int role_count, int *key) {
    int keys = 0;
    for (int c = 0; c < table->columns; c++) {
        for (int r = 0; r < role_count; r++) {
            bool is_key = roles[r].need == OKRUG_KEY || roles[r].need == OKRUG_KEY_OPTIONAL;
            if (is_key && strcmp(roles[r].name, table->column[c].name) == 0) {
                key[keys++] = c;
                break;
            }
        }
    }
    return keys;
}

static int64_t line_of(const okrug_table *table, int64_t row) {
    return table->line == NULL ? 0 : table->line[row];
}

/* "region=01001, industry=10-2": which key. */
static const char *key_text(okrug_ctx *ctx, const key_index *index, int64_t row) {
    const char *all = "";
    for (int k = 0; k < index->keys; k++) {
        const okrug_column *column = &index->table->column[index->key[k]];
        const char *text = "";
        if (okrug_reason_at(column, row) == OKRUG_PRESENT) {
            text =
                column->type == OKRUG_NUMBER ? okrug_text_number(ctx, column->number[row]) : okrug_text_at(column, row);
        }
        all = okrug_text(ctx, "%s%s%s=%s", all, k == 0 ? "" : ", ", column->name, text);
    }
    return all;
}

static void key_repeated(okrug_ctx *ctx, const key_index *index, int64_t row, int64_t first) {
    const okrug_table *table = index->table;
    okrug_place place = {.file = table->file, .line = line_of(table, row)};
    if (okrug_messages_dropped(ctx) > 0) {
        okrug_fail(ctx, OKRUG_BAD_INPUT, "key-repeated", &place, (char *)NULL); /* it is only counted */
        return;
    }
    /* Where the source has no lines the rows are counted from 1. */
    int64_t first_line = line_of(table, first) > 0 ? line_of(table, first) : first + 1;
    int64_t line = place.line > 0 ? place.line : row + 1;
    okrug_fail(ctx, OKRUG_BAD_INPUT, "key-repeated", &place, "key", key_text(ctx, index, row), "line",
               okrug_text_integer(ctx, line), "first", okrug_text_integer(ctx, first_line), (char *)NULL);
}

static void move_row(okrug_table *table, int64_t from, int64_t to) {
    for (int c = 0; c < table->columns; c++) {
        okrug_column *column = &table->column[c];
        if (column->type == OKRUG_NUMBER) {
            column->number[to] = column->number[from];
        } else {
            column->word[to] = column->word[from];
        }
        if (column->reason != NULL) {
            column->reason[to] = column->reason[from];
        }
    }
    if (table->line != NULL) {
        table->line[to] = table->line[from];
    }
}

static okrug_status remove_rows(okrug_ctx *ctx, okrug_table *table, const uint8_t *repeats, int64_t count) {
    int64_t to = 0;
    int64_t first_line = 0;
    for (int64_t row = 0; row < table->rows; row++) {
        if (repeats[row]) {
            first_line = first_line == 0 ? line_of(table, row) : first_line;
            continue;
        }
        if (to != row) {
            move_row(table, row, to);
        }
        to++;
    }
    okrug_place place = {.file = table->file, .line = first_line};
    table->rows = to;
    okrug_warn(ctx, "repeated-rows", &place, "count", okrug_text_integer(ctx, count), (char *)NULL);
    return OKRUG_OK;
}

/* Where the keys are texts of which there are few beside the rows, a bit for each combination tells at once that all
 * rows differ. *differ is false where they do not, or where this is not the way to tell. */
static okrug_status all_differ(okrug_ctx *ctx, const okrug_table *table, const key_index *index, bool *differ) {
    enum { BITS_PER_ROW = 64 };
    int64_t combinations = 1;
    *differ = false;
    for (int k = 0; k < index->keys; k++) {
        const okrug_column *column = &table->column[index->key[k]];
        int64_t words = column->type == OKRUG_TEXT ? okrug_words_count(column->words) : 0;
        if (words == 0 || combinations > table->rows * BITS_PER_ROW / words) {
            return OKRUG_OK;
        }
        combinations *= words;
    }
    uint64_t *seen = OKRUG_SCRATCH_ZERO(ctx, combinations / 64 + 1, uint64_t);
    if (seen == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < table->rows; row++) {
        uint64_t at = 0;
        for (int k = 0; k < index->keys; k++) {
            const okrug_column *column = &table->column[index->key[k]];
            if (column->word[row] < 0) {
                return OKRUG_OK;
            }
            at = at * (uint64_t)okrug_words_count(column->words) + (uint64_t)column->word[row];
        }
        if (seen[at / 64] >> at % 64 & 1) {
            return OKRUG_OK;
        }
        seen[at / 64] |= UINT64_C(1) << at % 64;
    }
    *differ = true;
    return OKRUG_OK;
}

static okrug_status make_unique(okrug_ctx *ctx, okrug_table *table, key_index *index) {
    uint8_t *repeats = okrug_scratch_zero(ctx, table->rows, 1);
    if (repeats == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t repeated = 0;
    int64_t faults = 0;
    for (int64_t row = 0; row < table->rows; row++) {
        if ((row & 0xFFFF) == 0) {
            OKRUG_TRY(okrug_check_cancel(ctx));
        }
        int64_t first = first_of_key(index, row);
        if (first == row) {
            continue;
        }
        if (same_row(table, first, row)) {
            repeats[row] = 1;
            repeated++;
        } else {
            key_repeated(ctx, index, row, first);
            faults++;
        }
    }
    if (faults > 0) {
        return OKRUG_BAD_INPUT;
    }
    return repeated > 0 ? remove_rows(ctx, table, repeats, repeated) : OKRUG_OK;
}

okrug_status okrug_table_unique(okrug_ctx *ctx, okrug_table *table, const okrug_role *roles, int role_count) {
    okrug_mark mark = okrug_scratch_mark(ctx);
    key_index index = {.table = table, .key = OKRUG_SCRATCH(ctx, table->columns + 1, int)};
    okrug_status status = index.key == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        index.keys = find_keys(table, roles, role_count, index.key);
    }
    bool differ = false;
    if (status == OKRUG_OK && index.keys > 0) {
        status = all_differ(ctx, table, &index, &differ);
    }
    if (status == OKRUG_OK && index.keys > 0 && table->rows > 1 && !differ) {
        int64_t slots = 16;
        while (slots < 2 * table->rows) {
            slots *= 2;
        }
        index.mask = (uint64_t)slots - 1;
        index.slot = OKRUG_SCRATCH_ZERO(ctx, slots, int64_t);
        status = index.slot == NULL ? OKRUG_NO_MEMORY : make_unique(ctx, table, &index);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
