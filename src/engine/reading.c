/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Options that say how to read a file: mapping, filters, encoding, marks.
 */
#include <string.h>

#include "engine/engine_private.h"

const char *const okrug_reading_options[] = {"map",     "where", "header-row", "encoding", "delimiter",
                                             "decimal", "blank", "suppressed", "unit",     NULL};

static okrug_status bad_value(okrug_ctx *ctx, const okrug_option *option, const char *expected) {
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", option->name, "value", option->value,
                      "expected", expected, (char *)NULL);
}

/* "reference.industry" -> the input "reference" and "industry"; a name whose part before the dot is no input is whole.
 */
static void split_input(okrug_ctx *ctx, const okrug_analysis *analysis, const char *text, okrug_binding *binding) {
    binding->input = "input";
    binding->name = text;
    const char *dot = strchr(text, '.');
    for (int i = 0; dot != NULL && analysis != NULL && i < analysis->input_count; i++) {
        const char *name = analysis->inputs[i].name;
        if (strlen(name) == (size_t)(dot - text) && strncmp(name, text, (size_t)(dot - text)) == 0) {
            binding->input = okrug_text(ctx, "%s", name);
            binding->name = dot + 1;
        }
    }
}

static okrug_status add_binding(okrug_ctx *ctx, const okrug_analysis *analysis, const okrug_option *option, int most,
                                okrug_binding **list, int *count) {
    const char *equals = strchr(option->value, '=');
    if (equals == NULL || equals == option->value) {
        return bad_value(ctx, option, "name=text");
    }
    if (*list == NULL) {
        *list = OKRUG_SCRATCH(ctx, most, okrug_binding);
        if (*list == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    okrug_binding *binding = &(*list)[(*count)++];
    split_input(ctx, analysis, okrug_text(ctx, "%.*s", (int)(equals - option->value), option->value), binding);
    binding->text = equals + 1;
    return OKRUG_OK;
}

static okrug_status take_header_row(okrug_ctx *ctx, const okrug_option *option, int64_t *row) {
    double value = 0.0;
    if (!okrug_number_read(option->value, strlen(option->value), &value) || value < 1 || value > 1e6 ||
        value != (double)(int64_t)value) {
        return bad_value(ctx, option, "1, 2, 3 ...");
    }
    *row = (int64_t)value;
    return OKRUG_OK;
}

static okrug_status take_delimiter(okrug_ctx *ctx, const okrug_option *option, char *delimiter) {
    if (strcmp(option->value, "tab") == 0) {
        *delimiter = '\t';
    } else if (strlen(option->value) == 1 && strchr(";,\t|", option->value[0]) != NULL) {
        *delimiter = option->value[0];
    } else {
        return bad_value(ctx, option, "; , tab");
    }
    return OKRUG_OK;
}

okrug_status okrug_reading_take(okrug_ctx *ctx, okrug_reading *reading, const okrug_analysis *analysis,
                                const okrug_option *option, int options, bool *taken) {
    *taken = true;
    const char *name = option->name;
    if (strcmp(name, "map") == 0) {
        return add_binding(ctx, analysis, option, options, &reading->map, &reading->maps);
    }
    if (strcmp(name, "where") == 0) {
        return add_binding(ctx, analysis, option, options, &reading->where, &reading->wheres);
    }
    if (strcmp(name, "header-row") == 0) {
        return take_header_row(ctx, option, &reading->header_row);
    }
    if (strcmp(name, "delimiter") == 0) {
        return take_delimiter(ctx, option, &reading->delimiter);
    }
    if (strcmp(name, "decimal") == 0) {
        if (strcmp(option->value, ",") != 0 && strcmp(option->value, ".") != 0) {
            return bad_value(ctx, option, ", .");
        }
        reading->decimal = option->value[0];
        return OKRUG_OK;
    }
    if (strcmp(name, "blank") == 0) {
        return okrug_reason_find(option->value, &reading->blank) && reading->blank != OKRUG_PRESENT
                   ? OKRUG_OK
                   : bad_value(ctx, option, "zero-or-suppressed, not-collected, structural-zero, suppressed");
    }
    if (strcmp(name, "unit") == 0) {
        reading->unit_given = true;
        return okrug_unit_find(option->value, &reading->unit)
                   ? OKRUG_OK
                   : bad_value(ctx, option, "person, thousand-persons, count, rub, thousand-rub, million-rub ...");
    }
    if (strcmp(name, "encoding") == 0) {
        reading->encoding = option->value;
    } else if (strcmp(name, "suppressed") == 0) {
        reading->suppressed = option->value;
    } else {
        *taken = false;
    }
    return OKRUG_OK;
}
