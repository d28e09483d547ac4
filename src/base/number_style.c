/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as people write them in files: rewritten into the plain form while their shape is checked, then read by the
 * plain reader.
 */
#include <okrug/number.h>

#include <string.h>

/* No double needs more: the longest, written out without an exponent, has 309 digits before the mark, and 17 digits
 * tell any two apart. Longer texts are no numbers of a table. */
enum { PLAIN_TEXT = 400 };

struct reader {
    const char *at;
    const char *end;
    char plain[PLAIN_TEXT];
    size_t length;
};

/* Bytes of the space at `at`; 0: none. */
static size_t space_at(const char *at, const char *end) {
    static const char *const wide[] = {"\xC2\xA0" /* U+00A0 */, "\xE2\x80\xAF" /* U+202F */,
                                       "\xE2\x80\x89" /* U+2009 */};
    if (at == end) {
        return 0;
    }
    if (*at == ' ') {
        return 1;
    }
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        size_t length = strlen(wide[i]);
        if ((size_t)(end - at) >= length && memcmp(at, wide[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

static size_t margin_at(const char *at, const char *end) {
    if (at < end && *at >= '\t' && *at <= '\r') {
        return 1;
    }
    return space_at(at, end);
}

static void trim(struct reader *reader) {
    size_t length;
    while ((length = margin_at(reader->at, reader->end)) > 0) {
        reader->at += length;
    }
    for (;;) {
        size_t left = (size_t)(reader->end - reader->at);
        size_t back = 1;
        while (back <= 3 && back <= left && margin_at(reader->end - back, reader->end) != back) {
            back++;
        }
        if (back > 3 || back > left) {
            return;
        }
        reader->end -= back;
    }
}

static bool put(struct reader *reader, char byte) {
    if (reader->length == PLAIN_TEXT) {
        return false;
    }
    reader->plain[reader->length++] = byte;
    return true;
}

/* Moves digits over and counts them; -1: no room. */
static int take_digits(struct reader *reader) {
    int count = 0;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') {
        if (!put(reader, *reader->at)) {
            return -1;
        }
        reader->at++;
        count++;
    }
    return count;
}

static bool take_sign(struct reader *reader) {
    static const char minus[] = "\xE2\x88\x92"; /* U+2212 */
    if (reader->at == reader->end) {
        return false;
    }
    if (*reader->at == '+') {
        reader->at++;
    } else if (*reader->at == '-') {
        reader->at++;
        return put(reader, '-');
    } else if (reader->end - reader->at >= 3 && memcmp(reader->at, minus, 3) == 0) {
        reader->at += 3;
        return put(reader, '-');
    }
    return true;
}

/* Digits before the decimal mark: all together, or a group of one to three and then groups of exactly three. The groups
 * are parted by spaces or by the mark, not by both. */
static bool take_whole(struct reader *reader, char thousands) {
    int first = take_digits(reader);
    if (first < 0) {
        return false;
    }
    bool by_mark = thousands != 0 && reader->at < reader->end && *reader->at == thousands;
    for (;;) {
        size_t length =
            by_mark ? (reader->at < reader->end && *reader->at == thousands) : space_at(reader->at, reader->end);
        if (length == 0) {
            return true;
        }
        reader->at += length;
        if (first < 1 || first > 3 || take_digits(reader) != 3) {
            return false;
        }
    }
}

static bool take_fraction(struct reader *reader, char decimal) {
    if (reader->at == reader->end || *reader->at != decimal) {
        return true;
    }
    reader->at++;
    return put(reader, '.') && take_digits(reader) >= 0;
}

/* What is left can only be an exponent, which looks the same in every style. */
static bool take_exponent(struct reader *reader) {
    if (reader->at < reader->end && *reader->at != 'e' && *reader->at != 'E') {
        return false;
    }
    while (reader->at < reader->end) {
        if (!put(reader, *reader->at)) {
            return false;
        }
        reader->at++;
    }
    return true;
}

bool okrug_number_read_styled(const char *text, size_t length, okrug_number_style style, double *value) {
    struct reader reader; /* not initialised as a whole: the plain text is written before it is read */
    reader.at = text;
    reader.end = text + length;
    reader.length = 0;
    char thousands = style.thousands != style.decimal ? style.thousands : 0;
    trim(&reader);
    return take_sign(&reader) && take_whole(&reader, thousands) && take_fraction(&reader, style.decimal) &&
           take_exponent(&reader) && okrug_number_read(reader.plain, reader.length, value);
}
