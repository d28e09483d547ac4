/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each allocation of a report and of its writers fails once: they say so and leak nothing. (What libxlsxwriter takes is
 * its own.)
 */
#include "failing_allocator.h"
#include "writers/report.h"
#include "writers_testing.h"

typedef struct {
    okrug_dataset *dataset;
    okrug_catalogue *catalogue;
} work;

static const char provenance[] =
    "{\"analysis\": \"location-quotient\", \"parameters\": {\"level\": 0.95, \"names\": [\"a\"]}, \"inputs\": "
    "[{\"input\": "
    "\"input\", \"dataset\": \"jobs\", \"provenance\": {\"title\": {\"en\": \"Jobs\"}, \"source\": \"S\", \"unit\": "
    "\"person\", "
    "\"file\": \"f.csv\"}}], \"warnings\": [{\"code\": \"repeated-rows\", \"arguments\": {\"count\": \"3\"}}], "
    "\"references\": [\"Theil (1967)\"]}";

static void fill(okrug_report *report, const okrug_table *table) {
    static const okrug_row rows[] = {{"a", "1", 1.0, 0.5, 2.0, OKRUG_TONE_BAND}};
    static const okrug_rows_chart chart = {
        .row = rows, .rows = 1, .reference = 1.0, .axis = "x", .numerals = {".", ","}};
    static const okrug_report_column columns[] = {{0, "Region", 0}, {1, "LQ", 2}, {2, "z", 2}};
    for (int kind = OKRUG_BLOCK_APPROVAL; kind <= OKRUG_BLOCK_BREAK; kind++) {
        okrug_report_add(report, (okrug_block_kind)kind, "Some " OKRUG_STRONG "words" OKRUG_STRONG);
    }
    const char *source = okrug_report_source(report, provenance);
    okrug_report_table told = {.title = "title", .source = source, .table = table, .column = columns, .columns = 3};
    okrug_report_add_table(report, &told);
    okrug_report_figure figure = {.title = "title", .source = source, .kind = OKRUG_FIGURE_ROWS, .rows = &chart};
    okrug_report_add_figure(report, &figure);
    okrug_report_add_provenance(report, "step", provenance);
    okrug_report_add_lists(report);
}

static okrug_status write_all(okrug_ctx *ctx, const okrug_report *report) {
    okrug_buffer out = {0};
    okrug_status status = okrug_report_pdf(ctx, report, &out);
    okrug_buffer_clear(&out);
    okrug_buffer page = {0};
    status = status == OKRUG_OK ? okrug_report_html(ctx, report, &page) : status;
    status = status == OKRUG_OK ? okrug_report_docx(ctx, report, &out) : status;
    okrug_buffer_clear(&out);
    status = status == OKRUG_OK ? okrug_report_figure_alone(ctx, report, 1, true, &out) : status;
    okrug_buffer_free(&page);
    okrug_buffer_free(&out);
    return status;
}

static okrug_status make_report(void *user) {
    const work *w = user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_report_start start = {
        .title = "T", .language = "en", .version = "0", .mark = "made up", .catalogue = w->catalogue};
    okrug_report *report = ctx == NULL ? NULL : okrug_report_new(&start);
    okrug_status status = OKRUG_NO_MEMORY;
    if (report != NULL) {
        fill(report, w->dataset->table[0]);
        status = write_all(ctx, report);
    }
    okrug_report_free(report);
    okrug_ctx_free(ctx);
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    work w = {.dataset = small_result(), .catalogue = okrug_catalogue_new("en")};
    assert_true(failing_allocator_walk(make_report, &w) > 50);
    okrug_dataset_free(w.dataset);
    okrug_catalogue_free(w.catalogue);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
