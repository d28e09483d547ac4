/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shares of output that participants use of each other, as the verdict has them: of what they are shares, with or
 * without VAT, of which period; and that of each participant.
 */
#include <math.h>
#include <string.h>

#include "platform/application.h"

/* ---- What they are shares of ------------------------------------------------------------------------------------- */

/* A parameter with which the status was computed; NULL: the result does not say. */
static const char *parameter_of(okrug_application *p, const char *name) {
    const char *provenance = p->result[OKRUG_APPLICATION_STATUS]->provenance;
    okrug_node *root = NULL;
    if (provenance == NULL || okrug_yaml_parse(p->m.ctx, "provenance", provenance, &root) != OKRUG_OK) {
        return NULL;
    }
    return okrug_node_text(okrug_node_get(root, "parameters"), name);
}

static void say_of_what(okrug_application *p, const char *period) {
    const char *spread = parameter_of(p, "spread");
    bool even = spread != NULL && strcmp(spread, "even") == 0;
    okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.shares-of", "period", period);
    okrug_application_say(p, OKRUG_BLOCK_TEXT, even ? "pack.shares-even" : "pack.shares-whole", "period", period);
    okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.shares-vat", NULL, NULL);
}

/* ---- Each participant's ------------------------------------------------------------------------------------------ */

enum { NUMBER, NAME, SHARE, INSIDE, REVENUE, CONTRACTS, VAT, VERDICT, FIELDS };

static int member_of(const okrug_application *p, const char *firm) {
    for (int i = 0; i < p->members; i++) {
        if (firm != NULL && strcmp(p->member[i].code, firm) == 0) {
            return i;
        }
    }
    return -1;
}

/* "12,5", "10–12,5", "at least 10"; NULL: not known. */
static const char *range(okrug_application *p, double low, double high, int decimals) {
    return isnan(low)    ? NULL
           : isnan(high) ? okrug_making_text(&p->m, "pack.at-least", "number",
                                             okrug_report_number(p->m.report, low, decimals), NULL, NULL)
           : low == high ? okrug_report_number(p->m.report, low, decimals)
                         : okrug_making_range(&p->m, low, high, decimals);
}

static const char *share_of(okrug_application *p, const okrug_table *from, int64_t row) {
    const char *text =
        range(p, okrug_table_number(from, "lo", row) * 100.0, okrug_table_number(from, "hi", row) * 100.0, 1);
    return text == NULL ? NULL : okrug_making_text(&p->m, "report.percent", "number", text, NULL, NULL);
}

static okrug_status add_row(okrug_application *p, const okrug_table *from, int64_t row, okrug_table *table) {
    const char *firm = okrug_table_text(from, "firm", row);
    int member = member_of(p, firm);
    int64_t r = okrug_table_add_row(table, 0);
    if (r < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_application_put_number(table, NUMBER, r, member < 0 ? (double)NAN : member + 1));
    OKRUG_TRY(okrug_application_put(table, NAME, r, okrug_application_firm(p, firm)));
    OKRUG_TRY(okrug_application_put(table, SHARE, r, share_of(p, from, row)));
    OKRUG_TRY(okrug_application_put(table, INSIDE, r,
                                    range(p, okrug_table_number(from, "within_lo", row) / 1e6,
                                          okrug_table_number(from, "within_hi", row) / 1e6, 2)));
    OKRUG_TRY(okrug_application_put_number(table, REVENUE, r, okrug_table_number(from, "output", row) / 1e6));
    OKRUG_TRY(okrug_application_put_number(table, CONTRACTS, r, okrug_table_number(from, "contracts", row)));
    OKRUG_TRY(okrug_application_put(table, VAT, r, okrug_table_text(from, "vat", row)));
    return okrug_application_put(table, VERDICT, r, okrug_table_text(from, "verdict", row));
}

okrug_status okrug_application_shares(okrug_application *p) {
    static const okrug_application_field fields[FIELDS] = {
        [NUMBER] = {"number", OKRUG_NUMBER, OKRUG_UNIT_NONE},
        [NAME] = {"participant", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [SHARE] = {"share", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [INSIDE] = {"within", OKRUG_TEXT, OKRUG_UNIT_MILLION_RUB},
        [REVENUE] = {"revenue", OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB},
        [CONTRACTS] = {"contracts", OKRUG_NUMBER, OKRUG_UNIT_NONE},
        [VAT] = {"vat", OKRUG_TEXT, OKRUG_UNIT_NONE},
        [VERDICT] = {"verdict", OKRUG_TEXT, OKRUG_UNIT_NONE},
    };
    const okrug_table *from = okrug_application_status_table(p, "participants");
    okrug_table *table = NULL;
    const char *period = NULL;
    OKRUG_TRY(okrug_application_new_table(p, fields, FIELDS, &table));
    for (int64_t row = 0; from != NULL && row < from->rows; row++) {
        if (okrug_application_is_own(p, from, row)) {
            period = okrug_table_text(from, "period", row);
            OKRUG_TRY(add_row(p, from, row, table));
        }
    }
    if (table->rows == 0 || period == NULL) {
        return OKRUG_OK; /* groups of aggregate data, or a result of another version */
    }
    say_of_what(p, period);
    return okrug_application_tell(p, table, okrug_making_text(&p->m, "pack.shares", "period", period, NULL, NULL),
                                  okrug_making_source(&p->m, p->result[OKRUG_APPLICATION_STATUS]->provenance));
}
