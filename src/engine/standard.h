/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables that come with the program (data/law) and stand for an input that is not given.
 */
#ifndef OKRUG_ENGINE_STANDARD_H
#define OKRUG_ENGINE_STANDARD_H

#include <stddef.h>

typedef struct okrug_standard {
    const char *analysis, *input; /* whose input it stands for */
    const char *name;             /* "data/law/measures.csv" */
    const char *begin, *end;
} okrug_standard;

/* NULL: that input has none. */
const okrug_standard *okrug_standard_find(const char *analysis, const char *input);

#endif
