/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files share that make a report, of a study or of what else a workspace holds.
 */
#ifndef OKRUG_ENGINE_REPORT_MAKE_H
#define OKRUG_ENGINE_REPORT_MAKE_H

#include "engine/engine.h"
#include "engine/study.h"
#include "writers/report.h"

typedef struct {
    okrug_ctx *ctx;
    okrug_store *store;
    okrug_report *report;
    const char *language;
    const okrug_node *study; /* the document that `study run` kept */
    const okrug_node *page;  /* may be NULL */
    const okrug_table *labels;
    const char *date; /* may be NULL */
} okrug_making;

typedef struct {
    int kind;
    int figure; /* from 1: of formats that have only one */
} okrug_report_format_asked;

/* What can be wrong with a request whatever the workspace holds. OKRUG_BAD_USAGE. */
okrug_status okrug_report_check(okrug_ctx *ctx, const okrug_report_request *request, okrug_report_format_asked *format);
/* Whether long tables are told whole in that format. */
bool okrug_report_is_workbook(const okrug_report_format_asked *format);
/* Reads the study's document, begins the report and its labels; `m` has context, store and language. `date`: that the
 * report bears; NULL: none. OKRUG_NOT_FOUND ("no-study") where it is needed. */
okrug_status okrug_making_begin(okrug_making *m, const okrug_catalogue *catalogue, const char *date,
                                bool study_is_needed);
/* Writes the report; workbooks have that many datasets whole behind it. */
okrug_status okrug_making_write(okrug_making *m, const okrug_report_format_asked *format,
                                const okrug_dataset *const *whole, int count, okrug_buffer *out);

/* A text of the catalogue with up to two arguments (NULL: none). */
const char *okrug_making_text(okrug_making *m, const char *key, const char *name, const char *value,
                              const char *second_name, const char *second_value);
/* The text of a node that is one for all languages or one for each; NULL: there is none. */
const char *okrug_making_words(const okrug_making *m, const okrug_node *node);
/* The name of a code of a dimension, the code where it has none; `dimension` may be NULL. */
const char *okrug_making_label(const okrug_making *m, const char *dimension, const char *code);
/* "1,62–1,64" */
const char *okrug_making_range(okrug_making *m, double low, double high, int decimals);
/* "Source: Rosstat … Computed by okrug 0.1.0." for a table of a result with that provenance. */
const char *okrug_making_source(okrug_making *m, const char *provenance);
/* A table of a dataset that lives as long as the report; NULL in `table` where the workspace has none of it. */
okrug_status okrug_making_table(okrug_making *m, const char *id, const char *name, const okrug_table **table);

/* The first page. */
okrug_status okrug_making_answer(okrug_making *m);
/* A part for each finding. */
okrug_status okrug_making_findings(okrug_making *m);
/* The figure that a finding asks for, from its rows with codes and with names; both have the columns that it names. */
okrug_status okrug_making_figure(okrug_making *m, const okrug_node *finding, const okrug_table *codes,
                                 const okrug_table *names, const char *title, const char *source);
okrug_status okrug_making_map(okrug_making *m, const okrug_node *finding, const okrug_table *codes,
                              const okrug_table *names, okrug_report_figure *out);

#endif
