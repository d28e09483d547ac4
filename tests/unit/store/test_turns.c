/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stores of one program that write in turn: in the order in which they came, however long it takes, and not once they
 * are cancelled.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "store_testing.h"

enum { WRITERS = 5, LONGER_THAN_THE_FILE_IS_LOOKED_AT = 3400000, A_WHILE = 30000 };

typedef struct {
    okrug_store *store;
    atomic_bool cancel;
    atomic_int *written; /* by all */
    int place;           /* that this one had among them; -1: it did not write */
    okrug_status status;
} writer;

static void *write_one(void *user) {
    writer *w = user;
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.cancel = &w->cancel});
    w->status = ctx != NULL ? okrug_store_begin(ctx, w->store) : OKRUG_NO_MEMORY;
    if (w->status == OKRUG_OK) {
        w->place = atomic_fetch_add(w->written, 1);
        w->status = okrug_store_set_document(ctx, w->store, "last", "x");
        w->status = w->status == OKRUG_OK ? okrug_store_commit(ctx, w->store) : w->status;
    }
    okrug_ctx_free(ctx);
    return NULL;
}

static void open_writers(store_place *place, writer *writers, atomic_int *written) {
    for (int i = 0; i < WRITERS; i++) {
        writers[i].written = written;
        writers[i].place = -1;
        assert_int_equal(okrug_store_open(place->ctx, place->location, OKRUG_STORE_SERVE, &writers[i].store), OKRUG_OK);
        assert_int_equal(okrug_store_take_turns(writers[i].store, place->store), OKRUG_OK);
    }
}

static void start_writers(writer *writers, pthread_t *thread) {
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(pthread_create(&thread[i], NULL, write_one, &writers[i]), 0);
        usleep(A_WHILE); /* so that they come one after another */
    }
}

/* Behind the place's own store, which writes. */
static void stand_in_row(store_place *place, writer *writers, pthread_t *thread, atomic_int *written) {
    store_place_open(place, OKRUG_STORE_SERVE);
    open_writers(place, writers, written);
    assert_int_equal(okrug_store_begin(place->ctx, place->store), OKRUG_OK);
    start_writers(writers, thread);
}

static void writers_wait_for_one_another_in_their_order(void **state) {
    store_place *place = *state;
    writer writers[WRITERS] = {0};
    pthread_t thread[WRITERS];
    atomic_int written = 0;
    stand_in_row(place, writers, thread, &written);
    usleep(LONGER_THAN_THE_FILE_IS_LOOKED_AT);
    assert_int_equal(atomic_load(&written), 0);
    okrug_store_rollback(place->store);
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(writers[i].status, OKRUG_OK);
        assert_int_equal(writers[i].place, i);
        okrug_store_close(writers[i].store);
    }
}

static void who_is_cancelled_leaves_the_row(void **state) {
    store_place *place = *state;
    writer writers[WRITERS] = {0};
    pthread_t thread[WRITERS];
    atomic_int written = 0;
    stand_in_row(place, writers, thread, &written);
    for (int i = 0; i < WRITERS; i += 2) {
        atomic_store(&writers[i].cancel, true);
        pthread_join(thread[i], NULL); /* while the first still writes */
        assert_int_equal(writers[i].status, OKRUG_CANCELLED);
    }
    assert_int_equal(okrug_store_commit(place->ctx, place->store), OKRUG_OK);
    for (int i = 1; i < WRITERS; i += 2) {
        pthread_join(thread[i], NULL);
        assert_int_equal(writers[i].status, OKRUG_OK);
        assert_int_equal(writers[i].place, i / 2);
    }
    assert_int_equal(store_put_values(place, "a", 1), OKRUG_OK);
    for (int i = 0; i < WRITERS; i++) {
        okrug_store_close(writers[i].store);
    }
}

typedef struct {
    okrug_store *store;
    atomic_bool *stop;
    okrug_status status;
} rower;

static void *write_on(void *user) {
    rower *r = user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    r->status = ctx != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
    while (r->status == OKRUG_OK && !atomic_load(r->stop)) {
        r->status = okrug_store_begin(ctx, r->store);
        if (r->status == OKRUG_OK) {
            usleep(5 * A_WHILE);
            r->status = okrug_store_commit(ctx, r->store);
        }
    }
    okrug_ctx_free(ctx);
    return NULL;
}

/* Another program, which is in no row, writes too while the row never ends. */
static void others_are_let_in(void **state) {
    enum { ROWERS = 3 };
    store_place *place = *state;
    rower rowers[ROWERS] = {0};
    pthread_t thread[ROWERS];
    atomic_bool stop = false;
    okrug_store *other = NULL;
    store_place_open(place, OKRUG_STORE_SERVE);
    assert_int_equal(okrug_store_open(place->ctx, place->location, OKRUG_STORE_SERVE, &other), OKRUG_OK);
    for (int i = 0; i < ROWERS; i++) {
        rowers[i].stop = &stop;
        assert_int_equal(okrug_store_open(place->ctx, place->location, OKRUG_STORE_SERVE, &rowers[i].store), OKRUG_OK);
        assert_int_equal(okrug_store_take_turns(rowers[i].store, place->store), OKRUG_OK);
        assert_int_equal(pthread_create(&thread[i], NULL, write_on, &rowers[i]), 0);
    }
    usleep(A_WHILE);
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < 2 && status == OKRUG_OK; i++) {
        status = okrug_store_begin(place->ctx, other);
        okrug_store_rollback(other);
    }
    atomic_store(&stop, true);
    for (int i = 0; i < ROWERS; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(rowers[i].status, OKRUG_OK);
        okrug_store_close(rowers[i].store);
    }
    okrug_store_close(other);
    assert_int_equal(status, OKRUG_OK);
}

/* Whatever ends a transaction ends the turn: a fault, or closing the store. */
static void a_turn_ends_with_its_transaction(void **state) {
    store_place *place = *state;
    okrug_store *second = NULL;
    store_place_open(place, OKRUG_STORE_SERVE);
    assert_int_equal(okrug_store_open(place->ctx, place->location, OKRUG_STORE_SERVE, &second), OKRUG_OK);
    assert_int_equal(okrug_store_take_turns(second, place->store), OKRUG_OK);
    int64_t change = 0;
    assert_int_equal(okrug_store_undo(place->ctx, second, &change), OKRUG_NOT_FOUND);
    assert_int_equal(store_put_values(place, "a", 1), OKRUG_OK);
    assert_int_equal(okrug_store_undo(place->ctx, second, &change), OKRUG_OK);
    assert_int_equal(okrug_store_begin(place->ctx, second), OKRUG_OK);
    okrug_store_close(second);
    assert_int_equal(store_put_values(place, "a", 1), OKRUG_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writers_wait_for_one_another_in_their_order, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(who_is_cancelled_leaves_the_row, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(others_are_let_in, store_setup, store_teardown),
        cmocka_unit_test_setup_teardown(a_turn_ends_with_its_transaction, store_setup, store_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
