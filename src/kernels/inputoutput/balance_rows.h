/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What RAS does to rows of a table, by the widest vectors of the processor; the same bytes by all of them.
 */
#ifndef OKRUG_INPUTOUTPUT_BALANCE_ROWS_H
#define OKRUG_INPUTOUTPUT_BALANCE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

/* Rows that are added to the columns together. */
enum { OKRUG_BALANCE_ABREAST = 4 };

/* The sum of a[j] s[j]. */
double okrug_balance_row_sum(int64_t n, const double *a, const double *s);
/* column[j] += a[j] r[0], then the next row (a + n) with r[1], and so on. */
void okrug_balance_add_rows(int64_t n, const double *a, const double *r, double *column);

/* The same by vectors of 2 or 4 numbers; false, and nothing is done, where the processor has none so wide. Tests
 * compare them. */
bool okrug_balance_row_sum_by(int lanes, int64_t n, const double *a, const double *s, double *sum);
bool okrug_balance_add_rows_by(int lanes, int64_t n, const double *a, const double *r, double *column);

#endif
