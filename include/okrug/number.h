/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one adapter between numbers and text. It knows no locale of the machine.
 */
#ifndef OKRUG_NUMBER_H
#define OKRUG_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OKRUG_NUMBER_TEXT = 32 }; /* bytes that any number's text fits, its NUL included */

/* Writes the shortest text that reads back as the same double ("0.1", "1e+300", "-0"), NUL-terminated, into `text`
 * of at least OKRUG_NUMBER_TEXT bytes; returns its length. Integers up to 2^53 come without an exponent ("1000000").
 * `value` must be finite. */
size_t okrug_number_write(double value, char *text);
size_t okrug_integer_write(int64_t value, char *text);

/* Reads all of text[0..length) as a decimal number with a dot ("-12.5", "1e3"). False where anything else is there,
 * or where it does not fit a double. Hexadecimal, inf and nan are refused. */
bool okrug_number_read(const char *text, size_t length, double *value);

enum { OKRUG_FIXED_TEXT = 64 }; /* bytes that any text of okrug_number_fixed fits, its NUL included */

/* Writes `value` for readers: rounded to so many decimals (0 to 15), with these marks ("," and U+00A0 in Russian),
 * U+2212 as the minus, into `text` of at least OKRUG_FIXED_TEXT bytes; returns its length. Values of 1e15 and more
 * are written as okrug_number_write does. `value` must be finite; what rounds to 0 has no sign. */
size_t okrug_number_fixed(double value, int decimals, const char *decimal, const char *thousands, char *text);

/* How people write numbers in a file: the decimal mark and the mark between thousands (0: none). Spaces, U+00A0,
 * U+202F and U+2009 between groups of three digits are accepted always; so is U+2212 as the minus. */
typedef struct {
    char decimal;   /* '.' or ',' */
    char thousands; /* 0, ',' or '.' */
} okrug_number_style;

/* Reads all of text[0..length), UTF-8, in that style, surrounding spaces allowed. */
bool okrug_number_read_styled(const char *text, size_t length, okrug_number_style style, double *value);

#endif
