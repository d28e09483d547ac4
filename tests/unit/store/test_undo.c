/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log of changes: what was replaced or removed comes back as it was, out of sight until then, and not for ever.
 */
#include "sqlite_testing.h"

static const char layers[] =
    "SELECT group_concat(table_name || data_type || identifier || description || last_change || coalesce(min_x, '') || "
    "coalesce((SELECT column_name || geometry_type_name || z || m FROM gpkg_geometry_columns AS g WHERE g.table_name = "
    "c.table_name), '')) FROM (SELECT * FROM gpkg_contents ORDER BY table_name) AS c";

/* State of the change in that row of the log, newest first; "" where there are fewer. */
static void assert_state(store_place *place, int64_t row, const char *what, const char *subject, const char *state) {
    okrug_dataset *list = NULL;
    assert_int_equal(okrug_store_changes(place->ctx, place->store, &list), OKRUG_OK);
    const okrug_table *table = list->table[0];
    assert_true(row < table->rows);
    assert_string_equal(okrug_text_at(okrug_table_column(table, "what"), row), what);
    assert_string_equal(okrug_text_at(okrug_table_column(table, "dataset"), row), subject);
    assert_string_equal(okrug_text_at(okrug_table_column(table, "state"), row), state);
    assert_true(okrug_table_column(table, "time")->number[row] > 1.7e15);
    okrug_dataset_free(list);
}

static okrug_status undo(store_place *place) {
    int64_t id = 0;
    return okrug_store_undo(place->ctx, place->store, &id);
}

static void what_was_replaced_comes_back(void **state) {
    store_place *place = *state;
    okrug_dataset *before = store_values("a", 50);
    okrug_dataset *back = NULL;
    assert_int_equal(okrug_store_put(place->ctx, place->store, before), OKRUG_OK);
    assert_int_equal(store_put_values(place, "b", 3), OKRUG_OK);
    assert_int_equal(store_put_values(place, "a", 7), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), 7);
    assert_state(place, 0, "import", "a", "done");
    int64_t id = 0;
    assert_int_equal(okrug_store_undo(place->ctx, place->store, &id), OKRUG_OK);
    assert_int_equal(id, 3);
    assert_state(place, 0, "import", "a", "undone");
    assert_int_equal(okrug_store_get(place->ctx, place->store, "a", &back), OKRUG_OK);
    store_assert_same(before, back);
    sqlite_assert(place->location, "SELECT group_concat(id) FROM okrug_dataset", "a,b"); /* in the order they came */
    assert_int_equal(undo(place), OKRUG_OK);
    assert_int_equal(store_rows(place, "b"), -1);
    assert_int_equal(undo(place), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), -1);
    assert_int_equal(undo(place), OKRUG_NOT_FOUND);
    assert_string_equal(store_last_code(place), "nothing-to-undo");
    sqlite_assert(place->location, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'okrug_aside_%'", "1");
    okrug_dataset_free(before);
    okrug_dataset_free(back);
}

static void what_was_removed_comes_back_as_the_layer_it_was(void **state) {
    store_place *place = *state;
    sqlite_put_outline(place);
    assert_int_equal(store_put_values(place, "a", 3), OKRUG_OK);
    sqlite_do(place->location, "UPDATE gpkg_contents SET description = 'mine' WHERE table_name = 'outlines'");
    char *before = sqlite_ask(place->location, layers);
    assert_int_equal(okrug_store_remove(place->ctx, place->store, "outlines"), OKRUG_OK);
    assert_state(place, 0, "remove", "outlines", "done");
    assert_int_equal(store_rows(place, "outlines"), -1);
    sqlite_assert(place->location, "SELECT group_concat(table_name) FROM gpkg_contents", "a");
    sqlite_assert(place->location, "SELECT count(*) FROM gpkg_geometry_columns", "0");
    assert_int_equal(undo(place), OKRUG_OK);
    char *after = sqlite_ask(place->location, layers);
    assert_string_equal(after, before);
    assert_non_null(strstr(after, "mine"));
    assert_int_equal(store_rows(place, "outlines"), 1);
    free(before);
    free(after);
}

static void what_is_aside_is_nobodys_to_see(void **state) {
    store_place *place = *state;
    okrug_dataset *list = NULL;
    assert_int_equal(store_put_values(place, "a", 3), OKRUG_OK);
    assert_int_equal(store_put_values(place, "a", 4), OKRUG_OK);
    assert_int_equal(store_rows(place, "#-1"), -1);
    assert_null(strstr(okrug_message_at(place->ctx, okrug_messages(place->ctx) - 1)->value[2], "#"));
    assert_int_equal(okrug_store_list(place->ctx, place->store, &list), OKRUG_OK);
    assert_int_equal(list->table[0]->rows, 1);
    okrug_dataset_free(list);
    sqlite_assert(place->location, "SELECT group_concat(table_name) FROM gpkg_contents", "a");
    /* The next one to come is the second, whatever is aside. */
    assert_int_equal(store_put_values(place, "b", 4), OKRUG_OK);
    sqlite_assert(place->location, "SELECT number FROM okrug_dataset WHERE id = 'b'", "2");
}

static void a_named_change_is_undone_as_a_whole(void **state) {
    store_place *place = *state;
    char *text = NULL;
    int64_t id = 0;
    assert_int_equal(okrug_store_name_change(place->ctx, place->store, "study", "s", &id), OKRUG_DEFECT);
    assert_int_equal(store_put_values(place, "a", 3), OKRUG_OK);
    assert_int_equal(okrug_store_set_document(place->ctx, place->store, "study", "old"), OKRUG_OK);
    assert_int_equal(okrug_store_begin(place->ctx, place->store), OKRUG_OK);
    assert_int_equal(okrug_store_name_change(place->ctx, place->store, "study", "kaluga", &id), OKRUG_OK);
    assert_int_equal(store_put_values(place, "a", 4), OKRUG_OK);
    assert_int_equal(store_put_values(place, "b", 5), OKRUG_OK);
    assert_int_equal(store_put_values(place, "a", 6), OKRUG_OK); /* what the change itself made is not kept */
    assert_int_equal(okrug_store_remove(place->ctx, place->store, "b"), OKRUG_OK);
    assert_int_equal(okrug_store_set_document(place->ctx, place->store, "study", "new"), OKRUG_OK);
    assert_int_equal(okrug_store_set_document(place->ctx, place->store, "study", "newer"), OKRUG_OK);
    assert_int_equal(okrug_store_set_document(place->ctx, place->store, "other", "x"), OKRUG_OK);
    assert_int_equal(okrug_store_commit(place->ctx, place->store), OKRUG_OK);
    assert_state(place, 0, "study", "kaluga", "done");
    assert_state(place, 1, "import", "a", "done");
    sqlite_assert(place->location, "SELECT count(*) FROM okrug_dataset WHERE number < 0", "1");
    /* The next change is one of its own. */
    assert_int_equal(store_put_values(place, "c", 1), OKRUG_OK);
    assert_state(place, 0, "import", "c", "done");
    assert_int_equal(undo(place), OKRUG_OK);
    assert_int_equal(undo(place), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), 3);
    assert_int_equal(store_rows(place, "b"), -1);
    assert_int_equal(okrug_store_get_document(place->ctx, place->store, "study", &text), OKRUG_OK);
    assert_string_equal(text, "old");
    free(text);
    assert_int_equal(okrug_store_get_document(place->ctx, place->store, "other", &text), OKRUG_OK);
    assert_null(text);
}

static void what_was_rolled_back_is_no_change(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 3), OKRUG_OK);
    assert_int_equal(okrug_store_begin(place->ctx, place->store), OKRUG_OK);
    assert_int_equal(okrug_store_name_change(place->ctx, place->store, "study", "s", NULL), OKRUG_OK);
    assert_int_equal(store_put_values(place, "a", 4), OKRUG_OK);
    okrug_store_rollback(place->store);
    assert_int_equal(store_rows(place, "a"), 3);
    sqlite_assert(place->location, "SELECT count(*) FROM okrug_change", "1");
    assert_int_equal(store_put_values(place, "b", 4), OKRUG_OK); /* not of the change that never was */
    assert_state(place, 0, "import", "b", "done");
}

static void the_log_keeps_so_many_changes(void **state) {
    store_place *place = *state;
    for (int i = 1; i <= 25; i++) {
        assert_int_equal(store_put_values(place, "a", i), OKRUG_OK);
    }
    assert_state(place, 19, "import", "a", "done");
    assert_state(place, 20, "import", "a", "settled");
    sqlite_assert(place->location, "SELECT count(*) FROM okrug_dataset WHERE number < 0", "20");
    for (int i = 24; i >= 5; i--) {
        assert_int_equal(undo(place), OKRUG_OK);
        assert_int_equal(store_rows(place, "a"), i);
    }
    assert_int_equal(undo(place), OKRUG_NOT_FOUND);
    assert_int_equal(store_rows(place, "a"), 5);
}

static void the_log_keeps_so_many_cells(void **state) {
    store_place *place = *state;
    for (int i = 1; i <= 4; i++) {
        assert_int_equal(store_put_values(place, "a", i), OKRUG_OK);
    }
    /* As though the first three were long: 3 columns each. */
    sqlite_do(place->location, "UPDATE okrug_table SET rows = 800000 WHERE dataset < 0");
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    assert_state(place, 0, "import", "a", "done");
    assert_state(place, 1, "import", "a", "done");
    assert_state(place, 2, "import", "a", "done");
    assert_state(place, 3, "import", "a", "settled");
    /* The newest can be undone however long it is. */
    sqlite_do(place->location, "UPDATE okrug_table SET rows = 9000000 WHERE dataset < 0");
    assert_int_equal(store_put_values(place, "a", 6), OKRUG_OK);
    assert_state(place, 0, "import", "a", "done");
    assert_int_equal(undo(place), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), 5);
}

static void traces_of_gis_programs_do_not_stand_in_the_way(void **state) {
    store_place *place = *state;
    sqlite_put_outline(place);
    assert_int_equal(store_put_values(place, "a", 3), OKRUG_OK);
    /* As QGIS makes an index: a trigger with a function that is not here. */
    sqlite_do(place->location,
              "CREATE VIRTUAL TABLE rtree_outlines_geom USING rtree(id, minx, maxx, miny, maxy);"
              "CREATE TRIGGER rtree_outlines_geom_delete AFTER DELETE ON outlines WHEN old.geom NOT NULL BEGIN "
              "DELETE FROM rtree_outlines_geom WHERE id = OLD.fid AND ST_IsEmpty(OLD.geom); END;"
              "INSERT INTO gpkg_extensions VALUES ('outlines', 'geom', 'gpkg_rtree_index', 'x', 'write-only');"
              "CREATE VIEW mine AS SELECT * FROM a");
    assert_int_equal(store_put_values(place, "a", 4), OKRUG_OK);
    assert_int_equal(okrug_store_remove(place->ctx, place->store, "outlines"), OKRUG_OK);
    sqlite_assert(place->location, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'rtree%'", "0");
    sqlite_assert(place->location, "SELECT count(*) FROM mine", "4"); /* a view follows the name */
    assert_int_equal(undo(place), OKRUG_OK);
    assert_int_equal(undo(place), OKRUG_OK);
    assert_int_equal(store_rows(place, "outlines"), 1);
    sqlite_assert(place->location, "SELECT count(*) FROM mine", "3");
    sqlite_assert(place->location, "SELECT count(*) FROM gpkg_extensions", "1");
}

static void a_name_taken_meanwhile_is_left_to_its_owner(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 3), OKRUG_OK);
    assert_int_equal(okrug_store_remove(place->ctx, place->store, "a"), OKRUG_OK);
    sqlite_do(place->location,
              "CREATE TABLE a (mine TEXT); INSERT INTO gpkg_contents (table_name, data_type, identifier)"
              " VALUES ('a', 'attributes', 'a')");
    assert_int_equal(undo(place), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), 3);
    sqlite_assert(place->location, "SELECT group_concat(table_name || identifier) FROM gpkg_contents", "aa,a_2a_2");
}

static void a_dataset_whose_table_is_gone_can_be_replaced(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 3), OKRUG_OK);
    sqlite_do(place->location, "DROP TABLE a");
    assert_int_equal(store_put_values(place, "a", 4), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), 4);
}

static void a_failed_undo_leaves_what_was_there(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 3), OKRUG_OK);
    assert_int_equal(store_put_values(place, "a", 4), OKRUG_OK);
    sqlite_do(place->location, "DROP TABLE okrug_aside_1");
    assert_int_equal(undo(place), OKRUG_READ_FAILED);
    assert_string_equal(store_last_code(place), "workspace-damaged");
    assert_int_equal(store_rows(place, "a"), 4);
    assert_state(place, 0, "import", "a", "done");
}

#define STORE_TEST(test) cmocka_unit_test_setup_teardown(test, store_setup, store_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(what_was_replaced_comes_back),
        STORE_TEST(what_was_removed_comes_back_as_the_layer_it_was),
        STORE_TEST(what_is_aside_is_nobodys_to_see),
        STORE_TEST(a_named_change_is_undone_as_a_whole),
        STORE_TEST(what_was_rolled_back_is_no_change),
        STORE_TEST(the_log_keeps_so_many_changes),
        STORE_TEST(the_log_keeps_so_many_cells),
        STORE_TEST(traces_of_gis_programs_do_not_stand_in_the_way),
        STORE_TEST(a_name_taken_meanwhile_is_left_to_its_owner),
        STORE_TEST(a_dataset_whose_table_is_gone_can_be_replaced),
        STORE_TEST(a_failed_undo_leaves_what_was_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
