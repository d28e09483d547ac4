/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands that work on files and workspaces.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

okrug_status cli_print_buffer(okrug_buffer *text, FILE *out) {
    okrug_status status = okrug_buffer_status(text);
    if (status == OKRUG_OK && text->bytes != NULL) {
        fputs(text->bytes, out);
    }
    okrug_buffer_free(text);
    return status;
}

okrug_status cli_init(cli *c) {
    OKRUG_TRY(cli_need_names(c, 1, 1));
    OKRUG_TRY(okrug_workspace_init(c->ctx, c->arguments.name[0]));
    fprintf(stderr, "%s: %s\n", c->arguments.name[0], cli_text(c, "cli.workspace-made"));
    return OKRUG_OK;
}

static okrug_status preview(cli *c, const okrug_import_request *requests, int count) {
    enum { ROWS = 20 };
    okrug_buffer out = {0};
    OKRUG_TRY(okrug_import_previews(c->ctx, c->arguments.name[0], requests, count, c->catalogue, ROWS, &out));
    okrug_buffer_add_text(&out, "\n");
    OKRUG_TRY(cli_print_buffer(&out, stdout));
    return okrug_faults(c->ctx) > 0 ? OKRUG_BAD_INPUT : OKRUG_OK;
}

static okrug_status import_files(cli *c, const okrug_import_request *requests, int count, bool as_json) {
    const cli_arguments *a = &c->arguments;
    if (as_json) {
        return preview(c, requests, count);
    }
    okrug_buffer understood = {0};
    okrug_status status =
        okrug_import(c->ctx, a->name[0], a->dry_run, requests, count, a->replace, c->catalogue, &understood);
    OKRUG_TRY(cli_print_buffer(&understood, a->dry_run ? stdout : stderr));
    if (status == OKRUG_OK && a->dry_run) {
        fprintf(stderr, "%s\n", cli_text(c, "cli.dry-run"));
    }
    return status;
}

okrug_status cli_import(cli *c) {
    const cli_arguments *a = &c->arguments;
    OKRUG_TRY(cli_need_names(c, 3, 64));
    okrug_import_request requests[64];
    int count = a->names - 2;
    if (a->id != NULL && count > 1) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "one-name-many-files", NULL, "name", a->id, (char *)NULL);
    }
    bool as_json = a->json || (a->format != NULL && strcmp(a->format, "json") == 0);
    if ((a->format != NULL && !as_json) || (as_json && !a->dry_run)) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "json-of-dry-run", NULL, (char *)NULL);
    }
    for (int i = 0; i < a->names && a->errors != NULL; i++) {
        OKRUG_TRY(okrug_output_check(c->ctx, a->errors, a->name[i]));
    }
    for (int i = 0; i < count; i++) {
        requests[i] = (okrug_import_request){.kind = a->name[1],
                                             .file = a->name[2 + i],
                                             .id = a->id,
                                             .options = {a->option, a->options},
                                             .no_remembered = a->no_remembered,
                                             .again = a->again};
    }
    okrug_status status = import_files(c, requests, count, as_json);
    if (a->errors != NULL) {
        okrug_status written = okrug_faults_write(c->ctx, c->catalogue, a->errors);
        status = status == OKRUG_OK ? written : status;
    }
    return status;
}

okrug_status cli_analyses(cli *c) {
    OKRUG_TRY(cli_need_names(c, 0, 0));
    okrug_buffer text = {0};
    if (c->arguments.json) {
        okrug_describe_analyses(&text);
        okrug_buffer_add_text(&text, "\n");
    } else {
        okrug_help_analyses(c->catalogue, &text);
    }
    return cli_print_buffer(&text, stdout);
}

okrug_status cli_describe(cli *c) {
    OKRUG_TRY(cli_need_names(c, 1, 1));
    okrug_buffer text = {0};
    okrug_status status = c->arguments.json ? okrug_describe_analysis(c->ctx, c->arguments.name[0], &text)
                                            : okrug_help_analysis(c->ctx, c->arguments.name[0], c->catalogue, &text);
    if (c->arguments.json) {
        okrug_buffer_add_text(&text, "\n");
    }
    okrug_status printed = cli_print_buffer(&text, stdout);
    return status == OKRUG_OK ? printed : status;
}

/* The profile of CSV files that was asked for. */
static okrug_status read_profile(cli *c, int *profile) {
    *profile = 0;
    return c->arguments.profile == NULL ? OKRUG_OK : okrug_profile_named(c->ctx, c->arguments.profile, profile);
}

static okrug_status read_format(cli *c, int profile, okrug_format *format) {
    static const char *const names[] = {"table", "csv", "json", "html"};
    if (c->arguments.json && c->arguments.format == NULL) {
        c->arguments.format = "json"; /* as the other commands have it */
    } else if (c->arguments.json && strcmp(c->arguments.format, "json") != 0) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "extra-argument", NULL, "argument", "--json", (char *)NULL);
    }
    okrug_format csv = profile == 0 ? OKRUG_FORMAT_CSV : OKRUG_FORMAT_CSV_EXCEL_RU;
    *format = isatty(STDOUT_FILENO) && profile == 0 ? OKRUG_FORMAT_TABLE : csv;
    if (c->arguments.format == NULL) {
        return OKRUG_OK;
    }
    for (int i = 0; i < 4; i++) {
        if (strcmp(c->arguments.format, names[i]) == 0) {
            *format = (okrug_format)i == OKRUG_FORMAT_CSV ? csv : (okrug_format)i;
            return OKRUG_OK;
        }
    }
    return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "format", "value",
                      c->arguments.format, "expected", "table, csv, json, html, xlsx", (char *)NULL);
}

/* A workbook is no text: it goes to the file that -o names. */
static okrug_status run_to_workbook(cli *c, const okrug_request *request) {
    okrug_dataset *result = NULL;
    if (c->arguments.directory == NULL) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "needs-output-file", NULL, "format", "xlsx", (char *)NULL);
    }
    OKRUG_TRY(okrug_output_check(c->ctx, c->arguments.directory, request->input));
    OKRUG_TRY(okrug_run(c->ctx, request, &result));
    okrug_status status = okrug_result_workbook(c->ctx, result, c->catalogue, c->arguments.directory);
    okrug_dataset_free(result);
    return status;
}

/* place->workspace stays NULL where -o is no WORKSPACE#ID. */
static okrug_status find_place(cli *c, okrug_output_place *place) {
    const cli_arguments *a = &c->arguments;
    bool kept = a->directory != NULL && okrug_output_in_workspace(c->ctx, a->directory, place);
    const char *extra = a->replace && !kept                                           ? "--replace"
                        : kept && a->format != NULL && strcmp(a->format, "xlsx") == 0 ? "--format xlsx"
                                                                                      : NULL;
    if (extra != NULL) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "extra-argument", NULL, "argument", extra, (char *)NULL);
    }
    place->replace = a->replace;
    return kept ? okrug_output_place_check(c->ctx, place) : OKRUG_OK;
}

/* -o: a folder, or a workspace. */
static okrug_status keep_result(cli *c, okrug_dataset *result, int profile, const okrug_output_place *place) {
    return place->workspace != NULL ? okrug_result_keep(c->ctx, result, place)
                                    : okrug_result_write_as(c->ctx, result, profile, c->arguments.directory);
}

okrug_status cli_run(cli *c) {
    const cli_arguments *a = &c->arguments;
    if (a->help && a->names > 0) {
        return cli_describe(c);
    }
    OKRUG_TRY(cli_need_names(c, 2, 2));
    okrug_request request = {.analysis = a->name[0], .input = a->name[1], .options = {a->option, a->options}};
    okrug_output_place place = {0};
    OKRUG_TRY(find_place(c, &place));
    if (a->format != NULL && strcmp(a->format, "xlsx") == 0) {
        return run_to_workbook(c, &request);
    }
    int profile = 0;
    okrug_format format = OKRUG_FORMAT_CSV;
    OKRUG_TRY(read_profile(c, &profile));
    OKRUG_TRY(read_format(c, profile, &format));
    okrug_dataset *result = NULL;
    OKRUG_TRY(okrug_run(c->ctx, &request, &result));
    okrug_status status = OKRUG_OK;
    if (a->directory != NULL) {
        status = keep_result(c, result, profile, &place);
    }
    if (status == OKRUG_OK && (a->directory == NULL || a->print != NULL || a->format != NULL)) {
        int64_t most = isatty(STDOUT_FILENO) ? 50 : 0;
        status = okrug_result_print(c->ctx, result, a->print, format, c->catalogue, most, stdout);
    }
    okrug_dataset_free(result);
    return status;
}

okrug_status cli_study(cli *c) {
    const cli_arguments *a = &c->arguments;
    OKRUG_TRY(cli_need_names(c, 2, 2));
    if (strcmp(a->name[0], "run") != 0) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "unknown-command", NULL, "command", a->name[0], "known", "run",
                          (char *)NULL);
    }
    okrug_study_request request = {.file = a->name[1], .workspace = a->workspace, .directory = a->directory};
    OKRUG_TRY(read_profile(c, &request.profile));
    request.again = a->again;
    okrug_study_outcome outcome;
    OKRUG_TRY(okrug_study_run(c->ctx, &request, c->language, &outcome));
    okrug_dataset *findings = outcome.findings;
    okrug_status status = OKRUG_OK;
    if (outcome.unchanged > 0) {
        fprintf(stderr, "%s %lld/%lld\n", cli_text(c, "cli.steps-unchanged"), (long long)outcome.unchanged,
                (long long)outcome.steps);
    }
    for (int i = 0; status == OKRUG_OK && findings != NULL && i < findings->tables; i++) {
        printf("\n%s\n", findings->table[i]->name);
        status = okrug_table_print(c->ctx, findings->table[i], c->catalogue, 0, stdout);
    }
    okrug_dataset_free(findings);
    return status;
}

/* --date, --figure and --cluster are this command's alone: analyses may have parameters of these names. The others are
 * datasets of an application. */
okrug_status cli_report(cli *c) {
    const cli_arguments *a = &c->arguments;
    OKRUG_TRY(cli_need_names(c, 1, 1));
    okrug_report_request request = {.format = a->format, .language = c->language};
    for (int i = 0; i < a->options; i++) {
        const okrug_option *option = &a->option[i];
        if (strcmp(option->name, "date") == 0) {
            request.date = option->value;
        } else if (strcmp(option->name, "figure") == 0) {
            request.figure = option->value;
        } else if (strcmp(option->name, "cluster") == 0) {
            request.cluster = option->value;
        } else if (!okrug_report_takes(option->name)) {
            return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "extra-argument", NULL, "argument",
                              okrug_text(c->ctx, "--%s", option->name), (char *)NULL);
        }
    }
    request.chosen = (okrug_options){a->option, a->options};
    for (int i = 0; i < a->options && request.cluster == NULL; i++) {
        if (okrug_report_takes(a->option[i].name)) {
            return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "needs-cluster", NULL, "option", a->option[i].name,
                              (char *)NULL);
        }
    }
    if (a->directory == NULL) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "needs-output-file", NULL, "format",
                          a->format == NULL ? "pdf" : a->format, (char *)NULL);
    }
    return okrug_report_write(c->ctx, a->name[0], &request, c->catalogue, a->directory);
}
