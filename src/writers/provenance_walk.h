/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Provenance (JSON) as paths ("inputs.1.sha256") with their values as texts, in order.
 */
#ifndef OKRUG_WRITERS_PROVENANCE_WALK_H
#define OKRUG_WRITERS_PROVENANCE_WALK_H

#include <okrug/text.h>

typedef void okrug_provenance_fn(void *user, const char *path, const char *value);

/* Nothing where the text is no JSON. OKRUG_NO_MEMORY. */
okrug_status okrug_provenance_walk(const char *provenance, okrug_provenance_fn *take, void *user);

#endif
