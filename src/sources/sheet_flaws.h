/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the library that reads workbooks does not tell of a sheet's cells: whether a long row of digits, or what may be
 * a code with a dot, was stored as a number, and where a formula has no value.
 */
#ifndef OKRUG_SOURCES_SHEET_FLAWS_H
#define OKRUG_SOURCES_SHEET_FLAWS_H

#include "sources/ogr.h"

typedef enum {
    OKRUG_FLAW_NONE,
    OKRUG_FLAW_ROUNDED,  /* a whole number of 16 digits or more: Excel keeps 15 and puts zeros for the rest */
    OKRUG_FLAW_NO_VALUE, /* a formula that no program has computed yet */
    OKRUG_FLAW_TRIMMED   /* a number such as 25.1 or 1.11: as a code it may have been 25.10 or 01.11 */
} okrug_flaw;

typedef struct {
    int64_t *cell; /* sorted; place and flaw in one number */
    int64_t count;
    int64_t room;
} okrug_sheet_flaws;

/* Looks through the sheet that the library has as its layer number `layer`; of an .ods only for TRIMMED. What cannot be
 * found through the members that the library goes by has no flaws. OKRUG_NO_MEMORY, OKRUG_CANCELLED. Cost: unpacks the
 * sheet. Free it in any case. */
okrug_status okrug_sheet_flaws_find(okrug_ctx *ctx, okrug_ogr *ogr, const char *path, int layer, bool opendocument,
                                    okrug_sheet_flaws *flaws);
void okrug_sheet_flaws_free(okrug_sheet_flaws *flaws);

/* `row` from 1, `column` from 0. Cost: a binary search. */
okrug_flaw okrug_sheet_flaw(const okrug_sheet_flaws *flaws, int64_t row, int column);

#endif
