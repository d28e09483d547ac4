/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of the writers share: a small table with every kind of cell, and what a writer makes of a table.
 */
#ifndef OKRUG_TESTS_SUPPORT_WRITERS_TESTING_H
#define OKRUG_TESTS_SUPPORT_WRITERS_TESTING_H

#include <stdio.h>
#include <stdlib.h>

#include "testing.h"
#include "writers/writers.h"

typedef okrug_status writer(okrug_ctx *ctx, const okrug_table *table, FILE *out);

/* What it writes; to be freed with free(). */
static inline char *written(writer *write, const okrug_table *table) {
    char *text = NULL;
    size_t length = 0;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    assert_int_equal(write(ctx, table, out), OKRUG_OK);
    fclose(out);
    okrug_ctx_free(ctx);
    char *copy = strdup(text); /* gcc takes what open_memstream gave for the variable that it was given through */
    free(text);
    return copy;
}

static inline void add_text(okrug_table *table, int column, int64_t row, const char *text) {
    assert_int_equal(okrug_set_text(table, column, row, text, strlen(text)), OKRUG_OK);
}

static inline void add_number(okrug_table *table, int column, int64_t row, double value) {
    assert_int_equal(okrug_set_number(table, column, row, value), OKRUG_OK);
}

/* Four rows of region, lq, z. */
static inline okrug_dataset *small_result(void) {
    okrug_dataset *dataset = okrug_dataset_new("location-quotient", "result");
    okrug_table *table = okrug_dataset_add_table(dataset, "quotients");
    okrug_table_add_column(table, "region", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO);
    okrug_table_add_column(table, "z", OKRUG_NUMBER, OKRUG_UNIT_NONE);
    for (int r = 0; r < 4; r++) {
        okrug_table_add_row(table, 0);
    }
    add_text(table, 0, 0, "07");
    add_number(table, 1, 0, 0.1);
    add_number(table, 2, 0, -0.0);
    add_number(table, 1, 1, 1e300);
    assert_int_equal(okrug_set_missing(table, 2, 1, OKRUG_ZERO_TOTAL), OKRUG_OK);
    add_text(table, 0, 2, "Калуга");
    assert_int_equal(okrug_set_missing(table, 1, 2, OKRUG_SUPPRESSED), OKRUG_OK);
    assert_int_equal(okrug_set_missing(table, 2, 2, OKRUG_UNDEFINED), OKRUG_OK);
    add_text(table, 0, 3, "");
    add_number(table, 1, 3, 12345678901234568.0);
    add_number(table, 2, 3, 3.0);
    return dataset;
}

#endif
