/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `okrug run`: one analysis, and where its result goes: to the screen, a folder, a file or a workspace.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <okrug/text.h>

#include "cli/cli.h"

static const struct {
    const char *name, *ending;
    okrug_format format;
} formats[] = {{"table", NULL, OKRUG_FORMAT_TABLE},
               {"csv", ".csv", OKRUG_FORMAT_CSV},
               {"json", ".json", OKRUG_FORMAT_JSON},
               {"html", ".html", OKRUG_FORMAT_HTML}};

typedef enum { SCREEN, FOLDER, FILE_OF_TABLE, WORKBOOK, WORKSPACE } destination;

typedef struct {
    destination to;
    okrug_output_place place; /* in a workspace */
    int profile;
    okrug_format format; /* of what is printed, or of the file */
} output;

okrug_status cli_read_profile(cli *c, int *profile) {
    *profile = 0;
    return c->arguments.profile == NULL ? OKRUG_OK : okrug_profile_named(c->ctx, c->arguments.profile, profile);
}

/* ---- Where it goes ----------------------------------------------------------------------------------------------- */

/* Without --format the ending of a file's name tells it; a folder that is there is a folder whatever its name. */
static okrug_status find_destination(cli *c, output *out) {
    cli_arguments *a = &c->arguments;
    const char *name = a->directory;
    bool workbook = a->format != NULL && strcmp(a->format, "xlsx") == 0;
    if (name == NULL) {
        out->to = SCREEN;
        return workbook ? okrug_fail(c->ctx, OKRUG_BAD_USAGE, "needs-output-file", NULL, "format", "xlsx", (char *)NULL)
                        : OKRUG_OK;
    }
    if (okrug_output_in_workspace(c->ctx, name, &out->place)) {
        out->to = WORKSPACE;
        out->place.replace = a->replace;
        return workbook ? okrug_fail(c->ctx, OKRUG_BAD_USAGE, "extra-argument", NULL, "argument", "--format xlsx",
                                     (char *)NULL)
                        : okrug_output_place_check(c->ctx, &out->place);
    }
    out->to = FOLDER;
    if (workbook || (okrug_name_ends(name, ".xlsx") && !okrug_is_folder(name))) {
        out->to = WORKBOOK;
    }
    for (size_t i = 0; i < sizeof formats / sizeof formats[0] && !okrug_is_folder(name); i++) {
        if (formats[i].ending != NULL && okrug_name_ends(name, formats[i].ending)) {
            out->to = FILE_OF_TABLE;
            a->format = a->format == NULL ? formats[i].name : a->format;
        }
    }
    return OKRUG_OK;
}

static okrug_status read_format(cli *c, output *out) {
    const cli_arguments *a = &c->arguments;
    bool screen = isatty(STDOUT_FILENO) && out->profile == 0;
    okrug_format csv = out->profile == 0 ? OKRUG_FORMAT_CSV : OKRUG_FORMAT_CSV_EXCEL_RU;
    out->format = screen ? OKRUG_FORMAT_TABLE : csv;
    if (a->format == NULL || out->to == WORKBOOK) {
        return OKRUG_OK;
    }
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(a->format, formats[i].name) == 0) {
            out->format = formats[i].format == OKRUG_FORMAT_CSV ? csv : formats[i].format;
            return OKRUG_OK;
        }
    }
    return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "format", "value", a->format,
                      "expected", "table, csv, json, html, xlsx", (char *)NULL);
}

static okrug_status read_output(cli *c, output *out) {
    cli_arguments *a = &c->arguments;
    if (a->json && a->format == NULL) {
        a->format = "json"; /* as the other commands have it */
    } else if (a->json && strcmp(a->format, "json") != 0) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "extra-argument", NULL, "argument", "--json", (char *)NULL);
    }
    OKRUG_TRY(find_destination(c, out));
    if (a->replace && out->to != WORKSPACE) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "extra-argument", NULL, "argument", "--replace", (char *)NULL);
    }
    OKRUG_TRY(cli_read_profile(c, &out->profile));
    OKRUG_TRY(read_format(c, out));
    bool file = out->to == WORKBOOK || out->to == FILE_OF_TABLE;
    return file ? okrug_output_check(c->ctx, a->directory, a->name[1]) : OKRUG_OK;
}

/* ---- There it goes ----------------------------------------------------------------------------------------------- */

static okrug_status put_out(cli *c, const output *out, okrug_dataset *result) {
    const cli_arguments *a = &c->arguments;
    switch (out->to) {
    case FILE_OF_TABLE:
        return okrug_result_file(c->ctx, result, a->print, out->format, c->catalogue, a->directory);
    case WORKBOOK:
        return okrug_result_workbook(c->ctx, result, c->catalogue, a->directory);
    case WORKSPACE:
        OKRUG_TRY(okrug_result_keep(c->ctx, result, &out->place));
        break;
    case FOLDER:
        OKRUG_TRY(okrug_result_write_as(c->ctx, result, out->profile, a->directory));
        break;
    case SCREEN:
        break;
    }
    bool printed = out->to == SCREEN || a->print != NULL || a->format != NULL;
    int64_t most = isatty(STDOUT_FILENO) ? 50 : 0;
    return printed ? okrug_result_print(c->ctx, result, a->print, out->format, c->catalogue, most, stdout) : OKRUG_OK;
}

okrug_status cli_run(cli *c) {
    const cli_arguments *a = &c->arguments;
    if (a->help && a->names > 0) { /* whatever else was typed already */
        c->arguments.names = 1;
        return cli_describe(c);
    }
    OKRUG_TRY(cli_need_names(c, 2, 2));
    okrug_request request = {.analysis = a->name[0], .input = a->name[1], .options = {a->option, a->options}};
    output out = {0};
    OKRUG_TRY(read_output(c, &out));
    okrug_dataset *result = NULL;
    OKRUG_TRY(okrug_run(c->ctx, &request, &result));
    okrug_status status = put_out(c, &out, result);
    okrug_dataset_free(result);
    return status;
}
