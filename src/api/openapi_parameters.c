/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * schemas/openapi.json: what a request says in its path, after the question mark and in its headers.
 */
#include "api/openapi.h"

#include <string.h>

static void add_parameter(const char *name, size_t length, const char *in, okrug_json *json) {
    okrug_json_object(json);
    okrug_json_key(json, "name");
    okrug_json_text_n(json, name, length);
    okrug_json_member(json, "in", in);
    okrug_json_key(json, "required");
    okrug_json_bool(json, true);
    okrug_json_key(json, "schema");
    okrug_json_object(json);
    okrug_json_member(json, "type", "string");
    okrug_json_object_end(json);
    okrug_json_object_end(json);
}

static void add_texts(const char *list, okrug_json *json) {
    okrug_json_array(json);
    for (const char *at = list; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        okrug_json_text_n(json, at, length);
        at += length;
    }
    okrug_json_array_end(json);
}

static void add_query(const okrug_query *query, okrug_json *json) {
    okrug_json_object(json);
    okrug_json_member(json, "name", query->name);
    okrug_json_member(json, "in", "query");
    okrug_json_member(json, "description", query->about);
    okrug_json_key(json, "required");
    okrug_json_bool(json, false);
    okrug_json_key(json, "schema");
    okrug_json_object(json);
    if (query->repeats) {
        okrug_json_member(json, "type", "array");
        okrug_json_key(json, "items");
        okrug_json_object(json);
    }
    okrug_json_member(json, "type", "string");
    if (query->repeats) {
        okrug_json_object_end(json);
    }
    if (query->choices != NULL) {
        okrug_json_key(json, "enum");
        add_texts(query->choices, json);
    }
    if (query->otherwise != NULL) {
        okrug_json_member(json, "default", query->otherwise);
    }
    okrug_json_object_end(json);
    okrug_json_object_end(json);
}

void okrug_openapi_parameters(const okrug_route *route, okrug_json *json) {
    okrug_json_key(json, "parameters");
    okrug_json_array(json);
    for (const char *open = strchr(route->path, '{'); open != NULL; open = strchr(open + 1, '{')) {
        add_parameter(open + 1, strcspn(open + 1, "}"), "path", json);
    }
    if (route->takes == OKRUG_TAKES_BYTES) {
        add_parameter("name", strlen("name"), "query", json);
    }
    for (const okrug_query *query = route->queries; query != NULL && query->name != NULL; query++) {
        add_query(query, json);
    }
    if (okrug_method_changes(route->method)) {
        add_parameter("X-Okrug-Token", strlen("X-Okrug-Token"), "header", json);
    }
    okrug_json_array_end(json);
}
