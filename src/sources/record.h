/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One record of a register: which elements and attributes it is made of, and the row that it becomes.
 */
#ifndef OKRUG_SOURCES_RECORD_H
#define OKRUG_SOURCES_RECORD_H

#include <okrug/text.h>

#include "sources/register.h"

typedef enum {
    RECORD_FULL_NAME,
    RECORD_NAME,
    RECORD_SURNAME,
    RECORD_GIVEN,
    RECORD_PATRONYMIC,
    RECORD_INN,
    RECORD_OGRN,
    RECORD_KPP,
    RECORD_PERSON_INN,
    RECORD_PERSON_OGRN,
    RECORD_FORM,
    RECORD_CATEGORY,
    RECORD_REGION,
    RECORD_REGION_KIND,
    RECORD_REGION_NAME,
    RECORD_DISTRICT_KIND,
    RECORD_DISTRICT,
    RECORD_CITY_KIND,
    RECORD_CITY,
    RECORD_VILLAGE_KIND,
    RECORD_VILLAGE,
    RECORD_STREET_KIND,
    RECORD_STREET,
    RECORD_HOUSE,
    RECORD_INDUSTRY,
    RECORD_ACTIVITIES,
    RECORD_PRODUCTS,
    RECORD_EMPLOYEES,
    RECORD_CAPITAL,
    RECORD_SINCE,
    RECORD_UNTIL,
    RECORD_INCLUDED,
    RECORD_FIELDS
} record_field;

typedef struct {
    okrug_buffer field[RECORD_FIELDS];
    bool synthetic;
} record;

void record_clear(record *r);
void record_free(record *r);

/* ---- Elements: a tree of those that matter ---- */
/* The element below `node` (0: the record itself) with that name, or -1. */
int record_node(okrug_register_shape shape, int node, const char *name);
/* Takes the attributes of that element. */
void record_attributes(record *r, okrug_register_shape shape, int node, const char **attribute);
/* Takes its text, if that is wanted. */
void record_text(record *r, okrug_register_shape shape, int node, const char *text, size_t length);

/* ---- Rows ---- */
enum { RECORD_COLUMNS = 24 };

/* The tests of a request, resolved. */
typedef struct {
    int column[RECORD_COLUMNS]; /* of the table; -1: the source's text of `field` */
    int field[RECORD_COLUMNS];
    const okrug_where *where; /* of the request */
    int count;
} record_tests;
okrug_status record_tests_of(okrug_ctx *ctx, const okrug_register_request *request, record_tests *tests);

/* Adds the record's row to the table where the tests let it, and counts. */
okrug_status record_add(record *r, okrug_register_shape shape, const record_tests *tests, okrug_table *table,
                        okrug_register_state *state);

#endif
