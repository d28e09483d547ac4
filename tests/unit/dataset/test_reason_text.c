/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reason column of files: its text and reading it back.
 */
#include <okrug/dataset.h>

#include <stdlib.h>

#include "testing.h"

static okrug_dataset *dataset;
static okrug_table *table;
enum { REGION, LQ, LO, PLACE };

static int setup(void **state) {
    (void)state;
    dataset = okrug_dataset_new("d", "result");
    table = okrug_dataset_add_table(dataset, "t");
    okrug_table_add_column(table, "region", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO);
    okrug_table_add_column(table, "lo", OKRUG_NUMBER, OKRUG_UNIT_RATIO);
    okrug_table_add_row(table, 0);
    okrug_set_text(table, REGION, 0, "a", 1);
    okrug_set_number(table, LQ, 0, 1);
    okrug_set_number(table, LO, 0, 2);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    okrug_dataset_free(dataset);
    return 0;
}

static void assert_reasons(const char *expected) {
    size_t size = okrug_reason_text_size(table);
    char *text = malloc(size); /* of that size, so that running over it is seen */
    assert_int_equal(okrug_reason_text(table, 0, text), strlen(expected));
    assert_string_equal(text, expected);
    assert_true(strlen(expected) < size);
    free(text);
}

static void test_nothing_missing_is_an_empty_text(void **state) {
    (void)state;
    assert_reasons("");
}

static void test_missing_cells_in_the_order_of_columns(void **state) {
    (void)state;
    okrug_set_missing(table, LO, 0, OKRUG_UNDEFINED);
    assert_reasons("lo:undefined");
    okrug_set_missing(table, LQ, 0, OKRUG_ZERO_TOTAL);
    assert_reasons("lq:zero-total;lo:undefined");
}

static void test_an_empty_text_needs_no_word(void **state) {
    (void)state;
    okrug_set_missing(table, REGION, 0, OKRUG_NOT_COLLECTED);
    assert_reasons("");
    okrug_set_missing(table, LQ, 0, OKRUG_NOT_COLLECTED);
    assert_reasons("lq:not-collected");
    okrug_set_missing(table, REGION, 0, OKRUG_SUPPRESSED);
    assert_reasons("region:suppressed;lq:not-collected");
}

static void test_the_longest_fits(void **state) {
    (void)state;
    for (int c = 0; c < 3; c++) {
        okrug_set_missing(table, c, 0, OKRUG_ZERO_OR_SUPPRESSED);
    }
    assert_reasons("region:zero-or-suppressed;lq:zero-or-suppressed;lo:zero-or-suppressed");
}

static void test_every_reason_there_and_back(void **state) {
    (void)state;
    char *text = malloc(okrug_reason_text_size(table));
    for (int first = 1; first < OKRUG_REASONS_COUNT; first++) {
        for (int second = 1; second < OKRUG_REASONS_COUNT; second++) {
            okrug_set_missing(table, LQ, 0, (okrug_reason)first);
            okrug_set_missing(table, LO, 0, (okrug_reason)second);
            okrug_reason_text(table, 0, text);
            okrug_set_number(table, LQ, 0, 1);
            okrug_set_number(table, LO, 0, 1);
            assert_true(okrug_reason_text_apply(table, 0, text));
            assert_int_equal(okrug_reason_at(&table->column[LQ], 0), first);
            assert_int_equal(okrug_reason_at(&table->column[LO], 0), second);
            assert_int_equal(okrug_reason_at(&table->column[REGION], 0), OKRUG_PRESENT);
        }
    }
    free(text);
}

static void test_a_malformed_text_changes_nothing(void **state) {
    (void)state;
    static const char *const refused[] = {"lq",
                                          "lq:",
                                          ":",
                                          ";",
                                          "lq:zero-total;",
                                          ";lq:zero-total",
                                          "lq:zero-total;;lo:undefined",
                                          "lq:zero",
                                          "lq:zero-totals",
                                          "LQ:zero-total",
                                          "hi:zero-total",
                                          "lq:zero-total;hi:undefined",
                                          "lq: zero-total",
                                          "lq:zero-total lo:undefined",
                                          "l:undefined"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        if (okrug_reason_text_apply(table, 0, refused[i])) {
            fail_msg("\"%s\" was taken", refused[i]);
        }
        assert_reasons("");
    }
    assert_true(okrug_reason_text_apply(table, 0, ""));
    assert_reasons("");
}

static void test_names_may_hold_the_marks(void **state) {
    (void)state;
    assert_int_equal(okrug_table_add_column(table, "a;b:c", OKRUG_NUMBER, OKRUG_UNIT_RATIO), PLACE);
    okrug_set_missing(table, PLACE, 0, OKRUG_CONSTANT);
    okrug_set_missing(table, LQ, 0, OKRUG_UNDEFINED);
    assert_reasons("lq:undefined;a;b:c:constant");
    okrug_set_number(table, PLACE, 0, 1);
    okrug_set_number(table, LQ, 0, 1);
    assert_true(okrug_reason_text_apply(table, 0, "lq:undefined;a;b:c:constant"));
    assert_int_equal(okrug_reason_at(&table->column[PLACE], 0), OKRUG_CONSTANT);
    assert_int_equal(okrug_reason_at(&table->column[LQ], 0), OKRUG_UNDEFINED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_nothing_missing_is_an_empty_text), TEST(test_missing_cells_in_the_order_of_columns),
        TEST(test_an_empty_text_needs_no_word),      TEST(test_the_longest_fits),
        TEST(test_every_reason_there_and_back),      TEST(test_a_malformed_text_changes_nothing),
        TEST(test_names_may_hold_the_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
