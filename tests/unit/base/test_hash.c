/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SHA-256 against the examples of FIPS 180-4.
 */
#include <okrug/hash.h>

#include <stdlib.h>

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

/* Large texts are hashed by a thread, small ones at once: the sums are the same, whatever the pieces. */
static void test_aside_is_the_same(void **state) {
    (void)state;
    static const size_t lengths[] = {0, 1000000, 1048576, 1048577, 5000003};
    static const size_t pieces[] = {1000, 65536, 65537, 300000, 5000003};
    char *text = malloc(5000003);
    assert_non_null(text);
    for (size_t i = 0; i < 5000003; i++) {
        text[i] = (char)(i * i / 7 + i);
    }
    for (size_t l = 0; l < 5; l++) {
        char expected[OKRUG_HASH_TEXT], sum[OKRUG_HASH_TEXT];
        okrug_hash *hash = okrug_hash_new();
        assert_non_null(hash);
        okrug_hash_add(hash, text, lengths[l]);
        okrug_hash_finish(hash, expected);
        okrug_hash_free(hash);
        for (size_t p = 0; p < 5; p++) {
            hash = okrug_hash_new();
            assert_non_null(hash);
            okrug_hash_aside(hash);
            for (size_t at = 0; at < lengths[l]; at += pieces[p]) {
                okrug_hash_add(hash, text + at, lengths[l] - at < pieces[p] ? lengths[l] - at : pieces[p]);
            }
            okrug_hash_finish(hash, sum);
            assert_string_equal(sum, expected);
            okrug_hash_add(hash, text, lengths[l] / 2); /* freed before it is finished */
            okrug_hash_free(hash);
        }
    }
    memset(text, 'a', 1000000);
    okrug_hash *hash = okrug_hash_new();
    assert_non_null(hash);
    okrug_hash_aside(hash);
    char sum[OKRUG_HASH_TEXT];
    okrug_hash_add(hash, text, 1000000);
    okrug_hash_finish(hash, sum);
    assert_string_equal(sum, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    okrug_hash_free(hash);
    free(text);
}

static void test_nothing_to_free(void **state) {
    (void)state;
    okrug_hash_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_examples),
        cmocka_unit_test(test_aside_is_the_same),
        cmocka_unit_test(test_nothing_to_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
