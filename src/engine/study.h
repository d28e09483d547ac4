/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the study runner share.
 */
#ifndef OKRUG_ENGINE_STUDY_H
#define OKRUG_ENGINE_STUDY_H

#include "engine/engine_private.h"
#include "engine/yaml.h"

/* A mapping of options as the command line would have them: a list repeats the option, a mapping gives name=text.
 * Keys in `skip` (ended by NULL) are left out. Scratch memory. */
okrug_status okrug_study_options(okrug_ctx *ctx, const okrug_node *map, const char *const *skip,
                                 okrug_options *options);

/* A dataset with one table per finding of the list; the name of a table is its title in that language. */
okrug_status okrug_study_findings(okrug_ctx *ctx, okrug_store *store, const okrug_node *list, const char *labels,
                                  const char *language, okrug_dataset **findings);

#endif
