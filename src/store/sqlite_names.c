/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of SQL tables and columns: those of the dataset where they can be had, since people meet them in QGIS and in
 * SQL. SQLite tells names apart without regard to case (of Latin letters), datasets with regard to it.
 */
#include "store/sqlite.h"

#include <string.h>

static char lower(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool begins_with(const char *text, const char *start) {
    for (; *start != '\0'; text++, start++) {
        if (lower(*text) != *start) {
            return false;
        }
    }
    return true;
}

/* Names that SQLite, GeoPackage, its index of geometries or okrug itself may want. */
static bool is_reserved(const char *name) {
    return begins_with(name, "sqlite_") || begins_with(name, "gpkg_") || begins_with(name, "rtree_") ||
           begins_with(name, "okrug_");
}

static okrug_status is_taken(okrug_sqlite *s, const char *name, bool *taken) {
    int64_t count = 0;
    *taken = false;
    OKRUG_TRY(okrug_sqlite_integer(s, &count, "SELECT count(*) FROM sqlite_master WHERE name = ?1 COLLATE NOCASE", "t",
                                   name));
    *taken = count > 0;
    return OKRUG_OK;
}

okrug_status okrug_sqlite_free_name(okrug_sqlite *s, okrug_buffer *name) {
    size_t plain = name->length;
    bool taken = false;
    OKRUG_TRY(is_taken(s, name->bytes, &taken));
    for (int number = 2; taken; number++) {
        name->length = plain;
        okrug_buffer_add_format(name, "_%d", number);
        OKRUG_TRY(okrug_buffer_status(name));
        OKRUG_TRY(is_taken(s, name->bytes, &taken));
    }
    return OKRUG_OK;
}

okrug_status okrug_sqlite_table_name(okrug_sqlite *s, const okrug_dataset *dataset, int position, okrug_buffer *name) {
    if (is_reserved(dataset->id) || dataset->id[0] == '\0') {
        okrug_buffer_add_text(name, "data_");
    }
    okrug_buffer_add_text(name, dataset->id);
    if (position > 0 || strcmp(dataset->kind, "result") == 0) {
        okrug_buffer_add_text(name, "__");
        okrug_buffer_add_text(name, dataset->table[position]->name);
    }
    OKRUG_TRY(okrug_buffer_status(name));
    return okrug_sqlite_free_name(s, name);
}

int okrug_sqlite_geometry_column(const okrug_table *table) {
    for (int c = 0; c < table->columns; c++) {
        if (table->column[c].type == OKRUG_GEOMETRY) {
            return c;
        }
    }
    return -1;
}

/* Takes the name in lower letters; false where it is taken already. */
static okrug_status take(okrug_words *taken, okrug_buffer *lowered, const char *name, bool *fresh) {
    okrug_buffer_clear(lowered);
    for (const char *c = name; *c != '\0'; c++) {
        char l = lower(*c);
        okrug_buffer_add(lowered, &l, 1);
    }
    OKRUG_TRY(okrug_buffer_status(lowered));
    int32_t before = okrug_words_count(taken);
    if (okrug_words_add(taken, lowered->length > 0 ? lowered->bytes : "", lowered->length) < 0) {
        return OKRUG_NO_MEMORY;
    }
    *fresh = okrug_words_count(taken) > before;
    return OKRUG_OK;
}

static okrug_status add_name(okrug_words *names, okrug_words *taken, okrug_buffer *lowered, const char *wanted) {
    okrug_buffer name = {0};
    okrug_buffer_add_text(&name, wanted[0] != '\0' ? wanted : "column");
    size_t plain = name.length;
    bool fresh = false;
    okrug_status status = okrug_buffer_status(&name);
    for (int number = 2; status == OKRUG_OK; number++) {
        status = take(taken, lowered, name.bytes, &fresh);
        if (status != OKRUG_OK || fresh) {
            break;
        }
        name.length = plain;
        okrug_buffer_add_format(&name, "_%d", number);
        status = okrug_buffer_status(&name);
    }
    if (status == OKRUG_OK && okrug_words_add(names, name.bytes, name.length) < 0) {
        status = OKRUG_NO_MEMORY;
    }
    okrug_buffer_free(&name);
    return status;
}

static okrug_status add_names(const okrug_table *table, okrug_words *names, okrug_words *taken, okrug_buffer *lowered) {
    bool fresh = false;
    int geometry = okrug_sqlite_geometry_column(table);
    OKRUG_TRY(take(taken, lowered, "fid", &fresh));
    OKRUG_TRY(take(taken, lowered, "reason", &fresh));
    OKRUG_TRY(take(taken, lowered, "geom", &fresh));
    for (int c = 0; c < table->columns; c++) {
        if (c != geometry) {
            OKRUG_TRY(add_name(names, taken, lowered, table->column[c].name));
        } else if (okrug_words_add(names, "geom", 4) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_sqlite_column_names(okrug_sqlite *s, const okrug_table *table, okrug_words **names) {
    int most = sqlite3_limit(s->db, SQLITE_LIMIT_COLUMN, -1) - 2; /* less fid and reason */
    if (table->columns > most) {
        return okrug_fail(s->base.ctx, OKRUG_BAD_INPUT, "too-many-columns", NULL, "table", table->name, "columns",
                          okrug_text_integer(s->base.ctx, table->columns), "limit",
                          okrug_text_integer(s->base.ctx, most), (char *)NULL);
    }
    okrug_words *taken = okrug_words_new();
    okrug_words *made = okrug_words_new();
    okrug_buffer lowered = {0};
    okrug_status status = taken == NULL || made == NULL ? OKRUG_NO_MEMORY : add_names(table, made, taken, &lowered);
    okrug_buffer_free(&lowered);
    okrug_words_free(taken);
    if (status != OKRUG_OK) {
        okrug_words_free(made);
        return status;
    }
    *names = made;
    return OKRUG_OK;
}
