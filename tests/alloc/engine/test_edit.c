/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each allocation of recording, changing and removing single rows fails once: the work says so and leaks nothing.
 */
#include <fcntl.h>

#include "engine/rows.h"
#include "failing_allocator.h"
#include "store_testing.h"

static okrug_status record(okrug_ctx *ctx, okrug_store *store, const okrug_option *cells, int count, bool remove) {
    okrug_option list[8];
    memcpy(list, cells, (size_t)count * sizeof *cells);
    okrug_row_request request = {
        .dataset = "firms", .kind = "firms", .values = {.option = list, .count = count}, .remove = remove};
    int64_t change = 0;
    okrug_status status = okrug_row_record(ctx, store, &request, &change);
    assert_true(status != OKRUG_OK || change > 0);
    return status;
}

static okrug_status edit(okrug_ctx *ctx, okrug_store *store) {
    static const okrug_option first[] = {
        {"firm", "1"}, {"name", "Ромашка"}, {"since", "1.3.2026"}, {"employees", "1 234,5"}};
    static const okrug_option again[] = {{"firm", "1"}, {"employees", ""}, {"industry", "25.62"}};
    static const okrug_option gone[] = {{"firm", "1"}};
    OKRUG_TRY(record(ctx, store, first, 4, false));
    OKRUG_TRY(record(ctx, store, again, 3, false));
    return record(ctx, store, gone, 1, true);
}

/* Every run begins with the same workspace: what a run before has kept would shorten the way. */
static void put_anew(const store_place *place) {
    static char bytes[1 << 20];
    char from[160];
    snprintf(from, sizeof from, "%s/template", place->folder);
    int in = open(from, O_RDONLY), out = open(place->location, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ssize_t length = in < 0 ? -1 : read(in, bytes, sizeof bytes);
    assert_true(length > 0 && length < (ssize_t)sizeof bytes && out >= 0 &&
                write(out, bytes, (size_t)length) == length);
    close(in);
    close(out);
}

static okrug_status open_and_edit(void *user) {
    const store_place *place = user;
    put_anew(place);
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_store *store = NULL;
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_store_open(ctx, place->location, OKRUG_STORE_WRITE, &store);
    if (status == OKRUG_OK) {
        status = edit(ctx, store);
    }
    okrug_store_close(store);
    okrug_ctx_free(ctx);
    return status;
}

static void every_allocation_may_fail(void **state) {
    assert_true(failing_allocator_walk(open_and_edit, *state) > 30);
}

static int begin(void **state) {
    store_setup(state);
    store_place *place = *state;
    okrug_store_close(place->store);
    place->store = NULL;
    char to[160];
    snprintf(to, sizeof to, "%s/template", place->folder);
    return rename(place->location, to);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, begin, store_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
