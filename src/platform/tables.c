/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables of the registry: which dataset each is, its rows, and tables to be told.
 */
#include "platform/tables.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <okrug/role.h>

const char *const okrug_registry_kind_ids[OKRUG_REGISTRY_KIND_COUNT] = {
#define OKRUG_X(name, id, card, asked) id,
    OKRUG_REGISTRY_KINDS(OKRUG_X)
#undef OKRUG_X
};

bool okrug_registry_of_card(okrug_registry_kind kind) {
    static const bool of_card[OKRUG_REGISTRY_KIND_COUNT] = {
#define OKRUG_X(name, id, card, asked) card,
        OKRUG_REGISTRY_KINDS(OKRUG_X)
#undef OKRUG_X
    };
    return of_card[kind];
}

bool okrug_registry_is_asked(okrug_registry_kind kind) {
    static const bool is_asked[OKRUG_REGISTRY_KIND_COUNT] = {
#define OKRUG_X(name, id, card, asked) asked,
        OKRUG_REGISTRY_KINDS(OKRUG_X)
#undef OKRUG_X
    };
    return is_asked[kind];
}

/* ---- Datasets ---------------------------------------------------------------------------------------------------- */

/* Which one is of that kind: the one that is asked for, that is called so, or the only one. */
static okrug_status choose(okrug_registry *r, const okrug_table *list, const okrug_options *chosen,
                           okrug_registry_kind kind) {
    const char *name = okrug_registry_kind_ids[kind];
    const char *known = "";
    const char *last = NULL;
    int count = 0;
    for (int i = 0; chosen != NULL && i < chosen->count; i++) {
        if (strcmp(chosen->option[i].name, name) == 0) {
            r->id[kind] = chosen->option[i].value; /* where there is none of that name the store says so */
            return OKRUG_OK;
        }
    }
    for (int64_t row = 0; row < list->rows; row++) {
        const char *id = okrug_text_at(okrug_table_column(list, "id"), row);
        bool again = last != NULL && strcmp(id, last) == 0; /* another table of it */
        if (again || strcmp(okrug_text_at(okrug_table_column(list, "kind"), row), name) != 0) {
            continue;
        }
        last = id;
        count++;
        known = okrug_text_listed(r->ctx, known, id);
        if (strcmp(id, name) == 0) {
            r->id[kind] = name;
            return OKRUG_OK;
        }
    }
    if (count > 1) {
        return okrug_fail(r->ctx, OKRUG_BAD_USAGE, chosen != NULL ? "several-datasets" : "several-of-kind", NULL,
                          "kind", name, "known", known, (char *)NULL);
    }
    r->id[kind] = count == 1 ? okrug_text(r->ctx, "%s", last) : NULL;
    return count == 0 || r->id[kind][0] != '\0' ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static okrug_status choose_all(okrug_registry *r, const okrug_options *chosen) {
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_list(r->ctx, r->store, &list));
    okrug_status status = OKRUG_OK;
    for (okrug_registry_kind kind = 0; kind < OKRUG_REGISTRY_KIND_COUNT; kind++) {
        bool wanted = chosen != NULL || okrug_registry_of_card(kind);
        okrug_status one = wanted ? choose(r, list->table[0], chosen, kind) : OKRUG_OK;
        status = one == OKRUG_OK ? status : one;
    }
    okrug_dataset_free(list);
    return status;
}

static okrug_status take_date(okrug_registry *r, const char *text) {
    char today[16];
    char normal[OKRUG_DOMAIN_TEXT];
    time_t now = time(NULL);
    struct tm parts;
    if (text == NULL) {
        bool told = gmtime_r(&now, &parts) != NULL && strftime(today, sizeof today, "%Y-%m-%d", &parts) > 0;
        text = told ? today : "";
    }
    size_t length = strlen(text);
    const char *date = okrug_domain_text(OKRUG_DOMAIN_DATE, text, &length, normal);
    if (date == NULL) {
        return okrug_fail(r->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "date", "value", text,
                          "expected", "YYYY-MM-DD", (char *)NULL);
    }
    r->date = okrug_text(r->ctx, "%.*s", (int)length, date);
    return r->date[0] != '\0' ? OKRUG_OK : OKRUG_NO_MEMORY;
}

okrug_status okrug_registry_open(okrug_ctx *ctx, okrug_store *store, const okrug_registry_request *request,
                                 okrug_registry *r) {
    *r = (okrug_registry){.ctx = ctx, .store = store, .told = okrug_dataset_new("registry", "result")};
    if (r->told == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(take_date(r, request->date));
    OKRUG_TRY(choose_all(r, request->chosen));
    if (r->id[OKRUG_REGISTRY_CLUSTERS] == NULL) {
        return okrug_fail(ctx, OKRUG_NOT_FOUND, "no-clusters", NULL, (char *)NULL);
    }
    for (int kind = 0; kind < OKRUG_REGISTRY_KIND_COUNT; kind++) {
        if (r->id[kind] != NULL) {
            okrug_row_query query = {.dataset = r->id[kind]};
            OKRUG_TRY(okrug_store_find_rows(ctx, store, &query, &r->head[kind], NULL));
        }
    }
    return OKRUG_OK;
}

void okrug_registry_close(okrug_registry *r) {
    for (int kind = 0; kind < OKRUG_REGISTRY_KIND_COUNT; kind++) {
        okrug_dataset_free(r->head[kind]);
        okrug_dataset_free(r->rows[kind]);
    }
    okrug_dataset_free(r->told);
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

static bool has_column(const okrug_registry *r, okrug_registry_kind kind, const char *column) {
    return r->head[kind] != NULL && (column == NULL || okrug_table_column(r->head[kind]->table[0], column) != NULL);
}

okrug_status okrug_registry_fetch(okrug_registry *r, okrug_registry_kind kind, const char *first, const char *second,
                                  const okrug_words *among, okrug_dataset **rows) {
    *rows = NULL;
    if (!has_column(r, kind, first) || !has_column(r, kind, second)) {
        return OKRUG_OK;
    }
    okrug_mark mark = okrug_scratch_mark(r->ctx);
    int32_t count = first != NULL ? okrug_words_count(among) : 0;
    const char **texts = OKRUG_SCRATCH(r->ctx, count + 1, const char *);
    if (texts == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < count; w++) {
        texts[w] = okrug_words_text(among, w);
    }
    okrug_row_where where[] = {{.column = first, .any = texts, .any_count = count},
                               {.column = second, .any = texts, .any_count = count}};
    okrug_row_query query = {
        .dataset = r->id[kind], .where = where, .where_count = (first != NULL) + (second != NULL), .limit = -1};
    okrug_status status = okrug_store_find_rows(r->ctx, r->store, &query, rows, NULL);
    okrug_scratch_reset(r->ctx, mark);
    return status;
}

okrug_status okrug_registry_read(okrug_registry *r, okrug_registry_kind kind, const char *first, const char *second,
                                 const okrug_words *among) {
    okrug_dataset_free(r->rows[kind]);
    return okrug_registry_fetch(r, kind, first, second, among, &r->rows[kind]);
}

int64_t okrug_registry_rows(const okrug_registry *r, okrug_registry_kind kind) {
    return r->rows[kind] != NULL ? r->rows[kind]->table[0]->rows : 0;
}

const okrug_column *okrug_registry_column(const okrug_registry *r, okrug_registry_kind kind, const char *name) {
    return r->rows[kind] != NULL ? okrug_table_column(r->rows[kind]->table[0], name) : NULL;
}

const char *okrug_registry_text(const okrug_registry *r, okrug_registry_kind kind, const char *column, int64_t row) {
    const okrug_column *found = okrug_registry_column(r, kind, column);
    return found != NULL && found->type == OKRUG_TEXT && row >= 0 ? okrug_text_at(found, row) : NULL;
}

double okrug_registry_number(const okrug_registry *r, okrug_registry_kind kind, const char *column, int64_t row) {
    const okrug_column *found = okrug_registry_column(r, kind, column);
    bool there =
        found != NULL && found->type == OKRUG_NUMBER && row >= 0 && okrug_reason_at(found, row) == OKRUG_PRESENT;
    return there ? found->number[row] : (double)NAN;
}

bool okrug_registry_in_force(const okrug_registry *r, okrug_registry_kind kind, int64_t row) {
    const char *since = okrug_registry_text(r, kind, "since", row);
    const char *until = okrug_registry_text(r, kind, "until", row);
    return okrug_day_within(r->date, since, until);
}

bool okrug_registry_synthetic(const okrug_registry *r, okrug_registry_kind kind, int64_t row) {
    const char *text = okrug_registry_text(r, kind, "synthetic", row);
    return text != NULL && strcmp(text, "yes") == 0;
}

bool okrug_registry_by_then(const okrug_registry *r, const char *day) {
    return day == NULL || strcmp(day, r->date) <= 0;
}

bool okrug_registry_late(const okrug_registry *r, const char *due, const char *done) {
    return due != NULL && strcmp(due, r->date) < 0 && (done == NULL || strcmp(done, r->date) > 0);
}

okrug_status okrug_registry_note(okrug_words *words, const char *text) {
    return text == NULL || okrug_words_add(words, text, strlen(text)) >= 0 ? OKRUG_OK : OKRUG_NO_MEMORY;
}

int32_t okrug_registry_find(const okrug_words *words, const char *text) {
    return text != NULL ? okrug_words_find(words, text, strlen(text)) : -1;
}

/* ---- Telling ----------------------------------------------------------------------------------------------------- */

okrug_table *okrug_registry_tell(okrug_registry *r, const char *name, const char *format) {
    okrug_table *table = okrug_dataset_add_table(r->told, name);
    for (const char *at = format; table != NULL && *at != '\0'; at += strspn(at, " ")) {
        char column[64];
        size_t length = strcspn(at, " ");
        okrug_type type = at[0] == 't' || at[0] == 'b' ? OKRUG_TEXT : OKRUG_NUMBER;
        okrug_unit unit = at[0] == 'n'   ? OKRUG_UNIT_PERSON
                          : at[0] == 'c' ? OKRUG_UNIT_COUNT
                          : at[0] == 'r' ? OKRUG_UNIT_RUB
                                         : OKRUG_UNIT_NONE;
        snprintf(column, sizeof column, "%.*s", (int)length - 2, at + 2);
        if (okrug_table_add_column(table, column, type, unit) < 0) {
            return NULL;
        }
        at += length;
    }
    return table;
}

okrug_told_row okrug_told_begin(okrug_table *table) {
    okrug_told_row row = {.table = table, .row = okrug_table_add_row(table, 0)};
    row.status = row.row < 0 ? OKRUG_NO_MEMORY : OKRUG_OK;
    return row;
}

void okrug_told_text(okrug_told_row *row, const char *text) {
    int column = row->column++;
    if (row->status == OKRUG_OK && text != NULL) {
        row->status = okrug_set_text(row->table, column, row->row, text, strlen(text));
    }
}

void okrug_told_number(okrug_told_row *row, double value) {
    int column = row->column++;
    if (row->status == OKRUG_OK) {
        row->status = okrug_set_number_or(row->table, column, row->row, value, OKRUG_NOT_COLLECTED);
    }
}

void okrug_told_truth(okrug_told_row *row, bool truth) {
    okrug_told_text(row, truth ? "yes" : "no");
}
