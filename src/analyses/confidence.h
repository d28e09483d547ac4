/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far the text of a rule, measure or instrument could be verified.
 */
#ifndef OKRUG_ANALYSES_CONFIDENCE_H
#define OKRUG_ANALYSES_CONFIDENCE_H

/* From the surest to the least sure. */
typedef enum { OKRUG_CERTAIN, OKRUG_LIKELY, OKRUG_UNVERIFIED } okrug_confidence;
extern const char *const okrug_confidence_codes[]; /* "certain", "likely", "unverified" */
/* What is not said (NULL, "") or is another word is unverified. */
okrug_confidence okrug_confidence_of(const char *code);

#endif
