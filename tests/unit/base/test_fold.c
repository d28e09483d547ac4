/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts folded for looking up.
 */
#include <okrug/fold.h>

#include <string.h>

#include "testing.h"

static void folds_to(const char *text, const char *folded) {
    char out[256];
    size_t length = okrug_fold(text, strlen(text), out);
    assert_int_equal(length, strlen(folded));
    out[length] = '\0';
    assert_string_equal(out, folded);
}

static void test_letters_of_both_alphabets(void **state) {
    (void)state;
    folds_to("ООО «ЁЛКА» И Берёзка № 7", "ооо «елка» и березка № 7");
    folds_to("Łódź ÅNGSTRÖM × Žilina ŒUVRE", "łódź ångström × žilina œuvre");
    folds_to("Ђ Ѐ Џ І", "ђ ѐ џ і");
    folds_to("", "");
}

static void test_what_is_no_utf8_stays(void **state) {
    (void)state;
    folds_to("\xD0", "\xD0");
    folds_to("\xD0\x41\xFF\x80", "\xD0\x61\xFF\x80");
    folds_to("\xE2\x82\xBD \xF0\x9F\x8F\xAD", "\xE2\x82\xBD \xF0\x9F\x8F\xAD");
}

/* Folding twice is folding once, for every letter of two bytes. */
static void test_folded_stays(void **state) {
    (void)state;
    for (unsigned letter = 0x80; letter < 0x800; letter++) {
        char text[2] = {(char)(0xC0 | letter >> 6), (char)(0x80 | (letter & 0x3F))}, again[2];
        assert_int_equal(okrug_fold(text, 2, text), 2);
        assert_int_equal(okrug_fold(text, 2, again), 2);
        assert_memory_equal(text, again, 2);
    }
}

static void test_words(void **state) {
    (void)state;
    char room[64];
    const char *text = "Завод «Ёлочка», Обнинск";
    size_t length = strlen(text);
    assert_true(okrug_fold_has(text, length, "", room));
    assert_true(okrug_fold_has(text, length, "обнинск елоч", room));
    assert_true(okrug_fold_has(text, length, "  завод  ", room));
    assert_false(okrug_fold_has(text, length, "завод калуга", room));
    assert_false(okrug_fold_has(text, length, "завод обнинскк", room));
    assert_true(okrug_fold_has("aab", 3, "ab", room));
    assert_false(okrug_fold_has("", 0, "a", room));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_of_both_alphabets),
        cmocka_unit_test(test_what_is_no_utf8_stays),
        cmocka_unit_test(test_folded_stays),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
