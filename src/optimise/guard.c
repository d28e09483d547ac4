/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where GLPK is at its wits' end it calls a hook and then abort(): the hook leaves by longjmp, and the environment,
 * which is the thread's own, is freed with all that was in it. What it would print is swallowed.
 */
#include "optimise/guard.h"

#include <glpk.h>
#include <setjmp.h>
#include <stdbool.h>
#include <string.h>

typedef struct {
    jmp_buf back;
    bool memory; /* what it complained of */
} guard;

static void leave(void *info) {
    guard *g = info;
    longjmp(g->back, 1); /* NOLINT(cert-err52-cpp): the only way out that the library leaves */
}

static int swallow(void *info, const char *text) {
    guard *g = info;
    g->memory = g->memory || strstr(text, "no memory available") != NULL;
    return 1;
}

okrug_status okrug_guarded(okrug_guarded_fn *work, void *user) {
    guard g = {.memory = false};
    if (glp_init_env() == 2) {
        return OKRUG_NO_MEMORY;
    }
    if (setjmp(g.back) != 0) { /* NOLINT(cert-err52-cpp) */
        glp_free_env();
        return g.memory ? OKRUG_NO_MEMORY : OKRUG_DEFECT;
    }
    glp_error_hook(leave, &g);
    glp_term_hook(swallow, &g);
    okrug_status status = work(user);
    glp_free_env();
    return status;
}
