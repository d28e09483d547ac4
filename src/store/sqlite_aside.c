/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Datasets out of sight and back: their SQL tables are renamed and taken off the lists of layers, which costs the same
 * for ten rows and for ten million. See sql/sqlite/0002_changes.sql.
 */
#include "store/sqlite.h"

#include <stdlib.h>
#include <string.h>

/* The first table of the dataset after that number; 0: no more. `sql_name` is to be freed. */
static okrug_status next_table(okrug_sqlite *s, int64_t dataset, int64_t *table, char **sql_name) {
    sqlite3_stmt *statement = NULL;
    bool row = false;
    OKRUG_TRY(okrug_sqlite_query(s, &statement,
                                 "SELECT number, sql_name FROM okrug_table WHERE dataset = ?1 AND number > ?2 "
                                 "ORDER BY number LIMIT 1",
                                 "ii", dataset, *table));
    okrug_status status = okrug_sqlite_next(s, statement, &row);
    *table = row ? sqlite3_column_int64(statement, 0) : 0;
    *sql_name = NULL;
    if (row) {
        const char *text = (const char *)sqlite3_column_text(statement, 1);
        *sql_name = text != NULL ? strdup(text) : NULL;
        status = *sql_name != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    }
    sqlite3_finalize(statement); /* nothing may be altered while a statement reads */
    return status;
}

okrug_status okrug_sqlite_each_table(okrug_sqlite *s, int64_t dataset, okrug_sqlite_visit *visit) {
    char *sql_name = NULL;
    int64_t table = 0;
    do {
        OKRUG_TRY(next_table(s, dataset, &table, &sql_name));
        okrug_status status = sql_name != NULL ? visit(s, table, sql_name) : OKRUG_OK;
        free(sql_name);
        OKRUG_TRY(status);
    } while (table != 0);
    return OKRUG_OK;
}

okrug_status okrug_sqlite_rename_table(okrug_sqlite *s, int64_t table, const char *from, const char *to) {
    okrug_buffer sql = {0};
    okrug_buffer_add_text(&sql, "ALTER TABLE ");
    okrug_sqlite_quote(&sql, from);
    okrug_buffer_add_text(&sql, " RENAME TO ");
    okrug_sqlite_quote(&sql, to);
    OKRUG_TRY(okrug_sqlite_run_buffer(s, &sql));
    return okrug_sqlite_run(s, "UPDATE okrug_table SET sql_name = ?2 WHERE number = ?1", "it", table, to);
}

okrug_status okrug_sqlite_renumber(okrug_sqlite *s, int64_t from, int64_t to, const char *id) {
    OKRUG_TRY(okrug_sqlite_run(s,
                               "INSERT INTO okrug_dataset SELECT ?2, coalesce(?3, '#' || ?2), kind, provenance "
                               "FROM okrug_dataset WHERE number = ?1",
                               "iit", from, to, id));
    OKRUG_TRY(okrug_sqlite_run(s, "UPDATE okrug_table SET dataset = ?2 WHERE dataset = ?1", "ii", from, to));
    return okrug_sqlite_run(s, "DELETE FROM okrug_dataset WHERE number = ?1", "i", from);
}

/* ---- Aside ------------------------------------------------------------------------------------------------------- */

static okrug_status drop_triggers(okrug_sqlite *s, const char *sql_name) {
    for (bool row = true; row;) {
        sqlite3_stmt *statement = NULL;
        okrug_buffer sql = {0};
        OKRUG_TRY(okrug_sqlite_query(s, &statement,
                                     "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?1 LIMIT 1",
                                     "t", sql_name));
        okrug_status status = okrug_sqlite_next(s, statement, &row);
        if (row) {
            const char *name = (const char *)sqlite3_column_text(statement, 0);
            okrug_buffer_add_text(&sql, "DROP TRIGGER ");
            okrug_sqlite_quote(&sql, name != NULL ? name : "");
        }
        sqlite3_finalize(statement);
        if (status == OKRUG_OK && row) {
            status = okrug_sqlite_run_buffer(s, &sql);
        }
        OKRUG_TRY(status);
    }
    return OKRUG_OK;
}

static okrug_status aside_table(okrug_sqlite *s, int64_t table, const char *sql_name) {
    OKRUG_TRY(okrug_sqlite_run(
        s,
        "INSERT INTO okrug_aside_layer SELECT t.number, t.sql_name, c.data_type, c.identifier, c.description, "
        "c.last_change, c.min_x, c.min_y, c.max_x, c.max_y, c.srs_id, g.column_name, g.geometry_type_name, g.srs_id, "
        "g.z, g.m FROM okrug_table AS t LEFT JOIN gpkg_contents AS c ON c.table_name = t.sql_name "
        "LEFT JOIN gpkg_geometry_columns AS g ON g.table_name = t.sql_name WHERE t.number = ?1",
        "i", table));
    OKRUG_TRY(okrug_sqlite_run(s, "DELETE FROM gpkg_geometry_columns WHERE table_name = ?1", "t", sql_name));
    OKRUG_TRY(okrug_sqlite_run(s, "DELETE FROM gpkg_contents WHERE table_name = ?1", "t", sql_name));
    /* An index goes, and whoever made it can make it again: its triggers would follow the table. */
    OKRUG_TRY(drop_triggers(s, sql_name));
    OKRUG_TRY(okrug_sqlite_forget_index(s, sql_name));
    const char *name = okrug_text(s->base.ctx, "okrug_aside_%lld", (long long)table);
    return name[0] == '\0' ? OKRUG_NO_MEMORY : okrug_sqlite_rename_table(s, table, sql_name, name);
}

okrug_status okrug_sqlite_put_aside(okrug_sqlite *s, int64_t number, int64_t *aside) {
    int64_t gone = 0;
    *aside = 0;
    OKRUG_TRY(okrug_sqlite_integer(s, &gone,
                                   "SELECT count(*) FROM okrug_table WHERE dataset = ?1 AND NOT EXISTS (SELECT 1 FROM "
                                   "sqlite_master AS m WHERE m.type = 'table' AND m.name = sql_name)",
                                   "i", number));
    if (gone > 0) {
        return okrug_sqlite_forget(s, number);
    }
    OKRUG_TRY(okrug_sqlite_each_table(s, number, aside_table));
    OKRUG_TRY(okrug_sqlite_integer(s, aside, "SELECT min(0, coalesce(min(number), 0)) - 1 FROM okrug_dataset", ""));
    return okrug_sqlite_renumber(s, number, *aside, NULL);
}

/* ---- Back -------------------------------------------------------------------------------------------------------- */

/* Adds the name that the SQL table had, or the nearest to it that is free: someone may have taken it since. */
static okrug_status former_name(okrug_sqlite *s, int64_t table, okrug_buffer *name) {
    OKRUG_TRY(
        okrug_sqlite_names_joined(s, "SELECT sql_name FROM okrug_aside_layer WHERE table_number = ?1", table, name));
    return okrug_sqlite_free_name(s, name);
}

static okrug_status bring_layer_back(okrug_sqlite *s, int64_t table, const char *aside_name, const char *name) {
    OKRUG_TRY(okrug_sqlite_rename_table(s, table, aside_name, name));
    OKRUG_TRY(
        okrug_sqlite_run(s,
                         "INSERT INTO gpkg_contents SELECT ?2, data_type, CASE WHEN identifier IN (SELECT identifier "
                         "FROM gpkg_contents) "
                         "THEN ?2 ELSE identifier END, description, last_change, min_x, min_y, max_x, max_y, srs_id "
                         "FROM okrug_aside_layer WHERE table_number = ?1 AND data_type IS NOT NULL",
                         "it", table, name));
    OKRUG_TRY(okrug_sqlite_run(s,
                               "INSERT INTO gpkg_geometry_columns SELECT ?2, column_name, geometry_type_name, "
                               "geometry_srs_id, z, m FROM okrug_aside_layer WHERE table_number = ?1 AND column_name "
                               "IS NOT NULL AND data_type IS NOT NULL",
                               "it", table, name));
    return okrug_sqlite_run(s, "DELETE FROM okrug_aside_layer WHERE table_number = ?1", "i", table);
}

static okrug_status bring_table_back(okrug_sqlite *s, int64_t table, const char *aside_name) {
    okrug_buffer name = {0};
    okrug_status status = former_name(s, table, &name);
    if (status == OKRUG_OK) {
        status = bring_layer_back(s, table, aside_name, name.bytes);
    }
    okrug_buffer_free(&name);
    return status;
}

okrug_status okrug_sqlite_bring_back(okrug_sqlite *s, int64_t aside, const char *id, int64_t number) {
    OKRUG_TRY(okrug_sqlite_each_table(s, aside, bring_table_back));
    OKRUG_TRY(okrug_sqlite_run(s, "UPDATE okrug_change_dataset SET aside = NULL WHERE aside = ?1", "i", aside));
    return okrug_sqlite_renumber(s, aside, number, id);
}
