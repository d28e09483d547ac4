/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of periods in time.
 */
#include "analyses/periods.h"

#include <string.h>

#include <okrug/number.h>

bool okrug_periods_are_numbers(const okrug_panels *panels) {
    for (int64_t k = 0; k < panels->count; k++) {
        double value = 0.0;
        if (!okrug_number_read(panels->panel[k].period, strlen(panels->panel[k].period), &value)) {
            return false;
        }
    }
    return true;
}

int okrug_periods_compare(const char *a, const char *b, bool numbers) {
    double x = 0.0;
    double y = 0.0;
    if (numbers && okrug_number_read(a, strlen(a), &x) && okrug_number_read(b, strlen(b), &y)) {
        return (x > y) - (x < y);
    }
    return strcmp(a, b);
}

okrug_status okrug_periods_in_order(okrug_ctx *ctx, const okrug_panels *panels, int64_t **order) {
    bool numbers = okrug_periods_are_numbers(panels);
    *order = OKRUG_SCRATCH(ctx, panels->count, int64_t);
    if (*order == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < panels->count; k++) { /* by insertion: periods are few, and often in order */
        int64_t at = k;
        while (at > 0 &&
               okrug_periods_compare(panels->panel[(*order)[at - 1]].period, panels->panel[k].period, numbers) > 0) {
            (*order)[at] = (*order)[at - 1];
            at--;
        }
        (*order)[at] = k;
    }
    return OKRUG_OK;
}
