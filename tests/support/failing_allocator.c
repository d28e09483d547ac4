/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The wrapped allocation functions and the walk through their failures.
 */
#include "failing_allocator.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "testing.h"

static atomic_int_fast64_t calls;
static atomic_int_fast64_t failures;
static int64_t fail_at;
static bool fail_onwards;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
char *__real_strdup(const char *text);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
char *__wrap_strdup(const char *text);

void failing_allocator_set(int64_t n, bool onwards) {
    atomic_store(&calls, 0);
    atomic_store(&failures, 0);
    fail_at = n;
    fail_onwards = onwards;
}

int64_t failing_allocator_failures(void) {
    return atomic_load(&failures);
}

static bool fails(void) {
    int64_t call = atomic_fetch_add(&calls, 1) + 1;
    bool fail = fail_at > 0 && (call == fail_at || (fail_onwards && call > fail_at));
    if (fail) {
        atomic_fetch_add(&failures, 1);
    }
    return fail;
}

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size) {
    return fails() ? NULL : __real_realloc(memory, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return fails() ? NULL : __real_aligned_alloc(alignment, size);
}

char *__wrap_strdup(const char *text) {
    return fails() ? NULL : __real_strdup(text);
}

static int64_t walk(failing_allocator_work *work, void *user, bool onwards) {
    for (int64_t n = 1;; n++) {
        failing_allocator_set(n, onwards);
        okrug_status status = work(user);
        int64_t failed = failing_allocator_failures();
        failing_allocator_set(0, false);
        if (failed == 0) {
            assert_string_equal(okrug_status_name(status), "OK");
            return n - 1;
        }
        if (status != OKRUG_NO_MEMORY) {
            fail_msg("allocation %lld failed, and the work came out as %s", (long long)n, okrug_status_name(status));
        }
    }
}

int64_t failing_allocator_walk(failing_allocator_work *work, void *user) {
    walk(work, user, true);
    return walk(work, user, false);
}
