/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checks options against a descriptor: the same for the command line, study files and forms.
 */
#include "engine/parameters.h"

#include <string.h>

#include <okrug/number.h>

okrug_status okrug_analysis_named(okrug_ctx *ctx, const char *id, const okrug_analysis **analysis) {
    *analysis = okrug_analysis_find(id);
    if (*analysis != NULL) {
        return OKRUG_OK;
    }
    const char *known = "";
    for (int i = 0; okrug_analyses[i] != NULL; i++) {
        known = okrug_text_listed(ctx, known, okrug_analyses[i]->id);
    }
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-analysis", NULL, "analysis", id, "known", known, (char *)NULL);
}

const okrug_parameter *okrug_parameter_find(const okrug_analysis *analysis, const char *name) {
    for (int i = 0; i < analysis->parameter_count; i++) {
        if (strcmp(analysis->parameters[i].name, name) == 0) {
            return &analysis->parameters[i];
        }
    }
    return NULL;
}

static int find_input(const okrug_analysis *analysis, const char *name) {
    for (int i = 1; i < analysis->input_count; i++) {
        if (strcmp(analysis->inputs[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

/* Keeps the candidate in `best` where it is nearer to the name than what was nearest so far. */
static void consider(const char *candidate, const char *name, size_t *least, const char **best) {
    size_t d = okrug_text_distance(candidate, name);
    if (d < *least) {
        *least = d;
        *best = candidate;
    }
}

static const char *nearest_name(const okrug_analysis *analysis, const char *name) {
    const char *best = NULL;
    size_t least = 4;
    for (int i = 0; i < analysis->parameter_count; i++) {
        consider(analysis->parameters[i].name, name, &least, &best);
    }
    for (int i = 1; i < analysis->input_count; i++) {
        consider(analysis->inputs[i].name, name, &least, &best);
    }
    for (int i = 0; okrug_reading_options[i] != NULL; i++) {
        consider(okrug_reading_options[i], name, &least, &best);
    }
    consider("vary", name, &least, &best);
    consider("columns", name, &least, &best);
    return best;
}

static okrug_status bad_value(okrug_ctx *ctx, const okrug_option *option, const char *expected) {
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", option->name, "value", option->value,
                      "expected", expected, (char *)NULL);
}

/* What a number that is not admitted was meant to be, as people write it: 0,16 and 16 % for 0.16. */
static okrug_status bad_number(okrug_ctx *ctx, const okrug_parameter *parameter, const okrug_option *option,
                               const char *range) {
    const okrug_number_style comma = {.decimal = ','};
    size_t length = strlen(option->value);
    bool percent = length > 1 && option->value[length - 1] == '%';
    length -= percent;
    double value = 0.0;
    bool dotted = okrug_number_read(option->value, length, &value);
    if (!dotted && !okrug_number_read_styled(option->value, length, comma, &value)) {
        return bad_value(ctx, option, range);
    }
    bool share = parameter->unit == OKRUG_UNIT_SHARE && parameter->maximum <= 1.0;
    bool hundredths = share && (percent || value > 1.0);
    double meant = hundredths ? value / 100.0 : value;
    if ((percent && !share) || (dotted && !hundredths) || meant < parameter->minimum || meant > parameter->maximum) {
        return bad_value(ctx, option, range);
    }
    return okrug_fail(ctx, OKRUG_BAD_USAGE, hundredths ? "option-in-percent" : "option-with-comma", NULL, "option",
                      option->name, "value", option->value, "percent", okrug_text_number(ctx, value), "meant",
                      okrug_text_number(ctx, meant), (char *)NULL);
}

static okrug_status take_number(okrug_ctx *ctx, const okrug_parameter *parameter, const okrug_option *option,
                                char *field) {
    const char *range = okrug_text(ctx, "%s ... %s", okrug_text_number(ctx, parameter->minimum),
                                   okrug_text_number(ctx, parameter->maximum));
    double value = 0.0;
    if (!okrug_number_read(option->value, strlen(option->value), &value) || value < parameter->minimum ||
        value > parameter->maximum) {
        return bad_number(ctx, parameter, option, range);
    }
    if (parameter->kind == OKRUG_PARAMETER_REAL) {
        memcpy(field, &value, sizeof value);
        return OKRUG_OK;
    }
    int64_t whole = (int64_t)value;
    if ((double)whole != value) {
        return bad_value(ctx, option, range);
    }
    memcpy(field, &whole, sizeof whole);
    return OKRUG_OK;
}

static okrug_status take_choice(okrug_ctx *ctx, const okrug_parameter *parameter, const okrug_option *option,
                                char *field) {
    int place = 0;
    const char *choice = parameter->choices;
    while (choice != NULL) {
        size_t length = strcspn(choice, "|");
        if (strlen(option->value) == length && strncmp(choice, option->value, length) == 0) {
            memcpy(field, &place, sizeof place);
            return OKRUG_OK;
        }
        choice = choice[length] == '|' ? choice + length + 1 : NULL;
        place++;
    }
    return bad_value(ctx, option, parameter->choices);
}

/* Room for a repeated option is made once, for as many as there are options. */
static okrug_status take_texts(okrug_ctx *ctx, const okrug_option *option, int most, char *field) {
    okrug_texts texts;
    memcpy(&texts, field, sizeof texts);
    const char **list = NULL;
    if (texts.count == 0) {
        list = OKRUG_SCRATCH(ctx, most, const char *);
        if (list == NULL) {
            return OKRUG_NO_MEMORY;
        }
        texts.text = list;
    } else {
        memcpy(&list, &texts.text, sizeof(list));
    }
    list[texts.count++] = option->value;
    memcpy(field, &texts, sizeof texts);
    return OKRUG_OK;
}

okrug_status okrug_parameter_take(okrug_ctx *ctx, const okrug_parameter *parameter, const okrug_option *option,
                                  int most, void *parameters) {
    char *field = (char *)parameters + parameter->offset;
    switch (parameter->kind) {
    case OKRUG_PARAMETER_REAL:
    case OKRUG_PARAMETER_INTEGER:
        return take_number(ctx, parameter, option, field);
    case OKRUG_PARAMETER_CHOICE:
        return take_choice(ctx, parameter, option, field);
    case OKRUG_PARAMETER_TEXTS:
        return take_texts(ctx, option, most, field);
    case OKRUG_PARAMETER_TEXT:
        break;
    }
    memcpy(field, &option->value, sizeof option->value);
    return OKRUG_OK;
}

static bool given_before(const okrug_options *options, int i) {
    for (int k = 0; k < i; k++) {
        if (strcmp(options->option[k].name, options->option[i].name) == 0) {
            return true;
        }
    }
    return false;
}

static okrug_status take_option(okrug_ctx *ctx, const okrug_analysis *analysis, const okrug_options *options, int i,
                                okrug_plan *plan) {
    const okrug_option *option = &options->option[i];
    const okrug_parameter *parameter = okrug_parameter_find(analysis, option->name);
    int input = find_input(analysis, option->name);
    if (strcmp(option->name, "vary") == 0) {
        return okrug_variation_take(ctx, &plan->variation, analysis, option, options->count);
    }
    if (strcmp(option->name, "columns") == 0) {
        return okrug_selection_take(ctx, &plan->selection, analysis, option);
    }
    bool repeats =
        okrug_reading_repeats(option->name) || (parameter != NULL && parameter->kind == OKRUG_PARAMETER_TEXTS);
    if (!repeats && given_before(options, i)) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "option-twice", NULL, "option", option->name, (char *)NULL);
    }
    if (parameter != NULL) {
        return okrug_parameter_take(ctx, parameter, option, options->count, plan->parameters);
    }
    if (input >= 0) {
        plan->input_spec[input] = option->value;
        return OKRUG_OK;
    }
    bool taken = false;
    OKRUG_TRY(okrug_reading_take(ctx, &plan->reading, analysis, option, options->count, &taken));
    if (taken) {
        return OKRUG_OK;
    }
    const char *nearest = nearest_name(analysis, option->name);
    return nearest == NULL ? okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-option", NULL, "option", option->name,
                                        "analysis", analysis->id, (char *)NULL)
                           : okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-option-nearest", NULL, "option", option->name,
                                        "analysis", analysis->id, "nearest", nearest, (char *)NULL);
}

okrug_status okrug_plan_options(okrug_ctx *ctx, const okrug_analysis *analysis, const okrug_options *options,
                                okrug_plan *plan) {
    *plan = (okrug_plan){0};
    plan->parameters = okrug_scratch_zero(ctx, 1, analysis->parameter_size == 0 ? 1 : analysis->parameter_size);
    plan->input_spec = OKRUG_SCRATCH_ZERO(ctx, analysis->input_count, const char *);
    if (plan->parameters == NULL || plan->input_spec == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_parameters_default(analysis, plan->parameters);
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < options->count; i++) {
        okrug_status one = take_option(ctx, analysis, options, i, plan);
        status = one == OKRUG_OK ? status : one;
    }
    for (int i = 0; i < options->count; i++) {
        for (int k = 0; k < plan->variation.count; k++) {
            const char *name = plan->variation.list[k].parameter->name;
            if (strcmp(options->option[i].name, name) == 0) {
                status = okrug_fail(ctx, OKRUG_BAD_USAGE, "option-twice", NULL, "option", name, (char *)NULL);
            }
        }
    }
    return status;
}
