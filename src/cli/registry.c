/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands that work on single rows and on the registry of clusters.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "engine/rows.h"
#include "platform/registry.h"

/* Takes the command's own options, `names` of them: of each its value, NULL where it is not given. */
static okrug_status take_options(cli *c, const char *const *name, const char **value, int names) {
    for (int i = 0; i < c->arguments.options; i++) {
        const okrug_option *option = &c->arguments.option[i];
        int place = 0;
        while (place < names && strcmp(option->name, name[place]) != 0) {
            place++;
        }
        if (place == names) {
            return cli_no_option(c, option->name);
        }
        value[place] = option->value;
    }
    return OKRUG_OK;
}

/* One of the formats, "table csv json" in the order of okrug_format; a terminal gets a table unless said otherwise. */
static okrug_status take_format(cli *c, bool csv, okrug_format *format) {
    static const char *const names[] = {"table", "csv", "json"};
    const char *asked = c->arguments.format;
    *format = csv && !isatty(STDOUT_FILENO) ? OKRUG_FORMAT_CSV : OKRUG_FORMAT_TABLE;
    for (int i = 0; i < 3; i++) {
        if (asked != NULL && strcmp(asked, names[i]) == 0 && (csv || i != OKRUG_FORMAT_CSV)) {
            *format = (okrug_format)i;
            return OKRUG_OK;
        }
    }
    return asked == NULL ? OKRUG_OK
                         : okrug_fail(c->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "format", "value",
                                      asked, "expected", csv ? "table, csv, json" : "table, json", (char *)NULL);
}

okrug_status cli_registry(cli *c) {
    static const char *const own[] = {"date"};
    const char *date = NULL;
    okrug_format format = OKRUG_FORMAT_TABLE;
    okrug_store *store = NULL;
    okrug_buffer text = {0};
    OKRUG_TRY(cli_need_names(c, 1, 2));
    OKRUG_TRY(take_options(c, own, &date, 1));
    OKRUG_TRY(take_format(c, false, &format));
    okrug_registry_request request = {.cluster = c->arguments.names == 2 ? c->arguments.name[1] : NULL, .date = date};
    OKRUG_TRY(okrug_workspace_open(c->ctx, c->arguments.name[0], false, &store));
    okrug_status status = format == OKRUG_FORMAT_JSON
                              ? okrug_registry_describe(c->ctx, store, &request, &text)
                              : okrug_registry_print(c->ctx, store, &request, c->catalogue, stdout);
    okrug_workspace_close(store);
    okrug_buffer_add_text(&text, status == OKRUG_OK && format == OKRUG_FORMAT_JSON ? "\n" : "");
    okrug_status printed = cli_print_buffer(&text, stdout);
    return status == OKRUG_OK ? printed : status;
}

okrug_status cli_record(cli *c) {
    static const char *const own[] = {"kind"};
    const cli_arguments *a = &c->arguments;
    okrug_option values[sizeof a->name / sizeof *a->name];
    okrug_store *store = NULL;
    int64_t change = 0;
    OKRUG_TRY(cli_need_names(c, 3, (int)(sizeof a->name / sizeof *a->name)));
    okrug_row_request request = {.dataset = a->name[1], .remove = a->remove, .values = {values, a->names - 2}};
    OKRUG_TRY(take_options(c, own, &request.kind, 1));
    for (int i = 2; i < a->names; i++) {
        OKRUG_TRY(okrug_row_condition(c->ctx, a->name[i], &values[i - 2]));
    }
    OKRUG_TRY(okrug_workspace_open(c->ctx, a->name[0], true, &store));
    okrug_status status = okrug_row_record(c->ctx, store, &request, &change);
    okrug_workspace_close(store);
    OKRUG_TRY(status);
    if (a->json) {
        printf(change != 0 ? "{\"change\":%lld}\n" : "{\"change\":null}\n", (long long)change);
    } else if (change != 0) {
        fprintf(stderr, "%s: %s %lld\n", a->name[1], cli_text(c, "cli.recorded"), (long long)change);
    } else {
        fprintf(stderr, "%s: %s\n", a->name[1], cli_text(c, "cli.record-same"));
    }
    return OKRUG_OK;
}

okrug_status cli_merge(cli *c) {
    const cli_arguments *a = &c->arguments;
    okrug_store *store = NULL;
    okrug_merge_done done;
    OKRUG_TRY(cli_need_names(c, 4, 4));
    okrug_merge_request request = {.dataset = a->name[1], .keep = a->name[2], .drop = a->name[3]};
    OKRUG_TRY(okrug_workspace_open(c->ctx, a->name[0], true, &store));
    okrug_status status = okrug_firms_merge(c->ctx, store, &request, &done);
    okrug_workspace_close(store);
    OKRUG_TRY(status);
    if (a->json) {
        printf("{\"change\":%lld,\"rows\":%lld}\n", (long long)done.change, (long long)done.rows);
    } else {
        fprintf(stderr, "%s: %s %lld (%s: %lld)\n", a->name[1], cli_text(c, "cli.merged"), (long long)done.change,
                cli_text(c, "cli.merged-rows"), (long long)done.rows);
    }
    return OKRUG_OK;
}

okrug_status cli_history(cli *c) {
    static const char *const own[] = {"most"};
    const cli_arguments *a = &c->arguments;
    okrug_format format = OKRUG_FORMAT_TABLE;
    okrug_store *store = NULL;
    OKRUG_TRY(cli_need_names(c, 1, 2 + OKRUG_ROWS_WHERES));
    bool named = a->names > 1 && strchr(a->name[1], '=') == NULL;
    okrug_rows_request request = {
        .dataset = named ? a->name[1] : NULL, .where = a->name + (named ? 2 : 1), .wheres = a->names - (named ? 2 : 1)};
    OKRUG_TRY(take_options(c, own, &request.limit, 1));
    OKRUG_TRY(take_format(c, true, &format));
    OKRUG_TRY(okrug_workspace_open(c->ctx, a->name[0], false, &store));
    okrug_status status = okrug_workspace_history_print(c->ctx, store, &request, format, c->catalogue, stdout);
    okrug_workspace_close(store);
    return status;
}
