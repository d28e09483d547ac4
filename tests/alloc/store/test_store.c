/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each allocation of the store's own code fails once: the work says so, leaks nothing and leaves the workspace whole.
 */
#include "failing_allocator.h"
#include "store_testing.h"

typedef struct {
    char location[192];
    char made[192];
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

static void every_allocation_may_fail(void **state) {
    store_place *place = *state;
    work w;
    snprintf(w.location, sizeof w.location, "%s", place->location);
    snprintf(w.made, sizeof w.made, "%s/made.okrug", place->folder);
    assert_int_equal(store_put_values(place, "kept", 4), OKRUG_OK);
    w.dataset = store_values("values", 10);
    okrug_table *table = okrug_dataset_add_table(w.dataset, "shapes");
    okrug_table_add_column(table, "shape", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    store_set_text(table, 0, okrug_table_add_row(table, 0), "010100000000000000002042400000000000404B40");
    assert_true(failing_allocator_walk(make_and_use, &w) > 20);
    assert_int_equal(store_rows(place, "kept"), 4);
    okrug_dataset_free(w.dataset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, store_setup, store_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
