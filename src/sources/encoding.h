/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text of a file as UTF-8, block by block, whatever it is written in.
 */
#ifndef OKRUG_SOURCES_ENCODING_H
#define OKRUG_SOURCES_ENCODING_H

#include "sources/input.h"

typedef struct okrug_decoder okrug_decoder;

/* `encoding` is a converter name, or NULL: told by the bytes. The input is borrowed. Adds a fault where it fails:
 * OKRUG_BAD_USAGE for an encoding that is not known, OKRUG_NO_MEMORY. */
okrug_status okrug_decoder_open(okrug_ctx *ctx, okrug_input *input, const char *encoding, okrug_decoder **decoder);
void okrug_decoder_close(okrug_decoder *decoder); /* NULL is allowed */

/* The next text, valid UTF-8 without NULs and whole characters, which lasts until the next call; length 0: the end.
 * Fails after the text that was good; okrug_decoder_trouble says with what. */
okrug_status okrug_decoder_read(okrug_decoder *decoder, const char **text, size_t *length);
const okrug_trouble *okrug_decoder_trouble(const okrug_decoder *decoder);

const char *okrug_decoder_encoding(const okrug_decoder *decoder);
bool okrug_decoder_bom(const okrug_decoder *decoder);
/* The encoding was told by the name given or a byte order mark, so that it will not turn out otherwise. */
bool okrug_decoder_certain(const okrug_decoder *decoder);
/* The text was taken for UTF-8 and is not: the read starts again as windows-1251. */
bool okrug_decoder_mistaken(const okrug_decoder *decoder);

#endif
