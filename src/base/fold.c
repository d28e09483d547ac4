/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folding of Latin and Cyrillic letters. Every letter and its fold take two bytes of UTF-8 or one, so the text never
 * grows.
 */
#include <okrug/fold.h>

#include <stdint.h>
#include <string.h>

/* Of the letters that take two bytes: U+0080 to U+07FF. */
static uint32_t fold_two(uint32_t letter) {
    if (letter >= 0xC0 && letter <= 0xDE && letter != 0xD7) { /* À to Þ */
        return letter + 32;
    }
    if ((letter >= 0x100 && letter <= 0x137) || (letter >= 0x14A && letter <= 0x177)) {
        return letter | 1; /* Ā ā and so on; İ, a Turkish letter, goes to ı as in Turkish */
    }
    if ((letter >= 0x139 && letter <= 0x148) || (letter >= 0x179 && letter <= 0x17E)) {
        return letter + letter % 2; /* Ĺ ĺ and so on */
    }
    if (letter >= 0x410 && letter <= 0x42F) { /* А to Я */
        return letter + 32;
    }
    if (letter >= 0x400 && letter <= 0x40F) { /* Ѐ to Џ, Ё among them */
        letter += 80;
    }
    return letter == 0x451 ? 0x435 : letter; /* ё, е */
}

size_t okrug_fold(const char *text, size_t length, char *out) {
    size_t at = 0;
    while (at < length) {
        unsigned char byte = (unsigned char)text[at];
        if (byte >= 'A' && byte <= 'Z') {
            out[at++] = (char)(byte + 32);
        } else if (byte >= 0xC2 && byte <= 0xDF && at + 1 < length && ((unsigned char)text[at + 1] & 0xC0) == 0x80) {
            uint32_t letter = fold_two((uint32_t)(byte & 0x1F) << 6 | ((unsigned char)text[at + 1] & 0x3F));
            out[at++] = (char)(0xC0 | letter >> 6);
            out[at++] = (char)(0x80 | (letter & 0x3F));
        } else {
            out[at++] = (char)byte;
        }
    }
    return length;
}

bool okrug_fold_has(const char *text, size_t length, const char *folded, char *room) {
    size_t size = okrug_fold(text, length, room);
    for (;;) {
        folded += strspn(folded, " ");
        size_t word = strcspn(folded, " ");
        if (word == 0) {
            return true;
        }
        const char *found = room;
        size_t left = size;
        for (;;) {
            found = left >= word ? memchr(found, folded[0], left - word + 1) : NULL;
            if (found == NULL) {
                return false;
            }
            if (memcmp(found, folded, word) == 0) {
                break;
            }
            found++;
            left = size - (size_t)(found - room);
        }
        folded += word;
    }
}
