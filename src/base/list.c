/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists of texts that NULL ends.
 */
#include <string.h>

#include <okrug/text.h>

bool okrug_text_is_one_of(const char *text, const char *const *list) {
    for (int i = 0; list[i] != NULL; i++) {
        if (strcmp(list[i], text) == 0) {
            return true;
        }
    }
    return false;
}
