/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a result was made of: version, analysis, every parameter, every input with its hash (a dataset with its own
 * provenance inside, so that a number can be followed to the file it came from), warnings, references. Nothing of the
 * day or the machine's folders: the same inputs give the same text.
 */
#include <string.h>

#include <okrug/linalg.h>

#include "engine/parameters.h"

static void write_choice(const char *choices, int place, okrug_json *json) {
    while (place-- > 0) {
        choices = strchr(choices, '|') + 1;
    }
    okrug_json_text_n(json, choices, strcspn(choices, "|"));
}

static void write_parameter(const okrug_parameter *parameter, const char *field, okrug_json *json) {
    if (parameter->kind == OKRUG_PARAMETER_REAL) {
        double value = 0.0;
        memcpy(&value, field, sizeof value);
        okrug_json_number(json, value);
    } else if (parameter->kind == OKRUG_PARAMETER_INTEGER) {
        int64_t value = 0;
        memcpy(&value, field, sizeof value);
        okrug_json_integer(json, value);
    } else if (parameter->kind == OKRUG_PARAMETER_CHOICE) {
        int place = 0;
        memcpy(&place, field, sizeof place);
        write_choice(parameter->choices, place, json);
    } else if (parameter->kind == OKRUG_PARAMETER_TEXT) {
        const char *text = NULL;
        memcpy(&text, field, sizeof(text));
        okrug_json_text(json, text);
    } else {
        okrug_texts texts = {0};
        memcpy(&texts, field, sizeof texts);
        okrug_json_array(json);
        for (int i = 0; i < texts.count; i++) {
            okrug_json_text(json, texts.text[i]);
        }
        okrug_json_array_end(json);
    }
}

static void write_bindings(const char *key, const okrug_binding *list, int count, const char *input, okrug_json *json) {
    bool any = false;
    for (int i = 0; i < count; i++) {
        if (strcmp(list[i].input, input) != 0) {
            continue;
        }
        if (!any) {
            okrug_json_key(json, key);
            okrug_json_object(json);
            any = true;
        }
        okrug_json_member(json, list[i].name, list[i].text);
    }
    if (any) {
        okrug_json_object_end(json);
    }
}

static void write_understood(const okrug_understood *understood, okrug_json *json) {
    char delimiter[2] = {understood->delimiter, '\0'};
    char decimal[2] = {understood->style.decimal, '\0'};
    okrug_json_member(json, "sha256", understood->sha256);
    okrug_json_member(json, "format", understood->format);
    if (understood->part[0] != '\0') {
        okrug_json_member(json, "part", understood->part);
    }
    okrug_json_member(json, "encoding", understood->encoding);
    if (understood->delimiter != 0) {
        okrug_json_member(json, "delimiter", understood->delimiter == '\t' ? "tab" : delimiter);
    }
    if (understood->style.decimal != 0) {
        okrug_json_member(json, "decimal", decimal);
    }
    okrug_json_key(json, "rows_read");
    okrug_json_integer(json, understood->rows_read);
}

static void write_input(const okrug_loaded *loaded, const okrug_reading *reading, okrug_json *json) {
    okrug_json_object(json);
    okrug_json_member(json, "input", loaded->name);
    okrug_json_key(json, "rows");
    okrug_json_integer(json, loaded->table->rows);
    write_bindings("map", reading->map, reading->maps, loaded->name, json);
    write_bindings("where", reading->where, reading->wheres, loaded->name, json);
    write_bindings("read_as", reading->form, reading->forms, loaded->name, json);
    if (reading->unit_given && strcmp(loaded->name, "input") == 0) {
        okrug_json_member(json, "unit", okrug_unit_code(reading->unit));
    }
    if (loaded->synthetic) {
        okrug_json_key(json, "synthetic");
        okrug_json_bool(json, true);
    }
    if (loaded->file != NULL) {
        okrug_json_member(json, "file", loaded->file);
        write_understood(&loaded->understood, json);
    } else {
        okrug_json_member(json, "dataset", loaded->from);
        okrug_json_key(json, "provenance");
        okrug_json_raw(json, loaded->provenance == NULL ? "null" : loaded->provenance);
    }
    okrug_json_object_end(json);
}

/* The values that a parameter took in turn; false where it had one only. */
static bool write_varied(const okrug_variation *variation, const okrug_parameter *parameter, okrug_json *json) {
    for (int i = 0; i < variation->count; i++) {
        const okrug_varied *varied = &variation->list[i];
        if (varied->parameter == parameter) {
            okrug_json_array(json);
            for (int64_t k = 0; k < varied->count; k++) {
                okrug_json_text(json, varied->value[k]);
            }
            okrug_json_array_end(json);
            return true;
        }
    }
    return false;
}

/* All that a result depends on but the kind of processor, which moves last digits only. */
static void write_causes(const okrug_analysis *analysis, const okrug_plan *plan, const okrug_loaded *inputs,
                         const char *const *texts, okrug_json *json) {
    okrug_json_member(json, "okrug", okrug_version());
    okrug_json_member(json, "analysis", analysis->id);
    okrug_json_key(json, "parameters");
    okrug_json_object(json);
    for (int i = 0; i < analysis->parameter_count; i++) {
        const okrug_parameter *parameter = &analysis->parameters[i];
        okrug_json_key(json, parameter->name);
        if (!write_varied(&plan->variation, parameter, json)) {
            write_parameter(parameter, (const char *)plan->parameters + parameter->offset, json);
        }
    }
    for (int i = 0; i < analysis->input_count; i++) {
        if (texts[i] != NULL) {
            okrug_json_member(json, analysis->inputs[i].name, texts[i]);
        }
    }
    okrug_json_object_end(json);
    if (plan->selection.count > 0) {
        okrug_json_key(json, "columns");
        okrug_selection_describe(&plan->selection, analysis, json);
    }
    okrug_json_key(json, "inputs");
    okrug_json_array(json);
    for (int i = 0; i < analysis->input_count; i++) {
        if (inputs[i].table != NULL) {
            write_input(&inputs[i], &plan->reading, json);
        }
    }
    okrug_json_array_end(json);
}

static void write_warnings(const okrug_ctx *ctx, int64_t first_message, okrug_json *json) {
    okrug_json_key(json, "warnings");
    okrug_json_array(json);
    for (int64_t i = first_message; i < okrug_messages(ctx); i++) {
        okrug_message message = *okrug_message_at(ctx, i);
        if (message.severity == OKRUG_WARNING) {
            message.place.file = message.place.file == NULL ? NULL : okrug_base_name(message.place.file);
            okrug_describe_message(&message, json);
        }
    }
    okrug_json_array_end(json);
}

bool okrug_provenance_is_known(const char *known, const okrug_analysis *analysis, const okrug_plan *plan,
                               const okrug_loaded *inputs, const char *const *texts) {
    if (known == NULL) {
        return false;
    }
    for (int i = 0; i < analysis->input_count; i++) {
        if (inputs[i].table != NULL && inputs[i].file == NULL && inputs[i].provenance == NULL) {
            return false; /* nobody knows what that dataset was made of */
        }
    }
    okrug_buffer text = {0};
    okrug_json json = okrug_json_to(&text, 0);
    okrug_json_object(&json);
    write_causes(analysis, plan, inputs, texts, &json);
    /* What follows the causes in `known` are their consequences. */
    bool same = okrug_buffer_status(&text) == OKRUG_OK && strncmp(known, text.bytes, text.length) == 0;
    okrug_buffer_free(&text);
    return same;
}

okrug_status okrug_provenance_keep(okrug_dataset *dataset, okrug_buffer *text) {
    okrug_status status = okrug_buffer_status(text);
    if (status == OKRUG_OK) {
        dataset->provenance = okrug_dataset_keep(dataset, text->bytes);
        status = dataset->provenance == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    okrug_buffer_free(text);
    return status;
}

okrug_status okrug_provenance_attach(okrug_ctx *ctx, const okrug_analysis *analysis, const okrug_plan *plan,
                                     const okrug_loaded *inputs, const char *const *texts, int64_t first_message,
                                     okrug_dataset *result) {
    okrug_buffer text = {0};
    okrug_json json = okrug_json_to(&text, 0);
    okrug_json_object(&json);
    write_causes(analysis, plan, inputs, texts, &json);
    write_warnings(ctx, first_message, &json);
    const char *core = okrug_blas_core();
    if (core != NULL) {
        okrug_json_member(&json, "blas_core", core);
    }
    okrug_json_key(&json, "references");
    okrug_json_array(&json);
    for (int i = 0; analysis->references[i] != NULL; i++) {
        okrug_json_text(&json, analysis->references[i]);
    }
    okrug_json_array_end(&json);
    okrug_json_object_end(&json);
    return okrug_provenance_keep(result, &text);
}
