/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers with a fixed count of decimals, as they stand in reports.
 */
#include <okrug/number.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static size_t append(char *text, size_t length, const char *more) {
    size_t added = strlen(more);
    memcpy(text + length, more, added + 1);
    return length + added;
}

size_t okrug_number_fixed(double value, int decimals, const char *decimal, const char *thousands, char *text) {
    char digits[40];
    double size = fabs(value);
    if (size >= 1e15) {
        return okrug_number_write(value, text);
    }
    /* snprintf rounds correctly; what stands between the digits is the locale's and is not taken over. */
    int written = snprintf(digits, sizeof digits, "%.*f", decimals, size);
    size_t whole = strspn(digits, "0123456789");
    bool zero = digits[strspn(digits, "0.,")] == '\0';
    size_t length = append(text, 0, value < 0.0 && !zero ? "\xE2\x88\x92" : "");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0) {
            length = append(text, length, thousands);
        }
        text[length++] = digits[i];
    }
    text[length] = '\0';
    if (decimals > 0) {
        length = append(text, length, decimal);
        length = append(text, length, digits + written - decimals);
    }
    return length;
}
