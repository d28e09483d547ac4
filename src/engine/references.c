/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * References between tables of kinds. Columns of one name mean the same in all of them, so a short list says it.
 */
#include "engine/references.h"

#include <string.h>

static const struct {
    const char *column, *kind;
} references[] = {
    {"firm", "firms"},  {"supplier", "firms"},   {"buyer", "firms"},      {"organisation", "firms"},
    {"party", "firms"}, {"cluster", "clusters"}, {"project", "projects"}, {"obligation", "obligations"},
};

const char *okrug_reference_of(const okrug_kind *kind, const char *column) {
    bool registered = strcmp(kind->about, "firms") == 0 || strcmp(kind->about, "registry") == 0;
    for (int i = 0; registered && i < OKRUG_COUNT_OF(references); i++) {
        if (strcmp(references[i].column, column) == 0 && strcmp(references[i].kind, kind->id) != 0) {
            for (int k = 0; k < kind->role_count; k++) {
                if (strcmp(kind->roles[k].name, column) == 0) {
                    return references[i].kind;
                }
            }
        }
    }
    return NULL;
}
