/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes of a workspace: all or nothing, in place of what was there, in the order in which datasets came; several
 * programs at once.
 */
#include <stdatomic.h>

#include "store_testing.h"

static void put_takes_the_place_of_what_was_there(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "first", 3), OKRUG_OK);
    assert_int_equal(store_put_values(place, "second", 4), OKRUG_OK);
    assert_int_equal(store_put_values(place, "first", 7), OKRUG_OK);
    assert_int_equal(store_rows(place, "first"), 7);
    assert_int_equal(store_rows(place, "second"), 4);

    okrug_dataset *list = NULL;
    assert_int_equal(okrug_store_list(place->ctx, place->store, &list), OKRUG_OK);
    const okrug_table *table = okrug_dataset_table(list, "datasets");
    assert_non_null(table);
    assert_int_equal(table->rows, 2);
    assert_string_equal(okrug_text_at(okrug_table_column(table, "id"), 0), "first");
    assert_string_equal(okrug_text_at(okrug_table_column(table, "kind"), 0), "values");
    assert_string_equal(okrug_text_at(okrug_table_column(table, "table"), 1), "second");
    assert_same_double(okrug_table_column(table, "rows")->number[0], 7.0);
    assert_null(okrug_text_at(okrug_table_column(table, "provenance"), 0));
    okrug_dataset_free(list);
}

static void one_table_can_be_had(void **state) {
    store_place *place = *state;
    okrug_dataset *dataset = okrug_dataset_new("lq", "result");
    okrug_dataset_add_table(dataset, "quotients");
    okrug_table_add_row(okrug_dataset_add_table(dataset, "totals"), 0);
    assert_int_equal(okrug_store_put(place->ctx, place->store, dataset), OKRUG_OK);
    okrug_dataset_free(dataset);

    assert_int_equal(okrug_store_get_table(place->ctx, place->store, "lq", "totals", &dataset), OKRUG_OK);
    assert_int_equal(dataset->tables, 1);
    assert_string_equal(dataset->table[0]->name, "totals");
    assert_int_equal(dataset->table[0]->rows, 1);
    okrug_dataset_free(dataset);

    assert_int_equal(okrug_store_get_table(place->ctx, place->store, "lq", "none", &dataset), OKRUG_NOT_FOUND);
    assert_null(dataset);
    const okrug_message *message = okrug_message_at(place->ctx, okrug_messages(place->ctx) - 1);
    assert_string_equal(message->code, "no-table");
    assert_string_equal(message->value[2], "quotients, totals");
}

static void what_is_not_there_is_named(void **state) {
    store_place *place = *state;
    okrug_dataset *dataset = NULL;
    assert_int_equal(store_put_values(place, "first", 1), OKRUG_OK);
    assert_int_equal(store_put_values(place, "второй", 1), OKRUG_OK);
    assert_int_equal(okrug_store_get(place->ctx, place->store, "third", &dataset), OKRUG_NOT_FOUND);
    assert_null(dataset);
    const okrug_message *message = okrug_message_at(place->ctx, 0);
    assert_string_equal(message->code, "no-dataset");
    assert_string_equal(message->value[0], "third");
    assert_string_equal(message->value[2], "first, второй");
    assert_int_equal(okrug_store_remove(place->ctx, place->store, "third"), OKRUG_NOT_FOUND);
    assert_int_equal(okrug_store_remove(place->ctx, place->store, "first"), OKRUG_OK);
    assert_int_equal(store_rows(place, "first"), -1);
    assert_int_equal(store_rows(place, "второй"), 1);
}

static void documents_are_kept(void **state) {
    store_place *place = *state;
    char *text = NULL;
    assert_int_equal(okrug_store_get_document(place->ctx, place->store, "study", &text), OKRUG_OK);
    assert_null(text);
    assert_int_equal(okrug_store_set_document(place->ctx, place->store, "study", "{\"a\": 1}"), OKRUG_OK);
    assert_int_equal(okrug_store_set_document(place->ctx, place->store, "study", "{\"ё\": \"'\"}"), OKRUG_OK);
    assert_int_equal(okrug_store_set_document(place->ctx, place->store, "other", ""), OKRUG_OK);
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(okrug_store_get_document(place->ctx, place->store, "study", &text), OKRUG_OK);
    assert_string_equal(text, "{\"ё\": \"'\"}");
    free(text);
    assert_int_equal(okrug_store_get_document(place->ctx, place->store, "other", &text), OKRUG_OK);
    assert_string_equal(text, "");
    free(text);
    store_place_open(place, OKRUG_STORE_WRITE);
    assert_int_equal(okrug_store_set_document(place->ctx, place->store, "study", NULL), OKRUG_OK);
    assert_int_equal(okrug_store_get_document(place->ctx, place->store, "study", &text), OKRUG_OK);
    assert_null(text);
}

static void a_rolled_back_change_leaves_nothing(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "kept", 5), OKRUG_OK);
    assert_int_equal(okrug_store_begin(place->ctx, place->store), OKRUG_OK);
    assert_int_equal(store_put_values(place, "new", 5), OKRUG_OK);
    assert_int_equal(okrug_store_remove(place->ctx, place->store, "kept"), OKRUG_OK);
    assert_int_equal(okrug_store_set_document(place->ctx, place->store, "d", "x"), OKRUG_OK);
    okrug_store_rollback(place->store);
    assert_int_equal(store_rows(place, "kept"), 5);
    assert_int_equal(store_rows(place, "new"), -1);
    char *text = NULL;
    assert_int_equal(okrug_store_get_document(place->ctx, place->store, "d", &text), OKRUG_OK);
    assert_null(text);
    /* Closing rolls back as well. */
    assert_int_equal(okrug_store_begin(place->ctx, place->store), OKRUG_OK);
    assert_int_equal(store_put_values(place, "new", 5), OKRUG_OK);
    store_place_open(place, OKRUG_STORE_WRITE);
    assert_int_equal(store_rows(place, "new"), -1);
}

static void a_commit_keeps_all(void **state) {
    store_place *place = *state;
    assert_int_equal(okrug_store_begin(place->ctx, place->store), OKRUG_OK);
    assert_int_equal(okrug_store_begin(place->ctx, place->store), OKRUG_DEFECT);
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    assert_int_equal(store_put_values(place, "b", 6), OKRUG_OK);
    assert_int_equal(okrug_store_commit(place->ctx, place->store), OKRUG_OK);
    assert_int_equal(okrug_store_commit(place->ctx, place->store), OKRUG_DEFECT);
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(store_rows(place, "a"), 5);
    assert_int_equal(store_rows(place, "b"), 6);
}

static okrug_dataset *bad_dataset(const char *id) {
    okrug_dataset *dataset = okrug_dataset_new(id, "territories");
    okrug_table_add_row(okrug_dataset_add_table(dataset, "good"), 0);
    okrug_table *table = okrug_dataset_add_table(dataset, "bad");
    okrug_table_add_column(table, "geom", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    store_set_text(table, 0, okrug_table_add_row(table, 0), "nonsense");
    return dataset;
}

static void a_failed_put_leaves_what_was_there(void **state) {
    store_place *place = *state;
    okrug_dataset *bad = bad_dataset("a");
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    assert_int_equal(okrug_store_put(place->ctx, place->store, bad), OKRUG_BAD_INPUT);
    assert_int_equal(store_rows(place, "a"), 5);
    /* Inside a transaction the rest of it goes on. */
    assert_int_equal(okrug_store_begin(place->ctx, place->store), OKRUG_OK);
    assert_int_equal(store_put_values(place, "b", 6), OKRUG_OK);
    assert_int_equal(okrug_store_put(place->ctx, place->store, bad), OKRUG_BAD_INPUT);
    assert_int_equal(okrug_store_commit(place->ctx, place->store), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), 5);
    assert_int_equal(store_rows(place, "b"), 6);
    okrug_dataset_free(bad);
}

static void a_cancelled_job_changes_nothing(void **state) {
    store_place *place = *state;
    atomic_bool cancel = false;
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.cancel = &cancel});
    okrug_dataset *big = store_values("a", 20000);
    okrug_dataset *back = NULL;
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    atomic_store(&cancel, true);
    assert_int_equal(okrug_store_put(ctx, place->store, big), OKRUG_CANCELLED);
    assert_int_equal(okrug_store_get(ctx, place->store, "a", &back), OKRUG_CANCELLED);
    assert_null(back);
    assert_int_equal(store_rows(place, "a"), 5);
    atomic_store(&cancel, false);
    assert_int_equal(okrug_store_put(ctx, place->store, big), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), 20000);
    okrug_dataset_free(big);
    okrug_ctx_free(ctx);
}

static void a_second_writer_is_told(void **state) {
    store_place *place = *state;
    okrug_store *second = NULL;
    assert_int_equal(okrug_store_open(place->ctx, place->location, OKRUG_STORE_WRITE, &second), OKRUG_OK);
    assert_int_equal(okrug_store_begin(place->ctx, second), OKRUG_OK);
    assert_int_equal(store_put_values(place, "a", 1), OKRUG_LOCKED);
    assert_string_equal(store_last_code(place), "workspace-locked");
    okrug_store_close(second);
    assert_int_equal(store_put_values(place, "a", 1), OKRUG_OK);
}

static void readers_see_one_state_while_another_writes(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    store_place_open(place, OKRUG_STORE_SERVE);
    okrug_store *writer = NULL;
    assert_int_equal(okrug_store_open(place->ctx, place->location, OKRUG_STORE_WRITE, &writer), OKRUG_OK);
    okrug_dataset *more = store_values("a", 9);
    assert_int_equal(okrug_store_begin(place->ctx, writer), OKRUG_OK);
    assert_int_equal(okrug_store_put(place->ctx, writer, more), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), 5);
    assert_int_equal(okrug_store_commit(place->ctx, writer), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), 9);
    /* The server writes too. */
    okrug_store_close(writer);
    assert_int_equal(store_put_values(place, "b", 2), OKRUG_OK);
    assert_int_equal(store_rows(place, "b"), 2);
    okrug_dataset_free(more);
}

static void reading_changes_nothing(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(store_put_values(place, "a", 6), OKRUG_WRITE_FAILED);
    assert_int_equal(okrug_store_remove(place->ctx, place->store, "a"), OKRUG_WRITE_FAILED);
    assert_int_equal(store_rows(place, "a"), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(put_takes_the_place_of_what_was_there, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(one_table_can_be_had, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_named, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(documents_are_kept, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(a_rolled_back_change_leaves_nothing, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(a_commit_keeps_all, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(a_failed_put_leaves_what_was_there, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(a_cancelled_job_changes_nothing, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(a_second_writer_is_told, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(readers_see_one_state_while_another_writes, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(reading_changes_nothing, store_setup, store_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
