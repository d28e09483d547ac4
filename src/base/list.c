/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists of texts that NULL ends, and how far two names are apart.
 */
#include <string.h>
#include <strings.h>

#include <okrug/text.h>

bool okrug_name_ends_n(const char *name, size_t length, const char *ending) {
    size_t tail = strlen(ending);
    return length > tail && strncasecmp(name + length - tail, ending, tail) == 0;
}

bool okrug_name_ends(const char *name, const char *ending) {
    return okrug_name_ends_n(name, strlen(name), ending);
}

bool okrug_text_is_one_of(const char *text, const char *const *list) {
    for (int i = 0; list[i] != NULL; i++) {
        if (strcmp(list[i], text) == 0) {
            return true;
        }
    }
    return false;
}

size_t okrug_text_distance(const char *a, const char *b) {
    size_t front = 0;
    while (a[front] != '\0' && a[front] == b[front]) {
        front++;
    }
    size_t rest_a = strlen(a + front);
    size_t rest_b = strlen(b + front);
    while (rest_a > 0 && rest_b > 0 && a[front + rest_a - 1] == b[front + rest_b - 1]) {
        rest_a--;
        rest_b--;
    }
    return rest_a > rest_b ? rest_a : rest_b;
}

size_t okrug_text_cut(const char *text, size_t length, size_t most) {
    size_t cut = length < most ? length : most;
    while (cut > 0 && cut < length && ((unsigned char)text[cut] & 0xC0U) == 0x80U) {
        cut--; /* not inside a character */
    }
    return cut;
}

void okrug_text_copy(char *to, size_t size, const char *text) {
    size_t length = okrug_text_cut(text, strlen(text), size - 1);
    memcpy(to, text, length);
    to[length] = '\0';
}
