/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command line: what its commands share.
 */
#ifndef OKRUG_CLI_CLI_H
#define OKRUG_CLI_CLI_H

#include <stdio.h>

#include <okrug/catalogue.h>
#include <okrug/context.h>

#include "engine/engine.h"

/* The arguments of a command, sorted: options of the command line itself, names, and all other options as they came. */
typedef struct {
    const char *name[64]; /* what is no option: the input, the workspace ... */
    int names;
    okrug_option option[256]; /* what is for the engine */
    int options;
    const char *directory;    /* -o */
    const char *print;        /* --print */
    const char *format;       /* --format */
    const char *workspace;    /* --workspace */
    const char *listen;       /* --listen */
    const char *id;           /* --name */
    const char *jobs;         /* --jobs */
    const char *upload_limit; /* --upload-limit, MiB */
    const char *profile;      /* --profile: of CSV */
    const char *errors;       /* --errors */
    bool dry_run, json, help, replace, no_remembered, again, remove;
} cli_arguments;

typedef struct {
    okrug_ctx *ctx;
    okrug_catalogue *catalogue;
    const char *language; /* "en" or "ru" */
    const char *command;  /* by its name */
    cli_arguments arguments;
    struct {
        char task[64]; /* that is going on, since when and how far it was then */
        double since, from;
    } progress;
} cli;

/* Sorts argv[from..] into `arguments`; takes --lang and --threads to itself. */
okrug_status cli_read_arguments(cli *c, int argc, char **argv, int from);
/* The text of a key in the reader's language; the key itself where there is none. */
const char *cli_text(const cli *c, const char *key);
/* The profile of CSV files that was asked for. */
okrug_status cli_read_profile(cli *c, int *profile);
/* All messages of the context from `first` on to stderr. */
void cli_print_messages(const cli *c, int64_t first);
/* OKRUG_BAD_USAGE unless there are at least `least` and at most `most` names. */
okrug_status cli_need_names(cli *c, int least, int most);
/* OKRUG_BAD_USAGE where an option was given that is not one of `allowed` ("print format"); `others`: those that the
 * command line does not know itself are for the engine to judge. */
okrug_status cli_need_options(cli *c, const char *allowed, bool others);

/* OKRUG_BAD_USAGE: the command has no option of this name. */
okrug_status cli_no_option(cli *c, const char *name);

typedef okrug_status cli_command(cli *c);
cli_command cli_init, cli_import, cli_analyses, cli_describe, cli_run, cli_study, cli_undo, cli_changes, cli_export,
    cli_backup, cli_check, cli_migrate, cli_report, cli_record, cli_merge, cli_history, cli_registry, cli_generate;

/* Prints what a buffer holds, if anything, and frees it. */
okrug_status cli_print_buffer(okrug_buffer *text, FILE *out);

#endif
