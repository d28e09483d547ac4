/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The adapter to libsodium's SHA-256.
 */
#include <okrug/hash.h>

#include <sodium/crypto_hash_sha256.h>
#include <stdlib.h>

struct okrug_hash {
    crypto_hash_sha256_state state;
};

okrug_hash *okrug_hash_new(void) {
    okrug_hash *hash = malloc(sizeof *hash);
    if (hash != NULL) {
        crypto_hash_sha256_init(&hash->state);
    }
    return hash;
}

void okrug_hash_add(okrug_hash *hash, const void *bytes, size_t length) {
    crypto_hash_sha256_update(&hash->state, bytes, length);
}

void okrug_hash_finish(okrug_hash *hash, char text[OKRUG_HASH_TEXT]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&hash->state, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        text[2 * i] = digits[sum[i] >> 4];
        text[2 * i + 1] = digits[sum[i] & 15];
    }
    text[OKRUG_HASH_TEXT - 1] = '\0';
    /* Ready for the next one. */
    crypto_hash_sha256_init(&hash->state);
}

void okrug_hash_free(okrug_hash *hash) {
    free(hash);
}
