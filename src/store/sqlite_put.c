/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A dataset into the workspace: its registration, an SQL table for each of its tables, and the entries that make GIS
 * programs see them. sqlite_rows.c fills the tables.
 */
#include "store/sqlite.h"

#include <string.h>

#include "dataset/wkb.h"

static const char *sql_type(const okrug_table *table, int column, const okrug_sqlite_extent *extent) {
    switch (table->column[column].type) {
    case OKRUG_TEXT:
        return "TEXT";
    case OKRUG_NUMBER:
        return "REAL";
    default:
        /* GeoPackage knows one geometry for a table; further ones are bytes to it. */
        if (column != okrug_sqlite_geometry_column(table)) {
            return "BLOB";
        }
        return extent->type != 0 ? okrug_wkb_type_name((okrug_wkb_type)extent->type) : "GEOMETRY";
    }
}

static okrug_status create_table(okrug_sqlite *s, const okrug_table *table, const char *sql_name,
                                 const okrug_words *names, const okrug_sqlite_extent *extent) {
    okrug_buffer sql = {0};
    okrug_buffer_add_text(&sql, "CREATE TABLE ");
    okrug_sqlite_quote(&sql, sql_name);
    okrug_buffer_add_text(&sql, " (fid INTEGER PRIMARY KEY NOT NULL");
    for (int c = 0; c < table->columns; c++) {
        okrug_buffer_add_text(&sql, ", ");
        okrug_sqlite_quote(&sql, okrug_words_text(names, c));
        okrug_buffer_add_text(&sql, " ");
        okrug_buffer_add_text(&sql, sql_type(table, c, extent));
    }
    okrug_buffer_add_text(&sql, ", reason TEXT)");
    return okrug_sqlite_run_buffer(s, &sql);
}

static okrug_status put_columns(okrug_sqlite *s, const okrug_table *table, int64_t number, const okrug_words *names) {
    for (int c = 0; c < table->columns; c++) {
        const okrug_column *column = &table->column[c];
        OKRUG_TRY(okrug_sqlite_run(s, "INSERT INTO okrug_column VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", "iittttt", number,
                                   (int64_t)c, column->name, okrug_words_text(names, c), okrug_type_code(column->type),
                                   okrug_unit_code(column->unit), column->header));
    }
    return OKRUG_OK;
}

/* 0: none has it, 1: all have it, 2: some. */
static int64_t presence(bool with, bool without) {
    return !with ? 0 : without ? 2 : 1;
}

static okrug_status register_layer(okrug_sqlite *s, const okrug_table *table, const char *sql_name,
                                   const okrug_sqlite_extent *extent) {
    if (okrug_sqlite_geometry_column(table) < 0) {
        return okrug_sqlite_run(s,
                                "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
                                "VALUES (?1, 'attributes', ?1)",
                                "t", sql_name);
    }
    OKRUG_TRY(okrug_sqlite_run(s,
                               "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
                               "VALUES (?1, 'features', ?1, 4326)",
                               "t", sql_name));
    if (extent->any) {
        OKRUG_TRY(okrug_sqlite_run(s,
                                   "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 "
                                   "WHERE table_name = ?1",
                                   "tdddd", sql_name, extent->min_x, extent->min_y, extent->max_x, extent->max_y));
    }
    const char *type = extent->type != 0 ? okrug_wkb_type_name((okrug_wkb_type)extent->type) : "GEOMETRY";
    return okrug_sqlite_run(s, "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, 4326, ?3, ?4)", "ttii",
                            sql_name, type, presence(extent->z, extent->no_z), presence(extent->m, extent->no_m));
}

/* The bounds and the type of a layer are asked for before its table is made: the type is the column's. */
static okrug_status survey(okrug_sqlite *s, const okrug_table *table, okrug_sqlite_extent *extent) {
    int geometry = okrug_sqlite_geometry_column(table);
    okrug_buffer blob = {0};
    okrug_status status = OKRUG_OK;
    for (int64_t r = 0; geometry >= 0 && r < table->rows && status == OKRUG_OK; r++) {
        const char *digits = okrug_text_at(&table->column[geometry], r);
        if (digits != NULL && !okrug_sqlite_geometry_encode(digits, &blob, extent)) {
            okrug_place place = {.file = table->file,
                                 .line = table->line != NULL ? table->line[r] : 0,
                                 .column = table->column[geometry].name};
            status = okrug_fail(s->base.ctx, OKRUG_BAD_INPUT, "not-a-geometry", &place, "value",
                                okrug_text(s->base.ctx, "%.40s", digits), "table", table->name, "row",
                                okrug_text_integer(s->base.ctx, r + 1), (char *)NULL);
        } else {
            status = okrug_buffer_status(&blob);
        }
    }
    okrug_buffer_free(&blob);
    return status;
}

okrug_status okrug_sqlite_register(okrug_sqlite *s, const okrug_table *table, const char *sql_name) {
    okrug_sqlite_extent extent = {0};
    OKRUG_TRY(survey(s, table, &extent));
    return register_layer(s, table, sql_name, &extent);
}

static okrug_status put_named(okrug_sqlite *s, const okrug_table *table, int64_t number, const char *sql_name,
                              const okrug_words *names) {
    okrug_sqlite_extent extent = {0};
    OKRUG_TRY(survey(s, table, &extent));
    OKRUG_TRY(put_columns(s, table, number, names));
    OKRUG_TRY(create_table(s, table, sql_name, names, &extent));
    if (!s->staging) {
        OKRUG_TRY(register_layer(s, table, sql_name, &extent));
    }
    OKRUG_TRY(okrug_sqlite_put_rows(s, table, number, sql_name));
    return okrug_sqlite_put_lines(s, number, table);
}

/* A table that nobody is to see yet has the name of one that is put aside: GIS programs are told of neither. */
static okrug_status choose_name(okrug_sqlite *s, const okrug_dataset *dataset, int position, okrug_buffer *name) {
    int64_t number = 0;
    if (!s->staging) {
        return okrug_sqlite_table_name(s, dataset, position, name);
    }
    OKRUG_TRY(okrug_sqlite_integer(s, &number, "SELECT coalesce(max(number), 0) + 1 FROM okrug_table", ""));
    okrug_buffer_add_format(name, "okrug_aside_%lld", (long long)number);
    return okrug_buffer_status(name);
}

okrug_status okrug_sqlite_put_table(okrug_sqlite *s, const okrug_dataset *dataset, int64_t dataset_number,
                                    int position) {
    const okrug_table *table = dataset->table[position];
    okrug_buffer sql_name = {0};
    okrug_words *names = NULL;
    okrug_status status = choose_name(s, dataset, position, &sql_name);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_run(s,
                                  "INSERT INTO okrug_table (dataset, position, name, sql_name, rows, file) "
                                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                  "iittit", dataset_number, (int64_t)position, table->name, sql_name.bytes, table->rows,
                                  table->file);
    }
    int64_t number = sqlite3_last_insert_rowid(s->db);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_column_names(s, table, &names);
    }
    if (status == OKRUG_OK) {
        status = put_named(s, table, number, sql_name.bytes, names);
    }
    okrug_words_free(names);
    okrug_buffer_free(&sql_name);
    return status;
}

okrug_status okrug_sqlite_make_place(okrug_sqlite *s, const okrug_dataset *dataset, int64_t *number) {
    int64_t change = 0;
    const char *what = strcmp(dataset->kind, "result") == 0 ? "run" : "import";
    OKRUG_TRY(okrug_sqlite_change_of(s, what, dataset->id, &change));
    okrug_status status = okrug_sqlite_integer(
        s, number, "SELECT number FROM okrug_dataset WHERE id = ?1 AND number > 0", "t", dataset->id);
    bool there = status == OKRUG_OK;
    if (status == OKRUG_NOT_FOUND) {
        status = okrug_sqlite_integer(s, number,
                                      "SELECT coalesce(max(number), 0) + 1 FROM okrug_dataset WHERE number > 0", "");
    }
    OKRUG_TRY(status);
    return okrug_sqlite_displace(s, change, dataset->id, *number, there);
}

static okrug_status put_dataset(okrug_sqlite *s, const okrug_dataset *dataset) {
    int64_t number = 0;
    OKRUG_TRY(okrug_sqlite_make_place(s, dataset, &number));
    OKRUG_TRY(okrug_sqlite_run(s, "INSERT INTO okrug_dataset VALUES (?1, ?2, ?3, ?4)", "ittt", number, dataset->id,
                               dataset->kind, dataset->provenance));
    for (int t = 0; t < dataset->tables; t++) {
        OKRUG_TRY(okrug_sqlite_put_table(s, dataset, number, t));
    }
    return OKRUG_OK;
}

okrug_status okrug_sqlite_put(okrug_store *store, const okrug_dataset *dataset) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    bool own = false;
    OKRUG_TRY(okrug_sqlite_change_begin(s, &own));
    return okrug_sqlite_change_end(s, own, put_dataset(s, dataset));
}
