/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is made up is marked in everything that is made of it: a column of the input, `"synthetic":true` in provenance,
 * a warning with the result.
 */
#include <string.h>

#include "engine/engine_private.h"

const char okrug_mark_name[] = "synthetic";

/* Not where it is a role, is mapped to one, or all columns are kept anyway. */
bool okrug_wants_mark(const okrug_input *input, const okrug_reading *reading) {
    bool wants = input->shape == OKRUG_SHAPE_TIDY && !reading->keep_others;
    for (int i = 0; i < input->role_count; i++) {
        wants = wants && strcmp(input->roles[i].name, okrug_mark_name) != 0;
    }
    for (int i = 0; i < reading->maps; i++) {
        wants = wants &&
                (strcmp(reading->map[i].input, input->name) != 0 || strcmp(reading->map[i].text, okrug_mark_name) != 0);
    }
    return wants;
}

bool okrug_is_synthetic(const okrug_loaded *loaded) {
    const okrug_column *mark = okrug_table_column(loaded->table, okrug_mark_name);
    if (mark == NULL || mark->type != OKRUG_TEXT) {
        return loaded->provenance != NULL && strstr(loaded->provenance, "\"synthetic\":true") != NULL;
    }
    for (int64_t row = 0; row < loaded->table->rows; row++) {
        const char *text = okrug_text_at(mark, row);
        if (text != NULL && strcmp(text, "yes") == 0) {
            return true;
        }
    }
    return false;
}

void okrug_tell_synthetic(okrug_ctx *ctx, const okrug_analysis *analysis, const okrug_loaded *loaded) {
    const char *made = "";
    for (int i = 0; i < analysis->input_count; i++) {
        bool told = !loaded[i].synthetic;
        for (int r = 0; r < analysis->inputs[i].role_count; r++) {
            told = told || strcmp(analysis->inputs[i].roles[r].name, okrug_mark_name) == 0;
        }
        made = told ? made : okrug_text_listed(ctx, made, analysis->inputs[i].name);
    }
    if (made[0] != '\0') {
        okrug_warn(ctx, "input-synthetic", NULL, "inputs", made, (char *)NULL);
    }
}
