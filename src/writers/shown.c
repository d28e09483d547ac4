/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells as people read them, on a terminal and on a page.
 */
#include "writers/stream.h"

#include <math.h>
#include <string.h>

#include <okrug/number.h>

#include "dataset/wkb.h"

static const double largest_whole = 9007199254740992.0; /* 2^53: beyond it neighbours are further apart than 1 */

size_t okrug_shown_number(double value, char *text) {
    double size = fabs(value);
    if (value == 0.0) {
        return okrug_number_write(0.0, text); /* nobody reads a sign before zero */
    }
    if (size <= largest_whole && (size >= 1e6 || value == nearbyint(value))) {
        return okrug_number_write(nearbyint(value), text);
    }
    /* snprintf rounds correctly; its decimal mark is the locale's, so it is not the text that is shown. */
    char digits[OKRUG_NUMBER_TEXT];
    char plain[OKRUG_NUMBER_TEXT];
    int length = snprintf(digits, sizeof digits, "%.5e", value);
    size_t kept = 0;
    for (int i = 0; i < length; i++) {
        char c = digits[i];
        bool first_digit = kept == (size_t)(value < 0) + 1;
        if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == 'e') {
            plain[kept++] = c;
        } else if (first_digit) {
            plain[kept++] = '.';
        }
    }
    double rounded = value;
    okrug_number_read(plain, kept, &rounded);
    return okrug_number_write(rounded, text);
}

const char *okrug_shown_text(const okrug_catalogue *catalogue, const char *key, const char *code,
                             const char *otherwise) {
    char full[128];
    int length = snprintf(full, sizeof full, "%s%s", key, code);
    const char *text = NULL;
    if (catalogue != NULL && length > 0 && (size_t)length < sizeof full) {
        text = okrug_catalogue_text(catalogue, full);
    }
    return text != NULL ? text : otherwise;
}

const char *okrug_shown_reason(const okrug_catalogue *catalogue, const okrug_column *column, int64_t row) {
    okrug_reason reason = okrug_reason_at(column, row);
    if (column->type == OKRUG_TEXT && reason == OKRUG_NOT_COLLECTED) {
        return "";
    }
    const char *code = okrug_reason_code(reason);
    return okrug_shown_text(catalogue, "reason.", code, code);
}

static unsigned digit(char c) {
    static const char both[] = "00112233445566778899AaBbCcDdEeFf";
    const char *found = c != '\0' ? strchr(both, c) : NULL;
    return found != NULL ? (unsigned)(found - both) / 2 : 0;
}

const char *okrug_shown_geometry(const char *digits) {
    /* The two lowest bytes of the type follow the mark of the order; thousands are for Z and M. */
    unsigned type = 0;
    if (strlen(digits) >= 10) {
        type = digit(digits[2]) * 16 + digit(digits[3]) + (digit(digits[4]) * 16 + digit(digits[5])) * 256;
    }
    type %= 1000;
    bool known = type >= OKRUG_WKB_POINT && type <= OKRUG_WKB_GEOMETRYCOLLECTION;
    return known ? okrug_wkb_type_name((okrug_wkb_type)type) : "GEOMETRY";
}
