/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs one analysis: options, inputs, the analysis itself, provenance.
 */
#include <string.h>

#include "engine/parameters.h"
#include "engine/shipped.h"

/* Where files are not to be read, whether there is one of that name is nobody's business. */
static bool may_be_row(okrug_ctx *ctx, const okrug_request *request, const okrug_input *input, const char *spec) {
    if (!input->or_row || request->stored_only) {
        return input->or_row && spec[0] != '#';
    }
    return strchr(spec, '#') == NULL && !okrug_is_file(okrug_path(ctx, request->folder, spec));
}

/* Loads the inputs that were given; where one names no file but may name a row, its text goes to the analysis. */
static okrug_status load_inputs(okrug_ctx *ctx, const okrug_request *request, const okrug_analysis *analysis,
                                const okrug_plan *plan, okrug_loaded *loaded, const char **text) {
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < analysis->input_count; i++) {
        const okrug_input *input = &analysis->inputs[i];
        const char *spec = plan->input_spec[i];
        if (spec == NULL) {
            okrug_shipped own = okrug_shipped_for(ctx, analysis, i, plan->parameters);
            if (own.file != NULL) {
                okrug_status one = okrug_load_carried(ctx, own.file, own.bytes, own.length, input, &loaded[i]);
                status = one == OKRUG_OK ? status : one;
            } else if (input->required) {
                status = okrug_fail(ctx, OKRUG_BAD_USAGE, "missing-input", NULL, "input", input->name, "analysis",
                                    analysis->id, (char *)NULL);
            }
            continue;
        }
        if (may_be_row(ctx, request, input, spec)) {
            text[i] = spec;
            continue;
        }
        if (request->stored_only && spec[0] != '#') {
            status = okrug_fail(ctx, OKRUG_BAD_USAGE, "input-not-stored", NULL, "input", input->name, "value", spec,
                                (char *)NULL);
            continue;
        }
        okrug_status one = okrug_load(ctx, spec, request->folder, request->store, input, &plan->reading, &loaded[i]);
        status = one == OKRUG_OK ? status : one;
    }
    return status;
}

/* An input that may also be a row's name was taken for one because no such file is there: a slip in the name of a file
 * is told as such. */
static void note_absent_files(okrug_ctx *ctx, const okrug_analysis *analysis, const char *const *text,
                              int64_t first_message) {
    int64_t count = okrug_messages(ctx);
    for (int i = 0; i < analysis->input_count; i++) {
        bool named = false;
        for (int64_t m = first_message; text[i] != NULL && m < count && !named; m++) {
            const okrug_message *message = okrug_message_at(ctx, m);
            for (int a = 0; message->severity == OKRUG_FAULT && a < message->arguments; a++) {
                named = named || strcmp(message->value[a], text[i]) == 0;
            }
        }
        if (named) {
            okrug_warn(ctx, "no-file-either", NULL, "input", analysis->inputs[i].name, "value", text[i], (char *)NULL);
        }
    }
}

/* Where the first input's numbers are taken for counts of something and nothing said what they are, that is said. */
static void tell_assumed_unit(okrug_ctx *ctx, const okrug_input *input, const okrug_reading *reading,
                              const okrug_loaded *loaded) {
    for (int i = 0; i < input->role_count && !loaded->unit_known && !reading->unit_given; i++) {
        const okrug_role *role = &input->roles[i];
        if (role->type == OKRUG_NUMBER && okrug_unit_count_factor(role->unit) > 0.0) {
            okrug_warn(ctx, "unit-assumed", &(okrug_place){.file = loaded->table->file}, "unit",
                       okrug_unit_code(role->unit), (char *)NULL);
        }
    }
}

static okrug_status run_loaded(okrug_ctx *ctx, const okrug_analysis *analysis, okrug_plan *plan,
                               const okrug_loaded *loaded, const char *const *text, int64_t first_message,
                               const char *known, okrug_dataset **result) {
    const okrug_table **tables = OKRUG_SCRATCH_ZERO(ctx, analysis->input_count, const okrug_table *);
    if (tables == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < analysis->input_count; i++) {
        tables[i] = loaded[i].table;
    }
    okrug_status status = okrug_variation_resolve(ctx, &plan->variation, analysis, tables);
    if (status == OKRUG_OK && okrug_provenance_is_known(known, analysis, plan, loaded, text)) {
        return OKRUG_OK;
    }
    okrug_dataset *made = status == OKRUG_OK ? okrug_dataset_new(analysis->id, "result") : NULL;
    status = status == OKRUG_OK && made == NULL ? OKRUG_NO_MEMORY : status;
    if (status == OKRUG_OK) {
        okrug_job job = {.input = tables, .text = text, .parameters = plan->parameters};
        made->wanted = plan->selection.count > 0 ? plan->selection.list : NULL;
        made->wanted_count = plan->selection.count;
        status = okrug_variation_run(ctx, &plan->variation, analysis, &job, made);
    }
    if (status == OKRUG_OK) {
        status = okrug_selection_close(ctx, &plan->selection, analysis, made);
    }
    if (status == OKRUG_OK) {
        tell_assumed_unit(ctx, &analysis->inputs[0], &plan->reading, &loaded[0]);
        okrug_tell_synthetic(ctx, analysis, loaded);
    }
    if (status == OKRUG_OK) {
        status = okrug_provenance_attach(ctx, analysis, plan, loaded, text, first_message, made);
    }
    if (status != OKRUG_OK) {
        note_absent_files(ctx, analysis, text, first_message);
        okrug_dataset_free(made);
        return status;
    }
    *result = made;
    return OKRUG_OK;
}

/* Reads what the request names and, unless `result` is NULL or it is known, computes. */
static okrug_status run_request(okrug_ctx *ctx, const okrug_request *request, const char *known,
                                okrug_dataset **result) {
    const okrug_analysis *analysis = NULL;
    OKRUG_TRY(okrug_analysis_named(ctx, request->analysis, &analysis));
    okrug_mark mark = okrug_scratch_mark(ctx);
    int64_t first_message = okrug_messages(ctx);
    okrug_plan plan = {0};
    okrug_status status = okrug_plan_options(ctx, analysis, &request->options, &plan);
    okrug_loaded *loaded = OKRUG_SCRATCH_ZERO(ctx, analysis->input_count, okrug_loaded);
    const char **text = OKRUG_SCRATCH_ZERO(ctx, analysis->input_count, const char *);
    if (status == OKRUG_OK && (loaded == NULL || text == NULL)) {
        status = OKRUG_NO_MEMORY;
    }
    if (status == OKRUG_OK) {
        plan.input_spec[0] = request->input;
        status = load_inputs(ctx, request, analysis, &plan, loaded, text);
        if (status == OKRUG_OK && result != NULL) {
            status = run_loaded(ctx, analysis, &plan, loaded, text, first_message, known, result);
        }
        for (int i = 0; i < analysis->input_count; i++) {
            okrug_loaded_free(&loaded[i]);
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_run(okrug_ctx *ctx, const okrug_request *request, okrug_dataset **result) {
    return run_request(ctx, request, NULL, result);
}

okrug_status okrug_run_anew(okrug_ctx *ctx, const okrug_request *request, const char *known, okrug_dataset **result) {
    *result = NULL;
    return run_request(ctx, request, known, result);
}

okrug_status okrug_run_check(okrug_ctx *ctx, const okrug_request *request) {
    return run_request(ctx, request, NULL, NULL);
}
