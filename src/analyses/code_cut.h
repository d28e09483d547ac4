/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes of a classification by their first digits.
 */
#ifndef OKRUG_ANALYSES_CODE_CUT_H
#define OKRUG_ANALYSES_CODE_CUT_H

#include <okrug/dataset.h>

/* The length of the code up to its `digits`-th digit; of the whole code where it has no more, or for 0. */
size_t okrug_code_cut(const char *code, int64_t digits);

/* Adds to `cut` what every word of a column is by its first digits; short_of (scratch memory, one for each word) says
 * which word of `cut` that is. */
okrug_status okrug_code_cut_words(okrug_ctx *ctx, const okrug_words *words, int64_t digits, okrug_words *cut,
                                  int32_t **short_of);

#endif
