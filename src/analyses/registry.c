/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of analyses, and defaults from a descriptor.
 */
#include <string.h>

#include "analyses/analysis.h"
#include "analyses/list.h"

#define OKRUG_X(name, subject) &okrug_analysis_##name,
const okrug_analysis *const okrug_analyses[] = {OKRUG_ANALYSIS_LIST(OKRUG_X) NULL};
#undef OKRUG_X

#define OKRUG_X(name, subject) #subject,
static const char *const subjects[] = {OKRUG_ANALYSIS_LIST(OKRUG_X)};
#undef OKRUG_X

const char *okrug_analysis_subject(const okrug_analysis *analysis) {
    int place = 0;
    while (okrug_analyses[place] != analysis) {
        place++;
    }
    return subjects[place];
}

const okrug_analysis *okrug_analysis_find(const char *id) {
    for (int i = 0; okrug_analyses[i] != NULL; i++) {
        if (strcmp(okrug_analyses[i]->id, id) == 0) {
            return okrug_analyses[i];
        }
    }
    return NULL;
}

void okrug_parameters_default(const okrug_analysis *analysis, void *parameters) {
    memset(parameters, 0, analysis->parameter_size);
    for (int i = 0; i < analysis->parameter_count; i++) {
        const okrug_parameter *parameter = &analysis->parameters[i];
        char *field = (char *)parameters + parameter->offset;
        if (parameter->kind == OKRUG_PARAMETER_REAL) {
            memcpy(field, &parameter->fallback, sizeof(double));
        } else if (parameter->kind == OKRUG_PARAMETER_INTEGER) {
            int64_t whole = (int64_t)parameter->fallback;
            memcpy(field, &whole, sizeof whole);
        }
    }
}
