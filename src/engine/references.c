/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * References between tables of kinds. Columns of one name mean the same in all of them, so a short list says it.
 */
#include "engine/references.h"

#include <string.h>

/* `open`: what is in no table may be meant so: whom members buy from, an authority that is no firm. */
static const struct {
    const char *column, *kind;
    bool open;
} references[] = {
    {"firm", "firms", false},       {"supplier", "firms", true},
    {"buyer", "firms", true},       {"organisation", "firms", false},
    {"party", "firms", true},       {"cluster", "clusters", false},
    {"project", "projects", false}, {"obligation", "obligations", false},
};

bool okrug_reference_is_open(const okrug_kind *kind, const char *column) {
    for (int i = 0; i < OKRUG_COUNT_OF(references); i++) {
        if (strcmp(references[i].column, column) == 0) {
            return references[i].open || strcmp(kind->about, "registry") != 0;
        }
    }
    return true;
}

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
