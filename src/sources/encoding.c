/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * UTF-8 is checked as it passes and handed on where it lies; anything else goes through an ICU converter.
 *
 * A file without a byte order mark is taken for UTF-8 until a byte says otherwise, which can be megabytes in: then the
 * decoder is `mistaken`, and whoever reads starts again with windows-1251. But Russian text in windows-1251 hardly ever
 * forms even one valid sequence of UTF-8, so a file that had many of them before the first bad byte is damaged UTF-8,
 * and to read it as windows-1251 would turn every name in it to rubbish without a word.
 */
#include "sources/encoding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

enum { BLOCK = 256 * 1024, PIVOT = 4096, SURELY_UTF8 = 64 };

struct okrug_decoder {
    okrug_input *input;
    char name[32];
    bool certain;
    bool bom;
    bool mistaken;
    bool started;
    bool utf8;
    bool ended;        /* the input gave its last byte */
    int64_t sequences; /* valid characters of more than one byte so far */
    okrug_trouble trouble;
    size_t from; /* raw[from .. until) waits to be decoded */
    size_t until;
    UConverter *source;
    UConverter *target;
    UChar *pivot_from;
    UChar *pivot_until;
    bool flushed;
    UChar pivot[PIVOT];
    char raw[BLOCK];
    char text[BLOCK];
};

static okrug_status set_converter(okrug_decoder *decoder) {
    UErrorCode error = U_ZERO_ERROR;
    decoder->source = ucnv_open(decoder->name, &error);
    if (error == U_FILE_ACCESS_ERROR || error == U_ILLEGAL_ARGUMENT_ERROR) {
        return okrug_trouble_set(&decoder->trouble, OKRUG_BAD_USAGE, "unknown-encoding", "encoding", decoder->name);
    }
    if (U_SUCCESS(error) && ucnv_getType(decoder->source) == UCNV_UTF8) {
        decoder->utf8 = true;
        return OKRUG_OK;
    }
    decoder->target = ucnv_open("UTF-8", &error);
    ucnv_setToUCallBack(decoder->source, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    if (U_FAILURE(error)) {
        return okrug_trouble_set(&decoder->trouble, OKRUG_NO_MEMORY, "no-memory", NULL, NULL);
    }
    decoder->pivot_from = decoder->pivot;
    decoder->pivot_until = decoder->pivot;
    return OKRUG_OK;
}

okrug_status okrug_decoder_open(okrug_ctx *ctx, okrug_input *input, const char *encoding, okrug_decoder **decoder) {
    okrug_decoder *made = calloc(1, sizeof *made);
    *decoder = NULL;
    if (made == NULL) {
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    made->input = input;
    made->certain = encoding != NULL;
    if (encoding != NULL) {
        snprintf(made->name, sizeof made->name, "%s", encoding);
        okrug_status status = set_converter(made);
        if (status != OKRUG_OK) {
            okrug_trouble_fail(ctx, &made->trouble, NULL, 0);
            okrug_decoder_close(made);
            return status;
        }
    }
    *decoder = made;
    return OKRUG_OK;
}

void okrug_decoder_close(okrug_decoder *decoder) {
    if (decoder != NULL) {
        ucnv_close(decoder->source);
        ucnv_close(decoder->target);
        free(decoder);
    }
}

/* Moves what waits to the front and fills up behind it. */
static okrug_status fill(okrug_decoder *decoder) {
    size_t waiting = decoder->until - decoder->from;
    memmove(decoder->raw, decoder->raw + decoder->from, waiting);
    decoder->from = 0;
    decoder->until = waiting;
    if (decoder->ended) {
        return OKRUG_OK;
    }
    size_t got;
    okrug_status status = okrug_input_read(decoder->input, decoder->raw + waiting, BLOCK - waiting, &got);
    if (status != OKRUG_OK) {
        decoder->trouble = *okrug_input_trouble(decoder->input);
        return status;
    }
    decoder->until += got;
    decoder->ended = got == 0;
    return OKRUG_OK;
}

static bool begins(const okrug_decoder *decoder, const char *mark, size_t length) {
    return decoder->until >= length && memcmp(decoder->raw, mark, length) == 0;
}

/* Looks at the first bytes, once. */
static okrug_status start(okrug_decoder *decoder) {
    static const struct {
        const char *name;
        const char *mark;
        size_t length;
    } marks[] = {{"UTF-8", "\xEF\xBB\xBF", 3},
                 {"UTF-32LE", "\xFF\xFE\0\0", 4},
                 {"UTF-16LE", "\xFF\xFE", 2},
                 {"UTF-16BE", "\xFE\xFF", 2}};
    decoder->started = true;
    if (decoder->certain && !decoder->utf8) {
        return OKRUG_OK; /* the converter deals with the mark, or read_converted does */
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        bool here = begins(decoder, marks[i].mark, marks[i].length);
        if (here && (i == 0 || !decoder->certain)) {
            snprintf(decoder->name, sizeof decoder->name, "%s", marks[i].name);
            decoder->bom = true;
            decoder->certain = true;
            decoder->from = marks[i].length;
            decoder->utf8 = i == 0;
            return decoder->utf8 ? OKRUG_OK : set_converter(decoder);
        }
    }
    if (!decoder->certain) {
        snprintf(decoder->name, sizeof decoder->name, "UTF-8");
        decoder->utf8 = true;
    }
    return OKRUG_OK;
}

static okrug_status bad_byte(okrug_decoder *decoder) {
    if (!decoder->certain && decoder->sequences < SURELY_UTF8) {
        decoder->mistaken = true;
    }
    return okrug_trouble_set(&decoder->trouble, OKRUG_BAD_INPUT, "bad-encoding", "encoding", decoder->name);
}

/* Length of the valid UTF-8 at the start of text[0..length), NULs included. */
static size_t valid_length(const char *text, size_t length, int64_t *sequences) {
    int32_t at = 0;
    int32_t end = (int32_t)length;
    while (at < end) {
        uint64_t eight;
        if (end - at >= 8 && (memcpy(&eight, text + at, 8), (eight & UINT64_C(0x8080808080808080)) == 0)) {
            at += 8;
            continue;
        }
        if ((unsigned char)text[at] < 0x80) {
            at++;
            continue;
        }
        int32_t begin = at;
        UChar32 character;
        U8_NEXT(text, at, end, character);
        if (character < 0) {
            return (size_t)begin;
        }
        ++*sequences;
    }
    return length;
}

/* Are those bytes the beginning of one character that the next block may complete? */
static bool incomplete(const char *text, size_t length) {
    if (length > 3) {
        return false;
    }
    int32_t end = (int32_t)length;
    U8_TRUNCATE_IF_INCOMPLETE(text, 0, end);
    return end == 0;
}

static okrug_status read_utf8(okrug_decoder *decoder, const char **text, size_t *length) {
    const char *raw = decoder->raw + decoder->from;
    size_t waiting = decoder->until - decoder->from;
    size_t good = valid_length(raw, waiting, &decoder->sequences);
    *text = raw;
    *length = good;
    decoder->from += good;
    if (good == waiting || (!decoder->ended && incomplete(raw + good, waiting - good))) {
        return OKRUG_OK;
    }
    okrug_status status = bad_byte(decoder);
    return good > 0 ? OKRUG_OK : status;
}

static okrug_status read_converted(okrug_decoder *decoder, bool first, const char **text, size_t *length) {
    char *target = decoder->text;
    UErrorCode error = U_ZERO_ERROR;
    while (target == decoder->text && error == U_ZERO_ERROR && !decoder->flushed) {
        if (decoder->from == decoder->until) {
            OKRUG_TRY(fill(decoder));
        }
        const char *source = decoder->raw + decoder->from;
        ucnv_convertEx(decoder->target, decoder->source, &target, decoder->text + BLOCK, &source,
                       decoder->raw + decoder->until, decoder->pivot, &decoder->pivot_from, &decoder->pivot_until,
                       decoder->pivot + PIVOT, false, decoder->ended, &error);
        decoder->from = (size_t)(source - decoder->raw);
        decoder->flushed = decoder->ended && error == U_ZERO_ERROR;
    }
    *text = decoder->text;
    *length = (size_t)(target - decoder->text);
    if (first && *length >= 3 && memcmp(decoder->text, "\xEF\xBB\xBF", 3) == 0) {
        decoder->bom = true;
        *text += 3;
        *length -= 3;
    }
    if (error == U_ZERO_ERROR || error == U_BUFFER_OVERFLOW_ERROR) {
        return OKRUG_OK;
    }
    okrug_status status = error == U_MEMORY_ALLOCATION_ERROR
                              ? okrug_trouble_set(&decoder->trouble, OKRUG_NO_MEMORY, "no-memory", NULL, NULL)
                              : bad_byte(decoder);
    return *length > 0 ? OKRUG_OK : status;
}

okrug_status okrug_decoder_read(okrug_decoder *decoder, const char **text, size_t *length) {
    *text = decoder->raw;
    *length = 0;
    OKRUG_TRY(decoder->trouble.status);
    bool first = !decoder->started;
    if (first || decoder->utf8) {
        OKRUG_TRY(fill(decoder));
    }
    if (first) {
        OKRUG_TRY(start(decoder));
    }
    okrug_status status =
        decoder->utf8 ? read_utf8(decoder, text, length) : read_converted(decoder, first, text, length);
    const char *nul = *length > 0 ? memchr(*text, 0, *length) : NULL;
    if (nul != NULL) {
        *length = (size_t)(nul - *text);
        decoder->mistaken = false;
        okrug_status refused =
            okrug_trouble_set(&decoder->trouble, OKRUG_BAD_INPUT, "nul-byte", "encoding", decoder->name);
        return *length > 0 ? OKRUG_OK : refused;
    }
    return status;
}

const okrug_trouble *okrug_decoder_trouble(const okrug_decoder *decoder) {
    return &decoder->trouble;
}

const char *okrug_decoder_encoding(const okrug_decoder *decoder) {
    return decoder->name;
}

bool okrug_decoder_bom(const okrug_decoder *decoder) {
    return decoder->bom;
}

bool okrug_decoder_certain(const okrug_decoder *decoder) {
    return decoder->certain;
}

bool okrug_decoder_mistaken(const okrug_decoder *decoder) {
    return decoder->mistaken;
}
