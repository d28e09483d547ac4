/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Handlers of the API and the table of its paths.
 */
#include "api/routes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/body.h"
#include "api/imports.h"
#include "api/reports.h"
#include "api/rows.h"

static okrug_status get_version(okrug_call *call, okrug_buffer *body) {
    (void)call;
    okrug_json json = okrug_json_to(body, 0);
    okrug_json_object(&json);
    okrug_json_member(&json, "okrug", okrug_version());
    okrug_json_object_end(&json);
    return OKRUG_OK;
}

static okrug_status get_analyses(okrug_call *call, okrug_buffer *body) {
    (void)call;
    okrug_describe_analyses(body);
    return OKRUG_OK;
}

static okrug_status get_study(okrug_call *call, okrug_buffer *body) {
    return okrug_workspace_study(call->ctx, call->store, body);
}

static okrug_status get_datasets(okrug_call *call, okrug_buffer *body) {
    return okrug_workspace_datasets(call->ctx, call->store, NULL, body);
}

static okrug_status get_dataset(okrug_call *call, okrug_buffer *body) {
    return okrug_workspace_datasets(call->ctx, call->store, call->parameter[0], body);
}

/* Runs a writer that wants a stream and puts what it wrote into the body. */
static okrug_status from_stream(const okrug_call *call, bool features, okrug_buffer *body) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status =
        features ? okrug_workspace_features(call->ctx, call->store, call->parameter[0], out)
                 : okrug_workspace_table(call->ctx, call->store, call->parameter[0], call->parameter[1], out);
    if (fclose(out) != 0 && status == OKRUG_OK) {
        status = OKRUG_NO_MEMORY;
    }
    if (status == OKRUG_OK) {
        okrug_buffer_add(body, bytes, length);
    }
    free(bytes);
    return status;
}

static okrug_status get_table(okrug_call *call, okrug_buffer *body) {
    return from_stream(call, false, body);
}

static okrug_status get_features(okrug_call *call, okrug_buffer *body) {
    return from_stream(call, true, body);
}

/* ---- Changes ----------------------------------------------------------------------------------------------------- */

static okrug_status get_changes(okrug_call *call, okrug_buffer *body) {
    return okrug_workspace_changes(call->ctx, call->store, body);
}

static okrug_status undo_change(okrug_call *call, okrug_buffer *body) {
    return okrug_workspace_undo(call->ctx, call->store, body);
}

/* ---- Jobs -------------------------------------------------------------------------------------------------------- */

static okrug_status get_kinds(okrug_call *call, okrug_buffer *body) {
    (void)call;
    okrug_describe_kinds(body);
    return OKRUG_OK;
}

static okrug_status get_jobs(okrug_call *call, okrug_buffer *body) {
    return okrug_jobs_describe(call->ctx, call->store, body);
}

static okrug_status get_job(okrug_call *call, okrug_buffer *body) {
    return okrug_job_describe(call->ctx, call->store, call->parameter[0], body, &call->over);
}

static okrug_status post_job(okrug_call *call, okrug_buffer *body) {
    okrug_job_request request;
    OKRUG_TRY(okrug_body_job(call->ctx, call->body, call->length, &request));
    OKRUG_TRY(okrug_job_submit(call->ctx, call->store, &request, body));
    okrug_workers_wake(call->workers);
    return OKRUG_OK;
}

static okrug_status cancel_job(okrug_call *call, okrug_buffer *body) {
    okrug_workers_cancel(call->workers, call->parameter[0]);
    return okrug_job_cancel(call->ctx, call->store, call->parameter[0], body);
}

const okrug_route okrug_routes[] = {
    {"GET", "/api/v1/version", "getVersion", "The version of okrug", 200, "Version", get_version, .faults = NULL},
    {"GET", "/api/v1/analyses", "getAnalyses", "What can be computed", 200, "Analyses", get_analyses, .faults = NULL},
    {"GET", "/api/v1/kinds", "getKinds", "Kinds of data that can be imported", 200, "Kinds", get_kinds, .faults = NULL},
    {"GET", "/api/v1/study", "getStudy", "What the page shows", 200, "Study", get_study, .faults = "404"},
    {"GET", "/api/v1/datasets", "getDatasets", "Datasets and results of the workspace", 200, "Datasets", get_datasets,
     .faults = NULL},
    {"GET", "/api/v1/datasets/{id}", "getDataset", "One dataset with its provenance", 200, "Dataset", get_dataset,
     .faults = "404"},
    {"GET", "/api/v1/datasets/{id}/features", "getFeatures", "The dataset's geometry as GeoJSON", 200,
     "FeatureCollection", get_features, .faults = "404"},
    {"GET", "/api/v1/datasets/{id}/tables/{table}", "getTable", "A table, by columns", 200, "Table", get_table,
     .faults = "404"},
    {"GET", "/api/v1/datasets/{id}/rows", "getRows", "A page of rows, those that are looked for", 200, "Rows",
     okrug_get_rows, .queries = okrug_rows_queries, .faults = "400 404"},
    {"PUT", "/api/v1/datasets/{id}/rows", "putRow", "Adds a row, or changes the one that has its key, as one change",
     200, "Recorded", okrug_put_row, .takes = OKRUG_TAKES_JSON, .body = "RowRequest", .faults = "404 409 422"},
    {"POST", "/api/v1/datasets/{id}/rows/remove", "removeRow", "Removes the row of that key, as one change", 200,
     "Recorded", okrug_remove_row, .takes = OKRUG_TAKES_JSON, .body = "RowKey", .faults = "404 409 422"},
    {"POST", "/api/v1/datasets/{id}/merge", "mergeFirms",
     "Makes two firms one in every table that names them, as one change", 200, "Merged", okrug_post_merge,
     .takes = OKRUG_TAKES_JSON, .body = "MergeRequest", .faults = "404 409 422"},
    {"GET", "/api/v1/history", "getHistory", "What was done to single rows, the newest first", 200, "History",
     okrug_get_history, .queries = okrug_history_queries, .faults = "400"},
    {"GET", "/api/v1/registry", "getRegistry", "The clusters, as of a day", 200, "Registry", okrug_get_registry,
     .queries = okrug_registry_queries, .faults = "400 404"},
    {"GET", "/api/v1/registry/{cluster}", "getRegistryCard", "A cluster with all that belongs to it, as of a day", 200,
     "RegistryCard", okrug_get_registry_card, .queries = okrug_registry_queries, .faults = "400 404"},
    {"GET", "/api/v1/report", "getReport", "The report of the study, as `okrug report` writes it", 200, NULL,
     okrug_get_report, .reports = true, .queries = okrug_report_queries,
     .types = "application/pdf image/png image/svg+xml text/html "
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     .faults = "400 404 503"},
    {"GET", "/api/v1/changes", "getChanges", "What was done to the workspace, the newest first", 200, "Changes",
     get_changes, .faults = NULL},
    {"POST", "/api/v1/changes/undo", "undoChange", "Takes back the newest change that is not undone", 200, "Undone",
     undo_change, .faults = "404 409"},
    {"GET", "/api/v1/jobs", "getJobs", "The newest 200 jobs, the newest first", 200, "Jobs", get_jobs, .faults = NULL},
    {"POST", "/api/v1/jobs", "postJob",
     "Queues an analysis, checked as it is when it runs; the job outlives the server", 202, "Job", post_job,
     .takes = OKRUG_TAKES_JSON, .body = "JobRequest", .faults = "404 409 422"},
    {"GET", "/api/v1/jobs/{id}", "getJob", "One job", 200, "Job", get_job, .faults = "404"},
    {"POST", "/api/v1/jobs/{id}/cancel", "cancelJob",
     "Cancels a queued job and asks a running one to stop; one that is over stays as it is", 200, "Job", cancel_job,
     .faults = "404"},
    {"GET", "/api/v1/jobs/{id}/events", "getJobEvents",
     "An event `job` with the job as its data at once and whenever it changes, until it is over", 200, "Job", get_job,
     .streams = true, .faults = "404 503"},
    {"POST", "/api/v1/uploads", "postUpload", "A file, kept until it is imported, deleted or the server ends", 201,
     "Upload", okrug_post_upload, .reads = true, .takes = OKRUG_TAKES_BYTES, .faults = "409 422"},
    {"DELETE", "/api/v1/uploads/{id}", "deleteUpload", "Removes an uploaded file", 200, "Deleted", okrug_delete_upload,
     .faults = "404"},
    {"POST", "/api/v1/imports/preview", "previewImport",
     "What importing an uploaded file would do; what is wrong with the file is part of the answer", 200, "Preview",
     okrug_preview_import, .reads = true, .takes = OKRUG_TAKES_JSON, .body = "PreviewRequest", .faults = "404"},
    {"POST", "/api/v1/imports", "postImport", "Imports an uploaded file, as one change, and removes the upload", 201,
     "Imported", okrug_post_import, .reads = true, .takes = OKRUG_TAKES_JSON, .body = "ImportRequest",
     .faults = "404 409 422"},
};
const int okrug_route_count = (int)(sizeof okrug_routes / sizeof okrug_routes[0]);

/* One part of a path: the pattern's text, or what stands for a parameter (not empty, without a slash). */
static bool match(const char *pattern, const char *path, okrug_call *call) {
    int parameters = 0;
    while (*pattern != '\0') {
        if (*pattern == '{') {
            size_t length = strcspn(path, "/");
            if (length == 0) {
                return false;
            }
            call->parameter[parameters++] = okrug_text(call->ctx, "%.*s", (int)length, path);
            path += length;
            pattern += strcspn(pattern, "}") + 1;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == '\0';
}

bool okrug_method_changes(const char *method) {
    return strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0;
}

const okrug_route *okrug_route_find(const char *method, const char *path, okrug_call *call, const char **allowed) {
    const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;
    *allowed = "";
    for (int i = 0; i < okrug_route_count; i++) {
        const okrug_route *route = &okrug_routes[i];
        if (!match(route->path, path, call)) {
            continue;
        }
        if (strcmp(route->method, wanted) == 0) {
            return route;
        }
        *allowed =
            okrug_text_listed(call->ctx, *allowed, strcmp(route->method, "GET") == 0 ? "GET, HEAD" : route->method);
    }
    return NULL;
}

void okrug_error_body(const okrug_ctx *ctx, okrug_status status, okrug_buffer *body) {
    okrug_json json = okrug_json_to(body, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "error");
    okrug_json_object(&json);
    okrug_json_member(&json, "status", okrug_status_name(status));
    okrug_json_key(&json, "messages");
    okrug_json_array(&json);
    for (int64_t i = 0; i < okrug_messages(ctx); i++) {
        okrug_message told = *okrug_message_at(ctx, i);
        okrug_message_without_folders(&told);
        okrug_describe_message(&told, &json);
    }
    okrug_json_array_end(&json);
    okrug_json_object_end(&json);
    okrug_json_object_end(&json);
}
