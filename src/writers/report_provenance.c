/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How each number of a report was made, in sentences, from the provenance of the steps.
 */
#include <jansson.h>

#include <string.h>

#include "writers/report_private.h"
#include "writers/stream.h"

static const char *member(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

/* A text that is one for all languages or one for each. */
static const char *in_language(const okrug_report *report, const json_t *object, const char *key) {
    const json_t *text = json_object_get(object, key);
    if (json_is_object(text)) {
        const char *own = member(text, report->start.language);
        return own != NULL ? own : member(text, "en");
    }
    return json_string_value(text);
}

static const char *text2(okrug_report *report, const char *key, const char *first, const char *a, const char *second,
                         const char *b) {
    return okrug_report_text(report, key, 2, (const char *[]){first, second}, (const char *[]){a, b});
}

/* ---- Inputs ------------------------------------------------------------------------------------------------------ */

static void add_file(okrug_report *report, const json_t *provenance, okrug_buffer *out) {
    const char *file = member(provenance, "file");
    const char *hash = member(provenance, "sha256");
    const char *title = in_language(report, provenance, "title");
    if (title != NULL) {
        size_t length = strlen(title);
        okrug_buffer_add_format(out, OKRUG_STRONG "%s" OKRUG_STRONG "%s ", title,
                                length > 0 && title[length - 1] == '.' ? "" : ".");
    }
    if (file != NULL) {
        okrug_buffer_add_text(out, text2(report, "report.file", "file", file, "sha256", hash != NULL ? hash : "–"));
    }
    static const char *const parts[] = {"source", "licence", "note"};
    for (int i = 0; i < 3; i++) {
        const char *text = in_language(report, provenance, parts[i]);
        if (text != NULL) {
            const char *label = okrug_shown_text(report->start.catalogue, "html.provenance.", parts[i], parts[i]);
            size_t length = strlen(text);
            okrug_buffer_add_format(out, " %s: %s%s", label, text, length > 0 && text[length - 1] == '.' ? "" : ".");
        }
    }
}

static void add_input(okrug_report *report, const json_t *input) {
    const json_t *provenance = json_object_get(input, "provenance");
    const json_t *file = json_is_object(provenance) ? provenance : input;
    const char *dataset = member(input, "dataset");
    const char *title = in_language(report, file, "title");
    const char *name = "name";
    if (member(provenance, "analysis") != NULL && dataset != NULL) {
        okrug_report_add(report, OKRUG_BLOCK_ITEM, okrug_report_text(report, "report.from-step", 1, &name, &dataset));
        return;
    }
    title = title != NULL ? title : dataset != NULL ? dataset : member(file, "file");
    title = title != NULL ? title : "–";
    okrug_report_add(report, OKRUG_BLOCK_ITEM, okrug_report_text(report, "report.from-data", 1, &name, &title));
    okrug_buffer text = {0};
    add_file(report, file, &text);
    okrug_report_tell(report, &report->files, text.bytes != NULL ? text.bytes : title);
    report->failed = report->failed || text.failed;
    okrug_buffer_free(&text);
}

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

static void add_value(const json_t *value, okrug_buffer *out) {
    if (json_is_string(value)) {
        okrug_buffer_add_text(out, json_string_value(value));
    } else if (json_is_integer(value)) {
        okrug_buffer_add_integer(out, json_integer_value(value));
    } else if (json_is_real(value)) {
        okrug_buffer_add_number(out, json_real_value(value));
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            okrug_buffer_add_text(out, i > 0 ? ", " : "");
            okrug_buffer_add_text(
                out, json_is_string(json_array_get(value, i)) ? json_string_value(json_array_get(value, i)) : "–");
        }
    } else {
        okrug_buffer_add_text(out, json_is_true(value) ? "true" : "false");
    }
}

static void add_parameters(okrug_report *report, const char *analysis, const json_t *parameters) {
    okrug_buffer text = {0};
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)parameters, key, value) {
        if (json_is_null(value) || (json_is_array(value) && json_array_size(value) == 0)) {
            continue;
        }
        okrug_buffer_add_format(&text, "%s%s = ", text.length > 0 ? "; " : "", key);
        add_value(value, &text);
    }
    okrug_report_add(
        report, OKRUG_BLOCK_NOTE,
        text2(report, "report.parameters", "analysis", analysis, "parameters", text.bytes != NULL ? text.bytes : "–"));
    report->failed = report->failed || text.failed;
    okrug_buffer_free(&text);
}

/* ---- Lists that are told once ------------------------------------------------------------------------------------ */

static void gather(okrug_report *report, const json_t *provenance) {
    const json_t *warnings = json_object_get(provenance, "warnings");
    const json_t *references = json_object_get(provenance, "references");
    for (size_t i = 0; i < json_array_size(references); i++) {
        const char *text = json_string_value(json_array_get(references, i));
        okrug_report_tell(report, &report->references, text != NULL ? text : "");
    }
    for (size_t i = 0; i < json_array_size(warnings); i++) {
        const json_t *warning = json_array_get(warnings, i);
        okrug_buffer text = {0};
        const char *file = member(warning, "file");
        if (file != NULL) {
            okrug_buffer_add_format(&text, "%s: ", file);
        }
        if (!okrug_shown_message(report->start.catalogue, warning, &text)) {
            okrug_buffer_add_text(&text, member(warning, "code") != NULL ? member(warning, "code") : "?");
        }
        okrug_report_tell(report, &report->warnings, text.bytes != NULL ? text.bytes : "");
        report->failed = report->failed || text.failed;
        okrug_buffer_free(&text);
    }
}

static void add_origin(okrug_report *report, const char *id, const char *provenance) {
    okrug_origin **end = &report->origins;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = okrug_report_take(report, sizeof **end);
    if (*end != NULL) {
        (*end)->id = okrug_report_keep(report, id);
        (*end)->provenance = okrug_report_keep(report, provenance);
    }
}

void okrug_report_add_provenance(okrug_report *report, const char *id, const char *provenance) {
    json_t *parsed = json_loads(provenance, JSON_REJECT_DUPLICATES, NULL);
    const char *analysis = member(parsed, "analysis");
    if (analysis != NULL) {
        const char *what = okrug_shown_text(report->start.catalogue, "analysis.", analysis, analysis);
        okrug_report_add(report, OKRUG_BLOCK_SUBHEADING, text2(report, "report.step", "step", id, "what", what));
        const json_t *inputs = json_object_get(parsed, "inputs");
        for (size_t i = 0; i < json_array_size(inputs); i++) {
            add_input(report, json_array_get(inputs, i));
        }
        add_parameters(report, analysis, json_object_get(parsed, "parameters"));
        gather(report, parsed);
    }
    json_decref(parsed);
    add_origin(report, id, provenance);
}

void okrug_report_add_data(okrug_report *report, const char *id, const char *provenance) {
    json_t *parsed = json_loads(provenance, JSON_REJECT_DUPLICATES, NULL);
    okrug_buffer text = {0};
    add_file(report, parsed, &text);
    okrug_report_tell(report, &report->files, text.bytes != NULL ? text.bytes : id);
    report->failed = report->failed || text.failed;
    okrug_buffer_free(&text);
    json_decref(parsed);
    add_origin(report, id, provenance);
}

static void add_list(okrug_report *report, const char *key, const okrug_told *told) {
    const char *heading = okrug_shown_text(report->start.catalogue, key, "", key);
    if (told != NULL) {
        okrug_report_add(report, OKRUG_BLOCK_HEADING, heading);
    }
    for (; told != NULL; told = told->next) {
        okrug_report_add(report, OKRUG_BLOCK_ITEM, told->text);
    }
}

void okrug_report_add_lists(okrug_report *report) {
    add_list(report, "report.files", report->files);
    add_list(report, "report.warnings", report->warnings);
    add_list(report, "report.references", report->references);
}

/* ---- What stands under a table ----------------------------------------------------------------------------------- */

/* The member of the provenance of a file that the result was made from, the first input first. The recursion is as deep
 * as provenance is nested. */
static const char *of_first_file(const okrug_report *report, const json_t *provenance, const char *key,
                                 int depth) { /* NOLINT(misc-no-recursion) */
    const json_t *inputs = json_object_get(provenance, "inputs");
    if (!json_is_array(inputs) || depth > 16) {
        return in_language(report, provenance, key);
    }
    for (size_t i = 0; i < json_array_size(inputs); i++) {
        const json_t *input = json_array_get(inputs, i);
        const json_t *nested = json_object_get(input, "provenance");
        const char *found = of_first_file(report, json_is_object(nested) ? nested : input, key, depth + 1);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static const char *look_up(okrug_report *report, const char *provenance, const char *key) {
    json_t *parsed = provenance != NULL ? json_loads(provenance, JSON_REJECT_DUPLICATES, NULL) : NULL;
    const char *found = of_first_file(report, parsed, key, 0);
    const char *kept = found != NULL ? okrug_report_keep(report, found) : NULL;
    json_decref(parsed);
    return kept;
}

const char *okrug_report_source(okrug_report *report, const char *provenance) {
    return look_up(report, provenance, "source");
}

const char *okrug_report_unit(okrug_report *report, const char *provenance) {
    return look_up(report, provenance, "unit");
}
