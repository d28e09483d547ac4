/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each allocation of telling the registry, its list and a card, fails once: it says so and leaks nothing.
 */
#include "engine/rows.h"
#include "failing_allocator.h"
#include "platform/registry.h"
#include "store_testing.h"

static okrug_status describe(okrug_ctx *ctx, okrug_store *store, const char *cluster) {
    okrug_buffer out = {0};
    okrug_registry_request request = {.cluster = cluster, .date = "2026-01-01"};
    okrug_status status = okrug_registry_describe(ctx, store, &request, &out);
    if (status == OKRUG_OK) {
        status = okrug_buffer_status(&out);
    }
    okrug_buffer_free(&out);
    return status;
}

static okrug_status open_and_tell(void *user) {
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_store *store = NULL;
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_store_open(ctx, user, OKRUG_STORE_READ, &store);
    if (status == OKRUG_OK) {
        status = describe(ctx, store, NULL);
    }
    if (status == OKRUG_OK) {
        status = describe(ctx, store, "k");
    }
    okrug_store_close(store);
    okrug_ctx_free(ctx);
    return status;
}

static void every_allocation_may_fail(void **state) {
    store_place *place = *state;
    assert_true(failing_allocator_walk(open_and_tell, place->location) > 30);
}

static void add(store_place *place, const char *kind, okrug_option *cells, int count) {
    okrug_row_request request = {.dataset = kind, .kind = kind, .values = {.option = cells, .count = count}};
    int64_t change = 0;
    assert_int_equal(okrug_row_record(place->ctx, place->store, &request, &change), OKRUG_OK);
}

#define ADD(place, kind, ...)                                                                                          \
    do {                                                                                                               \
        okrug_option cells_[] = {__VA_ARGS__};                                                                         \
        add(place, kind, cells_, (int)(sizeof cells_ / sizeof cells_[0]));                                             \
    } while (0)

static int begin(void **state) {
    store_setup(state);
    store_place *place = *state;
    ADD(place, "clusters", {"cluster", "k"}, {"name", "Лес"});
    ADD(place, "firms", {"firm", "1"}, {"name", "Ромашка"}, {"industry", "25.62"});
    ADD(place, "participants", {"cluster", "k"}, {"firm", "1"});
    ADD(place, "participants", {"cluster", "k"}, {"firm", "2"});
    ADD(place, "contracts", {"contract", "c"}, {"supplier", "1"}, {"buyer", "2"}, {"amount", "10"},
        {"date", "2025-01-01"});
    ADD(place, "facilities", {"facility", "f"}, {"cluster", "k"}, {"kind", "university"});
    ADD(place, "projects", {"project", "p"}, {"cluster", "k"}, {"name", "Цех"}, {"budget", "5"});
    ADD(place, "milestones", {"project", "p"}, {"milestone", "m"}, {"name", "Проект"}, {"due", "2025-02-01"});
    ADD(place, "obligations", {"obligation", "o"}, {"project", "p"}, {"party", "1"}, {"name", "Рабочие места"},
        {"due", "2025-03-01"});
    okrug_store_close(place->store);
    place->store = NULL;
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, begin, store_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
