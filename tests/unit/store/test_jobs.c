/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Jobs of a workspace: kept as they came, run by one worker at a time, taken over from the dead, ended with their
 * result or not at all. Clocks are the tests' own.
 */
#include <pthread.h>

#include "store/jobs.h"
#include "store_testing.h"

static const okrug_stored_option two_options[] = {{"map", "region=oktmo"}, {"level", "0,9 ё"}};

static int64_t add_job(store_place *place, const char *analysis, int64_t created) {
    int64_t id = 0;
    okrug_stored_job job = {
        .analysis = analysis, .input = "#a", .option = two_options, .options = 2, .wanted = NULL, .created = created};
    assert_int_equal(okrug_store_add_job(place->ctx, place->store, &job, &id), OKRUG_OK);
    return id;
}

static okrug_stored_job job_of(store_place *place, int64_t id) {
    okrug_stored_job job;
    assert_int_equal(okrug_store_get_job(place->ctx, place->store, id, &job), OKRUG_OK);
    return job;
}

static okrug_stored_job claim(store_place *place, const char *owner, int64_t now) {
    okrug_lease lease = {.owner = owner, .now = now, .until = now + 100};
    okrug_stored_job job;
    assert_int_equal(okrug_store_claim_job(place->ctx, place->store, &lease, 3, "[\"given up\"]", &job), OKRUG_OK);
    return job;
}

static bool renew(store_place *place, int64_t id, const char *owner, int64_t now, bool *stop) {
    okrug_lease lease = {.owner = owner, .now = now, .until = now + 100};
    bool held = false;
    assert_int_equal(okrug_store_renew_job(place->ctx, place->store, id, &lease, "task.x", 1.0, 4.0, &held, stop),
                     OKRUG_OK);
    return held;
}

static bool end(store_place *place, int64_t id, const char *owner, okrug_job_state state, const char *result) {
    okrug_lease lease = {.owner = owner, .now = 9000};
    bool held = false;
    assert_int_equal(okrug_store_end_job(place->ctx, place->store, id, &lease, state, result, "[]", &held), OKRUG_OK);
    return held;
}

static void a_job_is_kept_as_it_came(void **state) {
    store_place *place = *state;
    okrug_stored_job asked = {.analysis = "лq", .input = "#a/b", .wanted = "mine", .created = 1234567890123456};
    int64_t id = 0;
    assert_int_equal(okrug_store_add_job(place->ctx, place->store, &asked, &id), OKRUG_OK);
    assert_int_equal(add_job(place, "second", 5), id + 1);
    store_place_open(place, OKRUG_STORE_READ);
    okrug_stored_job job = job_of(place, id);
    assert_int_equal(job.state, OKRUG_JOB_QUEUED);
    assert_string_equal(job.analysis, "лq");
    assert_string_equal(job.input, "#a/b");
    assert_string_equal(job.wanted, "mine");
    assert_null(job.result);
    assert_null(job.messages);
    assert_null(job.task);
    assert_int_equal(job.created, 1234567890123456);
    assert_int_equal(job.started, 0);
    assert_int_equal(job.finished, 0);
    assert_int_equal(job.options, 0);
    job = job_of(place, id + 1);
    assert_int_equal(job.options, 2);
    assert_string_equal(job.option[0].name, "map");
    assert_string_equal(job.option[1].value, "0,9 ё");
    assert_int_equal(okrug_store_get_job(place->ctx, place->store, 77, &job), OKRUG_NOT_FOUND);
    assert_string_equal(store_last_code(place), "no-job");
}

static void the_newest_come_first(void **state) {
    store_place *place = *state;
    okrug_stored_job *jobs = NULL;
    int64_t count = -1;
    assert_int_equal(okrug_store_list_jobs(place->ctx, place->store, 10, &jobs, &count), OKRUG_OK);
    assert_int_equal(count, 0);
    for (int i = 1; i <= 5; i++) {
        add_job(place, i == 5 ? "last" : "a", i);
    }
    assert_int_equal(okrug_store_list_jobs(place->ctx, place->store, 3, &jobs, &count), OKRUG_OK);
    assert_int_equal(count, 3);
    assert_string_equal(jobs[0].analysis, "last");
    assert_int_equal(jobs[2].id, 3);
    assert_int_equal(jobs[2].options, 2);
}

static void the_oldest_is_claimed_once(void **state) {
    store_place *place = *state;
    assert_int_equal(claim(place, "A", 1000).id, 0);
    int64_t first = add_job(place, "a", 1);
    int64_t second = add_job(place, "b", 2);
    okrug_stored_job job = claim(place, "A", 1000);
    assert_int_equal(job.id, first);
    assert_int_equal(job.state, OKRUG_JOB_RUNNING);
    assert_int_equal(job.attempts, 1);
    assert_int_equal(job.started, 1000);
    assert_int_equal(job.options, 2);
    assert_int_equal(claim(place, "B", 1001).id, second);
    assert_int_equal(claim(place, "C", 1002).id, 0);
}

static void progress_is_kept_and_the_lease_renewed(void **state) {
    store_place *place = *state;
    bool stop = true;
    int64_t id = add_job(place, "a", 1);
    claim(place, "A", 1000);
    assert_true(renew(place, id, "A", 1090, &stop));
    assert_false(stop);
    okrug_stored_job job = job_of(place, id);
    assert_string_equal(job.task, "task.x");
    assert_same_double(job.done, 1.0);
    assert_same_double(job.total, 4.0);
    assert_int_equal(claim(place, "B", 1150).id, 0); /* the first lease would be past */
    assert_false(renew(place, id, "B", 1150, &stop));
}

static void the_job_of_a_dead_worker_is_taken_over(void **state) {
    store_place *place = *state;
    bool stop = false;
    int64_t id = add_job(place, "a", 1);
    claim(place, "A", 1000);
    assert_int_equal(claim(place, "B", 1100).id, 0); /* until is the last moment of the lease */
    okrug_stored_job job = claim(place, "B", 1101);
    assert_int_equal(job.id, id);
    assert_int_equal(job.attempts, 2);
    /* The first was only slow: it is told, and can keep nothing. */
    assert_false(renew(place, id, "A", 1102, &stop));
    assert_false(end(place, id, "A", OKRUG_JOB_DONE, "r"));
    assert_int_equal(job_of(place, id).state, OKRUG_JOB_RUNNING);
    assert_true(end(place, id, "B", OKRUG_JOB_DONE, "r"));
    assert_false(end(place, id, "B", OKRUG_JOB_FAILED, NULL));
    job = job_of(place, id);
    assert_int_equal(job.state, OKRUG_JOB_DONE);
    assert_string_equal(job.result, "r");
    assert_string_equal(job.messages, "[]");
    assert_int_equal(job.finished, 9000);
}

static void a_job_that_kills_is_given_up(void **state) {
    store_place *place = *state;
    int64_t id = add_job(place, "a", 1);
    int64_t other = add_job(place, "b", 1);
    for (int i = 1; i <= 3; i++) {
        okrug_stored_job job = claim(place, "A", 1000 * i);
        assert_int_equal(job.id, id);
        assert_int_equal(job.attempts, i);
    }
    assert_int_equal(claim(place, "B", 5000).id, other);
    okrug_stored_job job = job_of(place, id);
    assert_int_equal(job.state, OKRUG_JOB_FAILED);
    assert_string_equal(job.messages, "[\"given up\"]");
    assert_int_equal(job.finished, 5000);
}

static void a_job_given_back_was_not_attempted(void **state) {
    store_place *place = *state;
    int64_t id = add_job(place, "a", 1);
    for (int i = 1; i <= 10; i++) {
        okrug_lease lease = {.owner = "A", .now = 1000 * i, .until = 1000 * i + 100};
        assert_int_equal(claim(place, "A", 1000 * i).id, id);
        assert_int_equal(okrug_store_return_job(place->ctx, place->store, id, &lease), OKRUG_OK);
        okrug_stored_job job = job_of(place, id);
        assert_int_equal(job.state, OKRUG_JOB_QUEUED);
        assert_int_equal(job.attempts, 0);
        assert_int_equal(job.started, 0);
    }
    okrug_lease stranger = {.owner = "B", .now = 1};
    assert_int_equal(claim(place, "A", 20000).id, id);
    assert_int_equal(okrug_store_return_job(place->ctx, place->store, id, &stranger), OKRUG_OK);
    assert_int_equal(job_of(place, id).state, OKRUG_JOB_RUNNING);
}

static void cancelling(void **state) {
    store_place *place = *state;
    bool stop = false;
    int64_t queued = add_job(place, "a", 1);
    assert_int_equal(okrug_store_cancel_job(place->ctx, place->store, queued, 500), OKRUG_OK);
    assert_int_equal(job_of(place, queued).state, OKRUG_JOB_CANCELLED);
    assert_int_equal(job_of(place, queued).finished, 500);
    assert_int_equal(claim(place, "A", 1000).id, 0);

    int64_t running = add_job(place, "a", 1);
    claim(place, "A", 1000);
    assert_int_equal(okrug_store_cancel_job(place->ctx, place->store, running, 1010), OKRUG_OK);
    assert_int_equal(job_of(place, running).state, OKRUG_JOB_RUNNING);
    assert_true(renew(place, running, "A", 1020, &stop));
    assert_true(stop);
    assert_true(end(place, running, "A", OKRUG_JOB_CANCELLED, NULL));
    assert_int_equal(okrug_store_cancel_job(place->ctx, place->store, running, 2000), OKRUG_OK);
    assert_int_equal(job_of(place, running).finished, 9000); /* what is over stays as it is */

    int64_t orphan = add_job(place, "a", 1);
    claim(place, "A", 3000);
    assert_int_equal(okrug_store_cancel_job(place->ctx, place->store, orphan, 3010), OKRUG_OK);
    int64_t next = add_job(place, "b", 1);
    assert_int_equal(claim(place, "B", 4000).id, next); /* nobody takes over what is not wanted any more */
    assert_int_equal(job_of(place, orphan).state, OKRUG_JOB_CANCELLED);

    okrug_lease lease = {.owner = "B", .now = 4010};
    assert_int_equal(okrug_store_cancel_job(place->ctx, place->store, next, 4005), OKRUG_OK);
    assert_int_equal(okrug_store_return_job(place->ctx, place->store, next, &lease), OKRUG_OK);
    assert_int_equal(job_of(place, next).state, OKRUG_JOB_CANCELLED);
    assert_int_equal(okrug_store_cancel_job(place->ctx, place->store, 99, 1), OKRUG_NOT_FOUND);
}

static void result_and_end_are_one_change(void **state) {
    store_place *place = *state;
    int64_t id = add_job(place, "a", 1);
    claim(place, "A", 1000);
    assert_int_equal(okrug_store_begin(place->ctx, place->store), OKRUG_OK);
    assert_int_equal(store_put_values(place, "r", 3), OKRUG_OK);
    assert_true(end(place, id, "A", OKRUG_JOB_DONE, "r"));
    okrug_store_rollback(place->store);
    assert_int_equal(store_rows(place, "r"), -1);
    assert_int_equal(job_of(place, id).state, OKRUG_JOB_RUNNING);
}

/* Workers that take every job they can get, each on a connection of its own. */
typedef struct {
    store_place *place;
    char owner[16];
    int claimed;
    bool failed;
} racer;

static void *race(void *user) {
    racer *r = user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_store *store = NULL;
    r->failed = okrug_store_open(ctx, r->place->location, OKRUG_STORE_SERVE, &store) != OKRUG_OK;
    for (bool more = !r->failed; more;) {
        okrug_lease lease = {.owner = r->owner, .now = 1000, .until = 100000};
        okrug_stored_job job = {0};
        bool held = false;
        okrug_status status = okrug_store_claim_job(ctx, store, &lease, 3, "[]", &job);
        more = status == OKRUG_LOCKED || (status == OKRUG_OK && job.id != 0);
        if (status == OKRUG_OK && more) {
            status = okrug_store_end_job(ctx, store, job.id, &lease, OKRUG_JOB_DONE, NULL, "[]", &held);
            r->claimed += held;
        }
        r->failed = r->failed || (status != OKRUG_OK && status != OKRUG_LOCKED);
    }
    okrug_store_close(store);
    okrug_ctx_free(ctx);
    return NULL;
}

static void many_workers_run_each_job_once(void **state) {
    enum { JOBS = 60, WORKERS = 4 };
    store_place *place = *state;
    store_place_open(place, OKRUG_STORE_SERVE);
    for (int i = 0; i < JOBS; i++) {
        add_job(place, "a", i);
    }
    racer racers[WORKERS] = {0};
    pthread_t thread[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        racers[i].place = place;
        snprintf(racers[i].owner, sizeof racers[i].owner, "w%d", i);
        assert_int_equal(pthread_create(&thread[i], NULL, race, &racers[i]), 0);
    }
    int claimed = 0;
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(thread[i], NULL);
        assert_false(racers[i].failed);
        claimed += racers[i].claimed;
    }
    assert_int_equal(claimed, JOBS);
    okrug_stored_job *jobs = NULL;
    int64_t count = 0;
    assert_int_equal(okrug_store_list_jobs(place->ctx, place->store, 2 * JOBS, &jobs, &count), OKRUG_OK);
    assert_int_equal(count, JOBS);
    for (int i = 0; i < JOBS; i++) {
        assert_int_equal(jobs[i].state, OKRUG_JOB_DONE);
        assert_int_equal(jobs[i].attempts, 1);
    }
}

/* ---- Results that are staged --------------------------------------------------------------------------------------
 */

static int64_t listed(store_place *place) {
    okrug_dataset *list = NULL;
    assert_int_equal(okrug_store_list(place->ctx, place->store, &list), OKRUG_OK);
    int64_t rows = list->table[0]->rows;
    okrug_dataset_free(list);
    return rows;
}

/* Faults and warnings of the check: a warning is what was staged and is not there yet. */
static int64_t told(store_place *place) {
    okrug_store_health health = {0};
    okrug_messages_clear(place->ctx);
    assert_int_equal(okrug_store_check(place->ctx, place->store, &health), OKRUG_OK);
    assert_int_equal(health.cells_aside, 0);
    int64_t count = okrug_messages(place->ctx);
    okrug_messages_clear(place->ctx);
    return count;
}

static void what_is_staged_is_not_there_until_it_is_put(void **state) {
    store_place *place = *state;
    okrug_dataset *staged = store_values("cells", 200000);
    add_job(place, "a", 1);
    claim(place, "me", 10);
    assert_int_equal(okrug_store_stage(place->ctx, place->store, staged, "me"), OKRUG_OK);
    assert_int_equal(listed(place), 0);
    assert_int_equal(told(place), 1);
    assert_int_equal(okrug_store_put_staged(place->ctx, place->store, staged, "another"), OKRUG_CANCELLED);
    assert_int_equal(okrug_store_put_staged(place->ctx, place->store, staged, "me"), OKRUG_OK);
    assert_int_equal(listed(place), 1);
    assert_int_equal(told(place), 0);
    okrug_dataset *got = NULL;
    assert_int_equal(okrug_store_get(place->ctx, place->store, "cells", &got), OKRUG_OK);
    store_assert_same(staged, got);
    okrug_dataset_free(got);
    int64_t change = 0;
    assert_int_equal(okrug_store_undo(place->ctx, place->store, &change), OKRUG_OK);
    assert_int_equal(listed(place), 0);
    assert_int_equal(told(place), 0);
    okrug_dataset_free(staged);
}

static void what_the_dead_staged_is_removed(void **state) {
    store_place *place = *state;
    okrug_dataset *staged = store_values("cells", 200000);
    add_job(place, "a", 1);
    claim(place, "dead", 10);
    assert_int_equal(okrug_store_stage(place->ctx, place->store, staged, "dead"), OKRUG_OK);
    store_place_open(place, OKRUG_STORE_WRITE);
    assert_int_equal(told(place), 1); /* its worker may be alive */
    assert_int_equal(claim(place, "heir", 1000).attempts, 2);
    assert_int_equal(told(place), 0);
    assert_int_equal(okrug_store_stage(place->ctx, place->store, staged, "heir"), OKRUG_OK);
    assert_int_equal(okrug_store_unstage(place->ctx, place->store, "heir"), OKRUG_OK);
    assert_int_equal(told(place), 0);
    assert_int_equal(okrug_store_stage(place->ctx, place->store, staged, "nobody"), OKRUG_OK);
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(told(place), 1);
    store_place_open(place, OKRUG_STORE_SERVE);
    assert_int_equal(told(place), 0);
    okrug_dataset_free(staged);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_job_is_kept_as_it_came, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(the_newest_come_first, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(the_oldest_is_claimed_once, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(progress_is_kept_and_the_lease_renewed, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(the_job_of_a_dead_worker_is_taken_over, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(a_job_that_kills_is_given_up, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(a_job_given_back_was_not_attempted, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(cancelling, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(result_and_end_are_one_change, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(what_is_staged_is_not_there_until_it_is_put, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(what_the_dead_staged_is_removed, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(many_workers_run_each_job_once, store_setup, store_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
