/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The walk over well-known binary: what it calls, and that no bytes lead it out of bounds.
 */
#include "dataset/wkb.h"
#include "testing.h"

typedef struct {
    int begun;
    int ended;
    int points;
    double sum;
    okrug_wkb_type first;
    bool z, m;
} counts;

static void on_begin(void *user, const okrug_wkb_part *part) {
    counts *c = user;
    if (c->begun++ == 0) {
        c->first = part->type;
        c->z = part->z;
        c->m = part->m;
    }
}

static void on_point(void *user, const okrug_wkb_part *part, const double *position) {
    counts *c = user;
    c->points++;
    for (int d = 0; d < 2 + part->z + part->m; d++) {
        c->sum += position[d];
    }
}

static void on_end(void *user, const okrug_wkb_part *part) {
    (void)part;
    ((counts *)user)->ended++;
}

static bool walk(const char *digits, counts *c) {
    okrug_buffer bytes = {0};
    *c = (counts){0};
    okrug_wkb_visitor visitor = {c, on_begin, on_point, on_end};
    assert_true(okrug_hexadecimal_decode(digits, &bytes));
    bool whole = okrug_wkb_walk((const uint8_t *)bytes.bytes, bytes.length, &visitor);
    okrug_buffer_free(&bytes);
    return whole;
}

#define ONE "000000000000F03F"

static void parts_are_called_in_order(void **state) {
    (void)state;
    counts c;
    assert_true(walk("01BD0B000001000000" ONE ONE ONE ONE, &c) == false); /* a part without a header */
    assert_true(walk("01BA0B000002000000" ONE ONE ONE ONE ONE ONE ONE ONE, &c));
    assert_int_equal(c.first, OKRUG_WKB_LINESTRING);
    assert_true(c.z && c.m);
    assert_int_equal(c.points, 2);
    assert_true(c.sum == 8.0);
    assert_true(walk("010300000002000000"
                     "01000000" ONE ONE "00000000",
                     &c));
    assert_int_equal(c.begun, 3); /* the polygon and two rings */
    assert_int_equal(c.ended, 3);
    assert_int_equal(c.points, 1);
    assert_string_equal(okrug_wkb_type_name(OKRUG_WKB_MULTILINESTRING), "MULTILINESTRING");
}

static void what_is_cut_short_is_refused(void **state) {
    (void)state;
    static const char whole[] = "010600000001000000"
                                "01030000000100000002000000" ONE ONE ONE ONE;
    char part[sizeof whole];
    counts c;
    assert_true(walk(whole, &c));
    for (size_t length = 0; length + 2 < sizeof whole; length += 2) {
        memcpy(part, whole, length);
        part[length] = '\0';
        assert_false(walk(part, &c));
    }
}

static void nesting_is_bounded(void **state) {
    (void)state;
    char digits[40 * 18 + 1] = "";
    counts c;
    for (int depth = 1; depth < 40; depth++) {
        char *at = digits;
        for (int i = 0; i < depth; i++) {
            memcpy(at, i + 1 < depth ? "010700000001000000" : "010700000000000000", 19);
            at += 18;
        }
        assert_int_equal(walk(digits, &c), depth <= 17);
    }
}

static void any_bytes_may_come(void **state) {
    (void)state;
    okrug_wkb_visitor nobody = {0};
    for (uint64_t i = 0; i < 20000; i++) {
        uint8_t bytes[64];
        for (uint64_t b = 0; b < 8; b++) {
            uint64_t random = testing_random(i, b);
            memcpy(bytes + 8 * b, &random, 8);
        }
        bytes[0] = 1;
        bytes[1] %= 8;
        bytes[2] = bytes[3] = bytes[4] = 0;
        bytes[5] %= 4;
        bytes[6] = bytes[7] = bytes[8] = 0;
        (void)okrug_wkb_walk(bytes, 1 + i % 64, &nobody);
    }
}

static void hexadecimal_goes_both_ways(void **state) {
    (void)state;
    uint8_t bytes[1000];
    okrug_buffer digits = {0};
    okrug_buffer back = {0};
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)testing_random(1, i);
    }
    okrug_hexadecimal_encode(bytes, sizeof bytes, &digits);
    assert_int_equal(digits.length, 2 * sizeof bytes);
    assert_true(okrug_hexadecimal_decode(digits.bytes, &back));
    assert_memory_equal(back.bytes, bytes, sizeof bytes);
    okrug_buffer_clear(&back);
    assert_true(okrug_hexadecimal_decode("aAfF09", &back));
    assert_memory_equal(back.bytes, "\xAA\xFF\x09", 3);
    static const char *const bad[] = {"0", "0g", "g0", " 00", "00 ", "0x00", "/0", ":0", "@0"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(okrug_hexadecimal_decode(bad[i], &back));
    }
    okrug_buffer_free(&digits);
    okrug_buffer_free(&back);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_called_in_order),  cmocka_unit_test(what_is_cut_short_is_refused),
        cmocka_unit_test(nesting_is_bounded),         cmocka_unit_test(any_bytes_may_come),
        cmocka_unit_test(hexadecimal_goes_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
