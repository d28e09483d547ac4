/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Jobs as people see them: submitted, described, cancelled.
 */
#include "engine/jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { JOBS_SHOWN = 200, JOBS_OPEN_MOST = 1000 };

static const int64_t second = 1000000; /* microseconds */

int64_t okrug_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (int64_t)time.tv_sec * second + time.tv_nsec / 1000;
}

/* ---- As JSON ----------------------------------------------------------------------------------------------------- */

static void describe_time(const char *key, int64_t microseconds, okrug_json *json) {
    okrug_json_key(json, key);
    time_t seconds = (time_t)(microseconds / second);
    struct tm parts;
    if (microseconds == 0 || gmtime_r(&seconds, &parts) == NULL) {
        okrug_json_null(json);
        return;
    }
    char date[40];
    char text[60];
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text, sizeof text, "%s.%06dZ", date, (int)(microseconds % second));
    okrug_json_text(json, text);
}

static void describe_progress(const okrug_stored_job *job, okrug_json *json) {
    okrug_json_key(json, "progress");
    if (job->task == NULL) {
        okrug_json_null(json);
        return;
    }
    okrug_json_object(json);
    okrug_json_member(json, "task", job->task);
    okrug_json_key(json, "done");
    okrug_json_number(json, job->done);
    okrug_json_key(json, "of");
    okrug_json_number(json, job->total);
    okrug_json_object_end(json);
}

static void describe_job(const okrug_stored_job *job, okrug_json *json) {
    okrug_json_object(json);
    okrug_json_key(json, "id");
    okrug_json_integer(json, job->id);
    okrug_json_member(json, "state", okrug_job_state_code(job->state));
    okrug_json_member(json, "analysis", job->analysis);
    okrug_json_member(json, "input", job->input);
    okrug_json_key(json, "options");
    okrug_json_array(json);
    for (int i = 0; i < job->options; i++) {
        okrug_json_object(json);
        okrug_json_member(json, "name", job->option[i].name);
        okrug_json_member(json, "value", job->option[i].value);
        okrug_json_object_end(json);
    }
    okrug_json_array_end(json);
    okrug_json_member(json, "result", job->result);
    describe_progress(job, json);
    okrug_json_key(json, "messages");
    okrug_json_raw(json, job->messages == NULL ? "[]" : job->messages);
    describe_time("created", job->created, json);
    describe_time("started", job->started, json);
    describe_time("finished", job->finished, json);
    okrug_json_object_end(json);
}

static okrug_status describe_stored(okrug_ctx *ctx, okrug_store *store, int64_t id, okrug_buffer *out, bool *over) {
    okrug_stored_job job;
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = okrug_store_get_job(ctx, store, id, &job);
    if (status == OKRUG_OK) {
        okrug_json json = okrug_json_to(out, 0);
        describe_job(&job, &json);
        status = okrug_buffer_status(out);
        if (over != NULL) {
            *over = job.state != OKRUG_JOB_QUEUED && job.state != OKRUG_JOB_RUNNING;
        }
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* Digits and nothing else. */
static okrug_status read_id(okrug_ctx *ctx, const char *text, int64_t *id) {
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length > 18 || text[length] != '\0') {
        return okrug_fail(ctx, OKRUG_NOT_FOUND, "no-job", NULL, "id", text, (char *)NULL);
    }
    *id = strtoll(text, NULL, 10);
    return OKRUG_OK;
}

okrug_status okrug_job_describe(okrug_ctx *ctx, okrug_store *store, const char *id, okrug_buffer *out, bool *over) {
    int64_t number = 0;
    OKRUG_TRY(read_id(ctx, id, &number));
    return describe_stored(ctx, store, number, out, over);
}

okrug_status okrug_job_cancel(okrug_ctx *ctx, okrug_store *store, const char *id, okrug_buffer *out) {
    int64_t number = 0;
    OKRUG_TRY(read_id(ctx, id, &number));
    OKRUG_TRY(okrug_store_cancel_job(ctx, store, number, okrug_now()));
    return describe_stored(ctx, store, number, out, NULL);
}

okrug_status okrug_jobs_describe(okrug_ctx *ctx, okrug_store *store, okrug_buffer *out) {
    okrug_stored_job *jobs = NULL;
    int64_t count = 0;
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = okrug_store_list_jobs(ctx, store, JOBS_SHOWN, &jobs, &count);
    if (status == OKRUG_OK) {
        okrug_json json = okrug_json_to(out, 0);
        okrug_json_object(&json);
        okrug_json_key(&json, "jobs");
        okrug_json_array(&json);
        for (int64_t i = 0; i < count; i++) {
            describe_job(&jobs[i], &json);
        }
        okrug_json_array_end(&json);
        okrug_json_object_end(&json);
        status = okrug_buffer_status(out);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}

/* ---- Submitting -------------------------------------------------------------------------------------------------- */

/* The id must be free, and no job that is still to end may have asked for it. */
static okrug_status check_wanted(okrug_ctx *ctx, okrug_store *store, const char *id) {
    OKRUG_TRY(okrug_id_check(ctx, OKRUG_BAD_USAGE, NULL, id));
    okrug_dataset *list = NULL;
    OKRUG_TRY(okrug_store_list(ctx, store, &list));
    const okrug_column *ids = okrug_table_column(list->table[0], "id");
    bool taken = okrug_words_find(ids->words, id, strlen(id)) >= 0;
    okrug_dataset_free(list);
    okrug_stored_job *jobs = NULL;
    int64_t count = 0;
    OKRUG_TRY(okrug_store_list_jobs(ctx, store, JOBS_OPEN_MOST, &jobs, &count));
    for (int64_t i = 0; i < count && !taken; i++) {
        bool open = jobs[i].state == OKRUG_JOB_QUEUED || jobs[i].state == OKRUG_JOB_RUNNING;
        taken = open && jobs[i].wanted != NULL && strcmp(jobs[i].wanted, id) == 0;
    }
    return taken ? okrug_fail(ctx, OKRUG_EXISTS, "result-exists", NULL, "id", id, (char *)NULL) : OKRUG_OK;
}

static okrug_status submit(okrug_ctx *ctx, okrug_store *store, const okrug_job_request *request, int64_t *id) {
    okrug_request run = {.analysis = request->analysis,
                         .input = request->input,
                         .options = request->options,
                         .store = store,
                         .stored_only = true};
    okrug_status status = okrug_run_check(ctx, &run);
    if (request->id != NULL) {
        okrug_status wanted = check_wanted(ctx, store, request->id);
        status = status == OKRUG_OK ? wanted : status;
    }
    OKRUG_TRY(status);
    okrug_stored_option *option = OKRUG_SCRATCH(ctx, request->options.count, okrug_stored_option);
    if (option == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < request->options.count; i++) {
        option[i] = (okrug_stored_option){request->options.option[i].name, request->options.option[i].value};
    }
    okrug_stored_job job = {.analysis = request->analysis,
                            .input = request->input,
                            .option = option,
                            .options = request->options.count,
                            .wanted = request->id,
                            .created = okrug_now()};
    return okrug_store_add_job(ctx, store, &job, id);
}

okrug_status okrug_job_submit(okrug_ctx *ctx, okrug_store *store, const okrug_job_request *request, okrug_buffer *out) {
    int64_t id = 0;
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = submit(ctx, store, request, &id);
    if (status == OKRUG_OK) {
        status = describe_stored(ctx, store, id, out, NULL);
    }
    okrug_scratch_reset(ctx, mark);
    return status;
}
