/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a workspace is as okrug left it. Each test is a query whose rows are what is wrong; the answer names all of
 * them rather than the first. What GIS programs may do to the file is told, but is no fault.
 */
#include "store/sqlite.h"

#include <string.h>

typedef struct {
    const char *code; /* of the message, with {table} and {detail} */
    bool fault;
    int64_t from;    /* the format since which there is such a thing */
    const char *sql; /* two texts: what it is about, what is wrong */
} question;

static const question queries[] = {
    {.code = "check-table-gone",
     .fault = true,
     .from = 1,
     .sql = "SELECT t.sql_name, d.id FROM okrug_table AS t JOIN okrug_dataset AS d ON d.number = t.dataset WHERE NOT "
            "EXISTS "
            "(SELECT 1 FROM sqlite_master AS m WHERE m.type = 'table' AND m.name = t.sql_name)"},
    {.code = "check-column-gone",
     .fault = true,
     .from = 1,
     .sql = "SELECT t.sql_name, c.sql_name FROM okrug_table AS t JOIN okrug_column AS c ON c.table_number = t.number "
            "WHERE EXISTS (SELECT 1 FROM sqlite_master AS m WHERE m.type = 'table' AND m.name = t.sql_name) AND NOT "
            "EXISTS "
            "(SELECT 1 FROM pragma_table_info(t.sql_name) AS i WHERE i.name = c.sql_name)"},
    {.code = "check-layer-gone",
     .fault = true,
     .from = 1,
     .sql = "SELECT table_name, data_type FROM gpkg_contents WHERE NOT EXISTS (SELECT 1 FROM sqlite_master AS m "
            "WHERE m.type IN ('table', 'view') AND m.name = table_name COLLATE NOCASE)"},
    {.code = "check-geometry-unregistered",
     .fault = true,
     .from = 1,
     .sql = "SELECT table_name, data_type FROM gpkg_contents AS c WHERE data_type = 'features' AND NOT EXISTS "
            "(SELECT 1 FROM gpkg_geometry_columns AS g WHERE g.table_name = c.table_name)"},
    {.code = "check-internal-layer",
     .fault = true,
     .from = 1,
     .sql = "SELECT table_name, data_type FROM gpkg_contents WHERE table_name LIKE 'okrug\\_%' ESCAPE '\\'"},
    {.code = "check-no-layer",
     .fault = false,
     .from = 1,
     .sql = "SELECT t.sql_name, d.id FROM okrug_table AS t JOIN okrug_dataset AS d ON d.number = t.dataset "
            "WHERE d.number > 0 AND t.sql_name NOT IN (SELECT table_name FROM gpkg_contents)"},
    {.code = "check-orphan",
     .fault = true,
     .from = 2,
     .sql = "SELECT m.name, 'okrug_table' FROM sqlite_master AS m WHERE m.type = 'table' AND m.name LIKE "
            "'okrug\\_aside\\_%' "
            "ESCAPE '\\' AND m.name <> 'okrug_aside_layer' AND m.name NOT IN (SELECT sql_name FROM okrug_table)"},
    {.code = "check-orphan",
     .fault = true,
     .from = 2,
     .sql = "SELECT d.id, 'okrug_change' FROM okrug_dataset AS d WHERE d.number < 0 AND d.number NOT IN "
            "(SELECT aside FROM okrug_change_dataset WHERE aside IS NOT NULL) AND d.id NOT GLOB '" OKRUG_SQLITE_STAGED
            "*'"},
    {.code = "check-staged",
     .fault = false,
     .from = 3,
     .sql =
         "SELECT t.sql_name, t.name FROM okrug_table AS t JOIN okrug_dataset AS d ON d.number = t.dataset "
         "WHERE d.number < 0 AND d.id GLOB '" OKRUG_SQLITE_STAGED "*' AND d.id NOT GLOB '" OKRUG_SQLITE_GATHERED "*'"},
    {.code = "check-gathered",
     .fault = false,
     .from = 3,
     .sql = "SELECT t.sql_name, t.name FROM okrug_table AS t JOIN okrug_dataset AS d ON d.number = t.dataset "
            "WHERE d.number < 0 AND d.id GLOB '" OKRUG_SQLITE_GATHERED "*'"},
};

typedef struct {
    const question *asked;
    okrug_status found;
} finding;

static okrug_status tell(okrug_sqlite *s, sqlite3_stmt *statement, void *user) {
    finding *f = user;
    const char *table = okrug_sqlite_text(statement, 0);
    const char *detail = okrug_sqlite_text(statement, 1);
    if (f->asked->fault) {
        f->found = okrug_fail(s->base.ctx, OKRUG_BAD_INPUT, f->asked->code, NULL, "table", table, "detail", detail,
                              (char *)NULL);
    } else {
        okrug_warn(s->base.ctx, f->asked->code, NULL, "table", table, "detail", detail, (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status ask(okrug_sqlite *s, const question *asked, okrug_status *found) {
    sqlite3_stmt *statement = NULL;
    finding f = {.asked = asked, .found = *found};
    OKRUG_TRY(okrug_sqlite_prepare(s, asked->sql, &statement));
    okrug_status status = okrug_sqlite_each_row(s, statement, tell, &f);
    *found = f.found;
    return status;
}

/* SQLite's own: pages, indices, order of rows. */
static okrug_status check_pages(okrug_sqlite *s, okrug_status *found) {
    static const question pages = {.code = "check-pages",
                                   .fault = true,
                                   .from = 1,
                                   .sql = "SELECT '', integrity_check FROM pragma_integrity_check(100) "
                                          "WHERE integrity_check <> 'ok'"};
    static const question references = {.code = "check-reference",
                                        .fault = true,
                                        .from = 1,
                                        .sql = "SELECT \"table\", parent FROM pragma_foreign_key_check GROUP BY 1, 2"};
    OKRUG_TRY(ask(s, &pages, found));
    return ask(s, &references, found);
}

/* The next table of a visible dataset after that number, with how many rows it had when it was put. */
static okrug_status next_rows(okrug_sqlite *s, int64_t *number, okrug_buffer *sql_name, int64_t *rows) {
    sqlite3_stmt *statement = NULL;
    bool row = false;
    okrug_buffer_clear(sql_name);
    OKRUG_TRY(okrug_sqlite_query(s, &statement,
                                 "SELECT number, sql_name, rows FROM okrug_table WHERE number > ?1 AND dataset > 0 "
                                 "AND sql_name IN (SELECT name FROM sqlite_master WHERE type = 'table') "
                                 "ORDER BY number LIMIT 1",
                                 "i", *number));
    okrug_status status = okrug_sqlite_next(s, statement, &row);
    *number = row ? sqlite3_column_int64(statement, 0) : 0;
    if (row) {
        okrug_buffer_add_text(sql_name, okrug_sqlite_text(statement, 1));
        *rows = sqlite3_column_int64(statement, 2);
        status = okrug_buffer_status(sql_name);
    }
    sqlite3_finalize(statement);
    return status;
}

static okrug_status count_rows(okrug_sqlite *s, const char *sql_name, int64_t *count) {
    okrug_buffer sql = {0};
    okrug_buffer_add_text(&sql, "SELECT count(*) FROM ");
    okrug_sqlite_quote(&sql, sql_name);
    okrug_status status = okrug_buffer_status(&sql);
    if (status == OKRUG_OK) {
        status = okrug_sqlite_integer(s, count, sql.bytes, "");
    }
    okrug_buffer_free(&sql);
    return status;
}

static okrug_status check_rows(okrug_sqlite *s) {
    okrug_ctx *ctx = s->base.ctx;
    okrug_buffer sql_name = {0};
    okrug_status status = OKRUG_OK;
    int64_t number = 0;
    int64_t rows = 0;
    int64_t count = 0;
    while (status == OKRUG_OK) {
        status = next_rows(s, &number, &sql_name, &rows);
        if (status != OKRUG_OK || number == 0) {
            break;
        }
        status = count_rows(s, sql_name.bytes, &count);
        if (status == OKRUG_OK && count != rows) {
            okrug_warn(ctx, "check-rows", NULL, "table", sql_name.bytes, "rows", okrug_text_integer(ctx, rows), "count",
                       okrug_text_integer(ctx, count), (char *)NULL);
        }
    }
    okrug_buffer_free(&sql_name);
    return status;
}

static okrug_status measure(okrug_sqlite *s, okrug_store_health *health) {
    int64_t page = 0;
    int64_t count = 0;
    OKRUG_TRY(okrug_sqlite_schema_check(s, &health->format));
    OKRUG_TRY(okrug_sqlite_integer(s, &page, "PRAGMA page_size", ""));
    OKRUG_TRY(okrug_sqlite_integer(s, &count, "PRAGMA page_count", ""));
    health->bytes = page * count;
    OKRUG_TRY(okrug_sqlite_integer(s, &count, "PRAGMA freelist_count", ""));
    health->bytes_free = page * count;
    if (health->format < 2) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_sqlite_cells_aside(s, &health->cells_aside));
    return okrug_sqlite_integer(s, &health->undoable, "SELECT count(*) FROM okrug_change WHERE state = 'done'", "");
}

static okrug_status check_all(okrug_sqlite *s, okrug_store_health *health, okrug_status *found) {
    OKRUG_TRY(measure(s, health));
    OKRUG_TRY(check_pages(s, found));
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        if (health->format >= queries[i].from) {
            OKRUG_TRY(ask(s, &queries[i], found));
        }
    }
    return check_rows(s);
}

okrug_status okrug_sqlite_check(okrug_store *store, okrug_store_health *health) {
    okrug_sqlite *s = (okrug_sqlite *)store;
    okrug_status found = OKRUG_OK;
    OKRUG_TRY(okrug_sqlite_run(s, "SAVEPOINT okrug_check", ""));
    okrug_status status = check_all(s, health, &found);
    okrug_sqlite_let_go(s, "RELEASE okrug_check");
    /* A file that is damaged so much that it cannot be asked is a finding too. */
    return status == OKRUG_READ_FAILED ? OKRUG_BAD_INPUT : status != OKRUG_OK ? status : found;
}
