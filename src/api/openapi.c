/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * schemas/openapi.json: the paths from the table of routes, the shapes of what they answer written here once.
 */
#include "api/openapi.h"
#include "api/api.h"

#include <stdio.h>
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
    "\"object\",\"required\":[\"name\",\"rows\",\"columns\"],\"properties\":{\"name\":{\"type\":\"string\"},"
    "\"rows\":{\"type\":\"integer\",\"minimum\":0},\"columns\":{\"type\":\"array\",\"items\":{\"type\":"
    "\"object\",\"required\":[\"name\",\"type\",\"unit\"],\"properties\":{\"name\":{\"type\":\"string\"},"
    "\"type\":{\"enum\":[\"text\",\"number\",\"geometry\"]},\"unit\":{\"type\":\"string\"}},"
    "\"additionalProperties\":false}}},\"additionalProperties\":false}},\"provenance\":{\"$ref\":"
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
    "\"Analysis\":{\"type\":\"object\",\"required\":[\"id\",\"subject\",\"inputs\",\"parameters\",\"outputs\","
    "\"references\","
    "\"cost\",\"grain\",\"no_grain\"],\"properties\":{\"id\":{\"type\":\"string\"},\"subject\":{\"type\":\"string\"},"
    "\"inputs\":{"
    "\"type\":\"array\",\"items\":{"
    "\"type\":"
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
    "\"references\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"cost\":{\"type\":\"string\"},"
    "\"grain\":{\"type\":\"array\",\"description\":\"With less the analysis refuses\",\"items\":{\"type\":"
    "\"object\",\"required\":[\"of\",\"least\",\"unit\"],\"properties\":{\"of\":{\"type\":\"string\"},\"least\":"
    "{\"type\":\"number\"},\"unit\":{\"enum\":[\"count\",\"share\"]}},\"additionalProperties\":false}},\"no_grain\":{"
    "\"type\":[\"string\","
    "\"null\"],\"description\":\"Why it refuses no data for being few, where there is no grain\"}}},"
    "\"Analyses\":{\"type\":\"object\",\"required\":[\"analyses\"],\"properties\":{\"analyses\":{\"type\":\"array\","
    "\"items\":{\"$ref\":\"#/components/schemas/Analysis\"}}}},"
    "\"Kinds\":{\"type\":\"object\",\"required\":[\"kinds\"],\"properties\":{\"kinds\":{\"type\":\"array\",\"items\":{"
    "\"type\":\"object\",\"required\":[\"id\",\"about\",\"shape\",\"roles\"],\"properties\":{\"id\":{\"type\":"
    "\"string\"},"
    "\"about\":{\"enum\":[\"regions\",\"firms\",\"registry\"]},\"shape\":{\"enum\":[\"tidy\",\"input-output\"]},"
    "\"roles\":{\"type\":\"array\",\"items\":{\"$ref\":"
    "\"#/components/schemas/Role\"}}},\"additionalProperties\":false}}},\"additionalProperties\":false},"
    "\"Option\":{\"type\":\"object\",\"required\":[\"name\",\"value\"],\"properties\":{\"name\":{\"type\":\"string\"},"
    "\"value\":{\"type\":\"string\"}},\"additionalProperties\":false},"
    "\"JobRequest\":{\"type\":\"object\",\"required\":[\"analysis\",\"input\"],\"properties\":{\"analysis\":{\"type\":"
    "\"string\"},\"input\":{\"type\":\"string\",\"description\":\"#dataset or #dataset/table\"},\"options\":{\"type\":"
    "\"array\",\"items\":{\"$ref\":\"#/components/schemas/Option\"},\"description\":\"As on the command line, without "
    "the dashes; second inputs are #dataset too\"},\"id\":{\"type\":[\"string\",\"null\"],\"description\":\"Of the "
    "result; else the analysis with the smallest number that is free\"}},\"additionalProperties\":false},"
    "\"Job\":{\"type\":\"object\",\"required\":[\"id\",\"state\",\"analysis\",\"input\",\"options\",\"result\","
    "\"progress\",\"messages\",\"created\",\"started\",\"finished\"],\"properties\":{\"id\":{\"type\":\"integer\","
    "\"minimum\":1},\"state\":{\"enum\":[\"queued\",\"running\",\"done\",\"failed\",\"cancelled\"]},\"analysis\":{"
    "\"type\":\"string\"},\"input\":{\"type\":\"string\"},\"options\":{\"type\":\"array\",\"items\":{\"$ref\":"
    "\"#/components/schemas/Option\"}},\"result\":{\"type\":[\"string\",\"null\"],\"description\":\"The dataset that "
    "was made\"},\"progress\":{\"type\":[\"object\",\"null\"],\"required\":[\"task\",\"done\",\"of\"],\"properties\":{"
    "\"task\":{\"type\":\"string\"},\"done\":{\"type\":\"number\"},\"of\":{\"type\":\"number\"}},"
    "\"additionalProperties\":false},\"messages\":{\"type\":\"array\",\"items\":{\"$ref\":"
    "\"#/components/schemas/Message\"}},\"created\":{\"type\":\"string\",\"description\":\"UTC, as all times\"},"
    "\"started\":{\"type\":[\"string\",\"null\"]},\"finished\":{\"type\":[\"string\",\"null\"]}},"
    "\"additionalProperties\":false},"
    "\"Jobs\":{\"type\":\"object\",\"required\":[\"jobs\"],\"properties\":{\"jobs\":{\"type\":\"array\",\"items\":{"
    "\"$ref\":\"#/components/schemas/Job\"}}},\"additionalProperties\":false},"
    "\"Part\":{\"type\":\"object\",\"required\":[\"name\",\"kind\",\"rows\"],\"properties\":{\"name\":{\"type\":"
    "\"string\"},\"kind\":{\"enum\":[\"sheet\",\"layer\",\"file\"]},\"rows\":{\"type\":[\"integer\",\"null\"]}},"
    "\"additionalProperties\":false},"
    "\"Upload\":{\"type\":\"object\",\"required\":[\"id\",\"name\",\"bytes\",\"parts\"],\"properties\":{\"id\":{"
    "\"type\":\"string\"},\"name\":{\"type\":\"string\"},\"bytes\":{\"type\":\"integer\",\"minimum\":0},\"parts\":{"
    "\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Part\"}}},\"additionalProperties\":false},"
    "\"PreviewRequest\":{\"type\":\"object\",\"required\":[\"upload\",\"kind\"],\"properties\":{\"upload\":{\"type\":"
    "\"string\"},\"part\":{\"type\":[\"string\",\"null\"],\"description\":"
    "\"Sheet or layer; needed where there are several\"},\"kind\":{\"type\":\"string\"},\"id\":{\"type\":[\"string\","
    "\"null\"]},\"options\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Option\"},\"description\":"
    "\"As on the command line, without the dashes\"},\"remembered\":{\"type\":\"boolean\",\"description\":"
    "\"Options of the last such file may be used where there are none here; true unless said\"},\"language\":{"
    "\"type\":[\"string\",\"null\"],\"description\":\"en or ru, of what is told in words\"}},"
    "\"additionalProperties\":false},"
    "\"ImportRequest\":{\"type\":\"object\",\"required\":[\"upload\",\"kind\",\"id\"],\"properties\":{\"upload\":{"
    "\"type\":\"string\"},\"part\":{\"type\":[\"string\",\"null\"],\"description\":"
    "\"Sheet or layer; needed where there are several\"},\"kind\":{\"type\":\"string\"},\"id\":{\"type\":\"string\"},"
    "\"options\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Option\"},\"description\":"
    "\"As on the command line, without the dashes\"},\"remembered\":{\"type\":\"boolean\",\"description\":"
    "\"Options of the last such file may be used where there are none here; true unless said\"},\"replace\":{"
    "\"type\":\"boolean\"}},\"additionalProperties\":false},"
    "\"Imported\":{\"type\":\"object\",\"required\":[\"dataset\",\"change\"],\"properties\":{\"dataset\":{\"type\":"
    "\"string\"},\"change\":{\"type\":\"integer\",\"minimum\":1}},\"additionalProperties\":false},"
    "\"Understood\":{\"type\":[\"object\",\"null\"],\"required\":[\"file\",\"kind\",\"id\",\"format\",\"part\","
    "\"compression\",\"encoding\",\"bom\",\"delimiter\",\"decimal\",\"header_row\",\"header_last\",\"rows_read\","
    "\"rows_kept\","
    "\"blank_cells\",\"missing_marks\",\"suppressed_cells\",\"marks\",\"sha256\"],\"properties\":{\"file\":{\"type\":"
    "\"string\"},\"kind\":{\"type\":\"string\"},\"id\":{\"type\":\"string\"},\"format\":{\"type\":\"string\"},"
    "\"part\":{\"type\":[\"string\",\"null\"]},\"compression\":{\"type\":[\"string\",\"null\"]},\"encoding\":{"
    "\"type\":\"string\"},\"bom\":{\"type\":\"boolean\"},\"delimiter\":{\"type\":\"string\"},\"decimal\":{\"type\":"
    "\"string\"},\"header_row\":{\"type\":\"integer\",\"minimum\":0},\"header_last\":{\"type\":\"integer\",\"minimum\":"
    "0,\"description\":\"Of a header of several rows the last; else "
    "0\"},\"rows_read\":{\"type\":\"integer\",\"minimum\":"
    "0},\"rows_kept\":{\"type\":\"integer\",\"minimum\":0},\"blank_cells\":{\"type\":\"integer\",\"minimum\":0},"
    "\"missing_marks\":{\"type\":\"integer\",\"minimum\":0},\"suppressed_cells\":{\"type\":\"integer\",\"minimum\":"
    "0},\"marks\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"text\",\"reason\",\"count\"],"
    "\"properties\":{\"text\":{\"type\":\"string\"},\"reason\":{\"type\":\"string\"},\"count\":{\"type\":\"integer\","
    "\"minimum\":0}},\"additionalProperties\":false}},\"sha256\":{\"type\":\"string\"}},\"additionalProperties\":"
    "false},"
    "\"Join\":{\"type\":[\"object\",\"null\"],\"required\":[\"with\",\"matched\",\"only_here_count\","
    "\"only_there_count\",\"only_here\",\"only_there\",\"near\"],\"properties\":{\"with\":{\"type\":\"string\"},"
    "\"matched\":{\"type\":\"integer\",\"minimum\":0},\"only_here_count\":{\"type\":\"integer\",\"minimum\":0},"
    "\"only_there_count\":{\"type\":\"integer\",\"minimum\":0},\"only_here\":{\"type\":\"array\",\"items\":{\"type\":"
    "\"string\"}},\"only_there\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"near\":{\"type\":\"array\","
    "\"items\":{\"type\":\"object\",\"required\":[\"here\",\"there\",\"why\"],\"properties\":{\"here\":{\"type\":"
    "\"string\"},\"there\":{\"type\":\"string\"},\"why\":{\"type\":\"string\"}},\"additionalProperties\":false}}},"
    "\"additionalProperties\":false},"
    "\"Preview\":{\"type\":\"object\",\"required\":[\"understood\",\"report\",\"columns\",\"top\",\"remembered\","
    "\"options\","
    "\"faults\",\"warnings\",\"preview\",\"join\"],\"properties\":{\"understood\":{\"$ref\":"
    "\"#/components/schemas/Understood\"},\"report\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
    "\"columns\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"header\",\"role\",\"suggested\","
    "\"type\",\"sample\"],\"properties\":{\"header\":{\"type\":\"string\"},\"role\":{\"type\":[\"string\",\"null\"]},"
    "\"suggested\":{\"type\":[\"string\",\"null\"],\"description\":\"Of nothing is made use that was not said\"},"
    "\"type\":{\"enum\":[\"text\",\"number\",\"geometry\"]},\"sample\":{\"type\":\"array\",\"items\":{\"type\":"
    "\"string\"}}},\"additionalProperties\":false}},"
    "\"top\":{\"type\":\"array\",\"description\":\"Texts of the first rows of what cannot be read as a "
    "table\",\"items\":{"
    "\"type\":\"object\",\"required\":[\"row\",\"texts\"],\"properties\":{\"row\":{\"type\":\"integer\",\"minimum\":1},"
    "\"texts\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}},\"additionalProperties\":false}},"
    "\"remembered\":{\"type\":\"boolean\"},\"options\":{\"type\":"
    "\"array\",\"items\":{\"$ref\":\"#/components/schemas/Option\"}},\"faults\":{\"type\":\"array\",\"items\":{"
    "\"$ref\":\"#/components/schemas/Message\"}},\"warnings\":{\"type\":\"array\",\"items\":{\"$ref\":"
    "\"#/components/schemas/Message\"}},\"preview\":{\"type\":[\"object\",\"null\"],\"required\":[\"table\",\"rows\","
    "\"columns\"],\"properties\":{\"table\":{\"type\":\"string\"},\"rows\":{\"type\":\"integer\",\"minimum\":0},"
    "\"columns\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Column\"}}},\"additionalProperties\":"
    "false},\"join\":{\"$ref\":\"#/components/schemas/Join\"}},\"additionalProperties\":false},"
    "\"Deleted\":{\"type\":\"object\",\"required\":[\"deleted\"],\"properties\":{\"deleted\":{\"type\":\"string\"}},"
    "\"additionalProperties\":false},"
    "\"Change\":{\"type\":\"object\",\"required\":[\"id\",\"what\",\"dataset\",\"time\",\"undone\",\"can_undo\"],"
    "\"properties\":{\"id\":{\"type\":\"integer\",\"minimum\":1},\"what\":{\"enum\":[\"import\",\"run\",\"remove\","
    "\"study\",\"edit\",\"merge\"]},\"dataset\":{\"type\":\"string\"},\"time\":{\"type\":\"string\"},\"undone\":{"
    "\"type\":"
    "\"boolean\"},"
    "\"can_undo\":{\"type\":\"boolean\"}},\"additionalProperties\":false},"
    "\"Changes\":{\"type\":\"object\",\"required\":[\"changes\"],\"properties\":{\"changes\":{\"type\":\"array\","
    "\"items\":{\"$ref\":\"#/components/schemas/Change\"}}},\"additionalProperties\":false},"
    "\"Undone\":{\"type\":\"object\",\"required\":[\"change\"],\"properties\":{\"change\":{\"$ref\":"
    "\"#/components/schemas/Change\"}},\"additionalProperties\":false},"
    "\"Message\":{\"type\":\"object\",\"required\":[\"code\",\"arguments\"],\"properties\":{\"code\":{\"type\":"
    "\"string\"},\"file\":{\"type\":\"string\"},\"line\":{\"type\":\"integer\"},\"column\":{\"type\":\"string\"},"
    "\"cell\":{\"type\":\"string\"},\"text\":{\"type\":\"string\"},\"arguments\":{\"type\":\"object\","
    "\"additionalProperties\":{\"type\":\"string\"}}}"
    "},"
    "\"Error\":{\"type\":\"object\",\"required\":[\"error\"],\"properties\":{\"error\":{\"type\":\"object\","
    "\"required\""
    ":[\"status\",\"messages\"],\"properties\":{\"status\":{\"type\":\"string\"},\"messages\":{\"type\":\"array\","
    "\"items\":{\"$ref\":\"#/components/schemas/Message\"}}}}}},"; /* openapi_rows.c has the others */

/* One request body for each schema of a body, that works on the workspace of examples/kaluga. */
static const struct {
    const char *schema;
    const char *example;
} examples[] = {
    {"JobRequest", "{\"analysis\":\"location-quotient\",\"input\":\"#regional-employment\",\"options\":[{\"name\":"
                   "\"level\",\"value\":\"0.9\"}]}"},
    {"PreviewRequest",
     "{\"upload\":\"the id that the upload was given\",\"kind\":\"values\",\"language\":\"en\",\"options\":"
     "[{\"name\":\"map\",\"value\":\"region=Code\"}]}"},
    {"ImportRequest",
     "{\"upload\":\"the id that the upload was given\",\"kind\":\"values\",\"id\":\"amounts\",\"options\":"
     "[{\"name\":\"map\",\"value\":\"region=Code\"}],\"replace\":false}"},
    {"RowRequest", "{\"kind\":\"clusters\",\"values\":[{\"name\":\"cluster\",\"value\":\"k1\"},{\"name\":\"name\","
                   "\"value\":\"Machinery\"},{\"name\":\"goals\",\"value\":null}]}"},
    {"MergeRequest", "{\"keep\":\"f1\",\"drop\":\"f2\"}"},
    {"RowKey", "{\"values\":[{\"name\":\"cluster\",\"value\":\"k1\"}]}"},
};

static const struct {
    const char *code;
    const char *description;
} faults[] = {
    {"400", "The request is not as it must be; every fault is named"},
    {"403", "The header X-Okrug-Token is missing or wrong, or the page of another site asks"},
    {"404", "There is no such thing"},
    {"409", "The name is taken, the workspace is being written, or there are too many"},
    {"413", "The body is too large"},
    {"415", "The body is not JSON"},
    {"422", "The data cannot be taken; every fault is named"},
    {"503", "There are too many of these at a time"},
};

static void add_schema(const char *schema, okrug_json *json) {
    okrug_json_key(json, "schema");
    okrug_json_object(json);
    if (schema == NULL) {
        okrug_json_member(json, "type", "string");
        okrug_json_member(json, "format", "binary");
    } else {
        char reference[96] = "#/components/schemas/";
        strncat(reference, schema, sizeof reference - strlen(reference) - 1);
        okrug_json_member(json, "$ref", reference);
    }
    okrug_json_object_end(json);
}

/* `types` has spaces between them; `schema` NULL: bytes. */
static void add_content(const char *types, const char *schema, const char *example, okrug_json *json) {
    okrug_json_key(json, "content");
    okrug_json_object(json);
    for (const char *at = types; *at != '\0'; at += strspn(at, " ")) {
        char type[96];
        size_t length = strcspn(at, " ");
        snprintf(type, sizeof type, "%.*s", (int)length, at);
        at += length;
        okrug_json_key(json, type);
        okrug_json_object(json);
        add_schema(schema, json);
        if (example != NULL) {
            okrug_json_key(json, "example");
            okrug_json_raw(json, example);
        }
        okrug_json_object_end(json);
    }
    okrug_json_object_end(json);
}

static void add_response(const char *code, const char *description, const char *types, const char *schema,
                         okrug_json *json) {
    okrug_json_key(json, code);
    okrug_json_object(json);
    okrug_json_member(json, "description", description);
    add_content(types, schema, NULL, json);
    okrug_json_object_end(json);
}

static void add_request_body(const okrug_route *route, okrug_json *json) {
    if (route->takes == OKRUG_TAKES_NOTHING) {
        return;
    }
    const char *example = NULL;
    for (size_t i = 0; route->body != NULL && i < sizeof examples / sizeof *examples; i++) {
        example = strcmp(examples[i].schema, route->body) == 0 ? examples[i].example : example;
    }
    okrug_json_key(json, "requestBody");
    okrug_json_object(json);
    okrug_json_key(json, "required");
    okrug_json_bool(json, true);
    add_content(route->takes == OKRUG_TAKES_JSON ? "application/json" : "application/octet-stream", route->body,
                example, json);
    okrug_json_object_end(json);
}

static bool has_fault(const okrug_route *route, const char *code) {
    const char *common = !okrug_method_changes(route->method) ? ""
                         : route->takes == OKRUG_TAKES_JSON   ? "400 403 413 415"
                         : route->takes == OKRUG_TAKES_BYTES  ? "400 403 413"
                                                              : "403";
    return strstr(common, code) != NULL || (route->faults != NULL && strstr(route->faults, code) != NULL);
}

static void add_operation(const okrug_route *route, okrug_json *json) {
    okrug_json_key(json, strcmp(route->method, "GET") == 0    ? "get"
                         : strcmp(route->method, "POST") == 0 ? "post"
                         : strcmp(route->method, "PUT") == 0  ? "put"
                                                              : "delete");
    okrug_json_object(json);
    okrug_json_member(json, "operationId", route->id);
    okrug_json_member(json, "summary", route->summary);
    okrug_openapi_parameters(route, json);
    add_request_body(route, json);
    okrug_json_key(json, "responses");
    okrug_json_object(json);
    char code[8];
    snprintf(code, sizeof code, "%u", route->code);
    add_response(code, route->streams ? "Events: the data of each is a job" : "OK",
                 route->streams         ? "text/event-stream"
                 : route->types != NULL ? route->types
                                        : "application/json",
                 route->schema, json);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (has_fault(route, faults[i].code)) {
            add_response(faults[i].code, faults[i].description, "application/json", "Error", json);
        }
    }
    okrug_json_object_end(json);
    okrug_json_object_end(json);
}

/* All operations of the route's path, once. */
static void add_path(int first, okrug_json *json) {
    const char *path = okrug_routes[first].path;
    for (int i = 0; i < first; i++) {
        if (strcmp(okrug_routes[i].path, path) == 0) {
            return;
        }
    }
    okrug_json_key(json, path);
    okrug_json_object(json);
    for (int i = first; i < okrug_route_count; i++) {
        if (strcmp(okrug_routes[i].path, path) == 0) {
            add_operation(&okrug_routes[i], json);
        }
    }
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
        add_path(i, &json);
    }
    okrug_json_object_end(&json);
    okrug_json_key(&json, "components");
    okrug_json_object(&json);
    okrug_json_key(&json, "schemas");
    okrug_buffer shapes = {0};
    okrug_buffer_add_text(&shapes, schemas);
    okrug_openapi_rows(&shapes);
    okrug_buffer_add_text(&shapes, "}");
    okrug_json_raw(&json, okrug_buffer_status(&shapes) == OKRUG_OK ? shapes.bytes : "{}");
    out->failed = out->failed || shapes.failed;
    okrug_buffer_free(&shapes);
    okrug_json_object_end(&json);
    okrug_json_object_end(&json);
    okrug_buffer_add_text(out, "\n");
}
