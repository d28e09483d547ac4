/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each key once: repeats go with a warning, contradictions are faults; and which values the domains admit.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <okrug/role.h>

#include "testing.h"

static const okrug_role roles[] = {
    {.name = "region", .type = OKRUG_TEXT, .need = OKRUG_KEY},
    {.name = "period", .type = OKRUG_NUMBER, .need = OKRUG_KEY_OPTIONAL},
    {.name = "value", .type = OKRUG_NUMBER, .need = OKRUG_REQUIRED},
    {.name = "absent", .type = OKRUG_TEXT, .need = OKRUG_KEY_OPTIONAL},
};

typedef struct {
    okrug_ctx *ctx;
    okrug_dataset *dataset;
    okrug_table *table;
} fixture;

static fixture begin(void) {
    fixture made = {.ctx = okrug_ctx_new(NULL), .dataset = okrug_dataset_new("test", "values")};
    made.table = okrug_dataset_add_table(made.dataset, "input");
    made.table->file = "in.csv";
    assert_int_equal(okrug_table_add_column(made.table, "region", OKRUG_TEXT, OKRUG_UNIT_NONE), 0);
    assert_int_equal(okrug_table_add_column(made.table, "period", OKRUG_NUMBER, OKRUG_UNIT_NONE), 1);
    assert_int_equal(okrug_table_add_column(made.table, "value", OKRUG_NUMBER, OKRUG_UNIT_COUNT), 2);
    return made;
}

static void add(fixture *made, const char *region, double period, double value) {
    int64_t row = okrug_table_add_row(made->table, made->table->rows + 2);
    assert_int_equal(okrug_set_text(made->table, 0, row, region, strlen(region)), OKRUG_OK);
    assert_int_equal(okrug_set_number_or(made->table, 1, row, period, OKRUG_NOT_COLLECTED), OKRUG_OK);
    assert_int_equal(okrug_set_number_or(made->table, 2, row, value, OKRUG_SUPPRESSED), OKRUG_OK);
}

static okrug_status unique(fixture *made) {
    return okrug_table_unique(made->ctx, made->table, roles, sizeof roles / sizeof roles[0]);
}

static void end(fixture *made) {
    okrug_dataset_free(made->dataset);
    okrug_ctx_free(made->ctx);
}

static void test_nothing_repeats(void **state) {
    (void)state;
    fixture made = begin();
    assert_int_equal(unique(&made), OKRUG_OK);
    add(&made, "a", 2023, 1);
    add(&made, "a", 2024, 1);
    add(&made, "b", 2023, 1);
    add(&made, "a", NAN, 1);
    assert_int_equal(unique(&made), OKRUG_OK);
    assert_int_equal(made.table->rows, 4);
    assert_int_equal(okrug_messages(made.ctx), 0);
    end(&made);
}

static void test_repeats_go(void **state) {
    (void)state;
    fixture made = begin();
    add(&made, "a", 2023, 1);
    add(&made, "b", 0.0, NAN);
    add(&made, "a", 2023, 1);
    add(&made, "b", -0.0, NAN);
    add(&made, "c", NAN, 3);
    add(&made, "c", NAN, 3);
    add(&made, "d", 1, 4);
    assert_int_equal(unique(&made), OKRUG_OK);
    assert_int_equal(made.table->rows, 4);
    const okrug_column *region = okrug_table_column(made.table, "region");
    const okrug_column *value = okrug_table_column(made.table, "value");
    assert_string_equal(okrug_text_at(region, 1), "b");
    assert_int_equal(okrug_reason_at(value, 1), OKRUG_SUPPRESSED);
    assert_string_equal(okrug_text_at(region, 2), "c");
    assert_string_equal(okrug_text_at(region, 3), "d");
    assert_true(value->number[3] == 4);
    assert_int_equal(made.table->line[3], 8);
    assert_int_equal(okrug_messages(made.ctx), 1);
    const okrug_message *warning = okrug_message_at(made.ctx, 0);
    assert_int_equal(warning->severity, OKRUG_WARNING);
    assert_string_equal(warning->code, "repeated-rows");
    assert_string_equal(warning->value[0], "3");
    assert_int_equal(warning->place.line, 4);
    end(&made);
}

static void test_contradictions_are_faults(void **state) {
    (void)state;
    fixture made = begin();
    add(&made, "a", 2023, 1);
    add(&made, "b", 2023, 1);
    add(&made, "a", 2023, 2);
    add(&made, "b", 2023, NAN);
    add(&made, "a", 2023, 1);
    add(&made, "a", 2023, 2);
    assert_int_equal(unique(&made), OKRUG_BAD_INPUT);
    assert_int_equal(made.table->rows, 6);
    assert_int_equal(okrug_messages(made.ctx), 3);
    const okrug_message *fault = okrug_message_at(made.ctx, 0);
    assert_string_equal(fault->code, "key-repeated");
    assert_int_equal(fault->place.line, 4);
    assert_string_equal(fault->name[0], "key");
    assert_string_equal(fault->value[0], "region=a, period=2023");
    assert_string_equal(fault->value[1], "4");
    assert_string_equal(fault->value[2], "2");
    assert_int_equal(okrug_message_at(made.ctx, 1)->place.line, 5);
    assert_int_equal(okrug_message_at(made.ctx, 2)->place.line, 7);
    end(&made);
}

static void test_many_rows(void **state) {
    (void)state;
    fixture made = begin();
    enum { ROWS = 50000 };
    for (int i = 0; i < ROWS; i++) {
        char region[16];
        snprintf(region, sizeof region, "r%d", i % 300);
        add(&made, region, i / 300 % 100, i % 30000);
    }
    assert_int_equal(unique(&made), OKRUG_OK);
    assert_int_equal(made.table->rows, 30000);
    for (int i = 0; i < 30000; i++) {
        assert_int_equal(made.table->line[i], i + 2);
    }
    end(&made);
}

static void test_no_keys(void **state) {
    (void)state;
    fixture made = begin();
    add(&made, "a", 2023, 1);
    add(&made, "a", 2023, 1);
    assert_int_equal(okrug_table_unique(made.ctx, made.table, roles + 2, 1), OKRUG_OK);
    assert_int_equal(made.table->rows, 2);
    end(&made);
}

static void test_domains(void **state) {
    (void)state;
    assert_string_equal(okrug_domain_code(OKRUG_DOMAIN_NOT_NEGATIVE), "not-negative");
    assert_string_equal(okrug_domain_code(OKRUG_DOMAIN_LONGITUDE), "longitude");
    assert_true(okrug_domain_admits(OKRUG_DOMAIN_ANY, -1e300));
    assert_false(okrug_domain_admits(OKRUG_DOMAIN_ANY, NAN));
    assert_false(okrug_domain_admits(OKRUG_DOMAIN_ANY, INFINITY));
    assert_true(okrug_domain_admits(OKRUG_DOMAIN_NOT_NEGATIVE, 0));
    assert_false(okrug_domain_admits(OKRUG_DOMAIN_NOT_NEGATIVE, -1e-300));
    assert_false(okrug_domain_admits(OKRUG_DOMAIN_POSITIVE, 0));
    assert_true(okrug_domain_admits(OKRUG_DOMAIN_SHARE, 1));
    assert_false(okrug_domain_admits(OKRUG_DOMAIN_SHARE, 1.0000001));
    assert_true(okrug_domain_admits(OKRUG_DOMAIN_LATITUDE, -90));
    assert_false(okrug_domain_admits(OKRUG_DOMAIN_LATITUDE, 90.1));
    assert_true(okrug_domain_admits(OKRUG_DOMAIN_LONGITUDE, 180));
    assert_false(okrug_domain_admits(OKRUG_DOMAIN_LONGITUDE, -180.1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_repeats),
        cmocka_unit_test(test_repeats_go),
        cmocka_unit_test(test_contradictions_are_faults),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_no_keys),
        cmocka_unit_test(test_domains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
