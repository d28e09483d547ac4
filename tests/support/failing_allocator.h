/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An allocator that fails on demand: the test is linked with --wrap for malloc, calloc, realloc, aligned_alloc and
 * strdup, and every call counts. With it a test walks through each allocation of a piece of work, failing it, and
 * requires that the work says so and, under AddressSanitizer, that it leaks nothing.
 */
#ifndef OKRUG_TESTS_SUPPORT_FAILING_ALLOCATOR_H
#define OKRUG_TESTS_SUPPORT_FAILING_ALLOCATOR_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/status.h>

/* Counting begins anew: the n-th allocation from now on fails (0: none does); with `onwards` every later one too. */
void failing_allocator_set(int64_t n, bool onwards);
/* Allocations that failed since then. */
int64_t failing_allocator_failures(void);

/* Work that makes and frees everything it uses. OKRUG_OK, or OKRUG_NO_MEMORY where anything told it that memory was
 * short; a NULL from a constructor is such a telling. */
typedef okrug_status failing_allocator_work(void *user);

/* Runs the work with its first allocation failing, its second and so on until none fails, twice: failing that one
 * only, and that one with all later ones. Fails the test unless each run with a failure came out as OKRUG_NO_MEMORY and
 * the last one as OKRUG_OK. Returns how many allocations the work makes. */
int64_t failing_allocator_walk(failing_allocator_work *work, void *user);

#endif
