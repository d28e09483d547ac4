/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * okrug COMMAND ...: finds the command, runs it, prints what it has to say, and maps its status to an exit code. Data
 * goes to stdout, everything else to stderr.
 */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "main/serve.h"

static atomic_bool cancel;

static void on_signal(int signal_number) {
    (void)signal_number;
    atomic_store(&cancel, true);
}

static void catch_signals(void) {
    /* The second Ctrl-C ends the program at once. */
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    /* A file beyond the allowed size is then a write that fails, and is told like a full disk. */
    signal(SIGXFSZ, SIG_IGN);
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Seconds to the end of the task if it goes on as it has; 0: nothing to go by yet. */
static double seconds_left(cli *c, const char *task, double done, double total) {
    double now = seconds_now();
    if (strcmp(c->progress.task, task) != 0 || done < c->progress.from) {
        snprintf(c->progress.task, sizeof c->progress.task, "%s", task);
        c->progress.since = now;
        c->progress.from = done;
    }
    double made = done - c->progress.from;
    return made > 0.0 ? (now - c->progress.since) * (total - done) / made : 0.0;
}

static void show_progress(void *user, const char *task, double done, double total) {
    cli *c = user;
    enum { WIDTH = 30, A_MINUTE = 60 };
    double left = seconds_left(c, task, done, total);
    int filled = total > 0.0 ? (int)(WIDTH * done / total) : 0;
    fprintf(stderr, "\r%s [", cli_text(c, task));
    for (int i = 0; i < WIDTH; i++) {
        fputc(i < filled ? '#' : '.', stderr);
    }
    fprintf(stderr, "] %3.0f %%", total > 0.0 ? 100.0 * done / total : 0.0);
    if (left >= A_MINUTE && left < 1e9) {
        long long minutes = (long long)left / A_MINUTE;
        fprintf(stderr, "  %s %lld:%02lld", cli_text(c, "cli.progress-left"), minutes / A_MINUTE, minutes % A_MINUTE);
    }
    fputs("\033[K", stderr);
    if (done >= total) {
        fputs("\r\033[K", stderr);
    }
    fflush(stderr);
}

static const struct {
    const char *name;
    cli_command *run;
    const char *options; /* of the command line's own */
    bool others;         /* takes options for the engine as well */
} commands[] = {{"init", cli_init, "", false},
                {"import", cli_import, "name dry-run replace no-remembered again errors format json", true},
                {"analyses", cli_analyses, "json", false},
                {"describe", cli_describe, "json", false},
                {"run", cli_run, "output-dir print format json profile replace", true},
                {"study", cli_study, "workspace output-dir profile again", false},
                {"generate", cli_generate, "output-dir format", true},
                {"report", cli_report, "output-dir format", true},
                {"registry", cli_registry, "format", true},
                {"record", cli_record, "remove json", true},
                {"merge", cli_merge, "json", false},
                {"history", cli_history, "format", true},
                {"changes", cli_changes, "json", false},
                {"undo", cli_undo, "json", false},
                {"export", cli_export, "replace profile", false},
                {"backup", cli_backup, "", false},
                {"check", cli_check, "json", false},
                {"migrate", cli_migrate, "", false},
                {"serve", okrug_main_serve, "listen jobs upload-limit", false},
                {"schemas", okrug_main_schemas, "", false}};

static const char *language_of_machine(void) {
    const char *names[] = {"OKRUG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            return strncmp(value, "ru", 2) == 0 ? "ru" : "en";
        }
    }
    return "en";
}

/* How commands are called: all of them, or the one of this name. */
static void print_help(const cli *c, const char *command) {
    if (command == NULL) {
        fputs(cli_text(c, "cli.help"), stdout);
    }
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (command == NULL || strcmp(command, commands[i].name) == 0) {
            fputs(cli_text(c, okrug_text(c->ctx, "cli.help.%s", commands[i].name)), stdout);
        }
    }
    if (command == NULL) {
        fputs(cli_text(c, "cli.help.common"), stdout);
    }
    if (command == NULL || strcmp(command, "import") == 0) {
        okrug_buffer kinds = {0};
        okrug_help_kinds(c->catalogue, &kinds);
        printf("\n%s\n%s", cli_text(c, "cli.kinds"), kinds.bytes == NULL ? "" : kinds.bytes);
        okrug_buffer_free(&kinds);
    }
}

static okrug_status unknown_command(cli *c, const char *name) {
    const char *known = "";
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        known = okrug_text_listed(c->ctx, known, commands[i].name);
    }
    return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "unknown-command", NULL, "command", name, "known", known, (char *)NULL);
}

static okrug_status help(cli *c) {
    OKRUG_TRY(cli_need_names(c, 0, 1));
    const char *command = c->arguments.names == 1 ? c->arguments.name[0] : NULL;
    for (size_t i = 0; command != NULL && strcmp(command, commands[i].name) != 0;) {
        if (++i == sizeof commands / sizeof commands[0]) {
            return unknown_command(c, command);
        }
    }
    print_help(c, command);
    return OKRUG_OK;
}

/* Where the command is: after the options that may stand before it. */
static int command_place(int argc, char **argv) {
    int at = 1;
    while (at < argc) {
        if (strcmp(argv[at], "--lang") == 0 || strcmp(argv[at], "--threads") == 0) {
            at += 2;
        } else if (strncmp(argv[at], "--lang=", 7) == 0 || strncmp(argv[at], "--threads=", 10) == 0) {
            at++;
        } else {
            break;
        }
    }
    return at < argc ? at : argc;
}

static okrug_status dispatch(cli *c, int argc, char **argv) {
    int at = command_place(argc, argv);
    const char *name = at == argc ? "help" : argv[at];
    OKRUG_TRY(cli_read_arguments(c, at, argv, 1));
    if (strcmp(name, "--version") == 0 || strcmp(name, "version") == 0) {
        printf("okrug %s\n", okrug_version());
        return OKRUG_OK;
    }
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        OKRUG_TRY(cli_read_arguments(c, argc, argv, at == argc ? at : at + 1));
        return help(c);
    }
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(name, commands[i].name) == 0) {
            OKRUG_TRY(cli_read_arguments(c, argc, argv, at + 1));
            c->command = name;
            bool of_analysis = commands[i].run == cli_run && c->arguments.names > 0;
            if (c->arguments.help && !of_analysis) {
                print_help(c, name);
                return OKRUG_OK;
            }
            OKRUG_TRY(cli_need_options(c, commands[i].options, commands[i].others));
            return commands[i].run(c);
        }
    }
    return unknown_command(c, name);
}

int main(int argc, char **argv) {
    okrug_start();
    setlocale(LC_CTYPE, "C.UTF-8"); /* numbers stay in the C locale */
    catch_signals();
    cli c = {.language = language_of_machine()};
    okrug_ctx_options options = {
        .cancel = &cancel, .progress = isatty(STDERR_FILENO) ? show_progress : NULL, .progress_user = &c};
    c.ctx = okrug_ctx_new(&options);
    c.catalogue = okrug_catalogue_new(c.language);
    if (c.ctx == NULL || c.catalogue == NULL) {
        fputs("okrug: out of memory\n", stderr);
        okrug_catalogue_free(c.catalogue);
        okrug_ctx_free(c.ctx);
        return okrug_status_exit_code(OKRUG_NO_MEMORY);
    }
    okrug_status status = dispatch(&c, argc, argv);
    if (status == OKRUG_OK && fflush(stdout) != 0) {
        status = okrug_fail(c.ctx, OKRUG_WRITE_FAILED, "cannot-write", &(okrug_place){.file = "stdout"}, "cause",
                            strerror(errno), (char *)NULL);
    }
    cli_print_messages(&c, 0);
    if (status != OKRUG_OK && okrug_faults(c.ctx) == 0) {
        fprintf(stderr, "okrug: %s\n", cli_text(&c, okrug_text(c.ctx, "status.%s", okrug_status_name(status))));
    }
    okrug_catalogue_free(c.catalogue);
    okrug_ctx_free(c.ctx);
    return okrug_status_exit_code(status);
}
