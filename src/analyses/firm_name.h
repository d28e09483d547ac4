/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of firms in a form in which the same name is the same text, however it was written.
 */
#ifndef OKRUG_ANALYSES_FIRM_NAME_H
#define OKRUG_ANALYSES_FIRM_NAME_H

#include <stdbool.h>
#include <stddef.h>

enum { OKRUG_FIRM_NAME = 240, OKRUG_FIRM_FORM = 16 }; /* bytes; what is longer is cut */

typedef struct {
    char key[OKRUG_FIRM_NAME]; /* its words in alphabetical order, without the legal form; "": nothing is left */
    char
        form[OKRUG_FIRM_FORM]; /* of ownership, as an abbreviation in capitals written in the key's letters; "": none */
} okrug_firm_name;

/* Case, ё and е, quotes, full stops, spaces, the order of words, Latin letters that look Cyrillic, legal forms spelt
 * out or abbreviated (ООО, АО, LLC) and common abbreviations (з-д, ф-ка) make no difference. Keys hold one byte a
 * letter: a Russian one is a byte from 'A' on, a Latin one is small; other scripts stay as they are, in UTF-8. Cost:
 * O(length). */
void okrug_firm_name_read(const char *name, okrug_firm_name *out);
/* The same for an address: all words, in their order. */
void okrug_address_read(const char *address, char key[OKRUG_FIRM_NAME]);
/* A key in UTF-8: at most twice as long. */
void okrug_firm_key_text(const char *key, char text[2 * OKRUG_FIRM_NAME]);

#endif
