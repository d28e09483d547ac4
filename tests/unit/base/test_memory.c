/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scratch memory and chunks: alignment, marks, growth, sizes out of range.
 */
#include <okrug/chunk.h>
#include <okrug/context.h>

#include <stdalign.h>
#include <stdio.h>

#include "testing.h"

static okrug_ctx *ctx;

static int setup(void **state) {
    (void)state;
    ctx = okrug_ctx_new(NULL);
    return ctx != NULL ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    okrug_ctx_free(ctx);
    return 0;
}

static void test_everything_is_aligned(void **state) {
    (void)state;
    for (int64_t count = 0; count < 3000; count += 7) {
        char *memory = OKRUG_SCRATCH(ctx, count, char);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % 64, 0);
        memset(memory, 1, (size_t)count);
    }
}

static void test_pieces_do_not_overlap(void **state) {
    (void)state;
    enum { PIECES = 200 };
    int32_t *piece[PIECES];
    for (int i = 0; i < PIECES; i++) {
        piece[i] = OKRUG_SCRATCH(ctx, 10 * i, int32_t);
        for (int j = 0; j < 10 * i; j++) {
            piece[i][j] = i;
        }
    }
    for (int i = 0; i < PIECES; i++) {
        for (int j = 0; j < 10 * i; j++) {
            assert_int_equal(piece[i][j], i);
        }
    }
}

static void test_nothing_at_all_has_an_address_of_its_own(void **state) {
    (void)state;
    void *a = OKRUG_SCRATCH(ctx, 0, double);
    void *b = OKRUG_SCRATCH(ctx, 0, double);
    assert_non_null(a);
    assert_non_null(b);
    assert_ptr_not_equal(a, b);
}

static void test_zeroed_memory_is_zero_also_when_used_before(void **state) {
    (void)state;
    okrug_mark mark = okrug_scratch_mark(ctx);
    memset(OKRUG_SCRATCH(ctx, 1000, char), 0xFF, 1000);
    okrug_scratch_reset(ctx, mark);
    const char *memory = OKRUG_SCRATCH_ZERO(ctx, 1000, char);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(memory[i], 0);
    }
}

static void test_a_reset_gives_the_same_memory_again(void **state) {
    (void)state;
    okrug_mark outer = okrug_scratch_mark(ctx);
    void *kept = OKRUG_SCRATCH(ctx, 100, double);
    okrug_mark inner = okrug_scratch_mark(ctx);
    void *first = OKRUG_SCRATCH(ctx, 50, double);
    void *large = OKRUG_SCRATCH(ctx, 1 << 20, double); /* in a block of its own */
    okrug_scratch_reset(ctx, inner);
    assert_ptr_equal(OKRUG_SCRATCH(ctx, 50, double), first);
    assert_ptr_equal(OKRUG_SCRATCH(ctx, 1 << 20, double), large);
    okrug_scratch_reset(ctx, outer);
    assert_ptr_equal(OKRUG_SCRATCH(ctx, 100, double), kept);
}

static void test_what_was_taken_before_the_mark_stays(void **state) {
    (void)state;
    int *kept = OKRUG_SCRATCH(ctx, 4, int);
    kept[3] = 42;
    for (int round = 0; round < 50; round++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        int64_t size = 1000 * (int64_t)(1 + round * 37 % 50);
        memset(OKRUG_SCRATCH(ctx, size, double), round, (size_t)size * sizeof(double));
        okrug_scratch_reset(ctx, mark);
    }
    assert_int_equal(kept[3], 42);
}

static void test_sizes_out_of_range_are_faults(void **state) {
    (void)state;
    assert_null(okrug_scratch(ctx, -1, 8));
    assert_null(okrug_scratch(ctx, INT64_MAX, 8));
    assert_null(okrug_scratch_zero(ctx, INT64_MAX / 4, 8));
    assert_int_equal(okrug_faults(ctx), 3);
    assert_string_equal(okrug_message_at(ctx, 0)->code, "no-memory");
    assert_non_null(okrug_scratch(ctx, 1, 8));
}

static void test_chunks_keep_what_they_hold(void **state) {
    (void)state;
    enum { TEXTS = 5000 };
    okrug_chunk *list = NULL;
    static char *text[TEXTS];
    char word[64];
    for (int i = 0; i < TEXTS; i++) {
        int length = snprintf(word, sizeof word, "text number %d", i);
        text[i] = okrug_chunk_text(&list, word, (size_t)length);
        if (i % 100 == 0) {
            void *large = okrug_chunk_take(&list, 100000);
            assert_int_equal((uintptr_t)large % alignof(max_align_t), 0);
            memset(large, 0, 100000);
        }
        void *small = okrug_chunk_take(&list, 8);
        assert_int_equal((uintptr_t)small % alignof(max_align_t), 0);
        memset(small, 0xFF, 8);
    }
    for (int i = 0; i < TEXTS; i++) {
        snprintf(word, sizeof word, "text number %d", i);
        assert_string_equal(text[i], word);
    }
    assert_string_equal(okrug_chunk_text(&list, NULL, 0), "");
    assert_null(okrug_chunk_take(&list, SIZE_MAX - 8));
    assert_null(okrug_chunk_text(&list, "", SIZE_MAX));
    okrug_chunk_free(list);
    okrug_chunk_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_everything_is_aligned, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pieces_do_not_overlap, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_at_all_has_an_address_of_its_own, setup, teardown),
        cmocka_unit_test_setup_teardown(test_zeroed_memory_is_zero_also_when_used_before, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_reset_gives_the_same_memory_again, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_was_taken_before_the_mark_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sizes_out_of_range_are_faults, setup, teardown),
        cmocka_unit_test(test_chunks_keep_what_they_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
