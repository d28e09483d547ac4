/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A way back out of GLPK, which otherwise ends the program.
 */
#ifndef OKRUG_OPTIMISE_GUARD_H
#define OKRUG_OPTIMISE_GUARD_H

#include <okrug/status.h>

typedef okrug_status okrug_guarded_fn(void *user);

/* Calls `work` in an environment of its own; whatever it left in the library's hands is freed with it. OKRUG_NO_MEMORY
 * or OKRUG_DEFECT where the library gave up, else what `work` says. */
okrug_status okrug_guarded(okrug_guarded_fn *work, void *user);

#endif
