/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * schemas/openapi.json: the paths from the table of routes, the shapes of what they answer written here once.
 */
#include "api/api.h"
#include "api/routes.h"

#include <string.h>

/* Shapes of answers, as JSON Schema (OpenAPI 3.1). */
static const char schemas[] =
    "{\"Version\":{\"type\":\"object\",\"required\":[\"okrug\"],\"properties\":{\"okrug\":{\"type\":\"string\"}},"
    "\"additionalProperties\":false},"
    "\"Bilingual\":{\"type\":\"object\",\"properties\":{\"en\":{\"type\":\"string\"},\"ru\":{\"type\":\"string\"}}},"
    "\"Study\":{\"type\":\"object\",\"required\":[\"study\"],\"properties\":{\"study\":{\"type\":\"string\"},"
    "\"title\":{\"$ref\":\"#/components/schemas/Bilingual\"},\"text\":{\"$ref\":\"#/components/schemas/Bilingual\"},"
    "\"page\":{\"type\":\"object\",\"additionalProperties\":true}}},"
    "\"Provenance\":{\"type\":[\"object\",\"null\"],\"additionalProperties\":true},"
    "\"Dataset\":{\"type\":\"object\",\"required\":[\"id\",\"kind\",\"tables\",\"provenance\"],\"properties\":{"
    "\"id\":{\"type\":\"string\"},\"kind\":{\"type\":\"string\"},\"tables\":{\"type\":\"array\",\"items\":{\"type\":"
    "\"object\",\"required\":[\"name\",\"rows\"],\"properties\":{\"name\":{\"type\":\"string\"},\"rows\":{\"type\":"
    "\"integer\",\"minimum\":0}},\"additionalProperties\":false}},\"provenance\":{\"$ref\":"
    "\"#/components/schemas/Provenance\"}},\"additionalProperties\":false},"
    "\"Datasets\":{\"type\":\"object\",\"required\":[\"datasets\"],\"properties\":{\"datasets\":{\"type\":\"array\","
    "\"items\":{\"$ref\":\"#/components/schemas/Dataset\"}}},\"additionalProperties\":false},"
    "\"Column\":{\"type\":\"object\",\"required\":[\"name\",\"type\",\"unit\",\"values\"],\"properties\":{\"name\":{"
    "\"type\":\"string\"},\"type\":{\"enum\":[\"text\",\"number\",\"geometry\"]},\"unit\":{\"type\":\"string\"},"
    "\"values\":{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"number\",\"null\"]}},\"reasons\":{\"type\":"
    "\"array\",\"items\":{\"type\":\"string\"}}},\"additionalProperties\":false},"
    "\"Table\":{\"type\":\"object\",\"required\":[\"table\",\"rows\",\"columns\"],\"properties\":{\"table\":{\"type\":"
    "\"string\"},\"rows\":{\"type\":\"integer\",\"minimum\":0},\"columns\":{\"type\":\"array\",\"items\":{\"$ref\":"
    "\"#/components/schemas/Column\"}}},\"additionalProperties\":false},"
    "\"FeatureCollection\":{\"type\":\"object\",\"required\":[\"type\",\"features\"],\"properties\":{\"type\":{"
    "\"const\":\"FeatureCollection\"},\"features\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":["
    "\"type\",\"geometry\",\"properties\"],\"properties\":{\"type\":{\"const\":\"Feature\"},\"geometry\":{\"type\":["
    "\"object\",\"null\"]},\"properties\":{\"type\":\"object\",\"additionalProperties\":true}}}}}},"
    "\"Role\":{\"type\":\"object\",\"required\":[\"name\",\"type\",\"need\",\"domain\",\"unit\"],\"properties\":{"
    "\"name\":{\"type\":\"string\"},\"type\":{\"type\":\"string\"},\"need\":{\"type\":\"string\"},\"domain\":{\"type\":"
    "\"string\"},\"unit\":{\"type\":\"string\"}}},"
    "\"Analysis\":{\"type\":\"object\",\"required\":[\"id\",\"inputs\",\"parameters\",\"outputs\",\"references\","
    "\"cost\"],\"properties\":{\"id\":{\"type\":\"string\"},\"inputs\":{\"type\":\"array\",\"items\":{\"type\":"
    "\"object\",\"required\":[\"name\",\"shape\",\"required\",\"roles\"],\"properties\":{\"name\":{\"type\":\"string\"}"
    ","
    "\"shape\":{\"enum\":[\"tidy\",\"input-output\"]},\"required\":{\"type\":\"boolean\"},\"or_row\":{\"type\":"
    "\"boolean\"},\"roles\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Role\"}}}}},\"parameters\":{"
    "\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"name\",\"kind\",\"unit\"],\"properties\":{"
    "\"name\":{\"type\":\"string\"},\"kind\":{\"enum\":[\"real\",\"integer\",\"choice\",\"text\",\"texts\"]},\"unit\":{"
    "\"type\":\"string\"},\"default\":{\"type\":[\"number\",\"string\"]},\"minimum\":{\"type\":\"number\"},"
    "\"maximum\":{\"type\":\"number\"},\"choices\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}},"
    "\"outputs\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"table\",\"columns\"],"
    "\"properties\":{\"table\":{\"type\":\"string\"},\"columns\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"required\":[\"name\",\"type\",\"unit\",\"formula\"],\"properties\":{\"name\":{\"type\":\"string\"},\"type\":{"
    "\"type\":\"string\"},\"unit\":{\"type\":\"string\"},\"formula\":{\"type\":[\"string\",\"null\"]}}}}}}},"
    "\"references\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"cost\":{\"type\":\"string\"}}},"
    "\"Analyses\":{\"type\":\"object\",\"required\":[\"analyses\"],\"properties\":{\"analyses\":{\"type\":\"array\","
    "\"items\":{\"$ref\":\"#/components/schemas/Analysis\"}}}},"
    "\"Message\":{\"type\":\"object\",\"required\":[\"code\",\"arguments\"],\"properties\":{\"code\":{\"type\":"
    "\"string\"},\"file\":{\"type\":\"string\"},\"line\":{\"type\":\"integer\"},\"column\":{\"type\":\"string\"},"
    "\"arguments\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}}},"
    "\"Error\":{\"type\":\"object\",\"required\":[\"error\"],\"properties\":{\"error\":{\"type\":\"object\","
    "\"required\""
    ":[\"status\",\"messages\"],\"properties\":{\"status\":{\"type\":\"string\"},\"messages\":{\"type\":\"array\","
    "\"items\":{\"$ref\":\"#/components/schemas/Message\"}}}}}}}";

static void add_content(const char *schema, okrug_json *json) {
    okrug_json_key(json, "content");
    okrug_json_object(json);
    okrug_json_key(json, "application/json");
    okrug_json_object(json);
    okrug_json_key(json, "schema");
    okrug_json_object(json);
    okrug_json_key(json, "$ref");
    char reference[96] = "#/components/schemas/";
    strncat(reference, schema, sizeof reference - strlen(reference) - 1);
    okrug_json_text(json, reference);
    okrug_json_object_end(json);
    okrug_json_object_end(json);
    okrug_json_object_end(json);
}

static void add_response(const char *code, const char *description, const char *schema, okrug_json *json) {
    okrug_json_key(json, code);
    okrug_json_object(json);
    okrug_json_member(json, "description", description);
    add_content(schema, json);
    okrug_json_object_end(json);
}

static void add_parameters(const char *path, okrug_json *json) {
    okrug_json_key(json, "parameters");
    okrug_json_array(json);
    for (const char *open = strchr(path, '{'); open != NULL; open = strchr(open + 1, '{')) {
        okrug_json_object(json);
        okrug_json_key(json, "name");
        okrug_json_text_n(json, open + 1, strcspn(open + 1, "}"));
        okrug_json_member(json, "in", "path");
        okrug_json_key(json, "required");
        okrug_json_bool(json, true);
        okrug_json_key(json, "schema");
        okrug_json_object(json);
        okrug_json_member(json, "type", "string");
        okrug_json_object_end(json);
        okrug_json_object_end(json);
    }
    okrug_json_array_end(json);
}

static void add_path(const okrug_route *route, okrug_json *json) {
    okrug_json_key(json, route->path);
    okrug_json_object(json);
    okrug_json_key(json, "get");
    okrug_json_object(json);
    okrug_json_member(json, "operationId", route->id);
    okrug_json_member(json, "summary", route->summary);
    add_parameters(route->path, json);
    okrug_json_key(json, "responses");
    okrug_json_object(json);
    add_response("200", "OK", route->schema, json);
    if (route->needs_store) {
        add_response("404", "There is no such thing in the workspace", "Error", json);
    }
    okrug_json_object_end(json);
    okrug_json_object_end(json);
    okrug_json_object_end(json);
}

void okrug_openapi(okrug_buffer *out) {
    okrug_json json = okrug_json_to(out, 2);
    okrug_json_object(&json);
    okrug_json_member(&json, "openapi", "3.1.0");
    okrug_json_key(&json, "info");
    okrug_json_object(&json);
    okrug_json_member(&json, "title", "okrug");
    okrug_json_member(&json, "version", okrug_version());
    okrug_json_key(&json, "license");
    okrug_json_object(&json);
    okrug_json_member(&json, "name", "GPL-3.0-or-later");
    okrug_json_object_end(&json);
    okrug_json_object_end(&json);
    okrug_json_key(&json, "paths");
    okrug_json_object(&json);
    for (int i = 0; i < okrug_route_count; i++) {
        add_path(&okrug_routes[i], &json);
    }
    okrug_json_object_end(&json);
    okrug_json_key(&json, "components");
    okrug_json_object(&json);
    okrug_json_key(&json, "schemas");
    okrug_json_raw(&json, schemas);
    okrug_json_object_end(&json);
    okrug_json_object_end(&json);
    okrug_buffer_add_text(out, "\n");
}
