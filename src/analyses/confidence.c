/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The three grades of confidence and their words.
 */
#include "analyses/confidence.h"

#include <stddef.h>
#include <string.h>

const char *const okrug_confidence_codes[] = {"certain", "likely", "unverified"};

okrug_confidence okrug_confidence_of(const char *code) {
    for (okrug_confidence grade = OKRUG_CERTAIN; code != NULL && grade < OKRUG_UNVERIFIED; grade++) {
        if (strcmp(code, okrug_confidence_codes[grade]) == 0) {
            return grade;
        }
    }
    return OKRUG_UNVERIFIED;
}
