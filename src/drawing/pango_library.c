/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loads Pango, with cairo and GLib, which it needs.
 */
#define OKRUG_PANGO_NAMES_ONLY
#include "drawing/pango_library.h"

#include <pthread.h>
#include <string.h>

typedef struct {
    bool tried;
    bool there;
    okrug_pango pango;
    char reason[OKRUG_LIBRARY_REASON];
} loaded_pango;

static void load(loaded_pango *loaded) {
    static const char *const names[] = {"libpangocairo-1.0.so.0", "libpangocairo-1.0.so", NULL};
    static const okrug_library_function functions[] = {
#define X(function) {#function, offsetof(okrug_pango, function)},
        OKRUG_PANGO_FUNCTIONS(X)
#undef X
    };
    static const okrug_library library = {"OKRUG_PANGO", names, functions, sizeof functions / sizeof functions[0]};
    loaded->there = okrug_library_load(&library, &loaded->pango, loaded->reason);
    loaded->tried = true;
}

/* A process has one Pango. Written under the lock, and before anyone has fonts; only read after that. */
static loaded_pango *only(void) {
    static loaded_pango loaded;
    return &loaded;
}

bool okrug_pango_load(char reason[OKRUG_LIBRARY_REASON]) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    loaded_pango *loaded = only();
    pthread_mutex_lock(&lock);
    if (!loaded->tried) {
        load(loaded);
    }
    pthread_mutex_unlock(&lock);
    memcpy(reason, loaded->reason, OKRUG_LIBRARY_REASON);
    return loaded->there;
}

const okrug_pango *okrug_pango_loaded(void) {
    return &only()->pango;
}
