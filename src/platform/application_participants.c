/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of an application that tells who is in the cluster.
 */
#include "platform/application.h"

okrug_status okrug_application_participants(okrug_application *p) {
    enum { NUMBER, NAME, FIRM, ROLE, INDUSTRY, EMPLOYEES, REVENUE, PERIOD, PRODUCING, FIELDS };
    static const okrug_application_field fields[FIELDS] = {
        [NUMBER] = {"number", OKRUG_NUMBER, OKRUG_UNIT_NONE},
        [NAME] = {"participant", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [FIRM] = {"firm", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [ROLE] = {"role", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [INDUSTRY] = {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [EMPLOYEES] = {"employees", OKRUG_NUMBER, OKRUG_UNIT_PERSON},
        [REVENUE] = {"revenue", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
        [PERIOD] = {"accounts_period", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [PRODUCING] = {"producing", OKRUG_TEXT, OKRUG_UNIT_NONE},
    };
    okrug_table *table = NULL;
    OKRUG_TRY(okrug_application_new_table(p, fields, FIELDS, &table));
    for (int i = 0; i < p->members; i++) {
        const okrug_application_member *member = &p->member[i];
        int64_t r = okrug_table_add_row(table, 0);
        if (r < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_application_put_number(table, NUMBER, r, i + 1));
        OKRUG_TRY(okrug_application_put(table, NAME, r, member->name));
        OKRUG_TRY(okrug_application_put(table, FIRM, r, member->code));
        OKRUG_TRY(okrug_application_put(table, ROLE, r, member->role));
        OKRUG_TRY(okrug_application_put(table, INDUSTRY, r, member->industry));
        OKRUG_TRY(okrug_application_put_number(table, EMPLOYEES, r, member->employees));
        OKRUG_TRY(okrug_application_put_number(table, REVENUE, r, member->revenue / 1e6));
        OKRUG_TRY(okrug_application_put(table, PERIOD, r, member->period));
        OKRUG_TRY(okrug_application_put(
            table, PRODUCING, r, okrug_registry_text(&p->r, OKRUG_REGISTRY_PARTICIPANTS, "producing", member->row)));
    }
    okrug_application_say(p, OKRUG_BLOCK_HEADING, "pack.participants", NULL, NULL);
    if (p->members == 0) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.participants-none", NULL, NULL);
        return OKRUG_OK;
    }
    const char *organisation = okrug_registry_text(&p->r, OKRUG_REGISTRY_CLUSTERS, "organisation", 0);
    if (organisation != NULL) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.organisation", "firm",
                              okrug_application_firm(p, organisation));
    }
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.participants", NULL, NULL, NULL, NULL),
                                  okrug_application_source(p, OKRUG_REGISTRY_PARTICIPANTS));
}
