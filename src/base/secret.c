/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The adapter to libsodium's randomness and comparison.
 */
#include <okrug/secret.h>

#include <sodium/core.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>
#include <string.h>

okrug_status okrug_secret_make(char text[OKRUG_SECRET_TEXT]) {
    unsigned char bytes[OKRUG_SECRET_TEXT / 2];
    if (sodium_init() < 0) {
        return OKRUG_DEFECT;
    }
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(text, OKRUG_SECRET_TEXT, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    return OKRUG_OK;
}

bool okrug_secret_is(const char *given, const char secret[OKRUG_SECRET_TEXT]) {
    return given != NULL && strlen(given) == OKRUG_SECRET_TEXT - 1 &&
           sodium_memcmp(given, secret, OKRUG_SECRET_TEXT - 1) == 0;
}
