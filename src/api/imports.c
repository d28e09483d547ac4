/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Uploads and what becomes of them. Files are read here, which may take long: these handlers have threads of their own.
 */
#include "api/imports.h"

#include "api/body.h"

enum { PREVIEW_ROWS = 20 };

/* ---- Uploads ---- */

/* The parts of a file are read once it is whole; one that cannot be read is not kept. */
okrug_status okrug_post_upload(okrug_call *call, okrug_buffer *body) {
    okrug_buffer parts = {0};
    okrug_upload *upload = call->upload;
    OKRUG_TRY(okrug_upload_finish(call->ctx, upload));
    okrug_status status = okrug_file_parts(call->ctx, okrug_upload_path(upload), NULL, 0, &parts);
    status = status == OKRUG_OK ? okrug_buffer_status(&parts) : status;
    if (status == OKRUG_OK) {
        okrug_json json = okrug_json_to(body, 0);
        okrug_json_object(&json);
        okrug_upload_describe(upload, &json);
        okrug_json_key(&json, "parts");
        okrug_json_raw(&json, parts.bytes);
        okrug_json_object_end(&json);
        okrug_upload_keep(upload);
        call->upload = NULL;
    }
    okrug_buffer_free(&parts);
    return status;
}

okrug_status okrug_delete_upload(okrug_call *call, okrug_buffer *body) {
    OKRUG_TRY(okrug_uploads_remove(call->ctx, call->uploads, call->parameter[0]));
    okrug_json json = okrug_json_to(body, 0);
    okrug_json_object(&json);
    okrug_json_member(&json, "deleted", call->parameter[0]);
    okrug_json_object_end(&json);
    return OKRUG_OK;
}

/* ---- Imports ---- */

static okrug_status request_of(okrug_call *call, const okrug_import_body *sent, okrug_import_request *request) {
    *request = (okrug_import_request){.kind = sent->kind,
                                      .id = sent->id,
                                      .options = sent->options,
                                      .part = sent->part,
                                      .no_remembered = !sent->remembered};
    return okrug_uploads_path(call->ctx, call->uploads, sent->upload, &request->file);
}

okrug_status okrug_preview_import(okrug_call *call, okrug_buffer *body) {
    okrug_import_body sent;
    okrug_import_request request;
    OKRUG_TRY(okrug_body_preview(call->ctx, call->body, call->length, &sent));
    OKRUG_TRY(request_of(call, &sent, &request));
    okrug_catalogue *catalogue = okrug_catalogue_new(sent.language);
    okrug_status status = OKRUG_NO_MEMORY;
    if (catalogue != NULL) {
        status = okrug_import_preview(call->ctx, call->store, &request, catalogue, PREVIEW_ROWS, body);
    }
    okrug_catalogue_free(catalogue);
    return status;
}

okrug_status okrug_post_import(okrug_call *call, okrug_buffer *body) {
    okrug_import_body sent;
    okrug_import_request request;
    int64_t change = 0;
    OKRUG_TRY(okrug_body_import(call->ctx, call->body, call->length, &sent));
    OKRUG_TRY(request_of(call, &sent, &request));
    OKRUG_TRY(okrug_import_into(call->ctx, call->store, &request, sent.replace, NULL, NULL, &change));
    okrug_uploads_remove(call->ctx, call->uploads, sent.upload); /* where somebody deleted it meanwhile, it is gone */
    okrug_json json = okrug_json_to(body, 0);
    okrug_json_object(&json);
    okrug_json_member(&json, "dataset", sent.id);
    okrug_json_key(&json, "change");
    okrug_json_integer(&json, change);
    okrug_json_object_end(&json);
    return OKRUG_OK;
}
