/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which columns of registers and of the registry name rows of another table: the code of a firm, a cluster, a project.
 */
#ifndef OKRUG_ENGINE_REFERENCES_H
#define OKRUG_ENGINE_REFERENCES_H

#include "engine/kinds.h"
#include "store/store.h"

/* The kind of table whose rows that column of that kind names ("firms" of supplier in contracts); NULL: none. */
const char *okrug_reference_of(const okrug_kind *kind, const char *column);

#endif
