/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loads libraries with dlopen and looks up their functions.
 */
#include <okrug/library.h>
#include <okrug/text.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOW = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE };

static void *open_first(const okrug_library *library, char reason[OKRUG_LIBRARY_REASON]) {
    const char *own = getenv(library->variable);
    void *loaded = own != NULL ? dlopen(own, HOW) : NULL;
    for (size_t i = 0; own == NULL && loaded == NULL && library->name[i] != NULL; i++) {
        loaded = dlopen(library->name[i], HOW);
    }
    const char *error = loaded == NULL ? dlerror() : NULL;
    okrug_text_copy(reason, OKRUG_LIBRARY_REASON, error == NULL ? "" : error);
    return loaded;
}

bool okrug_library_load(const okrug_library *library, void *table, char reason[OKRUG_LIBRARY_REASON]) {
    void *loaded = open_first(library, reason);
    for (size_t i = 0; loaded != NULL && i < library->functions; i++) {
        void *found = dlsym(loaded, library->function[i].name);
        if (found == NULL) {
            snprintf(reason, OKRUG_LIBRARY_REASON, "%s", library->function[i].name);
            return false;
        }
        memcpy((char *)table + library->function[i].offset, &found,
               sizeof found); /* POSIX: a function's address fits */
    }
    return loaded != NULL;
}
