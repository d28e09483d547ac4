/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Descriptors as text for people.
 */
#include <stdio.h>
#include <string.h>

#include "engine/engine_private.h"
#include "engine/kinds.h"

enum { WIDTH = 18 }; /* of a name before its text */

static const char *text_of(const okrug_catalogue *catalogue, const char *group, const char *name) {
    char key[128];
    snprintf(key, sizeof key, "%s.%s", group, name);
    const char *text = okrug_catalogue_text(catalogue, key);
    return text == NULL ? "" : text;
}

void okrug_help_analyses(const okrug_catalogue *catalogue, okrug_buffer *out) {
    for (int i = 0; okrug_analyses[i] != NULL; i++) {
        const char *subject = okrug_analysis_subject(okrug_analyses[i]);
        if (i == 0 || strcmp(subject, okrug_analysis_subject(okrug_analyses[i - 1])) != 0) {
            okrug_buffer_add_format(out, "%s%s\n", i == 0 ? "" : "\n", text_of(catalogue, "subject", subject));
        }
        okrug_buffer_add_format(out, "  %-20s %s\n", okrug_analyses[i]->id,
                                text_of(catalogue, "analysis", okrug_analyses[i]->id));
    }
}

void okrug_help_kinds(const okrug_catalogue *catalogue, okrug_buffer *out) {
    for (int i = 0; i < okrug_kind_count; i++) {
        okrug_buffer_add_format(out, "  %-14s %s (", okrug_kinds[i].id, text_of(catalogue, "kind", okrug_kinds[i].id));
        for (int r = 0; r < okrug_kinds[i].role_count; r++) {
            bool optional =
                okrug_kinds[i].roles[r].need == OKRUG_OPTIONAL || okrug_kinds[i].roles[r].need == OKRUG_KEY_OPTIONAL;
            okrug_buffer_add_format(out, optional ? "%s[%s]" : "%s%s", r == 0 ? "" : ", ",
                                    okrug_kinds[i].roles[r].name);
        }
        okrug_buffer_add_text(out, ")\n");
    }
}

static void help_input(const okrug_catalogue *catalogue, const okrug_input *input, bool first, okrug_buffer *out) {
    okrug_buffer_add_format(out, first ? "  %s" : "  --%s FILE", input->name);
    okrug_buffer_add_format(out, "%s\n      ", first || !input->required ? "" : " *");
    if (input->shape == OKRUG_SHAPE_INPUT_OUTPUT) {
        okrug_buffer_add_format(out, "%s\n      ", text_of(catalogue, "help", "input-output"));
    }
    for (int r = 0; r < input->role_count; r++) {
        const okrug_role *role = &input->roles[r];
        bool optional = role->need == OKRUG_OPTIONAL || role->need == OKRUG_KEY_OPTIONAL;
        okrug_buffer_add_format(out, optional ? "%s[%s]" : "%s%s", r == 0 ? "" : ", ", role->name);
    }
    okrug_buffer_add_text(out, "\n");
}

/* "row|binary", each with what it means. */
static void help_choices(const okrug_catalogue *catalogue, const okrug_parameter *parameter, okrug_buffer *out) {
    for (const char *choice = parameter->choices; *choice != '\0';) {
        char name[96];
        int length = (int)strcspn(choice, "|");
        snprintf(name, sizeof name, "%s.%.*s", parameter->name, length, choice);
        okrug_buffer_add_format(out, "      %-*.*s  %s\n", WIDTH, length, choice, text_of(catalogue, "choice", name));
        choice += length + (choice[length] == '|');
    }
}

static void help_parameter(const okrug_catalogue *catalogue, const okrug_parameter *parameter, okrug_buffer *out) {
    okrug_buffer_add_format(out, "  --%s", parameter->name);
    if (parameter->kind == OKRUG_PARAMETER_CHOICE) {
        okrug_buffer_add_format(out, " %s", parameter->choices);
    } else if (parameter->kind == OKRUG_PARAMETER_REAL || parameter->kind == OKRUG_PARAMETER_INTEGER) {
        okrug_buffer_add_text(out, " ");
        okrug_buffer_add_number(out, parameter->fallback);
        okrug_buffer_add_text(out, "  (");
        okrug_buffer_add_number(out, parameter->minimum);
        okrug_buffer_add_text(out, " ... ");
        okrug_buffer_add_number(out, parameter->maximum);
        okrug_buffer_add_text(out, ")");
    } else {
        okrug_buffer_add_text(out, parameter->kind == OKRUG_PARAMETER_TEXTS ? " NAME ..." : " NAME");
    }
    okrug_buffer_add_format(out, "\n      %s\n", text_of(catalogue, "parameter", parameter->name));
    if (parameter->kind == OKRUG_PARAMETER_CHOICE) {
        help_choices(catalogue, parameter, out);
    }
}

static void help_output(const okrug_output *output, okrug_buffer *out) {
    okrug_buffer_add_format(out, "  %s (", output->name);
    for (int c = 0; c < output->column_count; c++) {
        okrug_buffer_add_format(out, "%s%s", c == 0 ? "" : ", ", output->columns[c].name);
    }
    okrug_buffer_add_text(out, ")\n");
}

okrug_status okrug_help_analysis(okrug_ctx *ctx, const char *id, const okrug_catalogue *catalogue, okrug_buffer *out) {
    const okrug_analysis *analysis = NULL;
    OKRUG_TRY(okrug_analysis_named(ctx, id, &analysis));
    okrug_buffer_add_format(out, "%s: %s\n\n%s\n", analysis->id, text_of(catalogue, "analysis", analysis->id),
                            text_of(catalogue, "help", "inputs"));
    for (int i = 0; i < analysis->input_count; i++) {
        help_input(catalogue, &analysis->inputs[i], i == 0, out);
    }
    okrug_buffer_add_format(out, "\n%s\n", text_of(catalogue, "help", "parameters"));
    for (int i = 0; i < analysis->parameter_count; i++) {
        help_parameter(catalogue, &analysis->parameters[i], out);
    }
    okrug_buffer_add_format(out, "\n%s\n", text_of(catalogue, "help", "outputs"));
    for (int i = 0; i < analysis->output_count; i++) {
        help_output(&analysis->outputs[i], out);
    }
    okrug_buffer_add_format(out, "\n%s\n", text_of(catalogue, "help", "references"));
    for (int i = 0; analysis->references[i] != NULL; i++) {
        okrug_buffer_add_format(out, "  %s\n", analysis->references[i]);
    }
    for (int i = 0; i < analysis->grain_count; i++) {
        const okrug_grain *grain = &analysis->grain[i];
        okrug_buffer_add_format(out, "%s%s: ", i == 0 ? "\n" : "", text_of(catalogue, "help", "grain"));
        okrug_buffer_add_format(out, "%s, ", text_of(catalogue, "grain", grain->of));
        okrug_buffer_add_number(out, grain->least);
        okrug_buffer_add_text(out, "\n");
    }
    if (analysis->no_grain != NULL) {
        okrug_buffer_add_format(out, "\n%s\n", text_of(catalogue, "no-grain", analysis->no_grain));
    }
    okrug_buffer_add_format(out, "\n%s %s\n", text_of(catalogue, "help", "cost"), analysis->cost);
    return okrug_buffer_status(out);
}
