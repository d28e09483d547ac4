/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows that hold for some days only, and the days themselves. A day is text, YYYY-MM-DD: two days compare as texts.
 */
#ifndef OKRUG_DATED_H
#define OKRUG_DATED_H

#include <okrug/dataset.h>
#include <okrug/role.h>

/* Whether the row holds on that day: not before `from`, not after `to`, both within; an empty cell, or no such column,
 * is no bound. */
bool okrug_dated_holds(const okrug_column *from, const okrug_column *to, int64_t row, const char *date);

/* A fault ("dated-backwards") for each row that ends before it begins. OKRUG_BAD_INPUT. */
okrug_status okrug_dated_check(okrug_ctx *ctx, const okrug_table *table, const okrug_column *from,
                               const okrug_column *to);

/* For registers of many rows, of which a few may be wrong: a warning ("rows-backwards") with how many rows end
 * (`until`) before they begin (`since`), at the first of them. Such a row holds on no day. */
void okrug_dated_warn(okrug_ctx *ctx, const okrug_table *table);

/* Fills `day` with the normal form of a text; false: it is no day. */
bool okrug_date_read(const char *text, char day[OKRUG_DOMAIN_TEXT]);
/* The text of an option as a day, in scratch memory. OKRUG_BAD_USAGE ("bad-day"), OKRUG_NO_MEMORY. */
okrug_status okrug_date_take(okrug_ctx *ctx, const char *option, const char *text, const char **date);

/* Days from 1970-01-01 on, in the Gregorian calendar; `date` is in its normal form. */
int64_t okrug_date_days(const char *date);
/* Whole years from one day to the same day of a later year, the part of a year that is left in days / 366: 5 exactly on
 * the fifth anniversary, and more on the day after it. A term that began on 29 February ends on the last of the month
 * where the year has no such day (Civil Code of Russia, article 192). */
double okrug_date_anniversaries(const char *from, const char *to);

#endif
