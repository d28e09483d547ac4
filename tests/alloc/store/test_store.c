/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each allocation of the store's own code fails once: the work says so, leaks nothing and leaves the workspace whole.
 */
#include "failing_allocator.h"
#include "sqlite_testing.h"
#include "store/rows.h"

extern const char okrug_embedded_sql_sqlite_0001_workspace_sql[];

typedef struct {
    char location[192];
    char made[192];
    char copy[192];
    char old[192];
    okrug_dataset *dataset;
} work;

static okrug_status use(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset) {
    okrug_dataset *back = NULL;
    char *text = NULL;
    OKRUG_TRY(okrug_store_put(ctx, store, dataset));
    okrug_status status = okrug_store_get(ctx, store, dataset->id, &back);
    okrug_dataset_free(back);
    OKRUG_TRY(status);
    status = okrug_store_list(ctx, store, &back);
    okrug_dataset_free(back);
    OKRUG_TRY(status);
    OKRUG_TRY(okrug_store_set_document(ctx, store, "study", "{}"));
    status = okrug_store_get_document(ctx, store, "study", &text);
    free(text);
    OKRUG_TRY(status);
    return okrug_store_remove(ctx, store, dataset->id);
}

/* Records a row, which is there or not, looks for it and tells of it; what was added has its region recoded there and
 * back. */
static okrug_status edit(okrug_ctx *ctx, okrug_store *store, bool remove) {
    static const char *const key[] = {"region", "industry"};
    static const char *const regions[] = {"00000000", "9"};
    okrug_row_where where = {.column = "region", .any = regions, .any_count = 2};
    okrug_row_query query = {
        .dataset = "kept", .where = &where, .where_count = 1, .search = "0", .order = "value", .limit = 5};
    okrug_dataset *row = okrug_dataset_new("row", "row");
    okrug_dataset *found = NULL;
    int64_t number = 0;
    okrug_table *table = row != NULL ? okrug_dataset_add_table(row, "row") : NULL;
    bool made = table != NULL && okrug_table_add_column(table, "region", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_column(table, "industry", OKRUG_TEXT, OKRUG_UNIT_NONE) >= 0 &&
                okrug_table_add_row(table, 0) >= 0 && okrug_set_text(table, 0, 0, "00000000", 8) == OKRUG_OK &&
                okrug_set_text(table, 1, 0, remove ? "00.0" : "new", 4 - !remove) == OKRUG_OK;
    okrug_row_edit request = {.dataset = "kept", .key = key, .key_count = 2, .row = table, .remove = remove};
    okrug_status status = made ? okrug_store_edit_row(ctx, store, &request, &number) : OKRUG_NO_MEMORY;
    if (status == OKRUG_OK) {
        status = okrug_store_find_rows(ctx, store, &query, &found, &number);
        okrug_dataset_free(found);
        found = NULL;
    }
    if (status == OKRUG_OK) {
        status = okrug_store_history(ctx, store, NULL, &(okrug_row_where){.column = "region", .text = "00000000"}, 1,
                                     10, &found);
        okrug_dataset_free(found);
    }
    for (int back = 0; status == OKRUG_OK && !remove && back < 2; back++) {
        const char *names[] = {"00000000", "there"};
        okrug_recoding recoding = {"kept", "region", names[back], names[1 - back], key, 2, "{}"};
        status = okrug_store_recode(ctx, store, &recoding, &number);
    }
    okrug_dataset_free(row);
    return status;
}

/* Replaces, removes, undoes both; looks at the log and at everything. */
static okrug_status change(okrug_ctx *ctx, okrug_store *store, const okrug_dataset *dataset) {
    okrug_dataset *list = NULL;
    okrug_store_health health;
    int64_t id = 0;
    OKRUG_TRY(okrug_store_begin(ctx, store));
    OKRUG_TRY(okrug_store_name_change(ctx, store, "import", "values", NULL));
    OKRUG_TRY(okrug_store_put(ctx, store, dataset));
    OKRUG_TRY(okrug_store_note_replaced(ctx, store, dataset->id, (const char *const[]){"region"}, 1, 1000));
    OKRUG_TRY(okrug_store_set_document(ctx, store, "study", "{}"));
    OKRUG_TRY(okrug_store_commit(ctx, store));
    OKRUG_TRY(okrug_store_put(ctx, store, dataset));
    OKRUG_TRY(okrug_store_remove(ctx, store, dataset->id));
    okrug_status status = okrug_store_changes(ctx, store, &list);
    okrug_dataset_free(list);
    OKRUG_TRY(status);
    OKRUG_TRY(okrug_store_undo(ctx, store, &id));
    OKRUG_TRY(okrug_store_undo(ctx, store, &id));
    OKRUG_TRY(okrug_store_undo(ctx, store, &id));
    return okrug_store_check(ctx, store, &health);
}

static okrug_status publish(okrug_ctx *ctx, const char *location, const okrug_dataset *dataset) {
    okrug_store *draft = NULL;
    OKRUG_TRY(okrug_store_draft(ctx, location, &draft));
    okrug_status status = okrug_store_put(ctx, draft, dataset);
    if (status == OKRUG_OK) {
        status = okrug_store_publish(ctx, draft, location, true);
    }
    okrug_store_close(draft);
    return status;
}

static okrug_status open_and_change(void *user) {
    work *w = user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_store *store = NULL;
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_store_open(ctx, w->location, OKRUG_STORE_WRITE, &store);
    if (status == OKRUG_OK) {
        status = change(ctx, store, w->dataset);
    }
    okrug_store_close(store);
    okrug_ctx_free(ctx);
    return status;
}

/* Adds a row, removes one, takes both back; nothing of it stays, so that every time finds the same. */
static okrug_status open_and_edit(void *user) {
    work *w = user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_store *store = NULL;
    int64_t id = 0;
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_store_open(ctx, w->location, OKRUG_STORE_WRITE, &store);
    if (status == OKRUG_OK) {
        status = okrug_store_begin(ctx, store);
    }
    for (int i = 0; status == OKRUG_OK && i < 2; i++) {
        status = edit(ctx, store, i == 1);
    }
    for (int i = 0; status == OKRUG_OK && i < 4; i++) {
        status = okrug_store_undo(ctx, store, &id);
    }
    okrug_store_close(store);
    okrug_ctx_free(ctx);
    return status;
}

static okrug_status copy_and_publish(void *user) {
    work *w = user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_store *store = NULL;
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    unlink(w->copy);
    okrug_status status = okrug_store_open(ctx, w->location, OKRUG_STORE_READ, &store);
    if (status == OKRUG_OK) {
        status = okrug_store_backup(ctx, store, w->copy);
    }
    if (status == OKRUG_OK) {
        status = publish(ctx, w->made, w->dataset);
    }
    okrug_store_close(store);
    okrug_ctx_free(ctx);
    return status;
}

static okrug_status make_and_use(void *user) {
    work *w = user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_store *store = NULL;
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    unlink(w->made);
    okrug_status status = okrug_store_create(ctx, w->made);
    if (status == OKRUG_OK) {
        status = okrug_store_open(ctx, w->location, OKRUG_STORE_WRITE, &store);
    }
    if (status == OKRUG_OK) {
        status = use(ctx, store, w->dataset);
    }
    okrug_store_close(store);
    okrug_ctx_free(ctx);
    return status;
}

static void prepare(store_place *place, work *w) {
    snprintf(w->location, sizeof w->location, "%s", place->location);
    snprintf(w->made, sizeof w->made, "%s/made.okrug", place->folder);
    snprintf(w->copy, sizeof w->copy, "%s/copy.okrug", place->folder);
    snprintf(w->old, sizeof w->old, "%s/old.okrug", place->folder);
    assert_int_equal(store_put_values(place, "kept", 4), OKRUG_OK);
    w->dataset = store_values("values", 10);
    okrug_table *table = okrug_dataset_add_table(w->dataset, "shapes");
    okrug_table_add_column(table, "shape", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    store_set_text(table, 0, okrug_table_add_row(table, 0), "010100000000000000002042400000000000404B40");
}

static void every_allocation_may_fail(void **state) {
    store_place *place = *state;
    work w;
    prepare(place, &w);
    assert_true(failing_allocator_walk(make_and_use, &w) > 20);
    assert_int_equal(store_rows(place, "kept"), 4);
    okrug_dataset_free(w.dataset);
}

static void every_allocation_of_a_change_or_a_copy_may_fail(void **state) {
    store_place *place = *state;
    work w;
    okrug_store_health health;
    prepare(place, &w);
    assert_true(failing_allocator_walk(open_and_change, &w) > 20);
    assert_true(failing_allocator_walk(copy_and_publish, &w) > 20);
    assert_int_equal(store_rows(place, "kept"), 4);
    assert_int_equal(okrug_store_check(place->ctx, place->store, &health), OKRUG_OK);
    okrug_dataset_free(w.dataset);
}

static void every_allocation_of_an_edit_may_fail(void **state) {
    store_place *place = *state;
    work w;
    okrug_store_health health;
    prepare(place, &w);
    assert_true(failing_allocator_walk(open_and_edit, &w) > 20);
    assert_int_equal(okrug_store_check(place->ctx, place->store, &health), OKRUG_OK);
    okrug_dataset_free(w.dataset);
}

/* Opens a new file of the first format; what comes of it is whole, of one format or the other. */
static bool migrates(const work *w, int64_t n) {
    unlink(w->old);
    sqlite_do(w->old, okrug_embedded_sql_sqlite_0001_workspace_sql);
    failing_allocator_set(n, false);
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_store *store = NULL;
    okrug_status status = ctx == NULL ? OKRUG_NO_MEMORY : okrug_store_open(ctx, w->old, OKRUG_STORE_WRITE, &store);
    int64_t failed = failing_allocator_failures();
    failing_allocator_set(0, false);
    okrug_store_close(store);
    okrug_ctx_free(ctx);
    char *format = sqlite_ask(w->old, "SELECT value FROM okrug_meta WHERE name = 'format'");
    assert_true(status == OKRUG_OK || (status == OKRUG_NO_MEMORY && failed > 0));
    assert_int_equal(strcmp(format, "1") != 0, status == OKRUG_OK);
    free(format);
    sqlite_assert(w->old, "PRAGMA integrity_check", "ok");
    return failed > 0;
}

static void every_allocation_of_a_migration_may_fail(void **state) {
    store_place *place = *state;
    work w;
    int64_t n = 1;
    prepare(place, &w);
    while (migrates(&w, n)) {
        n++;
    }
    assert_true(n > 5);
    okrug_dataset_free(w.dataset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(every_allocation_of_an_edit_may_fail, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(every_allocation_of_a_change_or_a_copy_may_fail, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(every_allocation_of_a_migration_may_fail, store_setup, store_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
