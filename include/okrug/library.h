/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Libraries that are loaded when they are first needed, because loading them at every start costs more than most
 * commands do: a table of their functions, filled in by name.
 */
#ifndef OKRUG_LIBRARY_H
#define OKRUG_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* A function of a library, and where in the caller's table its pointer stands. */
typedef struct {
    const char *name;
    size_t offset;
} okrug_library_function;

/* `variable`: the environment variable by which a user names the library on systems that call it otherwise; where it is
 * set, nothing else is tried. `name`: what it is called, the likeliest first, ends with NULL. */
typedef struct {
    const char *variable;
    const char *const *name;
    const okrug_library_function *function;
    size_t functions;
} okrug_library;

enum { OKRUG_LIBRARY_REASON = 200 };

/* Loads the library and fills in `table`; false: it or one of its functions is not there, and `reason` says which. A
 * function of a library that it was linked with counts as its own. It stays loaded: libraries with threads or state of
 * their own cannot be unloaded safely, and the next call needs it again. */
bool okrug_library_load(const okrug_library *library, void *table, char reason[OKRUG_LIBRARY_REASON]);

#endif
