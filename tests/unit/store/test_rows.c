/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Single rows: found page by page, added, changed, removed, taken back bit for bit, and told.
 */
#include <math.h>
#include <sys/wait.h>

#include "sqlite_testing.h"
#include "store/rows.h"

/* Firms with a name, a number that may be missing, and a second text. */
static okrug_dataset *firms(void) {
    static const struct {
        const char *firm, *name, *town;
        double people;
    } rows[] = {{"01", "Завод «Ёлочка»", "Обнинск", 12.0}, {"02", "ЕЛОВЫЙ ДОМ", "Калуга", -0.0},
                {"03", "Мебель и Лес", NULL, NAN},         {"04", "Zürich Werk", "Калуга", 7.5},
                {"05", "Лесная артель", "калуга-2", NAN},  {"06", "", "Обнинск", 100.0}};
    okrug_dataset *dataset = okrug_dataset_new("firms", "firms");
    okrug_table *table = okrug_dataset_add_table(dataset, "firms");
    okrug_table_add_column(table, "firm", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "name", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "town", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "people", OKRUG_NUMBER, OKRUG_UNIT_PERSON);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t row = okrug_table_add_row(table, (int64_t)i + 2);
        store_set_text(table, 0, row, rows[i].firm);
        store_set_text(table, 1, row, rows[i].name);
        if (rows[i].town != NULL) {
            store_set_text(table, 2, row, rows[i].town);
        }
        assert_int_equal(
            okrug_set_number_or(table, 3, row, rows[i].people, i == 2 ? OKRUG_SUPPRESSED : OKRUG_UNDEFINED), OKRUG_OK);
    }
    dataset->provenance = okrug_dataset_keep(dataset, "{\"file\":\"firms.csv\"}");
    return dataset;
}

static void put_firms(store_place *place) {
    okrug_dataset *dataset = firms();
    assert_int_equal(okrug_store_put(place->ctx, place->store, dataset), OKRUG_OK);
    okrug_dataset_free(dataset);
}

/* The firms of the page, in order, must be these: "01 04"; `total` as told. */
static void assert_page(store_place *place, const okrug_row_query *query, const char *expected, int64_t total) {
    okrug_dataset *page = NULL;
    int64_t told = -1;
    char got[128] = "";
    assert_int_equal(okrug_store_find_rows(place->ctx, place->store, query, &page, &told), OKRUG_OK);
    const okrug_column *firm = okrug_table_column(page->table[0], "firm");
    for (int64_t row = 0; row < page->table[0]->rows; row++) {
        size_t length = strlen(got);
        snprintf(got + length, sizeof got - length, "%s%s", row > 0 ? " " : "", okrug_text_at(firm, row));
    }
    assert_string_equal(got, expected);
    assert_int_equal(told, total);
    assert_string_equal(page->kind, "firms");
    okrug_dataset_free(page);
}

static void pages_of_rows(void **state) {
    store_place *place = *state;
    put_firms(place);
    assert_page(place, &(okrug_row_query){.dataset = "firms", .limit = 2}, "01 02", 6);
    assert_page(place, &(okrug_row_query){.dataset = "firms", .offset = 4, .limit = 10}, "05 06", 6);
    assert_page(place, &(okrug_row_query){.dataset = "firms", .offset = 6, .limit = 10}, "", 6);
    assert_page(place, &(okrug_row_query){.dataset = "firms", .limit = -1}, "01 02 03 04 05 06", 6);
    assert_page(place, &(okrug_row_query){.dataset = "firms", .limit = 0}, "", 6);
}

static void rows_with_certain_cells(void **state) {
    store_place *place = *state;
    put_firms(place);
    okrug_row_where town = {.column = "town", .text = "Калуга"};
    okrug_row_where both[] = {town, {.column = "people", .text = "7.50"}};
    okrug_row_where zero = {.column = "people", .text = "0"};
    okrug_row_where no_number = {.column = "people", .text = "many"};
    static const char *const any[] = {"06", "nobody", "03", "\"quoted\\"};
    okrug_row_where among = {.column = "firm", .any = any, .any_count = 4};
    okrug_row_where none = {.column = "firm", .any = any, .any_count = 0};
    assert_page(place, &(okrug_row_query){"firms", .where = &town, .where_count = 1, .limit = 9}, "02 04", 2);
    assert_page(place, &(okrug_row_query){"firms", .where = both, .where_count = 2, .limit = 9}, "04", 1);
    assert_page(place, &(okrug_row_query){"firms", .where = &zero, .where_count = 1, .limit = 9}, "02", 1);
    assert_page(place, &(okrug_row_query){"firms", .where = &no_number, .where_count = 1, .limit = 9}, "", 0);
    assert_page(place, &(okrug_row_query){"firms", .where = &among, .where_count = 1, .limit = 9}, "03 06", 2);
    assert_page(place, &(okrug_row_query){"firms", .where = &none, .where_count = 1, .limit = 9}, "", 0);
}

static void words_in_any_case(void **state) {
    store_place *place = *state;
    put_firms(place);
    assert_page(place, &(okrug_row_query){"firms", .search = "ел", .limit = 9}, "01 02 03 05", 4);
    assert_page(place, &(okrug_row_query){"firms", .search = "ЁЛ обнинск", .limit = 9}, "01", 1);
    assert_page(place, &(okrug_row_query){"firms", .search = "ZÜRICH", .limit = 9}, "04", 1);
    assert_page(place, &(okrug_row_query){"firms", .search = "  ", .limit = 9}, "01 02 03 04 05 06", 6);
    assert_page(place, &(okrug_row_query){"firms", .search = "%", .limit = 9}, "", 0);
    assert_page(place, &(okrug_row_query){"firms", .search = "обнинскзавод", .limit = 9}, "", 0);
}

static void missing_cells_come_last(void **state) {
    store_place *place = *state;
    put_firms(place);
    assert_page(place, &(okrug_row_query){"firms", .order = "people", .limit = 9}, "02 04 01 06 03 05", 6);
    assert_page(place, &(okrug_row_query){"firms", .order = "people", .descending = true, .limit = 9},
                "06 01 04 02 03 05", 6);
    assert_page(place, &(okrug_row_query){"firms", .order = "people", .offset = 1, .limit = 2}, "04 01", 6);
}

/* A page is a slice of all rows, from whichever end it is looked for. */
static void pages_of_ordered_rows(void **state) {
    static const char *const order[2] = {"02 04 01 06 03 05", "06 01 04 02 03 05"};
    store_place *place = *state;
    put_firms(place);
    for (int64_t offset = 0; offset <= 7; offset++) {
        for (int64_t limit = 0; limit <= 7; limit++) {
            int64_t left = offset < 6 ? 6 - offset : 0;
            int64_t rows = limit < left ? limit : left;
            for (int descending = 0; descending < 2; descending++) {
                char expected[32] = "";
                if (rows > 0) {
                    snprintf(expected, sizeof expected, "%.*s", (int)(3 * rows - 1), order[descending] + 3 * offset);
                }
                assert_page(place,
                            &(okrug_row_query){"firms", .order = "people", .descending = descending == 1,
                                               .offset = offset, .limit = limit},
                            expected, 6);
            }
        }
    }
}

static void what_is_not_there_is_named(void **state) {
    store_place *place = *state;
    okrug_dataset *page = NULL;
    okrug_row_where many[33] = {{.column = "firm", .text = "01"}};
    put_firms(place);
    static const struct {
        okrug_row_query query;
        okrug_status status;
        const char *code;
    } cases[] = {
        {{.dataset = "farms"}, OKRUG_NOT_FOUND, "no-dataset"},
        {{.dataset = "firms", .table = "none"}, OKRUG_NOT_FOUND, "no-table"},
        {{.dataset = "firms", .order = "size"}, OKRUG_BAD_USAGE, "no-column"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(okrug_store_find_rows(place->ctx, place->store, &cases[i].query, &page, NULL),
                         cases[i].status);
        assert_string_equal(store_last_code(place), cases[i].code);
        assert_null(page);
    }
    okrug_row_query query = {.dataset = "firms", .where = many, .where_count = 33};
    assert_int_equal(okrug_store_find_rows(place->ctx, place->store, &query, &page, NULL), OKRUG_BAD_USAGE);
    assert_string_equal(store_last_code(place), "too-many-row-conditions");
}

/* ---- Editing ----------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *firm, *town;
    double people; /* NAN: not given; INFINITY: emptied */
} given;

static okrug_status edit(store_place *place, const given *what, bool remove, int64_t *change) {
    static const char *const key[] = {"firm"};
    okrug_dataset *dataset = okrug_dataset_new("row", "row");
    okrug_table *row = okrug_dataset_add_table(dataset, "row");
    okrug_table_add_row(row, 0);
    store_set_text(row, okrug_table_add_column(row, "firm", OKRUG_TEXT, OKRUG_UNIT_NONE), 0, what->firm);
    if (what->town != NULL) {
        store_set_text(row, okrug_table_add_column(row, "town", OKRUG_TEXT, OKRUG_UNIT_NONE), 0, what->town);
    }
    if (!isnan(what->people)) {
        okrug_set_number_or(row, okrug_table_add_column(row, "people", OKRUG_NUMBER, OKRUG_UNIT_NONE), 0, what->people,
                            OKRUG_NOT_COLLECTED);
    }
    okrug_row_edit request = {
        .dataset = "firms", .key = key, .key_count = 1, .row = row, .remove = remove, .provenance = "{\"edits\":1}"};
    okrug_status status = okrug_store_edit_row(place->ctx, place->store, &request, change);
    okrug_dataset_free(dataset);
    return status;
}

static void assert_edits(store_place *place, given what, bool remove, bool changes) {
    int64_t change = -1;
    assert_int_equal(edit(place, &what, remove, &change), OKRUG_OK);
    assert_int_equal(change > 0, changes);
}

static void undo(store_place *place) {
    int64_t id = 0;
    assert_int_equal(okrug_store_undo(place->ctx, place->store, &id), OKRUG_OK);
}

static void assert_well(store_place *place) {
    okrug_store_health health;
    int64_t before = okrug_messages(place->ctx);
    assert_int_equal(okrug_store_check(place->ctx, place->store, &health), OKRUG_OK);
    assert_int_equal(okrug_messages(place->ctx), before); /* no warning either */
}

/* All of it as it was put: words, bits, reasons, lines, provenance. */
static void assert_as_put(store_place *place) {
    okrug_dataset *back = NULL;
    okrug_dataset *before = firms();
    assert_int_equal(okrug_store_get(place->ctx, place->store, "firms", &back), OKRUG_OK);
    store_assert_same(before, back);
    okrug_dataset_free(before);
    okrug_dataset_free(back);
}

static void a_row_is_added_and_taken_back(void **state) {
    store_place *place = *state;
    okrug_dataset *back = NULL;
    put_firms(place);
    assert_edits(place, (given){"07", "Боровск", -0.0}, false, true);
    assert_int_equal(okrug_store_get(place->ctx, place->store, "firms", &back), OKRUG_OK);
    const okrug_table *table = back->table[0];
    assert_int_equal(table->rows, 7);
    assert_string_equal(okrug_text_at(&table->column[2], 6), "Боровск");
    assert_same_double(table->column[3].number[6], -0.0);
    assert_int_equal(okrug_reason_at(&table->column[1], 6), OKRUG_NOT_COLLECTED);
    assert_string_equal(back->provenance, "{\"edits\":1}");
    assert_int_equal(table->line[6], 0);
    okrug_dataset_free(back);
    assert_well(place);
    undo(place);
    assert_as_put(place);
    assert_well(place);
}

static void cells_are_changed_and_taken_back_bit_for_bit(void **state) {
    store_place *place = *state;
    put_firms(place);
    assert_edits(place, (given){"02", NULL, 0.0}, false, true); /* the sign goes */
    sqlite_assert(place->location, "SELECT count(*) FROM okrug_negative_zero", "0");
    assert_edits(place, (given){"03", "Жиздра", INFINITY}, false, true); /* the reason becomes another */
    assert_edits(place, (given){"05", NULL, 1e-300}, false, true);
    assert_well(place);
    undo(place);
    undo(place);
    undo(place);
    assert_as_put(place);
    assert_well(place);
}

static void a_row_is_removed_and_taken_back(void **state) {
    store_place *place = *state;
    put_firms(place);
    assert_edits(place, (given){"02", NULL, NAN}, true, true);
    assert_edits(place, (given){"03", NULL, NAN}, true, true);
    assert_int_equal(store_rows(place, "firms"), 4);
    assert_edits(place, (given){"03", NULL, 5.0}, false, true); /* another row of that key */
    assert_well(place);
    undo(place);
    undo(place);
    undo(place);
    assert_as_put(place);
    assert_well(place);
}

static void what_is_so_already_is_no_change(void **state) {
    store_place *place = *state;
    put_firms(place);
    assert_edits(place, (given){"02", "Калуга", -0.0}, false, false);
    assert_as_put(place);
    sqlite_assert(place->location, "SELECT count(*) FROM okrug_change", "1");
    sqlite_assert(place->location, "SELECT count(*) FROM okrug_row_edit", "0");
    assert_edits(place, (given){"02", "Калуга", 0.0}, false, true); /* 0 is not -0 */
}

static void edits_before_and_after_an_import(void **state) {
    store_place *place = *state;
    put_firms(place);
    assert_edits(place, (given){"01", "Таруса", NAN}, false, true);
    put_firms(place);
    assert_as_put(place);
    assert_edits(place, (given){"08", "Таруса", NAN}, false, true);
    undo(place);
    assert_as_put(place);
    undo(place);
    okrug_row_where where = {.column = "town", .text = "Таруса"};
    assert_page(place, &(okrug_row_query){"firms", .where = &where, .where_count = 1, .limit = 9}, "01", 1);
    undo(place);
    assert_as_put(place);
    assert_well(place);
}

/* The text of that cell of the history, "" where it is missing. */
static const char *told(const okrug_dataset *history, int64_t row, const char *column) {
    const char *text = okrug_text_at(okrug_table_column(history->table[0], column), row);
    return text != NULL ? text : "";
}

static void what_was_done_is_told(void **state) {
    store_place *place = *state;
    okrug_dataset *history = NULL;
    put_firms(place);
    assert_edits(place, (given){"03", "Жиздра", 3.0}, false, true);
    assert_edits(place, (given){"04", NULL, NAN}, true, true);
    undo(place);
    assert_int_equal(okrug_store_history(place->ctx, place->store, "firms", NULL, 0, 100, &history), OKRUG_OK);
    assert_int_equal(history->table[0]->rows, 4 + 2);
    assert_string_equal(told(history, 0, "what"), "remove");
    assert_string_equal(told(history, 0, "state"), "undone");
    assert_string_equal(told(history, 3, "before"), "7.5");
    assert_string_equal(told(history, 4, "column"), "town");
    assert_string_equal(told(history, 4, "row"), "firm=03");
    assert_string_equal(told(history, 4, "after"), "Жиздра");
    assert_int_equal(okrug_reason_at(okrug_table_column(history->table[0], "before"), 5), OKRUG_SUPPRESSED);
    okrug_dataset_free(history);
    okrug_row_where where = {.column = "firm", .text = "04"};
    assert_int_equal(okrug_store_history(place->ctx, place->store, NULL, &where, 1, 3, &history), OKRUG_OK);
    assert_int_equal(history->table[0]->rows, 3);
    okrug_dataset_free(history);
    where.text = "0";
    assert_int_equal(okrug_store_history(place->ctx, place->store, NULL, &where, 1, 3, &history), OKRUG_OK);
    assert_int_equal(history->table[0]->rows, 0);
    okrug_dataset_free(history);
}

/* What can no longer be undone is told still. */
static void the_history_outlives_undoing(void **state) {
    store_place *place = *state;
    okrug_dataset *history = NULL;
    put_firms(place);
    for (int i = 1; i <= 25; i++) {
        assert_edits(place, (given){"01", NULL, 1000.0 + i}, false, true);
    }
    assert_int_equal(okrug_store_history(place->ctx, place->store, "firms", NULL, 0, 100, &history), OKRUG_OK);
    assert_int_equal(history->table[0]->rows, 25);
    assert_string_equal(told(history, 0, "state"), "done");
    assert_string_equal(told(history, 24, "state"), "settled");
    assert_string_equal(told(history, 24, "before"), "12");
    okrug_dataset_free(history);
}

static void what_cannot_be_edited_is_named(void **state) {
    store_place *place = *state;
    int64_t change = 0;
    static const char *const key[] = {"firm"};
    put_firms(place);
    assert_int_equal(edit(place, &(given){"77", NULL, NAN}, true, &change), OKRUG_NOT_FOUND);
    assert_string_equal(store_last_code(place), "no-such-row");
    okrug_dataset *dataset = okrug_dataset_new("row", "row");
    okrug_table *row = okrug_dataset_add_table(dataset, "row");
    okrug_table_add_row(row, 0);
    store_set_text(row, okrug_table_add_column(row, "town", OKRUG_TEXT, OKRUG_UNIT_NONE), 0, "Калуга");
    okrug_row_edit request = {.dataset = "firms", .key = key, .key_count = 0, .row = row};
    assert_int_equal(okrug_store_edit_row(place->ctx, place->store, &request, &change), OKRUG_BAD_USAGE);
    assert_string_equal(store_last_code(place), "no-key");
    request.key_count = 1;
    assert_int_equal(okrug_store_edit_row(place->ctx, place->store, &request, &change), OKRUG_BAD_INPUT);
    assert_string_equal(store_last_code(place), "empty-key");
    static const char *const towns[] = {"town"};
    request.key = towns;
    assert_int_equal(okrug_store_edit_row(place->ctx, place->store, &request, &change), OKRUG_BAD_INPUT);
    assert_string_equal(store_last_code(place), "rows-of-one-key");
    okrug_table_add_column(row, "colour", OKRUG_TEXT, OKRUG_UNIT_NONE);
    assert_int_equal(okrug_store_edit_row(place->ctx, place->store, &request, &change), OKRUG_BAD_USAGE);
    assert_string_equal(store_last_code(place), "no-column");
    sqlite_put_outline(place);
    request.dataset = "outlines";
    assert_int_equal(okrug_store_edit_row(place->ctx, place->store, &request, &change), OKRUG_BAD_USAGE);
    assert_string_equal(store_last_code(place), "rows-with-geometry");
    okrug_dataset_free(dataset);
    assert_as_put(place);
}

static void a_failed_edit_leaves_nothing_half(void **state) {
    store_place *place = *state;
    put_firms(place);
    okrug_store_close(place->store);
    place->store = NULL;
    pid_t child = fork();
    if (child == 0) { /* dies with the transaction open */
        okrug_ctx *ctx = okrug_ctx_new(NULL);
        store_place own = {.ctx = ctx};
        int64_t change = 0;
        bool began = okrug_store_open(ctx, place->location, OKRUG_STORE_WRITE, &own.store) == OKRUG_OK &&
                     okrug_store_begin(ctx, own.store) == OKRUG_OK;
        bool edited = began && edit(&own, &(given){"02", "Спас-Деменск", 3.0}, false, &change) == OKRUG_OK &&
                      edit(&own, &(given){"01", NULL, NAN}, true, &change) == OKRUG_OK;
        _exit(edited && change > 0 ? 0 : 1);
    }
    int ended = -1;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_int_equal(ended, 0);
    store_place_open(place, OKRUG_STORE_WRITE);
    assert_as_put(place);
    sqlite_assert(place->location, "SELECT count(*) FROM okrug_row_edit", "0");
    assert_well(place);
}

#define STORE_TEST(test) cmocka_unit_test_setup_teardown(test, store_setup, store_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(pages_of_rows),
        STORE_TEST(rows_with_certain_cells),
        STORE_TEST(words_in_any_case),
        STORE_TEST(missing_cells_come_last),
        STORE_TEST(pages_of_ordered_rows),
        STORE_TEST(what_is_not_there_is_named),
        STORE_TEST(a_row_is_added_and_taken_back),
        STORE_TEST(cells_are_changed_and_taken_back_bit_for_bit),
        STORE_TEST(a_row_is_removed_and_taken_back),
        STORE_TEST(what_is_so_already_is_no_change),
        STORE_TEST(edits_before_and_after_an_import),
        STORE_TEST(what_was_done_is_told),
        STORE_TEST(the_history_outlives_undoing),
        STORE_TEST(what_cannot_be_edited_is_named),
        STORE_TEST(a_failed_edit_leaves_nothing_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
