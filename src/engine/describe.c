/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Descriptors and messages as JSON: what the server, the forms and schemas/analyses.json are made of.
 */
#include <string.h>

#include "engine/import.h"

static const char *need_name(okrug_need need) {
    switch (need) {
    case OKRUG_KEY:
        return "key";
    case OKRUG_KEY_OPTIONAL:
        return "key-optional";
    case OKRUG_REQUIRED:
        return "required";
    case OKRUG_ONE_OF:
        return "one-of";
    case OKRUG_OPTIONAL:
        break;
    }
    return "optional";
}

static const char *shape_name(okrug_shape shape) {
    return shape == OKRUG_SHAPE_TIDY ? "tidy" : "input-output";
}

static void describe_roles(const okrug_role *roles, int count, okrug_json *json) {
    okrug_json_key(json, "roles");
    okrug_json_array(json);
    for (int i = 0; i < count; i++) {
        const okrug_role *role = &roles[i];
        okrug_json_object(json);
        okrug_json_member(json, "name", role->name);
        okrug_json_member(json, "type", okrug_type_code(role->type));
        okrug_json_member(json, "need", need_name(role->need));
        okrug_json_member(json, "domain", okrug_domain_code(role->domain));
        okrug_json_member(json, "unit", okrug_unit_code(role->unit));
        okrug_json_object_end(json);
    }
    okrug_json_array_end(json);
}

static void describe_input(const okrug_input *input, okrug_json *json) {
    okrug_json_object(json);
    okrug_json_member(json, "name", input->name);
    okrug_json_member(json, "shape", shape_name(input->shape));
    okrug_json_key(json, "required");
    okrug_json_bool(json, input->required);
    okrug_json_key(json, "or_row");
    okrug_json_bool(json, input->or_row);
    describe_roles(input->roles, input->role_count, json);
    okrug_json_object_end(json);
}

static void describe_choices(const char *choices, okrug_json *json) {
    okrug_json_key(json, "choices");
    okrug_json_array(json);
    for (const char *at = choices; at != NULL;) {
        size_t length = strcspn(at, "|");
        okrug_json_text_n(json, at, length);
        at = at[length] == '|' ? at + length + 1 : NULL;
    }
    okrug_json_array_end(json);
    okrug_json_key(json, "default");
    okrug_json_text_n(json, choices, strcspn(choices, "|"));
}

static void describe_parameter(const okrug_parameter *parameter, okrug_json *json) {
    static const char *const kinds[] = {"real", "integer", "choice", "text", "texts"};
    okrug_json_object(json);
    okrug_json_member(json, "name", parameter->name);
    okrug_json_member(json, "kind", kinds[parameter->kind]);
    okrug_json_member(json, "unit", okrug_unit_code(parameter->unit));
    if (parameter->kind == OKRUG_PARAMETER_CHOICE) {
        describe_choices(parameter->choices, json);
    } else if (parameter->kind == OKRUG_PARAMETER_REAL || parameter->kind == OKRUG_PARAMETER_INTEGER) {
        okrug_json_key(json, "default");
        okrug_json_number(json, parameter->fallback);
        okrug_json_key(json, "minimum");
        okrug_json_number(json, parameter->minimum);
        okrug_json_key(json, "maximum");
        okrug_json_number(json, parameter->maximum);
    }
    okrug_json_object_end(json);
}

static void describe_output(const okrug_output *output, okrug_json *json) {
    okrug_json_object(json);
    okrug_json_member(json, "table", output->name);
    okrug_json_key(json, "columns");
    okrug_json_array(json);
    for (int i = 0; i < output->column_count; i++) {
        const okrug_output_column *column = &output->columns[i];
        okrug_json_object(json);
        okrug_json_member(json, "name", column->name);
        okrug_json_member(json, "type", okrug_type_code(column->type));
        okrug_json_member(json, "unit", okrug_unit_code(column->unit));
        okrug_json_member(json, "formula", column->formula);
        okrug_json_object_end(json);
    }
    okrug_json_array_end(json);
    okrug_json_object_end(json);
}

static void describe(const okrug_analysis *analysis, okrug_json *json) {
    okrug_json_object(json);
    okrug_json_member(json, "id", analysis->id);
    okrug_json_member(json, "subject", okrug_analysis_subject(analysis));
    okrug_json_key(json, "inputs");
    okrug_json_array(json);
    for (int i = 0; i < analysis->input_count; i++) {
        describe_input(&analysis->inputs[i], json);
    }
    okrug_json_array_end(json);
    okrug_json_key(json, "parameters");
    okrug_json_array(json);
    for (int i = 0; i < analysis->parameter_count; i++) {
        describe_parameter(&analysis->parameters[i], json);
    }
    okrug_json_array_end(json);
    okrug_json_key(json, "outputs");
    okrug_json_array(json);
    for (int i = 0; i < analysis->output_count; i++) {
        describe_output(&analysis->outputs[i], json);
    }
    okrug_json_array_end(json);
    okrug_json_key(json, "references");
    okrug_json_array(json);
    for (int i = 0; analysis->references[i] != NULL; i++) {
        okrug_json_text(json, analysis->references[i]);
    }
    okrug_json_array_end(json);
    okrug_json_member(json, "cost", analysis->cost);
    okrug_json_key(json, "grain");
    okrug_json_array(json);
    for (int i = 0; i < analysis->grain_count; i++) {
        okrug_json_object(json);
        okrug_json_member(json, "of", analysis->grain[i].of);
        okrug_json_key(json, "least");
        okrug_json_number(json, analysis->grain[i].least);
        okrug_json_member(json, "unit", okrug_unit_code(analysis->grain[i].unit));
        okrug_json_object_end(json);
    }
    okrug_json_array_end(json);
    okrug_json_member(json, "no_grain", analysis->no_grain);
    okrug_json_object_end(json);
}

void okrug_describe_analyses(okrug_buffer *out) {
    okrug_json json = okrug_json_to(out, 2);
    okrug_json_object(&json);
    okrug_json_key(&json, "analyses");
    okrug_json_array(&json);
    for (int i = 0; okrug_analyses[i] != NULL; i++) {
        describe(okrug_analyses[i], &json);
    }
    okrug_json_array_end(&json);
    okrug_json_object_end(&json);
}

okrug_status okrug_describe_analysis(okrug_ctx *ctx, const char *id, okrug_buffer *out) {
    const okrug_analysis *analysis = NULL;
    OKRUG_TRY(okrug_analysis_named(ctx, id, &analysis));
    okrug_json json = okrug_json_to(out, 2);
    describe(analysis, &json);
    return okrug_buffer_status(out);
}

static void describe_message(const okrug_message *message, okrug_json *json) {
    okrug_json_member(json, "code", message->code);
    if (message->place.file != NULL) {
        okrug_json_member(json, "file", message->place.file);
    }
    if (message->place.line > 0) {
        okrug_json_key(json, "line");
        okrug_json_integer(json, message->place.line);
    }
    if (message->place.column != NULL) {
        okrug_json_member(json, "column", message->place.column);
    }
    if (message->place.cell != NULL) {
        okrug_json_member(json, "cell", message->place.cell);
    }
    okrug_json_key(json, "arguments");
    okrug_json_object(json);
    for (int i = 0; i < message->arguments; i++) {
        okrug_json_member(json, message->name[i], message->value[i]);
    }
    okrug_json_object_end(json);
}

void okrug_message_without_folders(okrug_message *message) {
    if (message->place.file != NULL) {
        message->place.file = okrug_base_name(message->place.file);
    }
    for (int i = 0; i < message->arguments; i++) {
        if (strcmp(message->name[i], "file") == 0) {
            message->value[i] = okrug_base_name(message->value[i]);
        }
    }
}

void okrug_describe_message(const okrug_message *message, okrug_json *json) {
    okrug_json_object(json);
    describe_message(message, json);
    okrug_json_object_end(json);
}

void okrug_describe_message_with_text(const okrug_message *message, const okrug_catalogue *catalogue,
                                      okrug_json *json) {
    okrug_buffer text = {0};
    okrug_catalogue_message(catalogue, message, &text);
    okrug_json_object(json);
    describe_message(message, json);
    okrug_json_member(json, "text", text.bytes == NULL ? message->code : text.bytes);
    okrug_json_object_end(json);
    okrug_buffer_free(&text);
}

void okrug_describe_kinds(okrug_buffer *out) {
    okrug_json json = okrug_json_to(out, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "kinds");
    okrug_json_array(&json);
    for (int i = 0; i < okrug_kind_count; i++) {
        okrug_json_object(&json);
        okrug_json_member(&json, "id", okrug_kinds[i].id);
        okrug_json_member(&json, "about", okrug_kinds[i].about);
        okrug_json_member(&json, "shape", shape_name(okrug_kinds[i].shape));
        describe_roles(okrug_kinds[i].roles, okrug_kinds[i].role_count, &json);
        okrug_json_object_end(&json);
    }
    okrug_json_array_end(&json);
    okrug_json_object_end(&json);
}
