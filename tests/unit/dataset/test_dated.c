/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days: their numbers, anniversaries, rows that hold on them.
 */
#include <string.h>

#include <okrug/dated.h>

#include "matrices.h"

static void test_days(void **state) {
    (void)state;
    assert_int_equal(okrug_date_days("1970-01-01"), 0);
    assert_int_equal(okrug_date_days("1969-12-31"), -1);
    assert_int_equal(okrug_date_days("2000-02-29"), 11016);
    assert_int_equal(okrug_date_days("2000-03-01"), 11017);
    assert_int_equal(okrug_date_days("2100-03-01") - okrug_date_days("2100-02-28"), 1);
    assert_int_equal(okrug_date_days("2024-12-31") - okrug_date_days("2023-12-31"), 366);
}

static void test_anniversaries(void **state) {
    (void)state;
    assert_near(okrug_date_anniversaries("2019-06-01", "2024-06-01"), 5.0, 0.0);
    assert_true(okrug_date_anniversaries("2019-06-01", "2024-06-02") > 5.0);
    assert_true(okrug_date_anniversaries("2019-06-01", "2024-05-31") < 5.0);
    assert_near(okrug_date_anniversaries("2020-06-01", "2020-06-01"), 0.0, 0.0);
    double leap = okrug_date_anniversaries("2020-02-29", "2025-02-27");
    assert_true(leap < 5.0 && leap > 4.9);
    assert_near(okrug_date_anniversaries("2020-02-29", "2025-02-28"), 5.0, 0.0);
    assert_true(okrug_date_anniversaries("2020-02-29", "2025-03-01") > 5.0);
    assert_near(okrug_date_anniversaries("2020-02-29", "2024-02-29"), 4.0, 0.0);
    assert_true(okrug_date_anniversaries("2020-02-29", "2024-02-28") < 4.0);
    assert_near(okrug_date_anniversaries("2020-02-28", "2025-02-28"), 5.0, 0.0);
}

static void test_rows(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    okrug_dataset *data = okrug_dataset_new("rules", "input");
    assert_non_null(data);
    okrug_table *t = okrug_dataset_add_table(data, "rules");
    assert_non_null(t);
    assert_int_equal(okrug_table_add_column(t, "from", OKRUG_TEXT, OKRUG_UNIT_NONE), 0);
    assert_int_equal(okrug_table_add_column(t, "to", OKRUG_TEXT, OKRUG_UNIT_NONE), 1);
    static const char *const span[][2] = {{"2015-07-31", "2016-09-25"}, {"2016-09-26", NULL}, {NULL, "2014-01-01"}};
    for (int64_t row = 0; row < 3; row++) {
        assert_int_equal(okrug_table_add_row(t, row + 2), row);
        for (int c = 0; c < 2; c++) {
            if (span[row][c] != NULL) {
                assert_ok(okrug_set_text(t, c, row, span[row][c], 10));
            }
        }
    }
    const okrug_column *from = okrug_table_column(t, "from"), *to = okrug_table_column(t, "to");
    assert_true(okrug_dated_holds(from, to, 0, "2015-07-31"));
    assert_true(okrug_dated_holds(from, to, 0, "2016-09-25"));
    assert_false(okrug_dated_holds(from, to, 0, "2016-09-26"));
    assert_false(okrug_dated_holds(from, to, 0, "2015-07-30"));
    assert_true(okrug_dated_holds(from, to, 1, "2099-01-01"));
    assert_true(okrug_dated_holds(from, to, 2, "1900-01-01"));
    assert_true(okrug_dated_holds(NULL, NULL, 2, "2099-01-01"));
    assert_ok(okrug_dated_check(ctx, t, from, to));
    assert_ok(okrug_set_text(t, 1, 1, "2016-09-25", 10));
    assert_int_equal(okrug_dated_check(ctx, t, from, to), OKRUG_BAD_INPUT);
    assert_int_equal(okrug_message_at(ctx, 0)->place.line, 3);
    const char *day = NULL;
    assert_ok(okrug_date_take(ctx, "date", "05.03.2024", &day));
    assert_string_equal(day, "2024-03-05");
    assert_int_equal(okrug_date_take(ctx, "date", "2023-02-29", &day), OKRUG_BAD_USAGE);
    okrug_dataset_free(data);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_anniversaries),
        cmocka_unit_test(test_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
