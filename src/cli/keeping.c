/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands that keep a workspace well: changes, undo, export, backup, check, migrate.
 */
#include <stdio.h>

#include <okrug/text.h>

#include "cli/cli.h"

okrug_status cli_changes(cli *c) {
    OKRUG_TRY(cli_need_names(c, 1, 1));
    okrug_store *store = NULL;
    OKRUG_TRY(okrug_workspace_open(c->ctx, c->arguments.name[0], false, &store));
    okrug_buffer text = {0};
    okrug_status status = c->arguments.json ? okrug_workspace_changes(c->ctx, store, &text)
                                            : okrug_workspace_changes_print(c->ctx, store, c->catalogue, stdout);
    okrug_workspace_close(store);
    okrug_buffer_add_text(&text, c->arguments.json ? "\n" : "");
    okrug_status printed = cli_print_buffer(&text, stdout);
    return status == OKRUG_OK ? printed : status;
}

okrug_status cli_undo(cli *c) {
    OKRUG_TRY(cli_need_names(c, 1, 1));
    okrug_store *store = NULL;
    OKRUG_TRY(okrug_workspace_open(c->ctx, c->arguments.name[0], true, &store));
    okrug_buffer text = {0};
    okrug_status status = okrug_workspace_undo(c->ctx, store, &text);
    if (status == OKRUG_OK && !c->arguments.json) {
        okrug_buffer_clear(&text);
        status = okrug_workspace_changes_print(c->ctx, store, c->catalogue, stdout);
    }
    okrug_workspace_close(store);
    OKRUG_TRY(status);
    okrug_buffer_add_text(&text, c->arguments.json ? "\n" : "");
    return cli_print_buffer(&text, stdout);
}

okrug_status cli_backup(cli *c) {
    OKRUG_TRY(cli_need_names(c, 1, 2));
    const char *made = NULL;
    const char *file = c->arguments.names == 2 ? c->arguments.name[1] : NULL;
    OKRUG_TRY(okrug_workspace_backup(c->ctx, c->arguments.name[0], file, &made));
    fprintf(stderr, "%s: %s\n", made, cli_text(c, "cli.backup-made"));
    return OKRUG_OK;
}

okrug_status cli_export(cli *c) {
    OKRUG_TRY(cli_need_names(c, 2, 2));
    okrug_export_request request = {
        .what = c->arguments.name[0], .file = c->arguments.name[1], .replace = c->arguments.replace};
    OKRUG_TRY(cli_read_profile(c, &request.profile));
    if (c->arguments.profile != NULL && !okrug_name_ends(request.file, ".csv")) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "extra-argument", NULL, "argument", "--profile", (char *)NULL);
    }
    return okrug_export(c->ctx, &request, c->catalogue);
}

okrug_status cli_migrate(cli *c) {
    OKRUG_TRY(cli_need_names(c, 1, 1));
    OKRUG_TRY(okrug_workspace_migrate(c->ctx, c->arguments.name[0]));
    if (okrug_messages(c->ctx) == 0) {
        fprintf(stderr, "%s: %s\n", c->arguments.name[0], cli_text(c, "cli.workspace-current"));
    }
    return OKRUG_OK;
}

static void add_line(const cli *c, const char *key, int64_t number, okrug_buffer *out) {
    okrug_buffer_add_format(out, "  %s: %lld\n", cli_text(c, key), (long long)number);
}

static void report(const cli *c, const okrug_workspace_health *health, bool well, okrug_buffer *out) {
    okrug_buffer_add_format(out, "%s: %s\n", c->arguments.name[0], cli_text(c, well ? "check.well" : "check.unwell"));
    add_line(c, "check.format", health->format, out);
    add_line(c, "check.datasets", health->datasets, out);
    add_line(c, "check.tables", health->tables, out);
    add_line(c, "check.rows", health->rows, out);
    add_line(c, "check.dangling", health->dangling, out);
    add_line(c, "check.undoable", health->undoable, out);
    add_line(c, "check.cells-aside", health->cells_aside, out);
    add_line(c, "check.bytes", health->bytes, out);
    add_line(c, "check.bytes-free", health->bytes_free, out);
}

static void report_json(const okrug_workspace_health *health, bool well, okrug_buffer *out) {
    const struct {
        const char *name;
        int64_t value;
    } members[] = {{"format", health->format},           {"datasets", health->datasets},
                   {"tables", health->tables},           {"rows", health->rows},
                   {"dangling", health->dangling},       {"undoable", health->undoable},
                   {"cells_aside", health->cells_aside}, {"bytes", health->bytes},
                   {"bytes_free", health->bytes_free}};
    okrug_json json = okrug_json_to(out, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "well");
    okrug_json_bool(&json, well);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        okrug_json_key(&json, members[i].name);
        okrug_json_integer(&json, members[i].value);
    }
    okrug_json_object_end(&json);
    okrug_buffer_add_text(out, "\n");
}

okrug_status cli_check(cli *c) {
    OKRUG_TRY(cli_need_names(c, 1, 1));
    okrug_workspace_health health;
    okrug_status status = okrug_workspace_check(c->ctx, c->arguments.name[0], &health);
    if (status != OKRUG_OK && status != OKRUG_BAD_INPUT) {
        return status;
    }
    okrug_buffer text = {0};
    if (c->arguments.json) {
        report_json(&health, status == OKRUG_OK, &text);
    } else {
        report(c, &health, status == OKRUG_OK, &text);
    }
    okrug_status printed = cli_print_buffer(&text, stdout);
    return status == OKRUG_OK ? printed : status;
}
