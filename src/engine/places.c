/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Places with their shapes, and tables of figures joined to them.
 */
#include "engine/places.h"

#include <stdlib.h>
#include <string.h>

#include "dataset/wkb.h"

static const okrug_column *column_of(const okrug_table *table, const char *name, okrug_type type) {
    const okrug_column *column = okrug_table_column(table, name);
    return column != NULL && column->type == type ? column : NULL;
}

static const okrug_column *geometry_of(const okrug_table *table) {
    for (int c = 0; c < table->columns; c++) {
        if (table->column[c].type == OKRUG_GEOMETRY) {
            return &table->column[c];
        }
    }
    return NULL;
}

bool okrug_is_places(const okrug_table *table) {
    bool position = column_of(table, "lat", OKRUG_NUMBER) != NULL && column_of(table, "lon", OKRUG_NUMBER) != NULL;
    return column_of(table, "region", OKRUG_TEXT) != NULL && (position || geometry_of(table) != NULL);
}

/* ---- Shapes ------------------------------------------------------------------------------------------------------ */

static void put_double(uint8_t *at, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++) {
        at[i] = (uint8_t)(bits >> (8 * i));
    }
}

/* Sets the shape of a place: its geometry, or the point at its latitude and longitude; missing where it has none. */
static okrug_status set_shape(const okrug_table *places, int64_t row, okrug_table *to, int column, int64_t at) {
    const okrug_column *geometry = geometry_of(places);
    if (geometry != NULL) {
        const char *digits = okrug_text_at(geometry, row);
        return digits == NULL ? OKRUG_OK : okrug_set_text(to, column, at, digits, strlen(digits));
    }
    const okrug_column *lat = column_of(places, "lat", OKRUG_NUMBER);
    const okrug_column *lon = column_of(places, "lon", OKRUG_NUMBER);
    if (okrug_reason_at(lat, row) != OKRUG_PRESENT || okrug_reason_at(lon, row) != OKRUG_PRESENT) {
        return OKRUG_OK;
    }
    uint8_t wkb[21] = {1, 1}; /* little endian, a point */
    put_double(wkb + 5, lon->number[row]);
    put_double(wkb + 13, lat->number[row]);
    okrug_buffer digits = {0};
    okrug_hexadecimal_encode(wkb, sizeof wkb, &digits);
    okrug_status status = okrug_buffer_status(&digits);
    if (status == OKRUG_OK) {
        status = okrug_set_text(to, column, at, digits.bytes, digits.length);
    }
    okrug_buffer_free(&digits);
    return status;
}

static okrug_status fill_points(const okrug_table *places, okrug_table *to) {
    for (int c = 0; c < places->columns; c++) {
        if (okrug_table_add_column(to, places->column[c].name, places->column[c].type, places->column[c].unit) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    int shape = okrug_table_add_column(to, "geometry", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    OKRUG_TRY(shape < 0 ? OKRUG_NO_MEMORY : okrug_table_reserve(to, places->rows));
    for (int64_t r = 0; r < places->rows; r++) {
        int64_t at = okrug_table_add_row(to, 0);
        for (int c = 0; c < places->columns; c++) {
            OKRUG_TRY(okrug_set_cell(to, c, at, &places->column[c], r));
        }
        OKRUG_TRY(set_shape(places, r, to, shape, at));
    }
    return OKRUG_OK;
}

okrug_status okrug_places_points(const okrug_dataset *dataset, okrug_dataset **points) {
    *points = NULL;
    if (dataset->tables == 0 || !okrug_is_places(dataset->table[0]) || geometry_of(dataset->table[0]) != NULL) {
        return OKRUG_OK;
    }
    okrug_dataset *made = okrug_dataset_new(dataset->id, dataset->kind);
    okrug_table *table = made != NULL ? okrug_dataset_add_table(made, dataset->table[0]->name) : NULL;
    okrug_status status = table != NULL ? fill_points(dataset->table[0], table) : OKRUG_NO_MEMORY;
    if (status == OKRUG_OK && dataset->provenance != NULL) {
        made->provenance = okrug_dataset_keep(made, dataset->provenance);
        status = made->provenance != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    }
    if (status != OKRUG_OK) {
        okrug_dataset_free(made);
        return status;
    }
    *points = made;
    return OKRUG_OK;
}

int64_t okrug_places_matched(const okrug_table *table, const okrug_table *places, int64_t *regions) {
    const okrug_column *mine = column_of(table, "region", OKRUG_TEXT);
    const okrug_column *theirs = column_of(places, "region", OKRUG_TEXT);
    if (mine == NULL || theirs == NULL) {
        return -1;
    }
    int64_t matched = 0;
    *regions = okrug_words_count(mine->words);
    for (int32_t w = 0; w < okrug_words_count(mine->words); w++) {
        const char *text = okrug_words_text(mine->words, w);
        matched += okrug_words_find(theirs->words, text, strlen(text)) >= 0;
    }
    return matched;
}

/* ---- Maps -------------------------------------------------------------------------------------------------------- */

typedef struct {
    const okrug_table *table;
    const okrug_table *places;
    const okrug_column *region;   /* of the table */
    const okrug_column *split[2]; /* industry and period, where they tell rows apart; NULL: not */
    okrug_words *keys;            /* "C", "C_2023"; one empty key where nothing splits */
    int32_t *key;                 /* of each row of the table; -1: none */
    int64_t *row;                 /* [place * keys + key]: the row of the table, -1: none */
    okrug_table *map;
    int first; /* column of the first figure */
} joiner;

static bool is_figure(const joiner *j, const okrug_column *column) {
    if (column == j->region || column->type == OKRUG_GEOMETRY || column == j->split[0] || column == j->split[1]) {
        return false;
    }
    bool place = column_of(j->places, column->name, column->type) != NULL; /* name, lat ... said already */
    return column->type == OKRUG_NUMBER ? !place : !place && j->split[0] == NULL && j->split[1] == NULL;
}

static const okrug_column *splitting(const okrug_table *table, const char *name) {
    const okrug_column *column = column_of(table, name, OKRUG_TEXT);
    return column != NULL && okrug_words_count(column->words) > 1 ? column : NULL;
}

static okrug_status find_key(joiner *j, int64_t row, okrug_buffer *text) {
    okrug_buffer_clear(text);
    okrug_buffer_add_text(text, "");
    j->key[row] = -1;
    for (int i = 0; i < 2; i++) {
        const char *part = j->split[i] != NULL ? okrug_text_at(j->split[i], row) : "";
        if (part == NULL) {
            return OKRUG_OK; /* a row without a code has no column */
        }
        okrug_buffer_add_text(text, text->length > 0 && part[0] != '\0' ? "_" : "");
        okrug_buffer_add_text(text, part);
    }
    OKRUG_TRY(okrug_buffer_status(text));
    j->key[row] = okrug_words_add(j->keys, text->bytes, text->length);
    return j->key[row] < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
}

static okrug_status find_keys(joiner *j) {
    okrug_buffer text = {0};
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; r < j->table->rows && status == OKRUG_OK; r++) {
        status = find_key(j, r, &text);
    }
    okrug_buffer_free(&text);
    return status;
}

/* Finds the row of the table for every place and key; `single` false: some have two. */
static okrug_status find_rows(joiner *j, bool *single) {
    int32_t keys = okrug_words_count(j->keys);
    int32_t regions = okrug_words_count(j->region->words);
    int64_t *by_region = malloc(sizeof(int64_t) * (size_t)regions * (size_t)keys + 1);
    j->row = malloc(sizeof(int64_t) * (size_t)j->places->rows * (size_t)keys + 1);
    if (by_region == NULL || j->row == NULL) {
        free(by_region);
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < (int64_t)regions * keys; i++) {
        by_region[i] = -1;
    }
    *single = true;
    for (int64_t r = 0; r < j->table->rows; r++) {
        int32_t region = j->region->word[r];
        if (region >= 0 && j->key[r] >= 0) {
            int64_t *at = &by_region[(int64_t)region * keys + j->key[r]];
            *single = *single && *at < 0;
            *at = r;
        }
    }
    const okrug_column *theirs = column_of(j->places, "region", OKRUG_TEXT);
    for (int64_t p = 0; p < j->places->rows; p++) {
        const char *text = okrug_text_at(theirs, p);
        int32_t region = text == NULL ? -1 : okrug_words_find(j->region->words, text, strlen(text));
        for (int32_t k = 0; k < keys; k++) {
            j->row[p * keys + k] = region < 0 ? -1 : by_region[(int64_t)region * keys + k];
        }
    }
    free(by_region);
    return OKRUG_OK;
}

static int figures(const joiner *j) {
    int count = 0;
    for (int c = 0; c < j->table->columns; c++) {
        count += is_figure(j, &j->table->column[c]);
    }
    return count;
}

static okrug_status add_columns(joiner *j, int *name) {
    *name = -1;
    bool made = okrug_table_add_column(j->map, "region", OKRUG_TEXT, OKRUG_UNIT_NONE) == 0 &&
                okrug_table_add_column(j->map, "geometry", OKRUG_GEOMETRY, OKRUG_UNIT_NONE) == 1;
    if (made && column_of(j->places, "name", OKRUG_TEXT) != NULL) {
        *name = okrug_table_add_column(j->map, "name", OKRUG_TEXT, OKRUG_UNIT_NONE);
        made = *name >= 0;
    }
    j->first = j->map->columns;
    okrug_buffer text = {0};
    for (int c = 0; c < j->table->columns && made; c++) {
        const okrug_column *column = &j->table->column[c];
        for (int32_t k = 0; k < okrug_words_count(j->keys) && made && is_figure(j, column); k++) {
            const char *key = okrug_words_text(j->keys, k);
            okrug_buffer_clear(&text);
            okrug_buffer_add_text(&text, column->name);
            okrug_buffer_add_text(&text, key[0] != '\0' ? "_" : "");
            okrug_buffer_add_text(&text, key);
            made = !text.failed && okrug_table_add_column(j->map, text.bytes, column->type, column->unit) >= 0;
        }
    }
    okrug_buffer_free(&text);
    return made ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static okrug_status fill_place(joiner *j, int64_t place, int name) {
    int32_t keys = okrug_words_count(j->keys);
    int64_t at = okrug_table_add_row(j->map, 0);
    OKRUG_TRY(at < 0 ? OKRUG_NO_MEMORY : OKRUG_OK);
    OKRUG_TRY(okrug_set_cell(j->map, 0, at, column_of(j->places, "region", OKRUG_TEXT), place));
    OKRUG_TRY(set_shape(j->places, place, j->map, 1, at));
    if (name >= 0) {
        OKRUG_TRY(okrug_set_cell(j->map, name, at, column_of(j->places, "name", OKRUG_TEXT), place));
    }
    int to = j->first;
    for (int c = 0; c < j->table->columns; c++) {
        const okrug_column *column = &j->table->column[c];
        for (int32_t k = 0; k < keys && is_figure(j, column); k++, to++) {
            int64_t row = j->row[place * keys + k];
            OKRUG_TRY(row < 0 ? okrug_set_missing(j->map, to, at, OKRUG_NO_ROW)
                              : okrug_set_cell(j->map, to, at, column, row));
        }
    }
    return OKRUG_OK;
}

static okrug_status fill_map(joiner *j) {
    int name = -1;
    OKRUG_TRY(add_columns(j, &name));
    OKRUG_TRY(okrug_table_reserve(j->map, j->places->rows));
    for (int64_t p = 0; p < j->places->rows; p++) {
        OKRUG_TRY(fill_place(j, p, name));
    }
    return OKRUG_OK;
}

static okrug_status make_map(joiner *j, const char *id, okrug_dataset **map) {
    *map = okrug_dataset_new(id, "map");
    j->map = *map != NULL ? okrug_dataset_add_table(*map, id) : NULL;
    okrug_status status = j->map != NULL ? fill_map(j) : OKRUG_NO_MEMORY;
    if (status != OKRUG_OK) {
        okrug_dataset_free(*map);
        *map = NULL;
    }
    return status;
}

okrug_status okrug_places_map(const okrug_table *table, const okrug_table *places, const char *id, int64_t most,
                              int64_t *columns, okrug_dataset **map) {
    joiner j = {.table = table,
                .places = places,
                .region = column_of(table, "region", OKRUG_TEXT),
                .split = {splitting(table, "industry"), splitting(table, "period")}};
    *map = NULL;
    *columns = 0;
    if (j.region == NULL || table->rows == 0) {
        return OKRUG_OK;
    }
    bool single = false;
    j.keys = okrug_words_new();
    j.key = malloc(sizeof(int32_t) * (size_t)table->rows);
    okrug_status status = j.keys != NULL && j.key != NULL ? find_keys(&j) : OKRUG_NO_MEMORY;
    *columns = status == OKRUG_OK ? (int64_t)figures(&j) * okrug_words_count(j.keys) : 0;
    if (status == OKRUG_OK && *columns > 0 && *columns <= most) {
        status = find_rows(&j, &single);
    }
    if (status == OKRUG_OK && single) {
        status = make_map(&j, id, map);
    }
    okrug_words_free(j.keys);
    free(j.key);
    free(j.row);
    return status;
}
