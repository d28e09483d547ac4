/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every allocation of base fails in turn: the work says that memory is short, and nothing leaks or crashes.
 */
#include <okrug/catalogue.h>
#include <okrug/chunk.h>
#include <okrug/context.h>
#include <okrug/hash.h>
#include <okrug/text.h>

#include "failing_allocator.h"
#include "testing.h"

static okrug_status context_work(void *user) {
    (void)user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_ctx_free(ctx);
    return ctx != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static void test_contexts(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(context_work, NULL) >= 1);
}

static okrug_status take_scratch(okrug_ctx *ctx) {
    for (int64_t size = 1000; size < 3000000; size *= 3) {
        char *memory = OKRUG_SCRATCH(ctx, size, char);
        if (memory == NULL) {
            return OKRUG_NO_MEMORY;
        }
        memset(memory, 1, (size_t)size);
        if (OKRUG_SCRATCH_ZERO(ctx, size / 2, char) == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

static okrug_status scratch_work(void *user) {
    (void)user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = take_scratch(ctx);
    /* The fault is told whatever else fails. */
    assert_int_equal(okrug_faults(ctx), status == OKRUG_OK ? 0 : 1);
    if (status != OKRUG_OK) {
        assert_string_equal(okrug_message_at(ctx, 0)->code, "no-memory");
    }
    okrug_scratch_reset(ctx, mark);
    okrug_ctx_free(ctx);
    return status;
}

static void test_scratch(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(scratch_work, NULL) >= 5);
}

enum { MESSAGES = 200 };

static okrug_status message_work(void *user) {
    (void)user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_place place = {.file = "rows.csv", .line = 1, .column = "value"};
    for (int i = 0; i < MESSAGES; i++) {
        okrug_status status = okrug_fail(ctx, OKRUG_BAD_INPUT, "not-a-number", &place, "value", "x", (char *)NULL);
        assert_int_equal(status, OKRUG_BAD_INPUT);
    }
    /* Each is kept, or counted as dropped, or replaced by the fault that memory is short, which is there once. */
    int short_of_memory = 0;
    for (int64_t i = 0; i < okrug_messages(ctx); i++) {
        short_of_memory += strcmp(okrug_message_at(ctx, i)->code, "no-memory") == 0;
    }
    assert_int_equal(okrug_messages(ctx) + okrug_messages_dropped(ctx), MESSAGES);
    assert_int_equal(okrug_faults(ctx), MESSAGES);
    assert_true(short_of_memory <= 1);
    assert_true(okrug_messages_dropped(ctx) == 0 || short_of_memory == 1);
    okrug_ctx_free(ctx);
    return short_of_memory == 0 ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static void test_messages(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(message_work, NULL) >= 8);
}

static okrug_status text_work(void *user) {
    (void)user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    if (ctx == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const char *text[] = {okrug_text(ctx, "%d", 5), okrug_text(ctx, "%1000d", 5), okrug_text_number(ctx, 1.5),
                          okrug_text_integer(ctx, 7), okrug_text(ctx, "%5000d", 5)};
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < 5; i++) {
        assert_non_null(text[i]);
        status = text[i][0] == '\0' ? OKRUG_NO_MEMORY : status;
    }
    okrug_ctx_free(ctx);
    return status;
}

static void test_texts(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(text_work, NULL) >= 3);
}

static okrug_status chunk_work(void *user) {
    (void)user;
    okrug_chunk *list = NULL;
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < 300 && status == OKRUG_OK; i++) {
        if (okrug_chunk_text(&list, "some text", 9) == NULL || okrug_chunk_take(&list, 10 * (size_t)i) == NULL) {
            status = OKRUG_NO_MEMORY;
        }
    }
    okrug_chunk_free(list);
    return status;
}

static void test_chunks(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(chunk_work, NULL) >= 5);
}

static okrug_status json_work(void *user) {
    (void)user;
    okrug_buffer buffer = {0};
    okrug_json json = okrug_json_to(&buffer, 1);
    okrug_json_array(&json);
    for (int i = 0; i < 100; i++) {
        okrug_json_object(&json);
        okrug_json_key(&json, "key");
        okrug_json_text(&json, "text\n");
        okrug_json_key(&json, "number");
        okrug_json_number(&json, i / 3.0);
        okrug_json_object_end(&json);
        okrug_buffer_add_format(&buffer, "%20d", i);
    }
    okrug_json_array_end(&json);
    okrug_status status = okrug_buffer_status(&buffer);
    if (status == OKRUG_OK) {
        assert_int_equal(buffer.bytes[buffer.length - 1], ']');
    }
    okrug_buffer_free(&buffer);
    return status;
}

static void test_buffers_and_json(void **state) {
    (void)state;
    assert_true(failing_allocator_walk(json_work, NULL) >= 4);
}

static okrug_status hash_work(void *user) {
    (void)user;
    okrug_hash *hash = okrug_hash_new();
    okrug_hash_free(hash);
    return hash != NULL ? OKRUG_OK : OKRUG_NO_MEMORY;
}

static void test_hashes(void **state) {
    (void)state;
    assert_int_equal(failing_allocator_walk(hash_work, NULL), 1);
}

static okrug_status catalogue_work(void *user) {
    (void)user;
    okrug_catalogue *catalogue = okrug_catalogue_new("ru");
    if (catalogue == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_message message = {.code = "no such code", .place = {.file = "f", .line = 1, .column = "c"}};
    okrug_buffer out = {0};
    okrug_catalogue_message(catalogue, &message, &out);
    okrug_status status = okrug_buffer_status(&out);
    okrug_buffer_free(&out);
    okrug_catalogue_free(catalogue);
    return status;
}

static void test_catalogues(void **state) {
    (void)state;
    /* The key of a message is made in memory of its own: without it the code is written, which is no failure. So only
     * what fails from some point on is walked here. */
    for (int64_t n = 1; n <= 2; n++) {
        failing_allocator_set(n, true);
        okrug_status status = catalogue_work(NULL);
        int64_t failed = failing_allocator_failures();
        failing_allocator_set(0, false);
        assert_true(failed > 0);
        assert_int_equal(status, OKRUG_NO_MEMORY);
    }
    assert_int_equal(catalogue_work(NULL), OKRUG_OK);
}

static okrug_status add_tile(void *user, int64_t tile) {
    int64_t *sums = user;
    sums[tile] += tile;
    return OKRUG_OK;
}

static void test_parallel_work_needs_no_memory(void **state) {
    (void)state;
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.threads = 4});
    int64_t sums[100] = {0};
    failing_allocator_set(1, true);
    okrug_status status = okrug_parallel(ctx, 100, add_tile, sums);
    failing_allocator_set(0, false);
    assert_int_equal(status, OKRUG_OK);
    assert_int_equal(sums[99], 99);
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_scratch),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_chunks),
        cmocka_unit_test(test_buffers_and_json),
        cmocka_unit_test(test_hashes),
        cmocka_unit_test(test_catalogues),
        cmocka_unit_test(test_parallel_work_needs_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
