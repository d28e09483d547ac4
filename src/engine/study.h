/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the study runner share.
 */
#ifndef OKRUG_ENGINE_STUDY_H
#define OKRUG_ENGINE_STUDY_H

#include "engine/engine_private.h"
#include "engine/yaml.h"

/* OKRUG_BAD_INPUT with a fault for everything of the study file that is not as it must be: kinds of nodes, keys, names
 * that cannot be names or are there twice. */
okrug_status okrug_study_check(okrug_ctx *ctx, const okrug_node *root);

/* A mapping of options as the command line would have them: a list repeats the option, a mapping gives name=text.
 * Keys in `skip` (ended by NULL) are left out. Scratch memory. */
okrug_status okrug_study_options(okrug_ctx *ctx, const okrug_node *map, const char *const *skip,
                                 okrug_options *options);

/* A dataset with one table per finding of the list, in that order; the name of a table is its title in that language. A
 * fault for every column that is not there or cannot do what is asked of it. */
okrug_status okrug_study_findings(okrug_ctx *ctx, okrug_store *store, const okrug_node *list, const char *labels,
                                  const char *language, okrug_dataset **findings);

/* The name of a code of that dimension in a dataset of labels; the code itself where there is none. `labels` and
 * `dimension` may be NULL. */
const char *okrug_study_label(const okrug_table *labels, const char *dimension, const char *code, const char *language);

#endif
