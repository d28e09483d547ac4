/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables that come with the program.
 */
#include "engine/standard.h"

#include <string.h>

/* X(analysis, input, file without ending, the same as a symbol); a new one is a file data/law/NAME.csv. */
#define STANDARDS(X)                                                                                                   \
    X("support", "measures", "measures", measures)                                                                     \
    X("support", "terms", "measure-terms", measure_terms)

#define X(analysis, input, file, symbol)                                                                               \
    extern const char okrug_embedded_data_law_##symbol##_csv[], okrug_embedded_data_law_##symbol##_csv_end[];
STANDARDS(X)
#undef X

static const okrug_standard standards[] = {
#define X(analysis, input, file, symbol)                                                                               \
    {analysis, input, "data/law/" file ".csv", okrug_embedded_data_law_##symbol##_csv,                                 \
     okrug_embedded_data_law_##symbol##_csv_end},
    STANDARDS(X)
#undef X
};

const okrug_standard *okrug_standard_find(const char *analysis, const char *input) {
    for (size_t i = 0; i < sizeof standards / sizeof *standards; i++) {
        if (strcmp(standards[i].analysis, analysis) == 0 && strcmp(standards[i].input, input) == 0) {
            return &standards[i];
        }
    }
    return NULL;
}
