/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SHA-256 against the examples of FIPS 180-4.
 */
#include <okrug/hash.h>

#include "testing.h"

static void assert_hash(const char *text, size_t piece, const char *expected) {
    okrug_hash *hash = okrug_hash_new();
    assert_non_null(hash);
    char sum[OKRUG_HASH_TEXT];
    for (int round = 0; round < 2; round++) { /* a finished hash is ready for the next text */
        size_t length = strlen(text);
        for (size_t at = 0; at < length; at += piece) {
            okrug_hash_add(hash, text + at, length - at < piece ? length - at : piece);
        }
        okrug_hash_finish(hash, sum);
        assert_string_equal(sum, expected);
    }
    okrug_hash_free(hash);
}

static void test_published_examples(void **state) {
    (void)state;
    assert_hash("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hash("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    for (size_t piece = 1; piece < 60; piece++) {
        assert_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", piece,
                    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    }
}

static void test_nothing_to_free(void **state) {
    (void)state;
    okrug_hash_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_examples),
        cmocka_unit_test(test_nothing_to_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
