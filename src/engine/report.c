/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was understood of a file, as text for people.
 */
#include <string.h>

#include <okrug/text.h>

#include "engine/import.h"

static const char *text_of(const okrug_catalogue *catalogue, const char *key) {
    const char *text = okrug_catalogue_text(catalogue, key);
    return text == NULL ? key : text;
}

static void add_line(const okrug_catalogue *catalogue, const char *key, const char *value, okrug_buffer *out) {
    okrug_buffer_add_format(out, "  %s: %s\n", text_of(catalogue, key), value);
}

static void add_column(okrug_ctx *ctx, const okrug_catalogue *catalogue, const okrug_table *table, int c,
                       okrug_buffer *out) {
    enum { EXAMPLE = 40 }; /* bytes */
    const okrug_column *column = &table->column[c];
    int64_t missing = 0;
    const char *examples = "";
    int shown = 0;
    for (int64_t r = 0; r < table->rows; r++) {
        if (okrug_reason_at(column, r) != OKRUG_PRESENT) {
            missing++;
        } else if (shown < 4) {
            const char *cell = column->type == OKRUG_NUMBER     ? okrug_text_number(ctx, column->number[r])
                               : column->type == OKRUG_GEOMETRY ? "geometry"
                                                                : okrug_text_at(column, r);
            size_t length = strlen(cell), cut = okrug_text_cut(cell, length, EXAMPLE);
            examples = okrug_text(ctx, "%s%s%.*s%s", examples, shown == 0 ? "" : " | ", (int)cut, cell,
                                  cut < length ? "…" : "");
            shown++;
        }
    }
    bool same = column->header == NULL || strcmp(column->header, column->name) == 0;
    okrug_buffer_add_format(out, "    %s%s%s  [%s%s%s]  %s", same ? column->name : column->header, same ? "" : " -> ",
                            same ? "" : column->name,
                            text_of(catalogue, column->type == OKRUG_NUMBER ? "type.number" : "type.text"),
                            column->unit == OKRUG_UNIT_NONE ? "" : ", ", okrug_unit_code(column->unit), examples);
    if (missing > 0) {
        okrug_buffer_add_format(out, "  (%s: %lld)", text_of(catalogue, "understood.missing"), (long long)missing);
    }
    okrug_buffer_add_text(out, "\n");
}

/* Marks that stood for missing numbers: "…" ×3 → not-collected. What counts as 0 is said. */
static void add_marks(okrug_ctx *ctx, const okrug_catalogue *catalogue, const okrug_understood *understood,
                      okrug_buffer *out) {
    const char *list = "";
    for (int i = 0; i < OKRUG_MARKS_MET && understood->mark[i].count > 0; i++) {
        const okrug_mark_met *mark = &understood->mark[i];
        bool zero = mark->reason == OKRUG_STRUCTURAL_ZERO;
        list = okrug_text(ctx, "%s%s%s ×%lld → %s%s%s%s", list, i == 0 ? "" : ", ", mark->text, (long long)mark->count,
                          okrug_reason_code(mark->reason), zero ? " (" : "",
                          zero ? text_of(catalogue, "understood.zero") : "", zero ? ")" : "");
    }
    if (list[0] != '\0') {
        add_line(catalogue, "understood.marks", list, out);
    }
}

static void add_remembered(okrug_ctx *ctx, const okrug_catalogue *catalogue, const okrug_options *options,
                           okrug_buffer *out) {
    const char *list = "";
    for (int i = 0; i < options->count; i++) {
        list =
            okrug_text(ctx, "%s%s--%s %s", list, i == 0 ? "" : " ", options->option[i].name, options->option[i].value);
    }
    add_line(catalogue, "understood.remembered", list, out);
}

/* The first codes of a list, and how many more there are. */
static const char *codes(okrug_ctx *ctx, const char *const *list, int64_t count) {
    enum { SHOWN = 10 };
    const char *text = "";
    for (int64_t i = 0; i < count && i < SHOWN; i++) {
        text = okrug_text_listed(ctx, text, list[i]);
    }
    return okrug_text(ctx, "%lld%s%s%s%s", (long long)count, count > 0 ? " (" : "", text, count > SHOWN ? ", …" : "",
                      count > 0 ? ")" : "");
}

static void add_join(okrug_ctx *ctx, const okrug_catalogue *catalogue, const okrug_join *join, okrug_buffer *out) {
    enum { SHOWN = 20 };
    if (join->with == NULL) {
        return;
    }
    okrug_buffer_add_format(out, "  %s %s:\n", text_of(catalogue, "join.with"), join->with);
    okrug_buffer_add_format(out, "    %s: %lld\n", text_of(catalogue, "join.matched"), (long long)join->matched);
    okrug_buffer_add_format(out, "    %s: %s\n", text_of(catalogue, "join.only-here"),
                            codes(ctx, join->only_here, join->here));
    okrug_buffer_add_format(out, "    %s: %s\n", text_of(catalogue, "join.only-there"),
                            codes(ctx, join->only_there, join->there));
    for (int64_t i = 0; i < join->nears && i < SHOWN; i++) {
        const okrug_near_miss *near = &join->near[i];
        okrug_buffer_add_format(out, "    %s: %s ~ %s (%s)\n", text_of(catalogue, "join.near"), near->here, near->there,
                                text_of(catalogue, okrug_text(ctx, "join.why.%s", near->why)));
    }
}

void okrug_import_report(okrug_ctx *ctx, const okrug_catalogue *catalogue, const okrug_importing *importing,
                         okrug_buffer *out) {
    const okrug_loaded *loaded = &importing->loaded;
    const okrug_understood *understood = &loaded->understood;
    if (understood->format[0] == '\0') {
        return; /* the file was not opened */
    }
    okrug_buffer_add_format(out, "%s\n", importing->request->file);
    if (importing->remembered) {
        add_remembered(ctx, catalogue, &importing->options, out);
    }
    add_line(catalogue, "understood.kind", importing->request->kind, out);
    add_line(catalogue, "understood.format",
             okrug_text(ctx, "%s%s%s", understood->format, understood->compression[0] == '\0' ? "" : ", ",
                        understood->compression),
             out);
    add_line(catalogue, "understood.encoding",
             okrug_text(ctx, "%s%s", understood->encoding, understood->bom ? " (BOM)" : ""), out);
    if (understood->part[0] != '\0') {
        add_line(catalogue, "understood.part", understood->part, out);
    }
    if (understood->delimiter != 0) {
        add_line(catalogue, "understood.delimiter",
                 understood->delimiter == '\t' ? text_of(catalogue, "understood.tab")
                                               : okrug_text(ctx, "%c", understood->delimiter),
                 out);
    }
    if (understood->header_row != 0) {
        add_line(catalogue, "understood.header-row",
                 understood->header_last == 0 ? okrug_text_integer(ctx, understood->header_row)
                                              : okrug_text(ctx, "%lld-%lld", (long long)understood->header_row,
                                                           (long long)understood->header_last),
                 out);
    }
    if (understood->style.decimal != 0) {
        add_line(catalogue, "understood.decimal", okrug_text(ctx, "%c", understood->style.decimal), out);
    }
    add_line(catalogue, "understood.rows-read", okrug_text_integer(ctx, understood->rows_read), out);
    if (importing->reading.wheres > 0) {
        add_line(catalogue, "understood.rows-kept", okrug_text_integer(ctx, understood->rows_kept), out);
    }
    if (understood->blank_cells > 0) {
        add_line(catalogue, "understood.blank", okrug_text_integer(ctx, understood->blank_cells), out);
    }
    add_marks(ctx, catalogue, understood, out);
    if (loaded->table != NULL) {
        okrug_buffer_add_format(out, "  %s:\n", text_of(catalogue, "understood.columns"));
        for (int c = 0; c < loaded->table->columns; c++) {
            add_column(ctx, catalogue, loaded->table, c, out);
        }
    }
    add_join(ctx, catalogue, &importing->join, out);
}
