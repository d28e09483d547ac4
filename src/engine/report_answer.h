/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the first page share.
 */
#ifndef OKRUG_ENGINE_REPORT_ANSWER_H
#define OKRUG_ENGINE_REPORT_ANSWER_H

#include "engine/report_make.h"

enum { GROUPS_TOLD = 4 };

/* The number of a cell; NaN where there is none. `column` may be NULL. */
/* A name in the middle of a sentence: its first letter small, unless it begins an abbreviation. */
const char *okrug_answer_in_sentence(okrug_making *m, const char *name);
const char *okrug_answer_strong(okrug_making *m, const char *text);
const char *okrug_answer_whole(okrug_making *m, int64_t count);

okrug_status okrug_answer_multipliers(okrug_making *m, const okrug_table *table, const char *dimension);
okrug_status okrug_answer_first_rows(okrug_making *m);

#endif
