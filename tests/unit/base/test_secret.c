/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <okrug/secret.h>
#include <string.h>

#include "testing.h"

static void a_secret_is_new_every_time(void **state) {
    (void)state;
    char a[OKRUG_SECRET_TEXT];
    char b[OKRUG_SECRET_TEXT];
    assert_int_equal(okrug_secret_make(a), OKRUG_OK);
    assert_int_equal(okrug_secret_make(b), OKRUG_OK);
    assert_int_equal(strspn(a, "0123456789abcdef"), OKRUG_SECRET_TEXT - 1);
    assert_int_equal(strlen(b), OKRUG_SECRET_TEXT - 1);
    assert_string_not_equal(a, b);
}

static void only_the_whole_secret_is_it(void **state) {
    (void)state;
    char secret[OKRUG_SECRET_TEXT];
    char other[OKRUG_SECRET_TEXT + 1];
    assert_int_equal(okrug_secret_make(secret), OKRUG_OK);
    assert_true(okrug_secret_is(secret, secret));
    assert_false(okrug_secret_is(NULL, secret));
    assert_false(okrug_secret_is("", secret));
    for (int i = 0; i < OKRUG_SECRET_TEXT - 1; i++) {
        memcpy(other, secret, OKRUG_SECRET_TEXT);
        other[i] = other[i] == '0' ? '1' : '0';
        assert_false(okrug_secret_is(other, secret));
        memcpy(other, secret, OKRUG_SECRET_TEXT);
        other[i] = '\0';
        assert_false(okrug_secret_is(other, secret));
    }
    memcpy(other, secret, OKRUG_SECRET_TEXT);
    memcpy(other + OKRUG_SECRET_TEXT - 1, "0", 2);
    assert_false(okrug_secret_is(other, secret));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_is_new_every_time),
        cmocka_unit_test(only_the_whole_secret_is_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
