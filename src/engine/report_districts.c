/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Districts side by side as a report: the answer first, then the comparison, the structure of each, what they could
 * learn from each other, what they lack and buy, and what the numbers cannot say.
 */
#include "engine/report_districts.h"

#include <math.h>
#include <string.h>

/* ---- Reading ---- */

static okrug_status read_result(okrug_telling *t, const char *id) {
    static const char *const names[] = {"districts", "indicators", "activities", "missing", "purchases", "base"};
    const okrug_table **tables[] = {&t->districts, &t->indicators, &t->activities,
                                    &t->missing,   &t->purchases,  &t->base};
    okrug_making *m = t->m;
    okrug_dataset *result = NULL;
    OKRUG_TRY(okrug_store_get(m->ctx, m->store, id, &result));
    okrug_report_own(m->report, result);
    OKRUG_TRY(okrug_report_status(m->report));
    for (int i = 0; i < OKRUG_COUNT_OF(names); i++) {
        *tables[i] = okrug_dataset_table(result, names[i]);
        if (*tables[i] == NULL) {
            return okrug_fail(m->ctx, OKRUG_BAD_USAGE, "not-districts", NULL, "dataset", id, (char *)NULL);
        }
    }
    t->result = result;
    t->provenance = result->provenance == NULL ? "{}" : result->provenance;
    t->count = t->districts->rows;
    t->synthetic =
        okrug_table_number(t->base, "synthetic", 0) > 0.0 || strstr(t->provenance, "\"synthetic\":true") != NULL;
    return OKRUG_OK;
}

static okrug_status name_districts(okrug_telling *t) {
    okrug_making *m = t->m;
    t->name = okrug_report_take(m->report, (size_t)t->count * sizeof *t->name);
    if (t->name == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const char *title = "";
    for (int64_t k = 0; k < t->count; k++) {
        const char *code = okrug_table_text(t->districts, "district", k);
        const char *own = okrug_table_text(t->districts, "title", k);
        const char *label = okrug_making_label(m, "district", code);
        t->name[k] = okrug_report_keep(m->report, strcmp(label, code) != 0 ? label : own != NULL ? own : code);
        title = okrug_report_format(m->report, "%s%s%s", title, k == 0 ? "" : " · ", t->name[k]);
    }
    okrug_report_name(m->report, title,
                      t->synthetic ? okrug_making_text(m, "districts.synthetic", NULL, NULL, NULL, NULL) : NULL);
    t->source = okrug_making_source(m, t->provenance);
    okrug_report_add(m->report, OKRUG_BLOCK_KICKER,
                     m->date == NULL ? okrug_making_text(m, "districts.kicker", NULL, NULL, NULL, NULL)
                                     : okrug_report_format(
                                           m->report, "%s, %s",
                                           okrug_making_text(m, "districts.kicker", NULL, NULL, NULL, NULL), m->date));
    okrug_report_add(m->report, OKRUG_BLOCK_TITLE, title);
    return okrug_report_status(m->report);
}

/* ---- The answer ---- */

/* The districts with the largest and the least value; -1: nobody has one. */
static void ends_of(const okrug_telling *t, const char *indicator, int64_t *most, int64_t *least) {
    *most = *least = -1;
    for (int64_t k = 0; k < t->count; k++) {
        double value = okrug_table_number(t->districts, indicator, k);
        if (isnan(value)) {
            continue;
        }
        *most = *most < 0 || value > okrug_table_number(t->districts, indicator, *most) ? k : *most;
        *least = *least < 0 || value < okrug_table_number(t->districts, indicator, *least) ? k : *least;
    }
}

static const char *strong(const okrug_telling *t, const char *text) {
    return okrug_report_format(t->m->report, OKRUG_STRONG "%s" OKRUG_STRONG, text);
}

static const char *value_of(const okrug_telling *t, const char *indicator, int64_t k) {
    return okrug_telling_value(t, indicator, okrug_table_number(t->districts, indicator, k));
}

static void add_lead(const okrug_telling *t) {
    static const struct {
        const char *indicator, *key;
    } more[] = {{"productivity", "districts.lead-productivity"},
                {"bought_inside", "districts.lead-inside"},
                {"lq_employment", "districts.lead-quotient"}};
    int64_t most = -1, least = -1;
    ends_of(t, "employment", &most, &least);
    if (most >= 0) {
        okrug_telling_say(t, OKRUG_BLOCK_LEAD, "districts.lead", "district", strong(t, t->name[most]), "count",
                          okrug_report_number(t->m->report, (double)t->count, 0), "employment",
                          value_of(t, "employment", most), "firms", value_of(t, "firms", most), NULL);
    } else {
        okrug_telling_say(t, OKRUG_BLOCK_LEAD, "districts.lead-unknown", "count",
                          okrug_report_number(t->m->report, (double)t->count, 0), NULL);
    }
    for (int i = 0; i < OKRUG_COUNT_OF(more); i++) {
        ends_of(t, more[i].indicator, &most, &least);
        if (most >= 0 && most != least) {
            okrug_telling_say(t, OKRUG_BLOCK_LEAD, more[i].key, "most", strong(t, t->name[most]), "value",
                              value_of(t, more[i].indicator, most), "least", t->name[least], "least_value",
                              value_of(t, more[i].indicator, least), NULL);
        }
    }
}

/* ---- What the numbers cannot say ---- */

static void add_limits(const okrug_telling *t) {
    static const char *const always[] = {"districts.limit-main", "districts.limit-contracts", "districts.limit-rank",
                                         "districts.limit-quotient"};
    double plants = 0.0, shared = 0.0, firms = 0.0;
    okrug_telling_say(t, OKRUG_BLOCK_HEADING, "districts.limits", NULL);
    for (int64_t k = 0; k < t->count; k++) {
        double plant = okrug_table_number(t->districts, "plants", k);
        double share = okrug_table_number(t->districts, "shared_address", k);
        plants += isnan(plant) ? 0.0 : plant;
        shared += isnan(share) ? 0.0 : share;
        firms += okrug_table_number(t->districts, "firms", k);
    }
    if (t->synthetic) {
        okrug_telling_say(t, OKRUG_BLOCK_ITEM, "districts.limit-synthetic", NULL);
    }
    okrug_telling_say(
        t, OKRUG_BLOCK_ITEM, "districts.limit-address", "plants", okrug_report_number(t->m->report, plants, 0), "firms",
        okrug_report_number(t->m->report, firms, 0), "shared", okrug_report_number(t->m->report, shared, 0), NULL);
    for (int i = 0; i < OKRUG_COUNT_OF(always); i++) {
        okrug_telling_say(t, OKRUG_BLOCK_ITEM, always[i], "counted",
                          okrug_report_number(t->m->report, okrug_table_number(t->base, "counted", 0), 0), NULL);
    }
}

static okrug_status make(okrug_telling *t, const char *id) {
    static okrug_status (*const parts[])(const okrug_telling *) = {okrug_telling_side_by_side, okrug_telling_figure,
                                                                   okrug_telling_lessons,      okrug_telling_structure,
                                                                   okrug_telling_links,        okrug_telling_purchases};
    okrug_making *m = t->m;
    OKRUG_TRY(read_result(t, id));
    OKRUG_TRY(name_districts(t));
    if (t->synthetic) {
        okrug_telling_say(t, OKRUG_BLOCK_NOTE, "districts.synthetic-text", NULL);
    }
    add_lead(t);
    for (int i = 0; i < OKRUG_COUNT_OF(parts); i++) {
        OKRUG_TRY(okrug_check_cancel(m->ctx));
        OKRUG_TRY(parts[i](t));
    }
    add_limits(t);
    okrug_telling_say(t, OKRUG_BLOCK_HEADING, "report.how", NULL);
    okrug_telling_say(t, OKRUG_BLOCK_TEXT, "districts.how", NULL);
    okrug_report_add_provenance(m->report, id, t->provenance);
    okrug_report_add_lists(m->report);
    return okrug_report_status(m->report);
}

/* The study, if there is one, names districts and activities. */
static okrug_status make_and_write(okrug_telling *t, const okrug_report_request *request,
                                   const okrug_catalogue *catalogue, okrug_buffer *out) {
    okrug_report_format_asked format;
    OKRUG_TRY(okrug_report_check(t->m->ctx, request, &format));
    OKRUG_TRY(okrug_making_begin(t->m, catalogue, request->date, false));
    OKRUG_TRY(make(t, request->districts));
    return okrug_making_write(t->m, &format, &t->result, 1, out);
}

okrug_status okrug_districts_report(okrug_ctx *ctx, okrug_store *store, const okrug_report_request *request,
                                    const okrug_catalogue *catalogue, const char **id, okrug_buffer *out) {
    okrug_making m = {.ctx = ctx, .store = store, .language = request->language};
    okrug_telling t = {.m = &m};
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = make_and_write(&t, request, catalogue, out);
    *id = status == OKRUG_OK ? okrug_text(ctx, "%s", request->districts) : "";
    okrug_report_free(m.report);
    okrug_scratch_reset(ctx, mark);
    return status;
}
