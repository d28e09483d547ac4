/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GeoJSON FeatureCollection (RFC 7946): a row for each feature, a column for each property any of them has, in the
 * order in which they first come, then `id` where features have one and no property is called so, then `geometry`.
 *
 * The whole collection is held while it is read, so its size is limited, and so is the depth of its brackets.
 */
#include "sources/geometry.h"
#include "sources/readers.h"

#include <stdlib.h>
#include <string.h>

#include "dataset/wkb.h"

enum { DEPTH_MAX = 32, FEATURES_A_LOOK = 1024 };

static const int64_t SIZE_MAX_BYTES = INT64_C(256) << 20;

typedef struct {
    okrug_rows *rows;
    okrug_input *input;
    okrug_decoder *decoder;
    const char *text;
    size_t left;
    int64_t size;
    int depth;
    bool in_string;
    bool escaped;
    okrug_status status;
    const char *limit; /* that was passed: a message code */
} json_stream;

static bool too_deep(json_stream *stream, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        char byte = text[i];
        if (stream->in_string) {
            stream->in_string = byte != '"' || stream->escaped;
            stream->escaped = byte == '\\' && !stream->escaped;
        } else if (byte == '"') {
            stream->in_string = true;
            stream->escaped = false;
        } else if (byte == '[' || byte == '{') {
            stream->depth++;
        } else if (byte == ']' || byte == '}') {
            stream->depth--;
        }
        if (stream->depth > DEPTH_MAX) {
            return true;
        }
    }
    return false;
}

static size_t give_text(void *buffer, size_t room, void *user) {
    json_stream *stream = user;
    if (stream->left == 0) {
        stream->status = okrug_reading_goes_on(stream->rows, stream->input);
        if (stream->status == OKRUG_OK) {
            stream->status = okrug_decoder_read(stream->decoder, &stream->text, &stream->left);
        }
        stream->size += (int64_t)stream->left;
        if (stream->status != OKRUG_OK) {
            return (size_t)-1;
        }
        if (stream->size > SIZE_MAX_BYTES || too_deep(stream, stream->text, stream->left)) {
            stream->limit = stream->size > SIZE_MAX_BYTES ? "json-too-large" : "json-too-deep";
            return (size_t)-1;
        }
    }
    size_t piece = stream->left < room ? stream->left : room;
    memcpy(buffer, stream->text, piece);
    stream->text += piece;
    stream->left -= piece;
    return piece;
}

/* Whether the text is UTF-8 to its end has to be known before a fault may be reported. */
static void read_on(json_stream *stream) {
    const char *text;
    size_t length;
    while (!stream->rows->settled && okrug_decoder_read(stream->decoder, &text, &length) == OKRUG_OK && length > 0) {
    }
}

static okrug_status load(json_stream *stream, json_t **root) {
    okrug_rows *rows = stream->rows;
    json_error_t error;
    *root = json_load_callback(give_text, stream, JSON_REJECT_DUPLICATES, &error);
    if (*root != NULL) {
        rows->settled = true;
        return OKRUG_OK;
    }
    if (okrug_decoder_trouble(stream->decoder)->status != OKRUG_OK) {
        return okrug_decoder_fail(rows, stream->decoder, error.line > 0 ? error.line : 0);
    }
    OKRUG_TRY(stream->status);
    if (json_error_code(&error) == json_error_out_of_memory) {
        return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    read_on(stream);
    okrug_place place = okrug_rows_place(rows, (okrug_row_place){.line = error.line > 0 ? error.line : 0}, NULL);
    if (!okrug_rows_report(rows)) {
        return OKRUG_BAD_INPUT;
    }
    if (stream->size == 0) {
        place.line = 0;
        return okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "empty-file", &place, (char *)NULL);
    }
    if (stream->limit != NULL) {
        return okrug_fail(rows->ctx, OKRUG_BAD_INPUT, stream->limit, &place, "limit",
                          strcmp(stream->limit, "json-too-large") == 0 ? "256 MiB" : "32", (char *)NULL);
    }
    return okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "bad-json", &place, "reason", error.text, (char *)NULL);
}

/* Coordinates are longitude and latitude of WGS84; older files may name another system. */
static void look_at_crs(okrug_rows *rows, const json_t *root) {
    static const char *const wgs84[] = {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84",
                                        "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"};
    const json_t *properties = json_object_get(json_object_get(root, "crs"), "properties");
    const char *name = json_string_value(json_object_get(properties, "name"));
    if (name == NULL) {
        return;
    }
    for (size_t i = 0; i < sizeof wgs84 / sizeof wgs84[0]; i++) {
        if (strcmp(name, wgs84[i]) == 0) {
            return;
        }
    }
    okrug_place place = {.file = rows->request->path};
    okrug_warn(rows->ctx, "crs-not-wgs84", &place, "crs", name, (char *)NULL);
}

static okrug_status collect_names(const json_t *features, okrug_words *names, bool *id) {
    for (size_t i = 0; i < json_array_size(features); i++) {
        const json_t *feature = json_array_get(features, i);
        /* jansson's iterators take objects that are not const. */
        json_t *properties = json_object_get(feature, "properties");
        for (void *at = json_object_iter(properties); at != NULL; at = json_object_iter_next(properties, at)) {
            const char *key = json_object_iter_key(at);
            if (okrug_words_add(names, key, strlen(key)) < 0) {
                return OKRUG_NO_MEMORY;
            }
        }
        *id = *id || json_object_get(feature, "id") != NULL;
    }
    *id = *id && okrug_words_find(names, "id", 2) < 0;
    if (*id && okrug_words_add(names, "id", 2) < 0) {
        return OKRUG_NO_MEMORY;
    }
    return OKRUG_OK;
}

/* Puts the value's text into `texts`; its place there is known once all of the row is in, for the buffer moves. */
static bool put_value(const json_t *value, okrug_buffer *texts, okrug_cell *cell) {
    size_t before = texts->length;
    *cell = (okrug_cell){.plain = json_is_number(value)};
    if (value == NULL || json_is_null(value)) {
        return false;
    }
    if (json_is_string(value)) {
        okrug_buffer_add(texts, json_string_value(value), json_string_length(value));
    } else if (json_is_integer(value)) {
        okrug_buffer_add_integer(texts, json_integer_value(value));
    } else if (json_is_real(value)) {
        okrug_buffer_add_number(texts, json_real_value(value));
    } else {
        char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
        texts->failed = texts->failed || text == NULL;
        okrug_buffer_add_text(texts, text == NULL ? "" : text);
        free(text);
    }
    cell->length = texts->length - before;
    return true;
}

static void feature_fault(okrug_rows *rows, const char *code, const char *found, int64_t number) {
    if (okrug_rows_report(rows)) {
        okrug_place place = okrug_rows_place(rows, (okrug_row_place){0}, "geometry");
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, code, &place, "feature", okrug_text_integer(rows->ctx, number), "found",
                   found, (char *)NULL);
    }
}

typedef struct {
    okrug_words *names;
    bool id;    /* the last name is the feature's own */
    int fields; /* names and geometry */
    okrug_cell *cell;
    bool *there;
    okrug_buffer texts;
    okrug_buffer wkb;
} feature_reader;

static okrug_status add_feature(feature_reader *reader, okrug_rows *rows, const json_t *feature, int64_t number) {
    const char *type = json_string_value(json_object_get(feature, "type"));
    const json_t *properties = json_object_get(feature, "properties");
    const json_t *geometry = json_object_get(feature, "geometry");
    if (type == NULL || strcmp(type, "Feature") != 0) {
        feature_fault(rows, "not-a-feature", "", number);
        return OKRUG_OK;
    }
    okrug_buffer_clear(&reader->texts);
    okrug_buffer_clear(&reader->wkb);
    int last = reader->fields - 1;
    for (int f = 0; f < last; f++) {
        const char *name = okrug_words_text(reader->names, f);
        const json_t *value =
            reader->id && f == last - 1 ? json_object_get(feature, "id") : json_object_get(properties, name);
        reader->there[f] = put_value(value, &reader->texts, &reader->cell[f]);
    }
    size_t before = reader->texts.length;
    reader->there[last] = geometry != NULL && !json_is_null(geometry) && rows->needed[last];
    if (reader->there[last]) {
        okrug_geometry_flaw flaw = okrug_geometry_wkb(geometry, &reader->wkb);
        if (flaw.code != NULL) {
            feature_fault(rows, flaw.code, flaw.found, number);
            reader->there[last] = false;
        } else if (!reader->wkb.failed) {
            okrug_hexadecimal_encode((const uint8_t *)reader->wkb.bytes, reader->wkb.length, &reader->texts);
        }
    }
    reader->cell[last] = (okrug_cell){.length = reader->texts.length - before};
    okrug_buffer_add(&reader->texts, "", 1); /* so that there are bytes even where all texts are empty */
    if (reader->texts.failed || reader->wkb.failed) {
        return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    size_t at = 0;
    for (int f = 0; f < reader->fields; f++) {
        reader->cell[f].text = reader->there[f] ? reader->texts.bytes + at : NULL;
        at += reader->cell[f].length;
    }
    return okrug_rows_add(rows, reader->cell, (okrug_row_place){.feature = number});
}

static okrug_status read_features(feature_reader *reader, okrug_rows *rows, const okrug_input *input,
                                  const json_t *features) {
    int words = okrug_words_count(reader->names);
    reader->fields = words + 1;
    reader->cell = calloc((size_t)reader->fields, sizeof *reader->cell);
    reader->there = calloc((size_t)reader->fields, sizeof *reader->there);
    if (reader->cell == NULL || reader->there == NULL) {
        return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    for (int f = 0; f < words; f++) {
        const char *name = okrug_words_text(reader->names, f);
        reader->cell[f] = (okrug_cell){.text = name, .length = strlen(name)};
    }
    reader->cell[words] = (okrug_cell){.text = "geometry", .length = 8};
    rows->geometry_field = words;
    OKRUG_TRY(okrug_rows_begin(rows, reader->cell, reader->fields, (okrug_row_place){0}));
    for (size_t i = 0; i < json_array_size(features); i++) {
        if (i % FEATURES_A_LOOK == 0) {
            OKRUG_TRY(okrug_reading_goes_on(rows, input));
        }
        OKRUG_TRY(add_feature(reader, rows, json_array_get(features, i), (int64_t)i + 1));
    }
    return OKRUG_OK;
}

static okrug_status give_header(okrug_rows *rows, const feature_reader *reader, okrug_words *header) {
    for (int32_t w = 0; w <= okrug_words_count(reader->names); w++) {
        const char *name = w < okrug_words_count(reader->names) ? okrug_words_text(reader->names, w) : "geometry";
        if (okrug_words_add(header, name, strlen(name)) < 0) {
            return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
        }
    }
    return OKRUG_OK;
}

static okrug_status read_collection(okrug_rows *rows, const okrug_input *input, const json_t *root,
                                    okrug_words *header) {
    const char *type = json_string_value(json_object_get(root, "type"));
    const json_t *features = json_object_get(root, "features");
    okrug_place place = {.file = rows->request->path};
    if (type == NULL || strcmp(type, "FeatureCollection") != 0 || !json_is_array(features)) {
        rows->faults++;
        return okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "not-geojson", &place, (char *)NULL);
    }
    feature_reader reader = {.names = okrug_words_new()};
    okrug_status status = OKRUG_NO_MEMORY;
    if (reader.names == NULL || collect_names(features, reader.names, &reader.id) != OKRUG_OK) {
        okrug_fail(rows->ctx, status, "no-memory", NULL, (char *)NULL);
    } else if (header != NULL) {
        status = give_header(rows, &reader, header);
    } else {
        look_at_crs(rows, root);
        status = read_features(&reader, rows, input, features);
    }
    okrug_words_free(reader.names);
    free(reader.cell);
    free(reader.there);
    okrug_buffer_free(&reader.texts);
    okrug_buffer_free(&reader.wkb);
    return status;
}

okrug_status okrug_geojson_read(okrug_rows *rows, okrug_input *input, okrug_decoder *decoder, okrug_words *header) {
    json_stream stream = {.rows = rows, .input = input, .decoder = decoder};
    json_t *root;
    if (rows->request->decimal == 0) {
        rows->style.settled = true; /* numbers are numbers there; one written as text has a dot */
        rows->style.style = (okrug_number_style){'.', 0};
    }
    OKRUG_TRY(load(&stream, &root));
    okrug_status status = read_collection(rows, input, root, header);
    json_decref(root);
    return status;
}
