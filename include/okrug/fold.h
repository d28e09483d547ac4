/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts as people look for them: whatever the case, ё as е. For Latin and Cyrillic letters; others stay as they are.
 */
#ifndef OKRUG_FOLD_H
#define OKRUG_FOLD_H

#include <stdbool.h>
#include <stddef.h>

/* Writes the folded text, never longer than the text; returns its length. `out` may be `text`. Bytes that are no UTF-8
 * stay. */
size_t okrug_fold(const char *text, size_t length, char *out);
/* Whether the text, folded, has every word of `folded` in it (words that are parted by spaces; folded already). Scratch
 * of `room` bytes, at least as many as the text has. */
bool okrug_fold_has(const char *text, size_t length, const char *folded, char *room);

#endif
