/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tiles on threads: every tile once, the same bytes on any number of threads, failures and cancellation. The test has
 * its own pthread_create, so that threads can be refused.
 */
#include <okrug/context.h>

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "testing.h"

static int threads_allowed = 1000000;
static int threads_started;

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument) {
    typedef int create_fn(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (threads_started >= threads_allowed) {
        return EAGAIN;
    }
    threads_started++;
    create_fn *create;
    void *symbol = dlsym(RTLD_NEXT, "pthread_create");
    memcpy(&create, &symbol, sizeof create);
    return create(thread, attributes, run, argument);
}

static okrug_ctx *context(int threads, atomic_bool *cancel) {
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = threads, .cancel = cancel});
    assert_non_null(ctx);
    threads_started = 0;
    return ctx;
}

enum { TILES = 37, PER_TILE = 50 };

/* A sum that depends on its order, for each tile, from random numbers of its own. */
static okrug_status draw_tile(void *user, int64_t tile) {
    double *result = user;
    okrug_sum sum = {0};
    for (uint32_t i = 0; i < PER_TILE; i++) {
        double u[2];
        okrug_random_uniform((okrug_random_key){.seed = 5, .unit = (uint64_t)tile, .draw = i}, u);
        okrug_sum_add(&sum, u[0] / (u[1] + 1e-9));
    }
    result[tile] = okrug_sum_value(&sum);
    return OKRUG_OK;
}

static void test_a_thousand_runs_give_the_same_bytes(void **state) {
    (void)state;
    static const int threads[] = {1, 2, 3, 8};
    double expected[TILES];
    for (int64_t tile = 0; tile < TILES; tile++) {
        assert_int_equal(draw_tile(expected, tile), OKRUG_OK);
    }
    for (int t = 0; t < 4; t++) {
        okrug_ctx *ctx = context(threads[t], NULL);
        for (int run = 0; run < 250; run++) {
            double result[TILES] = {0};
            assert_int_equal(okrug_parallel(ctx, TILES, draw_tile, result), OKRUG_OK);
            assert_memory_equal(result, expected, sizeof expected);
        }
        assert_int_equal(threads_started, 250 * (threads[t] - 1));
        okrug_ctx_free(ctx);
    }
}

static okrug_status count_tile(void *user, int64_t tile) {
    atomic_int *count = user;
    atomic_fetch_add(&count[tile], 1);
    return OKRUG_OK;
}

static void test_every_tile_runs_once(void **state) {
    (void)state;
    static atomic_int count[10000];
    okrug_ctx *ctx = context(8, NULL);
    assert_int_equal(okrug_parallel(ctx, 10000, count_tile, count), OKRUG_OK);
    for (int i = 0; i < 10000; i++) {
        assert_int_equal(count[i], 1);
    }
    okrug_ctx_free(ctx);
}

static void test_one_tile_or_none_starts_no_thread(void **state) {
    (void)state;
    atomic_int count[1] = {0};
    okrug_ctx *ctx = context(8, NULL);
    assert_int_equal(okrug_parallel(ctx, 0, count_tile, count), OKRUG_OK);
    assert_int_equal(count[0], 0);
    assert_int_equal(okrug_parallel(ctx, 1, count_tile, count), OKRUG_OK);
    assert_int_equal(count[0], 1);
    assert_int_equal(threads_started, 0);
    okrug_ctx_free(ctx);
}

static void test_refused_threads_leave_the_work_to_the_others(void **state) {
    (void)state;
    for (threads_allowed = 0; threads_allowed < 4; threads_allowed++) {
        static atomic_int count[500];
        for (int i = 0; i < 500; i++) {
            count[i] = 0;
        }
        okrug_ctx *ctx = context(8, NULL);
        assert_int_equal(okrug_parallel(ctx, 500, count_tile, count), OKRUG_OK);
        assert_int_equal(threads_started, threads_allowed);
        for (int i = 0; i < 500; i++) {
            assert_int_equal(count[i], 1);
        }
        okrug_ctx_free(ctx);
    }
    threads_allowed = 1000000;
}

struct failing {
    int64_t first;  /* fails with BAD_INPUT, after a while */
    int64_t second; /* fails with NO_SOLUTION, at once */
    atomic_int run;
};

static okrug_status failing_tile(void *user, int64_t tile) {
    struct failing *failing = user;
    atomic_fetch_add(&failing->run, 1);
    if (tile == failing->second) {
        return OKRUG_NO_SOLUTION;
    }
    if (tile == failing->first) {
        for (volatile int i = 0; i < 20000; i = i + 1) {
        }
        return OKRUG_BAD_INPUT;
    }
    return OKRUG_OK;
}

static void test_the_smallest_failing_tile_speaks(void **state) {
    (void)state;
    static const int threads[] = {1, 2, 3, 8};
    for (int t = 0; t < 4; t++) {
        okrug_ctx *ctx = context(threads[t], NULL);
        for (int run = 0; run < 100; run++) {
            struct failing failing = {.first = 10, .second = 11};
            assert_int_equal(okrug_parallel(ctx, 1000, failing_tile, &failing), OKRUG_BAD_INPUT);
            assert_in_range(failing.run, 11, 1000);
        }
        okrug_ctx_free(ctx);
    }
}

struct cancelling {
    atomic_bool cancel;
    int64_t at;
    atomic_int run;
};

static okrug_status cancelling_tile(void *user, int64_t tile) {
    struct cancelling *cancelling = user;
    atomic_fetch_add(&cancelling->run, 1);
    if (tile == cancelling->at) {
        cancelling->cancel = true;
    }
    /* The others wait for it, so that how many tiles run does not hang on the scheduler. */
    while (tile > cancelling->at && !cancelling->cancel) {
        sched_yield();
    }
    return OKRUG_OK;
}

static void test_cancellation_stops_the_tiles(void **state) {
    (void)state;
    for (int threads = 1; threads <= 8; threads *= 2) {
        struct cancelling cancelling = {.at = 5};
        okrug_ctx *ctx = context(threads, &cancelling.cancel);
        assert_int_equal(okrug_parallel(ctx, 1000000, cancelling_tile, &cancelling), OKRUG_CANCELLED);
        assert_in_range(cancelling.run, 6, 6 + threads);
        cancelling.run = 0;
        assert_int_equal(okrug_parallel(ctx, 1000000, cancelling_tile, &cancelling), OKRUG_CANCELLED);
        assert_int_equal(cancelling.run, 0);
        okrug_ctx_free(ctx);
    }
}

static void test_cancelled_in_the_last_tile_the_work_is_whole(void **state) {
    (void)state;
    struct cancelling cancelling = {.at = 9};
    okrug_ctx *ctx = context(1, &cancelling.cancel);
    assert_int_equal(okrug_parallel(ctx, 10, cancelling_tile, &cancelling), OKRUG_OK);
    assert_int_equal(cancelling.run, 10);
    okrug_ctx_free(ctx);
}

/* Pieces of a text: each a letter, made in any order. */
typedef struct {
    char text[TILES + 1];
    int taken, freed;
    int64_t fails_at; /* made; -1: none */
    int refused_at;   /* taken; -1: none */
} letters;

static okrug_status make_letter(void *user, int64_t tile, void **made) {
    const letters *all = user;
    if (tile % 3 == 0) {
        sched_yield();
    }
    if (tile == all->fails_at) {
        return OKRUG_NO_MEMORY;
    }
    char *letter = malloc(1);
    if (letter == NULL) {
        return OKRUG_NO_MEMORY;
    }
    *letter = (char)('A' + tile);
    *made = letter;
    return OKRUG_OK;
}

static okrug_status take_letter(void *user, void *made, bool failed) {
    letters *all = user;
    okrug_status status = OKRUG_OK;
    if (!failed && all->taken == all->refused_at) {
        status = OKRUG_WRITE_FAILED;
    } else if (!failed) {
        all->text[all->taken++] = *(char *)made;
    }
    all->freed += made != NULL;
    free(made);
    return status;
}

static void test_what_was_made_is_taken_in_order(void **state) {
    (void)state;
    for (int threads = 1; threads <= 8; threads++) {
        for (int round = 0; round < 100; round++) {
            okrug_ctx *ctx = context(threads, NULL);
            letters all = {.fails_at = -1, .refused_at = -1};
            assert_int_equal(okrug_parallel_in_order(ctx, TILES, make_letter, take_letter, &all), OKRUG_OK);
            assert_int_equal(all.taken, TILES);
            for (int i = 0; i < TILES; i++) {
                assert_int_equal(all.text[i], 'A' + i);
            }
            okrug_ctx_free(ctx);
        }
    }
}

static void test_after_a_failure_nothing_more_is_taken(void **state) {
    (void)state;
    for (int threads = 1; threads <= 8; threads++) {
        okrug_ctx *ctx = context(threads, NULL);
        letters made = {.fails_at = 7, .refused_at = -1}, taken = {.fails_at = -1, .refused_at = 5};
        assert_int_equal(okrug_parallel_in_order(ctx, TILES, make_letter, take_letter, &made), OKRUG_NO_MEMORY);
        assert_string_equal(made.text, "ABCDEFG");
        assert_int_equal(okrug_parallel_in_order(ctx, TILES, make_letter, take_letter, &taken), OKRUG_WRITE_FAILED);
        assert_string_equal(taken.text, "ABCDE");
        assert_true(taken.freed >= 6); /* those that were made later too: LeakSanitizer looks */
        okrug_ctx_free(ctx);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_thousand_runs_give_the_same_bytes),
        cmocka_unit_test(test_every_tile_runs_once),
        cmocka_unit_test(test_what_was_made_is_taken_in_order),
        cmocka_unit_test(test_after_a_failure_nothing_more_is_taken),
        cmocka_unit_test(test_one_tile_or_none_starts_no_thread),
        cmocka_unit_test(test_refused_threads_leave_the_work_to_the_others),
        cmocka_unit_test(test_the_smallest_failing_tile_speaks),
        cmocka_unit_test(test_cancellation_stops_the_tiles),
        cmocka_unit_test(test_cancelled_in_the_last_tile_the_work_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
