/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums that rows or columns of a table are to have, from a file of codes and values.
 */
#ifndef OKRUG_ANALYSES_TOTALS_H
#define OKRUG_ANALYSES_TOTALS_H

#include "analyses/analysis.h"

#define OKRUG_TOTAL_ROLES                                                                                              \
    {"code", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE}, {                                              \
        "value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_OWN                                        \
    }

/* total[i] for each of `count` codes, and whether it was there. A total that is missing is not there. OKRUG_BAD_INPUT
 * ("total-without-row") for every code of the file that is none of them. */
okrug_status okrug_totals_read(okrug_ctx *ctx, const okrug_table *file, const char *const *code, int64_t count,
                               double *total, bool *there);
/* OKRUG_BAD_INPUT "no-total": this code has none. */
okrug_status okrug_no_total(okrug_ctx *ctx, const char *file, const char *code);

#endif
