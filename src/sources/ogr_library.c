/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loads GDAL with dlopen and looks up its functions.
 */
#include "sources/ogr_library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *load(char reason[OKRUG_GDAL_REASON]) {
    static const char *const names[] = {"libgdal.so.32", "libgdal.so"};
    const char *own = getenv("OKRUG_GDAL"); /* for systems that call it otherwise */
    void *loaded = own != NULL ? dlopen(own, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) : NULL;
    for (size_t i = 0; own == NULL && loaded == NULL && i < sizeof names / sizeof names[0]; i++) {
        loaded = dlopen(names[i], RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    }
    const char *error = loaded == NULL ? dlerror() : NULL;
    snprintf(reason, OKRUG_GDAL_REASON, "%s", error == NULL ? "" : error);
    return loaded;
}

static bool look_up(void *loaded, okrug_gdal *gdal, char reason[OKRUG_GDAL_REASON]) {
    static const struct {
        const char *name;
        size_t offset;
    } functions[] = {
#define X(name, result, arguments) {#name, offsetof(okrug_gdal, name)},
        OKRUG_GDAL_FUNCTIONS(X)
#undef X
    };
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        void *found = dlsym(loaded, functions[i].name);
        if (found == NULL) {
            snprintf(reason, OKRUG_GDAL_REASON, "%s", functions[i].name);
            return false;
        }
        memcpy((char *)gdal + functions[i].offset, &found, sizeof found); /* POSIX: a function's address fits */
    }
    return true;
}

bool okrug_gdal_load(okrug_gdal *gdal, char reason[OKRUG_GDAL_REASON]) {
    void *loaded = load(reason);
    return loaded != NULL && look_up(loaded, gdal, reason);
}
