/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths of the API: one table gives the dispatch and schemas/openapi.json.
 */
#ifndef OKRUG_API_ROUTES_H
#define OKRUG_API_ROUTES_H

#include "api/uploads.h"
#include "engine/engine.h"

enum { OKRUG_PATH_PARAMETERS = 2, OKRUG_QUERIES = 8, OKRUG_REPEATS = 33 };

/* What a handler works with. */
typedef struct {
    okrug_ctx *ctx; /* of this request */
    okrug_store *store;
    const char *parameter[OKRUG_PATH_PARAMETERS]; /* the parts of the path in braces, decoded */
    const char *query[OKRUG_QUERIES];             /* what the route's queries were given; NULL: nothing */
    const char *repeated[OKRUG_REPEATS];          /* of the one that may be given several times */
    int repeats;
    const char *body; /* of a request that takes JSON */
    size_t length;
    okrug_upload *upload; /* of a request that takes bytes: received; NULL once it is kept */
    okrug_uploads *uploads;
    okrug_workers *workers;
    bool over; /* for a stream: its first event is its last */
    /* Of an answer that is a file: the type of its content, and the header that names it. NULL: the answer is JSON. */
    const char *type;
    const char *disposition;
    bool framed; /* the page shows it in a frame */
} okrug_call;

typedef okrug_status okrug_handler(okrug_call *call, okrug_buffer *body);

/* What may be given after the question mark of a path. */
typedef struct {
    const char *name;
    const char *choices;   /* "pdf svg"; NULL: any text */
    const char *otherwise; /* where it is not given; NULL: nothing */
    const char *about;
    bool repeats; /* may be given several times; one of a route at most */
} okrug_query;

typedef enum {
    OKRUG_TAKES_NOTHING,
    OKRUG_TAKES_JSON,
    OKRUG_TAKES_BYTES /* and ?name=FILE */
} okrug_takes;

typedef struct {
    const char *method; /* "GET" (HEAD too), "POST", "PUT", "DELETE" */
    const char *path;   /* "/api/v1/datasets/{id}" */
    const char *id;     /* operationId */
    const char *summary;
    unsigned code;      /* of an answer without a fault */
    const char *schema; /* name of that answer's schema; NULL: a file */
    okrug_handler *handle;
    bool reads;                 /* files: it may take long */
    bool streams;               /* the answer is the first event of a stream about the job of the path */
    bool reports;               /* makes a report: only so many at a time */
    const okrug_query *queries; /* ended by one without a name; NULL: none */
    const char *types;          /* of files: "application/pdf image/png" */
    okrug_takes takes;
    const char *body;   /* name of the schema of what it takes; its example is in openapi.c */
    const char *faults; /* "404 409": codes of its faults, beside those that all such requests have */
} okrug_route;

extern const okrug_route okrug_routes[];
extern const int okrug_route_count;

/* Whether requests of that method change something: they need the token. */
bool okrug_method_changes(const char *method);

/* The route of that path and method, its parameters copied into `call` (they live as long as call->ctx); NULL: none.
 * `allowed` gets the methods that the path knows ("GET, HEAD, POST"), "" for an unknown path. */
const okrug_route *okrug_route_find(const char *method, const char *path, okrug_call *call, const char **allowed);

/* {"error": {"code", "messages": [...]}} from the faults of the context. */
void okrug_error_body(const okrug_ctx *ctx, okrug_status status, okrug_buffer *body);

#endif
