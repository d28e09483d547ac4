/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a file into a table, in as many attempts as it takes to be certain of what it is.
 *
 * The first attempt takes the text for UTF-8 and the numbers for written with a dot, which is right for most files and
 * then all there is to do. Where a byte, a comma or a fault says otherwise, the rest of the file settles the question,
 * and the file is read again, certain. So no fault is ever reported on a misunderstanding.
 */
#include "sources/readers.h"
#include "sources/workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/text.h>

enum { ATTEMPTS = 5 };

/* What the attempts before have settled. */
typedef struct {
    const char *encoding; /* NULL: nothing yet */
    bool settled;
    okrug_style_finder style;
} knowledge;

okrug_status okrug_decoder_fail(okrug_rows *rows, const okrug_decoder *decoder, int64_t line) {
    const okrug_trouble *trouble = okrug_decoder_trouble(decoder);
    if (okrug_decoder_mistaken(decoder)) {
        return OKRUG_BAD_INPUT;
    }
    if (trouble->status == OKRUG_BAD_INPUT && !okrug_rows_report(rows)) {
        rows->trouble_line = line;
        return OKRUG_BAD_INPUT;
    }
    return okrug_trouble_fail(rows->ctx, trouble, rows->request->path, line);
}

okrug_status okrug_reading_goes_on(okrug_rows *rows, const okrug_input *input) {
    double done;
    double total;
    okrug_input_progress(input, &done, &total);
    okrug_progress(rows->ctx, "task.reading", done, total);
    return okrug_check_cancel(rows->ctx);
}

static const char *format_of(const okrug_source_request *request) {
    if (request->format != NULL) {
        return request->format;
    }
    static const struct {
        const char *ending;
        const char *format;
    } endings[] = {{".xlsx", "xlsx"},     {".xlsm", "xlsx"},     {".ods", "ods"},
                   {".shp", "shapefile"}, {".zip", "shapefile"}, {".gpkg", "geopackage"}};
    size_t length = strlen(request->path);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (okrug_name_ends_n(request->path, length, endings[i].ending)) {
            return endings[i].format;
        }
    }
    if (okrug_name_ends_n(request->path, length, ".gz") || okrug_name_ends_n(request->path, length, ".xz")) {
        length -= 3;
    }
    if (okrug_name_ends_n(request->path, length, ".gal") || okrug_name_ends_n(request->path, length, ".gwt")) {
        return okrug_name_ends_n(request->path, length, ".gal") ? "gal" : "gwt";
    }
    bool shapes =
        okrug_name_ends_n(request->path, length, ".geojson") || okrug_name_ends_n(request->path, length, ".json");
    return shapes ? "geojson" : "csv";
}

static void understand(okrug_understood *understood, okrug_input *input, const okrug_decoder *decoder,
                       const okrug_rows *rows) {
    snprintf(understood->compression, sizeof understood->compression, "%s", okrug_input_compression(input));
    snprintf(understood->encoding, sizeof understood->encoding, "%s", okrug_decoder_encoding(decoder));
    understood->bom = okrug_decoder_bom(decoder);
    understood->style = rows->style.style;
    okrug_input_hash(input, understood->sha256);
}

/* A damaged archive may unpack to rubbish long before it is noticed. So where anything is wrong, the rest is unpacked
 * first: the damage is then the one fault there is. */
static okrug_status look_for_damage(okrug_rows *rows, okrug_input *input) {
    char rest[16 * 1024];
    size_t got = 1;
    okrug_status status = OKRUG_OK;
    while (okrug_input_compression(input)[0] != '\0' && status == OKRUG_OK && got > 0) {
        OKRUG_TRY(okrug_check_cancel(rows->ctx));
        status = okrug_input_read(input, rest, sizeof rest, &got);
    }
    const okrug_trouble *trouble = okrug_input_trouble(input);
    if (trouble->status == OKRUG_OK || strcmp(trouble->code, "archive-damaged") != 0) {
        return OKRUG_OK; /* other troubles have their turn when the file is read again */
    }
    return okrug_trouble_fail(rows->ctx, trouble, rows->request->path, rows->trouble_line);
}

/* The text is neither UTF-8 nor windows-1251 here, but the style of numbers has to be settled as for delimited text. */
static okrug_status attempt_workbook(okrug_rows *rows, knowledge *known, okrug_words *header, bool *again) {
    const okrug_source_request *request = rows->request;
    okrug_understood *understood = rows->understood;
    okrug_workbook workbook;
    const char *part = "";
    rows->settled = known->settled;
    rows->style = known->settled ? known->style : okrug_style_begin(request->decimal, 0);
    okrug_status status = okrug_workbook_open(rows->ctx, request, understood->format, &workbook);
    if (status == OKRUG_OK) {
        snprintf(understood->sha256, sizeof understood->sha256, "%s", workbook.sha256);
        status = okrug_workbook_choose(rows->ctx, &workbook, request, &part);
    }
    if (status == OKRUG_OK) {
        okrug_text_copy(understood->part, sizeof understood->part, part);
        snprintf(understood->encoding, sizeof understood->encoding, "%s",
                 workbook.encoding == NULL ? "UTF-8" : workbook.encoding);
        status =
            workbook.sheets ? okrug_sheet_read(rows, &workbook, header) : okrug_layer_read(rows, &workbook, header);
        okrug_status trouble = okrug_workbook_trouble(rows->ctx, &workbook, request);
        understood->style = rows->style.style;
        if (trouble != OKRUG_OK) {
            status = trouble; /* what else was found wrong is said beside it */
        } else if ((status == OKRUG_OK || status == OKRUG_BAD_INPUT) && (rows->survey || rows->style.unsure)) {
            known->style = rows->style;
            okrug_style_settle(&known->style);
            known->settled = true;
            *again = true;
        }
    }
    okrug_workbook_close(&workbook);
    return status;
}

static okrug_status read_format(okrug_rows *rows, okrug_input *input, okrug_decoder *decoder, okrug_words *header) {
    const char *format = rows->understood->format;
    if (strcmp(format, "geojson") == 0) {
        return okrug_geojson_read(rows, input, decoder, header);
    }
    if (strcmp(format, "gal") == 0 || strcmp(format, "gwt") == 0) {
        return okrug_neighbours_read(rows, input, decoder, strcmp(format, "gwt") == 0, header);
    }
    return okrug_csv_read(rows, input, decoder, header);
}

static bool is_text(const char *format) {
    static const char *const text[] = {"csv", "geojson", "gal", "gwt", NULL};
    return okrug_text_is_one_of(format, text);
}

/* One attempt. *again: it told what the file is, and the next one will read it. */
static okrug_status attempt(okrug_rows *rows, knowledge *known, okrug_words *header, bool *again) {
    const okrug_source_request *request = rows->request;
    okrug_understood *understood = rows->understood;
    okrug_input *input;
    okrug_decoder *decoder = NULL;
    *again = false;
    if (!is_text(understood->format)) {
        return attempt_workbook(rows, known, header, again);
    }
    OKRUG_TRY(okrug_input_open(rows->ctx, request, &input));
    okrug_status status = okrug_decoder_open(rows->ctx, input, known->encoding, &decoder);
    if (status == OKRUG_OK) {
        rows->settled = known->settled;
        rows->style = known->settled ? known->style : okrug_style_begin(request->decimal, 0);
        status = read_format(rows, input, decoder, header);
        understand(understood, input, decoder, rows);
        bool refused = status == OKRUG_OK || status == OKRUG_BAD_INPUT;
        bool mistaken = okrug_decoder_mistaken(decoder);
        okrug_status damage = OKRUG_OK;
        if (refused && !known->settled && (mistaken || rows->survey)) {
            damage = look_for_damage(rows, input);
        }
        if (damage != OKRUG_OK) {
            status = damage;
        } else if (refused && mistaken) {
            known->encoding = "windows-1251";
            *again = true;
        } else if (refused && (rows->survey || rows->style.unsure)) {
            known->encoding = okrug_decoder_certain(decoder) ? known->encoding : "UTF-8";
            known->style = rows->style;
            okrug_style_settle(&known->style);
            known->settled = true;
            *again = true;
        }
    }
    okrug_decoder_close(decoder);
    okrug_input_close(input);
    return status;
}

/* Makes the draft the new table `name` of `dataset`. */
static okrug_status adopt(okrug_ctx *ctx, okrug_table *draft, okrug_dataset *dataset, const char *name,
                          const char *file, okrug_table **table) {
    bool kept = (file = okrug_dataset_keep(dataset, file)) != NULL;
    for (int c = 0; kept && c < draft->columns; c++) {
        okrug_column *column = &draft->column[c];
        column->name = okrug_dataset_keep(dataset, column->name);
        kept = column->name != NULL;
        if (kept && column->header != NULL) {
            column->header = okrug_dataset_keep(dataset, column->header);
            kept = column->header != NULL;
        }
    }
    okrug_table *made = kept ? okrug_dataset_add_table(dataset, name) : NULL;
    if (made == NULL) {
        return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    okrug_table empty = *made;
    *made = *draft;
    made->name = empty.name;
    made->dataset = dataset;
    made->file = file;
    empty.name = draft->name;
    empty.dataset = draft->dataset;
    *draft = empty;
    *table = made;
    return OKRUG_OK;
}

static okrug_status read_draft(okrug_rows *rows, okrug_dataset *draft, knowledge *known, bool *again) {
    rows->table = okrug_dataset_add_table(draft, "draft");
    if (rows->table == NULL) {
        return okrug_fail(rows->ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
    }
    if (known->style.ambiguous) {
        okrug_place place = {.file = rows->request->path, .line = known->style.style_line};
        okrug_fail(rows->ctx, OKRUG_BAD_INPUT, "ambiguous-decimal", &place, "value", known->style.maybe, (char *)NULL);
        rows->faults++;
    }
    okrug_status status = attempt(rows, known, NULL, again);
    okrug_rows_end(rows);
    return status == OKRUG_OK && rows->faults > 0 ? OKRUG_BAD_INPUT : status;
}

static okrug_status begin(okrug_ctx *ctx, const okrug_source_request *request, okrug_understood *understood) {
    const char *format = format_of(request);
    memset(understood, 0, sizeof *understood);
    static const char *const known[] = {"csv", "geojson", "gal", "gwt", "xlsx", "ods", "shapefile", "geopackage", NULL};
    if (!okrug_text_is_one_of(format, known)) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "unknown-format", NULL, "format", format, (char *)NULL);
    }
    if (is_text(format) && request->part != NULL) {
        return okrug_fail(ctx, OKRUG_NOT_FOUND, "no-parts", &(okrug_place){.file = request->path}, "part",
                          request->part, (char *)NULL);
    }
    snprintf(understood->format, sizeof understood->format, "%s", format);
    return OKRUG_OK;
}

/* Standard input is gone once it was read, so it is kept for the attempts that may follow. */
static okrug_status hold_standard_input(okrug_ctx *ctx, okrug_source_request *request, void **held) {
    *held = NULL;
    if (request->bytes == NULL && strcmp(request->path, "-") == 0) {
        OKRUG_TRY(okrug_source_standard_input(ctx, OKRUG_STANDARD_INPUT_MOST, held, &request->length));
        request->bytes = *held;
    }
    return OKRUG_OK;
}

static okrug_status look_at_codes(okrug_ctx *ctx, const okrug_source_request *request, const okrug_table *table) {
    for (int w = 0; w < request->wanted_count; w++) {
        okrug_need need = request->wanted[w].role.need;
        const okrug_column *column = okrug_table_column(table, request->wanted[w].role.name);
        if (column != NULL && column->type == OKRUG_TEXT && (need == OKRUG_KEY || need == OKRUG_KEY_OPTIONAL)) {
            OKRUG_TRY(okrug_lookalikes_warn(ctx, request->path, table, column));
        }
    }
    return OKRUG_OK;
}

static okrug_status read_in_attempts(okrug_ctx *ctx, const okrug_source_request *request, okrug_dataset *dataset,
                                     const char *name, okrug_understood *understood, okrug_table **table) {
    knowledge known = {.encoding = request->encoding};
    okrug_status status = OKRUG_DEFECT;
    bool again = true;
    for (int i = 0; i < ATTEMPTS && again; i++) {
        again = false;
        OKRUG_TRY(begin(ctx, request, understood));
        okrug_dataset *draft = okrug_dataset_new("draft", "draft");
        if (draft == NULL) {
            return okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
        }
        okrug_rows rows = {.ctx = ctx, .request = request, .understood = understood};
        status = read_draft(&rows, draft, &known, &again);
        if (status == OKRUG_OK && !again) {
            status = look_at_codes(ctx, request, rows.table);
        }
        if (status == OKRUG_OK && !again) {
            status = adopt(ctx, rows.table, dataset, name, request->path, table);
        }
        okrug_dataset_free(draft);
    }
    return again ? OKRUG_DEFECT : status;
}

okrug_status okrug_source_read(okrug_ctx *ctx, const okrug_source_request *request, okrug_dataset *dataset,
                               const char *name, okrug_understood *understood, okrug_table **table) {
    okrug_source_request held_request = *request;
    void *held;
    *table = NULL;
    OKRUG_TRY(begin(ctx, request, understood));
    OKRUG_TRY(hold_standard_input(ctx, &held_request, &held));
    okrug_status status = read_in_attempts(ctx, &held_request, dataset, name, understood, table);
    free(held);
    return status;
}

okrug_status okrug_source_header(okrug_ctx *ctx, const okrug_source_request *request, okrug_words *header) {
    okrug_source_request held_request = *request;
    okrug_understood understood;
    void *held;
    OKRUG_TRY(begin(ctx, request, &understood));
    OKRUG_TRY(hold_standard_input(ctx, &held_request, &held));
    knowledge known = {.encoding = request->encoding};
    okrug_status status = OKRUG_DEFECT;
    bool again = true;
    for (int i = 0; i < ATTEMPTS && again; i++) {
        okrug_rows rows = {.ctx = ctx, .request = &held_request, .understood = &understood};
        status = attempt(&rows, &known, header, &again);
        okrug_rows_end(&rows);
    }
    free(held);
    return again ? OKRUG_DEFECT : status;
}

bool okrug_source_has_parts(const char *path) {
    return !is_text(format_of(&(okrug_source_request){.path = path}));
}

okrug_status okrug_source_parts(okrug_ctx *ctx, const okrug_source_request *request, okrug_part **parts, int *count) {
    okrug_understood understood;
    OKRUG_TRY(begin(ctx, request, &understood));
    if (is_text(understood.format)) {
        *parts = OKRUG_SCRATCH(ctx, 1, okrug_part);
        *count = 1;
        if (*parts == NULL) {
            return OKRUG_NO_MEMORY;
        }
        (*parts)[0] = (okrug_part){.name = "", .kind = "file", .rows = -1};
        return OKRUG_OK;
    }
    okrug_workbook workbook;
    okrug_status status = okrug_workbook_open(ctx, request, understood.format, &workbook);
    if (status == OKRUG_OK) {
        status = okrug_workbook_parts(ctx, &workbook, parts, count);
    }
    if (status == OKRUG_OK) {
        status = okrug_workbook_trouble(ctx, &workbook, request);
    }
    okrug_workbook_close(&workbook);
    return status;
}
