/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmocka with the headers it needs, and what every test shares: comparing doubles by their bytes, and a random stream
 * that is the same on every run.
 */
#ifndef OKRUG_TESTS_SUPPORT_TESTING_H
#define OKRUG_TESTS_SUPPORT_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <okrug/numeric.h>

static inline uint64_t testing_bits(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The same bytes: tells -0 from 0, and a NaN equals itself. */
#define assert_same_double(a, b) assert_int_equal(testing_bits(a), testing_bits(b))

/* The i-th 64 random bits of a stream named by its seed. */
static inline uint64_t testing_random(uint64_t seed, uint64_t i) {
    uint32_t bits[4];
    okrug_random_bits((okrug_random_key){.seed = seed, .unit = i}, bits);
    return (uint64_t)bits[1] << 32 | bits[0];
}

#endif
