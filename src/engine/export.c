/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workspace, or one dataset of it, into a file for others. The ending of the file's name says in which form.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <okrug/text.h>

#include "engine/engine_private.h"
#include "engine/places.h"
#include "writers/writers.h"

enum { COLUMNS_MOST = 1900 }; /* SQLite has room for 2,000 in a table */

typedef struct {
    okrug_ctx *ctx;
    const okrug_export_request *request;
    const okrug_catalogue *catalogue;
    const char *location; /* of the workspace */
    const char *id;       /* of the dataset; NULL: all of them */
    const char *table;    /* of its tables; NULL: all, or the first */
    okrug_store *store;
    okrug_dataset *list;    /* what the store holds */
    okrug_dataset **places; /* those that can carry a map */
    int64_t places_count;
} export;

/* Kinds of data that hold nothing on single persons or firms. Others go out only by name. */
static bool is_shared(const char *kind) {
    static const char *const kinds[] = {"values",      "territories", "boundaries", "neighbours", "input-output",
                                        "concordance", "reforms",     "labels",     "result",     NULL};
    return okrug_text_is_one_of(kind, kinds);
}

/* ---- Places ------------------------------------------------------------------------------------------------------ */

/* The rows of the list are tables; calls `visit` once for each dataset. */
static okrug_status each_dataset(export *e, okrug_status visit(export *e, const char *id, const char *kind)) {
    const okrug_table *list = e->list->table[0];
    const okrug_column *ids = okrug_table_column(list, "id");
    const okrug_column *kinds = okrug_table_column(list, "kind");
    for (int64_t row = 0; row < list->rows; row++) {
        if (row == 0 || ids->word[row] != ids->word[row - 1]) {
            OKRUG_TRY(okrug_check_cancel(e->ctx));
            OKRUG_TRY(visit(e, okrug_text_at(ids, row), okrug_text_at(kinds, row)));
        }
    }
    return OKRUG_OK;
}

static okrug_status add_places(export *e, const char *id, const char *kind) {
    if (strcmp(kind, "territories") != 0 && strcmp(kind, "boundaries") != 0) {
        return OKRUG_OK;
    }
    okrug_dataset *dataset = NULL;
    OKRUG_TRY(okrug_store_get(e->ctx, e->store, id, &dataset));
    if (dataset->tables > 0 && okrug_is_places(dataset->table[0])) {
        e->places[e->places_count++] = dataset;
    } else {
        okrug_dataset_free(dataset);
    }
    return OKRUG_OK;
}

/* The places with most of the table's regions, outlines rather than points where they have equally many; NULL: none. */
static const okrug_dataset *best_places(const export *e, const okrug_table *table, int64_t *matched, int64_t *regions) {
    const okrug_dataset *best = NULL;
    *matched = 0;
    for (int64_t i = 0; i < e->places_count; i++) {
        int64_t found = okrug_places_matched(table, e->places[i]->table[0], regions);
        bool outlines = strcmp(e->places[i]->kind, "boundaries") == 0;
        if (found > *matched || (found > 0 && found == *matched && outlines)) {
            *matched = found;
            best = e->places[i];
        }
    }
    return best;
}

/* The table as a layer of a map; NULL in `map` where it cannot be one. */
static okrug_status make_map(const export *e, const okrug_dataset *dataset, int position, okrug_dataset **map) {
    const okrug_table *table = dataset->table[position];
    int64_t matched = 0;
    int64_t regions = 0;
    *map = NULL;
    const okrug_dataset *places = best_places(e, table, &matched, &regions);
    if (places == NULL || okrug_is_places(table)) {
        return OKRUG_OK;
    }
    bool result = strcmp(dataset->kind, "result") == 0;
    const char *id = okrug_text(e->ctx, "%s%s%s__map", dataset->id, result ? "__" : "", result ? table->name : "");
    int64_t columns = 0;
    OKRUG_TRY(okrug_places_map(table, places->table[0], id, COLUMNS_MOST, &columns, map));
    if (columns > COLUMNS_MOST) {
        okrug_warn(e->ctx, "map-too-wide", NULL, "layer", id, "columns", okrug_text_integer(e->ctx, columns), "limit",
                   okrug_text_integer(e->ctx, COLUMNS_MOST), (char *)NULL);
    }
    if (*map == NULL) {
        return OKRUG_OK;
    }
    if (matched < regions) {
        okrug_warn(e->ctx, "map-regions-missing", NULL, "layer", id, "count",
                   okrug_text_integer(e->ctx, regions - matched), "regions", okrug_text_integer(e->ctx, regions),
                   "places", places->id, (char *)NULL);
    }
    (*map)->provenance = dataset->provenance == NULL ? NULL : okrug_dataset_keep(*map, dataset->provenance);
    return OKRUG_OK;
}

/* ---- GeoPackage -------------------------------------------------------------------------------------------------- */

static okrug_status put_maps(const export *e, okrug_store *draft, const okrug_dataset *dataset) {
    for (int t = 0; t < dataset->tables; t++) {
        okrug_dataset *map = NULL;
        OKRUG_TRY(make_map(e, dataset, t, &map));
        okrug_status status = map == NULL ? OKRUG_OK : okrug_store_put(e->ctx, draft, map);
        okrug_dataset_free(map);
        OKRUG_TRY(status);
    }
    return OKRUG_OK;
}

/* Territories that have a position become points. */
static okrug_status put_whole(const export *e, okrug_store *draft, const okrug_dataset *dataset) {
    okrug_dataset *points = NULL;
    OKRUG_TRY(okrug_places_points(dataset, &points));
    okrug_status status = okrug_store_put(e->ctx, draft, points != NULL ? points : dataset);
    okrug_dataset_free(points);
    return status == OKRUG_OK ? put_maps(e, draft, dataset) : status;
}

static okrug_status put_dataset(const export *e, okrug_store *draft, const char *id) {
    okrug_dataset *dataset = NULL;
    OKRUG_TRY(e->table == NULL ? okrug_store_get(e->ctx, e->store, id, &dataset)
                               : okrug_store_get_table(e->ctx, e->store, id, e->table, &dataset));
    okrug_status status = put_whole(e, draft, dataset);
    okrug_dataset_free(dataset);
    return status;
}

static okrug_status put_all(export *e, okrug_store *draft) {
    const okrug_table *list = e->list->table[0];
    const okrug_column *ids = okrug_table_column(list, "id");
    const okrug_column *kinds = okrug_table_column(list, "kind");
    if (e->id != NULL) {
        return put_dataset(e, draft, e->id);
    }
    for (int64_t row = 0; row < list->rows; row++) {
        const char *kind = okrug_text_at(kinds, row);
        if (row > 0 && ids->word[row] == ids->word[row - 1]) {
            continue;
        }
        if (is_shared(kind)) {
            OKRUG_TRY(put_dataset(e, draft, okrug_text_at(ids, row)));
        } else {
            okrug_warn(e->ctx, "kind-not-shared", NULL, "id", okrug_text_at(ids, row), "kind", kind, (char *)NULL);
        }
    }
    return OKRUG_OK;
}

static okrug_status fill_package(export *e, okrug_store *draft) {
    OKRUG_TRY(okrug_store_begin(e->ctx, draft));
    OKRUG_TRY(okrug_store_name_change(e->ctx, draft, "import", "", NULL));
    OKRUG_TRY(put_all(e, draft));
    OKRUG_TRY(okrug_store_commit(e->ctx, draft));
    return okrug_store_publish(e->ctx, draft, e->request->file, e->request->replace);
}

static okrug_status write_package(export *e) {
    okrug_store *draft = NULL;
    OKRUG_TRY(okrug_store_draft(e->ctx, e->request->file, &draft));
    okrug_status status = fill_package(e, draft);
    okrug_store_close(draft);
    return status;
}

/* ---- One table --------------------------------------------------------------------------------------------------- */

static okrug_status write_csv(const export *e, const okrug_dataset *dataset, FILE *out) {
    return okrug_write_csv_as(e->ctx, dataset->table[0], (okrug_csv_profile)e->request->profile, out);
}

static okrug_status write_json(const export *e, const okrug_dataset *dataset, FILE *out) {
    return okrug_write_json(e->ctx, dataset->table[0], out);
}

static okrug_status write_html(const export *e, const okrug_dataset *dataset, FILE *out) {
    return okrug_write_html(e->ctx, dataset, e->catalogue, out);
}

/* All tables of the dataset, or the one that was named: a sheet each. */
static okrug_status write_xlsx(const export *e, const okrug_dataset *dataset, FILE *out) {
    okrug_buffer book = {0};
    okrug_status status = okrug_write_xlsx(e->ctx, dataset, e->catalogue, &book);
    if (status == OKRUG_OK && fwrite(book.bytes, 1, book.length, out) != book.length) {
        status = OKRUG_NO_MEMORY; /* `out` is in memory */
    }
    okrug_buffer_free(&book);
    return status;
}

/* Places as they are; figures joined to the places there are. */
static okrug_status write_geojson(const export *e, const okrug_dataset *dataset, FILE *out) {
    okrug_dataset *made = NULL;
    OKRUG_TRY(okrug_places_points(dataset, &made));
    if (made == NULL && !okrug_is_places(dataset->table[0])) {
        OKRUG_TRY(make_map(e, dataset, 0, &made));
        if (made == NULL) {
            return okrug_fail(e->ctx, OKRUG_BAD_INPUT, "no-map", NULL, "id", dataset->id, (char *)NULL);
        }
    }
    okrug_status status = okrug_write_geojson(e->ctx, made != NULL ? made->table[0] : dataset->table[0], out);
    okrug_dataset_free(made);
    return status;
}

static const struct {
    const char *ending;
    okrug_status (*write)(const export *e, const okrug_dataset *dataset, FILE *out);
} forms[] = {{".csv", write_csv},
             {".xlsx", write_xlsx},
             {".json", write_json},
             {".html", write_html},
             {".geojson", write_geojson}};

static okrug_status write_form(export *e, int form) {
    okrug_dataset *dataset = NULL;
    char *text = NULL;
    size_t length = 0;
    OKRUG_TRY(e->table == NULL ? okrug_store_get(e->ctx, e->store, e->id, &dataset)
                               : okrug_store_get_table(e->ctx, e->store, e->id, e->table, &dataset));
    FILE *out = dataset->tables > 0 ? open_memstream(&text, &length) : NULL;
    okrug_status status = dataset->tables == 0 ? okrug_fail(e->ctx, OKRUG_BAD_INPUT, "no-rows",
                                                            &(okrug_place){.file = e->id}, (char *)NULL)
                          : out == NULL        ? OKRUG_NO_MEMORY
                                               : forms[form].write(e, dataset, out);
    if (out != NULL && fclose(out) != 0 && status == OKRUG_OK) {
        status = OKRUG_NO_MEMORY;
    }
    if (status == OKRUG_OK) {
        status = okrug_write_file(e->ctx, e->request->file, text, length);
    }
    free(text);
    okrug_dataset_free(dataset);
    return status;
}

/* ---- Both -------------------------------------------------------------------------------------------------------- */

static okrug_status unknown_form(export *e) {
    const char *known = ".gpkg";
    for (int i = 0; i < OKRUG_COUNT_OF(forms); i++) {
        known = okrug_text_listed(e->ctx, known, forms[i].ending);
    }
    return okrug_fail(e->ctx, OKRUG_BAD_USAGE, "unknown-export", NULL, "file", e->request->file, "known", known,
                      (char *)NULL);
}

static okrug_status write_any(export *e) {
    if (okrug_name_ends(e->request->file, ".gpkg")) {
        return write_package(e);
    }
    for (int i = 0; i < OKRUG_COUNT_OF(forms); i++) {
        if (okrug_name_ends(e->request->file, forms[i].ending)) {
            return e->id != NULL ? write_form(e, i)
                                 : okrug_fail(e->ctx, OKRUG_BAD_USAGE, "export-one-dataset", NULL, "file",
                                              e->request->file, (char *)NULL);
        }
    }
    return unknown_form(e);
}

static okrug_status with_places(export *e) {
    OKRUG_TRY(okrug_store_list(e->ctx, e->store, &e->list));
    e->places = calloc((size_t)e->list->table[0]->rows + 1, sizeof(okrug_dataset *));
    OKRUG_TRY(e->places == NULL ? OKRUG_NO_MEMORY : OKRUG_OK);
    OKRUG_TRY(each_dataset(e, add_places));
    return write_any(e);
}

okrug_status okrug_export(okrug_ctx *ctx, const okrug_export_request *request, const okrug_catalogue *catalogue) {
    const char *hash = strchr(request->what, '#');
    export e = {.ctx = ctx, .request = request, .catalogue = catalogue, .location = request->what};
    if (hash != NULL && !okrug_is_file(request->what)) {
        const char *slash = strchr(hash, '/');
        e.location = okrug_text(ctx, "%.*s", (int)(hash - request->what), request->what);
        e.id = slash == NULL ? hash + 1 : okrug_text(ctx, "%.*s", (int)(slash - hash - 1), hash + 1);
        e.table = slash == NULL ? NULL : slash + 1;
    }
    if (!request->replace && access(request->file, F_OK) == 0) {
        return okrug_fail(ctx, OKRUG_EXISTS, "file-exists", NULL, "file", request->file, (char *)NULL);
    }
    OKRUG_TRY(okrug_store_open(ctx, e.location, OKRUG_STORE_READ, &e.store));
    okrug_status status = with_places(&e);
    for (int64_t i = 0; i < e.places_count; i++) {
        okrug_dataset_free(e.places[i]);
    }
    free(e.places);
    okrug_dataset_free(e.list);
    okrug_store_close(e.store);
    return status;
}
