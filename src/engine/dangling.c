/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes that name no row: of a row that is recorded, and of a whole workspace.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/references.h"
#include "store/rows.h"

enum { KINDS = 4, TOLD = 5 };
static const char *const named[KINDS] = {"firms", "clusters", "projects", "obligations"};
static const char *const keys[KINDS] = {"firm", "cluster", "project", "obligation"};

static int place_of(const char *kind) {
    int i = 0;
    while (i < KINDS && strcmp(named[i], kind) != 0) {
        i++;
    }
    return i;
}

/* The kind whose rows the column must name; NULL: none, or it need not. */
static const char *must_name(const okrug_kind *kind, const okrug_column *column) {
    const char *of = column->type == OKRUG_TEXT ? okrug_reference_of(kind, column->name) : NULL;
    return of != NULL && !okrug_reference_is_open(kind, column->name) ? of : NULL;
}

/* ---- One row -------------------------------------------------------------------------------------------------------
 */

static okrug_status look_for(okrug_ctx *ctx, okrug_store *store, const okrug_table *list, const char *kind,
                             const char *code, bool *table, bool *there) {
    for (int64_t row = 0; row < list->rows && !*there; row++) {
        if (strcmp(okrug_table_text(list, "kind", row), kind) != 0) {
            continue;
        }
        okrug_row_where where = {.column = keys[place_of(kind)], .text = code};
        okrug_row_query query = {
            .dataset = okrug_table_text(list, "id", row), .where = &where, .where_count = 1, .limit = 1};
        okrug_dataset *found = NULL;
        OKRUG_TRY(okrug_store_find_rows(ctx, store, &query, &found, NULL));
        *table = true;
        *there = found->table[0]->rows > 0;
        okrug_dataset_free(found);
    }
    return OKRUG_OK;
}

okrug_status okrug_references_tell(okrug_ctx *ctx, okrug_store *store, const okrug_kind *kind, const okrug_table *row) {
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_list(ctx, store, &list));
    okrug_status status = OKRUG_OK;
    for (int c = 0; c < row->columns && status == OKRUG_OK; c++) {
        const char *of = must_name(kind, &row->column[c]);
        const char *code = of != NULL ? okrug_text_at(&row->column[c], 0) : NULL;
        bool table = of != NULL && strcmp(of, "firms") != 0, there = false;
        if (code == NULL) {
            continue;
        }
        status = look_for(ctx, store, list->table[0], of, code, &table, &there);
        if (status == OKRUG_OK && table && !there) {
            okrug_warn(ctx, "no-such-reference", &(okrug_place){.column = row->column[c].name}, "code", code, "kind",
                       of, (char *)NULL);
        }
    }
    okrug_dataset_free(list);
    return status;
}

/* ---- A workspace ---------------------------------------------------------------------------------------------------
 */

typedef struct naming {
    struct naming *next;
    char *dataset, *column;
    int kind;
    okrug_words *codes;
} naming;

struct okrug_references {
    okrug_words *there[KINDS]; /* codes; NULL: no such table */
    naming *namings;
};

okrug_references *okrug_references_new(void) {
    return calloc(1, sizeof(okrug_references));
}

static void free_naming(naming *one) {
    okrug_words_free(one->codes);
    free(one->dataset);
    free(one->column);
    free(one);
}

void okrug_references_free(okrug_references *references) {
    if (references == NULL) {
        return;
    }
    for (int i = 0; i < KINDS; i++) {
        okrug_words_free(references->there[i]);
    }
    while (references->namings != NULL) {
        naming *one = references->namings;
        references->namings = one->next;
        free_naming(one);
    }
    free(references);
}

static okrug_status add_codes(const okrug_column *column, okrug_words **codes) {
    *codes = *codes == NULL ? okrug_words_new() : *codes;
    for (int32_t i = 0; *codes != NULL && i < okrug_words_count(column->words); i++) {
        const char *code = okrug_words_text(column->words, i);
        if (okrug_words_add(*codes, code, strlen(code)) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return *codes != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static okrug_status add_naming(okrug_references *references, const okrug_dataset *dataset, const okrug_column *column,
                               const char *of) {
    naming *one = calloc(1, sizeof *one);
    if (one == NULL) {
        return OKRUG_NO_MEMORY;
    }
    one->dataset = strdup(dataset->id);
    one->column = strdup(column->name);
    one->kind = place_of(of);
    okrug_status status = add_codes(column, &one->codes);
    if (status != OKRUG_OK || one->dataset == NULL || one->column == NULL) {
        free_naming(one);
        return OKRUG_NO_MEMORY;
    }
    one->next = references->namings;
    references->namings = one;
    return OKRUG_OK;
}

okrug_status okrug_references_look(okrug_references *references, const okrug_dataset *dataset) {
    const okrug_kind *kind = okrug_kind_find(dataset->kind);
    int place = place_of(dataset->kind);
    for (int c = 0; kind != NULL && dataset->tables > 0 && c < dataset->table[0]->columns; c++) {
        const okrug_column *column = &dataset->table[0]->column[c];
        if (place < KINDS && column->type == OKRUG_TEXT && strcmp(column->name, keys[place]) == 0) {
            OKRUG_TRY(add_codes(column, &references->there[place]));
        }
        const char *of = must_name(kind, column);
        if (of != NULL) {
            OKRUG_TRY(add_naming(references, dataset, column, of));
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_references_told(okrug_ctx *ctx, const okrug_references *references, int64_t *count) {
    *count = 0;
    for (const naming *one = references->namings; one != NULL; one = one->next) {
        const okrug_words *there = references->there[one->kind];
        const char *list = "";
        int64_t lacking = 0;
        if (there == NULL && strcmp(named[one->kind], "firms") == 0) {
            continue;
        }
        for (int32_t i = 0; i < okrug_words_count(one->codes); i++) {
            const char *code = okrug_words_text(one->codes, i);
            if (there == NULL || okrug_words_find(there, code, strlen(code)) < 0) {
                list = lacking < TOLD ? okrug_text_listed(ctx, list, code) : list;
                lacking++;
            }
        }
        *count += lacking;
        if (lacking > 0) {
            okrug_warn(ctx, "references-nothing", NULL, "dataset", one->dataset, "column", one->column, "kind",
                       named[one->kind], "count", okrug_text_integer(ctx, lacking), "codes",
                       okrug_text_curtailed(ctx, list, TOLD, lacking), (char *)NULL);
        }
    }
    return OKRUG_OK;
}
