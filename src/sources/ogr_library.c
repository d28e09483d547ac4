/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What GDAL is called, and the names of the functions that are looked up in it.
 */
#include "sources/ogr_library.h"

bool okrug_gdal_load(okrug_gdal *gdal, char reason[OKRUG_LIBRARY_REASON]) {
    static const char *const names[] = {"libgdal.so.32", "libgdal.so", NULL};
    static const okrug_library_function functions[] = {
#define X(name, result, arguments) {#name, offsetof(okrug_gdal, name)},
        OKRUG_GDAL_FUNCTIONS(X)
#undef X
    };
    static const okrug_library library = {"OKRUG_GDAL", names, functions, sizeof functions / sizeof functions[0]};
    return okrug_library_load(&library, gdal, reason);
}
