/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Registers, file by file and record by record. How far reading is, is told by how many files are done with, counted in
 * the order in which they are packed, and how many records of the next.
 */
#include "sources/register.h"

#include <stdlib.h>
#include <string.h>

#include <okrug/text.h>

#include "sources/input.h"
#include "sources/record.h"
#include "sources/xml.h"
#include "sources/zip.h"

enum { BLOCK = 64 * 1024, BATCH = 16384, LOOKED_AT = 16, LOOKED_INTO = 1 << 20, ARCHIVES_DEEP = 3 };
/* Of an archive within: what it may be unpacked to, beside the file. */
static const int64_t INNER_MOST = INT64_C(64) << 30;

const char *okrug_register_code(okrug_register_shape shape) {
    return shape == OKRUG_REGISTER_SME ? "sme-register" : shape == OKRUG_REGISTER_EGRUL ? "egrul" : "";
}

typedef struct {
    okrug_ctx *ctx;
    const okrug_register_request *request;
    okrug_register_shape shape;
    okrug_register_sink *sink;
    void *user;
    okrug_register_state *state;
    record_tests tests;
    record record;
    okrug_xml *xml;
    okrug_dataset *batch; /* with one table */
    okrug_table *table;
    okrug_status status;
    char *block;
    int64_t visited;  /* files in all, those that were passed over too */
    int64_t passed;   /* records to pass over in this file */
    int depth;        /* of elements in the file */
    int node[64 + 1]; /* of those from the record on: what each means, or -1 */
    bool handed_on;   /* rows of this file are in a batch that was handed on */
    bool finding;     /* the shape is asked for, not the rows */
    bool marked;      /* the file says that it is made up */
    bool enough;
    double done, total; /* packed bytes */
} reading;

/* ---- Elements ---------------------------------------------------------------------------------------------------- */

static const char *value_of(const char **attribute, const char *name) {
    for (; *attribute != NULL; attribute += 2) {
        if (strcmp(attribute[0], name) == 0) {
            return attribute[1];
        }
    }
    return NULL;
}

/* What the element is that stands below the document's own. */
static okrug_register_shape shape_of(const char *name, const char **attribute) {
    if (strcmp(name, "Документ") == 0 && value_of(attribute, "ДатаВклМСП") != NULL) {
        return OKRUG_REGISTER_SME;
    }
    return strcmp(name, "СвЮЛ") == 0 && value_of(attribute, "ОГРН") != NULL ? OKRUG_REGISTER_EGRUL
                                                                            : OKRUG_REGISTER_NONE;
}

static void on_open(void *user, const char *name, const char **attribute) {
    reading *r = user;
    int depth = r->depth++;
    if (depth == 0) {
        const char *id = value_of(attribute, "ИдФайл");
        r->marked = id != NULL && strncmp(id, "SYNTHETIC", strlen("SYNTHETIC")) == 0;
        return;
    }
    if (depth == 1) {
        okrug_register_shape shape = shape_of(name, attribute);
        if (r->finding) {
            r->shape = shape;
            r->node[1] = -1;
            if (shape != OKRUG_REGISTER_NONE) { /* the first record tells; who sent the file stands before it */
                okrug_xml_stop(r->xml);
            }
            return;
        }
        r->node[1] = shape == r->shape ? 0 : -1;
        record_clear(&r->record);
    } else {
        r->node[depth] = r->node[depth - 1] < 0 ? -1 : record_node(r->shape, r->node[depth - 1], name);
    }
    if (r->node[depth] >= 0) {
        record_attributes(&r->record, r->shape, r->node[depth], attribute);
    }
}

static void on_text(void *user, const char *text, size_t length) {
    reading *r = user;
    int depth = r->depth - 1;
    if (depth > 1 && r->node[depth] > 0) {
        record_text(&r->record, r->shape, r->node[depth], text, length);
    }
}

static okrug_status new_batch(reading *r) {
    okrug_dataset_free(r->batch);
    r->batch = okrug_dataset_new("batch", "batch");
    r->table = r->batch == NULL ? NULL : okrug_dataset_add_table(r->batch, "batch");
    return r->table == NULL ? OKRUG_NO_MEMORY : okrug_register_columns(r->shape, r->table);
}

static okrug_status hand_on(reading *r) {
    r->handed_on = true;
    OKRUG_TRY(r->sink(r->user, r->table, r->state));
    return new_batch(r);
}

static okrug_status end_record(reading *r) {
    if (r->passed > 0) {
        r->passed--;
        return OKRUG_OK;
    }
    r->record.synthetic = r->marked;
    OKRUG_TRY(record_add(&r->record, r->shape, &r->tests, r->table, r->state));
    r->state->records++;
    r->enough = r->request->most > 0 && r->state->read >= r->request->most;
    return r->table->rows >= BATCH ? hand_on(r) : OKRUG_OK;
}

static void on_close(void *user, const char *name) {
    reading *r = user;
    (void)name;
    r->depth--;
    if (r->depth == 1 && r->node[1] == 0) {
        r->status = end_record(r);
        if (r->status != OKRUG_OK || r->enough) {
            okrug_xml_stop(r->xml);
        }
    }
}

/* ---- Files ------------------------------------------------------------------------------------------------------- */

/* The bytes of a file, packed or not. -1: they are damaged. */
typedef int64_t source_read(void *source, char *block, int64_t size);

static int64_t read_member(void *source, char *block, int64_t size) {
    return okrug_zip_member_read(source, block, size);
}

static int64_t read_input(void *source, char *block, int64_t size) {
    size_t got = 0;
    okrug_status status = okrug_input_read(source, block, (size_t)size, &got);
    return status == OKRUG_OK ? (int64_t)got : -1;
}

/* Feeds the file to the listeners. NULL: all of it, or as much as was wanted; else why not. */
static const char *feed(reading *r, source_read *read, void *source) {
    int64_t fed = 0;
    for (bool last = false; !last;) {
        int64_t got = read(source, r->block, BLOCK);
        if (got < 0) {
            return "checksum";
        }
        last = got == 0;
        fed += got;
        if (!okrug_xml_feed(r->xml, r->block, (size_t)got, last)) {
            const char *reason = okrug_xml_reason(r->xml);
            return strcmp(reason, "stopped") == 0 ? NULL : reason;
        }
        if (r->finding && fed > LOOKED_INTO) {
            return NULL;
        }
        r->status = okrug_check_cancel(r->ctx);
        if (r->status != OKRUG_OK) {
            return NULL;
        }
    }
    return NULL;
}

static void tell_damage(reading *r, const char *name, const char *reason) {
    const char *line = strcmp(reason, "checksum") == 0 ? "–" : okrug_text_integer(r->ctx, okrug_xml_line(r->xml));
    okrug_warn(r->ctx, "register-file-damaged", &(okrug_place){.file = r->request->path}, "name", name, "expected",
               okrug_text(r->ctx, "xml-%s", reason), "line", line, "kept",
               okrug_text_integer(r->ctx, r->handed_on ? r->state->records : 0), (char *)NULL);
}

static okrug_status read_file(reading *r, const char *name, source_read *read, void *source) {
    if (r->visited++ < r->request->from.members && !r->finding) {
        return OKRUG_OK;
    }
    bool begun = r->visited - 1 == r->request->from.members;
    r->passed = begun ? r->request->from.records : 0;
    r->state->records = r->passed;
    r->handed_on = r->passed > 0;
    r->depth = 0;
    if (!okrug_xml_again(r->xml)) {
        return OKRUG_NO_MEMORY;
    }
    okrug_register_state before = *r->state;
    int64_t rows = r->table == NULL ? 0 : r->table->rows;
    const char *reason = source == NULL ? "checksum" : feed(r, read, source);
    OKRUG_TRY(r->status);
    if (reason != NULL && strcmp(reason, "no-memory") == 0) {
        return OKRUG_NO_MEMORY;
    }
    if (r->finding || r->enough) {
        return OKRUG_OK;
    }
    if (reason != NULL) {
        tell_damage(r, name, reason);
        if (!r->handed_on) { /* nothing of it is kept */
            r->table->rows = rows;
            *r->state = before;
        }
        r->state->damaged++;
    }
    r->state->members++;
    r->state->records = 0;
    return OKRUG_OK;
}

static bool is_over(const reading *r) {
    return r->enough || (r->finding && (r->shape != OKRUG_REGISTER_NONE || r->visited >= LOOKED_AT));
}

/* An archive that cannot be opened is a damaged file of the register. */
static okrug_status read_archive(reading *r, okrug_zip *zip, const char *within, int depth) {
    int64_t members = okrug_zip_members(zip);
    for (int64_t i = 0; i < members && !is_over(r); i++) {
        int64_t packed = 0;
        okrug_status status = OKRUG_OK;
        okrug_mark mark = okrug_scratch_mark(r->ctx);
        const char *name = okrug_zip_name(zip, i, &packed);
        const char *path = okrug_text(r->ctx, "%s%s", within, name);
        if (okrug_name_ends(name, ".xml")) {
            bool passed = r->visited < r->request->from.members && !r->finding;
            okrug_zip_member *member = passed ? NULL : okrug_zip_member_open(zip, i);
            status = read_file(r, path, read_member, member);
            okrug_zip_member_close(member);
        } else if (okrug_name_ends(name, ".zip") && depth < ARCHIVES_DEEP) {
            okrug_zip *inner = NULL;
            status = okrug_zip_open_member(r->ctx, zip, i, INNER_MOST, &inner);
            if (status == OKRUG_OK) {
                status = inner == NULL ? read_file(r, path, read_member, NULL)
                                       : read_archive(r, inner, okrug_text(r->ctx, "%s/", path), depth + 1);
            }
            okrug_zip_close(inner);
        }
        okrug_scratch_reset(r->ctx, mark);
        OKRUG_TRY(status);
        if (depth == 0 && !r->finding) {
            r->done += (double)packed;
            okrug_progress(r->ctx, "task.reading", r->done, r->total);
        }
        OKRUG_TRY(okrug_check_cancel(r->ctx));
    }
    return OKRUG_OK;
}

static okrug_status read_path(reading *r) {
    const char *path = r->request->path;
    if (r->request->bytes == NULL && okrug_zip_is(path)) {
        okrug_zip *zip = NULL;
        int64_t packed = 0;
        OKRUG_TRY(okrug_zip_open(r->ctx, path, path, &zip));
        for (int64_t i = 0; i < okrug_zip_members(zip); i++) {
            okrug_zip_name(zip, i, &packed);
            r->total += (double)packed;
        }
        okrug_status status = read_archive(r, zip, "", 0);
        okrug_zip_close(zip);
        return status;
    }
    okrug_input *input = NULL;
    const okrug_source_request source = {.path = path, .bytes = r->request->bytes, .length = r->request->length};
    OKRUG_TRY(okrug_input_open(r->ctx, &source, &input));
    okrug_status status = read_file(r, path, read_input, input);
    okrug_input_close(input);
    return status;
}

static okrug_status begin(reading *r) {
    r->block = malloc(BLOCK);
    r->xml = okrug_xml_new(&(okrug_xml_listener){on_open, on_text, on_close, r});
    return r->block == NULL || r->xml == NULL ? okrug_fail(r->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL)
                                              : OKRUG_OK;
}

static void end(reading *r) {
    okrug_xml_free(r->xml);
    record_free(&r->record);
    okrug_dataset_free(r->batch);
    free(r->block);
}

/* ---- What others call -------------------------------------------------------------------------------------------- */

/* XML begins with a tag, after a mark of its encoding or white space. */
static bool may_be_xml(okrug_ctx *ctx, const char *path) {
    char head[64] = "";
    size_t got = 0;
    okrug_input *input = NULL;
    if (okrug_input_open(ctx, &(okrug_source_request){.path = path}, &input) != OKRUG_OK) {
        return false;
    }
    okrug_status status = okrug_input_read(input, head, sizeof head - 1, &got);
    okrug_input_close(input);
    size_t at = strspn(head, "\xef\xbb\xbf\xfe\xff \t\r\n");
    return status == OKRUG_OK && at < got && (head[at] == '<' || (head[at] == '\0' && head[at + 1] == '<'));
}

okrug_status okrug_register_find(okrug_ctx *ctx, const char *path, okrug_register_shape *shape) {
    okrug_register_request request = {.path = path};
    okrug_register_state state = {0};
    okrug_ctx *quiet = okrug_ctx_new(NULL);
    *shape = OKRUG_REGISTER_NONE;
    if (quiet == NULL) {
        return OKRUG_NO_MEMORY;
    }
    reading r = {.ctx = quiet, .request = &request, .state = &state, .finding = true};
    okrug_status status = OKRUG_OK;
    if (okrug_zip_is(path) || may_be_xml(quiet, path)) {
        status = begin(&r);
        status = status == OKRUG_OK ? read_path(&r) : status;
        *shape = r.shape;
        end(&r);
    }
    okrug_ctx_free(quiet);
    return status == OKRUG_NO_MEMORY ? okrug_fail(ctx, status, "no-memory", NULL, (char *)NULL)
                                     : okrug_check_cancel(ctx);
}

okrug_status okrug_register_read(okrug_ctx *ctx, const okrug_register_request *request, okrug_register_sink *sink,
                                 void *user, okrug_register_state *state) {
    reading r = {.ctx = ctx, .request = request, .shape = request->shape, .sink = sink, .user = user, .state = state};
    *state = request->from;
    OKRUG_TRY(record_tests_of(ctx, request, &r.tests));
    okrug_status status = begin(&r);
    if (status == OKRUG_OK) {
        status = new_batch(&r);
    }
    if (status == OKRUG_OK) {
        status = read_path(&r);
    }
    if (status == OKRUG_OK) { /* also where nothing is left: that reading is over is a state too */
        status = sink(user, r.table, state);
    }
    end(&r);
    return status;
}
