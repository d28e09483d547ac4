/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arguments of a command: names and options, in any order; after "--" names only.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

const char *cli_text(const cli *c, const char *key) {
    const char *text = okrug_catalogue_text(c->catalogue, key);
    return text == NULL ? key : text;
}

void cli_print_messages(const cli *c, int64_t first) {
    okrug_buffer line = {0};
    for (int64_t i = first; i < okrug_messages(c->ctx); i++) {
        const okrug_message *message = okrug_message_at(c->ctx, i);
        okrug_buffer_clear(&line);
        okrug_catalogue_message(c->catalogue, message, &line);
        fprintf(stderr, "%s%s%s\n", message->place.file == NULL ? "okrug: " : "",
                message->severity == OKRUG_WARNING ? cli_text(c, "cli.warning") : "",
                line.bytes == NULL ? message->code : line.bytes);
    }
    if (okrug_messages_dropped(c->ctx) > 0) {
        fprintf(stderr, "okrug: %s %lld\n", cli_text(c, "cli.more-messages"),
                (long long)okrug_messages_dropped(c->ctx));
    }
    okrug_buffer_free(&line);
}

okrug_status cli_need_names(cli *c, int least, int most) {
    if (c->arguments.names < least) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "missing-argument", NULL, (char *)NULL);
    }
    if (c->arguments.names > most) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "extra-argument", NULL, "argument", c->arguments.name[most],
                          (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status take_threads(cli *c, const char *value) {
    char *end = NULL;
    long threads = strtol(value, &end, 10);
    if (*end != '\0' || threads < 1 || threads > 256) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "threads", "value", value,
                          "expected", "1 ... 256", (char *)NULL);
    }
    okrug_ctx_set_threads(c->ctx, (int)threads);
    return OKRUG_OK;
}

static okrug_status take_language(cli *c, const char *value) {
    if (strcmp(value, "en") != 0 && strcmp(value, "ru") != 0) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "lang", "value", value,
                          "expected", "en, ru", (char *)NULL);
    }
    okrug_catalogue *catalogue = okrug_catalogue_new(value);
    if (catalogue == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_catalogue_free(c->catalogue);
    c->catalogue = catalogue;
    c->language = value;
    return OKRUG_OK;
}

/* An option without a value. */
static bool take_flag(cli_arguments *arguments, const char *name) {
    bool *flag = strcmp(name, "dry-run") == 0         ? &arguments->dry_run
                 : strcmp(name, "json") == 0          ? &arguments->json
                 : strcmp(name, "help") == 0          ? &arguments->help
                 : strcmp(name, "replace") == 0       ? &arguments->replace
                 : strcmp(name, "no-remembered") == 0 ? &arguments->no_remembered
                 : strcmp(name, "again") == 0         ? &arguments->again
                 : strcmp(name, "remove") == 0        ? &arguments->remove
                                                      : NULL;
    if (flag != NULL) {
        *flag = true;
    }
    return flag != NULL;
}

/* Options that the command line keeps to itself. */
static const struct {
    const char *name;
    size_t field;
} own[] = {
    {"output-dir", offsetof(cli_arguments, directory)},
    {"print", offsetof(cli_arguments, print)},
    {"format", offsetof(cli_arguments, format)},
    {"workspace", offsetof(cli_arguments, workspace)},
    {"listen", offsetof(cli_arguments, listen)},
    {"name", offsetof(cli_arguments, id)},
    {"jobs", offsetof(cli_arguments, jobs)},
    {"upload-limit", offsetof(cli_arguments, upload_limit)},
    {"errors", offsetof(cli_arguments, errors)},
    {"profile", offsetof(cli_arguments, profile)},
};

static okrug_status take_option(cli *c, const char *name, const char *value) {
    cli_arguments *arguments = &c->arguments;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        if (strcmp(name, own[i].name) == 0) {
            memcpy((char *)arguments + own[i].field, &value, sizeof(value));
            return OKRUG_OK;
        }
    }
    if (strcmp(name, "threads") == 0) {
        return take_threads(c, value);
    }
    if (strcmp(name, "lang") == 0) {
        return take_language(c, value);
    }
    if (arguments->options == (int)(sizeof arguments->option / sizeof arguments->option[0])) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "too-many-options", NULL, (char *)NULL);
    }
    arguments->option[arguments->options++] = (okrug_option){name, value};
    return OKRUG_OK;
}

okrug_status cli_read_arguments(cli *c, int argc, char **argv, int from) {
    cli_arguments *arguments = &c->arguments;
    bool options_ended = false;
    for (int i = from; i < argc; i++) {
        const char *word = argv[i];
        if (!options_ended && strcmp(word, "--") == 0) {
            options_ended = true; /* what follows are names, whatever they begin with */
            continue;
        }
        bool option = !options_ended && strncmp(word, "--", 2) == 0;
        bool output = !options_ended && (strcmp(word, "-o") == 0 || strcmp(word, "-h") == 0);
        if (!option && !output) {
            if (arguments->names == (int)(sizeof arguments->name / sizeof arguments->name[0])) {
                return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "extra-argument", NULL, "argument", word, (char *)NULL);
            }
            arguments->name[arguments->names++] = word;
            continue;
        }
        const char *equals = option ? strchr(word, '=') : NULL;
        const char *name = strcmp(word, "-o") == 0   ? "output-dir"
                           : strcmp(word, "-h") == 0 ? "help"
                           : equals != NULL          ? okrug_text(c->ctx, "%.*s", (int)(equals - word - 2), word + 2)
                                                     : word + 2;
        if (equals == NULL && take_flag(arguments, name)) {
            continue;
        }
        if (equals == NULL && i + 1 == argc) {
            return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "option-needs-value", NULL, "option", name, (char *)NULL);
        }
        OKRUG_TRY(take_option(c, name, equals != NULL ? equals + 1 : argv[++i]));
    }
    return OKRUG_OK;
}

/* Whether `name` is one of the words of `list`. */
static bool is_listed(const char *list, const char *name) {
    size_t length = strlen(name);
    for (const char *word = list; *word != '\0'; word += strspn(word, " ")) {
        size_t here = strcspn(word, " ");
        if (here == length && strncmp(word, name, length) == 0) {
            return true;
        }
        word += here;
    }
    return false;
}

okrug_status cli_need_options(cli *c, const char *allowed, bool others) {
    const cli_arguments *arguments = &c->arguments;
    const char *extra = arguments->dry_run && !is_listed(allowed, "dry-run")               ? "dry-run"
                        : arguments->json && !is_listed(allowed, "json")                   ? "json"
                        : arguments->replace && !is_listed(allowed, "replace")             ? "replace"
                        : arguments->no_remembered && !is_listed(allowed, "no-remembered") ? "no-remembered"
                        : arguments->again && !is_listed(allowed, "again")                 ? "again"
                        : arguments->remove && !is_listed(allowed, "remove")               ? "remove"
                        : arguments->options > 0 && !others                                ? arguments->option[0].name
                                                                                           : NULL;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        const char *value = NULL;
        memcpy(&value, (const char *)arguments + own[i].field, sizeof(value));
        extra = value != NULL && !is_listed(allowed, own[i].name) ? own[i].name : extra;
    }
    return extra == NULL ? OKRUG_OK : cli_no_option(c, extra);
}

okrug_status cli_no_option(cli *c, const char *name) {
    return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "unknown-command-option", NULL, "command", c->command, "option", name,
                      (char *)NULL);
}
