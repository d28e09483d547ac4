/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands that have to do with the server.
 */
#include "main/serve.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/api.h"

static void say_ready(void *user, const char *address) {
    const cli *c = user;
    fprintf(stderr, "%s %s\n%s\n", cli_text(c, "cli.serving"), address, cli_text(c, "cli.serving-stop"));
    fflush(stderr);
}

/* A whole number from 1 to `most`; `count` stays as it is where the option was not given. */
static okrug_status read_count(cli *c, const char *option, const char *value, int64_t most, int64_t *count) {
    if (value == NULL) {
        return OKRUG_OK;
    }
    char *end = NULL;
    long long number = strtoll(value, &end, 10);
    if (end == value || *end != '\0' || number < 1 || number > most) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", option, "value", value,
                          "expected", okrug_text(c->ctx, "1 ... %lld", (long long)most), (char *)NULL);
    }
    *count = number;
    return OKRUG_OK;
}

okrug_status okrug_main_serve(cli *c) {
    OKRUG_TRY(cli_need_names(c, 1, 1));
    int64_t jobs = 1;
    int64_t upload = 1024; /* MiB */
    OKRUG_TRY(read_count(c, "jobs", c->arguments.jobs, 64, &jobs));
    OKRUG_TRY(read_count(c, "upload-limit", c->arguments.upload_limit, 1 << 20, &upload));
    const char *listen = c->arguments.listen;
    okrug_serve_request request = {.workspace = c->arguments.name[0],
                                   .listen = listen == NULL ? "127.0.0.1:8080" : listen,
                                   .jobs = (int)jobs,
                                   .upload_most = upload << 20,
                                   .ready = say_ready,
                                   .user = c};
    signal(SIGPIPE, SIG_IGN); /* a reader who leaves is no reason to stop */
    return okrug_serve(c->ctx, &request);
}

/* schemas/openapi.json and schemas/analyses.json are made by this. */
okrug_status okrug_main_schemas(cli *c) {
    OKRUG_TRY(cli_need_names(c, 1, 1));
    okrug_buffer text = {0};
    if (strcmp(c->arguments.name[0], "openapi") == 0) {
        okrug_openapi(&text);
    } else if (strcmp(c->arguments.name[0], "analyses") == 0) {
        okrug_describe_analyses(&text);
        okrug_buffer_add_text(&text, "\n");
    } else {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "unknown-command", NULL, "command", c->arguments.name[0], "known",
                          "openapi, analyses", (char *)NULL);
    }
    okrug_status status = okrug_buffer_status(&text);
    if (status == OKRUG_OK) {
        fputs(text.bytes, stdout);
    }
    okrug_buffer_free(&text);
    return status;
}
