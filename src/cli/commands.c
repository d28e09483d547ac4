/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands that work on files and workspaces.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "platform/reports.h"

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

okrug_status cli_study(cli *c) {
    const cli_arguments *a = &c->arguments;
    OKRUG_TRY(cli_need_names(c, 2, 2));
    if (strcmp(a->name[0], "run") != 0) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "unknown-command", NULL, "command", a->name[0], "known", "run",
                          (char *)NULL);
    }
    okrug_study_request request = {.file = a->name[1], .workspace = a->workspace, .directory = a->directory};
    OKRUG_TRY(cli_read_profile(c, &request.profile));
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

/* --date, --figure, --cluster and --districts are this command's alone: analyses may have parameters of these names.
 * The others are datasets of an application. */
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
        } else if (strcmp(option->name, "districts") == 0) {
            request.districts = option->value;
        } else if (!okrug_report_takes(option->name)) {
            return cli_no_option(c, option->name);
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
    return okrug_report_write(c->ctx, a->name[0], &request, okrug_workspace_report, c->catalogue, a->directory);
}
