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

/* Splits `text` where an input's name and then `mark` begin it: "reference.industry" is "industry" of "reference". What
 * begins with no input's name is whole, and of the first input. */
static void split_input(const okrug_analysis *analysis, const char *text, char mark, const char **input,
                        const char **rest) {
    *input = "input";
    *rest = text;
    const char *end = strchr(text, mark);
    for (int i = 0; end != NULL && analysis != NULL && i < analysis->input_count; i++) {
        const char *name = analysis->inputs[i].name;
        if (strlen(name) == (size_t)(end - text) && strncmp(name, text, (size_t)(end - text)) == 0) {
            *input = name;
            *rest = end + 1;
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
    const char *left = okrug_text(ctx, "%.*s", (int)(equals - option->value), option->value);
    split_input(analysis, left, '.', &binding->input, &binding->name);
    binding->text = equals + 1;
    return OKRUG_OK;
}

/* ---- How a file is written ---- */

static int64_t read_row(const char *text, size_t length) {
    double value = 0.0;
    bool whole = okrug_number_read(text, length, &value) && value >= 1 && value <= 1e6;
    return whole && value == (double)(int64_t)value ? (int64_t)value : 0;
}

/* A row, or the first and the last of several. */
static okrug_status take_header_row(okrug_ctx *ctx, const okrug_option *option, okrug_reading *reading) {
    enum { MOST = 20 };
    const char *dash = strchr(option->value, '-');
    size_t length = dash == NULL ? strlen(option->value) : (size_t)(dash - option->value);
    int64_t first = read_row(option->value, length), last = dash == NULL ? 0 : read_row(dash + 1, strlen(dash + 1));
    if (first == 0 || (dash != NULL && (last <= first || last - first >= MOST))) {
        return bad_value(ctx, option, "1, 2, 3 ..., 2-3");
    }
    reading->header_row = first;
    reading->header_last = last;
    return OKRUG_OK;
}

static okrug_status take_delimiter(okrug_ctx *ctx, const okrug_option *option, okrug_reading *reading) {
    if (strcmp(option->value, "tab") == 0) {
        reading->delimiter = '\t';
    } else if (strlen(option->value) == 1 && strchr(";,\t|", option->value[0]) != NULL) {
        reading->delimiter = option->value[0];
    } else {
        return bad_value(ctx, option, "; , | tab");
    }
    return OKRUG_OK;
}

static okrug_status take_decimal(okrug_ctx *ctx, const okrug_option *option, okrug_reading *reading) {
    if (strcmp(option->value, ",") != 0 && strcmp(option->value, ".") != 0) {
        return bad_value(ctx, option, ", .");
    }
    reading->decimal = option->value[0];
    return OKRUG_OK;
}

static okrug_status take_blank(okrug_ctx *ctx, const okrug_option *option, okrug_reading *reading) {
    return okrug_reason_find(option->value, &reading->blank) && reading->blank != OKRUG_PRESENT
               ? OKRUG_OK
               : bad_value(ctx, option, "zero-or-suppressed, not-collected, structural-zero, suppressed");
}

static okrug_status take_encoding(okrug_ctx *ctx, const okrug_option *option, okrug_reading *reading) {
    (void)ctx; /* the reader knows the names of encodings */
    reading->encoding = option->value;
    return OKRUG_OK;
}

static okrug_status take_suppressed(okrug_ctx *ctx, const okrug_option *option, okrug_reading *reading) {
    (void)ctx;
    reading->suppressed = option->value;
    return OKRUG_OK;
}

/* Options that each input can have for itself. */
static const struct {
    const char *name;
    okrug_status (*take)(okrug_ctx *ctx, const okrug_option *option, okrug_reading *reading);
} form_options[] = {{"header-row", take_header_row}, {"encoding", take_encoding}, {"delimiter", take_delimiter},
                    {"decimal", take_decimal},       {"blank", take_blank},       {"suppressed", take_suppressed}};

static int find_form(const char *name) {
    for (int i = 0; i < OKRUG_COUNT_OF(form_options); i++) {
        if (strcmp(form_options[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

bool okrug_reading_repeats(const char *option) {
    return strcmp(option, "map") == 0 || strcmp(option, "where") == 0 || find_form(option) >= 0;
}

static okrug_status take_form(okrug_ctx *ctx, okrug_reading *reading, const okrug_analysis *analysis,
                              const okrug_option *option, int form, int options) {
    okrug_binding binding = {.name = option->name};
    split_input(analysis, option->value, '=', &binding.input, &binding.text);
    for (int i = 0; i < reading->forms; i++) {
        if (strcmp(reading->form[i].input, binding.input) == 0 && strcmp(reading->form[i].name, binding.name) == 0) {
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "option-twice", NULL, "option", option->name, (char *)NULL);
        }
    }
    bool first = strcmp(binding.input, "input") == 0;
    okrug_reading checked = {0};
    OKRUG_TRY(form_options[form].take(ctx, &(okrug_option){option->name, binding.text}, first ? reading : &checked));
    if (reading->form == NULL) {
        reading->form = OKRUG_SCRATCH(ctx, options, okrug_binding);
        if (reading->form == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    reading->form[reading->forms++] = binding;
    return OKRUG_OK;
}

okrug_reading okrug_reading_of(const okrug_reading *reading, const char *input) {
    okrug_reading own = *reading;
    if (strcmp(input, "input") == 0) {
        return own;
    }
    own.header_row = 0;
    own.header_last = 0;
    own.encoding = NULL;
    own.delimiter = 0;
    own.decimal = 0;
    own.blank = OKRUG_PRESENT;
    own.suppressed = NULL;
    for (int i = 0; i < reading->forms; i++) {
        const okrug_binding *said = &reading->form[i];
        if (strcmp(said->input, input) == 0) {
            /* Checked when it was taken: it cannot fail, so there is no context to tell. */
            form_options[find_form(said->name)].take(NULL, &(okrug_option){said->name, said->text}, &own);
        }
    }
    return own;
}

/* ---- All of them ---- */

okrug_status okrug_reading_take(okrug_ctx *ctx, okrug_reading *reading, const okrug_analysis *analysis,
                                const okrug_option *option, int options, bool *taken) {
    *taken = true;
    const char *name = option->name;
    int form = find_form(name);
    if (form >= 0) {
        return take_form(ctx, reading, analysis, option, form, options);
    }
    if (strcmp(name, "map") == 0) {
        return add_binding(ctx, analysis, option, options, &reading->map, &reading->maps);
    }
    if (strcmp(name, "where") == 0) {
        return add_binding(ctx, analysis, option, options, &reading->where, &reading->wheres);
    }
    if (strcmp(name, "unit") == 0) {
        reading->unit_given = true;
        return okrug_unit_find(option->value, &reading->unit)
                   ? OKRUG_OK
                   : bad_value(ctx, option, "person, thousand-persons, count, rub, thousand-rub, million-rub ...");
    }
    *taken = false;
    return OKRUG_OK;
}
