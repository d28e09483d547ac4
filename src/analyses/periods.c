/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of periods in time.
 */
#include "analyses/periods.h"

#include <string.h>

#include <okrug/dated.h>
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

static const double LONGEST_MONTH = 31.0;

/* Digits from `text` on, exactly `count`; -1: others. */
static long digits_of(const char *text, int count) {
    long number = 0;
    for (int k = 0; k < count; k++) {
        if (text[k] < '0' || text[k] > '9') {
            return -1;
        }
        number = 10 * number + (text[k] - '0');
    }
    return number;
}

/* YYYYMM or YYYYMMDD, which would else be a number of years. */
static bool in_one_run(const char *period, double *years) {
    size_t length = strlen(period);
    long year = digits_of(period, 4), month = length >= 6 ? digits_of(period + 4, 2) : -1;
    long day = length == 8 ? digits_of(period + 6, 2) : 1;
    bool told = (length == 6 || length == 8) && year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    *years = told ? (double)year + ((double)(month - 1) + (double)(day - 1) / LONGEST_MONTH) / 12.0 : *years;
    return told;
}

bool okrug_period_years(const char *period, double *years) {
    char day[OKRUG_DOMAIN_TEXT];
    if (in_one_run(period, years) || okrug_number_read(period, strlen(period), years)) {
        return true;
    }
    if (okrug_date_read(period, day)) {
        const char run[9] = {day[0], day[1], day[2], day[3], day[5], day[6], day[8], day[9], '\0'};
        return in_one_run(run, years);
    }
    long year = strlen(period) >= 6 ? digits_of(period, 4) : -1;
    if (year < 0) {
        return false;
    }
    const char *rest = period + 4;
    rest += *rest == '-' || *rest == ' ';
    if ((*rest == 'Q' || *rest == 'q') && rest[1] >= '1' && rest[1] <= '4' && rest[2] == '\0') {
        *years = (double)year + (double)(rest[1] - '1') / 4.0;
        return true;
    }
    long month = period[4] == '-' && strlen(period) == 7 ? digits_of(period + 5, 2) : -1;
    *years = (double)year + (double)(month - 1) / 12.0;
    return month >= 1 && month <= 12;
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
