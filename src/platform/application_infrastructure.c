/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of an application that tells what infrastructure the cluster has and needs, and what people it lacks.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "platform/application.h"

static okrug_status add_facilities(okrug_application *p) {
    static const okrug_application_field fields[] = {{"facility_kind", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"facility", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"since", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < okrug_registry_rows(&p->r, OKRUG_REGISTRY_FACILITIES); row++) {
        if (okrug_registry_in_force(&p->r, OKRUG_REGISTRY_FACILITIES, row)) {
            const char *name = okrug_registry_text(&p->r, OKRUG_REGISTRY_FACILITIES, "name", row);
            int64_t r = okrug_table_add_row(table, 0);
            if (r < 0) {
                return OKRUG_NO_MEMORY;
            }
            name = name != NULL ? name : okrug_registry_text(&p->r, OKRUG_REGISTRY_FACILITIES, "facility", row);
            OKRUG_TRY(
                okrug_application_put(table, 0, r, okrug_registry_text(&p->r, OKRUG_REGISTRY_FACILITIES, "kind", row)));
            OKRUG_TRY(okrug_application_put(table, 1, r, name));
            OKRUG_TRY(okrug_application_put(
                table, 2, r,
                okrug_application_date(p, okrug_registry_text(&p->r, OKRUG_REGISTRY_FACILITIES, "since", row))));
        }
    }
    if (table->rows == 0) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.facilities-none", NULL, NULL);
        return OKRUG_OK;
    }
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.facilities", NULL, NULL, NULL, NULL),
                                  okrug_application_source(p, OKRUG_REGISTRY_FACILITIES));
}

enum { WORKING, VACANCIES, RETIRING, STAFF };

typedef struct {
    const char *code;
    double number[STAFF]; /* NaN: none of the participants tells it */
} occupation;

static double wanted(const occupation *own) {
    return fmax(0.0, own->number[VACANCIES]) + fmax(0.0, own->number[RETIRING]);
}

static int most_wanted_first(const void *left, const void *right) {
    const occupation *a = left;
    const occupation *b = right;
    double x = wanted(a);
    double y = wanted(b);
    return x != y ? (x > y ? -1 : 1) : strcmp(a->code, b->code);
}

static void sum_staff(const okrug_application *p, const okrug_column *of, occupation *list) {
    for (int64_t r = 0; r < okrug_registry_rows(&p->r, OKRUG_REGISTRY_STAFF); r++) {
        if (okrug_reason_at(of, r) == OKRUG_PRESENT) {
            static const char *const names[STAFF] = {"people", "vacancies", "retiring"};
            for (int i = 0; i < STAFF; i++) {
                double value = okrug_registry_number(&p->r, OKRUG_REGISTRY_STAFF, names[i], r);
                double *sum = &list[of->word[r]].number[i];
                *sum = isnan(value) ? *sum : isnan(*sum) ? value : *sum + value;
            }
        }
    }
}

/* What people the participants lack: that is asked of colleges and universities. */
static okrug_status add_people(okrug_application *p) {
    enum { TOLD = 15 };
    static const okrug_application_field fields[] = {{"occupation", OKRUG_TEXT, OKRUG_UNIT_NONE},
                                                     {"people", OKRUG_NUMBER, OKRUG_UNIT_PERSON},
                                                     {"vacancies", OKRUG_NUMBER, OKRUG_UNIT_PERSON},
                                                     {"retiring", OKRUG_NUMBER, OKRUG_UNIT_PERSON}};
    const okrug_column *of = okrug_registry_column(&p->r, OKRUG_REGISTRY_STAFF, "occupation");
    okrug_table *table = NULL;
    if (of == NULL) {
        return OKRUG_OK;
    }
    int32_t words = okrug_words_count(of->words);
    occupation *list = OKRUG_SCRATCH_ZERO(p->m.ctx, words + 1, occupation);
    if (list == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int32_t w = 0; w < words; w++) {
        list[w] = (occupation){okrug_words_text(of->words, w), {NAN, NAN, NAN}};
    }
    sum_staff(p, of, list);
    qsort(list, (size_t)words, sizeof *list, most_wanted_first);
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int32_t w = 0; w < words && w < TOLD && wanted(&list[w]) > 0.0; w++) {
        int64_t r = okrug_table_add_row(table, 0);
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_application_put(table, 0, r, list[w].code));
        for (int i = 0; i < STAFF; i++) {
            OKRUG_TRY(okrug_application_put_number(table, 1 + i, r, list[w].number[i]));
        }
    }
    return table->rows == 0
               ? OKRUG_OK
               : okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.people", NULL, NULL, NULL, NULL),
                                        okrug_application_source(p, OKRUG_REGISTRY_STAFF));
}

/* ---- Needs ------------------------------------------------------------------------------------------------------- */

/* "1 200 kW" */
static const char *quantity_of(okrug_application *p, int64_t row) {
    double quantity = okrug_registry_number(&p->r, OKRUG_REGISTRY_NEEDS, "quantity", row);
    const char *measure = okrug_registry_text(&p->r, OKRUG_REGISTRY_NEEDS, "measure", row);
    if (isnan(quantity)) {
        return NULL;
    }
    const char *number = okrug_report_number(p->m.report, quantity, quantity == nearbyint(quantity) ? 0 : 2);
    return measure == NULL ? number : okrug_report_format(p->m.report, "%s\xC2\xA0%s", number, measure);
}

/* Who has promised it, and by when. */
static const char *promise_of(okrug_application *p, int64_t row) {
    int64_t promise = okrug_card_promise_of(&p->card, row);
    const char *party = okrug_registry_text(&p->r, OKRUG_REGISTRY_OBLIGATIONS, "party", promise);
    const char *due = okrug_registry_text(&p->r, OKRUG_REGISTRY_OBLIGATIONS, "due", promise);
    return party == NULL || due == NULL ? okrug_application_firm(p, party)
                                        : okrug_report_format(p->m.report, "%s, %s", okrug_application_firm(p, party),
                                                              okrug_application_date(p, due));
}

static okrug_status add_need(okrug_application *p, okrug_table *table, int64_t row) {
    const okrug_registry *r = &p->r;
    const char *project = okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "project", row);
    const char *name = okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "name", row);
    const char *operation = okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "operation", row);
    const char *done = okrug_card_done(&p->card, OKRUG_REGISTRY_NEEDS, row);
    const char *kind =
        okrug_application_words(p, "facility_kind", okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "kind", row));
    const char *of =
        okrug_registry_text(r, OKRUG_REGISTRY_PROJECTS, "name", okrug_registry_find(p->card.projects, project));
    okrug_card_supply there = okrug_card_supply_of(&p->card, row);
    const char *const text[] = {
        of != NULL ? of : project,
        name == NULL ? kind : okrug_report_format(p->m.report, "%s (%s)", name, operation != NULL ? operation : kind),
        quantity_of(p, row),
        okrug_application_date(p, okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "due", row)),
        okrug_application_date(p, done),
        promise_of(p, row)};
    const double number[] = {(double)there.facilities, operation != NULL ? (double)there.machines : NAN,
                             there.idle_hours};
    int64_t to = okrug_table_add_row(table, 0);
    if (to < 0) {
        return OKRUG_NO_MEMORY;
    }
    for (int c = 0; c < OKRUG_COUNT_OF(text); c++) {
        OKRUG_TRY(okrug_application_put(table, c, to, text[c]));
    }
    for (int c = 0; c < OKRUG_COUNT_OF(number); c++) {
        OKRUG_TRY(okrug_application_put_number(table, OKRUG_COUNT_OF(text) + c, to, number[c]));
    }
    return OKRUG_OK;
}

/* What the cluster and its projects need, and what there is of it. */
static okrug_status add_needs(okrug_application *p) {
    static const okrug_application_field fields[] = {
        {"project", OKRUG_TEXT, OKRUG_UNIT_NONE},       {"need", OKRUG_TEXT, OKRUG_UNIT_NONE},
        {"quantity", OKRUG_TEXT, OKRUG_UNIT_NONE},      {"due", OKRUG_TEXT, OKRUG_UNIT_NONE},
        {"met", OKRUG_TEXT, OKRUG_UNIT_NONE},           {"promised", OKRUG_TEXT, OKRUG_UNIT_NONE},
        {"facilities", OKRUG_NUMBER, OKRUG_UNIT_COUNT}, {"machines", OKRUG_NUMBER, OKRUG_UNIT_COUNT},
        {"idle_hours", OKRUG_NUMBER, OKRUG_UNIT_HOUR}};
    okrug_table *table = NULL;
    int64_t open = 0;
    if (p->r.id[OKRUG_REGISTRY_NEEDS] == NULL) {
        okrug_application_absent(p, OKRUG_BLOCK_TEXT, OKRUG_REGISTRY_NEEDS);
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), &table));
    for (int64_t row = 0; row < okrug_registry_rows(&p->r, OKRUG_REGISTRY_NEEDS); row++) {
        if (okrug_card_needs(&p->card, row)) {
            OKRUG_TRY(add_need(p, table, row));
        }
    }
    if (table->rows == 0) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.needs-none", NULL, NULL);
        return OKRUG_OK;
    }
    for (int64_t row = 0; row < table->rows; row++) {
        open += okrug_reason_at(&table->column[4], row) != OKRUG_PRESENT;
    }
    okrug_report_add(p->m.report, OKRUG_BLOCK_TEXT,
                     okrug_making_text(&p->m, "pack.needs-text", "count",
                                       okrug_report_format(p->m.report, "%lld", (long long)table->rows), "open",
                                       okrug_report_format(p->m.report, "%lld", (long long)open)));
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.needs", NULL, NULL, NULL, NULL),
                                  okrug_application_source(p, OKRUG_REGISTRY_NEEDS));
}

okrug_status okrug_application_infrastructure(okrug_application *p) {
    okrug_application_say(p, OKRUG_BLOCK_HEADING, "pack.infrastructure", NULL, NULL);
    if (p->r.id[OKRUG_REGISTRY_FACILITIES] == NULL) {
        okrug_application_absent(p, OKRUG_BLOCK_TEXT, OKRUG_REGISTRY_FACILITIES);
    } else {
        OKRUG_TRY(add_facilities(p));
    }
    OKRUG_TRY(add_needs(p));
    okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.infrastructure-text", NULL, NULL);
    return add_people(p);
}
