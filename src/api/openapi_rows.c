/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * schemas/openapi.json: the shapes of rows, their history and the registry of clusters, which are regular enough to be
 * told by a letter and a name for each member.
 */
#include "api/openapi.h"

#include <stdio.h>
#include <string.h>

/* T text; t text or null; ? the same, and it may be absent; n number or null; c count; i number of a change or null; b
 * yes or no; r another shape; l a list of it; m texts by name. */
static const struct {
    const char *name;
    const char *members;
} shapes[] = {
    {"Rows", "c:total r:table=Table"},
    {"RowValue", "T:name t:value"},
    {"RowRequest", "l:values=RowValue ?:kind"},
    {"RowKey", "l:values=Option"},
    {"Recorded", "i:change l:warnings=Message"},
    {"MergeRequest", "T:keep T:drop"},
    {"Merged", "c:change c:rows l:warnings=Message"},
    {"History", "r:history=Table"},
    {"RegistryListed", "T:cluster t:name t:region t:organisation b:in_force b:synthetic c:participants c:facilities "
                       "c:projects c:late"},
    {"Registry", "T:date l:clusters=RegistryListed m:datasets"},
    {"RegistryCluster", "T:cluster t:name t:region t:organisation t:organisation_name t:goals t:since t:until "
                        "b:in_force b:synthetic"},
    {"RegistryParticipant", "T:firm t:name t:role t:industry t:region n:employees t:producing t:since t:until"},
    {"RegistryFacility", "T:facility t:kind t:name t:region t:since t:until"},
    {"RegistryProject", "T:project t:name t:firm t:firm_name t:product t:stage t:start t:finish n:budget n:own_funds "
                        "n:jobs n:spent c:milestones c:done c:late"},
    {"RegistryMilestone", "T:project T:milestone t:name t:due t:done b:late"},
    {"RegistrySpending", "T:project t:source c:entries n:amount"},
    {"RegistryObligation", "T:obligation t:project t:party t:party_name t:name t:due t:done n:amount b:late"},
    {"RegistryNeed", "T:need t:project t:firm t:firm_name t:kind t:operation t:name n:quantity t:measure t:due t:done "
                     "b:late c:facilities c:machines n:idle_hours t:obligation"},
    {"RegistryContracts", "c:count n:amount c:undated c:firms"},
    {"RegistryCooperation", "T:supplier t:supplier_name T:buyer t:buyer_name c:contracts n:amount"},
    {"RegistryMissing", "T:what t:of c:count"},
    {"RegistryCard",
     "T:date r:cluster=RegistryCluster l:participants=RegistryParticipant l:facilities=RegistryFacility "
     "l:projects=RegistryProject l:milestones=RegistryMilestone l:spending=RegistrySpending "
     "l:obligations=RegistryObligation l:needs=RegistryNeed r:contracts=RegistryContracts "
     "l:cooperation=RegistryCooperation "
     "l:missing=RegistryMissing m:datasets"},
};

/* One member as it is written above. */
typedef struct {
    char letter;
    const char *name, *shape;
    size_t name_length, shape_length;
} member;

static const char *next_member(const char *at, member *m) {
    at += strspn(at, " ");
    size_t length = strcspn(at, " ");
    m->letter = at[0];
    m->name = at + (length > 0 ? 2 : 0);
    m->name_length = strcspn(m->name, " =");
    m->shape = m->name + m->name_length + 1;
    m->shape_length = m->name[m->name_length] == '=' ? strcspn(m->shape, " ") : 0;
    return length > 0 ? at + length : NULL;
}

static void add_types(const char *one, const char *other, okrug_json *json) {
    okrug_json_key(json, "type");
    if (other == NULL) {
        okrug_json_text(json, one);
        return;
    }
    okrug_json_array(json);
    okrug_json_text(json, one);
    okrug_json_text(json, other);
    okrug_json_array_end(json);
}

static void add_reference(const member *m, okrug_json *json) {
    char reference[96];
    snprintf(reference, sizeof reference, "#/components/schemas/%.*s", (int)m->shape_length, m->shape);
    okrug_json_member(json, "$ref", reference);
}

static void add_member(const member *m, okrug_json *json) {
    bool count = m->letter == 'c' || m->letter == 'i';
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)m->name_length, m->name);
    okrug_json_key(json, name);
    okrug_json_object(json);
    if (m->letter == 'r') {
        add_reference(m, json);
    } else if (m->letter == 'l' || m->letter == 'm') {
        add_types(m->letter == 'l' ? "array" : "object", NULL, json);
        okrug_json_key(json, m->letter == 'l' ? "items" : "additionalProperties");
        okrug_json_object(json);
        if (m->letter == 'l') {
            add_reference(m, json);
        } else {
            add_types("string", NULL, json);
        }
        okrug_json_object_end(json);
    } else {
        bool null = m->letter == 't' || m->letter == '?' || m->letter == 'n' || m->letter == 'i';
        add_types(count              ? "integer"
                  : m->letter == 'n' ? "number"
                  : m->letter == 'b' ? "boolean"
                                     : "string",
                  null ? "null" : NULL, json);
    }
    if (count) {
        okrug_json_key(json, "minimum");
        okrug_json_integer(json, m->letter == 'i');
    }
    okrug_json_object_end(json);
}

static void add_shape(const char *members, okrug_json *json) {
    member m;
    okrug_json_object(json);
    add_types("object", NULL, json);
    okrug_json_key(json, "required");
    okrug_json_array(json);
    for (const char *at = next_member(members, &m); at != NULL; at = next_member(at, &m)) {
        if (m.letter != '?') {
            okrug_json_text_n(json, m.name, m.name_length);
        }
    }
    okrug_json_array_end(json);
    okrug_json_key(json, "properties");
    okrug_json_object(json);
    for (const char *at = next_member(members, &m); at != NULL; at = next_member(at, &m)) {
        add_member(&m, json);
    }
    okrug_json_object_end(json);
    okrug_json_key(json, "additionalProperties");
    okrug_json_bool(json, false);
    okrug_json_object_end(json);
}

void okrug_openapi_rows(okrug_buffer *out) {
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        okrug_json json = okrug_json_to(out, 0);
        okrug_buffer_add_format(out, "%s\"%s\":", i > 0 ? "," : "", shapes[i].name);
        add_shape(shapes[i].members, &json);
    }
}
