/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Handlers of rows, their history, and the registry of clusters.
 */
#include "api/rows.h"

#include <stdio.h>
#include <stdlib.h>

#include "api/body.h"
#include "platform/registry.h"

enum { TABLE, WHERE, SEARCH, ORDER, DESCENDING, OFFSET, LIMIT };

const okrug_query okrug_rows_queries[] = {
    [TABLE] = {"table", NULL, NULL, "A table of the dataset; without it the first", false},
    [WHERE] = {"where", NULL, NULL,
               "COLUMN=TEXT, or COLUMN^=TEXT for what begins so; rows that have all such cells; numbers are compared "
               "as numbers; COLUMN= for cells that are empty",
               true},
    [SEARCH] = {"search", NULL, NULL, "Words that the texts of a row have together, whatever the case, ё or е", false},
    [ORDER] = {"order", NULL, NULL, "A column; without it as the rows came", false},
    [DESCENDING] = {"descending", "true false", "false", "Missing cells come last either way", false},
    [OFFSET] = {"offset", NULL, "0", "Rows before the page", false},
    [LIMIT] = {"limit", NULL, "100", "Rows of the page, at most 10000", false},
    {NULL, NULL, NULL, NULL, false}};

enum { HISTORY_DATASET, HISTORY_WHERE, HISTORY_MOST };

const okrug_query okrug_history_queries[] = {
    [HISTORY_DATASET] = {"dataset", NULL, NULL, "Without it of all", false},
    [HISTORY_WHERE] = {"where", NULL, NULL, "COLUMN=TEXT of the key; rows that have all such cells", true},
    [HISTORY_MOST] = {"most", NULL, "100", "Cells, at most 10000", false},
    {NULL, NULL, NULL, NULL, false}};

const okrug_query okrug_registry_queries[] = {{"date", NULL, NULL, "YYYY-MM-DD; without it today (UTC)", false},
                                              {NULL, NULL, NULL, NULL, false}};

/* Runs a writer that wants a stream and puts what it wrote into the body. */
static okrug_status from_stream(const okrug_call *call, const okrug_rows_request *request,
                                okrug_status (*write)(okrug_ctx *, okrug_store *, const okrug_rows_request *, FILE *),
                                okrug_buffer *body) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (out == NULL) {
        return OKRUG_NO_MEMORY;
    }
    okrug_status status = write(call->ctx, call->store, request, out);
    if (fclose(out) != 0 && status == OKRUG_OK) {
        status = OKRUG_NO_MEMORY;
    }
    if (status == OKRUG_OK) {
        okrug_buffer_add(body, bytes, length);
    }
    free(bytes);
    return status;
}

okrug_status okrug_get_rows(okrug_call *call, okrug_buffer *body) {
    okrug_rows_request request = {.dataset = call->parameter[0],
                                  .table = call->query[TABLE],
                                  .where = call->repeated,
                                  .wheres = call->repeats,
                                  .search = call->query[SEARCH],
                                  .order = call->query[ORDER],
                                  .descending = call->query[DESCENDING],
                                  .offset = call->query[OFFSET],
                                  .limit = call->query[LIMIT]};
    return from_stream(call, &request, okrug_workspace_rows, body);
}

okrug_status okrug_get_history(okrug_call *call, okrug_buffer *body) {
    okrug_rows_request request = {.dataset = call->query[HISTORY_DATASET],
                                  .where = call->repeated,
                                  .wheres = call->repeats,
                                  .limit = call->query[HISTORY_MOST]};
    return from_stream(call, &request, okrug_workspace_history, body);
}

static void add_warnings(okrug_ctx *ctx, okrug_json *json) {
    okrug_json_key(json, "warnings");
    okrug_json_array(json);
    for (int64_t i = 0; i < okrug_messages(ctx); i++) {
        const okrug_message *message = okrug_message_at(ctx, i);
        if (message->severity == OKRUG_WARNING) {
            okrug_describe_message(message, json);
        }
    }
    okrug_json_array_end(json);
}

static okrug_status change_row(okrug_call *call, bool remove, okrug_buffer *body) {
    okrug_row_request request;
    int64_t change = 0;
    OKRUG_TRY(okrug_body_row(call->ctx, call->body, call->length, remove, &request));
    request.dataset = call->parameter[0];
    OKRUG_TRY(okrug_row_record(call->ctx, call->store, &request, &change));
    okrug_json json = okrug_json_to(body, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "change");
    if (change != 0) {
        okrug_json_integer(&json, change);
    } else {
        okrug_json_null(&json);
    }
    add_warnings(call->ctx, &json);
    okrug_json_object_end(&json);
    return OKRUG_OK;
}

okrug_status okrug_put_row(okrug_call *call, okrug_buffer *body) {
    return change_row(call, false, body);
}

okrug_status okrug_remove_row(okrug_call *call, okrug_buffer *body) {
    return change_row(call, true, body);
}

okrug_status okrug_post_merge(okrug_call *call, okrug_buffer *body) {
    okrug_merge_request request;
    okrug_merge_done done;
    OKRUG_TRY(okrug_body_merge(call->ctx, call->body, call->length, &request));
    request.dataset = call->parameter[0];
    OKRUG_TRY(okrug_firms_merge(call->ctx, call->store, &request, &done));
    okrug_json json = okrug_json_to(body, 0);
    okrug_json_object(&json);
    okrug_json_key(&json, "change");
    okrug_json_integer(&json, done.change);
    okrug_json_key(&json, "rows");
    okrug_json_integer(&json, done.rows);
    add_warnings(call->ctx, &json);
    okrug_json_object_end(&json);
    return OKRUG_OK;
}

okrug_status okrug_get_registry(okrug_call *call, okrug_buffer *body) {
    okrug_registry_request request = {.date = call->query[0]};
    return okrug_registry_describe(call->ctx, call->store, &request, body);
}

okrug_status okrug_get_registry_card(okrug_call *call, okrug_buffer *body) {
    okrug_registry_request request = {.cluster = call->parameter[0], .date = call->query[0]};
    return okrug_registry_describe(call->ctx, call->store, &request, body);
}
