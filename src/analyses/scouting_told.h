/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the readers of `scouting` have to know of its tables before they trust its rows.
 */
#ifndef OKRUG_ANALYSES_SCOUTING_TOLD_H
#define OKRUG_ANALYSES_SCOUTING_TOLD_H

#include "analyses/scouting_case.h"

void okrug_scouting_tell(okrug_ctx *ctx, const okrug_scouting_tables *tables, const okrug_scouting *s);

#endif
