/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts that nobody can guess, and their comparison without telling how much of them was right.
 */
#ifndef OKRUG_SECRET_H
#define OKRUG_SECRET_H

#include <stdbool.h>

#include <okrug/status.h>

enum { OKRUG_SECRET_TEXT = 65 }; /* 64 hexadecimal digits, 256 bits, and the NUL */

/* From the system's source of randomness. OKRUG_DEFECT, without a fault, where the system gives none. */
okrug_status okrug_secret_make(char text[OKRUG_SECRET_TEXT]);
/* Whether `given` (NULL: no) is the secret; takes the same time wherever the two differ. */
bool okrug_secret_is(const char *given, const char secret[OKRUG_SECRET_TEXT]);

#endif
