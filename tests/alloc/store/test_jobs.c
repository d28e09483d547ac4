/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each allocation of the jobs' own code fails once: the work says so and leaks nothing.
 */
#include "failing_allocator.h"
#include "store/jobs.h"
#include "store_testing.h"

static okrug_status live(okrug_ctx *ctx, okrug_store *store) {
    static const okrug_stored_option option[] = {{"map", "region=oktmo"}, {"level", "0.9"}};
    okrug_stored_job asked = {
        .analysis = "a", .input = "#b", .option = option, .options = 2, .wanted = "mine", .created = 1};
    okrug_lease lease = {.owner = "A", .now = 1000, .until = 2000};
    okrug_stored_job job;
    okrug_stored_job *jobs = NULL;
    int64_t id = 0;
    int64_t count = 0;
    bool held = false;
    bool stop = false;
    OKRUG_TRY(okrug_store_add_job(ctx, store, &asked, &id));
    OKRUG_TRY(okrug_store_claim_job(ctx, store, &lease, 3, "[]", &job));
    OKRUG_TRY(okrug_store_renew_job(ctx, store, job.id, &lease, "task.x", 1.0, 2.0, &held, &stop));
    OKRUG_TRY(okrug_store_get_job(ctx, store, job.id, &job));
    OKRUG_TRY(okrug_store_list_jobs(ctx, store, 5, &jobs, &count));
    OKRUG_TRY(okrug_store_cancel_job(ctx, store, job.id, 1100));
    OKRUG_TRY(okrug_store_return_job(ctx, store, job.id, &lease));
    return okrug_store_end_job(ctx, store, job.id, &lease, OKRUG_JOB_DONE, "r", "[]", &held);
}

static okrug_status open_and_live(void *user) {
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_store *store = NULL;
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_store_open(ctx, user, OKRUG_STORE_WRITE, &store);
    if (status == OKRUG_OK) {
        status = live(ctx, store);
    }
    okrug_store_close(store);
    okrug_ctx_free(ctx);
    return status;
}

static void every_allocation_may_fail(void **state) {
    store_place *place = *state;
    assert_true(failing_allocator_walk(open_and_live, place->location) > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, store_setup, store_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
