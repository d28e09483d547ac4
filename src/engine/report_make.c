/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The report of the study that a workspace holds: the answer on the first page, a part for each finding, how every
 * number was made, and what to beware of. What is told comes from the study's own document.
 */
#include "engine/report_make.h"

#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

#include "writers/writers.h"

const char *okrug_making_text(okrug_making *m, const char *key, const char *name, const char *value,
                              const char *second_name, const char *second_value) {
    const char *names[] = {name, second_name};
    const char *values[] = {value, second_value};
    return okrug_report_text(m->report, key, name == NULL ? 0 : second_name == NULL ? 1 : 2, names, values);
}

const char *okrug_making_words(const okrug_making *m, const okrug_node *node) {
    if (node == NULL || node->kind == OKRUG_NODE_SCALAR) {
        return node == NULL ? NULL : node->text;
    }
    const char *text = okrug_node_text(node, m->language);
    return text != NULL ? text : okrug_node_text(node, "en");
}

const char *okrug_making_label(const okrug_making *m, const char *dimension, const char *code) {
    return okrug_study_label(m->labels, dimension, code, m->language);
}

const char *okrug_making_range(okrug_making *m, double low, double high, int decimals) {
    return okrug_report_format(m->report, "%s\xE2\x80\x93%s", okrug_report_number(m->report, low, decimals),
                               okrug_report_number(m->report, high, decimals));
}

const char *okrug_making_source(okrug_making *m, const char *provenance) {
    const char *source = okrug_report_source(m->report, provenance);
    const char *computed =
        m->date == NULL ? okrug_making_text(m, "report.computed", "version", okrug_version(), NULL, NULL)
                        : okrug_making_text(m, "report.computed-on", "version", okrug_version(), "date", m->date);
    return source == NULL ? computed : okrug_making_text(m, "report.source", "source", source, "computed", computed);
}

okrug_status okrug_making_table(okrug_making *m, const char *id, const char *name, const okrug_table **table) {
    okrug_dataset *list = NULL;
    okrug_dataset *dataset = NULL;
    *table = NULL;
    if (id == NULL) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_store_list(m->ctx, m->store, &list));
    const okrug_column *ids = okrug_table_column(list->table[0], "id");
    bool there = false;
    for (int64_t r = 0; r < list->table[0]->rows; r++) {
        there = there || strcmp(okrug_text_at(ids, r), id) == 0;
    }
    okrug_dataset_free(list);
    if (!there) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_store_get(m->ctx, m->store, id, &dataset));
    okrug_report_own(m->report, dataset);
    OKRUG_TRY(okrug_report_status(m->report));
    *table = name == NULL ? dataset->table[0] : okrug_dataset_table(dataset, name);
    return OKRUG_OK;
}

/* ---- Parts after the findings ------------------------------------------------------------------------------------ */

static okrug_status add_origins(okrug_making *m) {
    okrug_report_add(m->report, OKRUG_BLOCK_HEADING, okrug_making_text(m, "report.how", NULL, NULL, NULL, NULL));
    okrug_report_add(m->report, OKRUG_BLOCK_TEXT, okrug_making_text(m, "report.how-text", NULL, NULL, NULL, NULL));
    const okrug_node *steps = okrug_node_get(m->study, "steps");
    for (const okrug_node *step = steps == NULL ? NULL : steps->child; step != NULL; step = step->next) {
        okrug_dataset *result = NULL;
        OKRUG_TRY(okrug_check_cancel(m->ctx));
        OKRUG_TRY(okrug_store_get(m->ctx, m->store, step->text, &result));
        okrug_report_add_provenance(m->report, step->text, result->provenance == NULL ? "{}" : result->provenance);
        okrug_dataset_free(result);
    }
    okrug_report_add_lists(m->report);
    return OKRUG_OK;
}

static okrug_status make(okrug_making *m) {
    OKRUG_TRY(okrug_making_answer(m));
    okrug_report_add(m->report, OKRUG_BLOCK_BREAK, NULL);
    okrug_report_add(m->report, OKRUG_BLOCK_CONTENTS, NULL);
    OKRUG_TRY(okrug_making_findings(m));
    OKRUG_TRY(add_origins(m));
    return okrug_report_status(m->report);
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

static const char *const formats[] = {"pdf", "html", "xlsx", "docx", "svg", "png"};
enum { PDF, HTML, XLSX, DOCX, SVG, PNG, FORMATS };

bool okrug_report_is_workbook(const okrug_report_format_asked *format) {
    return format->kind == XLSX;
}

static okrug_status write_as(okrug_making *m, const okrug_report_format_asked *format,
                             const okrug_dataset *const *whole, int count, okrug_buffer *out) {
    switch (format->kind) {
    case PDF:
        return okrug_report_pdf(m->ctx, m->report, out);
    case HTML:
        return okrug_report_html(m->ctx, m->report, out);
    case XLSX:
        return okrug_report_xlsx(m->ctx, m->report, whole, count, out);
    case DOCX:
        return okrug_report_docx(m->ctx, m->report, out);
    default:
        return okrug_report_figure_alone(m->ctx, m->report, format->figure, format->kind == PNG, out);
    }
}

okrug_status okrug_making_write(okrug_making *m, const okrug_report_format_asked *format,
                                const okrug_dataset *const *whole, int count, okrug_buffer *out) {
    OKRUG_TRY(okrug_check_cancel(m->ctx));
    OKRUG_TRY(write_as(m, format, whole, count, out));
    return okrug_buffer_status(out);
}

/* The workbook has the whole results of all steps. */
static okrug_status write_study(okrug_making *m, const okrug_report_format_asked *format, okrug_buffer *out) {
    const okrug_node *steps = okrug_node_get(m->study, "steps");
    const okrug_node *first = steps == NULL || format->kind != XLSX ? NULL : steps->child;
    int count = 0;
    for (const okrug_node *step = first; step != NULL; step = step->next) {
        count++;
    }
    const okrug_dataset **whole = OKRUG_SCRATCH(m->ctx, count + 1, const okrug_dataset *);
    if (whole == NULL) {
        return OKRUG_NO_MEMORY;
    }
    count = 0;
    for (const okrug_node *step = first; step != NULL; step = step->next) {
        const okrug_table *table = NULL;
        OKRUG_TRY(okrug_making_table(m, step->text, NULL, &table));
        if (table != NULL) {
            whole[count++] = table->dataset;
        }
    }
    return okrug_making_write(m, format, whole, count, out);
}

/* ---- The request ------------------------------------------------------------------------------------------------- */

static okrug_status bad_value(okrug_ctx *ctx, const char *option, const char *value, const char *expected) {
    return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", option, "value", value, "expected",
                      expected, (char *)NULL);
}

static okrug_status find_format(okrug_ctx *ctx, const char *name, int *format) {
    for (int i = 0; i < FORMATS; i++) {
        if (strcmp(name, formats[i]) == 0) {
            *format = i;
            return OKRUG_OK;
        }
    }
    return bad_value(ctx, "format", name, "pdf, html, xlsx, docx, svg, png");
}

static okrug_status read_figure(okrug_ctx *ctx, const char *text, int *figure) {
    enum { MOST = 10000 };
    char *end = NULL;
    long number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || number < 1 || number > MOST) {
        return bad_value(ctx, "figure", text, "whole-number");
    }
    *figure = (int)number;
    return OKRUG_OK;
}

static bool is_date(const char *date) {
    double month = 0.0;
    double day = 0.0;
    return strlen(date) == 10 && strspn(date, "0123456789") == 4 && date[4] == '-' && date[7] == '-' &&
           strspn(date + 5, "0123456789") == 2 && strspn(date + 8, "0123456789") == 2 &&
           okrug_number_read(date + 5, 2, &month) && okrug_number_read(date + 8, 2, &day) && month >= 1.0 &&
           month <= 12.0 && day >= 1.0 && day <= 31.0;
}

okrug_status okrug_report_check(okrug_ctx *ctx, const okrug_report_request *request,
                                okrug_report_format_asked *format) {
    OKRUG_TRY(find_format(ctx, request->format, &format->kind));
    OKRUG_TRY(read_figure(ctx, request->figure == NULL ? "1" : request->figure, &format->figure));
    if (request->cluster != NULL && request->districts != NULL) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "cluster-or-districts", NULL, (char *)NULL);
    }
    return request->date == NULL || is_date(request->date) ? OKRUG_OK
                                                           : bad_value(ctx, "date", request->date, "2026-12-31");
}

static okrug_status read_study(okrug_making *m, bool needed) {
    char *text = NULL;
    okrug_node *root = NULL;
    OKRUG_TRY(okrug_store_get_document(m->ctx, m->store, "report", &text));
    if (text == NULL && !needed) {
        return OKRUG_OK;
    }
    if (text == NULL) {
        return okrug_fail(m->ctx, OKRUG_NOT_FOUND, "no-study", NULL, (char *)NULL);
    }
    okrug_status status = okrug_yaml_parse(m->ctx, "study", text, &root);
    free(text);
    m->study = root;
    m->page = okrug_node_get(root, "page");
    return status;
}

static okrug_status start_report(okrug_making *m, const okrug_catalogue *catalogue, const char *date) {
    const char *title = okrug_making_words(m, okrug_node_get(m->study, "title"));
    title = title != NULL ? title : okrug_node_text(m->study, "study");
    okrug_report_start start = {.title = title != NULL ? title : "",
                                .language = m->language,
                                .date = date,
                                .version = okrug_version(),
                                .catalogue = catalogue};
    m->report = okrug_report_new(&start);
    OKRUG_TRY(okrug_report_status(m->report));
    if (date != NULL) {
        bool russian = strcmp(m->language, "ru") == 0;
        m->date = russian ? okrug_report_format(m->report, "%.2s.%.2s.%.4s", date + 8, date + 5, date)
                          : okrug_report_keep(m->report, date);
    }
    return okrug_making_table(m, okrug_node_text(m->page, "labels"), NULL, &m->labels);
}

okrug_status okrug_making_begin(okrug_making *m, const okrug_catalogue *catalogue, const char *date,
                                bool study_is_needed) {
    OKRUG_TRY(read_study(m, study_is_needed));
    return start_report(m, catalogue, date);
}

okrug_status okrug_study_report(okrug_ctx *ctx, okrug_store *store, const okrug_report_request *request,
                                const okrug_catalogue *catalogue, const char **id, okrug_buffer *out) {
    okrug_report_format_asked format;
    OKRUG_TRY(okrug_report_check(ctx, request, &format));
    okrug_making m = {.ctx = ctx, .store = store, .language = request->language};
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = okrug_making_begin(&m, catalogue, request->date, true);
    if (status == OKRUG_OK) {
        status = make(&m);
    }
    if (status == OKRUG_OK) {
        status = write_study(&m, &format, out);
    }
    const char *study = status != OKRUG_OK ? NULL : okrug_node_text(m.study, "study");
    *id = study == NULL ? "" : okrug_text(ctx, "%s", study);
    okrug_report_free(m.report);
    okrug_scratch_reset(ctx, mark);
    return status;
}

okrug_status okrug_report_write(okrug_ctx *ctx, const char *workspace, const okrug_report_request *request,
                                okrug_report_maker *maker, const okrug_catalogue *catalogue, const char *file) {
    const char *dot = strrchr(okrug_base_name(file), '.');
    okrug_report_request named = *request;
    named.format = request->format != NULL ? request->format : dot != NULL ? dot + 1 : "";
    okrug_report_format_asked format;
    OKRUG_TRY(okrug_report_check(ctx, &named, &format));
    OKRUG_TRY(okrug_output_check(ctx, file, workspace));
    okrug_store *store = NULL;
    okrug_buffer out = {0};
    const char *id = NULL;
    OKRUG_TRY(okrug_store_open(ctx, workspace, OKRUG_STORE_READ, &store));
    okrug_status status = maker(ctx, store, &named, catalogue, &id, &out);
    okrug_store_close(store);
    if (status == OKRUG_OK) {
        status = okrug_write_file(ctx, file, out.bytes, out.length);
    }
    okrug_buffer_free(&out);
    return status;
}
