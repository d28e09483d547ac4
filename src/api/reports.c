/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GET /api/v1/report: what `okrug report` writes into a file, made in memory by the same code and sent as a download,
 * or shown in a frame of the page. A report takes whole results into memory, so one is made at a time, in a thread of
 * its own, while a few wait.
 */
#include "api/reports.h"

#include <string.h>

#include "platform/reports.h"

/* ---- How many ---------------------------------------------------------------------------------------------------- */

void okrug_reports_start(okrug_reports *reports) {
    *reports = (okrug_reports){0};
    pthread_mutex_init(&reports->lock, NULL);
}

bool okrug_reports_enter(okrug_reports *reports, atomic_bool *cancel) {
    bool room = false;
    pthread_mutex_lock(&reports->lock);
    for (int i = 0; i < OKRUG_REPORTS_MOST && !room; i++) {
        if (reports->cancel[i] == NULL) {
            reports->cancel[i] = cancel;
            atomic_store(cancel, reports->stopping);
            room = true;
        }
    }
    pthread_mutex_unlock(&reports->lock);
    return room;
}

void okrug_reports_leave(okrug_reports *reports, const atomic_bool *cancel) {
    pthread_mutex_lock(&reports->lock);
    for (int i = 0; i < OKRUG_REPORTS_MOST; i++) {
        if (reports->cancel[i] == cancel) {
            reports->cancel[i] = NULL;
        }
    }
    pthread_mutex_unlock(&reports->lock);
}

void okrug_reports_cancel(okrug_reports *reports) {
    pthread_mutex_lock(&reports->lock);
    reports->stopping = true;
    for (int i = 0; i < OKRUG_REPORTS_MOST; i++) {
        if (reports->cancel[i] != NULL) {
            atomic_store(reports->cancel[i], true);
        }
    }
    pthread_mutex_unlock(&reports->lock);
}

void okrug_reports_free(okrug_reports *reports) {
    pthread_mutex_destroy(&reports->lock);
}

/* ---- The request ------------------------------------------------------------------------------------------------- */

enum { FORMAT, LANGUAGE, FIGURE, DATE, CLUSTER, DISTRICTS, USE, SHOWN };

const okrug_query okrug_report_queries[] = {
    {"format", "docx html pdf png svg xlsx", "pdf", "svg and png are one figure", false},
    {"lang", "en ru", "en", "The language of the report", false},
    {"figure", NULL, "1", "Which figure, where the format is svg or png", false},
    {"date", NULL, NULL,
     "The day that the report bears, 2026-12-31; without it, none, but an application is as of today (UTC)", false},
    {"cluster", NULL, NULL, "The application of that cluster of the registry in place of the study's report", false},
    {"districts", NULL, NULL, "The comparison that this result of districts is, in place of the study's report", false},
    {"use", NULL, NULL, "KIND=DATASET: which of several datasets an application is made from, status=status-2", true},
    {"shown", "true false", "false", "true, of html: not a file to keep but a document for a frame of the page", false},
    {0},
};

static const struct {
    const char *format;
    const char *type;
} types[] = {
    {"pdf", "application/pdf"},
    {"html", "text/html; charset=utf-8"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
};

static const char *asked(const okrug_call *call, int i) {
    return call->query[i] != NULL ? call->query[i] : okrug_report_queries[i].otherwise;
}

static okrug_status check_language(okrug_ctx *ctx, const char *language) {
    return strcmp(language, "en") == 0 || strcmp(language, "ru") == 0
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "lang", "value", language,
                            "expected", "en, ru", (char *)NULL);
}

/* "status=status-2" */
static okrug_status choose(okrug_call *call, okrug_option *option, okrug_options *chosen) {
    for (int i = 0; i < call->repeats; i++) {
        const char *sign = strchr(call->repeated[i], '=');
        const char *kind = sign == NULL
                               ? call->repeated[i]
                               : okrug_text(call->ctx, "%.*s", (int)(sign - call->repeated[i]), call->repeated[i]);
        if (sign == NULL || sign[1] == '\0' || !okrug_report_takes(kind)) {
            return okrug_fail(call->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "use", "value",
                              call->repeated[i], "expected", "KIND=DATASET", (char *)NULL);
        }
        option[i] = (okrug_option){kind, sign + 1};
    }
    *chosen = (okrug_options){option, call->repeats};
    return OKRUG_OK;
}

/* ---- The name of the file ---------------------------------------------------------------------------------------- */

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/* RFC 6266: the name in plain letters for whoever knows no other, and whole in UTF-8. */
static void name_file(okrug_call *call, const char *name) {
    okrug_buffer text = {0};
    okrug_buffer_add_text(&text, "attachment; filename=\"");
    for (const char *at = name; *at != '\0'; at++) {
        okrug_buffer_add(&text, is_plain(*at) ? at : "_", 1);
    }
    okrug_buffer_add_text(&text, "\"; filename*=UTF-8''");
    for (const char *at = name; *at != '\0'; at++) {
        okrug_buffer_add_format(&text, is_plain(*at) ? "%c" : "%%%02X", (unsigned char)*at);
    }
    call->disposition = okrug_text(call->ctx, "%s", text.bytes == NULL ? "attachment" : text.bytes);
    okrug_buffer_free(&text);
}

okrug_status okrug_get_report(okrug_call *call, okrug_buffer *body) {
    okrug_ctx *ctx = call->ctx;
    okrug_report_request request = {.format = asked(call, FORMAT),
                                    .language = asked(call, LANGUAGE),
                                    .date = asked(call, DATE),
                                    .figure = asked(call, FIGURE),
                                    .cluster = asked(call, CLUSTER),
                                    .districts = asked(call, DISTRICTS)};
    okrug_option option[OKRUG_REPEATS];
    const char *study = NULL;
    OKRUG_TRY(okrug_check_cancel(ctx));
    OKRUG_TRY(check_language(ctx, request.language));
    OKRUG_TRY(choose(call, option, &request.chosen));
    if (request.cluster == NULL && request.chosen.count > 0) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "needs-cluster", NULL, "option", "use", (char *)NULL);
    }
    call->framed = strcmp(asked(call, SHOWN), "true") == 0;
    if (call->framed && strcmp(request.format, "html") != 0) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "format", "value", request.format,
                          "expected", "html", (char *)NULL);
    }
    okrug_catalogue *catalogue = okrug_catalogue_new(request.language);
    if (catalogue == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = okrug_workspace_report(ctx, call->store, &request, catalogue, &study, body);
    okrug_catalogue_free(catalogue);
    OKRUG_TRY(status);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        call->type = strcmp(types[i].format, request.format) == 0 ? types[i].type : call->type;
    }
    if (call->framed) {
        return OKRUG_OK;
    }
    bool alone = strcmp(request.format, "svg") == 0 || strcmp(request.format, "png") == 0;
    name_file(call, alone
                        ? okrug_text(ctx, "%s-figure-%s-%s.%s", study, request.figure, request.language, request.format)
                        : okrug_text(ctx, "%s-report-%s.%s", study, request.language, request.format));
    return OKRUG_OK;
}
