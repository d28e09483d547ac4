/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of a repair.
 */
#ifndef OKRUG_ANALYSES_REPAIR_WRITE_H
#define OKRUG_ANALYSES_REPAIR_WRITE_H

#include "analyses/repair_case.h"

enum { OKRUG_REPAIR_CRITERIA, OKRUG_REPAIR_CHANGES, OKRUG_REPAIR_PROOF, OKRUG_REPAIR_TABLES };
extern const okrug_output okrug_repair_outputs[OKRUG_REPAIR_TABLES];

const char *okrug_repair_criterion(const okrug_rule_set *set, int64_t c); /* its name */
double okrug_repair_deal_cost(const okrug_repair_case *rc, int64_t k);    /* of that deal */

/* What was chosen and `after` it; `asked`: criteria; `ruled`: whether any rule asks for one of them. */
okrug_status okrug_repair_write(okrug_ctx *ctx, const okrug_repair_case *rc, const okrug_case *after,
                                const uint8_t *asked, bool ruled, okrug_dataset *result);

#endif
