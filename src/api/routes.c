/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Handlers of the API and the table of its paths.
 */
#include "api/routes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static okrug_status get_version(const okrug_call *call, okrug_buffer *body) {
    (void)call;
    okrug_json json = okrug_json_to(body, 0);
    okrug_json_object(&json);
    okrug_json_member(&json, "okrug", okrug_version());
    okrug_json_object_end(&json);
    return OKRUG_OK;
}

static okrug_status get_analyses(const okrug_call *call, okrug_buffer *body) {
    (void)call;
    okrug_describe_analyses(body);
    return OKRUG_OK;
}

static okrug_status get_study(const okrug_call *call, okrug_buffer *body) {
    return okrug_workspace_study(call->ctx, call->store, body);
}

static okrug_status get_datasets(const okrug_call *call, okrug_buffer *body) {
    return okrug_workspace_datasets(call->ctx, call->store, NULL, body);
}

static okrug_status get_dataset(const okrug_call *call, okrug_buffer *body) {
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

static okrug_status get_table(const okrug_call *call, okrug_buffer *body) {
    return from_stream(call, false, body);
}

static okrug_status get_features(const okrug_call *call, okrug_buffer *body) {
    return from_stream(call, true, body);
}

const okrug_route okrug_routes[] = {
    {"/api/v1/version", "getVersion", "The version of okrug", "Version", false, get_version},
    {"/api/v1/analyses", "getAnalyses", "What can be computed", "Analyses", false, get_analyses},
    {"/api/v1/study", "getStudy", "What the page shows", "Study", true, get_study},
    {"/api/v1/datasets", "getDatasets", "Datasets and results of the workspace", "Datasets", true, get_datasets},
    {"/api/v1/datasets/{id}", "getDataset", "One dataset with its provenance", "Dataset", true, get_dataset},
    {"/api/v1/datasets/{id}/features", "getFeatures", "The dataset's geometry as GeoJSON", "FeatureCollection", true,
     get_features},
    {"/api/v1/datasets/{id}/tables/{table}", "getTable", "A table, by columns", "Table", true, get_table},
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

const okrug_route *okrug_route_find(const char *path, okrug_call *call) {
    for (int i = 0; i < okrug_route_count; i++) {
        if (match(okrug_routes[i].path, path, call)) {
            return &okrug_routes[i];
        }
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
        okrug_describe_message(okrug_message_at(ctx, i), &json);
    }
    okrug_json_array_end(&json);
    okrug_json_object_end(&json);
    okrug_json_object_end(&json);
}
