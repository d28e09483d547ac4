/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths of the API: one table gives the dispatch and schemas/openapi.json.
 */
#ifndef OKRUG_API_ROUTES_H
#define OKRUG_API_ROUTES_H

#include "engine/engine.h"

enum { OKRUG_PATH_PARAMETERS = 2 };

/* What a handler works with. */
typedef struct {
    okrug_ctx *ctx; /* of this request */
    okrug_store *store;
    const char *parameter[OKRUG_PATH_PARAMETERS]; /* the parts of the path in braces, decoded */
} okrug_call;

typedef okrug_status okrug_handler(const okrug_call *call, okrug_buffer *body);

typedef struct {
    const char *path; /* "/api/v1/datasets/{id}" */
    const char *id;   /* operationId */
    const char *summary;
    const char *schema; /* name of the response's schema */
    bool needs_store;
    okrug_handler *handle;
} okrug_route;

extern const okrug_route okrug_routes[];
extern const int okrug_route_count;

/* The route of that path, its parameters copied into `call` (they live as long as call->ctx); NULL: none. */
const okrug_route *okrug_route_find(const char *path, okrug_call *call);

/* {"error": {"code", "messages": [...]}} from the faults of the context. */
void okrug_error_body(const okrug_ctx *ctx, okrug_status status, okrug_buffer *body);

#endif
