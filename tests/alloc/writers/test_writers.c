/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each allocation of the writers fails once: they say so and leak nothing.
 */
#include <unistd.h>

#include "failing_allocator.h"
#include "writers_testing.h"

typedef struct {
    okrug_dataset *dataset;
    okrug_catalogue *catalogue;
    char folder[64];
} work;

static okrug_status write_all(okrug_ctx *ctx, const work *w, FILE *out) {
    OKRUG_TRY(okrug_write_csv(ctx, w->dataset->table[0], out));
    OKRUG_TRY(okrug_write_json(ctx, w->dataset->table[0], out));
    OKRUG_TRY(okrug_write_geojson(ctx, w->dataset->table[1], out));
    OKRUG_TRY(okrug_write_text(ctx, w->dataset->table[0], w->catalogue, 2, out));
    OKRUG_TRY(okrug_write_html(ctx, w->dataset, w->catalogue, out));
    return okrug_write_directory(ctx, w->dataset, w->folder);
}

static okrug_status write_everything(void *user) {
    const work *w = user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    static FILE *out; /* opened once: its buffer is not ours to fail */
    if (out == NULL) {
        out = fopen("/dev/null", "w");
    }
    okrug_status status = out != NULL ? write_all(ctx, w, out) : OKRUG_NO_MEMORY;
    okrug_ctx_free(ctx);
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    work w = {.dataset = small_result(), .catalogue = okrug_catalogue_new("en")};
    const char *parent = getenv("TMPDIR");
    snprintf(w.folder, sizeof w.folder, "%s/okrug-test-XXXXXX", parent != NULL ? parent : P_tmpdir);
    assert_non_null(mkdtemp(w.folder));
    okrug_table *table = okrug_dataset_add_table(w.dataset, "shapes");
    okrug_table_add_column(table, "geom", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    add_text(table, 0, okrug_table_add_row(table, 0), "010100000000000000002042400000000000404B40");
    w.dataset->provenance = "{\"warnings\": [{\"code\": \"x\", \"arguments\": {\"a\": \"b\"}}]}";
    assert_true(failing_allocator_walk(write_everything, &w) > 20);
    okrug_dataset_free(w.dataset);
    okrug_catalogue_free(w.catalogue);
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", w.folder);
    assert_int_equal(system(command), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
