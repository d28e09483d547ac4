/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Compensated sums and Philox4x32-10, against the known answers published with Random123 (kat_vectors).
 */
#include <okrug/numeric.h>

#include "testing.h"

static void test_known_answers_of_philox(void **state) {
    (void)state;
    static const struct {
        okrug_random_key key;
        uint32_t bits[4];
    } known[] = {
        {{0, 0, 0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{UINT64_MAX, UINT64_MAX, UINT32_MAX, UINT32_MAX}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        /* counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0: digits of pi */
        {{0x299f31d0a4093822, 0x85a308d3243f6a88, 0x13198a2e, 0x03707344},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t bits[4];
        okrug_random_bits(known[i].key, bits);
        assert_memory_equal(bits, known[i].bits, sizeof bits);
    }
}

static void test_every_part_of_the_key_counts(void **state) {
    (void)state;
    const okrug_random_key keys[] = {{1, 2, 3, 4},
                                     {2, 2, 3, 4},
                                     {1, 3, 3, 4},
                                     {1, 2, 4, 4},
                                     {1, 2, 3, 5},
                                     {1 + (UINT64_C(1) << 32), 2, 3, 4},
                                     {1, 2 + (UINT64_C(1) << 32), 3, 4}};
    enum { KEYS = sizeof keys / sizeof keys[0] };
    uint32_t bits[KEYS][4];
    for (int i = 0; i < KEYS; i++) {
        okrug_random_bits(keys[i], bits[i]);
        for (int j = 0; j < i; j++) {
            assert_memory_not_equal(bits[i], bits[j], sizeof bits[i]);
        }
    }
}

static void test_uniform_numbers_are_the_bits(void **state) {
    (void)state;
    double u[2];
    okrug_random_uniform((okrug_random_key){0}, u);
    assert_same_double(u[0], (double)(UINT64_C(0xe169c58d6627e8d5) >> 11) / 9007199254740992.0);
    assert_same_double(u[1], (double)(UINT64_C(0x9b00dbd8bc57ac4c) >> 11) / 9007199254740992.0);
}

static void test_what_plain_addition_loses_is_kept(void **state) {
    (void)state;
    const double x[] = {1, 1e100, 1, -1e100};
    assert_same_double(okrug_sum_of(x, 4, 1), 2.0);
    okrug_sum sum = {0};
    for (int i = 0; i < 10; i++) {
        okrug_sum_add(&sum, 0.1);
    }
    assert_same_double(okrug_sum_value(&sum), 1.0);
}

static void test_strides_and_nothing(void **state) {
    (void)state;
    const double x[] = {1, 10, 100, 1000, 10000};
    assert_same_double(okrug_sum_of(x, 3, 2), 10101.0);
    assert_same_double(okrug_sum_of(x + 4, 5, -1), 11111.0);
    assert_same_double(okrug_sum_of(x, 3, 0), 3.0);
    assert_same_double(okrug_sum_of(x, 0, 1), 0.0);
    assert_same_double(okrug_sum_of(NULL, 0, 1), 0.0);
}

/* FNV-1a of the bytes with the NUL: 64 bits worked out in Python's whole numbers. */
static void test_units_by_name(void **state) {
    (void)state;
    uint64_t a = okrug_random_unit(0, "a");
    assert_true(a == UINT64_C(0x089be207b544f1e4));
    assert_true(okrug_random_unit(a, "Калуга") == UINT64_C(0x3f2cb237f35ab955));
    assert_true(okrug_random_unit(okrug_random_unit(0, "ab"), "c") !=
                okrug_random_unit(okrug_random_unit(0, "a"), "bc"));
    assert_true(okrug_random_unit(okrug_random_unit(0, ""), "a") != okrug_random_unit(okrug_random_unit(0, "a"), ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers_of_philox),      cmocka_unit_test(test_every_part_of_the_key_counts),
        cmocka_unit_test(test_uniform_numbers_are_the_bits), cmocka_unit_test(test_what_plain_addition_loses_is_kept),
        cmocka_unit_test(test_strides_and_nothing),          cmocka_unit_test(test_units_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
