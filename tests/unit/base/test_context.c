/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contexts: number of threads, cancellation, progress.
 */
#include <okrug/context.h>

#include <stdlib.h>
#include <unistd.h>

#include "testing.h"

static int threads_with(const char *environment, int asked) {
    if (environment != NULL) {
        setenv("OMP_NUM_THREADS", environment, 1);
    } else {
        unsetenv("OMP_NUM_THREADS");
    }
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = asked});
    assert_non_null(ctx);
    int threads = okrug_ctx_threads(ctx);
    okrug_ctx_free(ctx);
    unsetenv("OMP_NUM_THREADS");
    return threads;
}

static void test_threads_come_from_option_environment_processors(void **state) {
    (void)state;
    int processors = (int)sysconf(_SC_NPROCESSORS_ONLN);
    assert_int_equal(threads_with("7", 3), 3);
    assert_int_equal(threads_with("7", 0), 7);
    assert_int_equal(threads_with("5,2", 0), 5);
    assert_int_equal(threads_with(NULL, 0), processors);
    assert_int_equal(threads_with("", 0), processors);
    assert_int_equal(threads_with("many", 0), processors);
    assert_int_equal(threads_with("0", 0), processors);
    assert_int_equal(threads_with("-3", 0), processors);
}

static void test_threads_can_be_set(void **state) {
    (void)state;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    assert_true(okrug_ctx_threads(ctx) >= 1);
    okrug_ctx_set_threads(ctx, 5);
    assert_int_equal(okrug_ctx_threads(ctx), 5);
    okrug_ctx_set_threads(ctx, 0);
    assert_int_equal(okrug_ctx_threads(ctx), 1);
    okrug_ctx_free(ctx);
}

static void test_cancellation_is_seen_at_once(void **state) {
    (void)state;
    atomic_bool cancel = false;
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 1, .cancel = &cancel});
    assert_false(okrug_cancelled(ctx));
    assert_int_equal(okrug_check_cancel(ctx), OKRUG_OK);
    cancel = true;
    assert_true(okrug_cancelled(ctx));
    assert_int_equal(okrug_check_cancel(ctx), OKRUG_CANCELLED);
    okrug_ctx_free(ctx);
}

static void test_without_a_flag_nothing_is_cancelled(void **state) {
    (void)state;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    assert_false(okrug_cancelled(ctx));
    okrug_ctx_free(ctx);
    okrug_ctx_free(NULL);
}

struct seen {
    int calls;
    char task[64];
    double done;
};

static void see(void *user, const char *task, double done, double total) {
    struct seen *seen = user;
    assert_true(done <= total);
    strncpy(seen->task, task, sizeof seen->task - 1);
    seen->done = done;
    seen->calls++;
}

static void test_progress_is_thinned_but_tells_begin_change_and_end(void **state) {
    (void)state;
    struct seen seen = {0};
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 1, .progress = see, .progress_user = &seen});
    okrug_progress(ctx, "task.reading", 0, 100000);
    assert_int_equal(seen.calls, 1);
    for (int i = 1; i < 100000; i++) {
        okrug_progress(ctx, "task.reading", i, 100000);
    }
    assert_in_range(seen.calls, 1, 50000);
    okrug_progress(ctx, "task.reading", 100000, 100000);
    assert_true(seen.done == 100000);
    int before = seen.calls;
    okrug_progress(ctx, "task.writing", 0, 1);
    assert_int_equal(seen.calls, before + 1);
    assert_string_equal(seen.task, "task.writing");
    okrug_ctx_free(ctx);
}

static void test_progress_without_a_listener_does_nothing(void **state) {
    (void)state;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_progress(ctx, "task.reading", 1, 2);
    assert_int_equal(okrug_messages(ctx), 0);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_come_from_option_environment_processors),
        cmocka_unit_test(test_threads_can_be_set),
        cmocka_unit_test(test_cancellation_is_seen_at_once),
        cmocka_unit_test(test_without_a_flag_nothing_is_cancelled),
        cmocka_unit_test(test_progress_is_thinned_but_tells_begin_change_and_end),
        cmocka_unit_test(test_progress_without_a_listener_does_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
