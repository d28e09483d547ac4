/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files on disk, standard input, progress; and a large real file, where the shared data is there.
 */
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <okrug/numeric.h>

static void write_file(int file, const char *text) {
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
}

static void count_progress(void *user, const char *task, double finished, double total) {
    int *calls = user;
    assert_string_equal(task, "task.reading");
    assert_true(finished >= 0 && finished <= total);
    ++*calls;
}

static void test_file_with_progress(void **state) {
    (void)state;
    int calls = 0;
    const okrug_ctx_options options = {.threads = 1, .progress = count_progress, .progress_user = &calls};
    okrug_ctx *ctx = okrug_ctx_new(&options);
    okrug_dataset *dataset = okrug_dataset_new("test", "values");
    char path[] = "okrug-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    write_file(file, "region;value\na;1,5\n");
    okrug_source_request request = wanting_region_value();
    okrug_understood understood;
    okrug_table *table;
    request.path = path;
    assert_int_equal(okrug_source_read(ctx, &request, dataset, "t", &understood, &table), OKRUG_OK);
    assert_int_equal(table->rows, 1);
    assert_string_equal(table->name, "t");
    assert_string_equal(table->file, path);
    assert_string_equal(understood.format, "csv");
    assert_true(calls > 0);
    close(file);
    unlink(path);
    okrug_dataset_free(dataset);
    okrug_ctx_free(ctx);
}

/* Two attempts are needed, of a pipe that gives its bytes once. */
static void test_standard_input(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    write_file(ends[1], "region;value\na;1.250\n\xCC;0,5\n");
    close(ends[1]);
    int before = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_dataset *dataset = okrug_dataset_new("test", "values");
    okrug_source_request request = wanting_region_value();
    okrug_understood understood;
    okrug_table *table;
    request.path = "-";
    request.decimal = ',';
    okrug_status status = okrug_source_read(ctx, &request, dataset, "t", &understood, &table);
    if (before >= 0) {
        dup2(before, STDIN_FILENO);
        close(before);
    }
    assert_int_equal(status, OKRUG_OK);
    assert_int_equal(table->rows, 2);
    assert_true(okrug_table_column(table, "value")->number[0] == 1250);
    assert_true(okrug_table_column(table, "value")->number[1] == 0.5);
    assert_string_equal(understood.encoding, "windows-1251");
    okrug_dataset_free(dataset);
    okrug_ctx_free(ctx);
}

/* The counts and the sum are those of a one-line awk program on the same file. */
static void test_employment_of_counties(void **state) {
    (void)state;
    const char *shared = getenv("OKRUG_SHARED");
    char path[4096];
    snprintf(path, sizeof path, "%s/data/us_qcew_2016/qcew2016_county_state_naics3_private.csv.xz",
             shared == NULL ? "../shared" : shared);
    if (access(path, R_OK) != 0) {
        skip();
    }
    const okrug_wanted wanted[] = {
        {.role = {.name = "region", .type = OKRUG_TEXT, .need = OKRUG_KEY}, .header = "area_fips"},
        {.role = {.name = "industry", .type = OKRUG_TEXT, .need = OKRUG_KEY}, .header = "industry_code"},
        {.role = {.name = "period", .type = OKRUG_TEXT, .need = OKRUG_KEY_OPTIONAL}, .header = "qtr"},
        {.role = {.name = "value", .type = OKRUG_NUMBER, .need = OKRUG_REQUIRED}, .header = "emp_m3"},
    };
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_dataset *dataset = okrug_dataset_new("test", "values");
    okrug_source_request request = {
        .path = path, .wanted = wanted, .wanted_count = 4, .status = "disclosure", .suppressed = "N"};
    okrug_understood understood;
    okrug_table *table;
    assert_int_equal(okrug_source_read(ctx, &request, dataset, "t", &understood, &table), OKRUG_OK);
    assert_string_equal(understood.compression, "xz");
    assert_int_equal(table->rows, 840592);
    assert_int_equal(understood.suppressed_cells, 351796);
    assert_string_equal(okrug_text_at(okrug_table_column(table, "region"), 0), "01000");
    assert_int_equal(table->line[840591], 840593);
    okrug_sum sum = {0};
    for (int64_t row = 0; row < table->rows; row++) {
        const okrug_column *value = okrug_table_column(table, "value");
        if (okrug_reason_at(value, row) == OKRUG_PRESENT) {
            okrug_sum_add(&sum, value->number[row]);
        }
    }
    assert_true(okrug_sum_value(&sum) == 857765966.0);
    okrug_dataset_free(dataset);
    okrug_ctx_free(ctx);
}

/* Of `most` bytes all come, of one more none: that they do not end is seen without reading on. */
static void test_standard_input_has_a_limit(void **state) {
    (void)state;
    enum { MOST = 10 };
    for (int more = 0; more < 2; more++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        write_file(ends[1], more == 0 ? "0123456789" : "0123456789abcdef");
        close(ends[1]);
        int before = dup(STDIN_FILENO);
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        clearerr(stdin);
        okrug_ctx *ctx = okrug_ctx_new(NULL);
        void *bytes = NULL;
        size_t length = 0;
        okrug_status status = okrug_source_standard_input(ctx, MOST, &bytes, &length);
        while (fgetc(stdin) != EOF) { /* what waits in the stream is not for the next */
        }
        clearerr(stdin);
        if (before >= 0) {
            dup2(before, STDIN_FILENO);
            close(before);
        }
        assert_int_equal(status, more == 0 ? OKRUG_OK : OKRUG_BAD_INPUT);
        assert_int_equal(length, more == 0 ? MOST : 0);
        assert_int_equal(okrug_messages(ctx), more);
        if (more == 1) {
            assert_string_equal(okrug_message_at(ctx, 0)->code, "standard-input-too-large");
        }
        free(bytes);
        okrug_ctx_free(ctx);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file_with_progress),
        cmocka_unit_test(test_standard_input),
        cmocka_unit_test(test_standard_input_has_a_limit),
        cmocka_unit_test(test_employment_of_counties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
